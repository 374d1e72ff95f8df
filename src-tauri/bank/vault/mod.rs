//! The OS keychain, or a sealed file in its place, and the type that keeps a secret from being printed.
//!
//! What is kept there: the key of the data file ([`key`], plain or under the app lock), the client secret, the refresh token
//! ([`token`]) and, for ten minutes at most, the sign-in in progress. The access token is never kept anywhere.

mod asking;
#[cfg(all(test, unix))]
pub(crate) mod filed;
mod key;
mod keychain;
mod known;
#[cfg(test)]
pub(crate) mod lockable;
mod seal;
mod sealed;
mod secret;
mod slots;
mod stretch;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use known::{know, remember};
pub use seal::Cost;
pub use sealed::SealedFile;
pub use secret::Secret;
pub(crate) use stretch::stretch;
pub(crate) use token::{Binding, StoredToken};

use crate::failure::{Failure, FailureKind, Result};
use asking::Asking;
use key::Kept;
use keychain::{Item, Keychain, Source, VaultError};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long one call may take. A keychain that waits for its owner's password takes longer: it counts as locked.
const CALL_LIMIT: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce(&mut Keychain) + Send>;

/// One service name's items in the keychain. Cheap to clone.
///
/// All calls of a vault run on one thread of its own, in order: stores block, some panic inside an async runtime, and
/// Windows does not keep the order of calls from two threads. The thread ends with the last clone.
#[derive(Clone)]
pub struct Vault {
    jobs: mpsc::Sender<Job>,
    limit: Duration,
    asking: Asking,
    sealed_in: Option<Arc<str>>,
}

impl Vault {
    /// The keychain of this computer. Touches it at the first call only, so that a keychain that appears later is found.
    /// `service` names the items: development, tests, demo and the real book each have their own.
    pub fn open(service: &str) -> Self {
        Self::with(service, Source::System)
    }

    /// A keychain that lives in memory only, for tests; clones share it.
    pub fn in_memory(service: &str) -> Self {
        Self::with(service, Source::Memory(Box::new(keychain::memory_store)))
    }

    /// The same with a prompt that stands open until the function returns, for tests.
    pub fn prompting(service: &str, answered: impl Fn() + Send + 'static) -> Self {
        let open = move || {
            answered();
            keychain::memory_store()
        };
        Self::with(service, Source::Memory(Box::new(open)))
    }

    /// A computer without any keychain, for tests.
    pub fn absent(service: &str) -> Self {
        Self::with(service, Source::Lasting(Box::new(|| Err(keyring::Error::NoDefaultStore))))
    }

    /// The items of `service` in a sealed file.
    pub fn sealed(service: &str, file: &SealedFile) -> Self {
        let store = Arc::new(file.clone());
        let vault = Self::with(service, Source::Lasting(Box::new(move || Ok(store.clone()))));
        Self { sealed_in: Some(file.name().into()), ..vault }
    }

    fn with(service: &str, source: Source) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let mut keychain = Keychain::new(service, source);
        // Should the thread not start, the queue's end is dropped here and every call fails as `KeychainFailed`.
        let started = std::thread::Builder::new().name("keychain".into()).spawn(move || {
            while let Ok(job) = queue.recv() {
                job(&mut keychain);
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "the keychain thread did not start");
        }
        Self { jobs, limit: CALL_LIMIT, asking: Asking::default(), sealed_in: None }
    }

    /// Whether the keychain has not answered for a while: its prompt may be open.
    pub fn is_waited_for(&self) -> bool {
        self.asking.takes_long()
    }

    /// Waits until the keychain has answered what it was asked, however long its prompt stands open.
    pub async fn answered(&self) {
        let (reply, answer) = oneshot::channel::<()>();
        // Dropped unheard where the thread has ended: then nobody is waited for either.
        let _ = self.jobs.send(Box::new(move |_| drop(reply)));
        let _ = answer.await;
    }

    /// The owner wants the keychain to be asked again. After a prompt that was refused or not answered, nobody asks before this
    /// in a way that would bring another one, and every call fails with `KeychainLocked`.
    pub fn ask_again(&self) {
        self.asking.again();
    }

    /// The name of the sealed file in which the items lie, where it is not a keychain.
    pub fn sealed_in(&self) -> Option<&str> {
        self.sealed_in.as_deref()
    }

    /// Writes, reads and deletes a probe, and answers the store's name. Refuses a store that forgets.
    pub async fn self_test(&self) -> Result<String> {
        self.call(Keychain::self_test).await
    }

    /// The store's name.
    pub async fn name(&self) -> Result<String> {
        self.call(Keychain::name).await
    }

    /// The key of the data file, if one has been kept whole. Fails with `Locked` when the app lock's password is needed and none
    /// given, with `PassphraseWrong` when it is another.
    pub async fn database_key(&self, password: Option<Secret<String>>) -> Result<Option<Secret<[u8; 32]>>> {
        match self.call(key::kept).await? {
            None => Ok(None),
            Some(Kept::Plain(key)) => Ok(Some(key)),
            Some(closed) => {
                let key = slowly(move || closed.open(password.as_ref())).await?;
                // A crash while the lock was being set has left the plain key beside the closed one, which has now proven good. That it
                // stays for now is no reason to stay closed.
                let _ = self.call(|keychain| slots::DATABASE_KEY.forget_older(keychain)).await;
                Ok(Some(key))
            }
        }
    }

