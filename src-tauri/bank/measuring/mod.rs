//! Books of any size, and what the store asks the database: for `cargo xtask bench` and the test of the real window with a million
//! rows. Nothing of it is in the product.

mod ledger;

pub use ledger::{ACCOUNTS, DAYS, LAST_DAY};

use crate::failure::{FailureKind, Result};
use crate::money::Money;
use crate::store::accounts::AccountId;
use crate::store::changes::Cause;
use crate::store::entry::{self, Facts, Marks};
use crate::store::intake::{Incoming, Intake, Whole};
use crate::store::listing::{Balances, Listed};
use crate::store::transactions::TransactionFilter;
use crate::store::{Store, StoreKey, from_day, pages, search};
use crate::vault::Secret;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ledger::{Dice, own, row};
use rusqlite::types::Value;

/// How many rows are written in one transaction.
const BATCH: u32 = 20_000;

/// The key of every made-up book: no secret.
pub const KEY: [u8; 32] = [7; 32];

/// The same as the store takes it.
pub fn key() -> StoreKey {
    StoreKey::from(Secret::new(KEY))
}

/// The same as SQLCipher takes it.
pub const RAW_KEY: &str = "x'0707070707070707070707070707070707070707070707070707070707070707'";

/// The day on which a made-up book ends.
pub fn today() -> NaiveDate {
    from_day(LAST_DAY)
}

/// A moment on that day.
pub fn now() -> DateTime<Utc> {
    today().and_hms_opt(12, 0, 0).unwrap_or_default().and_utc()
}

fn listed(account: u32) -> Listed {
    let (iban, currency) = own(account);
    Listed {
        remote_id: format!("account-{account}"),
        iban: Some(iban),
        number: None,
        currency,
        name: format!("Operating account {}", account + 1),
        kind: "CURRENT".into(),
        bank_name: if account < 7 { "Tatra banka" } else { "Fio banka" }.into(),
        bank_bic: None,
        bank_country: if account < 7 { "SK" } else { "CZ" }.into(),
        consent_expired: false,
        consent_until: None,
        refreshed: None,
        raw: "{}".into(),
    }
}

/// A row's JSON, as long as Everifin's.
fn raw(number: u32, facts: &Facts) -> String {
    let (party, message) =
        (facts.counterparty.as_deref().unwrap_or_default(), facts.message.as_deref().unwrap_or_default());
    format!(
        r#"{{"id":"remote-{number}","status":"BOOKED","amount":{}.{:02},"counterparty":"{party}","reference":"{message}","bookingDate":"{}"}}"#,
        facts.amount / 100,
        facts.amount.abs() % 100,
        facts.booked.unwrap_or_default()
    )
}

fn marks() -> Marks {
    let seen = now().timestamp_millis();
    Marks { updated: seen, first_seen: seen, aside: None, missing_since: None, key: None }
}

/// The accounts of a made-up book, in a book that has none.
pub fn list_accounts(store: &Store) -> Result<Vec<AccountId>> {
    let listing: Vec<Listed> = (0..ACCOUNTS).map(listed).collect();
    Ok(store.take_listing(&listing, true, now())?.into_iter().map(|(account, _)| account).collect())
}

/// Fills an empty book with accounts, rows and balances, row by row as a sync writes them.
pub fn fill(store: &Store, rows: u32) -> Result<()> {
    let accounts = list_accounts(store)?;
    let mut dice = Dice::new(u64::from(rows));
    for batch in (0..rows).step_by(BATCH as usize) {
        store.write(|book| {
            for number in batch..(batch + BATCH).min(rows) {
                let (account, facts) = row(number, rows, &mut dice);
                let account = accounts.get(account as usize).copied().ok_or(FailureKind::NotFound)?;
                let id = entry::new_id(book)?;
                entry::insert(book, account, id, &facts, marks())?;
                entry::alias(book, account, &format!("remote-{number}"), id)?;
                entry::keep_raw(book, id, &raw(number, &facts))?;
            }
            Ok(())
        })?;
    }
    for (place, account) in accounts.iter().enumerate() {
        take(store, &intake(*account, place as u32, Vec::new(), Whole::Everywhere))?;
    }
    Ok(())
}

