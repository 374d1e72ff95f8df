//! Reading accounts: all of it, once, and nothing invented.

use super::office::Office;
use bank::failure::FailureKind;
use bank::insights;
use bank::store::accounts::Freshness;
use bank::store::transactions::TransactionFilter;
use bank::sync::{Progress, Report};
use chrono::TimeDelta;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

#[tokio::test]
async fn totals_equal_everifins_own_sums_to_the_cent() {
    let office = Office::connected().await;
    let overview = insights::overview(&office.desk.store, office.desk.clock.today(), office.hands.now()).unwrap();
    let shown: BTreeMap<String, Decimal> =
        overview.totals.iter().map(|total| (total.booked.currency.to_string(), total.booked.amount)).collect();
    assert_eq!(shown, office.everifin.sums().totals);
}

#[tokio::test]
async fn every_transaction_is_there_once() {
    let office = Office::connected().await;
    let sections = office.desk.store.sections(&TransactionFilter::default()).unwrap().unwrap();
    let count: u32 = sections.iter().map(|section| section.count).sum();
    assert_eq!(count as usize, office.everifin.sums().transactions);
    assert!(count >= 20_000, "the sandbox lives long enough: {count}");
}

#[tokio::test]
async fn the_chart_ends_at_the_balance() {
    let office = Office::connected().await;
    let today = office.desk.clock.today();
    for total in insights::overview(&office.desk.store, today, office.hands.now()).unwrap().totals {
        let currency = total.booked.currency;
        let history = insights::balance_history(&office.desk.store, currency, insights::Range::Year, today).unwrap();
        assert_eq!(history.days.last().unwrap().balance, Some(total.booked));
        assert_eq!(history.days.len(), 366, "{currency}: a year and today");
    }
}

#[tokio::test]
async fn a_second_sync_changes_nothing() {
    let office = Office::connected().await;
    let before = everything(&office);
    let report = office.sync().await;
    assert_eq!(report, Report { read: report.read, ..Report::default() });
    assert_eq!(everything(&office), before);
}

#[tokio::test]
async fn a_day_later_only_the_new_is_added() {
    let office = Office::connected().await;
    office.hands.pass(TimeDelta::days(1));
    let report = office.sync().await;
    assert!(report.added > 0, "a day of a company has transactions");
    let shown: u32 =
        office.desk.store.sections(&TransactionFilter::default()).unwrap().unwrap().iter().map(|it| it.count).sum();
    assert_eq!(shown as usize, office.everifin.sums().transactions);
    totals_equal_everifins_own_sums(&office);
}

#[tokio::test]
async fn progress_is_told_account_by_account() {
    let mut office = Office::open().await;
    office.sign_in().await;
    let (report, steps) = office.sync_watched().await;
    let done = steps.iter().filter(|step| matches!(step, Progress::Done { .. })).count();
    assert_eq!(done, report.read as usize);
    assert!(matches!(steps.first(), Some(Progress::Accounts { count }) if *count == report.read));
}

#[tokio::test]
async fn one_bank_without_consent_never_stops_the_others() {
    let office = Office::connected().await;
    office.everifin.expire_consent("cekoskbx");
    office.hands.pass(TimeDelta::days(1));
    let report = office.sync().await;
    assert_eq!(report.failed, 0, "an ended consent is a state, not a failure");
    assert!(report.added > 0);
    let overview = insights::overview(&office.desk.store, office.desk.clock.today(), office.hands.now()).unwrap();
    let ended: Vec<_> = overview
        .banks
        .iter()
        .filter(|bank| matches!(bank.freshness, Freshness::Reconnect { .. }))
        .map(|bank| bank.bank.name.as_str())
        .collect();
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert!(matches!(overview.notice, Some(insights::Notice::Reconnect { .. })));

    office.everifin.renew_consent("cekoskbx");
    office.sync().await;
    totals_equal_everifins_own_sums(&office);
}

#[tokio::test]
async fn one_failing_account_never_stops_the_others() {
    let mut office = Office::open().await;
    office.sign_in().await;
    let first = office.everifin.sums().accounts[0].id;
    office.everifin.arm(sandbox::Fault::ServerError, 1_000, &format!("/v1/bank-accounts/{first}"));
    let report = office.sync().await;
    assert_eq!(report.failed, 1);
    assert_eq!(report.read as usize, office.everifin.sums().accounts.len() - 1);

    office.everifin.disarm();
    assert_eq!(office.sync().await.failed, 0);
    totals_equal_everifins_own_sums(&office);
}

#[tokio::test]
async fn a_rate_limit_has_an_end() {
    let office = Office::connected().await;
    office.everifin.arm(sandbox::Fault::RateLimited { retry_after: 90 }, 1, "/v1/bank-accounts");
    let failure = office.desk.sync(|_| ()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::RateLimited);
    assert_eq!(failure.retry_at, Some(office.hands.now() + TimeDelta::seconds(90)));
}

#[tokio::test]
async fn answers_of_a_proxy_and_cut_answers_lose_nothing() {
    for fault in [sandbox::Fault::Html, sandbox::Fault::ServerError, sandbox::Fault::Cut] {
        let mut office = Office::open().await;
        office.sign_in().await;
        office.everifin.arm(fault.clone(), 5, "/v1/bank-accounts/");
        let hit = office.sync().await;
        assert!(hit.failed > 0, "{fault:?}");
        office.everifin.disarm();
        assert_eq!(office.sync().await.failed, 0, "{fault:?}");
        totals_equal_everifins_own_sums(&office);
        let count: u32 =
            office.desk.store.sections(&TransactionFilter::default()).unwrap().unwrap().iter().map(|it| it.count).sum();
        assert_eq!(count as usize, office.everifin.sums().transactions, "{fault:?}");
    }
}

#[tokio::test]
async fn an_access_token_that_is_refused_is_renewed_once() {
    let office = Office::connected().await;
    office.everifin.arm(sandbox::Fault::Unauthorized, 1, "/v1/bank-accounts");
    let before = office.everifin.counts().get("refresh token rotated").copied().unwrap_or_default();
    assert_eq!(office.sync().await.failed, 0);
    assert_eq!(office.everifin.counts().get("refresh token rotated").copied(), Some(before + 1));
}

fn totals_equal_everifins_own_sums(office: &Office) {
    let overview = insights::overview(&office.desk.store, office.desk.clock.today(), office.hands.now()).unwrap();
    for total in overview.totals {
        assert_eq!(Some(&total.booked.amount), office.everifin.sums().totals.get(&total.booked.currency.to_string()));
    }
}

/// All rows of all sections, and the balances.
fn everything(office: &Office) -> String {
    let store = &office.desk.store;
    let filter = TransactionFilter::default();
    let mut text = format!("{:?}", store.accounts(office.hands.now()).unwrap());
    for section in store.sections(&filter).unwrap().unwrap() {
        text += &format!("{section:?}");
        let mut after = None;
        loop {
            let page = store.page(&filter, &section.section, after.as_deref(), 200).unwrap();
            text += &format!("{:?}", page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    text
}
