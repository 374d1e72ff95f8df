//! The habits of accounts: their ids, their consents, and what their balances say.

use super::{Habits, Personality::*};
use crate::{amount::Amount, wire::BalanceWire};
use chrono::{DateTime, TimeDelta, Utc};

/// How far balances lag behind where they are late.
const LAG: i64 = 40;
/// What a new consent adds to an account's id.
const CONSENT: u64 = 1_000_000;

impl Habits {
    /// The id of an account after some consents were renewed.
    pub(crate) fn account_id(&self, id: u64, renewed: usize) -> u64 {
        if self.any(&[NewAccountId, ListedTwice]) { id + CONSENT * renewed as u64 } else { id }
    }

    /// The ids under which it was listed before, and still is.
    pub(crate) fn former_ids(&self, id: u64, renewed: usize) -> Vec<u64> {
        let renewed = if self.has(ListedTwice) { renewed } else { 0 };
        renewed.checked_sub(1).map(|last| self.account_id(id, last)).into_iter().collect()
    }

    /// When a consent given at that moment ends.
    pub(crate) fn consent_end(&self, given: DateTime<Utc>, usual: TimeDelta) -> DateTime<Utc> {
        let about = given.timestamp().unsigned_abs();
        let days =
            if self.has(ShortConsent) { TimeDelta::days(self.between(ShortConsent, about, 12, 30)) } else { usual };
        given + days
    }

    /// When the account is closed.
    pub(crate) fn closed(&self, connected: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.has(Closed).then(|| connected + TimeDelta::days(self.between(Closed, 0, 25, 50)))
    }

    /// The moment of the balances that are stated at `seen`.
    pub(crate) fn stated(&self, seen: DateTime<Utc>) -> DateTime<Utc> {
        let about = seen.timestamp().unsigned_abs() / 3600;
        let lag = if self.has(LateBalance) { self.between(LateBalance, about, 0, LAG) } else { 0 };
        seen - TimeDelta::hours(lag)
    }

    /// The balances of a moment. `limit` is the credit line.
    pub(crate) fn balances(
        &self,
        (booked, available): (Amount, Amount),
        limit: Amount,
        currency: &'static str,
        at: DateTime<Utc>,
    ) -> Vec<BalanceWire> {
        if self.strikes(NoBalance, at.timestamp().unsigned_abs() / 3600, 500) {
            return Vec::new();
        }
        let balance = |r#type, amount, currency| BalanceWire { r#type, amount, currency, updated_at: self.moment(at) };
        let booked_type = if self.has(OddBalance) { "INTERIM_BOOKED" } else { "BOOKED" };
        let available_type = if self.has(OddBalance) { "FORWARD_AVAILABLE" } else { "AVAILABLE" };
        let spendable = Amount(available.0 + limit.0);
        let booked = if self.has(ForeignBalance) {
            let other = if currency == "CZK" { "EUR" } else { "CZK" };
            balance(booked_type, Amount(booked.0 * 24), other)
        } else {
            balance(booked_type, booked, currency)
        };
        vec![booked, balance(available_type, spendable, currency)]
    }

    /// The credit line of an account that has none by itself.
    pub(crate) fn line(&self) -> Option<Amount> {
        self.has(CreditInside).then_some(Amount(500_000))
    }
}
