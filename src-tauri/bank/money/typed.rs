//! Reading an amount as a person types or pastes it.

use super::{Currency, Money};
use crate::settings::Language;
use rust_decimal::Decimal;

/// Why a typed amount cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountProblem {
    /// Nothing typed.
    #[error("nothing typed")]
    Empty,
    /// Not an amount: other characters, other digits, grouping that does not group, or another currency's sign.
    #[error("not an amount")]
    NotAnAmount,
    /// It could be read in two ways: `1,234` where the comma does not group.
    #[error("could be read in two ways")]
    Ambiguous,
    /// More decimals than the currency has.
    #[error("more decimals than the currency has")]
    TooManyDecimals,
    /// Zero or negative.
    #[error("zero or negative")]
    NotPositive,
    /// Above what one payment may carry: 999,999,999.99 in EUR (the SEPA schemes), else 9,999,999,999 (Everifin).
    #[error("too large")]
    TooLarge,
}

/// Reads a typed amount in the language of the window.
///
/// The last comma or point followed by one or two digits and the end is the decimal mark, whatever the language; all other
/// separators group by three. One single comma or point with three digits after it (`1,234`) groups only where the
/// language groups with that very sign; elsewhere it is [`AmountProblem::Ambiguous`], because reading 1.234 as 1234 would
/// pay a thousand times too much. In a currency with three decimals or more, the language's decimal mark is one.
/// [`Language::System`] groups with neither sign, so that nothing is guessed: pass the language that is shown.
///
/// Spaces, the currency's sign or code, and the `,-` for no cents are understood. A minus gives
/// [`AmountProblem::NotPositive`]: what is typed is an amount to be paid.
pub fn parse_typed_amount(text: &str, currency: Currency, language: Language) -> Result<Money, AmountProblem> {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Err(AmountProblem::Empty);
    }
    let number = without_currency(text, currency);
    let (negative, number) = match number.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, without_currency(rest, currency)),
        None => (false, number),
    };
    let amount = read(number, currency, language)?;
    if negative || amount.is_zero() {
        return Err(AmountProblem::NotPositive);
    }
    if amount > largest(currency) {
        return Err(AmountProblem::TooLarge);
    }
    Ok(Money::new(amount, currency))
}

/// An amount as it would be typed in a language: [`parse_typed_amount`] reads it back. For forms that are filled in, not for showing.
pub fn typed_amount(money: Money, language: Language) -> String {
    let mark = marks(language).1.unwrap_or('.');
    money.plain().replace('.', mark.encode_utf8(&mut [0; 4]))
}

fn largest(currency: Currency) -> Decimal {
    if currency == Currency::EUR { Decimal::new(99_999_999_999, 2) } else { Decimal::new(9_999_999_999, 0) }
}

/// Spaces that people type or that come along from a web page or a PDF.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Takes the currency's code or sign from the front or the end.
fn without_currency(text: &str, currency: Currency) -> &str {
    let code = currency.to_string();
    let sign = match code.as_str() {
        "EUR" => "€",
        "CZK" => "Kč",
        "USD" => "$",
        "GBP" => "£",
        "PLN" => "zł",
        "HUF" => "Ft",
        other => other,
    };
    [code.as_str(), sign]
        .into_iter()
        .find_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)))
        .unwrap_or(text)
        .trim_matches(is_space)
}

fn read(text: &str, currency: Currency, language: Language) -> Result<Decimal, AmountProblem> {
    // "250,-" is how whole amounts are written on invoices.
    let whole = [",-", ",--", ",–", ",—", ".-", ".--"].iter().find_map(|end| text.strip_suffix(end));
    if let Some(whole) = whole {
        return number(&grouped(whole)?, "");
    }
    let Some(mark) = text.rfind([',', '.']) else {
        return number(&grouped(text)?, "");
    };
    let (before, after) = (&text[..mark], &text[mark + 1..]);
    let sign = if text[mark..].starts_with(',') { ',' } else { '.' };
    if after.is_empty() || !after.bytes().all(|b| b.is_ascii_digit()) {
        // "1.234 567" and the like, and anything that is no digit.
        return Err(AmountProblem::NotAnAmount);
    }
    // Not "1 234,567": there the space already groups.
    let alone = before.bytes().all(|b| b.is_ascii_digit());
    let (groups_with, decimal) = marks(language);
    let groups = after.len() == 3
        && if alone {
            // "0.500" has no thousands to group; it is a fraction in any language.
            before != "0" && Some(sign) == groups_with
        } else {
            before.contains(sign)
        };
    if groups {
        return number(&grouped(text)?, "");
    }
    let fits = after.len() <= currency.exponent() as usize;
    if after.len() == 3 && alone && before != "0" && !(fits && Some(sign) == decimal) {
        return Err(AmountProblem::Ambiguous);
    }
    if before.contains(sign) {
        // One sign cannot both group and be the decimal mark.
        return Err(AmountProblem::NotAnAmount);
    }
    let units = grouped(before)?;
    if !fits {
        return Err(AmountProblem::TooManyDecimals);
    }
    number(&units, after)
}

