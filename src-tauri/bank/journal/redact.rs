//! Takes out of a text what must not be written down: tokens, codes, secrets and account numbers.
//!
//! It errs on the side of leaving out. What it cannot know is a short secret that stands nowhere near its name; lines are kept
//! free of those by what may be said in a line at all (see [`super::line()`]).

/// What stands in place of what was left out.
const LEFT_OUT: &str = "<redacted>";
/// From this length on a word that looks like noise is one.
const NOISE: usize = 20;
/// From this length on letters and digits without a pause are no word of any language.
const UNBROKEN: usize = 24;
/// From this length on not even words with hyphens between them are.
const COMPOUND: usize = 40;
/// So many digits in a row are an account number, or at least not the log's business.
const DIGITS: usize = 9;

/// The text on one line, without secrets: what follows the name of a secret, everything that looks random, the query and the
/// user of an address, and account numbers but for their last four characters.
pub fn redact(text: &str) -> String {
    // Account numbers first: they may have gaps, and what else is left out ends at one.
    let text = without_ibans(&text.chars().collect::<Vec<_>>());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        at = if is_word(c) {
            word(&text, at, &mut out)
        } else if c == '?' && before(&text, at).is_some_and(|c| !c.is_whitespace()) && is_query(&text, at + 1) {
            out.push('?');
            leave_out(&text, at + 1, &mut out, |c| c.is_whitespace() || matches!(c, '"' | '<' | '>'))
        } else if text[at..].starts_with(&[':', '/', '/']) {
            out.push_str("://");
            user(&text, at + 3, &mut out)
        } else {
            visible(c, &mut out);
            at + 1
        };
    }
    out
}

/// Writes the word that begins at `at`, and what it gives away; where to go on.
fn word(text: &[char], at: usize, out: &mut String) -> usize {
    let end = end_of(text, at, |c| !is_word(c));
    let word = &text[at..end];
    if is_encoded(word) || is_noise(word) {
        out.push_str(LEFT_OUT);
        return end;
    }
    short_numbers(word, out);
    match value_of(word, text, end) {
        Some(value) => {
            text[end..value].iter().for_each(|c| visible(*c, out));
            let mut quoted = false;
            leave_out(text, value, out, |c| {
                quoted ^= c == '"';
                !quoted && (c.is_whitespace() || matches!(c, '&' | ',' | ';'))
            })
        }
        None => end,
    }
}

/// Where the value of a secret begins, if the word is the name of one and something like `=` or `: ` follows.
fn value_of(name: &[char], text: &[char], end: usize) -> Option<usize> {
    let name: String = name.rsplit(|c| *c == '.').next()?.iter().flat_map(|c| c.to_lowercase()).collect();
    let skip = |from, also: &[char]| end_of(text, from, |c| !matches!(c, ' ' | '"' | '\\') && !also.contains(&c));
    if matches!(name.as_str(), "bearer" | "basic") {
        return (text.get(end) == Some(&' ')).then(|| end_of(text, end, |c| c != ' ')).filter(|at| *at < text.len());
    }
    const PARTS: [&str; 8] =
        ["token", "secret", "passw", "passphrase", "verifier", "authorization", "cookie", "assertion"];
    const WHOLE: [&str; 6] = ["code", "state", "session_state", "nonce", "key", "pin"];
    if !PARTS.iter().any(|part| name.contains(part)) && !WHOLE.contains(&name.as_str()) {
        return None;
    }
    let sign = skip(end, &[]);
    // Two colons are a path of the program, not a name and its value.
    let assigns = matches!(text.get(sign), Some('=' | ':')) && text.get(sign + 1) != Some(&':');
    let mut value = end_of(text, sign + 1, |c| c != ' ');
    for scheme in ["bearer ", "basic "] {
        let there: String = text.iter().skip(value).take(scheme.len()).flat_map(|c| c.to_lowercase()).collect();
        value += if there == scheme { scheme.len() } else { 0 };
    }
    (assigns && value < text.len()).then_some(value)
}

fn without_ibans(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        at = if let Some((mask, end)) = iban(text, at) {
            // What it hangs on goes with it: the middle of a code can look like an account number.
            let word = out.iter().rposition(|c| !is_word(*c)).map_or(0, |last| last + 1);
            out.truncate(word);
            out.extend(mask.chars());
            end
        } else {
            out.push(c);
            at + 1
        };
    }
    out
}

