//! Forgetting everything: after it, this computer does not know that Saldo was ever used.

use super::Saldo;
use super::guard::Guard;
use crate::window::{Book, Start};
use bank::desk::off_the_runtime;
use bank::failure::{FailureKind, Result};
use bank::place::{self, make_private};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

impl Saldo {
    /// Signs out at Everifin where it can be reached, and removes every key and secret from the keychain, every file of both
    /// books, the logs, and what the web view keeps. The owner's backups are hers and stay.
    ///
    /// The keys go first: should anything be left after that, nobody can read it. Fails with the keychain's trouble, or with
    /// `OtherSaldo` while another process has her book open, having removed nothing; or with `StoreFailed` where a file could not be removed.
    pub async fn forget_everything(self: &Arc<Self>) -> Result<Start> {
        if let Ok((_, desk)) = self.turn_to(Book::Own).await {
            // Whatever comes of it: the tokens go in any case.
            let _ = desk.sign_out().await;
        }
        {
            let mut open = self.open.write().await;
            if let Some(open) = open.take() {
                let store = open.desk.store.clone();
                off_the_runtime(move || {
                    store.close();
                    Ok(())
                })
                .await?;
            }
            // Another process would write back what it still holds.
            place::used_by_nobody(&self.folder(Book::Own))?;
            // Where a sealed file stands in for the keychain, it goes with the other files.
            if !self.is_sealed() {
                for book in [Book::Own, Book::Demo] {
                    self.vault(book)?.forget().await?;
                }
            }
            (self.around.clear_window)();
            let folders: Vec<_> = std::iter::once(&self.around.home).chain(&self.around.caches).cloned().collect();
            off_the_runtime(move || folders.iter().try_for_each(|folder| empty(folder))).await?;
            make_private(&self.around.home)?;
            *self.guard() = Guard::new(self.around.clock.now());
            self.chosen.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        }
        Ok(self.start().await)
    }
}

/// How often a folder is gone through before what is left in it is called a failure.
const PASSES: usize = 50;

/// Removes all that is in a folder, also while the web view, which knows nothing of this, still writes into it.
fn empty(folder: &Path) -> Result<()> {
    (1..PASSES).find_map(|_| pass(folder).ok()).map_or_else(|| pass(folder), Ok)
}

/// Goes through a folder once. A file that another part of this process still writes (the log, on a system that does not
/// remove open files) is emptied.
fn pass(folder: &Path) -> Result<()> {
    let mut left = Ok(());
    let found = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found.map_err(|_| FailureKind::StoreFailed)?,
    };
    for file in found.flatten() {
        let path = file.path();
        let is_folder = file.file_type().is_ok_and(|kind| kind.is_dir());
        let removed = if is_folder {
            pass(&path).and_then(|()| match std::fs::remove_dir(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            })
        } else {
            remove(&path)
        };
        left = left.and(removed);
    }
    left
}

fn remove(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            std::fs::File::options().write(true).truncate(true).open(file).map(drop).map_err(failed)
        }
        _ => Ok(()),
    }
}

fn failed(error: std::io::Error) -> bank::failure::Failure {
    tracing::warn!(%error, "a file could not be removed");
    FailureKind::StoreFailed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_emptied_whatever_is_in_it() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(home.path().join("own/deep")).unwrap();
        for file in ["own/saldo.db", "own/deep/x", "look.json"] {
            std::fs::write(home.path().join(file), "x").unwrap();
        }
        empty(home.path()).unwrap();
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        empty(&home.path().join("gone")).unwrap();
    }
}
