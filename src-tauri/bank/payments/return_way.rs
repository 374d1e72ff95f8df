//! The ways on which a bank may send the browser back.
//!
//! Everifin wants an address whose host has a dot (everifin-api.md 6.4), and whether it takes a scheme of one's own or this
//! computer's number is known after the first payment only. So the owner can choose, and where nothing comes back at all Saldo
//! finds out by reading.

use super::journal::aside;
use super::return_link::{NONCE, Nonce, of_visit};
use crate::failure::{FailureKind, Result};
use crate::loopback::{Host, Listener};
use crate::store::{Fault, Store, settings};
use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::AbortHandle;
use url::Url;

/// How long the port stays open; the next payment opens it again.
const PORT_OPEN: Duration = Duration::from_secs(24 * 60 * 60);
/// Under which name its number is kept.
const PORT: &str = "return_port";
/// How many returns may wait to be taken.
const MOST_WAITING: usize = 8;
/// The longest address of an owner's page, in bytes.
const LONGEST_PAGE: usize = 500;

/// How the browser comes back from a bank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "by", deny_unknown_fields)]
pub enum ReturnWay {
    /// By Saldo's own scheme.
    #[default]
    Link,
    /// To a port on this computer.
    Port,
    /// To a page of the owner's, which hands over to Saldo's scheme (`docs/return-page.html`).
    Page {
        /// The page's address: https, a host with a dot, nothing behind its path.
        address: String,
    },
    /// Not at all: the browser ends at Everifin. Saldo asks, and the owner may paste the address at which it ended.
    Nothing,
}

impl ReturnWay {
    /// Whether it can be used. `AddressInvalid` for a page that is not.
    pub fn check(&self) -> Result<()> {
        let Self::Page { address } = self else { return Ok(()) };
        let plain =
            address.len() <= LONGEST_PAGE && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let usable = |url: Url| {
            url.scheme() == "https"
                && url.domain().is_some_and(|host| host.trim_matches('.').contains('.'))
                && url.username().is_empty()
                && url.password().is_none()
                && url.query().is_none()
                && url.fragment().is_none()
        };
        if plain && Url::parse(address).is_ok_and(usable) { Ok(()) } else { Err(FailureKind::AddressInvalid.into()) }
    }
}

/// A way back without its particulars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WayBack {
    /// [`ReturnWay::Link`].
    Link,
    /// [`ReturnWay::Port`].
    Port,
    /// [`ReturnWay::Page`].
    Page,
    /// [`ReturnWay::Nothing`].
    Nothing,
}

/// What payments have shown of a way so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaySeen {
    /// When Everifin last took a payment with such an address.
    pub taken: Option<DateTime<Utc>>,
    /// When it last refused one because of the address.
    pub refused: Option<DateTime<Utc>>,
    /// When a bank last sent the browser back to Saldo on it.
    pub came_back: Option<DateTime<Utc>>,
}

/// What happened on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Taken,
    Refused,
    CameBack,
}

/// Under which name it is kept.
const SEEN: &str = "ways_back";

/// What payments have shown of each way that was used; the owner chooses by it.
pub fn ways_back(store: &Store) -> Result<BTreeMap<WayBack, WaySeen>> {
    store.read(|book| Ok(settings::value(book, SEEN)?.unwrap_or_default()))
}

/// Notes what happened on a way. What cannot be noted is left: the payment is worth more.
pub(super) fn saw(store: &Store, way: WayBack, what: Seen, now: DateTime<Utc>) {
    if let Err(failure) = store.write(|tx| note(tx, way, what, now)) {
        tracing::warn!(kind = ?failure.kind, "what a way back has shown is not kept");
    }
}

/// Notes that the browser came back by itself. On which way, only the owner's choice says: a page hands over to Saldo's scheme.
pub(super) fn came_back(store: &Store, now: DateTime<Utc>) {
    let way = match store.settings().unwrap_or_default().return_way {
        ReturnWay::Link => WayBack::Link,
        ReturnWay::Port => WayBack::Port,
        ReturnWay::Page { .. } => WayBack::Page,
        ReturnWay::Nothing => WayBack::Nothing,
    };
    saw(store, way, Seen::CameBack, now);
}

fn note(tx: &Transaction<'_>, way: WayBack, what: Seen, now: DateTime<Utc>) -> Result<(), Fault> {
    let mut ways: BTreeMap<WayBack, WaySeen> = settings::value(tx, SEEN)?.unwrap_or_default();
    let seen = ways.entry(way).or_default();
    let at = match what {
        Seen::Taken => &mut seen.taken,
        Seen::Refused => &mut seen.refused,
        Seen::CameBack => &mut seen.came_back,
    };
    *at = Some(now);
    settings::put(tx, SEEN, &ways)
}

/// Where one payment's browser comes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReturnTo {
    /// Saldo's own scheme.
    Link,
    /// The port that [`ReturnPort`] has.
    Port(u16),
    /// A page that was checked, or Everifin's own.
    Page(String),
    /// Everifin's web application.
    Everifin(String),
}

