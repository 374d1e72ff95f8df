//! When the keychain may be asked. A question may bring a prompt of the system; one that was refused, or that nobody answers, is
//! not brought again before the owner wants it: whatever Saldo does by itself meanwhile is told that the keychain is locked.

use super::keychain::{Keychain, VaultError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer may take before somebody is told that it is waited for.
const NOTICED: Duration = Duration::from_millis(500);

/// What is known of the questions of one vault. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Asking(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// Since when the keychain has been working on a question.
    since: Option<Instant>,
    /// The last prompt was refused or not answered.
    refused: bool,
}

impl Asking {
    /// Asks, on the thread of the vault. After a refusal only where that brings no prompt: somebody has unlocked it elsewhere.
    pub(super) fn ask<T>(
        &self,
        keychain: &mut Keychain,
        work: impl FnOnce(&mut Keychain) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let refused = {
            let mut known = self.known();
            known.since = Some(Instant::now());
            known.refused
        };
        let outcome = if refused && keychain.would_prompt() { Err(VaultError::Locked) } else { work(keychain) };
        let mut known = self.known();
        known.since = None;
        match outcome {
            Ok(_) => known.refused = false,
            Err(VaultError::Locked) => known.refused = true,
            Err(_) => {}
        }
        outcome
    }

    /// Nobody has answered in time.
    pub(super) fn give_up(&self) {
        self.known().refused = true;
    }

    /// The owner wants it to be asked again.
    pub(super) fn again(&self) {
        self.known().refused = false;
    }

    /// Whether a prompt stands open that was given up.
    pub(super) fn is_pointless(&self) -> bool {
        let known = self.known();
        known.refused && known.since.is_some()
    }

    /// Whether an answer is being waited for long enough to say so.
    pub(super) fn takes_long(&self) -> bool {
        self.known().since.is_some_and(|since| since.elapsed() >= NOTICED)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
