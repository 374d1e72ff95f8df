//! Where "now" comes from. Time is a parameter everywhere below the shell; only the shell and a test make a [`Clock`].

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A source of the present moment, cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The computer's own clock.
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock under the caller's control, for tests and for replaying a day.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// Today's calendar date for the owner. Slovakia and Czechia share one time zone; the computer's zone is used.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&chrono::Local).date_naive()
    }
}

/// The calendar date of a moment for the banks: in Central European time, which Slovakia, Czechia and their neighbours share. Summer
/// time is from 01:00 UTC on the last Sunday of March to the same hour on that of October (Directive 2000/84/EC).
pub(crate) fn bank_day(at: DateTime<Utc>) -> NaiveDate {
    at_banks(at).date()
}

/// Day and time of a moment at the banks, in the same time as [`bank_day`].
pub(crate) fn at_banks(at: DateTime<Utc>) -> NaiveDateTime {
    let turn = |month: u32| {
        let last = NaiveDate::from_ymd_opt(at.year(), month, 31)?;
        let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))?;
        Some(sunday.and_hms_opt(1, 0, 0)?.and_utc())
    };
    let summer = turn(3).zip(turn(10)).is_some_and(|(begins, ends)| (begins..ends).contains(&at));
    (at + TimeDelta::hours(if summer { 2 } else { 1 })).naive_utc()
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banks_day_turns_at_its_own_midnight() {
        for (at, day) in [
            ("2026-01-31T22:59:59Z", "2026-01-31"),
            ("2026-01-31T23:00:00Z", "2026-02-01"),
            ("2026-03-29T00:59:59Z", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
        ] {
            assert_eq!(bank_day(at.parse().unwrap()).to_string(), day, "{at}");
        }
    }
}
