//! One transaction in full, what the owner writes on it.

use super::fold::fold;
use super::transactions::{Annotation, RawField, TransactionDetail, TransactionId, TransactionRow};
use super::{Fault, Store, columns, entry, from_day, from_ms, pages, payments, rules, transfers};
use crate::failure::{FailureKind, Result};
use crate::iban;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

/// The most characters of a note.
const LONGEST_NOTE: usize = 2000;

impl Store {
    /// Everything known of a transaction; fails with `NotFound`.
    pub fn transaction(&self, id: TransactionId) -> Result<TransactionDetail> {
        self.read(|book| detail(book, id))
    }

    /// Writes the owner's note and category. Fails with `NotFound`, and with `DraftInvalid` for a note of more than 2,000
    /// characters.
    pub fn annotate(&self, id: TransactionId, annotation: &Annotation) -> Result<TransactionDetail> {
        let note = Some(annotation.note.as_str()).filter(|note| !note.trim().is_empty());
        if annotation.note.chars().count() > LONGEST_NOTE {
            return Err(FailureKind::DraftInvalid.into());
        }
        self.write(|book| {
            let there = book.prepare_cached("SELECT 1 FROM entry WHERE id = ?")?.exists([id.0])?;
            if !there {
                return Err(FailureKind::NotFound.into());
            }
            if note.is_none() && annotation.category.is_none() {
                book.prepare_cached("DELETE FROM overlay WHERE entry = ?")?.execute([id.0])?;
            } else {
                book.prepare_cached(
                    "INSERT INTO overlay VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET note = ?2, category = ?3, folded = ?4",
                )?
                .execute((id.0, note, annotation.category, fold(note.unwrap_or_default())))?;
            }
            detail(book, id)
        })
    }
}

fn detail(book: &Connection, id: TransactionId) -> Result<TransactionDetail, Fault> {
    let line = book
        .prepare_cached(&format!("{} WHERE entry.id = ?", *pages::ROW))?
        .query_row([id.0], pages::row)
        .optional()?;
    let Some((_, row)) = line else { return Err(FailureKind::NotFound.into()) };
    let sql = "SELECT entry.*, overlay.note, raw_entry.payload FROM entry
        LEFT JOIN overlay ON overlay.entry = entry.id LEFT JOIN raw_entry ON raw_entry.entry = entry.id WHERE entry.id = ?";
    let detail = book.prepare_cached(sql)?.query_row([id.0], |found| {
        let payload: Option<String> = found.get("payload")?;
        in_full(found, row, payload.as_deref().map(raw_fields).unwrap_or_default())
    })?;
    let entry = entry::by_id(book, id.0)?;
    let transfer = entry.map(|entry| transfers::of(book, &entry)).transpose()?.flatten();
    let payment = payments::proved_by(book, id)?;
    Ok(TransactionDetail { rule: rules::of(book, id)?, transfer, payment, ..detail })
}

/// What is known of a transaction beside its line, out of the columns of `entry` and the note.
pub(super) fn in_full(found: &Row<'_>, row: TransactionRow, raw: Vec<RawField>) -> rusqlite::Result<TransactionDetail> {
    let counterparty_iban: Option<String> = found.get("counterparty_iban")?;
    let counterparty_number: Option<String> = found.get("counterparty_number")?;
    let known = counterparty_iban.clone().or_else(|| iban::of_domestic(counterparty_number.as_deref()?));
    Ok(TransactionDetail {
        row,
        counterparty_bank: known.as_deref().and_then(iban::bank_name).map(str::to_owned),
        counterparty_number: counterparty_number.or_else(|| iban::domestic(counterparty_iban.as_deref()?)),
        counterparty_iban,
        value_date: found.get::<_, Option<i64>>("value_day")?.map(from_day),
        constant_symbol: found.get("constant_symbol")?,
        specific_symbol: found.get("specific_symbol")?,
        reference: found.get("reference")?,
        description: found.get("description")?,
        original: columns::money(found, "original_amount", "original_currency")?,
        note: found.get("note")?,
        raw,
        first_seen: from_ms(found.get("first_seen")?),
        aside: found.get("aside")?,
        rule: None,
        transfer: None,
        payment: None,
    })
}

/// The fields of a delivered JSON object in their order: texts without quotes, everything else as it was written, null as
/// nothing.
fn raw_fields(payload: &str) -> Vec<RawField> {
    struct Fields(Vec<RawField>);
    struct InOrder;
    impl<'de> Visitor<'de> for InOrder {
        type Value = Fields;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
            let mut fields = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                let value = match serde_json::from_str::<Option<String>>(value.get()) {
                    Ok(text) => text.unwrap_or_default(),
                    Err(_) => value.get().to_owned(),
                };
                fields.push(RawField { name, value });
            }
            Ok(Fields(fields))
        }
    }
    impl<'de> serde::Deserialize<'de> for Fields {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            from.deserialize_map(InOrder)
        }
    }
    serde_json::from_str(payload).map(|Fields(fields)| fields).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, noon, row};
    use crate::store::transactions::Category;

    const IBAN: &str = "SK9611000000002918599669";

    fn newest(sample: &Sample) -> TransactionId {
        sample.store.latest(1).unwrap()[0].id
    }

    #[test]
    fn raw_fields_stand_in_their_order_and_as_they_came() {
        let fields: Vec<_> = raw_fields(r#"{"z": 1.50, "a": null, "t": "a \"b\" ž", "n": {"x": [1]}}"#)
            .into_iter()
            .map(|field| (field.name, field.value))
            .collect();
        let expected = [("z", "1.50"), ("a", ""), ("t", "a \"b\" ž"), ("n", r#"{"x": [1]}"#)];
        assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(raw_fields("not an object").is_empty());
    }

    #[test]
    fn what_the_owner_writes_stays_and_can_be_taken_back() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        sample.read(account, noon("2026-04-02"), "2026-01-01", None, vec![row("2026-03-05", -100, "a")]);
        let id = newest(&sample);
        let written = Annotation { note: "for the office".into(), category: Some(Category::Office) };
        let detail = sample.store.annotate(id, &written).unwrap();
        assert_eq!((detail.note.as_deref(), detail.row.category), (Some("for the office"), Some(Category::Office)));
        assert!(detail.row.has_note);
        sample.read(account, noon("2026-04-03"), "2026-01-01", None, vec![row("2026-03-05", -100, "a")]);
        assert_eq!(sample.store.transaction(id).unwrap(), detail);
        let only_category = Annotation { note: " ".into(), category: Some(Category::Fees) };
        assert!(!sample.store.annotate(id, &only_category).unwrap().row.has_note);
        let nothing = sample.store.annotate(id, &Annotation { note: String::new(), category: None }).unwrap();
        assert_eq!((nothing.note, nothing.row.category), (None, None));
        let long = Annotation { note: "x".repeat(2001), category: None };
        assert_eq!(sample.store.annotate(id, &long), Err(FailureKind::DraftInvalid.into()));
        assert_eq!(sample.store.annotate(TransactionId(999), &written), Err(FailureKind::NotFound.into()));
        assert_eq!(sample.store.transaction(TransactionId(999)), Err(FailureKind::NotFound.into()));
    }
}
