//! Variable, constant and specific symbols: text of digits, compared without leading zeros. All zeros means none.

/// The symbols of a payment, as text with the zeros they were given with; absent ones are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symbols {
    /// Variable symbol, at most 10 digits.
    pub variable: Option<String>,
    /// Specific symbol, at most 10 digits.
    pub specific: Option<String>,
    /// Constant symbol, at most 4 digits.
    pub constant: Option<String>,
}

/// Which symbol; each has its own length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Variable symbol.
    Variable,
    /// Specific symbol.
    Specific,
    /// Constant symbol.
    Constant,
}

impl Kind {
    /// The most digits it may have.
    pub fn longest(self) -> usize {
        match self {
            Self::Variable | Self::Specific => 10,
            Self::Constant => 4,
        }
    }
}

/// What is wrong with a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SymbolProblem {
    /// Something else than the digits 0 to 9.
    #[error("only digits may stand in a symbol")]
    NotDigits,
    /// More digits than its kind may have.
    #[error("too many digits for this symbol")]
    TooLong,
}

/// Reads a typed symbol: spaces around it are dropped, nothing typed and all zeros are none.
pub fn parse(kind: Kind, text: &str) -> Result<Option<String>, SymbolProblem> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(SymbolProblem::NotDigits);
    }
    if text.len() > kind.longest() {
        return Err(SymbolProblem::TooLong);
    }
    Ok(key(text).map(|_| text.to_owned()))
}

/// Constant symbols that Česká spořitelna keeps for itself: it refuses orders of its customers that have one. Without leading zeros.
const KEPT_BY_SPORITELNA: [&str; 9] = ["5", "6", "51", "1178", "2178", "3178", "498", "598", "898"];

/// Whether the payer's bank, by the IBAN paid from without spaces, is known to refuse orders with this constant symbol.
pub fn refused_by_bank(constant: &str, payer: &str) -> bool {
    let sporitelna = payer.starts_with("CZ") && payer.get(4..8) == Some("0800");
    sporitelna && key(constant).is_some_and(|key| KEPT_BY_SPORITELNA.contains(&key))
}

/// What two equal symbols have in common: the digits without leading zeros; none for an empty one, all zeros, or text that
/// is not a symbol.
pub fn key(symbol: &str) -> Option<&str> {
    let symbol = symbol.trim();
    let key = symbol.trim_start_matches('0');
    (!key.is_empty() && symbol.bytes().all(|b| b.is_ascii_digit())).then_some(key)
}

/// Whether two symbols mean the same: `0000123` and `123` do, and so do none and all zeros.
pub fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a.and_then(key) == b.and_then(key)
}

/// Reads the Slovak convention `/VS123/SS456/KS0308` out of an end-to-end reference, tolerantly: any order, tags may be
/// missing, spaces may stand between. Answers `None` for anything else, and where a symbol has too many digits: such a text
/// stays a plain reference.
pub fn parse_reference(reference: &str) -> Option<Symbols> {
    let compact: String = reference.chars().filter(|c| !c.is_whitespace()).collect();
    let mut symbols = Symbols::default();
    let mut seen = Vec::new();
    for part in compact.strip_prefix('/')?.split('/') {
        let (tag, digits) = part.split_at_checked(2)?;
        let (kind, slot) = match tag {
            "VS" => (Kind::Variable, &mut symbols.variable),
            "SS" => (Kind::Specific, &mut symbols.specific),
            "KS" => (Kind::Constant, &mut symbols.constant),
            _ => return None,
        };
        if seen.contains(&tag) {
            return None;
        }
        seen.push(tag);
        *slot = parse(kind, digits).ok()?;
    }
    Some(symbols)
}

