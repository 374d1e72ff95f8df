//! The bank's own page, where the owner approves a payment, rejects it, or walks away.

use super::book::{Payment, Stage};
use crate::{
    idp::reply::{Params, redirect},
    pages,
    shared::{Live, Shared},
    world::cast::{BANKS, Bank},
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use std::sync::Arc;

/// The banks' pages.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/bank/{bank}/payment/{ticket}", get(show).post(decide))
}

/// The address of the page for a payment.
pub(crate) fn address(base: &str, live: &Live, payment: &Payment) -> String {
    let bank = payment.sender.map_or("any", |account| live.world.bank_of(account).id);
    format!("{base}/bank/{bank}/payment/{}", payment.ticket)
}

async fn show(State(shared): State<Arc<Shared>>, Path((_, ticket)): Path<(String, String)>) -> Response {
    shared.look(|live| match waiting(&shared, live, &ticket) {
        Ok(place) => pages::approval(live, &live.kept.payments.payments[place], shared.now(), None),
        Err(page) => *page,
    })
}

async fn decide(State(shared): State<Arc<Shared>>, Path((_, ticket)): Path<(String, String)>, body: Bytes) -> Response {
    let form = Params::parse(&body);
    shared.change(|live| {
        let place = match waiting(&shared, live, &ticket) {
            Ok(place) => place,
            Err(page) => return *page,
        };
        let approved = match form.one("decision") {
            Some("approve") => true,
            Some("reject") => false,
            _ => return pages::error(StatusCode::BAD_REQUEST, "Nothing was decided. Go back and choose again."),
        };
        let now = live.touch(shared.now());
        let secret = live.hex(10);
        let chosen = form.one("account").and_then(|id| live.world.account(id.parse().ok()?));
        let payment = &live.kept.payments.payments[place];
        let bank = match payment.sender.or(chosen) {
            Some(account) => live.world.bank_of(account),
            None if !approved => &BANKS[0],
            None => return pages::approval(live, payment, shared.now(), Some("Choose the account to pay from.")),
        };
        let payment = &mut live.kept.payments.payments[place];
        payment.sender = payment.sender.or(chosen);
        payment.decide(bank, approved, &secret, now);
        let address = payment.way_back();
        live.count(if approved { "payment approved" } else { "payment rejected" });
        redirect(&address)
    })
}

/// The place of a payment that waits for a decision, or the page that says why none does.
fn waiting(shared: &Shared, live: &Live, ticket: &str) -> Result<usize, Box<Response>> {
    let found = live.kept.payments.payments.iter().position(|payment| payment.ticket == ticket);
    let Some(place) = found else {
        return Err(Box::new(pages::error(StatusCode::NOT_FOUND, "There is no such payment at this bank.")));
    };
    let payment = &live.kept.payments.payments[place];
    match payment.stage {
        Stage::Open if payment.too_late(shared.now()) => Err(Box::new(pages::error(
            StatusCode::GONE,
            "This payment waited too long for approval. Nothing was paid.",
        ))),
        Stage::Open => Ok(place),
        stage => {
            Err(Box::new(pages::decided(stage != Stage::Rejected && !payment.returns.is_empty(), &payment.way_back())))
        }
    }
}

/// The style in which the bank's page is headed.
pub(crate) fn heading(live: &Live, payment: &Payment) -> Option<&'static Bank> {
    payment.sender.map(|account| live.world.bank_of(account))
}
