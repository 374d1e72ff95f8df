//! Handing a payment over: one request that creates it, never a second one.
//!
//! What is about to leave is written and committed before it leaves. If the answer is lost, or Saldo ends at any point, the
//! payment is found as `Sending` or `Unknown` and is looked for by reading (`follow`).

use super::journal::{Entry, aside, change};
use super::return_link::Nonce;
use super::return_way::{ReturnTo, Seen, saw};
use super::state::Event;
use super::{
    ApprovalAddress, BulkReview, PaymentDetail, PaymentId, PaymentState, Review, bulk, drafts, follow, list, release,
    sheet,
};
use crate::clock::Clock;
use crate::everifin::{Everifin, NewBulk, NewLine, NewPayment, OrderKind, PayFailure, RemoteId};
use crate::failure::{Failure, FailureKind, Result};
use crate::money::Money;
use crate::store::payments::{self as table, Attempt, PaymentRow};
use crate::store::{Fault, Store};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::CryptoRng;
use rusqlite::Connection;

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

/// Hands the reviewed draft over, a single payment or a bulk. `hash` is the review's.
///
/// Fails with `DraftChanged` when a new review would differ, `DraftInvalid` when the draft has problems, `AlreadyHandedOver`
/// when it is no draft any more (a double click, another window), `PartOfBulk` when it is paid with others, `ReleaseNeeded` when
/// the second passphrase has not released it. When it is proved that nothing was created, the payment is a draft again and the
/// reason is returned: `PaymentRefused`, `Offline`, `SignInNeeded` and the like.
pub async fn hand_over(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    tickets: Tickets,
    id: PaymentId,
    hash: &str,
) -> Result<HandedOver> {
    let way = tickets.return_to.way();
    let request = {
        let (clock, hash) = (clock.clone(), hash.to_owned());
        aside(store, move |store| begin(store, &clock, id, &hash, tickets)).await?
    };

    let (kind, answer) = match &request {
        Request::Single(payment) => (OrderKind::Single, everifin.create_payment(payment).await),
        Request::Bulk(bulk) => (OrderKind::Bulk, everifin.create_bulk(bulk).await),
    };
    let now = clock.now();
    let next = match answer {
        Ok(remote) => {
            let adopted = {
                let remote = remote.clone();
                aside(store, move |store| {
                    let adopted = created(store, id, &remote, now)?;
                    saw(store, way, Seen::Taken, now);
                    Ok(adopted)
                })
                .await?
            };
            if adopted {
                let order = follow::Order { id, kind, remote };
                follow::advance(store, everifin, clock, order, follow::Brought::Nothing).await?
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
                if the_way {
                    saw(store, way, Seen::Refused, now);
                }
                Ok(())
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

/// What is sent, once.
enum Request {
    Single(NewPayment),
    Bulk(NewBulk),
}

/// Reviews the draft anew; answers what is to be sent, after it is written that it will be.
fn begin(store: &Store, clock: &Clock, id: PaymentId, hash: &str, tickets: Tickets) -> Result<Request> {
    let today = clock.today();
    let row = drafts::stored(store, id)?;
    if row.bulk.is_some() {
        return Err(FailureKind::PartOfBulk.into());
    }
    if row.is_bulk {
        let lines = bulk::stored_lines(store, id)?;
        let review = bulk::review_of(store, clock, &row, &lines)?;
        let bulk = bulk_payload(&review, &tickets, today);
        let payload_hash = sheet::bulk_payload_hash(&bulk);
        let confirmed = Confirmed { hash: review.hash, payload_hash, day: review.pay_on, amount: review.total };
        write_attempt(store, clock, &row, hash, confirmed, &tickets, |tx| {
            if table::lines(tx, id)? != lines {
                return Err(FailureKind::DraftChanged.into());
            }
            table::set_total(tx, id, review.total)?;
            Ok(table::set_day(tx, id, Some(review.pay_on))?)
        })?;
        return Ok(Request::Bulk(bulk));
    }
    let review = drafts::review_of(store, clock, &row)?;
    let payment = payload(&review, &tickets, today);
    let payload_hash = sheet::payload_hash(&payment);
    let confirmed = Confirmed { hash: review.hash, payload_hash, day: review.pay_on, amount: review.amount };
    write_attempt(store, clock, &row, hash, confirmed, &tickets, |_| Ok(()))?;
    Ok(Request::Single(payment))
}

/// What a review made now says, of what is about to leave.
struct Confirmed {
    hash: String,
    payload_hash: String,
    day: NaiveDate,
    amount: Money,
}

/// Confirms the draft and writes the attempt, in one transaction. `also` checks and writes what belongs to it.
fn write_attempt(
    store: &Store,
    clock: &Clock,
    row: &PaymentRow,
    hash: &str,
    confirmed: Confirmed,
    tickets: &Tickets,
    also: impl FnOnce(&Connection) -> Result<(), Fault>,
) -> Result<()> {
    let (id, now) = (row.id, clock.now());
    if confirmed.hash != hash {
        return Err(FailureKind::DraftChanged.into());
    }
    let attempt = Attempt {
        external_id: tickets.external_id.clone(),
        payment: id,
        review_hash: confirmed.hash,
        payload_hash: confirmed.payload_hash,
        nonce: tickets.nonce.as_str().to_owned(),
        started: now,
    };
    store.write(|tx| {
        let mut entry = Entry::open(tx, id, now)?.ok_or(FailureKind::NotFound)?;
        // What was reviewed is what is stored, and nobody was quicker.
        if entry.row.state != PaymentState::Draft {
            return Err(FailureKind::AlreadyHandedOver.into());
        }
        if entry.row != *row {
            return Err(FailureKind::DraftChanged.into());
        }
        if release::is_missing(tx, confirmed.amount, &attempt.review_hash)? {
            return Err(FailureKind::ReleaseNeeded.into());
        }
        also(tx)?;
        table::add_attempt(tx, &attempt)?;
        if !(entry.happens(Event::Confirm, None)? && entry.happens(Event::Send, None)?) {
            return Err(FailureKind::AlreadyHandedOver.into());
        }
        entry.row.day = Some(confirmed.day);
        entry.row.next_check = Some(now + LOST_AFTER);
        entry.save()?;
        Ok(())
    })
}

/// What is sent: exactly what was reviewed. An execution date of today is left out, which Everifin reads as today.
fn payload(review: &Review, tickets: &Tickets, today: NaiveDate) -> NewPayment {
    NewPayment {
        line: line_payload(review),
        pay_on: (review.pay_on != today).then_some(review.pay_on),
        from_iban: review.from_iban.clone(),
        return_to: tickets.return_to.address(&tickets.nonce),
        external_id: tickets.external_id.clone(),
    }
}

/// The same for a bulk. Its name is what the bank's page shows.
fn bulk_payload(review: &BulkReview, tickets: &Tickets, today: NaiveDate) -> NewBulk {
    NewBulk {
        name: format!("Saldo {} / {}", review.pay_on, review.lines.len()),
        pay_on: (review.pay_on != today).then_some(review.pay_on),
        from_iban: review.from_iban.clone(),
        return_to: tickets.return_to.address(&tickets.nonce),
        external_id: tickets.external_id.clone(),
        lines: review.lines.iter().map(line_payload).collect(),
    }
}

fn line_payload(line: &Review) -> NewLine {
    NewLine {
        amount: line.amount,
        iban: line.iban.clone(),
        payee: line.payee.clone(),
        variable_symbol: line.variable_symbol.clone(),
        constant_symbol: line.constant_symbol.clone(),
        specific_symbol: line.specific_symbol.clone(),
        reference: line.reference.clone(),
        message: line.message.clone(),
    }
}

/// Notes Everifin's id. An id that another payment has already proves that the answer cannot be believed: the outcome is then
/// unknown. Answers whether the id was taken over.
pub(crate) fn created(store: &Store, id: PaymentId, remote: &RemoteId, now: DateTime<Utc>) -> Result<bool> {
    change(store, id, now, |entry| {
        if remote.0.is_empty() || table::remote_id_taken(entry.tx(), &entry.row, &remote.0)? {
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
            table::set_day(entry.tx(), id, None)?;
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
