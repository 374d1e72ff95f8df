//! Every page a person sees here: plain HTML without scripts, and each says that nothing on it is real.

mod portal;

use crate::{
    amount::{Amount, readable},
    iban::grouped,
    idp::login::OWNER_PASSWORD,
    payments::{approval, book::Payment},
    shared::{Live, Shared},
    world::cast::{BANKS, OWNER},
};
use axum::{
    Router,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use url::Url;

const STYLE: &str = include_str!("demo.css");
const EYE: &str = r#"<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z"/><circle cx="8" cy="8" r="1.75"/></svg>"#;
const SEND: &str = r#"<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" aria-hidden="true"><path d="M2 7.5 14 2 9.5 14 7.5 8.5Z"/></svg>"#;
const FLASK: &str = r#"<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6.5 2h3M7 2v4.5L3 13.2a.8.8 0 0 0 .7 1.3h8.6a.8.8 0 0 0 .7-1.3L9 6.5V2M5 10.5h6"/></svg>"#;

/// The style sheet, the banks' marks, and Everifin's own page.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/assets/{file}", get(asset)).merge(portal::routes())
}

async fn asset(Path(file): Path<String>) -> Response {
    if file == "demo.css" {
        return ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response();
    }
    match BANKS.iter().find(|bank| file.strip_suffix(".svg") == Some(bank.id)) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(bank) => {
            let svg = format!(
                r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#F7F6F3"/><text x="16" y="20.5" text-anchor="middle" font-family="sans-serif" font-weight="600" font-size="12" fill="#55524A">{}</text></svg>"##,
                escape(bank.short)
            );
            ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
        }
    }
}

/// A card on a page. `leads_to` is where its forms may end up besides the sandbox itself: browsers hold a form's
/// redirects to the policy too.
struct Card<'a> {
    title: &'a str,
    mark: &'a str,
    place: &'a str,
    side: &'a str,
    wide: bool,
    body: String,
    leads_to: Option<&'a str>,
}

impl Card<'_> {
    fn render(&self, status: StatusCode) -> Response {
        let html = format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}, {place} (demo)</title>
<link rel="stylesheet" href="/assets/demo.css">
</head>
<body>
<p class="demo" role="note">{FLASK}<span>This is Saldo’s demo on your own computer. Everything here is invented; no bank and no money is involved.</span></p>
<main>
<div class="card{wide}">
<div class="head"><span class="tile" aria-hidden="true">{mark}</span>{place}<small>{side}</small></div>
{body}
</div>
</main>
</body>
</html>
"#,
            title = escape(self.title),
            place = escape(self.place),
            mark = escape(self.mark),
            side = escape(self.side),
            wide = if self.wide { " wide" } else { "" },
            body = self.body,
        );
        let mut response = (status, html).into_response();
        let target = self.leads_to.and_then(source_of).map(|source| format!(" {source}")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{target}; frame-ancestors 'none'; base-uri 'none'"
        );
        let headers = [
            (header::CONTENT_SECURITY_POLICY, policy.as_str()),
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("x-frame-options"), "DENY"),
        ];
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// The source expression of an address for a content security policy: its origin, or its scheme alone.
fn source_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(match url.origin() {
        origin if origin.is_tuple() => origin.ascii_serialization(),
        _ => format!("{}:", url.scheme()),
    })
}

fn everifin(title: &str, body: String, leads_to: Option<&str>, status: StatusCode) -> Response {
    Card { title, mark: "Ev", place: "Everifin", side: "Demo", wide: false, body, leads_to }.render(status)
}

