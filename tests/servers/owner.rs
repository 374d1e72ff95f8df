//! An owner for one journey: her desk, her browser, the wire between Saldo and the server, and a clock that the test can put
//! forward.

use super::person::{Person, Reached};
use super::realm;
use super::server::{Server, User};
use super::wire::Wire;
use bank::auth::{CredentialsInput, Environment, Received, SessionState, SignInState, Via};
use bank::clock::Clock;
use bank::desk::Desk;
use bank::failure::FailureKind;
use bank::settings::Language;
use bank::vault::{Secret, Vault};
use chrono::{TimeDelta, Utc};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// Nobody is asked for a password that often in one sign-in.
const MANY_PAGES: usize = 10;

pub(crate) struct Owner {
    pub(crate) server: Server,
    pub(crate) user: User,
    pub(crate) wire: Wire,
    pub(crate) desk: Desk,
    pub(crate) person: Person,
    /// How many callers wanted to ask the bank at once.
    pub(crate) callers: usize,
    seconds_ahead: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Owner {
    /// Credentials are entered, nobody has signed in.
    pub(crate) async fn new() -> Self {
        let server = Server::reach().await;
        let user = server.user().await;
        let wire = Wire::to(server.address()).await;
        let folder = TempDir::new().unwrap();
        let seconds_ahead = Arc::new(AtomicI64::new(0));
        let ahead = Arc::clone(&seconds_ahead);
        let clock = Clock::from_fn(move || Utc::now() + TimeDelta::seconds(ahead.load(Ordering::Relaxed)));
        let desk = Desk::open(folder.path(), Vault::in_memory("servers"), clock, Language::En, None).await.unwrap();
        let person = Person::new();
        let owner = Self { server, user, wire, desk, person, callers: 0, seconds_ahead, _folder: folder };
        owner.enter(|_| ()).await;
        owner
    }

    /// Signed in and synced once.
    pub(crate) async fn connected() -> Self {
        let mut owner = Self::new().await;
        owner.sign_in().await;
        owner.desk.sync(|_| ()).await.unwrap();
        assert_eq!(owner.kept_accounts(), 1);
        owner
    }

    /// Enters the client's credentials with a change.
    pub(crate) async fn enter(&self, change: impl FnOnce(&mut CredentialsInput)) {
        let at = &self.wire.address;
        let mut credentials = CredentialsInput {
            environment: Environment::Custom { idp: at.clone(), api: at.clone() },
            realm: realm::name().to_owned(),
            client_id: realm::client_id().to_owned(),
            client_secret: Some(Secret::new(realm::client_secret().to_owned())),
            payments: true,
        };
        change(&mut credentials);
        self.desk.save_credentials(credentials).await.unwrap();
    }

    /// The address of the sign-in page.
    pub(crate) async fn begin(&self, via: Via) -> Result<String, FailureKind> {
        let begun = self.desk.line().sign_in.begin(via).await;
        begun.map(|address| address.to_string()).map_err(|failure| failure.kind)
    }

    /// The whole sign-in by deep link; how often her password was asked for.
    pub(crate) async fn sign_in(&mut self) -> usize {
        let page = self.begin(Via::DeepLink).await.unwrap();
        let (reached, passwords) = self.approve(&page).await;
        assert_eq!(self.receive(&reached.link()).await, Received::Finished);
        assert_eq!(self.desk.sign_in(), SignInState::Connected);
        assert_eq!(self.state().await, SessionState::SignedIn);
        passwords
    }

    /// Opens the sign-in page and says yes to everything: where that ends, and how often her password was asked for.
    pub(crate) async fn approve(&mut self, address: &str) -> (Reached, usize) {
        self.decide(address, self.server.buttons().0).await
    }

    /// Opens the sign-in page, signs in and presses that button where she is asked.
    pub(crate) async fn decide(&mut self, address: &str, button: &str) -> (Reached, usize) {
        let (mut reached, mut passwords) = (self.person.visit(address).await, 0);
        for _ in 0..MANY_PAGES {
            let page = match reached {
                Reached::Saldo(link) => return (Reached::Saldo(link), passwords),
                // The loopback way ends at Saldo's own page.
                Reached::Page(page) if page.address.host_str() == Some("localhost") => {
                    return (Reached::Page(page), passwords);
                }
                Reached::Page(page) => page,
            };
            reached = if page.html.contains("name=\"password\"") {
                passwords += 1;
                let typed = [("username", self.user.name.as_str()), ("password", realm::password())];
                self.person.submit(&page, "", &typed).await
            } else {
                self.person.submit(&page, button, &[]).await
            };
        }
        panic!("page after page, and no end: {}", reached.page().html)
    }

    pub(crate) async fn receive(&self, address: &str) -> Received {
        self.desk.line().sign_in.receive(address).await
    }

    pub(crate) async fn state(&self) -> SessionState {
        self.desk.line().session.state().await.unwrap()
    }

    /// Asks the bank for something, which needs an access token.
    pub(crate) async fn ask(&self) -> Result<(), FailureKind> {
        self.desk.line().everifin.accounts().await.map(drop).map_err(|failure| failure.kind)
    }

    /// Her access token is over, by her own clock.
    pub(crate) fn wait_out_the_access_token(&self) {
        self.seconds_ahead.fetch_add(600, Ordering::Relaxed);
    }

    /// How many accounts the ledger has, whatever has become of the session.
    pub(crate) fn kept_accounts(&self) -> usize {
        self.desk.store.accounts(self.desk.clock.now()).unwrap().len()
    }

    /// The session is over at the server: Saldo says so, keeps all data, and one sign-in mends it. How often the password was
    /// asked for.
    pub(crate) async fn finds_the_session_ended_and_mends_it(&mut self) -> usize {
        self.wire.refuse_known_tokens();
        assert_eq!(self.ask().await, Err(FailureKind::SignInNeeded));
        assert_eq!(self.state().await, SessionState::Ended);
        let asked = self.wire.token_requests();
        assert_eq!(self.ask().await, Err(FailureKind::SignInNeeded));
        assert_eq!(self.wire.token_requests(), asked, "a session that is over is not tried again and again");
        assert_eq!(self.kept_accounts(), 1);
        let passwords = self.sign_in().await;
        assert_eq!(self.ask().await, Ok(()));
        self.desk.sync(|_| ()).await.unwrap();
        assert_eq!(self.kept_accounts(), 1, "no second account by the second sign-in");
        passwords
    }
}

impl Drop for Owner {
    /// A journey that came to its end is counted, for the table of `cargo xtask test servers`.
    fn drop(&mut self) {
        if let (false, Ok(file)) = (std::thread::panicking(), std::env::var("SALDO_FIGURES")) {
            let line = format!("{} {} {}\n", self.wire.renewals(), self.callers, self.wire.token_requests());
            let mut file = std::fs::File::options().append(true).create(true).open(file).unwrap();
            file.write_all(line.as_bytes()).unwrap();
        }
    }
}
