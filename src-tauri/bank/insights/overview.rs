//! The overview and the connections: sums, groups and the one banner.

use super::{BankGroup, Connections, CurrencyFlow, CurrencyTotal, MonthFlow, Notice, Overview};
use crate::failure::{Failure, FailureKind, Result};
use crate::money::{Currency, Money, MoneyError};
use crate::store::accounts::{Freshness, Held};
use crate::store::rules::NAME;
use crate::store::{Store, from_day, to_day};
use crate::sync::log;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use std::collections::HashMap;

/// How many months the flow shows, with the current one.
const MONTHS: u32 = 6;
const LATEST: u32 = 10;
const LOG_LINES: u32 = 20;

/// Everything on the overview but the chart, as of `now` on the owner's `today`.
pub fn overview(store: &Store, today: NaiveDate, now: DateTime<Utc>) -> Result<Overview> {
    let held = store.held(now)?;
    let totals = totals(&held).map_err(overflow)?;
    let order: Vec<Currency> = totals.iter().map(|total| total.booked.currency).collect();
    let flow = flow(store, &order, today)?;
    let banks = groups(held);
    Ok(Overview {
        today,
        notice: notice(&banks),
        totals,
        banks,
        flow,
        latest: store.latest(LATEST)?,
        synced: log::synced(store)?,
    })
}

/// Banks with their consents, the one that needs the owner first, and the sync log.
pub fn connections(store: &Store, now: DateTime<Utc>) -> Result<Connections> {
    let mut banks = groups(store.held(now)?);
    banks.sort_by_key(|group| (std::cmp::Reverse(group.freshness.urgency()), group.consent_until));
    Ok(Connections { banks, log: log::newest(store, LOG_LINES)? })
}

/// An amount that cannot be summed is an error, never a wrong number.
pub(super) fn overflow(error: MoneyError) -> Failure {
    tracing::error!(%error, "a sum cannot be made");
    FailureKind::StoreFailed.into()
}

/// One total for each currency, the currency with the most accounts first. An account without a known balance is counted
/// as unknown and not as nothing.
fn totals(held: &[Held]) -> Result<Vec<CurrencyTotal>, MoneyError> {
    let mut totals: Vec<CurrencyTotal> = Vec::new();
    for Held { account, .. } in held {
        let place = totals.iter().position(|total| total.booked.currency == account.currency);
        let place = place.unwrap_or(totals.len());
        if place == totals.len() {
            let booked = Money::zero(account.currency);
            totals.push(CurrencyTotal { booked, accounts: 0, unknown: 0, oldest: None });
        }
        let Some(total) = totals.get_mut(place) else { continue };
        match account.booked {
            Some(balance) => {
                total.booked = total.booked.checked_add(balance.money)?;
                total.accounts += 1;
                total.oldest = Some(total.oldest.map_or(balance.at, |oldest| oldest.min(balance.at)));
            }
            None => total.unknown += 1,
        }
    }
    totals.sort_by_key(|total| std::cmp::Reverse(total.accounts + total.unknown));
    Ok(totals)
}

/// Accounts by bank, in the order in which Everifin lists them.
fn groups(held: Vec<Held>) -> Vec<BankGroup> {
    let mut groups: Vec<BankGroup> = Vec::new();
    for Held { account, consent_until, .. } in held {
        match groups.iter_mut().find(|group| group.bank == account.bank) {
            Some(group) => {
                if account.freshness.urgency() > group.freshness.urgency() {
                    group.freshness = account.freshness.clone();
                }
                group.consent_until = [group.consent_until, consent_until].into_iter().flatten().min();
                group.accounts.push(account);
            }
            None => groups.push(BankGroup {
                bank: account.bank.clone(),
                freshness: account.freshness.clone(),
                consent_until,
                accounts: vec![account],
            }),
        }
    }
    groups
}

/// The one banner: a consent that has ended before one that ends soon; among those the nearest end.
fn notice(banks: &[BankGroup]) -> Option<Notice> {
    let ended = banks.iter().find_map(|group| match &group.freshness {
        Freshness::Reconnect { ended, .. } => Some(Notice::Reconnect {
            bank: group.bank.name.clone(),
            ended: *ended,
            accounts: group
                .accounts
                .iter()
                .filter(|account| matches!(account.freshness, Freshness::Reconnect { .. }))
                .map(|account| account.name.clone())
                .collect(),
        }),
        _ => None,
    });
    let soon = || {
        let ends = banks.iter().flat_map(|group| group.accounts.iter().map(move |account| (group, account)));
        ends.filter_map(|(group, account)| match account.freshness {
            Freshness::RenewSoon { ends, days, .. } => Some((ends, days, group)),
            _ => None,
        })
        .min_by_key(|(ends, ..)| *ends)
        .map(|(ends, days, group)| Notice::RenewSoon { bank: group.bank.name.clone(), ends, days })
    };
    ended.or_else(soon)
}

