//! Days on which something else fails: the network, the keychain, the computer, Saldo itself. Each time the window says the
//! truth, nothing is lost, and one click mends it.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::traces;
use crate::window::Window;
use chrono::TimeDelta;
use sandbox::Sandbox;
use std::io::Write;
use std::process::{Command, Stdio};

/// Long enough that every access token is over (the sandbox's live 5 minutes).
const LONG: TimeDelta = TimeDelta::minutes(20);

async fn everifin(port: u16) -> Sandbox {
    let now = chrono::Utc::now();
    let state = desktop::folder().join("everifin.json");
    Sandbox::builder().seed(7).port(port).state_file(state).clock(move || now).start().await.unwrap()
}

#[tokio::test]
async fn bad_day() {
    let port = desktop::free_port();
    let everifin_of_the_morning = everifin(port).await;
    let mut browser = Browser::new();
    let window = Window::open().await;
    story::connect(&window, &everifin_of_the_morning, Opener::XdgOpen).await;
    browser.next().await;
    let total = total_of(&window).await;

    // The network is pulled: what was read stays, with its age; plugged in again, one click brings it up to date.
    everifin_of_the_morning.stop().await;
    window.press("Sync").await;
    window.sees("Offline").await;
    window.picture("bad-day-1-offline").await;
    assert_eq!(total_of(&window).await, total);
    let everifin = everifin(port).await;
    window.press("Try now").await;
    window.sees_no_more("Drafts are kept and wait for you").await;

    // The keychain is locked while the access token runs out.
    lock_keychain();
    everifin.advance(LONG);
    window.press("Sync").await;
    window.sees("password store of this computer is locked").await;
    window.picture("bad-day-2-keychain-locked").await;
    assert_eq!(total_of(&window).await, total);
    unlock_keychain();
    window.press("Sync").await;
    window.sees_no_more("password store of this computer is locked").await;

    // The computer sleeps long enough for the token to end.
    let saldo = only_process();
    signal(saldo, "STOP");
    everifin.advance(LONG);
    signal(saldo, "CONT");
    window.press("Sync").await;
    settled(&window).await;
    assert_eq!(total_of(&window).await, total);

    // Saldo is killed in the middle of a sync, and the keychain is locked when it starts again.
    everifin.advance(LONG);
    window.press("Sync").await;
    signal(only_process(), "KILL");
    desktop::until("Saldo has ended", || desktop::processes().is_empty()).await;
    drop(window);
    lock_keychain();
    let window = Window::open().await;
    window.sees("The password store is locked").await;
    window.picture("bad-day-3-locked-at-start").await;
    unlock_keychain();
    window.press("Try again").await;
    window.sees("Total balance").await;
    window.press("Sync").await;
    settled(&window).await;
    assert_eq!(total_of(&window).await, total);
    assert_eq!(browser.waiting(), 0, "no sign-in was needed all day");
    window.picture("bad-day-4-mended").await;
    window.close().await;
    traces::none_left_behind(&[everifin.client_secret()]);
}

/// The total that the overview shows.
async fn total_of(window: &Window) -> String {
    window.press("Overview").await;
    window.sees("Total balance").await;
    let read = "return document.querySelector('.total .double-rule')?.innerText ?? ''";
    window.run(read, vec![]).await.as_str().unwrap_or_default().to_owned()
}

/// A sync has ended well.
async fn settled(window: &Window) {
    window.sees_no_more("Syncing").await;
    window.sees_one_of(&["Synced today", "Synced just now"]).await;
    let text = window.text().await;
    for trouble in ["Offline", "could not be read", "did not answer", "Sign in to Everifin again"] {
        assert!(!text.contains(trouble), "{trouble}: {text}");
    }
}

fn only_process() -> u32 {
    let [(id, _)] = desktop::processes()[..] else { panic!("{:?}", desktop::processes()) };
    id
}

fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), process.to_string()]).status().unwrap().success());
}

/// Locks the keychain as its own program would.
fn lock_keychain() {
    let call = ["call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"];
    let lock = ["--method", "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']"];
    assert!(Command::new("gdbus").args(call).args(lock).stdout(Stdio::null()).status().unwrap().success());
}

/// Unlocks it with the password with which the desktop began.
fn unlock_keychain() {
    let mut keychain = Command::new("gnome-keyring-daemon")
        .arg("--unlock")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    keychain.stdin.take().unwrap().write_all(b"throw-away").unwrap();
    assert!(keychain.wait().unwrap().success());
}
