//! How Saldo fares, for people: gathered from the open book and from around it.

use super::{Saldo, Wanted};
use crate::window::Happened;
use bank::desk::off_the_runtime;
use bank::diagnostics::{Diagnostics, Opener, report};
use bank::failure::{Failure, FailureKind, Result};
use bank::journal::past;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, PoisonError};

impl Saldo {
    /// How Saldo fares. Answers also where no book can be opened: then most of all.
    pub async fn diagnostics(self: &Arc<Self>) -> Result<Diagnostics> {
        let log = self.read_log().await?;
        Ok(self.diagnose(&log).await)
    }

    /// Makes this Saldo the program that opens its links.
    pub async fn repair_scheme(self: &Arc<Self>) -> Result<Diagnostics> {
        let saldo = Arc::clone(self);
        off_the_runtime(move || {
            (saldo.around.claim_links)();
            Ok(())
        })
        .await?;
        self.diagnostics().await
    }

    /// Keeps the report for whoever helps the owner where she says, for her eyes only; false where she does not say.
    pub async fn save_report(self: &Arc<Self>) -> Result<bool> {
        let log = self.read_log().await?;
        let found = self.diagnose(&log).await;
        let text = report(&found, log.iter().map(String::as_str));
        let name = format!("saldo-report-{}.txt", found.at.format("%Y-%m-%d"));
        self.save_file(name, text).await
    }

    /// Writes a file where the owner says, for her eyes only; false where she does not say.
    pub(super) async fn save_file(&self, name: String, contents: impl Into<Vec<u8>>) -> Result<bool> {
        let Some(path) = (self.around.choose)(Wanted::NewFile { name }).await else { return Ok(false) };
        let contents = contents.into();
        off_the_runtime(move || keep(&path, &contents).map_err(|error| refused(&error))).await.map(|()| true)
    }

    async fn diagnose(self: &Arc<Self>, log: &[String]) -> Diagnostics {
        let opener = self.look_for_opener().await;
        let book = async { self.desk().await?.state().await };
        let (book, trouble) = match book.await {
            Ok(book) => (Some(book), None),
            Err(failure) => (None, Some(failure)),
        };
        Diagnostics {
            at: self.around.clock.now(),
            book,
            trouble,
            opener,
            failures: past(log.iter().map(String::as_str)),
            versions: self.around.versions.clone(),
            folder: self.around.home.to_string_lossy().into_owned(),
        }
    }

    async fn read_log(self: &Arc<Self>) -> Result<Vec<String>> {
        let saldo = Arc::clone(self);
        off_the_runtime(move || Ok((saldo.around.log)())).await
    }

    /// Looks up which program opens Saldo's links now.
    pub async fn look_for_opener(self: &Arc<Self>) -> Opener {
        let saldo = Arc::clone(self);
        let found = off_the_runtime(move || Ok((saldo.around.opener)())).await.unwrap_or(Opener::Unknown);
        self.opener.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&found);
        found
    }

    /// Looks once, at the start: the window says it before a sign-in begins whose answer would go astray.
    pub async fn say_if_links_go_astray(self: Arc<Self>) {
        if matches!(self.look_for_opener().await, Opener::Another { .. } | Opener::Nobody) {
            self.tell(Happened::SignIn);
        }
    }

    /// Which program it was when that was last looked up.
    pub(super) fn known_opener(&self) -> Opener {
        self.opener.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Writes a file that only the owner may read, in place of one that may be there.
fn keep(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(contents)?;
    file.sync_all()
}

fn refused(error: &io::Error) -> Failure {
    tracing::warn!(%error, "a file for the owner could not be written");
    match error.kind() {
        io::ErrorKind::StorageFull => FailureKind::DiskFull.into(),
        _ => FailureKind::FolderRefused.into(),
    }
}
