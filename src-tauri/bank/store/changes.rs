//! What each sync, import, decision and undo changed: kept row by row, shown, and undone together.
//!
//! An undo deletes nothing and forgets nothing. A row that came stands aside, so that the bank listing it again does not bring
//! it back; a row that was changed says again what it said before, and the version that was undone is remembered as refused.
//! Pending rows are the bank's own passing list and are not part of it. An undo is a change-set too, and can be undone.

use super::accounts::AccountId;
use super::entry::{self, Entry, Facts, Marks};
use super::transactions::{Aside, TransactionId, TransactionStatus};
use super::{Fault, Store, from_ms, proof, to_ms};
use crate::failure::{FailureKind, Result};
use crate::money::Money;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The number of a change-set; later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ChangeSetId(pub u32);

/// Why rows changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// The banks were read.
    Sync,
    /// A statement file was taken in.
    Import,
    /// The owner decided about rows, or removed one.
    Decision,
    /// Another change-set was undone.
    Undo,
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// It came.
    Added,
    /// It says something else.
    Changed,
    /// A pending row has gone.
    Removed,
    /// It was set aside, or counts again.
    Aside,
}

/// A change-set as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangeSet {
    /// Its number.
    pub id: ChangeSetId,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Why.
    pub cause: Cause,
    /// Which one it undid.
    pub undoes: Option<ChangeSetId>,
    /// Which one undid it.
    pub undone_by: Option<ChangeSetId>,
    /// Whether it holds anything that can be undone now.
    pub can_undo: bool,
    /// What it changed, by account.
    pub accounts: Vec<AccountChanges>,
}

/// What a change-set changed in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountChanges {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its bank.
    pub bank: String,
    /// Whether it was the account's first reading: then its rows are not listed one by one, and not undone.
    pub first: bool,
    /// Rows that came.
    pub added: u32,
    /// Rows that changed.
    pub changed: u32,
    /// Pending rows that have gone.
    pub removed: u32,
    /// Rows set aside or counted again.
    pub aside: u32,
    /// Of those that came, how many were booked long before.
    pub late: u32,
}

/// One row of a change-set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The account.
    pub account: AccountId,
    /// The transaction, as long as there is one.
    pub transaction: Option<TransactionId>,
    /// The day on which it stands or stood.
    pub day: NaiveDate,
    /// The counterparty, or what the bank says of it.
    pub counterparty: String,
    /// Signed amount.
    pub amount: Money,
    /// What differs, for a changed row.
    pub differences: Vec<Difference>,
    /// Why it stands aside since, for a row that was set aside; none where it counts again.
    pub aside: Option<Aside>,
}

/// One thing that a row says otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// Which.
    pub field: RowField,
    /// What it said.
    pub before: Option<Said>,
    /// What it says.
    pub after: Option<Said>,
}

/// What can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names of a transaction's fields")]
pub enum RowField {
    Status,
    Amount,
    Original,
    BookingDate,
    ValueDate,
    Counterparty,
    CounterpartyAccount,
    VariableSymbol,
    ConstantSymbol,
    SpecificSymbol,
    Reference,
    Message,
    Description,
    BankId,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
pub enum Said {
    /// Words.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// An amount.
    Amount(Money),
    /// A status.
    Status(TransactionStatus),
}

/// A change-set being written; its rows in their order.
pub(super) struct Recorder<'a> {
    book: &'a Transaction<'a>,
    set: ChangeSetId,
    account: AccountId,
    /// Whether rows are only counted: at an account's first reading.
    first: bool,
    sum: Sum,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    added: u32,
    changed: u32,
    removed: u32,
    aside: u32,
    late: u32,
}

/// A place to come back to.
pub(super) struct Mark(Sum);

impl<'a> Recorder<'a> {
    pub(super) fn new(book: &'a Transaction<'a>, set: ChangeSetId, account: AccountId, first: bool) -> Self {
        Self { book, set, account, first, sum: Sum::default() }
    }

