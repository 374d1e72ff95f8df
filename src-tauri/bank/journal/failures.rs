//! What failed of late. It stands in the log and nowhere else: so it outlives a restart, and can be told even where the data
//! file is what failed.

use crate::failure::{Failure, FailureKind};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

/// How many failures are told.
const TOLD: usize = 20;
/// The target of the lines that tell of failures.
pub(super) const TARGET: &str = "failure";

/// At what Saldo failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// Signing in.
    SignIn,
    /// Keeping the session alive.
    Renewal,
    /// Reading accounts.
    Accounts,
    /// A payment.
    Payment,
}

/// Something that failed, perhaps several times in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastFailure {
    /// When, at the last time.
    pub at: DateTime<Utc>,
    /// At what.
    pub place: Place,
    /// Why.
    pub kind: FailureKind,
    /// How often in a row.
    pub times: u32,
}

/// Writes a failure down.
pub fn note(place: Place, failure: &Failure) {
    let (place, kind) = (word(&place), word(&failure.kind));
    tracing::warn!(target: TARGET, place, kind, "it failed");
}

/// The last failures that stand in the lines of a log (oldest line first), newest first.
pub fn past<'a>(lines: impl DoubleEndedIterator<Item = &'a str>) -> Vec<PastFailure> {
    let mut told: Vec<PastFailure> = Vec::new();
    for failure in lines.rev().filter_map(read) {
        let full = told.len() == TOLD;
        match told.last_mut().filter(|later| (later.place, later.kind) == (failure.place, failure.kind)) {
            Some(later) => later.times += 1,
            None if full => break,
            None => told.push(failure),
        }
    }
    told
}

/// A line as [`super::line()`] writes it: `<moment> WARN failure: it failed place=... kind=...`.
fn read(line: &str) -> Option<PastFailure> {
    let (at, rest) = line.split_once(' ')?;
    let (_, rest) = rest.split_once(" failure: ")?;
    let field = |name: &str| rest.split(' ').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    Some(PastFailure { at: at.parse().ok()?, place: known(field("place")?)?, kind: known(field("kind")?)?, times: 1 })
}

fn word(name: &impl Serialize) -> String {
    serde_json::to_value(name).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::written;
    use super::*;

    #[test]
    fn what_was_noted_is_read_again_newest_first_and_repetitions_as_one() {
        let lines = written(|| {
            note(Place::SignIn, &FailureKind::CredentialsRejected.into());
            tracing::info!(target: "bank::sync", rows = 3, "something else");
            note(Place::Accounts, &FailureKind::Offline.into());
            note(Place::Accounts, &FailureKind::Offline.into());
            note(Place::Renewal, &FailureKind::SignInNeeded.into());
        });
        let told = past(lines.iter().map(String::as_str));
        let told: Vec<_> = told.iter().map(|failure| (failure.place, failure.kind, failure.times)).collect();
        assert_eq!(
            told,
            [
                (Place::Renewal, FailureKind::SignInNeeded, 1),
                (Place::Accounts, FailureKind::Offline, 2),
                (Place::SignIn, FailureKind::CredentialsRejected, 1),
            ]
        );
    }

    #[test]
    fn at_most_twenty_are_told_and_damaged_lines_are_passed_over() {
        let mut lines = vec!["2026-11-27T08:00:00Z WARN failure: it failed place=moon kind=offline".to_owned()];
        for hour in 0..30 {
            let place = if hour % 2 == 0 { "signIn" } else { "payment" };
            let (day, hour) = (20 + hour / 24, hour % 24);
            lines.push(format!("2026-11-{day}T{hour:02}:00:00.5Z WARN failure: it failed place={place} kind=offline"));
            lines.push(format!("2026-11-{day}T{hour:02}:00:01Z WARN fail"));
        }
        let told = past(lines.iter().map(String::as_str));
        assert_eq!(told.len(), TOLD);
        assert_eq!(told[0].at, "2026-11-21T05:00:00.5Z".parse::<DateTime<Utc>>().unwrap());
    }
}
