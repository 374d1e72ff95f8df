//! Creditor references of ISO 11649: `RF`, two check digits and up to 21 letters and digits. A payee of another country asks for one
//! where a Slovak or a Czech one asks for a variable symbol.

use crate::iban;

/// Longest reference, with `RF` and its check digits.
const LONGEST: usize = 25;

/// Whether a text means to be a creditor reference: it begins like one, which no symbol does.
pub fn is_meant(text: &str) -> bool {
    iban::normalise(text).starts_with("RF")
}

/// Reads a creditor reference, as typed or as printed in groups of four: without spaces, in capitals. `None` where it is none, or a
/// digit in it is wrong.
pub fn parse(text: &str) -> Option<String> {
    let reference = iban::normalise(text);
    let own = reference.strip_prefix("RF")?;
    let plain = own.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let check = own.get(..2).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let long = own.len() > 2 && reference.len() <= LONGEST;
    // 00, 01 and 99 can satisfy the remainder and are still never issued.
    let issued = own.get(..2).is_some_and(|digits| ("02"..="98").contains(&digits));
    (plain && check && long && issued && iban::mod_97(&reference) == 1).then_some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vectors() -> serde_json::Value {
        serde_json::from_str(include_str!("vectors/rf_reference.json")).unwrap()
    }

    #[test]
    fn references_of_the_vectors() {
        let vectors = vectors();
        for case in vectors["validate"].as_array().unwrap() {
            let text = case["input"].as_str().unwrap();
            assert_eq!(parse(text).is_some(), case["valid"] == true, "{text}");
            assert!(is_meant(text));
        }
        for case in vectors["generate"].as_array().unwrap() {
            let whole = case["rf"].as_str().unwrap();
            for text in [whole, case["paper"].as_str().unwrap(), &whole.to_lowercase()] {
                assert_eq!(parse(text).as_deref(), Some(whole), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_reference_is_none() {
        for text in ["", "R", "RF", "RF18", "RF1853900754703A", "RF18-539007547034", "RF١٨539007547034", "2026000123"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(!is_meant("2026000123") && !is_meant("r") && is_meant(" rf"));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_found(place in 2_usize..16, digit in 0_u8..10) {
            let mut reference = b"RF18539007547034".to_vec();
            prop_assume!(reference[place] != b'0' + digit);
            reference[place] = b'0' + digit;
            prop_assert_eq!(parse(&String::from_utf8(reference).unwrap()), None);
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,40}") {
            if let Some(reference) = parse(&text) {
                prop_assert!(reference.len() <= LONGEST && parse(&reference) == Some(reference));
            }
        }
    }
}
