//! An invoice that is given, and a code for being paid: what the window asks, and what it gets.

use crate::Window;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn vector(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/bank/invoices/vectors").join(name)).unwrap()
}

#[test]
fn an_invoice_is_read_however_it_is_given() {
    let window = Window::open();
    let file = vector("img/bysquare.png");
    let given = window.call("read_invoice", json!({ "file": BASE64_STANDARD.encode(&file), "name": "faktura.png" }));
    let payment = &given["payments"][0];
    assert_eq!((&given["name"], &payment["source"]["format"]), (&json!("faktura.png"), &json!("payBySquare")));
    assert_eq!(
        (&payment["account"], &payment["variableSymbol"]),
        (&json!("SK4523585719461382368397"), &json!("2026000123"))
    );
    assert_eq!(payment["amount"], json!({ "amount": "25.30", "currency": "EUR" }));

    assert_eq!(window.call("choose_invoice", json!({})), Value::Null, "the dialog was closed");
    let path = window.outside.path().join("faktura.png");
    fs::write(&path, file).unwrap();
    *window.chosen.lock().unwrap() = Some(path);
    assert_eq!(window.call("choose_invoice", json!({})), given);

    let text = window.call("read_invoice", json!({ "file": BASE64_STANDARD.encode("hello"), "name": null }));
    assert_eq!((&text["payments"], &text["warnings"]), (&json!([]), &json!([{ "kind": "nothingFound" }])));
    let damaged = window.call("read_invoice", json!({ "file": "%", "name": null }));
    assert_eq!(damaged["warnings"], json!([{ "kind": "damaged" }]));
}

#[test]
fn a_region_of_the_screen_is_read_and_its_picture_is_not_kept_where_it_was_made_for_it() {
    let window = Window::open();
    assert_eq!(window.call("capture_invoice", json!({})), Value::Null, "she marked none");
    let path = window.outside.path().join("region.png");
    fs::write(&path, vector("img/bysquare.png")).unwrap();
    *window.chosen.lock().unwrap() = Some(path.clone());
    let read = window.call("capture_invoice", json!({}));
    assert_eq!(read["payments"][0]["account"], json!("SK4523585719461382368397"));
    assert_eq!(read["name"], Value::Null);
    assert!(!path.exists());
    // Where the desktop keeps it among the owner's pictures, it stays.
    let kept = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = kept.path().join("region.png");
    fs::write(&path, vector("img/bysquare.png")).unwrap();
    *window.chosen.lock().unwrap() = Some(path.clone());
    assert_eq!(window.call("capture_invoice", json!({})), read);
    assert!(path.exists());
    *window.chosen.lock().unwrap() = Some(Default::default());
    let none = window.call("capture_invoice", json!({}));
    assert_eq!((&none["payments"], &none["warnings"]), (&json!([]), &json!([{ "kind": "noCapture" }])));
}

#[test]
fn a_code_for_being_paid_is_shown_and_saved() {
    let window = Window::open();
    window.enter_demo();
    let accounts = window.call("accounts", json!({}));
    let account =
        accounts.as_array().unwrap().iter().find(|account| account["currency"] == "EUR" && account["iban"].is_string());
    let account = account.unwrap();
    let mut input = json!({
        "account": account["id"], "payee": "Brezan Interiér", "amount": "12,50", "variableSymbol": "42",
        "specificSymbol": "", "constantSymbol": "", "message": "Ďakujeme",
    });
    let check = window.call("payment_codes", json!({ "input": input }));
    let formats: Vec<&Value> = check["codes"].as_array().unwrap().iter().map(|code| &code["format"]).collect();
    assert_eq!(
        (formats, &check["problems"]),
        (vec![&json!("payBySquare"), &json!("spayd"), &json!("epc")], &json!([]))
    );

    assert_eq!(window.call("save_payment_code", json!({ "input": input, "format": "epc" })), json!(true));
    let saved = fs::read(window.outside.path().join("report.txt")).unwrap();
    let read = window.call("read_invoice", json!({ "file": BASE64_STANDARD.encode(saved), "name": null }));
    assert_eq!(
        (&read["payments"][0]["account"], &read["payments"][0]["source"]["format"]),
        (&account["iban"], &json!("epc"))
    );

    input["amount"] = json!("1,234");
    input["variableSymbol"] = json!("12a");
    let wrong = window.call("payment_codes", json!({ "input": input }));
    let problems = json!([
        { "field": "amount", "problem": "ambiguous" },
        { "field": "variableSymbol", "problem": "notDigits" },
    ]);
    assert_eq!((&wrong["codes"], &wrong["problems"]), (&json!([]), &problems));
    input["account"] = json!(4711);
    let nobody = window.call_from(&window.main, "payment_codes", json!({ "input": input }));
    assert_eq!(nobody.unwrap_err()["kind"], "notFound");
}