/// Writes the Slovak convention, the inverse of [`parse_reference`]; none without symbols.
pub fn reference(symbols: &Symbols) -> Option<String> {
    let Symbols { variable, specific, constant } = symbols;
    [variable, specific, constant].iter().any(|symbol| symbol.is_some()).then(|| {
        let [vs, ss, ks] = [variable, specific, constant].map(|symbol| symbol.as_deref().unwrap_or_default());
        format!("/VS{vs}/SS{ss}/KS{ks}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("vectors/symbols.json")).unwrap()
    }

    #[test]
    fn references_are_read_tolerantly() {
        for case in vectors()["sk_end_to_end_id"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let want = case["parse_tolerant"].as_object().map(|symbols| {
                // All zeros are kept by the vectors and are none here.
                let symbol = |name: &str| symbols[name].as_str().filter(|s| key(s).is_some()).map(str::to_owned);
                Symbols { variable: symbol("vs"), specific: symbol("ss"), constant: symbol("ks") }
            });
            assert_eq!(parse_reference(text), want, "{text}");
        }
        assert_eq!(parse_reference("/VS1/VS2"), None, "two variable symbols are none");
        assert_eq!(parse_reference("/VŠ1"), None);
    }

    #[test]
    fn references_are_written_as_banks_read_them() {
        for case in vectors()["emit"].as_array().unwrap() {
            let symbol = |name: &str| case["symbols"][name].as_str().map(str::to_owned);
            let symbols = Symbols { variable: symbol("vs"), specific: symbol("ss"), constant: symbol("ks") };
            let want = case["end_to_end_id"].as_str().filter(|id| *id != "NOTPROVIDED");
            assert_eq!(reference(&symbols).as_deref(), want);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(
            variable in prop::option::of("0{0,3}[1-9][0-9]{0,6}"), specific in prop::option::of("[1-9][0-9]{0,9}"),
            constant in prop::option::of("0?[1-9][0-9]{0,2}"),
        ) {
            let symbols = Symbols { variable, specific, constant };
            let written = reference(&symbols);
            prop_assert!(written.as_ref().is_none_or(|text| text.len() <= 35));
            prop_assert_eq!(written.and_then(|text| parse_reference(&text)).unwrap_or_default(), symbols);
        }
    }

    #[test]
    fn symbols_are_compared_without_leading_zeros() {
        for case in vectors()["normalise"].as_array().unwrap() {
            assert_eq!(key(case["in"].as_str().unwrap()), case["eq_key"].as_str(), "{case}");
        }
        assert!(same(Some("0308"), Some("308")));
        assert!(same(Some("0000"), None));
        assert!(!same(Some("1"), Some("10")));
    }

    #[test]
    fn typed_symbols_are_checked() {
        assert_eq!(parse(Kind::Variable, " 0012 "), Ok(Some("0012".into())));
        assert_eq!(parse(Kind::Variable, ""), Ok(None));
        assert_eq!(parse(Kind::Constant, "0000"), Ok(None));
        assert_eq!(parse(Kind::Constant, "03080"), Err(SymbolProblem::TooLong));
        assert_eq!(parse(Kind::Variable, "12345678901"), Err(SymbolProblem::TooLong));
        assert_eq!(parse(Kind::Specific, "12-3"), Err(SymbolProblem::NotDigits));
        assert_eq!(parse(Kind::Variable, "١٢"), Err(SymbolProblem::NotDigits));
    }

    #[test]
    fn constant_symbols_that_a_bank_keeps_for_itself() {
        for symbol in vectors()["cz_forbidden_ks"]["values"].as_array().unwrap() {
            let symbol = symbol.as_str().unwrap();
            assert!(refused_by_bank(symbol, "CZ6508000000192000145399"), "{symbol}");
            assert!(refused_by_bank(&format!("{symbol:0>4}"), "CZ6508000000192000145399"), "{symbol}");
            assert!(!refused_by_bank(symbol, "CZ4201000000195505030267"), "another bank: {symbol}");
            assert!(!refused_by_bank(symbol, "SK6807200002891987426353"), "another country: {symbol}");
        }
        assert!(!refused_by_bank("0308", "CZ6508000000192000145399"));
    }

    proptest! {
        #[test]
        fn any_reference_is_answered(text in "\\PC{0,40}") {
            let _ = parse_reference(&text);
        }
    }
}
