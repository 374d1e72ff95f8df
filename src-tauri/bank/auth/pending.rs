//! Sign-in by moves: [`begin`] gives the address for the browser and a [`Pending`], which `finish` uses up.

use super::callback::{Answer, Callback};
use super::http::Http;
use super::redirect::Redirect;
use super::token::{self, NotGranted, Tokens};
use super::{Client, PkceProbe, Purpose};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::vault::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;
use url::Url;
use zeroize::Zeroizing;

/// How long an attempt may take.
pub(super) const TIME_TO_LIVE: Duration = Duration::from_secs(10 * 60);
/// `state` has 256 bits, the verifier 384: 64 characters of the 43 to 128 allowed (RFC 7636 4.1).
const STATE_BYTES: usize = 32;
const VERIFIER_BYTES: usize = 48;

/// A sign-in that waits for the browser's answer. One use.
pub(super) struct Pending {
    pub(super) purpose: Purpose,
    state: Secret<String>,
    verifier: Secret<String>,
    pub(super) redirect: Redirect,
    issuer: String,
    client_id: String,
    created_at: DateTime<Utc>,
    /// When this process knew of it first: a clock that was set does not prolong it.
    known_since: Instant,
}

/// A [`Pending`] as it lies in the keychain, so that an answer can start Saldo.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    purpose: Purpose,
    state: &'a str,
    verifier: &'a str,
    redirect: Redirect,
    issuer: &'a str,
    client_id: &'a str,
    created_at: DateTime<Utc>,
}

/// What came of an attempt that went through.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A session.
    SignedIn(Tokens),
    /// The server was tried, and no session came of it.
    Probed(PkceProbe),
}

/// What came of an attempt otherwise.
#[derive(Debug)]
pub(super) enum NotSignedIn {
    /// The owner, or Everifin, said no.
    Denied,
    /// It failed.
    Failed(Failure),
}

/// Begins: the address for the system browser, and what is needed to finish.
pub(super) fn begin(
    client: &Client,
    purpose: Purpose,
    redirect: Redirect,
    clock: &Clock,
    rng: &mut impl CryptoRng,
) -> (Url, Pending) {
    let pending = Pending {
        purpose,
        state: random(STATE_BYTES, rng),
        verifier: random(VERIFIER_BYTES, rng),
        redirect,
        issuer: client.issuer(),
        client_id: client.id().into(),
        created_at: clock.now(),
        known_since: Instant::now(),
    };
    (pending.address(client), pending)
}

impl Pending {
    /// The sign-in page for the browser.
    pub(super) fn address(&self, client: &Client) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose()));
        let mut url = client.endpoint("auth");
        url.query_pairs_mut()
            .append_pair("client_id", client.id())
            .append_pair("redirect_uri", &self.redirect.uri())
            .append_pair("response_type", "code")
            .append_pair("scope", client.scope())
            .append_pair("state", self.state.expose())
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        url
    }

    /// Whether a callback answers this attempt, compared in constant time.
    pub(super) fn is_for(&self, callback: &Callback) -> bool {
        self.state.expose().as_bytes().ct_eq(callback.state.expose().as_bytes()).into()
    }

    /// When it ends.
    pub(super) fn expires_at(&self) -> DateTime<Utc> {
        self.created_at + TimeDelta::from_std(TIME_TO_LIVE).unwrap_or_default()
    }

    /// Whether its time is over, by either clock; a creation in the future means a clock that was set back.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.expires_at()
            || now < self.created_at - TimeDelta::minutes(1)
            || self.known_since.elapsed() >= TIME_TO_LIVE
    }

    /// Redeems the answer: with the verifier for a session, with another one to see whether the server minds.
    pub(super) async fn finish(
        self,
        callback: Callback,
        client: &Client,
        http: &Http,
        clock: &Clock,
    ) -> Result<Outcome, NotSignedIn> {
        let code = match callback.answer {
            Answer::Code(code) => code,
            Answer::Denied => return Err(NotSignedIn::Denied),
            Answer::Failed(kind) => return Err(NotSignedIn::Failed(kind.into())),
        };
        match self.purpose {
            Purpose::SignIn => match self.redeem(&code, &self.verifier, client, http, clock).await {
                Ok(tokens) if tokens.refresh.is_some() => Ok(Outcome::SignedIn(tokens)),
                // Without a refresh token the session would be over in minutes; Everifin documents one.
                Ok(_) => Err(NotSignedIn::Failed(FailureKind::AnswerUnreadable.into())),
                Err(NotGranted::Grant) => Err(NotSignedIn::Failed(FailureKind::LinkOld.into())),
                Err(other) => Err(NotSignedIn::Failed(other.failure())),
            },
            Purpose::PkceProbe => match self.redeem(&code, &wrong(&self.verifier), client, http, clock).await {
                Ok(tokens) => {
                    // Nobody has them after this: they are neither kept nor used.
                    if let Some(refresh) = &tokens.refresh {
                        token::log_out(client, http, refresh).await;
                    }
                    Ok(Outcome::Probed(PkceProbe::NotEnforced))
                }
                Err(NotGranted::Grant) => Ok(Outcome::Probed(PkceProbe::Enforced)),
                Err(other) => Err(NotSignedIn::Failed(other.failure())),
            },
        }
    }

    async fn redeem(
        &self,
        code: &Secret<String>,
        verifier: &Secret<String>,
        client: &Client,
        http: &Http,
        clock: &Clock,
    ) -> Result<Tokens, NotGranted> {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", &self.redirect.uri()),
            ("code_verifier", verifier.expose()),
        ];
        token::ask(client, http, clock, &fields, token::ANSWER_LIMIT).await
    }

    /// For the keychain.
    pub(super) fn to_record(&self) -> Secret<Vec<u8>> {
        let record = Record {
            purpose: self.purpose,
            state: self.state.expose(),
            verifier: self.verifier.expose(),
            redirect: self.redirect,
            issuer: &self.issuer,
            client_id: &self.client_id,
            created_at: self.created_at,
        };
        // A record of text and a time always has a JSON form.
        Secret::new(serde_json::to_vec(&record).unwrap_or_default())
    }

    /// From the keychain; none when it is not a record of this client.
    pub(super) fn from_record(record: &Secret<Vec<u8>>, client: &Client) -> Option<Self> {
        let record: Record = serde_json::from_slice(record.expose()).ok()?;
        // Near the ends of the calendar no time can be added; only somebody else's value is from there.
        let reckonable = (2000..10_000).contains(&record.created_at.year());
        (reckonable && record.issuer == client.issuer() && record.client_id == client.id()).then(|| Self {
            purpose: record.purpose,
            state: Secret::new(record.state.into()),
            verifier: Secret::new(record.verifier.into()),
            redirect: record.redirect,
            issuer: record.issuer.into(),
            client_id: record.client_id.into(),
            created_at: record.created_at,
            known_since: Instant::now(),
        })
    }
}

/// A verifier as well made as the right one, and another: its letters in reverse.
fn wrong(verifier: &Secret<String>) -> Secret<String> {
    Secret::new(verifier.expose().chars().rev().collect())
}

fn random(bytes: usize, rng: &mut impl CryptoRng) -> Secret<String> {
    let mut noise = Zeroizing::new(vec![0; bytes]);
    rng.fill_bytes(&mut noise);
    Secret::new(URL_SAFE_NO_PAD.encode(&*noise))
}
