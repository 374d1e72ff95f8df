//! Keeping the owner's book: backups, checks while nobody looks, and bringing it back.

use super::{Open, Saldo, Wanted};
use crate::window::{Book, Happened, Start};
use bank::backup::{self, BackupFile, BackupView, Recovery, Shut};
use bank::desk::{Desk, off_the_runtime};
use bank::failure::{FailureKind, Result};
use bank::store::Restored;
use bank::vault::Secret;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// How often the shell looks whether a check, a copy or a backup is due.
const WATCH: Duration = Duration::from_secs(60);

impl Saldo {
    /// How the backups of the owner's own book stand. The demo has none.
    pub async fn backup(&self) -> Result<BackupView> {
        match self.open_book().await? {
            (Book::Own, desk) => backup::view(&desk, &self.usual_folder()).await,
            (Book::Demo, _) => Err(FailureKind::NotFound.into()),
        }
    }

    /// Sets the password of the backups to come.
    pub async fn set_backup_password(&self, password: Secret<String>) -> Result<BackupView> {
        let desk = self.own_desk().await?;
        backup::set_password(&desk, &self.usual_folder(), password).await
    }

    /// Whether to back up each day.
    pub async fn set_daily_backup(&self, on: bool) -> Result<BackupView> {
        let desk = self.own_desk().await?;
        backup::set_daily(&desk, &self.usual_folder(), on).await
    }

    /// Asks for the folder of the backups; without an answer it stays.
    pub async fn choose_backup_folder(&self) -> Result<BackupView> {
        let desk = self.own_desk().await?;
        match (self.around.choose)(Wanted::BackupFolder).await {
            Some(folder) => backup::set_folder(&desk, &self.usual_folder(), folder).await,
            None => backup::view(&desk, &self.usual_folder()).await,
        }
    }

    /// Backs up now.
    pub async fn back_up_now(&self) -> Result<BackupView> {
        let desk = self.own_desk().await?;
        backup::back_up(&desk, &self.usual_folder()).await
    }

    /// Asks for the backup to restore. Where it lies stays here.
    pub async fn choose_backup(&self) -> Result<Option<BackupFile>> {
        let Some(path) = (self.around.choose)(Wanted::Backup).await else { return Ok(None) };
        let chosen = path.clone();
        let file = off_the_runtime(move || backup::look(&chosen)).await?;
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
        Ok(Some(file))
    }

    /// Proves the chosen backup and puts it in the place of the owner's book. `NotFound` before one was chosen.
    pub async fn restore_backup(&self, password: Secret<String>) -> Result<Restored> {
        let chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let file = chosen.ok_or(FailureKind::NotFound)?;
        let mut open = self.open.write().await;
        self.shut(&mut open).await?.restore_backup(file, password).await
    }

    /// What can be done when the owner's book cannot be opened.
    pub async fn recovery(&self) -> Result<Recovery> {
        let mut open = self.open.write().await;
        self.shut(&mut open).await?.recovery().await
    }

    /// Puts the newest good safety copy in the place of the owner's book.
    pub async fn restore_copy(&self) -> Result<Restored> {
        let mut open = self.open.write().await;
        self.shut(&mut open).await?.restore_copy().await
    }

    /// Sets the owner's book aside and begins with an empty one.
    pub async fn start_over(self: &Arc<Self>) -> Result<Start> {
        {
            let mut open = self.open.write().await;
            self.shut(&mut open).await?.start_over().await?;
        }
        Ok(self.start().await)
    }

    /// Does what is due for the open book, as long as Saldo runs. What is not open is not opened for it.
    pub async fn watch_over(self: Arc<Self>) {
        let mut tick = tokio::time::interval(WATCH);
        loop {
            tick.tick().await;
            let open = self.open.read().await.as_ref().map(|open| (open.book, Arc::clone(&open.desk)));
            if let Some((book, desk)) = open {
                self.look_after(book, desk).await;
            }
        }
    }

    async fn look_after(&self, book: Book, desk: Arc<Desk>) {
        let (store, now) = (desk.store.clone(), desk.clock.now());
        let looked = off_the_runtime(move || store.look_after(now)).await;
        if looked.is_err_and(|failure| failure.kind == FailureKind::StoreDamaged) {
            // The window asks what to show, and is told of the damage.
            self.tell(Happened::Session);
        } else if book == Book::Own
            && let Err(failure) = backup::back_up_if_due(&desk, &self.usual_folder()).await
        {
            tracing::warn!(kind = ?failure.kind, "today's backup");
        }
    }

    async fn own_desk(&self) -> Result<Arc<Desk>> {
        Ok(self.turn_to(Book::Own).await?.1)
    }

    fn usual_folder(&self) -> PathBuf {
        self.around.documents.join("Saldo backups")
    }

    /// Closes whatever is open; the owner's own book, shut.
    async fn shut(&self, open: &mut Option<Open>) -> Result<Shut> {
        self.guard().pass()?;
        match open.take() {
            Some(Open { book: Book::Own, desk, .. }) => Shut::closing(&desk).await,
            _ => {
                let vault = self.vault(Book::Own)?;
                let key = self.guard().behind.clone();
                Ok(Shut::new(&self.folder(Book::Own), vault, self.around.clock.clone(), key))
            }
        }
    }
}
