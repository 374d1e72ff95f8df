//! An identity provider that answers as a test wants, and a clock under its control.

mod answers;
mod callback;
mod loopback;
mod pkce;
mod session;
mod sign_in;
mod subject;

use super::{Client, Environment, Session, SignIn};
use crate::clock::Clock;
use crate::store::Store;
use crate::store::sample::key;
use crate::vault::{Secret, Vault};
use chrono::{DateTime, TimeDelta, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use url::Url;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const BASE: &str = "/auth/realms/everifin_app/protocol/openid-connect";

/// A world of one owner: identity provider and API at one address, a keychain, a book, a clock.
pub(crate) struct World {
    pub(crate) server: MockServer,
    pub(crate) vault: Vault,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    folder: TempDir,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Vault::in_memory("saldo-test")).await
    }

    pub(crate) async fn with(vault: Vault) -> Self {
        let now = Arc::new(Mutex::new("2026-11-22T12:00:00Z".parse().unwrap()));
        let hands = now.clone();
        let clock = Clock::from_fn(move || *hands.lock().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &key()).unwrap();
        Self { server: MockServer::start().await, vault, store, clock, folder, now }
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.now.lock().unwrap() += time;
    }

    pub(crate) fn client(&self) -> Client {
        let environment = Environment::Custom { idp: self.server.uri(), api: self.server.uri() };
        Client::new(&environment, "everifin_app", "saldo-test", Secret::new("s3cret".into()), true).unwrap()
    }

    pub(crate) fn session(&self) -> Arc<Session> {
        self.session_of(Some(self.client()))
    }

    /// A session of this client, as another start of Saldo would make it.
    pub(crate) fn session_of(&self, client: Option<Client>) -> Arc<Session> {
        Session::new(client, self.vault.clone(), self.store.clone(), &self.lock(), self.clock.clone()).unwrap()
    }

    /// The file whose lock the renewing process holds.
    pub(crate) fn lock(&self) -> PathBuf {
        self.folder.path().join("session.lock")
    }

    /// A session that has a refresh token in the keychain, and no access token yet.
    pub(crate) async fn signed_in(&self) -> Arc<Session> {
        self.vault.save_refresh_token(self.client().binding(), Secret::new("refresh-0".into())).await.unwrap();
        self.session()
    }

    /// The same with its API at another address.
    pub(crate) async fn signed_in_with_api(&self, api: &str) -> Arc<Session> {
        self.signed_in().await;
        let environment = Environment::Custom { idp: self.server.uri(), api: api.into() };
        let secret = Secret::new("s3cret".into());
        let client = Client::new(&environment, "everifin_app", "saldo-test", secret, true).unwrap();
        self.session_of(Some(client))
    }

    pub(crate) fn sign_in(&self) -> Arc<SignIn> {
        SignIn::new(self.session(), StdRng::seed_from_u64(1))
    }

    /// The refresh token that the keychain has.
    pub(crate) async fn kept(&self) -> Option<String> {
        let stored = self.vault.refresh_token(self.client().binding()).await.unwrap();
        stored.map(|stored| stored.token.expose().clone())
    }

    /// Answers a request to the token endpoint.
    pub(crate) async fn tokens(&self, answer: impl Respond + 'static) {
        self.endpoint("POST", "token", answer).await;
    }

    pub(crate) async fn endpoint(&self, verb: &str, name: &str, answer: impl Respond + 'static) {
        Mock::given(method(verb)).and(path(format!("{BASE}/{name}"))).respond_with(answer).mount(&self.server).await;
    }

    /// Answers a renewal by this refresh token.
    pub(crate) async fn renews(&self, refresh: &str, answer: impl Respond + 'static) {
        Mock::given(method("POST"))
            .and(path(format!("{BASE}/token")))
            .and(body_string_contains(format!("refresh_token={refresh}")))
            .respond_with(answer)
            .mount(&self.server)
            .await;
    }

    /// The forms that were sent to an endpoint.
    pub(crate) async fn forms(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let requests = self.server.received_requests().await.unwrap();
        let ours = |request: &&Request| request.url.path() == format!("{BASE}/{name}");
        let form = |request: &Request| url::form_urlencoded::parse(&request.body).into_owned().collect();
        requests.iter().filter(ours).map(form).collect()
    }
}

/// What the token endpoint grants.
pub(crate) fn grant(access: &str, refresh: impl Into<Value>) -> ResponseTemplate {
    let refresh: Value = refresh.into();
    ResponseTemplate::new(200).set_body_json(json!({
        "access_token": access, "expires_in": 300, "refresh_expires_in": 1800, "refresh_token": refresh,
        "token_type": "Bearer", "not-before-policy": 0, "session_state": "x", "scope": "ais pis",
    }))
}

/// What the token endpoint says when it does not.
pub(crate) fn refusal(status: u16, error: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": error, "error_description": "in its own words" }))
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

/// The address at which the browser ends after a yes to the sign-in page at `url`.
fn answer(url: &Url) -> String {
    format!("{}?session_state=x&code=c0de&state={}", parameter(url, "redirect_uri"), parameter(url, "state"))
}
