//! Slovak and Czech account numbers: made valid (mod 97 of ISO 13616 and the national mod 11), and checked.

const PREFIX_WEIGHTS: [u64; 6] = [10, 5, 8, 4, 2, 1];
const NUMBER_WEIGHTS: [u64; 10] = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

/// The IBAN of the account number nearest above `near` whose check digit fits.
pub(crate) fn make(country: &str, bank_code: &str, near: u64) -> String {
    let mut number = near % 10_000_000_000;
    while !weighted(number, &NUMBER_WEIGHTS).is_multiple_of(11) {
        number += 1;
    }
    let bban = format!("{bank_code}000000{number:010}");
    let check = 98 - mod97(&format!("{bban}{country}00"));
    format!("{country}{check:02}{bban}")
}

/// Whether the text is a valid IBAN: letters and digits, a plausible length, mod 97, and for SK and CZ the exact length
/// and both national checks.
pub(crate) fn valid(iban: &str) -> bool {
    let shape = (15..=34).contains(&iban.len())
        && iban.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && iban.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && iban.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    if !shape || mod97(&format!("{}{}", &iban[4..], &iban[..4])) != 1 {
        return false;
    }
    match &iban[..2] {
        "SK" | "CZ" => national(&iban[4..]),
        _ => true,
    }
}

/// The domestic form of an SK or CZ IBAN, `number/bank`.
pub(crate) fn domestic(iban: &str) -> Option<String> {
    let number: u64 = iban.get(14..24)?.parse().ok()?;
    let prefix: u64 = iban.get(8..14)?.parse().ok()?;
    let bank = iban.get(4..8)?;
    Some(if prefix == 0 { format!("{number}/{bank}") } else { format!("{prefix}-{number}/{bank}") })
}

/// In groups of four, for pages.
pub(crate) fn grouped(iban: &str) -> String {
    let chars: Vec<char> = iban.chars().collect();
    chars.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn national(bban: &str) -> bool {
    let part = |from: usize, to: usize| bban.get(from..to).and_then(|d| d.parse::<u64>().ok());
    match (part(0, 4), part(4, 10), part(10, 20), bban.len()) {
        (Some(_), Some(prefix), Some(number), 20) => {
            number > 0
                && weighted(prefix, &PREFIX_WEIGHTS).is_multiple_of(11)
                && weighted(number, &NUMBER_WEIGHTS).is_multiple_of(11)
        }
        _ => false,
    }
}

fn weighted(number: u64, weights: &[u64]) -> u64 {
    let mut rest = number;
    weights.iter().rev().fold(0, |sum, weight| {
        let digit = rest % 10;
        rest /= 10;
        sum + digit * weight
    })
}

fn mod97(text: &str) -> u64 {
    text.chars().fold(0, |rest, c| match c.to_digit(36) {
        Some(value) if value >= 10 => (rest * 100 + u64::from(value)) % 97,
        Some(value) => (rest * 10 + u64::from(value)) % 97,
        None => rest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_broken_ones_do_not() {
        // The registry's own examples for SK, CZ and DE.
        for good in ["SK3112000000198742637541", "CZ6508000000192000145399", "DE89370400440532013000"] {
            assert!(valid(good), "{good}");
        }
        for bad in [
            "SK3112000000198742637542",
            "CZ6508000000192000145398",
            "SK31",
            "",
            "sk3112000000198742637541",
            "SK31 1200 0000 1987 4263 7541",
        ] {
            assert!(!valid(bad), "{bad}");
        }
    }

    #[test]
    fn made_ibans_are_valid_and_read_back_as_domestic() {
        for near in [1, 2_600_123_400, 9_999_999_000, 77] {
            let iban = make("SK", "1100", near);
            assert!(valid(&iban), "{iban}");
            assert!(domestic(&iban).unwrap().ends_with("/1100"));
        }
    }

    #[test]
    fn a_number_that_fails_the_national_check_is_refused_even_with_a_right_mod_97() {
        let bban = "11000000000000000002";
        let check = 98 - mod97(&format!("{bban}SK00"));
        assert!(!valid(&format!("SK{check:02}{bban}")));
    }
}
