//! Where the reading of an account begins, and which days it has to read in full.

use super::accounts::AccountId;
use super::entry::{self, first_key};
use super::intake::{COUNTABLE, Incoming, UNSETTLED, UNSETTLED_FOR};
use super::matching::{Match, may_be};
use super::{Store, to_ms};
use crate::failure::Result;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension;
use std::collections::HashSet;

/// Where the reading of an account begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// One past the newest change read, to the millisecond.
    pub(crate) updated: Option<DateTime<Utc>>,
    /// The oldest change among the rows that announce something: reading from there shows which of them are still there.
    pub(crate) announced: Option<DateTime<Utc>>,
    /// When the last days were read anew by booking date.
    pub(crate) reread_at: DateTime<Utc>,
}

impl Store {
    /// Where the reading of an account under this id begins; none when all of it must be read.
    pub(crate) fn place(&self, account: AccountId, remote_id: &str, now: DateTime<Utc>) -> Result<Option<Place>> {
        self.read(|book| {
            let sql = format!(
                "SELECT updated, reread_at, min(
                     ifnull((SELECT min(updated) FROM entry WHERE account = ?1 AND status = 'pending'), updated),
                     ifnull((SELECT min(updated) FROM entry WHERE account = ?1 {UNSETTLED}), updated))
                 FROM account_cursor WHERE account = ?1 AND remote_id = ?3"
            );
            Ok(book
                .prepare_cached(&sql)?
                .query_row((account.0, to_ms(now - UNSETTLED_FOR), remote_id), |row| {
                    Ok(Place {
                        updated: row.get::<_, Option<i64>>(0)?.map(super::from_ms),
                        reread_at: super::from_ms(row.get(1)?),
                        announced: row.get::<_, Option<i64>>(2)?.map(super::from_ms),
                    })
                })
                .optional()?)
        })
    }

    /// The days that must be read in full before these changed rows can be taken over: those of a row under a new id that
    /// could be a stored row whose id is not among them. Only counting the whole day tells a second coffee from a new id.
    pub(crate) fn doubtful_days(
        &self,
        account: AccountId,
        rows: &[Incoming],
    ) -> Result<Option<(NaiveDate, NaiveDate)>> {
        self.read(|book| {
            let mut seen = HashSet::new();
            let (mut unknown, mut unsettled) = (Vec::new(), Vec::new());
            for row in rows {
                let known = entry::by_alias(book, account, &row.remote_id)?;
                match (known, row.facts.as_ref().filter(|facts| !facts.pending())) {
                    (Some(entry), Some(facts)) if !entry.facts.pending() && !may_be(facts, &entry.facts) => {
                        // Ids may have gone round within the day.
                        unsettled.extend([facts.booked, entry.facts.booked].into_iter().flatten());
                        unknown.push(facts);
                    }
                    (Some(entry), _) => _ = seen.insert(entry.id),
                    (None, facts) => unknown.extend(facts),
                }
            }
            let mut days: Option<(NaiveDate, NaiveDate)> = None;
            let mut doubt = |day: NaiveDate| {
                days = Some(days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            };
            unsettled.into_iter().for_each(&mut doubt);
            for facts in unknown {
                let Some(day) = facts.booked else { continue };
                let from = first_key(day);
                let twins = entry::select(
                    book,
                    account,
                    &format!("AND key >= ?2 AND key < ?3 AND amount = ?4 {COUNTABLE}"),
                    &[from, from + (1 << 24), facts.amount],
                )?;
                if twins.iter().any(|twin| !seen.contains(&twin.id) && Match::of(facts, &twin.facts).is_some()) {
                    doubt(day);
                }
            }
            Ok(days)
        })
    }
}
