//! The boundary as the window sees it: every call through Tauri's own dispatch, under the rights of `tauri.conf.json`. What is
//! answered here is kept in `ui/answers`, where the window's tests read it: neither side drifts alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "ipc/invoices.rs"]
mod invoices;
#[path = "ipc/ledger.rs"]
mod ledger;
#[path = "ipc/lock.rs"]
mod lock;
#[path = "ipc/orders.rs"]
mod orders;
#[path = "e2e/person.rs"]
mod person;
#[path = "ipc/safety.rs"]
mod safety;

use bank::clock::Clock;
use bank::diagnostics::{Opener, Versions};
use bank::vault::{Cost, Vault};
use chrono::{DateTime, TimeDelta, Utc};
use person::Person;
use saldo_shell::{Chosen, Region, Saldo, Surroundings, Wanted};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tauri::async_runtime::block_on;
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

/// What outlives a Saldo: its folder, its keychain, and the time, which only the test moves.
#[derive(Clone)]
struct Desk {
    home: Arc<TempDir>,
    vaults: Arc<Mutex<HashMap<String, Vault>>>,
    keychain: fn(&str) -> Vault,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl Desk {
    fn new(keychain: fn(&str) -> Vault) -> Self {
        let now = Arc::new(Mutex::new("2026-11-18T09:00:00Z".parse().unwrap()));
        Self { home: Arc::new(TempDir::new().unwrap()), vaults: Arc::default(), keychain, now }
    }

    fn with_keychain(&self, keychain: fn(&str) -> Vault) -> Self {
        Self { keychain, vaults: Arc::default(), ..self.clone() }
    }

    fn home(&self) -> &Path {
        self.home.path()
    }

    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    fn pass(&self, time: TimeDelta) {
        *self.now.lock().unwrap() += time;
    }

    fn vault(&self, service: &str) -> Vault {
        let mut vaults = self.vaults.lock().unwrap();
        vaults.entry(service.to_owned()).or_insert_with(|| (self.keychain)(service)).clone()
    }
}

/// Saldo without a screen: its calls, its rights, and a browser that only remembers what it was told to open.
struct Window {
    _app: App<MockRuntime>,
    main: WebviewWindow<MockRuntime>,
    stranger: WebviewWindow<MockRuntime>,
    saldo: Arc<Saldo>,
    opened: Arc<Mutex<Vec<String>>>,
    /// What the owner chooses in the next dialog.
    chosen: Arc<Mutex<Option<PathBuf>>>,
    /// Everything of hers that is not Saldo's.
    outside: TempDir,
    desk: Desk,
    /// Everything that was ever answered.
    heard: Mutex<String>,
}

impl Window {
    fn open() -> Self {
        Self::at(&Desk::new(Vault::in_memory))
    }

