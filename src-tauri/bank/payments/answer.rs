//! Answering what a bank asks for in Saldo itself: a way to approve, a code, a password.
//!
//! What is asked is kept, what is typed never: it is sealed at once where only the bank may read it, goes into one step, and is
//! wiped from memory. Before that step leaves, the question is used up and it is written that an approval is on its way; so two
//! windows answer once, and an end of Saldo in between leaves the outcome unknown, not the question open.

use super::follow::{Brought, Order, advance};
use super::hand_over::{HandedOver, Next};
use super::journal::{aside, change};
use super::{PaymentId, PaymentState, list};
use crate::clock::Clock;
use crate::everifin::{Everifin, InputField, InputKind, InputSet, MOST_SEALED, StepInputs};
use crate::failure::{FailureKind, Result};
use crate::store::Store;
use crate::store::payments::{self as table, Awaits, PaymentRow};
use crate::vault::Secret;
use chrono::{DateTime, Utc};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// The longest answer that is not sealed, in bytes.
const LONGEST_ANSWER: usize = 1_000;

/// What the bank asks the owner to type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The fields, in the bank's order.
    pub fields: Vec<InputField>,
    /// Whether it can be answered here. Not where only the bank may read an answer and its key cannot be used.
    pub can_answer: bool,
}

/// An answer to one field.
#[derive(Debug, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The field's name.
    pub name: String,
    /// What was typed or chosen.
    pub value: Secret<String>,
}

/// What a payment's bank asks for now.
pub(super) fn asked(row: &PaymentRow, kept: Option<&str>) -> Option<Asked> {
    let set = set(row, kept?)?;
    Some(Asked { can_answer: set.can_be_sealed(), fields: set.fields })
}

fn set(row: &PaymentRow, kept: &str) -> Option<InputSet> {
    let waits = row.state == PaymentState::AwaitingBank && row.awaits == Some(Awaits::Input);
    waits.then(|| serde_json::from_str(kept).ok())?
}

/// Sends what the owner typed to her bank, once. Where the bank does not (any longer) ask for anything nothing is done, and the
/// answer is [`Next::Wait`]. `AnswerInvalid` when it does not fit what is asked, or may not be sent unsealed; nothing has left
/// then, and the question stays open.
pub async fn answer(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    rng: impl CryptoRng + Send + 'static,
    id: PaymentId,
    typed: Vec<Typed>,
) -> Result<HandedOver> {
    let now = clock.now();
    let taken = aside(store, move |store| take(store, id, &typed, rng, now)).await?;
    let next = match taken {
        Some((order, brought)) => advance(store, everifin, clock, order, brought).await?,
        None => Next::Wait,
    };
    Ok(HandedOver { detail: list::detail_aside(store, clock, id).await?, next })
}

/// Seals the answer, uses the question up and notes that an approval leaves.
fn take(
    store: &Store,
    id: PaymentId,
    typed: &[Typed],
    mut rng: impl CryptoRng,
    now: DateTime<Utc>,
) -> Result<Option<(Order, Brought)>> {
    let row = list::row(store, id)?;
    let kept = store.read(|book| Ok(table::asked(book, id)?))?;
    let Some((set, asked)) = kept.and_then(|kept| Some((set(&row, &kept)?, kept))) else { return Ok(None) };
    let inputs = inputs(&set, typed, &mut rng).ok_or(FailureKind::AnswerInvalid)?;
    change(store, id, now, |entry| {
        let waits = entry.row.state == PaymentState::AwaitingBank && entry.row.awaits == Some(Awaits::Input);
        if !waits || table::asked(entry.tx(), id)?.as_ref() != Some(&asked) {
            return Ok(None);
        }
        table::ask(entry.tx(), id, None)?;
        table::carry(entry.tx(), id, now)?;
        entry.row.awaits = None;
        entry.postpone(None);
        Ok(Order::of(&entry.row).map(|order| (order, Brought::Answer { inputs, asked })))
    })
}

/// The answer as it leaves; none where it is not one to exactly what is asked.
fn inputs(set: &InputSet, typed: &[Typed], rng: &mut impl CryptoRng) -> Option<StepInputs> {
    let mut values = BTreeMap::new();
    for field in &set.fields {
        let mut answers = typed.iter().filter(|typed| typed.name == field.name);
        let value = answers.next()?.value.expose();
        if answers.next().is_some() || !fits(field, value) {
            return None;
        }
        let sent = match &set.key {
            Some(key) if field.sealed => key.seal(value, rng)?,
            None if field.sealed => return None,
            _ => value.clone(),
        };
        values.insert(field.name.clone(), sent);
    }
    let sealed = set.fields.iter().any(|field| field.sealed);
    (values.len() == typed.len()).then_some(StepInputs { values, sealed })
}

fn fits(field: &InputField, value: &str) -> bool {
    let longest = if field.sealed { MOST_SEALED } else { LONGEST_ANSWER };
    let offered = field.kind != InputKind::Select || field.options.iter().any(|option| option.value == value);
    !value.is_empty() && value.len() <= longest && !value.chars().any(char::is_control) && offered
}
