//! A PayMe link, the Slovak standard of payment links. It is read, never opened.

use crate::iban;
use crate::invoices::found::{FoundPayment, FoundPlace, SourceFormat, plain, yyyymmdd};
use crate::money::Currency;
use std::collections::BTreeMap;
use url::Url;

/// The link that a text is; none where it is something else, or a link that only looks like one of PayMe's.
pub(super) fn link(text: &str) -> Option<Url> {
    let link = Url::parse(text).ok().filter(|link| link.scheme() == "https")?;
    matches!(link.host_str(), Some("payme.sk" | "www.payme.sk")).then_some(link)
}

/// Reads a link; none where it is not one to pay by.
pub(super) fn read(link: &Url, place: &FoundPlace) -> Option<FoundPayment> {
    if !link.username().is_empty() || link.password().is_some() || link.port().is_some() {
        return None;
    }
    let mut fields = BTreeMap::new();
    for (key, value) in link.query_pairs() {
        if fields.insert(key.to_ascii_uppercase(), value.into_owned()).is_some() {
            return None;
        }
    }
    let value = |key: &str| fields.get(key).map(String::as_str);
    let path = link.path().to_ascii_lowercase();
    let version_sound = match path.as_str() {
        "/" | "" => value("V") == Some("1"),
        "/2/p/pme" | "/2/e/pme" | "/2/q/pme" | "/2/m/pme" => true,
        _ => false,
    };
    if !version_sound || value("CC").is_some_and(|code| code != "EUR") {
        return None;
    }
    let mut found = FoundPayment::new(SourceFormat::PayMe, place);
    found.account = Some(iban::parse(value("IBAN")?).ok()?);
    found.currency = Some(Currency::EUR);
    if let Some(amount) = value("AM").filter(|amount| !amount.is_empty())
        && (amount.len() > 9 || !found.set_amount(amount, Currency::EUR))
    {
        return None;
    }
    if let Some(day) = value("DT").filter(|day| !day.is_empty()) {
        found.due = Some(yyyymmdd(day)?);
    }
    found.payee = value("CN").and_then(plain);
    found.message = value("MSG").and_then(plain);
    found.refer(value("PI").unwrap_or_default());
    Some(found)
}
