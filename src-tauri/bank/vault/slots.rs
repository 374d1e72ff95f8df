//! Values that must not be lost, each kept in two items that are written in turn.
//!
//! Each write goes to the older slot and is read back; the other keeps the last good value, so that a write which is torn (the
//! computer goes down, the keychain's daemon dies) never harms it; the slot's checksum shows the tear. Reading takes the highest
//! whole generation.

use super::Secret;
use super::keychain::{Item, Keychain, VaultError};
use zeroize::Zeroizing;

/// Two items that are written in turn.
#[derive(Clone, Copy)]
pub(super) struct Pair([Item; 2]);

/// The refresh token.
pub(super) const REFRESH_TOKEN: Pair = Pair([Item::RefreshTokenA, Item::RefreshTokenB]);
/// The key of the data file.
pub(super) const DATABASE_KEY: Pair = Pair([Item::DatabaseKeyA, Item::DatabaseKeyB]);

/// A whole value.
pub(super) struct Slot {
    /// Counts the writes of the pair; never goes back.
    pub(super) generation: u64,
    pub(super) value: Secret<Vec<u8>>,
}

impl Pair {
    /// The whole values, newest first.
    pub(super) fn read(self, keychain: &mut Keychain) -> Result<Vec<Slot>, VaultError> {
        let mut slots: Vec<Slot> = self.read_both(keychain)?.into_iter().flatten().collect();
        slots.sort_by_key(|slot| std::cmp::Reverse(slot.generation));
        Ok(slots)
    }

    /// Keeps a value in the older slot and reads it back; its generation.
    pub(super) fn save(self, keychain: &mut Keychain, value: &[u8]) -> Result<u64, VaultError> {
        let [a, b] = self.read_both(keychain)?.map(|slot| slot.map(|slot| slot.generation));
        let older = if a <= b { self.0[0] } else { self.0[1] };
        let generation = a.max(b).unwrap_or(0).checked_add(1).ok_or(VaultError::Damaged)?;
        let mut record = Zeroizing::new(Vec::with_capacity(8 + value.len()));
        record.extend_from_slice(&generation.to_be_bytes());
        record.extend_from_slice(value);
        keychain.write(older, &record)?;
        match keychain.read(older)? {
            Some(read) if *read.expose() == *record => Ok(generation),
            _ => Err(VaultError::Forgetful),
        }
    }

    /// Removes all but the newest value.
    pub(super) fn forget_older(self, keychain: &mut Keychain) -> Result<(), VaultError> {
        let [a, b] = self.read_both(keychain)?.map(|slot| slot.map(|slot| slot.generation));
        match a.max(b) {
            Some(_) => keychain.delete(if a < b { self.0[0] } else { self.0[1] }),
            None => Ok(()),
        }
    }

    /// Removes both.
    pub(super) fn forget(self, keychain: &mut Keychain) -> Result<(), VaultError> {
        self.0.into_iter().try_for_each(|slot| keychain.delete(slot))
    }

    fn read_both(self, keychain: &mut Keychain) -> Result<[Option<Slot>; 2], VaultError> {
        Ok([read(keychain, self.0[0])?, read(keychain, self.0[1])?])
    }
}

/// A damaged slot counts as empty: the other one is good. Where a slot is there twice, the newer one counts. Any other trouble
/// is told, since "nothing there" would be a lie.
fn read(keychain: &mut Keychain, item: Item) -> Result<Option<Slot>, VaultError> {
    let values = match keychain.read_each(item) {
        Err(VaultError::Damaged) => {
            tracing::warn!(?item, "a slot is damaged");
            return Ok(None);
        }
        values => values?,
    };
    let slots = values.into_iter().filter_map(|value| {
        let (generation, value) = value.expose().split_first_chunk::<8>()?;
        Some(Slot { generation: u64::from_be_bytes(*generation), value: Secret::new(value.to_vec()) })
    });
    Ok(slots.max_by_key(|slot| slot.generation))
}
