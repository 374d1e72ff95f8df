//! Locking and unlocking as the window sees it.

use super::{Desk, Window, own_credentials};
use bank::vault::Vault;
use chrono::TimeDelta;
use sandbox::Sandbox;
use serde_json::{Value, json};
use std::fs;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
use tauri::async_runtime::{block_on, spawn};
use tauri::ipc::{Channel, InvokeResponseBody};

const PASSWORD: &str = "correct horse battery";

impl Window {
    fn set_password(&self, current: Option<&str>, new: Option<&str>) -> Result<Value, Value> {
        self.call_from(&self.main, "set_app_lock", json!({ "current": current, "password": new }))
    }

    fn unlock(&self, password: &str) -> Result<Value, Value> {
        self.call_from(&self.main, "unlock", json!({ "password": password }))
    }

    /// Everything that it is told from now on.
    fn news(&self) -> Arc<Mutex<Vec<String>>> {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&told);
        self.saldo.listen(Channel::new(move |news| {
            if let InvokeResponseBody::Json(news) = news {
                hears.lock().unwrap().push(news);
            }
            Ok(())
        }));
        told
    }

    fn trouble(&self) -> Value {
        self.call("start", json!({}))["trouble"]["kind"].clone()
    }
}

/// Waits until it is so, ten seconds at most.
fn wait_for(what: &str, so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
    }
}

/// Every call that has to do with a book, with arguments of the right form.
fn calls() -> Vec<(&'static str, Value)> {
    let filter = json!({ "text": "", "accounts": [], "from": null, "to": null, "direction": null });
    let settings = json!({ "language": "en", "theme": "dark", "singleKeys": true, "lockAfterMinutes": null,
        "hideAmounts": true, "returnWay": { "by": "link" } });
    let mut calls = vec![
        ("save_settings", json!({ "settings": settings })),
        ("save_credentials", own_credentials("secret")),
        ("connect", json!({ "via": "deepLink" })),
        ("paste_address", json!({ "address": "app.saldo.desktop:/oauth/callback?code=c&state=s" })),
        ("balance_history", json!({ "currency": "EUR", "range": "1M" })),
        ("transaction_sections", json!({ "filter": filter })),
        ("transaction", json!({ "id": 1 })),
        ("annotate", json!({ "id": 1, "annotation": { "note": "x", "category": null } })),
        ("sync", json!({ "progress": "__CHANNEL__:1" })),
        ("payees", json!({ "text": "" })),
        ("hand_over", json!({ "id": 1, "hash": "x" })),
        ("set_app_lock", json!({ "current": PASSWORD, "password": null })),
        ("use_passphrase", json!({ "password": PASSWORD })),
    ];
    let with_id = ["draft", "delete_draft", "review_payment", "approve_payment", "payment", "check_payment"];
    calls.extend(with_id.map(|name| (name, json!({ "id": 1 }))));
    let bare = [
        "settings",
        "credentials",
        "try_demo",
        "sign_in",
        "open_sign_in_again",
        "copy_sign_in_link",
        "cancel_sign_in",
        "sign_out",
        "leave_demo",
        "overview",
        "accounts",
        "connections",
        "open_everifin",
        "payments",
    ];
    calls.extend(bare.map(|name| (name, json!({}))));
    calls
}

