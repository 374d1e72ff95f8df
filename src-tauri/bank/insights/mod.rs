//! What the screens show of the ledger: pure readings of the store, nothing written.

mod history;
mod overview;

pub use history::{balance_history, daily_balances};
pub use overview::{connections, overview};

use crate::money::{Currency, Money};
use crate::store::accounts::{Account, AccountId, Bank, Freshness};
use crate::store::transactions::TransactionRow;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The sum of one currency over all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CurrencyTotal {
    /// Sum of booked balances.
    pub booked: Money,
    /// How many accounts are in the sum.
    pub accounts: u32,
    /// How many accounts of this currency have no known balance and are left out.
    pub unknown: u32,
    /// The moment of the oldest balance in the sum.
    pub oldest: Option<DateTime<Utc>>,
}

/// The accounts of one bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BankGroup {
    /// The bank.
    pub bank: Bank,
    /// The most urgent freshness among its accounts.
    pub freshness: Freshness,
    /// When the bank's consent ends, the earliest of its accounts.
    pub consent_until: Option<DateTime<Utc>>,
    /// Its accounts, in the bank's order.
    pub accounts: Vec<Account>,
}

/// Money in and out in one month, without transfers between own accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MonthFlow {
    /// First day of the month.
    pub month: NaiveDate,
    /// Money in, positive.
    pub money_in: Money,
    /// Money out, negative.
    pub money_out: Money,
    /// In plus out.
    pub difference: Money,
}

/// In and out of one currency, oldest month first, six months with the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CurrencyFlow {
    /// The currency.
    pub currency: Currency,
    /// The months.
    pub months: Vec<MonthFlow>,
}

/// The one banner that the ledger itself asks for (sign-in and connectivity are the session's business).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Notice {
    /// A bank's consent has ended.
    Reconnect {
        /// The bank.
        bank: String,
        /// When the consent ended, where the bank says so.
        ended: Option<DateTime<Utc>>,
        /// Names of the accounts that wait for it.
        accounts: Vec<String>,
    },
    /// A bank's consent ends soon.
    RenewSoon {
        /// The bank.
        bank: String,
        /// When the consent ends.
        ends: DateTime<Utc>,
        /// Calendar days until then.
        days: u32,
    },
}

/// Everything on the overview but the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The owner's today.
    pub today: NaiveDate,
    /// Totals, the currency with the most accounts first.
    pub totals: Vec<CurrencyTotal>,
    /// Accounts by bank.
    pub banks: Vec<BankGroup>,
    /// In and out by currency, in the order of the totals.
    pub flow: Vec<CurrencyFlow>,
    /// The newest transactions, at most 10; at most 3 pending ones first.
    pub latest: Vec<TransactionRow>,
    /// The banner, at most one.
    pub notice: Option<Notice>,
    /// When the last sync that reached Everifin ended.
    pub synced: Option<DateTime<Utc>>,
}

/// How far back a chart goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum Range {
    /// One month.
    #[serde(rename = "1M")]
    Month,
    /// Three months.
    #[serde(rename = "3M")]
    Quarter,
    /// Six months.
    #[serde(rename = "6M")]
    Half,
    /// One year.
    #[serde(rename = "1Y")]
    Year,
    /// As far as every account is whole.
    #[serde(rename = "all")]
    All,
}

/// The end-of-day booked balance of one currency over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BalanceHistory {
    /// The currency.
    pub currency: Currency,
    /// One entry for each day, oldest first, without holes.
    pub days: Vec<DayBalance>,
    /// Why days have no balance, the earliest first; they may lie over each other.
    pub gaps: Vec<Gap>,
    /// Last known minus first known.
    pub change: Option<Money>,
}

/// A day of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayBalance {
    /// The day.
    pub day: NaiveDate,
    /// End-of-day balance; absent where it cannot be known.
    pub balance: Option<Money>,
}

/// Days on which the balance of an account is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its bank.
    pub bank: String,
    /// Why.
    pub cause: GapCause,
}

/// Why the balance of a day is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GapCause {
    /// The bank has delivered no whole history of these days.
    NoHistory,
    /// The account has not been read since.
    NotRead,
    /// The bank's balances and what is booked differ.
    Differs {
        /// What the balances have beyond what is booked.
        difference: Money,
    },
    /// The owner set rows aside.
    SetAside {
        /// What the balances have beyond what is booked.
        difference: Money,
    },
}

/// Whose balances are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalancesOf {
    /// One account's.
    Account(AccountId),
    /// Those of all accounts of a currency whose balance is known, added up.
    Currency(Currency),
}

/// End-of-day booked balances, and why some are not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyBalances {
    /// The currency.
    pub currency: Currency,
    /// One entry for each day, oldest first, without holes; none where no balance is known.
    pub days: Vec<DayBalance>,
    /// Why days have no balance, the earliest first; they may lie over each other.
    pub gaps: Vec<Gap>,
    /// From which day on every account's history is whole.
    pub whole_from: Option<NaiveDate>,
    /// When the account that was read longest ago was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// A bank on the Connections screen, and what the last syncs did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Connections {
    /// The banks, the one that needs the owner first.
    pub banks: Vec<BankGroup>,
    /// The newest lines of the sync log, newest first, at most 20.
    pub log: Vec<crate::sync::LogLine>,
}
