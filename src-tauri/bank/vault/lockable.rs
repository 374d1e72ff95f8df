//! A keychain in memory that a test can lock.

use super::Vault;
use super::keychain::{Open, Source, memory_store};
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error, Result};
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Locked while true.
pub(crate) type Lock = Arc<AtomicBool>;

/// How often its owner was asked to unlock it.
pub(crate) type Prompts = Arc<AtomicUsize>;

struct Store(Arc<CredentialStore>, Lock, Prompts);
struct Item(Entry, Lock, Prompts);

/// A vault and its lock.
pub(crate) fn vault() -> (Vault, Lock) {
    let (vault, lock, _) = made(|open, _| Source::Memory(open));
    (vault, lock)
}

/// The same with a prompt at each question while it is locked, which is refused.
pub(crate) fn prompting() -> (Vault, Lock, Prompts) {
    made(|open, lock| Source::Prompting(open, Box::new(move || lock.load(Ordering::SeqCst))))
}

fn made(source: impl FnOnce(Open, Lock) -> Source) -> (Vault, Lock, Prompts) {
    let (lock, prompts) = (Lock::default(), Prompts::default());
    let store: Arc<CredentialStore> = Arc::new(Store(memory_store().unwrap(), lock.clone(), prompts.clone()));
    (Vault::with("saldo-test", source(Box::new(move || Ok(store.clone())), lock.clone())), lock, prompts)
}

impl Item {
    fn check(&self) -> Result<()> {
        if !self.1.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.2.fetch_add(1, Ordering::SeqCst);
        Err(Error::NoStorageAccess("locked by the test".into()))
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
        Ok(Entry::new_with_credential(Arc::new(Item(entry, self.1.clone(), self.2.clone()))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        self.check().and_then(|()| self.0.set_secret(secret))
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        self.check().and_then(|()| self.0.get_secret())
    }

    fn delete_credential(&self) -> Result<()> {
        self.check().and_then(|()| self.0.delete_credential())
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
