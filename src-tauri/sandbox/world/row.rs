//! One transaction of the world and how it looks at a given moment.

use crate::amount::Amount;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Booked,
    Rejected,
    Cancelled,
}

/// What was paid in another currency.
#[derive(Debug, Clone)]
pub(crate) struct Foreign {
    pub(crate) amount: Amount,
    pub(crate) currency: &'static str,
    /// Units of the foreign currency for one unit of the account's, or the other way round, as the bank quotes it.
    pub(crate) rate: Decimal,
}

/// The other side.
#[derive(Debug, Clone, Default)]
pub(crate) struct OtherSide {
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) iban: Option<String>,
    pub(crate) bic: Option<Cow<'static, str>>,
}

/// What the payer wrote.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) variable: Option<String>,
    pub(crate) constant: Option<Cow<'static, str>>,
    pub(crate) specific: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) message: Option<String>,
    /// What kind of transaction it is, in the bank's words.
    pub(crate) description: Option<Cow<'static, str>>,
}

/// A transaction with its whole life: seen first at `created`, settled at `settled`, changed afterwards at `amended`.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: u64,
    pub(crate) account: usize,
    pub(crate) outgoing: bool,
    pub(crate) amount: Amount,
    pub(crate) foreign: Option<Foreign>,
    pub(crate) other: OtherSide,
    pub(crate) words: Words,
    pub(crate) created: DateTime<Utc>,
    /// The day on which it happened.
    pub(crate) announced: NaiveDate,
    pub(crate) settled: DateTime<Utc>,
    pub(crate) outcome: Outcome,
    /// When the bank completed the counterparty's name after the fact.
    pub(crate) amended: Option<DateTime<Utc>>,
}

impl Row {
    /// Whether Everifin has the row at that moment.
    pub(crate) fn visible(&self, at: DateTime<Utc>) -> bool {
        self.created <= at
    }

    /// `BOOKED`, `PENDING`, `REJECTED` or `CANCELLED`.
    pub(crate) fn status(&self, at: DateTime<Utc>) -> &'static str {
        match self.outcome {
            _ if self.settled > at => "PENDING",
            Outcome::Booked => "BOOKED",
            Outcome::Rejected => "REJECTED",
            Outcome::Cancelled => "CANCELLED",
        }
    }

    /// Signed amount when the row counts in the booked balance at that moment.
    pub(crate) fn booked(&self, at: DateTime<Utc>) -> Option<Amount> {
        (self.visible(at) && self.settled <= at && self.outcome == Outcome::Booked).then(|| self.signed())
    }

    /// The amount with its sign.
    pub(crate) fn signed(&self) -> Amount {
        Amount(if self.outgoing { -self.amount.0 } else { self.amount.0 })
    }

    /// Absent while pending, and for what was never booked.
    pub(crate) fn booking_date(&self, at: DateTime<Utc>) -> Option<NaiveDate> {
        (self.settled <= at && self.outcome == Outcome::Booked).then(|| self.settled.date_naive())
    }

    /// The day from which the money counts: that of the settlement, or until then that of the announcement.
    pub(crate) fn value_date(&self, at: DateTime<Utc>) -> NaiveDate {
        if self.settled <= at { self.settled.date_naive() } else { self.announced }
    }

    /// Whether the correction that came after the fact is there already.
    pub(crate) fn is_amended(&self, at: DateTime<Utc>) -> bool {
        self.amended.is_none_or(|moment| moment <= at)
    }

    /// The latest change at that moment.
    pub(crate) fn last_updated(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        [Some(self.settled), self.amended].into_iter().flatten().filter(|m| *m <= at).fold(self.created, Ord::max)
    }
}
