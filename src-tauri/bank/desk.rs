//! One open book: its ledger, its client at Everifin, and the few acts that need both.

use crate::auth::{Client, CredentialsInput, CredentialsView, SessionState, SignIn, SignedOut};
use crate::auth::{Session, SignInState};
use crate::clock::Clock;
use crate::everifin::Everifin;
use crate::failure::{Failure, FailureKind, Result};
use crate::journal::{self, Place};
use crate::lock::Lock;
use crate::place;
use crate::settings::Language;
use crate::store::accounts::AccountId;
use crate::store::changes::ChangeSetId;
use crate::store::settings::Link;
use crate::store::{Store, StoreKey};
use crate::sync::{self, Progress, Report};
use crate::vault::{Secret, Vault};
use chrono::NaiveDate;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// How long opening waits for another Saldo that opens the same book: it may wait for its owner's password for the keychain.
const OPENING_TAKES: Duration = Duration::from_secs(60);

/// The line to Everifin under one set of credentials. Replaced whole when the credentials change.
pub struct Line {
    /// Keeps the session alive.
    pub session: Arc<Session>,
    /// The sign-in in progress, if any.
    pub sign_in: Arc<SignIn>,
    /// The client of the API.
    pub everifin: Everifin,
}

/// An open book. The owner's own book and the demo have one each, in separate folders and with separate keychain items.
pub struct Desk {
    /// The ledger.
    pub store: Store,
    /// Where "now" comes from.
    pub clock: Clock,
    system_language: Language,
    vault: Vault,
    /// Held by the process that renews the session.
    lock: PathBuf,
    line: RwLock<Arc<Line>>,
    syncing: Mutex<()>,
    closed: watch::Sender<bool>,
}

