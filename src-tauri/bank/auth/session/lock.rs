//! One renewal at a time over all processes of this user: a lock of the kernel's on a file in the book's folder.
//!
//! The kernel lets go of it when its holder ends, however that happens; the file itself means nothing and stays. There is
//! no time after which it is taken from its holder: a computer that slept in the middle of a renewal still has the answer to
//! hear. It is asked for again and again rather than waited for in the kernel, because a thread that waits there cannot be
//! called back when nobody wants the lock any more.

use crate::failure::{Failure, FailureKind, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::Instant;

/// How often a lock that another process holds is asked for.
const AGAIN: Duration = Duration::from_millis(20);

/// The place of the lock.
pub(super) struct Lock(PathBuf);

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(super) struct Held(File);

impl Lock {
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Takes the lock; fails with `OtherSaldo` when another process has it all that time.
    pub(super) async fn take(&self, patience: Duration) -> Result<Held> {
        let failed = |error: std::io::Error| {
            tracing::error!(%error, "the lock of the sign-in cannot be used");
            Failure::from(FailureKind::StoreFailed)
        };
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
}

impl Drop for Held {
    fn drop(&mut self) {
        // A program that is just being started has a copy of the handle for a moment, so closing ours would not be enough.
        if let Err(error) = self.0.unlock() {
            tracing::error!(%error, "the lock of the sign-in was not let go");
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
}
