//! The two settings that are wanted before any book is open: a locked Saldo speaks the owner's language in her colours. The book
//! keeps them; this is a copy that tells nothing about her, in a plain file.

use bank::settings::{Language, Settings, Theme};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Look {
    language: Language,
    theme: Theme,
}

/// The settings to begin with; the defaults where nothing readable was kept.
pub(super) fn read(home: &Path) -> Settings {
    let Look { language, theme } = kept(home);
    Settings { language, theme, ..Settings::default() }
}

/// Keeps the two. That it fails is no reason to fail: the defaults are shown then.
pub(super) fn keep(home: &Path, settings: &Settings) {
    let look = Look { language: settings.language, theme: settings.theme };
    if kept(home) != look
        && let Ok(text) = serde_json::to_string(&look)
    {
        let _ = std::fs::write(file(home), text);
    }
}

fn kept(home: &Path) -> Look {
    let text = std::fs::read_to_string(file(home)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn file(home: &Path) -> PathBuf {
    home.join("look.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_and_theme_come_back_and_nothing_else_is_written() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(home.path()), Settings::default());
        let chosen = Settings { language: Language::Sk, theme: Theme::Dark, single_keys: false, ..Settings::default() };
        keep(home.path(), &chosen);
        assert_eq!(read(home.path()), Settings { single_keys: true, ..chosen });
        assert_eq!(std::fs::read_to_string(file(home.path())).unwrap(), r#"{"language":"sk","theme":"dark"}"#);
        std::fs::write(file(home.path()), "{\"language\":\"xx\"").unwrap();
        assert_eq!(read(home.path()), Settings::default());
    }
}
