//! The owner's client at Everifin, checked, and the addresses that follow from it.

use super::http::is_loopback;
use super::{CredentialsInput, Environment};
use crate::failure::{FailureKind, Result};
use crate::vault::{Binding, Secret};
use sha2::{Digest, Sha256};
use url::Url;

/// Checked client credentials: addresses are usable, nothing is blank.
#[derive(Debug, Clone)]
pub struct Client {
    idp: Url,
    api: Url,
    realm: String,
    client_id: String,
    secret: Secret<String>,
    payments: bool,
}

impl Client {
    /// Checks credentials. `AddressInvalid` unless both addresses are https (or http on loopback) without user, query and
    /// fragment; `CredentialsMissing` where realm, id or secret is blank or has characters that cannot be in one.
    pub fn new(
        environment: &Environment,
        realm: &str,
        client_id: &str,
        secret: Secret<String>,
        payments: bool,
    ) -> Result<Self> {
        let (idp, api) = environment.addresses();
        let (idp, api) = (base(idp)?, base(api)?);
        let (realm, client_id) = (realm.trim(), client_id.trim());
        let secret = Secret::new(secret.expose().trim().to_owned());
        let realm_is_plain = realm.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        let plain = |text: &str| (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(realm) || !realm_is_plain || realm.starts_with('.') || !plain(client_id) || !plain(secret.expose()) {
            return Err(FailureKind::CredentialsMissing.into());
        }
        Ok(Self { idp, api, realm: realm.into(), client_id: client_id.into(), secret, payments })
    }

    /// Base of the API, without `/v1`.
    pub fn api(&self) -> &Url {
        &self.api
    }

    /// The identity provider's name for itself, as it stands in `iss` (RFC 9207).
    pub(crate) fn issuer(&self) -> String {
        format!("{}/auth/realms/{}", self.idp.as_str().trim_end_matches('/'), self.realm)
    }

    /// An OpenID Connect endpoint of the realm: `auth`, `token` or `logout`.
    pub(super) fn endpoint(&self, name: &str) -> Url {
        let mut url = self.idp.clone();
        url.set_path(&format!(
            "{}/auth/realms/{}/protocol/openid-connect/{name}",
            self.idp.path().trim_end_matches('/'),
            self.realm
        ));
        url
    }

    pub(super) fn id(&self) -> &str {
        &self.client_id
    }

    /// The fields by which the client names itself in a form.
    pub(super) fn fields(&self) -> [(&'static str, &str); 2] {
        [("client_id", &self.client_id), ("client_secret", self.secret.expose())]
    }

    pub(super) fn scope(&self) -> &'static str {
        if self.payments { "ais pis" } else { "ais" }
    }

    /// To which client a kept refresh token belongs.
    pub(crate) fn binding(&self) -> Binding {
        let digest = Sha256::digest(format!("{}\n{}", self.endpoint("token"), self.client_id));
        let mut binding = [0; 16];
        binding.copy_from_slice(&digest[..16]);
        Binding(binding)
    }
}

impl Environment {
    /// Everifin's web application, where the owner connects banks and renews their consents: it stands where the identity
    /// provider does (everifin-api.md 2).
    pub fn web_app(&self) -> &str {
        self.addresses().0
    }

    /// Bases of the identity provider and of the API (everifin-api.md 2).
    pub fn addresses(&self) -> (&str, &str) {
        match self {
            Self::Production => ("https://app.everifin.com", "https://api.everifin.com"),
            Self::Stage => ("https://app.stage.everifin.com", "https://api.stage.everifin.com"),
            Self::Custom { idp, api } => (idp, api),
        }
    }
}

impl CredentialsInput {
    /// Checks what was entered, with the stored secret where none was entered anew.
    pub fn check(&self, stored: Option<Secret<String>>) -> Result<Client> {
        let entered = self.client_secret.clone().filter(|secret| !secret.expose().trim().is_empty());
        let secret = entered.or(stored).unwrap_or_else(|| Secret::new(String::new()));
        Client::new(&self.environment, &self.realm, &self.client_id, secret, self.payments)
    }
}

fn base(text: &str) -> Result<Url> {
    let wrong = || FailureKind::AddressInvalid.into();
    let text = text.trim();
    // The parser drops line breaks and the like silently.
    if text.len() > 2_000 || !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(wrong());
    }
    let url = Url::parse(text).map_err(|_| wrong())?;
    let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    let plain = url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if safe && plain { Ok(url) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(idp: &str, realm: &str, id: &str, secret: &str) -> Result<Client, FailureKind> {
        let environment = Environment::Custom { idp: idp.into(), api: "https://api.example".into() };
        Client::new(&environment, realm, id, Secret::new(secret.into()), false).map_err(|failure| failure.kind)
    }

    #[test]
    fn addresses_are_https_or_on_this_computer() {
        for good in [
            "https://a.example",
            " https://a.example/ ",
            "https://a.example:8443/base",
            "http://localhost:1",
            "http://127.0.0.1:8080/",
            "http://[::1]:80",
        ] {
            assert!(client(good, "r", "c", "s").is_ok(), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "http://a.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "ftp://a.example",
            "https://u@a.example",
            "https://u:p@a.example",
            "https://a.example/?q",
            "https://a.example#f",
            "https://a.exa\nmple",
            "https:\\\\a.example",
            "javascript:alert(1)",
            "https://",
        ] {
            assert_eq!(client(bad, "r", "c", "s").err(), Some(FailureKind::AddressInvalid), "{bad}");
        }
    }

    #[test]
    fn blank_or_odd_credentials_are_missing() {
        for (realm, id, secret) in [
            ("", "c", "s"),
            ("r", " ", "s"),
            ("r", "c", ""),
            ("a/b", "c", "s"),
            ("..", "c", "s"),
            ("r", "c d", "s"),
            ("r", "c", "s\ns"),
        ] {
            let outcome = client("https://a.example", realm, id, secret);
            assert_eq!(outcome.err(), Some(FailureKind::CredentialsMissing), "{realm:?} {id:?} {secret:?}");
        }
    }

    #[test]
    fn endpoints_follow_the_documented_paths() {
        let client = client("https://a.example/base/", "everifin_app", "c", " s ").unwrap();
        assert_eq!(client.issuer(), "https://a.example/base/auth/realms/everifin_app");
        assert_eq!(
            client.endpoint("token").as_str(),
            "https://a.example/base/auth/realms/everifin_app/protocol/openid-connect/token"
        );
        assert_eq!(client.fields()[1], ("client_secret", "s"));
    }

    #[test]
    fn a_token_belongs_to_one_client_of_one_server() {
        let binding = |idp, id| client(idp, "r", id, "s").unwrap().binding();
        assert_eq!(binding("https://a.example", "c"), binding("https://a.example/", "c"));
        assert_ne!(binding("https://a.example", "c"), binding("https://b.example", "c"));
        assert_ne!(binding("https://a.example", "c"), binding("https://a.example", "d"));
    }
}