/// The login page.
pub(crate) fn login(realm: &str, tab: &str, user: &str, error: Option<&str>, leads_to: &str) -> Response {
    let alert = error
        .map(|text| format!(r#"<p class="alert" role="alert" id="wrong">{}</p>"#, escape(text)))
        .unwrap_or_default();
    let invalid = if error.is_some() {
        r#" aria-invalid="true" aria-describedby="wrong hint""#
    } else {
        r#" aria-describedby="hint""#
    };
    // The demo fills its own password in; after a wrong one the field stays empty.
    let filled = if error.is_some() { "" } else { OWNER_PASSWORD };
    let told = if error.is_some() { "" } else { " Her name and password are filled in." };
    let body = format!(
        r#"<div class="body">
<h1>Sign in to your account</h1>
<p class="lead">In the demo you are Marta, who runs {OWNER}{told}</p>
{alert}
<form method="post" action="/auth/realms/{realm}/login-actions/authenticate?tab_id={tab}">
<label class="field">E-mail<input name="username" type="email" value="{user}" autocomplete="username" required{invalid}></label>
<label class="field">Password<input name="password" type="password" value="{filled}" autocomplete="off" required{invalid}></label>
<p class="small hint" id="hint">The demo’s password is <b>{OWNER_PASSWORD}</b></p>
<div class="actions"><button class="btn primary" type="submit" id="sign-in">Sign in</button></div>
</form>
</div>"#,
        realm = escape(realm),
        tab = escape(tab),
        user = escape(user),
    );
    everifin("Sign in", body, Some(leads_to), StatusCode::OK)
}

/// The consent page.
pub(crate) fn consent(realm: &str, tab: &str, client: &str, scopes: &[&str], leads_to: &str) -> Response {
    let grants: String = scopes
        .iter()
        .filter_map(|scope| match *scope {
            "ais" => {
                Some((EYE, "Read your accounts", "Names, balances and transactions of the accounts you connected"))
            }
            "pis" => Some((SEND, "Prepare payments", "You approve each one at your bank; nothing is paid without you")),
            _ => None,
        })
        .map(|(icon, what, detail)| format!("<li>{icon}<div><b>{what}</b><span>{detail}</span></div></li>"))
        .collect();
    let body = format!(
        r#"<div class="body">
<h1>Allow access to your accounts?</h1>
<p class="lead">The application <b>{client}</b> asks to:</p>
<ul class="grants">{grants}</ul>
<form method="post" action="/auth/realms/{realm}/login-actions/consent?tab_id={tab}">
<div class="actions">
<button class="btn" type="submit" name="decision" value="cancel" id="deny">No</button>
<button class="btn primary" type="submit" name="decision" value="accept" id="allow">Allow</button>
</div>
</form>
</div>
<p class="foot small">Signed in as Marta Brezanová. You can take the permission back at any time.</p>"#,
        client = escape(client),
        realm = escape(realm),
        tab = escape(tab),
    );
    everifin("Allow access", body, Some(leads_to), StatusCode::OK)
}

/// Keycloak's "We are sorry" page: there is nowhere to send the browser back to.
pub(crate) fn error(status: StatusCode, what: &str) -> Response {
    let body = format!(
        r#"<div class="body"><h1>We are sorry…</h1><p class="alert" role="alert">{}</p><p class="lead">Close this page and start again from the application.</p></div>"#,
        escape(what)
    );
    everifin("We are sorry", body, None, status)
}

/// For a second press of a button that has done its work.
pub(crate) fn already_done(back: &str) -> Response {
    let body = format!(
        r#"<div class="body"><h1>This is done</h1><p class="lead">The application has been told. If it did not come to the front, open it from here.</p><div class="actions"><a class="btn primary" href="{}" id="back">Return to the application</a></div></div>"#,
        escape(back)
    );
    everifin("Done", body, None, StatusCode::OK)
}

/// Asks before ending the browser's session.
pub(crate) fn sign_out(realm: &str) -> Response {
    let body = format!(
        r#"<div class="body"><h1>Sign out?</h1><p class="lead">Applications that you allowed will ask you to sign in again.</p><form method="post" action="/auth/realms/{}/login-actions/logout"><div class="actions"><button class="btn primary" type="submit" id="sign-out">Sign out</button></div></form></div>"#,
        escape(realm)
    );
    everifin("Sign out", body, None, StatusCode::OK)
}

/// After it.
pub(crate) fn signed_out() -> Response {
    let body = r#"<div class="body"><h1>You are signed out</h1><p class="lead">You can close this page.</p></div>"#;
    everifin("Signed out", body.to_owned(), None, StatusCode::OK)
}

/// The bank's page for one payment.
pub(crate) fn approval(live: &Live, payment: &Payment, now: DateTime<Utc>, error: Option<&str>) -> Response {
    let bank = approval::heading(live, payment);
    let currency = payment.items.first().map_or("EUR", |item| item.currency.as_str());
    let total = readable(Amount(payment.total()).decimal(), currency);
    let alert = error.map(|text| format!(r#"<p class="alert" role="alert">{}</p>"#, escape(text))).unwrap_or_default();
    let (from, choice) = match payment.sender {
        Some(place) => (sender_line(live, place), String::new()),
        None => (String::new(), sender_choice(live, now)),
    };
    let body = format!(
        r#"<div class="body">
<h1>{heading}</h1>
<p class="sum"><span>{total}</span></p>
{alert}
<dl>{details}{from}</dl>
<form method="post">
{choice}
<div class="actions">
<button class="btn" type="submit" name="decision" value="reject" id="reject" formnovalidate>Reject</button>
<button class="btn primary" type="submit" name="decision" value="approve" id="approve">Approve</button>
</div>
</form>
</div>
<p class="foot small">Signed in as Marta Brezanová. If you close this page, nothing is decided and nothing is paid.</p>"#,
        heading = if payment.is_bulk() { "Approve these payments?" } else { "Approve this payment?" },
        details = details(payment),
    );
    Card {
        title: "Approve a payment",
        mark: bank.map_or("€", |bank| bank.short),
        place: bank.map_or("Your bank", |bank| bank.name),
        side: "Demo bank",
        wide: true,
        body,
        leads_to: Some(&payment.redirect_url),
    }
    .render(StatusCode::OK)
}

fn details(payment: &Payment) -> String {
    let line = |name: &str, value: &str| format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value));
    if payment.is_bulk() {
        return payment
            .items
            .iter()
            .map(|item| {
                let amount = readable(Amount(item.amount).decimal(), &item.currency);
                line(item.recipient_name.as_deref().unwrap_or(&item.recipient_iban), &amount)
            })
            .collect();
    }
    let Some(item) = payment.items.first() else { return String::new() };
    let date = payment.date.map(|date| date.format("%-d %B %Y").to_string());
    [
        ("To", item.recipient_name.clone()),
        ("IBAN", Some(grouped(&item.recipient_iban))),
        ("Variable symbol", item.variable.clone()),
        ("Constant symbol", item.constant.clone()),
        ("Specific symbol", item.specific.clone()),
        ("Reference", item.reference.clone()),
        ("Message", item.message.clone()),
        ("Date", date),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| line(name, &value)))
    .collect()
}

fn sender_line(live: &Live, place: usize) -> String {
    let account = &live.world.accounts()[place];
    let iban = account.iban.as_deref().map(grouped).unwrap_or_default();
    format!(
        "<div><dt>From</dt><dd>{}<br><span class=\"small\">{}</span></dd></div>",
        escape(account.name),
        escape(&iban)
    )
}

/// Where the client named no account, the owner chooses one here.
fn sender_choice(live: &Live, now: DateTime<Utc>) -> String {
    let accounts = live.world.accounts().iter().enumerate().filter(|(_, account)| account.kind == "CURRENT");
    let rows: String = accounts
        .map(|(place, account)| {
            let balance = live.world.available(place, live.moment(now)).decimal();
            format!(
                r#"<label><input type="radio" name="account" value="{}" required>{}, {}<span>{}</span></label>"#,
                account.id,
                escape(account.name),
                escape(live.world.bank_of(place).name),
                readable(balance, account.currency.code())
            )
        })
        .collect();
    format!(r#"<fieldset class="choice"><legend>Pay from</legend>{rows}</fieldset>"#)
}

/// After the decision, for whoever comes back to the page.
pub(crate) fn decided(approved: bool, back: &str) -> Response {
    let word = if approved { "approved" } else { "rejected" };
    let body = format!(
        r#"<div class="body"><h1>You {word} this payment</h1><p class="lead">If the application did not come to the front, open it from here.</p><div class="actions"><a class="btn primary" href="{}" id="back">Return to the application</a></div></div>"#,
        escape(back)
    );
    Card {
        title: "Payment decided",
        mark: "€",
        place: "Your bank",
        side: "Demo bank",
        wide: false,
        body,
        leads_to: None,
    }
    .render(StatusCode::OK)
}

/// Text for HTML, in content and in quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
