//! The derived rows of transactions: what they say, and how they are written.

use super::accounts::AccountId;
use super::fold::fold;
use super::transactions::{Aside, TransactionStatus};
use super::{Fault, columns, from_day, to_day};
use crate::money::{Currency, Money};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Statement, Transaction};
use serde::{Deserialize, Serialize};

/// What a bank says of a transaction: everything that makes two of them equal or different.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) status: TransactionStatus,
    /// Minor units; negative when money leaves.
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) original: Option<Money>,
    pub(crate) booked: Option<NaiveDate>,
    pub(crate) value: Option<NaiveDate>,
    pub(crate) counterparty: Option<String>,
    pub(crate) counterparty_iban: Option<String>,
    pub(crate) counterparty_number: Option<String>,
    pub(crate) variable_symbol: Option<String>,
    pub(crate) constant_symbol: Option<String>,
    pub(crate) specific_symbol: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) bank_id: Option<String>,
}

impl Facts {
    pub(super) fn pending(&self) -> bool {
        self.status == TransactionStatus::Pending
    }

    /// Whether a booked row may follow it: it is pending, or has a status that nobody knows and no booking day.
    pub(super) fn announces(&self) -> bool {
        self.pending() || self.status == TransactionStatus::Unknown && self.booked.is_none()
    }

    /// The day under which it stands in the list: booking date, else value date, else the day it was first seen.
    pub(super) fn day(&self, first_seen: NaiveDate) -> NaiveDate {
        self.booked.or(self.value).unwrap_or(first_seen)
    }

    /// Whom it is with, as the list says it.
    pub(super) fn who(&self) -> String {
        let said =
            [&self.counterparty, &self.description, &self.message, &self.counterparty_number, &self.counterparty_iban];
        said.into_iter().flatten().next().cloned().unwrap_or_default()
    }

    /// Whether both are the same movement of money: sign, amount and currency.
    pub(super) fn same_money(&self, other: &Self) -> bool {
        (self.amount, self.currency) == (other.amount, other.currency)
    }

    /// What a search looks through. The note is searched where it stands.
    fn folded(&self) -> String {
        let amount = Money::from_minor(self.amount, self.currency).amount.abs().to_string();
        let texts = [
            &self.counterparty,
            &self.counterparty_iban,
            &self.counterparty_number,
            &self.variable_symbol,
            &self.constant_symbol,
            &self.specific_symbol,
            &self.reference,
            &self.message,
            &self.description,
        ];
        let all: Vec<&str> = texts.into_iter().flatten().map(String::as_str).chain([amount.as_str()]).collect();
        // A line end between the texts: no word of a search can lie across two of them.
        all.into_iter().map(fold).collect::<Vec<_>>().join("\n")
    }
}

/// A stored row.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: u32,
    pub(crate) key: i64,
    pub(crate) facts: Facts,
    pub(crate) updated: i64,
    /// Milliseconds.
    pub(crate) first_seen: i64,
    /// Why it is not counted; none for a row that is.
    pub(crate) aside: Option<Aside>,
    /// Since when the bank leaves it out of answers that should hold it; milliseconds.
    pub(crate) missing_since: Option<i64>,
}

impl Entry {
    /// What is written beside its facts.
    pub(super) fn marks(&self) -> Marks {
        let Self { key, updated, first_seen, aside, missing_since, .. } = *self;
        Marks { updated, first_seen, aside, missing_since, key: Some(key) }
    }

    pub(super) fn day(&self) -> NaiveDate {
        from_day(self.key >> 24)
    }
}

/// What a row has beside what it says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    /// When Everifin last changed it; milliseconds.
    pub(crate) updated: i64,
    /// Milliseconds.
    pub(crate) first_seen: i64,
    pub(crate) aside: Option<Aside>,
    /// Milliseconds.
    pub(crate) missing_since: Option<i64>,
    /// Kept where the row stays on its day, else the row becomes the newest of its day.
    pub(crate) key: Option<i64>,
}

/// The first key of a day; the keys of a day lie from here to the first of the next.
pub(super) fn first_key(day: NaiveDate) -> i64 {
    to_day(day) << 24
}

const COLUMNS: &str =
    "SELECT key, id, status, amount, currency, original_amount, original_currency, booked_day, value_day,
    counterparty, counterparty_iban, counterparty_number, variable_symbol, constant_symbol, specific_symbol, reference,
    message, description, bank_id, updated, first_seen, aside, missing_since FROM entry ";

