//! Keeping the session alive: one renewal at a time, the new refresh token durable before its access token is used.

use super::http::Http;
use super::token::{self, NotGranted, Tokens};
use super::{Client, SessionState, SignedOut};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::vault::{Secret, StoredToken, Vault};
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a caller waits for a renewal, its own or another's.
const WAIT: Duration = Duration::from_secs(30);

/// The session with one Everifin client. Shared by everything that asks Everifin.
pub struct Session {
    client: Option<Client>,
    vault: Vault,
    http: Http,
    clock: Clock,
    held: Mutex<Held>,
    /// Whoever holds it may talk to the token endpoint or change the kept tokens.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Held {
    /// Not known before the keychain has been read.
    state: Option<SessionState>,
    access: Option<Access>,
    /// Granted, but the keychain did not take the refresh token yet: nobody may use the access token, and nobody may renew.
    unsaved: Option<Unsaved>,
    /// The generation that Everifin has called void.
    void: Option<u64>,
    serial: u64,
    /// Counts the renewals; those who waited for one take its outcome.
    round: u64,
    outcome: Option<Failure>,
}

#[derive(Clone)]
struct Unsaved {
    refresh: Secret<String>,
    access: Access,
}

/// An access token and how long it is good for.
#[derive(Clone)]
struct Access {
    token: Secret<String>,
    serial: u64,
    life: Duration,
    received: Instant,
    received_at: DateTime<Utc>,
}

/// An access token for one request.
#[derive(Clone)]
pub(crate) struct AccessToken {
    pub(crate) token: Secret<String>,
    serial: u64,
}

impl Session {
    /// A session for the client; without one every call fails with `CredentialsMissing`. Does not touch the keychain yet.
    /// Changed credentials need a new `Session` (and a new `Everifin` and `SignIn` on it).
    pub fn new(client: Option<Client>, vault: Vault, clock: Clock) -> Result<Arc<Self>> {
        let (held, turn) = (Mutex::default(), Arc::default());
        Ok(Arc::new(Self { client, vault, http: Http::new()?, clock, held, turn }))
    }

    /// Whether Everifin can be asked. Reads the keychain at the first call and fails when that fails.
    pub async fn state(&self) -> Result<SessionState> {
        let Some(client) = &self.client else { return Ok(SessionState::SignedOut) };
        if let Some(state) = self.held().state {
            return Ok(state);
        }
        let stored = self.vault.refresh_token(client.binding()).await?;
        let found = if stored.is_some() { SessionState::SignedIn } else { SessionState::SignedOut };
        Ok(*self.held().state.get_or_insert(found))
    }

