//! Many payments with one signature: the bulk's own row, and the payments in it.

use super::{COLUMNS, Evidence, PaymentRow, add_step, read_row};
use crate::money::Money;
use crate::payments::{PaymentId, PaymentState};
use crate::store::accounts::AccountId;
use crate::store::{from_ms, to_day, to_ms};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};

/// Makes a bulk without lines: it pays from an account, in a currency, on a day.
pub(crate) fn add_bulk(
    tx: &Connection,
    from: Option<AccountId>,
    currency: &str,
    pay_on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> rusqlite::Result<PaymentId> {
    tx.execute(
        "INSERT INTO payment (state, is_bulk, from_account, payee, account, amount, currency, pay_on, variable_symbol,
                              specific_symbol, constant_symbol, message, language, payee_key, created, changed)
         VALUES ('draft', 1, ?1, '', '', '', ?2, ?3, '', '', '', '', 'system', '', ?4, ?4)",
        params![from.map(|id| id.0), currency, pay_on.map(to_day), to_ms(now)],
    )?;
    let id = PaymentId(u32::try_from(tx.last_insert_rowid()).unwrap_or(u32::MAX));
    add_step(tx, id, PaymentState::Draft, now, Evidence::default())?;
    Ok(id)
}

/// Puts a draft that is in no bulk into one. False when it is something else.
pub(crate) fn join(tx: &Connection, id: PaymentId, bulk: PaymentId) -> rusqlite::Result<bool> {
    let joined = tx
        .prepare_cached(
            "UPDATE payment SET bulk = ? WHERE id = ? AND state = 'draft' AND is_bulk = 0 AND bulk IS NULL",
        )?
        .execute([bulk.0, id.0])?;
    Ok(joined == 1)
}

/// Takes all drafts out of a bulk that is a draft itself; of anything else nothing is taken.
pub(super) fn release(tx: &Connection, bulk: PaymentId) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE payment SET bulk = NULL
         WHERE bulk = ?1 AND EXISTS (SELECT 1 FROM payment WHERE id = ?1 AND state = 'draft')",
        [bulk.0],
    )?;
    Ok(())
}

/// The payments in a bulk, in the order in which they were written and are sent.
pub(crate) fn lines(conn: &Connection, bulk: PaymentId) -> rusqlite::Result<Vec<PaymentRow>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM payment WHERE bulk = ? ORDER BY id"))?
        .query_map([bulk.0], read_row)?
        .collect()
}

/// Notes what a bulk that is about to leave amounts to.
pub(crate) fn set_total(tx: &Connection, bulk: PaymentId, total: Money) -> rusqlite::Result<()> {
    tx.execute("UPDATE payment SET minor = ? WHERE id = ?", params![total.minor().ok(), bulk.0])?;
    Ok(())
}

/// Notes the day on which the payments in a bulk are executed; none when nothing was created.
pub(crate) fn set_day(tx: &Connection, bulk: PaymentId, day: Option<NaiveDate>) -> rusqlite::Result<()> {
    tx.execute("UPDATE payment SET day = ? WHERE bulk = ?", params![day.map(to_day), bulk.0])?;
    Ok(())
}

/// What tells a draft from others, and when it was last changed.
pub(crate) struct DraftKey {
    pub(crate) iban: String,
    pub(crate) minor: i64,
    pub(crate) currency: String,
    pub(crate) variable_symbol: String,
    pub(crate) changed: DateTime<Utc>,
}

/// All drafts that say whom to pay and how much.
pub(crate) fn draft_keys(book: &Connection) -> rusqlite::Result<Vec<DraftKey>> {
    book.prepare_cached(
        "SELECT iban, minor, currency, variable_symbol, changed FROM payment
         WHERE state = 'draft' AND is_bulk = 0 AND iban IS NOT NULL AND minor IS NOT NULL",
    )?
    .query_map([], |row| {
        Ok(DraftKey {
            iban: row.get(0)?,
            minor: row.get(1)?,
            currency: row.get(2)?,
            variable_symbol: row.get(3)?,
            changed: from_ms(row.get(4)?),
        })
    })?
    .collect()
}
