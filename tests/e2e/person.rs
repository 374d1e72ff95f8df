//! The person at the browser: reads Everifin's and the bank's pages over plain HTTP, fills in their forms and presses their
//! buttons, until a page sends her back to Saldo.

use std::collections::BTreeMap;
use url::Url;

/// Saldo's own scheme.
const SCHEME: &str = "app.saldo.desktop";

/// A browser session: cookies, and nothing else.
pub(crate) struct Person {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// A page as it was loaded.
pub(crate) struct Page {
    /// Where it was loaded from.
    pub(crate) address: Url,
    /// Its text.
    pub(crate) html: String,
}

/// Where a step ended.
pub(crate) enum Reached {
    /// At a page.
    Page(Page),
    /// At an address of Saldo's scheme, or of the loopback redirect: for the application.
    Saldo(String),
}

impl Reached {
    /// The page, where a page was expected.
    pub(crate) fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Saldo(_) => panic!("a page was expected, Saldo was reached"),
        }
    }

    /// The address for Saldo, where that was expected.
    pub(crate) fn link(self) -> String {
        match self {
            Self::Saldo(address) => address,
            Self::Page(page) => panic!("Saldo was expected, this page was reached: {}\n{}", page.address, page.html),
        }
    }
}

impl Person {
    /// With an empty browser.
    pub(crate) fn new() -> Self {
        // Fails only where a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, cookies: BTreeMap::new() }
    }

    /// Opens an address and follows redirects.
    pub(crate) async fn visit(&mut self, address: &str) -> Reached {
        let address = Url::parse(address).unwrap();
        self.walk(address, None).await
    }

    /// Fills in the form of a page and presses its button with this `name=value`, or `name=` where it has no value (the only
    /// button when empty).
    pub(crate) async fn submit(&mut self, page: &Page, button: &str, typed: &[(&str, &str)]) -> Reached {
        let (action, mut fields) = form(page, button);
        for (name, value) in typed {
            fields.insert((*name).to_owned(), (*value).to_owned());
        }
        self.walk(action, Some(fields)).await
    }

    async fn walk(&mut self, mut address: Url, mut form: Option<BTreeMap<String, String>>) -> Reached {
        for _ in 0..10 {
            let mut request = match form.take() {
                Some(fields) => self.http.post(address.clone()).form(&fields),
                None => self.http.get(address.clone()),
            };
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !cookies.is_empty() {
                request = request.header("cookie", cookies.join("; "));
            }
            let answer = request.send().await.unwrap();
            for cookie in answer.headers().get_all("set-cookie") {
                let cookie = cookie.to_str().unwrap();
                let pair = cookie.split(';').next().unwrap_or_default();
                let (name, value) = pair.split_once('=').expect("a cookie has a value");
                if cookie.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
            let Some(next) = answer.headers().get("location") else {
                let html = answer.text().await.unwrap();
                return Reached::Page(Page { address, html });
            };
            let next = next.to_str().unwrap();
            if next.starts_with(SCHEME) {
                return Reached::Saldo(next.to_owned());
            }
            address = address.join(next).unwrap();
        }
        panic!("ten redirects, and no end: {address}")
    }
}

/// The form that has this button: where it goes, and what it carries already.
fn form(page: &Page, button: &str) -> (Url, BTreeMap<String, String>) {
    for form in page.html.split("<form").skip(1) {
        let form = form.split("</form").next().unwrap_or_default();
        let (head, body) = form.split_once('>').unwrap_or((form, ""));
        let tags: Vec<BTreeMap<String, String>> = body
            .split('<')
            .filter(|tag| tag.starts_with("input") || tag.starts_with("button"))
            .map(|tag| attributes(tag.split('>').next().unwrap_or_default()))
            .collect();
        let pair = |tag: &BTreeMap<String, String>| {
            Some((tag.get("name")?.clone(), tag.get("value").cloned().unwrap_or_default()))
        };
        let pressed = |(name, value): &(String, String)| format!("{name}={value}") == button;
        if !button.is_empty() && !tags.iter().filter_map(pair).any(|it| pressed(&it)) {
            continue;
        }
        let is_button = |tag: &BTreeMap<String, String>| tag.get("type").is_some_and(|kind| kind == "submit");
        let mut fields: BTreeMap<String, String> = tags.iter().filter(|tag| !is_button(tag)).filter_map(pair).collect();
        fields.extend(tags.iter().filter_map(pair).filter(pressed));
        let action = attributes(head).get("action").cloned().unwrap_or_default();
        return (page.address.join(&action).unwrap(), fields);
    }
    panic!("there is no form with a button {button:?} at {}\n{}", page.address, page.html);
}

/// The attributes of a tag; values stand in double quotes.
fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut parts = tag.split('"');
    let mut found = BTreeMap::new();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let name = name.trim().trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
        found.insert(name.to_owned(), plain(value));
    }
    found
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
