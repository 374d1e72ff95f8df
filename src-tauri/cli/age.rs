//! How old a figure is. Nothing is shown without it.

use bank::store::accounts::{Account, Freshness};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// When something was so, and how long ago that is. Both are null where it never was.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Read {
    pub(crate) read_at: Option<DateTime<Utc>>,
    pub(crate) age_seconds: Option<i64>,
}

impl Read {
    pub(crate) fn at(read_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        Self { read_at, age_seconds: read_at.map(|at| seconds(at, now)) }
    }

    /// When an account was last read without an error.
    pub(crate) fn of(account: &Account, now: DateTime<Utc>) -> Self {
        Self::at(last_read(&account.freshness), now)
    }

    pub(crate) fn in_words(&self) -> String {
        self.age_seconds.map_or_else(|| "never".to_owned(), in_words)
    }
}

/// Whole seconds; a moment that is still to come is no age.
pub(crate) fn seconds(at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    (now - at).num_seconds().max(0)
}

fn last_read(freshness: &Freshness) -> Option<DateTime<Utc>> {
    match freshness {
        Freshness::UpToDate { at } => Some(*at),
        Freshness::RenewSoon { at, .. }
        | Freshness::Reconnect { at, .. }
        | Freshness::RateLimited { at, .. }
        | Freshness::Failed { at, .. }
        | Freshness::Gone { at } => *at,
        Freshness::Never => None,
    }
}

/// An age for people: the largest unit that fits, rounded down.
pub(crate) fn in_words(seconds: i64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    match units.iter().find(|(length, _)| seconds >= *length) {
        None => "just now".into(),
        Some((length, unit)) => match seconds / length {
            1 => format!("1 {unit} ago"),
            many => format!("{many} {unit}s ago"),
        },
    }
}

/// How fresh an account is: a word for scripts.
pub(crate) fn word(freshness: &Freshness) -> &'static str {
    match freshness {
        Freshness::UpToDate { .. } => "up_to_date",
        Freshness::RenewSoon { .. } => "renew_soon",
        Freshness::Reconnect { .. } => "reconnect",
        Freshness::RateLimited { .. } => "rate_limited",
        Freshness::Failed { .. } => "failed",
        Freshness::Gone { .. } => "gone",
        Freshness::Never => "never",
    }
}

/// How fresh an account is, for people.
pub(crate) fn sentence(freshness: &Freshness) -> String {
    match freshness {
        Freshness::UpToDate { .. } => "up to date".into(),
        Freshness::RenewSoon { days, .. } => format!("consent ends in {days} days"),
        Freshness::Reconnect { .. } => "consent has ended: renew it in Everifin's web application".into(),
        Freshness::RateLimited { until: Some(until), .. } => {
            format!("asked too often, again from {}", until.format("%Y-%m-%d %H:%M UTC"))
        }
        Freshness::RateLimited { until: None, .. } => "asked too often".into(),
        Freshness::Failed { .. } => "the last try failed".into(),
        Freshness::Gone { .. } => "not listed by Everifin any more".into(),
        Freshness::Never => "never read".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn ages_are_said_in_the_largest_unit() {
        let said = [0, 59, 60, 119, 120, 3_599, 3_600, 86_399, 86_400, 200_000].map(in_words);
        let expected = [
            "just now",
            "just now",
            "1 minute ago",
            "1 minute ago",
            "2 minutes ago",
            "59 minutes ago",
            "1 hour ago",
            "23 hours ago",
            "1 day ago",
            "2 days ago",
        ];
        assert_eq!(said, expected);
    }
}
