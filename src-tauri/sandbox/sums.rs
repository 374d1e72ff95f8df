//! The world's own truth, for comparing with what a client shows.

use crate::shared::Live;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the world holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Each account in the API's order.
    pub accounts: Vec<AccountSum>,
    /// Sum of the booked balances by currency code.
    pub totals: BTreeMap<String, Decimal>,
    /// Number of all transactions, whatever their status.
    pub transactions: usize,
}

/// What one account holds, as Everifin knows it: where a bank's consent has ended, at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountSum {
    /// Identifier on the wire.
    pub id: u64,
    /// Absent for a card account.
    pub iban: Option<String>,
    /// Name.
    pub name: String,
    /// Bank identifier.
    pub bank: String,
    /// Currency code.
    pub currency: String,
    /// Balance before the first transaction.
    pub opening: Decimal,
    /// Booked balance.
    pub booked: Decimal,
    /// Available balance, with the credit limit where there is one.
    pub available: Decimal,
    /// Number of transactions, whatever their status.
    pub transactions: usize,
}

pub(crate) fn sums(live: &Live, now: DateTime<Utc>) -> Sums {
    let accounts: Vec<AccountSum> = live
        .world
        .accounts()
        .iter()
        .enumerate()
        .map(|(place, account)| {
            let seen = live.seen_until(place, now);
            let (booked, available) = live.balances(place, seen);
            AccountSum {
                id: account.id,
                iban: account.iban.clone(),
                name: account.name.to_owned(),
                bank: live.world.bank_of(place).id.to_owned(),
                currency: account.currency.code().to_owned(),
                opening: account.opening.decimal(),
                booked: booked.decimal(),
                available: available.decimal() + account.credit_limit.unwrap_or_default().decimal(),
                transactions: live.world.rows(place, seen).count(),
            }
        })
        .collect();
    let mut totals = BTreeMap::new();
    for account in &accounts {
        *totals.entry(account.currency.clone()).or_default() += account.booked;
    }
    Sums { transactions: accounts.iter().map(|account| account.transactions).sum(), totals, accounts }
}
