//! A keychain in memory that a test can lock.

use super::Vault;
use super::keychain::{Source, memory_store};
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error, Result};
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Locked while true.
pub(crate) type Lock = Arc<AtomicBool>;

struct Store(Arc<CredentialStore>, Lock);
struct Item(Entry, Lock);

/// A vault and its lock.
pub(crate) fn vault() -> (Vault, Lock) {
    let lock = Lock::default();
    let store: Arc<CredentialStore> = Arc::new(Store(memory_store().unwrap(), lock.clone()));
    (Vault::with("saldo-test", Source::Memory(Box::new(move || Ok(store.clone())))), lock)
}

fn check(lock: &Lock) -> Result<()> {
    match lock.load(Ordering::SeqCst) {
        true => Err(Error::NoStorageAccess("locked by the test".into())),
        false => Ok(()),
    }
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
        check(&self.1).and_then(|()| self.0.set_secret(secret))
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        check(&self.1).and_then(|()| self.0.get_secret())
    }

    fn delete_credential(&self) -> Result<()> {
        check(&self.1).and_then(|()| self.0.delete_credential())
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        self.0.get_specifiers()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
