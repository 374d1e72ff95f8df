//! IBAN (ISO 13616) and Czech and Slovak account numbers (CNB decree 169/2011).

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
