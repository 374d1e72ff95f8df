//! IBAN (ISO 13616) and Czech and Slovak account numbers (CNB decree 169/2011).

mod banks;
mod domestic;
mod registry;

pub use domestic::domestic;

use serde::Serialize;
use specta::Type;

/// What is known of a typed account number, for the hint under the field. Never blocks typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccountCheck {
    /// Nothing typed yet.
    Empty,
    /// Not finished: so far nothing is wrong.
    Unfinished,
    /// A valid IBAN, or a domestic number with the IBAN that follows from it.
    Valid {
        /// IBAN without spaces.
        iban: String,
        /// Whether a domestic number was typed.
        domestic: bool,
        /// ISO 3166 alpha-2.
        country: String,
        /// The bank, where its code is known.
        bank: Option<String>,
        /// IBAN check digits hold, the national check does not (formats.md 1): warn, do not block.
        national_check_failed: bool,
    },
    /// Something is wrong.
    Wrong {
        /// What.
        problem: AccountProblem,
    },
}

/// What is wrong with an account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AccountProblem {
    /// A character that cannot be in an account number (including digits of other scripts).
    Character,
    /// No such country in the IBAN registry.
    Country,
    /// Too short or too long for its country.
    Length,
    /// The layout of letters and digits does not fit the country.
    Structure,
    /// A digit is wrong: check digits do not hold.
    Digits,
    /// The domestic number's prefix or number fails the weighted check.
    DomesticDigits,
    /// The domestic number lacks a bank code, or it is not four digits.
    BankCode,
}

/// Drops what people and PDFs put between the characters of an account number: spaces of all widths, line ends and
/// zero-width marks. Letters become capitals; en dash and minus become a hyphen. Nothing else changes, so a wrong character
/// stays to be found.
pub fn normalise(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200b}' | '\u{feff}')
        })
        .map(|c| match c {
            '\u{2013}' | '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

/// Reads an IBAN: normalised, of a country of the registry, with its length and layout and with check digits that hold.
/// Answers it without spaces.
pub fn parse(text: &str) -> Result<String, AccountProblem> {
    let iban = normalise(text);
    match check_iban(&iban)? {
        Progress::Whole => Ok(iban),
        Progress::Unfinished => Err(AccountProblem::Length),
    }
}

/// Checks an account number while it is typed: an IBAN or a Czech or Slovak number `prefix-number/bank`, with spaces or
/// without. What is merely unfinished is no problem; what can never become right is one at once.
///
/// A domestic number does not say its country: it follows from the bank code, and a code that Saldo does not know is
/// [`AccountProblem::BankCode`], because a guess could pay a stranger. Codes that stand in both directories are Czech banks
/// that are registered in Slovakia under their Czech code.
pub fn check_account(text: &str) -> AccountCheck {
    let typed = normalise(text);
    let Some(first) = typed.chars().next() else { return AccountCheck::Empty };
    if typed.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/') {
        return AccountCheck::Wrong { problem: AccountProblem::Character };
    }
    let outcome = if first.is_ascii_alphabetic() {
        check_iban(&typed).map(|progress| match progress {
            Progress::Whole => valid(typed.clone(), false),
            Progress::Unfinished => AccountCheck::Unfinished,
        })
    } else {
        domestic::check(&typed).map(|iban| iban.map_or(AccountCheck::Unfinished, |iban| valid(iban, true)))
    };
    outcome.unwrap_or_else(|problem| AccountCheck::Wrong { problem })
}

/// The country of an IBAN without spaces: its first two letters.
pub fn country(iban: &str) -> &str {
    iban.get(..2).unwrap_or_default()
}

/// How many characters an IBAN of a country (in capitals) has; none for a country without IBANs.
pub(crate) fn length(country: &str) -> Option<usize> {
    layout(country).map(|layout| 4 + places(layout).count())
}

/// The name of the bank of a Czech or Slovak IBAN without spaces, where its code is known. A hint, never proof.
pub fn bank_name(iban: &str) -> Option<&'static str> {
    let directory = match country(iban) {
        "CZ" => banks::CZECH,
        "SK" => banks::SLOVAK,
        _ => return None,
    };
    let code = iban.get(4..8)?;
    directory.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// The IBAN without spaces of a number `prefix-number/bank`, where the number is whole and sound.
pub fn of_domestic(number: &str) -> Option<String> {
    domestic::check(&normalise(number)).ok().flatten()
}

/// The IBAN of a copied text that is an account number and nothing else. A text longer than any account number is none.
pub fn of_copied(text: &str) -> Option<String> {
    match check_account(Some(text).filter(|text| text.len() <= LONGEST_COPIED)?) {
        AccountCheck::Valid { iban, .. } => Some(iban),
        _ => None,
    }
}

/// Longest copied account number with everything that people put between its characters, in bytes.
const LONGEST_COPIED: usize = 100;

fn valid(iban: String, domestic: bool) -> AccountCheck {
    AccountCheck::Valid {
        domestic,
        country: country(&iban).to_owned(),
        bank: bank_name(&iban).map(str::to_owned),
        national_check_failed: !domestic::national_check_holds(&iban),
        iban,
    }
}

enum Progress {
    Unfinished,
    Whole,
}

/// Checks as much of an IBAN as stands there; `iban` is normalised.
fn check_iban(iban: &str) -> Result<Progress, AccountProblem> {
    if !iban.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err(AccountProblem::Character);
    }
    let Some((country, rest)) = iban.split_at_checked(2) else {
        let some = registry::COUNTRIES.iter().any(|(country, _)| country.starts_with(iban));
        return if some { Ok(Progress::Unfinished) } else { Err(AccountProblem::Country) };
    };
    let layout = layout(country).ok_or(AccountProblem::Country)?;
    // The check digits are two digits before the account part.
    let places: Vec<char> = ['n', 'n'].into_iter().chain(places(layout)).collect();
    let fits = |(c, place): (char, &char)| match place {
        'n' => c.is_ascii_digit(),
        'a' => c.is_ascii_uppercase(),
        _ => true,
    };
    if rest.len() > places.len() {
        return Err(AccountProblem::Length);
    }
    if !rest.chars().zip(&places).all(fits) {
        return Err(AccountProblem::Structure);
    }
    if rest.len() < places.len() {
        return Ok(Progress::Unfinished);
    }
    // 00, 01 and 99 can satisfy the remainder and are still never issued: the digits are 98 minus a remainder.
    let issued = rest.get(..2).is_some_and(|digits| ("02"..="98").contains(&digits));
    if issued && mod_97(iban) == 1 { Ok(Progress::Whole) } else { Err(AccountProblem::Digits) }
}

