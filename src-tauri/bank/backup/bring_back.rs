//! Bringing a book back while nobody has it open: out of a safety copy, out of a backup, or as an empty one.

use super::{BackupKey, MADE};
use crate::clock::Clock;
use crate::desk::{Desk, file_of, off_the_runtime};
use crate::failure::{Failure, FailureKind, Result};
use crate::store::{self, Restored, SALT, SafetyCopy, StoreKey};
use crate::vault::{Secret, Vault};
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Serialize;
use specta::Type;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Why the data cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RecoveryCause {
    /// Its key is not in the keychain.
    KeyMissing,
    /// The file is damaged.
    StoreDamaged,
}

/// What can be done when the data cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// Whether the key is missing or the file is damaged.
    pub cause: RecoveryCause,
    /// The newest good safety copy; none where none can be opened. What was written after it may be missing.
    pub copy: Option<SafetyCopy>,
}

/// A file that may be a backup, before its password is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupFile {
    /// Its name.
    pub name: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Its size.
    #[specta(type = u32)]
    pub bytes: u64,
}

/// Looks at a file that the owner chose. `BackupUnreadable` when there is none.
pub fn look(file: &Path) -> Result<BackupFile> {
    let about = std::fs::metadata(file).and_then(|about| Ok((about.modified()?, about.len())));
    let (changed, bytes) = about.map_err(unreadable)?;
    Ok(BackupFile { name: store::name(file), at: changed.into(), bytes })
}

/// A book that nobody has open.
pub struct Shut {
    file: PathBuf,
    vault: Vault,
    clock: Clock,
    /// Its key, where it is known already.
    key: Option<StoreKey>,
}

impl Shut {
    /// The book in `folder`, which is not open; with its key, where the owner has given the password that closes it.
    pub fn new(folder: &Path, vault: Vault, clock: Clock, key: Option<Secret<[u8; 32]>>) -> Self {
        Self { file: file_of(folder), vault, clock, key: key.map(StoreKey::from) }
    }

    /// Closes the book of a desk for everybody, after the acts that are under way.
    pub async fn closing(desk: &Desk) -> Result<Self> {
        let (store, clock) = (desk.store.clone(), desk.clock.clone());
        let vault = desk.vault().clone();
        desk.close();
        // A renewal under way writes into the book; what it was granted must not be lost.
        desk.line().session.settle().await;
        off_the_runtime(move || {
            store.close();
            let (file, key) = store.file_and_key();
            Ok(Self { file, vault, clock, key: Some(key) })
        })
        .await
    }

    /// What can be done about the book.
    pub async fn recovery(&self) -> Result<Recovery> {
        let key = self.kept_key().await?;
        let cause = if key.is_some() { RecoveryCause::StoreDamaged } else { RecoveryCause::KeyMissing };
        let file = self.file.clone();
        let copy = off_the_runtime(move || store::newest_copy(&file, key.as_ref())).await?;
        Ok(Recovery { cause, copy })
    }

    /// Puts the newest good safety copy in the place of the book, with all of the owner's own writing that can still be read in
    /// the damaged file. `NotFound` when there is no good copy, `KeyMissing` without the key.
    pub async fn restore_copy(self) -> Result<Restored> {
        let key = self.kept_key().await?.ok_or(FailureKind::KeyMissing)?;
        off_the_runtime(move || store::restore_copy(&self.file, &key, self.clock.now())).await
    }

    /// Puts a backup in the place of the book, once it is proven. `BackupUnreadable`, and nothing was touched, when it is none, is
    /// damaged or has another password; `StoreNewer` when a newer Saldo made it.
    pub async fn restore_backup(self, backup: PathBuf, password: Secret<String>) -> Result<Restored> {
        let incoming = store::incoming(&self.file);
        let taken = incoming.clone();
        let proven = off_the_runtime(move || prove(&backup, &taken, &password)).await;
        let restored = match proven {
            Ok((backup_key, made)) => match self.key().await {
                Ok(key) => {
                    let (file, incoming, clock) = (self.file.clone(), incoming.clone(), self.clock.clone());
                    let as_of = made.unwrap_or_else(|| clock.now());
                    off_the_runtime(move || store::replace(&file, &key, (&incoming, &backup_key), as_of, clock.now()))
                        .await
                }
                Err(failure) => Err(failure),
            },
            Err(failure) => Err(failure),
        };
        off_the_runtime(move || store::remove_file(&incoming)).await?;
        restored
    }

    /// Sets the book aside and puts an empty one in its place.
    pub async fn start_over(self) -> Result<()> {
        let key = self.key().await?;
        off_the_runtime(move || store::clear(&self.file, &key, self.clock.now())).await
    }

    async fn kept_key(&self) -> Result<Option<StoreKey>> {
        match &self.key {
            Some(key) => Ok(Some(key.clone())),
            None => Ok(self.vault.database_key(None).await?.map(StoreKey::from)),
        }
    }

    /// The key for the new book: that of the old one, so that what is set aside stays readable. A new one only where the old one
    /// is lost, and with it the old book.
    async fn key(&self) -> Result<StoreKey> {
        if let Some(key) = self.kept_key().await? {
            return Ok(key);
        }
        self.vault.self_test().await?;
        let key = StoreKey::draw(&mut StdRng::from_os_rng());
        self.vault.save_database_key(key.bytes().clone()).await?;
        Ok(key)
    }
}

fn unreadable(error: std::io::Error) -> Failure {
    tracing::warn!(%error, "the backup cannot be read");
    FailureKind::BackupUnreadable.into()
}

/// Takes a copy of the backup, so that it cannot change any more, and reads it whole with the password's key. Answers the key and
/// when the backup was made.
fn prove(backup: &Path, incoming: &Path, password: &Secret<String>) -> Result<(StoreKey, Option<DateTime<Utc>>)> {
    let mut salt = [0; SALT];
    File::open(backup).and_then(|mut file| file.read_exact(&mut salt)).map_err(unreadable)?;
    let key = BackupKey::of(password, salt)?.of_file();
    store::take_in(backup, incoming)?;
    store::prove_backup(incoming, &key, MADE).map(|made| (key, made))
}
