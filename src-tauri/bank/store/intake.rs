//! Taking over what was read of one account, in one transaction: rows, balances and the cursor together or not at all.
//!
//! Everifin's ids are evidence, not identity. A row is recognised by an id that agrees in sign, amount and currency; where
//! ids have changed, rows are counted against each other within days that are known in full, so that two equal rows stay
//! two. The pending rows are replaced as a whole; what the owner wrote on one moves to the booked row that follows it,
//! because that row takes over its id.

use super::accounts::AccountId;
use super::changes::{ChangeSetId, Recorder, set_aside};
use super::doubts::{self, Asked, Reason};
use super::entry::{self, Entry, Facts, Marks, first_key};
use super::lapse::{Rule, holds};
use super::listing::{Balances, mark_read, mark_whole};
use super::matching::{Match, may_be, may_follow, pair};
use super::transactions::Aside;
use super::{Fault, Store, proof, settling, to_day, to_ms, transfers};
use crate::clock::bank_day;
use crate::failure::Result;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use rusqlite::Transaction;
use std::collections::{HashMap, HashSet};

/// A transaction as read now.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) remote_id: String,
    /// When Everifin first had it.
    pub(crate) created: DateTime<Utc>,
    /// When Everifin last changed it.
    pub(crate) updated: DateTime<Utc>,
    /// What it says; none where it cannot be read, or its amount cannot be kept exactly.
    pub(crate) facts: Option<Facts>,
    pub(crate) raw: String,
}

/// Stored rows that may turn out to be rows under new ids: all but the pending ones.
pub(super) const COUNTABLE: &str = "AND status <> 'pending'";

/// Stored rows with a status that nobody knows and no booking day, after a moment. A booked one may follow them under another id, as
/// it may follow a pending one; all of them are read again at each reading, so that one that is not listed is gone.
pub(super) const UNSETTLED: &str = "AND status = 'unknown' AND booked_day IS NULL AND updated > ?2";

/// For how long a booked row may follow one of them.
pub(super) const UNSETTLED_FOR: TimeDelta = TimeDelta::days(30);

/// A row booked this long before the account was last read is older history that came afterwards.
const LATE: Days = Days::new(10);

/// Of which booking days an answer holds every row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Of none: only what has changed.
    Nowhere,
    /// From the first to the last of these days.
    Days(NaiveDate, NaiveDate),
    /// Of all days: the whole history.
    Everywhere,
}

impl Whole {
    fn holds(self, facts: &Facts) -> bool {
        match self {
            Self::Nowhere => false,
            Self::Days(first, last) => facts.booked.is_some_and(|day| (first..=last).contains(&day)),
            Self::Everywhere => true,
        }
    }
}

/// Everything read of one account. Always holds all rows that are pending now.
#[derive(Debug, Clone)]
pub(crate) struct Intake {
    pub(crate) account: AccountId,
    /// The id under which the account was read.
    pub(crate) remote_id: String,
    pub(crate) rows: Vec<Incoming>,
    pub(crate) whole: Whole,
    /// Where the next reading begins; none keeps the place.
    pub(crate) cursor: Option<DateTime<Utc>>,
    /// Whether the last days were read anew by booking date.
    pub(crate) reread: bool,
    /// Whether days in doubt could not be read in full: a row that may be a stored one is not counted before that is decided.
    pub(crate) unsure: bool,
    /// Days that were read again because their balances differ: what still differs is settled.
    pub(crate) settle: Option<(NaiveDate, NaiveDate)>,
    /// From which day Everifin says it has rows.
    pub(crate) history_from: Option<NaiveDate>,
    pub(crate) balances: Balances,
}

/// What taking it over changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    pub(crate) added: u32,
    pub(crate) changed: u32,
    pub(crate) removed: u32,
    pub(crate) quarantined: u32,
    /// Days whose balances differ from what is booked, and that should be read again.
    pub(crate) reread: Option<(NaiveDate, NaiveDate)>,
}

