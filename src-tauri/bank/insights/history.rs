//! The balance of each day: what the banks say now, less everything booked later, with a gap where their balances prove otherwise.

use super::overview::overflow;
use super::{BalanceHistory, BalancesOf, DailyBalances, DayBalance, Gap, GapCause, Range};
use crate::failure::{FailureKind, Result};
use crate::money::{Currency, Money};
use crate::store::accounts::{AccountId, Held};
use crate::store::proof::{Unproved, UnprovedCause};
use crate::store::{Store, to_day};
use chrono::{DateTime, Local, Months, NaiveDate, Utc};

/// An account of the chart and the days on which its balance can be known: from where its history is whole to the day on
/// which it was last read.
struct Line {
    account: AccountId,
    name: String,
    bank: String,
    booked: Money,
    from: NaiveDate,
    to: NaiveDate,
    unproved: Vec<Unproved>,
}

/// The end-of-day booked balances of a currency over all its accounts whose balance is known, up to the owner's `today`.
///
/// A day's balance is today's booked balance less everything booked later. It is known only where every account is: a day
/// before an account's history is whole, after it was last read, or whose balances differ from what is booked, is left open and
/// its gap says why. A currency without such accounts has no days.
pub fn balance_history(store: &Store, currency: Currency, range: Range, today: NaiveDate) -> Result<BalanceHistory> {
    // How fresh the accounts are plays no part here.
    let held = store.held(DateTime::<Utc>::UNIX_EPOCH)?;
    let held = held.iter().filter(|held| held.account.currency == currency);
    let lines: Vec<Line> = held.map(|held| line(store, held)).filter_map(Result::transpose).collect::<Result<_>>()?;
    let Some(start) = start(range, &lines, today) else {
        return Ok(BalanceHistory { currency, days: Vec::new(), gaps: Vec::new(), change: None });
    };
    let gaps = gaps(&lines, start, today);
    let days = days(store, &lines, currency, (start, today), &gaps)?;
    let mut known = days.iter().filter_map(|day| day.balance);
    let (first, last) = (known.next(), known.next_back());
    let change = first.map(|first| last.unwrap_or(first).checked_sub(first).map_err(overflow)).transpose()?;
    Ok(BalanceHistory { currency, days, gaps, change })
}

