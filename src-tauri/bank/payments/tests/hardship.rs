//! What the book goes through on a bad day: the program is killed in the middle of anything, the disk is full at any write
//! (security.md F-05, F-06). The work is done by a second process of this very test program.

use super::super::journal;
use super::super::state::Event;
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::payments::{DraftInput, PaymentId, PaymentState, save_draft};
use crate::settings::Language;
use crate::store::Store;
use crate::store::payments::{find, steps};
use crate::store::sample::{self, eur, noon, row};
use crate::store::transactions::Annotation;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Names the folder to the process that does the work.
const FOLDER: &str = "SALDO_HARDSHIP_IN";
/// How many times the working process is killed.
const KILLS: u32 = 1_000;

const IBAN: &str = "SK3112000000198742637541";

/// A payment's way from the draft to its end.
const WAY: [(Event, PaymentState); 5] = [
    (Event::Confirm, PaymentState::Confirmed),
    (Event::Send, PaymentState::Sending),
    (Event::Create, PaymentState::Created),
    (Event::Process, PaymentState::Processing),
    (Event::Finish, PaymentState::Finished),
];

/// What the working process has been told to be committed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Promised {
    synced: i64,
    noted: i64,
    /// The payment worked on last, and how many steps it has gone.
    payment: u32,
    steps: usize,
}

/// One round of everything that writes: a sync, a note, a payment. `promise` hears of each commit.
fn work(book: &Store, mut promise: impl FnMut(Promised)) -> Result<()> {
    let mut done = Promised { synced: entries(book)?, ..Promised::default() };
    let at = noon("2026-01-02") + chrono::TimeDelta::seconds(done.synced);
    let listing = book.take_listing(&[sample::listed(IBAN)], true, at)?;
    let &(account, _) = listing.first().ok_or(FailureKind::NotFound)?;
    let rows = (0..=done.synced).map(|number| row("2026-01-01", 100 + number, "Payer")).collect();
    sample::take(book, &sample::intake(account, at, "2026-01-01", Some(eur(done.synced + 1)), rows), at)?;
    done.synced += 1;
    promise(done);

    let newest = book.latest(1)?.first().ok_or(FailureKind::NotFound)?.id;
    book.annotate(newest, &Annotation { note: format!("note {}", done.synced), category: None })?;
    done.noted = 1;
    promise(done);

    let clock = Clock::from_fn(move || at);
    let id = save_draft(book, &clock, None, &form(), Language::Sk)?.id;
    done.payment = id.0;
    promise(done);
    for (event, _) in WAY {
        journal::change(book, id, at, |entry| Ok(entry.happens(event, None)?))?;
        done.steps += 1;
        promise(done);
    }
    Ok(())
}

fn form() -> DraftInput {
    DraftInput {
        from: None,
        payee: "Kovostav Hron s.r.o.".into(),
        account: IBAN.into(),
        amount: "18,40".into(),
        currency: "EUR".into(),
        pay_on: None,
        variable_symbol: String::new(),
        specific_symbol: String::new(),
        constant_symbol: String::new(),
        message: String::new(),
    }
}

fn open(path: &Path) -> Result<Store> {
    Store::open(path, &sample::key())
}

fn entries(store: &Store) -> Result<i64> {
    store.read(|book| Ok(book.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?))
}

/// The book is sound and holds at least what was promised, and no half of anything.
fn inspect(path: &Path, promised: Promised) {
    let store = open(path).unwrap();
    let number = |sql: &str| store.read(|book| Ok(book.query_row(sql, [], |row| row.get::<_, i64>(0))?)).unwrap();
    let sound: String = store.read(|book| Ok(book.query_row("PRAGMA integrity_check", [], |row| row.get(0))?)).unwrap();
    assert_eq!(sound, "ok");
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let rows = entries(&store).unwrap();
    assert!(rows >= promised.synced, "{promised:?}: {rows} transactions");
    if rows > 0 {
        let balance = number("SELECT amount FROM balance WHERE kind = 'booked'");
        assert_eq!(balance, rows, "rows and balance are taken over together");
    }
    let noted = number("SELECT count(*) FROM overlay WHERE note <> ''");
    assert!(noted >= promised.noted, "{promised:?}: {noted} notes");
    if promised.payment > 0 {
        let row = store.read(|book| Ok(find(book, PaymentId(promised.payment))?)).unwrap().unwrap();
        let gone = WAY.iter().position(|(_, state)| *state == row.state).map_or(0, |place| place + 1);
        assert!(gone >= promised.steps, "{promised:?}: {:?}", row.state);
        let steps = store.read(|book| Ok(steps(book, row.id)?)).unwrap();
        assert_eq!(steps.last().map(|step| step.state), Some(row.state), "state and journal agree");
    }
}

/// This program, to run one of its tests in another process.
fn again(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(FOLDER, folder);
    command
}

