//! What must hold for whatever the API answers: for the fuzzers, and for the tests that repeat their corpus.

use super::exact::decimal;
use super::{NextStep, RemoteId, RemoteStatus, accounts, call, payments, transactions};
use crate::auth::Answer;
use crate::money::Money;
use reqwest::StatusCode;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// A whole answer with its envelope, as a list of accounts and as one of transactions.
pub fn wire_envelope(data: &[u8]) {
    let answer = Answer::new(StatusCode::OK, data.to_vec(), None);
    let Ok((data, _)) = call::unwrap(&answer) else { return };
    assert!(serde_json::from_str::<IgnoredAny>(data.get()).is_ok());
    let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(data.get()) else { return };
    for row in rows {
        wire_accounts(row.get().as_bytes());
        wire_transactions(row.get().as_bytes());
        call::unreadable(row.get());
    }
}

/// One row of the list of accounts.
pub fn wire_accounts(data: &[u8]) {
    let Ok(raw) = std::str::from_utf8(data) else { return };
    let Some(account) = accounts::read(raw) else { return };
    usable(&account.id);
    assert_eq!(account.raw, raw);
    assert!(account.balances.iter().all(|balance| storable(&balance.money)));
    assert!(account.bank_country.is_empty() || account.bank_country.len() == 2);
}

/// One row of the list of transactions.
pub fn wire_transactions(data: &[u8]) {
    let Ok(raw) = std::str::from_utf8(data) else { return };
    let Some(row) = transactions::read(raw) else { return };
    usable(&row.id);
    assert_eq!(row.raw, raw);
    assert!(storable(&row.amount) && !row.amount.amount.is_sign_negative());
    assert!(row.original.is_none_or(|original| storable(&original)));
}

/// One payment as it is read back, and as a step.
pub fn wire_payments(data: &[u8]) {
    let Ok(raw) = std::str::from_utf8(data) else { return };
    if let Some(payment) = payments::read(raw) {
        usable(&payment.id);
        assert!(payment.amount.is_none_or(|amount| storable(&amount)));
    }
    if let Some(step) = payments::step(raw) {
        let over = matches!(step.status, RemoteStatus::Finished | RemoteStatus::Failed | RemoteStatus::PartiallyPaid);
        assert!(!over || step.next == NextStep::None, "what is over has no next step");
    }
}

/// A number off the wire: what is read has the digits that were written.
pub fn wire_number(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(number) = decimal(text) {
        assert_eq!(digits(text), digits(&number.to_string()), "{text}");
    }
}

/// Sign, digits without zeros at either end, and the power of ten of the last digit; in text alone, without arithmetic on the
/// number itself.
fn digits(text: &str) -> (bool, String, i64) {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (negative, number) = (number.starts_with('-'), number.trim_start_matches('-'));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_end_matches('0');
    let dropped = i64::try_from(all.len() - significant.len()).unwrap_or_default();
    let scale = i64::try_from(fraction.len()).unwrap_or_default();
    let power = exponent.parse::<i64>().unwrap_or_default() - scale + dropped;
    let significant = significant.trim_start_matches('0').to_owned();
    let nothing = significant.is_empty();
    (negative && !nothing, significant, if nothing { 0 } else { power })
}

/// An id becomes one segment of a path.
fn usable(id: &RemoteId) {
    let id = &id.0;
    assert!((1..=255).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(id != "." && id != "..");
}

fn storable(money: &Money) -> bool {
    money.minor().is_ok_and(|minor| Money::from_minor(minor, money.currency).amount == money.amount)
}
