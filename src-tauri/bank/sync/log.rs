//! The log of syncs: how each bank fared.

use super::{LogLine, Outcome};
use crate::failure::{Failure, FailureKind, Result};
use crate::store::{Store, from_ms, settings, to_ms};
use chrono::{DateTime, Utc};
use rusqlite::Row;

/// How many lines are kept.
const KEPT: u32 = 500;

/// Writes the lines of a sync that reached Everifin, and when it ended.
pub(super) fn write(store: &Store, lines: Vec<LogLine>, at: DateTime<Utc>) -> Result<()> {
    store.write(|book| {
        let mut insert = book.prepare_cached(
            "INSERT INTO sync_log (at, bank, outcome, added, changed, failure, retry_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for line in &lines {
            let (word, added, changed, failure) = match &line.outcome {
                Outcome::Synced { added, changed } => ("synced", *added, *changed, None),
                Outcome::NeedsReconnect => ("needsReconnect", 0, 0, None),
                Outcome::Failed { failure } => ("failed", 0, 0, Some(failure)),
            };
            let kind = failure.map(|failure| settings::json(&failure.kind)).transpose()?;
            let retry_at = failure.and_then(|failure| failure.retry_at).map(to_ms);
            insert.execute((to_ms(line.at), &line.bank, word, added, changed, kind, retry_at))?;
        }
        book.prepare_cached("DELETE FROM sync_log WHERE id <= (SELECT max(id) FROM sync_log) - ?")?.execute([KEPT])?;
        settings::put(book, "synced", &to_ms(at))
    })
}

/// The newest lines, newest first.
pub(crate) fn newest(store: &Store, limit: u32) -> Result<Vec<LogLine>> {
    store.read(|book| {
        let mut statement = book.prepare_cached(
            "SELECT at, bank, outcome, added, changed, failure, retry_at FROM sync_log ORDER BY id DESC LIMIT ?",
        )?;
        let lines = statement.query_map([limit], line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    })
}

/// When the last sync that reached Everifin ended.
pub(crate) fn synced(store: &Store) -> Result<Option<DateTime<Utc>>> {
    store.read(|book| Ok(settings::value::<i64>(book, "synced")?.map(from_ms)))
}

impl Store {
    /// When the last sync that reached Everifin ended.
    pub fn last_synced(&self) -> Result<Option<DateTime<Utc>>> {
        synced(self)
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<LogLine> {
    let word: String = row.get(2)?;
    let outcome = match word.as_str() {
        "synced" => Outcome::Synced { added: row.get(3)?, changed: row.get(4)? },
        "needsReconnect" => Outcome::NeedsReconnect,
        _ => {
            let kind: Option<String> = row.get(5)?;
            let kind = kind.and_then(|kind| serde_json::from_str(&kind).ok()).unwrap_or(FailureKind::StoreFailed);
            let retry_at: Option<i64> = row.get(6)?;
            Outcome::Failed { failure: Failure { kind, retry_at: retry_at.map(from_ms) } }
        }
    };
    Ok(LogLine { at: from_ms(row.get(0)?), bank: row.get(1)?, outcome })
}
