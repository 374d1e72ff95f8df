//! Folding text for searching: what looks alike is found alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text without case and diacritics: `Ľubomír Žižka` and `lubomir zizka` fold to the same; letters that do not decompose
/// (ł, ß, ø ...) become what people type for them; runs of spaces become one.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ø' => folded.push('o'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c if c.is_control() || c == '\u{307}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The folded words of a search, at most 200 characters of it. An amount may be typed with a comma and a sign: it is searched
/// with a point and without.
pub(crate) fn words(search: &str) -> Vec<String> {
    let limited: String = search.chars().take(200).collect();
    fold(&limited)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let amount = word.trim_start_matches(['-', '+', '\u{2212}']);
            let plain = amount.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
            if plain && !amount.is_empty() { amount.replace(',', ".") } else { word.to_owned() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_folds_alike() {
        for (text, folded) in [
            ("Ľubomír Žižka", "lubomir zizka"),
            ("ČESKÁ SPOŘITELNA", "ceska sporitelna"),
            ("Straße", "strasse"),
            ("Łódź Ørsted", "lodz orsted"),
            ("İstanbul", "istanbul"),
            ("ﬁrma\u{a0} s.r.o.\n", "firma s.r.o. "),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn words_of_a_search() {
        assert_eq!(words("  Novák  −1234,50 "), ["novak", "1234.50"]);
        assert_eq!(words("a,b"), ["a,b"]);
        assert!(words("   ").is_empty());
        assert_eq!(words(&"x".repeat(500))[0].len(), 200);
    }
}
