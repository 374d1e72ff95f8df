//! Four eyes: above a limit a second passphrase, known to another person, releases a payment before it can be handed over.
//!
//! The release belongs to the hash of the review, so that any change of the payment needs a new one; it is looked for in the
//! transaction that confirms the payment (`hand_over`), so that no call leads around it. Changing or removing the rule needs the
//! second passphrase too, and ends what it had released.

use super::{PaymentId, Problem, bulk, drafts};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::money::{AmountProblem, Currency, Money, parse_typed_amount};
use crate::settings::Language;
use crate::store::release::{self as table, What};
use crate::store::settings::{put, value};
use crate::store::{Fault, Store};
use crate::vault::{Cost, Secret, know, remember};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

/// The name under which the rule is kept.
const NAME: &str = "release";
/// The fewest and the most characters of a passphrase.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=1_000;
/// So many wrong passphrases cost nothing but the time that Argon2 takes: they are slips of the finger.
const SLIPS: u32 = 3;
/// The longest wait for the next try, in seconds.
const LONGEST_WAIT: i64 = 60;

/// The rule by which a second passphrase releases payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseRule {
    /// Payments of more than this have to be released, and those in another currency whatever their amount; absent while there is no
    /// rule.
    pub above: Option<Money>,
}

/// The rule as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Rule {
    /// Payments of more than this, and of any amount in another currency, have to be released.
    above: Money,
    /// By which the passphrase is known again.
    record: Vec<u8>,
    wrong: u32,
    next_try: Option<DateTime<Utc>>,
}

/// The rule, without anything of the passphrase.
pub fn release_rule(store: &Store) -> Result<ReleaseRule> {
    let rule = store.read(rule)?;
    Ok(ReleaseRule { above: rule.map(|rule| rule.above) })
}

/// What the owner wants the rule to be.
#[derive(Debug)]
pub struct NewRule {
    /// The limit as typed.
    pub above: String,
    /// Its currency.
    pub currency: Currency,
    /// A new passphrase; needed for a first rule, else the one of now stays.
    pub passphrase: Option<Secret<String>>,
}

/// Lays the rule down, changes it or (without `new`) removes it. `current` is the passphrase of now, where there is a rule. Answers
/// what is wrong with the limit, and then nothing is changed.
///
/// `PassphraseWrong`, from the third time on with the time of the next try, where `current` is not the one of now or a new one has
/// fewer than 8 characters. Takes about a second: not on the runtime.
pub fn change_release_rule(
    store: &Store,
    clock: &Clock,
    cost: Cost,
    language: Language,
    current: Option<&Secret<String>>,
    new: Option<NewRule>,
) -> Result<Option<Problem>> {
    let wrong = || Failure::from(FailureKind::PassphraseWrong);
    let limit = |new: &NewRule| match parse_typed_amount(&new.above, new.currency, language) {
        Ok(above) => Ok(above),
        // Everything has to be released.
        Err(AmountProblem::NotPositive) if is_zero(&new.above) => Ok(Money::zero(new.currency)),
        Err(problem) => Err(Problem::from(problem)),
    };
    let above = match new.as_ref().map(limit).transpose() {
        Ok(above) => above,
        Err(problem) => return Ok(Some(problem)),
    };
    let passphrase = new.and_then(|new| new.passphrase);
    if passphrase.as_ref().is_some_and(|new| !LENGTH.contains(&new.expose().chars().count())) {
        return Err(wrong());
    }
    let held = store.read(rule)?;
    if held.is_some() {
        tried(store, clock, current.ok_or_else(wrong)?, None)?;
    }
    let record = match (&held, passphrase) {
        (_, Some(new)) => remember(&new, cost)?,
        (Some(held), None) => held.record.clone(),
        (None, None) => return if above.is_some() { Err(wrong()) } else { Ok(None) },
    };
    let (now, what) = (clock.now(), if held.is_some() { What::Changed } else { What::Set });
    store.write(|tx| {
        // Nobody changed it since the passphrase was looked at.
        let same = rule(tx)?.map(|rule| rule.record) == held.map(|held| held.record);
        if !same {
            return Err(FailureKind::PassphraseWrong.into());
        }
        match above {
            Some(above) => put(tx, NAME, &Rule { above, record, wrong: 0, next_try: None })?,
            None => put(tx, NAME, &None::<Rule>)?,
        }
        Ok(table::note(tx, now, if above.is_some() { what } else { What::Removed }, None)?)
    })?;
    Ok(None)
}

