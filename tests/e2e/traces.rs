//! Looks for secrets where none may be.

use crate::desktop;
use std::fs;
use std::path::{Path, PathBuf};

/// Every token of the sandbox begins with this header (`{"alg":"HS256","typ":"JWT","kid":"saldo-sandbox"}`), so finding none of it
/// means finding no access, refresh or identity token.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InNhbGRvLXNhbmRib3gifQ";

/// A text that the search puts there itself, as a proof that it finds what is there.
const PLANTED: &str = "planted to be found";

/// Looks through everything that this desktop's programs have written (data, logs, the web view's folders, caches) and through the
/// command lines and environments of all running processes, for texts that may stand nowhere: secrets, and what the encrypted
/// book holds (security.md F-03, F-13).
pub(crate) fn none_left_behind(texts: &[&str]) {
    let wanted: Vec<&str> = texts.iter().copied().chain([TOKEN]).collect();
    assert!(wanted.iter().all(|text| text.len() >= 8), "a shorter text would be found by chance");
    let mut found = Vec::new();
    let mut planted_found = false;
    fs::write(desktop::folder().join("data/planted"), PLANTED).unwrap();
    for file in files(&desktop::folder()) {
        let Ok(bytes) = fs::read(&file) else { continue };
        planted_found |= holds(&bytes, PLANTED);
        found.extend(wanted.iter().filter(|text| holds(&bytes, text)).map(|text| (file.clone(), *text)));
    }
    assert!(planted_found, "the search does not find what is there");
    for process in fs::read_dir("/proc").unwrap().flatten() {
        for part in ["cmdline", "environ"] {
            let place = process.path().join(part);
            let Ok(bytes) = fs::read(&place) else { continue };
            found.extend(wanted.iter().filter(|text| holds(&bytes, text)).map(|text| (place.clone(), *text)));
        }
    }
    // The secret itself stays out of the test's own output.
    let places: Vec<String> =
        found.iter().map(|(place, text)| format!("{} ({} letters)", place.display(), text.len())).collect();
    assert!(places.is_empty(), "something is where it may not be:\n{}", places.join("\n"));
    println!("canaries: {} texts, 0 found where they may not be", wanted.len());
}

/// Nothing of what Rust has told the window is a secret (security.md D-14).
pub(crate) fn none_in(told: &str, secrets: &[&str]) {
    let found = secrets.iter().chain([&TOKEN]).filter(|secret| told.contains(**secret)).count();
    assert_eq!(found, 0, "{found} secrets went to the window");
}

/// Every file of the owner's book is encrypted from its first byte on.
pub(crate) fn the_book_is_encrypted() {
    let book = home().join("own/saldo.db");
    for file in [book.clone(), book.with_extension("db-wal")] {
        let Ok(bytes) = fs::read(&file) else { continue };
        assert!(!holds(&bytes, "SQLite format 3"), "{}", file.display());
    }
    assert!(fs::metadata(book).unwrap().len() > 100_000, "the book holds something");
}

/// Nobody but the owner may look into Saldo's folder: the web view and the log write there with the system's usual rights.
pub(crate) fn the_folder_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(home()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(fs::read_dir(home().join("logs")).unwrap().count() > 0, "the log is kept");
}

/// Saldo's folder on this desktop.
pub(crate) fn home() -> PathBuf {
    PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("app.saldo.desktop")
}

/// What Saldo has logged, for a test that fails.
pub(crate) fn log() -> String {
    let files = fs::read_dir(home().join("logs")).unwrap().flatten();
    files.map(|file| fs::read_to_string(file.path()).unwrap()).collect()
}

/// Whether the program file itself contains a text.
pub(crate) fn in_the_program(text: &str) -> bool {
    holds(&fs::read(desktop::saldo()).unwrap(), text)
}

/// In UTF-8 or in UTF-16, as web views write it.
fn holds(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &wide].iter().any(|wanted| bytes.windows(wanted.len()).any(|window| window == *wanted))
}

/// All files below a folder but the keychain's own, which is where secrets belong.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() && !path.ends_with("data/keyrings") {
                folders.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found
}
