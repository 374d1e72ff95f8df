//! Browser sessions, the client sessions inside them, and the rules of rotation (Keycloak with "Revoke Refresh Token" on
//! and no reuse).

use super::{
    clients::Client,
    codes::Code,
    reply::OAuthError,
    tokens::{self, Claims},
};
use crate::shared::{Live, Shared};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The realm's names for its two users.
pub(crate) const OWNER: &str = "5f0c7a52-6f0b-4d0e-9d8e-2f6f3b9f1c11";
pub(crate) const COLLEAGUE: &str = "0b7d3f7e-41c9-4a52-8c1d-6a5e2f90d3b8";

/// How long things last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetimes {
    /// Access token.
    pub(crate) access: Duration,
    /// A session without any use; each refresh starts it anew.
    pub(crate) idle: Duration,
    /// A session at most.
    pub(crate) max: Duration,
}

/// How a session was ended from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ended {
    /// As if its time were over: the refresh token is "not active".
    Expired,
    /// As if an administrator had revoked it.
    Revoked,
}

/// A user's session in one browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UserSession {
    pub(crate) id: String,
    /// The realm's name for the user. A file from before there was a second one says nothing.
    #[serde(default = "owner")]
    pub(crate) subject: String,
    /// Value of the browser's cookie.
    pub(crate) cookie: String,
    pub(crate) started: DateTime<Utc>,
    pub(crate) last_use: DateTime<Utc>,
    pub(crate) ended: Option<Ended>,
    pub(crate) clients: Vec<ClientSession>,
}

fn owner() -> String {
    OWNER.to_owned()
}

/// One client signed in through a browser session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClientSession {
    pub(crate) id: String,
    pub(crate) client: String,
    pub(crate) scope: String,
    /// Identifier of the refresh token that may be used next.
    pub(crate) current: String,
    /// Identifier of the one used last.
    pub(crate) used: Option<String>,
}

/// A token response (Keycloak's `AccessTokenResponse`).
#[derive(Debug, Serialize)]
pub(crate) struct TokenResponse {
    access_token: String,
    expires_in: i64,
    refresh_expires_in: i64,
    refresh_token: String,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(rename = "not-before-policy")]
    not_before_policy: u64,
    session_state: String,
    scope: String,
}

impl UserSession {
    /// Whether the session still lives.
    pub(crate) fn alive(&self, now: DateTime<Utc>, lifetimes: &Lifetimes) -> bool {
        self.ended.is_none() && now < self.end(self.last_use, lifetimes)
    }

    /// When it ends if it is used for the last time at `last_use`.
    fn end(&self, last_use: DateTime<Utc>, lifetimes: &Lifetimes) -> DateTime<Utc> {
        (last_use + lifetimes.idle).min(self.started + lifetimes.max)
    }
}

/// Starts a client session for a code and gives its first tokens.
pub(crate) fn start(shared: &Shared, live: &mut Live, code: &Code) -> Result<TokenResponse, OAuthError> {
    let now = shared.now();
    let (id, jti) = (live.uuid(), live.uuid());
    let session = live
        .kept
        .sessions
        .iter_mut()
        .find(|s| s.id == code.session && s.alive(now, &shared.lifetimes))
        .ok_or(OAuthError::invalid_grant("Session not active"))?;
    session.last_use = now;
    let client = ClientSession {
        id: id.clone(),
        client: code.client.clone(),
        scope: code.scope.clone(),
        current: jti,
        used: None,
    };
    session.clients.retain(|c| c.client != code.client);
    session.clients.push(client);
    if let Some(kept) = live.codes.get_mut(&code.value) {
        kept.client_session = Some(id.clone());
    }
    let scope = code.scope.clone();
    tokens_for(shared, live, &id, &scope, code.nonce.clone()).ok_or(OAuthError::invalid_grant("Session not active"))
}

