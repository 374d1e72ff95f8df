//! Drafts: kept as typed, checked on each change, reviewed from what is kept.

use super::form::Reading;
use super::warnings::{duplicate_days, is_paid, spendable};
use super::{Draft, DraftCheck, DraftInput, PaymentId, PaymentState, Review, release, rules, sheet};
use crate::clock::{Clock, at_banks};
use crate::failure::{Failure, FailureKind, Result};
use crate::money::Money;
use crate::settings::Language;
use crate::store::Store;
use crate::store::accounts::Account;
use crate::store::payments::{self as table, Facts, PaymentRow, Read, payee_key};

/// Checks the form while it is filled in; keeps nothing. `language` is the one that the window shows: it decides how a typed
/// amount groups its digits. `id` is the draft being edited, if it has been kept before.
pub fn check_draft(
    store: &Store,
    clock: &Clock,
    id: Option<PaymentId>,
    input: &DraftInput,
    language: Language,
) -> Result<DraftCheck> {
    let form = Form::read(store, clock, id, input, language)?;
    Ok(form.reading.into_check(form.from.as_ref(), &form.facts))
}

/// Keeps the form as a draft: a new one without an id. Nothing typed is lost, valid or not. `NotFound` for a draft that was
/// thrown away, `AlreadyHandedOver` for a payment that is no draft any more.
pub fn save_draft(
    store: &Store,
    clock: &Clock,
    id: Option<PaymentId>,
    input: &DraftInput,
    language: Language,
) -> Result<Draft> {
    let (form, now) = (Form::read(store, clock, id, input, language)?, clock.now());
    let read = form.as_read();
    let id = store.write(|tx| match id {
        None => Ok(table::add_draft(tx, input, language, &read, now)?),
        Some(id) if table::change_draft(tx, id, input, language, &read, now)? => Ok(id),
        Some(id) => Err(not_a_draft(table::find(tx, id)?.as_ref()).into()),
    })?;
    Ok(Draft { id, input: input.clone(), check: form.reading.into_check(form.from.as_ref(), &form.facts) })
}

/// A draft as it was kept, checked anew. Errors as for [`save_draft`].
pub fn draft(store: &Store, clock: &Clock, id: PaymentId) -> Result<Draft> {
    let row = single(store, id)?;
    let check = check_draft(store, clock, Some(id), &row.input, row.language)?;
    Ok(Draft { id, input: row.input, check })
}

/// Throws a draft away. Errors as for [`save_draft`]: what was handed over is never thrown away.
pub fn delete_draft(store: &Store, id: PaymentId) -> Result<()> {
    store.write(|tx| {
        if table::remove_draft(tx, id)? { Ok(()) } else { Err(not_a_draft(table::find(tx, id)?.as_ref()).into()) }
    })
}

/// The review sheet of a draft, made from what is kept and nothing else. `DraftInvalid` while there are problems; other errors
/// as for [`save_draft`].
pub fn review(store: &Store, clock: &Clock, id: PaymentId) -> Result<Review> {
    review_of(store, clock, &single(store, id)?)
}

/// The review sheet of a draft that has been read; of a bulk there is another one.
pub(crate) fn review_of(store: &Store, clock: &Clock, row: &PaymentRow) -> Result<Review> {
    let form = Form::read(store, clock, Some(row.id), &row.input, row.language)?;
    let mut review = sheet::of(row.id, form.reading, form.from.as_ref(), &form.facts)?;
    review.needs_release = store.read(|book| release::is_missing(book, review.amount, &review.hash))?;
    Ok(review)
}

/// What a form is read as, to be kept beside it.
pub(crate) fn read_of(store: &Store, clock: &Clock, input: &DraftInput, language: Language) -> Result<Read> {
    Ok(Form::read(store, clock, None, input, language)?.as_read())
}

/// A form as it is checked and as it would be kept.
pub(crate) struct Checked {
    pub(crate) check: DraftCheck,
    pub(crate) read: Read,
    /// Whether the same seems to have been paid already.
    pub(crate) paid: bool,
}

/// Checks one of many forms; the accounts are read once for all of them.
pub(crate) fn checked(
    store: &Store,
    clock: &Clock,
    accounts: &[Account],
    input: &DraftInput,
    language: Language,
) -> Result<Checked> {
    let form = Form::among(accounts, store, clock, None, input, language)?;
    let (read, paid) = (form.as_read(), is_paid(&form.reading, &form.facts));
    Ok(Checked { read, paid, check: form.reading.into_check(form.from.as_ref(), &form.facts) })
}

/// What the account that a payment is paid from holds.
pub(crate) fn balance_of(store: &Store, clock: &Clock, row: &PaymentRow) -> Result<Option<Money>> {
    let accounts = store.accounts(clock.now())?;
    Ok(accounts.iter().find(|account| Some(account.id) == row.input.from).and_then(spendable))
}

/// The row of a draft that is no bulk.
fn single(store: &Store, id: PaymentId) -> Result<PaymentRow> {
    let row = stored(store, id)?;
    if row.is_bulk { Err(FailureKind::NotFound.into()) } else { Ok(row) }
}

/// A draft's row.
pub(crate) fn stored(store: &Store, id: PaymentId) -> Result<PaymentRow> {
    match store.read(|book| Ok(table::find(book, id)?))? {
        Some(row) if row.state == PaymentState::Draft => Ok(row),
        other => Err(not_a_draft(other.as_ref())),
    }
}

fn not_a_draft(row: Option<&PaymentRow>) -> Failure {
    match row {
        None => FailureKind::NotFound.into(),
        Some(_) => FailureKind::AlreadyHandedOver.into(),
    }
}

/// A form with everything that the store knows about it.
struct Form {
    reading: Reading,
    from: Option<Account>,
    facts: Facts,
}

impl Form {
    fn as_read(&self) -> Read {
        Read {
            iban: self.reading.iban().map(str::to_owned),
            minor: self.reading.amount.and_then(|amount| amount.minor().ok()),
            payee_key: payee_key(&self.reading.payee),
        }
    }

    fn read(
        store: &Store,
        clock: &Clock,
        id: Option<PaymentId>,
        input: &DraftInput,
        language: Language,
    ) -> Result<Self> {
        Self::among(&store.accounts(clock.now())?, store, clock, id, input, language)
    }

    fn among(
        accounts: &[Account],
        store: &Store,
        clock: &Clock,
        id: Option<PaymentId>,
        input: &DraftInput,
        language: Language,
    ) -> Result<Self> {
        let today = clock.today();
        let from = accounts.iter().find(|account| Some(account.id) == input.from).cloned();
        let reading = Reading::of(input, from.as_ref(), language, today);
        let mut facts = store.read(|book| {
            Ok(table::facts(book, id, &reading.payee, reading.iban(), reading.amount, duplicate_days(today))?)
        })?;
        if let Some((iban, amount)) = reading.iban().zip(reading.amount) {
            let symbol = reading.variable_symbol.as_deref();
            facts.habits = store.read(|book| Ok(table::habits(book, id, iban, amount, symbol, today)?))?;
        }
        if let Some(from) = &from {
            let rule = store.read(|book| rules::of_account(book, from))?;
            (facts.lowest, facts.closes) = (rule.lowest, rule.closes);
        }
        facts.at_banks = at_banks(clock.now());
        facts.own = accounts.iter().any(|account| account.iban.is_some() && account.iban.as_deref() == reading.iban());
        Ok(Self { reading, from, facts })
    }
}
