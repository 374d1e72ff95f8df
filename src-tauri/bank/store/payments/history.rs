//! What was paid before, out of payments and transactions together: for warnings, and for proving payments.

use super::{Habits, PaymentRow};
use crate::money::Money;
use crate::payments::{PaymentId, PaymentState};
use crate::store::fold::fold;
use crate::store::recovery::UNKNOWN_UNTIL;
use crate::store::transactions::TransactionId;
use crate::store::{from_day, to_day, to_ms};
use crate::symbols;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rusqlite::{Connection, OptionalExtension, named_params, params};

/// What the store knows about the payee of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// How often the account was paid: outgoing transactions, and payments that have no transaction yet.
    pub(crate) paid_times: u32,
    /// Whether the account is one of the owner's.
    pub(crate) own: bool,
    /// The account to which a payee of the same name was last paid, and when.
    pub(crate) last_by_name: Option<(String, NaiveDate)>,
    /// The latest day on which the same amount went to the account, within the days asked about.
    pub(crate) same_amount: Option<NaiveDate>,
    /// Whether a payment of the same amount to the account has an unknown outcome.
    pub(crate) unknown: bool,
    /// How the owner pays otherwise; empty while the account or the amount cannot be read.
    pub(crate) habits: Habits,
    /// The least that the owner wants to keep on the account paid from.
    pub(crate) lowest: Option<Money>,
    /// Until when its bank lets payments leave on the same day.
    pub(crate) closes: Option<NaiveTime>,
    /// Day and time at the banks.
    pub(crate) at_banks: NaiveDateTime,
}

/// A payee's name reduced to what makes it the same name: letters and digits, without case and diacritics.
pub(crate) fn payee_key(name: &str) -> String {
    fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is known of the payee of a form. A payment of the same amount counts as the same within `days`, both included. `id` is the payment being edited, which is not its own predecessor.
pub(crate) fn facts(
    book: &Connection,
    id: Option<PaymentId>,
    payee: &str,
    iban: Option<&str>,
    amount: Option<Money>,
    days: (NaiveDate, NaiveDate),
) -> rusqlite::Result<Facts> {
    let Some(iban) = iban else { return Ok(Facts::default()) };
    let id = id.map_or(0, |id| id.0);
    let mut facts = Facts { paid_times: paid_times(book, id, iban)?, ..Facts::default() };
    if facts.paid_times == 0 {
        facts.last_by_name = last_by_name(book, id, payee)?;
    }
    if let Some((minor, currency)) = amount.and_then(|amount| Some((amount.minor().ok()?, amount.currency.to_string())))
    {
        facts.same_amount = same_amount(book, id, iban, minor, &currency, days)?;
        facts.unknown = book
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM payment WHERE iban = ? AND minor = ? AND currency = ? AND id <> ?
                                AND state IN ('unknown', 'sending'))",
            )?
            .query_row(params![iban, minor, currency, id], |row| row.get(0))?;
    }
    // A draft older than a recovery that could not bring all payments back may be one of those that left.
    let may_have_left: bool = book
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM payment, setting WHERE payment.id = ? AND setting.name = ?
                            AND payment.created <= CAST(setting.value AS INTEGER))",
        )?
        .query_row(params![id, UNKNOWN_UNTIL], |row| row.get(0))?;
    facts.unknown |= may_have_left;
    Ok(facts)
}

/// How often an account was paid: transactions out, and payments that the bank has and no transaction shows yet.
fn paid_times(book: &Connection, id: u32, iban: &str) -> rusqlite::Result<u32> {
    book.prepare_cached(
        "SELECT (SELECT count(*) FROM entry WHERE counterparty_iban = :iban AND amount < 0 AND status IN ('booked', 'pending') AND aside IS NULL)
              + (SELECT count(*) FROM payment p WHERE p.iban = :iban AND p.id <> :id
                 AND p.state IN ('processing', 'finished', 'partiallyPaid')
                 AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.counterparty_iban = p.iban AND e.amount = -p.minor
                                 AND e.currency = p.currency AND e.key >> 24 >= p.day - 1))",
    )?
    .query_row(named_params! { ":iban": iban, ":id": id }, |row| row.get(0))
}

