//! Damage of many kinds, and what becomes of the book.

use super::*;
use crate::payments::PaymentId;
use crate::store::entry::Facts;
use crate::store::payees::PayeeInput;
use crate::store::payments;
use crate::store::release;
use crate::store::sample::{Sample, eur, key, noon, row};
use crate::store::transactions::{Annotation, Category, TransactionId};
use crate::store::{Fault, Store};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rusqlite::params;
use std::collections::BTreeMap;

const IBAN: &str = "SK3112000000198742637541";

/// All that only Saldo knows: payments by number with state and payee, notes by number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Own {
    payments: BTreeMap<i64, (String, String)>,
    notes: BTreeMap<i64, String>,
}

fn own(store: &Store) -> Own {
    let read = |book: &Connection| -> Result<Own, Fault> {
        let payments = book
            .prepare("SELECT id, state, payee FROM payment")?
            .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
            .collect::<Result<_, _>>()?;
        let notes = book
            .prepare("SELECT entry, note FROM overlay")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(Own { payments, notes })
    };
    store.read(read).unwrap()
}

fn add_payment(store: &Store, id: i64, state: &str, at: DateTime<Utc>) {
    let add = |book: &rusqlite::Transaction<'_>| {
        book.execute(
            "INSERT INTO payment (id, state, from_account, payee, account, amount, currency, variable_symbol, specific_symbol,
                constant_symbol, message, language, iban, minor, payee_key, created, changed)
             VALUES (?1, ?2, 1, ?3, 'x', '12,50', 'EUR', '', '', '', '', 'sk', 'SK', 1250, 'p', ?4, ?4)",
            params![id, state, format!("payee {id}"), to_ms(at)],
        )?;
        book.execute("INSERT INTO payment_step (payment, state, at) VALUES (?, ?, ?)", params![id, state, to_ms(at)])?;
        Ok(())
    };
    store.write(add).unwrap();
}

fn move_payment(store: &Store, id: i64, state: &str, at: DateTime<Utc>) {
    let go = |book: &rusqlite::Transaction<'_>| {
        book.execute("UPDATE payment SET state = ?, changed = ? WHERE id = ?", params![state, to_ms(at), id])?;
        book.execute("INSERT INTO payment_step (payment, state, at) VALUES (?, ?, ?)", params![id, state, to_ms(at)])?;
        book.execute(
            "INSERT OR IGNORE INTO payment_attempt (external_id, payment, review_hash, payload_hash, nonce, started)
             VALUES (?1, ?2, 'r', 'p', ?1, ?3)",
            params![format!("ext-{id}"), id, to_ms(at)],
        )?;
        Ok(())
    };
    store.write(go).unwrap();
}

fn note(store: &Store, entry: u32, text: &str) {
    let annotation = Annotation { note: text.into(), category: Some(Category::Rent) };
    store.annotate(TransactionId(entry), &annotation).unwrap();
}

/// A book of some hundred transactions with a safety copy, and what was written after the copy was made.
struct World {
    sample: Sample,
    path: PathBuf,
    truth: Own,
    /// What the bank has.
    rows: Vec<Facts>,
}

fn copied_at() -> DateTime<Utc> {
    noon("2026-11-26")
}

fn found_at() -> DateTime<Utc> {
    noon("2026-11-27")
}

fn world() -> World {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| ());
    let rows = |month: u32, count: i64| -> Vec<_> {
        (1..=count)
            .map(|n| row(&format!("2026-{month:02}-{:02}", 1 + n % 28), -n * 100 - 1, &format!("Payee {n} of {month}")))
            .collect()
    };
    let mut all = rows(9, 250);
    sample.read(account, noon("2026-10-01"), "2026-01-01", Some(eur(100_000)), all.clone());
    for entry in 1..=40 {
        note(&sample.store, entry, &format!("note {entry}"));
    }
    for id in 1..=30 {
        add_payment(&sample.store, id, if id % 3 == 0 { "finished" } else { "draft" }, noon("2026-11-20"));
    }
    sample.store.look_after(copied_at()).unwrap();
    // After the copy: drafts that left, new drafts, one thrown away, notes changed, added, on transactions that are new, removed.
    for id in [1, 2, 4] {
        move_payment(&sample.store, id, "unknown", found_at());
    }
    move_payment(&sample.store, 5, "finished", found_at());
    add_payment(&sample.store, 31, "draft", found_at());
    add_payment(&sample.store, 32, "processing", found_at());
    sample.store.write(|book| Ok(book.execute("DELETE FROM payment WHERE id = 7", [])?)).unwrap();
    all.extend(rows(11, 20));
    sample.read(account, noon("2026-11-27"), "2026-01-01", Some(eur(90_000)), all.clone());
    let newest: u32 =
        sample.store.read(|book| Ok(book.query_row("SELECT max(id) FROM entry", [], |row| row.get(0))?)).unwrap();
    note(&sample.store, newest, "on a new one");
    note(&sample.store, 1, "changed");
    note(&sample.store, 99, "added");
    sample.store.annotate(TransactionId(2), &Annotation { note: String::new(), category: None }).unwrap();
    sample.store.make_rule(TransactionId(3), Category::Office, found_at()).unwrap();
    sample.store.remove(TransactionId(4), true, found_at()).unwrap();
    let payee = PayeeInput { name: "Laky Turiec".into(), note: "Paint".into(), ..PayeeInput::default() };
    sample.store.remember_payee("DE89370400440532013000", &payee).unwrap();
    sample.store.write(|book| Ok(book.execute("INSERT INTO prepared VALUES (3, 20000, 900)", [])?)).unwrap();
    sample.store.write(|book| Ok(payments::carry(book, PaymentId(1), found_at())?)).unwrap();
    let released = |book: &rusqlite::Transaction<'_>| {
        release::note(book, found_at(), release::What::Set, None)?;
        release::note(book, found_at(), release::What::Released, Some((PaymentId(1), "abc")))?;
        Ok(())
    };
    sample.store.write(released).unwrap();
    let truth = own(&sample.store);
    let path = sample.folder.path().join("book.db");
    World { sample, path, truth, rows: all }
}

