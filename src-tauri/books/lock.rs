//! Locking: the owner's password before her book, by hand, after a time without her, and after the computer slept.
//!
//! Locked means closed: the key of the data file, the connections to it and the access token are gone from memory, and only the
//! password brings them back. Where a sealed file stands in for the keychain, its key goes too.

use super::{Book, Open, Saldo, look};
use crate::window::{Happened, KeychainKind, Security, Start};
use bank::desk::off_the_runtime;
use bank::failure::{FailureKind, Result};
use bank::place::make_private;
use bank::settings::Settings;
use bank::vault::{SealedFile, Secret, Vault};
use chrono::TimeDelta;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often the shell looks whether the owner has gone away.
const WATCH: Duration = Duration::from_secs(2);
/// What a new password has at least, in characters, and any password at most, in bytes.
const SHORTEST: usize = 8;
const LONGEST: usize = 1024;

impl Saldo {
    /// Opens what the password closes: her book, or the vault that the passphrase seals. Fails with `PassphraseWrong`, from the
    /// third time on with the moment before which no other password is tried; or with what is wrong behind the lock.
    pub async fn unlock(self: &Arc<Self>, password: Secret<String>) -> Result<Start> {
        self.ask_keychain_again();
        let now = self.around.clock.now();
        {
            let mut open = self.open.write().await;
            if open.is_none() {
                self.guard().may_try(now)?;
                let tried = self.open_locked(&mut open, password).await;
                self.guard().tried(tried, now)?;
            }
        }
        let arrived = {
            let mut guard = self.guard();
            guard.see(now);
            guard.take_arrived(now)
        };
        if let Some(address) = arrived {
            let saldo = Arc::clone(self);
            tokio::spawn(async move { saldo.arrived(&address).await });
        }
        Ok(self.start().await)
    }

    async fn open_locked(&self, open: &mut Option<Open>, password: Secret<String>) -> Result<()> {
        if password.expose().len() > LONGEST {
            return Err(FailureKind::PassphraseWrong.into());
        }
        if !self.is_sealed() {
            self.open_first(open, Some(password)).await?;
            let app_lock = self.vault(Book::Own)?.has_app_lock().await?;
            self.guard().app_lock = app_lock;
            return Ok(());
        }
        // The file was opened before, and what keeps the book from opening lies behind it.
        let is_open = self.guard().sealed.is_some();
        if !is_open {
            let file = SealedFile::open(self.sealed_path(), password).await;
            let mut guard = self.guard();
            let file = guard.opened(file, true)?;
            guard.sealed = Some(file);
        }
        self.open_first(open, None).await.map(drop)
    }

    /// Locks, and tells the window. False, and nothing is done, where there is no password to lock with.
    pub async fn lock(&self) -> Result<bool> {
        let mut open = self.open.write().await;
        if !self.can_lock() {
            return Ok(false);
        }
        if let Some(open) = open.take() {
            open.desk.close();
        }
        self.guard().shut();
        drop(open);
        self.tell(Happened::Locked);
        Ok(true)
    }

    /// The owner is there: the time until Saldo locks by itself begins anew.
    pub fn active(&self) {
        self.guard().see(self.around.clock.now());
    }

    /// Locks when the owner has been away for as long as she said, or the computer slept. As long as Saldo runs.
    pub async fn watch_owner(self: Arc<Self>) {
        let mut tick = tokio::time::interval(WATCH);
        loop {
            tick.tick().await;
            let desk = self.open.read().await.as_ref().map(|open| Arc::clone(&open.desk));
            let settings = match desk {
                Some(desk) => off_the_runtime(move || desk.store.settings()).await.ok(),
                None => None,
            };
            let after = settings.as_ref().and_then(|settings| settings.lock_after_minutes);
            let due =
                self.guard().is_due(self.around.clock.now(), after.map(|minutes| TimeDelta::minutes(minutes.into())));
            if due && settings.is_some() {
                // It cannot fail but by there being nothing to lock with.
                let _ = self.lock().await;
            }
        }
    }

    /// Where the secrets are kept, and whether a password is asked for. Answers while locked, too.
    pub async fn security(&self) -> Result<Security> {
        if self.is_sealed() {
            return Ok(Security { keychain: KeychainKind::Passphrase, app_lock: true });
        }
        let vault = self.vault(Book::Own)?;
        let keychain = KeychainKind::System { name: vault.name().await? };
        Ok(Security { keychain, app_lock: vault.has_app_lock().await? })
    }

