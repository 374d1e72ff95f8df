//! Sealing with a password: Argon2id makes the key out of it, XChaCha20-Poly1305 hides the content and proves it.
//!
//! A record, numbers big-endian: layout version (1 byte), memory in KiB (4), passes (4), salt (16), nonce (24), content and tag,
//! SHA-256 of all of that. The sum tells a damaged record from a wrong password. The purpose and all that stands before the
//! content are proven with it: a record sealed for something else does not open.

use super::Secret;
use super::keychain::VaultError;
use super::stretch::stretch;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

const VERSION: u8 = 1;
const SALT: usize = 16;
const NONCE: usize = 24;
const TAG: usize = 16;
const SUM: usize = 32;
/// Version, memory, passes, salt: what a key is made with.
const HEAD: usize = 1 + 4 + 4 + SALT;
/// By how much a record is longer than its content.
pub(super) const OVERHEAD: usize = HEAD + NONCE + TAG + SUM;
/// The costliest key that a record may ask for: a forged one must not take the computer's memory.
const MOST: Cost = Cost { memory_kib: 1024 * 1024, passes: 64 };

/// What one guess of a password costs: memory in KiB, and how often it is gone over (one lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// For the owner's passwords: about half a second, and more memory than a guessing machine has for each of its cores.
    pub const OWNER: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// For tests.
    pub const TEST: Self = Self { memory_kib: 8, passes: 1 };
}

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The key of the data file, under the app lock.
    DatabaseKey,
    /// The file that stands in for a keychain.
    Vault,
    /// The second passphrase, which releases payments: nothing is hidden behind it.
    Release,
}

impl Purpose {
    fn name(self) -> &'static [u8] {
        match self {
            Self::DatabaseKey => b"saldo database-key\0",
            Self::Vault => b"saldo vault\0",
            Self::Release => b"saldo release\0",
        }
    }
}

/// A key made from a password: closes and opens records of one purpose without asking again.
pub(super) struct Seal {
    purpose: Purpose,
    head: [u8; HEAD],
    cipher: XChaCha20Poly1305,
}

impl Seal {
    /// A new key, with a salt of its own. Slow on purpose: not on the runtime.
    pub(super) fn new(purpose: Purpose, password: &Secret<String>, cost: Cost) -> Result<Self, VaultError> {
        let mut head = [0; HEAD];
        head[0] = VERSION;
        head[1..5].copy_from_slice(&cost.memory_kib.to_be_bytes());
        head[5..9].copy_from_slice(&cost.passes.to_be_bytes());
        noise(&mut head[9..])?;
        Self::derive(purpose, password, head)
    }

    /// The key that closed the record, and the content. Slow on purpose: not on the runtime.
    pub(super) fn break_open(
        purpose: Purpose,
        password: &Secret<String>,
        record: &[u8],
    ) -> Result<(Self, Secret<Vec<u8>>), VaultError> {
        let seal = Self::derive(purpose, password, parts(record)?.0)?;
        let content = seal.open(record)?;
        Ok((seal, content))
    }

    /// Closes the content, under a nonce of its own.
    pub(super) fn close(&self, content: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut record = self.head.to_vec();
        let mut nonce = [0; NONCE];
        noise(&mut nonce)?;
        record.extend_from_slice(&nonce);
        let payload = Payload { msg: content, aad: &self.proven(&record) };
        let closed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        record.extend_from_slice(&closed.map_err(|_| VaultError::TooLong)?);
        record.extend_from_slice(&Sha256::digest(&record));
        Ok(record)
    }

    /// The content of a record. `PassphraseWrong` where another password closed it, or for another purpose.
    pub(super) fn open(&self, record: &[u8]) -> Result<Secret<Vec<u8>>, VaultError> {
        let (head, nonce, closed) = parts(record)?;
        let payload = Payload { msg: closed, aad: &self.proven(&record[..HEAD + NONCE]) };
        if head != self.head {
            return Err(VaultError::PassphraseWrong);
        }
        let content = self.cipher.decrypt(XNonce::from_slice(nonce), payload);
        content.map(Secret::new).map_err(|_| VaultError::PassphraseWrong)
    }

    fn derive(purpose: Purpose, password: &Secret<String>, head: [u8; HEAD]) -> Result<Self, VaultError> {
        let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (memory_kib, passes) = (number(1), number(5));
        if memory_kib > MOST.memory_kib || passes > MOST.passes {
            return Err(VaultError::Damaged);
        }
        let mut salt = [0; SALT];
        salt.copy_from_slice(&head[HEAD - SALT..]);
        let key = stretch(password, &salt, memory_kib, passes).map_err(|_| VaultError::Damaged)?;
        Ok(Self { purpose, head, cipher: XChaCha20Poly1305::new(Key::from_slice(&*key)) })
    }

    fn proven(&self, before_content: &[u8]) -> Vec<u8> {
        [self.purpose.name(), before_content].concat()
    }
}

/// Head, nonce and closed content of a record.
type Parts<'a> = ([u8; HEAD], &'a [u8], &'a [u8]);

