//! The address with which a bank sends the browser back: `app.saldo.desktop://payment.return/<nonce>?...`, or what comes to it
//! by another way of [`super::ReturnWay`].
//!
//! Anybody can open such an address, so it proves nothing. It is read as raw text first (as the sign-in's is), names a payment
//! by its nonce only, and its parameters go no further than into the next step of exactly that payment, once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::CryptoRng;
use std::collections::BTreeMap;

/// Everything before the nonce. The host has a dot, as Everifin's rule wants (everifin-api.md 6.4).
const PREFIX: &str = "app.saldo.desktop://payment.return/";
/// Longest address that is looked at, in bytes.
const LONGEST: usize = 8 * 1024;
/// Most parameters that are forwarded; banks send a handful.
pub(super) const MOST_PARAMETERS: usize = 32;
/// Under which name a page of the owner's gets the nonce.
pub(super) const NONCE: &str = "saldo";
/// 128 bits in base64url without padding.
const NONCE_LENGTH: usize = 22;

/// 128 random bits that tie a return address to one payment; base64url, 22 characters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Nonce(String);

impl Nonce {
    pub(crate) fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0_u8; 16];
        rng.fill_bytes(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a nonce strictly: exactly the text that [`Nonce::draw`] can have written.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let whole = text.len() == NONCE_LENGTH && URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 16);
        whole.then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The address under Saldo's own scheme.
    pub(crate) fn return_address(&self) -> String {
        format!("{PREFIX}{}", self.0)
    }
}

/// A nonce opens a payment's return; it is not for a log.
impl std::fmt::Debug for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nonce")
    }
}

/// A well-formed return address. Whether it belongs to a payment is not known yet.
#[derive(Debug, Clone)]
pub(crate) struct ReturnLink {
    pub(crate) nonce: Nonce,
    /// The bank's parameters, decoded, for the body of the next step.
    pub(crate) parameters: BTreeMap<String, String>,
}

/// Whether a deep link claims to be a payment's return, so that the shell can tell it from an answer to a sign-in.
pub fn is_payment_return(raw: &str) -> bool {
    raw.starts_with(PREFIX)
}

/// The same return as it would have come by Saldo's own scheme, where the path and query of a visit to Saldo's port are one.
pub(super) fn of_visit(target: &str) -> Option<String> {
    let raw = format!("{PREFIX}{}", target.strip_prefix('/')?);
    ReturnLink::read(&raw).map(|_| raw)
}

/// What a bank gave the browser to bring, where the owner pasted the address at which it ended. None unless the address names
/// this payment, or is Everifin's own, where payments end that go nowhere else. It is never opened.
pub(super) fn of_paste(text: &str, nonce: &Nonce, everifin: &str) -> Option<BTreeMap<String, String>> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let (start, query) = text.split_once('?').unwrap_or((text, ""));
    let mut parameters = parameters(query.split('#').next().unwrap_or_default())?;
    let ours = match parameters.remove(NONCE) {
        Some(named) => named == nonce.0,
        None => {
            let named = start.rsplit_once('/').is_some_and(|(_, last)| last == nonce.0);
            let at_everifin = start.trim_end_matches('/') == everifin.trim_end_matches('/');
            named || (at_everifin && !parameters.is_empty())
        }
    };
    ours.then_some(parameters)
}

impl ReturnLink {
    /// Reads a raw address. None for everything that is not exactly of the expected form.
    pub(crate) fn read(raw: &str) -> Option<Self> {
        if raw.len() > LONGEST || !raw.bytes().all(|byte| byte.is_ascii_graphic()) || raw.contains('#') {
            return None;
        }
        let rest = raw.strip_prefix(PREFIX)?;
        let (nonce, query) = rest.split_once('?').unwrap_or((rest, ""));
        Some(Self { nonce: Nonce::read(nonce)?, parameters: parameters(query)? })
    }
}

/// Reads a query strictly. A name that occurs twice cannot be forwarded in a JSON object without choosing, so it is refused.
fn parameters(query: &str) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let whole = |text: &str| !text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
        let fits = !name.is_empty() && whole(&name) && whole(&value) && found.len() < MOST_PARAMETERS;
        if !fits || found.insert(name.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    const NONCE: &str = "AAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn a_drawn_nonce_is_read_back_from_its_address() {
        let nonce = Nonce::draw(&mut StdRng::seed_from_u64(7));
        let link = ReturnLink::read(&format!("{}?code=a%20b&state=x", nonce.return_address())).unwrap();
        assert_eq!(link.nonce, nonce);
        assert_eq!(link.parameters, BTreeMap::from([("code".into(), "a b".into()), ("state".into(), "x".into())]));
        assert_ne!(Nonce::draw(&mut StdRng::seed_from_u64(8)), nonce);
        assert!(!format!("{nonce:?}").contains(nonce.as_str()));
    }

    #[test]
    fn p11_addresses_of_another_form_are_not_read() {
        let long = format!("{PREFIX}{NONCE}?a={}", "x".repeat(LONGEST));
        let many = (0..=MOST_PARAMETERS).map(|n| format!("p{n}=1")).collect::<Vec<_>>().join("&");
        let many = format!("{PREFIX}{NONCE}?{many}");
        for bad in [
            "",
            PREFIX,
            "app.saldo.desktop://payment.return",
            "app.saldo.desktop:/oauth/callback?code=c&state=s",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAB",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAA==",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAA+",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA/",
            "app.saldo.desktop://payment.return//AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return/x/../AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return:443/AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://u@payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "App.Saldo.Desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop:/payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop:///payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "https://payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?a=1#b",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?a=1&a=2",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?%61=1&a=2",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?a=%00",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?a=%ff",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?=1",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?a=\u{202e}",
            " app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA",
            "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA\n",
            "app.saldo.desktop://payment.return/AAAAAAAAAA\tAAAAAAAAAAAA",
            long.as_str(),
            many.as_str(),
        ] {
            assert!(ReturnLink::read(bad).is_none(), "{bad}");
        }
        assert!(ReturnLink::read(&format!("{PREFIX}{NONCE}")).unwrap().parameters.is_empty());
    }

    #[test]
    fn c47_a_sign_in_answer_is_not_a_payment_return() {
        assert!(!is_payment_return("app.saldo.desktop:/oauth/callback?code=c&state=s"));
        assert!(is_payment_return("app.saldo.desktop://payment.return/anything"));
    }
}