    /// Sets, changes or (without `new`) removes the password of the owner's book; in a sealed vault, changes its passphrase. Fails
    /// with `PassphraseWrong`, also where a new password has fewer than 8 characters, and with `KeychainAbsent` where the
    /// passphrase of a sealed vault was to be removed; nothing is changed then.
    pub async fn set_app_lock(&self, current: Option<Secret<String>>, new: Option<Secret<String>>) -> Result<Security> {
        self.ask_keychain_again();
        let now = self.around.clock.now();
        // Nobody opens or locks meanwhile.
        let mut open = self.open.write().await;
        self.guard().pass()?;
        if open.is_none() {
            self.open_first(&mut open, None).await?;
        }
        self.guard().may_try(now)?;
        if new.as_ref().is_some_and(|new| !is_good(new)) {
            return Err(FailureKind::PassphraseWrong.into());
        }
        let has_new = new.is_some();
        let sealed = self.guard().sealed.clone();
        let tried = match (sealed, new) {
            (None, new) => self.vault(Book::Own)?.set_app_lock(current, new, self.around.cost).await,
            (Some(_), None) => return Err(FailureKind::KeychainAbsent.into()),
            (Some(file), Some(new)) => {
                file.change_passphrase(current.unwrap_or_else(|| Secret::new(String::new())), new, self.around.cost)
                    .await
            }
        };
        // Not given counts as not right: the window must not take this for a lock.
        let tried = tried.map_err(|failure| match failure.kind {
            FailureKind::Locked => FailureKind::PassphraseWrong.into(),
            _ => failure,
        });
        self.guard().tried(tried, now)?;
        self.guard().app_lock = has_new;
        drop(open);
        self.security().await
    }

    /// Keeps the secrets in a file that the passphrase seals, because the owner wants it so and there is no keychain. Where one
    /// answers after all, it is used, and nothing is made. From then on the file counts, also where a keychain appears later.
    pub async fn use_passphrase(self: &Arc<Self>, passphrase: Secret<String>) -> Result<Start> {
        {
            let mut open = self.open.write().await;
            self.guard().pass()?;
            match self.vault(Book::Own)?.self_test().await {
                Err(failure) if failure.kind == FailureKind::KeychainAbsent && cfg!(target_os = "linux") => {}
                Err(failure) => return Err(failure),
                Ok(_) => {
                    drop(open);
                    return Ok(self.start().await);
                }
            }
            if !is_good(&passphrase) {
                return Err(FailureKind::PassphraseWrong.into());
            }
            make_private(&self.around.home)?;
            let file = SealedFile::create(self.sealed_path(), passphrase, self.around.cost).await?;
            *open = None;
            let mut guard = self.guard();
            guard.vaults.clear();
            guard.sealed = Some(file);
        }
        Ok(self.start().await)
    }

    /// Keeps the owner's settings; language and theme also where a locked Saldo finds them.
    pub async fn save_settings(&self, settings: Settings) -> Result<Settings> {
        let kept = self.ledger(move |desk| desk.store.save_settings(&settings).map(|()| settings)).await?;
        look::keep(&self.around.home, &kept);
        Ok(kept)
    }

    /// The vault of a book; the same one each time.
    pub(super) fn vault(&self, book: Book) -> Result<Vault> {
        let mut guard = self.guard();
        if guard.sealed.is_none() && self.is_sealed() {
            return Err(FailureKind::Locked.into());
        }
        let service = super::service(book);
        let sealed = guard.sealed.clone();
        let vault = guard.vaults.entry(book).or_insert_with(|| match sealed {
            Some(file) => Vault::sealed(service, &file),
            None => (self.around.keychain)(service),
        });
        Ok(vault.clone())
    }

    fn can_lock(&self) -> bool {
        self.guard().app_lock || self.is_sealed()
    }

    pub(super) fn is_sealed(&self) -> bool {
        self.sealed_path().exists()
    }

    fn sealed_path(&self) -> PathBuf {
        self.around.home.join("vault.sealed")
    }
}

fn is_good(new: &Secret<String>) -> bool {
    new.expose().chars().count() >= SHORTEST && new.expose().len() <= LONGEST
}