/// The layout of a country's account part; none for a country without IBANs.
fn layout(country: &str) -> Option<&'static str> {
    let index = registry::COUNTRIES.binary_search_by_key(&country, |(known, _)| known).ok()?;
    registry::COUNTRIES.get(index).map(|(_, layout)| *layout)
}

/// The kind of each character of a layout like `4!n6!n`.
fn places(layout: &str) -> impl Iterator<Item = char> {
    layout.split_inclusive(['n', 'a', 'c']).flat_map(|part| {
        let count = part.split('!').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        part.chars().last().into_iter().flat_map(move |kind| std::iter::repeat_n(kind, count))
    })
}

/// The remainder by 97 of the IBAN with its first four characters at the end and letters as two digits (ISO 7064).
pub(crate) fn mod_97(iban: &str) -> u32 {
    let (head, account) = iban.split_at_checked(4).unwrap_or((iban, ""));
    account.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0, |remainder, digit| {
        if digit < 10 { (remainder * 10 + digit) % 97 } else { (remainder * 100 + digit) % 97 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn the_registry_is_the_vectors_registry() {
        let vectors: Vec<Value> = serde_json::from_str(include_str!("vectors/iban_registry.json")).unwrap();
        assert_eq!(vectors.len(), registry::COUNTRIES.len());
        for (vector, (country, layout)) in vectors.iter().zip(registry::COUNTRIES) {
            assert_eq!(vector["country"], *country);
            assert_eq!(vector["length"], 4 + places(layout).count(), "{country}");
        }
        assert!(registry::COUNTRIES.is_sorted_by_key(|(country, _)| *country));
    }

    #[test]
    fn ibans_of_the_vectors() {
        let cases: Vec<Value> = serde_json::from_str(include_str!("vectors/iban_cases.json")).unwrap();
        for case in cases {
            let text = case["input"].as_str().unwrap();
            // Zero-width marks come along from PDFs and web pages and are dropped (formats.md 1).
            let expected =
                if text.starts_with('\u{200b}') { Some(true) } else { case["expect_valid_after_normalise"].as_bool() };
            if let Some(expected) = expected {
                assert_eq!(parse(text).is_ok(), expected, "{text:?}: {}", case["note"]);
            }
        }
    }

    #[test]
    fn each_problem_has_its_name() {
        use AccountProblem::*;
        for (text, problem) in [
            ("SK31 1200 0000 1987 4263 7542", Digits),
            ("SK31 1200 0000 1987 4263 7541 1", Length),
            ("SK3A", Structure),
            ("SK311200A", Structure),
            ("S1", Country),
            ("W", Country),
            ("US64", Country),
            ("GP00", Country),
            ("SK31-1200", Character),
            ("SK31_1200", Character),
            ("SK３１", Character),
            ("ＳK31", Character),
            ("SK٣١", Character),
            ("١٩-2000145399/0800", Character),
        ] {
            assert_eq!(check_account(text), AccountCheck::Wrong { problem }, "{text}");
        }
    }

    #[test]
    fn national_digits_warn_and_do_not_block() {
        // Sound as an IBAN; the Czech number in it is not.
        let check = check_account("CZ0520100000002400222222");
        assert!(matches!(check, AccountCheck::Valid { national_check_failed: true, .. }), "{check:?}");
    }

    #[test]
    fn the_bank_follows_from_the_number() {
        let check = check_account("sk31 1100 0000 0029 4501 7733");
        assert!(matches!(check, AccountCheck::Wrong { problem: AccountProblem::Digits }));
        let AccountCheck::Valid { bank, country, domestic, .. } = check_account("SK9611000000002918599669") else {
            panic!()
        };
        assert_eq!((bank.as_deref(), country.as_str(), domestic), (Some("Tatra banka"), "SK", false));
        assert_eq!(bank_name("DE89370400440532013000"), None);
    }

    /// Names are shortened here; what must hold is that each code has one, and that its bank is the one of the directory.
    #[test]
    fn every_bank_of_the_directories_has_its_name() {
        for (country, directory) in
            [("CZ", include_str!("vectors/bank_codes_cz.json")), ("SK", include_str!("vectors/bank_codes_sk.json"))]
        {
            let directory: Value = serde_json::from_str(directory).unwrap();
            for bank in directory["banks"].as_array().unwrap() {
                let (code, whole) = (bank["code"].as_str().unwrap(), bank["name"].as_str().unwrap());
                let name = bank_name(&format!("{country}00{code}0000000000000000"));
                if code == "4000" {
                    assert_eq!(name, None, "merged away, and never a Slovak bank");
                    continue;
                }
                let first = |text: &str| crate::store::fold::fold(text).chars().take(2).collect::<String>();
                let short = name.unwrap_or_else(|| panic!("{country} {code} {whole}"));
                let same = first(short) == first(whole) || (short.starts_with("ČSOB") && whole.starts_with("Česko"));
                assert!(same, "{country} {code}: {short} for {whole}");
            }
        }
    }

    #[test]
    fn e09_only_a_copied_account_number_is_one() {
        assert_eq!(of_copied(" sk96 1100 0000 0029 1859 9669\n").as_deref(), Some("SK9611000000002918599669"));
        assert_eq!(of_copied("19-2000145399/0800").as_deref(), Some("CZ6508000000192000145399"));
        for text in ["", "hello", "SK9611000000002918599668", "IBAN: SK9611000000002918599669", &"1".repeat(200)] {
            assert_eq!(of_copied(text), None, "{text}");
        }
    }

    #[test]
    fn every_start_of_a_sound_number_is_unfinished() {
        for whole in
            ["SK9611000000002918599669", "GB29 NWBK 6016 1331 9268 19", "19-2000145399/0800", "2918599669/1100"]
        {
            for end in 1..whole.len() {
                assert_eq!(check_account(&whole[..end]), AccountCheck::Unfinished, "{}", &whole[..end]);
            }
            assert!(matches!(check_account(whole), AccountCheck::Valid { .. }), "{whole}");
        }
        assert_eq!(check_account(" \u{a0}"), AccountCheck::Empty);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,40}") {
            let _ = check_account(&text);
        }

        #[test]
        fn one_wrong_digit_is_always_found(place in 4_usize..24, digit in 0_u8..10) {
            let mut iban = b"SK9611000000002918599669".to_vec();
            prop_assume!(iban[place] != b'0' + digit);
            iban[place] = b'0' + digit;
            let text = String::from_utf8(iban).unwrap();
            prop_assert_eq!(parse(&text), Err(AccountProblem::Digits));
        }
    }
}
