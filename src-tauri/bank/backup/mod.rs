//! The owner's backups: a file a day in a folder of hers, under a password of hers, that brings the book back on any computer.
//!
//! A backup is a database as the book is one (SQLCipher 4), without what belongs to this computer, and never with a token or the
//! client secret: those are in the keychain only. Its key is Argon2id of the password, salted with the 16 bytes that stand in the
//! clear at the start of the file; so the file needs nothing beside itself. Name and parameters belong to the first version of
//! the format. Each backup is read back whole with the key before it takes the name of a backup.

mod bring_back;
#[cfg(test)]
mod tests;

pub use bring_back::{BackupFile, Recovery, RecoveryCause, Shut, look};

use crate::desk::{Desk, off_the_runtime};
use crate::failure::{Failure, FailureKind, Result};
use crate::store::settings::{put, value};
use crate::store::{SALT, Store, StoreKey, copied_elsewhere, due, name, sync_folder, to_ms};
use crate::vault::{Secret, stretch};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::TryRngCore;
use rand::rngs::OsRng;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How many backups are kept.
const KEPT: usize = 30;
/// The first version of the format: memory in KiB and passes of Argon2id.
const COST: (u32, u32) = (64 * 1024, 3);
/// What a password has at least, in characters, and at most, in bytes.
const SHORTEST: usize = 8;
const LONGEST: usize = 1024;
/// The name of a backup: a day between these.
const NAME: (&str, &str) = ("saldo-backup-", ".saldo");
/// Under this name the book keeps the owner's choices, and a backup the moment when it was made.
const PLAN: &str = "backup";
const MADE: &str = "backedUp";

/// A backup that was made, read back and found good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupStamp {
    /// When.
    pub at: DateTime<Utc>,
    /// Its size.
    #[specta(type = u32)]
    pub bytes: u64,
}

/// How the backups stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// Where they are kept.
    pub folder: String,
    /// Whether one is made each day.
    pub daily: bool,
    /// Whether they have a password yet.
    pub has_password: bool,
    /// The newest one, read back and found good.
    pub last: Option<BackupStamp>,
    /// Why the last try failed.
    pub trouble: Option<Failure>,
}

/// What the book keeps about its backups.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Plan {
    /// The folder of her choice.
    folder: Option<PathBuf>,
    daily: bool,
    last: Option<BackupStamp>,
    trouble: Option<FailureKind>,
    /// When a backup was tried last.
    tried: Option<DateTime<Utc>>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { folder: None, daily: true, last: None, trouble: None, tried: None }
    }
}

/// The key of the backups, and the salt it was made with.
#[derive(Clone)]
struct BackupKey {
    key: Secret<[u8; 32]>,
    salt: [u8; SALT],
}

impl BackupKey {
    /// Slow on purpose: not on the runtime.
    fn of(password: &Secret<String>, salt: [u8; SALT]) -> Result<Self> {
        let key = stretch(password, &salt, COST.0, COST.1).map_err(|error| {
            tracing::error!(%error, "the key of the backups cannot be made");
            FailureKind::StoreFailed
        })?;
        Ok(Self { key: key.into(), salt })
    }

    fn to_bytes(&self) -> Secret<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(32 + SALT));
        bytes.extend_from_slice(self.key.expose());
        bytes.extend_from_slice(&self.salt);
        bytes.into()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, salt) = bytes.split_first_chunk::<32>()?;
        Some(Self { key: Secret::new(*key), salt: salt.try_into().ok()? })
    }

    /// The key of a file that is there.
    fn of_file(self) -> StoreKey {
        self.key.into()
    }
}

/// How the backups of an open book stand. `usual` is the folder while the owner has chosen none.
pub async fn view(desk: &Desk, usual: &Path) -> Result<BackupView> {
    let plan = plan(&desk.store)?;
    let has_password = desk.vault().backup_key().await?.is_some();
    let folder = plan.folder.as_deref().unwrap_or(usual).to_string_lossy().into_owned();
    Ok(BackupView {
        folder,
        daily: plan.daily,
        has_password,
        last: plan.last,
        trouble: plan.trouble.map(Failure::from),
    })
}

/// Sets the password of the backups to come; those that are there keep theirs. `PassphraseWrong` for one that is shorter than
/// eight characters.
pub async fn set_password(desk: &Desk, usual: &Path, password: Secret<String>) -> Result<BackupView> {
    if password.expose().chars().count() < SHORTEST || password.expose().len() > LONGEST {
        return Err(FailureKind::PassphraseWrong.into());
    }
    let key = off_the_runtime(move || {
        let mut salt = [0; SALT];
        OsRng.try_fill_bytes(&mut salt).map_err(|_| FailureKind::StoreFailed)?;
        BackupKey::of(&password, salt)
    })
    .await?;
    desk.vault().save_backup_key(key.to_bytes()).await?;
    view(desk, usual).await
}

