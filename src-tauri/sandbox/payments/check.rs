//! Everything a payment has to satisfy before it is created (6.1 and 6.6 of the wire).

use super::book::{Item, NewPayment};
use crate::{api::reply::ApiError, iban};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{json, value::RawValue};
use std::{collections::BTreeMap, str::FromStr};
use url::Url;

const TITLE: &str = "Invalid body";

const ITEM_FIELDS: [&str; 10] = [
    "amount",
    "currency",
    "recipientIban",
    "recipientName",
    "recipientBankBic",
    "variableSymbol",
    "constantSymbol",
    "specificSymbol",
    "reference",
    "paymentMessage",
];
const SINGLE_FIELDS: [&str; 5] = ["paymentDate", "senderIban", "redirectUrl", "externalId", "priority"];
const BULK_FIELDS: [&str; 6] = ["name", "dueDate", "senderIban", "redirectUrl", "externalId", "payments"];

/// A JSON object whose values are not read yet: numbers keep their digits.
pub(crate) struct Object(BTreeMap<String, Box<RawValue>>);

impl Object {
    /// The body of a request.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, ApiError> {
        serde_json::from_slice(body).map(Self).map_err(|_| broken("object", "body"))
    }

    fn only(&self, known: &[&[&str]]) -> Result<(), ApiError> {
        match self.0.keys().find(|name| !known.iter().any(|part| part.contains(&name.as_str()))) {
            Some(name) => Err(broken("unknown", name)),
            None => Ok(()),
        }
    }

    /// A text; `null` and the empty text count as absent.
    fn text(&self, name: &str, most: usize) -> Result<Option<String>, ApiError> {
        let Some(raw) = self.0.get(name) else { return Ok(None) };
        let text: Option<String> = serde_json::from_str(raw.get()).map_err(|_| broken("string", name))?;
        match text.filter(|text| !text.is_empty()) {
            Some(text) if text.chars().count() > most => {
                Err(ApiError::rule(TITLE, "maxLength", name, json!({ "max": most })))
            }
            text => Ok(text),
        }
    }

    fn needed(&self, name: &str, most: usize) -> Result<String, ApiError> {
        self.text(name, most)?.ok_or_else(|| broken("required", name))
    }

    fn digits(&self, name: &str, most: usize) -> Result<Option<String>, ApiError> {
        match self.text(name, most)? {
            Some(text) if !text.bytes().all(|b| b.is_ascii_digit()) => Err(broken("numeric", name)),
            text => Ok(text),
        }
    }

    fn iban(&self, name: &str) -> Result<Option<String>, ApiError> {
        match self.text(name, 50)? {
            Some(text) if !iban::valid(&text) => Err(broken("iban", name)),
            text => Ok(text),
        }
    }

    fn moment(&self, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
        match self.text(name, 40)? {
            None => Ok(None),
            Some(text) => {
                let moment = DateTime::parse_from_rfc3339(&text).ok().map(|moment| moment.to_utc());
                let moment =
                    moment.or_else(|| Some(text.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?.and_utc()));
                moment.map(Some).ok_or_else(|| broken("date-time", name))
            }
        }
    }

    /// A JSON number (not a text) from 0.01 to 9999999999 with at most two decimals, in minor units.
    fn amount(&self) -> Result<i64, ApiError> {
        let raw = self.0.get("amount").ok_or_else(|| broken("required", "amount"))?.get();
        if !raw.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return Err(broken("number", "amount"));
        }
        let value = Decimal::from_str(raw)
            .or_else(|_| Decimal::from_scientific(raw))
            .map_err(|_| broken("number", "amount"))?;
        if value < Decimal::new(1, 2) || value > Decimal::from(9_999_999_999_i64) {
            return Err(ApiError::rule(TITLE, "range", "amount", json!({ "min": "0.01", "max": "9999999999" })));
        }
        let minor = value.checked_mul(Decimal::ONE_HUNDRED).filter(|minor| minor.fract().is_zero());
        minor.and_then(|minor| minor.trunc().try_into().ok()).ok_or_else(|| broken("decimals", "amount"))
    }

    /// Values of a processing request; the bank's query parameters are texts.
    pub(crate) fn into_texts(self) -> Result<BTreeMap<String, String>, ApiError> {
        self.0
            .into_iter()
            .map(|(name, raw)| match serde_json::from_str(raw.get()) {
                Ok(text) => Ok((name, text)),
                Err(_) => Err(broken("string", &name)),
            })
            .collect()
    }
}

