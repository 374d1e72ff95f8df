//! Money: an exact decimal with its ISO 4217 currency. Never a float, never mixed.

mod typed;

pub use typed::{AmountProblem, parse_typed_amount, typed_amount};

use rust_decimal::Decimal;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use specta::Type;

/// An ISO 4217 currency code: three upper-case ASCII letters.
///
/// A code that is not in the table of ISO 4217 is accepted all the same (a bank may know one that Saldo does not) and
/// then has two decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct Currency([u8; 3]);

/// The currencies of ISO 4217 whose minor unit is not a hundredth, with the number of their decimals.
const EXPONENTS: &[(&[u8; 3], u32)] = &[
    (b"BHD", 3),
    (b"BIF", 0),
    (b"CLF", 4),
    (b"CLP", 0),
    (b"DJF", 0),
    (b"GNF", 0),
    (b"IQD", 3),
    (b"ISK", 0),
    (b"JOD", 3),
    (b"JPY", 0),
    (b"KMF", 0),
    (b"KRW", 0),
    (b"KWD", 3),
    (b"LYD", 3),
    (b"OMR", 3),
    (b"PYG", 0),
    (b"RWF", 0),
    (b"TND", 3),
    (b"UGX", 0),
    (b"UYI", 0),
    (b"UYW", 4),
    (b"VND", 0),
    (b"VUV", 0),
    (b"XAF", 0),
    (b"XOF", 0),
    (b"XPF", 0),
];

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The Czech crown.
    pub const CZK: Self = Self(*b"CZK");

    /// How many decimals the currency has (ISO 4217, not CLDR); 2 for a code that ISO 4217 does not list.
    pub fn exponent(self) -> u32 {
        EXPONENTS.iter().find(|(code, _)| **code == self.0).map_or(2, |(_, exponent)| *exponent)
    }
}

/// Why an amount cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies in one sum.
    #[error("two currencies in one sum")]
    Mixed,
    /// More decimals than the currency has: it cannot be kept in minor units exactly.
    #[error("more decimals than the currency has")]
    TooFine,
    /// Outside the range that can be kept.
    #[error("amount out of range")]
    OutOfRange,
}

/// An amount in a currency. Serialised as `{"amount": "1234.50", "currency": "EUR"}`: the amount as text, with at least
/// the currency's decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Type)]
pub struct Money {
    /// The exact amount; the sign is part of it.
    #[specta(type = String)]
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// An amount from the currency's minor units (cents, halers), as the store keeps it.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { amount: Decimal::new(minor, currency.exponent()), currency }
    }

    /// The amount in the currency's minor units, exactly: `TooFine` when it has a fraction of them, `OutOfRange` when
    /// it does not fit.
    pub fn minor(&self) -> Result<i64, MoneyError> {
        let exact = self.amount.normalize();
        let missing = self.currency.exponent().checked_sub(exact.scale()).ok_or(MoneyError::TooFine)?;
        10_i128
            .checked_pow(missing)
            .and_then(|factor| exact.mantissa().checked_mul(factor))
            .and_then(|minor| i64::try_from(minor).ok())
            .ok_or(MoneyError::OutOfRange)
    }

    /// The sum; `Mixed` when the currencies differ.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { amount, ..self })
    }

    /// The difference; `Mixed` when the currencies differ.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(other.negated())
    }

    /// The same amount with the other sign.
    pub fn negated(self) -> Self {
        Self { amount: -self.amount, ..self }
    }

    /// The amount as the wire has it: a point, no grouping, at least the currency's decimals.
    pub(crate) fn plain(&self) -> String {
        let mut amount = self.amount.normalize();
        // Padding with zeros never loses digits; where it would not fit, the number stays as it is.
        if amount.scale() < self.currency.exponent() {
            amount.rescale(self.currency.exponent());
        }
        amount.to_string()
    }
}

/// For logs and tests, `1234.50 EUR`; never localised. What people read is formatted by the window.
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.plain(), self.currency)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut money = to.serialize_struct("Money", 2)?;
        money.serialize_field("amount", &self.plain())?;
        money.serialize_field("currency", &self.currency)?;
        money.end()
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            amount: String,
            currency: Currency,
        }
        let Written { amount, currency } = Written::deserialize(from)?;
        let amount = Decimal::from_str_exact(&amount).map_err(serde::de::Error::custom)?;
        Ok(Self { amount, currency })
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        code.parse().map_err(|UnknownCurrency| format!("not a currency: {code}"))
    }
}