    pub(super) fn added(&mut self, id: u32, late: bool) -> Result<(), Fault> {
        self.sum.added += 1;
        self.sum.late += u32::from(late && !self.first);
        self.line(id, ChangeKind::Added, None, None)
    }

    pub(super) fn changed(&mut self, id: u32, before: &Facts, after: &Facts) -> Result<(), Fault> {
        self.sum.changed += 1;
        self.line(id, ChangeKind::Changed, Some(text(before)?), Some(text(after)?))
    }

    pub(super) fn removed(&mut self, id: u32, before: &Facts) -> Result<(), Fault> {
        self.sum.removed += 1;
        self.line(id, ChangeKind::Removed, Some(text(before)?), None)
    }

    pub(super) fn aside(&mut self, id: u32, before: Option<Aside>, after: Option<Aside>) -> Result<(), Fault> {
        self.sum.aside += 1;
        let word = |aside: Option<Aside>| aside.map(|aside| text(&aside)).transpose();
        self.line(id, ChangeKind::Aside, word(before)?, word(after)?)
    }

    /// Remembers how everything stands, for [`Self::back_to`].
    pub(super) fn mark(&self) -> Result<Mark, Fault> {
        self.book.execute_batch("SAVEPOINT mark")?;
        Ok(Mark(self.sum))
    }

    /// Takes back everything that was written in the transaction since the mark.
    pub(super) fn back_to(&mut self, mark: Mark) -> Result<(), Fault> {
        self.book.execute_batch("ROLLBACK TO mark; RELEASE mark")?;
        self.sum = mark.0;
        Ok(())
    }

    fn line(&mut self, id: u32, kind: ChangeKind, before: Option<String>, after: Option<String>) -> Result<(), Fault> {
        if self.first {
            return Ok(());
        }
        self.book
            .prepare_cached(
                "INSERT INTO change VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM change WHERE change_set = ?1), ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((self.set.0, self.account.0, id, kind, before, after))?;
        Ok(())
    }

    /// Writes the sums; an account in which nothing changed is not part of the change-set.
    pub(super) fn finish(self) -> Result<(), Fault> {
        let Sum { added, changed, removed, aside, late } = self.sum;
        if added + changed + removed + aside > 0 {
            self.book
                .prepare_cached(
                    "INSERT INTO change_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
                     ON CONFLICT DO UPDATE SET added = added + excluded.added, changed = changed + excluded.changed,
                         removed = removed + excluded.removed, aside = aside + excluded.aside, late = late + excluded.late",
                )?
                .execute((self.set.0, self.account.0, self.first, added, changed, removed, aside, late))?;
        }
        Ok(())
    }
}

/// Sets a row aside, or counts it again.
pub(super) fn set_aside(
    recorder: &mut Recorder<'_>,
    account: AccountId,
    row: &Entry,
    aside: Option<Aside>,
) -> Result<(), Fault> {
    if row.aside != aside {
        entry::rewrite(recorder.book, account, row, &row.facts, Marks { aside, ..row.marks() })?;
        recorder.aside(row.id, row.aside, aside)?;
    }
    Ok(())
}

impl Store {
    /// Begins a change-set. One that stays empty is cleared away by [`Store::finish_changes`].
    pub(crate) fn begin_changes(&self, cause: Cause, now: DateTime<Utc>) -> Result<ChangeSetId> {
        self.write(|book| begin(book, cause, None, now))
    }

    /// Ends a change-set.
    pub(crate) fn finish_changes(&self, set: ChangeSetId) -> Result<()> {
        self.write(|book| {
            book.prepare_cached(
                "DELETE FROM change_set WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change_sum WHERE change_set = ?1)",
            )?
            .execute([set.0])?;
            Ok(())
        })
    }

