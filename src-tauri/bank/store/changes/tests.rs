use super::*;
use crate::store::entry::Facts;
use crate::store::sample::{self, Sample, eur, intake, noon, row};
use crate::store::transactions::{Annotation, Category, TransactionFilter};

const IBAN: &str = "SK9611000000002918599669";

/// An account that has been read once with two rows.
fn book() -> (Sample, AccountId, Vec<Facts>) {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    let rows = vec![row("2026-03-01", -10, "a"), row("2026-03-02", 50, "b")];
    read(&sample, account, "2026-03-02", &rows);
    (sample, account, rows)
}

fn read(sample: &Sample, account: AccountId, on: &str, rows: &[Facts]) {
    sample::take(&sample.store, &intake(account, noon(on), "2026-01-01", None, rows.to_vec()), noon(on)).unwrap();
}

fn newest(sample: &Sample) -> ChangeSet {
    sample.store.change_sets(None, 1).unwrap().remove(0)
}

/// What stands in the list: names and amounts, newest first.
fn listed(sample: &Sample) -> Vec<(String, i64)> {
    let rows = sample.store.latest(20).unwrap().into_iter();
    rows.map(|row| (row.counterparty, row.amount.minor().unwrap())).collect()
}

fn pairs(pairs: &[(&str, i64)]) -> Vec<(String, i64)> {
    pairs.iter().map(|(name, minor)| ((*name).to_owned(), *minor)).collect()
}

#[test]
fn the_first_reading_of_an_account_is_counted_and_not_undone() {
    let (sample, _, _) = book();
    let set = newest(&sample);
    assert!(set.accounts[0].first && !set.can_undo);
    assert_eq!((set.cause, set.accounts[0].added), (Cause::Sync, 2));
    assert_eq!(sample.store.changes(set.id, 0).unwrap(), []);
}

#[test]
fn a_sync_that_changes_nothing_is_no_change_set() {
    let (sample, account, rows) = book();
    read(&sample, account, "2026-03-03", &rows);
    assert_eq!(sample.store.change_sets(None, 9).unwrap().len(), 1);
}

#[test]
fn a_sync_says_what_came_and_what_changed_from_what_to_what() {
    let (sample, account, mut rows) = book();
    rows[1].counterparty = Some("b, Ltd.".into());
    rows[1].variable_symbol = Some("77".into());
    rows.push(row("2026-03-03", -1, "c"));
    read(&sample, account, "2026-03-03", &rows);
    let set = newest(&sample);
    assert_eq!((set.accounts[0].added, set.accounts[0].changed, set.can_undo), (1, 1, true));
    let changes = sample.store.changes(set.id, 0).unwrap();
    let kinds: Vec<_> =
        changes.iter().map(|change| (change.kind, change.counterparty.as_str(), change.amount)).collect();
    assert_eq!(kinds, [(ChangeKind::Changed, "b, Ltd.", eur(50)), (ChangeKind::Added, "c", eur(-1))]);
    let text = |text: &str| Some(Said::Text(text.into()));
    let expected = [
        Difference { field: RowField::Counterparty, before: text("b"), after: text("b, Ltd.") },
        Difference { field: RowField::VariableSymbol, before: None, after: text("77") },
    ];
    assert_eq!(changes[0].differences, expected);
}

