//! Paying: a state machine in the database, each step written before its side effect.
//!
//! `drafts` keeps and checks what is typed (`form`, `warnings`) and makes the review sheet (`sheet`); `hand_over` sends a payment
//! once; `bulk` is many payments with one signature, `orders` makes drafts of a file's; `follow` takes it on through the bank, `answer` says what the bank asks for;
//! `reconcile` finds out by reading. `state` says what may follow what, and `journal` is the only place that writes it. `templates`
//! remembers payments to be made again, and `due` says what is to be paid when.

mod address;
mod answer;
mod bulk;
mod drafts;
mod due;
mod follow;
pub(crate) mod form;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod hand_over;
mod journal;
mod list;
mod orders;
mod pain001;
mod reconcile;
mod record;
mod release;
mod return_link;
mod return_way;
mod rules;
mod schedule;
mod sheet;
mod state;
mod templates;
mod warnings;

#[cfg(test)]
mod tests;

pub use address::ApprovalAddress;
pub use answer::{Asked, Typed, answer};
pub use bulk::{BulkOffer, BulkReview, bulk_offer, make_bulk, review_bulk};
pub use drafts::{check_draft, delete_draft, draft, review, save_draft};
pub use due::{DueDay, DueWhen, due_payments};
pub use follow::{approve, pasted, returned};
pub use hand_over::{HandedOver, Next, Tickets, hand_over};
pub use list::{payment, payments};
pub use orders::{
    OrderAnswers, OrderLine, OrderSheet, OrderSum, OrdersLook, look_at_orders, prepare_orders, sum_of_orders,
};
pub use pain001::{OrderFormat, order_file};
pub use reconcile::{Reconciled, Scope, check, reconcile, recover};
pub use record::record;
pub use release::{NewRule, ReleaseRule, change_release_rule, release, release_rule};
pub use return_link::is_payment_return;
pub use return_way::{ReturnPort, ReturnTo, ReturnWay, WayBack, WaySeen, ways_back};
pub use rules::{ClosedDay, PayingRule, closed_days, keep_closing, keep_lowest, paying_rules};
pub use templates::{
    Every, Rhythm, Template, TemplateId, TemplateInput, prepare_due, remove_template, save_template, templates,
    use_template,
};

use crate::iban::AccountCheck;
use crate::money::{AmountProblem, Currency, Money};
use crate::store::accounts::{AccountId, Bank};
use crate::store::transactions::TransactionId;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Saldo's own id of a payment, from draft to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct PaymentId(pub u32);

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PaymentState {
    /// Being written.
    Draft,
    /// Confirmed by the owner, not sent.
    Confirmed,
    /// A request to create it is on its way; its outcome is not known yet.
    Sending,
    /// Everifin has created it.
    Created,
    /// The bank waits for the owner's approval.
    AwaitingBank,
    /// The bank processes it.
    Processing,
    /// Accepted by the bank: the only state that is called done.
    Finished,
    /// Rejected; no money moved.
    Failed,
    /// Some payments of a bulk were accepted.
    PartiallyPaid,
    /// It may or may not have been sent; found out by reading, never by sending again.
    Unknown,
    /// The owner withdrew it before the bank had it.
    Cancelled,
}

/// What the owner types, kept as typed. Limits are checked in Rust.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DraftInput {
    /// The account to pay from.
    pub from: Option<AccountId>,
    /// Payee's name, at most 140 characters.
    pub payee: String,
    /// IBAN or domestic number, as typed.
    pub account: String,
    /// Amount, as typed.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Execution date; absent means today.
    pub pay_on: Option<NaiveDate>,
    /// Variable symbol, at most 10 digits; or a creditor reference of ISO 11649 (`RF18 5390 0754 7034`), which excludes all symbols.
    pub variable_symbol: String,
    /// Specific symbol, at most 10 digits.
    pub specific_symbol: String,
    /// Constant symbol, at most 4 digits.
    pub constant_symbol: String,
    /// Message for the payee, at most 140 characters.
    pub message: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// The account to pay from.
    From,
    /// Payee's name.
    Payee,
    /// Payee's account.
    Account,
    /// Amount.
    Amount,
    /// Execution date.
    PayOn,
    /// Variable symbol.
    VariableSymbol,
    /// Specific symbol.
    SpecificSymbol,
    /// Constant symbol.
    ConstantSymbol,
    /// Message.
    Message,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Problem {
    /// Nothing typed where something is needed. Shown only on review.
    Missing,
    /// More characters than the field may have.
    TooLong,
    /// Only digits may stand here.
    NotDigits,
    /// Not an amount.
    NotAnAmount,
    /// It could be read in two ways (`1,234` and the like outside the language's own grouping).
    Ambiguous,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Zero or negative.
    NotPositive,
    /// Above Everifin's limit of 9,999,999,999.
    TooLarge,
    /// Characters that a payment cannot carry (control characters, reversed writing).
    Characters,
    /// The account number is wrong; see its check.
    AccountWrong,
    /// The account number is not finished; shown only on review.
    AccountUnfinished,
    /// The account to pay from cannot pay, or is of another currency.
    CannotPayFrom,
    /// A day in the past, or more than a year ahead.
    Day,
    /// It begins like a creditor reference (ISO 11649) and is none: a digit is wrong.
    ReferenceWrong,
    /// A symbol beside a creditor reference: a payment carries one or the other.
    BesideReference,
    /// A text that is no day. Only files have those.
    NotADay,
    /// The payer's bank is known to refuse this constant symbol.
    RefusedByBank,
}

