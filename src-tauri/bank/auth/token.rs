//! The token endpoint: redeeming a code, renewing, ending (everifin-api.md 3 and 4).

use super::Client;
use super::http::{Answer, Http, Lost};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind};
use crate::vault::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::time::Duration;
use zeroize::Zeroizing;

/// The longest answer that is read.
const MAX_ANSWER: usize = 1024 * 1024;
/// How long an answer is waited for. Longer than any caller waits: one that comes late may hold the only token that is still
/// worth something.
pub(super) const ANSWER_LIMIT: Duration = Duration::from_secs(60);
/// The longest token that is taken; also what the keychain holds.
pub(super) const MAX_TOKEN: usize = 16 * 1024;
/// How long an access token is taken to live where the answer does not say (Keycloak's usual time). Should it die sooner, the
/// API says so and it is renewed.
const USUAL_LIFE: Duration = Duration::from_secs(300);
pub(super) const LONGEST_LIFE: Duration = Duration::from_secs(24 * 3600);
/// No session is promised for longer than this, whatever the server says.
const LONGEST_SESSION: Duration = Duration::from_secs(10 * 366 * 24 * 3600);

/// What the identity provider grants.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access: Secret<String>,
    /// None: the old one stays in use (RFC 6749 section 6).
    pub(super) refresh: Option<Secret<String>>,
    pub(super) life: Duration,
    /// How long the refresh token lives if it is not used, where the server says so; 0 stands for "no end" (Keycloak).
    pub(super) refresh_life: Option<Duration>,
}

impl Tokens {
    /// What Everifin calls the user, where a token says so: the refresh token, or else the access token. A server that names her
    /// at all names her in the same one each time.
    pub(super) fn user(&self) -> Option<String> {
        let refresh = self.refresh.as_ref().and_then(|token| owner(token.expose()));
        refresh.or_else(|| owner(self.access.expose()))
    }
}

/// Why it does not grant them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotGranted {
    /// `invalid_grant`: code or refresh token are worth nothing (any more). The only thing that ends a session.
    Grant,
    /// Another no; the session is as it was.
    Other(Failure),
    /// No connection stood: nothing was asked.
    NotSent,
    /// The answer was lost on the way, or nobody understands it: whether something was granted is not known.
    Unknown(Failure),
}

impl NotGranted {
    /// What the window is told, where nobody asks what it means for the session.
    pub(super) fn failure(self) -> Failure {
        match self {
            Self::Grant => FailureKind::SignInNeeded.into(),
            Self::NotSent => FailureKind::Offline.into(),
            Self::Other(failure) | Self::Unknown(failure) => failure,
        }
    }
}

impl From<FailureKind> for NotGranted {
    fn from(kind: FailureKind) -> Self {
        Self::Other(kind.into())
    }
}

/// Asks for tokens, and waits that long for the answer. `fields` are those of the grant; the client's own are added.
pub(super) async fn ask(
    client: &Client,
    http: &Http,
    clock: &Clock,
    fields: &[(&str, &str)],
    limit: Duration,
) -> Result<Tokens, NotGranted> {
    let request = form(client, http, "token", fields).timeout(limit);
    let tokens = match http.send(request, MAX_ANSWER).await {
        Ok(answer) => read(&answer, clock)?,
        Err(Lost::NotSent) => return Err(NotGranted::NotSent),
        Err(lost @ Lost::Unknown) => return Err(NotGranted::Unknown(lost.into())),
    };
    let before = fields.iter().find(|(name, _)| *name == "refresh_token").and_then(|(_, token)| owner(token));
    let after = tokens.refresh.as_ref().and_then(|token| owner(token.expose()));
    match (before, after) {
        (Some(before), Some(after)) if before != after => {
            tracing::error!("the identity provider renewed the session in the name of somebody else");
            Err(NotGranted::Grant)
        }
        _ => Ok(tokens),
    }
}

