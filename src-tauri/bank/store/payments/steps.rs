//! What stands between two steps of a payment: what the bank asks for, and an approval that is on its way.

use crate::payments::PaymentId;
use crate::store::to_ms;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// What the bank asks for, as it was kept.
pub(crate) fn asked(book: &Connection, id: PaymentId) -> rusqlite::Result<Option<String>> {
    let mut found = book.prepare_cached("SELECT asked FROM payment_asked WHERE payment = ?")?;
    found.query_row([id.0], |row| row.get(0)).optional()
}

/// Keeps what the bank asks for; none where it asks for nothing (any more).
pub(crate) fn ask(tx: &Connection, id: PaymentId, asked: Option<&str>) -> rusqlite::Result<()> {
    match asked {
        Some(asked) => {
            tx.execute("INSERT OR REPLACE INTO payment_asked (payment, asked) VALUES (?, ?)", params![id.0, asked])
        }
        None => tx.execute("DELETE FROM payment_asked WHERE payment = ?", [id.0]),
    }
    .map(|_| ())
}

/// Notes that a step leaves which carries the owner's approval.
pub(crate) fn carry(tx: &Connection, id: PaymentId, now: DateTime<Utc>) -> rusqlite::Result<()> {
    let since = params![id.0, to_ms(now)];
    tx.execute("INSERT OR REPLACE INTO payment_carried (payment, since) VALUES (?, ?)", since).map(|_| ())
}

/// Notes that none is on its way any more.
pub(crate) fn carried(tx: &Connection, id: PaymentId) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM payment_carried WHERE payment = ?", [id.0]).map(|_| ())
}
