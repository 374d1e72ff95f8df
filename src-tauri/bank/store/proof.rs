//! The proof of each day: opening balance + what was booked = closing balance.
//!
//! Everifin gives only the balance of now. Each one that Saldo reads is kept as an *anchor* of its day; statements bring their own.
//! Two anchors that agree with everything booked between them prove every day from the one to the other. Where they do not, the
//! days between are marked with what is missing, and drawn as a gap. Days before the first anchor are counted back from it.
//!
//! A balance given in the middle of a day holds the rows that the bank had booked by then; which these were nobody says. It is
//! taken to hold some of the day's rows in the order in which they came, and agrees where any beginning of that order does.

use super::accounts::AccountId;
use super::entry::first_key;
use super::{Fault, Store, from_day, from_ms, to_day, to_ms};
use crate::clock;
use crate::failure::Result;
use crate::money::{Currency, Money};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, Row, Transaction};
use serde::Serialize;
use specta::Type;

/// Days of an account that the balances do not prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unproved {
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// What the bank's balances have beyond what is booked here; negative where more is booked here than the bank has.
    pub difference: Money,
    /// Why, as far as that is known.
    pub cause: UnprovedCause,
    /// When these days were last read again because of it.
    pub reread: Option<DateTime<Utc>>,
}

/// Why days are not proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum UnprovedCause {
    /// The bank's list and its balances differ.
    Differs,
    /// The owner removed rows or undid a sync: the difference is what these rows come to.
    SetAside,
}

/// A stated balance, and what follows from it.
#[derive(Debug, Clone)]
struct Anchor {
    day: i64,
    read_at: i64,
    amount: i64,
    /// Given for the end of the day, not for a moment of it.
    closing: bool,
    opening: i64,
    since: Option<i64>,
    difference: Option<i64>,
    doubted: bool,
}

impl Anchor {
    /// Whether its opening may be chosen anew: nothing before it speaks for the one it has.
    fn free(&self) -> bool {
        self.difference != Some(0)
    }
}

/// Keeps the booked balance that a bank stated for a moment. An older one than that of the same day changes nothing. Answers its day.
pub(super) fn keep_stated(
    book: &Transaction<'_>,
    account: AccountId,
    (amount, at): (i64, DateTime<Utc>),
    read_at: DateTime<Utc>,
) -> Result<i64, Fault> {
    let day = to_day(clock::bank_day(at));
    book.prepare_cached(
        "INSERT INTO anchor VALUES (?1, ?2, ?3, ?4, ?5, 'bank', ?5, NULL, NULL, 0, NULL)
         ON CONFLICT DO UPDATE SET at = ?3, read_at = ?4, amount = ?5 WHERE source = 'bank' AND ?3 >= at
             AND (amount <> ?5 OR at <> ?3)",
    )?
    .execute((account.0, day, to_ms(at), to_ms(read_at), amount))?;
    Ok(day)
}

/// Keeps the balance that a statement gives for the end of a day; it stands over what the bank said in the middle of it.
pub(super) fn keep_closing(
    book: &Transaction<'_>,
    account: AccountId,
    day: NaiveDate,
    amount: i64,
    read_at: DateTime<Utc>,
) -> Result<(), Fault> {
    book.prepare_cached(
        "INSERT OR REPLACE INTO anchor VALUES (?1, ?2, ?3, ?3, ?4, 'statement', ?4, NULL, NULL, 0, NULL)",
    )?
    .execute((account.0, to_day(day), to_ms(read_at), amount))?;
    Ok(())
}

/// Compares the anchors of several accounts anew after rows have changed on days.
pub(super) fn compare_all(book: &Transaction<'_>, touched: Vec<(AccountId, NaiveDate)>) -> Result<(), Fault> {
    let mut first: std::collections::BTreeMap<AccountId, NaiveDate> = std::collections::BTreeMap::new();
    for (account, day) in touched {
        let known = first.entry(account).or_insert(day);
        *known = day.min(*known);
    }
    first.into_iter().try_for_each(|(account, day)| compare(book, account, to_day(day)))
}

