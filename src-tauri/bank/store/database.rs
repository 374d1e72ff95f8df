//! The data file, as it is told to the owner.

use super::health::CHECKED;
use super::{Store, from_ms, settings};
use crate::failure::Result;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use serde::Serialize;
use specta::Type;

/// The data file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Database {
    /// The version of SQLCipher that encrypts it; none where nothing does.
    pub cipher: Option<String>,
    /// How large it is, in units of 1,024 bytes.
    pub kilobytes: u32,
    /// When all of it was last read and found whole.
    pub checked: Option<DateTime<Utc>>,
    /// When the newest safety copy beside it was made.
    pub copied: Option<DateTime<Utc>>,
}

impl Store {
    /// What is told to the owner about the data file.
    pub fn database(&self) -> Result<Database> {
        self.read(|book| {
            // SQLite without encryption does not know the word and answers with no row.
            let cipher = book.query_row("PRAGMA cipher_version", [], |row| row.get(0)).optional()?;
            let size = "SELECT page_count * page_size / 1024 FROM pragma_page_count, pragma_page_size";
            let kilobytes = book.query_row(size, [], |row| row.get(0))?;
            let checked: Option<i64> = settings::value(book, CHECKED)?;
            Ok(Database { cipher, kilobytes, checked: checked.map(from_ms), copied: self.last_copy()? })
        })
    }
}
