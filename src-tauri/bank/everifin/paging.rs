//! A list read page by page. Knows no network: it says which page to ask for and takes the answers.

use super::call::{unreadable, unwrap};
use super::{Listing, RemoteId};
use crate::auth::Answer;
use crate::failure::{FailureKind, Result};
use serde_json::value::RawValue;
use std::collections::HashSet;

/// How often a list is read that changes while it is read.
pub(super) const READINGS: usize = 3;
/// More pages than any list has (20,000 rows are 100 pages).
const MAX_PAGES: usize = 10_000;

/// A list under way.
pub(super) struct Pages<T> {
    listing: Listing<T>,
    /// What the first page counts; the inner None where it does not.
    counted: Option<Option<usize>>,
    asked: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Going,
    Over,
    /// The pages do not belong to one list.
    Changed,
}

impl<T> Pages<T> {
    pub(super) fn new() -> Self {
        let listing = Listing { rows: Vec::new(), unreadable: Vec::new() };
        Self { listing, counted: None, asked: 0, state: State::Going }
    }

    /// The page to ask for next, from 1; none at the end, or where going on has no sense.
    pub(super) fn next(&mut self) -> Option<usize> {
        self.asked += 1;
        (self.state == State::Going).then_some(self.asked)
    }

    /// Takes the answer to the page asked for last.
    pub(super) fn take(&mut self, answer: &Answer, read: impl Fn(&str) -> Option<T>) -> Result<()> {
        let (data, meta) = unwrap(answer)?;
        let rows: Vec<&RawValue> = serde_json::from_str(data.get()).map_err(|_| FailureKind::AnswerUnreadable)?;
        let was_empty = rows.is_empty();
        for row in rows {
            match read(row.get()) {
                Some(row) => self.listing.rows.push(row),
                None => self.listing.unreadable.push(unreadable(row.get())),
            }
        }
        // Without paging the answer is the list.
        let Some(paging) = meta.and_then(|meta| meta.pagination) else {
            self.state = State::Over;
            return Ok(());
        };
        self.state = if *self.counted.get_or_insert(paging.count_total) != paging.count_total {
            State::Changed
        } else if self.asked >= paging.last {
            State::Over
        } else if was_empty || self.asked == MAX_PAGES {
            State::Changed
        } else {
            State::Going
        };
        Ok(())
    }

    /// The list, if its pages belong together: as many rows as counted, none twice.
    pub(super) fn whole(self, id_of: impl Fn(&T) -> &RemoteId) -> Option<Listing<T>> {
        let listing = self.listing;
        let mut seen = HashSet::new();
        let once = listing.rows.iter().all(|row| seen.insert(id_of(row)));
        let got = listing.rows.len() + listing.unreadable.len();
        let whole = self.counted.flatten().is_none_or(|total| total == got);
        if !listing.unreadable.is_empty() {
            tracing::warn!(rows = listing.unreadable.len(), "rows that cannot be read");
        }
        (self.state == State::Over && once && whole).then_some(listing)
    }
}
