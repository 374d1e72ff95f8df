//! What every request has to carry.

use super::reply::{self, ApiError};
use crate::{idp, shared::Shared};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde_json::json;
use std::{net::IpAddr, sync::Arc};

const TITLE: &str = "Invalid headers";

/// A request with a good token for account information (scope `ais`). Whoever is not the owner may ask for the list of her
/// accounts only, and has none.
pub(super) struct Reader {
    pub(super) is_owner: bool,
}
/// A request with a good token for payments (scope `pis`).
pub(super) struct Payer;

impl FromRequestParts<Arc<Shared>> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, ApiError> {
        let is_owner = admit(shared, &parts.headers, "ais")?;
        if is_owner || parts.uri.path().ends_with("/bank-accounts") { Ok(Self { is_owner }) } else { Err(nothing()) }
    }
}

impl FromRequestParts<Arc<Shared>> for Payer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, ApiError> {
        if admit(shared, &parts.headers, "pis")? { Ok(Self) } else { Err(nothing()) }
    }
}

/// Whether it is the owner who asks.
fn admit(shared: &Arc<Shared>, headers: &HeaderMap, scope: &str) -> Result<bool, ApiError> {
    let value = headers.get(header::AUTHORIZATION).ok_or(ApiError::auth(
        StatusCode::UNAUTHORIZED,
        "NOT_AUTHORIZED",
        "User is not authorized",
    ))?;
    let token =
        value
            .to_str()
            .ok()
            .and_then(|value| value.strip_prefix("Bearer "))
            .filter(|token| !token.is_empty())
            .ok_or(ApiError::auth(StatusCode::UNAUTHORIZED, "INVALID_AUTH_HEADER", "Invalid authorization header"))?;
    let caller = shared.look(|live| idp::caller(shared, live, token)).ok_or_else(reply::invalid_token)?;
    if !caller.scopes.contains(scope) {
        return Err(ApiError::auth(StatusCode::FORBIDDEN, "NOT_AUTHORIZED", "User is not authorized"));
    }
    json_only(headers, header::ACCEPT.as_str())?;
    json_only(headers, header::CONTENT_TYPE.as_str())?;
    present(headers, header::USER_AGENT.as_str())?;
    address(headers, "client-ip-address")?;
    Ok(caller.is_owner)
}

/// What somebody sees of the owner's.
fn nothing() -> ApiError {
    ApiError::missing("There is nothing here".to_owned())
}

/// Whether what the owner typed is encrypted; only one method is known.
pub(super) fn sealed(headers: &HeaderMap) -> Result<bool, ApiError> {
    match headers.get("x-user-data-encryption-method") {
        None => Ok(false),
        Some(method) if method == "RSAES-OAEP/SHA-256" => Ok(true),
        Some(_) => Err(ApiError::rule(TITLE, "enum", "x-user-data-encryption-method", json!({}))),
    }
}

/// The two headers that processing a payment needs on top.
pub(super) fn sender(headers: &HeaderMap) -> Result<(), ApiError> {
    address(headers, "x-ef-sender-ip")?;
    let agent = present(headers, "x-ef-sender-user-agent")?;
    // "A valid user agent must be provided, i.e. containing operation system info": a product and a comment.
    if agent.contains('/') && agent.contains('(') {
        Ok(())
    } else {
        Err(ApiError::rule(TITLE, "userAgent", "x-ef-sender-user-agent", json!({})))
    }
}

fn json_only(headers: &HeaderMap, name: &str) -> Result<(), ApiError> {
    let value = present(headers, name)?;
    let json =
        value.split(',').any(|part| part.split(';').next().is_some_and(|kind| kind.trim() == "application/json"));
    if json { Ok(()) } else { Err(ApiError::rule(TITLE, "enum", name, json!({ "choices": ["application/json"] }))) }
}

fn address(headers: &HeaderMap, name: &str) -> Result<(), ApiError> {
    let good = present(headers, name)?.parse::<IpAddr>().is_ok();
    if good { Ok(()) } else { Err(ApiError::rule(TITLE, "ip", name, json!({}))) }
}

fn present<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, ApiError> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|value| !value.trim().is_empty())
        .ok_or_else(|| ApiError::rule(TITLE, "required", name, json!({})))
}
