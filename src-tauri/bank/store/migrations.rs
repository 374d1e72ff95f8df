//! The layout of the data file, in numbered steps: forward only, never edited after a release.

use super::{Fault, StoreKey, health};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The steps in order; the number of a step is its place, counted from 1, and stands in its file name.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_payments.sql"),
    include_str!("migrations/0003_renewal.sql"),
    include_str!("migrations/0004_changes.sql"),
    include_str!("migrations/0005_subject.sql"),
    include_str!("migrations/0006_search.sql"),
    include_str!("migrations/0007_steps.sql"),
    include_str!("migrations/0008_remembered.sql"),
    include_str!("migrations/0009_release.sql"),
    include_str!("migrations/0010_bulk.sql"),
    include_str!("migrations/0011_announced.sql"),
];

/// The number of the newest step.
pub(super) const LATEST: u32 = STEPS.len() as u32;

/// Takes the steps that the file has not taken yet. One that holds data is copied beside itself first.
pub(super) fn run(connection: &mut Connection, path: &Path, key: &StoreKey) -> Result<(), Fault> {
    let taken: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (1..LATEST).contains(&taken) {
        health::copy_before_change(connection, path, key)?;
    }
    if taken == LATEST { Ok(()) } else { go(connection) }
}

/// Takes the steps that the file has not taken yet, all in one transaction: an interruption leaves it as it was.
pub(super) fn go(connection: &mut Connection) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let taken: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(taken as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", LATEST.max(taken))?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{connect, sample::key};

    #[test]
    fn steps_are_numbered_in_their_file_names() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/migrations");
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names.len(), STEPS.len());
        for (index, name) in names.iter().enumerate() {
            assert!(name.starts_with(&format!("{:04}_", index + 1)), "{name}");
        }
    }

    #[test]
    fn every_table_is_strict() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut connection = connect(&path, &key()).unwrap();
        run(&mut connection, &path, &key()).unwrap();
        let loose: Vec<String> = connection
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(loose.is_empty(), "{loose:?}");
    }

    #[test]
    fn a_broken_step_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut connection = connect(&path, &key()).unwrap();
        // Stands in the way of the first step's last table.
        connection.execute_batch("CREATE TABLE sync_log (x)").unwrap();
        assert!(run(&mut connection, &path, &key()).is_err());
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!((tables, version), (1, 0));
        connection.execute_batch("DROP TABLE sync_log").unwrap();
        run(&mut connection, &path, &key()).unwrap();
    }

    /// Every layout that was released, as a book of that time: its number is its file's name.
    fn released() -> Vec<(u32, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/released");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files
            .map(|file| {
                let number = file.file_stem().unwrap().to_str().unwrap().parse().unwrap();
                (number, std::fs::read_to_string(&file).unwrap())
            })
            .collect()
    }

    fn layout(book: &Connection) -> Vec<(String, String, Option<String>)> {
        let mut statement = book.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn each_released_layout_becomes_that_of_today_and_keeps_its_rows() {
        let mut fresh = Connection::open_in_memory().unwrap();
        go(&mut fresh).unwrap();
        for (number, sql) in released() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("book.db");
            let mut book = connect(&path, &key()).unwrap();
            book.execute_batch(&sql).unwrap();
            book.pragma_update(None, "user_version", number).unwrap();
            run(&mut book, &path, &key()).unwrap();
            assert_eq!(layout(&book), layout(&fresh), "layout {number}");
            assert_eq!(book.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap(), LATEST);
            let note: String =
                book.query_row("SELECT note FROM overlay WHERE entry = 1", [], |row| row.get(0)).unwrap();
            assert_eq!(note, "her note");
            // And the copy before it is a whole book of the time before.
            let copies = super::super::swap::all_kept(&path, health::COPY).unwrap();
            assert_eq!(copies.len(), usize::from(number < LATEST), "layout {number}");
            for (_, copy) in copies {
                let before = super::super::copy::open_still(&copy, &key()).unwrap();
                let taken: u32 = before.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
                assert_eq!(taken, number);
            }
        }
    }

    #[test]
    fn a_change_that_was_interrupted_is_taken_up_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut book = connect(&path, &key()).unwrap();
        book.execute_batch(STEPS[0]).unwrap();
        book.pragma_update(None, "user_version", 1).unwrap();
        // Stands in the way of the second step.
        book.execute_batch("CREATE TABLE payment_step (x)").unwrap();
        assert!(run(&mut book, &path, &key()).is_err());
        assert_eq!(book.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap(), 1);
        book.execute_batch("DROP TABLE payment_step").unwrap();
        run(&mut book, &path, &key()).unwrap();
        assert_eq!(book.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap(), LATEST);
    }
}
