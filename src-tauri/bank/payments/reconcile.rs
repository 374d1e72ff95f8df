//! Finding out by reading where payments stand: at start, on a schedule, and when the owner asks.
//!
//! Nothing is ever sent again from here. The only writes to Everifin are the documented question "is it confirmed on the phone
//! yet" and the parameters of a return from the bank that could not be forwarded before.
//!
//! A payment whose answer was lost is looked for by our own id in Everifin's list of payments, and among the booked
//! transactions. It stays unknown until it is found, or until all of this holds: it left at least [`GRACE`] ago; the list was
//! read whole and has neither our id nor a payment without an id of that account and amount; the payer's account was read without
//! an error after the grace time; and no transaction of that account, payee and amount is booked or announced. Then it has
//! failed: no money moved. Even so the owner pays anew only by a new draft.

use super::follow::{Brought, Order, advance, forward, kind_of};
use super::hand_over::{LOST_AFTER, Next, created, lost};
use super::journal::{aside, change};
use super::state::Event;
use super::{PaymentDetail, PaymentId, PaymentState, bulk, list};
use crate::clock::Clock;
use crate::everifin::{Everifin, RemotePayment, RemoteStatus};
use crate::failure::{Failure, FailureKind, Result};
use crate::store::Store;
use crate::store::payments::{self as table, Attempt, Awaits, PaymentRow};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// How long a payment that cannot be found stays unknown at least.
pub(crate) const GRACE: TimeDelta = TimeDelta::hours(24);

/// How long after its day an accepted payment is still looked for among the booked transactions.
const PAIRED_WITHIN: TimeDelta = TimeDelta::days(60);

/// Which payments to ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that are not final: at start, on wake.
    All,
    /// Those whose time has come.
    Due,
}

/// What a round of asking brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Payments whose state changed.
    pub changed: Vec<PaymentId>,
    /// Payments that were done before, and whose booked transaction was found.
    pub paired: Vec<PaymentId>,
    /// Why the round ended early, or the last thing that went wrong in it.
    pub failure: Option<Failure>,
    /// When the next round is due; none while nothing is open.
    pub next: Option<DateTime<Utc>>,
}

/// After an end of Saldo while a payment or its approval was on its way, nobody waits for the answer any more: those payments are
/// unknown. Called once
/// when a book is opened, before anything else is done with payments.
pub fn recover(store: &Store, clock: &Clock) -> Result<()> {
    let rows = store.read(|book| Ok(table::open(book)?))?;
    let cut_off = |row: &&PaymentRow| row.state == PaymentState::Sending || row.carried.is_some();
    rows.iter().filter(cut_off).try_for_each(|row| lost(store, row.id, clock.now()))
}

/// Asks the bank now where a payment stands.
pub async fn check(store: &Store, everifin: &Everifin, clock: &Clock, id: PaymentId) -> Result<PaymentDetail> {
    let row = aside(store, move |store| list::row(store, id)).await?;
    ask(store, everifin, clock, row).await?;
    list::detail_aside(store, clock, id).await
}

/// Asks about all payments that are not final, or those whose time has come.
pub async fn reconcile(store: &Store, everifin: &Everifin, clock: &Clock, scope: Scope) -> Result<Reconciled> {
    let now = clock.now();
    let rows = aside(store, |store| store.read(|book| Ok(table::open(book)?))).await?;
    let mut round = Reconciled::default();
    for row in rows {
        let due = scope == Scope::All || row.next_check.is_none_or(|at| at <= now);
        if !due {
            continue;
        }
        let (id, before) = (row.id, row.state);
        if let Err(failure) = ask(store, everifin, clock, row).await {
            let in_vain = !matches!(failure.kind, FailureKind::AnswerUnreadable | FailureKind::NotFound);
            round.failure = Some(failure);
            if in_vain {
                break;
            }
        }
        if aside(store, move |store| list::row(store, id)).await?.state != before {
            round.changed.push(id);
        }
    }
    let since = clock.today().checked_sub_signed(PAIRED_WITHIN).unwrap_or(NaiveDate::MIN);
    round.paired = aside(store, move |store| pair(store, since, now)).await?;
    let open = aside(store, |store| store.read(|book| Ok(table::open(book)?))).await?;
    round.next = open.into_iter().filter_map(|row| row.next_check).min();
    Ok(round)
}

