//! Transactions: derived rows, and what the owner wrote on them.

use super::accounts::{AccountId, Bank};
use super::rules::Rule;
use super::transfers::Transfer;
use crate::money::Money;
use crate::payments::PaymentId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Saldo's own id of a transaction; never Everifin's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct TransactionId(pub u32);

/// Money in or out, seen from the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Credited.
    In,
    /// Debited.
    Out,
}

/// What the bank says of a transaction. Only booked ones are part of the booked balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransactionStatus {
    /// Settled.
    Booked,
    /// Announced.
    Pending,
    /// Rejected by the bank; not money.
    Rejected,
    /// Cancelled; not money.
    Cancelled,
    /// A status Saldo does not know: shown, not counted.
    Unknown,
}

/// Why a row stands aside: it is kept and can come back, but no list, sum or balance has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Aside {
    /// It looks the same as another row, and the balances agree with one of them only.
    Duplicate,
    /// It and another row came under one id with different amounts, and only the other one counts.
    Disagrees,
    /// The bank lists it no more, and the balances agree without it.
    Vanished,
    /// The sync that brought it was undone.
    Undone,
    /// The owner removed it.
    Deleted,
}

/// The owner's category of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Category {
    /// Income from customers.
    Sales,
    /// Goods and materials.
    Materials,
    /// Services bought.
    Services,
    /// Wages and salaries.
    Wages,
    /// Taxes and levies.
    Taxes,
    /// Rent.
    Rent,
    /// Energy, water, telephone.
    Utilities,
    /// Cars and fuel.
    Vehicles,
    /// Office.
    Office,
    /// Marketing.
    Marketing,
    /// Bank fees.
    Fees,
    /// Between own accounts.
    Transfer,
    /// Anything else.
    Other,
}

/// Which transactions to show. An empty filter means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransactionFilter {
    /// Words that must all occur (folded: no case, no diacritics) in name, symbols, IBAN, message, note or amount.
    /// At most 200 characters.
    pub text: String,
    /// Only of these accounts; empty means all.
    pub accounts: Vec<AccountId>,
    /// First booking date, inclusive.
    pub from: Option<NaiveDate>,
    /// Last booking date, inclusive.
    pub to: Option<NaiveDate>,
    /// Only in or only out.
    pub direction: Option<Direction>,
}

/// A part of the list: the pending rows, or one month of booking dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Section {
    /// Rows that are announced only.
    Pending,
    /// Rows booked in that month; `first` is the first day of it.
    Month {
        /// First day of the month.
        first: NaiveDate,
    },
}

/// What a section of the list holds under the filter: enough to lay the list out before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SectionTotals {
    /// Which section.
    pub section: Section,
    /// How many rows it has.
    pub count: u32,
    /// The signed sum for each currency in it, of the rows that are money (booked, or pending in the pending section).
    pub sums: Vec<Money>,
}

/// A page of rows of one section, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransactionPage {
    /// The rows.
    pub rows: Vec<TransactionRow>,
    /// Pass this to get the next page of the section; absent at its end.
    pub next: Option<String>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransactionRow {
    /// Saldo's own id.
    pub id: TransactionId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The account's bank.
    pub bank: Bank,
    /// Booking date; for a pending row the value date or the day it was first seen.
    pub day: NaiveDate,
    /// What the bank says of it.
    pub status: TransactionStatus,
    /// Signed amount: negative when money leaves.
    pub amount: Money,
    /// The counterparty, or the bank's description where there is none.
    pub counterparty: String,
    /// Variable symbol.
    pub variable_symbol: Option<String>,
    /// Message for the payee.
    pub message: Option<String>,
    /// The owner's category, or that of a rule of hers.
    pub category: Option<Category>,
    /// Whether the owner wrote a note.
    pub has_note: bool,
    /// Booked balance after this row; only when the list shows one account and nothing but its dates is filtered.
    pub balance_after: Option<Money>,
}

/// Everything known of one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransactionDetail {
    /// The line of the list.
    pub row: TransactionRow,
    /// Counterparty's IBAN without spaces.
    pub counterparty_iban: Option<String>,
    /// Counterparty's domestic number.
    pub counterparty_number: Option<String>,
    /// Counterparty's bank, where it follows from the account number.
    pub counterparty_bank: Option<String>,
    /// Value date.
    pub value_date: Option<NaiveDate>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Reference, which excludes the symbols.
    pub reference: Option<String>,
    /// The bank's own description.
    pub description: Option<String>,
    /// Amount in the original currency, where it differs.
    pub original: Option<Money>,
    /// The owner's note.
    pub note: Option<String>,
    /// Fields as Everifin delivered them, name and text, in their order.
    pub raw: Vec<RawField>,
    /// When Saldo first saw it.
    pub first_seen: DateTime<Utc>,
    /// Why it is not counted; none where it is.
    pub aside: Option<Aside>,
    /// The rule that gives it its category; none where the owner did, or it has none.
    pub rule: Option<Rule>,
    /// The other row, where it is a transfer between own accounts.
    pub transfer: Option<Transfer>,
    /// The payment made with Saldo that it proves.
    pub payment: Option<PaymentId>,
}

/// One field of the raw payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RawField {
    /// Field name on the wire.
    pub name: String,
    /// Its text.
    pub value: String,
}

/// What the owner writes on a transaction; sacred, no sync touches it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Annotation {
    /// At most 2,000 characters; empty removes the note.
    pub note: String,
    /// The category; none removes it.
    pub category: Option<Category>,
}
