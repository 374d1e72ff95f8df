//! Bringing a book back: out of a safety copy after damage, out of a backup, or by beginning anew. What is replaced is set aside,
//! never deleted, and until the new book is proven whole nothing is touched.

pub use super::carry::Carried;
use super::carry::{self, Outcome};
use super::copy::{self, Holdings, open_still, refused};
use super::health::{self, SafetyCopy};
use super::{Fault, StoreKey, failure, from_ms, key, lock_of, migrations, private_file, settings, swap, to_ms};
use crate::failure::{FailureKind, Result};
use crate::lock::Held;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;
use specta::Type;
use std::path::{Path, PathBuf};

/// Payments of before this moment may have been made without being known here.
pub(in crate::store) const UNKNOWN_UNTIL: &str = "paymentsUnknownUntil";

/// A book that was brought back: what it is, and what it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Restored {
    /// The data is as it was at this moment; newer transactions are read again from the banks.
    pub as_of: DateTime<Utc>,
    /// What the book holds now.
    pub holds: Holdings,
    /// What was taken over out of the damaged file.
    pub carried: Carried,
    /// What may be missing of what only Saldo knew.
    pub missing: Missing,
    /// The name of the file that was set aside, in the folder of the book.
    pub set_aside: String,
}

/// What may be missing after a book was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// Notes and categories written since this moment may be missing; none: all are there.
    pub notes_since: Option<DateTime<Utc>>,
    /// Payments and drafts since this moment may not be known here: look at the bank before paying again. None: all are there.
    pub payments_since: Option<DateTime<Utc>>,
    /// How many places of the damaged file could not be read.
    pub unreadable: u32,
}

/// The newest safety copy of the book at `path` that is proven whole, if its key is known.
pub(crate) fn newest_copy(path: &Path, key: Option<&StoreKey>) -> Result<Option<SafetyCopy>> {
    let Some(key) = key else { return Ok(None) };
    Ok(health::newest_copy(path, key).map_err(failure)?.map(|(_, copy)| copy))
}

/// Makes sure that nobody has the book open, in this process or in another, as long as what is answered is held; `OtherSaldo` when
/// somebody has. Carries on with a replacement that was interrupted.
fn alone(path: &Path) -> Result<Held, Fault> {
    let alone = lock_of(path).seize()?;
    swap::settle(path).map_err(refused)?;
    Ok(alone)
}

/// Replaces a damaged book by its newest safety copy, and takes over what can be read of the damaged one. `NotFound` when there
/// is no copy that is whole, `OtherSaldo` when somebody has the book open.
pub(crate) fn restore_copy(path: &Path, key: &StoreKey, now: DateTime<Utc>) -> Result<Restored> {
    let restore = || {
        let _alone = alone(path)?;
        let (file, found) = health::newest_copy(path, key)?.ok_or(FailureKind::NotFound)?;
        let mut outcome = Outcome::default();
        let put = Put { from: &file, from_key: key, key, as_of: found.at, now };
        let (holds, aside) = put.in_place_of(path, "damaged", |book| {
            outcome = carry_over(path, key, book)?;
            Ok(outcome.payments_whole)
        })?;
        let since = |whole: bool| if whole { None } else { Some(found.at) };
        let missing = Missing {
            notes_since: since(outcome.notes_whole),
            payments_since: since(outcome.payments_whole),
            unreadable: outcome.unreadable,
        };
        Ok(Restored { as_of: found.at, holds, carried: outcome.carried, missing, set_aside: swap::name(&aside) })
    };
    restore().map_err(failure)
}

