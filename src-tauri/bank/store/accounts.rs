//! Accounts and their balances.

use crate::money::{Currency, Money};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Saldo's own id of an account; stable for life, whatever Everifin calls the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct AccountId(pub u32);

/// A bank as shown beside an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Bank {
    /// Name as Everifin gives it, e.g. "Tatra banka".
    pub name: String,
    /// Two or three letters for the neutral tile, e.g. "TB".
    pub short: String,
    /// ISO 3166 alpha-2 country, empty when unknown.
    pub country: String,
}

/// How fresh an account's data is, in the order of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Freshness {
    /// Read without an error at that moment.
    UpToDate { at: DateTime<Utc> },
    /// The bank's consent ends soon (14 days or fewer).
    RenewSoon { at: Option<DateTime<Utc>>, ends: DateTime<Utc>, days: u32 },
    /// The bank's consent has ended; the data is of `at`.
    Reconnect { at: Option<DateTime<Utc>>, ended: Option<DateTime<Utc>> },
    /// The bank or Everifin limits how often it may be asked.
    RateLimited { at: Option<DateTime<Utc>>, until: Option<DateTime<Utc>> },
    /// The last try failed; the data is of `at`.
    Failed { at: Option<DateTime<Utc>>, tried: DateTime<Utc> },
    /// Everifin has not delivered this account in the last sync.
    Gone { at: Option<DateTime<Utc>> },
    /// Never read yet.
    Never,
}

/// An account of the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Saldo's own id.
    pub id: AccountId,
    /// The name, e.g. "Operating account".
    pub name: String,
    /// The bank.
    pub bank: Bank,
    /// IBAN without spaces; absent for accounts that have none.
    pub iban: Option<String>,
    /// Domestic number `prefix-number/bank`, where there is one.
    pub number: Option<String>,
    /// The account's currency.
    pub currency: Currency,
    /// Booked balance; absent when the bank gave none (unknown, not 0).
    pub booked: Option<Balance>,
    /// Available balance (may contain an overdraft); absent when the bank gave none.
    pub available: Option<Balance>,
    /// How fresh this all is.
    pub freshness: Freshness,
    /// From which day on the history is whole, where known.
    pub whole_from: Option<NaiveDate>,
    /// Whether a payment can start here (current account with an IBAN).
    pub can_pay: bool,
}

/// A balance with the moment for which the bank stated it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// The amount.
    pub money: Money,
    /// When the bank stated it.
    pub at: DateTime<Utc>,
}
