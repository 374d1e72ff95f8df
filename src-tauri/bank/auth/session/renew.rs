//! The renewal itself: read, write the question down, ask, and act by what was heard.

use super::keep::GrantedFor;
use super::rules::{Found, Heard, Next};
use super::steps::{Step, reached};
use super::{Moment, Session};
use crate::auth::token::{self, NotGranted, Tokens};
use crate::auth::{Client, SessionState};
use crate::failure::{FailureKind, Result};
use crate::lock;
use crate::store::renewal::Renewal;
use crate::vault::StoredToken;
use std::sync::Arc;
use std::time::Duration;

impl Session {
    pub(super) async fn renew(self: &Arc<Self>) -> Result<()> {
        let (client, ..) = self.parts()?;
        if self.held().unsaved.is_some() {
            self.save().await?;
            if self.held().usable(Duration::ZERO, Moment::now(&self.clock)).is_some() {
                return Ok(());
            }
        }
        let lock = self.queue().await?;
        reached(Step::Locked);
        // A refused token is looked for once more: somebody may have put a newer one there.
        for _ in 0..2 {
            let (found, stored) = self.find(client).await?;
            let (generation, again, stored) = match (found.next(), stored) {
                (Next::Ask { generation, again }, Some(stored)) => (generation, again, stored),
                (Next::SignedOut, _) | (_, None) => {
                    tracing::warn!("the keychain holds no sign-in");
                    return self.over(SessionState::SignedOut);
                }
                (Next::Over, _) => {
                    tracing::warn!(generation = ?found.stored, from = found.lowest, "the sign-in in the keychain is spent");
                    break;
                }
            };
            reached(Step::Read);
            self.note(Renewal { lowest: generation, asked: Some((generation, self.clock.now())) }).await?;
            reached(Step::Asked);
            let (heard, failure) = match self.ask(client, &stored).await {
                Ok(tokens) => {
                    reached(Step::Granted);
                    let (client, user) = (client.binding().0, tokens.user());
                    let kept = self.keep(tokens, GrantedFor::Renewal(generation, lock)).await;
                    // A session from before names were kept. Where the book cannot be written, the next renewal does this.
                    let _ = self.book(move |store| store.save_subject(client, user.as_deref())).await;
                    return kept;
                }
                Err(NotGranted::Grant) => {
                    self.note(Renewal { lowest: generation.saturating_add(1), asked: None }).await?;
                    continue;
                }
                Err(NotGranted::Other(failure)) => (Heard::Answered, failure),
                Err(NotGranted::NotSent) => (Heard::NotSent, FailureKind::Offline.into()),
                Err(NotGranted::Unknown(failure)) => (Heard::Lost, failure),
            };
            if heard.leaves_open(again) {
                self.is(SessionState::Uncertain);
            } else {
                self.settled(generation).await;
                self.is(SessionState::SignedIn);
            }
            if heard != Heard::NotSent {
                self.held().rest.begin(Moment::now(&self.clock), &failure);
            }
            return Err(failure);
        }
        // The token stays where it is until the next sign-in or sign-out.
        self.over(SessionState::Ended)
    }

    /// Keychain and book. The book is read first: what it knows of the keychain is then true of what is read there, also while
    /// another process renews.
    pub(super) async fn find(&self, client: &Client) -> Result<(Found, Option<StoredToken>)> {
        let book = self.book(|store| store.renewal()).await?;
        let stored = self.vault.refresh_token(client.binding()).await?;
        let generation = stored.as_ref().map(|stored| stored.generation);
        let found = Found { stored: generation, lowest: book.lowest, asked: book.asked.map(|(asked, _)| asked) };
        Ok((found, stored))
    }

    /// Keeps other processes away.
    pub(super) async fn queue(&self) -> Result<lock::Held> {
        match self.lock.take(Duration::ZERO).await {
            Err(failure) if failure.kind == FailureKind::OtherSaldo => self.held().queueing = true,
            taken => return taken,
        }
        let taken = self.lock.take(self.caller_waits).await;
        self.held().queueing = false;
        taken
    }

    async fn ask(&self, client: &Client, stored: &StoredToken) -> Result<Tokens, NotGranted> {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", stored.token.expose())];
        token::ask(client, &self.http, &self.clock, &fields, self.answer_takes).await
    }

    fn over(&self, state: SessionState) -> Result<()> {
        self.held().access = None;
        self.is(state);
        Err(FailureKind::SignInNeeded.into())
    }
}
