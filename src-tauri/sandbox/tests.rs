//! The sandbox from outside, over real HTTP.

mod accounts;
mod faults;
mod identity;
mod keeping;
mod pages;
mod payments;
mod personalities;
mod rotation;

use crate::visitor::Visitor;
use crate::{Builder, Sandbox};
use chrono::{DateTime, Utc};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::Value;
use std::sync::Once;
use url::{Url, form_urlencoded};

pub(crate) const CALLBACK: &str = "app.saldo.desktop:/oauth/callback";
// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The moment at which the tests' worlds begin.
pub(crate) fn morning() -> DateTime<Utc> {
    "2026-10-14T08:42:11.250Z".parse().unwrap()
}

pub(crate) fn builder() -> Builder {
    Sandbox::builder().seed(7).clock(morning).client("saldo", "hush").control(true)
}

/// A sandbox with a client that talks to it as Saldo would.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
    pub(crate) visitor: Visitor,
    pub(crate) access: String,
    pub(crate) refresh: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) text: String,
}

pub(crate) fn http() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(builder()).await
    }

    /// Started, but nobody has signed in.
    pub(crate) async fn with(builder: Builder) -> Self {
        let sandbox = builder.start().await.unwrap();
        let visitor = sandbox.visitor();
        Self { sandbox, http: http(), visitor, access: String::new(), refresh: String::new() }
    }

    pub(crate) async fn signed_in() -> Self {
        let mut bench = Self::new().await;
        bench.sign_in("ais pis").await;
        bench
    }

    pub(crate) async fn sign_in(&mut self, scope: &str) -> Answer {
        let code = self.code(scope).await;
        let answer = self.exchange(&code, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.take(&answer);
        answer
    }

    pub(crate) fn take(&mut self, answer: &Answer) {
        self.access = answer.json["access_token"].as_str().unwrap().to_owned();
        self.refresh = answer.json["refresh_token"].as_str().unwrap().to_owned();
    }

    pub(crate) fn oidc(&self, endpoint: &str) -> String {
        format!("{}/auth/realms/everifin_app/protocol/openid-connect/{endpoint}", self.sandbox.idp_url())
    }

    /// The authorization address, with some parameters changed; an empty value takes one away.
    pub(crate) fn authorize(&self, scope: &str, changes: &[(&str, &str)]) -> String {
        let plain = [
            ("client_id", "saldo"),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", scope),
            ("state", "S"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        format!("{}?{}", self.oidc("auth"), form(&plain, changes))
    }

    pub(crate) async fn code(&mut self, scope: &str) -> String {
        let address = self.authorize(scope, &[]);
        param(&self.visitor.sign_in(&address).await.unwrap(), "code").unwrap()
    }

    pub(crate) async fn exchange(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let plain = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", "saldo"),
            ("client_secret", "hush"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.post(&self.oidc("token"), form(&plain, changes)).await
    }

    pub(crate) async fn renew(&self, token: &str, changes: &[(&str, &str)]) -> Answer {
        let plain = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", "saldo"),
            ("client_secret", "hush"),
        ];
        self.post(&self.oidc("token"), form(&plain, changes)).await
    }

    pub(crate) async fn post(&self, address: &str, body: String) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        send(self.http.post(address).header("content-type", kind).body(body)).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.sandbox.api_url()))
            .bearer_auth(&self.access)
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("user-agent", "Saldo/0.1 (Linux; x86_64)")
            .header("client-ip-address", "203.0.113.9")
            .header("x-ef-sender-ip", "203.0.113.9")
            .header("x-ef-sender-user-agent", "Saldo/0.1 (Linux; x86_64)")
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn write(&self, method: Method, path: &str, body: impl Into<String>) -> Answer {
        send(self.request(method, path).body(body.into())).await
    }

    pub(crate) async fn control(&self, name: &str, body: &str) -> Answer {
        self.post(&format!("{}/control/{name}", self.sandbox.api_url()), body.to_owned()).await
    }

    /// All transactions of an account, page by page.
    pub(crate) async fn all(&self, account: u64, query: &str) -> Vec<Value> {
        let mut rows = Vec::new();
        for page in 1.. {
            let path = format!("/v1/bank-accounts/{account}/transactions?countPerPage=500&page={page}{query}");
            let answer = self.get(&path).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            rows.extend(answer.json["data"].as_array().unwrap().clone());
            let pagination = &answer.json["meta"]["pagination"];
            if pagination["last"].as_u64().unwrap() == page {
                assert_eq!(pagination["countTotal"].as_u64().unwrap(), rows.len() as u64);
                break;
            }
        }
        rows
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    Answer { status, json: serde_json::from_str(&text).unwrap_or(Value::Null), text }
}

fn form(plain: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let kept = plain.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .extend_pairs(changes.iter().filter(|(_, value)| !value.is_empty()))
        .finish()
}

pub(crate) fn param(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
