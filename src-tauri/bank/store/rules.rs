//! Categories by rules. A rule is made from one correction of the owner's and says so: everything with this counterparty is that.
//! What she gives a single transaction always goes before it.

use super::entry::{self, Facts};
use super::fold::fold;
use super::transactions::{Category, TransactionId};
use super::{Fault, Store, from_ms, to_ms};
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct RuleId(pub u32);

/// A category for every transaction with a counterparty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Its number.
    pub id: RuleId,
    /// What the counterparty is known by.
    pub by: RuleBy,
    /// The counterparty as it was called when the rule was made.
    pub label: String,
    /// The category.
    pub category: Category,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// How many transactions have their category from it.
    pub rows: u32,
}

/// What a rule knows a counterparty by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RuleBy {
    /// Its account.
    Account {
        /// The IBAN, without spaces.
        iban: String,
    },
    /// Its name, without case and diacritics: where the bank gives no account.
    Name,
}

/// What a rule made from a transaction would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleOffer {
    /// What the counterparty would be known by.
    pub by: RuleBy,
    /// The counterparty.
    pub label: String,
    /// How many other transactions would have this category then that have none or another one from a rule.
    pub rows: u32,
}

/// The folded name of a row's counterparty: the first line of what a search looks through, where there is a counterparty.
pub(crate) const NAME: &str =
    "iif(entry.counterparty IS NULL, NULL, substr(entry.folded, 1, instr(entry.folded, char(10)) - 1))";

/// Joins the rule of a row: by its account before its name.
pub(super) fn join() -> String {
    format!(
        "LEFT JOIN rule AS by_account ON by_account.field = 'iban' AND by_account.value = entry.counterparty_iban
         LEFT JOIN rule AS by_name ON by_name.field = 'name' AND by_account.id IS NULL AND by_name.value = {NAME} "
    )
}

/// What a transaction's counterparty can be known by, and its name.
fn key(facts: &Facts) -> Option<(&'static str, String, String)> {
    let name = facts.counterparty.clone();
    match (&facts.counterparty_iban, name) {
        (Some(iban), name) => Some(("iban", iban.clone(), name.unwrap_or_else(|| iban.clone()))),
        (None, Some(name)) => Some(("name", fold(&name), name)),
        (None, None) => None,
    }
}

fn by(field: &str, value: String) -> RuleBy {
    if field == "iban" { RuleBy::Account { iban: value } } else { RuleBy::Name }
}

impl Store {
    /// What a rule made from this transaction would do; none where its counterparty has neither account nor name, or there is
    /// such a rule with this category.
    pub fn rule_offer(&self, id: TransactionId, category: Category) -> Result<Option<RuleOffer>> {
        self.read(|book| {
            let row = entry::by_id(book, id.0)?.ok_or(FailureKind::NotFound)?;
            let Some((field, value, label)) = key(&row.facts) else { return Ok(None) };
            let there = "SELECT 1 FROM rule WHERE field = ? AND value = ? AND category = ?";
            if book.prepare_cached(there)?.exists((field, &value, category))? {
                return Ok(None);
            }
            let sql = format!(
                "SELECT count(*) FROM entry LEFT JOIN overlay ON overlay.entry = entry.id
                 WHERE {} = ? AND entry.id <> ? AND aside IS NULL AND overlay.category IS NULL",
                column(field)
            );
            let rows = book.prepare_cached(&sql)?.query_row((&value, id.0), |row| row.get(0))?;
            Ok(Some(RuleOffer { by: by(field, value), label, rows }))
        })
    }

    /// Makes a rule from a transaction, in the place of an earlier one for the same counterparty. Fails with `NotFound` where the
    /// counterparty is known by nothing.
    pub fn make_rule(&self, id: TransactionId, category: Category, now: DateTime<Utc>) -> Result<()> {
        self.write(|book| {
            let row = entry::by_id(book, id.0)?.ok_or(FailureKind::NotFound)?;
            let (field, value, label) = key(&row.facts).ok_or(FailureKind::NotFound)?;
            book.prepare_cached(
                "INSERT INTO rule (field, value, label, category, made_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (field, value) DO UPDATE SET label = ?3, category = ?4, made_at = ?5",
            )?
            .execute((field, value, label, category, to_ms(now)))?;
            Ok(())
        })
    }

    /// Removes a rule; its transactions lose the category that it gave. Fails with `NotFound`.
    pub fn remove_rule(&self, id: RuleId) -> Result<()> {
        self.write(|book| match book.prepare_cached("DELETE FROM rule WHERE id = ?")?.execute([id.0])? {
            0 => Err(FailureKind::NotFound.into()),
            _ => Ok(()),
        })
    }

    /// All rules, by the counterparty's name.
    pub fn rules(&self) -> Result<Vec<Rule>> {
        self.read(|book| {
            let mut statement = book.prepare_cached("SELECT id, field, value, label, category, made_at FROM rule")?;
            let mut rules = statement.query_map([], rule)?.collect::<Result<Vec<_>, _>>()?;
            for rule in &mut rules {
                rule.rows = rows_of(book, rule)?;
            }
            rules.sort_by_key(|rule| fold(&rule.label));
            Ok(rules)
        })
    }
}

fn column(field: &str) -> &'static str {
    if field == "iban" { "entry.counterparty_iban" } else { NAME }
}

