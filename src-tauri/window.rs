//! What the window is told about the application itself.

use bank::auth::{Purpose, SessionState, SignInState};
use bank::diagnostics::Opener;
use bank::failure::Failure;
use bank::payments::PaymentId;
use bank::settings::Settings;
use serde::Serialize;
use specta::Type;

/// Which book is open. The demo has its own folder, so that its data never mixes with the owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Book {
    /// The owner's own.
    Own,
    /// The demo: nothing in it is real.
    Demo,
}

/// The operating system, for keyboard names and the name of its keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Platform {
    /// Linux.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// What to show first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// Which book is open.
    pub book: Book,
    /// Whether the book has ever been connected: the ledger is shown, else the welcome screen.
    pub connected: bool,
    /// Whether Everifin can be asked.
    pub session: SessionState,
    /// Saldo is locked, the keychain cannot be used (absent, locked, failed), or the data file cannot be opened: shown before all
    /// else. While locked, only language and theme of the settings are the owner's.
    pub trouble: Option<Failure>,
    /// The owner's settings.
    pub settings: Settings,
    /// The system's language as a BCP 47 tag, e.g. `sk-SK`; never `C`.
    pub system_language: String,
    /// The operating system.
    pub platform: Platform,
    /// Version of Saldo.
    pub version: String,
}

/// A sign-in and the book it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignInStatus {
    /// The book that is being connected.
    pub book: Book,
    /// What it is for.
    pub purpose: Purpose,
    /// Where it stands.
    pub state: SignInState,
    /// Which program would get the browser's answer when it comes by Saldo's own link (security.md A-18).
    pub opener: Opener,
}

/// What came from outside while nobody asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Happened {
    /// The sign-in moved on: ask `sign_in`.
    SignIn,
    /// The data changed without the window's doing: ask again for what is shown.
    Data,
    /// A payment moved on.
    Payment {
        /// Which.
        id: PaymentId,
    },
    /// The session stands otherwise, or damage was found in the data file: ask `start`.
    Session,
    /// Saldo is locked: everything shown of a book goes.
    Locked,
}

/// Where the secrets are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KeychainKind {
    /// In the system's keychain.
    System {
        /// What it calls itself.
        name: String,
    },
    /// In a file of Saldo's own that the owner's passphrase seals.
    Passphrase,
}

/// Where the secrets are kept, and whether a password is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Security {
    /// Where they are kept.
    pub keychain: KeychainKind,
    /// Whether a password opens Saldo: then it can be locked.
    pub app_lock: bool,
}