/// The folder of a book at one moment: also what lies in the side file.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (swap::name(&path), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn lay_out(files: &[(String, Vec<u8>)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().join("book.db");
    (folder, path)
}

#[test]
fn damage_in_the_middle_is_found_and_everything_of_hers_comes_back() {
    let World { sample, path, truth, rows } = world();
    sample.store.close();
    let pages: i64 = {
        let book = open_still(&path, &key()).unwrap();
        // A page of the transactions' own text: nothing of hers.
        book.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'raw_entry'", [], |row| row.get(0)).unwrap()
    };
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[usize::try_from(pages - 1).unwrap() * 4096 + 500] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(store.look_after(found_at()), Err(FailureKind::StoreDamaged.into()));
    assert_eq!(store.settings(), Err(FailureKind::StoreDamaged.into()), "from now on every act says so");
    store.close();

    let found = newest_copy(&path, Some(&key())).unwrap().unwrap();
    assert_eq!((found.at, found.holds.notes, found.holds.payments), (copied_at(), 40, 10));
    let restored = restore_copy(&path, &key(), found_at()).unwrap();
    assert_eq!(restored.as_of, copied_at());
    assert_eq!(restored.missing, Missing { notes_since: None, payments_since: None, unreadable: 0 });
    assert_eq!(restored.carried, Carried { notes: 3, drafts: 1, payments: 5 });
    assert_eq!(std::fs::read(path.with_file_name(&restored.set_aside)).unwrap(), bytes, "set aside as it was found");
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(own(&store), truth);
    assert_eq!(store.rules().unwrap().len(), 1, "her rules come back");
    let payee = store.payee_book().unwrap().remove(0).written;
    assert_eq!((payee.name.as_str(), payee.note.as_str()), ("Laky Turiec", "Paint"));
    let prepared: i64 = store
        .read(|book| Ok(book.query_row("SELECT day FROM prepared WHERE template = 3", [], |row| row.get(0))?))
        .unwrap();
    assert!(store.read(|book| Ok(release::is_released(book, "abc")?)).unwrap(), "what was released stays so");
    assert_eq!(prepared, 20_000, "no standing payment is prepared a second time");
    let carried = store.read(|book| Ok(payments::find(book, PaymentId(1))?)).unwrap().unwrap().carried;
    assert_eq!(carried, Some(found_at()), "an approval that was on its way is not forgotten");
    let aside = store.rows_aside().unwrap();
    assert_eq!(
        aside.iter().map(|doubtful| doubtful.row.id).collect::<Vec<_>>(),
        [TransactionId(4)],
        "and what she removed stays so"
    );
    assert_eq!(store.aside(|book| Ok(Holdings::count(book)?)).unwrap(), restored.holds);
    // The note on a transaction that is newer than the copy finds it again when the bank is read anew.
    let account = store.accounts(found_at()).unwrap()[0].id;
    let sample = Sample { store, ..Sample::new() };
    sample.read(account, noon("2026-11-27"), "2026-01-01", None, rows);
    let found: (u32, u32) = sample
        .store
        .read(|book| {
            let sql = "SELECT (SELECT count(*) FROM orphan), (SELECT count(*) FROM overlay JOIN entry ON entry.id = overlay.entry)";
            Ok(book.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
        .unwrap();
    assert_eq!(found, (0, u32::try_from(truth.notes.len()).unwrap()));
}

#[test]
fn a_payment_that_cannot_be_read_is_said_and_its_draft_warns() {
    let World { sample, path, .. } = world();
    sample.store.close();
    let root: i64 = open_still(&path, &key())
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'payment'", [], |row| row.get(0))
        .unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[usize::try_from(root - 1).unwrap() * 4096 + 9] ^= 0x40;
    std::fs::write(&path, bytes).unwrap();
    let restored = restore_copy(&path, &key(), found_at()).unwrap();
    assert_eq!((restored.carried.payments, restored.carried.notes), (0, 3));
    assert_eq!(restored.missing.payments_since, Some(copied_at()));
    assert_eq!(restored.missing.notes_since, None);
    assert!(restored.missing.unreadable > 0);
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(own(&store).payments[&1].0, "draft", "the copy is older than the payment");
    let facts = |id| {
        let days = (chrono::NaiveDate::MIN, chrono::NaiveDate::MIN);
        store.read(|book| Ok(crate::store::payments::facts(book, id, "payee 1", Some("SK"), None, days)?)).unwrap()
    };
    assert!(facts(Some(crate::payments::PaymentId(1))).unknown, "it may have left: paying it warns");
    assert!(!facts(None).unknown, "one written from now on is new");
}

#[test]
fn without_a_copy_that_is_whole_it_says_so_and_touches_nothing() {
    let World { sample, path, .. } = world();
    sample.store.close();
    let mut files = snapshot(sample.folder.path());
    for (name, bytes) in &mut files {
        if name.contains(".copy-") || name == "book.db" {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
    }
    drop(path);
    let (folder, path) = lay_out(&files);
    assert_eq!(newest_copy(&path, Some(&key())).unwrap(), None);
    assert_eq!(restore_copy(&path, &key(), found_at()).unwrap_err().kind, FailureKind::NotFound);
    assert_eq!(snapshot(folder.path()), files);
    // The way that is left.
    clear(&path, &key(), found_at()).unwrap();
    let store = Store::open(&path, &key()).unwrap();
    assert!(own(&store).payments.is_empty());
    let damaged = &files.iter().find(|(name, _)| name == "book.db").unwrap().1;
    let aside = swap::all_kept(&path, "replaced").unwrap();
    assert_eq!(&std::fs::read(&aside[0].1).unwrap(), damaged);
}

#[test]
fn a_file_that_is_gone_is_not_replaced_by_an_empty_one() {
    let World { sample, path, truth, .. } = world();
    sample.store.close();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(Store::open(&path, &key()).err().map(|failure| failure.kind), Some(FailureKind::StoreDamaged));
    assert!(!path.exists());
    let restored = restore_copy(&path, &key(), found_at()).unwrap();
    assert_eq!(restored.missing.payments_since, Some(copied_at()));
    let store = Store::open(&path, &key()).unwrap();
    assert!(own(&store).payments.len() < truth.payments.len());
}

#[test]
fn a_book_that_somebody_has_open_is_not_replaced() {
    let World { sample, path, .. } = world();
    sample.store.close();
    // Another process, as far as the kernel's lock is concerned.
    let other = Store::open(&path, &key()).unwrap();
    let before = snapshot(sample.folder.path());
    let busy = Err(FailureKind::OtherSaldo.into());
    assert_eq!(restore_copy(&path, &key(), found_at()).map(drop), busy);
    assert_eq!(clear(&path, &key(), found_at()), busy);
    assert_eq!(snapshot(sample.folder.path()), before);
    drop(other);
    restore_copy(&path, &key(), found_at()).unwrap();
}

#[cfg(unix)]
#[test]
fn copies_and_what_is_set_aside_are_the_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let World { sample, path, .. } = world();
    sample.store.look_after(found_at() + chrono::TimeDelta::days(1)).unwrap();
    sample.store.look_after(found_at() + chrono::TimeDelta::days(2)).unwrap();
    sample.store.close();
    restore_copy(&path, &key(), found_at()).unwrap();
    let names: Vec<_> = snapshot(sample.folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 5, "the book, its lock, what was set aside, and the two newest copies: {names:?}");
    for name in names {
        let mode = std::fs::metadata(path.with_file_name(&name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

/// One way to harm the files of a book.
fn harm(files: &mut Vec<(String, Vec<u8>)>, random: &mut StdRng, other: &[u8], older: &[u8]) -> &'static str {
    let at = files.iter().position(|(name, _)| name == "book.db").unwrap();
    let wal = files.iter().position(|(name, bytes)| name == "book.db-wal" && !bytes.is_empty());
    let flips = random.random_range(1..8);
    match (random.random_range(0..9), wal) {
        (0..=2, _) => {
            let book = &mut files[at].1;
            for _ in 0..flips {
                let place = random.random_range(0..book.len());
                book[place] ^= 1 << random.random_range(0..8);
            }
            "bits flipped"
        }
        (3, _) => {
            let book = &mut files[at].1;
            let page = random.random_range(0..book.len() / 4096) * 4096;
            book[page..page + 4096].fill(0);
            "a page of zeros"
        }
        (4, _) => {
            let length = random.random_range(1..files[at].1.len());
            files[at].1.truncate(length);
            "cut off"
        }
        (5, _) => {
            files[at].1[..100].fill(0);
            "no header"
        }
        (6, _) => {
            files[at].1 = other.to_vec();
            "another book's file"
        }
        (7, Some(wal)) => {
            files.remove(wal);
            "without the side file"
        }
        (7, None) => {
            files[at].1 = older.to_vec();
            "an older file"
        }
        (_, Some(wal)) => {
            let bytes = &mut files[wal].1;
            for _ in 0..flips {
                let place = random.random_range(0..bytes.len());
                bytes[place] ^= 1 << random.random_range(0..8);
            }
            "bits flipped in the side file"
        }
        (_, None) => {
            let book = &mut files[at].1;
            let (a, b) = (random.random_range(1..book.len() / 4096), random.random_range(1..book.len() / 4096));
            let page: Vec<u8> = book[a * 4096..(a + 1) * 4096].to_vec();
            book[b * 4096..(b + 1) * 4096].copy_from_slice(&page);
            "a page in another's place"
        }
    }
}

#[test]
fn whatever_is_harmed_the_book_opens_or_is_brought_back_and_nothing_is_said_that_is_not_so() {
    let World { sample, path, truth, .. } = world();
    // Once as a kill leaves the files, with commits in the side file, and once as closing leaves them.
    let killed = snapshot(sample.folder.path());
    let older = {
        let (_, copy) = &killed.iter().find(|(name, _)| name.contains(".copy-")).unwrap();
        copy.clone()
    };
    sample.store.close();
    let closed = snapshot(sample.folder.path());
    drop(path);
    let other = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        drop(Store::open(&path, &StoreKey::from(crate::vault::Secret::new([8; 32]))).unwrap());
        std::fs::read(path).unwrap()
    };
    let (mut cases, mut unharmed, mut recovered, mut complete) = (0, 0, 0, 0);
    for seed in 0..120 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut files = if seed % 2 == 0 { killed.clone() } else { closed.clone() };
        let how = harm(&mut files, &mut random, &other, &older);
        let (_folder, path) = lay_out(&files);
        cases += 1;
        let looked = Store::open(&path, &key()).and_then(|store| {
            let looked = store.look_after(found_at());
            let seen = looked.is_ok().then(|| own(&store));
            store.close();
            looked.map(|()| seen.unwrap())
        });
        match looked {
            // What can be opened and proven is a state that was committed: that of now, or (where the side file or the file was
            // swapped for an older one, which nothing in it can tell) an earlier one. It is never a mixture.
            Ok(seen) => {
                unharmed += 1;
                let older_allowed =
                    ["without the side file", "bits flipped in the side file", "an older file"].contains(&how);
                assert!(seen == truth || older_allowed, "{seed}: {how}");
                for (id, (state, _)) in &seen.payments {
                    assert!(state == "draft" || truth.payments[id].0 != "draft", "{seed}: {how}");
                }
            }
            Err(failure) => {
                assert_eq!(failure.kind, FailureKind::StoreDamaged, "{seed}: {how}");
                let restored = restore_copy(&path, &key(), found_at())
                    .unwrap_or_else(|failure| panic!("{seed}: {how}: {failure}"));
                let store = Store::open(&path, &key()).unwrap();
                store.look_after(found_at()).unwrap();
                let now = own(&store);
                let whole = (now.payments == truth.payments, now.notes == truth.notes);
                // The side file may have lost its end; beyond that, what is said to be complete is complete.
                if how != "bits flipped in the side file" {
                    assert!(
                        whole.0 || restored.missing.payments_since == Some(copied_at()),
                        "{seed}: {how}: {restored:?}"
                    );
                    assert!(
                        whole.1 || restored.missing.notes_since == Some(copied_at()),
                        "{seed}: {how}: {restored:?}"
                    );
                }
                for (id, (state, payee)) in &now.payments {
                    assert_eq!(payee, &format!("payee {id}"), "{seed}: {how}: nothing that nobody wrote");
                    let known = ["draft", "finished", "unknown", "processing"];
                    assert!(known.contains(&state.as_str()), "{seed}: {how}");
                }
                recovered += 1;
                complete += u32::from(whole == (true, true));
            }
        }
    }
    println!(
        "{cases} damages: {unharmed} opened, {recovered} brought back, {complete} of them with everything of the owner's"
    );
    assert!(recovered > cases / 2 && complete > 0);
}
