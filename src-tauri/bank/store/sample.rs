//! A small book for tests, filled without any bank.

use super::accounts::AccountId;
use super::changes::Cause;
use super::entry::Facts;
use super::intake::{Applied, Incoming, Intake, Whole};
use super::listing::{Balances, Listed};
use super::transactions::TransactionStatus;
use super::{Store, StoreKey};
use crate::failure::Result;
use crate::money::{Currency, Money};
use crate::vault::Secret;
use chrono::{DateTime, NaiveDate, Utc};

/// A book in a folder of its own.
pub(crate) struct Sample {
    pub(crate) store: Store,
    pub(crate) listing: Vec<Listed>,
    pub(crate) folder: tempfile::TempDir,
}

/// Noon, so that the day is the same in every zone near Greenwich.
pub(crate) fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn eur(cents: i64) -> Money {
    Money::from_minor(cents, Currency::EUR)
}

/// A booked row in EUR.
pub(crate) fn row(day: &str, cents: i64, counterparty: &str) -> Facts {
    let day = Some(day.parse().unwrap());
    Facts {
        status: TransactionStatus::Booked,
        amount: cents,
        currency: Currency::EUR,
        original: None,
        booked: day,
        value: day,
        counterparty: Some(counterparty.into()),
        counterparty_iban: None,
        counterparty_number: None,
        variable_symbol: None,
        constant_symbol: None,
        specific_symbol: None,
        reference: None,
        message: None,
        description: None,
        bank_id: None,
    }
}

/// The key of every book in the tests.
pub(crate) fn key() -> StoreKey {
    StoreKey::from(Secret::new([7; 32]))
}

impl Sample {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &key()).unwrap();
        Self { store, listing: Vec::new(), folder }
    }

    /// Lists one more current account in EUR, after a change of what is listed.
    pub(crate) fn account(&mut self, iban: &str, change: impl FnOnce(&mut Listed)) -> AccountId {
        let mut listed = listed(iban);
        change(&mut listed);
        self.listing.push(listed);
        self.store.take_listing(&self.listing, true, noon("2026-01-01")).unwrap().last().unwrap().0
    }

    /// Reads an account in full at a moment.
    pub(crate) fn read(
        &self,
        account: AccountId,
        at: DateTime<Utc>,
        whole_from: &str,
        booked: Option<Money>,
        rows: Vec<Facts>,
    ) {
        take(&self.store, &intake(account, at, whole_from, booked, rows), at).unwrap();
    }
}

/// Takes one account over as a sync of its own.
pub(crate) fn take(store: &Store, intake: &Intake, at: DateTime<Utc>) -> Result<Applied> {
    let set = store.begin_changes(Cause::Sync, at)?;
    let applied = store.take(set, intake, at)?;
    store.finish_changes(set)?;
    Ok(applied)
}

/// A current account in EUR, as listed.
pub(crate) fn listed(iban: &str) -> Listed {
    Listed {
        remote_id: format!("remote {iban}"),
        iban: Some(iban.into()),
        number: None,
        currency: Currency::EUR,
        name: "Operating account".into(),
        kind: "CURRENT".into(),
        bank_name: "Tatra banka".into(),
        bank_bic: None,
        bank_country: "SK".into(),
        consent_expired: false,
        consent_until: None,
        refreshed: None,
        raw: "{}".into(),
    }
}

/// All of an account, read at a moment.
pub(crate) fn intake(
    account: AccountId,
    at: DateTime<Utc>,
    whole_from: &str,
    booked: Option<Money>,
    rows: Vec<Facts>,
) -> Intake {
    let incoming = rows.into_iter().zip(0..).map(|(facts, number)| Incoming {
        remote_id: format!("{number}"),
        created: at + chrono::TimeDelta::milliseconds(number),
        updated: at,
        facts: Some(facts),
        raw: format!(r#"{{"id": {number}, "amount": 1.50, "note": null, "text": "a \"quoted\" ž"}}"#),
    });
    Intake {
        account,
        remote_id: "remote".into(),
        rows: incoming.collect(),
        whole: Whole::Everywhere,
        cursor: Some(at),
        reread: false,
        unsure: false,
        settle: None,
        history_from: Some(day(whole_from)),
        balances: Balances { booked: booked.map(|money| (money, at)), available: None },
    }
}
