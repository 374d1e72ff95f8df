//! Reading the whole history of an account: in one piece where the bank gives it, by its changes or in ever smaller pieces where it
//! refuses, and behind the end of an answer that was cut without a word.

use crate::everifin::TransactionQuery;
use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

/// How far back Everifin reads a newly connected account (everifin-api.md 5.4).
const LONGEST: Months = Months::new(36);

/// Days of the pieces in which a history is asked for, each after the one before was refused.
const WIDTHS: [u64; 4] = [365, 90, 30, 7];

/// How far back changes are asked for beside the pieces: rows that are pending have no booking date and are in none of them.
const RECENT: TimeDelta = TimeDelta::days(30);

/// Pieces behind the end of a cut answer, at most.
const MOST_PIECES: u32 = 200;

/// The history under way.
pub(super) struct History {
    /// The day from which on the account is asked for, and whether Everifin says that it has rows from there on.
    first: NaiveDate,
    said: bool,
    now: DateTime<Utc>,
    step: Step,
    /// From this day on everything has been read.
    whole_from: Option<NaiveDate>,
    pieces: u32,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    All,
    /// Everything that has ever changed: a bank that limits how long ago something was booked may not limit that.
    Changes,
    /// A piece that ends on a day, or now.
    Piece {
        width: usize,
        to: Option<NaiveDate>,
    },
    /// Everything before the oldest row that came.
    Older {
        to: NaiveDate,
    },
    Recent,
    Done,
}

impl History {
    pub(super) fn new(history_from: Option<NaiveDate>, now: DateTime<Utc>) -> Self {
        let today = now.date_naive();
        let first = history_from.or_else(|| today.checked_sub_months(LONGEST)).unwrap_or(today);
        Self { first, said: history_from.is_some(), now, step: Step::All, whole_from: None, pieces: 0 }
    }

    /// What to ask next; none at the end.
    pub(super) fn next(&self) -> Option<TransactionQuery> {
        let booked = |booked_from, booked_to| TransactionQuery {
            booked_from: Some(booked_from),
            booked_to,
            ..TransactionQuery::default()
        };
        match self.step {
            Step::All => Some(TransactionQuery::default()),
            Step::Changes => {
                Some(TransactionQuery { updated_from: Some(DateTime::UNIX_EPOCH), ..TransactionQuery::default() })
            }
            Step::Piece { width, to } => Some(booked(self.begin(width, to), to)),
            Step::Older { to } => Some(booked(self.first, Some(to))),
            Step::Recent => {
                Some(TransactionQuery { updated_from: Some(self.now - RECENT), ..TransactionQuery::default() })
            }
            Step::Done => None,
        }
    }

    /// Goes on after an answer; `oldest` is the first booking day in it.
    pub(super) fn answered(&mut self, oldest: Option<NaiveDate>) {
        self.pieces += 1;
        self.step = match self.step {
            Step::All | Step::Changes | Step::Older { .. } => match oldest.filter(|day| *day > self.first) {
                Some(day) if self.pieces < MOST_PIECES => {
                    self.whole_from = Some(day);
                    day.pred_opt().map_or(Step::Done, |to| Step::Older { to })
                }
                // Nothing is before it, or nothing came at all.
                _ => {
                    self.whole_from = if self.said { Some(self.first) } else { oldest.or(self.whole_from) };
                    Step::Done
                }
            },
            Step::Piece { width, to } => {
                let begin = self.begin(width, to);
                self.whole_from = Some(begin);
                match begin.pred_opt().filter(|_| begin > self.first && self.pieces < MOST_PIECES) {
                    Some(to) => Step::Piece { width, to: Some(to) },
                    None => Step::Recent,
                }
            }
            Step::Recent | Step::Done => Step::Done,
        };
    }

    /// Goes on after a refusal; false where not even the smallest piece is given.
    pub(super) fn refused(&mut self) -> bool {
        self.step = match self.step {
            Step::All => Step::Changes,
            Step::Changes => Step::Piece { width: 0, to: None },
            Step::Older { to } => Step::Piece { width: 0, to: Some(to) },
            Step::Piece { width, to } if width + 1 < WIDTHS.len() => Step::Piece { width: width + 1, to },
            // Further back than the bank goes.
            Step::Piece { to: Some(_), .. } => Step::Recent,
            Step::Piece { to: None, .. } => return false,
            Step::Recent | Step::Done => Step::Done,
        };
        true
    }

    /// From which day on everything has been read.
    pub(super) fn whole_from(&self) -> Option<NaiveDate> {
        self.whole_from
    }