/// The rows of an account that meet a condition; `condition` follows `account = ?1`.
pub(super) fn select(
    book: &Connection,
    account: AccountId,
    condition: &str,
    values: &[i64],
) -> Result<Vec<Entry>, Fault> {
    let mut statement = book.prepare_cached(&format!("{COLUMNS} WHERE account = ?1 {condition}"))?;
    let values: Vec<i64> = [i64::from(account.0)].iter().chain(values).copied().collect();
    let rows = statement.query_map(rusqlite::params_from_iter(values), entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row by its public id.
pub(crate) fn by_id(book: &Connection, id: u32) -> Result<Option<Entry>, Fault> {
    Ok(book.prepare_cached(&format!("{COLUMNS} WHERE id = ?"))?.query_row([id], entry).optional()?)
}

/// The account that a row belongs to.
pub(super) fn account_of(book: &Connection, id: u32) -> Result<Option<AccountId>, Fault> {
    let sql = "SELECT account FROM entry WHERE id = ?";
    Ok(book.prepare_cached(sql)?.query_row([id], |row| row.get(0).map(AccountId)).optional()?)
}

/// The row that Everifin lists, or has listed, under an id.
pub(super) fn by_alias(book: &Connection, account: AccountId, remote_id: &str) -> Result<Option<Entry>, Fault> {
    let sql = format!("{COLUMNS} WHERE id = (SELECT entry FROM entry_alias WHERE account = ? AND remote_id = ?)");
    Ok(book.prepare_cached(&sql)?.query_row((account.0, remote_id), entry).optional()?)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let date = |column: &str| row.get::<_, Option<i64>>(column).map(|day| day.map(from_day));
    Ok(Entry {
        id: row.get("id")?,
        key: row.get("key")?,
        updated: row.get("updated")?,
        first_seen: row.get("first_seen")?,
        aside: row.get("aside")?,
        missing_since: row.get("missing_since")?,
        facts: Facts {
            status: row.get("status")?,
            amount: row.get("amount")?,
            currency: row.get("currency")?,
            original: columns::money(row, "original_amount", "original_currency")?,
            booked: date("booked_day")?,
            value: date("value_day")?,
            counterparty: row.get("counterparty")?,
            counterparty_iban: row.get("counterparty_iban")?,
            counterparty_number: row.get("counterparty_number")?,
            variable_symbol: row.get("variable_symbol")?,
            constant_symbol: row.get("constant_symbol")?,
            specific_symbol: row.get("specific_symbol")?,
            reference: row.get("reference")?,
            message: row.get("message")?,
            description: row.get("description")?,
            bank_id: row.get("bank_id")?,
        },
    })
}

/// A new public id; never given twice, also not after its row has gone.
pub(crate) fn new_id(book: &Transaction<'_>) -> Result<u32, Fault> {
    let sql = "UPDATE counter SET next = next + 1 WHERE name = 'entry' RETURNING next - 1";
    Ok(book.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Writes a row.
pub(crate) fn insert(
    book: &Transaction<'_>,
    account: AccountId,
    id: u32,
    facts: &Facts,
    marks: Marks,
) -> Result<(), Fault> {
    let day = facts.day(super::from_ms(marks.first_seen).date_naive());
    let key = match marks.key.filter(|key| from_day(key >> 24) == day) {
        Some(key) => key,
        None => book
            .prepare_cached("SELECT ifnull(max(key) + 1, ?1) FROM entry WHERE key >= ?1 AND key < ?2")?
            .query_row((first_key(day), first_key(day) + (1 << 24)), |row| row.get(0))?,
    };
    let mut statement = book.prepare_cached(&format!("INSERT INTO entry {VALUES}"))?;
    put(&mut statement, account, id, facts, Marks { key: Some(key), ..marks })
}

/// The values of a row, in the order of its columns.
pub(crate) const VALUES: &str = "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

/// Carries an insertion of [`VALUES`] out.
pub(crate) fn put(
    statement: &mut Statement<'_>,
    account: AccountId,
    id: u32,
    facts: &Facts,
    marks: Marks,
) -> Result<(), Fault> {
    let original = facts.original.and_then(|money| Some((money.minor().ok()?, money.currency)));
    statement.execute(rusqlite::params![
        marks.key,
        id,
        account.0,
        facts.status,
        facts.amount,
        facts.currency,
        original.map(|(minor, _)| minor),
        original.map(|(_, currency)| currency),
        facts.booked.map(to_day),
        facts.value.map(to_day),
        facts.counterparty,
        facts.counterparty_iban,
        facts.counterparty_number,
        facts.variable_symbol,
        facts.constant_symbol,
        facts.specific_symbol,
        facts.reference,
        facts.message,
        facts.description,
        facts.bank_id,
        marks.updated,
        marks.first_seen,
        facts.folded(),
        marks.aside,
        marks.missing_since,
    ])?;
    Ok(())
}

/// Writes a stored row again: with other facts, or counted otherwise.
pub(super) fn rewrite(
    book: &Transaction<'_>,
    account: AccountId,
    entry: &Entry,
    facts: &Facts,
    marks: Marks,
) -> Result<(), Fault> {
    delete(book, entry.key)?;
    insert(book, account, entry.id, facts, marks)
}

/// Takes a row out, and nothing of what hangs on it.
pub(super) fn delete(book: &Transaction<'_>, key: i64) -> Result<(), Fault> {
    book.prepare_cached("DELETE FROM entry WHERE key = ?")?.execute([key])?;
    Ok(())
}

/// Notes that Everifin lists a row under an id.
pub(crate) fn alias(book: &Transaction<'_>, account: AccountId, remote_id: &str, id: u32) -> Result<(), Fault> {
    book.prepare_cached(
        "INSERT INTO entry_alias VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET entry = ?3 WHERE entry <> ?3",
    )?
    .execute((account.0, remote_id, id))?;
    Ok(())
}

/// Keeps the JSON as delivered.
pub(crate) fn keep_raw(book: &Transaction<'_>, id: u32, payload: &str) -> Result<(), Fault> {
    book.prepare_cached(
        "INSERT INTO raw_entry VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET payload = ?2 WHERE payload <> ?2",
    )?
    .execute((id, payload))?;
    Ok(())
}
