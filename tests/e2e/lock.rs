//! The lock before the owner's book, a computer without a keychain, and the end of everything.

use crate::desktop::{self, Browser, Opener};
use crate::window::Window;
use crate::{story, traces};
use sandbox::Sandbox;
use std::fs;
use std::path::Path;

const PASSWORD: &str = "canary-lock-password-71";

async fn everifin() -> Sandbox {
    let now = chrono::Utc::now();
    Sandbox::builder().seed(7).clock(move || now).start().await.unwrap()
}

#[tokio::test]
async fn lock_and_forget() {
    let everifin = everifin().await;
    let mut browser = Browser::new();
    let window = Window::open().await;
    story::connect(&window, &everifin, Opener::XdgOpen).await;
    browser.next().await;

    // She sets a password.
    window.press("Settings").await;
    window.press("App lock").await;
    window.choose("Ask for a password when Saldo opens").await;
    window.write("New password", PASSWORD).await;
    window.write("New password again", PASSWORD).await;
    window.picture("lock-1-set").await;
    window.press("Set password").await;
    window.sees("Password set").await;

    // Locked by the keyboard: nothing of hers is left in the window, and nothing is answered.
    window.press("Overview").await;
    window.sees("Total balance").await;
    window.chord("l").await;
    window.sees("Saldo is locked").await;
    window.picture("lock-2-locked").await;
    let page = window.run("return document.documentElement.outerHTML", vec![]).await.to_string();
    for hers in ["Operating account", "Tatra banka", "Total balance"] {
        assert!(!page.contains(hers), "{hers} is still in the window");
    }
    for call in ["overview", "accounts", "payments", "connections"] {
        let answer = window.call(call, serde_json::json!({})).await;
        assert_eq!(answer["error"]["kind"], "locked", "{call}");
    }

    window.write("Password", "not the password").await;
    window.press("Unlock").await;
    window.sees("That is not the password").await;
    window.picture("lock-3-wrong").await;
    window.write("Password", PASSWORD).await;
    window.press("Unlock").await;
    window.sees("Total balance").await;

    // It asks at the next start too.
    window.close().await;
    let window = Window::open().await;
    window.sees("Saldo is locked").await;
    window.write("Password", PASSWORD).await;
    window.press("Unlock").await;
    window.sees("Total balance").await;
    no_core(&desktop::processes()[0].0);

    // Everything goes, and nothing is left but an empty Saldo.
    let before = fs::metadata(traces::home().join("own/saldo.db")).unwrap().len();
    window.press("Settings").await;
    window.press("Remove data").await;
    window.picture("lock-4-forget").await;
    window.press("Remove").await;
    window.write("Confirmation", "forget").await;
    window.press("Forget everything").await;
    window.sees("All your company").await;
    window.picture("lock-5-forgotten").await;
    window.close().await;
    let left = fs::metadata(traces::home().join("own/saldo.db")).map_or(0, |file| file.len());
    assert!(left < before / 4, "{left} of {before} bytes are left");
    assert!(!traces::home().join("own").read_dir().unwrap().flatten().any(|file| {
        let name = file.file_name().into_string().unwrap();
        name.contains("copy") || name.contains("damaged") || name.contains("replaced")
    }));
    let iban = everifin.sums().accounts.into_iter().find_map(|account| account.iban).unwrap();
    traces::none_left_behind(&[PASSWORD, everifin.client_secret(), &iban]);
}

/// A crash of this process leaves no copy of its memory (security.md F-15).
fn no_core(process: &u32) {
    let limits = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let soft = core.split_whitespace().nth(4).unwrap();
    assert!(matches!(soft, "0" | "1"), "{core}");
}

#[tokio::test]
async fn without_a_keychain() {
    // No session bus: nobody can be asked for a keychain.
    let window = Window::open_without_a_bus().await;
    window.sees("There is no password store").await;
    window.picture("lock-6-no-keychain").await;
    window.press("Use a passphrase instead").await;
    window.write("Passphrase", PASSWORD).await;
    window.write("Passphrase again", PASSWORD).await;
    window.picture("lock-7-passphrase").await;
    window.press("Use this passphrase").await;
    window.sees("All your company").await;
    window.close().await;

    let window = Window::open_without_a_bus().await;
    window.sees("Saldo is locked").await;
    window.write("Passphrase", PASSWORD).await;
    window.press("Unlock").await;
    window.sees("All your company").await;
    window.close().await;
    traces::none_left_behind(&[PASSWORD]);
}
