//! The accounts with their balances, and the totals.

use crate::age::{self, Read, in_words};
use crate::ending::{DONE, Ending};
use crate::table::{Side, Table};
use bank::desk::Desk;
use bank::insights;
use bank::money::{Currency, Money};
use bank::store::accounts::{Account, Balance};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer<'a> {
    as_of: DateTime<Utc>,
    accounts: Vec<AccountView<'a>>,
    totals: Vec<Total>,
}

/// An account with what is known of its money.
#[derive(Serialize)]
struct AccountView<'a> {
    #[serde(flatten)]
    account: AccountName<'a>,
    number: Option<&'a str>,
    currency: Currency,
    booked: Option<Known>,
    available: Option<Known>,
    history_from: Option<NaiveDate>,
}

/// Which account, and how fresh it is.
#[derive(Serialize)]
pub(crate) struct AccountName<'a> {
    id: u32,
    name: &'a str,
    bank: &'a str,
    iban: Option<&'a str>,
    freshness: &'static str,
    #[serde(flatten)]
    read: Read,
}

impl<'a> AccountName<'a> {
    pub(crate) fn new(account: &'a Account, now: DateTime<Utc>) -> Self {
        Self {
            id: account.id.0,
            name: &account.name,
            bank: &account.bank.name,
            iban: account.iban.as_deref(),
            freshness: age::word(&account.freshness),
            read: Read::of(account, now),
        }
    }
}

/// An amount with the moment for which the bank stated it.
#[derive(Serialize)]
struct Known {
    #[serde(flatten)]
    money: Money,
    at: DateTime<Utc>,
    age_seconds: i64,
}

/// What all accounts of a currency hold together. Those whose balance is not known are counted and left out.
#[derive(Serialize)]
struct Total {
    #[serde(flatten)]
    booked: Option<Money>,
    currency: Currency,
    accounts: u32,
    unknown: u32,
    oldest_at: Option<DateTime<Utc>>,
    age_seconds: Option<i64>,
}

/// Lists them.
pub(crate) fn accounts(desk: &Desk, json: bool) -> Result<u8, Ending> {
    let (now, today) = (desk.clock.now(), desk.clock.today());
    let accounts = desk.store.accounts(now)?;
    let totals = insights::overview(&desk.store, today, now)?.totals;
    let mut out = io::stdout().lock();
    if json {
        let totals = totals.into_iter().map(|total| Total {
            currency: total.booked.currency,
            booked: (total.accounts > 0).then_some(total.booked),
            accounts: total.accounts,
            unknown: total.unknown,
            oldest_at: total.oldest,
            age_seconds: total.oldest.map(|at| age::seconds(at, now)),
        });
        let answer = Answer {
            as_of: now,
            accounts: accounts.iter().map(|account| view(account, now)).collect(),
            totals: totals.collect(),
        };
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
        return Ok(DONE);
    }
    let mut table = Table::new(&[
        ("ID", Side::Left),
        ("BANK", Side::Left),
        ("ACCOUNT", Side::Left),
        ("IBAN", Side::Left),
        ("BOOKED", Side::Right),
        ("AVAILABLE", Side::Right),
        ("AS OF", Side::Left),
        ("STATE", Side::Left),
    ]);
    for account in &accounts {
        let oldest = [account.booked, account.available].into_iter().flatten().map(|balance| balance.at).min();
        table.row(vec![
            account.id.0.to_string(),
            account.bank.name.clone(),
            account.name.clone(),
            account.iban.clone().unwrap_or_default(),
            amount(account.booked),
            amount(account.available),
            oldest.map_or_else(|| "never".into(), |at| in_words(age::seconds(at, now))),
            age::sentence(&account.freshness),
        ]);
    }
    table.print(&mut out)?;
    for total in totals {
        let left_out =
            if total.unknown > 0 { format!(", {} not known and left out", total.unknown) } else { String::new() };
        let booked =
            if total.accounts > 0 { total.booked.to_string() } else { format!("unknown {}", total.booked.currency) };
        let oldest =
            total.oldest.map_or_else(String::new, |at| format!(", the oldest {}", in_words(age::seconds(at, now))));
        writeln!(out, "Total {booked} in {} accounts{left_out}{oldest}", total.accounts)?;
    }
    Ok(DONE)
}

fn view(account: &Account, now: DateTime<Utc>) -> AccountView<'_> {
    let known =
        |balance: Balance| Known { money: balance.money, at: balance.at, age_seconds: age::seconds(balance.at, now) };
    AccountView {
        account: AccountName::new(account, now),
        number: account.number.as_deref(),
        currency: account.currency,
        booked: account.booked.map(known),
        available: account.available.map(known),
        history_from: account.whole_from,
    }
}

fn amount(balance: Option<Balance>) -> String {
    balance.map_or_else(|| "unknown".into(), |balance| balance.money.to_string())
}
