//! What stands between two steps of a payment: what the bank asks for, and an approval that is on its way.

use crate::payments::PaymentId;
use crate::store::{from_ms, to_ms};
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

/// A line of the journal, with the hashes of the attempt that it belongs to.
#[derive(Debug)]
pub(crate) struct JournalLine {
    pub(crate) at: DateTime<Utc>,
    /// None for what concerns no single payment.
    pub(crate) payment: Option<PaymentId>,
    pub(crate) state: String,
    pub(crate) review_hash: Option<String>,
    pub(crate) payload_hash: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) remote_id: Option<String>,
    pub(crate) remote_status: Option<String>,
}

/// The whole journal, the oldest line first.
pub(crate) fn journal(book: &Connection) -> rusqlite::Result<Vec<JournalLine>> {
    book.prepare(
        "SELECT step.at, step.payment, step.state, review_hash, payload_hash, step.external_id, remote_id, remote_status,
                1 AS part, step.id AS id
         FROM payment_step AS step LEFT JOIN payment_attempt ON payment_attempt.external_id = step.external_id
         UNION ALL
         SELECT at, payment, what, review_hash, NULL, NULL, NULL, NULL, 0 AS part, id FROM release
         ORDER BY at, part, id",
    )?
    .query_map([], |row| {
        Ok(JournalLine {
            at: from_ms(row.get(0)?),
            payment: row.get::<_, Option<u32>>(1)?.map(PaymentId),
            state: row.get(2)?,
            review_hash: row.get(3)?,
            payload_hash: row.get(4)?,
            external_id: row.get(5)?,
            remote_id: row.get(6)?,
            remote_status: row.get(7)?,
        })
    })?
    .collect()
}
