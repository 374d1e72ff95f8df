mod codes;
mod files;
mod hostile;
mod pdf;
mod words;
mod writing;

use super::*;
use crate::money::Currency;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of vectors.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("invoices/vectors")
}

fn vectors(name: &str) -> Value {
    serde_json::from_slice(&file(name)).unwrap()
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn reading(file: &[u8]) -> InvoiceReading {
    read(file, Language::Sk, today())
}

/// The one payment of a file.
fn only(file: &[u8]) -> FoundPayment {
    let reading = reading(file);
    assert_eq!(reading.payments.len(), 1, "{reading:?}");
    reading.payments[0].clone()
}

fn amount(found: &FoundPayment) -> Option<String> {
    found.amount.map(|money| money.to_string())
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

fn doubts(found: &FoundPayment) -> Vec<&DoubtKind> {
    found.doubts.iter().map(|doubt| &doubt.doubt).collect()
}
