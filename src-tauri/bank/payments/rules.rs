//! What the owner laid down for paying: the least that is to remain on an account, and until when her bank lets payments leave on
//! the same day. Both are warnings and days shown; neither keeps a payment back.

use super::Problem;
use crate::calendar::{self, DayOff};
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::iban;
use crate::money::{AmountProblem, Money, parse_typed_amount};
use crate::settings::Language;
use crate::store::accounts::{Account, AccountId};
use crate::store::settings::{put, value};
use crate::store::{Fault, Store};
use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// The name under which they are kept.
const NAME: &str = "paying";

/// A day on which no payment leaves an account's bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClosedDay {
    /// The day.
    pub day: NaiveDate,
    /// Why.
    pub why: DayOff,
}

/// What the owner laid down for paying from an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PayingRule {
    /// The account.
    pub account: AccountId,
    /// The least that is to remain on it: less is warned of.
    pub lowest: Option<Money>,
    /// Until when payments leave its bank on the same day, in Central European time. One bank's accounts have the same.
    pub closes: Option<NaiveTime>,
}

/// Days ahead that a payment may be ordered for, today and the same day of the next year included.
const YEAR: usize = 367;

/// All rules, as they are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Rules {
    lowest: BTreeMap<AccountId, Money>,
    /// By the bank's country and name: its accounts close at the same time.
    closes: BTreeMap<String, NaiveTime>,
}

impl Rules {
    fn of(&self, account: &Account) -> PayingRule {
        PayingRule {
            account: account.id,
            lowest: self.lowest.get(&account.id).copied().filter(|lowest| lowest.currency == account.currency),
            closes: self.closes.get(&bank_of(account)).copied(),
        }
    }
}

fn bank_of(account: &Account) -> String {
    format!("{} {}", account.bank.country, account.bank.name)
}

/// The rule of one account; empty where the owner has laid down nothing.
pub(crate) fn of_account(book: &Connection, account: &Account) -> Result<PayingRule, Fault> {
    Ok(value::<Rules>(book, NAME)?.unwrap_or_default().of(account))
}

/// The rules of all accounts that can pay.
pub fn paying_rules(store: &Store, clock: &Clock) -> Result<Vec<PayingRule>> {
    let rules: Rules = store.read(|book| value(book, NAME))?.unwrap_or_default();
    Ok(store.accounts(clock.now())?.iter().filter(|account| account.can_pay).map(|account| rules.of(account)).collect())
}

/// Keeps the least that is to remain on an account, as typed; nothing typed means none. Answers what is wrong with it, and then
/// nothing is kept. `NotFound` where there is no such account.
pub fn keep_lowest(
    store: &Store,
    clock: &Clock,
    account: AccountId,
    typed: &str,
    language: Language,
) -> Result<Option<Problem>> {
    let account = found(store, clock, account)?;
    let lowest = match parse_typed_amount(typed, account.currency, language) {
        Ok(lowest) => Some(lowest),
        Err(AmountProblem::Empty) => None,
        Err(problem) => return Ok(Some(problem.into())),
    };
    change(store, |rules| {
        rules.lowest.remove(&account.id);
        rules.lowest.extend(lowest.map(|lowest| (account.id, lowest)));
    })?;
    Ok(None)
}

/// Keeps until when the bank of an account lets payments leave on the same day, in Central European time; none where it is not
/// known. `NotFound` where there is no such account.
pub fn keep_closing(store: &Store, clock: &Clock, account: AccountId, closes: Option<NaiveTime>) -> Result<()> {
    let bank = bank_of(&found(store, clock, account)?);
    change(store, |rules| {
        rules.closes.remove(&bank);
        rules.closes.extend(closes.map(|closes| (bank, closes)));
    })
}

/// The days within a year from today on which no payment leaves the bank of an account, in order. `NotFound` where there is no such
/// account.
pub fn closed_days(store: &Store, clock: &Clock, from: AccountId) -> Result<Vec<ClosedDay>> {
    let from = found(store, clock, from)?;
    let country = from.iban.as_deref().map_or("", iban::country);
    let off = |day| calendar::day_off(from.currency, country, day).map(|why| ClosedDay { day, why });
    Ok(clock.today().iter_days().take(YEAR).filter_map(off).collect())
}

fn found(store: &Store, clock: &Clock, id: AccountId) -> Result<Account> {
    let accounts = store.accounts(clock.now())?;
    accounts.into_iter().find(|account| account.id == id).ok_or_else(|| FailureKind::NotFound.into())
}

fn change(store: &Store, act: impl FnOnce(&mut Rules)) -> Result<()> {
    store.write(|book| {
        let mut rules: Rules = value(book, NAME)?.unwrap_or_default();
        act(&mut rules);
        put(book, NAME, &rules)
    })
}
