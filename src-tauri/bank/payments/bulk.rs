//! Many payments with one signature.
//!
//! A bulk goes the same way as a single payment: one request that creates it, one attempt, the same states, found out by
//! reading where an answer is lost. Drafts that are put into one become its lines. They leave when it leaves and follow its
//! state, until the bank has said of each what became of it: a bulk ends only when all of its lines have ended.

use super::journal::Entry;
use super::state::Event;
use super::{Leaving, PaymentId, PaymentState, Review, Warning, drafts, release, sheet};
use crate::clock::Clock;
use crate::everifin::{RemoteLine, RemotePayment, RemoteStatus};
use crate::failure::{FailureKind, Result};
use crate::money::Money;
use crate::store::Store;
use crate::store::accounts::Bank;
use crate::store::payments::{self as table, PaymentRow};
use crate::symbols;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use specta::Type;

/// The most payments in a bulk. Everifin says none; the bank's page and the review must stay readable.
pub(crate) const MOST_LINES: usize = 500;

/// What chosen drafts come to together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkOffer {
    /// How many they are.
    pub count: u32,
    /// What they amount to; absent while one has no amount, and where they are of several currencies.
    pub total: Option<Money>,
    /// Whether they can go with one signature: all of one account, one currency and one day.
    pub one_order: bool,
    /// Those that cannot be paid yet, because something in them is missing or wrong.
    pub unfinished: Vec<PaymentId>,
}

/// The review sheet of a bulk, made from its stored drafts. Handing over needs its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkReview {
    /// The bulk.
    pub id: PaymentId,
    /// Binds the confirmation to exactly these lines: SHA-256, hex.
    pub hash: String,
    /// What all lines amount to.
    pub total: Money,
    /// Payer's account name.
    pub from_name: String,
    /// Payer's IBAN, without spaces.
    pub from_iban: String,
    /// Payer's bank, which will ask for the approval.
    pub bank: Bank,
    /// Execution date of all.
    pub pay_on: NaiveDate,
    /// When they leave the payer's bank.
    pub leaving: Leaving,
    /// Balance after all of them.
    pub balance_after: Option<Money>,
    /// Whether the second passphrase has to release it first: the rule looks at what all of them amount to.
    pub needs_release: bool,
    /// Each payment with its warnings; also one that stands twice in this bulk is warned of.
    pub lines: Vec<Review>,
}

/// Puts drafts into a new bulk; its id. They stay drafts, and can be changed until it is handed over.
///
/// `BulkMixed` when they are of several accounts, currencies or days, fewer than two or more than 500; `AlreadyHandedOver`
/// when one is no draft any more, `PartOfBulk` when one is in a bulk already, `NotFound` when there is none by an id.
pub fn make_bulk(store: &Store, clock: &Clock, ids: &[PaymentId]) -> Result<PaymentId> {
    let rows = ids.iter().map(|id| drafts::stored(store, *id)).collect::<Result<Vec<_>>>()?;
    if rows.iter().any(|row| row.is_bulk || row.bulk.is_some()) {
        return Err(FailureKind::PartOfBulk.into());
    }
    let Some(first) = rows.first().filter(|first| rows.len() >= 2 && together(first, &rows, clock.today())) else {
        return Err(FailureKind::BulkMixed.into());
    };
    let input = &first.input;
    store.write(|tx| {
        let bulk = table::add_bulk(tx, input.from, &input.currency, input.pay_on, clock.now())?;
        for row in &rows {
            if !table::join(tx, row.id, bulk)? {
                return Err(FailureKind::PartOfBulk.into());
            }
        }
        Ok(bulk)
    })
}

/// Whether payments can go with one signature: Everifin knows one account, one currency and one day of a bulk. One without a day is
/// for today.
fn together(like: &PaymentRow, rows: &[PaymentRow], today: NaiveDate) -> bool {
    let common = |row: &PaymentRow| (row.input.from, row.input.currency.clone(), row.input.pay_on.unwrap_or(today));
    (1..=MOST_LINES).contains(&rows.len()) && rows.iter().all(|row| common(row) == common(like))
}

