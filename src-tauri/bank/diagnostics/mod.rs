//! What the owner, or whoever helps her, can see of how Saldo fares. Nothing here is about her money.

mod report;

pub use report::report;

use crate::auth::{Probed, SessionState, Standing};
use crate::desk::{Desk, off_the_runtime};
use crate::failure::{Failure, Result};
use crate::journal::PastFailure;
use crate::store::Database;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use specta::Type;

/// A clock that is wrong by less is not worth a word.
const CLOCK_MATTERS: TimeDelta = TimeDelta::minutes(1);

/// How Saldo fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostics {
    /// When this was found out.
    pub at: DateTime<Utc>,
    /// The open book; none where it cannot be opened, and `trouble` says why.
    pub book: Option<BookState>,
    /// Why the book cannot be opened.
    pub trouble: Option<Failure>,
    /// Which program opens Saldo's links.
    pub opener: Opener,
    /// What failed of late, newest first.
    pub failures: Vec<PastFailure>,
    /// What runs here.
    pub versions: Versions,
    /// Where all data is.
    pub folder: String,
}

/// How an open book fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BookState {
    /// The session with Everifin.
    pub session: Standing,
    /// What testing the keychain came to.
    pub keychain: KeychainTest,
    /// What the last probe of this run found of PKCE.
    pub pkce: Option<Probed>,
    /// The data file.
    pub database: Database,
    /// By how many seconds this computer's clock is ahead of Everifin's, where that is more than a minute either way.
    pub clock_ahead: Option<i32>,
}

/// What testing the keychain came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KeychainTest {
    /// It keeps what it is given, and gives it back.
    Works {
        /// The store's name for itself.
        name: String,
    },
    /// A file of Saldo's own stands in its place, which the owner's passphrase seals; it keeps what it is given.
    Sealed {
        /// What it is called in the data folder.
        file: String,
    },
    /// It does not.
    Fails {
        /// Why.
        failure: Failure,
    },
}

/// Which program the system starts for an address of Saldo's own scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Opener {
    /// This Saldo.
    ThisSaldo,
    /// Another program, or another copy of Saldo.
    Another {
        /// Which, where the system says.
        program: Option<String>,
    },
    /// None.
    Nobody,
    /// The system does not say.
    Unknown,
}

/// What runs here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Versions {
    /// Saldo.
    pub saldo: String,
    /// SQLite.
    pub sqlite: String,
    /// The web view that draws the window, where it says.
    pub web_view: Option<String>,
    /// The operating system.
    pub system: String,
}

impl Versions {
    /// What runs here, with what only the shell knows.
    pub fn new(web_view: Option<String>, system: String) -> Self {
        let (saldo, sqlite) = (env!("CARGO_PKG_VERSION").to_owned(), rusqlite::version().to_owned());
        Self { saldo, sqlite, web_view, system }
    }
}

impl Desk {
    /// How the book fares. Tests the keychain by writing, reading and deleting a probe.
    pub async fn state(&self) -> Result<BookState> {
        let line = self.line();
        let vault = self.vault();
        let keychain = match (vault.self_test().await, vault.sealed_in()) {
            (Ok(_), Some(file)) => KeychainTest::Sealed { file: file.to_owned() },
            (Ok(name), None) => KeychainTest::Works { name },
            (Err(failure), _) => KeychainTest::Fails { failure },
        };
        let store = self.store.clone();
        let database = off_the_runtime(move || store.database()).await?;
        let session = match line.session.standing().await {
            Ok(standing) => standing,
            // What the keychain does not tell is said above.
            Err(_) => Standing { state: SessionState::SignedOut, until: None, renewal: None },
        };
        let ahead = line.session.clock_ahead().filter(|ahead| ahead.abs() > CLOCK_MATTERS);
        let clock_ahead = ahead.map(|ahead| {
            i32::try_from(ahead.num_seconds()).unwrap_or(if ahead < TimeDelta::zero() { i32::MIN } else { i32::MAX })
        });
        Ok(BookState { session, keychain, pkce: line.sign_in.probed(), database, clock_ahead })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::auth::{PkceProbe, Renewal};
    use crate::failure::FailureKind;
    use crate::journal::Place;
    use crate::settings::Language;
    use crate::vault::{Cost, SealedFile, Secret, Vault};

    pub(crate) fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-27T{text}Z").parse().unwrap()
    }

    pub(crate) fn sample() -> Diagnostics {
        Diagnostics {
            at: at("08:42:00"),
            book: Some(BookState {
                session: Standing {
                    state: SessionState::SignedIn,
                    until: Some(at("20:00:00")),
                    renewal: Some(Renewal { at: at("08:41:00"), failure: None }),
                },
                keychain: KeychainTest::Works { name: "gnome-keyring".into() },
                pkce: Some(Probed { at: at("08:00:00"), found: PkceProbe::Enforced }),
                database: Database {
                    cipher: Some("4.19.0".into()),
                    kilobytes: 14_784,
                    checked: Some(at("06:00:00")),
                    copied: Some(at("07:30:00")),
                },
                clock_ahead: Some(-3_660),
            }),
            trouble: None,
            opener: Opener::Another { program: Some("/opt/other/saldo".into()) },
            failures: vec![PastFailure {
                at: at("07:00:00"),
                place: Place::Renewal,
                kind: FailureKind::Offline,
                times: 3,
            }],
            versions: Versions {
                saldo: "0.1.0".into(),
                sqlite: "3.53.4".into(),
                web_view: Some("2.46.5".into()),
                system: "Debian GNU/Linux 12 (bookworm)".into(),
            },
            folder: "/home/marta/.local/share/app.saldo.desktop".into(),
        }
    }

    #[tokio::test]
    async fn a_book_tells_how_it_fares() {
        let folder = tempfile::tempdir().unwrap();
        let clock = crate::clock::Clock::from_fn(|| at("08:42:00"));
        let desk = Desk::open(folder.path(), Vault::in_memory("diagnostics"), clock, Language::En, None).await.unwrap();
        let state = desk.state().await.unwrap();
        assert_eq!(state.session.state, SessionState::SignedOut);
        assert!(matches!(state.keychain, KeychainTest::Works { .. }), "{:?}", state.keychain);
        assert!(state.database.kilobytes >= 4);
        assert_eq!((state.pkce, state.clock_ahead), (None, None));
        assert_eq!((state.database.checked, state.database.copied), (None, None));

        desk.store.look_after(at("08:42:00")).unwrap();
        let database = desk.state().await.unwrap().database;
        assert_eq!((database.checked, database.copied), (Some(at("08:42:00")), Some(at("08:42:00"))));
    }

    #[tokio::test]
    async fn where_a_passphrase_stands_in_for_the_keychain_its_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Secret::new("correct horse".to_owned());
        let file = SealedFile::create(folder.path().join("vault.sealed"), passphrase, Cost::TEST).await.unwrap();
        let vault = Vault::sealed("diagnostics", &file);
        let desk = Desk::open(folder.path(), vault, crate::clock::Clock::system(), Language::En, None).await.unwrap();
        let keychain = desk.state().await.unwrap().keychain;
        assert_eq!(keychain, KeychainTest::Sealed { file: "vault.sealed".into() });
    }
}
