//! The BankConnect API client: what Everifin says, as exact types. `wire.rs` alone knows paths and field names.

mod accounts;
#[cfg(test)]
pub(crate) mod by_hand;
mod call;
mod exact;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod inputs;
mod paging;
mod payments;
#[cfg(test)]
mod properties;
mod sealing;
#[cfg(test)]
mod tests;
mod transactions;
mod wire;

pub use inputs::{InputField, InputKind, InputOption, InputSet};
pub(crate) use sealing::MOST_SEALED;
#[cfg(test)]
pub(crate) use sealing::tests::PAIR as BANK_KEY;

use crate::auth::Session;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::money::{Currency, Money};
use crate::store::transactions::{Direction, TransactionStatus};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An id given by Everifin; a string or a number on the wire. Evidence, not identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RemoteId(pub String);

/// An account as Everifin lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteAccount {
    /// Everifin's id; may change after a new consent.
    pub id: RemoteId,
    /// IBAN, normalised; absent or unusable for some accounts.
    pub iban: Option<String>,
    /// Domestic number.
    pub number: Option<String>,
    /// Currency.
    pub currency: Currency,
    /// Name.
    pub name: String,
    /// `CURRENT`, `SAVINGS`, `CARD`, `LOAN` or another word, as on the wire.
    pub kind: String,
    /// Bank name, BIC and country.
    pub bank_name: String,
    /// BIC, where given.
    pub bank_bic: Option<String>,
    /// ISO 3166 alpha-2, empty when unknown.
    pub bank_country: String,
    /// Whether the bank's consent has ended (`CONSENT_EXPIRED`).
    pub consent_expired: bool,
    /// When the consent ends.
    pub consent_until: Option<DateTime<Utc>>,
    /// When Everifin last read the bank.
    pub refreshed: Option<DateTime<Utc>>,
    /// From which day Everifin has transactions.
    pub history_from: Option<NaiveDate>,
    /// Balances of types Saldo knows.
    pub balances: Vec<RemoteBalance>,
    /// The JSON as delivered.
    pub raw: String,
}

/// A balance as Everifin lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteBalance {
    /// Booked or available; other types stay in the raw payload.
    pub kind: BalanceKind,
    /// The amount in the balance's own currency.
    pub money: Money,
    /// When the bank stated it.
    pub at: DateTime<Utc>,
}

/// The two balances Saldo keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BalanceKind {
    /// Settled.
    Booked,
    /// What can be spent; may contain an overdraft.
    Available,
}

/// A transaction as Everifin lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteTransaction {
    /// Everifin's id.
    pub id: RemoteId,
    /// The bank's id, where given.
    pub bank_id: Option<String>,
    /// Status.
    pub status: TransactionStatus,
    /// Direction.
    pub direction: Direction,
    /// Amount, positive.
    pub amount: Money,
    /// Amount in the original currency.
    pub original: Option<Money>,
    /// Exchange rate as delivered.
    pub rate: Option<Decimal>,
    /// Booking date; absent while pending.
    pub booked: Option<NaiveDate>,
    /// Value date.
    pub value: Option<NaiveDate>,
    /// Counterparty's name.
    pub counterparty: Option<String>,
    /// Counterparty's IBAN.
    pub counterparty_iban: Option<String>,
    /// Counterparty's domestic number.
    pub counterparty_number: Option<String>,
    /// Counterparty's BIC.
    pub counterparty_bic: Option<String>,
    /// Variable symbol.
    pub variable_symbol: Option<String>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Reference.
    pub reference: Option<String>,
    /// Message.
    pub message: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// When Everifin first had it.
    pub created: DateTime<Utc>,
    /// When Everifin last changed it; the cursor of `updatedFrom`, to the millisecond.
    pub updated: DateTime<Utc>,
    /// The JSON object as delivered.
    pub raw: String,
}

/// Which transactions of an account to ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TransactionQuery {
    /// Only those changed at or after this moment.
    pub updated_from: Option<DateTime<Utc>>,
    /// Only those booked on or after this day.
    pub booked_from: Option<NaiveDate>,
    /// Only those booked on or before this day.
    pub booked_to: Option<NaiveDate>,
}

/// A payment as it is created. Validated before; strings within Everifin's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// What goes to whom.
    pub line: NewLine,
    /// Execution date; absent means today.
    pub pay_on: Option<NaiveDate>,
    /// Payer's IBAN.
    pub from_iban: String,
    /// Where the bank sends the browser back to.
    pub return_to: String,
    /// Our own id, for finding it again; does not deduplicate.
    pub external_id: String,
}

/// What a step brings: what the owner typed, or the query parameters with which the bank sent the browser back.
#[derive(Clone, Default)]
pub struct StepInputs {
    /// By the names that Everifin gave.
    pub values: BTreeMap<String, String>,
    /// Whether some of them are sealed ([`InputSet`]); what only the bank may read never stands here otherwise.
    pub sealed: bool,
}

