//! How a command ends: the exit code, and for a failure the sentence and what to do.

use crate::import;
use bank::failure::{Failure, FailureKind};
use bank::import::NotImported;
use serde::Serialize;
use std::io::{self, ErrorKind, Write};

/// Done.
pub(crate) const DONE: u8 = 0;
/// At least one account was not read.
pub(crate) const PARTLY: u8 = 4;

/// Why a command came to nothing.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The core could not do it.
    Failed(Failure),
    /// No book has been begun in the folder.
    NoBook,
    /// The system names no folder for this user's data.
    NoHome,
    /// The person at the browser, or Everifin, said no.
    Denied,
    /// Nobody came back from the browser in time.
    TimedOut,
    /// There is no such account.
    NoSuchAccount(String),
    /// There is no account in that currency.
    NoSuchCurrency(String),
    /// A new passphrase has fewer than 8 characters.
    ShortPassphrase,
    /// The passphrase's or the secret's source cannot be read.
    Unreadable(io::Error),
    /// A file that was named cannot be read.
    UnreadableFile(io::Error),
    /// A statement file was not taken over.
    NotImported(NotImported),
    /// The output cannot be written.
    Unwritable(io::Error),
}

/// A failure in JSON.
#[derive(Serialize)]
struct Told {
    kind: String,
    message: String,
    action: &'static str,
    retry_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<FailureKind> for Ending {
    fn from(kind: FailureKind) -> Self {
        Self::Failed(kind.into())
    }
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

impl From<serde_json::Error> for Ending {
    fn from(error: serde_json::Error) -> Self {
        Self::Unwritable(error.into())
    }
}

impl Ending {
    /// Tells the failure on the standard error output; the exit code.
    pub(crate) fn tell(&self, json: bool) -> u8 {
        // Whoever reads the output has enough of it, as `head` has: no failure.
        if matches!(self, Self::Unwritable(error) if error.kind() == ErrorKind::BrokenPipe) {
            return DONE;
        }
        let (message, action) = self.words();
        let retry_at = match self {
            Self::Failed(failure) => failure.retry_at,
            _ => None,
        };
        let line = if json {
            let told = Told { kind: self.kind(), message, action, retry_at };
            serde_json::to_string(&serde_json::json!({ "error": told })).unwrap_or_default()
        } else {
            let until = retry_at.map(|at| format!(" Not before {}.", at.format("%Y-%m-%d %H:%M:%S UTC")));
            format!("saldo-cli: {message} {action}{}", until.unwrap_or_default())
        };
        // Where even this cannot be written, the exit code has to do.
        let _ = writeln!(io::stderr(), "{line}");
        self.code()
    }

    /// The exit code; see the table in the help.
    fn code(&self) -> u8 {
        use FailureKind as Kind;
        match self {
            Self::NoHome | Self::Unwritable(_) => 1,
            Self::NoSuchAccount(_) | Self::NoSuchCurrency(_) => 2,
            Self::UnreadableFile(_) | Self::NotImported(_) => 2,
            Self::NoBook => 3,
            Self::Unreadable(_) | Self::ShortPassphrase => 5,
            Self::Denied | Self::TimedOut => 7,
            Self::Failed(failure) => match failure.kind {
                Kind::AddressInvalid => 2,
                Kind::SignInNeeded | Kind::CredentialsMissing | Kind::CredentialsRejected => 3,
                Kind::AccessDenied | Kind::AnotherUser => 3,
                Kind::Locked | Kind::PassphraseWrong => 5,
                Kind::KeychainAbsent | Kind::KeychainLocked | Kind::KeychainWaiting | Kind::KeychainFailed => 5,
                Kind::Offline | Kind::ServiceDown | Kind::RateLimited | Kind::AnswerUnreadable => 6,
                Kind::AddressWrong | Kind::PeriodRefused => 6,
                Kind::LinkOld | Kind::LinkWrong => 7,
                Kind::OtherSaldo => 8,
                _ => 1,
            },
        }
    }

    /// The kind as a word for scripts.
    fn kind(&self) -> String {
        match self {
            Self::Failed(failure) => words(&format!("{:?}", failure.kind)),
            Self::NoBook => "no_book".into(),
            Self::NoHome => "no_home".into(),
            Self::Denied => "denied".into(),
            Self::TimedOut => "timed_out".into(),
            Self::NoSuchAccount(_) => "no_such_account".into(),
            Self::NoSuchCurrency(_) => "no_such_currency".into(),
            Self::ShortPassphrase => "short_passphrase".into(),
            Self::Unreadable(_) => "unreadable".into(),
            Self::UnreadableFile(_) => "unreadable_file".into(),
            Self::NotImported(_) => "not_imported".into(),
            Self::Unwritable(_) => "unwritable".into(),
        }
    }

    /// What happened, and what to do.
    fn words(&self) -> (String, &'static str) {
        use FailureKind as Kind;
        let failure = match self {
            Self::Failed(failure) => failure,
            Self::NoBook => {
                return (
                    "There is no data in this folder yet.".into(),
                    "Run `saldo-cli connect`, or name another --data-dir.",
                );
            }
            Self::NoHome => {
                return ("The system names no folder for this user's data.".into(), "Name one with --data-dir.");
            }
            Self::Denied => {
                let message = "The sign-in was denied in the browser; nothing has been shared.";
                return (message.into(), "Run `saldo-cli connect` again and allow access.");
            }
            Self::TimedOut => {
                let message = "Nobody came back from the browser in time.";
                return (message.into(), "Run `saldo-cli connect` again and open the address that it prints.");
            }
            Self::NoSuchAccount(name) => {
                return (format!("There is no account {name:?}."), "`saldo-cli accounts` lists them.");
            }
            Self::NoSuchCurrency(code) => {
                return (format!("There is no account in {code:?}."), "`saldo-cli accounts` lists them.");
            }
            Self::ShortPassphrase => {
                return (
                    "A new passphrase needs at least 8 characters.".into(),
                    "Give a longer one; nothing was changed.",
                );
            }
            Self::Unreadable(error) => {
                return (
                    format!("The passphrase or the secret cannot be read: {error}."),
                    "Give it as one line, in --passphrase-file or on the standard input.",
                );
            }
            Self::UnreadableFile(error) => {
                return (format!("The file cannot be read: {error}."), "Look at its name and its rights.");
            }
            Self::NotImported(problem) => {
                return (format!("Nothing was taken in: {problem}."), import::action(problem));
            }
            Self::Unwritable(error) => {
                return (format!("The output cannot be written: {error}."), "Look at the disk and the file's folder.");
            }
        };
        let (message, action) = match failure.kind {
            Kind::Offline => ("Everifin cannot be reached.", "Look at the network, and try again."),
            Kind::ServiceDown => ("Everifin or a bank answered with an error of its own.", "Try again later."),
            Kind::RateLimited => ("Everifin or a bank was asked too often.", "Try again later."),
            Kind::PeriodRefused => ("The bank does not give transactions for so long a period.", "Try again later."),
            Kind::AnotherUser => (
                "The sign-in was in the name of another Everifin user; this data belongs to the first one and is kept.",
                "Run `saldo-cli connect` and sign in as the first one, or name another --data-dir.",
            ),
            Kind::KeychainWaiting => ("The keychain waits for you.", "Answer its prompt, and try again."),
            Kind::AnswerUnreadable => ("Everifin gave an answer that Saldo does not understand.", "Try again later."),
            Kind::SignInNeeded => ("The session has ended; all data is kept.", "Run `saldo-cli connect`."),
            Kind::CredentialsRejected => (
                "Everifin does not accept the client ID or its secret.",
                "Run `saldo-cli connect --secret-stdin` with the right ones.",
            ),
            Kind::CredentialsMissing => (
                "The client ID, its secret or the realm is missing or cannot be one.",
                "Run `saldo-cli connect --client-id ID`.",
            ),
            Kind::AddressInvalid => {
                ("The environment's address cannot be used.", "Give an https address, or an http one on this computer.")
            }
            Kind::AddressWrong => {
                ("There is no Everifin with this realm at the address.", "Look at --environment and --realm.")
            }
            Kind::AccessDenied => ("Everifin did not allow access.", "Look at the scope of the client at Everifin."),
            Kind::LinkWrong | Kind::LinkOld => ("The browser's answer was too old.", "Run `saldo-cli connect` again."),
            Kind::KeychainAbsent => (
                "This system has no keychain.",
                "Give a passphrase with --passphrase-file: `saldo-cli connect` then keeps the secrets in a file that it seals.",
            ),
            Kind::KeychainLocked => ("The keychain is locked, or did not allow access.", "Unlock it, and try again."),
            Kind::KeychainFailed => ("The keychain failed.", "Try again."),
            Kind::Locked => ("Saldo is locked with a password.", "Give it with --passphrase-file."),
            Kind::PassphraseWrong => {
                ("The passphrase is not the right one.", "Give the right one; nothing was changed.")
            }
            Kind::DiskFull => ("The disk is full or read-only.", "Make room, and try again."),
            Kind::StoreNewer => ("The data was written by a newer Saldo.", "Install the newest one."),
            Kind::StoreDamaged => {
                ("The data file is damaged; it has not been touched.", "Open Saldo's window to bring it back.")
            }
            Kind::KeyMissing => (
                "The key of the data is not in the keychain.",
                "Open Saldo's window to bring a backup back, or name another --data-dir.",
            ),
            Kind::FolderRefused => {
                ("The data folder cannot be used.", "Look at its rights, or name another --data-dir.")
            }
            Kind::OtherSaldo => {
                ("Another Saldo is at work on the same data and has not finished.", "Try again in a moment.")
            }
            Kind::BrowserFailed => ("Saldo cannot listen for the browser on this computer.", "Try again."),
            // Of the window's acts; none of them is possible here.
            Kind::ClipboardFailed
            | Kind::PaymentsNotAllowed
            | Kind::DraftInvalid
            | Kind::DraftChanged
            | Kind::AlreadyHandedOver
            | Kind::ReleaseNeeded
            | Kind::BulkMixed
            | Kind::PartOfBulk
            | Kind::PaymentRefused
            | Kind::AnswerInvalid
            | Kind::BankAddressRefused
            | Kind::ReturnAddressRefused
            | Kind::BackupUnreadable
            | Kind::StatementUnreadable
            | Kind::NotFound
            | Kind::StoreFailed => {
                ("The data file could not be read or written.", "Try again; if it stays, look at the disk.")
            }
        };
        (message.into(), action)
    }
}

/// `SignInNeeded` as `sign_in_needed`.
pub(crate) fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
