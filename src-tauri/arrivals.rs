//! Addresses that reach Saldo from outside. On Linux and Windows they come as the one argument of a (second) process, which
//! any program may start; on macOS from the system. Nothing here is trusted: the text goes on as it came, to the validators.

/// The longest argument that is looked at. Longer than any valid address (security.md C18).
const LONGEST: usize = 16 * 1024;

/// The address in a command line, if the line is exactly `[program, address]`.
///
/// Anything else (flags beside it, two addresses, damaged characters) is not an address (security.md D-08).
pub(crate) fn address(argv: &[String]) -> Option<&str> {
    match argv {
        [_, address]
            if address.len() <= LONGEST
                && !address.contains(char::REPLACEMENT_CHARACTER)
                && address.to_ascii_lowercase().starts_with("app.saldo.desktop:") =>
        {
            Some(address)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, address};
    use proptest::prelude::*;

    fn line(arguments: &[&str]) -> Vec<String> {
        std::iter::once("saldo").chain(arguments.iter().copied()).map(str::to_owned).collect()
    }

    #[test]
    fn a_single_address_is_taken_as_it_is() {
        let argv = line(&["app.saldo.desktop:/oauth/callback?code=c&state=s"]);
        assert_eq!(address(&argv), Some("app.saldo.desktop:/oauth/callback?code=c&state=s"));
    }

    #[test]
    fn anything_beside_one_address_is_refused() {
        let valid = "app.saldo.desktop:/oauth/callback?code=c&state=s";
        let long = format!("app.saldo.desktop:/oauth/callback?{}", "x".repeat(LONGEST));
        let cases: [&[&str]; 14] = [
            // D11: a desktop file without %u starts Saldo with nothing; it comes forward, where an address can be pasted.
            &[],
            // D02: unexpanded, separated, spaced out.
            &["%u"],
            &["%1"],
            &["x|app.saldo.desktop:/oauth/callback?code=c"],
            &[" app.saldo.desktop:/oauth/callback?code=c"],
            &["app.saldo.desktop.evil:/oauth/callback"],
            &["app.saldo.desktop:/oauth/callback?code=c", ""],
            &[valid, "--flag"],
            &["--flag", valid],
            &[valid, valid],
            &["app.saldo.desktop:/oauth/callback?code=\u{FFFD}"],
            &["https://example.org/"],
            &["\"app.saldo.desktop:/oauth/callback\""],
            &[&long],
        ];
        for case in cases {
            assert_eq!(address(&line(case)), None, "{:?}", case.first().map(|text| text.get(..40)));
        }
        assert_eq!(address(&[]), None, "a command line without even a program");
    }

    proptest! {
        /// D01 to D03: whatever a foreign process puts into the command line, an address is one argument, whole and untouched,
        /// or it is none.
        #[test]
        fn an_address_is_the_only_argument_or_there_is_none(
            argv in prop::collection::vec("(app\\.saldo\\.desktop:|APP\\.Saldo\\.desktop:|--|\u{FFFD}|\"|\\||%u| )?.{0,30}", 0..4),
        ) {
            let argv: Vec<String> = argv;
            let expected = match argv.as_slice() {
                [_, only] if only.to_lowercase().starts_with("app.saldo.desktop:") && !only.contains('\u{FFFD}') => Some(only.as_str()),
                _ => None,
            };
            prop_assert_eq!(address(&argv), expected);
        }
    }
}
