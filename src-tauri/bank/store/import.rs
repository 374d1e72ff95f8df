//! Taking over a statement file. A statement adds what the bank's list does not have and proves the days that it covers; it never
//! changes a row that is there, and the same file taken twice adds nothing.

use super::accounts::AccountId;
use super::changes::{ChangeSetId, Recorder};
use super::entry::{self, Facts};
use super::intake::{Applied, Incoming, New, Whole, Work};
use super::matching::pair;
use super::{Fault, Store, proof, to_day};
use crate::failure::Result;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Transaction};

/// A statement of one account, ready to be taken over.
#[derive(Debug, Clone)]
pub(crate) struct StatementIntake {
    pub(crate) account: AccountId,
    /// The days that it covers.
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    /// Booked balances before the first and after the last day, in minor units, where it states them.
    pub(crate) opening: Option<i64>,
    pub(crate) closing: Option<i64>,
    pub(crate) rows: Vec<Incoming>,
}

impl Store {
    /// Takes a statement over as part of a change-set, or nothing of it.
    pub(crate) fn take_statement(
        &self,
        set: ChangeSetId,
        statement: &StatementIntake,
        now: DateTime<Utc>,
    ) -> Result<Applied> {
        self.write(|book| {
            let account = statement.account;
            let mut work = Work::new(book, account, Recorder::new(book, set, account, false), now);
            let new = unknown(book, statement)?;
            let whole = Whole::Days(statement.from, statement.to);
            let mut stored = work.stored_within(whole)?;
            stored.retain(|entry| entry.facts.booked.is_some());
            stored.sort_by_key(|entry| entry.aside.is_some());
            let (same, rest, stored) = pair(new, stored, |facts| (facts.amount, facts.booked));
            // A statement may date by the value where the list dates by the booking.
            let dated: Vec<(Facts, &Incoming)> =
                rest.iter().map(|(facts, row)| (Facts { booked: facts.value, ..(*facts).clone() }, *row)).collect();
            let by_value: Vec<New<'_>> = dated.iter().map(|(facts, row)| (facts, *row)).collect();
            let (also_same, rest, _) = pair(by_value, stored, |facts| (facts.amount, facts.booked));
            for ((_, row), entry) in same.iter().chain(&also_same) {
                entry::alias(book, account, &row.remote_id, entry.id)?;
            }
            let mut added: Vec<(&Facts, &Incoming)> =
                rest.into_iter().filter_map(|(_, row)| Some((row.facts.as_ref()?, row))).collect();
            added.sort_by_key(|(facts, row)| (facts.booked, row.created));
            for (facts, row) in added {
                let id = entry::new_id(book)?;
                work.add(row, facts, id)?;
            }
            prove(book, statement, work.touched(), now)?;
            work.finish()
        })
    }
}

/// The booked rows that no earlier statement brought.
fn unknown<'s>(book: &Transaction<'_>, statement: &'s StatementIntake) -> Result<Vec<New<'s>>, Fault> {
    let mut new = Vec::new();
    for row in &statement.rows {
        let Some(facts) = row.facts.as_ref().filter(|facts| !facts.pending()) else { continue };
        if entry::by_alias(book, statement.account, &row.remote_id)?.is_none() {
            new.push((facts, row));
        }
    }
    Ok(new)
}

