use super::*;
use crate::money::Currency;
use crate::store::entry::Facts;
use crate::store::intake::{Intake, Whole};
use crate::store::sample::{self, Sample, day, eur, intake, noon, row};
use proptest::prelude::*;

const IBAN: &str = "SK9611000000002918599669";

fn account(sample: &mut Sample) -> AccountId {
    sample.account(IBAN, |_| {})
}

/// Reads all rows at noon of a day, with the balance that the bank states.
fn read(sample: &Sample, account: AccountId, on: &str, balance: i64, rows: &[Facts]) {
    let intake = named(intake(account, noon(on), "2026-01-01", Some(eur(balance)), rows.to_vec()));
    sample::take(&sample.store, &intake, noon(on)).unwrap();
}

/// Gives each row an id of its own, whatever else is in the answer.
fn named(mut intake: Intake) -> Intake {
    let mut seen: Vec<String> = Vec::new();
    for row in &mut intake.rows {
        let name = row.facts.as_ref().and_then(|facts| facts.counterparty.clone()).unwrap();
        row.remote_id = format!("{name} {}", seen.iter().filter(|known| **known == name).count());
        seen.push(name);
    }
    intake
}

fn spans(sample: &Sample, account: AccountId) -> Vec<(String, String, i64)> {
    let unproved = sample.store.proof(account).unwrap().unproved;
    let plain = |span: &Unproved| (span.from.to_string(), span.to.to_string(), span.difference.minor().unwrap());
    unproved.iter().map(plain).collect()
}

#[test]
fn two_balances_that_agree_with_what_is_booked_prove_the_days_between() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut rows = vec![row("2026-03-02", -100, "a")];
    read(&sample, account, "2026-03-02", 900, &rows);
    rows.extend([row("2026-03-03", -50, "b"), row("2026-03-04", 20, "c")]);
    read(&sample, account, "2026-03-05", 870, &rows);
    assert_eq!(spans(&sample, account), []);
    assert_eq!(sample.store.proof(account).unwrap().from, Some(day("2026-03-02")));
}

#[test]
fn days_in_which_a_row_is_missing_are_marked_with_what_is_missing() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut rows = vec![row("2026-03-02", -100, "a")];
    read(&sample, account, "2026-03-02", 900, &rows);
    // A payment of 50 on the third does not come with the list.
    read(&sample, account, "2026-03-05", 850, &rows);
    assert_eq!(spans(&sample, account), [("2026-03-02".into(), "2026-03-04".into(), -50)]);
    assert_eq!(
        sample.store.account(account, noon("2026-03-05")).unwrap().unproved.map(|span| span.difference),
        Some(eur(-50))
    );
    // It comes a day later.
    rows.push(row("2026-03-03", -50, "b"));
    read(&sample, account, "2026-03-06", 850, &rows);
    assert_eq!(spans(&sample, account), []);
}

#[test]
fn a_balance_of_the_middle_of_a_day_holds_some_of_its_rows() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let day = "2026-03-05";
    let mut rows = vec![row("2026-03-04", -100, "a")];
    read(&sample, account, "2026-03-04", 900, &rows);
    // The list is ahead of the balance: it knows two rows of today, the balance one.
    rows.extend([row(day, -7, "b"), row(day, -9, "c")]);
    read(&sample, account, day, 893, &rows);
    assert_eq!(spans(&sample, account), []);
    read(&sample, account, "2026-03-06", 884, &rows);
    assert_eq!(spans(&sample, account), []);
}

#[test]
fn one_wrong_balance_between_two_that_agree_is_passed_over() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let rows = vec![row("2026-03-02", -100, "a"), row("2026-03-03", -10, "b"), row("2026-03-05", -5, "c")];
    read(&sample, account, "2026-03-02", 900, &rows[..1]);
    // The balance of yesterday under today's time.
    read(&sample, account, "2026-03-04", 12_345, &rows[..2]);
    assert_eq!(spans(&sample, account).len(), 1);
    read(&sample, account, "2026-03-06", 885, &rows);
    assert_eq!(spans(&sample, account), []);
}