/// An account number in any spelling: masked, and where it ends.
fn iban(text: &[char], at: usize) -> Option<(String, usize)> {
    let fresh = before(text, at).is_none_or(|c| !c.is_ascii_alphanumeric());
    let [a, b, c, d, ..] = text[at..] else { return None };
    if !(fresh && a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit()) {
        return None;
    }
    let country = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
    let whole = crate::iban::length(&country.iter().collect::<String>()).map_or(30, |length| length - 4);
    let (mut body, mut end) = (Vec::new(), at + 4);
    loop {
        let group = end_of(text, end, |c| !c.is_ascii_alphanumeric());
        body.extend_from_slice(&text[end..group]);
        end = group;
        let joined = text.get(end).is_some_and(|c| matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{202f}'));
        if body.len() >= whole || !joined || !text.get(end + 1).is_some_and(char::is_ascii_alphanumeric) {
            break;
        }
        end += 1;
    }
    // What hangs on belongs to it: a number with a slip of the keyboard, or something longer that only looks like one.
    end = end_of(text, end, |c| !is_word(c));
    let digits = body.iter().filter(|c| c.is_ascii_digit()).count();
    let last: String = body.iter().skip(body.len().saturating_sub(4)).collect();
    (body.len() >= 11 && digits >= 8).then(|| (format!("{}{}.. .... {last}", country[0], country[1]), end))
}

/// Random text changes between letters and digits, and between small and capital letters, where words do not.
fn is_noise(word: &[char]) -> bool {
    let segments = || word.split(|c| !c.is_alphanumeric());
    let compounds = || word.split(|c| *c == '.');
    if segments().any(|segment| segment.len() >= UNBROKEN) || compounds().any(|part| part.len() >= COMPOUND) {
        return true;
    }
    let odd = |segment: &[char]| {
        let changes = segment.windows(2).filter(|pair| pair[0].is_numeric() != pair[1].is_numeric()).count();
        let lower = |at: usize| segment.get(at).is_some_and(|c| c.is_lowercase());
        let capital = |at: usize| segment[at].is_uppercase() && (lower(at + 1) || at > 0 && lower(at - 1));
        let hump = |at: usize| lower(at + 1) && lower(at + 2);
        changes + (0..segment.len()).filter(|at| capital(*at) && !hump(*at)).count()
    };
    word.len() >= NOISE && segments().map(odd).sum::<usize>() >= 4
}

/// Whether a word is written as addresses write what may not stand in them.
fn is_encoded(word: &[char]) -> bool {
    word.windows(3).any(|three| three[0] == '%' && three[1].is_ascii_hexdigit() && three[2].is_ascii_hexdigit())
}

/// Writes a word with its long numbers cut to their last four digits.
fn short_numbers(word: &[char], out: &mut String) {
    for run in word.chunk_by(|a, b| a.is_numeric() == b.is_numeric()) {
        let long = run.len() >= DIGITS && run[0].is_numeric();
        if long {
            out.push_str("....");
        }
        out.extend(&run[if long { run.len() - 4 } else { 0 }..]);
    }
}

/// Writes an address after its `://`, without a user and password before the host; where to go on.
fn user(text: &[char], at: usize, out: &mut String) -> usize {
    let end = end_of(text, at, |c| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '<' | '>'));
    match text[at..end].iter().rposition(|c| *c == '@') {
        Some(host) => {
            out.push_str(LEFT_OUT);
            at + host
        }
        None => at,
    }
}

fn leave_out(text: &[char], at: usize, out: &mut String, is_end: impl FnMut(char) -> bool) -> usize {
    out.push_str(LEFT_OUT);
    end_of(text, at, is_end)
}

/// A character as it may stand in a line: what would end the line, hide or turn around what follows, is spelled out.
fn visible(c: char, out: &mut String) {
    let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if c.is_control() || turns { out.extend(c.escape_default()) } else { out.push(c) }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '+' | '%')
}

fn is_query(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(|c| is_word(*c))
}

fn before(text: &[char], at: usize) -> Option<char> {
    text.get(at.checked_sub(1)?).copied()
}

