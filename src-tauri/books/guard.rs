//! What the lock remembers: whether it is shut, how often a password was wrong, when the owner was last seen, and what arrived
//! meanwhile. Knows no book.

use crate::window::Book;
use bank::failure::{Failure, FailureKind, Result};
use bank::vault::{SealedFile, Secret, Vault};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Between two looks at the clock lie a few seconds; where more than this has gone by, the computer slept.
const SLEPT: TimeDelta = TimeDelta::seconds(60);
/// So many wrong passwords cost nothing but the time that Argon2 takes: they are slips of the finger.
const SLIPS: u32 = 3;
/// The longest wait for the next try. Never a wipe: whoever waits long enough may guess on.
const LONGEST_WAIT: i64 = 60;
/// How long an address that arrives while Saldo is locked is kept: as long as a sign-in may take.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// See above.
pub(super) struct Guard {
    /// The vaults of the books, opened once: their keychain is asked for its owner's password once.
    pub(super) vaults: HashMap<Book, Vault>,
    /// The open file that stands in for the keychain.
    pub(super) sealed: Option<SealedFile>,
    /// Whether the owner's book is closed with a password.
    pub(super) app_lock: bool,
    /// The key of a damaged book that the right password was given for, until it is brought back.
    pub(super) behind: Option<Secret<[u8; 32]>>,
    /// Shut; what every call is told. `Locked`, or what was found behind the lock by the right password.
    shut: Option<Failure>,
    wrong: u32,
    next_try: DateTime<Utc>,
    seen: DateTime<Utc>,
    looked: DateTime<Utc>,
    arrived: Option<(String, DateTime<Utc>)>,
}

