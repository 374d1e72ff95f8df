//! The wire of account information (section 13): what an account and a transaction look like as JSON.

use crate::amount::Amount;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeZone};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt::Display;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountWire<'a> {
    pub(crate) id: u64,
    pub(crate) iban: Option<&'a str>,
    pub(crate) account_number: Option<&'a str>,
    pub(crate) currency: &'static str,
    pub(crate) name: &'a str,
    pub(crate) owner_name: &'a str,
    pub(crate) r#type: &'a str,
    pub(crate) bank: BankRef,
    pub(crate) status: &'static str,
    pub(crate) consent_valid_until: String,
    pub(crate) last_refreshed_at: String,
    pub(crate) history_from: NaiveDate,
    pub(crate) balances: Vec<BalanceWire>,
    pub(crate) credit_limit: Option<Amount>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BankRef {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bic: &'static str,
    pub(crate) country_code: &'static str,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BalanceWire {
    pub(crate) r#type: &'static str,
    pub(crate) amount: Amount,
    pub(crate) currency: &'static str,
    pub(crate) updated_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransactionWire<'a> {
    pub(crate) id: Number,
    pub(crate) bank_transaction_id: Option<String>,
    pub(crate) status: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) amount: Number,
    pub(crate) currency: &'static str,
    pub(crate) original_amount: Option<Amount>,
    pub(crate) original_currency: Option<&'a str>,
    pub(crate) exchange_rate: Option<Box<RawValue>>,
    pub(crate) booking_date: Option<NaiveDate>,
    pub(crate) value_date: NaiveDate,
    pub(crate) counterparty_name: Option<&'a str>,
    pub(crate) counterparty_iban: Option<&'a str>,
    pub(crate) counterparty_account_number: Option<String>,
    pub(crate) counterparty_bic: Option<&'a str>,
    pub(crate) variable_symbol: Option<&'a str>,
    pub(crate) constant_symbol: Option<&'a str>,
    pub(crate) specific_symbol: Option<&'a str>,
    pub(crate) reference: Option<&'a str>,
    pub(crate) payment_message: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) created_at: String,
    pub(crate) last_updated: String,
}

/// A number that may stand there as a text.
pub(crate) enum Number {
    Plain(String),
    Text(String),
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(digits) => RawValue::from_string(digits.clone()).ok().serialize(serializer),
            Self::Text(digits) => digits.serialize(serializer),
        }
    }
}

/// A moment as Everifin writes it.
pub(crate) fn stamp<Z: TimeZone>(moment: DateTime<Z>) -> String
where
    Z::Offset: Display,
{
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}
