//! Money in this world: whole minor units of one of two currencies, written to JSON as an exact decimal number.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// The two currencies the owner has accounts in. Both have two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Currency {
    Eur,
    Czk,
}

impl Currency {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Czk => "CZK",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        match code {
            "EUR" => Some(Self::Eur),
            "CZK" => Some(Self::Czk),
            _ => None,
        }
    }
}

/// Minor units (cents, haléře).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(pub(crate) i64);

impl Amount {
    /// As an exact decimal with two places.
    pub(crate) fn decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decimal())
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw_number(self.decimal()).serialize(serializer)
    }
}

/// A decimal as a JSON number, digit for digit: it never passes through a binary float.
pub(crate) fn raw_number(value: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(value.to_string()).ok()
}

/// With thousands in groups, for pages that a person reads.
pub(crate) fn readable(value: Decimal, currency: &str) -> String {
    let text = format!("{value:.2}");
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("\u{2212}", d));
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}.{cents}\u{a0}{currency}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_digit_for_digit() {
        let json = |minor| serde_json::to_string(&Amount(minor)).unwrap();
        assert_eq!(json(0), "0.00");
        assert_eq!(json(-5), "-0.05");
        assert_eq!(json(123_456_789), "1234567.89");
        assert_eq!(json(9_007_199_254_740_993), "90071992547409.93");
    }

    #[test]
    fn pages_group_thousands() {
        assert_eq!(readable(Decimal::new(123_456_789, 2), "EUR"), "1,234,567.89\u{a0}EUR");
        assert_eq!(readable(Decimal::new(-99_900, 2), "CZK"), "\u{2212}999.00\u{a0}CZK");
    }
}