impl From<AmountProblem> for Problem {
    fn from(problem: AmountProblem) -> Self {
        match problem {
            AmountProblem::Empty => Self::Missing,
            AmountProblem::NotAnAmount => Self::NotAnAmount,
            AmountProblem::Ambiguous => Self::Ambiguous,
            AmountProblem::TooManyDecimals => Self::TooManyDecimals,
            AmountProblem::NotPositive => Self::NotPositive,
            AmountProblem::TooLarge => Self::TooLarge,
        }
    }
}

/// A problem at a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

/// Something the owner must read before paying; never blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Warning {
    /// The first payment to this account.
    FirstPayment,
    /// This payee was last paid to another account.
    OtherAccount {
        /// The IBAN last used, without spaces.
        last_iban: String,
        /// When.
        last: NaiveDate,
    },
    /// The same account was paid the same amount within 45 days.
    LikelyDuplicate {
        /// When.
        day: NaiveDate,
        /// How much.
        amount: Money,
    },
    /// A payment to the same account and amount has an unknown outcome.
    EarlierUnknown,
    /// More than the account has.
    NotCovered {
        /// What would remain.
        after: Money,
    },
    /// Less would remain than the owner wants to keep on the account.
    UnderLowest {
        /// What would remain.
        after: Money,
        /// The least that is to remain.
        lowest: Money,
    },
    /// The payee's bank is in another country than the payer's.
    OtherCountry {
        /// ISO 3166 alpha-2.
        country: String,
    },
    /// The IBAN holds, its national check digits do not.
    NationalCheck,
    /// An invoice of this variable symbol was paid to this account before.
    SymbolPaid {
        /// When, the last time.
        day: NaiveDate,
        /// How much, the last time.
        amount: Money,
    },
    /// Far more than was paid to this account before.
    UnusualAmount {
        /// The most that was paid to it in this currency.
        most: Money,
    },
    /// The first payment to this account, and more than any payment of the last twelve months.
    LargestOfAll {
        /// The most that was paid in this currency in that time, to anybody.
        most: Money,
    },
    /// Euro to a country that the euro payment scheme does not reach.
    OutsideSepa {
        /// ISO 3166 alpha-2.
        country: String,
    },
    /// A currency that is not the one of the payee's country: the bank may change it, or refuse.
    ForeignCurrency {
        /// The currency to be paid.
        currency: Currency,
        /// The payee's country, ISO 3166 alpha-2.
        country: String,
    },
}

/// When a payment leaves the payer's bank, by the calendars of the banks ([`crate::calendar`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Leaving {
    /// The day.
    pub day: NaiveDate,
    /// Whether the day that was wanted is none on which this currency leaves that bank.
    pub moved: bool,
    /// Whether it is today, so that it may be too late where the time at which the bank closes is not known.
    pub today: bool,
    /// Whether it was to leave today and the bank has closed for today.
    pub late: bool,
    /// Until when payments leave on the same day, in Central European time, where the owner has said so.
    pub closes: Option<NaiveTime>,
}

/// How the payee will probably read the texts: euro payments are carried in basic Latin letters ([`crate::sepa`]). What is sent
/// is what was typed, because banks may keep more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlainTexts {
    /// The payee's name, where it comes out otherwise than typed; cut where the scheme cuts it.
    pub payee: Option<String>,
    /// The message, where it comes out otherwise than typed.
    pub message: Option<String>,
}