#[test]
fn a_day_of_a_correction_long_ago_is_not_proved_any_more() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut rows = vec![row("2026-03-02", -100, "a")];
    for (on, balance) in [("2026-03-02", 900), ("2026-03-10", 900), ("2026-03-20", 900)] {
        read(&sample, account, on, balance, &rows);
    }
    rows.push(row("2026-03-05", -30, "came late"));
    read(&sample, account, "2026-03-21", 870, &rows);
    // Between the second and the tenth too much is booked for their balances, and afterwards too little.
    let expected = [("2026-03-20", "2026-03-20", -30), ("2026-03-02", "2026-03-09", 30)];
    assert_eq!(spans(&sample, account), expected.map(|(from, to, minor)| (from.into(), to.into(), minor)));
}

#[test]
fn what_the_owner_removed_is_the_cause_that_is_named() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let rows = vec![row("2026-03-02", -100, "a"), row("2026-03-03", -10, "b")];
    read(&sample, account, "2026-03-02", 900, &rows[..1]);
    read(&sample, account, "2026-03-05", 890, &rows);
    let page = sample.store.latest(1).unwrap();
    sample.store.remove(page[0].id, true, noon("2026-03-05")).unwrap();
    let unproved = sample.store.proof(account).unwrap().unproved;
    assert_eq!((unproved[0].cause, unproved[0].difference), (UnprovedCause::SetAside, eur(-10)));
    // The bank listing it again does not bring it back.
    read(&sample, account, "2026-03-06", 890, &rows);
    assert_eq!(sample.store.latest(1).unwrap()[0].counterparty, "a");
    sample.store.remove(page[0].id, false, noon("2026-03-06")).unwrap();
    assert_eq!(spans(&sample, account), []);
    assert_eq!(sample.store.latest(1).unwrap()[0].id, page[0].id);
}

/// Reads the last days again, as a sync does where the balances differ.
fn again(sample: &Sample, account: AccountId, on: &str, rows: &[Facts]) {
    let days = (day("2026-03-01"), day(on));
    let intake = named(intake(account, noon(on), "2026-01-01", None, rows.to_vec()));
    let balances = crate::store::listing::Balances {
        booked: sample.store.account(account, noon(on)).unwrap().booked.map(|balance| (balance.money, balance.at)),
        available: None,
    };
    let intake = Intake { whole: Whole::Days(days.0, days.1), settle: Some(days), balances, ..intake };
    sample::take(&sample.store, &intake, noon(on)).unwrap();
}

#[test]
fn an_announcement_is_in_no_booked_balance() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut card = row("2026-03-03", -280, "card");
    (card.status, card.booked) = (crate::store::transactions::TransactionStatus::Pending, None);
    read(&sample, account, "2026-03-02", 1_000, &[card]);
    // The bank has booked 280 that came, too, and does not list it.
    read(&sample, account, "2026-03-05", 1_000, &[row("2026-03-03", -280, "card")]);
    assert_eq!(spans(&sample, account), [("2026-03-02".into(), "2026-03-04".into(), 280)]);
}

#[test]
fn what_was_proved_is_not_told_otherwise_by_what_comes_later() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    // The first balance does not hold the day's row yet, which the second one tells.
    let mut rows = vec![row("2026-03-02", -100, "a")];
    read(&sample, account, "2026-03-02", 1_000, &rows);
    rows.push(row("2026-03-03", 50, "b"));
    read(&sample, account, "2026-03-03", 950, &rows);
    rows.push(row("2026-03-03", -100, "c"));
    read(&sample, account, "2026-03-05", 850, &rows);
    assert_eq!(spans(&sample, account), []);
}