fn rows_of(book: &Connection, rule: &Rule) -> Result<u32, Fault> {
    let (field, value) = match &rule.by {
        RuleBy::Account { iban } => ("iban", iban.clone()),
        RuleBy::Name => ("name", fold(&rule.label)),
    };
    let sql = format!(
        "SELECT count(*) FROM entry LEFT JOIN overlay ON overlay.entry = entry.id
         WHERE {} = ? AND aside IS NULL AND overlay.category IS NULL",
        column(field)
    );
    Ok(book.prepare_cached(&sql)?.query_row([value], |row| row.get(0))?)
}

/// The rule that gives a transaction its category.
pub(super) fn of(book: &Connection, id: TransactionId) -> Result<Option<Rule>, Fault> {
    let sql = format!(
        "SELECT rule.id, field, value, label, rule.category, made_at FROM entry LEFT JOIN overlay ON overlay.entry = entry.id
         JOIN rule ON (field = 'iban' AND value = entry.counterparty_iban) OR (field = 'name' AND value = {NAME})
         WHERE entry.id = ? AND overlay.category IS NULL ORDER BY field LIMIT 1"
    );
    let found = book.prepare_cached(&sql)?.query_row([id.0], rule).optional()?;
    found.map(|found| Ok(Rule { rows: rows_of(book, &found)?, ..found })).transpose()
}

fn rule(row: &Row<'_>) -> rusqlite::Result<Rule> {
    let field: String = row.get(1)?;
    Ok(Rule {
        id: RuleId(row.get(0)?),
        by: by(&field, row.get(2)?),
        label: row.get(3)?,
        category: row.get(4)?,
        made: from_ms(row.get(5)?),
        rows: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, noon, row};
    use crate::store::transactions::Annotation;

    fn book() -> Sample {
        let mut sample = Sample::new();
        let account = sample.account("SK9611000000002918599669", |_| {});
        let with = |day: &str, name: &str, iban: Option<&str>| {
            let mut row = row(day, -10, name);
            row.counterparty_iban = iban.map(str::to_owned);
            row
        };
        let rows = vec![
            with("2026-03-01", "Žabka", None),
            with("2026-03-02", "ŽABKA", None),
            with("2026-03-03", "Žabka Plus", None),
            with("2026-03-04", "Landlord", Some("CZ6508000000192000145399")),
            with("2026-03-05", "Landlord, Ltd.", Some("CZ6508000000192000145399")),
        ];
        sample.read(account, noon("2026-03-06"), "2026-01-01", None, rows);
        sample
    }

    /// Names and categories, oldest first.
    fn categories(sample: &Sample) -> Vec<Option<Category>> {
        sample.store.latest(9).unwrap().iter().rev().map(|row| row.category).collect()
    }

    fn nth(sample: &Sample, place: usize) -> TransactionId {
        sample.store.latest(9).unwrap().iter().rev().nth(place).unwrap().id
    }

    #[test]
    fn one_correction_becomes_a_rule_for_the_past_and_the_future() {
        let sample = book();
        let now = noon("2026-03-06");
        let offer = sample.store.rule_offer(nth(&sample, 0), Category::Office).unwrap().unwrap();
        assert_eq!(offer, RuleOffer { by: RuleBy::Name, label: "Žabka".into(), rows: 1 });
        sample.store.make_rule(nth(&sample, 0), Category::Office, now).unwrap();
        let office = Some(Category::Office);
        assert_eq!(categories(&sample), [office, office, None, None, None]);

        let offer = sample.store.rule_offer(nth(&sample, 4), Category::Rent).unwrap().unwrap();
        assert_eq!((offer.rows, offer.label.as_str()), (1, "Landlord, Ltd."));
        sample.store.make_rule(nth(&sample, 4), Category::Rent, now).unwrap();
        assert_eq!(categories(&sample)[3..], [Some(Category::Rent), Some(Category::Rent)]);
        assert_eq!(sample.store.rule_offer(nth(&sample, 3), Category::Rent).unwrap(), None);

        let detail = sample.store.transaction(nth(&sample, 1)).unwrap();
        assert_eq!(detail.rule.as_ref().map(|rule| (rule.label.as_str(), rule.rows)), Some(("Žabka", 2)));
        let rules = sample.store.rules().unwrap();
        assert_eq!(rules.iter().map(|rule| rule.rows).collect::<Vec<_>>(), [2, 2]);
        sample.store.remove_rule(rules[1].id).unwrap();
        assert_eq!(categories(&sample)[..2], [None, None]);
        assert!(sample.store.remove_rule(rules[1].id).is_err());
    }

    #[test]
    fn what_she_gave_one_transaction_goes_before_a_rule() {
        let sample = book();
        let own = Annotation { note: String::new(), category: Some(Category::Wages) };
        sample.store.annotate(nth(&sample, 1), &own).unwrap();
        assert_eq!(sample.store.rule_offer(nth(&sample, 0), Category::Office).unwrap().unwrap().rows, 0);
        sample.store.make_rule(nth(&sample, 0), Category::Office, noon("2026-03-06")).unwrap();
        assert_eq!(categories(&sample)[..2], [Some(Category::Office), Some(Category::Wages)]);
        assert_eq!(sample.store.transaction(nth(&sample, 1)).unwrap().rule, None);
    }
}