/// The sign that groups and the sign before decimals. Slovak and Czech group with a space only.
fn marks(language: Language) -> (Option<char>, Option<char>) {
    match language {
        Language::Sk | Language::Cs => (None, Some(',')),
        Language::En => (Some(','), Some('.')),
        Language::De => (Some('.'), Some(',')),
        Language::System => (None, None),
    }
}

/// The digits of a whole number that may be grouped by three, with one kind of separator.
fn grouped(text: &str) -> Result<String, AmountProblem> {
    let kind = |c: char| if is_space(c) { ' ' } else { c };
    let mut parts = vec![String::new()];
    let mut separator = None;
    for c in text.chars().map(kind) {
        match (c, parts.last_mut()) {
            ('0'..='9', Some(part)) => part.push(c),
            (' ' | '\'' | '\u{2019}' | ',' | '.', _) if separator.is_none_or(|known| known == c) => {
                separator = Some(c);
                parts.push(String::new());
            }
            _ => return Err(AmountProblem::NotAnAmount),
        }
    }
    let sound = match parts.split_first() {
        Some((only, [])) => !only.is_empty(),
        Some((first, rest)) => (1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3),
        None => false,
    };
    if sound { Ok(parts.concat()) } else { Err(AmountProblem::NotAnAmount) }
}

