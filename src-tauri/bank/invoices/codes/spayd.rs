//! QR Platba, the Czech code (SPAYD 1.0): `SPD*1.0*ACC:…*AM:…*`.

use crate::iban;
use crate::invoices::found::{DoubtKind, FoundPayment, FoundPlace, SourceFormat, plain, yyyymmdd};
use crate::invoices::writing::PaymentWanted;
use crate::payments::Field;
use crate::sepa;
use crate::symbols::{self, Kind};
use std::collections::BTreeMap;

/// Reads a code; none where it is not one to pay by: another version, a key twice, a value that its key cannot have.
pub(super) fn read(text: &str, place: &FoundPlace) -> Option<FoundPayment> {
    let (version, rest) = text.strip_prefix("SPD*")?.split_once('*')?;
    if version.split('.').next() != Some("1") {
        return None;
    }
    let fields = fields(rest)?;
    let value = |key: &str| fields.get(key).map(String::as_str);
    let mut found = FoundPayment::new(SourceFormat::Spayd, place);

    let mut accounts = vec![account(value("ACC")?)?];
    for other in value("ALT-ACC").into_iter().flat_map(|list| list.split(',')) {
        accounts.push(account(other)?);
    }
    found.set_accounts(accounts);
    found.currency = match value("CC") {
        Some(code) => Some(code.parse().ok()?),
        None => None,
    };
    if let Some(amount) = value("AM") {
        let currency = found.currency.unwrap_or_else(|| found.customary_currency());
        if amount.len() > 10 || !found.set_amount(amount, currency) {
            return None;
        }
    }
    found.payee = value("RN").and_then(plain);
    if let Some(day) = value("DT") {
        found.due = Some(yyyymmdd(day)?);
    }
    found.message = value("MSG").and_then(plain);
    for (key, kind) in [("X-VS", Kind::Variable), ("X-SS", Kind::Specific), ("X-KS", Kind::Constant)] {
        let Some(digits) = value(key) else { continue };
        // The field is ten digits wide, the symbol has four.
        let digits = if kind == Kind::Constant && digits.len() > 4 { symbols::key(digits)? } else { digits };
        if kind == Kind::Constant && digits.len() > 4 {
            found.doubt(Field::ConstantSymbol, DoubtKind::LeftOut);
        } else if !found.set_symbol(kind, digits) {
            return None;
        }
    }
    if value("CRC32").is_some_and(|sum| !sum_holds(sum, text, &fields)) {
        found.doubt(Field::Account, DoubtKind::CheckSum);
    }
    found.refer(value("RF").unwrap_or_default());
    Some(found)
}

/// The fields by their keys, decoded; none where one has no value or comes twice.
fn fields(rest: &str) -> Option<BTreeMap<&str, String>> {
    let mut fields = BTreeMap::new();
    for part in rest.strip_suffix('*').unwrap_or(rest).split('*') {
        let (key, value) = part.split_once(':')?;
        let is_key =
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_uppercase() || b"-0123456789".contains(&byte));
        if !is_key || fields.insert(key, decoded(value)).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// Per cent escapes as UTF-8. A plus is a plus.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = if *first == b'%' { after.get(..2).and_then(hex) } else { None };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    super::text_of(&bytes)
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// An IBAN, or an IBAN and a BIC.
fn account(written: &str) -> Option<String> {
    iban::parse(written.split('+').next()?).ok()
}

/// Whether the check sum is that of the code without it, in either reading of the standard: over all of it, or over the sorted fields.
fn sum_holds(sum: &str, text: &str, fields: &BTreeMap<&str, String>) -> bool {
    let without: Vec<&str> = text.trim_end_matches('*').split('*').filter(|part| !part.starts_with("CRC32:")).collect();
    let sorted: Vec<String> =
        fields.iter().filter(|(key, _)| **key != "CRC32").map(|(key, value)| format!("{key}:{value}")).collect();
    let sorted = sorted.join("*");
    let candidates = [without.join("*"), format!("SPD*1.0*{sorted}"), sorted];
    let said = u32::from_str_radix(sum, 16).ok();
    candidates.iter().any(|text| Some(crc32fast::hash(text.as_bytes())) == said)
}

/// Writes a code. Letters beyond ASCII lose their marks, so that every bank's reader takes it; no check sum, because nobody agrees on it.
pub(in crate::invoices) fn write(wanted: &PaymentWanted) -> String {
    let mut code = format!("SPD*1.0*ACC:{}", wanted.account);
    let mut add = |key: &str, value: &str, longest: usize| {
        let value: String = value.chars().take(longest).collect();
        if !value.is_empty() {
            code.push_str(&format!("*{key}:{value}"));
        }
    };
    if let Some(amount) = wanted.amount {
        add("AM", &amount.plain(), 10);
    }
    add("CC", &wanted.currency.to_string(), 3);
    add("RN", &escaped(&wanted.payee, 35), usize::MAX);
    add("MSG", &escaped(&wanted.message, 60), usize::MAX);
    add("X-VS", &wanted.variable_symbol, 10);
    add("X-SS", &wanted.specific_symbol, 10);
    add("X-KS", &wanted.constant_symbol, 10);
    code
}

fn escaped(text: &str, longest: usize) -> String {
    let ascii =
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { sepa::carried(&c.to_string()).into_owned() });
    let ascii: String = ascii.collect::<String>().chars().take(longest).collect();
    ascii.replace('%', "%25").replace('*', "%2A")
}
