//! Payments, single and bulk: created, processed step by step, read back.

use super::accounts::{currency, money, words};
use super::call::{own_address, unwrap};
use super::exact::{Number, Text, lenient};
use super::{
    Everifin, Listing, NewBulk, NewLine, NewPayment, NextStep, OrderKind, PayFailure, RemoteId, RemoteLine,
    RemotePayment, RemoteStatus, RemoteStep, StepInputs, inputs, sealing, wire,
};
use crate::auth::user_agent;
use crate::failure::{Failure, FailureKind, Result};
use crate::money::Money;
use chrono::NaiveDate;
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::value::RawValue;

/// Everifin's bounds of an amount (everifin-api.md 6.1).
const SMALLEST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
const LARGEST: Decimal = Decimal::from_parts(1_410_065_407, 2, 0, false, 0);

impl Everifin {
    /// Creates a payment; its id. Sent at most once.
    pub async fn create_payment(&self, payment: &NewPayment) -> Result<RemoteId, PayFailure> {
        self.create(OrderKind::Single, body(payment)).await
    }

    /// Creates many payments for one approval; the id of the bulk. Sent at most once.
    pub async fn create_bulk(&self, bulk: &NewBulk) -> Result<RemoteId, PayFailure> {
        self.create(OrderKind::Bulk, bulk_body(bulk)).await
    }

    async fn create(&self, kind: OrderKind, body: Result<String>) -> Result<RemoteId, PayFailure> {
        let body = body.map_err(PayFailure::NotSent)?;
        let url = self.url(path(kind)).map_err(PayFailure::NotSent)?;
        let answer = self.write(Method::POST, url, body, &[]).await?;
        // It may well have been created when its answer cannot be read.
        let (data, _) = unwrap(&answer).map_err(|_| PayFailure::Unknown)?;
        let named: wire::Named = serde_json::from_str(data.get()).map_err(|_| PayFailure::Unknown)?;
        Ok(RemoteId(named.id.0))
    }

    /// Takes the payment one step on. Sent at most once.
    pub async fn process_payment(
        &self,
        kind: OrderKind,
        id: &RemoteId,
        inputs: &StepInputs,
    ) -> Result<RemoteStep, PayFailure> {
        let unreadable = |_| PayFailure::NotSent(FailureKind::AnswerUnreadable.into());
        let body = serde_json::to_string(&inputs.values).map_err(unreadable)?;
        let url = self.url(path(kind).into_iter().chain([id.0.as_str()])).map_err(PayFailure::NotSent)?;
        let mut headers = vec![(wire::SENDER_IP, own_address(&url).to_string()), (wire::SENDER_AGENT, user_agent())];
        if inputs.sealed {
            headers.push((wire::SEALED_BY, sealing::METHOD.to_owned()));
        }
        let answer = self.write(Method::PATCH, url, body, &headers).await?;
        let (data, _) = unwrap(&answer).map_err(|_| PayFailure::Unknown)?;
        step(data.get()).ok_or(PayFailure::Unknown)
    }

    /// One payment as it stands.
    pub async fn payment(&self, kind: OrderKind, id: &RemoteId) -> Result<RemotePayment> {
        let url = self.url(path(kind).into_iter().chain([id.0.as_str()]))?;
        let answer = self.get(url).await.map_err(of_payments)?;
        let (data, _) = unwrap(&answer)?;
        read(data.get()).ok_or_else(|| FailureKind::AnswerUnreadable.into())
    }

    /// All payments of a kind.
    pub async fn payments(&self, kind: OrderKind) -> Result<Listing<RemotePayment>> {
        self.list(&self.url(path(kind))?, read, |payment| &payment.id).await.map_err(of_payments)
    }
}

fn path(kind: OrderKind) -> [&'static str; 2] {
    match kind {
        OrderKind::Single => wire::PAYMENTS,
        OrderKind::Bulk => wire::BULKS,
    }
}

fn of_payments(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::AccessDenied => FailureKind::PaymentsNotAllowed.into(),
        _ => failure,
    }
}

fn body(payment: &NewPayment) -> Result<String> {
    let body = wire::NewPayment {
        line: line_body(&payment.line)?,
        payment_date: payment.pay_on.map(midnight),
        sender_iban: &payment.from_iban,
        redirect_url: &payment.return_to,
        external_id: &payment.external_id,
    };
    serde_json::to_string(&body).map_err(|_| FailureKind::DraftInvalid.into())
}