    fn at(desk: &Desk) -> Self {
        let opened = Arc::new(Mutex::new(Vec::new()));
        let browser = Arc::clone(&opened);
        let (chosen, outside) = (Arc::new(Mutex::new(None::<PathBuf>)), TempDir::new().unwrap());
        let (clock, keychain) = (desk.clone(), desk.clone());
        let saldo = Arc::new(Saldo::new(Surroundings {
            home: desk.home().to_owned(),
            clock: Clock::from_fn(move || clock.now()),
            keychain: Box::new(move |service| keychain.vault(service)),
            cost: Cost::TEST,
            browser: Box::new(move |address| {
                browser.lock().unwrap().push(address.to_owned());
                true
            }),
            clipboard: Box::new(|_| true),
            copied: Arc::new(|| Some("19-2000145399/0800".into())),
            choose: Box::new({
                let (chosen, file) = (Arc::clone(&chosen), outside.path().join("report.txt"));
                move |wanted: Wanted| -> Chosen {
                    let chosen = match wanted {
                        Wanted::NewFile { .. } => Some(file.clone()),
                        Wanted::BackupFolder
                        | Wanted::Backup
                        | Wanted::Statement
                        | Wanted::Invoice
                        | Wanted::Orders => chosen.lock().unwrap().clone(),
                    };
                    Box::pin(async move { chosen })
                }
            }),
            capture: Box::new({
                let chosen = Arc::clone(&chosen);
                move || {
                    let marked = chosen.lock().unwrap().clone();
                    let unavailable = marked.as_ref().is_some_and(|path| path.as_os_str().is_empty());
                    let region =
                        if unavailable { Region::Unavailable } else { marked.map_or(Region::Left, Region::Pictured) };
                    Box::pin(async move { region })
                }
            }),
            documents: outside.path().join("documents"),
            clear_window: Box::new(|| ()),
            caches: vec![outside.path().join("cache")],
            system_language: "sk-SK".into(),
            opener: Box::new(|| Opener::Another { program: Some("/opt/other/saldo".into()) }),
            claim_links: Box::new(|| ()),
            log: Box::new(|| vec!["2026-11-18T08:12:00Z WARN failure: it failed place=renewal kind=offline".into()]),
            versions: Versions {
                saldo: "0.1.0".into(),
                sqlite: "3.53.4".into(),
                web_view: Some("2.46.5".into()),
                system: "Debian GNU/Linux 12 (bookworm)".into(),
            },
        }));
        let app = mock_builder()
            .invoke_handler(saldo_shell::boundary().invoke_handler())
            .manage(Arc::clone(&saldo))
            .build(tauri::generate_context!())
            .unwrap();
        let main = WebviewWindowBuilder::new(&app, "main", Default::default()).build().unwrap();
        let stranger = WebviewWindowBuilder::new(&app, "stranger", Default::default()).build().unwrap();
        Self { _app: app, main, stranger, saldo, opened, chosen, outside, desk: desk.clone(), heard: Mutex::default() }
    }

    fn call_from(&self, window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.into(),
            callback: tauri::ipc::CallbackFn(0),
            error: tauri::ipc::CallbackFn(1),
            url: if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }.parse().unwrap(),
            body: arguments.into(),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_string(),
        };
        let answer = get_ipc_response(window, request).map(|body| body.deserialize::<Value>().unwrap());
        *self.heard.lock().unwrap() += &format!("{answer:?}");
        answer
    }

    #[track_caller]
    fn call(&self, command: &str, arguments: Value) -> Value {
        self.call_from(&self.main, command, arguments).unwrap_or_else(|failure| panic!("{command}: {failure}"))
    }

    /// Signs in to the demo as its owner, in the browser.
    fn enter_demo(&self) -> Person {
        self.call("try_demo", json!({}));
        let (person, link) = self.sign_in_at_everifin();
        assert!(block_on(self.saldo.arrived(&link)), "Saldo waited for this address");
        self.call("sync", json!({ "progress": "__CHANNEL__:1" }));
        person
    }

    /// Signs in at the page that the browser was told to open; the address that it ends at.
    fn sign_in_at_everifin(&self) -> (Person, String) {
        let page = self.opened.lock().unwrap().pop().unwrap();
        let mut person = Person::new();
        let link = block_on(async {
            let login = person.visit(&page).await.page();
            let typed = [("username", sandbox::OWNER_LOGIN), ("password", sandbox::OWNER_PASSWORD)];
            let consent = person.submit(&login, "", &typed).await.page();
            person.submit(&consent, "decision=accept", &[]).await.link()
        });
        (person, link)
    }
}

/// Compares an answer with the one kept for the window's tests; writes it anew where it differs.
fn keep(name: &str, answer: &Value, stale: &mut Vec<PathBuf>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/answers").join(format!("{name}.json"));
    let text = serde_json::to_string_pretty(answer).unwrap() + "\n";
    if fs::read_to_string(&file).ok().as_deref() != Some(&text) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        stale.push(file);
    }
}

