//! Handing a payment over: one request that creates it, never a second one.
//!
//! What is about to leave is written and committed before it leaves. If the answer is lost, or Saldo ends at any point, the
//! payment is found as `Sending` or `Unknown` and is looked for by reading (`follow`).

use super::journal::{Entry, aside, change};
use super::return_link::Nonce;
use super::return_way::{ReturnTo, Seen, saw};
use super::state::Event;
use super::{ApprovalAddress, PaymentDetail, PaymentId, PaymentState, Review, drafts, follow, list, release, sheet};
use crate::clock::Clock;
use crate::everifin::{Everifin, NewPayment, PayFailure, RemoteId};
use crate::failure::{Failure, FailureKind, Result};
use crate::store::Store;
use crate::store::payments::{self as table, Attempt};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::CryptoRng;

/// How long after it was sent a request without an answer is taken for lost. Longer than any request may last.
pub(crate) const LOST_AFTER: TimeDelta = TimeDelta::minutes(3);

/// What is the attempt's own: our id for the payment, and the address to which the browser comes back.
#[derive(Debug)]
pub struct Tickets {
    external_id: String,
    nonce: Nonce,
    return_to: ReturnTo,
}

impl Tickets {
    /// Draws what is random from the operating system's generator, or from a seeded one in a test.
    pub fn draw(rng: &mut impl CryptoRng, return_to: ReturnTo) -> Self {
        Self { external_id: format!("saldo-{}", Nonce::draw(rng).as_str()), nonce: Nonce::draw(rng), return_to }
    }
}

/// How handing over, or going on with it, ended. The payment is kept in every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// The payment as it stands now.
    pub detail: PaymentDetail,
    /// What is to be done.
    pub next: Next,
}

/// What is to be done for a payment that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Open the bank's approval page in the system browser.
    Open(ApprovalAddress),
    /// Nothing: the bank works on it, the owner confirms on her phone, or the outcome is unknown and looked for.
    Wait,
    /// The bank asks for something to be typed: it stands in the detail. Where it does not, Saldo could not read it, and the owner
    /// approves in the bank's own application.
    Answer,
    /// Everifin has the payment, but it could not be taken further: nothing is lost, `approve` goes on.
    Stopped(Failure),
}

/// Hands the reviewed draft over. `hash` is the review's.
///
/// Fails with `DraftChanged` when a new review would differ, `DraftInvalid` when the draft has problems, `AlreadyHandedOver`
/// when it is no draft any more (a double click, another window), `ReleaseNeeded` when the second passphrase has not released it. When it is proved that nothing was created, the payment is a
/// draft again and the reason is returned: `PaymentRefused`, `Offline`, `SignInNeeded` and the like.
pub async fn hand_over(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    tickets: Tickets,
    id: PaymentId,
    hash: &str,
) -> Result<HandedOver> {
    let way = tickets.return_to.way();
    let payment = {
        let (clock, hash) = (clock.clone(), hash.to_owned());
        aside(store, move |store| begin(store, &clock, id, &hash, tickets)).await?
    };

    let answer = everifin.create_payment(&payment).await;
    let now = clock.now();
    let next = match answer {
        Ok(remote) => {
            let adopted = {
                let remote = remote.clone();
                aside(store, move |store| {
                    let adopted = created(store, id, &remote, now)?;
                    store.write(|tx| saw(tx, way, Seen::Taken, now)).map(|()| adopted)
                })
                .await?
            };
            if adopted {
                follow::advance(store, everifin, clock, id, remote, follow::Brought::Nothing).await?
            } else {
                Next::Wait
            }
        }
        Err(PayFailure::NotSent(failure)) => {
            aside(store, move |store| not_created(store, id, now)).await?;
            return Err(failure);
        }
        Err(PayFailure::Refused(failure)) => {
            let the_way = failure.kind == FailureKind::ReturnAddressRefused;
            aside(store, move |store| {
                not_created(store, id, now)?;
                if the_way { store.write(|tx| saw(tx, way, Seen::Refused, now)) } else { Ok(()) }
            })
            .await?;
            return Err(refused(failure));
        }
        Err(PayFailure::Unknown) => {
            aside(store, move |store| lost(store, id, now)).await?;
            Next::Wait
        }
    };
    Ok(HandedOver { detail: list::detail_aside(store, clock, id).await?, next })
}

