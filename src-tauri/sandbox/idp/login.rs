//! The browser's side: the authorization request, the login page, the consent page, and the way back to the client.

use super::{
    codes::{Code, well_formed},
    issuer,
    reply::{Params, cookie, redirect, set_cookie, with_query},
    sessions::{self, UserSession},
};
use crate::{
    pages,
    shared::{Live, Shared},
};
use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{collections::BTreeSet, sync::Arc};

/// The owner's user name in the demo.
pub const OWNER_LOGIN: &str = "marta@brezan.example";
/// Somebody else with an account at the same Everifin, and no bank connected there. Has the owner's password.
pub const COLLEAGUE_LOGIN: &str = "jan@brezan.example";
/// Her password; the login page says it.
pub const OWNER_PASSWORD: &str = "everything-here-is-invented";

const BROWSER_COOKIE: &str = "AUTH_SESSION_ID";
const IDENTITY_COOKIE: &str = "KEYCLOAK_IDENTITY";
/// Scopes that stand for something the owner has to allow.
const CONSENT_SCOPES: [&str; 2] = ["ais", "pis"];

/// One authorization request while its pages are open.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    /// The browser it belongs to.
    browser: String,
    opened: DateTime<Utc>,
    request: Request,
    /// The browser session after the password was right.
    session: Option<String>,
    /// Where it ended.
    done: Option<String>,
}

/// A checked authorization request.
#[derive(Debug, Clone)]
struct Request {
    client: String,
    redirect: String,
    state: Option<String>,
    nonce: Option<String>,
    scope: String,
    challenge: String,
    prompt: Option<String>,
    /// The realm's name at the address that was asked.
    issuer: String,
}

/// `GET auth`.
pub(crate) async fn authorize(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    begin(&shared, &headers, &Params::parse(query.unwrap_or_default().as_bytes()))
}

/// `POST auth`, which OpenID Connect allows too.
pub(crate) async fn authorize_by_form(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    begin(&shared, &headers, &Params::parse(&body))
}

fn begin(shared: &Shared, headers: &HeaderMap, params: &Params) -> Response {
    // Without a known client and one of its own addresses there is nowhere to send an answer to: an error page.
    let client = match params.one("client_id") {
        None => return pages::error(StatusCode::BAD_REQUEST, "Invalid Request"),
        Some(id) => match shared.clients.iter().find(|client| client.id == id) {
            None => return pages::error(StatusCode::BAD_REQUEST, "Client not found."),
            Some(client) => client,
        },
    };
    let Some(address) = params.one("redirect_uri").filter(|uri| client.may_redirect_to(uri)) else {
        return pages::error(StatusCode::BAD_REQUEST, "Invalid parameter: redirect_uri");
    };
    let issuer = issuer(shared, headers);
    let fail = |error, description| redirect(&failure(address, params.one("state"), &issuer, error, description));
    let request = match check(client, address, params, &issuer) {
        Ok(request) => request,
        Err((error, description)) => return fail(error, description),
    };
    let identity = cookie(headers, IDENTITY_COOKIE).map(str::to_owned);
    shared.change(|live| {
        live.count("authorization requested");
        let now = shared.now();
        let known = identity.filter(|_| request.prompt.as_deref() != Some("login") && !live.disabled);
        let session = known.and_then(|identity| {
            let alive = |s: &&UserSession| s.cookie == identity && s.alive(now, &shared.lifetimes);
            live.kept.sessions.iter().find(alive).map(|s| s.id.clone())
        });
        let must_ask = request.prompt.as_deref() == Some("consent") || !live.has_granted(&request);
        match (&session, request.prompt.as_deref()) {
            (Some(session), _) if !must_ask => redirect(&succeed(shared.now(), live, &request, session)),
            (None, Some("none")) => fail("login_required", None),
            (Some(_), Some("none")) => fail("interaction_required", None),
            _ => {
                let browser = match cookie(headers, BROWSER_COOKIE) {
                    Some(known) => known.to_owned(),
                    None => live.hex(16),
                };
                let id = live.hex(8);
                let logged_in = session.is_some();
                live.tabs.retain(|_, tab| now - tab.opened < TimeDelta::hours(1));
                live.tabs.insert(
                    id.clone(),
                    Tab { browser: browser.clone(), opened: now, request: request.clone(), session, done: None },
                );
                let mut page = if logged_in {
                    pages::consent(&shared.realm, &id, &request.client, &scopes(&request), &request.redirect)
                } else {
                    pages::login(&shared.realm, &id, OWNER_LOGIN, None, &request.redirect)
                };
                set_cookie(&mut page, BROWSER_COOKIE, &browser, &shared.realm);
                page
            }
        }
    })
}

