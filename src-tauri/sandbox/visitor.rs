//! What a person does in her browser, without one: the same requests, cookies and redirects, handed to the sandbox directly.

use crate::idp::login::{OWNER_LOGIN, OWNER_PASSWORD};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use std::collections::BTreeMap;
use tower_service::Service;
use url::form_urlencoded;

/// Why the visitor did not get on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VisitorError {
    /// A page came where a redirect was expected; its status and its text.
    #[error("the sandbox answered {status}: {page}")]
    Page {
        /// HTTP status.
        status: u16,
        /// The page's HTML.
        page: String,
    },
    /// The address is not one of the sandbox.
    #[error("not an address of the sandbox")]
    Address,
}

/// A person with a browser: keeps cookies, signs in, allows, denies, approves, rejects. Each act ends with the address
/// outside the sandbox to which the browser was sent.
pub(crate) struct Visitor {
    router: Router,
    /// As whom she signs in.
    pub(crate) login: &'static str,
    /// Path of the realm.
    realm: String,
    cookies: BTreeMap<String, String>,
}

/// A page that was answered.
struct Page {
    status: StatusCode,
    location: Option<String>,
    html: String,
}

impl Visitor {
    pub(crate) fn new(router: Router, realm: &str) -> Self {
        Self { router, login: OWNER_LOGIN, realm: format!("/auth/realms/{realm}"), cookies: BTreeMap::new() }
    }

    /// Opens the authorization address, signs in as the owner where asked, and allows what the client wants. Gives the
    /// redirect to the client.
    ///
    /// # Errors
    /// [`VisitorError`] when the sandbox shows an error page instead.
    pub(crate) async fn sign_in(&mut self, authorize: &str) -> Result<String, VisitorError> {
        self.authorize(authorize, OWNER_PASSWORD, "accept").await
    }

    /// The same, but says no when asked for consent.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in).
    pub(crate) async fn deny(&mut self, authorize: &str) -> Result<String, VisitorError> {
        self.authorize(authorize, OWNER_PASSWORD, "cancel").await
    }

    /// Tries a password; a wrong one gives [`VisitorError::Page`].
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in).
    pub(crate) async fn sign_in_with(&mut self, authorize: &str, password: &str) -> Result<String, VisitorError> {
        self.authorize(authorize, password, "accept").await
    }

    /// Approves the payment behind the bank's address.
    ///
    /// # Errors
    /// [`VisitorError`] when the bank has no such payment, or it is decided already.
    pub(crate) async fn approve(&mut self, bank_page: &str) -> Result<String, VisitorError> {
        self.decide(bank_page, "approve", None).await
    }

    /// Approves it from the account with that identifier, where the client named none.
    ///
    /// # Errors
    /// As [`approve`](Self::approve).
    pub(crate) async fn approve_from(&mut self, bank_page: &str, account: u64) -> Result<String, VisitorError> {
        self.decide(bank_page, "approve", Some(account)).await
    }

    /// Rejects the payment behind the bank's address.
    ///
    /// # Errors
    /// As [`approve`](Self::approve).
    pub(crate) async fn reject(&mut self, bank_page: &str) -> Result<String, VisitorError> {
        self.decide(bank_page, "reject", None).await
    }

    /// Renews a bank's consent (by identifier) on Everifin's own page.
    ///
    /// # Errors
    /// [`VisitorError`] when there is no such bank.
    pub(crate) async fn renew_bank(&mut self, bank: &str) -> Result<(), VisitorError> {
        let page = self.open("POST", &format!("/banks/{bank}/renew"), &[]).await?;
        if page.location.is_some() { Ok(()) } else { Err(page.into()) }
    }

    /// Ends the browser's session; applications stay signed in only as long as their access tokens last.
    ///
    /// # Errors
    /// [`VisitorError`] when the realm has no sign-out page.
    pub(crate) async fn sign_out(&mut self) -> Result<(), VisitorError> {
        let page = self.open("GET", &format!("{}/protocol/openid-connect/logout", self.realm), &[]).await?;
        let form = form_target(&page.html).ok_or(VisitorError::from(page))?;
        self.open("POST", &form, &[]).await.map(|_| ())
    }

    async fn authorize(&mut self, address: &str, password: &str, decision: &str) -> Result<String, VisitorError> {
        let mut page = self.open("GET", address, &[]).await?;
        // Login, the redirect to the consent page, and the consent page: no honest flow has more steps.
        for _ in 0..4 {
            let form = form_target(&page.html);
            page = match (&page.location, form) {
                (Some(location), _) if location.starts_with('/') => self.open("GET", &location.clone(), &[]).await?,
                (Some(location), _) => return Ok(location.clone()),
                (None, Some(form)) if form.contains("/authenticate?") => {
                    self.open("POST", &form, &[("username", self.login), ("password", password)]).await?
                }
                (None, Some(form)) if form.contains("/consent?") => {
                    self.open("POST", &form, &[("decision", decision)]).await?
                }
                (None, _) => return Err(page.into()),
            };
        }
        page.location.clone().ok_or_else(|| page.into())
    }

    async fn decide(&mut self, address: &str, decision: &str, account: Option<u64>) -> Result<String, VisitorError> {
        let page = self.open("GET", address, &[]).await?;
        if page.status != StatusCode::OK {
            return Err(page.into());
        }
        let account = account.map(|account| account.to_string());
        let mut fields = vec![("decision", decision)];
        fields.extend(account.as_deref().map(|account| ("account", account)));
        let page = self.open("POST", address, &fields).await?;
        page.location.clone().ok_or_else(|| page.into())
    }

    async fn open(&mut self, method: &str, address: &str, fields: &[(&str, &str)]) -> Result<Page, VisitorError> {
        let path = match address.split_once("://") {
            Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
            None => address,
        };
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()))
            .map_err(|_| VisitorError::Address)?;
        let Ok(response) = self.router.call(request).await;
        Ok(self.read(response).await)
    }

    async fn read(&mut self, response: Response<Body>) -> Page {
        for line in response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location =
            response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let status = response.status();
        let html = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        Page { status, location, html: String::from_utf8_lossy(&html).into_owned() }
    }
}

impl From<Page> for VisitorError {
    fn from(page: Page) -> Self {
        Self::Page { status: page.status.as_u16(), page: page.html }
    }
}

/// Where the page's form goes, unless the page complains.
fn form_target(html: &str) -> Option<String> {
    if html.contains(r#"role="alert""#) {
        return None;
    }
    let from = html.find(r#"action=""#)? + 8;
    let to = html.get(from..)?.find('"')? + from;
    html.get(from..to).map(str::to_owned)
}