/// What Rust says of a form, on each change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftCheck {
    /// The payee's account.
    pub account: AccountCheck,
    /// The amount as read, where it can be.
    pub amount: Option<Money>,
    /// Problems, in the order of the fields.
    pub problems: Vec<FieldProblem>,
    /// Warnings.
    pub warnings: Vec<Warning>,
    /// Booked or available balance of the payer's account now.
    pub balance_now: Option<Money>,
    /// And after this payment.
    pub balance_after: Option<Money>,
    /// How often this payee's account was paid before.
    pub paid_times: u32,
    /// When it would leave; absent without an account to pay from, or where the day is wrong.
    pub leaving: Option<Leaving>,
    /// How the payee will probably read the texts.
    pub carried: PlainTexts,
}

/// A saved draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Its id.
    pub id: PaymentId,
    /// As typed.
    pub input: DraftInput,
    /// What Rust says of it.
    pub check: DraftCheck,
}

/// The review sheet, made from the stored draft. Handing over needs its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// The payment.
    pub id: PaymentId,
    /// Binds the confirmation to exactly this content: SHA-256, hex.
    pub hash: String,
    /// Amount.
    pub amount: Money,
    /// Payer's account name.
    pub from_name: String,
    /// Payer's IBAN, without spaces.
    pub from_iban: String,
    /// Payer's bank, which will ask for the approval.
    pub bank: Bank,
    /// Payee's name.
    pub payee: String,
    /// Payee's IBAN, without spaces.
    pub iban: String,
    /// Payee's country, ISO 3166 alpha-2.
    pub country: String,
    /// Payee's bank, where known.
    pub payee_bank: Option<String>,
    /// Execution date.
    pub pay_on: NaiveDate,
    /// When it leaves the payer's bank.
    pub leaving: Leaving,
    /// Variable symbol.
    pub variable_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Creditor reference (ISO 11649), without spaces; excludes the symbols.
    pub reference: Option<String>,
    /// Message.
    pub message: Option<String>,
    /// How the payee will probably read the texts.
    pub carried: PlainTexts,
    /// Balance after this payment.
    pub balance_after: Option<Money>,
    /// Warnings.
    pub warnings: Vec<Warning>,
    /// Whether the second passphrase has to release it first.
    pub needs_release: bool,
}

/// A line of the list of payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaymentLine {
    /// Its id.
    pub id: PaymentId,
    /// Where it stands.
    pub state: PaymentState,
    /// Payee's name, as typed.
    pub payee: String,
    /// Amount; absent for a draft without one. Of a bulk what its payments amount to.
    pub amount: Option<Money>,
    /// How many payments a bulk holds; absent for a single payment.
    pub count: Option<u32>,
    /// Execution date; for a draft without one, today.
    pub pay_on: NaiveDate,
    /// Payer's account name.
    pub from_name: Option<String>,
    /// Payer's bank.
    pub bank: Option<Bank>,
    /// When it last changed.
    pub changed: DateTime<Utc>,
    /// The day of the standing payment that it was prepared for.
    pub standing: Option<NaiveDate>,
    /// For a draft whose day has passed, that day: the one that was chosen, or the one of the standing payment.
    pub missed: Option<NaiveDate>,
}

/// One step in a payment's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelineStep {
    /// The state reached.
    pub state: PaymentState,
    /// When.
    pub at: DateTime<Utc>,
}

/// Everything about one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaymentDetail {
    /// The line.
    pub line: PaymentLine,
    /// Payee's IBAN, where valid.
    pub iban: Option<String>,
    /// As typed.
    pub input: DraftInput,
    /// Steps, oldest first.
    pub timeline: Vec<TimelineStep>,
    /// When Saldo last asked the bank.
    pub checked: Option<DateTime<Utc>>,
    /// How often.
    pub checks: u32,
    /// When Saldo asks next by itself, for states that are not final.
    pub next_check: Option<DateTime<Utc>>,
    /// Whether the bank's approval page can be opened again.
    pub can_approve: bool,
    /// What the bank asks the owner to type here.
    pub asked: Option<Asked>,
    /// The booked transaction that proves it, once there is one.
    pub proof: Option<TransactionId>,
    /// The payments in a bulk, each with its own state.
    pub lines: Vec<PaymentLine>,
    /// The bulk with which it is paid.
    pub bulk: Option<PaymentId>,
}