    fn begin(&self, width: usize, to: Option<NaiveDate>) -> NaiveDate {
        let to = to.unwrap_or_else(|| self.now.date_naive());
        let days = WIDTHS.get(width).copied().unwrap_or(1);
        to.checked_sub_days(Days::new(days - 1)).unwrap_or(to).max(self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-27T10:00:00Z".parse().unwrap()
    }

    /// A bank that goes back some days, gives at most so many days at once, and says so or not.
    struct Bank {
        rows: Vec<NaiveDate>,
        widest: Option<u64>,
        deepest: Option<u64>,
        cut: Option<usize>,
        /// Whether changes are given however long ago they were booked.
        changes: bool,
    }

    impl Bank {
        fn answer(&self, query: &TransactionQuery) -> Option<Vec<NaiveDate>> {
            let today = now().date_naive();
            let limited = self.widest.or(self.deepest).is_some() && !self.changes;
            if query.updated_from.is_some() && limited {
                return None;
            }
            let by_changes = query.updated_from.is_some();
            let from = query.booked_from.unwrap_or(NaiveDate::MIN);
            let to = query.booked_to.unwrap_or(today);
            let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days().unsigned_abs();
            if !by_changes
                && (self.widest.is_some_and(|widest| days(from, to) >= widest)
                    || self.deepest.is_some_and(|deepest| days(from, today) > deepest))
            {
                return None;
            }
            let mut rows: Vec<_> = self.rows.iter().copied().filter(|day| (from..=to).contains(day)).collect();
            rows.sort_by_key(|day| std::cmp::Reverse(*day));
            rows.truncate(self.cut.unwrap_or(usize::MAX));
            Some(rows)
        }
    }

    fn read(bank: &Bank, from: NaiveDate) -> (Vec<NaiveDate>, Option<NaiveDate>, u32) {
        let mut history = History::new(Some(from), now());
        let (mut rows, mut asked) = (Vec::new(), 0);
        while let Some(query) = history.next() {
            asked += 1;
            assert!(asked < 500, "no end");
            match bank.answer(&query) {
                Some(answer) => {
                    history.answered(answer.iter().min().copied());
                    rows.extend(answer);
                }
                None => assert!(history.refused(), "a week is given"),
            }
        }
        rows.sort();
        rows.dedup();
        (rows, history.whole_from(), asked)
    }

    #[test]
    fn a_bank_that_gives_everything_is_asked_once_more_for_what_is_older() {
        let bank = Bank { rows: vec![day("2026-01-05")], widest: None, deepest: None, cut: None, changes: false };
        assert_eq!(read(&bank, day("2026-01-05")), (vec![day("2026-01-05")], Some(day("2026-01-05")), 1));
        assert_eq!(read(&bank, day("2026-01-01")), (vec![day("2026-01-05")], Some(day("2026-01-01")), 2));
    }

    #[test]
    fn a_bank_that_goes_back_ninety_days_is_whole_from_there() {
        let rows: Vec<_> = day("2026-01-01").iter_days().take(330).collect();
        let bank = Bank { rows, widest: None, deepest: Some(90), cut: None, changes: false };
        let (rows, from, _) = read(&bank, day("2025-01-01"));
        assert_eq!((rows[0], from), (day("2026-08-30"), Some(day("2026-08-30"))));
    }

    #[test]
    fn a_bank_that_limits_booking_days_only_gives_everything_by_its_changes() {
        let rows: Vec<_> = day("2026-01-01").iter_days().take(330).collect();
        let bank = Bank { rows: rows.clone(), widest: None, deepest: Some(90), cut: None, changes: true };
        assert_eq!(read(&bank, day("2026-01-01")), (rows, Some(day("2026-01-01")), 2));
    }

    #[test]
    fn a_bank_that_gives_not_even_a_week_has_refused() {
        let mut history = History::new(None, now());
        let widths = std::iter::repeat_with(|| history.refused()).take(6).collect::<Vec<_>>();
        assert_eq!(widths, [true, true, true, true, true, false]);
    }

    proptest! {
        #[test]
        fn whatever_a_bank_refuses_or_cuts_all_that_it_gives_is_read(
            days in prop::collection::btree_set(0..1_000_i64, 0..60),
            widest in proptest::option::of(7..400_u64),
            deepest in proptest::option::of(7..1_200_u64),
            cut in proptest::option::of(3..20_usize),
        ) {
            let today = now().date_naive();
            let rows: Vec<_> = days.iter().rev().map(|back| today - TimeDelta::days(*back)).collect();
            let first = today - TimeDelta::days(1_000);
            let (read, from, _) = read(&Bank { rows: rows.clone(), widest, deepest, cut, changes: false }, first);
            let from = from.unwrap();
            let whole: Vec<_> = rows.iter().copied().filter(|day| *day >= from).collect();
            let got: Vec<_> = read.into_iter().filter(|day| *day >= from).collect();
            // Pieces are not cut: no bank gives fewer rows than asked for a week, a month or a year and a day's worth.
            if cut.is_none() || widest.is_none() && deepest.is_none() {
                prop_assert_eq!(got, whole);
            }
            if deepest.is_none() && (cut.is_none() || widest.is_none()) {
                prop_assert_eq!(from, first);
            }
        }
    }
}
