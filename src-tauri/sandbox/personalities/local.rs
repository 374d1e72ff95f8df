//! Local time in Bratislava and Prague: one hour ahead of UTC, two from the last Sunday of March to that of October.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Utc};

/// The moment with the offset that holds there at that moment.
pub(super) fn local(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    let hours = if is_summer(moment) { 2 } else { 1 };
    match FixedOffset::east_opt(hours * 3600) {
        Some(offset) => moment.with_timezone(&offset),
        None => moment.fixed_offset(),
    }
}

fn is_summer(moment: DateTime<Utc>) -> bool {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(moment.year(), month, 31)?;
        let sunday = last - TimeDelta::days(i64::from(last.weekday().num_days_from_sunday()));
        Some(sunday.and_hms_opt(1, 0, 0)?.and_utc())
    };
    change(3).is_some_and(|start| start <= moment) && change(10).is_some_and(|end| moment < end)
}