    /// Keeps a new key of the data file, without an app lock. When this returns, it has been read back: nothing may be encrypted
    /// with a key that the keychain only claims to have.
    pub async fn save_database_key(&self, key: Secret<[u8; 32]>) -> Result<()> {
        self.call(move |keychain| key::keep(keychain, &Kept::Plain(key))).await
    }

    /// Whether the key of the data file is closed with a password.
    pub async fn has_app_lock(&self) -> Result<bool> {
        Ok(matches!(self.call(key::kept).await?, Some(Kept::Closed(_))))
    }

    /// Sets, changes or (without `new`) removes the app lock. Fails with `Locked` or `PassphraseWrong` as
    /// [`Vault::database_key`] does, and with `KeyMissing` where there is no key; nothing is changed then.
    pub async fn set_app_lock(
        &self,
        current: Option<Secret<String>>,
        new: Option<Secret<String>>,
        cost: Cost,
    ) -> Result<()> {
        let kept = self.call(key::kept).await?.ok_or(FailureKind::KeyMissing)?;
        let kept = slowly(move || {
            let key = kept.open(current.as_ref())?;
            match new {
                Some(password) => Kept::close(&key, &password, cost),
                None => Ok(Kept::Plain(key)),
            }
        })
        .await?;
        self.call(move |keychain| key::keep(keychain, &kept)).await
    }

    /// The client secret, if one has been kept. One that cannot be read any more counts as missing: the owner enters it again.
    pub async fn client_secret(&self) -> Result<Option<Secret<String>>> {
        self.call(|keychain| match keychain.read_text(Item::ClientSecret) {
            Err(error @ (VaultError::Damaged | VaultError::Ambiguous)) => {
                tracing::warn!(%error, "the kept client secret");
                Ok(None)
            }
            secret => secret,
        })
        .await
    }

    /// Keeps the client secret.
    pub async fn save_client_secret(&self, secret: Secret<String>) -> Result<()> {
        self.call(move |keychain| keychain.write(Item::ClientSecret, secret.expose().as_bytes())).await
    }

    /// The key of the backups, if one has been kept.
    pub(crate) async fn backup_key(&self) -> Result<Option<Secret<Vec<u8>>>> {
        self.call(|keychain| keychain.read(Item::BackupKey)).await
    }

    /// Keeps the key of the backups. When this returns, it has been read back.
    pub(crate) async fn save_backup_key(&self, key: Secret<Vec<u8>>) -> Result<()> {
        self.call(move |keychain| {
            keychain.write(Item::BackupKey, key.expose())?;
            match keychain.read(Item::BackupKey)? {
                Some(read) if read.expose() == key.expose() => Ok(()),
                _ => Err(VaultError::Forgetful),
            }
        })
        .await
    }

    /// Removes everything under this service name.
    pub async fn forget(&self) -> Result<()> {
        self.call(|keychain| Item::ALL.into_iter().try_for_each(|item| keychain.delete(item))).await
    }

    /// The newest whole refresh token that belongs to the client.
    pub(crate) async fn refresh_token(&self, binding: Binding) -> Result<Option<StoredToken>> {
        self.call(move |keychain| token::newest(keychain, binding)).await
    }

    /// Keeps a refresh token in the older slot; its generation. When this returns, the token has been read back.
    pub(crate) async fn save_refresh_token(&self, binding: Binding, token: Secret<String>) -> Result<u64> {
        self.call(move |keychain| token::save(keychain, binding, &token)).await
    }

    /// Removes both slots.
    pub(crate) async fn forget_session(&self) -> Result<()> {
        self.call(|keychain| slots::REFRESH_TOKEN.forget(keychain)).await
    }

    /// Keeps the record of the sign-in in progress.
    pub(crate) async fn save_pending(&self, record: Secret<Vec<u8>>) -> Result<()> {
        self.call(move |keychain| keychain.write(Item::PendingSignIn, record.expose())).await
    }

    /// Takes the record of the sign-in in progress: it is gone from the keychain when this returns.
    pub(crate) async fn take_pending(&self) -> Result<Option<Secret<Vec<u8>>>> {
        self.call(|keychain| {
            let record = keychain.read(Item::PendingSignIn);
            keychain.delete(Item::PendingSignIn)?;
            match record {
                Err(VaultError::Damaged | VaultError::Ambiguous) => Ok(None),
                record => record,
            }
        })
        .await
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Keychain) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T> {
        if self.asking.is_pointless() {
            return Err(failure(VaultError::TimedOut));
        }
        let (reply, answer) = oneshot::channel();
        let asking = self.asking.clone();
        let job: Job = Box::new(move |keychain| {
            // Whoever asked may have given up meanwhile: a late write or delete would undo what was done since.
            if !reply.is_closed() {
                let _ = reply.send(asking.ask(keychain, work));
            }
        });
        let outcome = match self.jobs.send(job) {
            Ok(()) => match tokio::time::timeout(self.limit, answer).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(_)) => Err(VaultError::Failed("the keychain thread has ended".into())),
                Err(_) => {
                    self.asking.give_up();
                    Err(VaultError::TimedOut)
                }
            },
            Err(_) => Err(VaultError::Failed("the keychain thread has ended".into())),
        };
        outcome.map_err(failure)
    }
}

/// Makes keys out of passwords, where that may take its time: not on the runtime, nor on a vault's thread.
async fn slowly<T: Send + 'static>(work: impl FnOnce() -> Result<T, VaultError> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(VaultError::Failed("the work was broken off".into()))).map_err(failure)
}

fn failure(error: VaultError) -> Failure {
    tracing::warn!(%error, "keychain");
    error.kind().into()
}