#[test]
fn what_is_locked_answers_nothing_until_the_password_opens_it() {
    let window = Window::open();
    window.call("save_credentials", own_credentials("her-own-secret"));
    let settings = json!({ "language": "sk", "theme": "dark", "singleKeys": false, "lockAfterMinutes": 5,
        "hideAmounts": false, "returnWay": { "by": "link" } });
    window.call("save_settings", json!({ "settings": settings }));
    assert_eq!(window.call("lock", json!({})), json!(false), "there is no password to lock with");
    assert_eq!(window.call("security", json!({}))["appLock"], json!(false));
    assert_eq!(window.set_password(None, Some(PASSWORD)).unwrap()["appLock"], json!(true));

    let told = window.news();
    let desk = Arc::downgrade(&block_on(window.saldo.desk()).unwrap());
    assert_eq!(window.call("lock", json!({})), json!(true));
    assert_eq!(*told.lock().unwrap(), [r#"{"kind":"locked"}"#]);
    wait_for("the desk and its keys are gone", || desk.upgrade().is_none());

    let start = window.call("start", json!({}));
    assert_eq!((&start["trouble"]["kind"], &start["connected"]), (&json!("locked"), &json!(false)));
    assert_eq!((&start["settings"]["language"], &start["settings"]["theme"]), (&json!("sk"), &json!("dark")));
    for (name, arguments) in calls() {
        let refused = window.call_from(&window.main, name, arguments).unwrap_err();
        assert_eq!(refused["kind"], "locked", "{name}: {refused}");
    }
    assert_eq!(window.call("security", json!({}))["appLock"], json!(true), "this much is said");
    window.call("active", json!({}));

    for wrong in ["", "correct horse batter", &"x".repeat(2_000)] {
        assert_eq!(window.unlock(wrong).unwrap_err()["kind"], "passphraseWrong");
    }
    let early = window.unlock(PASSWORD).unwrap_err();
    assert_eq!(early["kind"], "passphraseWrong", "after three wrong ones the right one waits too: {early}");
    assert_eq!(early["retryAt"], "2026-11-18T09:00:02Z");
    window.desk.pass(TimeDelta::seconds(2));
    let start = window.unlock(PASSWORD).unwrap();
    assert_eq!((&start["trouble"], &start["settings"]), (&Value::Null, &settings));
    assert_eq!(window.call("credentials", json!({}))["clientId"], "brezan");
}

#[test]
fn a_locked_saldo_starts_locked() {
    let desk = Desk::new(Vault::in_memory);
    let window = Window::at(&desk);
    window.call("save_credentials", own_credentials("her-own-secret"));
    window.set_password(None, Some(PASSWORD)).unwrap();
    drop(window);
    let window = Window::at(&desk);
    assert_eq!(window.trouble(), "locked");
    assert_eq!(window.call_from(&window.main, "try_demo", json!({})).unwrap_err()["kind"], "locked");
    assert_eq!(window.unlock("wrong password").unwrap_err()["kind"], "passphraseWrong");
    assert_eq!(window.unlock(PASSWORD).unwrap()["trouble"], Value::Null);
    assert_eq!(window.call("lock", json!({})), json!(true), "and can be locked again");
}

#[test]
fn changing_and_removing_the_password_need_the_one_before() {
    let window = Window::open();
    assert_eq!(window.set_password(None, Some("short")).unwrap_err()["kind"], "passphraseWrong");
    window.set_password(None, Some(PASSWORD)).unwrap();
    for current in [None, Some("wrong password")] {
        assert_eq!(window.set_password(current, None).unwrap_err()["kind"], "passphraseWrong");
    }
    window.set_password(Some(PASSWORD), Some("another password")).unwrap();
    window.call("lock", json!({}));
    assert_eq!(window.unlock(PASSWORD).unwrap_err()["kind"], "passphraseWrong");
    window.unlock("another password").unwrap();
    assert_eq!(window.set_password(Some("another password"), None).unwrap()["appLock"], json!(false));
    assert_eq!(window.call("lock", json!({})), json!(false));
}

#[test]
fn what_is_wrong_behind_the_lock_is_told_and_not_taken_for_a_lock() {
    let desk = Desk::new(Vault::in_memory);
    let window = Window::at(&desk);
    window.call("settings", json!({}));
    window.set_password(None, Some(PASSWORD)).unwrap();
    drop(window);
    fs::write(desk.home().join("own/saldo.db"), "x".repeat(8_192)).unwrap();
    let window = Window::at(&desk);
    assert_eq!(window.trouble(), "locked");
    assert_eq!(window.unlock(PASSWORD).unwrap_err()["kind"], "storeDamaged");
    assert_eq!(window.trouble(), "storeDamaged");
}

#[test]
fn saldo_locks_by_itself_after_the_computer_slept() {
    let window = Window::open();
    window.set_password(None, Some(PASSWORD)).unwrap();
    let saldo = Arc::clone(&window.saldo);
    let watching = spawn(saldo.watch_owner());
    window.desk.pass(TimeDelta::hours(8));
    wait_for("Saldo locks", || window.trouble() == "locked");
    watching.abort();
}

/// Signs in with her own Everifin up to the answer for Saldo, which is not delivered.
fn answer_of_a_sign_in(window: &Window) -> (Sandbox, String) {
    let desk = window.desk.clone();
    let everifin = block_on(Sandbox::builder().seed(7).clock(move || desk.now()).start()).unwrap();
    window.call(
        "save_credentials",
        json!({ "credentials": {
            "environment": { "kind": "custom", "idp": everifin.idp_url(), "api": everifin.api_url() },
            "realm": everifin.realm(), "clientId": everifin.client_id(), "clientSecret": everifin.client_secret(),
            "payments": true } }),
    );
    window.call("connect", json!({ "via": "deepLink" }));
    let (_, link) = window.sign_in_at_everifin();
    (everifin, link)
}

#[test]
fn an_answer_that_arrives_while_locked_is_taken_in_after_unlocking() {
    let window = Window::open();
    window.set_password(None, Some(PASSWORD)).unwrap();
    let (everifin, link) = answer_of_a_sign_in(&window);
    window.call("lock", json!({}));
    let asked = everifin.counts();
    assert!(!block_on(window.saldo.arrived(&link)), "a locked window does not come forward");
    assert_eq!(everifin.counts(), asked, "and nothing is asked");
    window.unlock(PASSWORD).unwrap();
    wait_for("signed in", || window.call("start", json!({}))["session"] == "signedIn");
    window.call("sync", json!({ "progress": "__CHANNEL__:1" }));
    assert_ne!(window.call("accounts", json!({})), json!([]));
}

#[test]
fn an_answer_that_is_too_old_at_unlocking_is_forgotten() {
    let window = Window::open();
    window.set_password(None, Some(PASSWORD)).unwrap();
    let (everifin, link) = answer_of_a_sign_in(&window);
    window.call("lock", json!({}));
    assert!(!block_on(window.saldo.arrived(&link)));
    window.desk.pass(TimeDelta::minutes(11));
    let asked = everifin.counts();
    assert_eq!(window.unlock(PASSWORD).unwrap()["session"], "signedOut");
    assert_eq!(everifin.counts(), asked);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_keychain_the_owner_may_choose_a_passphrase_and_nothing_else_makes_one() {
    let desk = Desk::new(Vault::absent);
    let window = Window::at(&desk);
    assert_eq!(window.trouble(), "keychainAbsent");
    assert_eq!(window.call_from(&window.main, "security", json!({})).unwrap_err()["kind"], "keychainAbsent");
    assert!(!desk.home().join("vault.sealed").exists(), "never by itself");
    let chosen = |password: &str| window.call_from(&window.main, "use_passphrase", json!({ "password": password }));
    assert_eq!(chosen("short").unwrap_err()["kind"], "passphraseWrong");
    assert_eq!(chosen(PASSWORD).unwrap()["trouble"], Value::Null);
    let sealed = json!({ "keychain": { "kind": "passphrase" }, "appLock": true });
    assert_eq!(window.call("security", json!({})), sealed);
    window.call("save_credentials", own_credentials("her-own-secret"));
    let demo = window.enter_demo();
    drop(demo);
    assert_eq!(window.call("leave_demo", json!({}))["book"], "own", "the demo's items lie in it as well");

    assert_eq!(window.call("lock", json!({})), json!(true));
    assert_eq!(window.trouble(), "locked");
    assert_eq!(window.call("security", json!({})), sealed, "always said");
    drop(window);
    let window = Window::at(&desk);
    assert_eq!(window.trouble(), "locked");
    let before = fs::read(desk.home().join("vault.sealed")).unwrap();
    assert_eq!(window.unlock("wrong password").unwrap_err()["kind"], "passphraseWrong");
    assert_eq!(fs::read(desk.home().join("vault.sealed")).unwrap(), before);
    assert_eq!(window.unlock(PASSWORD).unwrap()["trouble"], Value::Null);
    assert_eq!(window.call("credentials", json!({}))["hasSecret"], json!(true));

    assert_eq!(window.set_password(Some(PASSWORD), None).unwrap_err()["kind"], "keychainAbsent");
    assert_eq!(
        window.set_password(Some("wrong password"), Some("another phrase")).unwrap_err()["kind"],
        "passphraseWrong"
    );
    assert_eq!(window.set_password(Some(PASSWORD), Some("another phrase")).unwrap(), sealed);
    drop(window);
    // A keychain has appeared: nothing moves into it by itself.
    let window = Window::at(&desk.with_keychain(Vault::in_memory));
    assert_eq!(window.trouble(), "locked");
    assert_eq!(window.unlock("another phrase").unwrap()["trouble"], Value::Null);
    assert_eq!(window.call("security", json!({})), sealed);
}

#[test]
fn while_the_keychain_waits_for_its_owner_the_window_says_so_and_goes_on_when_she_has_answered() {
    static ANSWERED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
    let prompting = |service: &str| {
        Vault::prompting(service, || {
            let _answered = ANSWERED.1.wait_while(ANSWERED.0.lock().unwrap(), |answered| !*answered);
        })
    };
    let window = Window::at(&Desk::new(prompting));
    for _ in 0..2 {
        let start = window.call("start", json!({}));
        assert_eq!(start["trouble"]["kind"], "keychainWaiting", "{start}");
        assert_eq!(start["systemLanguage"], "sk-SK", "enough to say it in her language");
    }
    let told = window.news();
    *ANSWERED.0.lock().unwrap() = true;
    ANSWERED.1.notify_all();
    wait_for("the window is told", || told.lock().unwrap().iter().any(|news| news.contains("session")));
    assert_eq!(window.trouble(), json!(null), "her book is open");
}

#[test]
fn where_there_is_a_keychain_a_passphrase_is_not_used() {
    let window = Window::open();
    window.call("use_passphrase", json!({ "password": PASSWORD }));
    assert!(!window.desk.home().join("vault.sealed").exists());
    assert_eq!(window.call("security", json!({}))["keychain"]["kind"], "system");
}

#[test]
fn no_password_crosses_back_or_lies_in_a_file() {
    let window = Window::open();
    window.set_password(None, Some("canary-password")).unwrap();
    window.call("lock", json!({}));
    let _ = window.unlock("canary-passwort");
    window.unlock("canary-password").unwrap();
    assert!(!window.heard.lock().unwrap().contains("canary"));
    let mut folders = vec![window.desk.home().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
                let bytes = fs::read(&path).unwrap();
                assert!(!bytes.windows(6).any(|part| part == b"canary"), "{}", path.display());
            }
        }
    }
    assert!(files > 1);
}
