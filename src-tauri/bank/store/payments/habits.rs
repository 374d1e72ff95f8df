//! How the owner pays otherwise, for warnings about what differs.

use crate::money::Money;
use crate::payments::PaymentId;
use crate::store::{from_day, to_day};
use crate::symbols;
use chrono::{NaiveDate, TimeDelta};
use rusqlite::{Connection, params};

/// Fewer payments out of a book than this in the last twelve months are no habit.
const HABIT_OF_ALL: u32 = 10;

/// What was paid before, in the currency of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// The most that was ever paid to the account.
    pub(crate) most_to_account: Option<Money>,
    /// The most that was paid to anybody in the last twelve months, where there were payments enough to compare with.
    pub(crate) most_of_all: Option<Money>,
    /// On how many days the variable symbol was paid to the account.
    pub(crate) symbol_times: u32,
    /// When that was the last time, and how much.
    pub(crate) symbol_paid: Option<(NaiveDate, Money)>,
}

/// How the owner pays otherwise than this amount to this account. `id` is the payment being edited.
pub(crate) fn habits(
    book: &Connection,
    id: Option<PaymentId>,
    iban: &str,
    amount: Money,
    symbol: Option<&str>,
    today: NaiveDate,
) -> rusqlite::Result<Habits> {
    let currency = amount.currency;
    let (code, id) = (currency.to_string(), id.map_or(0, |id| id.0));
    let money = |minor: i64| Money::from_minor(minor, currency);
    let mut habits = Habits::default();
    let most: Option<i64> = book
        .prepare_cached(
            "SELECT max(minor) FROM (
                 SELECT -amount AS minor FROM entry
                 WHERE counterparty_iban = ?1 AND amount < 0 AND currency = ?2 AND status IN ('booked', 'pending')
                   AND aside IS NULL
                 UNION ALL
                 SELECT minor FROM payment WHERE iban = ?1 AND currency = ?2 AND id <> ?3
                   AND state IN ('processing', 'finished', 'partiallyPaid'))",
        )?
        .query_row(params![iban, code, id], |row| row.get(0))?;
    habits.most_to_account = most.map(money);
    if most.is_none() {
        let since = today.checked_sub_signed(TimeDelta::days(365)).unwrap_or(NaiveDate::MIN);
        let (count, most): (u32, Option<i64>) = book
            .prepare_cached(
                "SELECT count(*), max(-amount) FROM entry
                 WHERE key >= ? << 24 AND amount < 0 AND currency = ? AND status IN ('booked', 'pending') AND aside IS NULL",
            )?
            .query_row(params![to_day(since), code], |row| Ok((row.get(0)?, row.get(1)?)))?;
        habits.most_of_all = most.filter(|_| count >= HABIT_OF_ALL).map(money);
    }
    if let Some(symbol) = symbol.and_then(symbols::key) {
        paid_symbol(book, &mut habits, (id, iban, &code, symbol), money)?;
    }
    Ok(habits)
}

/// The days on which a variable symbol was paid to an account. A payment and its booked transaction lie on days near each other
/// and count once: only payments without a transaction yet are added.
fn paid_symbol(
    book: &Connection,
    habits: &mut Habits,
    (id, iban, code, symbol): (u32, &str, &str, &str),
    money: impl Fn(i64) -> Money,
) -> rusqlite::Result<()> {
    let mut rows = book.prepare_cached(
        "SELECT key >> 24 AS day, -amount AS minor, variable_symbol FROM entry
         WHERE counterparty_iban = ?1 AND amount < 0 AND currency = ?2 AND status IN ('booked', 'pending')
           AND aside IS NULL AND variable_symbol IS NOT NULL
         UNION ALL
         SELECT day, minor, variable_symbol FROM payment
         WHERE iban = ?1 AND currency = ?2 AND id <> ?3 AND day IS NOT NULL AND proof IS NULL
           AND state NOT IN ('draft', 'confirmed', 'failed', 'cancelled')
         ORDER BY day",
    )?;
    let mut rows = rows.query(params![iban, code, id])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (day, minor, paid): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if symbols::key(&paid) == Some(symbol) {
            habits.symbol_times += u32::from(last != Some(day));
            habits.symbol_paid = Some((from_day(day), money(minor)));
            last = Some(day);
        }
    }
    Ok(())
}
