//! The ledger as the window sees it: what changed, what is in doubt, what can be trusted, and the banks read without being asked.

use crate::Window;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Asks until the answer fits, for half a minute at most.
fn wait_for<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(Instant::now() < until, "it has not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn synced(window: &Window) -> DateTime<Utc> {
    window.call("overview", json!({}))["synced"].as_str().unwrap().parse().unwrap()
}

/// The newest booked row of the list.
fn newest(window: &Window) -> Value {
    let filter = json!({ "text": "", "accounts": [], "from": null, "to": null, "direction": null });
    let sections = window.call("transaction_sections", json!({ "filter": filter }));
    let month = sections.as_array().unwrap().iter().find(|section| section["section"]["kind"] == "month").unwrap();
    let asked = json!({ "filter": filter, "section": month["section"], "after": null });
    window.call("transactions", asked)["rows"][0].clone()
}

#[test]
fn the_banks_are_read_by_themselves_when_the_owner_comes_back() {
    let window = Window::open();
    window.enter_demo();
    let first = synced(&window);
    tauri::async_runtime::spawn(Arc::clone(&window.saldo).read_in_background());
    // A minute after she read them herself there is nothing to do.
    window.desk.pass(TimeDelta::minutes(1));
    window.saldo.turned_to();
    // The next look comes with the next turning: then it is due.
    window.desk.pass(TimeDelta::minutes(5));
    let second = wait_for(|| {
        window.saldo.turned_to();
        Some(synced(&window)).filter(|at| *at > first)
    });
    assert_eq!(second, window.desk.now(), "once, and when she came back");
}

#[test]
fn what_changed_what_stands_aside_and_what_can_be_trusted() {
    let window = Window::open();
    window.enter_demo();
    let sets = window.call("change_sets", json!({ "before": null }));
    assert_eq!((sets.as_array().unwrap().len(), &sets[0]["cause"]), (1, &json!("sync")));
    assert!(sets[0]["accounts"].as_array().unwrap().iter().all(|account| account["first"] == true));
    let account = window.call("accounts", json!({}))[0]["id"].clone();
    let health = window.call("account_health", json!({ "account": account }));
    assert_eq!(health["attempts"].as_array().unwrap().len(), 4);
    assert_eq!(health["proof"]["unproved"], json!([]));

    let row = newest(&window);
    let id = &row["id"];
    window.call("remove_transaction", json!({ "id": id }));
    assert_ne!(newest(&window)["id"], *id);
    assert_eq!(window.call("rows_aside", json!({}))[0]["aside"], "deleted");
    let set = window.call("change_sets", json!({ "before": null }))[0].clone();
    assert_eq!((&set["cause"], &set["canUndo"]), (&json!("decision"), &json!(true)));
    let changes = window.call("changes", json!({ "set": set["id"], "skip": 0 }));
    assert_eq!((&changes[0]["kind"], &changes[0]["transaction"]), (&json!("aside"), id));
    window.call("undo_changes", json!({ "set": set["id"] }));
    assert_eq!(newest(&window)["id"], *id);
    window.call("remove_transaction", json!({ "id": id }));
    window.call("count_again", json!({ "id": id }));
    assert_eq!(newest(&window)["id"], *id);
    assert_eq!(window.call("doubts", json!({})), json!([]));
    assert_eq!(window.call("backfills", json!({})), json!([]));
    let gone = window.call_from(&window.main, "decide", json!({ "doubt": 99, "decision": "both" }));
    assert_eq!(gone.unwrap_err()["kind"], "notFound");
}

#[test]
fn a_rule_is_made_from_one_correction_and_says_so() {
    let window = Window::open();
    window.enter_demo();
    let id = newest(&window)["id"].clone();
    let offer = window.call("rule_offer", json!({ "id": id, "category": "marketing" }));
    assert!(offer["label"].as_str().is_some_and(|label| !label.is_empty()), "{offer}");
    window.call("make_rule", json!({ "id": id, "category": "marketing" }));
    let detail = window.call("transaction", json!({ "id": id }));
    assert_eq!((&detail["row"]["category"], &detail["rule"]["label"]), (&json!("marketing"), &offer["label"]));
    let rules = window.call("rules", json!({}));
    assert_eq!(rules.as_array().unwrap().len(), 1);
    window.call("remove_rule", json!({ "id": rules[0]["id"] }));
    assert_eq!(window.call("rules", json!({})), json!([]));
}

#[test]
fn days_are_read_again_when_the_owner_asks() {
    let window = Window::open();
    window.enter_demo();
    let account = window.call("accounts", json!({}))[0]["id"].clone();
    let asked = json!({ "account": account, "from": "2026-11-01", "to": "2026-11-18" });
    let report = window.call("read_again", asked);
    assert_eq!((&report["read"], &report["added"], &report["changed"]), (&json!(1), &json!(0), &json!(0)));
    let nobody = json!({ "account": 4711, "from": "2026-11-01", "to": "2026-11-18" });
    assert_eq!(window.call_from(&window.main, "read_again", nobody).unwrap_err()["kind"], "notFound");
}
