//! The sign-in in progress: one attempt at a time, by deep link, loopback or a pasted address.

use super::{Session, SignInState, Via};
use crate::failure::{FailureKind, Result};
use rand::rngs::StdRng;
use std::sync::Arc;
use tokio::sync::watch;
use url::Url;

/// What became of an address that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It was the answer to the attempt in progress, which has ended by it; see [`SignIn::state`].
    Finished,
    /// Not an answer to a sign-in of Saldo: ignored.
    Wrong,
    /// An answer to an earlier attempt: ignored.
    Old,
}

/// The holder of the attempt.
pub struct SignIn {
    session: Arc<Session>,
    state: watch::Sender<SignInState>,
}

impl SignIn {
    /// No attempt yet. `rng` must be seeded by the operating system outside of tests.
    pub fn new(session: Arc<Session>, rng: StdRng) -> Arc<Self> {
        let _ = rng;
        Arc::new(Self { session, state: watch::Sender::new(SignInState::Idle) })
    }

    /// Begins an attempt, replacing one in progress; answers the address for the system browser. Fails before the browser
    /// opens when Everifin cannot be reached, the address is not an Everifin, or the keychain cannot be written.
    pub async fn begin(self: &Arc<Self>, via: Via) -> Result<Url> {
        let _ = (&self.session, via);
        Err(FailureKind::CredentialsMissing.into())
    }

    /// Takes an address that came by deep link (raw, as the system delivered it), and redeems it when it is the answer.
    pub async fn receive(self: &Arc<Self>, raw: &str) -> Received {
        let _ = raw;
        Received::Wrong
    }

    /// Takes an address that the owner pasted; spaces around it do not matter. Otherwise as [`SignIn::receive`].
    pub async fn paste(self: &Arc<Self>, text: &str) -> Received {
        self.receive(text.trim()).await
    }

    /// Gives the attempt up.
    pub async fn cancel(&self) {}

    /// Where the attempt stands.
    pub fn state(&self) -> SignInState {
        self.state.borrow().clone()
    }

    /// The sign-in page of the attempt in progress, for opening it again or copying it.
    pub fn address(&self) -> Option<Url> {
        None
    }

    /// Tells of each change of state; a time-out shows in [`SignIn::state`] only.
    pub fn changes(&self) -> watch::Receiver<SignInState> {
        self.state.subscribe()
    }
}