fn number(units: &str, decimals: &str) -> Result<Decimal, AmountProblem> {
    let text = if decimals.is_empty() { units.to_owned() } else { format!("{units}.{decimals}") };
    // Both parts hold ASCII digits only: what does not fit is too large.
    Decimal::from_str_exact(&text).map_err(|_| AmountProblem::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn language(code: &str) -> Language {
        match code {
            "sk" => Language::Sk,
            "cs" => Language::Cs,
            "de" => Language::De,
            _ => Language::En,
        }
    }

    #[test]
    fn typed_amounts_of_the_vectors() {
        let cases: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../vectors/typed_amounts.json")).unwrap();
        for case in cases {
            let (text, code) = (case["in"].as_str().unwrap(), case["ui_locale"].as_str().unwrap());
            let read = parse_typed_amount(text, Currency::EUR, language(code));
            let expected = case["out"].as_str().map(|amount| amount.parse::<Decimal>().unwrap());
            assert_eq!(read.ok().map(|money| money.amount), expected, "{text:?} in {code}");
        }
    }

    #[test]
    fn each_problem_has_its_name() {
        use AmountProblem::*;
        use Language::*;
        for (text, language, currency, problem) in [
            ("  ", Sk, "EUR", Empty),
            ("1,234", Sk, "EUR", Ambiguous),
            ("1.234", Sk, "EUR", Ambiguous),
            ("1.234", En, "EUR", Ambiguous),
            ("1,234", De, "EUR", Ambiguous),
            ("1,234", System, "EUR", Ambiguous),
            ("12,3456", Sk, "EUR", TooManyDecimals),
            ("0,500", Sk, "EUR", TooManyDecimals),
            ("1 000,005", Sk, "EUR", TooManyDecimals),
            ("12,5", Sk, "JPY", TooManyDecimals),
            ("12,00", Sk, "JPY", TooManyDecimals),
            ("-1", Sk, "EUR", NotPositive),
            ("−12,50 €", Sk, "EUR", NotPositive),
            ("€-5", Sk, "EUR", NotPositive),
            ("0,00", Sk, "EUR", NotPositive),
            ("1000000000", Sk, "EUR", TooLarge),
            ("10000000000", Sk, "CZK", TooLarge),
            ("99999999999999999999999999999999", Sk, "CZK", TooLarge),
            ("12 Kč", Sk, "EUR", NotAnAmount),
            ("12 34", Sk, "EUR", NotAnAmount),
            ("1e3", Sk, "EUR", NotAnAmount),
            ("1_000", Sk, "EUR", NotAnAmount),
            ("+5", Sk, "EUR", NotAnAmount),
            ("5.", Sk, "EUR", NotAnAmount),
            (".5", Sk, "EUR", NotAnAmount),
            ("１２", Sk, "EUR", NotAnAmount),
            ("1,2,3", Sk, "EUR", NotAnAmount),
            (",-", Sk, "CZK", NotAnAmount),
            ("€", Sk, "EUR", NotAnAmount),
        ] {
            let read = parse_typed_amount(text, currency.parse().unwrap(), language);
            assert_eq!(read, Err(problem), "{text:?} {currency} {language:?}");
        }
    }

    #[test]
    fn what_is_read_is_what_was_meant() {
        use Language::*;
        for (text, language, currency, amount) in [
            ("1,234", En, "EUR", "1234"),
            ("1.234", De, "EUR", "1234"),
            ("1.234", De, "KWD", "1234"),
            ("1,234", De, "KWD", "1.234"),
            ("1,234.50", Sk, "EUR", "1234.50"),
            ("1.234,5", En, "EUR", "1234.5"),
            ("12.50", Sk, "EUR", "12.50"),
            ("1\u{202f}234\u{202f}567,89 €", Sk, "EUR", "1234567.89"),
            ("CZK 250", Cs, "CZK", "250"),
            ("250 Kč", Cs, "CZK", "250"),
            ("1 250,- Kč", Cs, "CZK", "1250"),
            ("1500", En, "JPY", "1500"),
        ] {
            let read = parse_typed_amount(text, currency.parse().unwrap(), language);
            assert_eq!(read.map(|money| money.amount), Ok(amount.parse().unwrap()), "{text:?} {currency} {language:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_fail_or_guess(text in "[0-9., '€\u{a0}-]{0,14}") {
            for language in [Language::Sk, Language::En, Language::De, Language::System] {
                if let Ok(money) = parse_typed_amount(&text, Currency::EUR, language) {
                    prop_assert!(money.minor().is_ok_and(|minor| minor > 0));
                    // The digits typed are the digits read; only separators may go and zeros may be added.
                    let typed: String = text.chars().filter(char::is_ascii_digit).collect();
                    let read: String = money.amount.to_string().chars().filter(char::is_ascii_digit).collect();
                    prop_assert_eq!(typed.trim_start_matches('0'), read.trim_start_matches('0'));
                }
            }
        }

        #[test]
        fn what_is_filled_in_is_read_back(minor in 1_i64..9_999_999_999, which in 0_usize..4) {
            for code in ["EUR", "CZK", "JPY", "KWD", "CLF"] {
                let language = [Language::Sk, Language::Cs, Language::En, Language::De][which];
                let money = Money::from_minor(minor, code.parse().unwrap());
                let read = parse_typed_amount(&typed_amount(money, language), money.currency, language);
                prop_assert_eq!(read.and_then(|read| read.minor().map_err(|_| AmountProblem::NotAnAmount)), Ok(minor));
            }
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}") {
            let _ = parse_typed_amount(&text, Currency::CZK, Language::Cs);
        }

        #[test]
        fn amounts_written_in_a_language_are_read_in_it(minor in 1_i64..99_999_999_999) {
            let units = (minor / 100).to_string();
            let mut groups: Vec<&str> = units.as_bytes().rchunks(3).map(|c| std::str::from_utf8(c).unwrap()).collect();
            groups.reverse();
            for (language, group, mark) in [(Language::Sk, "\u{a0}", ","), (Language::En, ",", "."), (Language::De, ".", ",")] {
                let text = format!("{}{mark}{:02}", groups.join(group), minor % 100);
                let read = parse_typed_amount(&text, Currency::EUR, language).unwrap();
                prop_assert_eq!(read.minor(), Ok(minor));
            }
        }
    }
}
