//! Rows that could not be believed: what is asked of the owner about them, and what the balances say meanwhile.
//!
//! A bank that sends one row twice and a customer who pays twice look the same; only the balance tells them apart. So each row
//! that is in doubt counts until the balances of its days disagree, and where they agree again with exactly one way to set such rows
//! aside (or to count them again), that way is taken, shown, and can be undone. What the owner has decided is never settled anew.

use super::accounts::AccountId;
use super::changes::{self, Cause, ChangeSetId, Recorder, begin, set_aside};
use super::entry::{self, Entry, Facts, first_key};
use super::proof::{self, Span};
use super::transactions::{Aside, TransactionId, TransactionRow};
use super::{Fault, Store, from_day, from_ms, pages, to_ms};
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// The most rows that are set aside together to explain one difference, and the most doubtful rows that are weighed.
const MOST_TOGETHER: usize = 3;
const MOST_SUSPECTS: usize = 40;

/// Settles what the balances can settle: where the days between two balances differ, and exactly one way of setting doubtful rows aside
/// or counting them again makes them agree, takes it. What does not leave fewer days in doubt is not taken, so that settling twice is
/// settling once.
pub(super) fn settle(
    recorder: &mut Recorder<'_>,
    book: &Transaction<'_>,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut tried = HashSet::new();
    // Each way that is taken may leave another span, or move a difference; some rounds are enough for what can be settled.
    for _ in 0..16 {
        let spans = proof::spans(book, account)?;
        let doubtful = spans.len();
        let Some(span) = spans.into_iter().take(4).find(|span| tried.insert((span.from, span.to, span.difference)))
        else {
            break;
        };
        if is_a_late_change(book, account, span)? {
            continue;
        }
        let suspects = suspects(book, account, span)?;
        let Some(chosen) = explain(span.difference, &suspects) else { continue };
        let before = recorder.mark()?;
        for suspect in chosen {
            let row = &suspect.row;
            let aside = if row.aside.is_some() { None } else { Some(suspect.because) };
            set_aside(recorder, account, row, aside)?;
            note(book, account, suspect, now)?;
        }
        proof::compare(book, account, span.from)?;
        if proof::spans(book, account)?.len() < doubtful {
            tried.clear();
        } else {
            recorder.back_to(before)?;
        }
    }
    Ok(())
}

/// Whether the difference is what a single row has changed by since the earlier balance was given: the bank has changed the past, which
/// says nothing of doubtful rows that come to the same amount.
fn is_a_late_change(book: &Connection, account: AccountId, span: Span) -> Result<bool, Fault> {
    let read_at: i64 = book
        .prepare_cached("SELECT read_at FROM anchor WHERE account = ? AND day = ?")?
        .query_row((account.0, span.from), |row| row.get(0))?;
    let effects = changes::effects_since(book, account, read_at, from_day(span.from))?;
    Ok(effects.into_iter().any(|effect| effect.abs() == span.difference.abs()))
}

/// A row that may not be what it seems.
struct Suspect {
    row: Entry,
    /// Why it would stand aside.
    because: Aside,
    /// A row that it may be the same as.
    twin: Option<u32>,
    /// Rows of one group are worth the same: which of them is set aside makes no difference.
    group: usize,
}

impl Suspect {
    /// What the ledger would gain if it were counted otherwise than now.
    fn effect(&self) -> i64 {
        if self.row.aside.is_some() { self.row.facts.amount } else { -self.row.facts.amount }
    }
}

/// The doubtful rows of the days of a span.
fn suspects(book: &Connection, account: AccountId, span: Span) -> Result<Vec<Suspect>, Fault> {
    let days = [first_key(from_day(span.from)), first_key(from_day(span.to + 1))];
    let rows = entry::select(book, account, "AND key >= ?2 AND key < ?3 AND status = 'booked'", &days)?;
    let decided = linked(book, account, "decision IS NOT NULL AND decision <> 'seen'")?;
    let disagreeing = linked(book, account, "decision IS NULL AND reason = 'disagrees'")?;
    let mut twins: HashMap<Facts, Vec<(u32, Option<String>)>> = HashMap::new();
    for row in rows.iter().filter(|row| row.aside.is_none()) {
        twins.entry(plain(&row.facts)).or_default().push((row.id, row.facts.bank_id.clone()));
    }
    let mut groups: HashMap<(Facts, Option<Aside>, Aside), usize> = HashMap::new();
    let mut suspects = Vec::new();
    for row in rows.into_iter().filter(|row| !decided.contains(&row.id)) {
        // Two that the bank itself numbers differently are two.
        let number = &row.facts.bank_id;
        let same = |other: &Option<String>| number.is_none() || other.is_none() || other == number;
        let alike = twins.get(&plain(&row.facts)).into_iter().flatten();
        let alike: Vec<u32> = alike.filter(|(_, other)| same(other)).map(|(id, _)| *id).collect();
        let because = match row.aside {
            Some(Aside::Deleted | Aside::Undone) => continue,
            Some(because) => because,
            None if row.missing_since.is_some() => Aside::Vanished,
            None if disagreeing.contains(&row.id) => Aside::Disagrees,
            // The one that came first is the one that stays.
            None if alike.first().is_some_and(|first| *first != row.id) => Aside::Duplicate,
            None => continue,
        };
        let next = groups.len();
        let group = *groups.entry((plain(&row.facts), row.aside, because)).or_insert(next);
        let twin = alike.iter().copied().find(|twin| *twin != row.id);
        suspects.push(Suspect { row, because, twin, group });
    }
    suspects.truncate(MOST_SUSPECTS);
    Ok(suspects)
}