fn bulk_body(bulk: &NewBulk) -> Result<String> {
    let body = wire::NewBulk {
        name: &bulk.name,
        due_date: bulk.pay_on.map(midnight),
        sender_iban: &bulk.from_iban,
        redirect_url: &bulk.return_to,
        external_id: &bulk.external_id,
        payments: bulk.lines.iter().map(line_body).collect::<Result<_>>()?,
    };
    serde_json::to_string(&body).map_err(|_| FailureKind::DraftInvalid.into())
}

fn line_body(line: &NewLine) -> Result<wire::NewLine<'_>> {
    Ok(wire::NewLine {
        amount: number(line.amount)?,
        currency: line.amount.currency.to_string(),
        recipient_iban: &line.iban,
        recipient_name: &line.payee,
        variable_symbol: line.variable_symbol.as_deref(),
        constant_symbol: line.constant_symbol.as_deref(),
        specific_symbol: line.specific_symbol.as_deref(),
        reference: line.reference.as_deref(),
        payment_message: line.message.as_deref(),
    })
}

/// An amount within Everifin's bounds as a JSON number, digit by digit.
fn number(money: Money) -> Result<Box<RawValue>> {
    let wrong = || Failure::from(FailureKind::DraftInvalid);
    let amount = money.amount;
    if money.minor().is_err() || amount < SMALLEST || amount > LARGEST {
        return Err(wrong());
    }
    RawValue::from_string(amount.to_string()).map_err(|_| wrong())
}

fn midnight(day: NaiveDate) -> String {
    format!("{day}T00:00:00.000Z")
}

pub(super) fn step(raw: &str) -> Option<RemoteStep> {
    let step: wire::Step = serde_json::from_str(raw).ok()?;
    let asked = inputs::read(&step);
    let status = status(step.status)?;
    let next = match (&status, words(step.kind).as_deref()) {
        (RemoteStatus::Finished | RemoteStatus::Failed | RemoteStatus::PartiallyPaid, _) => NextStep::None,
        (_, Some("REDIRECT")) => NextStep::Redirect(words(step.redirect_url)?),
        (_, Some("NEXT")) => NextStep::Again,
        (_, Some("INPUT")) => NextStep::Input(asked),
        (_, Some("PUSH")) => NextStep::Later,
        // Nothing said, or a word that Saldo does not know: where the payment stands is then found out by reading.
        (_, _) => NextStep::None,
    };
    Some(RemoteStep { status, next })
}

pub(super) fn read(raw: &str) -> Option<RemotePayment> {
    let payment: wire::Payment = serde_json::from_str(raw).ok()?;
    let amount = payment.amount.or(payment.total_amount);
    Some(RemotePayment {
        id: RemoteId(payment.id.0),
        status: status(payment.status)?,
        external_id: words(payment.external_id),
        amount: amount_of(amount, payment.currency),
        iban: words(payment.recipient_iban),
        lines: payment.payments.map(lines).unwrap_or_default(),
    })
}

fn lines(raw: &RawValue) -> Vec<RemoteLine> {
    let rows: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    rows.into_iter().filter_map(line).collect()
}

/// A payment of a bulk; none where it does not say which one it is.
fn line(raw: &RawValue) -> Option<RemoteLine> {
    let line: wire::Line = serde_json::from_str(raw.get()).ok()?;
    Some(RemoteLine {
        status: status(line.status)?,
        amount: amount_of(line.amount, line.currency)?,
        iban: words(line.recipient_iban)?,
        variable_symbol: words(line.variable_symbol),
    })
}

fn amount_of(amount: Option<&RawValue>, code: Option<&RawValue>) -> Option<Money> {
    let (amount, currency) = lenient::<Number>(amount).zip(lenient::<Text>(code).and_then(currency))?;
    money(amount.0, currency)
}

fn status(word: Text) -> Option<RemoteStatus> {
    Some(match word.0?.as_str() {
        "CREATED" => RemoteStatus::Created,
        "PROCESSING" | "AUTHORIZING" | "CONFIRMED" => RemoteStatus::Processing,
        "FINISHED" | "PAID" | "BOOKED" => RemoteStatus::Finished,
        "PARTIALLY_PAID" => RemoteStatus::PartiallyPaid,
        "FAILED" | "REJECTED" => RemoteStatus::Failed,
        other => RemoteStatus::Other(other.to_owned()),
    })
}
