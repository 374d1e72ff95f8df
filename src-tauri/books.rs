//! Which book is open, and what it takes to open it. The demo is a book of its own, with an Everifin of its own on loopback.

mod background;
mod demo;
mod diagnostics;
mod forget;
mod guard;
mod invoices;
mod lock;
mod look;
mod orders;
mod paying;
mod safety;
mod sign_in;
mod statements;

pub(crate) use orders::OrdersFile;

use crate::capture::Marked;
use crate::dialog::{Chosen, Wanted};
use crate::window::{Book, Happened, Platform, Start};
use bank::auth::SessionState;
use bank::clock::Clock;
use bank::desk::{Desk, off_the_runtime};
use bank::diagnostics::{Opener, Versions};
use bank::failure::{FailureKind, Result};
use bank::payments;
use bank::payments::ReturnPort;
use bank::place::{self, make_private};
use bank::settings::Language;
use bank::vault::{Cost, Secret, Vault};
use guard::Guard;
use sandbox::Sandbox;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::ipc::Channel;
use tokio::sync::RwLock;

/// How long the end of Saldo waits for a renewal under way.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// How long the window waits for the first answer before it is told why.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the shell lends the books: everything outside that a test replaces.
pub struct Surroundings {
    /// The folder that holds all data, one sub-folder a book.
    pub home: PathBuf,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Opens the keychain under a service name.
    pub keychain: Box<dyn Fn(&str) -> Vault + Send + Sync>,
    /// What one guess of the owner's password costs.
    pub cost: Cost,
    /// Opens an address in the system browser; false when that fails.
    pub browser: Box<dyn Fn(&str) -> bool + Send + Sync>,
    /// Copies a text; false when that fails.
    pub clipboard: Box<dyn Fn(&str) -> bool + Send + Sync>,
    /// The text that was copied, by whatever program; none where there is none.
    pub copied: Arc<dyn Fn() -> Option<String> + Send + Sync>,
    /// Asks the owner for a file or a folder in a dialog of the system.
    pub choose: Box<dyn Fn(Wanted) -> Chosen + Send + Sync>,
    /// Asks her to mark a region of the screen.
    pub capture: Box<dyn Fn() -> Marked + Send + Sync>,
    /// The folder of the owner's documents.
    pub documents: PathBuf,
    /// Makes the web view forget what it keeps.
    pub clear_window: Box<dyn Fn() + Send + Sync>,
    /// Folders outside of `home` in which the web view keeps something of Saldo's.
    pub caches: Vec<PathBuf>,
    /// The system's language as a BCP 47 tag.
    pub system_language: String,
    /// Which program opens Saldo's links. May take a moment.
    pub opener: Box<dyn Fn() -> Opener + Send + Sync>,
    /// Makes this Saldo the one that opens them. May take a moment.
    pub claim_links: Box<dyn Fn() + Send + Sync>,
    /// The lines of the log, oldest first.
    pub log: Box<dyn Fn() -> Vec<String> + Send + Sync>,
    /// What runs here.
    pub versions: Versions,
}

/// The application: at most one book is open at a time.
pub struct Saldo {
    around: Surroundings,
    open: RwLock<Option<Open>>,
    guard: Mutex<Guard>,
    listener: Listener,
    /// The backup that the owner chose to restore.
    chosen: Mutex<Option<PathBuf>>,
    /// The statement file that she chose to take in.
    statement: Mutex<Option<PathBuf>>,
    /// How many files of payments she gave: no two have the same number.
    given: AtomicU32,
    /// Which program opened Saldo's links when that was last looked up.
    opener: Mutex<Opener>,
    turned: background::Turned,
    /// Where banks send the browser back, while it is open and the owner chose so.
    returns: Mutex<Option<ReturnPort>>,
}

/// The window that is told what happens outside, if there is one.
type Listener = Arc<Mutex<Option<Channel<Happened>>>>;

struct Open {
    book: Book,
    desk: Arc<Desk>,
    /// The demo's Everifin runs as long as the demo is open.
    everifin: Option<Sandbox>,
    /// The file of payments that she gave. It goes with the book: neither a locked window nor another book has it.
    orders: Mutex<orders::Given>,
}