/// What two sendings of one movement have in common.
fn plain(facts: &Facts) -> Facts {
    Facts { bank_id: None, ..facts.clone() }
}

/// Whether the owner has decided about a row.
pub(super) fn is_decided(book: &Connection, id: u32) -> Result<bool, Fault> {
    let sql =
        "SELECT 1 FROM quarantine WHERE (entry = ?1 OR other = ?1) AND decision IS NOT NULL AND decision <> 'seen'";
    Ok(book.prepare_cached(sql)?.exists([id])?)
}

/// The rows named in questions that meet a condition.
fn linked(book: &Connection, account: AccountId, condition: &str) -> Result<HashSet<u32>, Fault> {
    let sql = format!("SELECT entry, other FROM quarantine WHERE account = ? AND {condition}");
    let mut statement = book.prepare_cached(&sql)?;
    let mut rows = statement.query([account.0])?;
    let mut linked = HashSet::new();
    while let Some(row) = rows.next()? {
        linked.extend([row.get::<_, Option<u32>>(0)?, row.get(1)?].into_iter().flatten());
    }
    Ok(linked)
}

/// The one smallest choice of suspects whose effects come to the difference; none where there is none, or more than one. What Saldo
/// itself has set aside comes first: that was a guess, and counting it again needs no other.
fn explain(difference: i64, suspects: &[Suspect]) -> Option<Vec<&Suspect>> {
    let aside: Vec<&Suspect> = suspects.iter().filter(|suspect| suspect.row.aside.is_some()).collect();
    smallest(difference, &aside).or_else(|| smallest(difference, &suspects.iter().collect::<Vec<_>>()))
}

fn smallest<'s>(difference: i64, suspects: &[&'s Suspect]) -> Option<Vec<&'s Suspect>> {
    for size in 1..=MOST_TOGETHER.min(suspects.len()) {
        let mut found: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        choose(suspects, size, 0, difference, &mut Vec::new(), &mut found);
        match found.len() {
            0 => {}
            1 => {
                let chosen = found.into_values().next()?;
                return Some(chosen.into_iter().filter_map(|place| suspects.get(place).copied()).collect());
            }
            _ => return None,
        }
    }
    None
}

/// Collects the choices of a size, one for each set of groups.
fn choose(
    suspects: &[&Suspect],
    size: usize,
    from: usize,
    difference: i64,
    chosen: &mut Vec<usize>,
    found: &mut BTreeMap<Vec<usize>, Vec<usize>>,
) {
    if chosen.len() == size {
        if difference == 0 {
            let mut groups: Vec<usize> = chosen.iter().filter_map(|place| Some(suspects.get(*place)?.group)).collect();
            groups.sort_unstable();
            found.entry(groups).or_insert_with(|| chosen.clone());
        }
        return;
    }
    for (place, suspect) in suspects.iter().enumerate().skip(from) {
        chosen.push(place);
        choose(suspects, size, place + 1, difference - suspect.effect(), chosen, found);
        chosen.pop();
    }
}

/// Asks the owner about what was settled.
fn note(book: &Transaction<'_>, account: AccountId, suspect: &Suspect, now: DateTime<Utc>) -> Result<(), Fault> {
    let id = suspect.row.id;
    let known = book
        .prepare_cached(
            "UPDATE quarantine SET settled = 1 WHERE account = ?1 AND decision IS NULL AND (entry = ?2 OR other = ?2)",
        )?
        .execute((account.0, id))?;
    if known > 0 {
        return Ok(());
    }
    let (remote_id, payload): (Option<String>, Option<String>) = book
        .prepare_cached(
            "SELECT (SELECT remote_id FROM entry_alias WHERE entry = ?1 LIMIT 1), (SELECT payload FROM raw_entry WHERE entry = ?1)",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (reason, first, second) = match suspect.because {
        Aside::Vanished => (Reason::Vanished, Some(id), None),
        Aside::Disagrees => (Reason::Disagrees, suspect.twin, Some(id)),
        _ => (Reason::Duplicate, suspect.twin, Some(id)),
    };
    let (remote_id, payload) = (remote_id.unwrap_or_default(), payload.unwrap_or_default());
    let asked = Asked { reason, first, second, remote_id: &remote_id, payload: &payload, settled: true };
    ask(book, account, &asked, now).map(drop)
}
