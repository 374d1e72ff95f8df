//! How long an access token is good for, and how long to wait after a failure: by whichever clock went further.

use crate::clock::Clock;
use crate::failure::{Failure, FailureKind};
use crate::vault::Secret;
use chrono::{DateTime, Utc};
use std::time::{Duration, Instant};

/// The first wait after a failure; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait after a failure, a rate limit's own apart.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// For how long a token that replaced a rejected one is not replaced again: it is not the token, then.
const NO_SECOND_REJECTION: Duration = Duration::from_secs(30);

/// A moment by both clocks: the steady one stands still while the computer sleeps, the other may be set. That it is wrong
/// does not matter, only differences count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    steady: Instant,
    wall: DateTime<Utc>,
}

/// An access token and how long it is good for.
#[derive(Clone)]
pub(super) struct Access {
    pub(super) token: Secret<String>,
    pub(super) serial: u64,
    pub(super) life: Duration,
    pub(super) received: Moment,
    /// It replaced one that the API did not accept.
    pub(super) after_rejection: bool,
}

/// An access token for one request.
#[derive(Clone)]
pub(crate) struct AccessToken {
    pub(crate) token: Secret<String>,
    pub(super) serial: u64,
}

/// The rest after a renewal that Everifin did not grant: until it is over, everybody gets the same failure.
#[derive(Debug, Default)]
pub(super) struct Rest {
    failures: u32,
    last: Option<(Moment, Duration, Failure)>,
}

impl Moment {
    pub(super) fn now(clock: &Clock) -> Self {
        Self { steady: Instant::now(), wall: clock.now() }
    }

    /// The time since an earlier moment, by the clock that went further.
    pub(super) fn since(self, earlier: Self) -> Duration {
        let by_wall = (self.wall - earlier.wall).to_std().unwrap_or_default();
        by_wall.max(self.steady.saturating_duration_since(earlier.steady))
    }
}

impl Access {
    pub(super) fn handed_out(&self) -> AccessToken {
        AccessToken { token: self.token.clone(), serial: self.serial }
    }

    /// Whether it is good for that long; where tokens live shorter, as long as they do is enough.
    pub(super) fn lasts(&self, at_least: Duration, now: Moment) -> bool {
        let elapsed = now.since(self.received);
        elapsed < self.good_for() && self.life.saturating_sub(elapsed) >= at_least
    }

    /// Whether rejecting it makes sense.
    pub(super) fn is_replaceable(&self, now: Moment) -> bool {
        !self.after_rejection || now.since(self.received) >= NO_SECOND_REJECTION
    }

    /// Its life less a minute or a tenth, whichever is more; but at least half of it, or it could never be used.
    fn good_for(&self) -> Duration {
        let margin = Duration::from_secs(60).max(self.life / 10).min(self.life / 2);
        self.life - margin
    }
}

impl Rest {
    /// Everifin has answered otherwise than by a grant, or not at all. A rate limit rests as long as it says.
    pub(super) fn begin(&mut self, now: Moment, failure: &Failure) {
        let usual = pause(self.failures);
        let asked = failure.retry_at.and_then(|at| (at - now.wall).to_std().ok());
        self.failures = self.failures.saturating_add(1);
        self.last = Some((now, asked.unwrap_or(usual).max(usual), failure.clone()));
    }

    /// The failure to answer with, as long as it is too early to ask again.
    pub(super) fn now(&self, now: Moment) -> Option<Failure> {
        let (begun, wait, failure) = self.last.as_ref()?;
        (now.since(*begun) < *wait).then(|| failure.clone())
    }
}

/// How long to wait after so many failures before: 1, 2, 4 ... 30 seconds.
pub(super) fn pause(failures: u32) -> Duration {
    FIRST_WAIT.saturating_mul(1 << failures.min(5)).min(LONGEST_WAIT)
}

/// What a caller is told who has waited long enough.
pub(super) fn late(queueing: bool) -> Failure {
    if queueing { FailureKind::OtherSaldo.into() } else { FailureKind::ServiceDown.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn later(moment: Moment, by_wall: i64, by_steady: u64) -> Moment {
        Moment {
            steady: moment.steady + Duration::from_secs(by_steady),
            wall: moment.wall + TimeDelta::seconds(by_wall),
        }
    }

    fn access(life: u64, after_rejection: bool) -> Access {
        let received = Moment::now(&Clock::system());
        let token = Secret::new("t".into());
        Access { token, serial: 1, life: Duration::from_secs(life), received, after_rejection }
    }

    #[test]
    fn a_token_is_used_up_by_whichever_clock_went_further() {
        let token = access(300, false);
        let lasts = |by_wall, by_steady| token.lasts(Duration::ZERO, later(token.received, by_wall, by_steady));
        assert!(lasts(239, 239) && !lasts(240, 0) && !lasts(0, 240));
        assert!(!lasts(8 * 3600, 3), "slept");
        assert!(lasts(-24 * 3600, 100) && !lasts(-24 * 3600, 240), "set back a day");
        assert!(token.lasts(Duration::from_secs(120), later(token.received, 180, 0)));
        assert!(!token.lasts(Duration::from_secs(120), later(token.received, 181, 0)));
        let good_for = |life| access(life, false).good_for().as_secs();
        assert_eq!([good_for(3600), good_for(60), good_for(1)], [3240, 30, 0]);
    }

    #[test]
    fn the_replacement_of_a_rejected_token_is_not_rejected_at_once() {
        let (first, second) = (access(300, false), access(300, true));
        assert!(first.is_replaceable(first.received));
        assert!(!second.is_replaceable(later(second.received, 29, 29)));
        assert!(second.is_replaceable(later(second.received, 30, 30)));
    }

    #[test]
    fn the_rest_doubles_up_to_half_a_minute_and_a_rate_limit_is_kept() {
        let begun = Moment::now(&Clock::system());
        let down = Failure::from(FailureKind::ServiceDown);
        let mut rest = Rest::default();
        assert_eq!(rest.now(begun), None);
        for wait in [1, 2, 4, 8, 16, 30, 30] {
            rest.begin(begun, &down);
            assert_eq!(rest.now(later(begun, wait - 1, 0)), Some(down.clone()), "{wait}");
            assert_eq!(rest.now(later(begun, wait, 0)), None, "{wait}");
        }
        assert_eq!(rest.now(later(begun, -86_400, 30)), None, "a clock that was set back keeps nobody waiting");
        let mut rest = Rest::default();
        let until = begun.wall + TimeDelta::seconds(90);
        let limited = Failure { kind: FailureKind::RateLimited, retry_at: Some(until) };
        rest.begin(begun, &limited);
        assert_eq!(rest.now(later(begun, 89, 89)), Some(limited));
        assert_eq!(rest.now(later(begun, 90, 90)), None);
    }
}