/// In whose name a refresh token is, where it says so. Tokens are nobody's business but the server's and need not say anything;
/// Keycloak's do. A renewal that answers somebody else's token (a cache on the way, a server's mistake) must not show her
/// accounts: the session is over then, and the owner is asked to sign in (security.md T24). Two refresh tokens are compared and
/// not an access token with one, because a server may name its user differently in each kind.
fn owner(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        sub: String,
    }
    let mut parts = token.split('.');
    let (Some(_), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let claims = Zeroizing::new(URL_SAFE_NO_PAD.decode(claims).ok()?);
    let user = serde_json::from_slice::<Claims>(&claims).ok()?.sub;
    // OpenID Connect Core 2.
    (1..=255).contains(&user.len()).then_some(user)
}

/// Ends the session at the identity provider; whether it has confirmed that.
pub(super) async fn log_out(client: &Client, http: &Http, refresh: &Secret<String>) -> bool {
    let request = form(client, http, "logout", &[("refresh_token", refresh.expose())]);
    http.send(request, MAX_ANSWER).await.is_ok_and(|answer| answer.status.is_success())
}

fn form(client: &Client, http: &Http, endpoint: &str, fields: &[(&str, &str)]) -> RequestBuilder {
    let mut form: Vec<_> = fields.to_vec();
    form.extend(client.fields());
    http.request(Method::POST, client.endpoint(endpoint)).form(&form)
}

#[derive(Deserialize)]
struct Granted<'a> {
    access_token: Secret<String>,
    refresh_token: Option<Secret<String>>,
    token_type: Option<String>,
    #[serde(borrow)]
    expires_in: Option<&'a RawValue>,
    #[serde(borrow)]
    refresh_expires_in: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

/// What an answer of the token endpoint means.
pub(super) fn read(answer: &Answer, clock: &Clock) -> Result<Tokens, NotGranted> {
    let text = answer.text();
    match answer.status {
        StatusCode::OK => text.and_then(granted).ok_or_else(|| NotGranted::Unknown(unreadable(text))),
        // Somebody on the way gave up, or did not hear Everifin; what Everifin has done is not said.
        StatusCode::REQUEST_TIMEOUT | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
            Err(NotGranted::Unknown(FailureKind::ServiceDown.into()))
        }
        status if status.is_success() => Err(NotGranted::Unknown(FailureKind::ServiceDown.into())),
        StatusCode::TOO_MANY_REQUESTS => Err(NotGranted::Other(answer.rate_limit(clock.now()))),
        status if status.is_client_error() => {
            let refused = text.and_then(|text| serde_json::from_str::<Refused>(text).ok());
            // Branch on `error` alone; its description is a matter of the server's version.
            Err(match refused.as_ref().map(|refused| refused.error.as_str()) {
                Some("invalid_grant") => NotGranted::Grant,
                Some("invalid_client" | "unauthorized_client" | "invalid_scope") => {
                    FailureKind::CredentialsRejected.into()
                }
                _ if matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) => {
                    FailureKind::AddressWrong.into()
                }
                Some(_) => FailureKind::AnswerUnreadable.into(),
                None => FailureKind::ServiceDown.into(),
            })
        }
        _ => Err(FailureKind::ServiceDown.into()),
    }
}

/// JSON that is not a grant is an answer nobody understands; a page of HTML or a cut answer is a proxy's or a portal's.
fn unreadable(text: Option<&str>) -> Failure {
    match text.map(serde_json::from_str::<serde::de::IgnoredAny>) {
        Some(Ok(_)) => FailureKind::AnswerUnreadable.into(),
        _ => FailureKind::ServiceDown.into(),
    }
}

