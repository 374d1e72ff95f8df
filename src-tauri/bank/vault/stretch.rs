//! Making a key out of a password, slowly.

use super::Secret;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Argon2id over the password as Unicode writes it shortest: a letter with an accent is one character on one keyboard and two on
/// another. `memory` is in KiB. Takes about half a second for the owner's passwords: not on the runtime.
pub(crate) fn stretch(
    password: &Secret<String>,
    salt: &[u8; 16],
    memory: u32,
    passes: u32,
) -> Result<Zeroizing<[u8; 32]>, argon2::Error> {
    let params = Params::new(memory, passes, 1, None)?;
    let mut typed = Zeroizing::new(String::with_capacity(4 * password.expose().len()));
    typed.extend(password.expose().nfc());
    let mut blocks = Zeroizing::new(vec![Block::new(); params.block_count()]);
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        typed.as_bytes(),
        salt,
        &mut *key,
        &mut *blocks,
    )?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_password_and_salt_make_one_key() {
        let key = |password: &str, salt| stretch(&Secret::new(password.to_owned()), &[salt; 16], 64, 1).unwrap();
        assert_eq!(key("tajné heslo", 1), key("tajne\u{301} heslo", 1));
        assert_ne!(key("tajné heslo", 1), key("tajné heslo", 2));
        assert_ne!(key("tajné heslo", 1), key("tajne heslo", 1));
    }
}