/// What chosen drafts come to, and whether they can go with one signature. Those that are no drafts any more are left out.
pub fn bulk_offer(store: &Store, clock: &Clock, ids: &[PaymentId]) -> Result<BulkOffer> {
    let rows: Vec<PaymentRow> = ids.iter().filter_map(|id| drafts::stored(store, *id).ok()).collect();
    let mut unfinished = Vec::new();
    for row in &rows {
        match drafts::review_of(store, clock, row) {
            Ok(_) => {}
            Err(failure) if failure.kind == FailureKind::DraftInvalid => unfinished.push(row.id),
            Err(failure) => return Err(failure),
        }
    }
    Ok(BulkOffer {
        count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        total: total(&rows),
        one_order: rows.first().is_some_and(|first| together(first, &rows, clock.today())),
        unfinished,
    })
}

/// The review sheet of a bulk. `DraftInvalid` while a line has problems, `BulkMixed` when a line was changed so that it does not
/// fit the others any more, `AlreadyHandedOver` when it is no draft, `NotFound` when there is none.
pub fn review_bulk(store: &Store, clock: &Clock, id: PaymentId) -> Result<BulkReview> {
    let row = drafts::stored(store, id)?;
    review_of(store, clock, &row, &stored_lines(store, id)?)
}

/// The lines of a bulk as they are kept.
pub(crate) fn stored_lines(store: &Store, id: PaymentId) -> Result<Vec<PaymentRow>> {
    store.read(|book| Ok(table::lines(book, id)?))
}

/// [`review_bulk`] of rows that have been read.
pub(crate) fn review_of(store: &Store, clock: &Clock, bulk: &PaymentRow, rows: &[PaymentRow]) -> Result<BulkReview> {
    if !bulk.is_bulk {
        return Err(FailureKind::NotFound.into());
    }
    if !together(bulk, rows, clock.today()) {
        return Err(FailureKind::BulkMixed.into());
    }
    let mut lines = rows.iter().map(|row| drafts::review_of(store, clock, row)).collect::<Result<Vec<_>>>()?;
    warn_of_twins(&mut lines);
    let total = total(rows).ok_or(FailureKind::DraftInvalid)?;
    let balance = drafts::balance_of(store, clock, bulk)?;
    let first = lines.first().ok_or(FailureKind::BulkMixed)?;
    let mut review = BulkReview {
        id: bulk.id,
        hash: String::new(),
        total,
        from_name: first.from_name.clone(),
        from_iban: first.from_iban.clone(),
        bank: first.bank.clone(),
        pay_on: first.pay_on,
        leaving: first.leaving,
        balance_after: balance.and_then(|now| now.checked_sub(total).ok()),
        needs_release: false,
        lines,
    };
    review.hash = sheet::bulk_hash(&review);
    review.needs_release = store.read(|book| release::is_missing(book, review.total, &review.hash))?;
    Ok(review)
}

/// Warns of payments of one amount to one account in the same bulk: what was paid before is warned of already, drafts are not.
fn warn_of_twins(lines: &mut [Review]) {
    let same = |a: &Review, b: &Review| (a.amount, &a.iban) == (b.amount, &b.iban);
    let twins: Vec<bool> = lines.iter().map(|a| lines.iter().filter(|b| same(a, b)).count() > 1).collect();
    for (line, _) in lines.iter_mut().zip(twins).filter(|(_, twin)| *twin) {
        let duplicate = Warning::LikelyDuplicate { day: line.pay_on, amount: line.amount };
        if !line.warnings.iter().any(|warning| matches!(warning, Warning::LikelyDuplicate { .. })) {
            line.warnings.push(duplicate);
        }
    }
}

/// What payments amount to; none where one has no amount, or where they are of several currencies.
pub(crate) fn total(rows: &[PaymentRow]) -> Option<Money> {
    let (first, rest) = rows.split_first()?;
    rest.iter().try_fold(first.amount?, |sum, row| sum.checked_add(row.amount?).ok())
}

/// The payments that move money when this one does: itself, or the lines of a bulk.
pub(crate) fn payments_of(book: &Connection, row: &PaymentRow) -> rusqlite::Result<Vec<PaymentRow>> {
    if row.is_bulk { table::lines(book, row.id) } else { Ok(vec![row.clone()]) }
}

