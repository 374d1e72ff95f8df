//! Days on which something else fails: the network, the keychain, the computer, Saldo itself. Each time the window says the
//! truth, nothing is lost, and one click mends it.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::traces;
use crate::window::Window;
use sandbox::Sandbox;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The keychain's one collection on the tests' desktop.
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// How long an access token lives here: a sync soon after needs a new one, and with it the keychain.
const LIFE: Duration = Duration::from_secs(4);

async fn everifin(port: u16, state: &Path) -> Sandbox {
    // Started twice: with randomness of its own it does not draw the same tokens again.
    let everifin = Sandbox::builder().seed(7).system_randomness(true).port(port).state_file(state);
    everifin.access_lifetime(LIFE).start().await.unwrap()
}

#[tokio::test]
async fn bad_day() {
    let port = desktop::free_port();
    let outside = tempfile::TempDir::new().unwrap();
    let state = outside.path().join("everifin.json");
    let everifin_of_the_morning = everifin(port, &state).await;
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
    let everifin = everifin(port, &state).await;
    window.press("Try now").await;
    window.sees_no_more("Drafts are kept and wait for you").await;
    settled(&window).await;

    // The keychain is locked while the access token runs out.
    lock_keychain();
    token_ends().await;
    window.press("Sync").await;
    window.sees("password store of this computer is locked").await;
    window.picture("bad-day-2-keychain-locked").await;
    assert_eq!(total_of(&window).await, total);
    let _keychain = unlock_keychain().await;
    window.press("Sync").await;
    window.sees_no_more("password store of this computer is locked").await;
    settled(&window).await;

    // The computer sleeps long enough for the token to end.
    let saldo = only_process();
    signal(saldo, "STOP");
    token_ends().await;
    signal(saldo, "CONT");
    window.press("Sync").await;
    settled(&window).await;
    assert_eq!(total_of(&window).await, total);

    // Saldo is killed in the middle of a sync, and the keychain is first silent and then locked when it starts again.
    token_ends().await;
    window.press("Sync").await;
    // Not while the answer to its renewal is on its way: that would be lost with it, and signing in again would be the honest end.
    window.sees_one_of(&[" done", "Synced today", "Synced just now"]).await;
    signal(only_process(), "KILL");
    desktop::until("Saldo has ended", || desktop::processes().is_empty()).await;
    drop(window);

    // The keychain keeps its answer back, as it does while it waits for its owner's password.
    let keychain = desktop::processes_of("gnome-keyring-daemon")[0].0;
    signal(keychain, "STOP");
    let window = Window::open().await;
    window.sees("Waiting for the password store").await;
    window.picture("bad-day-3-keychain-waited-for").await;
    signal(keychain, "CONT");
    window.sees("Total balance").await;
    window.close().await;

    lock_keychain();
    let window = Window::open().await;
    window.sees("The password store is locked").await;
    window.picture("bad-day-4-locked-at-start").await;
    let _keychain = unlock_keychain().await;
    window.press("Try again").await;
    window.sees("Total balance").await;
    window.press("Sync").await;
    settled(&window).await;
    assert_eq!(total_of(&window).await, total);
    assert_eq!(browser.waiting(), 0, "no sign-in was needed all day");
    window.picture("bad-day-5-mended").await;
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
        assert!(!text.contains(trouble), "{trouble}: {text}\n{}", traces::log());
    }
}

/// Waits until the access token of now is over.
async fn token_ends() {
    let begun = Instant::now();
    desktop::until("the token is over", || begun.elapsed() > LIFE).await;
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
    let collection = format!("['{COLLECTION}']");
    let lock = ["--method", "org.freedesktop.Secret.Service.Lock", &collection];
    assert!(Command::new("gdbus").args(call).args(lock).stdout(Stdio::null()).status().unwrap().success());
}

/// Unlocks it with the password with which the desktop began: its program is started anew, as at a sign-in to the computer.
async fn unlock_keychain() -> Keychain {
    for (process, _) in desktop::processes_of("gnome-keyring-daemon") {
        signal(process, "KILL");
    }
    desktop::until("the keychain has ended", || desktop::processes_of("gnome-keyring-daemon").is_empty()).await;
    let keychain = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut keychain = Keychain(keychain.unwrap());
    keychain.0.stdin.take().unwrap().write_all(b"throw-away").unwrap();
    let ask = ["call", "--session", "--dest", "org.freedesktop.secrets"];
    let of = ["--object-path", COLLECTION, "--method", "org.freedesktop.DBus.Properties.Get"];
    desktop::until("the keychain is open", || {
        let property = ["org.freedesktop.Secret.Collection", "Locked"];
        let answer = Command::new("gdbus").args(ask).args(of).args(property).output().unwrap();
        String::from_utf8_lossy(&answer.stdout).contains("<false>")
    })
    .await;
    keychain
}

/// The keychain's program, which ends with the test.
struct Keychain(Child);

impl Drop for Keychain {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
