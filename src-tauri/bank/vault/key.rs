//! The key of the data file as it is kept: plain, or closed with the owner's password (the app lock).
//!
//! Every change is a new generation in the older of two slots, read back before the other one goes: setting, changing and
//! removing the lock never pass through a moment without a usable key.

use super::Secret;
use super::keychain::{Keychain, PART, VaultError};
use super::seal::{Cost, OVERHEAD, Purpose, Seal};
use super::slots::DATABASE_KEY;
use zeroize::Zeroizing;

const PLAIN: u8 = 0;
const CLOSED: u8 = 1;
/// A kept key (generation, form, record) is one part, which every store replaces in one go.
const _: () = assert!(8 + 1 + 32 + OVERHEAD <= PART / 2);

/// A key of the data file.
pub(super) type Key = Secret<[u8; 32]>;

/// What the keychain has.
pub(super) enum Kept {
    /// The key itself.
    Plain(Key),
    /// A record that only the password opens.
    Closed(Vec<u8>),
}

impl Kept {
    /// Closes a key with a password. Slow on purpose: not on the vault's thread.
    pub(super) fn close(key: &Key, password: &Secret<String>, cost: Cost) -> Result<Self, VaultError> {
        let seal = Seal::new(Purpose::DatabaseKey, password, cost)?;
        let record = seal.close(key.expose())?;
        // It is about to become the only one.
        if seal.open(&record)?.expose() != key.expose() {
            return Err(VaultError::Damaged);
        }
        Ok(Self::Closed(record))
    }

    /// The key; `Closed` where a password is needed and none given. Slow on purpose: not on the vault's thread.
    pub(super) fn open(self, password: Option<&Secret<String>>) -> Result<Key, VaultError> {
        match (self, password) {
            (Self::Plain(key), _) => Ok(key),
            (Self::Closed(_), None) => Err(VaultError::Closed),
            (Self::Closed(record), Some(password)) => {
                let (_, content) = Seal::break_open(Purpose::DatabaseKey, password, &record)?;
                sized(content.expose())
            }
        }
    }
}

/// The newest whole key. One that is damaged counts as missing: the way out is the same.
pub(super) fn kept(keychain: &mut Keychain) -> Result<Option<Kept>, VaultError> {
    for slot in DATABASE_KEY.read(keychain)? {
        match slot.value.expose().split_first() {
            Some((&PLAIN, key)) if key.len() == 32 => return sized(key).map(Kept::Plain).map(Some),
            Some((&CLOSED, record)) => return Ok(Some(Kept::Closed(record.to_vec()))),
            _ => tracing::warn!("the kept key of the data file is none"),
        }
    }
    Ok(None)
}

/// Keeps a key in place of the one before, which goes once the new one has been read back.
pub(super) fn keep(keychain: &mut Keychain, kept: &Kept) -> Result<(), VaultError> {
    let (form, bytes) = match kept {
        Kept::Plain(key) => (PLAIN, key.expose().as_slice()),
        Kept::Closed(record) => (CLOSED, record.as_slice()),
    };
    let mut value = Zeroizing::new(Vec::with_capacity(1 + bytes.len()));
    value.push(form);
    value.extend_from_slice(bytes);
    DATABASE_KEY.save(keychain, &value)?;
    DATABASE_KEY.forget_older(keychain)
}

fn sized(bytes: &[u8]) -> Result<Key, VaultError> {
    bytes.try_into().map(Secret::new).map_err(|_| VaultError::Damaged)
}
