//! The steps of a renewal, named for the tests that stop or kill Saldo at each of them. Outside of tests nothing of it is left.

/// What has just been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Other processes are kept away.
    Locked,
    /// Keychain and book have been read.
    Read,
    /// The question is written down; nothing has been sent.
    Asked,
    /// New tokens have arrived; nothing has been kept.
    Granted,
    /// The new token is in the keychain.
    Saved,
    /// The question is closed; nobody has the access token yet.
    Closed,
}

#[cfg(not(all(test, unix)))]
pub(super) fn reached(_: Step) {}

#[cfg(all(test, unix))]
pub(super) use super::tests::other::reached;
