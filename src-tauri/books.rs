//! Which book is open, and what it takes to open it. The demo is a book of its own, with an Everifin of its own on loopback.

mod diagnostics;
mod forget;
mod guard;
mod lock;
mod look;
mod safety;

use crate::dialog::{Chosen, Wanted};
use crate::window::{Book, Happened, Platform, SignInStatus, Start};
use bank::auth::{CredentialsInput, CredentialsView, Environment, Purpose, Received, SessionState, SignInState, Via};
use bank::clock::Clock;
use bank::desk::{Desk, off_the_runtime};
use bank::diagnostics::{Opener, Versions};
use bank::failure::{FailureKind, Result};
use bank::journal::{self, Place};
use bank::payments::{self, HandedOver, Next, PaymentDetail, PaymentId, Scope, Tickets};
use bank::settings::Language;
use bank::vault::{Cost, Secret, Vault};
use guard::Guard;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::{Sandbox, StartError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::ipc::Channel;
use tokio::sync::RwLock;

/// How often the shell looks whether a payment is due to be asked about.
const WATCH: Duration = Duration::from_secs(2);

/// How long the end of Saldo waits for a renewal under way.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What the demo's Everifin keeps over a restart; also the mark that there is a demo.
const DEMO_STATE: &str = "everifin.json";

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
    /// Asks the owner for a file or a folder in a dialog of the system.
    pub choose: Box<dyn Fn(Wanted) -> Chosen + Send + Sync>,
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
    /// Which program opened Saldo's links when that was last looked up.
    opener: Mutex<Opener>,
}

/// The window that is told what happens outside, if there is one.
type Listener = Arc<Mutex<Option<Channel<Happened>>>>;

