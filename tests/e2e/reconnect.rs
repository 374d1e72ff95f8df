//! The day when the sign-in has ended, and the other ways in which an address reaches Saldo.

use crate::desktop::{self, Browser, Opener};
use crate::person::Person;
use crate::window::Window;
use crate::{story, traces};
use sandbox::Sandbox;
use serde_json::json;
use std::collections::BTreeSet;
use std::process::Command;

/// Long and unlikely, so that finding it anywhere means something.
const SECRET: &str = "canary-client-secret-6f1d0c55b7";

/// Somebody she pays in the sandbox's world.
const PAYEE: &str = "Kovostav Hron s.r.o.";

/// What the owner writes on a transaction.
const NOTE: &str = "ask Jana about this one";

async fn everifin() -> Sandbox {
    // Its clock stands still, so that nothing is booked between a sync and the look at the sums.
    let now = chrono::Utc::now();
    Sandbox::builder().seed(7).clock(move || now).client("brezan-interier", SECRET).start().await.unwrap()
}

#[tokio::test]
async fn reconnect() {
    let everifin = everifin().await;
    let mut browser = Browser::new();
    let window = Window::open().await;
    window.record_answers().await;
    let mut person = story::connect(&window, &everifin, Opener::Gio).await;
    browser.next().await;
    totals_agree(&window, &everifin).await;

    // A second sync of an unchanged world changes nothing.
    let report = sync(&window).await;
    assert_eq!(report["failed"], json!(0), "{report}");
    for changed in ["added", "changed", "removed", "quarantined"] {
        assert_eq!(report[changed], json!(0), "{report}");
    }

    // She writes a note on the latest booked transaction, which the list opens with.
    window.press("Transactions").await;
    window.sees("Value date").await;
    window.write("Note", NOTE).await;
    window.key(story::TAB).await;
    window.sees("Saved").await;

    // Everifin ends her session; the next sync finds out.
    everifin.revoke_session();
    window.press("Overview").await;
    window.press("Sync").await;
    window.sees("Sign in to Everifin again.").await;
    window.picture("15-session-ended").await;

    // One click, and everything is as before.
    window.press("Reconnect").await;
    let link = story::allow_again(&mut person, &browser.next().await).await;
    desktop::open(&link, Opener::XdgOpen).await;
    story::arrive(&window).await;
    window.sees_no_more("Sign in to Everifin again.").await;
    totals_agree(&window, &everifin).await;
    window.press("Transactions").await;
    window.sees("Value date").await;
    assert_eq!(window.written("Note").await, NOTE);
    assert_eq!(browser.waiting(), 0, "one click opens one page");

    let code = link.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    assert!(!window.text().await.contains(&code));
    let answers = window.answers().await;
    assert!(answers.contains("Operating account"), "the answers were heard: {}", answers.len());
    traces::none_in(&answers, &[SECRET, &code]);
    window.close().await;
    let sums = everifin.sums();
    let iban = sums.accounts.iter().find_map(|account| account.iban.as_deref()).unwrap();
    traces::none_left_behind(&[SECRET, &code, NOTE, iban, PAYEE]);
    traces::the_book_is_encrypted();
    traces::the_folder_is_private();
    assert!(!traces::in_the_program(SECRET));
}

/// The totals that the overview shows are the sandbox's own sums, to the cent.
async fn totals_agree(window: &Window, everifin: &Sandbox) {
    window.press("Overview").await;
    window.sees("Total balance").await;
    let read = "return [document.querySelector('.total .double-rule'), ...document.querySelectorAll('.sums .by li')].map(e => e.innerText)";
    let shown: Vec<String> = serde_json::from_value(window.run(read, vec![]).await).unwrap();
    let shown: BTreeSet<String> =
        shown.iter().map(|text| text.replace([',', '\u{a0}', ' '], "").replace('€', "EUR")).collect();
    let sums = everifin.sums();
    let wanted = sums.totals.iter().map(|(currency, sum)| format!("{currency}{sum:.2}").replace("EUR-", "-EUR"));
    assert_eq!(shown, wanted.collect());
}

async fn sync(window: &Window) -> serde_json::Value {
    let script = "const done = arguments[0]; const T = window.__TAURI_INTERNALS__; \
        const id = T.transformCallback(() => {}); \
        T.invoke('sync', { progress: `__CHANNEL__:${id}` }).then(done, done);";
    window.run_to_its_end(script).await
}

#[tokio::test]
async fn cold_start() {
    let everifin = everifin().await;
    let mut browser = Browser::new();
    let window = Window::open().await;
    window.sees("All your company").await;
    story::enter_credentials(&window, &everifin, SECRET).await;
    window.press("Connect Everifin").await;
    let mut person = Person::new();
    let link = story::allow(&mut person, &browser.next().await).await;

    // She closes Saldo before the browser answers. The link starts it again, and the sign-in ends well.
    window.close().await;
    let mut opening = desktop::start_opening(&link, Opener::XdgOpen);
    desktop::until("the link has started Saldo", || desktop::processes().len() == 1).await;
    desktop::until("the code has been redeemed", || everifin.counts().keys().any(|what| what.ends_with("/token")))
        .await;
    desktop::close_window().await;
    opening.wait().unwrap();

    let window = Window::open().await;
    story::arrive(&window).await;
    window.close().await;
    traces::none_left_behind(&[SECRET]);
}

#[tokio::test]
async fn second_start() {
    let window = Window::open().await;
    window.sees("All your company").await;
    let first = desktop::processes();
    let ended = Command::new(desktop::saldo()).status().unwrap();
    assert!(ended.success(), "the second Saldo hands over and ends");
    assert_eq!(desktop::processes(), first, "one Saldo is left, the first");

    // Any program on the bus may say what a second start would say (security.md D03): nothing comes of it.
    for argv in [
        "['saldo', 'app.saldo.desktop:/oauth/callback?code=forged&state=forged']",
        "['saldo', '--flag', 'app.saldo.desktop:/oauth/callback?code=forged&state=forged']",
        "['saldo', 'file:///etc/passwd']",
        "['saldo', 'app.saldo.desktop://payment.return/?nonce=forged']",
        "@as []",
    ] {
        let to = ["--dest", "app.saldo.desktop.SingleInstance", "--object-path", "/app/saldo/desktop/SingleInstance"];
        let call = ["--method", "org.SingleInstance.DBus.ExecuteCallback", argv, "/"];
        let said = Command::new("gdbus").args(["call", "--session"]).args(to).args(call).output().unwrap();
        assert!(said.status.success(), "the call arrived: {}", String::from_utf8_lossy(&said.stderr));
    }
    window.sees("All your company").await;
    assert_eq!(desktop::processes(), first);
    let state = window.call("sign_in", json!({})).await;
    assert_eq!(state["ok"]["state"]["kind"], "idle", "{state}");
    window.close().await;
}
