//! The layout of the data file, in numbered steps: forward only, never edited after a release.

use super::Fault;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The steps in order; the number of a step is its place, counted from 1, and stands in its file name.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_payments.sql"),
    include_str!("migrations/0003_renewal.sql"),
];

/// The number of the newest step.
pub(super) const LATEST: u32 = STEPS.len() as u32;

/// Takes the steps that the file has not taken yet, all in one transaction: an interruption leaves it as it was. A file that
/// holds data is copied beside itself first, as `<name>.before-<newest step>`.
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    let taken: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if taken == LATEST {
        return Ok(());
    }
    if taken > 0 {
        back_up(connection, path)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let taken: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(taken as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", LATEST.max(taken))?;
    Ok(transaction.commit()?)
}

fn back_up(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-{LATEST}"));
    let copy = Path::new(&copy);
    let prepared = match std::fs::remove_file(copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => super::private_file(copy),
    };
    prepared.map_err(|error| {
        tracing::error!(%error, "the copy before a change of layout cannot be made");
        crate::failure::FailureKind::StoreFailed
    })?;
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut connection = super::super::connect(&path, &super::super::sample::key()).unwrap();
        run(&mut connection, &path).unwrap();
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
        let mut connection = super::super::connect(&path, &super::super::sample::key()).unwrap();
        // Stands in the way of the first step's last table.
        connection.execute_batch("CREATE TABLE sync_log (x)").unwrap();
        assert!(run(&mut connection, &path).is_err());
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!((tables, version), (1, 0));
        connection.execute_batch("DROP TABLE sync_log").unwrap();
        run(&mut connection, &path).unwrap();
    }
}
