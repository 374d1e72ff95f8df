//! The owner's settings: a small row in the store.

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
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::System, theme: Theme::System, single_keys: true }
    }
}
