//! The balance of each day, proved backwards from what the banks say now.

use super::overview::overflow;
use super::{BalanceHistory, DayBalance, Range};
use crate::failure::{FailureKind, Result};
use crate::money::{Currency, Money};
use crate::store::accounts::{AccountId, Held};
use crate::store::{Store, from_day, to_day};
use chrono::{DateTime, Local, Months, NaiveDate, Utc};
use std::collections::HashMap;

/// An account of the chart and the days on which its balance can be known: from where its history is whole to the day on
/// which it was last read.
struct Line {
    account: AccountId,
    booked: Money,
    from: NaiveDate,
    to: NaiveDate,
}

/// The end-of-day booked balances of a currency over all its accounts whose balance is known, up to the owner's `today`.
///
/// A day's balance is today's booked balance less everything booked later. It is known only where every account is: a day
/// before an account's history is whole, or after it was last read, is left open. A currency without such accounts has no
/// days.
pub fn balance_history(store: &Store, currency: Currency, range: Range, today: NaiveDate) -> Result<BalanceHistory> {
    // How fresh the accounts are plays no part here.
    let held = store.held(DateTime::<Utc>::UNIX_EPOCH)?;
    let lines: Vec<Line> = held.iter().filter(|held| held.account.currency == currency).filter_map(line).collect();
    let Some(start) = start(range, &lines, today) else {
        return Ok(BalanceHistory { currency, days: Vec::new(), change: None });
    };
    let flows = flows(store, &lines, currency, start)?;
    let mut total = Money::zero(currency);
    for line in &lines {
        total = total.checked_add(line.booked).map_err(overflow)?;
    }
    let (from, to) = (lines.iter().map(|line| line.from).max(), lines.iter().map(|line| line.to).min());
    // What is dated after today is taken off first.
    for (_, minor) in flows.iter().filter(|(day, _)| **day > today) {
        total = total.checked_sub(Money::from_minor(*minor, currency)).map_err(overflow)?;
    }
    let mut days = Vec::new();
    for day in start.iter_days().take_while(|day| *day <= today).collect::<Vec<_>>().into_iter().rev() {
        let known = from.is_some_and(|from| day >= from) && to.is_some_and(|to| day <= to);
        days.push(DayBalance { day, balance: known.then_some(total) });
        if let Some(minor) = flows.get(&day) {
            total = total.checked_sub(Money::from_minor(*minor, currency)).map_err(overflow)?;
        }
    }
    days.reverse();
    let mut known = days.iter().filter_map(|day| day.balance);
    let (first, last) = (known.next(), known.next_back());
    let change = first.map(|first| last.unwrap_or(first).checked_sub(first).map_err(overflow)).transpose()?;
    Ok(BalanceHistory { currency, days, change })
}

/// None for an account without a known balance: it is left out, as in the totals.
fn line(held: &Held) -> Option<Line> {
    let (booked, read_at) = (held.account.booked?, held.read_at?);
    let to = read_at.with_timezone(&Local).date_naive();
    let from = held.account.whole_from.unwrap_or(to);
    Some(Line { account: held.account.id, booked: booked.money, from, to })
}

fn start(range: Range, lines: &[Line], today: NaiveDate) -> Option<NaiveDate> {
    let whole = lines.iter().map(|line| line.from).max()?;
    let back = |months| today.checked_sub_months(Months::new(months));
    match range {
        Range::Month => back(1),
        Range::Quarter => back(3),
        Range::Half => back(6),
        Range::Year => back(12),
        Range::All => Some(whole.min(today)),
    }
}

/// What was booked on each day from `start` on, over the accounts.
fn flows(store: &Store, lines: &[Line], currency: Currency, start: NaiveDate) -> Result<HashMap<NaiveDate, i64>> {
    store.read(|book| {
        let mut flows: HashMap<NaiveDate, i64> = HashMap::new();
        for line in lines {
            let mut statement = book.prepare_cached(
                "SELECT day, money_in + money_out FROM daily WHERE account = ? AND currency = ? AND day >= ?",
            )?;
            let mut rows = statement.query((line.account.0, currency, to_day(start)))?;
            while let Some(row) = rows.next()? {
                let sum = flows.entry(from_day(row.get(0)?)).or_default();
                *sum = sum.checked_add(row.get(1)?).ok_or(FailureKind::StoreFailed)?;
            }
        }
        Ok(flows)
    })
}
