//! What went wrong, in the form in which it crosses to the window. A kind exists only where the window acts on it; the copy
//! (one sentence, one action) lives in the UI's `errors.ts`. Causes go to the log, redacted, never into a [`Failure`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The reason why something could not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    /// The network or the host cannot be reached; nothing was sent.
    Offline,
    /// Everifin or a bank answered with an error of its own (5xx, a proxy's HTML page, a cut answer).
    ServiceDown,
    /// Asked too often; see `retry_at`.
    RateLimited,
    /// An answer came that Saldo does not understand.
    AnswerUnreadable,
    /// The bank gives no transactions for so long a period, or for so long ago.
    PeriodRefused,
    /// No valid session: the owner signs in again; all data is kept.
    SignInNeeded,
    /// Everifin does not accept the client id or secret.
    CredentialsRejected,
    /// Somebody else than before has signed in. That session was ended, and nothing of it is in the book.
    AnotherUser,
    /// No client credentials have been entered yet, or they are incomplete.
    CredentialsMissing,
    /// A server address in the credentials is not a usable https (or loopback) address.
    AddressInvalid,
    /// The server at the configured address has no such realm, or it is not an Everifin.
    AddressWrong,
    /// The owner, or Everifin, did not allow access.
    AccessDenied,
    /// The pasted or opened address is not an answer to the sign-in in progress.
    LinkWrong,
    /// The sign-in was not finished in time, or has been used already.
    LinkOld,
    /// The session may not initiate payments (scope `pis` is missing).
    PaymentsNotAllowed,
    /// The system has no keychain service.
    KeychainAbsent,
    /// The keychain was asked and has not answered yet: its prompt may wait for the owner.
    KeychainWaiting,
    /// The keychain is locked, or the owner did not allow access to it.
    KeychainLocked,
    /// The keychain failed in another way.
    KeychainFailed,
    /// The system browser could not be opened.
    BrowserFailed,
    /// The text could not be copied.
    ClipboardFailed,
    /// The draft has problems; they stand in its check.
    DraftInvalid,
    /// The draft differs from what was reviewed; review again.
    DraftChanged,
    /// The payment is above the owner's limit and the second passphrase has not released it; nothing was sent.
    ReleaseNeeded,
    /// This payment has already left the draft state; it is not handed over twice.
    AlreadyHandedOver,
    /// Payments that cannot go with one signature: of several accounts, currencies or days, too many, or none.
    BulkMixed,
    /// The payment is in a bulk, and is paid with it.
    PartOfBulk,
    /// Everifin or the bank refused the payment before it was created; nothing was sent.
    PaymentRefused,
    /// What was typed is no answer to what the bank asks for, or could not be sealed for it; nothing was sent.
    AnswerInvalid,
    /// The bank's approval address is not one that may be opened.
    BankAddressRefused,
    /// Everifin does not take the address to which the browser is to come back; nothing was created.
    ReturnAddressRefused,
    /// The thing asked for does not exist (any more).
    NotFound,
    /// The data file could not be written: the disk is full or read-only.
    DiskFull,
    /// The data file could not be read or written for another reason.
    StoreFailed,
    /// The data file was written by a newer Saldo.
    StoreNewer,
    /// The data file is damaged, or the key that the vault holds is not its key. It has not been touched.
    StoreDamaged,
    /// The data file is there, its key is not in the vault. It has not been touched.
    KeyMissing,
    /// Saldo is locked: the password is asked for first.
    Locked,
    /// The password is not the right one; nothing was changed.
    PassphraseWrong,
    /// The file is not a backup of Saldo, is damaged, or has another password; nothing was changed.
    BackupUnreadable,
    /// The file is no statement that Saldo can read; nothing was changed.
    StatementUnreadable,
    /// Saldo may not write into the chosen folder, or it is not there.
    FolderRefused,
    /// Another Saldo of this user is at work on the same book and has not finished; nothing was done.
    OtherSaldo,
}

/// A failure as the window sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{kind:?}")]
pub struct Failure {
    /// What the window acts on.
    pub kind: FailureKind,
    /// When trying again makes sense, for a rate limit.
    pub retry_at: Option<DateTime<Utc>>,
}

impl From<FailureKind> for Failure {
    fn from(kind: FailureKind) -> Self {
        Self { kind, retry_at: None }
    }
}

/// What every fallible operation of this crate answers.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
