//! The store behind a [`super::Vault`]: which one, its items, its errors. Runs on the vault's own thread.
//!
//! `keyring` chooses and pins the store crate of each system. Its easy `Entry` is not used: it remembers a missing service
//! for the life of the process, so stores are opened here through keyring-core and tried anew at the next call.

use super::Secret;
use crate::failure::FailureKind;
use keyring_core::api::CredentialPersistence;
use keyring_core::{CredentialStore, Entry};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest value that every store takes, in bytes (Windows Credential Manager).
pub(super) const STORE_LIMIT: usize = 2_560;
/// How long a part of a value may be, header included.
pub(super) const PART: usize = 2_400;
const _: () = assert!(PART <= STORE_LIMIT);
/// How many parts a value may have.
pub(super) const MAX_PARTS: usize = 8;
/// Layout version, number of parts, SHA-256 of the whole value.
const HEADER: usize = 2 + 32;
const LAYOUT: u8 = 1;
/// The longest value that can be kept.
pub(super) const MAX_VALUE: usize = PART * MAX_PARTS - HEADER;

/// What is kept under a service name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    BackupKey,
    ClientSecret,
    DatabaseKeyA,
    DatabaseKeyB,
    PendingSignIn,
    RefreshTokenA,
    RefreshTokenB,
    SelfTest,
}

impl Item {
    pub(super) const ALL: [Self; 8] = [
        Self::BackupKey,
        Self::ClientSecret,
        Self::DatabaseKeyA,
        Self::DatabaseKeyB,
        Self::PendingSignIn,
        Self::RefreshTokenA,
        Self::RefreshTokenB,
        Self::SelfTest,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::BackupKey => "backup-key",
            Self::ClientSecret => "client-secret",
            Self::DatabaseKeyA => "database-key-a",
            Self::DatabaseKeyB => "database-key-b",
            Self::PendingSignIn => "sign-in",
            Self::RefreshTokenA => "refresh-token-a",
            Self::RefreshTokenB => "refresh-token-b",
            Self::SelfTest => "self-test",
        }
    }
}

/// Why the keychain did not do it.
#[derive(Debug, thiserror::Error)]
pub(super) enum VaultError {
    /// There is no session bus to ask.
    #[error("there is no session bus")]
    NoBus,
    /// The bus is there, a secret service is not.
    #[error("no keychain service answers: {0}")]
    NoService(String),
    /// Locked, or its owner said no.
    #[error("the keychain is locked or access was denied")]
    Locked,
    /// Nobody answered in time; probably a password prompt is open.
    #[error("the keychain did not answer in time")]
    TimedOut,
    /// Two items bear the same name.
    #[error("more than one item bears the name")]
    Ambiguous,
    /// The value is longer than can be kept.
    #[error("the value is too long")]
    TooLong,
    /// The item is not what was written.
    #[error("the item is damaged")]
    Damaged,
    /// A password is needed first.
    #[error("closed with a password")]
    Closed,
    /// The password does not open it.
    #[error("the password does not fit")]
    PassphraseWrong,
    /// The sealed vault could not be written.
    #[error("the disk is full or read-only")]
    DiskFull,
    /// The store would not keep anything beyond this process or this session.
    #[error("the store does not keep what it is given")]
    Forgetful,
    /// Anything else.
    #[error("the keychain failed: {0}")]
    Failed(String),
}

impl VaultError {
    pub(super) fn kind(&self) -> FailureKind {
        match self {
            Self::NoBus | Self::NoService(_) => FailureKind::KeychainAbsent,
            Self::Locked | Self::TimedOut => FailureKind::KeychainLocked,
            Self::Closed => FailureKind::Locked,
            Self::PassphraseWrong => FailureKind::PassphraseWrong,
            Self::DiskFull => FailureKind::DiskFull,
            Self::Ambiguous | Self::TooLong | Self::Damaged | Self::Forgetful | Self::Failed(_) => {
                FailureKind::KeychainFailed
            }
        }
    }
}

pub(super) type Open = Box<dyn Fn() -> keyring::Result<Arc<CredentialStore>> + Send>;

/// Where the store comes from.
pub(super) enum Source {
    /// The operating system's.
    System,
    /// Opened by the function; must keep what it is given.
    Lasting(Open),
    /// Opened by the function; may forget.
    Memory(Open),
    /// The same, with a prompt as long as the other function says that it is locked.
    #[cfg(test)]
    Prompting(Open, Box<dyn Fn() -> bool + Send>),
}