/// Compares the anchors of an account anew, after what is booked on a day or later has changed or an anchor has come.
pub(super) fn compare(book: &Transaction<'_>, account: AccountId, from: i64) -> Result<(), Fault> {
    let ledger = Ledger { book, account };
    let mut anchors = ledger.anchors(from)?.into_iter();
    // Those that stand. The first is from before the change and stays as it is, unless there is none before it.
    let mut standing: Vec<Anchor> = anchors.next().into_iter().collect();
    if let Some(first) = standing.first_mut().filter(|first| first.day >= from) {
        first.opening = ledger.usual_opening(first)?;
        (first.since, first.difference, first.doubted) = (None, None, false);
        ledger.keep(first)?;
    }
    for mut next in anchors {
        let Some(before) = standing.last_mut() else { break };
        next.doubted = false;
        let openings = ledger.openings(&next)?;
        let between = ledger.booked(before.day, next.day)?;
        if openings.contains(&(before.opening + between)) {
            next.opening = before.opening + between;
            (next.since, next.difference) = (Some(before.day), Some(0));
        } else if let Some(better) = ledger.better_opening(before, between, &openings)?
            && !ledger.explained_by_a_guess(before, &next, before.opening + between, &openings)?
        {
            before.difference = before.difference.map(|difference| difference + better - before.opening);
            before.opening = better;
            ledger.keep(before)?;
            next.opening = better + between;
            (next.since, next.difference) = (Some(before.day), Some(0));
        } else if let Some(agreed) = ledger.passed_over(&standing, &next, &openings)? {
            if let Some(mut lone) = standing.pop() {
                lone.doubted = true;
                ledger.keep(&lone)?;
            }
            next.since = standing.last().map(|before| before.day);
            (next.opening, next.difference) = (agreed, Some(0));
        } else {
            next.opening = ledger.usual_opening(&next)?;
            let difference = next.opening - standing.last().map_or(0, |before| before.opening) - between;
            (next.since, next.difference) = (standing.last().map(|before| before.day), Some(difference));
        }
        ledger.keep(&next)?;
        standing.push(next);
    }
    Ok(())
}

/// The rows and anchors of one account.
struct Ledger<'a> {
    book: &'a Transaction<'a>,
    account: AccountId,
}

const IN_CURRENCY: &str = "currency = (SELECT currency FROM account WHERE id = ?1)";