/// Finds out about one payment.
async fn ask(store: &Store, everifin: &Everifin, clock: &Clock, row: PaymentRow) -> Result<()> {
    let (id, now) = (row.id, clock.now());
    match row.carried {
        Some(since) if now < since + LOST_AFTER => return Ok(()),
        Some(_) => aside(store, move |store| lost(store, id, now)).await?,
        None => {}
    }
    match row.state {
        PaymentState::Sending => {
            let attempt = aside(store, move |store| attempt_of(store, id)).await?;
            if now < attempt.started + LOST_AFTER {
                return Ok(());
            }
            aside(store, move |store| lost(store, id, now)).await?;
        }
        PaymentState::Created | PaymentState::AwaitingBank | PaymentState::Processing | PaymentState::Unknown => {}
        _ => return Ok(()),
    }
    let asked = match Order::of(&row) {
        None => look_for(store, everifin, clock, &row).await,
        Some(order) => question(store, everifin, clock, &row, order).await,
    };
    if let Err(failure) = &asked {
        let until = failure.retry_at;
        aside(store, move |store| {
            change(store, id, now, |entry| {
                entry.postpone(until);
                Ok(())
            })
        })
        .await?;
    }
    // Bank statements speak even while Everifin does not.
    aside(store, move |store| find_proof(store, id, now)).await?;
    asked
}

/// Asks Everifin about a payment that it has: by reading, and by the next step where its documentation says so ("otherwise you
/// should call process endpoint"): while the owner confirms on her phone, and while the bank processes what was approved. Such a
/// step carries nothing and approves nothing.
async fn question(store: &Store, everifin: &Everifin, clock: &Clock, row: &PaymentRow, order: Order) -> Result<()> {
    let id = row.id;
    let forwarded = match row.returned {
        Some(_) if row.awaits.is_none() => forward(store, everifin, clock, order.clone()).await?,
        None if row.awaits == Some(Awaits::Phone) => {
            Some(advance(store, everifin, clock, order.clone(), Brought::Nothing).await?)
        }
        Some(_) | None => None,
    };
    if let Some(next) = forwarded {
        stopped(next)?;
        let now = clock.now();
        return aside(store, move |store| {
            change(store, id, now, |entry| {
                entry.checked();
                Ok(())
            })
        })
        .await;
    }
    let payment = everifin.payment(order.kind, &order.remote).await?;
    let (now, processed) = (clock.now(), payment.status == RemoteStatus::Processing);
    let goes_on = aside(store, move |store| {
        change(store, id, now, |entry| {
            entry.read(&payment)?;
            entry.checked();
            entry.postpone(None);
            Ok(processed && entry.row.state == PaymentState::Processing && entry.row.awaits.is_none())
        })
    })
    .await?;
    if goes_on {
        // What this step cannot do, the next round does.
        advance(store, everifin, clock, order, Brought::Nothing).await?;
    }
    Ok(())
}

fn stopped(next: Next) -> Result<()> {
    match next {
        Next::Stopped(failure) => Err(failure),
        Next::Open(_) | Next::Wait | Next::Answer => Ok(()),
    }
}

