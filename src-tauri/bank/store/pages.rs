//! Reading the list of transactions: its sections, and their rows page by page.

use super::accounts::{AccountId, Bank};
use super::entry::first_key;
use super::search::{Way, Words};
use super::transactions::{
    Direction, Section, SectionTotals, TransactionFilter, TransactionId, TransactionPage, TransactionRow,
};
use super::{Fault, Store, from_day, rules, to_day};
use crate::failure::{FailureKind, Result};
use crate::money::{Currency, Money};
use chrono::{Datelike, Months, NaiveDate};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The most rows of a page.
const LONGEST_PAGE: u32 = 200;

/// What a line of the list is made of.
pub(super) static ROW: LazyLock<String> = LazyLock::new(|| lines_from(Way::Rows, ""));

/// Lines of the list by a way, and more columns behind them; the order of the columns is that of [`row`].
pub(super) fn lines_from(way: Way, more: &str) -> String {
    format!(
        "SELECT entry.key, entry.id, entry.account, account.name AS account_name, account.bank_name,
    account.bank_country, entry.status, entry.amount, entry.currency,
    coalesce(entry.counterparty, entry.description, entry.message, entry.counterparty_number, entry.counterparty_iban, '')
        AS who,
    entry.variable_symbol, entry.message, coalesce(overlay.category, by_account.category, by_name.category) AS category,
    overlay.note IS NOT NULL AS has_note, entry.aside{more}
    FROM {} CROSS JOIN account ON account.id = entry.account LEFT JOIN overlay ON overlay.entry = entry.id {}",
        way.tables(),
        rules::join()
    )
}

/// A filter as a condition on `entry` and `overlay`.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    way: Way,
}

impl Condition {
    pub(super) fn new(first: &str, way: Way) -> Self {
        Self { sql: format!(" WHERE {first}"), values: Vec::new(), way }
    }

    /// Adds a condition whose marks stand for these values.
    pub(super) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Keys from one on, up to another.
    fn keys(&mut self, from: Option<i64>, before: Option<i64>) {
        let key = self.way.key();
        for (compared, bound) in [(">=", from), ("<", before)] {
            if let Some(bound) = bound {
                self.and(&format!("{key} {compared} ?"), [bound.into()]);
            }
        }
    }

    pub(super) fn filter(mut self, filter: &TransactionFilter, words: &Words) -> Self {
        if !filter.accounts.is_empty() {
            let marks = vec!["?"; filter.accounts.len()].join(", ");
            self.and(&format!("entry.account IN ({marks})"), filter.accounts.iter().map(|id| Value::from(id.0)));
        }
        self.keys(filter.from.map(first_key), filter.to.map(|to| (to_day(to) + 1) << 24));
        match filter.direction {
            Some(Direction::In) => self.and("entry.amount >= 0", []),
            Some(Direction::Out) => self.and("entry.amount < 0", []),
            None => {}
        }
        let way = self.way;
        words.narrow(&mut self, way);
        self
    }
}

/// Sums and counts of a section while they grow.
#[derive(Default)]
struct Totals {
    count: u32,
    sums: BTreeMap<Currency, i64>,
}

impl Totals {
    fn add(&mut self, rows: u32, currency: Currency, minor: i64) -> Result<(), Fault> {
        let sum = self.sums.entry(currency).or_default();
        // A sum that does not fit is an error, never a wrong number.
        *sum = sum.checked_add(minor).ok_or(FailureKind::StoreFailed)?;
        self.count = self.count.saturating_add(rows);
        Ok(())
    }

    fn section(self, section: Section) -> SectionTotals {
        let sums = self.sums.into_iter().map(|(currency, minor)| Money::from_minor(minor, currency)).collect();
        SectionTotals { section, count: self.count, sums }
    }
}

/// The rows that are announced only, and the others.
const PENDING: &str = "entry.status = 'pending' AND entry.aside IS NULL";
const SETTLED: &str = "entry.status <> 'pending' AND entry.aside IS NULL";