/// Confirms the draft and writes the attempt, in one transaction; answers what is to be sent.
fn begin(store: &Store, clock: &Clock, id: PaymentId, hash: &str, tickets: Tickets) -> Result<NewPayment> {
    let (now, today) = (clock.now(), clock.today());
    let row = drafts::stored(store, id)?;
    let review = drafts::review_of(store, clock, &row)?;
    if review.hash != hash {
        return Err(FailureKind::DraftChanged.into());
    }
    let payment = payload(&review, &tickets, today);
    let attempt = Attempt {
        external_id: tickets.external_id,
        payment: id,
        review_hash: review.hash,
        payload_hash: sheet::payload_hash(&payment),
        nonce: tickets.nonce.as_str().to_owned(),
        started: now,
    };
    store.write(|tx| {
        let mut entry = Entry::open(tx, id, now)?.ok_or(FailureKind::NotFound)?;
        // What was reviewed is what is stored, and nobody was quicker.
        if entry.row.state != PaymentState::Draft {
            return Err(FailureKind::AlreadyHandedOver.into());
        }
        if entry.row != row {
            return Err(FailureKind::DraftChanged.into());
        }
        if release::is_missing(tx, review.amount, &attempt.review_hash)? {
            return Err(FailureKind::ReleaseNeeded.into());
        }
        table::add_attempt(tx, &attempt)?;
        if !(entry.happens(Event::Confirm, None)? && entry.happens(Event::Send, None)?) {
            return Err(FailureKind::AlreadyHandedOver.into());
        }
        entry.row.day = Some(review.pay_on);
        entry.row.next_check = Some(now + LOST_AFTER);
        entry.save()?;
        Ok(())
    })?;
    Ok(payment)
}

/// What is sent: exactly what was reviewed. An execution date of today is left out, which Everifin reads as today.
fn payload(review: &Review, tickets: &Tickets, today: NaiveDate) -> NewPayment {
    NewPayment {
        amount: review.amount,
        pay_on: (review.pay_on != today).then_some(review.pay_on),
        iban: review.iban.clone(),
        payee: Some(review.payee.clone()),
        from_iban: review.from_iban.clone(),
        variable_symbol: review.variable_symbol.clone(),
        constant_symbol: review.constant_symbol.clone(),
        specific_symbol: review.specific_symbol.clone(),
        reference: review.reference.clone(),
        message: review.message.clone(),
        return_to: tickets.return_to.address(&tickets.nonce),
        external_id: tickets.external_id.clone(),
    }
}

/// Notes Everifin's id. An id that another payment has already proves that the answer cannot be believed: the outcome is then
/// unknown. Answers whether the id was taken over.
pub(crate) fn created(store: &Store, id: PaymentId, remote: &RemoteId, now: DateTime<Utc>) -> Result<bool> {
    change(store, id, now, |entry| {
        if remote.0.is_empty() || table::remote_id_taken(entry.tx(), &remote.0, id)? {
            tracing::error!(payment = id.0, "Everifin gave the id of another payment");
            entry.happens(Event::Lose, None)?;
            entry.postpone(None);
            return Ok(false);
        }
        entry.row.remote_id = Some(remote.0.clone());
        entry.happens(Event::Create, None)?;
        entry.postpone(None);
        Ok(true)
    })
}

/// Makes the payment a draft again: it is proved that nothing was created.
fn not_created(store: &Store, id: PaymentId, now: DateTime<Utc>) -> Result<()> {
    change(store, id, now, |entry| {
        let attempt = table::attempt(entry.tx(), id)?;
        entry.happens(Event::NotCreated, None)?;
        if let Some(attempt) = attempt.filter(|_| entry.row.state == PaymentState::Draft) {
            table::void_attempt(entry.tx(), &attempt.external_id)?;
            entry.row.day = None;
        }
        Ok(())
    })
}

/// Notes that the answer is lost.
pub(crate) fn lost(store: &Store, id: PaymentId, now: DateTime<Utc>) -> Result<()> {
    change(store, id, now, |entry| {
        entry.happens(Event::Lose, None)?;
        table::carried(entry.tx(), id)?;
        entry.postpone(None);
        Ok(())
    })
}

/// Why Everifin refused: what the owner can act on stays as it is, a complaint about the content is a refusal.
fn refused(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::AnswerUnreadable | FailureKind::NotFound => FailureKind::PaymentRefused.into(),
        _ => failure,
    }
}
