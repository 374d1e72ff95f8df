//! A password that opens nothing: it is only known again.

use super::Secret;
use super::keychain::VaultError;
use super::seal::{Cost, Purpose, Seal};
use crate::failure::{FailureKind, Result};

/// A record by which a password is known again; it says nothing else of it. Slow on purpose: not on the runtime.
pub(crate) fn remember(password: &Secret<String>, cost: Cost) -> Result<Vec<u8>> {
    let seal = Seal::new(Purpose::Release, password, cost);
    seal.and_then(|seal| seal.close(&[])).map_err(|_| FailureKind::StoreFailed.into())
}

/// Whether it is the password of the record: `PassphraseWrong` where it is not, `StoreFailed` where the record is broken. Slow on
/// purpose, and as slow for a wrong one: not on the runtime.
pub(crate) fn know(password: &Secret<String>, record: &[u8]) -> Result<()> {
    match Seal::break_open(Purpose::Release, password, record) {
        Ok(_) => Ok(()),
        Err(VaultError::PassphraseWrong) => Err(FailureKind::PassphraseWrong.into()),
        Err(_) => Err(FailureKind::StoreFailed.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_is_known() {
        let word = |text: &str| Secret::new(text.to_owned());
        let record = remember(&word("second person"), Cost::TEST).unwrap();
        know(&word("second person"), &record).unwrap();
        for wrong in ["", "second persom", "Second person"] {
            assert_eq!(know(&word(wrong), &record).unwrap_err().kind, FailureKind::PassphraseWrong, "{wrong:?}");
        }
        assert_eq!(know(&word("second person"), &record[1..]).unwrap_err().kind, FailureKind::StoreFailed);
        assert_ne!(record, remember(&word("second person"), Cost::TEST).unwrap(), "a salt of its own");
    }
}