/// The end-of-day booked balances of one account, or of all accounts of a currency together, from `from` (or from where the history
/// is whole) up to the owner's `today`. Otherwise as [`balance_history`].
pub fn daily_balances(
    store: &Store,
    of: BalancesOf,
    from: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<DailyBalances>> {
    let held = store.held(DateTime::<Utc>::UNIX_EPOCH)?;
    let meant = held.iter().filter(|held| match of {
        BalancesOf::Account(id) => held.account.id == id,
        BalancesOf::Currency(currency) => held.account.currency == currency,
    });
    let meant: Vec<&Held> = meant.collect();
    let Some(currency) = meant.first().map(|held| held.account.currency) else { return Ok(None) };
    let lines = meant.iter().map(|held| line(store, held)).filter_map(Result::transpose).collect::<Result<Vec<_>>>()?;
    let whole = lines.iter().map(|line| line.from).max();
    let (days, gaps) = match from.or(whole.map(|whole| whole.min(today))) {
        Some(start) if !lines.is_empty() => {
            let gaps = gaps(&lines, start, today);
            (days(store, &lines, currency, (start, today), &gaps)?, gaps)
        }
        _ => (Vec::new(), Vec::new()),
    };
    let read_at = meant.iter().filter(|held| held.account.booked.is_some()).filter_map(|held| held.read_at).min();
    Ok(Some(DailyBalances { currency, days, gaps, whole_from: whole, read_at }))
}

/// The days from `start` to `today` over the accounts.
fn days(
    store: &Store,
    lines: &[Line],
    currency: Currency,
    (start, today): (NaiveDate, NaiveDate),
    gaps: &[Gap],
) -> Result<Vec<DayBalance>> {
    let flows = flows(store, lines, currency, start)?;
    let mut total = 0_i64;
    for line in lines {
        total = total.checked_add(line.booked.minor().map_err(overflow)?).ok_or(FailureKind::StoreFailed)?;
    }
    let mut flows = flows.into_iter().rev().peekable();
    let mut days = Vec::new();
    for day in start.iter_days().take_while(|day| *day <= today).collect::<Vec<_>>().into_iter().rev() {
        // What was booked later: what is dated after today is taken off first.
        while let Some((_, minor)) = flows.next_if(|(booked, _)| *booked > to_day(day)) {
            total = total.checked_sub(minor).ok_or(FailureKind::StoreFailed)?;
        }
        let known = !gaps.iter().any(|gap| (gap.from..=gap.to).contains(&day));
        days.push(DayBalance { day, balance: known.then_some(Money::from_minor(total, currency)) });
    }
    days.reverse();
    Ok(days)
}

/// None for an account without a known balance: it is left out, as in the totals.
fn line(store: &Store, held: &Held) -> Result<Option<Line>> {
    let (Some(booked), Some(read_at)) = (held.account.booked, held.read_at) else { return Ok(None) };
    let to = read_at.with_timezone(&Local).date_naive();
    Ok(Some(Line {
        account: held.account.id,
        name: held.account.name.clone(),
        bank: held.account.bank.name.clone(),
        booked: booked.money,
        from: held.account.whole_from.unwrap_or(to),
        to,
        unproved: store.unproved(held.account.id)?,
    }))
}

/// The days within the chart on which the balance of some account is not known, the earliest first.
fn gaps(lines: &[Line], start: NaiveDate, today: NaiveDate) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for line in lines {
        let mut add = |from: NaiveDate, to: NaiveDate, cause: GapCause| {
            let (from, to) = (from.max(start), to.min(today));
            if from <= to {
                let (account, name, bank) = (line.account, line.name.clone(), line.bank.clone());
                gaps.push(Gap { from, to, account, name, bank, cause });
            }
        };
        if let Some(before) = line.from.pred_opt() {
            add(start, before, GapCause::NoHistory);
        }
        if let Some(after) = line.to.succ_opt() {
            add(after, today, GapCause::NotRead);
        }
        for span in &line.unproved {
            let cause = match span.cause {
                UnprovedCause::Differs => GapCause::Differs { difference: span.difference },
                UnprovedCause::SetAside => GapCause::SetAside { difference: span.difference },
            };
            add(span.from, span.to, cause);
        }
    }
    gaps.sort_by_key(|gap| gap.from);
    gaps
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

/// What was booked on days from `start` on, in the order of days; a day stands there once for each account with rows on it.
fn flows(store: &Store, lines: &[Line], currency: Currency, start: NaiveDate) -> Result<Vec<(i64, i64)>> {
    store.read(|book| {
        let mut flows: Vec<(i64, i64)> = Vec::new();
        for line in lines {
            let mut statement = book.prepare_cached(
                "SELECT day, money_in + money_out FROM daily WHERE account = ? AND currency = ? AND day >= ?",
            )?;
            let mut rows = statement.query((line.account.0, currency, to_day(start)))?;
            while let Some(row) = rows.next()? {
                flows.push((row.get(0)?, row.get(1)?));
            }
            // Before a span that differs, the balances are lower by what they have beyond what is booked.
            for span in line.unproved.iter().filter(|span| span.from >= start) {
                let minor = span.difference.minor().map_err(overflow)?;
                flows.push((to_day(span.from), minor));
            }
        }
        // Each account's days are in their order already, which this sort makes use of.
        flows.sort_by_key(|(day, _)| *day);
        Ok(flows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, day, eur, noon, row};
    use crate::store::transactions::TransactionStatus;
    use proptest::prelude::*;

    const IBANS: [&str; 2] = ["SK9611000000002918599669", "SK8209000000000011424060"];

    fn known(history: &BalanceHistory) -> Vec<(String, Option<i64>)> {
        let plain = |day: &DayBalance| (day.day.to_string(), day.balance.map(|money| money.minor().unwrap()));
        history.days.iter().map(plain).collect()
    }

    #[test]
    fn a_day_is_known_where_every_account_is() {
        let mut sample = Sample::new();
        let (a, b) = (sample.account(IBANS[0], |_| {}), sample.account(IBANS[1], |_| {}));
        let rows = vec![row("2026-03-02", 100, "x"), row("2026-03-04", -30, "y"), row("2026-03-09", 7, "not yet")];
        sample.read(a, noon("2026-03-05"), "2026-03-01", Some(eur(1_007)), rows);
        sample.read(b, noon("2026-03-04"), "2026-03-03", Some(eur(500)), vec![row("2026-03-04", 20, "z")]);
        let history = balance_history(&sample.store, Currency::EUR, Range::All, day("2026-03-05")).unwrap();
        let expected = [("2026-03-03", Some(1_510)), ("2026-03-04", Some(1_500)), ("2026-03-05", None)];
        assert_eq!(known(&history), expected.map(|(day, minor)| (day.to_owned(), minor)));
        assert_eq!(history.change, Some(eur(-10)));
        let month = balance_history(&sample.store, Currency::EUR, Range::Month, day("2026-03-05")).unwrap();
        assert_eq!((month.days.len(), month.days[0].day), (29, day("2026-02-05")));
        assert_eq!(month.days.iter().filter(|day| day.balance.is_some()).count(), 2);
        let none = balance_history(&sample.store, Currency::CZK, Range::All, day("2026-03-05")).unwrap();
        assert_eq!((none.days.len(), none.change), (0, None));
    }

    #[test]
    fn one_account_has_days_of_its_own() {
        let mut sample = Sample::new();
        let (a, b) = (sample.account(IBANS[0], |_| {}), sample.account(IBANS[1], |_| {}));
        sample.read(a, noon("2026-03-05"), "2026-03-01", Some(eur(1_000)), vec![row("2026-03-04", -30, "y")]);
        sample.read(b, noon("2026-03-04"), "2026-03-03", Some(eur(500)), Vec::new());
        let today = day("2026-03-06");
        let of = |of, from| daily_balances(&sample.store, of, from, today).unwrap();
        let one = of(BalancesOf::Account(a), Some(day("2026-02-28"))).unwrap();
        let seen: Vec<_> = one.days.iter().map(|day| day.balance.map(|money| money.minor().unwrap())).collect();
        assert_eq!(seen, [None, Some(1_030), Some(1_030), Some(1_030), Some(1_000), Some(1_000), None]);
        let causes: Vec<_> = one.gaps.iter().map(|gap| (gap.from, gap.to, gap.cause.clone())).collect();
        let expected = [(day("2026-02-28"), day("2026-02-28"), GapCause::NoHistory), (today, today, GapCause::NotRead)];
        assert_eq!((one.whole_from, causes), (Some(day("2026-03-01")), expected.to_vec()));
        let both = of(BalancesOf::Currency(Currency::EUR), None).unwrap();
        assert_eq!((both.days[0].day, both.days[0].balance), (day("2026-03-03"), Some(eur(1_530))));
        assert_eq!(both.read_at, Some(noon("2026-03-04")));
        assert_eq!(of(BalancesOf::Account(AccountId(99)), None), None);
    }

    #[test]
    fn an_account_without_a_balance_is_left_out_as_in_the_totals() {
        let mut sample = Sample::new();
        let (a, b) = (sample.account(IBANS[0], |_| {}), sample.account(IBANS[1], |_| {}));
        sample.read(a, noon("2026-03-05"), "2026-03-04", Some(eur(100)), Vec::new());
        sample.read(b, noon("2026-03-05"), "2026-03-05", None, vec![row("2026-03-05", 1, "x")]);
        let history = balance_history(&sample.store, Currency::EUR, Range::All, day("2026-03-05")).unwrap();
        let expected = [("2026-03-04", Some(100)), ("2026-03-05", Some(100))];
        assert_eq!(known(&history), expected.map(|(day, minor)| (day.to_owned(), minor)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn opening_and_booked_are_closing_on_every_day(
            opening in -1_000..1_000_i64,
            rows in prop::collection::vec((0..60_i64, -500..500_i64, any::<bool>()), 0..60),
        ) {
            let mut sample = Sample::new();
            let account = sample.account(IBANS[0], |_| {});
            let first = day("2026-01-01");
            let facts: Vec<_> = rows.iter().map(|(days, cents, booked)| {
                let mut row = row(&(first + chrono::TimeDelta::days(*days)).to_string(), *cents, "x");
                if !booked {
                    row.status = TransactionStatus::Cancelled;
                }
                row
            }).collect();
            let money = |until: NaiveDate| -> i64 {
                let counted = facts.iter().filter(|row| row.status == TransactionStatus::Booked && row.booked <= Some(until));
                opening + counted.map(|row| row.amount).sum::<i64>()
            };
            let today = day("2026-03-02");
            sample.read(account, noon("2026-03-02"), "2026-01-01", Some(eur(money(today))), facts.clone());
            let history = balance_history(&sample.store, Currency::EUR, Range::All, today).unwrap();
            prop_assert_eq!(history.days.len(), 61);
            for day in &history.days {
                prop_assert_eq!(day.balance, Some(eur(money(day.day))), "{}", day.day);
            }
        }
    }
}
