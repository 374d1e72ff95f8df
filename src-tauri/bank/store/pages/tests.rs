use super::*;
use crate::store::sample::{Sample, day, eur, noon, row};
use crate::store::transactions::{Annotation, Category, TransactionStatus};
use proptest::prelude::*;

const IBAN: &str = "SK9611000000002918599669";

fn all(sample: &Sample, filter: &TransactionFilter) -> Vec<TransactionRow> {
    let sections = sample.store.sections(filter).unwrap().unwrap();
    sections
        .into_iter()
        .flat_map(|totals| {
            let (mut rows, mut after) = (Vec::new(), None::<String>);
            loop {
                let page = sample.store.page(filter, &totals.section, after.as_deref(), 2).unwrap();
                rows.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(rows.len(), totals.count as usize, "a section holds what it says");
            let money =
                |row: &&TransactionRow| matches!(row.status, TransactionStatus::Booked | TransactionStatus::Pending);
            let sum: i64 = rows.iter().filter(money).map(|row| row.amount.minor().unwrap()).sum();
            assert_eq!(totals.sums, [eur(sum)]);
            rows
        })
        .collect()
}

fn names(sample: &Sample, text: &str) -> Vec<String> {
    let filter = TransactionFilter { text: text.into(), ..TransactionFilter::default() };
    all(sample, &filter).into_iter().map(|row| row.counterparty).collect()
}

#[test]
fn words_are_found_wherever_they_stand_and_however_they_are_written() {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    let mut invoice = row("2026-03-05", -123_450, "Ľubomír Žižka s.r.o.");
    invoice.variable_symbol = Some("0020260042".into());
    invoice.message = Some("Faktúra za stoličky".into());
    invoice.counterparty_iban = Some("CZ6508000000192000145399".into());
    let rows = vec![invoice, row("2026-03-06", -280, "Straßencafé"), row("2026-04-01", 500, "Łódź Meble")];
    sample.read(account, noon("2026-04-02"), "2026-01-01", None, rows);
    for (text, found) in [
        ("zizka", 1),
        ("ŽIŽKA faktura", 1),
        ("zizka strassencafe", 0),
        ("strasse", 1),
        ("lodz", 1),
        ("20260042", 1),
        ("cz65 0800", 1),
        ("1234,50", 1),
        ("-1234.50", 1),
        ("stoličky 1234", 1),
        ("", 3),
        ("%", 0),
        ("' OR 1", 0),
    ] {
        assert_eq!(names(&sample, text).len(), found, "{text}");
    }
    let id = all(&sample, &TransactionFilter::default())[0].id;
    let annotation = Annotation { note: "Nová kancelária".into(), category: Some(Category::Office) };
    sample.store.annotate(id, &annotation).unwrap();
    assert_eq!(names(&sample, "kancelaria"), ["Łódź Meble"], "the note is searched too");
}

#[test]
fn newest_first_and_pending_before_all() {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    let mut pending = row("2026-03-01", -100, "announced");
    (pending.status, pending.booked) = (TransactionStatus::Pending, None);
    let rows = vec![row("2026-02-03", 1, "a"), row("2026-03-04", 2, "b"), row("2026-03-04", 3, "c"), pending];
    sample.read(account, noon("2026-04-02"), "2026-01-01", None, rows);
    assert_eq!(names(&sample, ""), ["announced", "c", "b", "a"]);
    let latest: Vec<_> = sample.store.latest(3).unwrap().into_iter().map(|row| row.counterparty).collect();
    assert_eq!(latest, ["announced", "c", "b"]);
}

#[test]
fn the_balance_after_each_row_leads_back_from_now() {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    let mut refused = row("2026-03-04", -999, "refused");
    refused.status = TransactionStatus::Rejected;
    let rows = vec![
        row("2026-02-03", 1_000, "a"),
        row("2026-03-04", -200, "b"),
        refused,
        row("2026-03-04", -300, "c"),
        row("2026-03-09", 50, "d"),
    ];
    sample.read(account, noon("2026-04-02"), "2026-03-01", Some(eur(5_000)), rows);
    let filter = TransactionFilter { accounts: vec![account], ..TransactionFilter::default() };
    let after: Vec<_> = all(&sample, &filter).into_iter().map(|row| row.balance_after).collect();
    // The oldest lies before the day from which the history is whole.
    assert_eq!(after, [Some(eur(5_000)), Some(eur(4_950)), None, Some(eur(5_250)), None]);
    for other in [
        TransactionFilter::default(),
        TransactionFilter { text: "b".into(), ..filter.clone() },
        TransactionFilter { direction: Some(Direction::In), ..filter.clone() },
    ] {
        assert!(all(&sample, &other).iter().all(|row| row.balance_after.is_none()));
    }
    let dated = TransactionFilter { to: Some(day("2026-03-04")), ..filter };
    assert_eq!(all(&sample, &dated)[0].balance_after, Some(eur(4_950)));
}

#[test]
fn a_page_of_nowhere_is_refused() {
    let sample = Sample::new();
    let page = sample.store.page(&TransactionFilter::default(), &Section::Pending, Some("x"), 10);
    assert_eq!(page, Err(FailureKind::NotFound.into()));
}

#[test]
fn a_search_comes_in_the_order_of_the_list_without_sorting() {
    let sample = Sample::new();
    let filter = TransactionFilter {
        text: "novak".into(),
        accounts: vec![AccountId(1)],
        from: Some(day("2026-01-01")),
        to: Some(day("2026-12-31")),
        ..TransactionFilter::default()
    };
    let condition = Condition::new(SETTLED, Way::Index).filter(&filter, &Words::of(&filter.text));
    let sql = format!("EXPLAIN QUERY PLAN {}", question(&condition));
    let plan: Vec<String> = sample
        .store
        .read(|book| {
            let mut statement = book.prepare(&sql)?;
            let steps = statement
                .query_map(params_from_iter(condition.values.into_iter().chain([1.into()])), |row| row.get(3))?;
            Ok(steps.collect::<Result<_, _>>()?)
        })
        .unwrap();
    assert!(plan[0].starts_with("SCAN search VIRTUAL TABLE"), "{plan:#?}");
    assert!(plan[1].starts_with("SEARCH entry USING INTEGER PRIMARY KEY"), "{plan:#?}");
    assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:#?}");
}

fn filter() -> impl Strategy<Value = TransactionFilter> {
    let date = || proptest::option::of((1..90_i64).prop_map(|days| day("2026-01-01") + chrono::TimeDelta::days(days)));
    let direction = prop::sample::select(vec![None, Some(Direction::In), Some(Direction::Out)]);
    (any::<bool>(), date(), date(), direction, any::<bool>()).prop_map(|(one, from, to, direction, search)| {
        let accounts = if one { vec![AccountId(1)] } else { Vec::new() };
        let text = if search { "pay" } else { "" }.into();
        TransactionFilter { text, accounts, from, to, direction }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sections_and_pages_agree_with_the_filter(
        rows in prop::collection::vec((0..90_i64, -5..6_i64, 0..5_usize), 0..40),
        filters in prop::collection::vec(filter(), 8),
    ) {
        use TransactionStatus::*;
        let mut sample = Sample::new();
        let accounts = [sample.account(IBAN, |_| {}), sample.account("SK8209000000000011424060", |_| {})];
        let mut facts = vec![Vec::new(), Vec::new()];
        for (place, (days, cents, status)) in rows.iter().enumerate() {
            let date = day("2026-01-01") + chrono::TimeDelta::days(*days);
            let mut row = row(&date.to_string(), *cents, "Payee");
            row.status = [Booked, Booked, Pending, Rejected, Unknown][*status];
            facts[place % 2].push(row);
        }
        for (account, facts) in accounts.iter().zip(&facts) {
            sample.read(*account, noon("2026-04-02"), "2026-01-01", None, facts.clone());
        }
        for filter in filters {
            let expected = facts.iter().enumerate().filter(|(place, _)| filter.accounts.is_empty() || *place == 0)
                .flat_map(|(_, facts)| facts)
                .filter(|row| filter.from.is_none_or(|from| row.booked >= Some(from)))
                .filter(|row| filter.to.is_none_or(|to| row.booked <= Some(to)))
                .filter(|row| filter.direction.is_none_or(|way| (way == Direction::Out) == (row.amount < 0)))
                .count();
            let found = all(&sample, &filter);
            prop_assert_eq!(found.len(), expected, "{:?}", filter);
            prop_assert!(found.iter().filter(|row| row.status != Pending).is_sorted_by(|a, b| a.day >= b.day));
        }
    }
}
