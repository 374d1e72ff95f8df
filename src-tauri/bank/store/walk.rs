//! Walking through the book row by row, with everything known of each: for files and scripts.

use super::Store;
use super::detail::in_full;
use super::pages::{Condition, lines_from, row};
use super::search::{self, Words};
use super::transactions::{TransactionDetail, TransactionFilter};
use crate::failure::Result;
use rusqlite::params_from_iter;

/// How many rows a step reads.
const STEP: u32 = 500;

/// Which way a walk goes. A pending row stands at its value date, or at the day on which it was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the oldest row to the newest.
    OldestFirst,
    /// From the newest row to the oldest.
    NewestFirst,
}

/// A walk through the rows of a filter, whatever their status.
#[derive(Debug, Clone)]
pub struct Walk {
    filter: TransactionFilter,
    way: Way,
    /// The key of the last row.
    at: Option<i64>,
}

impl Walk {
    /// At the beginning.
    pub fn begin(filter: TransactionFilter, way: Way) -> Self {
        Self { filter, way, at: None }
    }

    /// The next rows, up to 500, without the raw payload; none at the end. Between two steps the book may change: a row that stays
    /// on its day is neither left out nor met twice.
    pub fn step(&mut self, store: &Store) -> Result<Vec<TransactionDetail>> {
        let mut condition = Condition::new("entry.aside IS NULL", search::Way::Rows)
            .filter(&self.filter, &Words::of(&self.filter.text));
        let (beyond, order) = match self.way {
            Way::OldestFirst => ("entry.key > ?", "ASC"),
            Way::NewestFirst => ("entry.key < ?", "DESC"),
        };
        if let Some(at) = self.at {
            condition.and(beyond, [at.into()]);
        }
        condition.values.push(STEP.into());
        let more = ", entry.counterparty_iban, entry.counterparty_number, entry.value_day, entry.constant_symbol,
            entry.specific_symbol, entry.reference, entry.description, entry.original_amount, entry.original_currency,
            entry.first_seen, overlay.note";
        let lines = lines_from(search::Way::Rows, more);
        let sql = format!("{lines}{} ORDER BY entry.key {order} LIMIT ?", condition.sql);
        let rows = store.read(|book| {
            let mut statement = book.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(condition.values), |found| {
                let (key, line) = row(found)?;
                Ok((key, in_full(found, line, Vec::new())?))
            })?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        self.at = rows.last().map(|(key, _)| *key).or(self.at);
        Ok(rows.into_iter().map(|(_, detail)| detail).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, day, eur, noon, row};
    use crate::store::transactions::{Direction, TransactionStatus};

    #[test]
    fn a_walk_meets_every_row_once_in_either_direction() {
        let mut sample = Sample::new();
        let account = sample.account("SK9611000000002918599669", |_| {});
        let first = day("2026-01-01");
        let rows = (0..1_201).map(|number| {
            let mut row = row(&(first + chrono::TimeDelta::days(number / 7)).to_string(), 1_000 - number, "x");
            if number % 100 == 0 {
                (row.status, row.booked) = (TransactionStatus::Pending, None);
            }
            row
        });
        sample.read(account, noon("2026-08-01"), "2026-01-01", Some(eur(0)), rows.collect());
        let all = |way, filter: &TransactionFilter| {
            let mut walk = Walk::begin(filter.clone(), way);
            let mut seen = Vec::new();
            loop {
                let step = walk.step(&sample.store).unwrap();
                if step.is_empty() {
                    return seen;
                }
                seen.extend(step.into_iter().map(|detail| detail.row.amount.minor().unwrap()));
            }
        };
        let everything = TransactionFilter::default();
        let expected: Vec<i64> = (0..1_201).map(|number| 1_000 - number).collect();
        let mut oldest = all(Way::OldestFirst, &everything);
        let mut newest = all(Way::NewestFirst, &everything);
        assert_eq!(oldest.len(), 1_201);
        newest.reverse();
        assert_eq!(oldest, newest);
        oldest.sort_by_key(|amount| std::cmp::Reverse(*amount));
        assert_eq!(oldest, expected);
        let out = TransactionFilter { direction: Some(Direction::Out), ..everything };
        assert_eq!(all(Way::OldestFirst, &out).len(), 200);
    }
}