    /// Ends the session: here first and in any case, then at Everifin where it can be reached. Fails only when the keychain
    /// does not let go of the tokens.
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
            if let Some(token) = held.usable(&self.clock, at_least) {
                return Ok(token);
            }
            held.round
        };
        let waited = tokio::time::timeout(WAIT, self.turn.clone().lock_owned()).await;
        let turn = waited.map_err(|_| FailureKind::ServiceDown)?;
        let session = self.clone();
        // A task of its own: a renewal that has begun must not be lost because a caller went away.
        let renewal = tokio::spawn(async move {
            let _turn = turn;
            // Who waited takes what came of the waiting: a failure, or a token that nobody has rejected since.
            if let Some(outcome) = session.held().since(seen) {
                return outcome;
            }
            let outcome = session.renew().await.err();
            let mut held = session.held();
            held.outcome = outcome;
            held.round += 1;
            held.since(seen).unwrap_or(Err(FailureKind::SignInNeeded.into()))
        });
        match tokio::time::timeout(WAIT, renewal).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(FailureKind::ServiceDown.into()),
        }
    }

    /// Everifin's API did not accept the token: the next call renews, unless that has happened since.
    pub(crate) fn reject(&self, token: &AccessToken) {
        let mut held = self.held();
        if held.access.as_ref().is_some_and(|access| access.serial == token.serial) {
            held.access = None;
        }
    }

    /// Starts the session with what a sign-in was granted.
    pub(super) async fn adopt(&self, tokens: Tokens) -> Result<()> {
        let _turn = self.turn.lock().await;
        self.keep(tokens).await?;
        let mut held = self.held();
        held.outcome = None;
        held.round += 1;
        Ok(())
    }

    async fn renew(&self) -> Result<()> {
        let (client, vault, ..) = self.parts()?;
        if self.held().unsaved.is_some() {
            self.save().await?;
            if self.held().usable(&self.clock, Duration::ZERO).is_some() {
                return Ok(());
            }
        }
        // Always read anew: another process may have renewed meanwhile.
        let Some(mut stored) = vault.refresh_token(client.binding()).await? else {
            self.held().state = Some(SessionState::SignedOut);
            return Err(FailureKind::SignInNeeded.into());
        };
        for _ in 0..2 {
            if self.held().void == Some(stored.generation) {
                break;
            }
            match self.ask(&stored).await {
                Ok(tokens) => return self.keep(tokens).await,
                Err(NotGranted::Other(failure)) => return Err(failure),
                Err(NotGranted::Grant) => self.held().void = Some(stored.generation),
            }
            match vault.refresh_token(client.binding()).await? {
                Some(newer) => stored = newer,
                None => break,
            }
        }
        // The token stays where it is until the next sign-in or sign-out.
        let mut held = self.held();
        held.state = Some(SessionState::Ended);
        held.access = None;
        Err(FailureKind::SignInNeeded.into())
    }

    async fn ask(&self, stored: &StoredToken) -> Result<Tokens, NotGranted> {
        let (client, _, http, clock) = self.parts().map_err(NotGranted::Other)?;
        let fields = [("grant_type", "refresh_token"), ("refresh_token", stored.token.expose())];
        token::ask(client, http, clock, &fields).await
    }

    /// Takes over what was granted; a new refresh token goes to the keychain first.
    async fn keep(&self, tokens: Tokens) -> Result<()> {
        {
            let mut held = self.held();
            held.serial += 1;
            let access = Access {
                token: tokens.access,
                serial: held.serial,
                life: tokens.life,
                received: Instant::now(),
                received_at: self.clock.now(),
            };
            held.access = None;
            match tokens.refresh {
                Some(refresh) => held.unsaved = Some(Unsaved { refresh, access }),
                None => {
                    held.access = Some(access);
                    held.state = Some(SessionState::SignedIn);
                    return Ok(());
                }
            }
        }
        self.save().await
    }

    async fn save(&self) -> Result<()> {
        let (client, vault, ..) = self.parts()?;
        let Some(unsaved) = self.held().unsaved.clone() else { return Ok(()) };
        vault.save_refresh_token(client.binding(), unsaved.refresh).await.inspect_err(|failure| {
            tracing::error!(kind = ?failure.kind, "the renewed sign-in is not saved yet");
        })?;
        let mut held = self.held();
        held.unsaved = None;
        held.void = None;
        held.access = Some(unsaved.access);
        held.state = Some(SessionState::SignedIn);
        Ok(())
    }

    async fn end(&self) -> Result<SignedOut> {
        let _turn = self.turn.lock().await;
        let unsaved = self.held().unsaved.take().map(|unsaved| unsaved.refresh);
        let refresh = match (&self.client, unsaved) {
            (Some(client), None) => {
                let stored = self.vault.refresh_token(client.binding()).await;
                stored.ok().flatten().map(|stored| stored.token)
            }
            (_, unsaved) => unsaved,
        };
        {
            let mut held = self.held();
            held.access = None;
            held.outcome = None;
            held.round += 1;
            held.state = Some(SessionState::SignedOut);
        }
        let forgotten = self.vault.forget_session().await;
        let server_told = match (&self.client, &refresh) {
            (Some(client), Some(refresh)) => token::log_out(client, &self.http, refresh).await,
            _ => false,
        };
        if forgotten.is_err() {
            // What is true will be read from the keychain.
            self.held().state = None;
        }
        forgotten.map(|()| SignedOut { server_told })
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

    fn usable(&self, clock: &Clock, at_least: Duration) -> Option<AccessToken> {
        let access = self.access.as_ref()?;
        let elapsed = access.elapsed(clock.now(), Instant::now());
        (elapsed < access.good_for() && access.life.saturating_sub(elapsed) >= at_least).then(|| access.handed_out())
    }
}

impl Access {
    fn handed_out(&self) -> AccessToken {
        AccessToken { token: self.token.clone(), serial: self.serial }
    }

    /// By the clock that went further: the steady one stands still while the computer sleeps, the other may be set back. That
    /// it is wrong does not matter, only differences count.
    fn elapsed(&self, now: DateTime<Utc>, steady: Instant) -> Duration {
        let by_wall = (now - self.received_at).to_std().unwrap_or_default();
        by_wall.max(steady.saturating_duration_since(self.received))
    }

    /// Its life less a minute or a tenth, whichever is more; but at least half of it, or it could never be used.
    fn good_for(&self) -> Duration {
        let margin = Duration::from_secs(60).max(self.life / 10).min(self.life / 2);
        self.life - margin
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_token_is_used_up_by_whichever_clock_went_further() {
        let (steady, wall) = (Instant::now(), Utc::now());
        let access = Access {
            token: Secret::new("t".into()),
            serial: 1,
            life: Duration::from_secs(300),
            received: steady,
            received_at: wall,
        };
        assert_eq!(access.good_for(), Duration::from_secs(240));
        let seconds = |by_wall, by_steady| {
            access.elapsed(wall + TimeDelta::seconds(by_wall), steady + Duration::from_secs(by_steady)).as_secs()
        };
        assert_eq!(seconds(10, 10), 10);
        assert_eq!(seconds(8 * 3600, 3), 8 * 3600, "slept");
        assert_eq!(seconds(-24 * 3600, 100), 100, "set back a day");
        let good_for = |life| Access { life: Duration::from_secs(life), ..access.clone() }.good_for().as_secs();
        assert_eq!(good_for(3600), 3240);
        assert_eq!(good_for(60), 30);
        assert_eq!(good_for(1), 0);
    }
}
