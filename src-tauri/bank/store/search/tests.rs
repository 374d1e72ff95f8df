use crate::store::fold::{fold, words};
use crate::store::sample::{Sample, day, noon, row};
use crate::store::transactions::{Annotation, Direction, TransactionFilter, TransactionId, TransactionStatus};
use proptest::prelude::*;
use proptest::sample::select;

const IBAN: &str = "SK9611000000002918599669";

/// Names and notes that share parts, so that searches find some and not all.
fn text() -> impl Strategy<Value = String> {
    let part =
        select(vec!["no", "Nová", "vák", "Łódź", "ab", "\"quoted\"", "aba", "straße", "'", "*", "12", "1.50", "ž"]);
    prop::collection::vec((part, any::<bool>()), 1..5).prop_map(|parts| {
        parts.into_iter().map(|(part, apart)| if apart { format!("{part} ") } else { part.to_owned() }).collect()
    })
}

/// A search as typed: part of a text, or two.
fn typed() -> impl Strategy<Value = String> {
    let piece = (text(), 0..6_usize, 1..7_usize)
        .prop_map(|(text, skip, take)| text.chars().skip(skip).take(take).collect::<String>());
    prop::collection::vec(piece, 1..3).prop_map(|pieces| pieces.join(" "))
}

#[derive(Debug, Clone)]
enum Act {
    /// The bank lists these rows: day, cents, name, whether pending.
    Read(Vec<(i64, i64, String, bool)>),
    /// The owner writes a note on one of the rows.
    Note(usize, String),
    /// The owner removes one, or takes it back.
    Remove(usize, bool),
}

fn act() -> impl Strategy<Value = Act> {
    let line = (0..300_i64, -300..300_i64, text(), prop::bool::weighted(0.2));
    prop_oneof![
        prop::collection::vec(line, 0..12).prop_map(Act::Read),
        (any::<usize>(), prop_oneof![text(), Just(String::new())]).prop_map(|(which, note)| Act::Note(which, note)),
        (any::<usize>(), any::<bool>()).prop_map(|(which, removed)| Act::Remove(which, removed)),
    ]
}

fn filter() -> impl Strategy<Value = TransactionFilter> {
    let date = || proptest::option::of((0..300_i64).prop_map(|days| day("2026-01-01") + chrono::TimeDelta::days(days)));
    let direction = select(vec![None, None, Some(Direction::In), Some(Direction::Out)]);
    (typed(), date(), date(), direction).prop_map(|(text, from, to, direction)| TransactionFilter {
        text,
        from,
        to,
        direction,
        ..TransactionFilter::default()
    })
}

fn ids(sample: &Sample) -> Vec<TransactionId> {
    sample
        .store
        .read(|book| {
            let mut statement = book.prepare("SELECT id FROM entry ORDER BY id")?;
            let ids = statement.query_map([], |row| row.get(0).map(TransactionId))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

fn apply(sample: &Sample, account: crate::store::accounts::AccountId, act: &Act, number: i64) {
    match act {
        Act::Read(lines) => {
            let rows = lines.iter().map(|(days, cents, name, pending)| {
                let date = day("2026-01-01") + chrono::TimeDelta::days(*days);
                let mut row = row(&date.to_string(), *cents, name);
                if *pending {
                    (row.status, row.booked) = (TransactionStatus::Pending, None);
                }
                row
            });
            let at = noon("2026-04-02") + chrono::TimeDelta::hours(number);
            sample.read(account, at, "2026-01-01", None, rows.collect());
        }
        Act::Note(which, note) => {
            let ids = ids(sample);
            if !ids.is_empty() {
                let annotation = Annotation { note: note.clone(), category: None };
                sample.store.annotate(ids[which % ids.len()], &annotation).unwrap();
            }
        }
        Act::Remove(which, removed) => {
            let ids = ids(sample);
            if !ids.is_empty() {
                // A pending row cannot be removed.
                _ = sample.store.remove(ids[which % ids.len()], *removed, noon("2026-04-03"));
            }
        }
    }
}

/// What a look through all rows finds, in the order of the list.
fn looked_through(sample: &Sample, filter: &TransactionFilter) -> Vec<TransactionId> {
    let everything = TransactionFilter { text: String::new(), ..filter.clone() };
    let words = words(&filter.text);
    let holds = |id: &TransactionId| {
        let detail = sample.store.transaction(*id).unwrap();
        let amount = detail.row.amount.amount.abs().to_string();
        let note = fold(&detail.note.unwrap_or_default());
        let texts = [fold(&detail.row.counterparty), fold(&amount), note];
        words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    };
    let all: Vec<TransactionId> = pages(sample, &everything);
    all.into_iter().filter(holds).collect()
}

/// All rows under a filter, section by section and page by page, checked against what the sections say.
fn pages(sample: &Sample, filter: &TransactionFilter) -> Vec<TransactionId> {
    let mut all = Vec::new();
    for totals in sample.store.sections(filter).unwrap().unwrap() {
        let (before, mut after) = (all.len(), None::<String>);
        loop {
            let page = sample.store.page(filter, &totals.section, after.as_deref(), 3).unwrap();
            all.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all.len() - before, totals.count as usize, "{:?}", totals.section);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_look_through_all_rows_finds(
        acts in prop::collection::vec(act(), 1..8),
        filters in prop::collection::vec(filter(), 6),
    ) {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        for (number, act) in acts.iter().enumerate() {
            apply(&sample, account, act, number as i64);
        }
        for filter in filters {
            let expected = looked_through(&sample, &filter);
            prop_assert_eq!(pages(&sample, &filter), expected.clone(), "{:?}", filter);
            let first: Vec<_> = sample.store.first(&filter, 5).unwrap().iter().map(|row| row.id).collect();
            // Words that are too short for the index are looked for in the newest rows only.
            let most = if words(&filter.text).iter().any(|word| word.chars().count() > 2) { 5 } else { first.len() };
            prop_assert_eq!(first, expected[..expected.len().min(most)].to_vec(), "{:?}", filter);
        }
    }
}

#[test]
fn who_counts_next_is_not_kept_waiting() {
    let sample = Sample::new();
    let (begun, first) = std::sync::mpsc::channel();
    let store = sample.store.clone();
    let endless = std::thread::spawn(move || {
        store.count(|book| {
            begun.send(()).unwrap();
            let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
            Ok(book.query_row(sql, [], |row| row.get::<_, i64>(0))?)
        })
    });
    first.recv().unwrap();
    let next = sample.store.sections(&TransactionFilter::default()).unwrap();
    assert_eq!(next, Some(Vec::new()));
    assert_eq!(endless.join().unwrap(), Ok(None), "the earlier one gives way");
}
