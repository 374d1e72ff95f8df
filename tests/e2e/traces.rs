//! Looks for secrets where none may be.

use crate::desktop;
use std::fs;
use std::path::{Path, PathBuf};

/// Every token of the sandbox begins with this header (`{"alg":"HS256","typ":"JWT","kid":"saldo-sandbox"}`), so finding none of it
/// means finding no access, refresh or identity token.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InNhbGRvLXNhbmRib3gifQ";

/// Looks through everything that this desktop's programs have written (data, logs, the web view's folders, caches) and through the
/// command lines of all running processes. `known` is a text that has to be found, as a proof that the search finds.
pub(crate) fn none_left_behind(known: &str, secrets: &[&str]) {
    let wanted: Vec<&str> = secrets.iter().copied().chain([TOKEN]).collect();
    assert!(wanted.iter().all(|secret| secret.len() >= 8), "a shorter text would be found by chance");
    let mut found = Vec::new();
    let mut known_found = false;
    for file in files(&desktop::folder()) {
        let Ok(bytes) = fs::read(&file) else { continue };
        known_found |= holds(&bytes, known);
        found.extend(wanted.iter().filter(|secret| holds(&bytes, secret)).map(|secret| (file.clone(), *secret)));
    }
    assert!(known_found, "the search does not find what is there");
    for process in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(line) = fs::read(process.path().join("cmdline")) else { continue };
        found.extend(wanted.iter().filter(|secret| holds(&line, secret)).map(|secret| (process.path(), *secret)));
    }
    // The secret itself stays out of the test's own output.
    let places: Vec<String> =
        found.iter().map(|(place, secret)| format!("{} ({} letters)", place.display(), secret.len())).collect();
    assert!(places.is_empty(), "a secret is where none may be:\n{}", places.join("\n"));
}

/// Nobody but the owner may look into Saldo's folder: the web view and the log write there with the system's usual rights.
pub(crate) fn the_folder_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let home = PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("app.saldo.desktop");
    let mode = fs::metadata(&home).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(fs::read_dir(home.join("logs")).unwrap().count() > 0, "the log is kept");
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