/// A store in memory.
pub(super) fn memory_store() -> keyring::Result<Arc<CredentialStore>> {
    Ok(keyring_core::mock::Store::new()?)
}

/// The store of the operating system.
fn system_store() -> keyring::Result<Arc<CredentialStore>> {
    #[cfg(target_os = "linux")]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

pub(super) struct Keychain {
    service: String,
    source: Source,
    store: Option<Arc<CredentialStore>>,
}

impl Keychain {
    pub(super) fn new(service: &str, source: Source) -> Self {
        Self { service: service.into(), source, store: None }
    }

    /// The value of an item.
    pub(super) fn read(&mut self, item: Item) -> Result<Option<Secret<Vec<u8>>>, VaultError> {
        let mut values = self.read_each(item)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(VaultError::Ambiguous),
        }
    }

    /// Every whole value that bears the item's name: more than one where somebody has put an item of his own beside ours.
    pub(super) fn read_each(&mut self, item: Item) -> Result<Vec<Secret<Vec<u8>>>, VaultError> {
        let mut values = Vec::new();
        let mut damaged = false;
        for first in self.read_part(item, 0)? {
            match self.assemble(item, first.expose()) {
                Err(VaultError::Damaged) => damaged = true,
                value => values.push(value?),
            }
        }
        if damaged && values.is_empty() { Err(VaultError::Damaged) } else { Ok(values) }
    }

    fn assemble(&mut self, item: Item, first: &[u8]) -> Result<Secret<Vec<u8>>, VaultError> {
        let (Some((&[LAYOUT, parts], rest)), true) = (first.split_first_chunk::<2>(), first.len() >= HEADER) else {
            return Err(VaultError::Damaged);
        };
        let (sum, chunk) = rest.split_at(HEADER - 2);
        // Reserved whole, so that growing does not leave copies behind.
        let mut value = Zeroizing::new(Vec::with_capacity(MAX_VALUE));
        value.extend_from_slice(chunk);
        for part in 1..usize::from(parts).min(MAX_PARTS) {
            match self.read_part(item, part)?.as_slice() {
                [] => return Err(VaultError::Damaged),
                [bytes] => value.extend_from_slice(bytes.expose()),
                _ => return Err(VaultError::Ambiguous),
            }
        }
        if Sha256::digest(&*value)[..] != *sum {
            return Err(VaultError::Damaged);
        }
        Ok(Secret::from(value))
    }

    /// The value of an item that holds text.
    pub(super) fn read_text(&mut self, item: Item) -> Result<Option<Secret<String>>, VaultError> {
        self.read(item)?.map(|value| text(value.expose())).transpose()
    }

    /// Keeps a value. A value of several parts is not replaced in one go: a torn write shows as `Damaged`.
    pub(super) fn write(&mut self, item: Item, value: &[u8]) -> Result<(), VaultError> {
        if value.len() > MAX_VALUE {
            return Err(VaultError::TooLong);
        }
        let (chunk, rest) = value.split_at(value.len().min(PART - HEADER));
        let parts = 1 + rest.len().div_ceil(PART);
        for (index, bytes) in rest.chunks(PART).enumerate() {
            self.write_part(item, index + 1, bytes)?;
        }
        let mut first = Zeroizing::new(Vec::with_capacity(PART));
        // `parts` is at most MAX_PARTS here.
        first.extend_from_slice(&[LAYOUT, u8::try_from(parts).map_err(|_| VaultError::TooLong)?]);
        first.extend_from_slice(&Sha256::digest(value));
        first.extend_from_slice(chunk);
        self.write_part(item, 0, &first)?;
        for part in parts..MAX_PARTS {
            if !self.delete_part(item, part)? {
                break;
            }
        }
        Ok(())
    }

    /// Removes an item; that there is none is well too.
    pub(super) fn delete(&mut self, item: Item) -> Result<(), VaultError> {
        (0..MAX_PARTS).try_for_each(|part| self.delete_part(item, part).map(|_| ()))
    }

    /// Writes, reads and deletes; the store's name.
    pub(super) fn self_test(&mut self) -> Result<String, VaultError> {
        let probe = format!("{}\0\u{10FFFF}", self.service);
        let store = self.store()?;
        let lasting = matches!(store.persistence(), CredentialPersistence::UntilDelete);
        if !lasting && !matches!(self.source, Source::Memory(_)) {
            return Err(VaultError::Forgetful);
        }
        self.write(Item::SelfTest, probe.as_bytes())?;
        let read = self.read(Item::SelfTest)?;
        self.delete(Item::SelfTest)?;
        match read {
            Some(value) if *value.expose() == probe.as_bytes() => self.name(),
            _ => Err(VaultError::Forgetful),
        }
    }

    /// Whether a question would bring a prompt now, as far as that can be seen without one.
    pub(super) fn would_prompt(&self) -> bool {
        match &self.source {
            #[cfg(target_os = "linux")]
            Source::System => on_the_default_collection(|collection| collection.is_locked()).unwrap_or(false),
            #[cfg(not(target_os = "linux"))]
            Source::System => true,
            #[cfg(test)]
            Source::Prompting(_, locked) => locked(),
            Source::Lasting(_) | Source::Memory(_) => false,
        }
    }

    /// The store's name.
    pub(super) fn name(&mut self) -> Result<String, VaultError> {
        let vendor = self.store()?.vendor();
        Ok(vendor.split(',').next().unwrap_or(&vendor).to_owned())
    }

    /// What stands under the name of a part: nothing, a value, or several different ones.
    pub(super) fn read_part(&mut self, item: Item, part: usize) -> Result<Vec<Secret<Vec<u8>>>, VaultError> {
        let found = self.find_part(item, part)?;
        #[cfg(target_os = "linux")]
        if found.is_empty() && self.is_system() && unlock_the_default_collection()? {
            return self.find_part(item, part);
        }
        Ok(found)
    }

    fn find_part(&mut self, item: Item, part: usize) -> Result<Vec<Secret<Vec<u8>>>, VaultError> {
        self.on_entry(item, part, |entry| {
            let mut values = match entry.get_secret() {
                Ok(bytes) => vec![bytes],
                Err(keyring::Error::NoEntry) => Vec::new(),
                Err(keyring::Error::Ambiguous(twins)) if !twins.is_empty() => {
                    tracing::warn!(?item, part, count = twins.len(), "items of one name in the keychain");
                    twins.iter().map(Entry::get_secret).collect::<keyring::Result<_>>()?
                }
                Err(error) => return Err(error),
            };
            values.sort_unstable();
            values.dedup();
            Ok(values.into_iter().map(Secret::new).collect())
        })
    }

    /// Of several items of one name the first takes the value, and the others go.
    pub(super) fn write_part(&mut self, item: Item, part: usize, bytes: &[u8]) -> Result<(), VaultError> {
        self.on_entry(item, part, |entry| match entry.set_secret(bytes) {
            Err(keyring::Error::Ambiguous(twins)) if !twins.is_empty() => {
                twins[0].set_secret(bytes)?;
                twins[1..].iter().try_for_each(Entry::delete_credential)
            }
            outcome => outcome,
        })
    }

    /// Whether there was one.
    fn delete_part(&mut self, item: Item, part: usize) -> Result<bool, VaultError> {
        self.on_entry(item, part, |entry| match entry.delete_credential() {
            Ok(()) => Ok(true),
            Err(keyring::Error::NoEntry) => Ok(false),
            Err(keyring::Error::Ambiguous(twins)) if !twins.is_empty() => {
                twins.iter().try_for_each(Entry::delete_credential).map(|()| true)
            }
            Err(error) => Err(error),
        })
    }

    /// Runs on an entry; once more on a new connection when the old one has died (the service was restarted).
    fn on_entry<T>(
        &mut self,
        item: Item,
        part: usize,
        act: impl Fn(&Entry) -> keyring::Result<T>,
    ) -> Result<T, VaultError> {
        let name = match part {
            0 => item.name().to_owned(),
            part => format!("{}-{part}", item.name()),
        };
        let was_open = self.store.is_some();
        let attempt = |keychain: &mut Self| {
            let entry = keychain.entry(&name)?;
            act(&entry).map_err(sort)
        };
        match attempt(self) {
            Err(VaultError::Failed(_) | VaultError::NoService(_)) if was_open && self.is_system() => {
                self.store = None;
                attempt(self).inspect_err(|_| self.store = None)
            }
            outcome => outcome,
        }
    }

    fn is_system(&self) -> bool {
        matches!(self.source, Source::System)
    }

    pub(super) fn entry(&mut self, name: &str) -> Result<Entry, VaultError> {
        let store = self.store()?;
        let target = format!("{}/{name}", self.service);
        let modifiers = match self.source {
            // Local: a credential must not roam to the owner's other computers. An explicit target cannot collide.
            Source::System if cfg!(windows) => HashMap::from([("persistence", "Local"), ("target", target.as_str())]),
            Source::System if cfg!(target_os = "linux") => HashMap::from([("label", "Saldo")]),
            _ => HashMap::new(),
        };
        store.build(&self.service, name, Some(&modifiers)).map_err(sort)
    }

    fn store(&mut self) -> Result<Arc<CredentialStore>, VaultError> {
        if let Some(store) = &self.store {
            return Ok(store.clone());
        }
        let store = match &self.source {
            Source::System => system_store().map_err(absent)?,
            Source::Lasting(open) | Source::Memory(open) => open().map_err(absent)?,
            #[cfg(test)]
            Source::Prompting(open, _) => open().map_err(absent)?,
        };
        Ok(self.store.insert(store).clone())
    }
}

