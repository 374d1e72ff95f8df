//! Account information: accounts, balances, transactions, banks, manual refresh (section 13 of the wire).

use super::{
    filter::{FILTERS, Filter, Line},
    headers::Reader,
    query::Query,
    reply::{self, ApiError},
};
use crate::{
    amount::{Amount, raw_number},
    manners::Entry,
    personalities::{No, Refusal},
    shared::{Live, Shared},
    wire::{AccountWire, BalanceWire, BankRef, Number, TransactionWire, stamp},
    world::{
        cast::{BANKS, Bank, OWNER},
        row::Row,
    },
};
use axum::{
    extract::{OriginalUri, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::Serialize;
use std::sync::Arc;

/// Manual refreshes in a minute before the answer is 429.
const REFRESHES_A_MINUTE: usize = 6;

pub(super) async fn list(
    reader: Reader,
    State(shared): State<Arc<Shared>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let query = Query::parse(uri.path(), uri.query(), &["page", "countPerPage"])?;
    shared.look(|live| {
        let entries = if reader.is_owner { live.entries(shared.now()) } else { Vec::new() };
        let accounts = entries.iter().map(|entry| account(live, entry)).collect();
        let (accounts, pagination) = query.page(&shared.base, accounts)?;
        Ok(reply::page(accounts, &pagination))
    })
}

pub(super) async fn one(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    shared.look(|live| {
        let entry = find(live, &id, shared.now())?;
        Ok(reply::data(account(live, &entry)))
    })
}

fn find(live: &Live, id: &str, now: DateTime<Utc>) -> Result<Entry, ApiError> {
    let entry = live.entries(now).into_iter().find(|entry| entry.id.to_string() == id);
    entry.ok_or_else(|| ApiError::missing(format!("Bank account {id} not found")))
}

fn account<'l>(live: &'l Live, entry: &Entry) -> AccountWire<'l> {
    let account = &live.world.accounts()[entry.place];
    let bank = live.world.bank_of(entry.place);
    let habits = live.habits(entry.place);
    // A user who is online has her data refreshed every minute.
    let refreshed = entry.seen.duration_trunc(TimeDelta::minutes(1)).unwrap_or(entry.seen);
    let limit = account.credit_limit.or_else(|| habits?.line());
    let currency = account.currency.code();
    let written = |moment| habits.map_or_else(|| stamp(moment), |habits| habits.moment(moment));
    let balances = match habits {
        Some(habits) => {
            let at = habits.stated(entry.seen);
            habits.balances(live.balances(entry.place, at), limit.unwrap_or_default(), currency, at)
        }
        None => {
            let (booked, available) = live.balances(entry.place, entry.seen);
            let balance = |r#type, amount| BalanceWire { r#type, amount, currency, updated_at: stamp(refreshed) };
            vec![balance("BOOKED", booked), balance("AVAILABLE", Amount(available.0 + limit.unwrap_or_default().0))]
        }
    };
    AccountWire {
        id: entry.id,
        iban: account.iban.as_deref(),
        account_number: account.number.as_deref(),
        currency,
        name: account.name,
        owner_name: OWNER,
        r#type: account.kind,
        bank: BankRef { id: bank.id, name: bank.name, bic: bank.bic, country_code: bank.country },
        status: if entry.expired { "CONSENT_EXPIRED" } else { "ACTIVE" },
        consent_valid_until: written(live.consent_end(account.bank)),
        last_refreshed_at: written(refreshed),
        history_from: live.world.first_day(),
        balances,
        credit_limit: limit,
    }
}

pub(super) async fn transactions(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let query = Query::parse(uri.path(), uri.query(), &FILTERS)?;
    let filter = Filter::read(&query)?;
    let first_page = query.wanted()?.0 == 1;
    shared.look(|live| {
        let now = shared.now();
        let place = find(live, &id, now)?.place;
        if let Some(list) = live.list(place, now, first_page) {
            return list.page(&query, &shared.base).map(reply::ready).or_else(refused);
        }
        let seen = live.seen_until(place, now);
        let line = |row: &&Row| Line {
            id: row.id,
            pending: row.status(seen) == "PENDING",
            outgoing: row.outgoing,
            amount: row.amount.0,
            booked: row.booking_date(seen),
            value: row.value_date(seen),
            created: row.created,
            updated: row.last_updated(seen),
        };
        let mut rows: Vec<&Row> = live.world.rows(place, seen).filter(|row| filter.fits(&line(row))).collect();
        filter.arrange(&mut rows, line);
        let (rows, pagination) = query.page(&shared.base, rows)?;
        let currency = live.world.accounts()[place].currency.code();
        let wires: Vec<TransactionWire> = rows.into_iter().map(|row| wire(row, currency, seen)).collect();
        Ok(reply::page(wires, &pagination))
    })
}

