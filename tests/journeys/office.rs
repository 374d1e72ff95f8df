//! An owner's office for one test: her desk, the sandbox as Everifin, her browser, and a clock that only the test moves.

use super::person::{Person, Reached};
use bank::auth::{CredentialsInput, Environment, Received, SignInState, Via};
use bank::clock::Clock;
use bank::desk::Desk;
use bank::settings::Language;
use bank::sync::{Progress, Report};
use bank::vault::{Secret, Vault};
use chrono::{DateTime, TimeDelta, Utc};
use sandbox::Sandbox;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A clock that stands still until the test moves it.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Hands {
    fn at(moment: &str) -> Self {
        Self(Arc::new(Mutex::new(moment.parse().unwrap())))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }

    pub(crate) fn clock(&self) -> Clock {
        let hands = self.clone();
        Clock::from_fn(move || hands.now())
    }
}

pub(crate) struct Office {
    pub(crate) everifin: Sandbox,
    pub(crate) desk: Desk,
    pub(crate) hands: Hands,
    pub(crate) person: Person,
    vault: Vault,
    folder: TempDir,
}

impl Office {
    /// Credentials are entered, nobody has signed in.
    pub(crate) async fn open() -> Self {
        Self::at(Sandbox::builder()).await
    }

    /// The same with an Everifin of the test's own making.
    pub(crate) async fn at(everifin: sandbox::Builder) -> Self {
        let hands = Hands::at("2026-11-18T09:00:00Z");
        let time = hands.clone();
        let everifin = everifin.seed(7).clock(move || time.now()).start().await.unwrap();
        let folder = TempDir::new().unwrap();
        let vault = Vault::in_memory("journeys");
        let desk = Desk::open(folder.path(), vault.clone(), hands.clock(), Language::En, None).await.unwrap();
        let office = Self { everifin, desk, hands, person: Person::new(), vault, folder };
        office.enter(office.credentials()).await;
        office
    }

    /// Signed in and synced once.
    pub(crate) async fn connected() -> Self {
        let mut office = Self::open().await;
        office.sign_in().await;
        office.sync().await;
        office
    }

    /// The credentials of the sandbox's client.
    pub(crate) fn credentials(&self) -> CredentialsInput {
        CredentialsInput {
            environment: Environment::Custom {
                idp: self.everifin.idp_url().to_owned(),
                api: self.everifin.api_url().to_owned(),
            },
            realm: self.everifin.realm().to_owned(),
            client_id: self.everifin.client_id().to_owned(),
            client_secret: Some(Secret::new(self.everifin.client_secret().to_owned())),
            payments: true,
        }
    }

    pub(crate) async fn enter(&self, credentials: CredentialsInput) {
        self.desk.save_credentials(credentials).await.unwrap();
    }

    /// The whole sign-in by deep link.
    pub(crate) async fn sign_in(&mut self) {
        let callback = self.answer(Via::DeepLink).await;
        assert_eq!(self.receive(&callback).await, Received::Finished);
        assert_eq!(self.desk.sign_in(), SignInState::Connected);
    }

    /// Begins a sign-in and does the person's part of it; the address with which the browser comes back.
    pub(crate) async fn answer(&mut self, via: Via) -> String {
        let page = self.begin(via).await;
        self.approve(&page).await.link()
    }

    pub(crate) async fn begin(&self, via: Via) -> String {
        self.desk.line().sign_in.begin(via).await.unwrap().to_string()
    }

    /// Opens the sign-in page and says yes to everything; a page that does not ask (any more) is not answered.
    pub(crate) async fn approve(&mut self, address: &str) -> Reached {
        let mut reached = self.person.visit(address).await;
        loop {
            let page = match reached {
                Reached::Saldo(link) => return Reached::Saldo(link),
                // The loopback way ends at Saldo's own page.
                Reached::Page(page) if page.address.as_str().starts_with("http://localhost") => {
                    return Reached::Page(page);
                }
                Reached::Page(page) => page,
            };
            reached = if page.html.contains("name=\"password\"") {
                let typed = [("username", sandbox::OWNER_LOGIN), ("password", sandbox::OWNER_PASSWORD)];
                self.person.submit(&page, "", &typed).await
            } else {
                self.person.submit(&page, "decision=accept", &[]).await
            };
        }
    }

    pub(crate) async fn receive(&self, address: &str) -> Received {
        self.desk.line().sign_in.receive(address).await
    }

    pub(crate) async fn sync(&self) -> Report {
        self.desk.sync(|_| ()).await.unwrap()
    }

    /// Syncs and keeps what was reported on the way.
    pub(crate) async fn sync_watched(&self) -> (Report, Vec<Progress>) {
        let seen = Mutex::new(Vec::new());
        let report = self.desk.sync(|step| seen.lock().unwrap().push(step)).await.unwrap();
        (report, seen.into_inner().unwrap())
    }

    /// Saldo is closed and started again: only what is on the disk and in the keychain is left.
    pub(crate) async fn restart(self) -> Self {
        let Self { everifin, desk, hands, person, vault, folder } = self;
        drop(desk);
        let desk = Desk::open(folder.path(), vault.clone(), hands.clock(), Language::En, None).await.unwrap();
        Self { everifin, desk, hands, person, vault, folder }
    }
}