fn granted(text: &str) -> Option<Tokens> {
    let granted: Granted = serde_json::from_str(text).ok()?;
    // A token goes into a header as it is: nothing but visible ASCII.
    let usable = |token: &Secret<String>| {
        let token = token.expose();
        (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let bearer = granted.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let refresh = granted.refresh_token.filter(|token| !token.expose().is_empty());
    if !bearer || !usable(&granted.access_token) || !refresh.as_ref().is_none_or(usable) {
        return None;
    }
    let life = seconds(granted.expires_in).map_or(USUAL_LIFE, |life| life.min(LONGEST_LIFE));
    let refresh_life = seconds(granted.refresh_expires_in).map(|life| life.min(LONGEST_SESSION));
    Some(Tokens { access: granted.access_token, refresh, life, refresh_life })
}

/// Seconds as a number or as text; anything else, and what is not positive, says nothing.
fn seconds(said: Option<&RawValue>) -> Option<Duration> {
    let whole = said.map(|raw| raw.get().trim_matches('"')).and_then(|text| text.split('.').next())?;
    whole.parse().ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn life_of(value: &str) -> u64 {
        granted(&format!(r#"{{"access_token":"a","expires_in":{value}}}"#)).unwrap().life.as_secs()
    }

    #[test]
    fn a_grant_of_keycloak_is_read() {
        let text = r#"{"access_token":"aa.bb.cc","expires_in":60,"refresh_expires_in":1800,"refresh_token":"rr","token_type":"Bearer",
            "not-before-policy":0,"session_state":"x","scope":"ais"}"#;
        let tokens = granted(text).unwrap();
        assert_eq!(tokens.access.expose(), "aa.bb.cc");
        assert_eq!(tokens.refresh.unwrap().expose(), "rr");
        assert_eq!(tokens.life, Duration::from_secs(60));
        assert_eq!(tokens.refresh_life, Some(Duration::from_secs(1800)));
    }

    #[test]
    fn a_session_without_an_end_has_none() {
        for said in ["", r#","refresh_expires_in":0"#, r#","refresh_expires_in":-1"#, r#","refresh_expires_in":null"#] {
            let tokens = granted(&format!(r#"{{"access_token":"a"{said}}}"#)).unwrap();
            assert_eq!(tokens.refresh_life, None, "{said}");
        }
        let long = granted(r#"{"access_token":"a","refresh_expires_in":18446744073709551615}"#).unwrap();
        assert_eq!(long.refresh_life, Some(LONGEST_SESSION));
    }

    #[test]
    fn a_life_is_bounded_whatever_is_said() {
        for (value, seconds) in [
            ("300", 300),
            ("\"120\"", 120),
            ("59.9", 59),
            ("0", 300),
            ("-5", 300),
            ("null", 300),
            ("1e18", 300),
            ("999999999999", 86_400),
            ("\"soon\"", 300),
            ("{}", 300),
        ] {
            assert_eq!(life_of(value), seconds, "{value}");
        }
        assert_eq!(granted(r#"{"access_token":"a"}"#).unwrap().life.as_secs(), 300);
    }

    #[test]
    fn a_token_names_its_owner_only_where_it_does() {
        let token = |claims: &str| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        assert_eq!(owner(&token(r#"{"sub":"u1","exp":5}"#)).as_deref(), Some("u1"));
        for silent in ["opaque", "a.b.c", "..", &token("{}"), &token(r#"{"sub":7}"#), &(token(r#"{"sub":"u"}"#) + ".x")]
        {
            assert_eq!(owner(silent), None, "{silent}");
        }
    }

    #[test]
    fn what_is_not_a_usable_grant_is_not_taken() {
        let long = format!(r#"{{"access_token":"a","refresh_token":"{}"}}"#, "x".repeat(MAX_TOKEN + 1));
        for text in [
            "",
            "{}",
            "<html>",
            r#"{"access_token":""}"#,
            r#"{"access_token":"a\r\nX: y"}"#,
            r#"{"access_token":"a b"}"#,
            r#"{"access_token":"a","access_token":"b"}"#,
            r#"{"access_token":"a","token_type":"DPoP"}"#,
            r#"{"access_token":1}"#,
            r#"{"access_token":"a","refresh_token":"é"}"#,
            r#"{"error":"invalid_grant"}"#,
            &long,
        ] {
            assert!(granted(text).is_none(), "{}", &text[..text.len().min(80)]);
        }
        let empty = granted(r#"{"access_token":"a","refresh_token":"","token_type":"bearer"}"#).unwrap();
        assert!(empty.refresh.is_none(), "an empty refresh token is none");
        let deep = format!(r#"{{"access_token":"a","x":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
        assert!(granted(&deep).is_some(), "what nobody asked for is passed over, however deep");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = granted(&text);
        }
    }
}