#[test]
fn the_answers_are_those_that_the_windows_tests_read() {
    let window = Window::open();
    let mut stale = Vec::new();
    let mut keep = |name: &str, answer: &Value| keep(name, answer, &mut stale);
    keep("start", &window.call("start", json!({})));
    let locked = Window::open();
    let new = json!({ "current": null, "password": "correct horse battery" });
    keep("security", &locked.call("set_app_lock", new));
    locked.call("lock", json!({}));
    keep("start_locked", &locked.call("start", json!({})));
    window.enter_demo();
    keep("overview", &window.call("overview", json!({})));
    keep("accounts", &window.call("accounts", json!({})));
    keep("connections", &window.call("connections", json!({})));
    keep("balance_history", &window.call("balance_history", json!({ "currency": "EUR", "range": "1M" })));
    let filter = json!({ "text": "", "accounts": [], "from": null, "to": null, "direction": null });
    let sections = window.call("transaction_sections", json!({ "filter": filter }));
    keep("transaction_sections", &sections);
    let pending = json!({ "filter": filter, "section": sections[0]["section"], "after": null });
    let page = window.call("transactions", pending);
    keep("transactions", &page);
    keep("transaction", &window.call("transaction", json!({ "id": page["rows"][0]["id"] })));
    let mut found = window.call("diagnostics", json!({}));
    // What differs from computer to computer and from time to time.
    found["folder"] = json!("/home/marta/.local/share/app.saldo.desktop");
    found["book"]["database"]["kilobytes"] = json!(14_784);
    keep("diagnostics", &found);
    keep("check_account", &window.call("check_account", json!({ "text": "19-2000145399/0800" })));
    let wanted = json!({
        "account": 1, "payee": "Brezan Interiér s.r.o.", "amount": "1 234,56", "variableSymbol": "2026000123",
        "specificSymbol": "99", "constantSymbol": "0308", "message": "Ďakujeme: 100 % záloha",
    });
    keep("payment_codes", &window.call("payment_codes", json!({ "input": wanted })));
    assert!(stale.is_empty(), "answers have changed and were written anew: look at them and commit them: {stale:?}");
}

#[test]
fn e09_another_account_number_on_the_clipboard_is_told_and_nothing_else() {
    let window = Window::open();
    let (copied, other) = ("CZ6508000000192000145399", "SK9611000000002918599669");
    assert_eq!(window.call("copied_otherwise", json!({ "iban": other })), json!(copied));
    assert_eq!(window.call("copied_otherwise", json!({ "iban": copied })), Value::Null);
}

#[test]
fn only_the_main_window_may_call() {
    let window = Window::open();
    assert!(window.call_from(&window.main, "settings", json!({})).is_ok());
    let refused = window.call_from(&window.stranger, "settings", json!({})).unwrap_err();
    assert!(refused.to_string().contains("not allowed"), "{refused}");
}

#[test]
fn nothing_of_tauri_itself_may_be_called() {
    let window = Window::open();
    for command in [
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:deep-link|get_current",
        "plugin:webview|internal_toggle_devtools",
    ] {
        let arguments =
            json!({ "event": "deep-link://new-url", "target": { "kind": "Any" }, "handler": 1, "payload": "x" });
        let refused = window.call_from(&window.main, command, arguments).unwrap_err();
        assert!(refused.to_string().contains("not allowed"), "{command}: {refused}");
    }
}

#[test]
fn arguments_that_are_not_of_the_form_are_refused() {
    let window = Window::open();
    let filter = json!({ "text": "", "accounts": [], "from": null, "to": null, "direction": null, "sql": "1=1" });
    assert!(window.call_from(&window.main, "transaction_sections", json!({ "filter": filter })).is_err());
    assert!(window.call_from(&window.main, "balance_history", json!({ "currency": "euro", "range": "1M" })).is_err());
    assert!(window.call_from(&window.main, "payment", json!({ "id": -1 })).is_err());
}

/// Her own credentials, as the window sends them.
fn own_credentials(secret: &str) -> Value {
    json!({ "credentials": { "environment": { "kind": "production" }, "realm": "everifin_app", "clientId": "brezan",
        "clientSecret": secret, "payments": true } })
}

