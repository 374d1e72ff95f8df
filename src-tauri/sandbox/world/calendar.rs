//! Working days of Slovak and Czech banks.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Whether banks settle on this day: no weekend, no holiday that both countries share.
pub(crate) fn working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holiday(day)
}

/// The day itself, or the next one on which banks settle.
pub(crate) fn next_working(day: NaiveDate) -> NaiveDate {
    let mut day = day;
    while !working(day) {
        day = after(day, 1);
    }
    day
}

/// The last working day at or before the day `dom` of the month of `day`.
pub(crate) fn due(day: NaiveDate, dom: u32) -> NaiveDate {
    let last = last_of_month(day);
    let mut due = day.with_day(dom.min(last.day())).unwrap_or(last);
    while !working(due) {
        due = before(due, 1);
    }
    due
}

/// The last day of the month of `day`.
pub(crate) fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    before(first.checked_add_months(chrono::Months::new(1)).unwrap_or(first), 1)
}

/// `n` days later.
pub(crate) fn after(day: NaiveDate, n: u64) -> NaiveDate {
    day.checked_add_days(Days::new(n)).unwrap_or(day)
}

/// `n` days earlier.
pub(crate) fn before(day: NaiveDate, n: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(n)).unwrap_or(day)
}

fn holiday(day: NaiveDate) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1, 1) | (5, 1) | (5, 8) | (7, 5) | (11, 17) | (12, 24) | (12, 25) | (12, 26)
    );
    let easter = easter_sunday(day.year());
    fixed || easter.is_some_and(|e| day == before(e, 2) || day == after(e, 1))
}

/// The anonymous Gregorian algorithm.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_and_fixed_holidays_are_no_working_days() {
        for closed in ["2025-04-18", "2025-04-21", "2026-04-03", "2026-04-06", "2026-12-25", "2026-11-22"] {
            assert!(!working(day(closed)), "{closed}");
        }
        assert!(working(day("2026-11-23")));
        assert_eq!(next_working(day("2026-05-01")), day("2026-05-04"));
    }

    #[test]
    fn a_due_day_on_a_weekend_moves_to_the_friday_before() {
        assert_eq!(due(day("2026-10-01"), 10), day("2026-10-09"));
        assert_eq!(due(day("2027-02-03"), 31), day("2027-02-26"));
    }
}
