//! When the banks are read without the owner asking for it: while Saldo is open, when she comes back to it, and after sleep. Pure.
//!
//! Everifin itself reads the banks every half hour and asks nobody to come more often (everifin-api.md 5.4).

use crate::failure::FailureKind;
use chrono::{DateTime, TimeDelta, Utc};

/// Between two readings that nobody asked for.
const EVERY: TimeDelta = TimeDelta::minutes(30);
/// The same when the owner comes back to Saldo, or the computer wakes.
const WHEN_BACK: TimeDelta = TimeDelta::minutes(5);
/// The first try after a failure comes this soon; each further one waits twice as long, up to the usual.
const AFTER_FAILURE: TimeDelta = TimeDelta::minutes(2);

/// Why the question is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Time goes by.
    Tick,
    /// The owner turned to Saldo, or the computer woke.
    Back,
}

/// What has been read so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Schedule {
    last: Option<DateTime<Utc>>,
    failures: u32,
    not_before: Option<DateTime<Utc>>,
    /// Something only the owner can mend: nothing is tried until she did something.
    waits_for_owner: bool,
}

impl Schedule {
    /// Whether the banks should be read now.
    pub fn is_due(&self, moment: Moment, now: DateTime<Utc>) -> bool {
        if self.waits_for_owner || self.not_before.is_some_and(|at| now < at) {
            return false;
        }
        let Some(last) = self.last else { return true };
        let wait = match (moment, self.failures) {
            (Moment::Back, 0) => WHEN_BACK,
            (Moment::Back, _) => AFTER_FAILURE,
            (Moment::Tick, 0) => EVERY,
            (Moment::Tick, failures) => {
                AFTER_FAILURE.checked_mul(1 << (failures - 1).min(8)).unwrap_or(EVERY).min(EVERY)
            }
        };
        // A clock that was set back must not stop it for long.
        now - last >= wait || last - now > EVERY
    }

    /// Notes that the banks were read, or could not be; `retry_at` where Everifin said when to come again.
    pub fn read(&mut self, failure: Option<(FailureKind, Option<DateTime<Utc>>)>, now: DateTime<Utc>) {
        *self = match failure {
            None => Self { last: Some(now), ..Self::default() },
            Some((kind, retry_at)) => Self {
                last: Some(now),
                failures: self.failures.saturating_add(1),
                not_before: retry_at,
                waits_for_owner: matches!(
                    kind,
                    FailureKind::SignInNeeded
                        | FailureKind::CredentialsMissing
                        | FailureKind::CredentialsRejected
                        | FailureKind::AnotherUser
                        | FailureKind::AccessDenied
                        | FailureKind::KeychainLocked
                        | FailureKind::KeychainAbsent
                        | FailureKind::KeyMissing
                        | FailureKind::StoreDamaged
                        | FailureKind::AddressWrong
                        | FailureKind::AddressInvalid
                ),
            },
        };
    }

    /// Notes a reading that somebody else made: the owner herself.
    pub fn noticed(&mut self, at: DateTime<Utc>) {
        if self.last.is_none_or(|last| last < at) {
            *self = Self { last: Some(at), ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2026-03-02T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    /// The minutes of a day in which the banks are read, where every reading ends so.
    fn readings(outcome: impl Fn(usize) -> Option<FailureKind>, back: &[i64], until: i64) -> Vec<i64> {
        let mut schedule = Schedule::default();
        let mut readings = Vec::new();
        for minute in 0..until {
            let moment = if back.contains(&minute) { Moment::Back } else { Moment::Tick };
            if schedule.is_due(moment, at(minute)) {
                schedule.read(outcome(readings.len()).map(|kind| (kind, None)), at(minute));
                readings.push(minute);
            }
        }
        readings
    }

    #[test]
    fn the_banks_are_read_every_half_hour_and_when_she_comes_back() {
        assert_eq!(readings(|_| None, &[], 100), [0, 30, 60, 90]);
        assert_eq!(readings(|_| None, &[3, 10, 12], 50), [0, 10, 40]);
    }

    #[test]
    fn after_failures_it_is_tried_ever_less_often() {
        assert_eq!(readings(|_| Some(FailureKind::Offline), &[], 100), [0, 2, 6, 14, 30, 60, 90]);
        let once = |count| (count == 0).then_some(FailureKind::ServiceDown);
        assert_eq!(readings(once, &[], 60), [0, 2, 32]);
    }

    #[test]
    fn what_only_the_owner_can_mend_waits_for_her() {
        assert_eq!(readings(|_| Some(FailureKind::SignInNeeded), &[50], 100), [0]);
        let mut schedule = Schedule::default();
        schedule.read(Some((FailureKind::SignInNeeded, None)), at(0));
        // She signed in and read the banks herself.
        schedule.noticed(at(5));
        assert!(!schedule.is_due(Moment::Tick, at(34)) && schedule.is_due(Moment::Tick, at(35)));
    }

    #[test]
    fn a_rate_limit_is_kept_also_when_she_comes_back() {
        let mut schedule = Schedule::default();
        schedule.read(Some((FailureKind::RateLimited, Some(at(120)))), at(0));
        assert!(!schedule.is_due(Moment::Back, at(119)));
        assert!(schedule.is_due(Moment::Back, at(120)));
    }

    #[test]
    fn a_clock_set_back_does_not_stop_it() {
        let mut schedule = Schedule::default();
        schedule.read(None, at(10_000));
        assert!(schedule.is_due(Moment::Tick, at(0)));
    }
}