/// Booked money in and out for the last months, without transfers between own accounts.
fn flow(store: &Store, order: &[Currency], today: NaiveDate) -> Result<Vec<CurrencyFlow>> {
    let this_month = today.with_day(1).unwrap_or(today);
    let months: Vec<NaiveDate> =
        (0..MONTHS).rev().filter_map(|back| this_month.checked_sub_months(Months::new(back))).collect();
    let from = months.first().copied().unwrap_or(this_month);
    let sums = store.read(|book| {
        let mut sums: HashMap<(Currency, NaiveDate), (i64, i64)> = HashMap::new();
        // Everything booked, from the kept sums of each day, less what went between own accounts.
        let own = format!(
            "SELECT key >> 24, currency, -max(amount, 0), -min(amount, 0) FROM entry
             WHERE key >= ?1 << 24 AND status = 'booked' AND aside IS NULL AND id IN (
                 SELECT id FROM entry WHERE key >= ?1 << 24 AND counterparty_iban IN (SELECT iban FROM account WHERE iban IS NOT NULL)
                 UNION SELECT outgoing FROM transfer JOIN entry ON entry.id = incoming WHERE aside IS NULL
                 UNION SELECT incoming FROM transfer JOIN entry ON entry.id = outgoing WHERE aside IS NULL
                 UNION SELECT entry FROM overlay WHERE category = 'transfer'
                 UNION SELECT entry.id FROM rule CROSS JOIN entry LEFT JOIN overlay ON overlay.entry = entry.id
                     WHERE field = 'iban' AND rule.category = 'transfer' AND overlay.category IS NULL
                         AND entry.counterparty_iban = rule.value
                 UNION SELECT entry.id FROM rule CROSS JOIN entry LEFT JOIN overlay ON overlay.entry = entry.id
                     WHERE field = 'name' AND rule.category = 'transfer' AND overlay.category IS NULL
                         AND entry.key >= ?1 << 24 AND {NAME} = rule.value)"
        );
        for sql in ["SELECT day, currency, money_in, money_out FROM daily WHERE day >= ?", &own] {
            let mut statement = book.prepare_cached(sql)?;
            let mut rows = statement.query([to_day(from)])?;
            while let Some(row) = rows.next()? {
                let day = from_day(row.get(0)?);
                let (money_in, money_out) = sums.entry((row.get(1)?, day.with_day(1).unwrap_or(day))).or_default();
                for (sum, minor) in [(money_in, row.get(2)?), (money_out, row.get(3)?)] {
                    *sum = sum.checked_add(minor).ok_or(FailureKind::StoreFailed)?;
                }
            }
        }
        Ok(sums)
    })?;
    let month_of = |currency, month| {
        let (money_in, money_out) = sums.get(&(currency, month)).copied().unwrap_or_default();
        let (money_in, money_out) = (Money::from_minor(money_in, currency), Money::from_minor(money_out, currency));
        let difference = money_in.checked_add(money_out).map_err(overflow)?;
        Ok(MonthFlow { month, money_in, money_out, difference })
    };
    let of_currency = |currency: &Currency| {
        let months = months.iter().map(|month| month_of(*currency, *month)).collect::<Result<_>>()?;
        Ok(CurrencyFlow { currency: *currency, months })
    };
    order.iter().map(of_currency).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, day, eur, noon, row};
    use crate::store::transactions::{Annotation, Category, TransactionFilter};

    const IBANS: [&str; 4] = [
        "SK9611000000002918599669",
        "SK8209000000000011424060",
        "CZ6508000000192000145399",
        "SK6383300000002600000054",
    ];

    #[test]
    fn totals_hold_what_is_known_and_say_what_is_not() {
        let mut sample = Sample::new();
        let ids = IBANS.map(|iban| {
            sample.account(iban, |listed| {
                if iban.starts_with("CZ") {
                    listed.currency = Currency::CZK;
                }
            })
        });
        sample.read(ids[0], noon("2026-03-05"), "2026-01-01", Some(eur(100)), Vec::new());
        sample.read(ids[1], noon("2026-03-04"), "2026-01-01", Some(eur(-30)), Vec::new());
        sample.read(ids[3], noon("2026-03-05"), "2026-01-01", None, Vec::new());
        let overview = overview(&sample.store, day("2026-03-05"), noon("2026-03-05")).unwrap();
        let totals: Vec<_> = overview
            .totals
            .iter()
            .map(|total| (total.booked.to_string(), total.accounts, total.unknown, total.oldest))
            .collect();
        let expected = [("0.70 EUR", 2, 1, Some(noon("2026-03-04"))), ("0.00 CZK", 0, 1, None)];
        assert_eq!(totals, expected.map(|(sum, known, unknown, at)| (sum.to_owned(), known, unknown, at)));
        assert_eq!(overview.flow.len(), 2);
        assert_eq!((overview.notice, overview.synced), (None, None));
    }

    #[test]
    fn money_between_own_accounts_is_no_flow() {
        let mut sample = Sample::new();
        let account = sample.account(IBANS[0], |_| {});
        sample.account(IBANS[1], |_| {});
        let mut own = row("2026-03-03", -5_000, "Reserve");
        own.counterparty_iban = Some(IBANS[1].into());
        let mut pending = row("2026-03-03", -9, "announced");
        (pending.status, pending.booked) = (crate::store::transactions::TransactionStatus::Pending, None);
        let rows = vec![
            own,
            pending,
            row("2026-03-01", 700, "Customer"),
            row("2026-03-02", -200, "Supplier"),
            row("2026-03-04", -1_000, "Cash put aside"),
            row("2025-10-01", 11, "first month"),
            row("2025-09-30", 13, "too old"),
        ];
        sample.read(account, noon("2026-03-05"), "2025-01-01", None, rows);
        let filter = TransactionFilter { text: "aside".into(), ..TransactionFilter::default() };
        let section = sample.store.sections(&filter).unwrap().unwrap().remove(0).section;
        let id = sample.store.page(&filter, &section, None, 1).unwrap().rows[0].id;
        sample.store.annotate(id, &Annotation { note: String::new(), category: Some(Category::Transfer) }).unwrap();
        let overview = overview(&sample.store, day("2026-03-31"), noon("2026-03-31")).unwrap();
        let months: Vec<_> = overview.flow[0]
            .months
            .iter()
            .map(|month| {
                (
                    month.month.to_string(),
                    [month.money_in, month.money_out, month.difference].map(|m| m.minor().unwrap()),
                )
            })
            .collect();
        assert_eq!(months.len(), 6);
        assert_eq!(months[0], ("2025-10-01".into(), [11, 0, 11]));
        assert_eq!(months[5], ("2026-03-01".into(), [700, -200, 500]));
    }

    #[test]
    fn the_banner_is_for_what_has_ended_before_what_ends_soon() {
        let now = noon("2026-03-05");
        let days = chrono::TimeDelta::days;
        let mut sample = Sample::new();
        let listed = |bank: &'static str, name: &'static str, until| {
            move |listed: &mut crate::store::listing::Listed| {
                listed.bank_name = bank.into();
                listed.name = name.into();
                listed.consent_until = Some(now + days(until));
            }
        };
        sample.account(IBANS[0], listed("Tatra banka", "Operating", 9));
        sample.account(IBANS[1], listed("Slovenská sporiteľňa", "Cards", 4));
        let soon = overview(&sample.store, day("2026-03-05"), now).unwrap().notice;
        let ends = now + days(4);
        assert_eq!(soon, Some(Notice::RenewSoon { bank: "Slovenská sporiteľňa".into(), ends, days: 4 }));
        sample.account(IBANS[2], listed("ČSOB", "Payroll", -1));
        sample.account(IBANS[3], listed("ČSOB", "Deposits", 100));
        let ended = overview(&sample.store, day("2026-03-05"), now).unwrap().notice;
        let accounts = vec!["Payroll".to_owned()];
        assert_eq!(ended, Some(Notice::Reconnect { bank: "ČSOB".into(), ended: Some(now - days(1)), accounts }));
        let banks = connections(&sample.store, now).unwrap().banks;
        let order: Vec<_> = banks.iter().map(|group| (group.bank.short.as_str(), group.accounts.len())).collect();
        assert_eq!(order, [("ČS", 2), ("SL", 1), ("TB", 1)]);
    }
}
