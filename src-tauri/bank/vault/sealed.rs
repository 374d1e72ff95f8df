//! The file that stands in for a keychain where there is none and the owner wants it so: everything that a vault keeps, closed as
//! a whole with her passphrase.
//!
//! Nothing of its content stays in memory, only the key: each reading reads the file, each writing replaces it whole (a new file,
//! flushed, renamed, the folder flushed), one at a time over all processes.

use super::keychain::VaultError;
use super::seal::{Cost, Purpose, Seal};
use super::{Secret, slowly};
use crate::failure::Result;
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{Entry, Error};
use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// The longest file that is read; what a few books keep is far less.
const LONGEST: u64 = 4 * 1024 * 1024;

/// An open file. Cheap to clone; closed, its key wiped, with the last clone.
#[derive(Clone)]
pub struct SealedFile(Arc<Inner>);

struct Inner {
    path: PathBuf,
    seal: Mutex<Seal>,
}

type Items = BTreeMap<String, Secret<Vec<u8>>>;

impl SealedFile {
    /// Makes an empty one. Fails where there is a file already: it is not written over.
    pub async fn create(path: PathBuf, passphrase: Secret<String>, cost: Cost) -> Result<Self> {
        slowly(move || {
            if path.exists() {
                return Err(VaultError::Failed("there is a sealed vault already".into()));
            }
            let file = Self::with(path, Seal::new(Purpose::Vault, &passphrase, cost)?);
            file.0.change(|_| ())?;
            Ok(file)
        })
        .await
    }

    /// Opens the one at `path`. Fails with `PassphraseWrong`, leaving it untouched.
    pub async fn open(path: PathBuf, passphrase: Secret<String>) -> Result<Self> {
        slowly(move || {
            let (seal, _) = Seal::break_open(Purpose::Vault, &passphrase, &read(&path)?)?;
            Ok(Self::with(path, seal))
        })
        .await
    }

    /// Closes it with another passphrase from now on. Fails with `PassphraseWrong`, leaving it untouched.
    pub async fn change_passphrase(&self, current: Secret<String>, new: Secret<String>, cost: Cost) -> Result<()> {
        let inner = Arc::clone(&self.0);
        slowly(move || {
            let _alone = inner.alone()?;
            let (_, content) = Seal::break_open(Purpose::Vault, &current, &read(&inner.path)?)?;
            let seal = Seal::new(Purpose::Vault, &new, cost)?;
            replace(&inner.path, &seal.close(content.expose())?)?;
            *inner.seal() = seal;
            Ok(())
        })
        .await
    }

    /// What it is called in its folder.
    pub(super) fn name(&self) -> String {
        self.0.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn with(path: PathBuf, seal: Seal) -> Self {
        Self(Arc::new(Inner { path, seal: Mutex::new(seal) }))
    }
}

impl Inner {
    fn items(&self) -> Result<Items, VaultError> {
        unpack(self.seal().open(&read(&self.path)?)?.expose())
    }

    /// Changes the items: all of it happens, or nothing.
    fn change<T>(&self, act: impl FnOnce(&mut Items) -> T) -> Result<T, VaultError> {
        let _alone = self.alone()?;
        let mut items = if self.path.exists() { self.items()? } else { Items::new() };
        let out = act(&mut items);
        replace(&self.path, &self.seal().close(&pack(&items)?)?)?;
        Ok(out)
    }

    /// The kernel's lock: let go of with the file, also by a process that dies.
    fn alone(&self) -> Result<File, VaultError> {
        let file = private(OpenOptions::new().write(true).create(true).truncate(false))
            .open(self.path.with_extension("lock"))
            .map_err(disk)?;
        file.lock().map_err(disk)?;
        Ok(file)
    }

    fn seal(&self) -> MutexGuard<'_, Seal> {
        self.seal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, VaultError> {
    let file = File::open(path).map_err(disk)?;
    let mut record = Vec::new();
    file.take(LONGEST).read_to_end(&mut record).map_err(disk)?;
    Ok(record)
}

/// Puts a new file in place of the one before. Until the rename the old one counts, whole.
fn replace(path: &Path, record: &[u8]) -> Result<(), VaultError> {
    let fresh = path.with_extension("new");
    let written = || -> std::io::Result<()> {
        // Left by a process that died, or put there by somebody: never written through.
        match std::fs::remove_file(&fresh) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&fresh)?;
        file.write_all(record)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)?;
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    };
    written().map_err(disk)
}

/// For this user's eyes only. Elsewhere the folder is in the user's profile, whose access list the files inherit.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn disk(error: std::io::Error) -> VaultError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => VaultError::DiskFull,
        _ => VaultError::Failed(format!("the sealed vault: {error}")),
    }
}

/// Each item as the length of its name, the name, the length of its value, the value; lengths in 4 bytes, big-endian.
fn pack(items: &Items) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let size = items.iter().map(|(name, value)| 8 + name.len() + value.expose().len()).sum();
    // Reserved whole, so that growing does not leave copies behind.
    let mut packed = Zeroizing::new(Vec::with_capacity(size));
    for bytes in items.iter().flat_map(|(name, value)| [name.as_bytes(), value.expose()]) {
        let length = u32::try_from(bytes.len()).map_err(|_| VaultError::TooLong)?;
        packed.extend_from_slice(&length.to_be_bytes());
        packed.extend_from_slice(bytes);
    }
    Ok(packed)
}

fn unpack(mut packed: &[u8]) -> Result<Items, VaultError> {
    let mut next = || -> Option<&[u8]> {
        let (length, rest) = packed.split_first_chunk::<4>()?;
        let (bytes, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        packed = rest;
        Some(bytes)
    };
    let mut items = Items::new();
    while let Some(name) = next() {
        let name = String::from_utf8(name.to_vec()).map_err(|_| VaultError::Damaged)?;
        items.insert(name, Secret::new(next().ok_or(VaultError::Damaged)?.to_vec()));
    }
    if packed.is_empty() { Ok(items) } else { Err(VaultError::Damaged) }
}

/// An item of the file.
struct Item {
    file: SealedFile,
    name: String,
}

impl CredentialStoreApi for SealedFile {
    fn vendor(&self) -> String {
        "A file of Saldo's own, closed with a passphrase".into()
    }

    fn id(&self) -> String {
        "sealed".into()
    }

    fn build(&self, service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> keyring::Result<Entry> {
        Ok(Entry::new_with_credential(Arc::new(Item { file: self.clone(), name: format!("{service}/{user}") })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedFile")
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> keyring::Result<()> {
        self.file.0.change(|items| items.insert(self.name.clone(), Secret::new(secret.to_vec()))).map_err(foreign)?;
        Ok(())
    }

    fn get_secret(&self) -> keyring::Result<Vec<u8>> {
        let items = self.file.0.items().map_err(foreign)?;
        items.get(&self.name).map(|value| value.expose().clone()).ok_or(Error::NoEntry)
    }

    fn delete_credential(&self) -> keyring::Result<()> {
        // What is not there costs no writing.
        if !self.file.0.items().map_err(foreign)?.contains_key(&self.name) {
            return Err(Error::NoEntry);
        }
        self.file.0.change(|items| items.remove(&self.name)).map_err(foreign)?.map(drop).ok_or(Error::NoEntry)
    }

    fn get_credential(&self) -> keyring::Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in a sealed file", self.name)
    }
}

/// Carried through the store's interface as it is; taken out again where the vault sorts errors.
fn foreign(error: VaultError) -> Error {
    Error::PlatformFailure(Box::new(error))
}
