//! Payments as the window shows them.

use super::journal::aside;
use super::{PaymentDetail, PaymentId, PaymentLine, PaymentState, answer, bulk};
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::store::Store;
use crate::store::accounts::Account;
use crate::store::payments::{self as table, Awaits, PaymentRow};
use chrono::NaiveDate;
use rusqlite::Connection;

/// All payments, drafts too, newest change first.
pub fn payments(store: &Store, clock: &Clock) -> Result<Vec<PaymentLine>> {
    let (accounts, today) = (store.accounts(clock.now())?, clock.today());
    store.read(|book| {
        let rows = table::all(book)?;
        Ok(rows.iter().map(|row| line(book, row, &accounts, today)).collect::<rusqlite::Result<_>>()?)
    })
}

/// Everything about one payment.
pub fn payment(store: &Store, clock: &Clock, id: PaymentId) -> Result<PaymentDetail> {
    let accounts = store.accounts(clock.now())?;
    let today = clock.today();
    store.read(|book| {
        let row = table::find(book, id)?.ok_or(FailureKind::NotFound)?;
        let lines = table::lines(book, id)?;
        Ok(PaymentDetail {
            line: line(book, &row, &accounts, today)?,
            can_approve: can_approve(&row),
            asked: answer::asked(&row, table::asked(book, id)?.as_deref()),
            iban: row.iban,
            input: row.input,
            timeline: table::steps(book, id)?,
            checked: row.checked,
            checks: row.checks,
            next_check: row.next_check,
            proof: table::proof_of(book, id)?,
            lines: lines.iter().map(|row| line(book, row, &accounts, today)).collect::<rusqlite::Result<_>>()?,
            bulk: row.bulk,
        })
    })
}

/// [`payment`], for the flows that wait for the network.
pub(crate) async fn detail_aside(store: &Store, clock: &Clock, id: PaymentId) -> Result<PaymentDetail> {
    let clock = clock.clone();
    aside(store, move |store| payment(store, &clock, id)).await
}

/// A payment as it is kept. `NotFound` when there is none.
pub(crate) fn row(store: &Store, id: PaymentId) -> Result<PaymentRow> {
    store.read(|book| Ok(table::find(book, id)?.ok_or(FailureKind::NotFound)?))
}

/// Whether `approve` has something to do: a page to open, a return from the bank that was turned away, or a first step that did not
/// succeed.
pub(crate) fn can_approve(row: &PaymentRow) -> bool {
    let waits = matches!(row.state, PaymentState::Created | PaymentState::AwaitingBank)
        && row.remote_id.is_some()
        && row.carried.is_none();
    let turned_away = row.returned.is_some() && row.awaits == Some(Awaits::Page);
    waits && (row.page.is_some() || turned_away || (row.awaits.is_none() && row.returned.is_none()))
}

fn line(book: &Connection, row: &PaymentRow, accounts: &[Account], today: NaiveDate) -> rusqlite::Result<PaymentLine> {
    let lines = if row.is_bulk { Some(table::lines(book, row.id)?) } else { None };
    let from = accounts.iter().find(|account| Some(account.id) == row.input.from);
    let waits = matches!(row.state, PaymentState::Draft | PaymentState::Confirmed);
    Ok(PaymentLine {
        id: row.id,
        state: row.state,
        payee: row.input.payee.clone(),
        amount: lines.as_deref().map_or(row.amount, bulk::total),
        count: lines.map(|lines| u32::try_from(lines.len()).unwrap_or(u32::MAX)),
        pay_on: row.day.or(row.input.pay_on).unwrap_or(today),
        from_name: from.map(|account| account.name.clone()),
        bank: from.map(|account| account.bank.clone()),
        changed: row.changed,
        standing: row.standing,
        missed: row.input.pay_on.or(row.standing).filter(|day| waits && *day < today),
    })
}
