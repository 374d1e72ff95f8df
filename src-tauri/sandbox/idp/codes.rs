//! Authorization codes: made once, used once, within a minute.

use super::{
    clients::Client,
    reply::{OAuthError, Params},
    sessions::{self, TokenResponse},
    tokens,
};
use crate::shared::{Live, Shared};
use chrono::{DateTime, TimeDelta, Utc};

/// Seconds a code may wait.
const CODE_SECONDS: i64 = 60;

/// A code with everything it is bound to.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) value: String,
    pub(crate) client: String,
    pub(crate) redirect: String,
    pub(crate) session: String,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    /// The PKCE challenge, made by S256.
    pub(crate) challenge: String,
    pub(crate) made: DateTime<Utc>,
    pub(crate) used: bool,
    /// The session it led to; using the code again ends it.
    pub(crate) client_session: Option<String>,
}

/// The answer to `grant_type=authorization_code`.
pub(crate) fn exchange(
    shared: &Shared,
    live: &mut Live,
    client: &Client,
    params: &Params,
) -> Result<TokenResponse, OAuthError> {
    let value = params.given("code").ok_or(OAuthError::bad_request("invalid_request", "Missing parameter: code"))?;
    let now = shared.now();
    live.codes.retain(|_, code| now - code.made < TimeDelta::hours(1));
    let Some(code) = live.codes.get_mut(value) else { return Err(OAuthError::invalid_grant("Code not valid")) };
    if code.used {
        let session = code.client_session.clone();
        if let Some(session) = session {
            live.detach(&session);
        }
        return Err(OAuthError::invalid_grant("Code not valid"));
    }
    // A code is spent by the first attempt, whatever comes of it.
    code.used = true;
    let code = code.clone();
    if now - code.made > TimeDelta::seconds(CODE_SECONDS) {
        return Err(OAuthError::invalid_grant("Code not valid"));
    }
    if code.client != client.id {
        return Err(OAuthError::invalid_grant("Auth error"));
    }
    if params.one("redirect_uri") != Some(code.redirect.as_str()) {
        return Err(OAuthError::invalid_grant("Incorrect redirect_uri"));
    }
    let refused = match params.one("code_verifier") {
        _ if !shared.enforce_pkce => None,
        None => Some("PKCE code verifier not specified"),
        Some(verifier) if !well_formed(verifier) => Some("PKCE verification failed: Invalid code verifier"),
        Some(verifier) if tokens::challenge(verifier) != code.challenge => {
            Some("PKCE verification failed: Code mismatch")
        }
        Some(_) if live.disabled => Some("User disabled"),
        Some(_) => None,
    };
    match refused {
        Some(why) => Err(OAuthError::invalid_grant(why)),
        None => sessions::start(shared, live, &code),
    }
}

/// Whether a verifier or a challenge has the length and the characters of RFC 7636, 4.1.
pub(crate) fn well_formed(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}
