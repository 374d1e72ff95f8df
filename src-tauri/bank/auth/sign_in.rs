//! The sign-in in progress: one attempt at a time, by deep link, loopback or a pasted address.

use super::callback::{self, Callback};
use super::pending::{self, NotSignedIn, Outcome, Pending, TIME_TO_LIVE};
use super::redirect::Redirect;
use super::token::Tokens;
use super::{Probed, Purpose, Session, SignInState, Via, token};
use crate::failure::{Failure, FailureKind, Result};
use crate::journal::{self, Place};
use crate::loopback::{Host, Listener};
use crate::vault::Secret;
use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use reqwest::header::ACCEPT;
use reqwest::{Method, StatusCode};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use url::Url;

/// How many foreign links a minute are taken notice of (security.md A-13).
const LINKS_A_MINUTE: usize = 10;
/// The longest sign-in page that is read while probing.
const MAX_PAGE: usize = 1024 * 1024;

/// What became of an address that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It was the answer to the attempt in progress, which has ended by it; see [`SignIn::state`].
    Finished,
    /// Not an answer to a sign-in of Saldo: ignored.
    Wrong,
    /// An answer to an earlier attempt, or one whose time is over: ignored.
    Old,
}

/// The holder of the attempt.
pub struct SignIn {
    session: Arc<Session>,
    inner: Mutex<Inner>,
    /// Held while an attempt is being set up.
    setting_up: tokio::sync::Mutex<()>,
    state: watch::Sender<SignInState>,
}

struct Inner {
    rng: StdRng,
    pending: Option<Pending>,
    /// What the attempt in progress, or the last one, is for.
    purpose: Purpose,
    probed: Option<Probed>,
    /// Counts attempts; whatever belongs to an earlier one has no say.
    number: u64,
    /// Fingerprint of the state that was redeemed last: a browser's reload repeats it, and that is nobody's fault.
    redeemed: Option<[u8; 32]>,
    /// Whether the keychain has been asked for an attempt of an earlier run.
    restored: bool,
    foreign: VecDeque<DateTime<Utc>>,
    listener: Option<AbortHandle>,
}

/// An answer that was matched to its attempt, which is over thereby.
pub(crate) struct Matched {
    pending: Pending,
    callback: Callback,
    number: u64,
}

impl Host for SignIn {
    type Brought = Matched;

    async fn look(&self, port: u16, target: &str) -> Option<Matched> {
        // A browser asks for an icon as well.
        let asked = target.starts_with("/?").then(|| format!("http://localhost:{port}{target}"))?;
        self.matching(&asked).await.ok()
    }

    async fn go_on(self: Arc<Self>, matched: Matched) {
        self.finish(matched).await;
    }
}

impl SignIn {
    /// No attempt yet. `rng` must be seeded by the operating system outside of tests.
    pub fn new(session: Arc<Session>, rng: StdRng) -> Arc<Self> {
        let inner = Inner {
            rng,
            pending: None,
            purpose: Purpose::SignIn,
            probed: None,
            number: 0,
            redeemed: None,
            restored: false,
            foreign: VecDeque::new(),
            listener: None,
        };
        Arc::new(Self {
            session,
            inner: Mutex::new(inner),
            setting_up: tokio::sync::Mutex::default(),
            state: watch::Sender::new(SignInState::Idle),
        })
    }

    /// Begins an attempt, replacing one in progress; answers the address for the system browser. Fails before the browser
    /// opens when Everifin cannot be reached (`Offline`, `ServiceDown`), the address is not an Everifin (`AddressWrong`), it
    /// does not know the client (`CredentialsRejected`), or the keychain cannot be written.
    pub async fn begin(self: &Arc<Self>, via: Via) -> Result<Url> {
        self.set_up(Purpose::SignIn, via).await.inspect_err(|failure| journal::note(Place::SignIn, failure))
    }

    /// Begins an attempt that only finds out whether the server enforces PKCE; otherwise as [`SignIn::begin`]. The session, if
    /// there is one, stays as it is here; where the same browser is signed in, a server that does not enforce PKCE may end it
    /// together with the tokens that it should not have granted.
    pub async fn probe_pkce(self: &Arc<Self>, via: Via) -> Result<Url> {
        self.set_up(Purpose::PkceProbe, via).await.inspect_err(|failure| journal::note(Place::SignIn, failure))
    }