/// Takes over what Everifin says of a bulk: first what it says of each line, then of the rest.
pub(crate) fn read(entry: &mut Entry<'_>, remote: &RemotePayment) -> rusqlite::Result<()> {
    if !remote.status.is_final() {
        entry.reported(&remote.status)?;
    }
    let mut lines = entry.lines()?;
    let rows: Vec<&PaymentRow> = lines.iter().map(|line| &line.row).collect();
    for (index, status) in told(&rows, &remote.lines) {
        if let Some(line) = lines.get_mut(index).filter(|_| status.is_final()) {
            line.reported(&status)?;
        }
    }
    let known = |line: &Entry<'_>| line.row.state.is_final();
    let all_known = lines.iter().all(known);
    lines.into_iter().try_for_each(Entry::save)?;
    match remote.status {
        RemoteStatus::Finished if !all_known => rest(entry, Event::Finish, "FINISHED")?,
        RemoteStatus::Failed if !all_known => rest(entry, Event::Fail, "FAILED")?,
        // Some were paid, and which is not said of all: for these the outcome is unknown.
        RemoteStatus::PartiallyPaid if !all_known => {
            if entry.row.state != PaymentState::Unknown {
                entry.happens(Event::Process, Some("PARTIALLY_PAID"))?;
                entry.happens(Event::Lose, Some("PARTIALLY_PAID"))?;
            }
            return Ok(());
        }
        RemoteStatus::Finished | RemoteStatus::Failed | RemoteStatus::PartiallyPaid => {}
        _ => return Ok(()),
    }
    end(entry, None)
}

/// Lets an end happen to the lines of which nothing of their own is known.
fn rest(entry: &Entry<'_>, event: Event, word: &str) -> rusqlite::Result<()> {
    for mut line in entry.lines()?.into_iter().filter(|line| !line.row.state.is_final()) {
        line.happens(event, Some(word))?;
        line.save()?;
    }
    Ok(())
}

/// Ends a bulk whose lines have all ended, as they have.
fn end(entry: &mut Entry<'_>, word: Option<&str>) -> rusqlite::Result<()> {
    let states: Vec<PaymentState> = entry.lines()?.iter().map(|line| line.row.state).collect();
    if states.is_empty() || !states.iter().all(|state| state.is_final()) {
        return Ok(());
    }
    let paid = states.iter().filter(|state| **state == PaymentState::Finished).count();
    let event = match paid {
        0 => Event::Fail,
        all if all == states.len() => Event::Finish,
        _ => Event::PayInPart,
    };
    entry.happens(event, word).map(|_| ())
}

/// Takes booked transactions as proof that lines were paid, each its own.
pub(crate) fn find_proofs(entry: &mut Entry<'_>, sent: DateTime<Utc>) -> rusqlite::Result<()> {
    for mut line in entry.lines()?.into_iter().filter(|line| !line.row.state.is_final()) {
        if let Some(proof) = table::proof(line.tx(), &line.row, sent)? {
            table::save_proof(line.tx(), line.row.id, proof)?;
            line.happens(Event::Finish, Some("booked"))?;
            line.save()?;
        }
    }
    end(entry, Some("booked"))
}

/// Which line each reported one is: the one at its place, or the first free one that it can be, as long as all of these are the
/// same payment. A reported line that may be one of several is none.
fn told(rows: &[&PaymentRow], reported: &[RemoteLine]) -> Vec<(usize, RemoteStatus)> {
    let in_order = rows.len() == reported.len();
    let mut taken = vec![false; rows.len()];
    let mut told = Vec::new();
    for (place, line) in reported.iter().enumerate() {
        let free = |index: usize| taken.get(index) == Some(&false);
        let fitting: Vec<(usize, &PaymentRow)> =
            rows.iter().copied().enumerate().filter(|(_, row)| fits(row, line)).collect();
        let alike =
            fitting.iter().all(|(_, row)| fitting.first().is_some_and(|(_, first)| content(row) == content(first)));
        let mut fitting = fitting.into_iter().map(|(index, _)| index).filter(|index| free(*index));
        let found = if alike { fitting.next() } else { fitting.find(|index| in_order && *index == place) };
        if let Some(mark) = found.and_then(|index| taken.get_mut(index)) {
            *mark = true;
        }
        told.extend(found.map(|index| (index, line.status.clone())));
    }
    told
}

/// Whether a reported line can be this one; what is not said does not disagree.
fn fits(row: &PaymentRow, line: &RemoteLine) -> bool {
    row.amount == Some(line.amount)
        && row.iban.as_ref() == Some(&line.iban)
        && line
            .variable_symbol
            .as_deref()
            .is_none_or(|symbol| symbols::same(Some(symbol), Some(&row.input.variable_symbol)))
}

/// What tells the lines of a bulk apart.
fn content(row: &PaymentRow) -> (Option<Money>, Option<&str>, &str, &str) {
    (row.amount, row.iban.as_deref(), row.input.variable_symbol.trim(), row.input.message.trim())
}
