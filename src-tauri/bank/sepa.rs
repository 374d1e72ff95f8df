//! What the euro payment scheme (SEPA) carries: to which countries, and in which letters (formats.md 1 and 6).
//!
//! Banks write a text in the basic Latin set, each by its own table. The table here is that of the European Payments Council
//! (EPC217-08): Saldo shows by it what the payee will probably read, and counts by it. What is sent is what was typed.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Longest payee's name that the scheme carries, in characters after conversion.
pub const LONGEST_NAME: usize = 70;

/// The prefixes of IBANs in SEPA in 2026: the European Economic Area, and those that joined. In alphabetical order.
const COUNTRIES: &[&str] = &[
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE",
    "SI", "SK", "SM", "VA",
];

/// Whether euro payments to IBANs of this country (their first two letters) go by SEPA.
pub fn reaches(country: &str) -> bool {
    COUNTRIES.binary_search(&country).is_ok()
}

/// A text as the scheme carries it: the letters a to z, digits, a space and `/ - ? : ( ) . , ' +`.
pub fn carried(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_basic) {
        return Cow::Borrowed(text);
    }
    text.nfc().map(converted).collect::<Vec<_>>().concat().into()
}

fn is_basic(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(c)
}

fn converted(c: char) -> Cow<'static, str> {
    if is_basic(c) {
        return String::from(c).into();
    }
    if c.is_whitespace() {
        return " ".into();
    }
    if let Some((_, latin)) = TABLE.iter().find(|(from, _)| *from == c) {
        return (*latin).into();
    }
    let small = c.to_lowercase().next().filter(|small| *small != c);
    if let Some((_, latin)) = small.and_then(|small| TABLE.iter().find(|(from, _)| *from == small)) {
        return latin.to_uppercase().into();
    }
    // A letter with marks is that letter; a letter of another alphabet that has marks is converted without them.
    match std::iter::once(c).nfd().next() {
        Some(base) if base != c => converted(base),
        _ => ".".into(),
    }
}

/// What is not simply a letter with a mark; small letters, of which the capitals follow.
const TABLE: &[(char, &str)] = &[
    // Signs.
    ('"', "'"),
    ('&', "+"),
    (';', ","),
    ('<', "("),
    ('>', ")"),
    ('[', "("),
    (']', ")"),
    ('{', "("),
    ('}', ")"),
    ('\\', "/"),
    ('|', "/"),
    ('_', "-"),
    ('~', "-"),
    ('`', "'"),
    ('€', "E"),
    // Latin.
    ('ß', "s"),
    ('æ', "a"),
    ('œ', "o"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('þ', "t"),
    // Greek.
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('σ', "s"),
    ('ς', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
    // Cyrillic, as in Bulgaria, whose letters the scheme has.
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "h"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "sht"),
    ('ъ', "a"),
    ('ь', "y"),
    ('ю', "yu"),
    ('я', "ya"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("vectors/sepa_charset.json")).unwrap()
    }

    #[test]
    fn e11_the_countries_reached_are_those_of_the_vectors() {
        let registry: Value = serde_json::from_str(include_str!("vectors/iban_registry.json")).unwrap();
        for country in registry.as_array().unwrap() {
            let code = country["country"].as_str().unwrap();
            assert_eq!(reaches(code), country["sepa"] == true, "{code}");
        }
        assert!(!reaches("US"));
    }

    #[test]
    fn texts_letters_and_signs_of_the_vectors() {
        let vectors = vectors();
        for case in vectors["strings"].as_array().unwrap() {
            assert_eq!(carried(case["in"].as_str().unwrap()), case["epc217_08"].as_str().unwrap(), "{case}");
        }
        for table in ["letters", "symbols"] {
            for (from, to) in vectors[table].as_object().unwrap() {
                assert_eq!(carried(from), to.as_str().unwrap(), "{from}");
            }
        }
    }

    #[test]
    fn countries_are_sorted_and_neighbours_are_in() {
        assert!(COUNTRIES.is_sorted());
        for (country, reached) in [("SK", true), ("CH", true), ("RS", true), ("GB", true), ("TR", false), ("UA", false)]
        {
            assert_eq!(reaches(country), reached, "{country}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_is_carried(text in "\\PC{0,60}") {
            let once = carried(&text).into_owned();
            prop_assert!(once.chars().all(is_basic), "{once:?}");
            prop_assert_eq!(carried(&once), once.as_str());
        }
    }
}