impl Applied {
    /// Adds what a second reading of the same account changed.
    pub(crate) fn add(&mut self, more: Self) {
        self.added += more.added;
        self.changed += more.changed;
        self.removed += more.removed;
        self.quarantined += more.quarantined;
    }
}

impl Store {
    /// Takes everything over as part of a change-set, or nothing.
    pub(crate) fn take(&self, set: ChangeSetId, intake: &Intake, now: DateTime<Utc>) -> Result<Applied> {
        self.write(|book| {
            let account = intake.account;
            let read_at: Option<i64> = book
                .prepare_cached("SELECT read_at FROM account WHERE id = ?")?
                .query_row([account.0], |row| row.get(0))?;
            let late = read_at.and_then(|at| bank_day(super::from_ms(at)).checked_sub_days(LATE));
            let recorder = Recorder::new(book, set, account, read_at.is_none());
            let mut work = Work::new(book, account, recorder, now);
            (work.late, work.unsure) = (late, intake.unsure);
            work.rows(intake)?;
            if intake.whole == Whole::Everywhere {
                mark_whole(book, account, intake.history_from)?;
            }
            mark_read(book, account, &intake.balances, now)?;
            work.prove(intake)?;
            let applied = work.finish()?;
            book.prepare_cached(
                "INSERT INTO account_cursor VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET remote_id = ?2, updated = ifnull(?3, iif(remote_id = ?2, updated, NULL)),
                     reread_at = iif(?5, ?4, reread_at)",
            )?
            .execute((
                account.0,
                &intake.remote_id,
                intake.cursor.map(to_ms),
                to_ms(now),
                intake.reread || intake.whole == Whole::Everywhere,
            ))?;
            Ok(applied)
        })
    }
}