#[test]
fn an_undone_sync_stays_undone_when_the_bank_says_the_same_again() {
    let (sample, account, rows) = book();
    let before = listed(&sample);
    let mut changed = rows.clone();
    changed[1].counterparty = Some("somebody else".into());
    changed.push(row("2026-03-03", -999, "glitch"));
    read(&sample, account, "2026-03-03", &changed);
    let glitch = sample.store.latest(1).unwrap()[0].id;
    let note = Annotation { note: "mine".into(), category: Some(Category::Office) };
    sample.store.annotate(glitch, &note).unwrap();

    let set = newest(&sample);
    let undo = sample.store.undo(set.id, noon("2026-03-04")).unwrap();
    assert_eq!(listed(&sample), before);
    assert_eq!(newest(&sample).undoes, Some(set.id));
    assert!(sample.store.undo(set.id, noon("2026-03-04")).is_err(), "not twice");

    read(&sample, account, "2026-03-05", &changed);
    assert_eq!(listed(&sample), before, "the bank saying the same again brings nothing back");
    let sums = sample.store.sections(&TransactionFilter::default()).unwrap().unwrap();
    assert_eq!((sums[0].count, sums[0].sums[0]), (2, eur(40)));

    // A further version is another matter.
    changed[1].counterparty = Some("b again".into());
    sample::take(
        &sample.store,
        &crate::store::intake::Intake {
            rows: intake(account, noon("2026-03-06"), "2026-01-01", None, changed.clone())
                .rows
                .into_iter()
                .map(|mut row| {
                    row.raw = row.raw.replace("1.50", "1.51");
                    row
                })
                .collect(),
            ..intake(account, noon("2026-03-06"), "2026-01-01", None, Vec::new())
        },
        noon("2026-03-06"),
    )
    .unwrap();
    assert_eq!(listed(&sample), pairs(&[("b again", 50), ("a", -10)]));

    // And the undo can be undone, with what she wrote meanwhile in its place.
    sample.store.undo(undo, noon("2026-03-07")).unwrap();
    assert_eq!(listed(&sample), pairs(&[("glitch", -999), ("b again", 50), ("a", -10)]));
    assert_eq!(sample.store.transaction(glitch).unwrap().note.as_deref(), Some("mine"));
}

#[test]
fn an_undo_takes_the_questions_about_its_rows_away_and_they_come_back_with_it() {
    let (sample, account, mut rows) = book();
    // Under the id of the second row comes another one.
    rows[1] = row("2026-03-02", -70, "c");
    read(&sample, account, "2026-03-03", &rows);
    let set = newest(&sample);
    let [asked] = &sample.store.doubts().unwrap()[..] else { panic!("one question") };
    let undo = sample.store.undo(set.id, noon("2026-03-04")).unwrap();
    assert_eq!(sample.store.doubts().unwrap(), []);
    let decided = sample.store.decide(asked.id, crate::store::doubts::Decision::Both, noon("2026-03-04"));
    assert_eq!(decided.unwrap_err().kind, FailureKind::NotFound);
    sample.store.undo(undo, noon("2026-03-05")).unwrap();
    assert_eq!(sample.store.doubts().unwrap(), std::slice::from_ref(asked));
}

#[test]
fn a_row_that_stood_aside_when_its_sync_was_undone_stays_away_when_the_bank_lists_it_again() {
    let (sample, account, mut rows) = book();
    rows.push(row("2026-03-03", -1, "c"));
    read(&sample, account, "2026-03-03", &rows);
    let (set, row) = (newest(&sample), sample.store.latest(1).unwrap()[0].id);
    // The bank leaves it out for a time, and Saldo has set it aside.
    read(&sample, account, "2026-03-04", &rows[..2]);
    let vanished = sample.store.write(|book| {
        let entry = entry::by_id(book, row.0)?.unwrap();
        let later = begin(book, Cause::Sync, None, noon("2026-03-04"))?;
        let mut recorder = Recorder::new(book, later, account, false);
        super::set_aside(&mut recorder, account, &entry, Some(Aside::Vanished))
    });
    vanished.unwrap();
    sample.store.undo(set.id, noon("2026-03-04")).unwrap();
    read(&sample, account, "2026-03-05", &rows);
    assert_eq!(listed(&sample), pairs(&[("b", 50), ("a", -10)]));
}

#[test]
fn older_rows_that_come_later_are_looked_at_once() {
    let (sample, account, mut rows) = book();
    rows.push(row("2026-01-15", -3, "history"));
    rows.push(row("2026-01-20", -4, "history"));
    rows.push(row("2026-03-03", -5, "today"));
    read(&sample, account, "2026-03-03", &rows);
    let older = sample.store.backfills().unwrap();
    assert_eq!((older.len(), older[0].rows), (1, 2));
    assert_eq!((older[0].from.to_string(), older[0].to.to_string()), ("2026-01-15".into(), "2026-01-20".into()));
    sample.store.backfill_seen(older[0].set, account).unwrap();
    assert!(sample.store.backfills().unwrap().is_empty());
}