    /// The newest change-sets, newest first, before a given one.
    pub fn change_sets(&self, before: Option<ChangeSetId>, limit: u32) -> Result<Vec<ChangeSet>> {
        self.read(|book| {
            let mut statement = book.prepare_cached(
                "SELECT id, at, cause, undoes, (SELECT id FROM change_set AS other WHERE other.undoes = change_set.id)
                 FROM change_set WHERE id < ?1 AND EXISTS (SELECT 1 FROM change_sum WHERE change_set = change_set.id)
                 ORDER BY id DESC LIMIT ?2",
            )?;
            let number = |number: Option<u32>| number.map(ChangeSetId);
            let sets =
                statement.query_map((before.map_or(i64::MAX, |set| i64::from(set.0)), limit.min(100)), |row| {
                    Ok(ChangeSet {
                        id: ChangeSetId(row.get(0)?),
                        at: from_ms(row.get(1)?),
                        cause: row.get(2)?,
                        undoes: number(row.get(3)?),
                        undone_by: number(row.get(4)?),
                        can_undo: false,
                        accounts: Vec::new(),
                    })
                })?;
            let mut sets: Vec<ChangeSet> = sets.collect::<Result<_, _>>()?;
            for set in &mut sets {
                set.accounts = sums(book, set.id)?;
                let lines = set.accounts.iter().filter(|sum| !sum.first).map(|sum| sum.added + sum.changed + sum.aside);
                set.can_undo = set.undone_by.is_none() && lines.sum::<u32>() > 0;
            }
            Ok(sets)
        })
    }

    /// The rows of a change-set in their order; at most 500 after the first `skip`.
    pub fn changes(&self, set: ChangeSetId, skip: u32) -> Result<Vec<Change>> {
        self.read(|book| {
            let lines = lines(book, set, "ORDER BY number LIMIT 500 OFFSET ?2", &[i64::from(skip)])?;
            lines.iter().map(|line| shown(book, line)).filter_map(Result::transpose).collect()
        })
    }