/// Many payments as they are created together, for one approval. Validated before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBulk {
    /// What the bulk is called at the bank, at most 255 characters.
    pub name: String,
    /// Execution date of all; absent means today.
    pub pay_on: Option<NaiveDate>,
    /// Payer's IBAN.
    pub from_iban: String,
    /// Where the bank sends the browser back to.
    pub return_to: String,
    /// Our own id, for finding it again; does not deduplicate.
    pub external_id: String,
    /// The payments, all in one currency.
    pub lines: Vec<NewLine>,
}

/// What goes to whom: a single payment, or one of a bulk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// Amount, positive, written to the wire digit by digit.
    pub amount: Money,
    /// Payee's IBAN.
    pub iban: String,
    /// Payee's name.
    pub payee: String,
    /// Variable symbol.
    pub variable_symbol: Option<String>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Creditor reference; never beside symbols.
    pub reference: Option<String>,
    /// Message.
    pub message: Option<String>,
}

/// Everifin's two kinds of orders, which have calls and numbers of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// One payment.
    Single,
    /// Many payments with one approval.
    Bulk,
}

/// What Everifin wants next for a payment (PATCH), everifin-api.md 6.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteStep {
    /// Status word as on the wire, kept even when unknown.
    pub status: RemoteStatus,
    /// What to do next.
    pub next: NextStep,
}

/// The next act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// Open this address in the browser.
    Redirect(String),
    /// Ask again at once.
    Again,
    /// Ask again after a while: the owner confirms on her phone.
    Later,
    /// The owner must type something; none where what is asked cannot be read.
    Input(Option<InputSet>),
    /// Nothing that is known: where the payment stands is found out by reading.
    None,
}

/// A payment's status; open, because Everifin's table is not known in full (everifin-api.md 6.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemoteStatus {
    /// `CREATED`.
    Created,
    /// `PROCESSING`, `AUTHORIZING`, `CONFIRMED`.
    Processing,
    /// `FINISHED`, `PAID`, `BOOKED`.
    Finished,
    /// `PARTIALLY_PAID`.
    PartiallyPaid,
    /// `FAILED`, `REJECTED`.
    Failed,
    /// Any other word: not final.
    Other(String),
}

impl RemoteStatus {
    /// Whether nothing will change any more.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Finished | Self::PartiallyPaid | Self::Failed)
    }
}

/// A payment as `GET` shows it, single or bulk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePayment {
    /// Everifin's id.
    pub id: RemoteId,
    /// Status.
    pub status: RemoteStatus,
    /// Our own id, if given back.
    pub external_id: Option<String>,
    /// Amount; of a bulk the total.
    pub amount: Option<Money>,
    /// Payee's IBAN; a bulk has none.
    pub iban: Option<String>,
    /// The payments of a bulk that could be read, in Everifin's order.
    pub lines: Vec<RemoteLine>,
}

/// A payment of a bulk as `GET` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLine {
    /// Status.
    pub status: RemoteStatus,
    /// Amount.
    pub amount: Money,
    /// Payee's IBAN.
    pub iban: String,
    /// Variable symbol, if given back.
    pub variable_symbol: Option<String>,
}

/// A list as Everifin answered it, whole: what could be read, and what could not, so that one bad row costs only itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The rows that could be read, in Everifin's order.
    pub rows: Vec<T>,
    /// The rows that could not.
    pub unreadable: Vec<Unreadable>,
}

/// A row that could not be read; kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id, where at least that could be read.
    pub id: Option<RemoteId>,
    /// The JSON as delivered.
    pub raw: String,
}

/// Why a payment write did not succeed. The difference decides whether it may be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayFailure {
    /// Nothing has left this computer: it may be tried again.
    NotSent(Failure),
    /// Everifin said no: nothing was created or changed.
    Refused(Failure),
    /// It may or may not have reached Everifin: only reading can tell. Never send it again.
    Unknown,
}

/// The BankConnect client, in the name of a session. Cheap to clone.
#[derive(Clone)]
pub struct Everifin {
    session: Arc<Session>,
    clock: Clock,
}

/// What the owner typed is not for a log.
impl std::fmt::Debug for StepInputs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepInputs")
    }
}

impl Everifin {
    /// A client that asks in the name of the session, at the session's API address.
    pub fn new(session: Arc<Session>, clock: Clock) -> Self {
        Self { session, clock }
    }

    /// Whether the API is on this very computer (the demo, a test): only then may an approval page be there, too.
    pub fn on_loopback(&self) -> bool {
        self.session.way().is_ok_and(|(client, _)| crate::auth::is_loopback(client.api()))
    }
}