/// Keeps the balances of a statement, and that the days it covers are whole where it leads up to those that are.
fn prove(
    book: &Transaction<'_>,
    statement: &StatementIntake,
    touched: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let account = statement.account;
    let before = statement.from.pred_opt().unwrap_or(statement.from);
    for (day, amount) in [(before, statement.opening), (statement.to, statement.closing)] {
        if let Some(amount) = amount {
            proof::keep_closing(book, account, day, amount, now)?;
        }
    }
    let first = touched.map_or(before, |day| day.min(before));
    proof::compare(book, account, to_day(first))?;
    let whole: Option<Option<i64>> = book
        .prepare_cached("SELECT whole_from FROM account WHERE id = ?")?
        .query_row([account.0], |row| row.get(0))
        .optional()?;
    let (from, to) = (to_day(statement.from), to_day(statement.to));
    if let Some(Some(whole)) = whole
        && (from..=to + 1).contains(&whole)
    {
        book.prepare_cached("UPDATE account SET whole_from = ? WHERE id = ?")?.execute((from, account.0))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::changes::Cause;
    use crate::store::sample::{Sample, day, eur, noon, row};

    fn statement(account: AccountId, name: &str, rows: Vec<Facts>) -> StatementIntake {
        let now = noon("2026-03-10");
        let rows = rows.into_iter().enumerate().map(|(number, facts)| Incoming {
            remote_id: format!("statement {name} {number}"),
            created: now,
            updated: now,
            facts: Some(facts),
            raw: "{}".into(),
        });
        StatementIntake {
            account,
            from: day("2026-01-01"),
            to: day("2026-02-28"),
            opening: Some(1_000),
            closing: Some(930),
            rows: rows.collect(),
        }
    }

    fn take(sample: &Sample, statement: &StatementIntake) -> Applied {
        let now = noon("2026-03-10");
        let set = sample.store.begin_changes(Cause::Import, now).unwrap();
        let applied = sample.store.take_statement(set, statement, now).unwrap();
        sample.store.finish_changes(set).unwrap();
        applied
    }

    #[test]
    fn a_statement_adds_what_the_list_has_not_and_proves_its_days() {
        let mut sample = Sample::new();
        let account = sample.account("SK9611000000002918599669", |_| {});
        let listed =
            vec![row("2026-02-20", -20, "coffee"), row("2026-02-20", -20, "coffee"), row("2026-03-05", 5, "later")];
        sample.read(account, noon("2026-03-10"), "2026-02-01", Some(eur(935)), listed);
        let note = crate::store::transactions::Annotation { note: "mine".into(), category: None };
        let coffee = sample.store.latest(3).unwrap()[2].id;
        sample.store.annotate(coffee, &note).unwrap();

        let coffees = |text: &str| {
            let mut coffee = row("2026-02-20", -20, text);
            coffee.message = Some("in other words".into());
            coffee
        };
        let rows = vec![row("2026-01-10", -30, "history"), coffees("COFFEE"), coffees("COFFEE")];
        let applied = take(&sample, &statement(account, "a", rows.clone()));
        assert_eq!((applied.added, applied.changed), (1, 0), "two coffees are two coffees, and those that are there");
        assert_eq!(take(&sample, &statement(account, "a", rows.clone())), Applied::default());
        // The same statement as another file.
        assert_eq!(take(&sample, &statement(account, "b", rows)).added, 0);
        assert_eq!(sample.store.transaction(coffee).unwrap().note.as_deref(), Some("mine"));
        let known = sample.store.account(account, noon("2026-03-10")).unwrap();
        assert_eq!((known.whole_from, known.unproved), (Some(day("2026-01-01")), None));
        assert_eq!(sample.store.proof(account).unwrap().from, Some(day("2025-12-31")));
    }

    #[test]
    fn a_statement_that_does_not_add_up_with_the_ledger_is_marked() {
        let mut sample = Sample::new();
        let account = sample.account("SK9611000000002918599669", |_| {});
        sample.read(account, noon("2026-03-10"), "2026-02-01", Some(eur(930)), Vec::new());
        take(&sample, &statement(account, "a", vec![row("2026-01-10", -30, "history")]));
        let unproved = sample.store.proof(account).unwrap().unproved;
        assert_eq!((unproved.len(), unproved[0].difference), (1, eur(-40)));
        // The change-set of an import is undone like that of a sync.
        let set = sample.store.change_sets(None, 1).unwrap()[0].id;
        sample.store.undo(set, noon("2026-03-11")).unwrap();
        assert!(sample.store.latest(5).unwrap().is_empty());
    }
}