impl Saldo {
    /// Nothing is opened before the window asks.
    pub fn new(around: Surroundings) -> Self {
        Self {
            guard: Mutex::new(Guard::new(around.clock.now())),
            around,
            open: RwLock::new(None),
            listener: Listener::default(),
            chosen: Mutex::default(),
            statement: Mutex::default(),
            given: AtomicU32::new(0),
            opener: Mutex::new(Opener::Unknown),
            turned: background::Turned::default(),
            returns: Mutex::default(),
        }
    }

    /// What to show first. Opens a book, if none is open. Where the keychain does not answer, because its prompt waits for the
    /// owner, that is said, and the window is told when it has answered.
    pub async fn start(self: &Arc<Self>) -> Start {
        let saldo = Arc::clone(self);
        let mut opening = tokio::spawn(async move { saldo.open_to_show().await });
        let asked = loop {
            let seen = tokio::time::timeout(PATIENCE, &mut opening).await;
            let asked = self.guard().vaults.values().find(|vault| vault.is_waited_for()).cloned();
            let is_locked = |start: &Start| start.trouble == Some(FailureKind::KeychainLocked.into());
            match (seen, asked) {
                (Ok(Ok(start)), asked) if asked.is_none() || !is_locked(&start) => return start,
                (Ok(Err(_)), _) => return self.before(FailureKind::StoreFailed),
                (_, Some(vault)) => break vault,
                // A large book takes its time as well.
                (_, None) => {}
            }
        };
        let saldo = Arc::clone(self);
        tokio::spawn(async move {
            asked.answered().await;
            saldo.tell(Happened::Session);
        });
        self.before(FailureKind::KeychainWaiting)
    }