#[test]
fn what_saldo_set_aside_counts_again_before_anything_else_is_set_aside() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut rows = vec![row("2026-03-01", -100, "a")];
    read(&sample, account, "2026-03-02", 900, &rows);
    // Two that are paid twice, and one that the bank lists late: it looks as if 28 had come once.
    rows.extend(["in", "in"].map(|name| row("2026-03-03", 28, name)));
    rows.extend(["out", "out"].map(|name| row("2026-03-04", -28, name)));
    read(&sample, account, "2026-03-06", 872, &rows);
    again(&sample, account, "2026-03-06", &rows);
    assert_eq!(sample.store.rows_aside().unwrap().len(), 1);
    rows.push(row("2026-03-05", -28, "late"));
    read(&sample, account, "2026-03-08", 872, &rows);
    again(&sample, account, "2026-03-08", &rows);
    assert_eq!((sample.store.rows_aside().unwrap(), spans(&sample, account)), (Vec::new(), Vec::new()));
}

#[test]
fn a_balance_that_was_perhaps_early_does_not_prove_that_a_guess_was_right() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let mut rows = vec![row("2026-03-02", -10, "bread")];
    read(&sample, account, "2026-03-02", 900, &rows);
    // Two payments under one number of the bank's: the second is taken for the first. Without it the days agree only if the first
    // balance did not hold the bread yet; with it they agree as they stand.
    let mut coffee = row("2026-03-03", -10, "coffee");
    coffee.bank_id = Some("42".into());
    rows.extend([coffee.clone(), coffee]);
    read(&sample, account, "2026-03-04", 880, &rows);
    assert_eq!(sample.store.rows_aside().unwrap().len(), 1);
    assert_eq!(spans(&sample, account), [("2026-03-02".into(), "2026-03-03".into(), -10)]);
    again(&sample, account, "2026-03-04", &rows);
    assert_eq!((sample.store.rows_aside().unwrap(), spans(&sample, account)), (Vec::new(), Vec::new()));
}

#[test]
fn a_row_sent_twice_is_told_from_a_payment_made_twice_by_the_balance() {
    for (balance, counted) in [(890, 1), (880, 2)] {
        let mut sample = Sample::new();
        let account = account(&mut sample);
        let first = row("2026-03-02", -100, "a");
        read(&sample, account, "2026-03-02", 900, std::slice::from_ref(&first));
        let rows = [first, row("2026-03-03", -10, "coffee"), row("2026-03-03", -10, "coffee")];
        read(&sample, account, "2026-03-04", balance, &rows);
        again(&sample, account, "2026-03-04", &rows);
        let coffees = sample.store.latest(9).unwrap().iter().filter(|row| row.counterparty == "coffee").count();
        assert_eq!((coffees, spans(&sample, account)), (counted, Vec::new()));
        let doubts = sample.store.doubts().unwrap();
        assert_eq!(doubts.len(), 2 - counted);
        if let [doubt] = doubts.as_slice() {
            use crate::store::doubts::Decision;
            assert!(doubt.settled && doubt.first.is_some());
            assert_eq!(doubt.second.as_ref().unwrap().aside, Some(crate::store::transactions::Aside::Duplicate));
            // The owner knows better, and is not asked again.
            sample.store.decide(doubt.id, Decision::Both, noon("2026-03-04")).unwrap();
            read(&sample, account, "2026-03-05", balance, &rows);
            again(&sample, account, "2026-03-05", &rows);
            assert!(sample.store.doubts().unwrap().is_empty());
            assert_eq!(spans(&sample, account).len(), 1, "what she decided does not agree with the bank, and says so");
        }
    }
}

