//! What a sync writes: how it compares with bare insertions, with a file that is not encrypted, and with a small book.

use crate::c::File;
use crate::table::{Bars, both};
use crate::{Book, Failed};
use bank::measuring::{self, RAW_KEY, question};
use bank::store::Store;
use bank::store::accounts::AccountId;
use bank::store::transactions::TransactionFilter;
use std::cell::Cell;
use std::path::Path;

/// Bar 5: the first reading of an account against bare insertions of the same rows into the same kind of file.
pub(crate) fn import(folder: &Path, rows: u32, bars: &mut Bars) -> Result<(), Failed> {
    let round = Cell::new(0);
    let fresh = || -> Result<Store, Failed> {
        round.set(round.get() + 1);
        Ok(Store::open(&folder.join(format!("import-{}.db", round.get())), &measuring::key())?)
    };
    let reading = measuring::first_reading(&fresh()?, rows)?;
    let store = || -> Result<Store, Failed> {
        let store = fresh()?;
        measuring::list_accounts(&store)?;
        Ok(store)
    };
    let times = both::<Failed>(5, || Ok(_ = reading.take(&store()?)?), || Ok(reading.insert_plainly(&store()?)?))?;
    bars.line("5", &format!("import of {rows} rows"), times, "bare insertions", 8.0);
    for number in 1..=round.get() {
        std::fs::remove_file(folder.join(format!("import-{number}.db")))?;
    }
    Ok(())
}

/// A copy of a book, encrypted or not.
fn copy(book: &Book, to: &Path, encrypted: bool) -> Result<(), Failed> {
    if to.exists() {
        std::fs::remove_file(to)?;
    }
    let file = File::open(&book.path, Some(RAW_KEY))?;
    let key = if encrypted { RAW_KEY.replace('\'', "''") } else { String::new() };
    file.run(&format!("ATTACH DATABASE '{}' AS other KEY '{key}'", to.display()))?;
    file.run("SELECT sqlcipher_export('other')")?;
    Ok(file.run("DETACH DATABASE other")?)
}

/// Bar 13: the same SQL on an encrypted file and on one that is not.
pub(crate) fn encrypted(folder: &Path, small: &Book, judged: &Book, bars: &mut Bars) -> Result<(), Failed> {
    let plain = folder.join("plain.db");
    copy(judged, &plain, false)?;
    let (ours, theirs) = (File::open(&judged.path, Some(RAW_KEY))?, File::open(&plain, None)?);
    for (name, text) in [("newest 100 of an account", ""), ("found: novak", "novak")] {
        let filter =
            TransactionFilter { text: text.into(), accounts: vec![AccountId(1)], ..TransactionFilter::default() };
        let (sql, values) = question(&filter, 100);
        let (ours, theirs) = (ours.question(&sql, &values)?, theirs.question(&sql, &values)?);
        let times = both::<Failed>(21, || Ok(_ = ours.rows()?), || Ok(_ = theirs.rows()?))?;
        bars.line("13", name, times, "the same, not encrypted", 1.2);
    }
    drop((ours, theirs));
    std::fs::remove_file(&plain)?;

    // Rows of the small book once more, on later days each time, with all that hangs on a row.
    let other = folder.join("encrypted.db");
    copy(small, &plain, false)?;
    copy(small, &other, true)?;
    let (ours, theirs) = (File::open(&other, Some(RAW_KEY))?, File::open(&plain, None)?);
    let columns = "account, status, amount, currency, original_amount, original_currency, booked_day, value_day, counterparty,
        counterparty_iban, counterparty_number, variable_symbol, constant_symbol, specific_symbol, reference, message, description,
        bank_id, updated, first_seen, folded, aside, missing_since";
    let insert = |file: &File, round: &Cell<i64>| -> Result<(), Failed> {
        round.set(round.get() + 1);
        let round = round.get();
        let before = (measuring::LAST_DAY + 1) << 24;
        file.run("BEGIN IMMEDIATE")?;
        file.run(&format!(
            "INSERT INTO entry (key, id, {columns}) SELECT key + (({round} * 4000) << 24), id + {round} * 10000000, {columns}
             FROM entry WHERE key < {before} LIMIT 10000"
        ))?;
        measuring::INDEXING.iter().try_for_each(|sql| file.run(sql))?;
        Ok(file.run("COMMIT")?)
    };
    let rounds = (Cell::new(0), Cell::new(0));
    for file in [&ours, &theirs] {
        file.run("PRAGMA journal_mode = WAL")?;
        file.run("PRAGMA synchronous = FULL")?;
    }
    let times = both::<Failed>(7, || insert(&ours, &rounds.0), || insert(&theirs, &rounds.1))?;
    bars.line("13", "10,000 rows written", times, "the same, not encrypted", 1.8);
    drop((ours, theirs));
    std::fs::remove_file(plain)?;
    Ok(std::fs::remove_file(other)?)
}

/// Bar 14: a sync of 1,000 changed rows, or as many as a small sample has in one account, into a large book against the same into a small one.
pub(crate) fn sync(small: &Book, judged: &Book, bars: &mut Bars) -> Result<(), Failed> {
    let round = Cell::new(0);
    let rows = (small.rows / 10).min(1_000);
    let readings = |book: &Book| -> Result<Vec<measuring::ChangedRows>, Failed> {
        let next = || {
            round.set(round.get() + 1);
            measuring::changed_rows(&book.store, rows, round.get())
        };
        Ok((0..8).map(|_| next()).collect::<Result<_, _>>()?)
    };
    let (large, little) = (readings(judged)?, readings(small)?);
    let (mut large, mut little) = (large.iter(), little.iter());
    let take = |next: Option<&measuring::ChangedRows>, book: &Book| -> Result<(), Failed> {
        let taken = next.ok_or("no reading is left")?.take(&book.store)?;
        assert_eq!(taken, rows, "every row has changed");
        Ok(())
    };
    let times = both(7, || take(large.next(), judged), || take(little.next(), small))?;
    let name = format!("sync of {rows} changed rows into {}", judged.rows);
    bars.line("14", &name, times, &format!("into {}", small.rows), 1.5);
    Ok(())
}