impl Ledger<'_> {
    /// The anchors to be compared: the last two undoubted ones before the day, and all from there on.
    fn anchors(&self, from: i64) -> Result<Vec<Anchor>, Fault> {
        let mut statement = self.book.prepare_cached(
            "SELECT day, read_at, amount, source = 'statement', opening, since, difference, doubted FROM anchor
             WHERE account = ?1 AND day >= ifnull((SELECT min(day) FROM (
                 SELECT day FROM anchor WHERE account = ?1 AND day < ?2 AND doubted = 0 ORDER BY day DESC LIMIT 2)), ?2)
             ORDER BY day",
        )?;
        let anchors = statement.query_map((self.account.0, from), |row| {
            Ok(Anchor {
                day: row.get(0)?,
                read_at: row.get(1)?,
                amount: row.get(2)?,
                closing: row.get(3)?,
                opening: row.get(4)?,
                since: row.get(5)?,
                difference: row.get(6)?,
                doubted: row.get(7)?,
            })
        })?;
        Ok(anchors.collect::<Result<_, _>>()?)
    }

    fn keep(&self, anchor: &Anchor) -> Result<(), Fault> {
        self.book
            .prepare_cached(
                "UPDATE anchor SET opening = ?3, since = ?4, difference = ?5, doubted = ?6 WHERE account = ?1 AND day = ?2",
            )?
            .execute((
                self.account.0,
                anchor.day,
                anchor.opening,
                anchor.since,
                anchor.difference,
                anchor.doubted,
            ))?;
        Ok(())
    }

    /// What was booked from one day up to the day before another.
    fn booked(&self, from: i64, before: i64) -> Result<i64, Fault> {
        let sql = format!(
            "SELECT ifnull(sum(money_in + money_out), 0) FROM daily
             WHERE account = ?1 AND day >= ?2 AND day < ?3 AND {IN_CURRENCY}"
        );
        Ok(self.book.prepare_cached(&sql)?.query_row((self.account.0, from, before), |row| row.get(0))?)
    }

    /// Amounts booked on a day, in the order in which they came, each with when Saldo first saw it booked: an announcement is in no
    /// booked balance.
    fn day(&self, day: i64) -> Result<Vec<(i64, i64)>, Fault> {
        let sql = format!(
            "SELECT amount, ifnull((SELECT max(at) FROM change JOIN change_set ON change_set.id = change_set
                     WHERE entry = entry.id AND kind = 'changed' AND json_extract(before, '$.status') <> 'booked'), first_seen)
             FROM entry WHERE account = ?1 AND key >= ?2 AND key < ?3 AND status = 'booked' AND aside IS NULL AND {IN_CURRENCY}
             ORDER BY key"
        );
        let first = first_key(from_day(day));
        let mut statement = self.book.prepare_cached(&sql)?;
        let rows =
            statement.query_map((self.account.0, first, first + (1 << 24)), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The balances at the beginning of its day that may follow from an anchor.
    fn openings(&self, anchor: &Anchor) -> Result<Vec<i64>, Fault> {
        let mut opening = anchor.amount;
        let mut openings = vec![opening];
        for (amount, _) in self.day(anchor.day)? {
            opening -= amount;
            openings.push(opening);
        }
        // What a bank dates on the next day may be in the balance already.
        let ahead = self.day(anchor.day + 1)?;
        for (amount, _) in ahead.iter().filter(|(_, seen)| *seen <= anchor.read_at) {
            opening -= amount;
            openings.push(opening);
        }
        Ok(if anchor.closing { vec![anchor.amount - self.booked(anchor.day, anchor.day + 1)?] } else { openings })
    }

    /// The opening that is taken where nothing else speaks for another: less all of the day that was there when it was read.
    fn usual_opening(&self, anchor: &Anchor) -> Result<i64, Fault> {
        let of_day = self.day(anchor.day)?;
        let seen = of_day.iter().filter(|(_, seen)| anchor.closing || *seen <= anchor.read_at);
        Ok(anchor.amount - seen.map(|(amount, _)| amount).sum::<i64>())
    }

    /// Whether counting a single row again that Saldo has set aside would make two anchors agree as well: then another opening of the
    /// earlier one proves nothing.
    fn explained_by_a_guess(
        &self,
        before: &Anchor,
        next: &Anchor,
        reached: i64,
        openings: &[i64],
    ) -> Result<bool, Fault> {
        let sql = format!(
            "SELECT amount FROM entry WHERE account = ?1 AND key >= ?2 AND key < ?3 AND status = 'booked'
                 AND aside NOT IN ('deleted', 'undone') AND {IN_CURRENCY}"
        );
        let mut statement = self.book.prepare_cached(&sql)?;
        let days = [first_key(from_day(before.day)), first_key(from_day(next.day))];
        let amounts = statement.query_map((self.account.0, days[0], days[1]), |row| row.get(0))?;
        let amounts: Vec<i64> = amounts.collect::<Result<_, _>>()?;
        Ok(amounts.into_iter().any(|amount| openings.contains(&(reached + amount))))
    }

    /// Another opening of a free anchor with which the next one agrees.
    fn better_opening(&self, before: &Anchor, between: i64, openings: &[i64]) -> Result<Option<i64>, Fault> {
        if !before.free() {
            return Ok(None);
        }
        Ok(self.openings(before)?.into_iter().find(|opening| openings.contains(&(opening + between))))
    }

    /// The opening of `next` where it agrees with the last but one that stands, and the last one did not.
    fn passed_over(&self, standing: &[Anchor], next: &Anchor, openings: &[i64]) -> Result<Option<i64>, Fault> {
        let [.., agreeing, lone] = standing else { return Ok(None) };
        if lone.difference == Some(0) {
            return Ok(None);
        }
        let opening = agreeing.opening + self.booked(agreeing.day, next.day)?;
        Ok(openings.contains(&opening).then_some(opening))
    }
}

/// A span of days between two anchors that differ, as it is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// The day of the earlier anchor, and of the later one: any of the rows on both may be the cause.
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) difference: i64,
    pub(super) reread_at: Option<i64>,
}

