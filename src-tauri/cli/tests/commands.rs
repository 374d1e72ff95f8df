//! What the commands show, against the sandbox's own sums.

use crate::script::Script;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("an amount is a string: {value}")).parse().unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[tokio::test]
async fn figures_equal_everifins_own_sums_to_the_cent() {
    let script = Script::synced().await;
    let sums = script.everifin.sums();

    let accounts = script.run(&["accounts", "--json"]).await.json();
    assert_eq!(list(&accounts["accounts"]).len(), sums.accounts.len());
    for (shown, true_one) in list(&accounts["accounts"]).iter().zip(&sums.accounts) {
        assert_eq!(shown["iban"].as_str(), true_one.iban.as_deref());
        assert_eq!(decimal(&shown["booked"]["amount"]), true_one.booked, "{shown}");
        assert_eq!(shown["booked"]["currency"], json!(true_one.currency));
        assert!(shown["booked"]["age_seconds"].is_u64() && shown["age_seconds"].is_u64(), "{shown}");
    }
    let totals: BTreeMap<String, Decimal> = list(&accounts["totals"])
        .iter()
        .map(|total| (total["currency"].as_str().unwrap().to_owned(), decimal(&total["amount"])))
        .collect();
    assert_eq!(totals, sums.totals);

    let all = script.run(&["transactions", "--json"]).await.json();
    let rows = list(&all["transactions"]);
    assert_eq!((rows.len(), all["count"].as_u64()), (sums.transactions, Some(sums.transactions as u64)));
    for true_one in &sums.accounts {
        let booked = rows
            .iter()
            .filter(|row| row["status"] == "booked" && row["account_iban"].as_str() == true_one.iban.as_deref());
        let moved: Decimal = booked.map(|row| decimal(&row["amount"])).sum();
        assert_eq!(true_one.opening + moved, true_one.booked, "{}", true_one.name);
    }
    let days: Vec<&str> = rows.iter().map(|row| row["day"].as_str().unwrap()).collect();
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "newest first");
    assert!(rows.iter().all(|row| row["age_seconds"].is_u64()));

    for (currency, total) in &sums.totals {
        let balances = script.run(&["balances", "--currency", currency, "--from", "2026-11-01", "--json"]).await.json();
        let days = list(&balances["days"]);
        assert_eq!((days.len(), &days[17]["day"], &days[17]["reason"]), (18, &json!("2026-11-18"), &Value::Null));
        assert_eq!(decimal(&days[17]["balance"]["amount"]), *total);
        assert!(balances["age_seconds"].is_u64());
    }
}

#[tokio::test]
async fn filters_narrow_what_is_listed() {
    let script = Script::synced().await;
    let iban = script.everifin.sums().accounts[0].iban.clone().unwrap();
    let spaced = format!("{} {}", &iban[..4], &iban[4..]);
    let filter = ["--account", &spaced, "--from", "2026-10-01", "--to", "2026-10-31", "--direction", "out"];
    let rows = script.run(&[&["transactions", "--json"][..], &filter].concat()).await.json();
    let rows = list(&rows["transactions"]);
    assert!(rows.len() > 10, "{}", rows.len());
    for row in rows {
        assert_eq!((row["account_iban"].as_str(), &row["direction"]), (Some(iban.as_str()), &json!("out")));
        assert!(row["day"].as_str().unwrap().starts_with("2026-10-") && decimal(&row["amount"]) < Decimal::ZERO);
    }
    let limited = script.run(&[&["transactions", "--json", "--limit", "3"][..], &filter].concat()).await.json();
    assert_eq!(list(&limited["transactions"])[..], rows[..3]);
    let word = rows[0]["counterparty"].as_str().unwrap();
    let found = script.run(&["transactions", "--json", "--search", word, "--limit", "5"]).await.json();
    assert!(!list(&found["transactions"]).is_empty());
    let id = rows[0]["account"].to_string();
    let before = ["balances", "--account", &id, "--from", "2020-01-01", "--to", "2020-01-02", "--json"];
    let days = script.run(&before).await.json();
    let unknown = |day: &str| json!({ "day": day, "balance": null, "reason": "before_history" });
    assert_eq!(days["days"], json!([unknown("2020-01-01"), unknown("2020-01-02")]));
}

