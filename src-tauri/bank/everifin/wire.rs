//! The wire: every path, header, parameter and field name of the BankConnect API, and nothing else.
//!
//! Marks: *documented* in Everifin's wiki; *inferred* where Everifin's reference is not at hand (accounts, transactions, lists).
//! On the day it is known, this is the file to change.

use super::exact::{Day, Id, Moment, Number, Text};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Version prefix under the API base. Documented.
pub(super) const VERSION: &str = "v1";
/// `GET /v1/bank-accounts`. Inferred.
pub(super) const ACCOUNTS: &str = "bank-accounts";
/// `GET /v1/bank-accounts/{id}/transactions`. Inferred.
pub(super) const TRANSACTIONS: &str = "transactions";
/// `POST /v1/bank-accounts/refresh`: that there is such a call is documented, its path is inferred.
pub(super) const REFRESH: &str = "refresh";
/// `POST /v1/payments/single`, `PATCH` and `GET /v1/payments/single/{id}`: documented; the list is inferred.
pub(super) const PAYMENTS: [&str; 2] = ["payments", "single"];
/// The same for bulk payments. Documented, and that there is a list.
pub(super) const BULKS: [&str; 2] = ["payments", "bulk"];

/// The owner's IP address, in every request. Documented.
pub(super) const CLIENT_IP: &str = "client-ip-address";
/// The same while a payment is processed. Documented.
pub(super) const SENDER_IP: &str = "x-ef-sender-ip";
/// How the answers to a step are sealed. Documented.
pub(super) const SEALED_BY: &str = "x-user-data-encryption-method";
/// The owner's program while a payment is processed. Documented.
pub(super) const SENDER_AGENT: &str = "x-ef-sender-user-agent";

/// Changed at or after. Documented.
pub(super) const UPDATED_FROM: &str = "updatedFrom";
/// Booked on or after. Documented.
pub(super) const BOOKED_FROM: &str = "bookingDateFrom";
/// Booked on or before. Inferred.
pub(super) const BOOKED_TO: &str = "bookingDateTo";
/// Number of the page, from 1. Inferred from Everifin's other API, as are the rest of the paging names.
pub(super) const PAGE: &str = "page";
/// Rows on a page. Inferred.
pub(super) const PER_PAGE: &str = "countPerPage";
/// How many rows are asked for at once.
pub(super) const ROWS: usize = 200;

/// The field with the address to which a bank sends the browser back. Documented.
pub(super) const RETURN_ADDRESS: &str = "redirectUrl";
/// Error code of a thing that does not exist, unlike an address that does not. Documented.
pub(super) const DATA_NOT_FOUND: &str = "DATA_NOT_FOUND";

/// What every answer is wrapped in. `meta` may be absent. Documented.
#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub(super) meta: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) data: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) errors: Option<&'a RawValue>,
}

/// One of `errors`. Documented.
#[derive(Deserialize)]
pub(super) struct ErrorItem<'a> {
    pub(super) code: String,
    /// An object, or a text (everifin-api.md 5.5).
    #[serde(borrow)]
    pub(super) detail: Option<&'a RawValue>,
}

/// What a validation error is about. Documented.
#[derive(Deserialize)]
pub(super) struct ErrorDetail {
    pub(super) field: String,
}

/// Inferred.
#[derive(Deserialize)]
pub(super) struct Meta {
    pub(super) pagination: Option<Pagination>,
}

/// Inferred. `nextPageUrl` and its like are not read: Saldo goes nowhere because an answer says so.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pagination {
    pub(super) count_total: Option<usize>,
    pub(super) last: usize,
}

/// Only the id, for rows that cannot be read as a whole.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: Id,
}

/// Inferred.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account<'a> {
    pub(super) id: Id,
    pub(super) iban: Option<Text>,
    pub(super) account_number: Option<Text>,
    pub(super) currency: Text,
    pub(super) name: Option<Text>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Text>,
    pub(super) bank: Option<Bank>,
    pub(super) status: Option<Text>,
    pub(super) consent_valid_until: Option<Moment>,
    pub(super) last_refreshed_at: Option<Moment>,
    pub(super) history_from: Option<Day>,
    #[serde(borrow)]
    pub(super) balances: Option<Vec<Balance<'a>>>,
}

/// Status of an account whose bank must be asked again. Inferred.
pub(super) const CONSENT_EXPIRED: &str = "CONSENT_EXPIRED";

