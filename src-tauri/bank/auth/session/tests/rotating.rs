//! An identity provider that rotates refresh tokens and ends the session when one is used twice, as Keycloak does.

use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// What it knows; shared with the test.
#[derive(Debug, Clone)]
pub(super) struct Book {
    /// The number of the one good refresh token.
    pub(super) good: u64,
    pub(super) alive: bool,
    /// The numbers of the tokens that were sent, in order.
    pub(super) sent: Vec<u64>,
    /// How late it answers.
    pub(super) delay: Duration,
    /// Its answers are cut on their way: what it does is done, and nobody hears of it.
    pub(super) cut: bool,
}

/// The identity provider. Cheap to clone.
#[derive(Clone)]
pub(super) struct Rotating(Arc<Mutex<Book>>);

/// The refresh token of a number: long enough for two parts in the keychain, as Everifin's may be.
pub(super) fn refresh(number: u64) -> String {
    format!("refresh-{number}-{}", "x".repeat(3_000))
}

/// The number of a refresh token.
pub(super) fn number(token: &str) -> u64 {
    token.split('-').nth(1).unwrap().parse().unwrap()
}

impl Rotating {
    /// Begins at this server with token 0.
    pub(super) async fn on(server: &MockServer) -> Self {
        let book = Book { good: 0, alive: true, sent: Vec::new(), delay: Duration::ZERO, cut: false };
        let rotating = Self(Arc::new(Mutex::new(book)));
        let token = Mock::given(method("POST")).and(path_regex("/token$")).respond_with(rotating.clone());
        token.mount(server).await;
        rotating
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }

    /// How many requests came.
    pub(super) fn requests(&self) -> usize {
        self.book().sent.len()
    }

    /// The owner signs in again: the number of her new token.
    pub(super) fn sign_in(&self) -> u64 {
        let mut book = self.book();
        book.alive = true;
        book.good += 1;
        book.good
    }
}

impl Respond for Rotating {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let token = url::form_urlencoded::parse(&request.body).find(|(name, _)| name == "refresh_token").unwrap().1;
        let mut book = self.book();
        let sent = number(&token);
        book.sent.push(sent);
        // A token that is used again ends the session, the good token too.
        book.alive &= sent == book.good;
        let answer = if book.alive {
            book.good += 1;
            ResponseTemplate::new(200).set_body_json(json!({
                "access_token": format!("access-{}", book.good), "refresh_token": refresh(book.good),
                "expires_in": 300, "token_type": "Bearer",
            }))
        } else {
            ResponseTemplate::new(400).set_body_json(json!({ "error": "invalid_grant" }))
        };
        let answer = if book.cut { ResponseTemplate::new(200).set_body_string("{\"access_tok") } else { answer };
        answer.set_delay(book.delay)
    }
}
