//! Faults and insights over HTTP, for tests in other processes. Only there when the sandbox was started with `control`.

use crate::{
    faults::Fault, idp::sessions::Ended, personalities::Personality, shared::Shared, sums::sums, world::cast::BANKS,
};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, atomic::Ordering};

/// The control endpoints.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/control/sums", get(all_sums))
        .route("/control/requests", get(requests))
        .route("/control/{name}", post(act))
}

async fn all_sums(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.look(|live| sums(live, shared.now()))).into_response()
}

async fn requests(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.look(|live| live.counts.clone())).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    bank: Option<String>,
    #[serde(default = "one")]
    times: u64,
    #[serde(default = "api")]
    path: String,
    #[serde(default = "one")]
    retry_after: u64,
    #[serde(default)]
    millis: u64,
    #[serde(default)]
    seconds: i64,
    /// Names of personalities.
    #[serde(default)]
    personalities: Vec<String>,
}

fn one() -> u64 {
    1
}

fn api() -> String {
    "/v1".to_owned()
}

async fn act(State(shared): State<Arc<Shared>>, Path(name): Path<String>, body: axum::body::Bytes) -> Response {
    let text: &[u8] = if body.is_empty() { b"{}" } else { &body };
    let order: Order = match serde_json::from_slice(text) {
        Ok(order) => order,
        Err(error) => return refuse(&error.to_string()),
    };
    let fault = match name.as_str() {
        "unauthorized" => Fault::Unauthorized,
        "rate_limited" => Fault::RateLimited { retry_after: order.retry_after },
        "server_error" => Fault::ServerError,
        "html" => Fault::Html,
        "slow" => Fault::Slow { millis: order.millis },
        "cut" => Fault::Cut,
        "lost" => Fault::Lost,
        other => return act_at_once(&shared, other, &order),
    };
    shared.look(|live| live.faults.arm(fault, order.times, &order.path));
    Json(json!({})).into_response()
}

fn act_at_once(shared: &Shared, name: &str, order: &Order) -> Response {
    match name {
        "expire_session" => shared.change(|live| live.end_sessions(Ended::Expired)),
        "revoke_session" => shared.change(|live| live.end_sessions(Ended::Revoked)),
        "clear" => shared.look(|live| live.faults.clear()),
        "advance_clock" => {
            shared.ahead.fetch_add(TimeDelta::seconds(order.seconds).num_milliseconds(), Ordering::Relaxed);
        }
        "personality" => {
            let personalities: Result<Vec<Personality>, _> =
                order.personalities.iter().map(|name| name.parse()).collect();
            let bank = order.bank.as_deref().unwrap_or_default();
            let set = personalities
                .map_err(|error| error.to_string())
                .and_then(|all| shared.look(|live| live.manners.set(bank, &all)).map_err(|error| error.to_string()));
            if let Err(why) = set {
                return refuse(&why);
            }
        }
        "expire_consent" | "renew_consent" => {
            let Some(bank) = order.bank.as_deref().filter(|id| BANKS.iter().any(|bank| bank.id == *id)) else {
                return refuse("bank is missing or unknown");
            };
            shared.set_consent(bank, name == "renew_consent");
        }
        _ => return (StatusCode::NOT_FOUND, Json(json!({ "error": "no such control" }))).into_response(),
    }
    Json(json!({})).into_response()
}

fn refuse(why: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": why }))).into_response()
}

impl Shared {
    /// Ends a bank's consent now, or renews it: for 180 days, unless the bank is short of patience.
    pub(crate) fn set_consent(&self, bank: &str, renew: bool) {
        self.change(|live| {
            let now = live.touch(self.now());
            let usual = TimeDelta::days(180);
            let end = match live.manners.bad(bank) {
                _ if !renew => now,
                Some(habits) => habits.consent_end(now, usual),
                None => now + usual,
            };
            if renew {
                live.kept.renewals.entry(bank.to_owned()).or_default().push(now);
            }
            live.kept.consents.insert(bank.to_owned(), end);
        });
    }
}