impl Desk {
    /// Opens the book in `folder`, with its items in `vault`.
    ///
    /// Fails when the ledger cannot be opened or the keychain cannot be read; nothing is changed then. `KeyMissing`: the ledger is
    /// there and the keychain has no key for it. `Locked`: its key is closed with a password, and none was given;
    /// `PassphraseWrong`: another one was given.
    /// `OtherSaldo`: another process is opening or replacing it and has not finished.
    pub async fn open(
        folder: &Path,
        vault: Vault,
        clock: Clock,
        system_language: Language,
        password: Option<Secret<String>>,
    ) -> Result<Self> {
        let file = file_of(folder);
        place::make_private(folder)?;
        // Two that open a new book at once would each draw a key for it.
        let _opening = Lock::at(&folder.join("opening.lock")).take(OPENING_TAKES).await?;
        let key = store_key(&vault, &file, password).await?;
        let store = off_the_runtime(move || Store::open(&file, &key)).await?;
        let link = store.connection()?;
        let secret = vault.client_secret().await?;
        let client = match (link, secret) {
            (Some(connection), Some(secret)) => Some(Client::new(
                &connection.environment,
                &connection.realm,
                &connection.client_id,
                secret,
                connection.payments,
            )?),
            _ => None,
        };
        let lock = folder.join("session.lock");
        let line = RwLock::new(Line::new(client, &vault, &store, &lock, &clock)?);
        Ok(Self {
            store,
            clock,
            system_language,
            vault,
            lock,
            line,
            syncing: Mutex::default(),
            closed: watch::Sender::default(),
        })
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The language the window shows.
    pub fn language(&self) -> Result<Language> {
        Ok(self.store.settings()?.language.or(self.system_language))
    }

    /// The line to Everifin at present.
    pub fn line(&self) -> Arc<Line> {
        Arc::clone(&self.line.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether this book has ever been connected: then its ledger is worth showing.
    pub async fn is_connected(&self) -> Result<bool> {
        Ok(self.line().session.state().await? != SessionState::SignedOut
            || !self.store.accounts(self.clock.now())?.is_empty())
    }

    /// The credentials entered, without the secret.
    pub async fn credentials(&self) -> Result<Option<CredentialsView>> {
        let Some(connection) = self.store.connection()? else { return Ok(None) };
        Ok(Some(view(connection, self.vault.client_secret().await?.is_some())))
    }

    /// Keeps credentials after checking them. Where they name another Everifin, realm or client than before, the session of
    /// before is ended: its tokens are never sent to somebody else. A sign-in in progress is given up.
    ///
    /// Fails with `AddressInvalid` or `CredentialsMissing` without keeping anything.
    pub async fn save_credentials(&self, input: CredentialsInput) -> Result<CredentialsView> {
        let before = self.store.connection()?;
        let client = input.check(self.vault.client_secret().await?)?;
        if before.is_some_and(|before| {
            (before.environment, before.realm, before.client_id)
                != (input.environment.clone(), input.realm.clone(), input.client_id.clone())
        }) {
            self.sign_out().await?;
        }
        // The secret is written first: a connection without its secret would be a riddle.
        if let Some(secret) = input.client_secret {
            self.vault.save_client_secret(secret).await?;
        }
        let CredentialsInput { environment, realm, client_id, payments, .. } = input;
        let link = Link { environment, realm, client_id, payments };
        self.store.save_connection(&link)?;
        let line = Line::new(Some(client), &self.vault, &self.store, &self.lock, &self.clock)?;
        let before = std::mem::replace(&mut *self.line.write().unwrap_or_else(PoisonError::into_inner), line);
        before.sign_in.cancel().await;
        Ok(view(link, true))
    }

    /// Signs out: at Everifin where it can be reached, here in any case. The ledger stays.
    pub async fn sign_out(&self) -> Result<SignedOut> {
        self.line().session.sign_out().await
    }

    /// Reads all accounts anew. A second call waits for the first and then reads again; it finds nothing new. Fails with `Locked`
    /// when the desk is closed meanwhile; what was read of whole accounts is kept.
    pub async fn sync(&self, report: impl Fn(Progress) + Send + Sync) -> Result<Report> {
        self.reading(async { sync::sync(&self.store, &self.line().everifin, &self.clock, report).await }).await
    }

    /// Reads days of one account again, beside what is new in it. As [`sync::read_again`], and `Locked` as in [`Desk::sync`].
    pub async fn read_again(&self, account: AccountId, days: (NaiveDate, NaiveDate)) -> Result<Report> {
        let again = async { sync::read_again(&self.store, &self.line().everifin, &self.clock, account, days).await };
        self.reading(again).await
    }

    /// Undoes a change-set, after a sync that is under way: it may still add to the set. As [`Store::undo`].
    pub async fn undo(&self, set: ChangeSetId) -> Result<ChangeSetId> {
        let _turn = self.store.sync_turn().await?;
        let (store, now) = (self.store.clone(), self.clock.now());
        off_the_runtime(move || store.undo(set, now)).await
    }

    /// Reads at Everifin, one reading at a time, until the desk is closed.
    async fn reading(&self, read: impl Future<Output = Result<Report>>) -> Result<Report> {
        let mut closed = self.closed.subscribe();
        let in_turn = async {
            let _one_at_a_time = self.syncing.lock().await;
            let read = read.await;
            if read.as_ref().is_err_and(|failure: &Failure| failure.kind == FailureKind::AnotherUser) {
                // Only the accounts could show it. Where the keychain does not let go, the next sync finds the same.
                let _ = self.sign_out().await;
            }
            read
        };
        let read = tokio::select! {
            biased;
            _ = closed.wait_for(|closed| *closed) => Err(FailureKind::Locked.into()),
            report = in_turn => report,
        };
        read.inspect_err(|failure| journal::note(Place::Accounts, failure))
    }

    /// Ends what could go on for long. What must not be broken off (a renewal, a payment on its way) ends by itself; with it the
    /// last hold on the desk goes, and with that the keys.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Removes the book's items from the keychain. Its folder is the caller's to remove, after the desk is closed.
    pub async fn forget(&self) -> Result<()> {
        self.line().session.give_up().await;
        self.vault.forget().await
    }

    /// Where the sign-in stands.
    pub fn sign_in(&self) -> SignInState {
        self.line().sign_in.state()
    }
}

impl Line {
    fn new(client: Option<Client>, vault: &Vault, store: &Store, lock: &Path, clock: &Clock) -> Result<Arc<Self>> {
        let session = Session::new(client, vault.clone(), store.clone(), lock, clock.clone())?;
        let sign_in = SignIn::new(Arc::clone(&session), StdRng::from_os_rng());
        let everifin = Everifin::new(Arc::clone(&session), clock.clone());
        Ok(Arc::new(Self { session, sign_in, everifin }))
    }
}

/// The data file of the book in a folder.
pub(crate) fn file_of(folder: &Path) -> PathBuf {
    folder.join("saldo.db")
}

/// The key of the ledger at `file`. Drawn at the first start, never over a ledger that is there: its data would be lost for good.
async fn store_key(vault: &Vault, file: &Path, password: Option<Secret<String>>) -> Result<StoreKey> {
    if let Some(key) = vault.database_key(password).await? {
        return Ok(key.into());
    }
    if Store::needs_its_key(file)? {
        return Err(FailureKind::KeyMissing.into());
    }
    // Before anything is entrusted to it: a keychain that forgets would cost the owner all that she writes.
    let keychain = vault.self_test().await?;
    tracing::info!(%keychain, "the keychain keeps what it is given");
    let key = StoreKey::draw(&mut StdRng::from_os_rng());
    vault.save_database_key(key.bytes().clone()).await?;
    Ok(key)
}

fn view(link: Link, has_secret: bool) -> CredentialsView {
    let Link { environment, realm, client_id, payments } = link;
    CredentialsView { environment, realm, client_id, has_secret, payments }
}

/// Runs work that blocks (the ledger) on a thread that may block.
pub async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(FailureKind::StoreFailed.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Cost;

    async fn open(folder: &Path, vault: &Vault) -> Result<Desk> {
        Desk::open(folder, vault.clone(), Clock::system(), Language::En, None).await
    }

    #[tokio::test]
    async fn a_key_is_drawn_once_and_never_over_a_book_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::in_memory("desk");
        drop(open(folder.path(), &vault).await.unwrap());
        let key = vault.database_key(None).await.unwrap().unwrap();
        drop(open(folder.path(), &vault).await.unwrap());
        assert_eq!(vault.database_key(None).await.unwrap().unwrap().expose(), key.expose());

        // Somebody deleted it, or the book was copied here.
        vault.forget().await.unwrap();
        let before = std::fs::read(folder.path().join("saldo.db")).unwrap();
        assert_eq!(open(folder.path(), &vault).await.err(), Some(FailureKind::KeyMissing.into()));
        assert!(vault.database_key(None).await.unwrap().is_none(), "no new key over old data");
        assert_eq!(std::fs::read(folder.path().join("saldo.db")).unwrap(), before);

        vault.save_database_key(key).await.unwrap();
        assert!(open(folder.path(), &vault).await.is_ok(), "it came back");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_two_that_begin_a_book_at_once_one_draws_its_key() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let vault = Vault::in_memory("desk");
            let begin = || {
                let (folder, vault) = (folder.path().to_owned(), vault.clone());
                tokio::spawn(async move { open(&folder, &vault).await.map(drop) })
            };
            let (one, two) = (begin(), begin());
            assert_eq!((one.await.unwrap(), two.await.unwrap()), (Ok(()), Ok(())));
            assert!(open(folder.path(), &vault).await.is_ok());
        }
    }

    #[tokio::test]
    async fn a_start_that_was_interrupted_before_the_book_was_made_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::in_memory("desk");
        vault.save_database_key(Secret::new([9; 32])).await.unwrap();
        assert!(open(folder.path(), &vault).await.is_ok(), "the key was there first");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("saldo.db"), "").unwrap();
        assert!(open(folder.path(), &Vault::in_memory("other")).await.is_ok(), "an empty file holds nothing");
    }
    #[tokio::test]
    async fn with_an_app_lock_the_book_opens_by_its_password_only() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::in_memory("desk");
        drop(open(folder.path(), &vault).await.unwrap());
        let password = |text: &str| Some(Secret::new(text.to_owned()));
        vault.set_app_lock(None, password("correct horse"), Cost::TEST).await.unwrap();
        let before = std::fs::read(folder.path().join("saldo.db")).unwrap();
        let with = |given| Desk::open(folder.path(), vault.clone(), Clock::system(), Language::En, given);
        assert_eq!(with(None).await.err(), Some(FailureKind::Locked.into()));
        assert_eq!(with(password("correct horsf")).await.err(), Some(FailureKind::PassphraseWrong.into()));
        assert_eq!(std::fs::read(folder.path().join("saldo.db")).unwrap(), before);
        assert!(with(password("correct horse")).await.is_ok());
    }

    #[tokio::test]
    async fn a_closed_desk_does_not_sync() {
        let folder = tempfile::tempdir().unwrap();
        let desk = open(folder.path(), &Vault::in_memory("desk")).await.unwrap();
        let before = desk.sync(|_| ()).await.map(drop).unwrap_err();
        assert_eq!(before.kind, FailureKind::CredentialsMissing);
        desk.close();
        assert_eq!(desk.sync(|_| ()).await.map(drop).unwrap_err().kind, FailureKind::Locked);
    }
}