    /// Undoes a change-set. Notes and categories stay where they are. Fails with `NotFound` where there is no such set or it has
    /// been undone; what has changed once more since is left as it is now.
    pub fn undo(&self, set: ChangeSetId, now: DateTime<Utc>) -> Result<ChangeSetId> {
        self.write(|book| {
            let open =
                "SELECT 1 FROM change_set WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change_set WHERE undoes = ?1)";
            if !book.prepare_cached(open)?.exists([set.0])? {
                return Err(FailureKind::NotFound.into());
            }
            let by = begin(book, Cause::Undo, Some(set), now)?;
            let mut touched: Vec<(AccountId, NaiveDate)> = Vec::new();
            for account in sums(book, set)? {
                let mut recorder = Recorder::new(book, by, account.account, false);
                let of_account = "AND account = ?2 ORDER BY number DESC";
                for line in lines(book, set, of_account, &[i64::from(account.account.0)])? {
                    if let Some(row) = entry::by_id(book, line.entry)? {
                        touched.push((account.account, row.day()));
                        take_back(&mut recorder, &line, &row)?;
                    }
                }
                recorder.finish()?;
            }
            book.prepare_cached("UPDATE quarantine SET decision = NULL, decided_in = NULL WHERE decided_in = ?")?
                .execute([set.0])?;
            proof::compare_all(book, touched)?;
            Ok(by)
        })
    }
}

pub(super) fn begin(
    book: &Transaction<'_>,
    cause: Cause,
    undoes: Option<ChangeSetId>,
    now: DateTime<Utc>,
) -> Result<ChangeSetId, Fault> {
    book.prepare_cached("INSERT INTO change_set (at, cause, undoes) VALUES (?, ?, ?)")?.execute((
        to_ms(now),
        cause,
        undoes.map(|set| set.0),
    ))?;
    u32::try_from(book.last_insert_rowid()).map(ChangeSetId).map_err(|_| FailureKind::StoreFailed.into())
}

/// By how much what is counted of single rows has changed since a moment: of rows that say something else, and of rows booked before a
/// day that came afterwards.
pub(super) fn effects_since(
    book: &Connection,
    account: AccountId,
    since: i64,
    before: NaiveDate,
) -> Result<Vec<i64>, Fault> {
    let mut statement = book.prepare_cached(
        "SELECT account, entry, kind, before, after FROM change JOIN change_set ON change_set.id = change_set
         WHERE account = ? AND at > ? AND kind IN ('added', 'changed')",
    )?;
    let lines = statement.query_map((account.0, since), line)?.collect::<Result<Vec<_>, _>>()?;
    let counted = |facts: &Facts| if facts.status == TransactionStatus::Booked { facts.amount } else { 0 };
    let mut effects = Vec::new();
    for line in lines {
        match (line.kind, line.facts_before()?, line.facts_after()?) {
            (ChangeKind::Changed, Some(before), Some(after)) => effects.push(counted(&after) - counted(&before)),
            (ChangeKind::Added, ..) => {
                let row = entry::by_id(book, line.entry)?;
                effects.extend(row.filter(|row| row.day() < before).map(|row| counted(&row.facts)));
            }
            _ => {}
        }
    }
    Ok(effects)
}

fn take_back(recorder: &mut Recorder<'_>, line: &Line, row: &Entry) -> Result<(), Fault> {
    let book = recorder.book;
    let account = recorder.account;
    match line.kind {
        // Also what stands aside already: else it would come back where the reason for that falls away.
        ChangeKind::Added if row.aside != Some(Aside::Deleted) && !row.facts.pending() => {
            set_aside(recorder, account, row, Some(Aside::Undone))
        }
        ChangeKind::Changed => {
            let (Some(before), Some(after)) = (line.facts_before()?, line.facts_after()?) else { return Ok(()) };
            // A pending row does not come back: the bank has replaced it.
            if row.facts != after || before.pending() {
                return Ok(());
            }
            let raised = book.prepare_cached("DELETE FROM refused WHERE entry = ?")?.execute([row.id])?;
            if raised == 0 {
                book.prepare_cached("INSERT INTO refused SELECT entry, payload FROM raw_entry WHERE entry = ?")?
                    .execute([row.id])?;
            }
            entry::rewrite(book, account, row, &before, row.marks())?;
            recorder.changed(row.id, &after, &before)
        }
        ChangeKind::Aside if row.aside == line.aside_after()? => {
            set_aside(recorder, account, row, line.aside_before()?)
        }
        ChangeKind::Added | ChangeKind::Removed | ChangeKind::Aside => Ok(()),
    }
}

fn sums(book: &Connection, set: ChangeSetId) -> Result<Vec<AccountChanges>, Fault> {
    let mut statement = book.prepare_cached(
        "SELECT account, name, bank_name, first, added, changed, removed, aside, late
         FROM change_sum JOIN account ON account.id = account WHERE change_set = ? ORDER BY place, account",
    )?;
    let sums = statement.query_map([set.0], |row| {
        Ok(AccountChanges {
            account: AccountId(row.get(0)?),
            name: row.get(1)?,
            bank: row.get(2)?,
            first: row.get(3)?,
            added: row.get(4)?,
            changed: row.get(5)?,
            removed: row.get(6)?,
            aside: row.get(7)?,
            late: row.get(8)?,
        })
    })?;
    Ok(sums.collect::<Result<_, _>>()?)
}

/// A row of a change-set as it is kept.
struct Line {
    account: AccountId,
    entry: u32,
    kind: ChangeKind,
    before: Option<String>,
    after: Option<String>,
}

impl Line {
    fn facts_before(&self) -> Result<Option<Facts>, Fault> {
        self.before.as_deref().map(parsed).transpose()
    }

    fn facts_after(&self) -> Result<Option<Facts>, Fault> {
        self.after.as_deref().map(parsed).transpose()
    }

