//! A keychain of plain files that several processes share, for tests that kill them. Writes go to the file in two halves, so
//! that a killed process leaves torn items behind.

use super::Vault;
use super::keychain::Source;
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error, Result};
use std::any::Any;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Called after so many halves have been written by this process.
type Watch = Arc<dyn Fn(usize) + Send + Sync>;

struct Store {
    folder: PathBuf,
    halves: Arc<AtomicUsize>,
    watch: Watch,
}

struct Item {
    path: PathBuf,
    halves: Arc<AtomicUsize>,
    watch: Watch,
}

/// A vault on the files in `folder`; `watch` is told after each half that has been written how many there were.
pub(crate) fn vault(folder: &Path, watch: impl Fn(usize) + Send + Sync + 'static) -> Vault {
    fs::create_dir_all(folder).unwrap();
    let store = Store { folder: folder.to_owned(), halves: Arc::default(), watch: Arc::new(watch) };
    let store: Arc<CredentialStore> = Arc::new(store);
    Vault::with("saldo-test", Source::Memory(Box::new(move || Ok(store.clone()))))
}

fn failed(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::NoEntry,
        _ => Error::PlatformFailure(Box::new(error)),
    }
}

impl CredentialStoreApi for Store {
    fn vendor(&self) -> String {
        "files".into()
    }

    fn id(&self) -> String {
        "files".into()
    }

    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let (halves, watch) = (self.halves.clone(), self.watch.clone());
        Ok(Entry::new_with_credential(Arc::new(Item { path: self.folder.join(user), halves, watch })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        let write = || -> io::Result<()> {
            let mut file = File::create(&self.path)?;
            let (first, second) = secret.split_at(secret.len() / 2);
            for half in [first, second] {
                file.write_all(half)?;
                (self.watch)(self.halves.fetch_add(1, Ordering::SeqCst) + 1);
            }
            file.sync_all()
        };
        write().map_err(failed)
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        fs::read(&self.path).map_err(failed)
    }

    fn delete_credential(&self) -> Result<()> {
        fs::remove_file(&self.path).map_err(failed)
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
