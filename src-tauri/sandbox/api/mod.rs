//! The BankConnect API under `/v1`.

mod accounts;
pub(crate) mod filter;
mod headers;
mod payments;
pub(crate) mod query;
pub(crate) mod reply;

use crate::shared::Shared;
use axum::{
    Router,
    http::Uri,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;

/// All endpoints of the API.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/v1/bank-accounts", get(accounts::list))
        .route("/v1/bank-accounts/refresh", post(accounts::refresh))
        .route("/v1/bank-accounts/{id}", get(accounts::one))
        .route("/v1/bank-accounts/{id}/transactions", get(accounts::transactions))
        .route("/v1/bank-accounts/{id}/transactions/{transaction}", get(accounts::transaction))
        .route("/v1/banks", get(accounts::banks))
        .route("/v1/payments/single", get(payments::singles).post(payments::create_single))
        .route("/v1/payments/single/{id}", get(payments::single).patch(payments::process_single))
        .route("/v1/payments/bulk", get(payments::bulks).post(payments::create_bulk))
        .route("/v1/payments/bulk/{id}", get(payments::bulk).patch(payments::process_bulk))
}

/// Any other address.
pub(crate) async fn no_such_url(uri: Uri) -> Response {
    reply::ApiError::no_such_url(uri.path()).into_response()
}
