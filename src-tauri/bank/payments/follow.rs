//! Following a payment that Everifin has, or may have: taking it on step by step, opening its approval page again, taking the
//! owner back from the bank. What is found out by reading only stands in `reconcile`.

use super::hand_over::{HandedOver, Next};
use super::journal::{Entry, aside, change};
use super::return_link::{Nonce, ReturnLink, of_paste};
use super::return_way;
use super::state::Event;
use super::{ApprovalAddress, PaymentId, PaymentState, list};
use crate::clock::Clock;
use crate::everifin::{Everifin, NextStep, OrderKind, PayFailure, RemoteId, RemoteStep, StepInputs};
use crate::failure::{FailureKind, Result};
use crate::store::payments::{self as table, Awaits, PaymentRow};
use crate::store::{Fault, Store};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many steps are taken at once when Everifin asks to be asked again. A bank needs two or three.
const MOST_STEPS: usize = 5;

/// A payment that Everifin has, and what it is called there.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Our own id.
    pub(crate) id: PaymentId,
    /// Single or bulk.
    pub(crate) kind: OrderKind,
    /// Everifin's id.
    pub(crate) remote: RemoteId,
}

impl Order {
    /// The order of a payment that is known to have been created.
    pub(crate) fn of(row: &PaymentRow) -> Option<Self> {
        let remote = RemoteId(row.remote_id.clone()?);
        Some(Self { id: row.id, kind: kind_of(row), remote })
    }
}

/// Whether a payment is a single one or a bulk to Everifin.
pub(crate) fn kind_of(row: &PaymentRow) -> OrderKind {
    if row.is_bulk { OrderKind::Bulk } else { OrderKind::Single }
}

/// Opens the bank's approval page again, or goes on with a payment whose first step did not succeed. Only ever by an act of the
/// owner. In any other state nothing is done, and the answer is [`Next::Wait`].
///
/// Everifin is asked for the page anew, because an old one may have expired; where it does not answer, the page that is kept is
/// opened.
pub async fn approve(store: &Store, everifin: &Everifin, clock: &Clock, id: PaymentId) -> Result<HandedOver> {
    let row = aside(store, move |store| list::row(store, id)).await?;
    let mut next = Next::Wait;
    if let Some(order) = Order::of(&row).filter(|_| list::can_approve(&row)) {
        // A return that was turned away is taken on from here, and only from here.
        next = match forward(store, everifin, clock, order.clone()).await? {
            Some(next) => next,
            None => advance(store, everifin, clock, order, Brought::Nothing).await?,
        };
        if matches!(next, Next::Stopped(_) | Next::Wait) {
            let row = aside(store, move |store| list::row(store, id)).await?;
            let page = row.page.filter(|_| row.state == PaymentState::AwaitingBank);
            if let Some(Ok(page)) = page.map(|page| ApprovalAddress::check(&page, everifin.on_loopback())) {
                next = Next::Open(page);
            }
        }
    }
    Ok(HandedOver { detail: list::detail_aside(store, clock, id).await?, next })
}

/// Takes an address with which a bank sent the browser back. Answers the payment that it belonged to.
///
/// Anybody can open such an address, so it is read strictly, and only a payment that waits for the owner at its bank, with
/// exactly this nonce, takes it, once. Its parameters go into the next step of that payment and nowhere else. Everything else,
/// forged, repeated or late, is ignored with `None`; what the payment's status is, only Everifin says.
pub async fn returned(store: &Store, everifin: &Everifin, clock: &Clock, raw: &str) -> Result<Option<PaymentId>> {
    let Some(link) = ReturnLink::read(raw) else { return Ok(None) };
    let now = clock.now();
    let Some(order) = take_back(store, clock, link.clone(), fingerprint(raw)).await? else { return Ok(None) };
    let id = order.id;
    advance(store, everifin, clock, order, Brought::Return(link.parameters)).await?;
    aside(store, move |store| {
        return_way::came_back(store, now);
        Ok(())
    })
    .await?;
    Ok(Some(id))
}

/// Takes the address at which the owner's browser ended, which she pasted for this payment: the way on where the browser does not
/// come back by itself. `LinkWrong` where it is not this payment's, or the payment does not wait for it.
pub async fn pasted(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    id: PaymentId,
    text: &str,
) -> Result<HandedOver> {
    let link = {
        let text = text.to_owned();
        aside(store, move |store| {
            let attempt = store.read(|book| Ok(table::attempt(book, id)?))?;
            let nonce = attempt.and_then(|attempt| Nonce::read(&attempt.nonce)).ok_or(FailureKind::LinkWrong)?;
            let everifin = store.connection()?.ok_or(FailureKind::LinkWrong)?.environment;
            let parameters = of_paste(&text, &nonce, everifin.web_app()).ok_or(FailureKind::LinkWrong)?;
            Ok(ReturnLink { nonce, parameters })
        })
        .await?
    };
    let taken = take_back(store, clock, link.clone(), fingerprint(text.trim())).await?;
    let order = taken.ok_or(FailureKind::LinkWrong)?;
    let id = order.id;
    let next = advance(store, everifin, clock, order, Brought::Return(link.parameters)).await?;
    Ok(HandedOver { detail: list::detail_aside(store, clock, id).await?, next })
}

