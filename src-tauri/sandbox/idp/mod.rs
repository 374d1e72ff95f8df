//! The identity provider, as Keycloak behaves.

pub(crate) mod clients;
pub(crate) mod codes;
pub(crate) mod login;
pub(crate) mod reply;
pub(crate) mod sessions;
pub(crate) mod tokens;

use crate::{
    pages,
    shared::{Live, Shared},
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use clients::Client;
use reply::{OAuthError, Params, no_store};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

/// The realm's endpoints.
pub(crate) fn routes(realm: &str) -> Router<Arc<Shared>> {
    let realm = format!("/auth/realms/{realm}");
    let oidc = format!("{realm}/protocol/openid-connect");
    Router::new()
        .route(&format!("{realm}/.well-known/openid-configuration"), get(discovery))
        .route(&format!("{oidc}/auth"), get(login::authorize).post(login::authorize_by_form))
        .route(&format!("{oidc}/token"), post(token))
        .route(&format!("{oidc}/logout"), get(login::logout_page).post(logout))
        .route(&format!("{oidc}/revoke"), post(revoke))
        .route(&format!("{realm}/login-actions/authenticate"), post(login::authenticate))
        .route(&format!("{realm}/login-actions/consent"), get(login::consent_page).post(login::consent))
        .route(&format!("{realm}/login-actions/logout"), post(login::logout_browser))
}

/// The realm's name for itself, which follows from the address that it was asked at, as with Keycloak: whoever stands between
/// client and server does not make it another one.
fn issuer(shared: &Shared, headers: &HeaderMap) -> String {
    match headers.get(header::HOST).and_then(|host| host.to_str().ok()) {
        Some(host) => {
            let scheme = shared.base.split(':').next().unwrap_or("http");
            format!("{scheme}://{host}/auth/realms/{}", shared.realm)
        }
        None => shared.issuer(),
    }
}

async fn discovery(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let issuer = issuer(&shared, &headers);
    let oidc = format!("{issuer}/protocol/openid-connect");
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{oidc}/auth"),
        "token_endpoint": format!("{oidc}/token"),
        "end_session_endpoint": format!("{oidc}/logout"),
        "revocation_endpoint": format!("{oidc}/revoke"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["ais", "pis", "openid"],
        "authorization_response_iss_parameter_supported": true,
    }))
    .into_response()
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::parse(&body);
    let answer = shared.change(|live| {
        if params.duplicated() {
            return Err(OAuthError::bad_request("invalid_request", "duplicated parameter"));
        }
        let grant = params
            .one("grant_type")
            .ok_or(OAuthError::bad_request("invalid_request", "Missing form parameter: grant_type"))?;
        let client = authenticated(&shared, &headers, &params)?;
        match grant {
            "authorization_code" => {
                let tokens = codes::exchange(&shared, live, client, &params)?;
                live.count("code exchanged");
                Ok(tokens)
            }
            "refresh_token" => {
                let token = params
                    .given("refresh_token")
                    .ok_or(OAuthError::bad_request("invalid_request", "No refresh token"))?;
                sessions::refresh(&shared, live, client, token, params.one("scope"))
            }
            _ => Err(OAuthError::bad_request("unsupported_grant_type", "Unsupported grant_type")),
        }
    });
    match answer {
        Ok(tokens) => no_store(Json(tokens).into_response()),
        Err(error) => error.into_response(),
    }
}

/// Ends the session of a refresh token, which may have ended already. The access token stays good until it expires. Without a
/// refresh token it is the browser that asks.
async fn logout(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::parse(&body);
    let Some(token) = params.given("refresh_token") else { return pages::sign_out(&shared.realm) };
    let answer = shared.change(|live| {
        let client = authenticated(&shared, &headers, &params)?;
        let claims = tokens::read(&live.kept.signing_key, token)
            .filter(|claims| claims.typ == "Refresh" && claims.azp == client.id)
            .ok_or(OAuthError::invalid_grant("Invalid refresh token"))?;
        live.kept.sessions.retain(|session| session.id != claims.sid);
        live.count("signed out");
        Ok::<_, OAuthError>(())
    });
    match answer {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => error.into_response(),
    }
}

/// RFC 7009. A refresh token takes the client's session with it, and the browser's where no other client is left in it.
async fn revoke(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::parse(&body);
    let answer = shared.change(|live| {
        let client = authenticated(&shared, &headers, &params)?;
        let token = params.one("token").ok_or(OAuthError::bad_request("invalid_request", "Token not provided"))?;
        if let Some(claims) = tokens::read(&live.kept.signing_key, token).filter(|claims| claims.azp == client.id) {
            revoke_token(live, &claims);
        }
        Ok::<_, OAuthError>(())
    });
    match answer {
        Ok(()) => no_store(StatusCode::OK.into_response()),
        Err(error) => error.into_response(),
    }
}

fn revoke_token(live: &mut Live, claims: &tokens::Claims) {
    if claims.typ == "Refresh" {
        live.detach(&claims.cs);
        live.kept.sessions.retain(|session| session.id != claims.sid || !session.clients.is_empty());
    } else {
        live.revoked.insert(claims.jti.clone());
    }
}

/// The client whose credentials the request carries, by post or by basic.
fn authenticated<'a>(shared: &'a Shared, headers: &HeaderMap, params: &Params) -> Result<&'a Client, OAuthError> {
    let basic = basic(headers);
    let (id, secret) = match &basic {
        Some((id, secret)) => (id.as_str(), secret.as_str()),
        None => (params.one("client_id").unwrap_or_default(), params.one("client_secret").unwrap_or_default()),
    };
    match shared.clients.iter().find(|client| client.id == id) {
        None => Err(OAuthError::client("invalid_client")),
        Some(client) if client.secret != secret => Err(OAuthError::client("unauthorized_client")),
        Some(client) => Ok(client),
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = String::from_utf8(STANDARD.decode(value.strip_prefix("Basic ")?).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |text: &str| Params::parse(format!("v={text}").as_bytes()).one("v").unwrap_or_default().to_owned();
    Some((plain(id), plain(secret)))
}

/// Who calls the API.
pub(crate) struct Caller {
    pub(crate) scopes: BTreeSet<String>,
    /// Whether it is the owner, whose the world is.
    pub(crate) is_owner: bool,
}

/// The caller behind an access token, if the token is good. Tokens of a session that merely signed out stay good until
/// they expire, as with any bearer token; those of a session ended from outside do not.
pub(crate) fn caller(shared: &Shared, live: &Live, token: &str) -> Option<Caller> {
    let claims = tokens::read(&live.kept.signing_key, token)?;
    let ended = live.kept.sessions.iter().any(|session| session.id == claims.sid && session.ended.is_some());
    let good = claims.typ == "Bearer"
        && claims.exp > shared.now().timestamp()
        && !ended
        && !live.disabled
        && !live.revoked.contains(&claims.jti);
    let scopes = claims.scope.split(' ').map(str::to_owned).collect();
    good.then(|| Caller { scopes, is_owner: claims.sub == sessions::OWNER })
}
