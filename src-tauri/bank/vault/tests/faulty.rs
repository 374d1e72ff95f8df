//! A keychain in memory that fails for good after a number of calls, as a computer does that goes down; the last call may be
//! done by half.

use crate::vault::Vault;
use crate::vault::keychain::{Source, memory_store};
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error, Result};
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// When it goes down.
#[derive(Clone)]
pub(super) struct Power {
    left: Arc<AtomicUsize>,
    tear: Arc<AtomicBool>,
}

impl Power {
    /// Goes down after `calls`; the write that it goes down in is done by half, or not at all.
    pub(super) fn fail_after(&self, calls: usize, tear: bool) {
        self.tear.store(tear, Ordering::SeqCst);
        self.left.store(calls, Ordering::SeqCst);
    }

    /// Up again, for as long as it takes; whether it had gone down.
    pub(super) fn restore(&self) -> bool {
        self.left.swap(usize::MAX / 2, Ordering::SeqCst) == 0
    }

    /// Whether this call is done; the second value: whether by half.
    fn spend(&self) -> (bool, bool) {
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => (true, false),
            Err(_) => (false, self.tear.swap(false, Ordering::SeqCst)),
        }
    }
}

struct Store(Arc<CredentialStore>, Power);
struct Item(Entry, Power);

/// A vault and its power.
pub(super) fn vault() -> (Vault, Power) {
    let power = Power { left: Arc::new(AtomicUsize::new(0)), tear: Arc::default() };
    power.restore();
    let store: Arc<CredentialStore> = Arc::new(Store(memory_store().unwrap(), power.clone()));
    (Vault::with("saldo-test", Source::Memory(Box::new(move || Ok(store.clone())))), power)
}

fn down<T>() -> Result<T> {
    Err(Error::PlatformFailure("went down".into()))
}

impl CredentialStoreApi for Store {
    fn vendor(&self) -> String {
        self.0.vendor()
    }

    fn id(&self) -> String {
        self.0.id()
    }

    fn build(&self, service: &str, user: &str, modifiers: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let entry = self.0.build(service, user, modifiers)?;
        Ok(Entry::new_with_credential(Arc::new(Item(entry, self.1.clone()))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        match self.1.spend() {
            (true, _) => self.0.set_secret(secret),
            (false, true) => self.0.set_secret(&secret[..secret.len() / 2]).and_then(|()| down()),
            (false, false) => down(),
        }
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        if self.1.spend().0 { self.0.get_secret() } else { down() }
    }

    fn delete_credential(&self) -> Result<()> {
        if self.1.spend().0 { self.0.delete_credential() } else { down() }
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