fn check(
    client: &super::clients::Client,
    address: &str,
    params: &Params,
    issuer: &str,
) -> Result<Request, (&'static str, Option<&'static str>)> {
    if params.duplicated() {
        return Err(("invalid_request", Some("duplicated parameter")));
    }
    match params.one("response_type") {
        None => return Err(("invalid_request", Some("Missing parameter: response_type"))),
        Some("code") => {}
        Some(_) => return Err(("unsupported_response_type", None)),
    }
    let scope = params.one("scope").unwrap_or("ais");
    let mut asked: Vec<&str> = Vec::new();
    for scope in scope.split_whitespace() {
        if !client.scopes.iter().any(|own| own == scope) {
            return Err(("invalid_scope", Some("Invalid scopes")));
        }
        if !asked.contains(&scope) {
            asked.push(scope);
        }
    }
    // PKCE by S256 and nothing less, as Keycloak does for a client that is set up so.
    let wrong = match (params.one("code_challenge"), params.one("code_challenge_method")) {
        (_, None) => Some("Missing parameter: code_challenge_method"),
        (_, Some(method)) if method != "S256" => {
            Some("Invalid parameter: code challenge method is not matching the configured one")
        }
        (None, Some(_)) => Some("Missing parameter: code_challenge"),
        (Some(challenge), Some(_)) if !well_formed(challenge) => Some("Invalid parameter: code_challenge"),
        (Some(_), Some(_)) => None,
    };
    if wrong.is_some() {
        return Err(("invalid_request", wrong));
    }
    Ok(Request {
        client: client.id.clone(),
        redirect: address.to_owned(),
        state: params.one("state").map(str::to_owned),
        nonce: params.one("nonce").map(str::to_owned),
        scope: asked.join(" "),
        challenge: params.one("code_challenge").unwrap_or_default().to_owned(),
        prompt: params.one("prompt").map(str::to_owned),
        issuer: issuer.to_owned(),
    })
}

/// `POST login-actions/authenticate`.
pub(crate) async fn authenticate(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    shared.change(|live| {
        let (id, tab) = match open_tab(live, &headers, query.as_deref()) {
            Ok(found) => found,
            Err(page) => return *page,
        };
        let name = form.one("username").unwrap_or_default();
        let users = [(OWNER_LOGIN, sessions::OWNER), (COLLEAGUE_LOGIN, sessions::COLLEAGUE)];
        let known = users.into_iter().find(|(login, _)| name.trim().eq_ignore_ascii_case(login));
        let Some((_, subject)) = known.filter(|_| form.one("password") == Some(OWNER_PASSWORD)) else {
            live.count("wrong password");
            let message = Some("Invalid username or password.");
            return pages::login(&shared.realm, &id, name, message, &tab.request.redirect);
        };
        if live.disabled {
            let message = Some("Account is disabled, contact your administrator.");
            return pages::login(&shared.realm, &id, name, message, &tab.request.redirect);
        }
        let now = shared.now();
        let session = UserSession {
            id: live.uuid(),
            subject: subject.to_owned(),
            cookie: live.hex(32),
            started: now,
            last_use: now,
            ended: None,
            clients: Vec::new(),
        };
        let (session_id, identity) = (session.id.clone(), session.cookie.clone());
        // A dead session is kept for a while: it explains why an old refresh token fails.
        live.kept.sessions.retain(|old| now - old.last_use < TimeDelta::days(90));
        live.kept.sessions.push(session);
        live.count("signed in with password");
        let mut response = if live.has_granted(&tab.request) && tab.request.prompt.as_deref() != Some("consent") {
            finish(live, &id, |live| succeed(now, live, &tab.request, &session_id))
        } else {
            if let Some(tab) = live.tabs.get_mut(&id) {
                tab.session = Some(session_id);
            }
            redirect(&format!("/auth/realms/{}/login-actions/consent?tab_id={id}", shared.realm))
        };
        set_cookie(&mut response, IDENTITY_COOKIE, &identity, &shared.realm);
        response
    })
}

/// `GET login-actions/consent`.
pub(crate) async fn consent_page(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    shared.look(|live| match open_tab(live, &headers, query.as_deref()) {
        Ok((id, tab)) if tab.session.is_some() => {
            pages::consent(&shared.realm, &id, &tab.request.client, &scopes(&tab.request), &tab.request.redirect)
        }
        Ok(_) => pages::error(StatusCode::BAD_REQUEST, "Please sign in first."),
        Err(page) => *page,
    })
}

