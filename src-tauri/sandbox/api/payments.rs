//! Payment initiation on the wire (section 6): single and bulk, create, process, read, list.

use super::{
    headers::{self, Payer},
    query::Query,
    reply::{self, ApiError, Pagination},
};
use crate::{
    amount::Amount,
    payments::{
        approval,
        book::{Item, Next, Payment},
        check::{self, Object},
    },
    shared::{Live, Shared},
    wire::stamp,
};
use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use serde::Serialize;
use std::sync::Arc;

type Answer = Result<Response, ApiError>;

#[derive(Serialize)]
struct Created {
    // A text here and a number when read, as Everifin's own examples have it.
    id: String,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    id: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_url: Option<String>,
    #[serde(flatten)]
    question: Option<serde_json::Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SingleWire<'a> {
    id: u64,
    status: &'static str,
    payment_date: Option<String>,
    sender_iban: Option<&'a str>,
    external_id: Option<&'a str>,
    fee_type: &'static str,
    fee: Amount,
    fee_currency: &'a str,
    created_at: String,
    updated_at: String,
    #[serde(flatten)]
    item: ItemWire<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BulkWire<'a> {
    id: u64,
    status: &'static str,
    name: Option<&'a str>,
    due_date: Option<String>,
    sender_iban: Option<&'a str>,
    payer_name: &'static str,
    external_id: Option<&'a str>,
    all_payments_count: usize,
    total_amount: Amount,
    currency: &'a str,
    created_at: String,
    updated_at: String,
    payments: Vec<BulkItemWire<'a>>,
}

#[derive(Serialize)]
struct BulkItemWire<'a> {
    id: String,
    status: &'static str,
    #[serde(flatten)]
    item: ItemWire<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemWire<'a> {
    amount: Amount,
    currency: &'a str,
    recipient_iban: &'a str,
    recipient_name: Option<&'a str>,
    recipient_bank_bic: Option<&'a str>,
    variable_symbol: Option<&'a str>,
    constant_symbol: Option<&'a str>,
    specific_symbol: Option<&'a str>,
    reference: Option<&'a str>,
    payment_message: Option<&'a str>,
}

pub(super) async fn create_single(_: Payer, State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    create(&shared, check::single(&body)?)
}

pub(super) async fn create_bulk(_: Payer, State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    create(&shared, check::bulk(&body)?)
}

fn create(shared: &Shared, new: crate::payments::book::NewPayment) -> Answer {
    let id = shared.change(|live| live.create_payment(new, shared.now()))?;
    Ok(reply::data(Created { id: id.to_string(), status: "CREATED" }))
}

pub(super) async fn process_single(
    _: Payer,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    process(&shared, &id, false, &headers, &body)
}

pub(super) async fn process_bulk(
    _: Payer,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    process(&shared, &id, true, &headers, &body)
}

fn process(shared: &Shared, id: &str, bulk: bool, headers: &HeaderMap, body: &[u8]) -> Answer {
    headers::sender(headers)?;
    let sealed = headers::sealed(headers)?;
    let brought = Object::parse(body)?.into_texts()?;
    shared.change(|live| {
        let number = find(live, id, bulk)?.id;
        live.process(number, &brought, sealed, shared.now())?;
        let payment = find(live, id, bulk)?;
        let next = payment.next(approval::heading(live, payment), live.asks_for(payment));
        Ok(reply::data(Step {
            id: payment.id.to_string(),
            status: payment.status(),
            r#type: match next {
                Next::Redirect => Some("REDIRECT"),
                Next::Ask => Some("INPUT"),
                Next::Push => Some("PUSH"),
                Next::Call => Some("NEXT"),
                Next::Nothing => None,
            },
            redirect_url: (next == Next::Redirect).then(|| approval::address(&shared.base, live, payment)),
            question: (next == Next::Ask).then(|| live.asking.question(payment)),
        }))
    })
}

fn find<'a>(live: &'a Live, id: &str, bulk: bool) -> Result<&'a Payment, ApiError> {
    let found = id.parse().ok().and_then(|id| live.payment(id, bulk));
    found.ok_or_else(|| ApiError::missing(format!("Payment {id} not found")))
}

