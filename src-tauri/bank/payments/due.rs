//! What is to be paid, day by day: "pay these on Friday".

use super::{PaymentLine, PaymentState, list};
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::money::{Currency, Money};
use crate::store::Store;
use chrono::{NaiveDate, Weekday};
use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// How near a day is on which something is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DueWhen {
    /// It has passed.
    Overdue,
    /// It is today.
    Today,
    /// It comes before the next Monday.
    ThisWeek,
    /// It comes later.
    Later,
}

/// What is to be paid on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DueDay {
    /// The day.
    pub day: NaiveDate,
    /// How near it is.
    pub when: DueWhen,
    /// Its drafts, in the order in which they were written.
    pub payments: Vec<PaymentLine>,
    /// What they come to, in each currency; those without an amount yet are not counted.
    pub totals: Vec<Money>,
}

/// The drafts by the day on which they are to be paid, the earliest first, so that what is overdue leads. A draft without a day is
/// for today; one of a standing payment for its day, until the owner chooses another.
pub fn due_payments(store: &Store, clock: &Clock) -> Result<Vec<DueDay>> {
    let today = clock.today();
    let mut days: BTreeMap<NaiveDate, Vec<PaymentLine>> = BTreeMap::new();
    for line in list::payments(store, clock)? {
        if matches!(line.state, PaymentState::Draft | PaymentState::Confirmed) {
            days.entry(line.missed.unwrap_or(line.pay_on)).or_default().push(line);
        }
    }
    days.into_iter()
        .map(|(day, mut payments)| {
            payments.sort_by_key(|line| line.id);
            Ok(DueDay { day, when: when(day, today), totals: totals(&payments)?, payments })
        })
        .collect()
}

fn when(day: NaiveDate, today: NaiveDate) -> DueWhen {
    match day {
        day if day < today => DueWhen::Overdue,
        day if day == today => DueWhen::Today,
        day if day.week(Weekday::Mon).first_day() == today.week(Weekday::Mon).first_day() => DueWhen::ThisWeek,
        _ => DueWhen::Later,
    }
}

/// What the lines come to in each currency; those without an amount yet are not counted.
fn totals(lines: &[PaymentLine]) -> Result<Vec<Money>> {
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    for amount in lines.iter().filter_map(|line| line.amount) {
        let sum = sums.entry(amount.currency).or_insert_with(|| Money::zero(amount.currency));
        *sum = sum.checked_add(amount).map_err(|_| FailureKind::StoreFailed)?;
    }
    Ok(sums.into_values().collect())
}