    async fn set_up(self: &Arc<Self>, purpose: Purpose, via: Via) -> Result<Url> {
        let _setting_up = self.setting_up.lock().await;
        let (client, vault, _, clock) = self.session.parts()?;
        self.give_up();
        let listener = match via {
            Via::DeepLink => None,
            Via::Loopback => Some(Listener::bind(None).await.map_err(|error| {
                tracing::error!(%error, "no place to listen for the browser");
                Failure::from(FailureKind::BrowserFailed)
            })?),
        };
        let redirect =
            listener.as_ref().map_or(Redirect::DeepLink, |listener| Redirect::Loopback { port: listener.port });
        self.probe(redirect).await?;
        let (url, pending) = pending::begin(client, purpose, redirect, clock, &mut self.inner().rng);
        vault.save_pending(pending.to_record()).await?;
        self.wait_for(pending);
        self.inner().listener = listener.map(|listener| listener.serve(Arc::downgrade(self), TIME_TO_LIVE));
        Ok(url)
    }

    /// Takes an address that came by deep link (raw, as the system delivered it), and redeems it when it is the answer.
    pub async fn receive(self: &Arc<Self>, raw: &str) -> Received {
        match self.matching(raw).await {
            Ok(matched) => {
                self.finish(matched).await;
                Received::Finished
            }
            Err(received) => received,
        }
    }

    /// Takes an address that the owner pasted; spaces around it do not matter. Otherwise as [`SignIn::receive`].
    pub async fn paste(self: &Arc<Self>, text: &str) -> Received {
        self.receive(text.trim()).await
    }

    /// Gives the attempt up. An answer that comes later is old.
    pub async fn cancel(&self) {
        self.give_up();
        self.state.send_replace(SignInState::Idle);
        if let Ok((_, vault, ..)) = self.session.parts() {
            // Its time ends by itself should the keychain not let go of it now.
            let _ = vault.take_pending().await;
        }
    }

    /// Where the attempt stands.
    pub fn state(&self) -> SignInState {
        let state = self.state.borrow().clone();
        match state {
            SignInState::Waiting { .. } if self.is_over() => SignInState::TimedOut,
            state => state,
        }
    }

    /// What the attempt in progress, or the last one, is for.
    pub fn purpose(&self) -> Purpose {
        self.inner().purpose
    }

    /// What the last probe of this run found.
    pub fn probed(&self) -> Option<Probed> {
        self.inner().probed
    }

    /// The sign-in page of the attempt in progress, for opening it again or copying it.
    pub fn address(&self) -> Option<Url> {
        let (client, ..) = self.session.parts().ok()?;
        if self.is_over() {
            return None;
        }
        self.inner().pending.as_ref().map(|pending| pending.address(client))
    }

    /// Tells of each change of state; a time-out shows in [`SignIn::state`] only.
    pub fn changes(&self) -> watch::Receiver<SignInState> {
        self.state.subscribe()
    }

    /// Matches an address to the attempt in progress and ends the attempt thereby: of two equal answers one is matched.
    async fn matching(&self, raw: &str) -> Result<Matched, Received> {
        let Ok((client, vault, _, clock)) = self.session.parts() else { return Err(Received::Wrong) };
        self.restore().await;
        let matched = {
            let mut inner = self.inner();
            let redirect = inner.pending.as_ref().map_or(Redirect::DeepLink, |pending| pending.redirect);
            let Some(callback) = callback::read(raw, redirect, &client.issuer()) else {
                return Err(self.ignore(&mut inner, Received::Wrong));
            };
            let fingerprint = fingerprint(&callback.state);
            if inner.redeemed == Some(fingerprint) {
                return Err(Received::Old);
            }
            match inner.pending.take() {
                Some(pending) if !pending.is_for(&callback) => {
                    inner.pending = Some(pending);
                    return Err(self.ignore(&mut inner, Received::Old));
                }
                Some(pending) if pending.is_over(clock.now()) => {
                    self.state.send_replace(SignInState::TimedOut);
                    return Err(Received::Old);
                }
                Some(pending) => {
                    inner.redeemed = Some(fingerprint);
                    self.state.send_replace(SignInState::Finishing);
                    Matched { pending, callback, number: inner.number }
                }
                None => return Err(self.ignore(&mut inner, Received::Old)),
            }
        };
        // Gone from the keychain before anything is redeemed; otherwise a restart could redeem it again.
        if let Err(failure) = vault.take_pending().await {
            self.settle(matched.number, SignInState::Failed { failure });
            return Err(Received::Finished);
        }
        Ok(matched)
    }

    /// Redeems a matched answer. What has begun is finished even when nobody waits for it.
    async fn finish(self: &Arc<Self>, matched: Matched) {
        let this = self.clone();
        let _ = tokio::spawn(async move {
            let number = matched.number;
            let state = match this.redeem(matched).await {
                Ok(state) => state,
                Err(NotSignedIn::Denied) => SignInState::Denied,
                Err(NotSignedIn::Failed(failure)) => SignInState::Failed { failure },
            };
            this.settle(number, state);
        })
        .await;
    }

