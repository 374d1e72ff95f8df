//! What stands between Saldo and the world here: a pass-through to the identity provider that writes down what goes by, and the
//! bank's API in its smallest form.

use super::ask::{http, sorted};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded;

/// Headers that belong to one connection.
const OF_THE_CONNECTION: [HeaderName; 3] = [header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// The pass-through. Ends when it is dropped or unplugged.
pub(crate) struct Wire {
    /// Base of the identity provider and of the API, as Saldo knows them.
    pub(crate) address: String,
    line: Arc<Line>,
    server: JoinHandle<()>,
}

struct Line {
    target: String,
    http: reqwest::Client,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Requests to the token endpoint with their answers, in order.
    grants: Vec<(BTreeMap<String, String>, u16, Value)>,
    /// Access tokens that the API was shown.
    shown: Vec<String>,
    /// Those that it does not take any more.
    refused: HashSet<String>,
}

impl Wire {
    /// To the identity provider at `target`.
    pub(crate) async fn to(target: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let line = Arc::new(Line { target: target.to_owned(), http: http(), seen: Mutex::default() });
        let router = Router::new()
            .route("/v1/bank-accounts", get(accounts))
            .route("/v1/bank-accounts/{id}/transactions", get(transactions))
            .fallback(pass)
            .with_state(Arc::clone(&line));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, line, server }
    }

    /// Nobody answers any more.
    pub(crate) async fn unplug(&mut self) {
        self.server.abort();
        assert!((&mut self.server).await.unwrap_err().is_cancelled());
    }

    /// How many requests the token endpoint has had.
    pub(crate) fn token_requests(&self) -> usize {
        self.look(|seen| seen.grants.len())
    }

    /// How many of them renewed a session.
    pub(crate) fn renewals(&self) -> usize {
        let renewed = |(form, status, _): &&(BTreeMap<String, String>, u16, Value)| {
            *status == 200 && form["grant_type"] == "refresh_token"
        };
        self.look(|seen| seen.grants.iter().filter(renewed).count())
    }

    /// All refresh tokens that were granted, oldest first: what a thief may have got hold of.
    pub(crate) fn refresh_tokens(&self) -> Vec<String> {
        self.granted("refresh_token")
    }

    /// The scope of each grant.
    pub(crate) fn scopes(&self) -> Vec<String> {
        self.granted("scope").iter().map(|scope| sorted(scope)).collect()
    }

    /// How many different access tokens the API was shown.
    pub(crate) fn access_tokens(&self) -> usize {
        self.look(|seen| seen.shown.iter().collect::<HashSet<_>>().len())
    }

    /// The API takes none of the access tokens any more that it has seen.
    pub(crate) fn refuse_known_tokens(&self) {
        self.look(|seen| seen.refused.extend(seen.shown.iter().cloned()));
    }

    fn granted(&self, name: &str) -> Vec<String> {
        let texts =
            |seen: &mut Seen| seen.grants.iter().filter_map(|(_, _, json)| Some(json[name].as_str()?.into())).collect();
        self.look(texts)
    }

    fn look<T>(&self, act: impl FnOnce(&mut Seen) -> T) -> T {
        act(&mut self.line.seen.lock().unwrap())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn pass(State(line): State<Arc<Line>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1024 * 1024).await.unwrap();
    let address = format!("{}{}", line.target, parts.uri);
    // The host stays the one that was asked for: a server that names itself after it stays the same for both sides.
    let onward = line.http.request(parts.method, address).headers(own(&parts.headers)).body(body.clone());
    let answer = onward.send().await.unwrap();
    let (status, headers) = (answer.status(), own(answer.headers()));
    let bytes = answer.bytes().await.unwrap();
    if parts.uri.path().ends_with("/token") {
        let form = form_urlencoded::parse(&body).into_owned().collect();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        line.seen.lock().unwrap().grants.push((form, status.as_u16(), json));
    }
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    // No connection outlives its request, so that unplugging cuts all of them.
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn own(headers: &HeaderMap) -> HeaderMap {
    let mut own = headers.clone();
    OF_THE_CONNECTION.iter().for_each(|name| drop(own.remove(name)));
    own
}

async fn accounts(State(line): State<Arc<Line>>, headers: HeaderMap) -> Response {
    let account = json!({ "id": 1, "iban": "SK3112000000198742637541", "currency": "EUR", "name": "Operating" });
    line.answer(&headers, json!([account]))
}

async fn transactions(State(line): State<Arc<Line>>, headers: HeaderMap) -> Response {
    line.answer(&headers, json!([]))
}

impl Line {
    fn answer(&self, headers: &HeaderMap, data: Value) -> Response {
        let bearer = headers[header::AUTHORIZATION].to_str().unwrap().strip_prefix("Bearer ").unwrap().to_owned();
        let mut seen = self.seen.lock().unwrap();
        let refused = seen.refused.contains(&bearer);
        seen.shown.push(bearer);
        if refused {
            let errors = json!({ "errors": [{ "code": "INVALID_ACCESS_TOKEN" }] });
            return (StatusCode::UNAUTHORIZED, Json(errors)).into_response();
        }
        Json(json!({ "data": data })).into_response()
    }
}
