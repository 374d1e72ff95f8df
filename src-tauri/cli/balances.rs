//! The booked balance at the end of each day.

use crate::age::Read;
use crate::arguments::Balances;
use crate::book;
use crate::ending::{DONE, Ending};
use crate::table::{Side, Table};
use bank::desk::Desk;
use bank::insights::{self, BalancesOf, DailyBalances, GapCause};
use bank::money::{Currency, Money};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer {
    as_of: DateTime<Utc>,
    /// None for all accounts of the currency together.
    account: Option<u32>,
    currency: Currency,
    history_from: Option<NaiveDate>,
    #[serde(flatten)]
    read: Read,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    day: NaiveDate,
    balance: Option<Money>,
    /// Why it is not known.
    reason: Option<&'static str>,
}

/// Lists them, the oldest first.
pub(crate) fn balances(desk: &Desk, order: &Balances, json: bool) -> Result<u8, Ending> {
    let (now, today) = (desk.clock.now(), desk.clock.today());
    let accounts = desk.store.accounts(now)?;
    let (of, account) = match (&order.account, &order.currency) {
        (Some(name), _) => {
            let id = book::account(&accounts, name)?.id;
            (BalancesOf::Account(id), Some(id.0))
        }
        (None, code) => {
            let code = code.as_deref().unwrap_or_default().to_ascii_uppercase();
            let currency = code.parse().map_err(|_| Ending::NoSuchCurrency(code.clone()))?;
            (BalancesOf::Currency(currency), None)
        }
    };
    let found = insights::daily_balances(&desk.store, of, order.from, today)?;
    let found = found.ok_or_else(|| Ending::NoSuchCurrency(order.currency.clone().unwrap_or_default()))?;
    let until = order.to.unwrap_or(today);
    let days: Vec<Day> = found
        .days
        .iter()
        .filter(|day| day.day <= until)
        .map(|day| Day { day: day.day, balance: day.balance, reason: reason(&found, day.day, day.balance) })
        .collect();
    let read = Read::at(found.read_at, now);
    let mut out = io::stdout().lock();
    if json {
        let (currency, history_from) = (found.currency, found.whole_from);
        serde_json::to_writer(&mut out, &Answer { as_of: now, account, currency, history_from, read, days })?;
        writeln!(out)?;
        return Ok(DONE);
    }
    if days.is_empty() {
        writeln!(out, "No balance is known.")?;
        return Ok(DONE);
    }
    let mut table = Table::new(&[("DAY", Side::Left), ("BOOKED", Side::Right), ("", Side::Left)]);
    for day in days {
        let booked = day.balance.map_or_else(|| "unknown".into(), |money| money.to_string());
        table.row(vec![day.day.to_string(), booked, day.reason.unwrap_or_default().replace('_', " ")]);
    }
    table.print(&mut out)?;
    writeln!(out, "Read {}", read.in_words())?;
    Ok(DONE)
}

fn reason(found: &DailyBalances, day: NaiveDate, balance: Option<Money>) -> Option<&'static str> {
    if balance.is_some() {
        return None;
    }
    let gap = found.gaps.iter().find(|gap| (gap.from..=gap.to).contains(&day));
    Some(match gap.map(|gap| &gap.cause) {
        Some(GapCause::NoHistory) => "before_history",
        Some(GapCause::Differs { .. }) => "not_proved",
        Some(GapCause::SetAside { .. }) => "rows_set_aside",
        Some(GapCause::NotRead) | None => "not_read",
    })
}