    async fn redeem(&self, matched: Matched) -> Result<SignInState, NotSignedIn> {
        let (client, _, http, clock) = self.session.parts().map_err(NotSignedIn::Failed)?;
        let Matched { pending, callback, number } = matched;
        match pending.finish(callback, client, http, clock).await? {
            Outcome::Probed(found) => {
                self.inner().probed = Some(Probed { at: clock.now(), found });
                Ok(SignInState::Probed { found })
            }
            Outcome::SignedIn(tokens) => {
                if self.inner().number == number {
                    self.session.adopt(tokens).await.map_err(NotSignedIn::Failed)?;
                } else if let Tokens { refresh: Some(refresh), .. } = &tokens {
                    // Given up meanwhile: nobody shall have a session that the owner did not want any more.
                    token::log_out(client, http, refresh).await;
                }
                Ok(SignInState::Connected)
            }
        }
    }

    /// Asks for the sign-in page as the browser will, since a browser would show the server's own error page and Saldo would
    /// wait in vain (everifin-api.md 4.5). Uses a state and a challenge that belong to no attempt.
    async fn probe(&self, redirect: Redirect) -> Result<()> {
        let (client, _, http, clock) = self.session.parts()?;
        let (url, _) = pending::begin(client, Purpose::SignIn, redirect, clock, &mut self.inner().rng);
        let request = http.request(Method::GET, url).header(ACCEPT, "text/html");
        match http.send(request, MAX_PAGE).await?.status {
            StatusCode::NOT_FOUND => Err(FailureKind::AddressWrong.into()),
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => Err(FailureKind::CredentialsRejected.into()),
            status if status.is_server_error() => Err(FailureKind::ServiceDown.into()),
            _ => Ok(()),
        }
    }

    /// Takes up an attempt of an earlier run of Saldo, whose answer may be what has started this one. Once.
    async fn restore(&self) {
        let Ok((client, vault, _, clock)) = self.session.parts() else { return };
        {
            let mut inner = self.inner();
            if inner.restored || inner.pending.is_some() || inner.number > 0 {
                return;
            }
            inner.restored = true;
        }
        let Ok(Some(record)) = vault.take_pending().await else { return };
        if let Some(pending) = Pending::from_record(&record, client).filter(|pending| !pending.is_over(clock.now())) {
            self.wait_for(pending);
        }
    }

    fn wait_for(&self, pending: Pending) {
        let state =
            SignInState::Waiting { expires_at: pending.expires_at(), via: pending.redirect.via(), wrong_link: false };
        let mut inner = self.inner();
        inner.number += 1;
        inner.purpose = pending.purpose;
        inner.pending = Some(pending);
        self.state.send_replace(state);
    }

    fn give_up(&self) {
        let mut inner = self.inner();
        inner.number += 1;
        inner.pending = None;
        if let Some(listener) = inner.listener.take() {
            listener.abort();
        }
    }

    /// The attempt has ended so, if it is still the one in question.
    fn settle(&self, number: u64, state: SignInState) {
        let mut inner = self.inner();
        if inner.number == number {
            if let SignInState::Failed { failure } = &state {
                journal::note(Place::SignIn, failure);
            }
            self.state.send_replace(state);
            if let Some(listener) = inner.listener.take() {
                listener.abort();
            }
        }
    }

    /// Takes notice of a foreign link: counted, told to a waiting owner, otherwise without consequence.
    fn ignore(&self, inner: &mut Inner, received: Received) -> Received {
        let Ok((_, _, _, clock)) = self.session.parts() else { return received };
        let now = clock.now();
        inner.foreign.retain(|at| (now - *at).abs() < TimeDelta::minutes(1));
        if inner.foreign.len() < LINKS_A_MINUTE {
            inner.foreign.push_back(now);
            tracing::info!(?received, "an address that is not the answer was ignored");
            self.state.send_if_modified(|state| match state {
                SignInState::Waiting { wrong_link, .. } if !*wrong_link => {
                    *wrong_link = true;
                    true
                }
                _ => false,
            });
        }
        received
    }

    fn is_over(&self) -> bool {
        let Ok((_, _, _, clock)) = self.session.parts() else { return false };
        self.inner().pending.as_ref().is_some_and(|pending| pending.is_over(clock.now()))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fingerprint(state: &Secret<String>) -> [u8; 32] {
    Sha256::digest(state.expose()).into()
}
