use super::*;
use crate::iban;
use chrono::NaiveDate;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("statements/vectors")
}

fn vector(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

/// A file that a vector names.
fn file(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name.rsplit('/').next().unwrap())).unwrap()
}

fn money(minor: i64, currency: Currency) -> String {
    Money::from_minor(minor, currency).amount.to_string()
}

fn plain(money: Option<Money>) -> Option<String> {
    money.map(|money| money.amount.to_string())
}

fn owner(statement: &Statement) -> &str {
    match statement.account.as_ref().unwrap() {
        Owner::Iban(text) | Owner::Number(text) => text,
    }
}

/// Compares what a vector says of a row with the row; `None` in the vector means that nothing may be there.
#[track_caller]
fn same(row: &StatementRow, expected: &Value) {
    let text = |value: &Option<String>| value.clone().map_or(Value::Null, Value::String);
    let day = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    for (name, value) in expected.as_object().unwrap() {
        let found = match name.as_str() {
            "amount" => money(row.amount, row.currency).into(),
            "ccy" => row.currency.to_string().into(),
            "booking" | "date" | "entry" => day(row.booked),
            "value" => day(row.value),
            "status" => match row.status {
                TransactionStatus::Booked => "booked".into(),
                TransactionStatus::Pending => "pending".into(),
                _ => "other".into(),
            },
            "vs" => text(&row.variable_symbol),
            "ks" => text(&row.constant_symbol),
            "ss" => text(&row.specific_symbol),
            "party" | "name" => text(&row.counterparty.clone().or(row.description.clone())),
            "iban" => text(&row.counterparty_iban),
            "counter" | "account_domestic" => text(&row.counterparty_number),
            "counter_iban" | "iban_derived" => text(&row.counterparty_number.as_deref().and_then(iban::of_domestic)),
            "rf" => text(&row.reference),
            "bank_ref" | "id" | "doc" => text(&row.bank_id),
            "text" => {
                let texts = [&row.message, &row.description].into_iter().flatten();
                assert!(texts.clone().any(|text| text == value), "{name} {value}: {row:?}");
                continue;
            }
            "original" => {
                let original = row.original.unwrap();
                assert_eq!(original.amount.abs().to_string(), value["amount"].as_str().unwrap());
                assert_eq!(original.currency.to_string(), value["ccy"].as_str().unwrap());
                continue;
            }
            // Of the file's own numbering, of the bank behind the IBAN, or said by another field.
            "ref" | "bic" | "e2e" | "fee" | "reversal" | "batch" | "type" | "mark" | "note" | "code" | "balance" => {
                continue;
            }
            other => panic!("{other}: nothing compares it"),
        };
        assert_eq!(&found, value, "{name}: {row:?}");
    }
}

#[test]
fn camt_statements_are_those_of_the_vectors() {
    let vector = vector("camt053.json");
    for (name, expected) in vector["files"].as_object().unwrap() {
        let statement = only(&file(name), &Answers::default());
        let Some(account) = expected["account"].as_str() else { continue };
        assert_eq!((statement.format, owner(&statement)), (Format::Camt, account), "{name}");
        assert_eq!(plain(statement.opening).as_deref(), expected["opening"].as_str(), "{name}");
        assert_eq!(plain(statement.closing).as_deref(), expected["closing"].as_str(), "{name}");
        if let Some(available) = expected["available"].as_str() {
            assert_eq!(plain(statement.available).as_deref(), Some(available));
        }
        assert_eq!((statement.proof(), &statement.warnings[..]), (Proof::Holds, &[][..]), "{name}");
        let mut rows = statement.rows.iter();
        for entry in expected["entries"].as_array().unwrap() {
            match entry["batch"].as_array() {
                None => same(rows.next().unwrap(), entry),
                Some(parts) => {
                    for (part, number) in parts.iter().zip(1..) {
                        let row = rows.next().unwrap();
                        same(row, part);
                        assert_eq!(row.bank_id.as_deref(), Some(format!("B3/{number}").as_str()));
                    }
                }
            }
        }
        assert_eq!(rows.next(), None, "{name}");
    }
}

#[test]
fn a_report_of_the_day_is_read_in_every_version() {
    let expected = vector("camt053.json")["files"]["xml/camt052_02_sk.xml"].clone();
    let reports = ["camt052_02_sk.xml", "camt052_08_sk.xml"].map(|name| only(&file(name), &Answers::default()));
    for report in &reports {
        assert_eq!(plain(report.closing).as_deref(), expected["balances"]["ITBD"].as_str());
        assert_eq!(plain(report.available).as_deref(), expected["balances"]["ITAV"].as_str());
        assert_eq!(report.proof(), Proof::Impossible, "it has no opening balance");
        let entries = expected["entries"].as_array().unwrap();
        assert_eq!(report.rows.len(), entries.len());
        report.rows.iter().zip(entries).for_each(|(row, entry)| same(row, entry));
    }
    let without_source = |report: &Statement| {
        let rows = report.rows.iter().cloned();
        rows.map(|row| StatementRow { raw: String::new(), line: 0, ..row }).collect::<Vec<_>>()
    };
    assert_eq!(without_source(&reports[0]), without_source(&reports[1]));
}