fn intake(account: AccountId, place: u32, rows: Vec<Incoming>, whole: Whole) -> Intake {
    let balance = Money::from_minor(1_234_567, own(place).1);
    Intake {
        account,
        remote_id: format!("account-{place}"),
        rows,
        whole,
        cursor: Some(now()),
        reread: false,
        unsure: false,
        settle: None,
        history_from: Some(from_day(LAST_DAY - DAYS + 1)),
        balances: Balances { booked: Some((balance, now())), available: None },
    }
}

fn take(store: &Store, intake: &Intake) -> Result<u32> {
    let set = store.begin_changes(Cause::Sync, now())?;
    let applied = store.take(set, intake, now())?;
    store.finish_changes(set)?;
    Ok(applied.added + applied.changed)
}

/// An account's first reading, made up but not taken over yet.
pub struct FirstReading(Intake);

/// A first reading of `rows` rows.
pub fn first_reading(store: &Store, rows: u32) -> Result<FirstReading> {
    let account = list_accounts(store)?.first().copied().ok_or(FailureKind::NotFound)?;
    let mut dice = Dice::new(1);
    let incoming = (0..rows).map(|number| {
        let facts = Facts { currency: own(0).1, ..row(number, rows, &mut dice).1 };
        incoming(number, facts)
    });
    Ok(FirstReading(intake(account, 0, incoming.collect(), Whole::Everywhere)))
}

fn incoming(number: u32, facts: Facts) -> Incoming {
    let raw = raw(number, &facts);
    Incoming { remote_id: format!("remote-{number}"), created: now(), updated: now(), facts: Some(facts), raw }
}

impl FirstReading {
    /// Takes it over as a sync does.
    pub fn take(&self, store: &Store) -> Result<u32> {
        take(store, &self.0)
    }

    /// Writes the same rows into a table without index, sums or search: what the disk and the cipher cost.
    pub fn insert_plainly(&self, store: &Store) -> Result<()> {
        store.write(|book| {
            book.execute_batch("DROP TABLE IF EXISTS bare; CREATE TABLE bare AS SELECT * FROM entry WHERE 0")?;
            let mut insert = book.prepare(&format!("INSERT INTO bare {}", entry::VALUES))?;
            for (number, row) in self.0.rows.iter().enumerate() {
                let Some(facts) = &row.facts else { continue };
                let marks = Marks { key: Some(number as i64), ..marks() };
                entry::put(&mut insert, self.0.account, number as u32, facts, marks)?;
            }
            Ok(())
        })
    }
}

/// A sync that brings `rows` changed rows of one account, from all over its years: other messages, the same money. Answers how many
/// were taken over; `round` makes the messages differ from those before.
pub fn changed_rows(store: &Store, rows: u32, round: u32) -> Result<ChangedRows> {
    let incoming = store.read(|book| {
        let (account, all): (u32, u32) =
            book.query_row("SELECT account, count(*) FROM entry GROUP BY account ORDER BY 2 DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let account = AccountId(account);
        let every = i64::from((all / rows).max(1));
        let ids: Vec<(u32, String)> = book
            .prepare(
                "SELECT id, remote_id FROM (SELECT id, row_number() OVER (ORDER BY key) AS place FROM entry WHERE account = ?1)
                 JOIN entry_alias ON entry = id WHERE place % ?2 = 0 LIMIT ?3",
            )?
            .query_map((account.0, every, rows), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut incoming = Vec::new();
        for (id, remote_id) in ids {
            let Some(entry) = entry::by_id(book, id)? else { continue };
            let facts = Facts { message: Some(format!("Oprava {round} faktúry {id}")), ..entry.facts };
            let raw = raw(id, &facts);
            let updated = now() + TimeDelta::milliseconds(i64::from(round) + 1);
            incoming.push(Incoming { remote_id, created: now(), updated, facts: Some(facts), raw });
        }
        Ok((account, incoming))
    })?;
    Ok(ChangedRows(intake(incoming.0, incoming.0.0 - 1, incoming.1, Whole::Nowhere)))
}

/// Changed rows, read but not taken over yet.
pub struct ChangedRows(Intake);

impl ChangedRows {
    /// Takes them over as a sync does.
    pub fn take(&self, store: &Store) -> Result<u32> {
        take(store, &self.0)
    }
}

/// What follows the rows of a transaction, so that a search finds them.
pub const INDEXING: [&str; 3] = search::INDEXING;

/// What the store asks the database for the newest rows under a filter, and the values.
pub fn question(filter: &TransactionFilter, limit: u32) -> (String, Vec<Value>) {
    pages::asked(filter, limit)
}