/// Whether to back up each day.
pub async fn set_daily(desk: &Desk, usual: &Path, on: bool) -> Result<BackupView> {
    change(&desk.store, |plan| plan.daily = on)?;
    view(desk, usual).await
}

/// From now on backups go into this folder.
pub async fn set_folder(desk: &Desk, usual: &Path, folder: PathBuf) -> Result<BackupView> {
    change(&desk.store, |plan| (plan.folder, plan.trouble, plan.tried) = (Some(folder), None, None))?;
    view(desk, usual).await
}

/// Backs up now. What keeps it from succeeding stands in the answer; `NotFound` before there is a password.
pub async fn back_up(desk: &Desk, usual: &Path) -> Result<BackupView> {
    let bytes = desk.vault().backup_key().await?.ok_or(FailureKind::NotFound)?;
    let key = BackupKey::from_bytes(bytes.expose()).ok_or(FailureKind::KeychainFailed)?;
    let (store, usual_folder, now, today) =
        (desk.store.clone(), usual.to_owned(), desk.clock.now(), desk.clock.today());
    off_the_runtime(move || {
        let folder = folder(&plan(&store)?, &usual_folder);
        let made = folder.and_then(|folder| write(&store, &folder, key, now, today));
        change(&store, |plan| {
            plan.tried = Some(now);
            match &made {
                Ok(bytes) => (plan.last, plan.trouble) = (Some(BackupStamp { at: now, bytes: *bytes }), None),
                Err(failure) => plan.trouble = Some(failure.kind),
            }
        })
    })
    .await?;
    view(desk, usual).await
}

/// Backs up when a day has passed since the last time, or since the last try. Whether one was tried.
pub async fn back_up_if_due(desk: &Desk, usual: &Path) -> Result<bool> {
    let plan = plan(&desk.store)?;
    let day = TimeDelta::days(1);
    let now = desk.clock.now();
    let wanted = plan.daily && due(plan.tried, now, day) && desk.vault().backup_key().await?.is_some();
    if wanted {
        back_up(desk, usual).await?;
    }
    Ok(wanted)
}

fn plan(store: &Store) -> Result<Plan> {
    store.read(|book| Ok(value(book, PLAN)?.unwrap_or_default()))
}

fn change(store: &Store, with: impl FnOnce(&mut Plan)) -> Result<()> {
    store.write(|book| {
        let mut plan: Plan = value(book, PLAN)?.unwrap_or_default();
        with(&mut plan);
        put(book, PLAN, &plan)
    })
}

/// The folder to write into. The usual one is made; one of the owner's choice must be there: where a disk was pulled out, a
/// folder of the same name on another disk is no backup.
fn folder(plan: &Plan, usual: &Path) -> Result<PathBuf> {
    let refused = |error: std::io::Error| {
        tracing::warn!(%error, "the folder of the backups");
        Failure::from(FailureKind::FolderRefused)
    };
    match &plan.folder {
        Some(chosen) if chosen.is_dir() => Ok(chosen.clone()),
        Some(_) => Err(FailureKind::FolderRefused.into()),
        None => std::fs::create_dir_all(usual).map(|()| usual.to_owned()).map_err(refused),
    }
}

/// Makes the backup of a day; its size.
fn write(store: &Store, folder: &Path, key: BackupKey, now: DateTime<Utc>, today: NaiveDate) -> Result<u64> {
    let file = folder.join(format!("{}{today}{}", NAME.0, NAME.1));
    let part = folder.join(format!(".{}{today}.part", NAME.0));
    let salt = key.salt;
    let holds = store.copy_to(&part, &key.of_file().with_salt(salt), |book| {
        copied_elsewhere(book)?;
        let transaction = book.transaction()?;
        transaction.execute("DELETE FROM setting WHERE name = ?", [PLAN])?;
        put(&transaction, MADE, &to_ms(now))?;
        Ok(transaction.commit()?)
    })?;
    let refused = |error: std::io::Error| {
        tracing::warn!(%error, "the backup cannot be put in its place");
        FailureKind::FolderRefused
    };
    std::fs::rename(&part, &file).and_then(|()| sync_folder(&file)).map_err(refused)?;
    let bytes = std::fs::metadata(&file).map_err(refused)?.len();
    let rows = holds.transactions;
    tracing::info!(rows, "a backup was made and read back");
    if let Err(error) = remove_old(folder) {
        tracing::warn!(%error, "old backups stay");
    }
    Ok(bytes)
}

/// Removes the oldest backups where there are too many; nothing else in that folder is touched.
fn remove_old(folder: &Path) -> std::io::Result<()> {
    let mut backups = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        let file = name(&path);
        let day = file.strip_prefix(NAME.0).and_then(|rest| rest.strip_suffix(NAME.1));
        if let Some(day) = day.and_then(|day| day.parse::<NaiveDate>().ok()) {
            backups.push((day, path));
        }
    }
    backups.sort();
    let many = backups.len().saturating_sub(KEPT);
    backups.iter().take(many).try_for_each(|(_, path)| std::fs::remove_file(path))
}
