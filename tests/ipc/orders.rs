//! Payments of a file: what the window asks, and what it gets.

use crate::Window;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::fs;

const FILE: &str = "Payee;IBAN;Amount;Currency;VS\n\
    Kovostav;SK6807200002891987426353;1 840,00;EUR;2026104418\n\
    Gama GmbH;DE89370400440532013000;20,00;EUR;2\n\
    Delta;SK6807200002891987426354;5,00;EUR;3\n";

fn nothing(from: &Value) -> Value {
    json!({ "from": from, "decimalComma": null, "dayFirst": null })
}

#[test]
fn a_file_of_payments_is_shown_and_prepared_as_it_was_shown() {
    let window = Window::open();
    window.enter_demo();
    assert_eq!(window.call("choose_orders", json!({})), Value::Null, "the dialog was closed");
    let path = window.outside.path().join("payments.csv");
    fs::write(&path, FILE).unwrap();
    *window.chosen.lock().unwrap() = Some(path.clone());
    let chosen = window.call("choose_orders", json!({}));
    assert_eq!(chosen["name"], "payments.csv");
    // What happens to the file after it was chosen changes nothing.
    fs::write(&path, FILE.replace("1 840", "9 999")).unwrap();

    let accounts = window.call("accounts", json!({}));
    let able = |account: &&Value| account["canPay"] == true && account["currency"] == "EUR";
    let from = accounts.as_array().unwrap().iter().find(able).unwrap()["id"].clone();
    let look = window.call("look_at_orders", json!({ "file": chosen["file"], "said": nothing(&from) }));
    let lines = &look["sheet"]["lines"];
    assert_eq!((&look["kind"], &look["sheet"]["source"]), (&json!("read"), &json!({ "kind": "csv" })));
    assert_eq!(lines[0]["amount"], json!({ "amount": "1840.00", "currency": "EUR" }));
    assert_eq!(lines[2]["problems"], json!([{ "field": "account", "problem": "accountWrong" }]));
    let asked = |lines: Value| json!({ "file": chosen["file"], "said": nothing(&from), "lines": lines });
    let sum = window.call("sum_of_orders", asked(json!([0, 1])));
    assert_eq!(sum["totals"], json!([{ "amount": "1860.00", "currency": "EUR" }]));

    assert_eq!(
        window.call_from(&window.main, "prepare_orders", asked(json!([0, 2]))).unwrap_err()["kind"],
        "draftInvalid"
    );
    let before = window.call("payments", json!({})).as_array().unwrap().len();
    let ids = window.call("prepare_orders", asked(json!([0, 1])));
    assert_eq!(window.call("payments", json!({})).as_array().unwrap().len(), before + 2);
    let offer = window.call("bulk_offer", json!({ "ids": ids }));
    assert_eq!((&offer["oneOrder"], &offer["total"]["amount"]), (&json!(true), &json!("1860.00")));

    let dropped = window.call("give_orders", json!({ "file": BASE64_STANDARD.encode("hello"), "name": null }));
    assert_eq!(
        window.call_from(&window.main, "prepare_orders", asked(json!([0]))).unwrap_err()["kind"],
        "notFound",
        "another file was given since"
    );
    let look = window.call("look_at_orders", json!({ "file": dropped["file"], "said": nothing(&Value::Null) }));
    assert_eq!(look, json!({ "kind": "unread", "reason": { "kind": "unknown" } }));
    let damaged = window.call("give_orders", json!({ "file": "%", "name": null }));
    let look = window.call("look_at_orders", json!({ "file": damaged["file"], "said": nothing(&Value::Null) }));
    assert_eq!(look["reason"], json!({ "kind": "damaged", "line": null }));

    // Another book does not have what was given to this one.
    window.call("leave_demo", json!({}));
    let look = json!({ "file": damaged["file"], "said": nothing(&Value::Null) });
    assert_eq!(window.call_from(&window.main, "look_at_orders", look).unwrap_err()["kind"], "notFound");
}