/// The account to which a payee of that name was last paid.
fn last_by_name(book: &Connection, id: u32, payee: &str) -> rusqlite::Result<Option<(String, NaiveDate)>> {
    let key = payee_key(payee);
    let Some(first) = key.split(' ').next().filter(|word| !word.is_empty()) else { return Ok(None) };
    let mut known: Option<(String, i64)> = book
        .prepare_cached(
            "SELECT iban, day FROM payment
             WHERE payee_key = ? AND id <> ? AND iban IS NOT NULL AND day IS NOT NULL
               AND state IN ('processing', 'finished', 'partiallyPaid')
             ORDER BY day DESC LIMIT 1",
        )?
        .query_row(params![key, id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // Names are stored as the bank wrote them; the search column narrows, the folded name decides.
    let mut rows = book.prepare_cached(
        "SELECT counterparty, counterparty_iban, max(key >> 24) FROM entry
         WHERE amount < 0 AND counterparty_iban IS NOT NULL AND status IN ('booked', 'pending') AND aside IS NULL AND instr(folded, ?) > 0
         GROUP BY counterparty, counterparty_iban",
    )?;
    let mut rows = rows.query([fold(first)])?;
    while let Some(row) = rows.next()? {
        let name: Option<String> = row.get(0)?;
        let day: i64 = row.get(2)?;
        if name.is_some_and(|name| payee_key(&name) == key) && known.as_ref().is_none_or(|(_, last)| day > *last) {
            known = Some((row.get(1)?, day));
        }
    }
    Ok(known.map(|(iban, day)| (iban, from_day(day))))
}

/// The latest day on which the same amount went to the account, or is on its way to it. What nobody knows to have left is told apart.
fn same_amount(
    book: &Connection,
    id: u32,
    iban: &str,
    minor: i64,
    currency: &str,
    (first, last): (NaiveDate, NaiveDate),
) -> rusqlite::Result<Option<NaiveDate>> {
    let day: Option<i64> = book
        .prepare_cached(
            "SELECT max(day) FROM (
                 SELECT key >> 24 AS day FROM entry
                 WHERE counterparty_iban = :iban AND amount = -:minor AND currency = :currency
                   AND status IN ('booked', 'pending', 'unknown') AND aside IS NULL
                 UNION ALL
                 SELECT day FROM payment
                 WHERE iban = :iban AND minor = :minor AND currency = :currency AND id <> :id
                   AND state NOT IN ('draft', 'confirmed', 'sending', 'unknown', 'failed', 'cancelled'))
             WHERE day BETWEEN :first AND :last",
        )?
        .query_row(
            named_params! { ":iban": iban, ":minor": minor, ":currency": currency, ":id": id,
            ":first": to_day(first), ":last": to_day(last) },
            |row| row.get(0),
        )?;
    Ok(day.map(from_day))
}

/// Whether a transaction may be this payment: same account, amount and payee (or no payee named), since it was sent. When in
/// doubt, yes.
pub(crate) fn possibly_paid(book: &Connection, row: &PaymentRow, sent: DateTime<Utc>) -> rusqlite::Result<bool> {
    let Some((account, minor, currency)) = money_of(row) else { return Ok(true) };
    book.query_row(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE account = ? AND amount = -? AND currency = ?
           AND (counterparty_iban = ? OR counterparty_iban IS NULL)
           AND status IN ('booked', 'pending', 'unknown') AND aside IS NULL AND key >> 24 >= ? - 1)",
        params![account, minor, currency, row.iban, to_day(sent.date_naive())],
        |row| row.get(0),
    )
}

/// How many days back an equal payment may have been handed over that still waits for its transaction.
const TWIN_WAITS: i64 = 10;

