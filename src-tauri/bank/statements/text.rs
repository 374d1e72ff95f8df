//! What the formats share: encodings, numbers as machines write them, dates without separators, and symbols in texts.

use crate::money::{Currency, Money};
use crate::symbols::{self, Kind, Symbols};
use chrono::{Datelike, NaiveDate};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1250};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How far into a file its XML declaration may reach.
const DECLARATION: usize = 200;

/// A file as text: by its byte order mark, as UTF-8 where it is valid, by its XML declaration, else as windows-1250, in which
/// programs in Slovakia and Czechia write.
pub(crate) fn decode(file: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(file) {
        return encoding.decode_without_bom_handling(file.get(mark..).unwrap_or_default()).0;
    }
    if let Ok(text) = std::str::from_utf8(file) {
        return Cow::Borrowed(text);
    }
    let head = file.get(..DECLARATION.min(file.len())).unwrap_or_default();
    let declared = declared(&String::from_utf8_lossy(head)).filter(|declared| *declared != UTF_8);
    declared.unwrap_or(WINDOWS_1250).decode_without_bom_handling(file).0
}

fn declared(head: &str) -> Option<&'static Encoding> {
    let (_, after) = head.split_once("encoding=")?;
    let quote = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    Encoding::for_label(after.split(quote).nth(1)?.as_bytes())
}

/// A text without space around it, unless nothing is left.
pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Minor units of an amount without a sign: digits, and one decimal mark. None for anything else, and where it is finer than the
/// currency.
pub(crate) fn minor(text: &str, mark: char, currency: Currency) -> Option<i64> {
    money(text, mark, currency)?.minor().ok()
}

/// An amount without a sign: digits, and one decimal mark.
pub(crate) fn money(text: &str, mark: char, currency: Currency) -> Option<Money> {
    let (units, decimals) = text.trim().split_once(mark).unwrap_or((text.trim(), ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !plain(units) || !plain(decimals) {
        return None;
    }
    let number = if decimals.is_empty() { units.to_owned() } else { format!("{units}.{decimals}") };
    Decimal::from_str_exact(&number).ok().map(|amount| Money::new(amount, currency))
}

/// The digits of a text as a small number.
pub(crate) fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// A day written with two digits each for year, month and day in that order; of this century.
pub(crate) fn yymmdd(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2000 + number::<i32>(text.get(..2)?)?, number(text.get(2..4)?)?, number(text.get(4..6)?)?)
}

/// The same the other way round.
pub(crate) fn ddmmyy(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2000 + number::<i32>(text.get(4..6)?)?, number(text.get(2..4)?)?, number(text.get(..2)?)?)
}

/// A day of which the year is missing: the one that is nearest to another day.
pub(crate) fn mmdd_near(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    let (month, day) = (number(text.get(..2)?)?, number(text.get(2..4)?)?);
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| (*day - near).num_days().abs())
}

/// Symbols that a text names: `VS:2026000123`, `VS 42`, `/VS/42`, with KS and SS. A word that only begins so names none.
pub(crate) fn named_symbols(text: &str) -> Symbols {
    let mut found = Symbols::default();
    for (tag, kind) in [("VS", Kind::Variable), ("KS", Kind::Constant), ("SS", Kind::Specific)] {
        let named = text.match_indices(tag).find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            if before.is_some_and(char::is_alphanumeric) {
                return None;
            }
            let rest = text.get(at + tag.len()..)?;
            let rest = rest.strip_prefix([':', '=', '/', '.']).unwrap_or(rest).trim_start_matches(' ');
            let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, after) = rest.split_at(end);
            let is_word = after.chars().next().is_some_and(char::is_alphanumeric);
            if digits.is_empty() || is_word { None } else { symbols::parse(kind, digits).ok().flatten() }
        });
        match kind {
            Kind::Variable => found.variable = named,
            Kind::Constant => found.constant = named,
            Kind::Specific => found.specific = named,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("Žižka".as_bytes()), "Žižka");
        assert_eq!(decode("\u{feff}Žižka".as_bytes()), "Žižka");
        assert_eq!(decode(b"\x8ei\x9eka"), "Žižka");
        assert_eq!(decode(b"\xff\xfeA\0\x7d\x01"), "AŽ");
        assert_eq!(
            decode(b"<?xml version='1.0' encoding='iso-8859-2'?>\xaei\xbeka"),
            "<?xml version='1.0' encoding='iso-8859-2'?>Žižka"
        );
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(minor("1234.5", '.', Currency::EUR), Some(123_450));
        assert_eq!(minor("10,", ',', Currency::EUR), Some(1_000));
        for wrong in ["", ",5", "-1,00", "1,005", "1 000,00", "1.000,00", "1e3", "99999999999999999999,00", "١"] {
            assert_eq!(minor(wrong, ',', Currency::EUR), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest() {
        let near = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        assert_eq!(mmdd_near("0101", near), NaiveDate::from_ymd_opt(2027, 1, 1));
        assert_eq!(mmdd_near("1230", near), NaiveDate::from_ymd_opt(2026, 12, 30));
        assert_eq!(
            mmdd_near("0229", NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()),
            NaiveDate::from_ymd_opt(2028, 2, 29)
        );
        assert_eq!((mmdd_near("1332", near), mmdd_near("1", near)), (None, None));
    }

    #[test]
    fn symbols_are_taken_where_a_text_names_them() {
        let read = |text: &str| {
            let Symbols { variable, constant, specific } = named_symbols(text);
            [variable, constant, specific].map(Option::unwrap_or_default)
        };
        assert_eq!(read("VS:2026000123 KS:0308 SS:4711"), ["2026000123", "0308", "4711"]);
        assert_eq!(read("/VS/2026000123/SS/4711/KS/0308"), ["2026000123", "0308", "4711"]);
        assert_eq!(read("uhrada VS 42"), ["42", "", ""]);
        for none in ["MVS42", "VSETKO 42", "VS", "VS 12345678901", "VS 12ab", "KS 0000"] {
            assert_eq!(read(none), ["", "", ""], "{none}");
        }
    }
}
