//! A book with two accounts that can pay, and a form that is right.

use crate::clock::Clock;
use crate::payments::DraftInput;
use crate::store::accounts::AccountId;
use crate::store::{Store, to_day, to_ms};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::params;
use std::sync::{Arc, Mutex};

/// The owner's accounts: EUR at a Slovak bank, CZK at a Czech one.
pub(super) const EUR_ACCOUNT: AccountId = AccountId(1);
pub(super) const CZK_ACCOUNT: AccountId = AccountId(2);
pub(super) const EUR_IBAN: &str = "SK3112000000198742637541";
pub(super) const CZK_IBAN: &str = "CZ6508000000192000145399";
/// A supplier's account in Slovakia, one in Czechia, one in Germany.
pub(super) const SUPPLIER: &str = "SK6807200002891987426353";
pub(super) const CZECH_SUPPLIER: &str = "CZ9455000000001011038930";
pub(super) const GERMAN_SUPPLIER: &str = "DE89370400440532013000";

/// A book in a folder of its own, and a clock that a test moves.
pub(super) struct World {
    pub(super) store: Store,
    pub(super) folder: tempfile::TempDir,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl World {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &crate::store::sample::key()).unwrap();
        let now = Arc::new(Mutex::new("2026-11-23T09:00:00Z".parse().unwrap()));
        let world = Self { store, folder, now };
        world.add_account(EUR_ACCOUNT, EUR_IBAN, "EUR", 500_000);
        world.add_account(CZK_ACCOUNT, CZK_IBAN, "CZK", 10_000_000);
        world
    }

    /// The same book after an end of Saldo.
    pub(super) fn restarted(self) -> Self {
        let Self { store, folder, now } = self;
        drop(store);
        let store = Store::open(&folder.path().join("book.db"), &crate::store::sample::key()).unwrap();
        Self { store, folder, now }
    }

    pub(super) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Clock::from_fn(move || *now.lock().unwrap())
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.clock().today()
    }

    pub(super) fn wait(&self, span: TimeDelta) {
        *self.now.lock().unwrap() += span;
    }

    fn add_account(&self, id: AccountId, iban: &str, currency: &str, minor: i64) {
        let now = to_ms(self.now());
        self.store
            .write(|tx| {
                tx.execute(
                    "INSERT INTO account (id, iban, currency, name, kind, bank_name, bank_country, place, listed,
                                          consent_expired, read_at, tried_at, raw)
                     VALUES (?, ?, ?, 'Operating account', 'CURRENT', 'Tatra banka', substr(?2, 1, 2), ?1, 1, 0, ?, ?, '{}')",
                    params![id.0, iban, currency, now, now],
                )?;
                tx.execute(
                    "INSERT INTO balance (account, kind, amount, currency, at) VALUES (?, 'booked', ?, ?, ?)",
                    params![id.0, minor, currency, now],
                )?;
                Ok(())
            })
            .unwrap();
    }

    /// Notes that an account was read without an error just now.
    pub(super) fn account_read(&self, id: AccountId) {
        let now = to_ms(self.now());
        self.store
            .write(|tx| {
                Ok(tx.execute("UPDATE account SET read_at = ?, tried_at = ? WHERE id = ?", params![now, now, id.0])?)
            })
            .unwrap();
    }

    /// A transaction out of the account in EUR, seen now and booked on a day.
    pub(super) fn spent(&self, name: &str, iban: &str, minor: i64, symbol: Option<&str>, day: &str) {
        let day = to_day(day.parse().unwrap());
        let now = to_ms(self.now());
        self.store
            .write(|tx| {
                let next: i64 = tx.query_row("SELECT count(*) + 1 FROM entry", [], |row| row.get(0))?;
                tx.execute(
                    "INSERT INTO entry (key, id, account, status, amount, currency, booked_day, counterparty, counterparty_iban,
                                        variable_symbol, updated, first_seen, folded)
                     VALUES (?, ?, ?, 'booked', ?, 'EUR', ?, ?, ?, ?, ?, ?, ?)",
                    params![
                        (day << 24) | next,
                        next,
                        EUR_ACCOUNT.0,
                        -minor,
                        day,
                        name,
                        iban,
                        symbol,
                        now,
                        now,
                        crate::store::fold::fold(name)
                    ],
                )?;
                Ok(())
            })
            .unwrap();
    }
}

/// A form without problems.
pub(super) fn invoice() -> DraftInput {
    DraftInput {
        from: Some(EUR_ACCOUNT),
        payee: "Kovostav Hron s.r.o.".into(),
        account: SUPPLIER.into(),
        amount: "1 840,00".into(),
        currency: "EUR".into(),
        pay_on: None,
        variable_symbol: "2026104418".into(),
        specific_symbol: String::new(),
        constant_symbol: "0308".into(),
        message: "Faktúra 2026104418".into(),
    }
}
