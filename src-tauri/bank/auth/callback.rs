//! The address at which the browser ends: one validator for all three ways (deep link, loopback, pasted).
//!
//! It works on the raw text. A URL parser would drop line breaks, resolve dots and lower-case the scheme before anybody could
//! look (security.md; cases C01 to C48).

use super::redirect::Redirect;
use crate::failure::FailureKind;
use crate::vault::Secret;

/// The longest address that is looked at.
pub(super) const MAX_ADDRESS: usize = 4 * 1024;
const MAX_CODE: usize = 2 * 1024;
const MAX_STATE: usize = 128;
const MAX_ISSUER: usize = 512;
const MAX_ERROR: usize = 64;

/// An answer of the identity provider. That it belongs to an attempt of ours is not known yet: see `Pending::is_for`.
#[derive(Debug)]
pub(super) struct Callback {
    pub(super) state: Secret<String>,
    pub(super) answer: Answer,
}

/// What the identity provider said.
#[derive(Debug)]
pub(super) enum Answer {
    /// Yes; the code to redeem.
    Code(Secret<String>),
    /// The owner, or Everifin, said no.
    Denied,
    /// It could not be done.
    Failed(FailureKind),
}

/// Reads an address. None when it is not, to the letter, an answer to `redirect` from `issuer`.
pub(super) fn read(raw: &str, redirect: Redirect, issuer: &str) -> Option<Callback> {
    if raw.len() > MAX_ADDRESS || !raw.bytes().all(|byte| byte.is_ascii_graphic()) || raw.contains(['#', '\\']) {
        return None;
    }
    let (start, query) = raw.split_once('?')?;
    if !redirect.is_start(start) {
        return None;
    }
    let (mut code, mut state, mut iss, mut error) = (None, None, None, None);
    for parameter in query.split('&') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let place = match name {
            "code" => &mut code,
            "state" => &mut state,
            "iss" => &mut iss,
            "error" => &mut error,
            // Answers of other flows than ours.
            "access_token" | "id_token" | "refresh_token" | "response" => return None,
            // A name in disguise could be read differently by somebody else on the way.
            other if other.contains('%') => return None,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return None;
        }
    }
    let state = plain(state?, MAX_STATE)?;
    if let Some(iss) = iss
        && plain(iss, MAX_ISSUER)?.expose() != issuer
    {
        return None;
    }
    let answer = match (code, error) {
        (Some(code), None) => Answer::Code(plain(code, MAX_CODE)?),
        (None, Some(error)) => refusal(plain(error, MAX_ERROR)?.expose()),
        _ => return None,
    };
    Some(Callback { state, answer })
}

/// What an `error` means; its description is never read (RFC 6749 4.1.2.1, everifin-api.md 4.5).
fn refusal(error: &str) -> Answer {
    match error {
        "access_denied" | "login_required" | "interaction_required" | "consent_required" => Answer::Denied,
        "server_error" | "temporarily_unavailable" => Answer::Failed(FailureKind::ServiceDown),
        "unauthorized_client" | "invalid_client" | "invalid_scope" | "invalid_request" => {
            Answer::Failed(FailureKind::CredentialsRejected)
        }
        _ => Answer::Failed(FailureKind::AccessDenied),
    }
}

/// A percent-decoded value of 1 to `max` visible ASCII characters. `+` means a space in a query; none of our values has one.
fn plain(value: &str, max: usize) -> Option<Secret<String>> {
    let mut decoded = String::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => 16 * hex(bytes.next()?)? + hex(bytes.next()?)?,
            b'+' => return None,
            byte => byte,
        };
        if !byte.is_ascii_graphic() {
            return None;
        }
        decoded.push(char::from(byte));
    }
    let decoded = Secret::new(decoded);
    (1..=max).contains(&decoded.expose().len()).then_some(decoded)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
