//! The key of the data file. Every page of the file is encrypted and authenticated with it (SQLCipher 4: AES-256 in CBC mode with an
//! HMAC-SHA512 for each page); it is drawn once, at random, and lies in the vault.

use super::Fault;
use crate::failure::FailureKind;
use crate::vault::Secret;
use rand::CryptoRng;
use rusqlite::Connection;
use std::fmt::Write;
use std::path::Path;
use zeroize::Zeroizing;

/// The first bytes of an SQLite file that is not encrypted.
const PLAIN: &[u8] = b"SQLite format 3\0";

/// A key of 256 random bits.
#[derive(Clone, Debug)]
pub struct StoreKey {
    bytes: Secret<[u8; 32]>,
    /// What a new file is made to begin with; drawn at random where it is not given. A file that is there has its own.
    salt: Option<[u8; SALT]>,
}

/// How many bytes of salt stand in the clear at the start of each file.
pub(crate) const SALT: usize = 16;

impl StoreKey {
    /// A new key. `rng` must be seeded by the operating system outside of tests.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        Secret::from(bytes).into()
    }

    /// The same key, for a new file that is to begin with this salt.
    pub(crate) fn with_salt(self, salt: [u8; SALT]) -> Self {
        Self { salt: Some(salt), ..self }
    }

    /// The bytes, for the vault.
    pub(crate) fn bytes(&self) -> &Secret<[u8; 32]> {
        &self.bytes
    }

    /// As SQLCipher takes a key that needs no derivation: `x'<64 hexadecimal digits>'`, and 32 more for the salt.
    pub(super) fn raw(&self) -> Zeroizing<String> {
        // Reserved whole, so that growing does not leave copies behind.
        let mut text = Zeroizing::new(String::with_capacity(99));
        text.push_str("x'");
        for byte in self.bytes.expose().iter().chain(self.salt.iter().flatten()) {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\'');
        text
    }
}

impl From<Secret<[u8; 32]>> for StoreKey {
    fn from(bytes: Secret<[u8; 32]>) -> Self {
        Self { bytes, salt: None }
    }
}

/// Gives a connection its key, before anything else is asked of it.
pub(super) fn unlock(connection: &Connection, key: &StoreKey) -> rusqlite::Result<()> {
    connection.pragma_update(None, "key", key.raw().as_str())?;
    // Its own words about a page that does not fit would go to the standard error of the program; ours go to the log.
    connection.pragma_update(None, "cipher_log_level", "NONE")
}

/// Whether the file is a book of the time before books were encrypted.
pub(super) fn is_plain(path: &Path) -> std::io::Result<bool> {
    use std::io::Read;
    let mut start = [0; PLAIN.len()];
    let mut file = std::fs::File::open(path)?;
    Ok(file.read_exact(&mut start).is_ok() && start == *PLAIN)
}

/// Encrypts a book of the time before books were encrypted: into a new file first, which then takes its place.
pub(super) fn encrypt_plain(path: &Path, key: &StoreKey) -> Result<(), Fault> {
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "the data file could not be encrypted");
        Fault::from(FailureKind::StoreFailed)
    };
    if !is_plain(path).map_err(failed)? {
        return Ok(());
    }
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".encrypting");
    let fresh = Path::new(&fresh);
    // What an interruption has left.
    match std::fs::remove_file(fresh) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => super::private_file(fresh).map_err(failed)?,
    }
    let plain = Connection::open(path)?;
    // Nothing of it may stay in a side file.
    plain.pragma_update(None, "journal_mode", "DELETE")?;
    let version: u32 = plain.pragma_query_value(None, "user_version", |row| row.get(0))?;
    plain.execute("ATTACH DATABASE ?1 AS fresh KEY ?2", [fresh.to_string_lossy().as_ref(), key.raw().as_str()])?;
    plain.query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))?;
    plain.pragma_update(Some("fresh"), "user_version", version)?;
    plain.execute("DETACH DATABASE fresh", [])?;
    drop(plain);
    std::fs::rename(fresh, path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, sample};
    use rand::SeedableRng;

    #[test]
    fn a_key_is_written_as_sqlcipher_reads_it_and_is_not_printed() {
        let key = StoreKey::from(Secret::new([0xab; 32]));
        assert_eq!(*key.raw(), format!("x'{}'", "ab".repeat(32)));
        assert!(!format!("{key:?}").contains("171") && !format!("{key:?}").contains("ab"), "{key:?}");
        let draw = |seed| StoreKey::draw(&mut rand::rngs::StdRng::seed_from_u64(seed)).raw();
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn the_cipher_is_the_one_that_the_documents_name() {
        let connection = Connection::open_in_memory().unwrap();
        let version: String = connection.pragma_query_value(None, "cipher_version", |row| row.get(0)).unwrap();
        assert!(version.starts_with("4."), "{version}");
    }

    /// Whether any file in the folder holds the text.
    fn is_readable(folder: &Path, text: &str) -> bool {
        std::fs::read_dir(folder).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.starts_with(PLAIN) || bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    }

    #[test]
    fn nothing_of_a_book_can_be_read_from_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let store = Store::open(&path, &sample::key()).unwrap();
        store
            .write(|book| {
                book.execute("INSERT INTO setting VALUES ('canary', 'kanarienvogel')", [])?;
                Ok(())
            })
            .unwrap();
        // The side files are there while the book is open.
        assert!(folder.path().join("book.db-wal").metadata().unwrap().len() > 0);
        assert!(!is_readable(folder.path(), "kanarienvogel"));
        drop(store);
        assert!(!is_readable(folder.path(), "kanarienvogel"));
        // The search finds what is there.
        std::fs::write(folder.path().join("note"), "a kanarienvogel").unwrap();
        assert!(is_readable(folder.path(), "kanarienvogel"));
    }

    #[test]
    fn another_key_opens_nothing_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        drop(Store::open(&path, &sample::key()).unwrap());
        let before = std::fs::read(&path).unwrap();
        let other = StoreKey::from(Secret::new([8; 32]));
        assert_eq!(Store::open(&path, &other).err(), Some(FailureKind::StoreDamaged.into()));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert!(Store::open(&path, &sample::key()).is_ok());
    }

    #[test]
    fn a_plain_book_of_before_is_encrypted_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        {
            let mut plain = Connection::open(&path).unwrap();
            plain.pragma_update(None, "journal_mode", "WAL").unwrap();
            crate::store::migrations::go(&mut plain).unwrap();
            plain.execute("INSERT INTO setting VALUES ('canary', 'kanarienvogel')", []).unwrap();
        }
        assert!(is_plain(&path).unwrap());
        // An interruption of before has left its half.
        std::fs::write(folder.path().join("book.db.encrypting"), "half").unwrap();
        let store = Store::open(&path, &sample::key()).unwrap();
        let kept = store.read(|book| {
            Ok(book.query_row("SELECT value FROM setting WHERE name = 'canary'", [], |row| row.get::<_, String>(0))?)
        });
        assert_eq!(kept.unwrap(), "kanarienvogel");
        drop(store);
        assert!(!is_readable(folder.path(), "kanarienvogel"));
    }
}
