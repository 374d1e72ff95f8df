//! The refresh token as it is kept: in two slots, under the client it belongs to.

use super::Secret;
use super::keychain::{Keychain, VaultError, text};
use super::slots::REFRESH_TOKEN;
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

/// The newest whole token of the client.
pub(super) fn newest(keychain: &mut Keychain, binding: Binding) -> Result<Option<StoredToken>, VaultError> {
    for slot in REFRESH_TOKEN.read(keychain)? {
        match slot.value.expose().split_first_chunk::<16>() {
            Some((client, token)) if *client == binding.0 => {
                return Ok(Some(StoredToken { generation: slot.generation, token: text(token)? }));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// Keeps a token and reads it back; its generation.
pub(super) fn save(keychain: &mut Keychain, binding: Binding, token: &Secret<String>) -> Result<u64, VaultError> {
    let token = token.expose().as_bytes();
    let mut value = Zeroizing::new(Vec::with_capacity(16 + token.len()));
    value.extend_from_slice(&binding.0);
    value.extend_from_slice(token);
    REFRESH_TOKEN.save(keychain, &value)
}
