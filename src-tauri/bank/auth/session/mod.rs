//! Keeping the session alive: one renewal at a time over tasks and processes, the question written down before it is asked,
//! the new refresh token durable before its access token is used.
//!
//! What to do with what is found is decided in [`rules`]; here it is done. The lock over processes is held from the reading
//! of the keychain until the new token is in it, however long that takes: while a token exists only in this process's
//! memory, no other may send the one before.

mod keep;
mod life;
#[cfg(test)]
mod model;
mod renew;
mod rules;
mod steps;
#[cfg(test)]
mod tests;

pub(crate) use life::AccessToken;

use super::http::Http;
use super::standing::{Memory, Standing};
use super::token::{self, Tokens};
use super::{Client, SessionState, SignedOut};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::lock::{self, Lock};
use crate::store::Store;
use crate::store::subject::SignedIn;
use crate::vault::{Secret, Vault};
use chrono::TimeDelta;
use keep::GrantedFor;
use life::{Access, Moment, Rest};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long a caller waits for a renewal, its own, another's or another process's.
const CALLER_WAITS: Duration = Duration::from_secs(30);

/// The session with one Everifin client. Shared by everything that asks Everifin.
pub struct Session {
    client: Option<Client>,
    vault: Vault,
    store: Store,
    lock: Lock,
    http: Http,
    clock: Clock,
    held: Mutex<Held>,
    /// None before the keychain has been read.
    state: watch::Sender<Option<SessionState>>,
    /// Whoever holds it may talk to the token endpoint or change the kept tokens.
    turn: Arc<tokio::sync::Mutex<()>>,
    caller_waits: Duration,
    answer_takes: Duration,
}

#[derive(Default)]
struct Held {
    access: Option<Access>,
    /// Granted, but the keychain did not take the refresh token yet: nobody may use the access token, and nobody may renew.
    unsaved: Option<Unsaved>,
    rest: Rest,
    serial: u64,
    /// Counts the renewals; those who waited for one take its outcome.
    round: u64,
    outcome: Option<Failure>,
    /// A token was rejected since the last grant.
    rejected: bool,
    /// Another process is being waited for.
    queueing: bool,
    is_given_up: bool,
    memory: Memory,
}

struct Unsaved {
    refresh: Secret<String>,
    access: Access,
    /// Of a sign-in: what the book knows of earlier generations means nothing to it.
    signed_in: Option<SignedIn>,
    /// None where a sign-in could not have it.
    lock: Option<lock::Held>,
}

impl Session {
    /// A session for the client; without one every call fails with `CredentialsMissing`. Does not touch the keychain yet.
    /// Changed credentials need a new `Session` (and a new `Everifin` and `SignIn` on it).
    ///
    /// All processes that share the items in `vault` must share the book and the file `lock`.
    pub fn new(client: Option<Client>, vault: Vault, store: Store, lock: &Path, clock: Clock) -> Result<Arc<Self>> {
        Self::patient(client, vault, store, lock, clock, (CALLER_WAITS, token::ANSWER_LIMIT))
    }

    fn patient(
        client: Option<Client>,
        vault: Vault,
        store: Store,
        lock: &Path,
        clock: Clock,
        (caller_waits, answer_takes): (Duration, Duration),
    ) -> Result<Arc<Self>> {
        let (held, turn, state, lock) = (Mutex::default(), Arc::default(), watch::Sender::new(None), Lock::at(lock));
        let http = Http::new()?;
        Ok(Arc::new(Self { client, vault, store, lock, http, clock, held, state, turn, caller_waits, answer_takes }))
    }

    /// Whether Everifin can be asked. Reads keychain and book at the first call and fails when that fails.
    pub async fn state(&self) -> Result<SessionState> {
        let Some(client) = &self.client else { return Ok(SessionState::SignedOut) };
        if let Some(state) = *self.state.borrow() {
            return Ok(state);
        }
        let (found, _) = self.find(client).await?;
        self.state.send_if_modified(|state| {
            state.get_or_insert(found.state());
            false
        });
        Ok(self.state.borrow().unwrap_or(found.state()))
    }

    /// How the session stands, for people.
    pub async fn standing(&self) -> Result<Standing> {
        let state = self.state().await?;
        Ok(self.held().memory.standing(state))
    }

    /// By how much this computer's clock is ahead of Everifin's; none before Everifin has answered.
    pub fn clock_ahead(&self) -> Option<TimeDelta> {
        self.http.server_time().map(|theirs| self.clock.now() - theirs)
    }

    /// Tells of each change of state, the first reading apart.
    pub fn changes(&self) -> watch::Receiver<Option<SessionState>> {
        self.state.subscribe()
    }

    /// Waits until no renewal is under way, and tries once more to keep a token that is not kept yet: before Saldo ends.
    pub async fn settle(&self) {
        let _turn = self.turn.lock().await;
        // What cannot be kept now is lost with this process; that has been said in the window all the time.
        let _ = self.save().await;
    }