/// The parts of a record, if it is whole.
fn parts(record: &[u8]) -> Result<Parts<'_>, VaultError> {
    let Some((whole, sum)) = record.split_last_chunk::<SUM>() else { return Err(VaultError::Damaged) };
    let Some((head, rest)) = whole.split_first_chunk::<HEAD>() else { return Err(VaultError::Damaged) };
    if rest.len() < NONCE + TAG || head[0] != VERSION || Sha256::digest(whole)[..] != *sum {
        return Err(VaultError::Damaged);
    }
    let (nonce, closed) = rest.split_at(NONCE);
    Ok((*head, nonce, closed))
}

/// Salts and nonces come from the system and from nowhere else, in tests too: one that repeats would give the content away.
fn noise(into: &mut [u8]) -> Result<(), VaultError> {
    OsRng.try_fill_bytes(into).map_err(|error| VaultError::Failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Secret<String> {
        Secret::new(text.into())
    }

    fn sealed(content: &[u8]) -> Vec<u8> {
        Seal::new(Purpose::DatabaseKey, &word("correct horse"), Cost::TEST).unwrap().close(content).unwrap()
    }

    fn opened(purpose: Purpose, password: &str, record: &[u8]) -> Result<Vec<u8>, VaultError> {
        Seal::break_open(purpose, &word(password), record).map(|(_, content)| content.expose().clone())
    }

    fn with_sum(whole: &[u8]) -> Vec<u8> {
        [whole, &Sha256::digest(whole)[..]].concat()
    }

    #[test]
    fn the_password_opens_what_it_closed_and_no_other_does() {
        for content in [&b""[..], b"x", &[7; 5_000]] {
            let record = sealed(content);
            assert_eq!(record.len(), content.len() + OVERHEAD);
            assert_eq!(opened(Purpose::DatabaseKey, "correct horse", &record).unwrap(), content);
            for wrong in ["", "correct horsf", "Correct horse", "correct horse "] {
                let refused = opened(Purpose::DatabaseKey, wrong, &record);
                assert!(matches!(refused, Err(VaultError::PassphraseWrong)), "{wrong:?}");
            }
        }
    }

    #[test]
    fn the_content_does_not_show_and_no_two_records_are_alike() {
        let seal = Seal::new(Purpose::Vault, &word("p"), Cost::TEST).unwrap();
        let (one, other) = (seal.close(&[7; 64]).unwrap(), seal.close(&[7; 64]).unwrap());
        assert!(!one.windows(8).any(|part| part == [7; 8]));
        assert_eq!(one[..HEAD], other[..HEAD], "one key");
        assert_ne!(one[HEAD..], other[HEAD..], "a nonce each");
        assert_eq!(seal.open(&one).unwrap().expose(), seal.open(&other).unwrap().expose());
        assert_ne!(sealed(b"")[..HEAD], sealed(b"")[..HEAD], "a salt each");
    }

    #[test]
    fn a_record_for_something_else_does_not_open() {
        assert!(matches!(opened(Purpose::Vault, "correct horse", &sealed(b"key")), Err(VaultError::PassphraseWrong)));
    }

    #[test]
    fn each_flipped_bit_is_seen_with_and_without_a_fitting_sum() {
        let record = sealed(b"a key of thirty-two bytes, nearly");
        let whole = record.len() - SUM;
        for at in 0..record.len() {
            let mut flipped = record.clone();
            flipped[at] ^= 0x10;
            let seen = opened(Purpose::DatabaseKey, "correct horse", &flipped);
            assert!(matches!(seen, Err(VaultError::Damaged)), "bit of byte {at}");
            // The head's numbers: a cost that is not worth trying in a test.
            if at < whole && !(1..9).contains(&at) {
                assert!(opened(Purpose::DatabaseKey, "correct horse", &with_sum(&flipped[..whole])).is_err(), "{at}");
            }
        }
        for cut in 0..record.len() {
            let seen = opened(Purpose::DatabaseKey, "correct horse", &record[..cut]);
            assert!(matches!(seen, Err(VaultError::Damaged)), "cut to {cut}");
        }
    }

    #[test]
    fn a_record_cannot_ask_for_more_than_a_computer_has() {
        let record = sealed(b"key");
        let whole = record.len() - SUM;
        for (at, number) in [(1, u32::MAX), (1, 1024 * 1024 + 1), (1, 7), (1, 0), (5, u32::MAX), (5, 65), (5, 0)] {
            let mut asking = record[..whole].to_vec();
            asking[at..at + 4].copy_from_slice(&number.to_be_bytes());
            let refused = opened(Purpose::DatabaseKey, "correct horse", &with_sum(&asking));
            assert!(matches!(refused, Err(VaultError::Damaged)), "{number} at {at}");
        }
    }

    #[test]
    fn an_accent_is_the_same_on_every_keyboard() {
        let seal = Seal::new(Purpose::Vault, &word("p\u{e1}\u{10d}ka"), Cost::TEST).unwrap();
        let record = seal.close(b"content").unwrap();
        assert_eq!(opened(Purpose::Vault, "pa\u{301}c\u{30c}ka", &record).unwrap(), b"content");
    }

    /// The owner's cost, once: a record made with it opens, and costs what it says.
    #[test]
    fn the_owners_cost_stands_in_the_record() {
        let record = Seal::new(Purpose::Vault, &word("p"), Cost::OWNER).unwrap().close(b"content").unwrap();
        assert_eq!(record[1..9], [0, 1, 0, 0, 0, 0, 0, 3]);
        assert_eq!(opened(Purpose::Vault, "p", &record).unwrap(), b"content");
    }
}