fn folder_of_the_parent() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// The process that is killed: not a test by itself.
#[test]
fn works_until_it_is_killed() {
    let Some(folder) = folder_of_the_parent() else { return };
    let mut out = std::io::stdout();
    loop {
        let book = open(&folder.join("book.db")).unwrap();
        work(&book, |promised| {
            let Promised { synced, noted, payment, steps } = promised;
            // In one piece, so that no half of a promise is read.
            out.write_all(format!("promised {synced} {noted} {payment} {steps}\n").as_bytes()).unwrap();
            out.flush().unwrap();
        })
        .unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut rng = StdRng::seed_from_u64(20_261_127);
    let mut kept = Promised::default();
    let mut in_the_middle = 0;
    for round in 0..KILLS {
        // A new book now and then, so that the making of it is interrupted as well.
        if round % 25 == 0 {
            for file in std::fs::read_dir(folder.path()).unwrap() {
                std::fs::remove_file(file.unwrap().path()).unwrap();
            }
            kept = Promised::default();
        }
        let mut child = again("payments::tests::hardship::works_until_it_is_killed", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, heard) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        let reader = std::thread::spawn(move || {
            for line in output.lines().map_while(|line| line.ok()) {
                // The test's own words may stand before the first promise.
                let Some((_, numbers)) = line.split_once("promised ") else { continue };
                let numbers: Vec<i64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
                let &[synced, noted, payment, steps] = numbers.as_slice() else { panic!("{line}") };
                let (payment, steps) = (u32::try_from(payment).unwrap(), usize::try_from(steps).unwrap());
                let _ = tell.send(Promised { synced, noted, payment, steps });
            }
        });
        // Half of the kills come at any time from the start on, half soon after a commit.
        if rng.random_bool(0.5)
            && let Ok(promised) = heard.recv_timeout(Duration::from_secs(20))
        {
            kept = promised;
        }
        let moment = std::time::Instant::now() + Duration::from_micros(rng.random_range(0..60_000));
        while let Ok(promised) = heard.recv_timeout(moment.saturating_duration_since(std::time::Instant::now())) {
            kept = promised;
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        assert!(!ended.success(), "it was killed, it did not end");
        reader.join().unwrap();
        kept = heard.try_iter().last().unwrap_or(kept);
        in_the_middle += u32::from(kept.steps > 0 && kept.steps < WAY.len());
        inspect(&path, kept);
    }
    assert!(in_the_middle > KILLS / 10, "the kills hit the middle of things: {in_the_middle} of {KILLS}");
    println!("{KILLS} kills, {in_the_middle} of them in the middle of a payment, 0 lost");
}

/// Sits on a small disk of its own: not a test by itself.
#[test]
fn works_on_a_full_disk() {
    let Some(folder) = folder_of_the_parent() else { return };
    let (path, ballast) = (folder.join("book.db"), folder.join("ballast"));
    work(&open(&path).unwrap(), |_| ()).unwrap();
    let mut kept = Promised::default();
    let (mut refused, mut did) = (0, 0);
    for pages in 0..120_u64 {
        fill(&ballast, pages * 4096);
        let mut full = |failure: Failure| {
            assert_eq!(failure.kind, FailureKind::DiskFull, "with {pages} pages left");
            refused += 1;
        };
        match open(&path) {
            Ok(book) => match work(&book, |promised| kept = promised) {
                Ok(()) => did += 1,
                Err(failure) => full(failure),
            },
            Err(failure) => full(failure),
        }
        std::fs::remove_file(&ballast).unwrap();
        inspect(&path, kept);
        work(&open(&path).unwrap(), |promised| kept = promised).unwrap();
        inspect(&path, kept);
    }
    assert!(refused > 10 && did > 10, "{refused} refused, {did} done");
    println!("full at {refused} places, room at {did}, 0 lost");
}

/// Takes all room on the disk but so many bytes.
fn fill(ballast: &Path, leave: u64) {
    let mut file = std::fs::File::create(ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length.saturating_sub(leave)).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inner = again("payments::tests::hardship::works_on_a_full_disk", folder.path());
    // A file system of the test's own, gone with the process.
    let script = "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", script]).arg(folder.path()).arg(inner.get_program()).args(inner.get_args());
    let done = command.env(FOLDER, folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    if said.contains("unshare") || said.contains("mount:") {
        println!("not tested: no disk of its own can be had here: {said}");
        return;
    }
    assert!(done.status.success() && said.contains("0 lost"), "{said}");
    println!("{}", said.lines().find(|line| line.contains("0 lost")).unwrap());
}

#[test]
fn the_inspection_sees_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut last = Promised::default();
    work(&open(&path).unwrap(), |promised| last = promised).unwrap();
    inspect(&path, last);
    let seen = |promised| std::panic::catch_unwind(|| inspect(&path, promised)).is_err();
    assert!(seen(Promised { synced: 2, ..last }) && seen(Promised { noted: 2, ..last }));
    let book = open(&path).unwrap();
    let clock = Clock::from_fn(|| noon("2026-01-03"));
    let draft = save_draft(&book, &clock, None, &form(), Language::Sk).unwrap().id;
    assert!(seen(Promised { payment: draft.0, ..last }), "a payment that moved back");
}
