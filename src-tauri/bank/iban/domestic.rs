//! Czech and Slovak account numbers `prefix-number/bank` (CNB decree 169/2011; Slovakia uses the same).

use super::{AccountProblem, banks, mod_97};

/// Weights from the right, for the number and for the prefix alike.
const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];

/// The domestic number in a Czech or Slovak IBAN without spaces, e.g. `19-2000145399/0800`.
pub fn domestic(iban: &str) -> Option<String> {
    if !matches!(super::country(iban), "CZ" | "SK") || iban.len() != 24 {
        return None;
    }
    let (bank, prefix, number) = (iban.get(4..8)?, iban.get(8..14)?, iban.get(14..24)?);
    let (prefix, number) = (prefix.trim_start_matches('0'), number.trim_start_matches('0'));
    Some(if prefix.is_empty() { format!("{number}/{bank}") } else { format!("{prefix}-{number}/{bank}") })
}

/// Whether the number and the prefix in a Czech or Slovak IBAN hold; other countries are not checked.
pub(super) fn national_check_holds(iban: &str) -> bool {
    match (super::country(iban), iban.get(8..14), iban.get(14..24)) {
        ("CZ" | "SK", Some(prefix), Some(number)) => weighted(prefix) && weighted(number),
        _ => true,
    }
}

/// Checks as much of a domestic number as stands there, normalised: its IBAN when it is whole, `None` while it is unfinished.
pub(super) fn check(text: &str) -> Result<Option<String>, AccountProblem> {
    if text.contains(|c: char| !c.is_ascii_digit() && c != '-' && c != '/') {
        return Err(AccountProblem::Character);
    }
    let (account, bank) = match text.split_once('/') {
        Some((account, bank)) => (account, Some(bank)),
        None => (text, None),
    };
    let (prefix, number) = account.split_once('-').unwrap_or(("", account));
    if number.contains('-') || bank.is_some_and(|bank| bank.contains(['-', '/'])) || account.starts_with('-') {
        return Err(AccountProblem::Structure);
    }
    if prefix.len() > 6 || number.len() > 10 {
        return Err(AccountProblem::Length);
    }
    let Some(bank) = bank else { return Ok(None) };
    let significant = number.bytes().filter(|b| *b != b'0').count();
    if number.len() < 2 {
        return Err(AccountProblem::Length);
    }
    if significant < 2 || !weighted(number) || !weighted(prefix) {
        return Err(AccountProblem::DomesticDigits);
    }
    match bank.len() {
        0..4 => Ok(None),
        4 => country_of(bank).map(|country| Some(iban(country, prefix, number, bank))).ok_or(AccountProblem::BankCode),
        _ => Err(AccountProblem::BankCode),
    }
}

/// Czech before Slovak: a code in both directories belongs to a Czech bank.
fn country_of(bank: &str) -> Option<&'static str> {
    let listed = |directory: &[(&str, &str)]| directory.iter().any(|(code, _)| *code == bank);
    if listed(banks::CZECH) {
        Some("CZ")
    } else if listed(banks::SLOVAK) {
        Some("SK")
    } else {
        None
    }
}

fn iban(country: &str, prefix: &str, number: &str, bank: &str) -> String {
    let account = format!("{bank}{prefix:0>6}{number:0>10}");
    let check = 98 - mod_97(&format!("{country}00{account}"));
    format!("{country}{check:02}{account}")
}

fn weighted(digits: &str) -> bool {
    let sum: u32 = digits.chars().rev().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(d, weight)| d * weight).sum();
    sum.is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use super::super::{AccountCheck, check_account, of_domestic, parse};
    use super::*;
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../vectors/czsk_accounts.json")).unwrap()
    }

    #[test]
    fn numbers_of_the_vectors_and_their_ibans() {
        for case in vectors()["cases"].as_array().unwrap() {
            let (text, iban) = (case["input"].as_str().unwrap(), case["iban"].as_str().unwrap());
            if case["valid"] == true {
                assert_eq!(of_domestic(text).as_deref(), Some(iban), "{text}");
                assert_eq!(parse(iban).as_deref(), Ok(iban));
            } else {
                assert_eq!(
                    check_account(text),
                    AccountCheck::Wrong { problem: AccountProblem::DomesticDigits },
                    "{text}"
                );
            }
            assert_eq!(domestic(iban).as_deref(), case["canonical"].as_str());
        }
        for case in vectors()["iban_to_domestic"].as_array().unwrap() {
            assert_eq!(domestic(case["iban"].as_str().unwrap()).as_deref(), case["domestic"].as_str());
        }
    }

    #[test]
    fn broken_numbers_of_the_vectors() {
        for case in vectors()["reject_or_normalise"].as_array().unwrap() {
            let text = case["input"].as_str().unwrap();
            assert_eq!(
                of_domestic(text).is_some(),
                case["valid_after_normalise"] == true,
                "{text}: {}",
                case["reason"]
            );
        }
    }

    #[test]
    fn each_problem_has_its_name() {
        use AccountProblem::*;
        for (text, problem) in [
            ("1234567-2000145399/0800", Length),
            ("12345678901", Length),
            ("1/0100", Length),
            ("00/0100", DomesticDigits),
            ("20-2000145399/0800", DomesticDigits),
            ("2000145399/08000", BankCode),
            ("2000145399/9999", BankCode),
            ("-2000145399/0800", Structure),
            ("1-2-3", Structure),
            ("19/08/00", Structure),
            ("19A", Character),
        ] {
            assert_eq!(check_account(text), AccountCheck::Wrong { problem }, "{text}");
        }
    }

    #[test]
    fn an_unfinished_bank_code_is_no_problem() {
        assert_eq!(check_account("2000145399/08"), AccountCheck::Unfinished);
    }
}
