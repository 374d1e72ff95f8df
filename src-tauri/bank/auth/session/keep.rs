//! Keeping what was granted, and letting go of it.

use super::life::{self, Moment, Rest};
use super::rules::{Whose, whose};
use super::steps::{Step, reached};
use super::{Session, Unsaved};
use crate::auth::token::{self, Tokens};
use crate::auth::{SessionState, SignedOut};
use crate::failure::{FailureKind, Result};
use crate::lock;
use crate::store::Store;
use crate::store::renewal::Renewal;
use crate::store::subject::SignedIn;
use std::sync::Arc;

/// What was granted.
pub(super) enum GrantedFor {
    /// A sign-in.
    SignIn(SignedIn),
    /// A renewal of this generation, under the lock.
    Renewal(u64, lock::Held),
}

impl Session {
    /// Whose sign-in it is; fails with `AnotherUser` where it is not that of the user whom the book knows (security.md T24).
    pub(super) async fn recognise(&self, tokens: &Tokens) -> Result<SignedIn> {
        let client = self.parts()?.0.binding().0;
        let name = tokens.user();
        let before = self.book(move |store| store.subject(client)).await?;
        match whose(before.as_ref().map(Option::as_deref), name.as_deref()) {
            Whose::Hers => Ok(SignedIn { client, name, unproven: false }),
            Whose::Unknown => Ok(SignedIn { client, name, unproven: true }),
            Whose::Anothers => {
                tracing::warn!("somebody else than before has signed in");
                Err(FailureKind::AnotherUser.into())
            }
        }
    }

    /// Takes over what was granted. A new refresh token goes to the keychain first; without one the old one stays in use
    /// (RFC 6749 section 6).
    pub(super) async fn keep(self: &Arc<Self>, tokens: Tokens, granted: GrantedFor) -> Result<()> {
        let access = {
            let mut held = self.held();
            held.access = None;
            held.rest = Rest::default();
            held.memory.granted(tokens.refresh_life, self.clock.now());
            held.admit(tokens.access, tokens.life, Moment::now(&self.clock))
        };
        let (signed_in, lock) = match (&tokens.refresh, granted) {
            (None, GrantedFor::Renewal(generation, _lock)) => {
                self.settled(generation).await;
                (None, None)
            }
            (_, GrantedFor::Renewal(_, lock)) => (None, Some(lock)),
            (_, GrantedFor::SignIn(signed_in)) => (Some(signed_in), None),
        };
        let Some(refresh) = tokens.refresh else {
            self.held().access = Some(access);
            self.is(SessionState::SignedIn);
            return Ok(());
        };
        let before = {
            let mut held = self.held();
            let mut before = held.unsaved.take();
            let lock = lock.or_else(|| before.as_mut().and_then(|before| before.lock.take()));
            held.unsaved = Some(Unsaved { refresh, access, signed_in, lock });
            before
        };
        let saved = self.save().await;
        if saved.is_err() {
            self.is(SessionState::Unsaved);
            if before.is_none() {
                tokio::spawn(self.clone().keep_saving());
            }
        }
        saved
    }

    /// Puts an unsaved token into the keychain, if there is one.
    pub(super) async fn save(&self) -> Result<()> {
        let (refresh, signed_in, is_locked) = match &self.held().unsaved {
            Some(unsaved) => (unsaved.refresh.clone(), unsaved.signed_in.clone(), unsaved.lock.is_some()),
            None => return Ok(()),
        };
        let (client, ..) = self.parts()?;
        let saved = async {
            if !is_locked {
                let lock = self.queue().await?;
                if let Some(unsaved) = &mut self.held().unsaved {
                    unsaved.lock = Some(lock);
                }
            }
            if let Some(signed_in) = signed_in {
                // What the book knows of earlier generations means nothing to this one. Should Saldo die before the next
                // line, the token of before is in the keychain, and as good as it was.
                self.note(Renewal::default()).await?;
                self.book(move |store| store.save_sign_in(&signed_in)).await?;
            }
            self.vault.save_refresh_token(client.binding(), refresh).await
        };
        let generation = saved.await.inspect_err(|failure| {
            tracing::error!(kind = ?failure.kind, "the renewed sign-in is not saved yet");
        })?;
        reached(Step::Saved);
        self.settled(generation).await;
        reached(Step::Closed);
        {
            let mut held = self.held();
            // The lock goes with it: others may renew now.
            held.access = held.unsaved.take().map(|unsaved| unsaved.access);
        }
        self.is(SessionState::SignedIn);
        Ok(())
    }

    /// Tries to save until it succeeds, or the owner signs out. Holds on to the session: closing the book loses nothing.
    async fn keep_saving(self: Arc<Self>) {
        for failures in 0.. {
            tokio::time::sleep(life::pause(failures)).await;
            let _turn = self.turn.lock().await;
            if self.save().await.is_ok() {
                return;
            }
        }
    }

    /// Signs out.
    pub(super) async fn end(&self) -> Result<SignedOut> {
        let _turn = self.turn.lock().await;
        let is_locked = self.held().unsaved.as_ref().is_some_and(|unsaved| unsaved.lock.is_some());
        let lock = if is_locked { None } else { Some(self.queue().await?) };
        let (unsaved, lock) = match self.held().unsaved.take() {
            Some(unsaved) => (Some(unsaved.refresh), lock.or(unsaved.lock)),
            None => (None, lock),
        };
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
            held.rest = Rest::default();
            held.round += 1;
        }
        self.is(SessionState::SignedOut);
        // Where the book cannot be written the next sign-in does this.
        let _ = self.note(Renewal::default()).await;
        let forgotten = self.vault.forget_session().await;
        drop(lock);
        let server_told = match (&self.client, &refresh) {
            (Some(client), Some(refresh)) => token::log_out(client, &self.http, refresh).await,
            _ => false,
        };
        if forgotten.is_err() {
            // What is true will be read from the keychain.
            self.state.send_replace(None);
        }
        forgotten.map(|()| SignedOut { server_told })
    }

    /// The question is answered, and the keychain has this generation. That it stays open where the book cannot be written
    /// does no harm: for another generation it means nothing, and for the same one that it is asked about again.
    pub(super) async fn settled(&self, generation: u64) {
        let _ = self.note(Renewal { lowest: generation, asked: None }).await;
    }

    pub(super) async fn note(&self, renewal: Renewal) -> Result<()> {
        self.book(move |store| store.save_renewal(renewal)).await
    }

    /// Reads or writes the book, off the runtime.
    pub(super) async fn book<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Store) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.store.clone();
        let done = tokio::task::spawn_blocking(move || act(&store)).await;
        done.unwrap_or_else(|_| Err(FailureKind::StoreFailed.into()))
    }
}
