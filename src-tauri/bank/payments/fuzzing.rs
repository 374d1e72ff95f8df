//! What must hold for addresses that pretend to be a payment's, and for what is typed: for the fuzzers, and for the tests that
//! repeat their corpus.

use super::return_link::{MOST_PARAMETERS, Nonce, ReturnLink, is_payment_return};
use super::{ApprovalAddress, address};
use crate::iban::{self, AccountCheck};
use crate::money::{Currency, parse_typed_amount};
use crate::settings::Language;
use url::Url;

/// The address with which a bank sends the browser back.
pub fn return_link(data: &[u8]) {
    let Ok(raw) = std::str::from_utf8(data) else { return };
    let Some(link) = ReturnLink::read(raw) else { return };
    assert!(is_payment_return(raw));
    assert!(raw.starts_with(&link.nonce.return_address()));
    assert_eq!(Nonce::read(link.nonce.as_str()).as_ref(), Some(&link.nonce));
    assert!(link.parameters.len() <= MOST_PARAMETERS);
    let plain = |text: &str| !text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    assert!(link.parameters.iter().all(|(name, value)| !name.is_empty() && plain(name) && plain(value)));
}

/// The bank's approval page: the host that the browser goes to is the one that stands there.
pub fn approval_address(data: &[u8]) {
    let Ok(raw) = std::str::from_utf8(data) else { return };
    let Ok(approved) = ApprovalAddress::check(raw, false) else { return };
    let text = approved.as_str();
    assert!(text.starts_with("https://") && text.len() <= address::LONGEST + 1);
    let url = Url::parse(text);
    assert!(url.is_ok());
    let Ok(url) = url else { return };
    assert!(url.port().is_none() && url.username().is_empty() && url.password().is_none());
    let written =
        text.strip_prefix("https://").unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
    assert!(url.host_str().is_some_and(|host| host.eq_ignore_ascii_case(written)), "{text}");
}

/// An amount and an account number as typed. The first byte chooses currency and language.
pub fn typed(data: &[u8]) {
    let Some((choice, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let currency = if choice % 2 == 1 { Currency::CZK } else { Currency::EUR };
    let language = [Language::Sk, Language::Cs, Language::En, Language::De][usize::from(choice / 2) % 4];
    if let Ok(money) = parse_typed_amount(text, currency, language) {
        assert!(money.minor().is_ok_and(|minor| minor > 0) && money.currency == currency);
    }
    if let AccountCheck::Valid { iban, .. } = iban::check_account(text) {
        assert_eq!(iban::parse(&iban).as_ref(), Ok(&iban));
    }
}
