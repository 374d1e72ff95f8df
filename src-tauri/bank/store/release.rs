//! What the second passphrase released, and what was done with the rule that asks for it. Rows are only ever added.

use super::to_ms;
use crate::payments::PaymentId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The rule was laid down.
    Set,
    /// Its limit or its passphrase was changed.
    Changed,
    /// It was removed.
    Removed,
    /// A payment was released.
    Released,
    /// A passphrase was wrong.
    Refused,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Set => "releaseSet",
            Self::Changed => "releaseChanged",
            Self::Removed => "releaseRemoved",
            Self::Released => "released",
            Self::Refused => "releaseRefused",
        }
    }
}

/// Adds a row; `of` is the payment and the hash of the review that it is about.
pub(crate) fn note(
    tx: &Connection,
    at: DateTime<Utc>,
    what: What,
    of: Option<(PaymentId, &str)>,
) -> rusqlite::Result<()> {
    let (payment, hash) = of.unzip();
    tx.execute(
        "INSERT INTO release (at, what, payment, review_hash) VALUES (?, ?, ?, ?)",
        params![to_ms(at), what.word(), payment.map(|id| id.0), hash],
    )?;
    Ok(())
}

/// Whether exactly what was reviewed was released, under the rule as it is now.
pub(crate) fn is_released(book: &Connection, hash: &str) -> rusqlite::Result<bool> {
    book.query_row(
        "SELECT EXISTS (SELECT 1 FROM release WHERE what = 'released' AND review_hash = ? AND id > (
             SELECT coalesce(max(id), 0) FROM release WHERE what IN ('releaseSet', 'releaseChanged', 'releaseRemoved')))",
        [hash],
        |row| row.get(0),
    )
}