/// Some keychains (KeePassXC) find nothing at all while they are locked, which must not read as "there is none". Whether this one
/// was locked; fails with `Locked` where it stays so.
#[cfg(target_os = "linux")]
fn unlock_the_default_collection() -> Result<bool, VaultError> {
    on_the_default_collection(|collection| {
        let locked = collection.is_locked()?;
        if locked {
            collection.unlock()?;
        }
        Ok(locked)
    })
}

/// Does something with the default collection; false where nothing has ever been kept.
#[cfg(target_os = "linux")]
fn on_the_default_collection(
    act: impl FnOnce(&secret_service::blocking::Collection<'_>) -> Result<bool, secret_service::Error>,
) -> Result<bool, VaultError> {
    use secret_service::{EncryptionType, Error, blocking::SecretService};
    let look = || {
        let service = SecretService::connect(EncryptionType::Plain)?;
        match service.get_default_collection() {
            Err(Error::NoResult) => Ok(false),
            collection => act(&collection?),
        }
    };
    look().map_err(|error: Error| sort_platform(&error))
}

/// Text out of bytes.
pub(super) fn text(bytes: &[u8]) -> Result<Secret<String>, VaultError> {
    String::from_utf8(bytes.to_vec()).map(Secret::new).map_err(|_| VaultError::Damaged)
}

/// What an error of a store that is open means.
fn sort(error: keyring::Error) -> VaultError {
    match error {
        keyring::Error::NoStorageAccess(_) => VaultError::Locked,
        keyring::Error::Ambiguous(_) => VaultError::Ambiguous,
        keyring::Error::TooLong(..) => VaultError::TooLong,
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => VaultError::Damaged,
        keyring::Error::NoDefaultStore => VaultError::NoService("no store".into()),
        keyring::Error::PlatformFailure(cause) => match cause.downcast::<VaultError>() {
            Ok(ours) => *ours,
            Err(cause) => sort_platform(&*cause),
        },
        other => VaultError::Failed(other.to_string()),
    }
}

#[cfg(target_os = "linux")]
fn sort_platform(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    use secret_service::Error as Service;
    match cause.downcast_ref::<Service>() {
        Some(Service::Locked | Service::Prompt | Service::NoResult) => VaultError::Locked,
        Some(Service::Unavailable) => VaultError::NoService(cause.to_string()),
        // The store passes the bus's own error on where it creates an item in a locked collection.
        _ if cause.to_string().contains("org.freedesktop.Secret.Error.IsLocked") => VaultError::Locked,
        _ => VaultError::Failed(cause.to_string()),
    }
}

#[cfg(not(target_os = "linux"))]
fn sort_platform(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    VaultError::Failed(cause.to_string())
}

/// What it means that a store cannot be opened. The store answers the same without a bus and without a service.
fn absent(error: keyring::Error) -> VaultError {
    if cfg!(target_os = "linux") && !session_bus_answers() {
        return VaultError::NoBus;
    }
    VaultError::NoService(error.to_string())
}

/// Whether a session bus listens where this process would look for one.
#[cfg(unix)]
fn session_bus_answers() -> bool {
    use std::path::PathBuf;
    let named = std::env::var("DBUS_SESSION_BUS_ADDRESS").ok();
    let path = match &named {
        Some(address) => address.split([';', ',']).find_map(|part| part.strip_prefix("unix:path=")).map(PathBuf::from),
        None => std::env::var_os("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("bus")),
    };
    match path {
        Some(path) => std::os::unix::net::UnixStream::connect(path).is_ok(),
        // An abstract or TCP address: it is named, so there is one.
        None => named.is_some(),
    }
}

#[cfg(not(unix))]
fn session_bus_answers() -> bool {
    true
}