impl Guard {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            vaults: HashMap::new(),
            sealed: None,
            app_lock: false,
            behind: None,
            shut: None,
            wrong: 0,
            next_try: now,
            seen: now,
            looked: now,
            arrived: None,
        }
    }

    /// Shuts: the key of a sealed vault goes too.
    pub(super) fn shut(&mut self) {
        self.shut = Some(FailureKind::Locked.into());
        self.behind = None;
        if self.sealed.take().is_some() {
            self.vaults.clear();
        }
    }

    pub(super) fn is_shut(&self) -> bool {
        self.shut.is_some()
    }

    /// Whether a book may be opened without a password. What lies behind the lock may have been mended since.
    pub(super) fn pass(&self) -> Result<()> {
        match &self.shut {
            Some(failure) if failure.kind == FailureKind::Locked => Err(failure.clone()),
            _ => Ok(()),
        }
    }

    /// What came of opening the owner's book; the failure that is told.
    pub(super) fn opened<T>(&mut self, outcome: Result<T>, with_password: bool) -> Result<T> {
        match outcome {
            Ok(opened) => {
                (self.shut, self.behind) = (None, None);
                Ok(opened)
            }
            Err(failure) => Err(match failure.kind {
                FailureKind::Locked => self.shut.get_or_insert(failure).clone(),
                FailureKind::PassphraseWrong => {
                    self.shut = Some(FailureKind::Locked.into());
                    failure
                }
                // The right password and nothing good behind it: that is what the owner has to know, not that it is locked.
                _ if with_password => self.shut.insert(failure).clone(),
                _ => failure,
            }),
        }
    }

    /// Whether a password may be tried now.
    pub(super) fn may_try(&self, now: DateTime<Utc>) -> Result<()> {
        // A clock that was set back does not keep the owner out.
        let wait = self.next_try - now;
        if wait > TimeDelta::zero() && wait <= TimeDelta::seconds(LONGEST_WAIT) {
            return Err(Failure { kind: FailureKind::PassphraseWrong, retry_at: Some(self.next_try) });
        }
        Ok(())
    }

    /// What came of a try: a wrong password is answered with the time of the next try.
    pub(super) fn tried<T>(&mut self, outcome: Result<T>, now: DateTime<Utc>) -> Result<T> {
        match outcome {
            Err(Failure { kind: FailureKind::PassphraseWrong, .. }) => {
                self.wrong = self.wrong.saturating_add(1);
                let wait = match self.wrong.checked_sub(SLIPS) {
                    None => return Err(FailureKind::PassphraseWrong.into()),
                    Some(more) => 2_i64.saturating_pow(more + 1).min(LONGEST_WAIT),
                };
                self.next_try = now + TimeDelta::seconds(wait);
                Err(Failure { kind: FailureKind::PassphraseWrong, retry_at: Some(self.next_try) })
            }
            Ok(opened) => {
                self.wrong = 0;
                Ok(opened)
            }
            // It did not come to the password.
            Err(failure) => Err(failure),
        }
    }

    /// The owner was there.
    pub(super) fn see(&mut self, now: DateTime<Utc>) {
        self.seen = now;
    }

    /// Looks at the clock: whether the owner has been away for `after`, or the computer slept since the last look.
    pub(super) fn is_due(&mut self, now: DateTime<Utc>, after: Option<TimeDelta>) -> bool {
        let slept = now - self.looked > SLEPT;
        self.looked = now;
        // A clock that was set back must not put the lock off.
        self.seen = self.seen.min(now);
        slept || after.is_some_and(|after| now - self.seen >= after)
    }

    /// Keeps an address that arrived, as it came; the newest one only.
    pub(super) fn keep(&mut self, address: &str, now: DateTime<Utc>) {
        self.arrived = Some((address.to_owned(), now));
    }

    /// The address that arrived while Saldo was locked, unless it is too old. Once.
    pub(super) fn take_arrived(&mut self, now: DateTime<Utc>) -> Option<String> {
        let (address, at) = self.arrived.take()?;
        ((now - at).abs() <= KEPT).then_some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn wrong() -> Result<()> {
        Err(FailureKind::PassphraseWrong.into())
    }

    #[test]
    fn wrong_passwords_wait_longer_and_longer_and_the_right_one_ends_it() {
        let mut guard = Guard::new(at(0));
        let waits: Vec<_> = (0..10)
            .map(|_| {
                let failure = guard.tried(wrong(), at(0)).unwrap_err();
                assert_eq!(failure.kind, FailureKind::PassphraseWrong);
                failure.retry_at.map(|until| (until - at(0)).num_seconds())
            })
            .collect();
        let seconds = [2, 4, 8, 16, 32, 60, 60, 60].map(Some);
        assert_eq!(waits, [&[None, None][..], &seconds].concat());
        let early = guard.may_try(at(59)).unwrap_err();
        assert_eq!((early.kind, early.retry_at), (FailureKind::PassphraseWrong, Some(at(60))));
        guard.may_try(at(60)).unwrap();
        guard.may_try(at(-86_400)).unwrap();
        guard.tried(Ok(()), at(60)).unwrap();
        assert_eq!(guard.tried(wrong(), at(61)).unwrap_err().retry_at, None, "counted anew");
    }

    #[test]
    fn it_is_due_after_the_time_without_the_owner() {
        let mut guard = Guard::new(at(0));
        let five = Some(TimeDelta::minutes(5));
        for second in (2..300).step_by(2) {
            assert!(!guard.is_due(at(second), five), "{second}");
        }
        assert!(guard.is_due(at(300), five));
        guard.see(at(300));
        assert!(!guard.is_due(at(302), five));
        for second in (304..4000).step_by(2) {
            assert!(!guard.is_due(at(second), None), "never means never");
        }
    }

    #[test]
    fn it_is_due_after_the_computer_slept() {
        let mut guard = Guard::new(at(0));
        assert!(!guard.is_due(at(60), None));
        assert!(guard.is_due(at(121), None));
        assert!(!guard.is_due(at(123), None));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_put_it_off() {
        let mut guard = Guard::new(at(0));
        guard.see(at(1_000));
        assert!(!guard.is_due(at(10), Some(TimeDelta::minutes(5))));
        for second in (12..310).step_by(2) {
            assert!(!guard.is_due(at(second), Some(TimeDelta::minutes(5))), "{second}");
        }
        assert!(guard.is_due(at(310), Some(TimeDelta::minutes(5))));
    }

    #[test]
    fn one_address_is_kept_for_ten_minutes() {
        let mut guard = Guard::new(at(0));
        guard.keep("older", at(0));
        guard.keep("newer", at(1));
        assert_eq!(guard.take_arrived(at(601)).as_deref(), Some("newer"));
        assert_eq!(guard.take_arrived(at(601)), None);
        guard.keep("late", at(1));
        assert_eq!(guard.take_arrived(at(602)), None);
    }

    #[test]
    fn what_is_found_behind_the_lock_is_told_until_it_is_mended() {
        let mut guard = Guard::new(at(0));
        guard.shut();
        assert_eq!(guard.pass().unwrap_err().kind, FailureKind::Locked);
        let damaged: Result<()> = Err(FailureKind::StoreDamaged.into());
        assert_eq!(guard.opened(damaged, true).unwrap_err().kind, FailureKind::StoreDamaged);
        guard.pass().unwrap();
        let locked: Result<()> = Err(FailureKind::Locked.into());
        assert_eq!(guard.opened(locked, false).unwrap_err().kind, FailureKind::StoreDamaged);
        guard.opened(Ok(()), false).unwrap();
        assert!(!guard.is_shut());
    }
}
