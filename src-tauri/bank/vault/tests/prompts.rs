//! One prompt at a time, and none after one that was refused or not answered.

use super::{kind, token};
use crate::failure::FailureKind;
use crate::vault::{Vault, lockable};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// A prompt of the system's.
#[derive(Clone)]
pub(super) struct Prompt(Arc<(Mutex<bool>, Condvar)>);

impl Prompt {
    /// One that stands open.
    pub(super) fn open() -> Self {
        Self(Arc::new((Mutex::new(true), Condvar::new())))
    }

    /// The keychain behind it.
    pub(super) fn vault(&self) -> Vault {
        let Self(prompt) = self.clone();
        Vault::prompting("saldo-test", move || {
            let _answered = prompt.1.wait_while(prompt.0.lock().unwrap(), |open| *open);
        })
    }

    /// The owner types her password into it.
    pub(super) fn answer(&self) {
        *self.0.0.lock().unwrap() = false;
        self.0.1.notify_all();
    }
}

#[tokio::test]
async fn c16_after_a_refused_prompt_there_is_none_until_the_owner_wants_one() {
    let (vault, lock, prompts) = lockable::prompting();
    vault.save_client_secret(token("s3cret")).await.unwrap();
    lock.store(true, Ordering::SeqCst);
    for wanted in 1..=3 {
        for _ in 0..10 {
            assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainLocked);
            assert_eq!(
                kind(vault.clone().save_pending(crate::vault::Secret::new(vec![1])).await),
                FailureKind::KeychainLocked
            );
        }
        assert_eq!(prompts.load(Ordering::SeqCst), wanted);
        vault.ask_again();
    }
    // Somebody has unlocked it: that is seen without a prompt, and nobody has to say so.
    vault.client_secret().await.unwrap_err();
    lock.store(false, Ordering::SeqCst);
    assert_eq!(vault.client_secret().await.unwrap().unwrap().expose(), "s3cret");
    lock.store(true, Ordering::SeqCst);
    assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainLocked);
    assert_eq!(prompts.load(Ordering::SeqCst), 5, "it was locked anew, which is worth a prompt of its own");
}

#[tokio::test]
async fn c16_behind_a_prompt_that_nobody_answers_no_time_is_lost() {
    let prompt = Prompt::open();
    let mut vault = prompt.vault();
    let limit = std::mem::replace(&mut vault.limit, Duration::from_millis(600));
    assert!(!vault.is_waited_for(), "nobody has asked");
    assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainLocked);
    assert!(vault.is_waited_for(), "it stands open still");
    vault.limit = limit;
    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainLocked);
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "nobody waits for it again");
    prompt.answer();
    vault.ask_again();
    assert!(vault.client_secret().await.unwrap().is_none());
    assert!(!vault.is_waited_for());
}