#[test]
fn what_is_typed_while_the_demo_is_open_goes_into_the_owners_own_book() {
    let window = Window::open();
    window.enter_demo();
    assert_eq!(window.call("start", json!({}))["book"], "demo");
    assert_eq!(window.call("credentials", json!({})), Value::Null, "the demo's credentials are not hers");
    window.call("save_credentials", own_credentials("her-own-secret"));
    let start = window.call("start", json!({}));
    assert_eq!((&start["book"], &start["connected"]), (&json!("own"), &json!(false)));
    assert_eq!(window.call("accounts", json!({})), json!([]), "nothing of the demo is in her book");
    assert_eq!(window.call("credentials", json!({}))["clientId"], "brezan");
    assert!(window.call_from(&window.main, "leave_demo", json!({})).is_ok());
    assert_eq!(window.call("credentials", json!({}))["clientId"], "brezan");
}

#[test]
fn connecting_from_the_demo_never_signs_in_to_the_demo() {
    let window = Window::open();
    window.enter_demo();
    let missing = window.call_from(&window.main, "connect", json!({ "via": "deepLink" })).unwrap_err();
    assert_eq!(missing["kind"], "credentialsMissing");
    assert_eq!(window.call("start", json!({}))["book"], "own");
    assert_eq!(*window.opened.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn a_demo_that_was_not_entered_closes_again() {
    let window = Window::open();
    window.call("save_credentials", own_credentials("her-own-secret"));
    assert_eq!(window.call("try_demo", json!({}))["book"], "demo");
    assert_eq!(window.call("cancel_sign_in", json!({}))["book"], "own");
    assert_eq!(window.call("credentials", json!({}))["clientId"], "brezan");
}

#[test]
fn the_report_is_kept_for_the_owners_eyes_and_holds_no_canary() {
    let window = Window::open();
    let secret = "canary-7f3a-client-secret";
    window.call("save_credentials", own_credentials(secret));
    window.enter_demo();
    assert_eq!(window.call("save_report", json!({})), true);
    let file = window.outside.path().join("report.txt");
    let report = fs::read_to_string(&file).unwrap();
    assert!(report.contains("Session: SignedIn") && report.contains("Renewal: Offline (1)"), "{report}");
    let accounts = window.call("accounts", json!({}));
    let filter = json!({ "text": "", "accounts": [], "from": null, "to": null, "direction": null });
    let section = json!({ "kind": "pending" });
    let page =
        window.call_from(&window.main, "transactions", json!({ "filter": filter, "section": section, "after": null }));
    let party = page.ok().and_then(|page| page["rows"][0]["counterparty"].as_str().map(str::to_owned));
    let canaries = [secret, "eyJ", accounts[0]["iban"].as_str().unwrap(), accounts[0]["name"].as_str().unwrap()];
    for canary in canaries.iter().copied().chain(party.as_deref()) {
        assert!(!report.contains(canary), "{canary}\n{report}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn e21_the_journal_of_payments_is_kept_where_the_owner_says() {
    let window = Window::open();
    assert_eq!(window.call("save_payment_journal", json!({})), true);
    let journal = fs::read_to_string(window.outside.path().join("report.txt")).unwrap();
    assert!(journal.starts_with("at,payment,state,"), "{journal}");
}

#[test]
fn no_secret_crosses_to_the_window() {
    let window = Window::open();
    let secret = "canary-7f3a-client-secret";
    window.call("save_credentials", own_credentials(secret));
    window.call("credentials", json!({}));
    window.enter_demo();
    for command in [
        "start",
        "settings",
        "credentials",
        "sign_in",
        "overview",
        "accounts",
        "connections",
        "payments",
        "diagnostics",
    ] {
        window.call(command, json!({}));
    }
    let kept: Value =
        serde_json::from_str(&fs::read_to_string(window.desk.home().join("demo/everifin.json")).unwrap()).unwrap();
    let heard = window.heard.lock().unwrap();
    for canary in [secret, kept["client_secret"].as_str().unwrap(), "eyJ", "refresh_token", "code_verifier"] {
        assert!(!heard.contains(canary), "{canary} crossed the boundary");
    }
}