/// Inferred.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bank {
    pub(super) name: Option<Text>,
    pub(super) bic: Option<Text>,
    pub(super) country_code: Option<Text>,
}

/// Inferred.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Balance<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Text,
    /// Read only where the type is known, as are the other two.
    #[serde(borrow)]
    pub(super) amount: &'a RawValue,
    #[serde(borrow)]
    pub(super) currency: &'a RawValue,
    #[serde(borrow)]
    pub(super) updated_at: Option<&'a RawValue>,
}

/// `id`, `lastUpdated` and `createdAt` are documented, the rest is inferred from the fields of payments.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction<'a> {
    pub(super) id: Id,
    pub(super) bank_transaction_id: Option<Text>,
    pub(super) status: Text,
    pub(super) direction: Text,
    pub(super) amount: Number,
    pub(super) currency: Text,
    #[serde(borrow)]
    pub(super) original_amount: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) original_currency: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) exchange_rate: Option<&'a RawValue>,
    pub(super) booking_date: Option<Day>,
    pub(super) value_date: Option<Day>,
    pub(super) counterparty_name: Option<Text>,
    pub(super) counterparty_iban: Option<Text>,
    pub(super) counterparty_account_number: Option<Text>,
    pub(super) counterparty_bic: Option<Text>,
    pub(super) variable_symbol: Option<Text>,
    pub(super) constant_symbol: Option<Text>,
    pub(super) specific_symbol: Option<Text>,
    pub(super) reference: Option<Text>,
    pub(super) payment_message: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) created_at: Moment,
    pub(super) last_updated: Moment,
}

/// Body of a new single payment. Documented; `externalId` inferred from bulk payments.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewPayment<'a> {
    #[serde(flatten)]
    pub(super) line: NewLine<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payment_date: Option<String>,
    pub(super) sender_iban: &'a str,
    pub(super) redirect_url: &'a str,
    pub(super) external_id: &'a str,
}

/// Body of a new bulk payment. Documented.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewBulk<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due_date: Option<String>,
    pub(super) sender_iban: &'a str,
    pub(super) redirect_url: &'a str,
    pub(super) external_id: &'a str,
    pub(super) payments: Vec<NewLine<'a>>,
}

/// What a single payment and one of a bulk have in common. Documented.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewLine<'a> {
    /// A JSON number, written digit by digit.
    pub(super) amount: Box<RawValue>,
    pub(super) currency: String,
    pub(super) recipient_iban: &'a str,
    pub(super) recipient_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) variable_symbol: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) constant_symbol: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) specific_symbol: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payment_message: Option<&'a str>,
}

/// Answer of the process call. Documented; so are the words of `type` and most of `status`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step<'a> {
    pub(super) status: Text,
    #[serde(rename = "type")]
    pub(super) kind: Option<Text>,
    pub(super) redirect_url: Option<Text>,
    #[serde(borrow)]
    pub(super) input_set: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) input: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) inputs_to_encrypt: Option<&'a RawValue>,
    /// Shape not documented.
    #[serde(borrow)]
    pub(super) input_encryption_config: Option<&'a RawValue>,
}

/// One thing that a step asks for. Documented, but for `inputMessage` and `description`, which Everifin's other API has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input<'a> {
    pub(super) name: Text,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) label: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) description: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) input_message: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) select_options: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) image: Option<&'a RawValue>,
}

/// One of `selectOptions`. The names are inferred.
#[derive(Deserialize)]
pub(super) struct SelectOption<'a> {
    #[serde(alias = "id", alias = "key", alias = "code")]
    pub(super) value: Option<Text>,
    #[serde(borrow, alias = "name", alias = "text", alias = "description")]
    pub(super) label: Option<&'a RawValue>,
}

/// A payment as it is read back, single or bulk. Documented, but for `externalId`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment<'a> {
    pub(super) id: Id,
    pub(super) status: Text,
    pub(super) external_id: Option<Text>,
    #[serde(borrow)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) currency: Option<&'a RawValue>,
    pub(super) recipient_iban: Option<Text>,
    #[serde(borrow)]
    pub(super) total_amount: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) payments: Option<&'a RawValue>,
}

/// A payment of a bulk as it is read back. Documented.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line<'a> {
    pub(super) status: Text,
    #[serde(borrow)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) currency: Option<&'a RawValue>,
    pub(super) recipient_iban: Option<Text>,
    pub(super) variable_symbol: Option<Text>,
}
