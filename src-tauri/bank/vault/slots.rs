//! The refresh token in two alternating slots.
//!
//! Everifin changes the refresh token at every renewal, and a lost one ends the session. A new token goes to the slot with the
//! older generation, so that a write that is torn (the computer goes down, the keychain's daemon dies) never harms the last
//! good one; the slot's checksum shows the tear. Reading takes the highest whole generation.

use super::Secret;
use super::keychain::{Item, Keychain, VaultError, text};
use zeroize::Zeroizing;

/// Which client a token belongs to: a fingerprint of the token address and the client id. A token is never sent elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binding(pub(crate) [u8; 16]);

/// A refresh token as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct StoredToken {
    /// Counts the writes; never goes back.
    pub(crate) generation: u64,
    /// The token.
    pub(crate) token: Secret<String>,
}

struct Slot {
    binding: Binding,
    stored: StoredToken,
}

const SLOTS: [Item; 2] = [Item::RefreshTokenA, Item::RefreshTokenB];

/// The newest whole token of the client.
pub(super) fn newest(keychain: &mut Keychain, binding: Binding) -> Result<Option<StoredToken>, VaultError> {
    let slots = read_both(keychain)?;
    let ours = slots.into_iter().flatten().filter(|slot| slot.binding == binding);
    Ok(ours.map(|slot| slot.stored).max_by_key(|stored| stored.generation))
}

/// Keeps a token in the older slot and reads it back; its generation.
pub(super) fn save(keychain: &mut Keychain, binding: Binding, token: &Secret<String>) -> Result<u64, VaultError> {
    let [a, b] = read_both(keychain)?.map(|slot| slot.map(|slot| slot.stored.generation));
    let older = if a <= b { SLOTS[0] } else { SLOTS[1] };
    let generation = a.max(b).unwrap_or(0).checked_add(1).ok_or(VaultError::Damaged)?;
    let token = token.expose().as_bytes();
    let mut value = Zeroizing::new(Vec::with_capacity(8 + 16 + token.len()));
    value.extend_from_slice(&generation.to_be_bytes());
    value.extend_from_slice(&binding.0);
    value.extend_from_slice(token);
    keychain.write(older, &value)?;
    match keychain.read(older)? {
        Some(read) if *read.expose() == *value => Ok(generation),
        _ => Err(VaultError::Forgetful),
    }
}

/// Removes both.
pub(super) fn forget(keychain: &mut Keychain) -> Result<(), VaultError> {
    SLOTS.into_iter().try_for_each(|slot| keychain.delete(slot))
}

fn read_both(keychain: &mut Keychain) -> Result<[Option<Slot>; 2], VaultError> {
    Ok([read(keychain, SLOTS[0])?, read(keychain, SLOTS[1])?])
}

/// A damaged slot counts as empty: the other one is good. Any other trouble is told, since "no token" would be a lie.
fn read(keychain: &mut Keychain, slot: Item) -> Result<Option<Slot>, VaultError> {
    let value = match keychain.read(slot) {
        Ok(None) => return Ok(None),
        Ok(Some(value)) => value,
        Err(VaultError::Damaged) => {
            tracing::warn!(?slot, "a slot of the refresh token is damaged");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let Some((generation, rest)) = value.expose().split_first_chunk::<8>() else { return Ok(None) };
    let Some((binding, token)) = rest.split_first_chunk::<16>() else { return Ok(None) };
    let stored = StoredToken { generation: u64::from_be_bytes(*generation), token: text(token)? };
    Ok(Some(Slot { binding: Binding(*binding), stored }))
}