/// How many equal payments have a better claim to the next transaction: those that the bank is known to have come before one whose
/// outcome is unknown, those that it has accepted before one that it still works on.
fn before_it(book: &Connection, row: &PaymentRow) -> rusqlite::Result<usize> {
    let better: &[PaymentState] = match row.state {
        PaymentState::Unknown => &[PaymentState::Processing, PaymentState::Finished],
        PaymentState::Processing => &[PaymentState::Finished],
        _ => &[],
    };
    let Some((account, minor, currency)) = money_of(row) else { return Ok(0) };
    let day = row.day.map_or(i64::MIN, |day| to_day(day) - TWIN_WAITS);
    let mut found = book.prepare_cached(
        "SELECT state, variable_symbol FROM payment
         WHERE iban = ? AND from_account = ? AND minor = ? AND currency = ? AND id <> ? AND day >= ? AND proof IS NULL",
    )?;
    let mut rows = found.query(params![row.iban, account, minor, currency, row.id.0, day])?;
    let mut count = 0;
    while let Some(twin) = rows.next()? {
        let (state, symbol): (PaymentState, String) = (twin.get(0)?, twin.get(1)?);
        let same = symbols::same(Some(symbol.as_str()), Some(row.input.variable_symbol.as_str()));
        count += usize::from(same && better.contains(&state));
    }
    Ok(count)
}

/// The booked transaction that proves a payment: same account, payee, amount and variable symbol, first seen after it was sent
/// and booked no earlier, and not the proof of another payment, nor owed to one. The earliest, where several fit.
pub(crate) fn proof(book: &Connection, row: &PaymentRow, sent: DateTime<Utc>) -> rusqlite::Result<Option<u32>> {
    let Some((account, minor, currency)) = money_of(row) else { return Ok(None) };
    let mut found = book.prepare_cached(
        "SELECT id, variable_symbol FROM entry
         WHERE counterparty_iban = ? AND account = ? AND amount = -? AND currency = ? AND status = 'booked' AND aside IS NULL
           AND first_seen >= ? AND key >> 24 >= ? AND id NOT IN (SELECT proof FROM payment WHERE proof IS NOT NULL)
         ORDER BY key",
    )?;
    let mut rows = found.query(params![row.iban, account, minor, currency, to_ms(sent), to_day(sent.date_naive())])?;
    let mut owed = before_it(book, row)?;
    while let Some(entry) = rows.next()? {
        let symbol: Option<String> = entry.get(1)?;
        if !symbols::same(symbol.as_deref(), Some(row.input.variable_symbol.as_str())) {
            continue;
        }
        if owed == 0 {
            return entry.get(0).map(Some);
        }
        owed -= 1;
    }
    Ok(None)
}

/// Keeps the transaction that proves a payment.
pub(crate) fn save_proof(tx: &Connection, id: PaymentId, entry: u32) -> rusqlite::Result<()> {
    tx.execute("UPDATE payment SET proof = ? WHERE id = ?", [entry, id.0])?;
    Ok(())
}

/// The booked transaction that was kept as proof of a payment, as long as it is there.
pub(crate) fn proof_of(book: &Connection, id: PaymentId) -> rusqlite::Result<Option<TransactionId>> {
    book.prepare_cached("SELECT proof FROM payment WHERE id = ? AND proof IN (SELECT id FROM entry)")?
        .query_row([id.0], |row| Ok(TransactionId(row.get(0)?)))
        .optional()
}

/// The payment that a transaction was kept as proof of.
pub(crate) fn proved_by(book: &Connection, id: TransactionId) -> rusqlite::Result<Option<PaymentId>> {
    book.prepare_cached("SELECT id FROM payment WHERE proof = ?")?
        .query_row([id.0], |row| Ok(PaymentId(row.get(0)?)))
        .optional()
}

fn money_of(row: &PaymentRow) -> Option<(u32, i64, String)> {
    let amount = row.amount?;
    Some((row.input.from?.0, amount.minor().ok()?, amount.currency.to_string()))
}