/// Replaces the book by another one that is proven whole, as of a moment. `OtherSaldo` when somebody has the book open.
pub(crate) fn replace(
    path: &Path,
    key: &StoreKey,
    (from, from_key): (&Path, &StoreKey),
    as_of: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Restored> {
    let replace = || {
        let _alone = alone(path)?;
        let (holds, aside) = Put { from, from_key, key, as_of, now }.in_place_of(path, "replaced", |_| Ok(false))?;
        let missing = Missing { notes_since: Some(as_of), payments_since: Some(as_of), unreadable: 0 };
        Ok(Restored { as_of, holds, carried: Carried::default(), missing, set_aside: swap::name(&aside) })
    };
    replace().map_err(failure)
}

/// Replaces the book by an empty one. `OtherSaldo` when somebody has the book open.
pub(crate) fn clear(path: &Path, key: &StoreKey, now: DateTime<Utc>) -> Result<()> {
    let clear = || {
        let _alone = alone(path)?;
        let fresh = swap::fresh(path);
        private_file(&fresh).map_err(refused)?;
        let mut book = Connection::open(&fresh)?;
        key::unlock(&book, key)?;
        migrations::go(&mut book)?;
        drop(book);
        std::fs::File::open(&fresh).and_then(|file| file.sync_all()).map_err(refused)?;
        swap::swap(path, "replaced", now).map_err(refused)?;
        // The copies are of the book that was set aside, and go with it.
        for (at, copy) in swap::all_kept(path, health::COPY).map_err(refused)? {
            std::fs::rename(copy, swap::kept(path, "replaced-copy", at)).map_err(refused)?;
        }
        Ok(())
    };
    clear().map_err(failure)
}

/// Where a backup lies while it is proven.
pub(crate) fn incoming(path: &Path) -> PathBuf {
    swap::beside(path, ".incoming")
}

/// Removes a file; that there is none is well too.
pub(crate) fn remove_file(file: &Path) -> Result<()> {
    swap::remove_database(file).map_err(|error| failure(refused(error)))
}

/// Copies a file from anywhere to a place beside the book, where only the owner may read it.
pub(crate) fn take_in(from: &Path, to: &Path) -> Result<()> {
    let copied = swap::remove_database(to).and_then(|()| private_file(to)).and_then(|()| {
        let (mut from, mut to) = (std::fs::File::open(from)?, std::fs::File::options().write(true).open(to)?);
        std::io::copy(&mut from, &mut to)
    });
    copied.map(drop).map_err(|error| match failure(refused(error)).kind {
        FailureKind::DiskFull => FailureKind::DiskFull.into(),
        _ => FailureKind::BackupUnreadable.into(),
    })
}

/// Reads a backup whole; the moment that it keeps under a name. `StoreNewer` when a newer Saldo made it, `BackupUnreadable` for
/// anything else that is wrong with it.
pub(crate) fn prove_backup(file: &Path, key: &StoreKey, made: &str) -> Result<Option<DateTime<Utc>>> {
    let prove = || {
        copy::prove(file, key)?;
        let made: Option<i64> = settings::value(&open_still(file, key)?, made)?;
        Ok(made.map(from_ms))
    };
    prove().map_err(|fault: Fault| match failure(fault).kind {
        FailureKind::StoreNewer => FailureKind::StoreNewer.into(),
        _ => FailureKind::BackupUnreadable.into(),
    })
}

/// Takes out of a copy what is true of this computer only: which refresh token is the newest, when the file was checked.
pub(crate) fn copied_elsewhere(copy: &Connection) -> Result<(), Fault> {
    copy.execute("DELETE FROM setting WHERE name = ?", [health::CHECKED])?;
    if copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'renewal'")?.exists([])? {
        copy.execute("DELETE FROM renewal", [])?;
    }
    Ok(())
}

/// A whole file that is to become the book.
struct Put<'p> {
    from: &'p Path,
    from_key: &'p StoreKey,
    key: &'p StoreKey,
    as_of: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Put<'_> {
    /// Makes the new book beside the old one, lets `then` add to it, proves it, and puts it in place. `then` answers whether all
    /// payments are known. Answers what the book holds and where the old one lies now.
    fn in_place_of(
        self,
        path: &Path,
        word: &str,
        then: impl FnOnce(&mut Connection) -> Result<bool, Fault>,
    ) -> Result<(Holdings, PathBuf), Fault> {
        let source = open_still(self.from, self.from_key)?;
        let holds = copy::copy(&source, &swap::fresh(path), self.key, |book| {
            migrations::go(book)?;
            copied_elsewhere(book)?;
            let payments_known = then(book)?;
            let transaction = book.transaction()?;
            if !payments_known {
                settings::put(&transaction, UNKNOWN_UNTIL, &to_ms(self.now))?;
            }
            Ok(transaction.commit()?)
        })?;
        drop(source);
        tracing::info!(as_of = %self.as_of, rows = holds.transactions, "the book is replaced");
        let aside = swap::swap(path, word, self.now).map_err(refused)?;
        Ok((holds, aside))
    }
}

/// Reads the damaged book in a copy of its files, so that what is set aside stays exactly as it was found.
fn carry_over(path: &Path, key: &StoreKey, book: &mut Connection) -> Result<Outcome, Fault> {
    let reading = swap::beside(path, ".reading");
    let mut read = || -> Result<Outcome, Fault> {
        swap::remove_database(&reading).map_err(refused)?;
        for ending in ["", "-wal"] {
            match std::fs::copy(swap::beside(path, ending), swap::beside(&reading, ending)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(refused(error)),
                _ => {}
            }
        }
        let open = || -> rusqlite::Result<Connection> {
            let damaged = Connection::open(&reading)?;
            key::unlock(&damaged, key)?;
            Ok(damaged)
        };
        let transaction = book.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = carry::over(&open, &transaction)?;
        transaction.commit()?;
        Ok(outcome)
    };
    let outcome = read();
    swap::remove_database(&reading).map_err(refused)?;
    outcome.or_else(|fault| match failure(fault).kind {
        FailureKind::DiskFull => Err(FailureKind::DiskFull.into()),
        // Nothing of it could be used; the copy is whole without it.
        _ => Ok(Outcome::default()),
    })
}

/// Every text in every table of a file.
#[cfg(test)]
pub(crate) fn all_text(file: &Path, key: &StoreKey) -> String {
    use rusqlite::types::Value;
    let book = open_still(file, key).unwrap();
    let mut tables = book.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut all = String::new();
    for table in tables {
        let mut statement = book.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let Value::Text(text) = row.get(column).unwrap() {
                    all += &text;
                    all.push('\n');
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;