/// The first place from `at` on that ends what begins there; the end of the text where none does.
fn end_of(text: &[char], at: usize, mut is_end: impl FnMut(char) -> bool) -> usize {
    text.iter().skip(at).position(|c| is_end(*c)).map_or(text.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::redact;
    use proptest::prelude::*;

    #[test]
    fn what_helps_stays_as_it_is() {
        for text in [
            "the keychain keeps what it is given",
            "org.freedesktop.Secret.Error.IsLocked: the collection is locked",
            "No such file or directory (os error 2)",
            "UNIQUE constraint failed: account.id",
            "error sending request, client error (Connect): Connection refused (os error 111)",
            "address in use: 127.0.0.1:43117",
            "database disk image is malformed, code 11",
            "saldo.2026-11-27.log",
            "https://api.everifin.com/v1/accounts",
            "auth::token::ask",
            "a refresh token of generation 12 is void",
            "x86_64-unknown-linux-gnu, WebKitGTK 2.46.5, rusqlite 0.41.1",
            "why? nobody knows",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn a_value_after_the_name_of_a_secret_is_left_out() {
        for (text, expected) in [
            ("code=abc&iss=x", "code=<redacted>&iss=x"),
            ("client_secret: hunter2, realm", "client_secret: <redacted>, realm"),
            (r#"{"password":"my own words","realm":"r"}"#, r#"{"password":<redacted>,"realm":"r"}"#),
            (r#"Form { secret: Some("two words"), a: 1 }"#, "Form { secret: <redacted>, a: 1 }"),
            ("Authorization: Bearer abc def", "Authorization: Bearer <redacted> def"),
            ("bearer abc", "bearer <redacted>"),
            ("state = s", "state = <redacted>"),
            ("GET /?code=c HTTP/1.1", "GET /?<redacted> HTTP/1.1"),
            ("app.saldo.desktop:/oauth/callback?x=1&y=2", "app.saldo.desktop:/oauth/callback?<redacted>"),
            ("http://marta:pw@proxy.example:3128/", "http://<redacted>@proxy.example:3128/"),
            ("callback%3Fcode%3Dabc", "<redacted>"),
        ] {
            assert_eq!(redact(text), expected);
        }
    }

    #[test]
    fn account_numbers_keep_their_last_four_characters() {
        for (text, expected) in [
            ("to SK3112000000198742637541 today", "to SK.. .... 7541 today"),
            ("to SK31 1200 0000 1987 4263 7541 was wrong", "to SK.. .... 7541 was wrong"),
            ("sk31-1200-0000-1987-4263-7541", "SK.. .... 7541"),
            ("CZ65\u{a0}0800\u{a0}0000\u{a0}1920\u{a0}0014\u{a0}5399", "CZ.. .... 5399"),
            ("GB29 NWBK 6016 1331 9268 19", "GB.. .... 6819"),
            ("SK31120000001987426375", "SK.. .... 6375"),
            ("19-2000145399/0800", "19-....5399/0800"),
            ("ibanSK3112000000198742637541", "<redacted>"),
        ] {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_ends_a_line_or_turns_it_around() {
        assert_eq!(redact("a\nERROR b\r\0\u{1b}[31m"), "a\\nERROR b\\r\\u{0}\\u{1b}[31m");
        assert_eq!(redact("a\u{2028}b\u{202e}c\u{85}"), "a\\u{2028}b\\u{202e}c\\u{85}");
    }

    /// Text without a letter or digit at its edges, so that the canary is a word of its own.
    fn around() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            "[ -~]{0,40}[ \"'(/=:,]".prop_map(|text| text),
            "\\PC{0,20}[\\s\\p{Z}]".prop_map(|text| text),
        ]
    }

    /// As Keycloak and Saldo make them: a token, a code, a state, a secret.
    fn canary() -> impl Strategy<Value = String> {
        prop_oneof![
            "eyJ[A-Za-z0-9_-]{40,200}\\.eyJ[A-Za-z0-9_-]{60,400}\\.[A-Za-z0-9_-]{43}",
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "[A-Za-z0-9_-]{43}",
            "[A-Za-z0-9_-]{64}",
            "[A-Za-z0-9]{32}",
        ]
    }

    #[test]
    fn a_code_whose_middle_looks_like_an_account_number_is_left_out() {
        let line = redact("got a00000aa-0aaa-4000-aa00-a0aa00000a0a 0 ");
        assert!(!line.contains("a00000aa"), "{line}");
    }

    /// A piece of the canary that must not be left: a third of it is still too much.
    fn shows(line: &str, canary: &str) -> bool {
        let chars: Vec<char> = canary.chars().collect();
        chars.windows(chars.len() / 3).any(|piece| line.contains(&piece.iter().collect::<String>()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn no_token_code_state_or_secret_is_left(before in around(), canary in canary(), after in around()) {
            let line = redact(&format!("{before}{canary} {after}"));
            prop_assert!(!shows(&line, &canary), "{line}");
        }

        #[test]
        fn no_secret_however_short_is_left_beside_its_name(
            name in "code|state|access_token|refreshToken|client_secret|password|code_verifier|Cookie",
            sign in "=|: |\":\"|\" : \"|=\"|: Some\\(\"",
            value in "[a-z0-9!$*@/_-]{6,16}",
        ) {
            let line = redact(&format!("x {name}{sign}{value}"));
            prop_assert!(!line.contains(&value), "{line}");
        }

        #[test]
        fn no_iban_is_left_in_any_spelling(
            before in around(), country in "SK|CZ|DE|AT|PL|HU|sk|cz", digits in "[0-9]{26}", gap in "[ \\-.\u{a0}]?",
        ) {
            let length = crate::iban::length(&country.to_uppercase()).unwrap();
            let compact = &format!("{country}{digits}")[..length];
            let groups: Vec<String> = compact.as_bytes().chunks(4).map(|four| String::from_utf8(four.to_vec()).unwrap()).collect();
            let line = redact(&format!("{before}{}", groups.join(&gap)));
            let left: String = line.chars().filter(char::is_ascii_alphanumeric).collect();
            prop_assert!(!left.contains(&compact[4..length - 4]), "{line}");
        }

        #[test]
        fn whatever_comes_is_one_line_and_stays_as_it_is_the_second_time(text in "\\PC{0,60}|(?s).{0,60}") {
            let line = redact(&text);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(redact(&line).lines().count() <= 1, true);
        }
    }
}
