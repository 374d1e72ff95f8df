//! What holds for all answers, and not only for those that somebody thought of.

use super::{RemoteTransaction, accounts, payments, transactions};
use crate::money::{Currency, Money};
use proptest::collection::btree_map;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, nested a little.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-zA-Z]{1,8}", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn row() -> Map<String, Value> {
    let row = json!({"id": 5, "status": "BOOKED", "direction": "IN", "amount": 1, "currency": "EUR",
        "bookingDate": "2026-11-20", "createdAt": "2026-11-20T08:00:00.000Z", "lastUpdated": "2026-11-20T08:00:00.123Z"});
    let Value::Object(row) = row else { unreachable!() };
    row
}

/// Without the text that it was read from.
fn bare(row: &Map<String, Value>) -> Option<RemoteTransaction> {
    let row = transactions::read(&serde_json::to_string(row).unwrap())?;
    Some(RemoteTransaction { raw: String::new(), ..row })
}

proptest! {
    #[test]
    fn every_amount_that_a_currency_has_arrives_as_it_left(
        minor in 0_i64..=i64::MAX, code in prop::sample::select(vec!["EUR", "CZK", "JPY", "HUF", "TND"]),
        as_text in any::<bool>(), zeros in 0_usize..6,
    ) {
        let sent = Money::from_minor(minor, Currency::try_from(code.to_owned()).unwrap());
        let mut digits = sent.amount.to_string();
        if digits.contains('.') {
            digits.push_str(&"0".repeat(zeros));
        }
        let written = if as_text { format!("\"{digits}\"") } else { digits };
        let json = serde_json::to_string(&row()).unwrap().replace("\"amount\":1", &format!("\"amount\":{written}"));
        let read = transactions::read(&json.replace("EUR", code)).unwrap();
        prop_assert_eq!(read.amount.minor(), Ok(minor));
        prop_assert_eq!(read.amount.currency, sent.currency);
    }

    #[test]
    fn what_nobody_asked_for_changes_nothing(more in btree_map("x[a-zA-Z]{1,10}", anything(), 0..6)) {
        let mut with = row();
        with.extend(more.clone());
        prop_assert_eq!(bare(&with), bare(&row()));
        let mut account = json!({"id": "9", "currency": "CZK"}).as_object().unwrap().clone();
        account.extend(more.clone());
        let account = accounts::read(&serde_json::to_string(&account).unwrap()).unwrap();
        prop_assert_eq!((account.id.0.as_str(), account.currency), ("9", Currency::CZK));
        let mut step = json!({"status": "CREATED", "type": "NEXT"}).as_object().unwrap().clone();
        step.extend(more);
        prop_assert_eq!(payments::step(&serde_json::to_string(&step).unwrap()), payments::step(r#"{"status":"CREATED","type":"NEXT"}"#));
    }

    /// One wrong value costs the row at most; where the row is read nevertheless, its amount is the one that was written.
    #[test]
    fn a_wrong_value_is_never_read_as_another(
        field in prop::sample::select(vec!["id", "status", "direction", "amount", "currency", "bookingDate", "valueDate",
            "createdAt", "lastUpdated", "variableSymbol", "counterpartyIban", "originalAmount", "exchangeRate"]),
        value in anything(),
    ) {
        let mut changed = row();
        changed.insert(field.to_owned(), value.clone());
        if let Some(read) = bare(&changed) {
            let amount = read.amount.amount.to_string();
            match (field, value) {
                ("amount", Value::Number(number)) => prop_assert_eq!(amount, number.to_string()),
                ("amount", Value::String(text)) => {
                    prop_assert_eq!(Some(read.amount.amount), super::exact::decimal(text.trim()));
                }
                ("amount", other) => prop_assert!(false, "{} was read as {}", other, amount),
                _ => prop_assert_eq!(amount, "1"),
            }
        }
    }
}
