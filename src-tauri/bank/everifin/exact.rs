//! Values off the wire, read exactly: ids and texts that may be numbers, amounts that may be text, moments and days.
//! A number is taken digit by digit from the JSON; it never passes through a binary float.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// The longest id that is taken.
const MAX_ID: usize = 255;

/// An id: a string or a whole number. Fit for a path segment.
pub(super) struct Id(pub(super) String);

/// Text: a string (trimmed) or a number as it stands. None when it is empty.
pub(super) struct Text(pub(super) Option<String>);

/// A decimal number: a JSON number or a string that looks like one.
pub(super) struct Number(pub(super) Decimal);

/// A moment: ISO 8601 with `Z` or an offset.
pub(super) struct Moment(pub(super) DateTime<Utc>);

/// A calendar day; of a moment, the day that is written there.
pub(super) struct Day(pub(super) NaiveDate);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = scalar(from)?;
        // A dot or two would name another path.
        let plain = (1..=MAX_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
        if plain && id != "." && id != ".." { Ok(Self(id)) } else { Err(D::Error::custom("not an id")) }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = scalar(from)?;
        let text = text.trim();
        Ok(Self((!text.is_empty()).then(|| text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        decimal(scalar(from)?.trim()).map(Self).ok_or_else(|| D::Error::custom("not an exact number"))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let moment = DateTime::parse_from_rfc3339(&text)
            .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .map_err(D::Error::custom)?;
        Ok(Self(moment.to_utc()))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let (day, rest) = text.split_at_checked(10).ok_or_else(|| D::Error::custom("not a day"))?;
        if !rest.is_empty() && !rest.starts_with('T') {
            return Err(D::Error::custom("not a day"));
        }
        day.parse().map(Self).map_err(D::Error::custom)
    }
}

/// The value if it is there and of its type; what is merely additional must not cost the row.
pub(super) fn lenient<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>) -> Option<T> {
    serde_json::from_str::<Option<T>>(raw?.get()).ok().flatten()
}

/// A string, or a number as it stands.
fn scalar<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let raw = <&RawValue>::deserialize(from)?.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).map_err(D::Error::custom),
        Some(b'-' | b'0'..=b'9') => Ok(raw.to_owned()),
        _ => Err(D::Error::custom("neither text nor number")),
    }
}

/// `-12.340`, `1e2`: digits, at most one point, an exponent. None where it cannot be held exactly.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok().filter(|e| (-60..=60).contains(e))?),
        None => (text, 0),
    };
    let (sign, unsigned) = match number.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, number),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let digits_only = |part: &str| part.len() <= 60 && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let mut digits = format!("{whole}{fraction}");
    let mut scale = i32::try_from(fraction.len()).ok()? - exponent;
    while scale < 0 {
        digits.push('0');
        scale += 1;
    }
    while scale > 28 && digits.pop()? == '0' {
        scale -= 1;
    }
    let mantissa = digits.parse::<i128>().ok()? * sign;
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_digit_by_digit() {
        for (json, text) in [
            ("12.34", "12.34"),
            ("12.340", "12.340"),
            ("\"12.34\"", "12.34"),
            ("\" 7 \"", "7"),
            ("1e2", "100"),
            ("1.5E+1", "15"),
            ("125e-2", "1.25"),
            ("-0.01", "-0.01"),
            ("0", "0"),
            ("9999999999.99", "9999999999.99"),
            ("0.1000000000000000055511151231", "0.1000000000000000055511151231"),
            ("1.0000000000000000000000000000000000000000", "1.0000000000000000000000000000"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            let number = serde_json::from_str::<Number>(json).map(|number| number.0.to_string());
            assert_eq!(number.ok().as_deref(), Some(text), "{json}");
        }
        for json in [
            "null",
            "true",
            "{}",
            "\"\"",
            "\"12,34\"",
            "\"1 000\"",
            "\"NaN\"",
            "\"+1\"",
            "\"1.\"",
            "\".5\"",
            "\"1.2.3\"",
            "\"--1\"",
            "\"\u{661}\"",
            "1e400",
            "79228162514264337593543950336",
            "0.12345678901234567890123456789",
            "\"1e\"",
            "\"0x10\"",
        ] {
            assert!(serde_json::from_str::<Number>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn ids_are_text_or_number_and_fit_a_path() {
        let id = |json| serde_json::from_str::<Id>(json).map(|id| id.0).ok();
        assert_eq!(id("\"12\"").as_deref(), Some("12"));
        assert_eq!(id("5").as_deref(), Some("5"));
        assert_eq!(id("9223372036854775808").as_deref(), Some("9223372036854775808"));
        for bad in ["\"\"", "\".\"", "\"..\"", "null", "[]", "\"a b\"", "\"\\n\""] {
            assert_eq!(id(bad), None, "{bad}");
        }
    }

    #[test]
    fn moments_have_a_zone_and_days_are_taken_as_written() {
        let moment = |json| serde_json::from_str::<Moment>(json).map(|moment| moment.0.to_rfc3339()).ok();
        for json in
            ["\"2023-12-07T12:22:30.748Z\"", "\"2023-12-07T12:22:30.748+00:00\"", "\"2023-12-07T13:22:30.748+0100\""]
        {
            assert_eq!(moment(json).as_deref(), Some("2023-12-07T12:22:30.748+00:00"), "{json}");
        }
        assert_eq!(moment("\"2023-12-07T12:22:30\""), None);
        let day = |json| serde_json::from_str::<Day>(json).map(|day| day.0.to_string()).ok();
        assert_eq!(day("\"2024-02-29\"").as_deref(), Some("2024-02-29"));
        assert_eq!(day("\"2024-02-29T23:30:00+01:00\"").as_deref(), Some("2024-02-29"));
        for bad in ["\"2023-02-29\"", "\"29.2.2024\"", "\"2024-02-29x\"", "\"2024-02-2é\"", "20240229", "\"\""] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_number_panic(text in ".{0,80}") {
            let _ = decimal(&text);
        }

        #[test]
        fn a_decimal_is_read_as_it_is_printed(mantissa in any::<i64>(), scale in 0_u32..20) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(decimal(&number.to_string()), Some(number));
        }
    }
}