pub(super) async fn single(_: Payer, State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Answer {
    shared.look(|live| Ok(reply::data(find(live, &id, false).map(|payment| single_wire(live, payment))?)))
}

pub(super) async fn bulk(_: Payer, State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Answer {
    shared.look(|live| Ok(reply::data(find(live, &id, true).map(|payment| bulk_wire(live, payment))?)))
}

pub(super) async fn singles(_: Payer, State(shared): State<Arc<Shared>>, OriginalUri(uri): OriginalUri) -> Answer {
    shared.look(|live| {
        let (page, pagination) = newest_first(&shared, live, &uri, false)?;
        Ok(reply::page(page.into_iter().map(|payment| single_wire(live, payment)).collect::<Vec<_>>(), &pagination))
    })
}

pub(super) async fn bulks(_: Payer, State(shared): State<Arc<Shared>>, OriginalUri(uri): OriginalUri) -> Answer {
    shared.look(|live| {
        let (page, pagination) = newest_first(&shared, live, &uri, true)?;
        Ok(reply::page(page.into_iter().map(|payment| bulk_wire(live, payment)).collect::<Vec<_>>(), &pagination))
    })
}

fn newest_first<'a>(
    shared: &Shared,
    live: &'a Live,
    uri: &Uri,
    bulk: bool,
) -> Result<(Vec<&'a Payment>, Pagination), ApiError> {
    let query = Query::parse(uri.path(), uri.query(), &["page", "countPerPage"])?;
    let all = live.kept.payments.payments.iter().rev().filter(|payment| payment.is_bulk() == bulk);
    query.page(&shared.base, all.collect())
}

fn sender<'a>(live: &'a Live, payment: &Payment) -> Option<&'a str> {
    payment.sender.and_then(|place| live.world.accounts()[place].iban.as_deref())
}

fn single_wire<'a>(live: &'a Live, payment: &'a Payment) -> SingleWire<'a> {
    let item = &payment.items[0];
    SingleWire {
        id: payment.id,
        status: payment.status(),
        payment_date: payment.date.map(stamp),
        sender_iban: sender(live, payment),
        external_id: payment.external_id.as_deref(),
        fee_type: "SHA",
        fee: Amount(0),
        fee_currency: &item.currency,
        created_at: stamp(payment.created),
        updated_at: stamp(payment.updated),
        item: item_wire(item),
    }
}

fn bulk_wire<'a>(live: &'a Live, payment: &'a Payment) -> BulkWire<'a> {
    let item_status = |item: &Item| match item.accepted {
        None => payment.status(),
        Some(true) => "FINISHED",
        Some(false) => "FAILED",
    };
    let items = payment.items.iter().enumerate().map(|(number, item)| BulkItemWire {
        id: (payment.id * 100 + number as u64 + 1).to_string(),
        status: item_status(item),
        item: item_wire(item),
    });
    BulkWire {
        id: payment.id,
        status: payment.status(),
        name: payment.name.as_deref(),
        due_date: payment.date.map(stamp),
        sender_iban: sender(live, payment),
        payer_name: crate::world::cast::OWNER,
        external_id: payment.external_id.as_deref(),
        all_payments_count: payment.items.len(),
        total_amount: Amount(payment.total()),
        currency: payment.items.first().map_or("EUR", |item| item.currency.as_str()),
        created_at: stamp(payment.created),
        updated_at: stamp(payment.updated),
        payments: items.collect(),
    }
}

fn item_wire(item: &Item) -> ItemWire<'_> {
    ItemWire {
        amount: Amount(item.amount),
        currency: &item.currency,
        recipient_iban: &item.recipient_iban,
        recipient_name: item.recipient_name.as_deref(),
        recipient_bank_bic: item.recipient_bic.as_deref(),
        variable_symbol: item.variable.as_deref(),
        constant_symbol: item.constant.as_deref(),
        specific_symbol: item.specific.as_deref(),
        reference: item.reference.as_deref(),
        payment_message: item.message.as_deref(),
    }
}
