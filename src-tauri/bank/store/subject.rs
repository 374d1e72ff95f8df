//! In whose name this book is signed in, as far as that is known.

use super::settings::{put, value};
use super::{Fault, Store};
use crate::failure::{FailureKind, Result};
use rusqlite::{OptionalExtension, Transaction};

/// Under this name the store keeps that the accounts have to show whose sign-in the present one is.
const UNPROVEN: &str = "unproven";

/// A sign-in, as the book remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// Fingerprint of the client.
    pub(crate) client: [u8; 16],
    /// Everifin's name for the user; none where its tokens do not say.
    pub(crate) name: Option<String>,
    /// Whether the book knows of an earlier sign-in, with which this one cannot be compared.
    pub(crate) unproven: bool,
}

impl Store {
    /// In whose name the client was signed in first: none before that, and without a name where Everifin did not say.
    pub(crate) fn subject(&self, client: [u8; 16]) -> Result<Option<Option<String>>> {
        self.read(|book| {
            let name = book
                .prepare_cached("SELECT name FROM subject WHERE client = ?")?
                .query_row([client], |row| row.get::<_, String>(0))
                .optional()?;
            Ok(name.map(|name| Some(name).filter(|name| !name.is_empty())))
        })
    }

    /// Remembers a sign-in. The name of the first one stays.
    pub(crate) fn save_sign_in(&self, signed_in: &SignedIn) -> Result<()> {
        self.write(|book| {
            add(book, signed_in.client, signed_in.name.as_deref())?;
            put(book, UNPROVEN, &signed_in.unproven)
        })
    }

    /// Remembers in whose name a session goes on that began before its name was kept.
    pub(crate) fn save_subject(&self, client: [u8; 16], name: Option<&str>) -> Result<()> {
        self.write(|book| add(book, client, name))
    }
}

fn add(book: &Transaction<'_>, client: [u8; 16], name: Option<&str>) -> Result<(), Fault> {
    let name = name.unwrap_or_default();
    book.prepare_cached("INSERT OR IGNORE INTO subject VALUES (?, ?)")?.execute((client, name))?;
    Ok(())
}

/// Where nobody could say whose sign-in this is, one account that the book knows proves it; a list without any fails with
/// `AnotherUser`. An empty list proves nothing, and a book without accounts has nothing to mix.
pub(super) fn prove(book: &Transaction<'_>, accounts: usize, knows_one: bool) -> Result<(), Fault> {
    if value(book, UNPROVEN)? != Some(true) || accounts == 0 {
        return Ok(());
    }
    let is_empty = !book.prepare_cached("SELECT 1 FROM account LIMIT 1")?.exists([])?;
    if knows_one || is_empty { put(book, UNPROVEN, &false) } else { Err(FailureKind::AnotherUser.into()) }
}

#[cfg(test)]
mod tests {
    use super::super::sample::key;
    use super::*;

    #[test]
    fn the_first_name_stays_and_each_client_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let store = Store::open(&path, &key()).unwrap();
        assert_eq!(store.subject([1; 16]), Ok(None));
        let signed_in =
            |client, name: Option<&str>| SignedIn { client, name: name.map(str::to_owned), unproven: false };
        store.save_sign_in(&signed_in([1; 16], Some("marta"))).unwrap();
        store.save_sign_in(&signed_in([2; 16], None)).unwrap();
        store.save_subject([1; 16], Some("jan")).unwrap();
        drop(store);
        let store = Store::open(&path, &key()).unwrap();
        assert_eq!(store.subject([1; 16]), Ok(Some(Some("marta".into()))));
        assert_eq!(store.subject([2; 16]), Ok(Some(None)));
        assert_eq!(store.subject([3; 16]), Ok(None));
    }
}