impl Store {
    /// The sections of the list under a filter, the pending rows first, then the months, newest first; empty ones are left
    /// out. None where a later call came in between, so that nobody waits for what is not wanted any more.
    pub fn sections(&self, filter: &TransactionFilter) -> Result<Option<Vec<SectionTotals>>> {
        self.count(|book| {
            let words = Words::of(&filter.text);
            let mut pending = Totals::default();
            let condition = Condition::new(PENDING, Way::Pending).filter(filter, &words);
            each_row(book, condition, "entry.currency, entry.amount", |row| pending.add(1, row.get(0)?, row.get(1)?))?;
            let months = if words.is_empty() { from_daily(book, filter)? } else { from_rows(book, filter, &words)? };
            let pending = (pending.count > 0).then(|| pending.section(Section::Pending));
            let months = months.into_iter().rev().map(|(first, totals)| totals.section(Section::Month { first }));
            Ok(pending.into_iter().chain(months).collect())
        })
    }

    /// A page of a section, newest first; `after` is the `next` of the page before, `limit` at most 200. Fails with
    /// `NotFound` where `after` is not such a text.
    pub fn page(
        &self,
        filter: &TransactionFilter,
        section: &Section,
        after: Option<&str>,
        limit: u32,
    ) -> Result<TransactionPage> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        let after = after.map(|key| key.parse::<i64>().map_err(|_| FailureKind::NotFound)).transpose()?;
        let words = Words::of(&filter.text);
        self.read(|book| {
            let mut keyed = match section {
                Section::Pending => newest(book, filter, &words, PENDING, (None, after), limit + 1)?,
                Section::Month { first } => {
                    let (first, next) = month(*first);
                    let before = after.map_or(first_key(next), |after| after.min(first_key(next)));
                    let keys = (Some(first_key(first)), Some(before));
                    newest(book, filter, &words, SETTLED, keys, limit + 1)?
                }
            };
            let more = keyed.len() > limit as usize;
            keyed.truncate(limit as usize);
            let next = keyed.last().filter(|_| more).map(|(key, _)| key.to_string());
            let plain = words.is_empty() && filter.direction.is_none();
            if let ([account], true, Section::Month { .. }) = (filter.accounts.as_slice(), plain, section) {
                balances_after(book, *account, &mut keyed)?;
            }
            Ok(TransactionPage { rows: keyed.into_iter().map(|(_, row)| row).collect(), next })
        })
    }

    /// The newest rows under a filter, pending ones first, at most 200: what a search shows before anything is counted. Words of
    /// one letter or two are looked for in the newest month only: mostly it holds a page, and no index helps with them.
    pub fn first(&self, filter: &TransactionFilter, limit: u32) -> Result<Vec<TransactionRow>> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        let words = Words::of(&filter.text);
        self.read(|book| {
            let near = if words.are_short() { near(book, filter)? } else { None };
            let mut keyed = newest(book, filter, &words, PENDING, (None, None), limit)?;
            keyed.extend(newest(book, filter, &words, SETTLED, (near, None), limit)?);
            keyed.truncate(limit as usize);
            Ok(keyed.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// The newest rows, pending ones first; at most 3 of those, so that they never push out what is booked.
    pub(crate) fn latest(&self, limit: u32) -> Result<Vec<TransactionRow>> {
        self.read(|book| {
            let mut latest = Vec::new();
            for (condition, most) in [(PENDING, 3), (SETTLED, limit)] {
                let sql = format!("{} WHERE {condition} ORDER BY entry.key DESC LIMIT ?", *ROW);
                let mut statement = book.prepare_cached(&sql)?;
                for keyed in statement.query_map([most], row)? {
                    latest.push(keyed?.1);
                }
            }
            latest.truncate(limit as usize);
            Ok(latest)
        })
    }
}

/// The key from which on the rows of the last 31 days lie, counted from the newest row up to the last day of a filter.
fn near(book: &Connection, filter: &TransactionFilter) -> Result<Option<i64>, Fault> {
    let before = filter.to.map_or(i64::MAX, |to| (to_day(to) + 1) << 24);
    let newest: Option<i64> =
        book.prepare_cached("SELECT max(key) FROM entry WHERE key < ?")?.query_row([before], |row| row.get(0))?;
    Ok(newest.map(|newest| newest - (31 << 24)))
}

/// The newest rows under a condition and a filter whose keys lie from one on and before another.
fn newest(
    book: &Connection,
    filter: &TransactionFilter,
    words: &Words,
    which: &str,
    (from, before): (Option<i64>, Option<i64>),
    limit: u32,
) -> Result<Vec<(i64, TransactionRow)>, Fault> {
    let ways = if which == PENDING { &[Way::Pending] } else { words.ways() };
    let mut newest = Vec::new();
    // A page has many rows and few accounts.
    let mut banks: HashMap<u32, Bank> = HashMap::new();
    for way in ways {
        let mut condition = Condition::new(which, *way);
        condition.keys(from, before);
        let mut condition = condition.filter(filter, words);
        condition.values.push(Value::from(limit));
        let mut statement = book.prepare_cached(&question(&condition))?;
        let mut rows = statement.query(params_from_iter(condition.values))?;
        while let Some(row) = rows.next()? {
            let bank = match banks.entry(row.get(2)?) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(new) => new.insert(bank(row)?).clone(),
            };
            newest.push(line(row, bank)?);
        }
    }
    newest.sort_by_key(|(key, _)| Reverse(*key));
    newest.truncate(limit as usize);
    Ok(newest)
}

/// The lines under a condition, newest first.
fn question(condition: &Condition) -> String {
    let way = condition.way;
    format!("{}{} ORDER BY {} DESC LIMIT ?", lines_from(way, ""), condition.sql, way.key())
}

/// What is asked for the newest rows under a filter, by the way that leads to most of them.
#[cfg(feature = "measuring")]
pub(crate) fn asked(filter: &TransactionFilter, limit: u32) -> (String, Vec<Value>) {
    let words = Words::of(&filter.text);
    let way = words.ways().first().copied().unwrap_or(Way::Rows);
    let mut condition = Condition::new(SETTLED, way).filter(filter, &words);
    condition.values.push(Value::from(limit));
    (question(&condition), condition.values)
}

/// Reads these columns of each row that meets a condition.
fn each_row(
    book: &Connection,
    condition: Condition,
    columns: &str,
    mut act: impl FnMut(&Row<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = book.prepare_cached(&format!(
        "SELECT {columns} FROM {} LEFT JOIN overlay ON overlay.entry = entry.id{}",
        condition.way.tables(),
        condition.sql
    ))?;
    let mut rows = statement.query(params_from_iter(condition.values))?;
    while let Some(row) = rows.next()? {
        act(row)?;
    }
    Ok(())
}

/// The first day of a day's month, and of the next.
fn month(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    (first, first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX))
}

/// Months from the kept sums of each day: enough where no row must be looked at.
fn from_daily(book: &Connection, filter: &TransactionFilter) -> Result<BTreeMap<NaiveDate, Totals>, Fault> {
    let (count, sum) = match filter.direction {
        Some(Direction::In) => ("rows_in", "money_in"),
        Some(Direction::Out) => ("rows_out", "money_out"),
        None => ("rows_in + rows_out", "money_in + money_out"),
    };
    let mut condition = Condition::new(&format!("{count} > 0"), Way::Rows);
    if !filter.accounts.is_empty() {
        let marks = vec!["?"; filter.accounts.len()].join(", ");
        condition.and(&format!("account IN ({marks})"), filter.accounts.iter().map(|id| Value::from(id.0)));
    }
    if let Some(from) = filter.from {
        condition.and("day >= ?", [to_day(from).into()]);
    }
    if let Some(to) = filter.to {
        condition.and("day <= ?", [to_day(to).into()]);
    }
    let mut months: BTreeMap<NaiveDate, Totals> = BTreeMap::new();
    let mut statement =
        book.prepare_cached(&format!("SELECT day, currency, {count}, {sum} FROM daily{}", condition.sql))?;
    let mut rows = statement.query(params_from_iter(condition.values))?;
    while let Some(row) = rows.next()? {
        let (first, _) = month(from_day(row.get(0)?));
        months.entry(first).or_default().add(row.get(2)?, row.get(1)?, row.get(3)?)?;
    }
    Ok(months)
}

/// Months from the rows themselves, for a search.
fn from_rows(
    book: &Connection,
    filter: &TransactionFilter,
    words: &Words,
) -> Result<BTreeMap<NaiveDate, Totals>, Fault> {
    let mut months: BTreeMap<NaiveDate, Totals> = BTreeMap::new();
    let columns = "entry.key >> 24, entry.currency, iif(entry.status = 'booked', entry.amount, 0)";
    for way in words.ways() {
        each_row(book, Condition::new(SETTLED, *way).filter(filter, words), columns, |row| {
            let (first, _) = month(from_day(row.get(0)?));
            months.entry(first).or_default().add(1, row.get(1)?, row.get(2)?)
        })?;
    }
    Ok(months)
}

/// A line of the list with its key; columns of [`ROW`].
pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<(i64, TransactionRow)> {
    line(row, bank(row)?)
}

fn bank(row: &Row<'_>) -> rusqlite::Result<Bank> {
    Ok(Bank::named(row.get_ref(4)?.as_str()?, row.get(5)?))
}

fn line(row: &Row<'_>, bank: Bank) -> rusqlite::Result<(i64, TransactionRow)> {
    let key: i64 = row.get(0)?;
    let line = TransactionRow {
        id: TransactionId(row.get(1)?),
        account: AccountId(row.get(2)?),
        account_name: row.get(3)?,
        bank,
        day: from_day(key >> 24),
        status: row.get(6)?,
        amount: Money::from_minor(row.get(7)?, row.get(8)?),
        counterparty: row.get(9)?,
        variable_symbol: row.get(10)?,
        message: row.get(11)?,
        category: row.get(12)?,
        has_note: row.get(13)?,
        balance_after: None,
    };
    Ok((key, line))
}

/// Fills in the booked balance after each booked row: today's, less everything booked later. Not before the day from which
/// the history is whole.
fn balances_after(book: &Connection, account: AccountId, rows: &mut [(i64, TransactionRow)]) -> Result<(), Fault> {
    let Some((newest, _)) = rows.first() else { return Ok(()) };
    let known: Option<(i64, Currency, Option<i64>)> = book
        .prepare_cached(
            "SELECT balance.amount, balance.currency, whole_from FROM balance JOIN account ON account.id = balance.account
             WHERE balance.account = ? AND balance.kind = 'booked' AND balance.currency = account.currency",
        )?
        .query_row([account.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((balance, currency, Some(whole_from))) = known else { return Ok(()) };
    let later: i64 = book
        .prepare_cached(
            "SELECT (SELECT ifnull(sum(money_in + money_out), 0) FROM daily WHERE account = ?1 AND currency = ?2 AND day > ?3 >> 24)
                + (SELECT ifnull(sum(amount), 0) FROM entry
                   WHERE account = ?1 AND currency = ?2 AND status = 'booked' AND aside IS NULL AND key > ?3 AND key < ((?3 >> 24) + 1) << 24)",
        )?
        .query_row((account.0, currency, newest), |row| row.get(0))?;
    let mut after = Money::from_minor(balance, currency).checked_sub(Money::from_minor(later, currency));
    for (key, row) in rows {
        if row.status != super::transactions::TransactionStatus::Booked || row.amount.currency != currency {
            continue;
        }
        row.balance_after = after.ok().filter(|_| *key >> 24 >= whole_from);
        after = after.and_then(|after| after.checked_sub(row.amount));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
