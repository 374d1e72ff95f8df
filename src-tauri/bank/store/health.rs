//! Keeping an open book safe while nobody looks: checks that find damage early, and a copy a day beside the book.

use super::copy::{self, Holdings, refused, sound};
use super::{Fault, Store, StoreKey, connect, failure, from_ms, lock, settings, swap, to_ms};
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, ErrorCode};
use serde::Serialize;
use specta::Type;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How long the check after each opening may take.
const QUICK: Duration = Duration::from_secs(10);
/// How many copies are kept.
const KEPT: usize = 2;
/// What the copies are called.
pub(super) const COPY: &str = "copy";
/// Under this name the store keeps when it was last read whole.
pub(super) const CHECKED: &str = "checked";

/// A copy of the book as it was at a moment, proven to be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SafetyCopy {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What it holds.
    pub holds: Holdings,
}

impl Store {
    /// Does what is due: a quick check after each opening, a whole one every week, a safety copy every day. Called every so often
    /// while the book is open, where blocking is allowed.
    ///
    /// `StoreDamaged` when damage is found; from then on every act answers so. That a copy could not be made harms nothing and is
    /// said in the log.
    pub fn look_after(&self, now: DateTime<Utc>) -> Result<()> {
        self.aside(|book| {
            if !self.0.looked_at.swap(true, Ordering::Relaxed) {
                quick_check(book)?;
            }
            let checked: Option<i64> = settings::value(book, CHECKED)?;
            if due(checked.map(from_ms), now, TimeDelta::days(7)) {
                self.whole_check(book)?;
                self.write(|book| settings::put(book, CHECKED, &to_ms(now)))?;
            }
            if due(self.last_copy()?, now, TimeDelta::days(1))
                && let Err(fault) = safety_copy(book, &self.0.path, &self.0.key, now)
            {
                if failure(fault).kind == FailureKind::StoreDamaged {
                    return Err(FailureKind::StoreDamaged.into());
                }
                tracing::warn!("no safety copy could be made; the next one is tried later");
            }
            Ok(())
        })
    }

    /// Runs on a connection of its own, so that long reading keeps nobody waiting.
    pub(crate) fn aside<T>(&self, act: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T> {
        let open = lock(&self.0.aside);
        if !*open {
            return Err(FailureKind::Locked.into());
        }
        let work = || {
            let mut book = connect(&self.0.path, &self.0.key)?;
            book.pragma_update(None, "query_only", true)?;
            act(&mut book)
        };
        work().map_err(|fault| self.failed(fault))
    }

    /// Copies the book to `to` with another key, changed by `then`; answers what the copy holds.
    pub(crate) fn copy_to(
        &self,
        to: &Path,
        key: &StoreKey,
        then: impl FnOnce(&mut Connection) -> Result<(), Fault>,
    ) -> Result<Holdings> {
        self.aside(|book| copy::copy(book, to, key, then))
    }

    /// When the newest copy was made, sound or not.
    pub(super) fn last_copy(&self) -> Result<Option<DateTime<Utc>>, Fault> {
        Ok(swap::all_kept(&self.0.path, COPY).map_err(refused)?.first().map(|(at, _)| *at))
    }

    fn whole_check(&self, book: &Connection) -> Result<(), Fault> {
        let mut whole = sound(book, "integrity_check")?;
        if whole && !sound(book, "cipher_integrity_check")? {
            // This check reads the file beside SQLite's locks: a page that is just being written, or that waits in the side file,
            // looks damaged. It is asked once more with everything in the file and nobody writing.
            let (_counter, _reader) = (lock(&self.0.counter), lock(&self.0.reader));
            let mut writer = lock(&self.0.writer);
            let writer = self.usable(&mut writer)?;
            let waits: bool = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            whole = waits || sound(writer, "cipher_integrity_check")?;
        }
        if whole { Ok(()) } else { Err(FailureKind::StoreDamaged.into()) }
    }
}

/// The newest copy beside the book at `path` that can be proven whole, and where it lies.
pub(super) fn newest_copy(path: &Path, key: &StoreKey) -> Result<Option<(PathBuf, SafetyCopy)>, Fault> {
    for (at, file) in swap::all_kept(path, COPY).map_err(refused)? {
        match copy::prove(&file, key) {
            Ok(holds) => return Ok(Some((file, SafetyCopy { at, holds }))),
            Err(fault) => {
                let kind = failure(fault).kind;
                tracing::warn!(?kind, "a safety copy cannot be used");
            }
        }
    }
    Ok(None)
}

/// Whether there are copies beside the book, sound or not.
pub(super) fn has_copies(path: &Path) -> std::io::Result<bool> {
    Ok(!swap::all_kept(path, COPY)?.is_empty())
}

/// Makes a copy beside the book as it was at a moment, and removes those that are too many.
fn safety_copy(book: &Connection, path: &Path, key: &StoreKey, at: DateTime<Utc>) -> Result<(), Fault> {
    let part = swap::beside(path, ".copying");
    let holds = copy::copy(book, &part, key, |_| Ok(()))?;
    let copy = swap::kept(path, COPY, at);
    std::fs::rename(&part, &copy).and_then(|()| swap::sync_folder(&copy)).map_err(refused)?;
    tracing::info!(rows = holds.transactions, "a safety copy was made");
    let mut old = swap::all_kept(path, COPY).map_err(refused)?.into_iter().skip(KEPT);
    old.try_for_each(|(_, old)| swap::remove(&old)).map_err(refused)
}

/// Makes a safety copy before a change of layout. Its moment is that of the last change: nothing has been written since.
pub(super) fn copy_before_change(book: &Connection, path: &Path, key: &StoreKey) -> Result<(), Fault> {
    let changed = [path.to_owned(), swap::beside(path, "-wal")]
        .iter()
        .filter_map(|file| file.metadata().ok()?.modified().ok())
        .max();
    safety_copy(book, path, key, changed.map(DateTime::from).unwrap_or_default())
}

/// Whether something done last at a moment is to be done again. A moment that is yet to come was told by a wrong clock.
pub(crate) fn due(last: Option<DateTime<Utc>>, now: DateTime<Utc>, every: TimeDelta) -> bool {
    last.is_none_or(|last| now < last || now - last >= every)
}

/// A check of the structure that gives up after a while: what has not been looked at by then is looked at by the weekly one.
fn quick_check(book: &mut Connection) -> Result<(), Fault> {
    let begun = Instant::now();
    book.progress_handler(10_000, Some(move || begun.elapsed() > QUICK))?;
    let found = sound(book, "quick_check");
    book.progress_handler(0, None::<fn() -> bool>)?;
    match found {
        Ok(true) => Ok(()),
        Ok(false) => Err(FailureKind::StoreDamaged.into()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