#[tokio::test]
async fn an_export_is_whole_private_and_oldest_first() {
    let script = Script::synced().await;
    let sums = script.everifin.sums();
    let file = script.folder.path().join("export.csv");
    let ended = script.run(&["export", "--output", file.to_str().unwrap()]).await;
    assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{ended:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("id,day,value_date,status,bank,account_name,account_iban,direction,amount,currency,"));
    assert!(text.lines().count() > sums.transactions, "a text may have lines of its own");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        std::fs::read_dir(script.folder.path()).unwrap().count(),
        3,
        "data, passphrase, export: nothing in part"
    );

    let json = script.run(&["export", "--format", "json", "--from", "2026-11-01"]).await.json();
    assert_eq!(json["order"], "oldest_first");
    let rows = list(&json["transactions"]);
    let days: Vec<&str> = rows.iter().map(|row| row["day"].as_str().unwrap()).collect();
    assert!(days.len() > 50 && days.windows(2).all(|pair| pair[0] <= pair[1]));
    let excel = script.run(&["export", "--format", "csv-excel", "--from", "2026-11-01"]).await;
    assert!(excel.out.starts_with("\u{feff}id;day;") && excel.out.contains(",00;EUR;"));
}

#[tokio::test]
async fn a_second_sync_adds_nothing_and_people_can_read_it_all() {
    let script = Script::synced().await;
    let again = script.run(&["sync", "--json"]).await;
    let report = again.json()["sync"].clone();
    assert_eq!(
        (again.code, &report["added"], &report["changed"], &report["failed"]),
        (0, &json!(0), &json!(0), &json!(0))
    );
    assert!(again.err.lines().all(|line| line.starts_with("{\"progress\":")), "{}", again.err);

    let status = script.run(&["status"]).await.out;
    assert!(status.contains("Session      signed in\nLast sync    just now\n"), "{status}");
    let accounts = script.run(&["accounts"]).await.out;
    assert!(
        accounts.starts_with("ID  BANK") && accounts.contains("\nTotal ") && accounts.contains("just now"),
        "{accounts}"
    );
    let rows = script.run(&["transactions", "--limit", "4"]).await.out;
    assert!(rows.starts_with("DAY ") && rows.contains(": read just now\n"), "{rows}");
    let balances = script.run(&["balances", "--currency", "eur", "--from", "2026-11-17"]).await.out;
    assert_eq!(balances.lines().count(), 4, "{balances}");
    for text in [status, accounts, rows, balances] {
        assert!(!text.contains('\u{1b}'), "no colours");
    }
    let synced = script.run(&["sync"]).await;
    assert!(synced.out.contains(" accounts read, 0 failed"), "{synced:?}");
}

#[tokio::test]
async fn the_manual_and_the_completions_come_out_of_the_command_line() {
    let script = Script::new().await;
    for command in ["connect", "status", "sync", "accounts", "transactions", "balances", "export", "man", "completions"]
    {
        let help = script.run(&[command, "--help"]).await;
        assert_eq!(help.code, 0, "{help:?}");
        assert!(help.out.contains(&format!("Usage: saldo-cli {command}")), "{}", help.out);
    }
    let help = script.run(&["--help"]).await.out;
    assert!(help.contains("Exit codes:") && help.contains("It never pays"), "{help}");
    let page = script.run(&["man"]).await.out;
    assert!(page.contains(".TH saldo-cli 1") && page.contains("Exit codes"), "{page}");
    let pages = script.folder.path().join("man");
    assert_eq!(script.run(&["man", "--into", pages.to_str().unwrap()]).await.code, 0);
    assert!(std::fs::read_to_string(pages.join("saldo-cli-connect.1")).unwrap().contains("secret"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = script.run(&["completions", shell]).await;
        assert_eq!(completions.code, 0);
        assert!(completions.out.contains("transactions") && completions.out.contains("passphrase-file"), "{shell}");
    }
    assert!(!script.data().exists(), "none of this needs a book");
}

#[tokio::test]
async fn a_statement_file_adds_what_the_bank_does_not_list_once() {
    let script = Script::synced().await;
    let accounts = script.run(&["accounts", "--json"]).await.json();
    let iban = accounts["accounts"][0]["iban"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("statement.csv");
    std::fs::write(&file, "Date;Amount;Currency;Counterparty\n2019-03-04;-12.50;EUR;Before Everifin\n").unwrap();
    let file = file.to_str().unwrap();

    let unnamed = script.run(&["import", file, "--json"]).await;
    assert_eq!((unnamed.code, unnamed.kind().as_str()), (2, "not_imported"));
    let taken = |added: u32| json!({ "import": { "statements": 1, "added": added, "known": 1 - added } });
    assert_eq!(script.run(&["import", file, "--account", iban, "--json"]).await.json(), taken(1));
    assert_eq!(script.run(&["import", file, "--account", iban, "--json"]).await.json(), taken(0));
    let found = script.run(&["transactions", "--search", "before everifin", "--json"]).await.json();
    assert_eq!((&found["count"], &found["transactions"][0]["day"]), (&json!(1), &json!("2019-03-04")));
    // The next sync leaves it where it is.
    script.run(&["sync", "--json"]).await;
    let found = script.run(&["transactions", "--search", "before everifin", "--json"]).await.json();
    assert_eq!(found["count"], json!(1));
}