/// A bank's no as an answer.
fn refused(no: No) -> Result<Response, ApiError> {
    match no {
        No::Api(error) => Err(error),
        No::Bank(Refusal::TooWide) => Err(reply::too_wide()),
        No::Bank(Refusal::Limited { retry_after }) => Ok(reply::too_many(retry_after)),
        No::Bank(Refusal::Down) => Ok(reply::internal()),
        No::Bank(Refusal::Proxy) => Ok(reply::cloudflare(StatusCode::BAD_GATEWAY)),
    }
}

pub(super) async fn transaction(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    Path((id, transaction)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    shared.look(|live| {
        let now = shared.now();
        let place = find(live, &id, now)?.place;
        let missing = || ApiError::missing(format!("Transaction {transaction} not found"));
        if let Some(list) = live.list(place, now, false) {
            let row = list.row(&transaction).ok_or_else(missing)?;
            return Ok(reply::ready(format!(r#"{{"meta":{{"status":"SUCCESS"}},"data":{row}}}"#)));
        }
        let seen = live.seen_until(place, now);
        let row = live.world.rows(place, seen).find(|row| row.id.to_string() == transaction).ok_or_else(missing)?;
        Ok(reply::data(wire(row, live.world.accounts()[place].currency.code(), seen)))
    })
}

fn wire<'a>(row: &'a Row, currency: &'static str, at: DateTime<Utc>) -> TransactionWire<'a> {
    let foreign = row.foreign.as_ref();
    let name = row.other.name.as_deref();
    let booking_date = row.booking_date(at);
    TransactionWire {
        id: Number::Text(row.id.to_string()),
        bank_transaction_id: booking_date.map(|day| format!("{}{:010}", day.format("%Y%m%d"), row.id)),
        status: row.status(at),
        direction: if row.outgoing { "OUT" } else { "IN" },
        amount: Number::Plain(row.amount.to_string()),
        currency,
        original_amount: foreign.map(|foreign| foreign.amount),
        original_currency: foreign.map(|foreign| foreign.currency),
        exchange_rate: foreign.and_then(|foreign| raw_number(foreign.rate)),
        booking_date,
        value_date: row.value_date(at),
        // Until the bank has completed the row, the name is missing.
        counterparty_name: name.filter(|_| row.is_amended(at)),
        counterparty_iban: row.other.iban.as_deref(),
        counterparty_account_number: row.other.iban.as_deref().and_then(crate::iban::domestic),
        counterparty_bic: row.other.bic.as_deref(),
        variable_symbol: row.words.variable.as_deref(),
        constant_symbol: row.words.constant.as_deref(),
        specific_symbol: row.words.specific.as_deref(),
        reference: row.words.reference.as_deref(),
        payment_message: row.words.message.as_deref(),
        description: row.words.description.as_deref(),
        created_at: stamp(row.created),
        last_updated: stamp(row.last_updated(at)),
    }
}

/// Starts a download from all banks; the data is always fresh here, so only the limit shows.
pub(super) async fn refresh(_: Reader, State(shared): State<Arc<Shared>>) -> Response {
    shared.look(|live| {
        let now = shared.now();
        live.refreshes.retain(|moment| now - *moment < TimeDelta::minutes(1));
        match live.refreshes.front() {
            Some(oldest) if live.refreshes.len() >= REFRESHES_A_MINUTE => {
                let wait = (*oldest + TimeDelta::minutes(1) - now).num_seconds().max(1);
                reply::too_many(wait.unsigned_abs())
            }
            _ => {
                live.refreshes.push_back(now);
                StatusCode::NO_CONTENT.into_response()
            }
        }
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BankWire {
    id: &'static str,
    name: &'static str,
    country_code: &'static str,
    bic: &'static str,
    logo_url: String,
}

pub(super) async fn banks(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let query = Query::parse(uri.path(), uri.query(), &["countryCode", "page", "countPerPage"])?;
    let country = query.choice("countryCode", &["SK", "CZ", "SVK", "CZE"])?;
    let wanted = |bank: &&Bank| country.is_none_or(|country| country.starts_with(&bank.country[..1]));
    let banks = BANKS
        .iter()
        .filter(wanted)
        .map(|bank| BankWire {
            id: bank.id,
            name: bank.name,
            country_code: bank.country,
            bic: bank.bic,
            logo_url: format!("{}/assets/{}.svg", shared.base, bank.id),
        })
        .collect();
    let (banks, pagination) = query.page(&shared.base, banks)?;
    Ok(reply::page(banks, &pagination))
}