/// Not three upper-case ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code")]
pub struct UnknownCurrency;

impl std::str::FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_uppercase) => Ok(Self(bytes)),
            _ => Err(UnknownCurrency),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| std::fmt::Write::write_char(f, char::from(*byte)))
    }
}

impl std::fmt::Debug for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(amount: &str, currency: &str) -> Money {
        Money::new(amount.parse().unwrap(), currency.parse().unwrap())
    }

    #[test]
    fn decimals_are_those_of_iso_4217() {
        let table: serde_json::Value = serde_json::from_str(include_str!("vectors/currencies.json")).unwrap();
        for (code, exponent) in table.as_object().unwrap() {
            let currency: Currency = code.parse().unwrap();
            assert_eq!(u64::from(currency.exponent()), exponent.as_u64().unwrap(), "{code}");
        }
        assert_eq!("QQQ".parse::<Currency>().unwrap().exponent(), 2, "an unlisted code counts in hundredths");
    }

    #[test]
    fn only_three_capitals_are_a_currency() {
        for text in ["", "EU", "EURO", "eur", "E1R", "ÉUR", "EU "] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_wire_has_the_decimals_of_the_currency() {
        for (given, currency, wire) in [
            ("1234.5", "EUR", "1234.50"),
            ("-0.01", "CZK", "-0.01"),
            ("0", "EUR", "0.00"),
            ("1500.00", "JPY", "1500"),
            ("2.5", "KWD", "2.500"),
            ("1.2345", "EUR", "1.2345"),
            ("92233720368547758.07", "EUR", "92233720368547758.07"),
        ] {
            let json = serde_json::to_string(&money(given, currency)).unwrap();
            assert_eq!(json, format!(r#"{{"amount":"{wire}","currency":"{currency}"}}"#));
        }
    }

    #[test]
    fn minor_units_are_exact_or_refused() {
        assert_eq!(money("1234.50", "EUR").minor(), Ok(123_450));
        assert_eq!(money("12.340", "EUR").minor(), Ok(1234));
        assert_eq!(money("12.345", "EUR").minor(), Err(MoneyError::TooFine));
        assert_eq!(money("12.345", "KWD").minor(), Ok(12_345));
        assert_eq!(money("0.5", "JPY").minor(), Err(MoneyError::TooFine));
        assert_eq!(money("92233720368547758.07", "EUR").minor(), Ok(i64::MAX));
        assert_eq!(money("92233720368547758.08", "EUR").minor(), Err(MoneyError::OutOfRange));
        assert_eq!(money("79228162514264337593543950335", "EUR").minor(), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn currencies_are_never_mixed() {
        assert_eq!(money("1", "EUR").checked_add(money("1", "CZK")), Err(MoneyError::Mixed));
        assert_eq!(money("1", "EUR").checked_sub(money("1", "CZK")), Err(MoneyError::Mixed));
        assert_eq!(money("1.10", "EUR").checked_sub(money("2.2", "EUR")).unwrap(), money("-1.10", "EUR"));
        let most = Money::new(Decimal::MAX, Currency::EUR);
        assert_eq!(most.checked_add(most), Err(MoneyError::OutOfRange));
    }

    proptest! {
        #[test]
        fn minor_units_come_back(minor: i64, currency in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"])) {
            let money = Money::from_minor(minor, currency.parse().unwrap());
            prop_assert_eq!(money.minor(), Ok(minor));
            let json = serde_json::to_value(money).unwrap();
            let again: Decimal = json["amount"].as_str().unwrap().parse().unwrap();
            prop_assert_eq!(again, money.amount);
        }

        #[test]
        fn adding_and_taking_away_is_exact(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1_000_000_000_000_i64..1_000_000_000_000) {
            let (a, b) = (Money::from_minor(a, Currency::EUR), Money::from_minor(b, Currency::EUR));
            prop_assert_eq!(a.checked_add(b).unwrap().checked_sub(b).unwrap(), a);
        }
    }
}
