//! What must hold for whatever arrives at the sign-in: for the fuzzers, and for the tests that repeat their corpus.

use super::callback::{self, Answer, Callback, MAX_ADDRESS};
use super::pending::Pending;
use super::redirect::Redirect;
use super::token::{self, LONGEST_LIFE, MAX_TOKEN, NotGranted};
use super::{Client, Environment, http};
use crate::clock::Clock;
use crate::failure::FailureKind;
use crate::loopback;
use crate::vault::Secret;
use chrono::{DateTime, TimeDelta};
use reqwest::StatusCode;
use std::time::Duration;
use url::Url;

const ISSUER: &str = "https://app.everifin.com/auth/realms/everifin_app";
const PORT: u16 = 4711;
/// The status is drawn from here by the first byte.
const STATUSES: [StatusCode; 12] = [
    StatusCode::OK,
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::FOUND,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::NO_CONTENT,
    StatusCode::CREATED,
];

/// The address at which the browser ends. An odd first byte means the loopback way, an even one the deep link.
pub fn callback(data: &[u8]) {
    let Some((way, raw)) = data.split_first() else { return };
    let Ok(raw) = std::str::from_utf8(raw) else { return };
    let redirect = if way % 2 == 1 { Redirect::Loopback { port: PORT } } else { Redirect::DeepLink };
    if let Some(callback) = callback::read(raw, redirect, ISSUER) {
        holds(raw, redirect, &callback);
    }
}

/// What is taken is what a URL parser finds in the same address, and nothing there is hidden or double.
fn holds(raw: &str, redirect: Redirect, callback: &Callback) {
    assert!(raw.len() <= MAX_ADDRESS && raw.bytes().all(|byte| byte.is_ascii_graphic()));
    let url = Url::parse(raw);
    assert!(url.is_ok(), "what is taken is an address");
    let Ok(url) = url else { return };
    assert_eq!(url.fragment(), None);
    assert!(url.username().is_empty() && url.password().is_none());
    match redirect {
        Redirect::DeepLink => {
            assert_eq!((url.scheme(), url.host(), url.path()), ("app.saldo.desktop", None, "/oauth/callback"))
        }
        Redirect::Loopback { .. } => {
            assert_eq!((url.host_str(), url.port(), url.path()), (Some("localhost"), Some(PORT), "/"))
        }
    }
    let only = |name: &str| {
        let mut found = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let value = found.next();
        assert_eq!(found.next(), None, "{name} twice");
        value
    };
    assert_eq!(only("state").as_deref(), Some(callback.state.expose().as_str()));
    if let Some(issuer) = only("iss") {
        assert_eq!(issuer, ISSUER);
    }
    let (code, error) = (only("code"), only("error"));
    match &callback.answer {
        Answer::Code(taken) => assert_eq!((code.as_deref(), error), (Some(taken.expose().as_str()), None)),
        Answer::Denied | Answer::Failed(_) => assert!(code.is_none() && error.is_some()),
    }
}

/// The token endpoint's answer: status by the first byte, then a line that is `Retry-After`, then the body.
pub fn token_answer(data: &[u8]) {
    let Some((status, rest)) = data.split_first() else { return };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let (header, body) = rest.split_at(rest.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let header = std::str::from_utf8(header).ok();
    let answer = http::Answer::new(status, body.to_vec(), header);
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    match token::read(&answer, &Clock::from_fn(move || now)) {
        Ok(tokens) => {
            assert_eq!(status, StatusCode::OK);
            for token in [Some(&tokens.access), tokens.refresh.as_ref()].into_iter().flatten() {
                let token = token.expose();
                assert!((1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic()));
            }
            assert!((Duration::from_secs(1)..=LONGEST_LIFE).contains(&tokens.life));
        }
        Err(NotGranted::Grant) => assert!(status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS),
        Err(NotGranted::NotSent) => unreachable!("an answer has come"),
        Err(NotGranted::Unknown(failure)) => {
            let silent_on_the_way = [StatusCode::REQUEST_TIMEOUT, StatusCode::BAD_GATEWAY, StatusCode::GATEWAY_TIMEOUT];
            assert!(status.is_success() || silent_on_the_way.contains(&status));
            assert_eq!(failure.retry_at, None);
        }
        Err(NotGranted::Other(failure)) => {
            assert_eq!(failure.kind == FailureKind::RateLimited, status == StatusCode::TOO_MANY_REQUESTS);
            if let Some(at) = failure.retry_at {
                assert!((TimeDelta::seconds(1)..=TimeDelta::days(1)).contains(&(at - now)));
            }
        }
    }
}

/// A request to the loopback listener, and the answer that may be in it.
pub fn loopback_request(data: &[u8]) {
    let Some(target) = loopback::target(data, PORT) else { return };
    assert!(target.starts_with('/') && !target.starts_with("//"));
    let redirect = Redirect::Loopback { port: PORT };
    let raw = format!("{}{target}", redirect.uri());
    if let Some(callback) = callback::read(&raw, redirect, ISSUER) {
        holds(&raw, redirect, &callback);
    }
}

/// The attempt as the keychain gives it back; somebody else's value may lie under the same name.
pub fn kept_attempt(data: &[u8]) {
    let secret = Secret::new("secret".to_owned());
    let Ok(client) = Client::new(&Environment::Production, "everifin_app", "saldo", secret, true) else { return };
    let Some(pending) = Pending::from_record(&Secret::new(data.to_vec()), &client) else { return };
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let left = pending.expires_at() - now;
    assert!(pending.is_over(now) || (TimeDelta::zero()..=TimeDelta::minutes(11)).contains(&left));
}