impl ReturnTo {
    pub(super) fn way(&self) -> WayBack {
        match self {
            Self::Link => WayBack::Link,
            Self::Port(_) => WayBack::Port,
            Self::Page(_) => WayBack::Page,
            Self::Everifin(_) => WayBack::Nothing,
        }
    }

    pub(super) fn address(&self, nonce: &Nonce) -> String {
        match self {
            Self::Link => nonce.return_address(),
            // The number has the dots that `localhost` lacks.
            Self::Port(port) => format!("http://127.0.0.1:{port}/{}", nonce.as_str()),
            Self::Page(page) => format!("{page}?{NONCE}={}", nonce.as_str()),
            Self::Everifin(page) => page.clone(),
        }
    }
}

/// A port on this computer to which banks send the browser back. Closed when it is dropped.
pub struct ReturnPort {
    /// Its number.
    pub number: u16,
    /// Keeps the listener's host alive.
    _letters: Arc<Letters>,
    open: AbortHandle,
}

impl ReturnPort {
    /// Opens a port, and answers where returns can be had from, each in the form for [`super::returned`]. It is the same port as
    /// before where it can be had: a payment that was handed over names it for good. `BrowserFailed` where there is none.
    pub async fn open(store: &Store) -> Result<(Self, Receiver<String>)> {
        let kept = aside(store, |store| store.read(|book| settings::value(book, PORT))).await?;
        let listener = Listener::bind(kept).await.map_err(|error| {
            tracing::error!(%error, "no place to listen for the browser");
            FailureKind::BrowserFailed
        })?;
        let (sender, receiver) = channel(MOST_WAITING);
        let (letters, number) = (Arc::new(Letters(sender)), listener.port);
        let open = listener.serve(Arc::downgrade(&letters), PORT_OPEN);
        aside(store, move |store| store.write(|tx| settings::put(tx, PORT, &number))).await?;
        Ok((Self { number, _letters: letters, open }, receiver))
    }

    /// Whether visitors are still heard.
    pub fn is_open(&self) -> bool {
        !self.open.is_finished()
    }
}

impl Drop for ReturnPort {
    fn drop(&mut self) {
        self.open.abort();
    }
}

/// Takes what may be a return and passes it on. Whether it is one of a payment that waits is found out after the visitor has its
/// page, which therefore tells nobody.
struct Letters(Sender<String>);

impl Host for Letters {
    type Brought = String;

    async fn look(&self, _: u16, target: &str) -> Option<String> {
        of_visit(target)
    }

    async fn go_on(self: Arc<Self>, raw: String) {
        // More than a few at once are no bank's.
        let _ = self.0.try_send(raw);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(address: &str) -> Result<()> {
        ReturnWay::Page { address: address.into() }.check()
    }

    #[test]
    fn a_page_is_https_on_a_host_with_a_dot() {
        for good in ["https://www.studiolipa.sk/saldo", "https://pay.example.org/", "https://example.org"] {
            assert_eq!(page(good), Ok(()), "{good}");
        }
        let long = format!("https://example.org/{}", "x".repeat(LONGEST_PAGE));
        for bad in [
            "",
            "www.studiolipa.sk",
            "http://example.org/",
            "https://localhost/",
            "https://localhost./",
            "https://192.168.1.7/",
            "https://user@example.org/",
            "https://example.org/?a=1",
            "https://example.org/#a",
            "https://example.org/a b",
            "https://example.org\\@evil.example/",
            "javascript:alert(1)//a.b",
            &long,
        ] {
            assert_eq!(page(bad), Err(FailureKind::AddressInvalid.into()), "{bad}");
        }
    }

    #[test]
    fn every_address_but_everifins_own_carries_the_payments_nonce() {
        let nonce = Nonce::read("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        let address = |to: ReturnTo| to.address(&nonce);
        assert_eq!(address(ReturnTo::Link), "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA");
        assert_eq!(address(ReturnTo::Port(4711)), "http://127.0.0.1:4711/AAAAAAAAAAAAAAAAAAAAAA");
        let page = ReturnTo::Page("https://pay.example.org/".into());
        assert_eq!(address(page), "https://pay.example.org/?saldo=AAAAAAAAAAAAAAAAAAAAAA");
        assert_eq!(address(ReturnTo::Everifin("https://app.everifin.com".into())), "https://app.everifin.com");
    }

    #[test]
    fn a_visit_to_the_port_is_a_return_only_in_the_exact_form() {
        let whole = "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?code=7";
        assert_eq!(of_visit("/AAAAAAAAAAAAAAAAAAAAAA?code=7").as_deref(), Some(whole));
        for other in ["/", "/favicon.ico", "/?code=7", "/AAAAAAAAAAAAAAAAAAAAAA/x", "/AAAAAAAAAAAAAAAAAAAAAA#a"] {
            assert_eq!(of_visit(other), None, "{other}");
        }
    }
}