    fn aside_before(&self) -> Result<Option<Aside>, Fault> {
        self.before.as_deref().map(parsed).transpose()
    }

    fn aside_after(&self) -> Result<Option<Aside>, Fault> {
        self.after.as_deref().map(parsed).transpose()
    }
}

/// The rows of a change-set; `rest` follows `change_set = ?1`.
fn lines(book: &Connection, set: ChangeSetId, rest: &str, values: &[i64]) -> Result<Vec<Line>, Fault> {
    let sql = format!("SELECT account, entry, kind, before, after FROM change WHERE change_set = ?1 {rest}");
    let mut statement = book.prepare_cached(&sql)?;
    let values: Vec<i64> = [i64::from(set.0)].iter().chain(values).copied().collect();
    let lines = statement.query_map(rusqlite::params_from_iter(values), line)?;
    Ok(lines.collect::<Result<_, _>>()?)
}

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        account: AccountId(row.get(0)?),
        entry: row.get(1)?,
        kind: row.get(2)?,
        before: row.get(3)?,
        after: row.get(4)?,
    })
}

/// None for a row that came and has gone since without a trace: a pending one.
fn shown(book: &Connection, line: &Line) -> Result<Option<Change>, Fault> {
    let stored = entry::by_id(book, line.entry)?;
    let (before, after) = match line.kind {
        ChangeKind::Aside => (None, None),
        _ => (line.facts_before()?, line.facts_after()?),
    };
    let Some(facts) = after.as_ref().or(before.as_ref()).or(stored.as_ref().map(|entry| &entry.facts)) else {
        return Ok(None);
    };
    let seen = stored.as_ref().map_or_else(NaiveDate::default, Entry::day);
    let differences = match (line.kind, &before, &after) {
        (ChangeKind::Changed, Some(before), Some(after)) => differences(before, after),
        _ => Vec::new(),
    };
    Ok(Some(Change {
        kind: line.kind,
        account: line.account,
        transaction: stored.as_ref().map(|entry| TransactionId(entry.id)),
        day: facts.day(seen),
        counterparty: facts.who(),
        amount: Money::from_minor(facts.amount, facts.currency),
        differences,
        aside: if line.kind == ChangeKind::Aside { line.aside_after()? } else { None },
    }))
}

/// What a row says otherwise than before.
pub(super) fn differences(before: &Facts, after: &Facts) -> Vec<Difference> {
    let money = |facts: &Facts| Some(Said::Amount(Money::from_minor(facts.amount, facts.currency)));
    let (day, text) =
        (|day: Option<NaiveDate>| day.map(Said::Day), |text: &Option<String>| text.clone().map(Said::Text));
    let all = |facts: &Facts| {
        [
            (RowField::Status, Some(Said::Status(facts.status))),
            (RowField::Amount, money(facts)),
            (RowField::Original, facts.original.map(Said::Amount)),
            (RowField::BookingDate, day(facts.booked)),
            (RowField::ValueDate, day(facts.value)),
            (RowField::Counterparty, text(&facts.counterparty)),
            (
                RowField::CounterpartyAccount,
                text(&facts.counterparty_iban).or_else(|| text(&facts.counterparty_number)),
            ),
            (RowField::VariableSymbol, text(&facts.variable_symbol)),
            (RowField::ConstantSymbol, text(&facts.constant_symbol)),
            (RowField::SpecificSymbol, text(&facts.specific_symbol)),
            (RowField::Reference, text(&facts.reference)),
            (RowField::Message, text(&facts.message)),
            (RowField::Description, text(&facts.description)),
            (RowField::BankId, text(&facts.bank_id)),
        ]
    };
    let pairs = all(before).into_iter().zip(all(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Difference { field, before, after })
        .collect()
}

fn text<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| FailureKind::StoreFailed.into())
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|_| FailureKind::StoreFailed.into())
}

#[cfg(test)]
mod tests;
