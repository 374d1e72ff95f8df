//! Rows that could not be believed: what is asked of the owner about them, and what she decides. What the balances say meanwhile is
//! `settling`'s.

use super::accounts::AccountId;
use super::changes::{Cause, ChangeSetId, Recorder, begin, set_aside};
use super::entry;
use super::proof;
use super::transactions::{Aside, TransactionId, TransactionRow};
use super::{Fault, Store, from_day, from_ms, pages, to_ms};
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// An id came back with another sign, amount or currency.
    Disagrees,
    /// A row that cannot be read.
    Unreadable,
    /// Two rows that say the same.
    Duplicate,
    /// A booked row that the bank lists no more.
    Vanished,
}

/// What the owner decides of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// Both rows are real.
    Both,
    /// Only the row that was there first.
    First,
    /// Only the row that came.
    Second,
    /// Nothing is to be done.
    Seen,
}

/// A question to the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Doubt {
    /// Its number.
    pub id: u32,
    /// When it arose.
    pub at: DateTime<Utc>,
    /// The account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// What is in doubt.
    pub reason: Reason,
    /// The row that was there first.
    pub first: Option<Doubtful>,
    /// The row that came.
    pub second: Option<Doubtful>,
    /// Whether Saldo has set a row aside (or counted one again) because only so the balances agree.
    pub settled: bool,
    /// What was delivered, where no row could be made of it.
    pub payload: Option<String>,
}

/// A row in doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Doubtful {
    /// The row.
    pub row: TransactionRow,
    /// Why it is not counted; none where it is.
    pub aside: Option<Aside>,
}

/// Older rows that came after an account had been read: looked at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Backfill {
    /// The change-set that brought them.
    pub set: ChangeSetId,
    /// When.
    pub at: DateTime<Utc>,
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// How many.
    pub rows: u32,
    /// The first of their days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
}

/// Which questions wait for the owner: those that she has not answered, and not those about a row that she took away by an undo, unless
/// Saldo has set the other row aside. Where the undo is undone, they are asked again.
const OPEN: &str = "decision IS NULL AND (
    NOT EXISTS (SELECT 1 FROM entry WHERE id IN (quarantine.entry, other) AND aside = 'undone')
    OR EXISTS (SELECT 1 FROM entry WHERE id IN (quarantine.entry, other) AND aside NOT IN ('undone', 'deleted')))";

impl Store {
    /// What the owner is asked about rows, newest first; at most 200.
    pub fn doubts(&self) -> Result<Vec<Doubt>> {
        self.read(|book| {
            let mut statement = book.prepare_cached(&format!(
                "SELECT quarantine.id, at, account, account.name, reason, entry, other, settled, payload
                 FROM quarantine JOIN account ON account.id = account WHERE {OPEN}
                 ORDER BY at DESC, quarantine.id DESC LIMIT 200"
            ))?;
            let mut rows = statement.query([])?;
            let mut doubts = Vec::new();
            while let Some(row) = rows.next()? {
                let reason: Reason = row.get(4)?;
                doubts.push(Doubt {
                    id: row.get(0)?,
                    at: from_ms(row.get(1)?),
                    account: AccountId(row.get(2)?),
                    account_name: row.get(3)?,
                    reason,
                    first: doubtful(book, row.get(5)?)?,
                    second: doubtful(book, row.get(6)?)?,
                    settled: row.get(7)?,
                    payload: if reason == Reason::Unreadable { row.get(8)? } else { None },
                });
            }
            Ok(doubts)
        })
    }