/// Uses the bank's page up and notes that an approval leaves, where a payment waits for this return; none where none does.
async fn take_back(store: &Store, clock: &Clock, link: ReturnLink, fingerprint: String) -> Result<Option<Order>> {
    let now = clock.now();
    aside(store, move |store| {
        store.write(|tx| {
            let Some(id) = table::take_return(tx, link.nonce.as_str(), &fingerprint)? else { return Ok(None) };
            let mut entry = Entry::open(tx, id, now)?.ok_or(FailureKind::NotFound)?;
            // The page has been used; a next one would come with the answer.
            entry.row.awaits = None;
            entry.row.page = None;
            entry.row.returned = None;
            entry.postpone(None);
            if !link.parameters.is_empty() {
                table::carry(tx, id, now)?;
            }
            let order = Order::of(&entry.row);
            entry.save()?;
            Ok(order)
        })
    })
    .await
}

/// What the first of the next steps takes along.
pub(crate) enum Brought {
    /// Nothing: where does the payment stand, and what comes next?
    Nothing,
    /// The parameters of a return from the bank.
    Return(BTreeMap<String, String>),
    /// What the owner typed, and what it answers.
    Answer {
        /// As it leaves.
        inputs: StepInputs,
        /// What was asked, as it was kept.
        asked: String,
    },
}

impl Brought {
    fn inputs(&self) -> StepInputs {
        match self {
            Self::Nothing => StepInputs::default(),
            Self::Return(parameters) => StepInputs { values: parameters.clone(), sealed: false },
            Self::Answer { inputs, .. } => inputs.clone(),
        }
    }
}

/// Takes a payment on, step by step, until there is something to wait for. What is brought is sent at most once.
pub(crate) async fn advance(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    order: Order,
    mut brought: Brought,
) -> Result<Next> {
    let (id, loopback) = (order.id, everifin.on_loopback());
    for _ in 0..MOST_STEPS {
        let inputs = brought.inputs();
        let answer = everifin.process_payment(order.kind, &order.remote, &inputs).await;
        let now = clock.now();
        let sent = std::mem::replace(&mut brought, Brought::Nothing);
        match answer {
            Ok(step) => {
                let next = aside(store, move |store| take(store, id, &step, loopback, now)).await?;
                if let Some(next) = next {
                    return Ok(next);
                }
            }
            Err(PayFailure::NotSent(failure)) => {
                let until = failure.retry_at;
                aside(store, move |store| put_back(store, id, &sent, until, now)).await?;
                return Ok(Next::Stopped(failure));
            }
            Err(PayFailure::Refused(failure)) => {
                let (until, refused) = (failure.retry_at, failure.kind);
                aside(store, move |store| turned_away(store, id, &sent, refused, until, now)).await?;
                return Ok(Next::Stopped(failure));
            }
            Err(PayFailure::Unknown) => {
                aside(store, move |store| step_lost(store, id, !inputs.values.is_empty(), now)).await?;
                return Ok(Next::Wait);
            }
        }
    }
    Ok(Next::Wait)
}

/// Keeps what a step answered. `None` when Everifin wants to be asked again at once.
fn take(store: &Store, id: PaymentId, step: &RemoteStep, loopback: bool, now: DateTime<Utc>) -> Result<Option<Next>> {
    change(store, id, now, |entry| {
        let next = taken(entry, step, loopback)?;
        entry.postpone(None);
        if entry.row.is_bulk && step.status.is_final() {
            // What became of each payment in it stands in no step, and is there to be read.
            entry.ask_on();
        }
        Ok(next)
    })
}

