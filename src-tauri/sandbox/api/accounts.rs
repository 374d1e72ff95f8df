//! Account information: accounts, balances, transactions, banks, manual refresh (section 13 of the wire).

use super::{
    headers::Reader,
    query::{FILTERS, ORDERS, Query},
    reply::{self, ApiError},
};
use crate::{
    amount::{Amount, raw_number},
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
use chrono::{DateTime, Datelike, DurationRound, NaiveDate, TimeDelta, Utc};
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
        let count = if reader.is_owner { live.world.accounts().len() } else { 0 };
        let accounts = (0..count).map(|place| account(live, place, shared.now())).collect();
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
        let place = find(live, &id)?;
        Ok(reply::data(account(live, place, shared.now())))
    })
}

fn find(live: &Live, id: &str) -> Result<usize, ApiError> {
    id.parse()
        .ok()
        .and_then(|id| live.world.account(id))
        .ok_or_else(|| ApiError::missing(format!("Bank account {id} not found")))
}

fn account(live: &Live, place: usize, now: DateTime<Utc>) -> AccountWire<'_> {
    let account = &live.world.accounts()[place];
    let bank = live.world.bank_of(place);
    let seen = live.seen_until(place, now);
    let expired = live.consent_end(account.bank) <= live.moment(now);
    // A user who is online has her data refreshed every minute.
    let refreshed = seen.duration_trunc(TimeDelta::minutes(1)).unwrap_or(seen);
    let balance = |r#type, amount| BalanceWire {
        r#type,
        amount,
        currency: account.currency.code(),
        updated_at: stamp(refreshed),
    };
    let limit = account.credit_limit.map_or(0, |limit| limit.0);
    AccountWire {
        id: account.id,
        iban: account.iban.as_deref(),
        account_number: account.number.as_deref(),
        currency: account.currency.code(),
        name: account.name,
        owner_name: OWNER,
        r#type: account.kind,
        bank: BankRef { id: bank.id, name: bank.name, bic: bank.bic, country_code: bank.country },
        status: if expired { "CONSENT_EXPIRED" } else { "ACTIVE" },
        consent_valid_until: stamp(live.consent_end(account.bank)),
        last_refreshed_at: stamp(refreshed),
        history_from: live.world.first_day(),
        balances: vec![
            balance("BOOKED", live.world.booked(place, seen)),
            balance("AVAILABLE", Amount(live.world.available(place, seen).0 + limit)),
        ],
        credit_limit: account.credit_limit,
    }
}

pub(super) async fn transactions(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let query = Query::parse(uri.path(), uri.query(), &FILTERS)?;
    let (updated, created) = (query.moment("updatedFrom")?, query.moment("createdFrom")?);
    let (booked_from, booked_to) = (query.date("bookingDateFrom")?, query.date("bookingDateTo")?);
    let value_from = query.date("valueDateFrom")?;
    let direction = query.choice("direction", &["IN", "OUT"])?;
    let order = query.choice("sort", &ORDERS)?.unwrap_or(ORDERS[0]);
    shared.look(|live| {
        let place = find(live, &id)?;
        let seen = live.seen_until(place, shared.now());
        // What is pending has no booking date yet; it is filtered by the date it has.
        let day = |row: &Row| row.booking_date(seen).unwrap_or_else(|| row.value_date(seen));
        let mut rows: Vec<&Row> = live
            .world
            .rows(place, seen)
            .filter(|row| updated.is_none_or(|from| row.last_updated(seen) >= from))
            .filter(|row| created.is_none_or(|from| row.created >= from))
            .filter(|row| booked_from.is_none_or(|from| day(row) >= from))
            .filter(|row| booked_to.is_none_or(|to| day(row) <= to))
            .filter(|row| value_from.is_none_or(|from| row.value_date(seen) >= from))
            .filter(|row| direction.is_none_or(|direction| row.outgoing == (direction == "OUT")))
            .collect();
        arrange(&mut rows, order, seen);
        let (rows, pagination) = query.page(&shared.base, rows)?;
        let currency = live.world.accounts()[place].currency.code();
        let wires: Vec<TransactionWire> = rows.into_iter().map(|row| wire(row, currency, seen)).collect();
        Ok(reply::page(wires, &pagination))
    })
}

fn arrange(rows: &mut [&Row], order: &str, at: DateTime<Utc>) {
    let (field, way) = order.split_once(':').unwrap_or((order, "asc"));
    let day = |date: NaiveDate| i64::from(date.num_days_from_ce());
    rows.sort_by_cached_key(|row| {
        let key = match field {
            // What is pending counts as newer than all that is booked; what was refused stands by its value date.
            "bookingDate" if row.status(at) == "PENDING" => i64::MAX,
            "bookingDate" => day(row.booking_date(at).unwrap_or_else(|| row.value_date(at))),
            "valueDate" => day(row.value_date(at)),
            "lastUpdated" => row.last_updated(at).timestamp_millis(),
            "createdAt" => row.created.timestamp_millis(),
            "amount" => row.amount.0,
            _ => 0,
        };
        (key, row.id)
    });
    if way == "desc" {
        rows.reverse();
    }
}

pub(super) async fn transaction(
    _: Reader,
    State(shared): State<Arc<Shared>>,
    Path((id, transaction)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    shared.look(|live| {
        let place = find(live, &id)?;
        let seen = live.seen_until(place, shared.now());
        let row = live
            .world
            .rows(place, seen)
            .find(|row| row.id.to_string() == transaction)
            .ok_or_else(|| ApiError::missing(format!("Transaction {transaction} not found")))?;
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
