//! The owner's backup made and brought back, and a data file that is damaged: each time the window says what is here again and what
//! may be missing.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::traces;
use crate::window::Window;
use sandbox::Sandbox;
use std::fs;
use std::path::PathBuf;

const PASSWORD: &str = "canary-backup-password-52";

#[tokio::test]
async fn backup_and_damage() {
    let now = chrono::Utc::now();
    let everifin = Sandbox::builder().seed(7).clock(move || now).start().await.unwrap();
    let mut browser = Browser::new();
    let window = Window::open().await;
    story::connect(&window, &everifin, Opener::XdgOpen).await;
    browser.next().await;
    write_note(&window, "before the backup").await;

    // A backup, under a password of its own.
    window.press("Settings").await;
    window.press("Backup").await;
    window.press("Back up now").await;
    window.write("New password", PASSWORD).await;
    window.write("New password again", PASSWORD).await;
    window.press("Back up now").await;
    window.sees("checked and readable").await;
    window.picture("safety-1-backed-up").await;
    let file = backup();
    write_note(&window, "after the backup").await;

    // Brought back from the file that she chooses in the system's dialog.
    window.press("Settings").await;
    window.press("Backup").await;
    window.press("Restore from a file").await;
    window.press("Choose a file").await;
    desktop::choose_file(&file).await;
    window.write("Password of this backup", "not its password").await;
    window.press("Restore").await;
    window.sees("This file cannot be read").await;
    window.picture("safety-2-wrong-password").await;
    window.write("Password of this backup", PASSWORD).await;
    window.press("Restore").await;
    window.sees("Your data is back").await;
    window.picture("safety-3-restored").await;
    window.press("Done").await;
    assert_eq!(note(&window).await, "before the backup");
    window.close().await;

    // The data file is damaged while Saldo is closed.
    let book = traces::home().join("own/saldo.db");
    let mut bytes = fs::read(&book).unwrap();
    for byte in bytes.iter_mut().skip(4096).take(64 * 1024) {
        *byte = !*byte;
    }
    fs::write(&book, bytes).unwrap();
    let window = Window::open().await;
    window.sees("The data file is damaged").await;
    window.picture("safety-4-damaged").await;
    // By the backup, the sign-in being as it was.
    window.press("Choose a file: Restore a backup").await;
    window.press("Choose a file").await;
    desktop::choose_file(&file).await;
    window.write("Password of this backup", PASSWORD).await;
    window.press("Restore").await;
    window.sees("Your data is back").await;
    window.picture("safety-5-mended").await;
    window.press("Open Saldo").await;
    window.sees("Total balance").await;
    assert_eq!(note(&window).await, "before the backup");
    window.press("Overview").await;
    window.press("Sync").await;
    window.sees_no_more("Syncing").await;
    assert!(!window.text().await.contains("Sign in to Everifin again"), "no sign-in is needed");
    window.close().await;
    traces::none_left_behind(&[PASSWORD, everifin.client_secret(), "before the backup", "after the backup"]);
}

/// The one backup in the folder where backups usually go.
fn backup() -> PathBuf {
    let mut folders = vec![desktop::folder()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "saldo") {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    let head = fs::read(&found[0]).unwrap();
    assert!(!head.starts_with(b"SQLite format 3"), "it is encrypted");
    found.remove(0)
}

/// Writes a note on the transaction that the list opens with.
async fn write_note(window: &Window, text: &str) {
    window.press("Transactions").await;
    window.sees("Value date").await;
    window.write("Note", text).await;
    window.key(story::TAB).await;
    window.sees("Saved").await;
}

async fn note(window: &Window) -> String {
    window.press("Transactions").await;
    window.sees("Value date").await;
    window.written("Note").await
}