/// Rows of one account being taken over.
pub(super) struct Work<'a> {
    book: &'a Transaction<'a>,
    account: AccountId,
    now: DateTime<Utc>,
    recorder: Recorder<'a>,
    /// Rows booked before this day come late; none while the account had not been read.
    late: Option<NaiveDate>,
    /// The first day on which what is booked has changed.
    touched: Option<NaiveDate>,
    /// The ids that came back with another amount now.
    disagreeing: HashSet<String>,
    /// The stored rows that have been found again.
    found: HashSet<u32>,
    unsure: bool,
    /// The booked rows that came or changed.
    moved: Vec<u32>,
    applied: Applied,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        book: &'a Transaction<'a>,
        account: AccountId,
        recorder: Recorder<'a>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            book,
            account,
            now,
            recorder,
            late: None,
            touched: None,
            disagreeing: HashSet::new(),
            found: HashSet::new(),
            unsure: false,
            moved: Vec::new(),
            applied: Applied::default(),
        }
    }

    /// Pairs transfers between own accounts among what came, and closes the record.
    pub(super) fn finish(self) -> Result<Applied, Fault> {
        self.moved.iter().try_for_each(|id| transfers::pair(self.book, self.account, *id))?;
        self.recorder.finish()?;
        Ok(self.applied)
    }

    /// The first day on which what is booked has changed.
    pub(super) fn touched(&self) -> Option<NaiveDate> {
        self.touched
    }

    fn rows(&mut self, intake: &Intake) -> Result<(), Fault> {
        let rows = self.readable(intake)?;
        let Claims { known, new, contested } = self.claim(rows)?;
        let claimed: HashSet<u32> = known.iter().map(|(_, entry)| entry.id).collect();
        for (row, entry) in &known {
            self.replace(row, entry)?;
        }
        let (pending, booked): (Vec<_>, Vec<_>) = new.into_iter().partition(|(facts, _)| facts.pending());

        // Renumbered rows, where the days are known in full.
        let mut stored = self.stored_within(intake.whole)?;
        stored.retain(|entry| !claimed.contains(&entry.id) && intake.whole.holds(&entry.facts));
        // Among equals the rows that count are taken first.
        stored.sort_by_key(|entry| entry.aside.is_some());
        let (countable, mut booked): (Vec<_>, Vec<_>) =
            booked.into_iter().partition(|(facts, _)| intake.whole.holds(facts));
        let (same, rest, unlisted) = pair(countable, stored, |facts| (facts.amount, facts.booked.or(facts.value)));
        booked.extend(rest);
        self.mark_missing(&unlisted, intake)?;
        for ((_, row), entry) in &same {
            self.replace(row, entry)?;
        }
        self.contest(&contested, &same)?;

        // Booked rows that follow an announcement, of this time or of an earlier one.
        let unsettled = entry::select(self.book, self.account, UNSETTLED, &[to_ms(self.now - UNSETTLED_FOR)])?;
        let gone: Vec<Entry> = entry::select(self.book, self.account, "AND status = 'pending'", &[])?
            .into_iter()
            .chain(unsettled)
            .filter(|entry| !self.found.contains(&entry.id))
            .collect();
        let (followed, booked, mut gone) = pair(booked, gone, |facts| (facts.amount, None));
        // What has a status that nobody knows is the owner's to judge, and stays.
        gone.retain(|entry| entry.facts.pending());
        for ((_, row), entry) in &followed {
            self.replace(row, entry)?;
        }
        let (adopted, booked, orphans) = pair(booked, self.orphans()?, |facts| (facts.amount, None));
        let (moved, pending, gone) = pair(pending, gone, |facts| (facts.amount, None));
        for ((_, row), entry) in &moved {
            self.replace(row, entry)?;
        }
        let (readopted, pending, _) = pair(pending, orphans, |facts| (facts.amount, None));
        for ((facts, row), orphan) in adopted.iter().chain(&readopted) {
            self.book.prepare_cached("DELETE FROM orphan WHERE entry = ?")?.execute([orphan.id])?;
            self.add(row, facts, orphan.id)?;
        }
        for entry in gone.iter().filter(|_| holds(Rule::PendingGoes)) {
            self.remove_pending(entry)?;
        }
        let mut added: Vec<New<'_>> = booked.into_iter().chain(pending).collect();
        // The order in which rows of one day came about is the order in which they stand.
        added.sort_by_key(|(facts, row)| (facts.day(row.created.date_naive()), row.created, &row.remote_id));
        for (facts, row) in added {
            let id = entry::new_id(self.book)?;
            self.add(row, facts, id)?;
        }
        Ok(())
    }

    /// The rows with an amount that can be kept, one for each id: the newest. The others are put aside.
    fn readable<'r>(&mut self, intake: &'r Intake) -> Result<Vec<New<'r>>, Fault> {
        let mut newest: HashMap<&str, usize> = HashMap::new();
        for (index, row) in intake.rows.iter().enumerate() {
            let best = newest.entry(&row.remote_id).or_insert(index);
            if intake.rows.get(*best).is_some_and(|best| best.updated <= row.updated) {
                *best = index;
            }
        }
        let mut rows = Vec::with_capacity(newest.len());
        for (index, row) in intake.rows.iter().enumerate() {
            if newest.get(row.remote_id.as_str()) != Some(&index) {
                continue;
            }
            match &row.facts {
                Some(facts) => rows.push((facts, row)),
                None => self.ask(row, Reason::Unreadable, None, None)?,
            }
        }
        Ok(rows)
    }

    /// Finds the stored rows by their ids. An id claims nothing where its row cannot be the stored one.
    fn claim<'r>(&mut self, rows: Vec<New<'r>>) -> Result<Claims<'r>, Fault> {
        let mut claims = Claims { known: Vec::new(), new: Vec::new(), contested: Vec::new() };
        for (facts, row) in rows {
            let entry = entry::by_alias(self.book, self.account, &row.remote_id)?;
            match entry.filter(|entry| !self.found.contains(&entry.id)) {
                Some(entry)
                    if may_be(facts, &entry.facts)
                        || entry.facts.pending() && may_follow(facts, &entry.facts)
                        || !holds(Rule::IdsAgree) =>
                {
                    self.found.insert(entry.id);
                    claims.known.push((row, entry));
                }
                Some(entry) => {
                    // A pending row whose id is another's now is gone, which is what becomes of pending rows.
                    if !entry.facts.pending() {
                        claims.contested.push((row, entry.id));
                    }
                    claims.new.push((facts, row));
                }
                None => claims.new.push((facts, row)),
            }
        }
        Ok(claims)
    }

    /// Asks about ids that have come back with other rows, where it was no mere going round of ids: neither the row nor the one that had
    /// its id was found elsewhere.
    fn contest(&mut self, contested: &[(&Incoming, u32)], paired: &[(New<'_>, Entry)]) -> Result<(), Fault> {
        for (row, before) in contested {
            let settled = paired.iter().any(|((_, other), _)| other.remote_id == row.remote_id);
            if !settled && !self.found.contains(before) {
                self.ask(row, Reason::Disagrees, Some(*before), None)?;
                self.disagreeing.insert(row.remote_id.clone());
            }
        }
        Ok(())
    }

    /// The stored rows of days that are known in full which may be rows under new ids.
    pub(super) fn stored_within(&self, whole: Whole) -> Result<Vec<Entry>, Fault> {
        let (from, to) = match whole {
            Whole::Nowhere => return Ok(Vec::new()),
            Whole::Days(first, last) => (first_key(first), (to_day(last) + 1) << 24),
            Whole::Everywhere => (i64::MIN, i64::MAX),
        };
        entry::select(self.book, self.account, &format!("AND key >= ?2 AND key < ?3 {COUNTABLE}"), &[from, to])
    }

    /// Notes which booked rows an answer should have held and did not. An answer for all days says nothing of days before its first.
    fn mark_missing(&self, unlisted: &[Entry], intake: &Intake) -> Result<(), Fault> {
        let listed = intake.rows.iter().filter_map(|row| row.facts.as_ref()?.booked).min();
        for entry in unlisted.iter().filter(|entry| entry.missing_since.is_none()) {
            if intake.whole != Whole::Everywhere || listed.is_some_and(|first| entry.facts.booked >= Some(first)) {
                self.book
                    .prepare_cached("UPDATE entry SET missing_since = ? WHERE id = ?")?
                    .execute((to_ms(self.now), entry.id))?;
            }
        }
        Ok(())
    }

    /// Adds a row under an id of ours.
    pub(super) fn add(&mut self, row: &Incoming, facts: &Facts, id: u32) -> Result<(), Fault> {
        let twin = match self.sent_twice(facts)? {
            None if self.unsure => self.may_be_stored(facts)?,
            twin => twin,
        };
        let aside = twin.map(|_| Aside::Duplicate);
        let marks =
            Marks { updated: to_ms(row.updated), first_seen: to_ms(self.now), aside, missing_since: None, key: None };
        entry::insert(self.book, self.account, id, facts, marks)?;
        self.name(row, id)?;
        entry::keep_raw(self.book, id, &row.raw)?;
        let late = self.late.zip(facts.booked).is_some_and(|(before, booked)| booked < before);
        self.recorder.added(id, late)?;
        self.applied.added += 1;
        self.touch(id, facts);
        if twin.is_some() {
            self.ask(row, Reason::Duplicate, twin, Some(id))?;
        }
        Ok(())
    }

    /// Notes under which id Everifin lists a row; where that was another row's, the question about them names both.
    fn name(&self, row: &Incoming, id: u32) -> Result<(), Fault> {
        entry::alias(self.book, self.account, &row.remote_id, id)?;
        if self.disagreeing.contains(&row.remote_id) {
            self.book
                .prepare_cached(
                    "UPDATE quarantine SET other = ? WHERE account = ? AND remote_id = ? AND payload = ? AND other IS NULL",
                )?
                .execute((id, self.account.0, &row.remote_id, &row.raw))?;
        }
        Ok(())
    }

    /// The stored row that a new one repeats: everything the same, the bank's own number of the movement too. A number that other
    /// movements have as well numbers nothing.
    fn sent_twice(&self, facts: &Facts) -> Result<Option<u32>, Fault> {
        let (Some(bank_id), Some(day), false) = (&facts.bank_id, facts.booked, facts.pending()) else {
            return Ok(None);
        };
        let from = first_key(day);
        let alike = entry::select(
            self.book,
            self.account,
            "AND key >= ?2 AND key < ?3 AND amount = ?4 AND status <> 'pending'",
            &[from, from + (1 << 24), facts.amount],
        )?;
        let Some(twin) = alike.iter().find(|entry| entry.facts == *facts) else { return Ok(None) };
        let elsewhere = self
            .book
            .prepare_cached(
                "SELECT 1 FROM entry WHERE account = ?1 AND bank_id = ?2 AND (amount <> ?3 OR key < ?4 OR key >= ?5)",
            )?
            .exists((self.account.0, bank_id, facts.amount, from, from + (1 << 24)))?;
        Ok((!elsewhere).then_some(twin.id))
    }

    /// A stored row of the same day that was not found again and that a new one may be.
    fn may_be_stored(&self, facts: &Facts) -> Result<Option<u32>, Fault> {
        let (Some(day), false) = (facts.booked, facts.pending()) else { return Ok(None) };
        let from = first_key(day);
        let alike = entry::select(
            self.book,
            self.account,
            &format!("AND key >= ?2 AND key < ?3 AND amount = ?4 {COUNTABLE}"),
            &[from, from + (1 << 24), facts.amount],
        )?;
        let open = |entry: &&Entry| !self.found.contains(&entry.id) && Match::of(facts, &entry.facts).is_some();
        Ok(alike.iter().find(open).map(|entry| entry.id))
    }

    /// Brings a stored row up to date. A booked row does not become pending again: the bank's announcement came late. A version
    /// that the owner has undone does not come back.
    fn replace(&mut self, row: &Incoming, entry: &Entry) -> Result<(), Fault> {
        let Some(facts) = &row.facts else { return Ok(()) };
        self.name(row, entry.id)?;
        if entry.facts.announces() {
            // Which booked row an announcement became is a guess where the id has changed: its old id may come back on another one.
            let others = "DELETE FROM entry_alias WHERE entry = ? AND remote_id <> ?";
            self.book.prepare_cached(others)?.execute((entry.id, &row.remote_id))?;
        }
        self.found.insert(entry.id);
        let mut entry = entry.clone();
        if entry.missing_since.take().is_some() {
            self.book.prepare_cached("UPDATE entry SET missing_since = NULL WHERE id = ?")?.execute([entry.id])?;
            if entry.aside == Some(Aside::Vanished) && !doubts::is_decided(self.book, entry.id)? {
                // It stood aside only because the bank did not list it.
                set_aside(&mut self.recorder, self.account, &entry, None)?;
                entry.aside = None;
                self.touch(entry.id, &entry.facts);
            }
        }
        let entry = &entry;
        if facts.pending() && !entry.facts.pending() || self.refused(row, entry)? {
            return Ok(());
        }
        let updated = to_ms(row.updated);
        if *facts != entry.facts {
            entry::rewrite(self.book, self.account, entry, facts, Marks { updated, ..entry.marks() })?;
            self.recorder.changed(entry.id, &entry.facts, facts)?;
            self.applied.changed += 1;
            self.applied.removed += u32::from(entry.facts.pending() && !facts.pending());
            self.touch(entry.id, facts);
            self.touch(entry.id, &entry.facts);
        } else if updated != entry.updated {
            self.book.prepare_cached("UPDATE entry SET updated = ? WHERE id = ?")?.execute((updated, entry.id))?;
        }
        entry::keep_raw(self.book, entry.id, &row.raw)
    }

    fn refused(&self, row: &Incoming, entry: &Entry) -> Result<bool, Fault> {
        let same = "SELECT 1 FROM refused WHERE entry = ? AND payload = ?";
        Ok(self.book.prepare_cached(same)?.exists((entry.id, &row.raw))?)
    }

    /// Notes that what is booked on the day of a row has changed.
    fn touch(&mut self, id: u32, facts: &Facts) {
        if !facts.pending() {
            self.moved.push(id);
            let day = facts.day(self.now.date_naive());
            self.touched = Some(self.touched.map_or(day, |first| first.min(day)));
        }
    }

    /// Compares what is booked with the balances, and settles what they settle.
    fn prove(&mut self, intake: &Intake) -> Result<(), Fault> {
        let mut from = self.touched.map(to_day);
        if let Some((money, at)) = intake.balances.booked
            && let Ok(minor) = money.minor()
        {
            let day = proof::keep_stated(self.book, self.account, (minor, at), self.now)?;
            from = Some(from.map_or(day, |first| first.min(day)));
        }
        if let Some(from) = from {
            proof::compare(self.book, self.account, from)?;
        }
        if let Some((first, last)) = intake.settle {
            settling::settle(&mut self.recorder, self.book, self.account, self.now)?;
            proof::mark_reread(self.book, self.account, (to_day(first), to_day(last)), self.now)?;
        } else {
            self.applied.reread = proof::to_read_again(self.book, self.account, self.now)?;
        }
        Ok(())
    }

    /// Removes a pending row that is not listed any more. What the owner wrote on it waits for its booked row.
    fn remove_pending(&mut self, gone: &Entry) -> Result<(), Fault> {
        let facts = &gone.facts;
        self.book
            .prepare_cached(
                "INSERT INTO orphan SELECT entry, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM overlay WHERE entry = ?1",
            )?
            .execute(rusqlite::params![
                gone.id,
                self.account.0,
                facts.amount,
                facts.currency,
                to_day(gone.day()),
                facts.bank_id,
                facts.counterparty,
                facts.counterparty_iban,
                facts.variable_symbol,
            ])?;
        entry::delete(self.book, gone.key)?;
        self.book.prepare_cached("DELETE FROM entry_alias WHERE entry = ?")?.execute([gone.id])?;
        self.book.prepare_cached("DELETE FROM raw_entry WHERE entry = ?")?.execute([gone.id])?;
        self.recorder.removed(gone.id, facts)?;
        self.applied.removed += 1;
        Ok(())
    }

    /// Pending rows of earlier times that have gone with a note on them, as far as they are remembered.
    fn orphans(&self) -> Result<Vec<Entry>, Fault> {
        let mut statement = self.book.prepare_cached(
            "SELECT entry, amount, currency, day, bank_id, counterparty, counterparty_iban, variable_symbol
             FROM orphan WHERE account = ?",
        )?;
        let rows = statement.query_map([self.account.0], |row| {
            let day: i64 = row.get(3)?;
            Ok(Entry {
                id: row.get(0)?,
                key: day << 24,
                updated: 0,
                first_seen: 0,
                aside: None,
                missing_since: None,
                facts: Facts {
                    status: super::transactions::TransactionStatus::Pending,
                    amount: row.get(1)?,
                    currency: row.get(2)?,
                    original: None,
                    booked: None,
                    value: Some(super::from_day(day)),
                    counterparty: row.get(5)?,
                    counterparty_iban: row.get(6)?,
                    counterparty_number: None,
                    variable_symbol: row.get(7)?,
                    constant_symbol: None,
                    specific_symbol: None,
                    reference: None,
                    message: None,
                    description: None,
                    bank_id: row.get(4)?,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Asks the owner. The same claim made again is no news.
    fn ask(&mut self, row: &Incoming, reason: Reason, first: Option<u32>, second: Option<u32>) -> Result<(), Fault> {
        let asked = Asked { reason, first, second, remote_id: &row.remote_id, payload: &row.raw, settled: false };
        self.applied.quarantined += u32::from(doubts::ask(self.book, self.account, &asked, self.now)?);
        Ok(())
    }
}

/// What ids say of the rows of an answer.
struct Claims<'r> {
    known: Vec<Known<'r>>,
    new: Vec<New<'r>>,
    /// Rows under the id of another one, and that one.
    contested: Vec<(&'r Incoming, u32)>,
}

/// A row and the stored row that it is.
type Known<'r> = (&'r Incoming, Entry);

/// What a row says, and the row.
pub(super) type New<'r> = (&'r Facts, &'r Incoming);
