//! Payments kept to be used again. One with a rhythm is a standing payment: on each of its days a draft is prepared, which waits for
//! the owner like any other. Nothing here hands anything over.

use super::drafts;
use super::{DraftInput, PaymentId};
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::iban::AccountCheck;
use crate::money::Money;
use crate::settings::Language;
use crate::store::Store;
use crate::store::payments as payment_table;
use crate::store::templates::{self as table, TemplateRow};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The most characters of a template's name.
const LONGEST_NAME: usize = 70;

/// How many of the days that come next are told.
const COMING: usize = 3;

/// How often a standing payment comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Every {
    /// On the same day of each week.
    Week,
    /// On the same day of each month, or its last where it is shorter.
    Month,
    /// The same, every three months.
    Quarter,
    /// The same, every twelve months.
    Year,
}

/// The rhythm of a standing payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rhythm {
    /// How often it comes.
    pub every: Every,
    /// The day on which it comes next. Where it is later than `until`, it has ended.
    pub next: NaiveDate,
    /// The last day on which it may come.
    pub until: Option<NaiveDate>,
    /// Whether its days pass without a draft.
    pub paused: bool,
}

/// Number of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct TemplateId(pub u32);

/// A payment to be kept for another time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateInput {
    /// What the owner calls it, at most 70 characters.
    pub name: String,
    /// As typed; its day is not kept.
    pub payment: DraftInput,
    /// When drafts are prepared of it by themselves; absent for one that is only used by hand.
    pub rhythm: Option<Rhythm>,
}

/// A payment kept to be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its number.
    pub id: TemplateId,
    /// What the owner calls it.
    pub name: String,
    /// As typed.
    pub payment: DraftInput,
    /// The amount as read, where it can be.
    pub amount: Option<Money>,
    /// The payee's IBAN, where the account is valid.
    pub iban: Option<String>,
    /// When drafts are prepared of it.
    pub rhythm: Option<Rhythm>,
    /// The days on which drafts are prepared next, at most three; none while it is paused, and after its end.
    pub coming: Vec<NaiveDate>,
    /// The days, today or earlier, whose drafts still wait for the owner.
    pub waiting: Vec<NaiveDate>,
}

impl Every {
    /// The first day after `day` of those that are counted from `anchor`.
    fn after(self, anchor: NaiveDate, day: NaiveDate) -> NaiveDate {
        let months = |size: u32| {
            let passed = (day.year() - anchor.year()) * 12 + day.month0() as i32 - anchor.month0() as i32;
            let from = u32::try_from(passed).unwrap_or(0) / size;
            (from..).map_while(|count| anchor.checked_add_months(Months::new(count * size))).find(|found| *found > day)
        };
        let found = match self {
            Self::Week => {
                let weeks = u64::try_from((day - anchor).num_days().div_euclid(7) + 1).unwrap_or(0);
                anchor.checked_add_days(Days::new(weeks * 7))
            }
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        };
        found.unwrap_or(NaiveDate::MAX)
    }
}

/// All templates, the standing payments first, by the day on which they come next.
pub fn templates(store: &Store, clock: &Clock) -> Result<Vec<Template>> {
    let rows = store.read(|book| Ok(table::all(book)?))?;
    rows.into_iter().map(|row| view(store, clock, row)).collect()
}