/// Where the bank waits for the owner, that is where the payment stands, whatever the word beside it.
fn taken(entry: &mut Entry<'_>, step: &RemoteStep, loopback: bool) -> Result<Option<Next>, Fault> {
    let id = entry.row.id;
    table::carried(entry.tx(), id)?;
    table::ask(entry.tx(), id, None)?;
    entry.row.awaits = None;
    entry.row.page = None;
    Ok(match &step.next {
        NextStep::Redirect(raw) => Some(match ApprovalAddress::check(raw, loopback) {
            Ok(page) => {
                awaits(entry, Awaits::Page)?;
                entry.row.page = Some(page.as_str().to_owned());
                Next::Open(page)
            }
            Err(_) => {
                entry.reported(&step.status)?;
                tracing::warn!(payment = entry.row.id.0, length = raw.len(), "the bank's approval address is refused");
                Next::Stopped(FailureKind::BankAddressRefused.into())
            }
        }),
        NextStep::Later => {
            awaits(entry, Awaits::Phone)?;
            Some(Next::Wait)
        }
        NextStep::Input(set) => {
            awaits(entry, Awaits::Input)?;
            let asked = set.as_ref().and_then(|set| serde_json::to_string(set).ok());
            table::ask(entry.tx(), id, asked.as_deref().filter(|_| !entry.row.state.is_final()))?;
            Some(Next::Answer)
        }
        NextStep::Again => {
            entry.reported(&step.status)?;
            None
        }
        NextStep::None => {
            entry.reported(&step.status)?;
            Some(Next::Wait)
        }
    })
}

fn awaits(entry: &mut Entry<'_>, what: Awaits) -> Result<(), Fault> {
    entry.happens(Event::AskApproval, None)?;
    // A final state is not left, and waits for nothing.
    entry.row.awaits = Some(what).filter(|_| !entry.row.state.is_final());
    Ok(())
}

/// After a step that is proved not to have happened: asks again later, with the parameters that were not sent. What the owner
/// typed is not kept; the question stands open again.
fn put_back(
    store: &Store,
    id: PaymentId,
    unsent: &Brought,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    change(store, id, now, |entry| {
        table::carried(entry.tx(), id)?;
        match unsent {
            Brought::Return(parameters) if !parameters.is_empty() => {
                entry.row.returned = serde_json::to_string(parameters).ok();
            }
            Brought::Answer { asked, .. } if entry.row.state == PaymentState::AwaitingBank => {
                entry.row.awaits = Some(Awaits::Input);
                table::ask(entry.tx(), id, Some(asked))?;
            }
            Brought::Nothing | Brought::Return(_) | Brought::Answer { .. } => {}
        }
        entry.postpone(until);
        Ok(())
    })
}

/// After a step that Everifin refused. Where it did so before it looked at the step at all, a return from the bank is kept for when
/// the owner goes on; nothing sends it by itself (security.md E-19).
fn turned_away(
    store: &Store,
    id: PaymentId,
    sent: &Brought,
    why: FailureKind,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    put_back(store, id, &Brought::Nothing, until, now)?;
    let unseen = matches!(why, FailureKind::SignInNeeded | FailureKind::RateLimited);
    let Brought::Return(parameters) = sent else { return Ok(()) };
    if !unseen || parameters.is_empty() {
        return Ok(());
    }
    change(store, id, now, |entry| {
        if entry.row.state == PaymentState::AwaitingBank {
            entry.row.returned = serde_json::to_string(parameters).ok();
            entry.row.awaits = Some(Awaits::Page);
        }
        Ok(())
    })
}

/// After a step whose answer is lost. A step that carried the owner's approval leaves the outcome unknown; any other one has
/// moved nothing and is found out by reading. None is repeated by itself.
fn step_lost(store: &Store, id: PaymentId, carried_approval: bool, now: DateTime<Utc>) -> Result<()> {
    change(store, id, now, |entry| {
        if carried_approval {
            entry.happens(Event::Lose, None)?;
        }
        table::carried(entry.tx(), id)?;
        if entry.row.awaits == Some(Awaits::Phone) {
            entry.row.awaits = None;
        }
        entry.postpone(None);
        Ok(())
    })
}

/// Goes on with a return whose parameters could not be sent at the time: takes them out first, so that they are sent once.
pub(crate) async fn forward(store: &Store, everifin: &Everifin, clock: &Clock, order: Order) -> Result<Option<Next>> {
    let (id, now) = (order.id, clock.now());
    let kept = aside(store, move |store| {
        change(store, id, now, |entry| {
            let kept = entry.row.returned.take();
            if kept.is_some() {
                table::carry(entry.tx(), id, now)?;
            }
            Ok(kept)
        })
    })
    .await?;
    let Some(parameters) = kept.and_then(|kept| serde_json::from_str(&kept).ok()) else { return Ok(None) };
    advance(store, everifin, clock, order, Brought::Return(parameters)).await.map(Some)
}

fn fingerprint(raw: &str) -> String {
    Sha256::digest(raw).iter().map(|byte| format!("{byte:02x}")).collect()
}
