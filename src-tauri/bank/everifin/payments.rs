//! Single payments: created, processed step by step, read back.

use super::accounts::{currency, money, words};
use super::call::{own_address, unwrap};
use super::exact::{Number, Text, lenient};
use super::{
    Everifin, Listing, NewPayment, NextStep, PayFailure, RemoteId, RemotePayment, RemoteStatus, RemoteStep, StepInputs,
    inputs, sealing, wire,
};
use crate::auth::user_agent;
use crate::failure::{Failure, FailureKind, Result};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::value::RawValue;

/// Everifin's bounds of an amount (everifin-api.md 6.1).
const SMALLEST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
const LARGEST: Decimal = Decimal::from_parts(1_410_065_407, 2, 0, false, 0);

impl Everifin {
    /// Creates a payment; its id. Sent at most once.
    pub async fn create_payment(&self, payment: &NewPayment) -> Result<RemoteId, PayFailure> {
        let body = body(payment).map_err(PayFailure::NotSent)?;
        let url = self.url(wire::PAYMENTS).map_err(PayFailure::NotSent)?;
        let answer = self.write(Method::POST, url, body, &[]).await?;
        // It may well have been created when its answer cannot be read.
        let (data, _) = unwrap(&answer).map_err(|_| PayFailure::Unknown)?;
        let named: wire::Named = serde_json::from_str(data.get()).map_err(|_| PayFailure::Unknown)?;
        Ok(RemoteId(named.id.0))
    }

    /// Takes the payment one step on. Sent at most once.
    pub async fn process_payment(&self, id: &RemoteId, inputs: &StepInputs) -> Result<RemoteStep, PayFailure> {
        let unreadable = |_| PayFailure::NotSent(FailureKind::AnswerUnreadable.into());
        let body = serde_json::to_string(&inputs.values).map_err(unreadable)?;
        let url = self.url(wire::PAYMENTS.into_iter().chain([id.0.as_str()])).map_err(PayFailure::NotSent)?;
        let mut headers = vec![(wire::SENDER_IP, own_address(&url).to_string()), (wire::SENDER_AGENT, user_agent())];
        if inputs.sealed {
            headers.push((wire::SEALED_BY, sealing::METHOD.to_owned()));
        }
        let answer = self.write(Method::PATCH, url, body, &headers).await?;
        let (data, _) = unwrap(&answer).map_err(|_| PayFailure::Unknown)?;
        step(data.get()).ok_or(PayFailure::Unknown)
    }

    /// One payment as it stands.
    pub async fn payment(&self, id: &RemoteId) -> Result<RemotePayment> {
        let url = self.url(wire::PAYMENTS.into_iter().chain([id.0.as_str()]))?;
        let answer = self.get(url).await.map_err(of_payments)?;
        let (data, _) = unwrap(&answer)?;
        read(data.get()).ok_or_else(|| FailureKind::AnswerUnreadable.into())
    }

    /// All single payments.
    pub async fn payments(&self) -> Result<Listing<RemotePayment>> {
        self.list(&self.url(wire::PAYMENTS)?, read, |payment| &payment.id).await.map_err(of_payments)
    }
}

fn of_payments(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::AccessDenied => FailureKind::PaymentsNotAllowed.into(),
        _ => failure,
    }
}

fn body(payment: &NewPayment) -> Result<String> {
    let wrong = || Failure::from(FailureKind::DraftInvalid);
    let amount = payment.amount.amount;
    if payment.amount.minor().is_err() || amount < SMALLEST || amount > LARGEST {
        return Err(wrong());
    }
    let body = wire::NewPayment {
        amount: RawValue::from_string(amount.to_string()).map_err(|_| wrong())?,
        currency: payment.amount.currency.to_string(),
        payment_date: payment.pay_on.map(|day| format!("{day}T00:00:00.000Z")),
        recipient_iban: &payment.iban,
        recipient_name: payment.payee.as_deref(),
        sender_iban: &payment.from_iban,
        variable_symbol: payment.variable_symbol.as_deref(),
        constant_symbol: payment.constant_symbol.as_deref(),
        specific_symbol: payment.specific_symbol.as_deref(),
        reference: payment.reference.as_deref(),
        payment_message: payment.message.as_deref(),
        redirect_url: &payment.return_to,
        external_id: &payment.external_id,
    };
    serde_json::to_string(&body).map_err(|_| wrong())
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
    let amount = lenient::<Number>(payment.amount).zip(lenient::<Text>(payment.currency).and_then(currency));
    Some(RemotePayment {
        id: RemoteId(payment.id.0),
        status: status(payment.status)?,
        external_id: words(payment.external_id),
        amount: amount.and_then(|(amount, currency)| money(amount.0, currency)),
        iban: words(payment.recipient_iban),
    })
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