fn broken(rule: &'static str, field: &str) -> ApiError {
    ApiError::rule(TITLE, rule, field, json!({}))
}

/// The body of `POST /v1/payments/single`.
pub(crate) fn single(body: &[u8]) -> Result<NewPayment, ApiError> {
    let object = Object::parse(body)?;
    object.only(&[&ITEM_FIELDS, &SINGLE_FIELDS])?;
    Ok(NewPayment {
        name: None,
        date: object.moment("paymentDate")?,
        sender_iban: object.iban("senderIban")?,
        redirect_url: redirect_url(&object)?,
        external_id: object.text("externalId", 255)?,
        items: vec![item(&object)?],
    })
}

/// The body of `POST /v1/payments/bulk`.
pub(crate) fn bulk(body: &[u8]) -> Result<NewPayment, ApiError> {
    let object = Object::parse(body)?;
    object.only(&[&BULK_FIELDS])?;
    let raw = object.0.get("payments").ok_or_else(|| broken("required", "payments"))?;
    let list: Vec<BTreeMap<String, Box<RawValue>>> =
        serde_json::from_str(raw.get()).map_err(|_| broken("array", "payments"))?;
    let mut items = Vec::with_capacity(list.len());
    for entry in list.into_iter().map(Object) {
        entry.only(&[&ITEM_FIELDS])?;
        let item = item(&entry)?;
        if item.recipient_name.is_none() {
            return Err(broken("required", "recipientName"));
        }
        items.push(item);
    }
    let Some(first) = items.first() else { return Err(broken("minItems", "payments")) };
    if items.iter().any(|item| item.currency != first.currency) {
        return Err(ApiError::input("All payments in bulk must be using same currency"));
    }
    Ok(NewPayment {
        name: Some(object.needed("name", 255)?),
        date: object.moment("dueDate")?,
        sender_iban: Some(object.iban("senderIban")?.ok_or_else(|| broken("required", "senderIban"))?),
        redirect_url: redirect_url(&object)?,
        external_id: object.text("externalId", 255)?,
        items,
    })
}

fn item(object: &Object) -> Result<Item, ApiError> {
    let currency = object.needed("currency", 3)?;
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(broken("currency", "currency"));
    }
    let item = Item {
        amount: object.amount()?,
        currency,
        recipient_iban: object.iban("recipientIban")?.ok_or_else(|| broken("required", "recipientIban"))?,
        recipient_name: object.text("recipientName", 140)?,
        recipient_bic: object.text("recipientBankBic", 11)?,
        variable: object.digits("variableSymbol", 10)?,
        constant: object.digits("constantSymbol", 4)?,
        specific: object.digits("specificSymbol", 10)?,
        reference: object.text("reference", 35)?,
        message: object.text("paymentMessage", 140)?,
        accepted: None,
    };
    if let Some(bic) = &item.recipient_bic
        && !(matches!(bic.len(), 8 | 11)
            && bic.bytes().all(|b| b.is_ascii_alphanumeric())
            && bic.bytes().take(6).all(|b| b.is_ascii_alphabetic()))
    {
        return Err(broken("bic", "recipientBankBic"));
    }
    if let Some(reference) = &item.reference {
        if !reference.chars().all(|c| c.is_ascii_alphanumeric() || "/?:().".contains(c)) {
            return Err(broken("pattern", "reference"));
        }
        if item.variable.is_some() || item.constant.is_some() || item.specific.is_some() {
            return Err(ApiError::rule(
                TITLE,
                "excluded",
                "reference",
                json!({ "with": ["variableSymbol", "constantSymbol", "specificSymbol"] }),
            ));
        }
    }
    Ok(item)
}

/// "It must be string satisfying URL rules. E.g. hostname must contain at least one dot."
fn redirect_url(object: &Object) -> Result<String, ApiError> {
    let text = object.needed("redirectUrl", 5000)?;
    let good =
        Url::parse(&text).is_ok_and(|url| url.host_str().is_some_and(|host| host.trim_matches('.').contains('.')));
    if good { Ok(text) } else { Err(broken("url", "redirectUrl")) }
}