#[test]
fn mt940_is_that_of_the_vectors_with_either_line_end() {
    let expected = vector("mt940.json")["expected"].clone();
    let read = ["mt940_sk.sta", "mt940_sk_crlf.sta"].map(|name| only(&file(name), &Answers::default()));
    for statement in &read {
        assert_eq!((statement.format, owner(statement)), (Format::Mt940, expected["account"].as_str().unwrap()));
        assert_eq!(plain(statement.opening).as_deref(), expected["opening"].as_str());
        assert_eq!(plain(statement.closing).as_deref(), expected["closing"].as_str());
        assert_eq!(plain(statement.available).as_deref(), expected["available"].as_str());
        assert_eq!(statement.from.unwrap().to_string(), expected["opening_date"].as_str().unwrap());
        assert_eq!(statement.to.unwrap().to_string(), expected["closing_date"].as_str().unwrap());
        let entries = expected["entries"].as_array().unwrap();
        assert_eq!(statement.rows.len(), entries.len());
        for (row, entry) in statement.rows.iter().zip(entries) {
            let mut entry = entry.clone();
            let reference = entry.as_object_mut().unwrap().insert("ref".into(), Value::Null);
            assert!(
                reference.is_none_or(|reference| reference == "NONREF") && row.reference.as_deref() != Some("NONREF")
            );
            same(row, &entry);
        }
        assert_eq!(statement.proof(), Proof::Holds);
    }
    assert_eq!(read[1].rows[1].counterparty.as_deref(), Some("DODAVATEL"));
    assert_eq!(read[0].rows[1].line, 7);
}

#[test]
fn gpc_is_that_of_the_vector_and_says_that_it_does_not_add_up() {
    let expected = vector("gpc.json")["expected"].clone();
    let statement = only(&file("statement_cz.gpc"), &Answers::default());
    assert_eq!((statement.format, owner(&statement)), (Format::Gpc, expected["account"].as_str().unwrap()));
    assert_eq!(plain(statement.opening).as_deref(), expected["opening"].as_str());
    assert_eq!(plain(statement.closing).as_deref(), expected["closing"].as_str());
    assert_eq!(statement.to.unwrap().to_string(), expected["date"].as_str().unwrap());
    assert_eq!(statement.from.unwrap().pred_opt().unwrap().to_string(), expected["opening_date"].as_str().unwrap());
    let entries = expected["entries"].as_array().unwrap();
    assert_eq!(statement.rows.len(), entries.len());
    statement.rows.iter().zip(entries).for_each(|(row, entry)| same(row, entry));
    let missing = Money::from_minor(-10_000, Currency::CZK);
    let warnings = [Warning::ReversalUnclear { line: 5 }, Warning::DoesNotAddUp { missing }];
    assert_eq!((statement.proof(), &statement.warnings[..]), (Proof::Missing(missing), &warnings[..]));
    let answers = Answers { reversals: Some(Reversals::ThreeAndFour), ..Answers::default() };
    assert_eq!(only(&file("statement_cz.gpc"), &answers).rows[3].amount, -10_000);
}

#[test]
fn tables_are_those_of_the_vectors() {
    for expected in vector("csv_dialects.json")["files"].as_array().unwrap() {
        let name = expected["file"].as_str().unwrap();
        // Two of them do not say their currency.
        let answers = Answers { currency: Some(Currency::EUR), ..Answers::default() };
        let statement = only(&file(name), &answers);
        let rows = expected["rows"].as_array().unwrap();
        assert_eq!((statement.format, statement.rows.len()), (Format::Csv, rows.len()), "{name}");
        for (row, expected) in statement.rows.iter().zip(rows) {
            let mut expected = expected.clone();
            if expected["counter"] == "123/0100" {
                assert_eq!(row.counterparty_number.as_deref(), Some("123/0100"), "{name}");
            }
            if let Some(text) = expected["text"].as_str() {
                assert_eq!(row.message.as_deref(), Some(text), "a cell may have several lines");
            }
            expected.as_object_mut().unwrap().remove("text");
            same(row, &expected);
        }
        if let Some(preamble) = expected["preamble"].as_object() {
            assert_eq!(owner(&statement), preamble["iban"].as_str().unwrap());
            assert_eq!(plain(statement.opening).as_deref(), preamble["opening"].as_str());
            assert_eq!(plain(statement.closing).as_deref(), preamble["closing"].as_str());
            assert_eq!((statement.proof(), statement.currency), (Proof::Holds, Currency::CZK));
            assert_eq!(statement.rows[0].line, 12);
        }
        if name.ends_with("csv_cp1250.csv") {
            // From the balance after each row.
            assert_eq!((plain(statement.opening).as_deref(), statement.proof()), (Some("-1000.00"), Proof::Holds));
        }
    }
    assert_eq!(read(&file("csv_tab_two_columns.tsv"), &Answers::default()), Err(Unread::Currency));
}