/// Exchanges a refresh token for the next pair, or says why not; a reused token detaches its client session.
pub(crate) fn refresh(
    shared: &Shared,
    live: &mut Live,
    client: &Client,
    token: &str,
    scope: Option<&str>,
) -> Result<TokenResponse, OAuthError> {
    let now = shared.now();
    let claims = tokens::read(&live.kept.signing_key, token)
        .filter(|claims| claims.typ == "Refresh")
        .ok_or(OAuthError::invalid_grant("Invalid refresh token"))?;
    if claims.azp != client.id {
        return Err(OAuthError::invalid_grant("Invalid refresh token. Token client and authorized client don't match"));
    }
    let session = live.kept.sessions.iter_mut().find(|session| session.id == claims.sid);
    if claims.exp <= now.timestamp() || session.as_ref().is_some_and(|s| s.ended == Some(Ended::Expired)) {
        return Err(OAuthError::invalid_grant("Token is not active"));
    }
    let session = session
        .filter(|session| session.alive(now, &shared.lifetimes))
        .ok_or(OAuthError::invalid_grant("Session not active"))?;
    let Some(place) = session.clients.iter().position(|c| c.id == claims.cs) else {
        return Err(OAuthError::invalid_grant("Session doesn't have required client"));
    };
    let own = &mut session.clients[place];
    if own.current != claims.jti {
        let why = if own.used.as_deref() == Some(claims.jti.as_str()) {
            "Maximum allowed refresh token reuse exceeded"
        } else {
            "Stale token"
        };
        session.clients.remove(place);
        live.count("refresh token reused");
        return Err(OAuthError::invalid_grant(why));
    }
    if live.disabled {
        return Err(OAuthError::invalid_grant("User disabled"));
    }
    let scope = narrowed(client, &own.scope, scope)?;
    own.used = Some(claims.jti);
    session.last_use = now;
    let next = live.uuid();
    if let Some(own) = live.client_session(&claims.cs) {
        own.current = next;
    }
    live.count("refresh token rotated");
    tokens_for(shared, live, &claims.cs, &scope, None).ok_or(OAuthError::invalid_grant("Session not active"))
}

/// The granted scope, or the part of it that is asked for. What was not granted is left out without a word; only a scope that
/// the client could never have is an error.
fn narrowed(client: &Client, granted: &str, asked: Option<&str>) -> Result<String, OAuthError> {
    let Some(asked) = asked.filter(|asked| !asked.trim().is_empty()) else { return Ok(granted.to_owned()) };
    let asked: Vec<&str> = asked.split_whitespace().collect();
    if asked.iter().any(|scope| !client.scopes.iter().any(|own| own == scope)) {
        return Err(OAuthError::bad_request("invalid_scope", "Invalid scopes"));
    }
    Ok(granted.split(' ').filter(|scope| asked.contains(scope)).collect::<Vec<_>>().join(" "))
}

fn tokens_for(
    shared: &Shared,
    live: &mut Live,
    client_session: &str,
    scope: &str,
    nonce: Option<String>,
) -> Option<TokenResponse> {
    let now = shared.now();
    let access_id = live.uuid();
    let session = live.kept.sessions.iter().find(|s| s.clients.iter().any(|c| c.id == client_session))?;
    let own = session.clients.iter().find(|c| c.id == client_session)?;
    let end = session.end(now, &shared.lifetimes);
    let access_end = (now + shared.lifetimes.access).min(end);
    let claims = |typ: &str, jti: &str, until: DateTime<Utc>, roles: &[&str]| Claims {
        typ: typ.to_owned(),
        jti: jti.to_owned(),
        sid: session.id.clone(),
        cs: own.id.clone(),
        azp: own.client.clone(),
        iss: shared.issuer(),
        sub: session.subject.clone(),
        scope: scope.to_owned(),
        iat: now.timestamp(),
        exp: until.timestamp(),
        nonce: nonce.clone(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    };
    let key = &live.kept.signing_key;
    let roles = ["default-roles-everifin_app", "offline_access", "uma_authorization", "manage-account", "view-profile"];
    Some(TokenResponse {
        access_token: tokens::sign(key, &claims("Bearer", &access_id, access_end, &roles)),
        expires_in: seconds(access_end - now),
        refresh_expires_in: seconds(end - now),
        refresh_token: tokens::sign(key, &claims("Refresh", &own.current, end, &[])),
        token_type: "Bearer",
        id_token: scope
            .split(' ')
            .any(|s| s == "openid")
            .then(|| tokens::sign(key, &claims("ID", &access_id, access_end, &[]))),
        not_before_policy: 0,
        session_state: session.id.clone(),
        scope: scope.to_owned(),
    })
}

fn seconds(span: TimeDelta) -> i64 {
    span.num_seconds().max(0)
}

impl Live {
    /// The client session of that identifier, wherever it is.
    pub(crate) fn client_session(&mut self, id: &str) -> Option<&mut ClientSession> {
        self.kept.sessions.iter_mut().flat_map(|session| &mut session.clients).find(|client| client.id == id)
    }

    /// Takes a client session out of its browser session.
    pub(crate) fn detach(&mut self, client_session: &str) {
        for session in &mut self.kept.sessions {
            session.clients.retain(|client| client.id != client_session);
        }
    }

    /// Ends every session from outside.
    pub(crate) fn end_sessions(&mut self, how: Ended) {
        for session in &mut self.kept.sessions {
            session.ended.get_or_insert(how);
        }
    }
}
