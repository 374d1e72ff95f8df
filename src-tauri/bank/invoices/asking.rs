//! Being paid: what the owner asks for, checked as it is typed, and the codes for it.

use super::found::SourceFormat;
use super::writing::{self, PaymentCode, PaymentWanted};
use crate::failure::{FailureKind, Result};
use crate::payments::form::Problems;
use crate::payments::{Field, FieldProblem};
use crate::settings::Language;
use crate::store::Store;
use crate::store::accounts::AccountId;
use crate::symbols::Kind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the owner asks to be paid, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestInput {
    /// The account to be paid to.
    pub account: AccountId,
    /// Her name, as the payer reads it.
    pub payee: String,
    /// Amount in the account's currency; empty lets the payer say it.
    pub amount: String,
    /// Variable symbol.
    pub variable_symbol: String,
    /// Specific symbol.
    pub specific_symbol: String,
    /// Constant symbol.
    pub constant_symbol: String,
    /// Message.
    pub message: String,
}

/// The codes for a request, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestCheck {
    /// One of each format that can carry it; none while there are problems.
    pub codes: Vec<PaymentCode>,
    /// In the order of the fields.
    pub problems: Vec<FieldProblem>,
}

/// Checks a request and writes its codes. `language` decides how a typed amount groups its digits. `NotFound` for an account that is not
/// there or has no IBAN.
pub fn ask(store: &Store, input: &RequestInput, language: Language, now: DateTime<Utc>) -> Result<RequestCheck> {
    let accounts = store.accounts(now)?;
    let account = accounts.into_iter().find(|account| account.id == input.account).ok_or(FailureKind::NotFound)?;
    let mut problems = Problems(Vec::new());
    let payee = problems.text(Field::Payee, &input.payee);
    let amount = Some(&input.amount).filter(|typed| !typed.trim().is_empty());
    let amount = amount.and_then(|typed| problems.amount(typed, Some(account.currency), language));
    let mut symbol = |field, kind, typed: &str| problems.symbol(field, kind, typed).unwrap_or_default();
    let wanted = PaymentWanted {
        account: account.iban.ok_or(FailureKind::NotFound)?,
        payee,
        currency: account.currency,
        amount,
        variable_symbol: symbol(Field::VariableSymbol, Kind::Variable, &input.variable_symbol),
        specific_symbol: symbol(Field::SpecificSymbol, Kind::Specific, &input.specific_symbol),
        constant_symbol: symbol(Field::ConstantSymbol, Kind::Constant, &input.constant_symbol),
        message: problems.text(Field::Message, &input.message),
    };
    let problems = problems.0;
    let codes = if problems.is_empty() { writing::all(&wanted) } else { Vec::new() };
    Ok(RequestCheck { codes, problems })
}

/// One of the codes as a PNG picture. `NotFound` where it cannot be written.
pub fn picture(
    store: &Store,
    input: &RequestInput,
    format: SourceFormat,
    language: Language,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let check = ask(store, input, language, now)?;
    let code = check.codes.iter().find(|code| code.format == format);
    code.and_then(PaymentCode::picture).ok_or_else(|| FailureKind::NotFound.into())
}