    /// Does what the owner decided. Fails with `NotFound` where there is no such question any more.
    pub fn decide(&self, doubt: u32, decision: Decision, now: DateTime<Utc>) -> Result<()> {
        self.write(|book| {
            type Open = (AccountId, Reason, Option<u32>, Option<u32>);
            let open: Option<Open> = book
                .prepare_cached(&format!(
                    "SELECT account, reason, entry, other FROM quarantine WHERE id = ? AND {OPEN}"
                ))?
                .query_row([doubt], |row| Ok((AccountId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            let Some((account, reason, first, second)) = open else { return Err(FailureKind::NotFound.into()) };
            let set = begin(book, Cause::Decision, None, now)?;
            let (first_aside, second_aside) = match decision {
                Decision::Both => (None, None),
                Decision::First => (None, Some(aside_for(reason))),
                Decision::Second => (Some(aside_for(reason)), None),
                Decision::Seen => {
                    close(book, doubt, decision, set)?;
                    return Ok(());
                }
            };
            let mut recorder = Recorder::new(book, set, account, false);
            let mut touched = Vec::new();
            for (id, aside) in [(first, first_aside), (second, second_aside)] {
                if let Some(row) = id.map(|id| entry::by_id(book, id)).transpose()?.flatten() {
                    touched.push((account, row.day()));
                    set_aside(&mut recorder, account, &row, aside)?;
                }
            }
            recorder.finish()?;
            close(book, doubt, decision, set)?;
            proof::compare_all(book, touched)
        })
    }

    /// Removes a booked row from everything that is shown and summed, or brings it back. It is kept, and the bank listing it again
    /// does not bring it back. Fails with `NotFound`.
    pub fn remove(&self, id: TransactionId, removed: bool, now: DateTime<Utc>) -> Result<()> {
        self.write(|book| {
            let (Some(row), Some(account)) = (entry::by_id(book, id.0)?, entry::account_of(book, id.0)?) else {
                return Err(FailureKind::NotFound.into());
            };
            if row.facts.pending() {
                return Err(FailureKind::NotFound.into());
            }
            let set = begin(book, Cause::Decision, None, now)?;
            let mut recorder = Recorder::new(book, set, account, false);
            set_aside(&mut recorder, account, &row, removed.then_some(Aside::Deleted))?;
            recorder.finish()?;
            // With that she has decided what was in doubt about it.
            book.prepare_cached(
                "UPDATE quarantine SET decision = ?, decided_in = ? WHERE decision IS NULL AND (entry = ?3 OR other = ?3)",
            )?
            .execute((if removed { Decision::Seen } else { Decision::Both }, set.0, id.0))?;
            proof::compare_all(book, vec![(account, row.day())])
        })
    }

    /// The rows that stand aside, newest first; at most 200.
    pub fn rows_aside(&self) -> Result<Vec<Doubtful>> {
        self.read(|book| {
            let sql = format!("{} WHERE entry.aside IS NOT NULL ORDER BY entry.key DESC LIMIT 200", *pages::ROW);
            let mut statement = book.prepare_cached(&sql)?;
            let rows = statement.query_map([], |row| Ok((pages::row(row)?.1, row.get("aside")?)))?;
            rows.map(|row| row.map(|(row, aside)| Doubtful { row, aside }).map_err(Fault::from)).collect()
        })
    }

    /// Older rows that came after their account had been read, and that the owner has not looked at.
    pub fn backfills(&self) -> Result<Vec<Backfill>> {
        self.read(|book| {
            let mut statement = book.prepare_cached(
                "SELECT change_set.id, at, account, name, late
                 FROM change_sum JOIN change_set ON change_set.id = change_set JOIN account ON account.id = account
                 WHERE late > 0 AND late_seen = 0
                     AND NOT EXISTS (SELECT 1 FROM change_set AS other WHERE other.undoes = change_set.id)
                 ORDER BY at DESC",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(Backfill {
                    set: ChangeSetId(row.get(0)?),
                    at: from_ms(row.get(1)?),
                    account: AccountId(row.get(2)?),
                    account_name: row.get(3)?,
                    rows: row.get(4)?,
                    from: NaiveDate::default(),
                    to: NaiveDate::default(),
                })
            })?;
            let mut backfills: Vec<Backfill> = rows.collect::<Result<_, _>>()?;
            for backfill in &mut backfills {
                (backfill.from, backfill.to) = days_of(book, backfill)?;
            }
            Ok(backfills)
        })
    }

    /// Keeps that the owner has looked at older rows.
    pub fn backfill_seen(&self, set: ChangeSetId, account: AccountId) -> Result<()> {
        self.write(|book| {
            book.prepare_cached("UPDATE change_sum SET late_seen = 1 WHERE change_set = ? AND account = ?")?
                .execute((set.0, account.0))?;
            Ok(())
        })
    }
}

/// The first and the last day of late rows: they are the first of those that came, in the order of their days.
fn days_of(book: &Connection, backfill: &Backfill) -> Result<(NaiveDate, NaiveDate), Fault> {
    let mut statement = book.prepare_cached(
        "SELECT entry.key >> 24 FROM change JOIN entry ON entry.id = change.entry
         WHERE change_set = ? AND change.account = ? AND kind = 'added' ORDER BY entry.key LIMIT ?",
    )?;
    let days =
        statement.query_map((backfill.set.0, backfill.account.0, backfill.rows), |row| row.get(0).map(from_day))?;
    let days: Vec<NaiveDate> = days.collect::<Result<_, _>>()?;
    Ok((days.first().copied().unwrap_or_default(), days.last().copied().unwrap_or_default()))
}

fn close(book: &Transaction<'_>, doubt: u32, decision: Decision, set: ChangeSetId) -> Result<(), Fault> {
    book.prepare_cached("UPDATE quarantine SET decision = ?, decided_in = ? WHERE id = ?")?
        .execute((decision, set.0, doubt))?;
    Ok(())
}

/// Why the row that does not count is set aside.
fn aside_for(reason: Reason) -> Aside {
    match reason {
        Reason::Duplicate => Aside::Duplicate,
        Reason::Vanished => Aside::Vanished,
        Reason::Disagrees | Reason::Unreadable => Aside::Disagrees,
    }
}

fn doubtful(book: &Connection, id: Option<u32>) -> Result<Option<Doubtful>, Fault> {
    let sql = format!("{} WHERE entry.id = ?", *pages::ROW);
    let found = book.prepare_cached(&sql)?.query_row([id], |row| Ok((pages::row(row)?.1, row.get("aside")?)));
    Ok(found.optional()?.map(|(row, aside)| Doubtful { row, aside }))
}

/// A question about rows, as it arises.
pub(super) struct Asked<'a> {
    pub(super) reason: Reason,
    pub(super) first: Option<u32>,
    pub(super) second: Option<u32>,
    pub(super) remote_id: &'a str,
    pub(super) payload: &'a str,
    pub(super) settled: bool,
}

/// Asks, unless the same has been asked before. Answers whether it is new.
pub(super) fn ask(
    book: &Transaction<'_>,
    account: AccountId,
    asked: &Asked<'_>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let new = book
        .prepare_cached(
            "INSERT OR IGNORE INTO quarantine (account, entry, other, remote_id, reason, payload, at, settled)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            account.0,
            asked.first,
            asked.second,
            asked.remote_id,
            asked.reason,
            asked.payload,
            to_ms(now),
            asked.settled,
        ))?;
    Ok(new > 0)
}

/// Whether the owner has decided about a row.
pub(super) fn is_decided(book: &Connection, id: u32) -> Result<bool, Fault> {
    let sql =
        "SELECT 1 FROM quarantine WHERE (entry = ?1 OR other = ?1) AND decision IS NOT NULL AND decision <> 'seen'";
    Ok(book.prepare_cached(sql)?.exists([id])?)
}
