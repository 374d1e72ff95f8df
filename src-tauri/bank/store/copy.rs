//! Copies of a book: made from one unchanging picture of it, encrypted with a key of their own, and proven by opening them before
//! they count.

use super::key::{self, StoreKey};
use super::{Fault, migrations, private_file, swap};
use crate::failure::FailureKind;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::Serialize;
use specta::Type;
use std::io::ErrorKind;
use std::path::Path;

/// What a book holds, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Holdings {
    /// Accounts that have ever been listed.
    pub accounts: u32,
    /// Transactions.
    pub transactions: u32,
    /// Transactions with a note or a category of the owner's.
    pub notes: u32,
    /// Payments being written.
    pub drafts: u32,
    /// Payments that have left.
    pub payments: u32,
}

impl Holdings {
    pub(super) fn count(book: &Connection) -> rusqlite::Result<Self> {
        // A book of an older layout has not all tables.
        let tables: Vec<String> = book
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let count = |sql: &str| match tables.iter().any(|table| sql.split(' ').next() == Some(table.as_str())) {
            true => book.query_row(&format!("SELECT count(*) FROM {sql}"), [], |row| row.get(0)),
            false => Ok(0),
        };
        Ok(Self {
            accounts: count("account")?,
            transactions: count("entry")?,
            notes: count("overlay")?,
            drafts: count("payment WHERE state = 'draft'")?,
            payments: count("payment WHERE state <> 'draft'")?,
        })
    }
}

/// Copies a book into the new file `to`, lets `then` change the copy, and proves it. Nothing may be at `to` that is still needed.
/// When this returns, the copy is on the disk.
pub(super) fn copy(
    book: &Connection,
    to: &Path,
    key: &StoreKey,
    then: impl FnOnce(&mut Connection) -> Result<(), Fault>,
) -> Result<Holdings, Fault> {
    swap::remove_database(to).and_then(|()| private_file(to)).map_err(refused)?;
    let made = || {
        let mut copy = Connection::open(to)?;
        key::unlock(&copy, key)?;
        // Until it is proven it is nothing: no journal, no waiting for the disk page by page.
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;")?;
        // A step that finds the book locked is made again after the busy time of the connection.
        let mut tries = 0..3;
        while Backup::new(book, &mut copy)?.step(-1)? != StepResult::Done {
            tries.next().ok_or(FailureKind::StoreFailed)?;
        }
        // One file that needs no side file, so that it can be read where nothing can be written.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        copy.execute_batch("PRAGMA foreign_keys = 1; PRAGMA secure_delete = 1;")?;
        then(&mut copy)?;
        drop(copy);
        let holds = prove(to, key)?;
        std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(refused)?;
        Ok(holds)
    };
    made().inspect_err(|_| {
        // What is not whole is not kept; that it could not be removed either is no further harm.
        let _ = swap::remove_database(to);
    })
}

/// Opens a book that nobody else has open and that nobody is to change.
pub(super) fn open_still(path: &Path, key: &StoreKey) -> rusqlite::Result<Connection> {
    let book = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    key::unlock(&book, key)?;
    book.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = 0;")?;
    Ok(book)
}

/// Reads the whole of a book that nobody has open: each page with its seal, each row, each index. Answers what it holds.
/// `StoreDamaged` when anything is wrong, `StoreNewer` for a layout that this Saldo does not know.
pub(super) fn prove(path: &Path, key: &StoreKey) -> Result<Holdings, Fault> {
    let book = open_still(path, key)?;
    let layout: u32 = book.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if layout > migrations::LATEST {
        return Err(FailureKind::StoreNewer.into());
    }
    if layout == 0 {
        return Err(FailureKind::StoreDamaged.into());
    }
    if !(sound(&book, "cipher_integrity_check")?
        && sound(&book, "integrity_check")?
        && sound(&book, "foreign_key_check")?)
    {
        return Err(FailureKind::StoreDamaged.into());
    }
    Ok(Holdings::count(&book)?)
}

/// Asks SQLite for a check. What it finds goes to the log: page and table numbers, no content.
pub(super) fn sound(book: &Connection, check: &str) -> rusqlite::Result<bool> {
    let found: Option<String> = book.query_row(&format!("PRAGMA {check}"), [], |row| row.get(0)).optional()?;
    match found.as_deref() {
        None | Some("ok") => Ok(true),
        Some(found) => {
            tracing::error!(check, found = found.lines().next(), "the data file is damaged");
            Ok(false)
        }
    }
}

/// What it means that a file could not be written or moved.
pub(super) fn refused(error: std::io::Error) -> Fault {
    tracing::error!(%error, "a file of the book");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::ReadOnlyFilesystem | ErrorKind::QuotaExceeded => {
            FailureKind::DiskFull.into()
        }
        ErrorKind::PermissionDenied | ErrorKind::NotFound | ErrorKind::NotADirectory => {
            FailureKind::FolderRefused.into()
        }
        _ => FailureKind::StoreFailed.into(),
    }
}