/// Looks for a payment whose answer was lost in Everifin's list, by our own id.
async fn look_for(store: &Store, everifin: &Everifin, clock: &Clock, row: &PaymentRow) -> Result<()> {
    let listing = everifin.payments(kind_of(row)).await?;
    let (id, now) = (row.id, clock.now());
    aside(store, move |store| {
        let attempt = attempt_of(store, id)?;
        let row = list::row(store, id)?;
        let ours: Vec<&RemotePayment> =
            listing.rows.iter().filter(|payment| payment.external_id.as_ref() == Some(&attempt.external_id)).collect();
        match ours.as_slice() {
            [payment] if agrees(payment, &row) => {
                if created(store, id, &payment.id, now)? {
                    change(store, id, now, |entry| {
                        entry.read(payment)?;
                        entry.checked();
                        entry.postpone(None);
                        Ok(())
                    })?;
                }
                Ok(())
            }
            [] => {
                let nameless =
                    listing.rows.iter().any(|payment| payment.external_id.is_none() && agrees(payment, &row));
                let whole = listing.unreadable.is_empty() && !nameless;
                change(store, id, now, |entry| {
                    entry.checked();
                    entry.postpone(None);
                    Ok(())
                })?;
                if whole && never_arrived(store, &row, &attempt, now)? {
                    change(store, id, now, |entry| Ok(entry.happens(Event::Fail, Some("not found")).map(|_| ())?))?;
                }
                Ok(())
            }
            _ => {
                tracing::error!(
                    payment = id.0,
                    count = ours.len(),
                    "Everifin lists our id with another content, or twice"
                );
                change(store, id, now, |entry| {
                    entry.checked();
                    entry.postpone(None);
                    Ok(())
                })
            }
        }
    })
    .await
}

/// Whether a listed payment can be this one; what the list does not say does not disagree.
fn agrees(payment: &RemotePayment, row: &PaymentRow) -> bool {
    payment.amount.is_none_or(|amount| Some(amount) == row.amount)
        && payment.iban.as_ref().is_none_or(|iban| Some(iban) == row.iban.as_ref())
}

/// Whether enough time and enough reading say that a payment which is not listed was never created.
fn never_arrived(store: &Store, row: &PaymentRow, attempt: &Attempt, now: DateTime<Utc>) -> Result<bool> {
    let settled = attempt.started + GRACE;
    let read_since = store
        .held(now)?
        .iter()
        .any(|held| Some(held.account.id) == row.input.from && held.read_at.is_some_and(|at| at >= settled));
    let moved = store.read(|book| {
        for paid in bulk::payments_of(book, row)? {
            if table::possibly_paid(book, &paid, attempt.started)? {
                return Ok(true);
            }
        }
        Ok(false)
    })?;
    Ok(now >= settled && read_since && !moved)
}

/// Takes a booked transaction as proof that a payment was made, where the owner had approved it or its outcome is unknown. One
/// transaction proves one payment.
fn find_proof(store: &Store, id: PaymentId, now: DateTime<Utc>) -> Result<()> {
    let row = list::row(store, id)?;
    let approved = matches!(row.state, PaymentState::Processing | PaymentState::Unknown);
    if !approved {
        return Ok(());
    }
    let attempt = attempt_of(store, id)?;
    change(store, id, now, |entry| {
        if row.is_bulk {
            return Ok(bulk::find_proofs(entry, attempt.started)?);
        }
        if let Some(proof) = table::proof(entry.tx(), &row, attempt.started)? {
            table::save_proof(entry.tx(), id, proof)?;
            entry.happens(Event::Finish, Some("booked"))?;
        }
        Ok(())
    })
}

/// Finds the booked transactions of payments that Everifin called done before the bank had booked them. Their state says enough
/// already: only the proof is kept. Looks often and finds rarely, so it writes only what it has found.
fn pair(store: &Store, since: NaiveDate, now: DateTime<Utc>) -> Result<Vec<PaymentId>> {
    let booked = store.read(|book| {
        let mut booked = Vec::new();
        for row in table::unproved(book, since)? {
            let Some(attempt) = table::attempt(book, row.id)? else { continue };
            if table::proof(book, &row, attempt.started)?.is_some() {
                booked.push((row, attempt));
            }
        }
        Ok(booked)
    })?;
    let mut paired = Vec::new();
    for (row, attempt) in booked {
        let id = row.id;
        change(store, id, now, |entry| {
            // Its twin may have taken the transaction in between.
            if let Some(proof) = table::proof(entry.tx(), &row, attempt.started)? {
                table::save_proof(entry.tx(), id, proof)?;
                paired.push(id);
            }
            Ok(())
        })?;
    }
    Ok(paired)
}

fn attempt_of(store: &Store, id: PaymentId) -> Result<Attempt> {
    store.read(|book| Ok(table::attempt(book, id)?.ok_or(FailureKind::NotFound)?))
}