    /// Drops what it holds and takes nothing any more, because the keychain's items are about to be removed: nothing may come
    /// to lie there afterwards.
    pub(crate) async fn give_up(&self) {
        let _turn = self.turn.lock().await;
        *self.held() = Held { is_given_up: true, ..Held::default() };
    }

    /// Ends the session: here first and in any case, then at Everifin where it can be reached. Fails when the keychain does
    /// not let go of the tokens, or when another Saldo is renewing them and does not finish; nothing has changed then.
    pub async fn sign_out(self: &Arc<Self>) -> Result<SignedOut> {
        let session = self.clone();
        // A task of its own: what has begun is finished even when the window does not wait for it.
        tokio::spawn(async move { session.end().await }).await.unwrap_or(Err(FailureKind::KeychainFailed.into()))
    }

    pub(super) fn parts(&self) -> Result<(&Client, &Vault, &Http, &Clock)> {
        let client = self.client.as_ref().ok_or(FailureKind::CredentialsMissing)?;
        Ok((client, &self.vault, &self.http, &self.clock))
    }

    /// The client and the way out, for requests to the API.
    pub(crate) fn way(&self) -> Result<(&Client, &Http)> {
        self.parts().map(|(client, _, http, _)| (client, http))
    }

    /// An access token that is good for at least the given time (or, where tokens live shorter, for as long as they do).
    pub(crate) async fn access(self: &Arc<Self>, at_least: Duration) -> Result<AccessToken> {
        let seen = {
            let held = self.held();
            let now = Moment::now(&self.clock);
            if let Some(token) = held.usable(at_least, now) {
                return Ok(token);
            }
            if let Some(failure) = held.rest.now(now) {
                return Err(failure);
            }
            held.round
        };
        let renewal = async {
            let turn = self.turn.clone().lock_owned().await;
            let session = self.clone();
            // A task of its own: a renewal that has begun must not be lost because a caller went away.
            tokio::spawn(async move {
                let _turn = turn;
                session.take_turn(seen).await
            })
            .await
        };
        match tokio::time::timeout(self.caller_waits, renewal).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(life::late(self.held().queueing)),
        }
    }

    /// Everifin's API did not accept the token: the next call renews, unless that has happened since, or has just been tried.
    pub(crate) fn reject(&self, token: &AccessToken) {
        let mut held = self.held();
        let now = Moment::now(&self.clock);
        if held.access.as_ref().is_some_and(|access| access.serial == token.serial && access.is_replaceable(now)) {
            held.access = None;
            held.rejected = true;
        }
    }

    /// Starts the session with what a sign-in was granted. Where it was granted to somebody else than before, it is ended at
    /// once and fails with `AnotherUser`; the session of before, if there is one, stays.
    pub(super) async fn adopt(self: &Arc<Self>, tokens: Tokens) -> Result<()> {
        let _turn = self.turn.lock().await;
        if self.held().is_given_up {
            return Err(FailureKind::LinkOld.into());
        }
        let signed_in = match self.recognise(&tokens).await {
            Ok(signed_in) => signed_in,
            Err(failure) => {
                if let (Ok((client, _, http, _)), Some(refresh)) = (self.parts(), &tokens.refresh) {
                    token::log_out(client, http, refresh).await;
                }
                return Err(failure);
            }
        };
        let outcome = self.keep(tokens, GrantedFor::SignIn(signed_in)).await;
        let mut held = self.held();
        held.outcome = None;
        held.round += 1;
        outcome
    }

    async fn take_turn(self: &Arc<Self>, seen: u64) -> Result<AccessToken> {
        // Who waited takes what came of the waiting: a failure, or a token that nobody has rejected since.
        if let Some(outcome) = self.held().since(seen) {
            return outcome;
        }
        if self.held().is_given_up {
            return Err(FailureKind::SignInNeeded.into());
        }
        let outcome = self.renew().await.err();
        let mut held = self.held();
        held.memory.renewed(outcome.clone(), self.clock.now());
        held.outcome = outcome;
        held.round += 1;
        held.since(seen).unwrap_or(Err(FailureKind::SignInNeeded.into()))
    }

    fn is(&self, now: SessionState) {
        self.state.send_if_modified(|state| state.replace(now).is_some_and(|before| before != now));
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// What the renewals after the given round have come to; none when there was none, or its token is gone already.
    fn since(&self, round: u64) -> Option<Result<AccessToken>> {
        match (&self.outcome, &self.access) {
            _ if self.round == round => None,
            (Some(failure), _) => Some(Err(failure.clone())),
            (None, access) => access.as_ref().map(|access| Ok(access.handed_out())),
        }
    }

    fn usable(&self, at_least: Duration, now: Moment) -> Option<AccessToken> {
        self.access.as_ref().filter(|access| access.lasts(at_least, now)).map(Access::handed_out)
    }

    /// A token that has just been granted.
    fn admit(&mut self, token: Secret<String>, life: Duration, received: Moment) -> Access {
        self.serial += 1;
        Access { token, serial: self.serial, life, received, after_rejection: std::mem::take(&mut self.rejected) }
    }
}