fn is_zero(typed: &str) -> bool {
    let typed = typed.trim();
    !typed.is_empty() && typed.chars().all(|c| matches!(c, '0' | ',' | '.'))
}

/// Releases exactly what was reviewed, a single payment or a bulk. `DraftChanged` where a new review would differ, `PassphraseWrong` as above; other errors as
/// for a review. Takes half a second: not on the runtime.
pub fn release(store: &Store, clock: &Clock, id: PaymentId, hash: &str, passphrase: &Secret<String>) -> Result<()> {
    let row = drafts::stored(store, id)?;
    let reviewed = if row.is_bulk {
        bulk::review_of(store, clock, &row, &bulk::stored_lines(store, id)?)?.hash
    } else {
        drafts::review_of(store, clock, &row)?.hash
    };
    if reviewed != hash {
        return Err(FailureKind::DraftChanged.into());
    }
    tried(store, clock, passphrase, Some((id, hash)))
}

/// Tries a passphrase. The try is counted before the passphrase is looked at, so that many at once are counted like one after the
/// other; what was released is written with it.
fn tried(store: &Store, clock: &Clock, passphrase: &Secret<String>, of: Option<(PaymentId, &str)>) -> Result<()> {
    let now = clock.now();
    let record = store.write(|tx| {
        let mut rule = held(tx)?;
        // A clock that was set back does not keep her out.
        let wait = rule.next_try.map_or(TimeDelta::zero(), |next| next - now);
        if wait > TimeDelta::zero() && wait <= TimeDelta::seconds(LONGEST_WAIT) {
            return Err(Failure { kind: FailureKind::PassphraseWrong, retry_at: rule.next_try }.into());
        }
        rule.wrong = rule.wrong.saturating_add(1);
        let more = rule.wrong.checked_sub(SLIPS);
        rule.next_try = more.map(|more| now + TimeDelta::seconds(2_i64.saturating_pow(more).min(LONGEST_WAIT)));
        put(tx, NAME, &rule)?;
        Ok(rule.record)
    })?;
    let outcome = know(passphrase, &record);
    store.write(|tx| {
        let mut rule = held(tx)?;
        if let Err(failure) = outcome {
            table::note(tx, now, What::Refused, of)?;
            return Ok(Err(Failure { retry_at: rule.next_try, ..failure }));
        }
        if rule.record != record {
            return Err(FailureKind::PassphraseWrong.into());
        }
        (rule.wrong, rule.next_try) = (0, None);
        put(tx, NAME, &rule)?;
        if of.is_some() {
            table::note(tx, now, What::Released, of)?;
        }
        Ok(Ok(()))
    })?
}

fn held(tx: &Transaction<'_>) -> Result<Rule, Fault> {
    rule(tx)?.ok_or_else(|| FailureKind::NotFound.into())
}

/// The rule; none where there is none. One that cannot be read keeps payments back: it is not taken for none.
fn rule(book: &Connection) -> Result<Option<Rule>, Fault> {
    match value(book, NAME)? {
        None | Some(Value::Null) => Ok(None),
        Some(kept) => serde_json::from_value(kept).map(Some).map_err(|_| FailureKind::StoreFailed.into()),
    }
}

/// Whether what was reviewed has to be released and was not yet.
pub(crate) fn is_missing(book: &Connection, amount: Money, hash: &str) -> Result<bool, Fault> {
    let Some(rule) = rule(book)? else { return Ok(false) };
    let needed = amount.currency != rule.above.currency || amount.amount > rule.above.amount;
    Ok(needed && !table::is_released(book, hash)?)
}
