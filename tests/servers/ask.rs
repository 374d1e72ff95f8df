//! Raw requests to an identity provider, past Saldo: a thief's, and those of the conformance test.

use super::realm;
use reqwest::redirect::Policy;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Null where it was no JSON.
    pub(crate) json: Value,
    /// Where it sends the browser.
    pub(crate) location: Option<String>,
}

impl Answer {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let location = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let json = serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null);
        Self { status, json, location }
    }

    /// The status and the error's name, which is all that Saldo acts on.
    pub(crate) fn verdict(&self) -> (u16, Option<&str>) {
        (self.status, self.json["error"].as_str())
    }

    /// The names of what it holds.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        self.json.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// The granted scope.
    pub(crate) fn scope(&self) -> String {
        sorted(self.json["scope"].as_str().unwrap_or_default())
    }

    /// The refresh token of a granted request.
    pub(crate) fn refresh_token(&self) -> String {
        self.json["refresh_token"].as_str().unwrap_or_else(|| panic!("{self:?}")).to_owned()
    }
}

/// The words of a scope in the order of the alphabet: Keycloak's own order changes from one start to the next.
pub(crate) fn sorted(scope: &str) -> String {
    scope.split(' ').collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// A client that follows nothing.
pub(crate) fn http() -> reqwest::Client {
    // Fails only where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

/// An endpoint of the realm.
pub(crate) fn endpoint(idp: &str, name: &str) -> String {
    format!("{idp}/auth/realms/{}/protocol/openid-connect/{name}", realm::name())
}

/// Posts a form. The client's credentials are added; `changes` replace fields, an empty one takes its field away.
pub(crate) async fn post(address: &str, fields: &[(&str, &str)], changes: &[(&str, &str)]) -> Answer {
    let own = [("client_id", realm::client_id()), ("client_secret", realm::client_secret())];
    let form = changed(&[&own, fields].concat(), changes);
    Answer::of(http().post(address).form(&form).send().await.unwrap()).await
}

/// Renews with a refresh token.
pub(crate) async fn renew(idp: &str, token: &str) -> Answer {
    let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
    post(&endpoint(idp, "token"), &fields, &[]).await
}

/// The fields with some of them changed or, where the change is empty, taken away.
pub(crate) fn changed<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().filter(|(_, value)| !value.is_empty())).copied().collect()
}
