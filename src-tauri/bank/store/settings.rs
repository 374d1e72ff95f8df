//! The owner's settings, and which Everifin user this book is linked to.

use super::{Fault, Store};
use crate::auth::Environment;
use crate::failure::{FailureKind, Result};
use crate::settings::Settings;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The Everifin user this book is linked to, without any secret: those are in the keychain. Whether the session lives is the
/// session's to say, not written here a second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which Everifin.
    pub environment: Environment,
    /// Realm.
    pub realm: String,
    /// Client id.
    pub client_id: String,
    /// Whether payments are asked for (scope `pis`).
    pub payments: bool,
}

impl Store {
    /// The owner's settings; the defaults until she has chosen, and where what is stored cannot be read.
    pub fn settings(&self) -> Result<Settings> {
        self.read(chosen)
    }

    /// Keeps the owner's settings. `AddressInvalid` where the page for returns from banks is none.
    pub fn save_settings(&self, settings: &Settings) -> Result<()> {
        settings.return_way.check()?;
        self.write(|book| put(book, "settings", settings))
    }

    /// The Everifin user this book is linked to; none before credentials are entered.
    pub fn connection(&self) -> Result<Option<Link>> {
        self.read(|book| {
            let row = book
                .prepare_cached("SELECT environment, realm, client_id, payments FROM connection")?
                .query_row([], |row| {
                    let environment: String = row.get(0)?;
                    Ok((environment, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .optional()?;
            let Some((environment, realm, client_id, payments)) = row else { return Ok(None) };
            let environment = serde_json::from_str(&environment).map_err(|_| FailureKind::StoreFailed)?;
            Ok(Some(Link { environment, realm, client_id, payments }))
        })
    }

    /// Keeps the link to Everifin, in place of the one before.
    pub fn save_connection(&self, link: &Link) -> Result<()> {
        self.write(|book| {
            book.prepare_cached("INSERT OR REPLACE INTO connection VALUES (1, ?, ?, ?, ?)")?.execute((
                json(&link.environment)?,
                &link.realm,
                &link.client_id,
                link.payments,
            ))?;
            Ok(())
        })
    }
}

/// The owner's settings, inside a transaction.
pub(crate) fn chosen(book: &Connection) -> Result<Settings, Fault> {
    let chosen: Option<Map<String, Value>> = value(book, "settings")?;
    let mut all = serde_json::to_value(Settings::default()).unwrap_or_default();
    if let (Some(all), Some(chosen)) = (all.as_object_mut(), chosen) {
        // A setting that came later is as it is before the owner has chosen.
        all.extend(chosen);
    }
    Ok(serde_json::from_value(all).unwrap_or_default())
}

/// A small value kept under a name; none also where it cannot be read (any more).
pub(crate) fn value<T: DeserializeOwned>(book: &Connection, name: &str) -> Result<Option<T>, Fault> {
    let text: Option<String> = book
        .prepare_cached("SELECT value FROM setting WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Keeps a small value under a name.
pub(crate) fn put<T: Serialize>(book: &Transaction<'_>, name: &str, value: &T) -> Result<(), Fault> {
    book.prepare_cached("INSERT OR REPLACE INTO setting VALUES (?, ?)")?.execute((name, json(value)?))?;
    Ok(())
}

/// The text of a small value.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| FailureKind::StoreFailed.into())
}