/// `POST login-actions/consent` with `decision=accept` or `decision=cancel`.
pub(crate) async fn consent(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    shared.change(|live| {
        let (id, tab) = match open_tab(live, &headers, query.as_deref()) {
            Ok(found) => found,
            Err(page) => return *page,
        };
        let Some(session) = tab.session.clone() else {
            return pages::error(StatusCode::BAD_REQUEST, "Please sign in first.");
        };
        if form.one("decision") != Some("accept") {
            live.count("consent denied");
            // Nobody is signed in by a sign-in that came to nothing.
            live.kept.sessions.retain(|known| known.id != session || !known.clients.is_empty());
            let Request { redirect, state, issuer, .. } = &tab.request;
            return finish(live, &id, |_| failure(redirect, state.as_deref(), issuer, "access_denied", None));
        }
        let scopes: BTreeSet<String> = tab.request.scope.split(' ').map(str::to_owned).collect();
        live.kept.granted.entry(tab.request.client.clone()).or_default().extend(scopes);
        finish(live, &id, |live| succeed(shared.now(), live, &tab.request, &session))
    })
}

/// Sends the browser back and remembers where to, for a second press of the button.
fn finish(live: &mut Live, id: &str, end: impl FnOnce(&mut Live) -> String) -> Response {
    let address = end(live);
    if let Some(tab) = live.tabs.get_mut(id) {
        tab.done = Some(address.clone());
    }
    redirect(&address)
}

/// The tab of `tab_id`, if it is open and belongs to this browser.
fn open_tab(live: &Live, headers: &HeaderMap, query: Option<&str>) -> Result<(String, Tab), Box<Response>> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let found = params.one("tab_id").and_then(|id| Some((id.to_owned(), live.tabs.get(id)?.clone())));
    match (found, cookie(headers, BROWSER_COOKIE)) {
        (None, _) => Err(Box::new(pages::error(
            StatusCode::BAD_REQUEST,
            "This page has expired. Start again from the application.",
        ))),
        (Some((_, tab)), Some(browser)) if tab.browser != browser => Err(Box::new(no_cookie())),
        (Some(_), None) => Err(Box::new(no_cookie())),
        (Some((_, Tab { done: Some(address), .. })), _) => Err(Box::new(pages::already_done(&address))),
        (Some(found), Some(_)) => Ok(found),
    }
}

fn no_cookie() -> Response {
    pages::error(
        StatusCode::BAD_REQUEST,
        "Restart login cookie not found. It may have expired, or cookies are off in this browser.",
    )
}

/// Makes a code and the address that carries it to the client.
fn succeed(now: DateTime<Utc>, live: &mut Live, request: &Request, session: &str) -> String {
    let value = format!("{}.{session}.{}", live.uuid(), live.uuid());
    live.codes.insert(
        value.clone(),
        Code {
            value: value.clone(),
            client: request.client.clone(),
            redirect: request.redirect.clone(),
            session: session.to_owned(),
            scope: request.scope.clone(),
            nonce: request.nonce.clone(),
            challenge: request.challenge.clone(),
            made: now,
            used: false,
            client_session: None,
        },
    );
    let mut params: Vec<(&str, &str)> = Vec::new();
    params.extend(request.state.as_deref().map(|state| ("state", state)));
    params.extend([("session_state", session), ("iss", &request.issuer), ("code", &value)]);
    with_query(&request.redirect, &params)
}

fn failure(address: &str, state: Option<&str>, issuer: &str, error: &str, description: Option<&str>) -> String {
    let mut params = vec![("error", error)];
    params.extend(description.map(|text| ("error_description", text)));
    params.extend(state.map(|state| ("state", state)));
    params.push(("iss", issuer));
    with_query(address, &params)
}

fn scopes(request: &Request) -> Vec<&str> {
    request.scope.split(' ').collect()
}

impl Live {
    /// Whether the owner has allowed this client everything it asks for.
    fn has_granted(&self, request: &Request) -> bool {
        let granted = self.kept.granted.get(&request.client);
        scopes(request)
            .iter()
            .filter(|scope| CONSENT_SCOPES.contains(scope))
            .all(|scope| granted.is_some_and(|granted| granted.contains(*scope)))
    }
}

/// `GET logout`: asks.
pub(crate) async fn logout_page(State(shared): State<Arc<Shared>>) -> Response {
    pages::sign_out(&shared.realm)
}

/// `POST login-actions/logout`: ends the browser's session.
pub(crate) async fn logout_browser(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let identity = cookie(&headers, IDENTITY_COOKIE).map(str::to_owned);
    shared.change(|live| live.kept.sessions.retain(|session| Some(&session.cookie) != identity.as_ref()));
    let mut page = pages::signed_out();
    set_cookie(&mut page, IDENTITY_COOKIE, "", &shared.realm);
    page
}