    /// What can be shown while no book is open, and why none is.
    fn before(&self, trouble: FailureKind) -> Start {
        Start {
            book: Book::Own,
            connected: false,
            session: SessionState::SignedOut,
            trouble: Some(trouble.into()),
            settings: look::read(&self.around.home),
            system_language: self.around.system_language.clone(),
            platform: Platform::here(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    async fn open_to_show(&self) -> Start {
        let mut start = Start { trouble: None, ..self.before(FailureKind::StoreFailed) };
        let seen = async {
            let (book, desk) = self.open_book().await?;
            start.book = book;
            start.settings = desk.store.settings()?;
            look::keep(&self.around.home, &start.settings);
            start.session = desk.line().session.state().await?;
            start.connected = desk.is_connected().await?;
            Ok(())
        };
        start.trouble = seen.await.err();
        start
    }

    /// The owner wants the keychain to be asked again, though its prompt was refused before.
    pub fn ask_keychain_again(&self) {
        self.guard().vaults.values().for_each(Vault::ask_again);
    }

    /// The open desk.
    pub async fn desk(&self) -> Result<Arc<Desk>> {
        Ok(self.open_book().await?.1)
    }

    /// Reads or writes the ledger of the open desk, off the runtime.
    pub async fn ledger<T: Send + 'static>(&self, work: impl FnOnce(&Desk) -> Result<T> + Send + 'static) -> Result<T> {
        let desk = self.desk().await?;
        off_the_runtime(move || work(&desk)).await
    }

    /// Copies a text.
    pub fn copy_text(&self, text: &str) -> Result<()> {
        if (self.around.clipboard)(text) { Ok(()) } else { Err(FailureKind::ClipboardFailed.into()) }
    }

    /// Opens an address in the system browser.
    fn browse(&self, address: &str) -> Result<()> {
        if (self.around.browser)(address) { Ok(()) } else { Err(FailureKind::BrowserFailed.into()) }
    }

    /// From now on what happens outside is told to this window; an earlier one is forgotten.
    pub fn listen(&self, window: Channel<Happened>) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(window);
    }

    /// Tells the window, if there is one.
    pub fn tell(&self, happened: Happened) {
        tell(&self.listener, happened);
    }

    /// Tells the window whenever the session of this desk stands otherwise, as long as the desk is there.
    fn follow_session(&self, desk: &Arc<Desk>) {
        let (listener, desk) = (Arc::clone(&self.listener), Arc::downgrade(desk));
        tokio::spawn(async move {
            // New credentials bring a new session.
            while let Some(mut changes) = desk.upgrade().map(|desk| desk.line().session.changes()) {
                while changes.changed().await.is_ok() {
                    tell(&listener, Happened::Session);
                }
            }
        });
    }

    /// Waits for a renewal that is under way, for a few seconds at most: its token would be lost with this process.
    pub async fn settle(&self) {
        let settled = async {
            let desk = self.open.read().await.as_ref().map(|open| Arc::clone(&open.desk));
            if let Some(desk) = desk {
                desk.line().session.settle().await;
            }
        };
        if tokio::time::timeout(LAST_WORDS, settled).await.is_err() {
            tracing::warn!("Saldo ends in the middle of a renewal");
        }
    }

    async fn open_book(&self) -> Result<(Book, Arc<Desk>)> {
        if let Some(open) = &*self.open.read().await {
            return Ok((open.book, Arc::clone(&open.desk)));
        }
        // One lock over the choice: nobody sees her own book for a moment where the demo is about to be opened.
        let mut open = self.open.write().await;
        if let Some(open) = open.as_ref() {
            return Ok((open.book, Arc::clone(&open.desk)));
        }
        self.open_first(&mut open, None).await
    }

    /// Opens the owner's own book, or the demo where she has nothing of her own yet.
    async fn open_first(&self, open: &mut Option<Open>, password: Option<Secret<String>>) -> Result<(Book, Arc<Desk>)> {
        let own = self.open_in(open, Book::Own, password).await?;
        if own.1.store.connection()?.is_none() && self.has_demo() {
            return self.open_in(open, Book::Demo, None).await;
        }
        Ok(own)
    }

    async fn turn_to(&self, book: Book) -> Result<(Book, Arc<Desk>)> {
        self.open_in(&mut *self.open.write().await, book, None).await
    }

    async fn open_in(
        &self,
        open: &mut Option<Open>,
        book: Book,
        password: Option<Secret<String>>,
    ) -> Result<(Book, Arc<Desk>)> {
        if let Some(open) = open.as_ref().filter(|open| open.book == book) {
            return Ok((book, Arc::clone(&open.desk)));
        }
        // The desk that was open closes first, so that a sign-in in progress there cannot end in the wrong book.
        *open = None;
        let folder = self.folder(book);
        let desk = Arc::new(self.open_desk(book, &folder, password).await?);
        payments::recover(&desk.store, &desk.clock)?;
        let everifin = match book {
            Book::Own => None,
            Book::Demo => Some(self.start_demo(&folder, &desk).await?),
        };
        self.follow_session(&desk);
        *open = Some(Open { book, desk: Arc::clone(&desk), everifin, orders: Mutex::default() });
        Ok((book, desk))
    }

    /// Opens the desk of a book; where Saldo is locked, with the owner's password or not at all.
    async fn open_desk(&self, book: Book, folder: &Path, password: Option<Secret<String>>) -> Result<Desk> {
        if password.is_none() {
            self.guard().pass()?;
        }
        make_private(folder)?;
        let with_password = password.is_some();
        let language = Language::of_system(&self.around.system_language);
        let opened = match self.vault(book) {
            Ok(vault) => {
                let clock = self.around.clock.clone();
                let opened = Desk::open(folder, vault.clone(), clock, language, password.clone()).await;
                if with_password && opened.as_ref().is_err_and(|failure| failure.kind == FailureKind::StoreDamaged) {
                    // Bringing the book back needs its key, and the owner has given the password.
                    self.guard().behind = vault.database_key(password).await?;
                }
                opened
            }
            Err(failure) => Err(failure),
        };
        self.guard().opened(opened, with_password)
    }

    fn guard(&self) -> MutexGuard<'_, Guard> {
        self.guard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn folder(&self, book: Book) -> PathBuf {
        self.around.home.join(match book {
            Book::Own => "own",
            Book::Demo => "demo",
        })
    }
}

fn tell(listener: &Listener, happened: Happened) {
    if let Some(window) = &*listener.lock().unwrap_or_else(PoisonError::into_inner) {
        // A window that is gone needs no news.
        let _ = window.send(happened);
    }
}

/// Keychain items of the books and of development builds never meet.
fn service(book: Book) -> &'static str {
    match (book, cfg!(debug_assertions)) {
        (Book::Own, _) => place::SERVICE,
        (Book::Demo, false) => "app.saldo.desktop.demo",
        (Book::Demo, true) => "app.saldo.desktop.dev.demo",
    }
}

impl Platform {
    fn here() -> Self {
        if cfg!(target_os = "macos") {
            Self::Mac
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}