/// Keeps a payment to be used again: a new template without an id. `DraftInvalid` without a name (or with one of more than 70
/// characters), for a next day that has passed, and for an end before it; `NotFound` where the template is gone.
pub fn save_template(
    store: &Store,
    clock: &Clock,
    id: Option<TemplateId>,
    input: &TemplateInput,
    language: Language,
) -> Result<Template> {
    let name = input.name.trim();
    let in_order =
        input.rhythm.is_none_or(|of| of.next >= clock.today() && of.until.is_none_or(|until| until >= of.next));
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !in_order {
        return Err(FailureKind::DraftInvalid.into());
    }
    let row = store.write(|tx| {
        let before = id.map(|id| table::find(tx, id)).transpose()?.flatten();
        // An amount that was not typed anew is read as it was: in another language the same digits may be another amount.
        let typed_in = |row: &TemplateRow| (row.input.amount == input.payment.amount).then_some(row.language);
        let language = before.as_ref().and_then(typed_in).unwrap_or(language);
        let before = before.and_then(|row| row.rhythm);
        // A month that is shorter must not move the days after it.
        let anchor = |of: &super::Rhythm| match before {
            Some((kept, anchor)) if (kept.every, kept.next) == (of.every, of.next) => anchor,
            _ => of.next,
        };
        let mut row = TemplateRow {
            id: id.unwrap_or(TemplateId(0)),
            name: name.to_owned(),
            input: DraftInput { pay_on: None, ..input.payment.clone() },
            language,
            rhythm: input.rhythm.map(|of| (of, anchor(&of))),
        };
        row.id = table::save(tx, &row)?.ok_or(FailureKind::NotFound)?;
        Ok(row)
    })?;
    view(store, clock, row)
}

/// Removes a template; drafts that were made of it stay. `NotFound` where it is gone.
pub fn remove_template(store: &Store, id: TemplateId) -> Result<()> {
    store.write(|tx| if table::remove(tx, id)? { Ok(()) } else { Err(FailureKind::NotFound.into()) })
}

/// Makes a draft of a template, for today. `NotFound` where it is gone.
pub fn use_template(store: &Store, clock: &Clock, id: TemplateId) -> Result<PaymentId> {
    let row = store.read(|book| Ok(table::find(book, id)?.ok_or(FailureKind::NotFound)?))?;
    Ok(drafts::save_draft(store, clock, None, &row.input, row.language)?.id)
}

/// Prepares a draft for each day of a standing payment that has come, also for those on which Saldo did not run. A day gets one draft
/// for ever, whoever asks and how often; days of a paused one pass. Answers how many drafts were made.
pub fn prepare_due(store: &Store, clock: &Clock) -> Result<u32> {
    let (today, now) = (clock.today(), clock.now());
    let mut made = 0;
    for row in store.read(|book| Ok(table::due(book, today)?))? {
        let Some((rhythm, anchor)) = row.rhythm else { continue };
        let read = drafts::read_of(store, clock, &row.input, row.language)?;
        made += store.write(|tx| {
            // Somebody may have been quicker, or the owner has changed it: the next look sees to it.
            if table::find(tx, row.id)?.as_ref() != Some(&row) {
                return Ok(0);
            }
            let (mut made, mut day) = (0, rhythm.next);
            while day <= today && rhythm.until.is_none_or(|until| day <= until) {
                if !rhythm.paused && !table::is_prepared(tx, row.id, day)? {
                    // Without a day of its own it is for today whenever the owner comes to it; the day it was due on is kept beside it.
                    let draft = payment_table::add_draft(tx, &row.input, row.language, &read, now)?;
                    table::mark_prepared(tx, row.id, day, draft)?;
                    made += 1;
                }
                day = rhythm.every.after(anchor, day);
            }
            table::move_on(tx, row.id, day)?;
            Ok(made)
        })?;
    }
    Ok(made)
}

fn view(store: &Store, clock: &Clock, row: TemplateRow) -> Result<Template> {
    let check = drafts::check_draft(store, clock, None, &row.input, row.language)?;
    let waiting = store.read(|book| Ok(table::waiting(book, row.id)?))?;
    Ok(Template {
        id: row.id,
        name: row.name,
        amount: check.amount,
        iban: match check.account {
            AccountCheck::Valid { iban, .. } => Some(iban),
            _ => None,
        },
        payment: row.input,
        coming: row.rhythm.map_or_else(Vec::new, |(rhythm, anchor)| coming(&rhythm, anchor)),
        waiting,
        rhythm: row.rhythm.map(|(rhythm, _)| rhythm),
    })
}

/// The days on which drafts will be prepared next.
fn coming(rhythm: &Rhythm, anchor: NaiveDate) -> Vec<NaiveDate> {
    let days = std::iter::successors(Some(rhythm.next), |day| Some(rhythm.every.after(anchor, *day)));
    let running = days.take_while(|day| !rhythm.paused && rhythm.until.is_none_or(|until| *day <= until));
    running.take(COMING).collect()
}