struct Open {
    book: Book,
    desk: Arc<Desk>,
    /// The demo's Everifin runs as long as the demo is open.
    everifin: Option<Sandbox>,
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
            opener: Mutex::new(Opener::Unknown),
        }
    }

    /// What to show first. Opens a book, if none is open.
    pub async fn start(&self) -> Start {
        let mut start = Start {
            book: Book::Own,
            connected: false,
            session: SessionState::SignedOut,
            trouble: None,
            settings: look::read(&self.around.home),
            system_language: self.around.system_language.clone(),
            platform: Platform::here(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
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

    /// The open desk.
    pub async fn desk(&self) -> Result<Arc<Desk>> {
        Ok(self.open_book().await?.1)
    }

    /// Reads or writes the ledger of the open desk, off the runtime.
    pub async fn ledger<T: Send + 'static>(&self, work: impl FnOnce(&Desk) -> Result<T> + Send + 'static) -> Result<T> {
        let desk = self.desk().await?;
        off_the_runtime(move || work(&desk)).await
    }

    /// Where the sign-in of the open book stands.
    pub async fn sign_in(&self) -> Result<SignInStatus> {
        let (book, desk) = self.open_book().await?;
        let purpose = desk.line().sign_in.purpose();
        Ok(SignInStatus { book, purpose, state: desk.sign_in(), opener: self.known_opener() })
    }

    /// The owner's own credentials, without the secret. The demo's are not hers.
    pub async fn credentials(&self) -> Result<Option<CredentialsView>> {
        match self.open_book().await? {
            (Book::Own, desk) => desk.credentials().await,
            (Book::Demo, _) => Ok(None),
        }
    }

    /// Keeps the owner's own credentials; they never go into the demo.
    pub async fn save_credentials(&self, credentials: CredentialsInput) -> Result<CredentialsView> {
        self.turn_to(Book::Own).await?.1.save_credentials(credentials).await
    }

    /// Begins a sign-in to the owner's own Everifin, whichever book is open.
    pub async fn connect(self: &Arc<Self>, via: Via) -> Result<SignInStatus> {
        self.turn_to(Book::Own).await?;
        self.begin(Purpose::SignIn, via).await
    }

    /// Finds out whether the open book's Everifin enforces PKCE, by a sign-in in the browser that ends without a session.
    pub async fn probe_pkce(self: &Arc<Self>, via: Via) -> Result<SignInStatus> {
        self.begin(Purpose::PkceProbe, via).await
    }

    /// Begins a sign-in of the open book in the system browser.
    async fn begin(self: &Arc<Self>, purpose: Purpose, via: Via) -> Result<SignInStatus> {
        let desk = self.desk().await?;
        self.follow_sign_in(&desk);
        let line = desk.line();
        let begin = async {
            match purpose {
                Purpose::SignIn => line.sign_in.begin(via).await,
                Purpose::PkceProbe => line.sign_in.probe_pkce(via).await,
            }
        };
        // Where another program would get the answer, the owner hears of it while she waits.
        let (page, _) = tokio::join!(begin, self.look_for_opener());
        self.browse(page?.as_str())?;
        self.sign_in().await
    }

    /// Opens the demo book and begins its sign-in.
    pub async fn try_demo(self: &Arc<Self>) -> Result<SignInStatus> {
        self.turn_to(Book::Demo).await?;
        self.begin(Purpose::SignIn, Via::DeepLink).await
    }

    /// Closes the demo and removes all of it.
    pub async fn leave_demo(&self) -> Result<Start> {
        {
            let mut open = self.open.write().await;
            if let Some(Open { book: Book::Demo, desk, everifin }) = open.take() {
                desk.store.close();
                desk.forget().await?;
                drop((desk, everifin));
                let folder = self.folder(Book::Demo);
                off_the_runtime(move || std::fs::remove_dir_all(folder).map_err(|_| FailureKind::StoreFailed.into()))
                    .await?;
            }
        }
        self.turn_to(Book::Own).await?;
        Ok(self.start().await)
    }

    /// Opens Everifin's web application: the real one before anything has been entered, where an account is made.
    pub async fn open_everifin(&self) -> Result<()> {
        let link = self.desk().await?.store.connection()?;
        self.browse(link.map_or(Environment::Production, |link| link.environment).web_app())
    }

    /// Opens the sign-in page once more.
    pub async fn open_sign_in_again(&self) -> Result<SignInStatus> {
        let page = self.sign_in_page().await?;
        self.browse(&page)?;
        self.sign_in().await
    }

    /// Copies the address of the sign-in page.
    pub async fn copy_sign_in_link(&self) -> Result<()> {
        self.copy_text(&self.sign_in_page().await?)
    }

    /// Copies a text.
    pub fn copy_text(&self, text: &str) -> Result<()> {
        if (self.around.clipboard)(text) { Ok(()) } else { Err(FailureKind::ClipboardFailed.into()) }
    }

    /// Takes an address that the owner pasted.
    pub async fn paste_address(&self, address: &str) -> Result<SignInStatus> {
        match self.desk().await?.line().sign_in.paste(address).await {
            Received::Finished => self.sign_in().await,
            Received::Wrong => Err(FailureKind::LinkWrong.into()),
            Received::Old => Err(FailureKind::LinkOld.into()),
        }
    }

    /// Gives the sign-in up. A demo that was never entered closes with it.
    pub async fn cancel_sign_in(&self) -> Result<SignInStatus> {
        let (book, desk) = self.open_book().await?;
        desk.line().sign_in.cancel().await;
        if book == Book::Demo && !desk.is_connected().await? {
            self.turn_to(Book::Own).await?;
        }
        self.sign_in().await
    }

    async fn sign_in_page(&self) -> Result<String> {
        let page = self.desk().await?.line().sign_in.address();
        Ok(page.ok_or(FailureKind::LinkOld)?.into())
    }

    /// Tells the window of each step of the sign-in, until it has ended.
    fn follow_sign_in(self: &Arc<Self>, desk: &Desk) {
        let (saldo, mut changes) = (Arc::clone(self), desk.line().sign_in.changes());
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let ended =
                    !matches!(*changes.borrow_and_update(), SignInState::Waiting { .. } | SignInState::Finishing);
                saldo.tell(Happened::SignIn);
                if ended {
                    break;
                }
            }
        });
    }

    fn browse(&self, address: &str) -> Result<()> {
        if (self.around.browser)(address) { Ok(()) } else { Err(FailureKind::BrowserFailed.into()) }
    }

    /// Hands a reviewed payment over and opens the bank's approval page.
    pub async fn hand_over(&self, id: PaymentId, hash: &str) -> Result<PaymentDetail> {
        let (desk, tickets) = (self.desk().await?, Tickets::draw(&mut StdRng::from_os_rng()));
        self.go_on(payments::hand_over(&desk.store, &desk.line().everifin, &desk.clock, tickets, id, hash).await)
    }

    /// Opens the bank's approval page again, or goes on with a payment that stopped before it.
    pub async fn approve_payment(&self, id: PaymentId) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        self.go_on(payments::approve(&desk.store, &desk.line().everifin, &desk.clock, id).await)
    }

    /// Asks the bank now where the payment stands.
    pub async fn check_payment(&self, id: PaymentId) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        let checked = payments::check(&desk.store, &desk.line().everifin, &desk.clock, id).await;
        checked.inspect_err(|failure| journal::note(Place::Payment, failure))
    }

    /// Tells of payments that moved on, and reads the accounts: money may have moved as well.
    async fn payments_moved(&self, desk: &Desk, moved: &[PaymentId]) {
        for id in moved {
            self.tell(Happened::Payment { id: *id });
        }
        // Whatever keeps the accounts from being read is said when the owner syncs.
        if desk.sync(|_| ()).await.is_ok() {
            self.tell(Happened::Data);
        }
    }

    fn go_on(&self, handed: Result<HandedOver>) -> Result<PaymentDetail> {
        let gone_on = handed.and_then(|handed| match handed.next {
            Next::Open(page) => self.browse(page.as_str()).map(|()| handed.detail),
            Next::Wait | Next::InputNotOffered => Ok(handed.detail),
            Next::Stopped(failure) => Err(failure),
        });
        gone_on.inspect_err(|failure| journal::note(Place::Payment, failure))
    }

    /// Asks about the payments whose time has come, as long as Saldo runs. What is not open is not opened for it.
    pub async fn watch_payments(self: Arc<Self>) {
        let mut tick = tokio::time::interval(WATCH);
        loop {
            tick.tick().await;
            let desk = self.open.read().await.as_ref().map(|open| Arc::clone(&open.desk));
            let Some(desk) = desk else { continue };
            let Ok(seen) = payments::reconcile(&desk.store, &desk.line().everifin, &desk.clock, Scope::Due).await
            else {
                continue;
            };
            if !seen.changed.is_empty() {
                self.payments_moved(&desk, &seen.changed).await;
            }
        }
    }

    /// Takes an address from outside. Answers whether it was one that Saldo waited for: only then may the window come forward.
    pub async fn arrived(self: &Arc<Self>, address: &str) -> bool {
        let desk = match self.desk().await {
            Ok(desk) => desk,
            Err(_) => {
                // As it came, unread: it is taken in when the owner has unlocked, and forgotten when she does not in time.
                let mut guard = self.guard();
                if guard.is_shut() {
                    guard.keep(address, self.around.clock.now());
                }
                return false;
            }
        };
        if payments::is_payment_return(address) {
            let paid = payments::returned(&desk.store, &desk.line().everifin, &desk.clock, address).await;
            return match paid {
                Ok(Some(id)) => {
                    let saldo = Arc::clone(self);
                    tokio::spawn(async move { saldo.payments_moved(&desk, &[id]).await });
                    true
                }
                Ok(None) | Err(_) => false,
            };
        }
        let finished = desk.line().sign_in.receive(address).await == Received::Finished;
        if finished {
            // After a cold start nobody follows the sign-in.
            self.tell(Happened::SignIn);
        }
        finished
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
        if own.1.store.connection()?.is_none() && self.folder(Book::Demo).join(DEMO_STATE).exists() {
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
        *open = Some(Open { book, desk: Arc::clone(&desk), everifin });
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

    /// Starts the demo's Everifin, at the address of last time where that is free: the session belongs to the address.
    async fn start_demo(&self, folder: &Path, desk: &Desk) -> Result<Sandbox> {
        let last = match desk.store.connection()?.map(|link| link.environment) {
            Some(Environment::Custom { idp, .. }) => idp.rsplit(':').next().and_then(|port| port.parse().ok()),
            _ => None,
        };
        let start = |port| {
            let clock = self.around.clock.clone();
            let everifin = Sandbox::builder().clock(move || clock.now()).system_randomness(true).port(port);
            everifin.state_file(folder.join(DEMO_STATE)).start()
        };
        let started = match start(last.unwrap_or_default()).await {
            Err(StartError::Bind(_)) => start(0).await,
            other => other,
        };
        let everifin = started.map_err(|error| {
            tracing::error!(%error, "the demo's Everifin did not start");
            FailureKind::ServiceDown
        })?;
        desk.save_credentials(CredentialsInput {
            environment: Environment::Custom { idp: everifin.idp_url().to_owned(), api: everifin.api_url().to_owned() },
            realm: everifin.realm().to_owned(),
            client_id: everifin.client_id().to_owned(),
            client_secret: Some(Secret::new(everifin.client_secret().to_owned())),
            payments: true,
        })
        .await?;
        Ok(everifin)
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
        (Book::Own, false) => "app.saldo.desktop",
        (Book::Demo, false) => "app.saldo.desktop.demo",
        (Book::Own, true) => "app.saldo.desktop.dev",
        (Book::Demo, true) => "app.saldo.desktop.dev.demo",
    }
}

/// Makes a folder that only its owner may look into.
pub(crate) fn make_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|_| FailureKind::StoreFailed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, private).map_err(|_| FailureKind::StoreFailed)?;
    }
    Ok(())
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