/// The spans that differ, newest first.
pub(super) fn spans(book: &Connection, account: AccountId) -> Result<Vec<Span>, Fault> {
    let mut statement = book.prepare_cached(
        "SELECT since, day, difference, reread_at FROM anchor
         WHERE account = ? AND difference <> 0 AND doubted = 0 ORDER BY day DESC",
    )?;
    let spans = statement.query_map([account.0], |row: &Row<'_>| {
        Ok(Span { from: row.get(0)?, to: row.get(1)?, difference: row.get(2)?, reread_at: row.get(3)? })
    })?;
    Ok(spans.collect::<Result<_, _>>()?)
}

/// How long the days of a difference are left alone after they were read again.
const REREAD_EVERY: TimeDelta = TimeDelta::hours(20);

/// The newest days that differ and have not been read again of late.
pub(super) fn to_read_again(
    book: &Connection,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Option<(NaiveDate, NaiveDate)>, Fault> {
    let before = to_ms(now - REREAD_EVERY);
    let span = spans(book, account)?.into_iter().find(|span| span.reread_at.is_none_or(|at| at <= before));
    Ok(span.map(|span| (from_day(span.from), from_day(span.to))))
}

/// Notes that the days of the spans up to these anchors have been read again.
pub(super) fn mark_reread(
    book: &Transaction<'_>,
    account: AccountId,
    days: (i64, i64),
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    book.prepare_cached(
        "UPDATE anchor SET reread_at = ? WHERE account = ? AND difference <> 0 AND since >= ? AND day <= ?",
    )?
    .execute((to_ms(now), account.0, days.0, days.1))?;
    Ok(())
}

/// What the banks' balances prove of an account's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// The first day with a stated balance: earlier days are counted back from it. None where no balance was ever stated.
    pub from: Option<NaiveDate>,
    /// The days from there on that are not proved, newest first.
    pub unproved: Vec<Unproved>,
}

impl Store {
    /// What the balances prove of an account's days.
    pub fn proof(&self, account: AccountId) -> Result<Proof> {
        self.read(|book| {
            let from: Option<i64> = book
                .prepare_cached("SELECT min(day) FROM anchor WHERE account = ? AND doubted = 0")?
                .query_row([account.0], |row| row.get(0))?;
            Ok(Proof { from: from.map(from_day), unproved: unproved(book, account)? })
        })
    }

    /// The days of an account that are not proved, newest first.
    pub(crate) fn unproved(&self, account: AccountId) -> Result<Vec<Unproved>> {
        self.read(|book| unproved(book, account))
    }
}

/// The days of an account that are not proved, newest first.
pub(super) fn unproved(book: &Connection, account: AccountId) -> Result<Vec<Unproved>, Fault> {
    let spans = spans(book, account)?;
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let currency: Currency =
        book.prepare_cached("SELECT currency FROM account WHERE id = ?")?.query_row([account.0], |row| row.get(0))?;
    let unproved = spans.into_iter().map(|span| {
        let cause = if set_aside(book, account, span)? == span.difference {
            UnprovedCause::SetAside
        } else {
            UnprovedCause::Differs
        };
        Ok(Unproved {
            from: from_day(span.from),
            // The later balance is for a moment of its day: the day itself is judged by the next one.
            to: from_day((span.to - 1).max(span.from)),
            difference: Money::from_minor(span.difference, currency),
            cause,
            reread: span.reread_at.map(from_ms),
        })
    });
    unproved.collect()
}

/// What the owner set aside within a span comes to.
fn set_aside(book: &Connection, account: AccountId, span: Span) -> Result<i64, Fault> {
    let sql = format!(
        "SELECT ifnull(sum(amount), 0) FROM entry WHERE account = ?1 AND key >= ?2 AND key < ?3 AND status = 'booked'
             AND aside IN ('deleted', 'undone') AND {IN_CURRENCY}"
    );
    let (from, to) = (first_key(from_day(span.from)), first_key(from_day(span.to + 1)));
    Ok(book.prepare_cached(&sql)?.query_row((account.0, from, to), |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
