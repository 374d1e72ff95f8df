//! The two or three letters that stand for a bank.

use super::accounts::Bank;
use super::fold::fold;

/// Banks that are known by other letters than their names would give; the first that the name begins with counts.
const KNOWN: &[(&str, &str)] = &[
    ("tatra", "TB"),
    ("slovenska sporitelna", "SL"),
    ("ceska sporitelna", "SP"),
    ("csob", "ČS"),
    ("ceskoslovenska obchod", "ČS"),
    ("fio", "Fio"),
    ("raiffeisen", "RB"),
    ("vub", "VÚB"),
    ("vseobecna uverova", "VÚB"),
    ("komercni", "KB"),
    ("moneta", "MB"),
    ("unicredit", "UC"),
    ("air bank", "Air"),
    ("mbank", "mB"),
    ("365", "365"),
    ("prima", "PB"),
    ("j&t", "J&T"),
    ("ing", "ING"),
];

impl Bank {
    /// A bank with the letters for its tile: the known ones, else the first letters of its first two words, else the first
    /// two letters of its only word.
    pub(crate) fn named(name: &str, country: String) -> Self {
        let folded = fold(name);
        let starts = |prefix: &str| {
            // A whole word: "ing" is not the beginning of "Ingenico".
            folded.strip_prefix(prefix).is_some_and(|rest| prefix.len() > 3 || !rest.starts_with(char::is_alphanumeric))
        };
        let short = match KNOWN.iter().find(|(prefix, _)| starts(prefix)) {
            Some((_, short)) => (*short).to_owned(),
            None => initials(name),
        };
        Self { name: name.to_owned(), short, country }
    }
}

fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [] => "?".into(),
        [only] => only.chars().take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_banks() {
        for (name, short) in [
            ("Tatra banka", "TB"),
            ("Tatra banka, a.s.", "TB"),
            ("Slovenská sporiteľňa", "SL"),
            ("ČSOB", "ČS"),
            ("Československá obchodní banka", "ČS"),
            ("Fio banka", "Fio"),
            ("Raiffeisenbank", "RB"),
            ("Ingenico Bank", "IB"),
            ("Erste", "ER"),
            ("Česká spořitelna", "SP"),
            ("", "?"),
        ] {
            assert_eq!(Bank::named(name, String::new()).short, short, "{name}");
        }
    }
}