#[test]
fn a_booked_row_that_the_bank_lists_no_more_is_set_aside_where_the_balance_agrees() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let rows = [row("2026-03-02", -100, "a"), row("2026-03-04", -1, "b"), row("2026-03-04", -40, "reversed")];
    read(&sample, account, "2026-03-02", 900, &rows[..1]);
    read(&sample, account, "2026-03-04", 859, &rows);
    let left = rows[..2].to_vec();
    read(&sample, account, "2026-03-06", 899, &left);
    again(&sample, account, "2026-03-06", &left);
    let names: Vec<_> = sample.store.latest(9).unwrap().into_iter().map(|row| row.counterparty).collect();
    assert_eq!((names, spans(&sample, account)), (vec!["b".to_owned(), "a".to_owned()], Vec::new()));
    assert_eq!(sample.store.rows_aside().unwrap().len(), 1);
    // The bank lists it again, and has booked it.
    read(&sample, account, "2026-03-08", 859, &rows);
    again(&sample, account, "2026-03-08", &rows);
    assert_eq!((sample.store.rows_aside().unwrap(), spans(&sample, account)), (Vec::new(), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is booked when, and however often it is read: balances that are right prove every day, also where the anchors are
    /// compared piece by piece instead of all at once.
    #[test]
    fn right_balances_prove_every_day(
        rows in prop::collection::vec((0..25_i64, -500..500_i64), 0..40),
        reads in prop::collection::btree_set(0..27_i64, 1..12),
        late in any::<u64>(),
    ) {
        let mut sample = Sample::new();
        let account = account(&mut sample);
        let first = day("2026-03-01");
        let facts: Vec<Facts> = rows
            .iter()
            .enumerate()
            .map(|(number, (days, cents))| row(&(first + TimeDelta::days(*days)).to_string(), *cents, &format!("row {number}")))
            .collect();
        let mut stated = Vec::new();
        for read_on in &reads {
            let on = first + TimeDelta::days(*read_on);
            let there: Vec<Facts> = facts.iter().filter(|row| row.booked < Some(on)).cloned().collect();
            // Some rows come with the next reading only.
            let held: Vec<Facts> = there.iter().enumerate().filter(|(at, _)| late >> (at % 64) & 1 == 0).map(|(_, row)| row.clone()).collect();
            let balance = 10_000 + there.iter().map(|row| row.amount).sum::<i64>();
            stated.push((on, balance, there));
            read(&sample, account, &on.to_string(), balance, &held);
        }
        let (last, balance, all) = stated.pop().unwrap();
        read(&sample, account, &last.to_string(), balance, &all);
        prop_assert_eq!(spans(&sample, account), Vec::new());
        let anchors = |sample: &Sample| sample.store.read(|book| {
            let mut statement = book.prepare("SELECT day, opening, difference FROM anchor ORDER BY day")?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<i64>>(2)?)))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        }).unwrap();
        let piecewise = anchors(&sample);
        for (day, opening, _) in &piecewise {
            let before: i64 = all.iter().filter(|row| row.booked < Some(from_day(*day))).map(|row| row.amount).sum();
            prop_assert_eq!(*opening, 10_000 + before);
        }
        sample.store.write(|book| compare(book, account, i64::MIN)).unwrap();
        prop_assert_eq!(anchors(&sample), piecewise);
    }
}

#[test]
fn a_statement_proves_days_before_the_first_sync() {
    let mut sample = Sample::new();
    let account = account(&mut sample);
    let rows = vec![row("2026-02-10", -100, "a"), row("2026-03-02", 50, "b")];
    read(&sample, account, "2026-03-05", 950, &rows);
    for (on, amount) in [("2026-01-31", 1_000), ("2026-02-28", 900)] {
        sample.store.write(|book| keep_closing(book, account, day(on), amount, noon("2026-03-06"))).unwrap();
    }
    sample.store.write(|book| compare(book, account, to_day(day("2026-01-31")))).unwrap();
    assert_eq!(spans(&sample, account), []);
    assert_eq!(sample.store.proof(account).unwrap().from, Some(day("2026-01-31")));
    assert_eq!(Currency::EUR.exponent(), 2);
}
