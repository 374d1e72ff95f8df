//! The owner's settings: a small row in the store.

use crate::payments::ReturnWay;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// As the system says; English where Saldo does not speak the system's language.
    #[default]
    System,
    /// Slovak.
    Sk,
    /// Czech.
    Cs,
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// The language Saldo speaks on a system with this BCP 47 tag.
    pub fn of_system(tag: &str) -> Self {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "sk" => Self::Sk,
            "cs" => Self::Cs,
            "de" => Self::De,
            _ => Self::En,
        }
    }

    /// This language, or that of the system where the owner left it to the system.
    pub fn or(self, system: Self) -> Self {
        if self == Self::System { system } else { self }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the owner chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// Language.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
    /// Whether single keys (J, K, /) work in lists (WCAG 2.1.4).
    pub single_keys: bool,
    /// After how many minutes without her Saldo locks, where there is a password to lock with; none means never.
    pub lock_after_minutes: Option<u16>,
    /// Whether amounts are hidden until she wants to see them.
    pub hide_amounts: bool,
    /// How the browser comes back from her bank when a payment was approved.
    pub return_way: ReturnWay,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::System,
            theme: Theme::System,
            single_keys: true,
            lock_after_minutes: Some(10),
            hide_amounts: false,
            return_way: ReturnWay::Link,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_system_decides_only_where_the_owner_did_not() {
        assert_eq!(Language::System.or(Language::of_system("sk-SK")), Language::Sk);
        assert_eq!(Language::De.or(Language::of_system("sk-SK")), Language::De);
    }

    #[test]
    fn a_system_that_speaks_nothing_known_gets_english() {
        for (tag, language) in [
            ("cs_CZ.UTF-8", Language::Cs),
            ("de-AT", Language::De),
            ("C", Language::En),
            ("", Language::En),
            ("hu", Language::En),
        ] {
            assert_eq!(Language::of_system(tag), language, "{tag}");
        }
    }
}
