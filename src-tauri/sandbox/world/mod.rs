//! The seeded world: five banks, twelve accounts, three years of a small company and every further day as it comes.
//!
//! The world is a function of its seed, its epoch and the moment at which it is looked at. Rows made by approved payments
//! are kept apart and join in when the world is read, so they never change what else happens.

#![allow(clippy::inconsistent_digit_grouping, reason = "amounts are in minor units and read as 1_234_56")]

mod calendar;
pub(crate) mod cast;
mod dice;
mod duties;
mod life;
pub(crate) mod row;
mod trade;
mod treasury;

use crate::amount::Amount;
use calendar::before;
use cast::{Account, BANKS, Bank};
use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use life::Life;
use row::Row;

/// Months of history before the epoch.
const HISTORY: Months = Months::new(36);
/// Days for which a bank's consent holds.
const CONSENT_DAYS: u64 = 180;

/// The world, as far as it has been looked at.
pub(crate) struct World {
    life: Life,
    epoch: DateTime<Utc>,
    made: Vec<Row>,
    /// Places of each account's rows among all rows.
    places: Vec<Vec<usize>>,
    /// How many rows have been placed.
    placed: usize,
}

impl World {
    /// The world of `seed` whose first owner came at `epoch`.
    pub(crate) fn new(seed: u64, epoch: DateTime<Utc>) -> Self {
        let today = epoch.date_naive();
        let mut life = Life::new(seed, today.checked_sub_months(HISTORY).unwrap_or(today));
        life.grow(today);
        let places = vec![Vec::new(); life.cast.accounts.len()];
        let mut world = Self { life, epoch, made: Vec::new(), places, placed: 0 };
        world.download_history();
        world.place();
        world
    }

    /// Everifin stores a new connection's newest rows first and its history after them, so older rows carry later
    /// timestamps: each row from before the connection was "created" some milliseconds after the next newer one.
    fn download_history(&mut self) {
        for (bank, _) in BANKS.iter().enumerate() {
            let connected = self.connected(bank);
            let accounts = &self.life.cast.accounts;
            let mut old: Vec<&mut Row> = self
                .life
                .rows
                .iter_mut()
                .filter(|r| accounts[r.account].bank == bank && r.created < connected)
                .collect();
            old.sort_by_key(|row| std::cmp::Reverse((row.created, row.id)));
            for (rank, row) in old.into_iter().enumerate() {
                row.created = connected + TimeDelta::milliseconds(rank as i64);
            }
        }
    }

    /// Lives on up to the given moment.
    pub(crate) fn grow(&mut self, now: DateTime<Utc>) {
        self.life.grow(now.date_naive());
        self.place();
    }

    fn place(&mut self) {
        for (place, row) in self.life.rows.iter().enumerate().skip(self.placed) {
            self.places[row.account].push(place);
        }
        self.placed = self.life.rows.len();
    }

    /// Takes a row in that an approved payment made.
    pub(crate) fn add(&mut self, row: Row) {
        self.made.push(row);
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.life.cast.accounts
    }

    pub(crate) fn account(&self, id: u64) -> Option<usize> {
        self.accounts().iter().position(|account| account.id == id)
    }

    pub(crate) fn account_by_iban(&self, iban: &str) -> Option<usize> {
        self.accounts().iter().position(|account| account.iban.as_deref() == Some(iban))
    }

    /// The bank that keeps the account.
    pub(crate) fn bank_of(&self, account: usize) -> &'static Bank {
        &BANKS[self.accounts()[account].bank]
    }

    /// First day of the history.
    pub(crate) fn first_day(&self) -> NaiveDate {
        self.life.start
    }

    /// When the consent given at the connection ends.
    pub(crate) fn consent_end(&self, bank: usize) -> DateTime<Utc> {
        self.connected(bank) + TimeDelta::days(CONSENT_DAYS as i64)
    }

    fn connected(&self, bank: usize) -> DateTime<Utc> {
        let day = before(self.epoch.date_naive(), CONSENT_DAYS - BANKS[bank].consent_days);
        life::moment(day, 7 * 3600 + 700 * bank as i64, 250)
    }

    /// The rows of an account that Everifin has at that moment, oldest first.
    pub(crate) fn rows(&self, account: usize, at: DateTime<Utc>) -> impl Iterator<Item = &Row> {
        let made = self.made.iter().filter(move |row| row.account == account);
        self.places[account].iter().map(|place| &self.life.rows[*place]).chain(made).filter(move |row| row.visible(at))
    }

    /// Booked balance of an account at that moment.
    pub(crate) fn booked(&self, account: usize, at: DateTime<Utc>) -> Amount {
        let sum: i64 = self.rows(account, at).filter_map(|row| row.booked(at)).map(|amount| amount.0).sum();
        Amount(self.accounts()[account].opening.0 + sum)
    }

    /// What may be spent without credit: the booked balance less what is announced to go out.
    pub(crate) fn available(&self, account: usize, at: DateTime<Utc>) -> Amount {
        let held: i64 =
            self.rows(account, at).filter(|r| r.outgoing && r.status(at) == "PENDING").map(|r| r.amount.0).sum();
        Amount(self.booked(account, at).0 - held)
    }
}

/// CZK for one EUR on that day, in thousandths.
pub(crate) fn rate(day: NaiveDate) -> i64 {
    life::rate(day)
}

/// When a bank that books overnight has booked what came in at `moment`.
pub(crate) fn next_morning(moment: DateTime<Utc>) -> DateTime<Utc> {
    life::moment(calendar::next_working(calendar::after(moment.date_naive(), 1)), 5 * 3600, 0)
}

#[cfg(test)]
mod tests;
