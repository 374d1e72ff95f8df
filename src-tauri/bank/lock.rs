//! One at a time over all processes of this user: a lock of the kernel's on a file in the book's folder.
//!
//! `session.lock` is for renewing the session, `sync.lock` for reading the banks, `opening.lock` for opening the book; `book.lock`
//! is shared by all who have the book open, and held alone by whoever puts another in its place.
//!
//! The kernel lets go of it when its holder ends, however that happens; the file itself means nothing and stays. There is
//! no time after which it is taken from its holder: a computer that slept in the middle of a renewal still has the answer to
//! hear. It is asked for again and again rather than waited for in the kernel, because a thread that waits there cannot be
//! called back when nobody wants the lock any more.

use crate::failure::{Failure, FailureKind, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::Instant;

/// How often a lock that another process holds is asked for.
const AGAIN: Duration = Duration::from_millis(20);

/// The place of a lock.
pub(crate) struct Lock(PathBuf);

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(crate) struct Held(File);

impl Lock {
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Takes the lock; fails with `OtherSaldo` when another process has it all that time.
    pub(crate) async fn take(&self, patience: Duration) -> Result<Held> {
        let path = self.0.clone();
        let opened = tokio::task::spawn_blocking(move || open(&path)).await;
        let file = opened.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(failed)?;
        let end = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Held(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < end => tokio::time::sleep(AGAIN).await,
                Err(TryLockError::WouldBlock) => return Err(FailureKind::OtherSaldo.into()),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// Takes the lock together with others who do so, or fails with `OtherSaldo` while somebody has it alone. On a thread that may
    /// block: it asks until `patience` is over.
    pub(crate) fn share(&self, patience: Duration) -> Result<Held> {
        let file = open(&self.0).map_err(failed)?;
        let end = std::time::Instant::now() + patience;
        loop {
            match file.try_lock_shared() {
                Ok(()) => return Ok(Held(file)),
                Err(TryLockError::WouldBlock) if std::time::Instant::now() < end => std::thread::sleep(AGAIN),
                Err(TryLockError::WouldBlock) => return Err(FailureKind::OtherSaldo.into()),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// Takes the lock alone and at once; fails with `OtherSaldo` while anybody else has it.
    pub(crate) fn seize(&self) -> Result<Held> {
        let file = open(&self.0).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Held(file)),
            Err(TryLockError::WouldBlock) => Err(FailureKind::OtherSaldo.into()),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

fn failed(error: std::io::Error) -> Failure {
    tracing::error!(%error, "a lock cannot be used");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => FailureKind::DiskFull,
        _ => FailureKind::StoreFailed,
    }
    .into()
}

impl Drop for Held {
    fn drop(&mut self) {
        // A program that is just being started has a copy of the handle for a moment, so closing ours would not be enough.
        if let Err(error) = self.0.unlock() {
            tracing::error!(%error, "a lock was not let go");
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lock_has_one_holder_and_its_file_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.lock");
        std::fs::write(&path, "left over").unwrap();
        let lock = Lock::at(&path);
        let held = lock.take(Duration::ZERO).await.unwrap();
        let refused = lock.take(Duration::from_millis(50)).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::OtherSaldo);
        let (second, ()) = tokio::join!(lock.take(Duration::from_secs(30)), async { drop(held) });
        drop(second.unwrap());
        lock.take(Duration::ZERO).await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "left over", "nothing is written into it");
    }

    #[test]
    fn who_wants_it_alone_has_to_wait_until_nobody_shares_it() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::at(&folder.path().join("book.lock"));
        let (one, two) = (lock.share(Duration::ZERO).unwrap(), lock.share(Duration::ZERO).unwrap());
        drop(one);
        assert_eq!(lock.seize().unwrap_err().kind, FailureKind::OtherSaldo);
        drop(two);
        let alone = lock.seize().unwrap();
        assert_eq!(lock.share(Duration::from_millis(50)).unwrap_err().kind, FailureKind::OtherSaldo);
        drop(alone);
        lock.share(Duration::ZERO).unwrap();
    }
}
