//! The local database: the only place where Saldo keeps what it knows.
//!
//! One file, SQLite in WAL mode. One writer, one reader, and one that counts, each behind a lock; the methods are synchronous and
//! take milliseconds, so the shell calls them where blocking is allowed. Only counting what a search finds takes longer in a large
//! book: it has a connection of its own, and gives way to whoever counts next. Raw payload, derived row and what the owner wrote are three
//! tables. The whole file is encrypted with a key from the vault ([`key`]); tokens and the client secret are never stored here.

pub mod accounts;
pub mod attempts;
mod carry;
pub mod changes;
mod columns;
mod copy;
mod database;
mod detail;
pub mod doubts;
pub(crate) mod entry;
pub(crate) mod fold;
mod health;
pub(crate) mod import;
pub(crate) mod intake;
mod key;
pub(crate) mod lapse;
pub(crate) mod listing;
mod matching;
mod migrations;
pub(crate) mod pages;
pub mod payees;
pub(crate) mod payments;
pub(crate) mod place;
pub mod proof;
mod recovery;
pub(crate) mod release;
pub(crate) mod renewal;
pub mod rules;

#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod search;
pub mod settings;
mod settling;
pub(crate) mod subject;
mod swap;
pub(crate) mod templates;
mod tile;
pub mod transactions;
pub mod transfers;
pub mod walk;

pub use copy::Holdings;
pub use database::Database;
pub use health::SafetyCopy;
pub(crate) use health::due;
pub(crate) use key::SALT;
pub use key::StoreKey;
#[cfg(test)]
pub(crate) use recovery::all_text;
pub use recovery::{Carried, Missing, Restored};
pub(crate) use recovery::{
    clear, copied_elsewhere, incoming, newest_copy, prove_backup, remove_file, replace, restore_copy, take_in,
};
pub(crate) use swap::{name, sync_folder};

use crate::failure::{Failure, FailureKind, Result};
use crate::lock::{Held, Lock};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long opening waits for another Saldo that puts another book in the place of this one.
const REPLACING_TAKES: Duration = Duration::from_secs(30);
/// How long a sync waits for that of another Saldo: a first one reads years from many banks.
const SYNCING_TAKES: Duration = Duration::from_secs(10 * 60);
/// How many steps of its machine SQLite goes before it asks whether counting is still wanted: less than a millisecond.
const STEPS_BETWEEN: i32 = 10_000;

/// An open book of accounts. Cheap to clone; all clones are the same book.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    /// None once the book is closed, as with the reader.
    writer: Mutex<Option<Connection>>,
    reader: Mutex<Option<Connection>>,
    counter: Mutex<Option<Connection>>,
    /// How often counting was asked for: only the newest is wanted.
    counts: Arc<AtomicU64>,
    /// Held by acts on a connection of their own; false once the book is closed.
    aside: Mutex<bool>,
    turn: tokio::sync::Mutex<()>,
    path: PathBuf,
    key: StoreKey,
    /// Damage was found: nothing more is read from this book or written into it.
    damaged: AtomicBool,
    /// Whether the check after opening has been made.
    looked_at: AtomicBool,
    /// Tells other processes that this one has the book open; let go of last.
    open: Mutex<Option<Held>>,
}

/// The right to sync; see [`Store::sync_turn`].
pub(crate) struct SyncTurn<'s> {
    _in_this_process: tokio::sync::MutexGuard<'s, ()>,
    _over_processes: Held,
}

/// Why an act inside the store came to nothing: the database failed, or the act itself decided so.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite failed.
    Sql(rusqlite::Error),
    /// The act stopped itself with an answer for the window.
    Stop(Failure),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Stop(failure)
    }
}

impl From<FailureKind> for Fault {
    fn from(kind: FailureKind) -> Self {
        Self::Stop(kind.into())
    }
}

impl Store {
    /// Opens the book at `path` and brings its layout up to date; makes file and folder when they are not there, for this
    /// user's eyes only. Fails with `StoreNewer`, leaving the file untouched, when a newer Saldo wrote it; with `StoreDamaged`,
    /// leaving it untouched, when it is not a book or `key` is not its key; with `DiskFull` or `StoreFailed` otherwise.
    pub fn open(path: &Path, key: &StoreKey) -> Result<Self> {
        private_folder(path).map_err(|error| failure(copy::refused(error)))?;
        let shared = lock_of(path).share(REPLACING_TAKES)?;
        swap::settle(path).map_err(|error| failure(copy::refused(error)))?;
        if !path.exists() && health::has_copies(path).unwrap_or(true) {
            // The copies say that there was a book: an empty one in its place would be a lie.
            tracing::error!("the data file is gone");
            return Err(FailureKind::StoreDamaged.into());
        }
        private_file(path).map_err(|error| {
            tracing::error!(%error, "the data file cannot be made");
            match error.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::ReadOnlyFilesystem => FailureKind::DiskFull,
                _ => FailureKind::StoreFailed,
            }
        })?;
        let open = || -> Result<Self, Fault> {
            key::encrypt_plain(path, key)?;
            refuse_newer(path, key)?;
            let mut writer = connect(path, key)?;
            writer.pragma_update(None, "journal_mode", "WAL")?;
            migrations::run(&mut writer, path, key)?;
            let reader = || -> Result<Connection, Fault> {
                let reader = connect(path, key)?;
                reader.pragma_update(None, "query_only", true)?;
                Ok(reader)
            };
            Ok(Self(Arc::new(Inner {
                writer: Mutex::new(Some(writer)),
                reader: Mutex::new(Some(reader()?)),
                counter: Mutex::new(Some(reader()?)),
                counts: Arc::default(),
                aside: Mutex::new(true),
                turn: tokio::sync::Mutex::new(()),
                path: path.to_owned(),
                key: key.clone(),
                damaged: AtomicBool::new(false),
                looked_at: AtomicBool::new(false),
                open: Mutex::new(Some(shared)),
            })))
        };
        open().map_err(failure)
    }

    /// Closes the book for all its clones, after the acts that are under way; every later act answers `Locked`. When this
    /// returns, nothing holds the file.
    pub fn close(&self) {
        *lock(&self.0.aside) = false;
        *lock(&self.0.reader) = None;
        self.0.counts.fetch_add(1, Ordering::Relaxed);
        *lock(&self.0.counter) = None;
        // Last, so that it is the last connection that clears the side files away.
        *lock(&self.0.writer) = None;
        *lock(&self.0.open) = None;
    }

    /// Where the book lies, and its key.
    pub(crate) fn file_and_key(&self) -> (PathBuf, StoreKey) {
        (self.0.path.clone(), self.0.key.clone())
    }

    /// Whether there is a file at `path` that only its key can open. Then a new key would be a key to nothing.
    pub fn needs_its_key(path: &Path) -> Result<bool> {
        let holds_data =
            || -> std::io::Result<bool> { Ok(std::fs::metadata(path)?.len() > 0 && !key::is_plain(path)?) };
        match holds_data() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            found => found.map_err(|error| {
                tracing::error!(%error, "the data file cannot be looked at");
                FailureKind::StoreFailed.into()
            }),
        }
    }

    /// The right to sync, one at a time over all processes: an answer read earlier must not be taken over after a later one.
    /// Waits for who has it; fails with `OtherSaldo` when another process has it for ten minutes.
    pub(crate) async fn sync_turn(&self) -> Result<SyncTurn<'_>> {
        let here = self.0.turn.lock().await;
        let lock = Lock::at(&self.0.path.with_file_name("sync.lock"));
        Ok(SyncTurn { _in_this_process: here, _over_processes: lock.take(SYNCING_TAKES).await? })
    }

    /// One transaction that writes: all of `act` happens, or nothing.
    pub(crate) fn write<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T> {
        let mut connection = lock(&self.0.writer);
        let work = || {
            let connection = self.usable(&mut connection)?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let out = act(&transaction)?;
            search::index(&transaction)?;
            transaction.commit()?;
            Ok(out)
        };
        work().map_err(|fault| self.failed(fault))
    }

    /// Reads from one unchanging picture of the book.
    pub(crate) fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T> {
        let mut connection = lock(&self.0.reader);
        let work = || {
            let connection = self.usable(&mut connection)?;
            let transaction = connection.transaction()?;
            act(&transaction)
        };
        work().map_err(|fault| self.failed(fault))
    }

    /// Reads as [`Store::read`] does, while others read. None where a later call came in between.
    pub(crate) fn count<T>(&self, act: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<Option<T>> {
        let counts = self.0.counts.clone();
        let mine = counts.fetch_add(1, Ordering::Relaxed) + 1;
        let overtaken = move || counts.load(Ordering::Relaxed) != mine;
        let mut connection = lock(&self.0.counter);
        let work = || {
            let connection = self.usable(&mut connection)?;
            connection.progress_handler(STEPS_BETWEEN, Some(overtaken))?;
            let counted = connection.transaction().map_err(Fault::from).and_then(|transaction| act(&transaction));
            connection.progress_handler(0, None::<fn() -> bool>)?;
            match counted {
                Err(Fault::Sql(error)) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                    Ok(None)
                }
                counted => counted.map(Some),
            }
        };
        work().map_err(|fault| self.failed(fault))
    }

    fn usable<'c>(&self, connection: &'c mut Option<Connection>) -> Result<&'c mut Connection, Fault> {
        if self.0.damaged.load(Ordering::Relaxed) {
            return Err(FailureKind::StoreDamaged.into());
        }
        connection.as_mut().ok_or(FailureKind::Locked.into())
    }

    fn failed(&self, fault: Fault) -> Failure {
        let failure = failure(fault);
        if failure.kind == FailureKind::StoreDamaged {
            self.0.damaged.store(true, Ordering::Relaxed);
        }
        failure
    }
}

/// Shared by all who have the book at `path` open.
pub(crate) fn lock_of(path: &Path) -> Lock {
    Lock::at(&path.with_file_name("book.lock"))
}

fn lock<T>(connection: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic in an act has rolled its transaction back; the connection is sound.
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The one place where the database's errors become something the window can act on.
fn failure(fault: Fault) -> Failure {
    match fault {
        Fault::Stop(failure) => failure,
        Fault::Sql(error) => {
            tracing::error!(%error, "the store failed");
            match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => FailureKind::DiskFull.into(),
                // The index of the log could not grow, which is how SQLite says it of that file.
                _ if extended(&error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => FailureKind::DiskFull.into(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => FailureKind::StoreDamaged.into(),
                _ => FailureKind::StoreFailed.into(),
            }
        }
    }
}

/// SQLite's own number for an error, which says more than its class.
fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

fn connect(path: &Path, key: &StoreKey) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    key::unlock(&connection, key)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL, and on macOS the real flush: the last commit may say that a payment has left. Four times SQLite's own cache, because each
    // page that is not in it has to be decrypted.
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;
         PRAGMA foreign_keys = 1; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = 0; PRAGMA cache_size = -8000;",
    )?;
    Ok(connection)
}

/// Looks at the layout's number without changing a byte of the file.
fn refuse_newer(path: &Path, key: &StoreKey) -> Result<(), Fault> {
    let look = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    key::unlock(&look, key)?;
    look.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let found: u32 = look.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > migrations::LATEST { Err(FailureKind::StoreNewer.into()) } else { Ok(()) }
}

/// Makes the folder of a file, where it is not there.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.exists()) else { return Ok(()) };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    private_folder(path)?;
    // SQLite gives its side files the mode of the main file.
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<()> {
    // The folder is in the user's profile, whose access list the files inherit.
    private_folder(path)
}

/// A calendar day as the store keeps it: days since 1970-01-01.
pub(crate) fn to_day(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// A calendar day out of the store.
pub(crate) fn from_day(day: i64) -> NaiveDate {
    i32::try_from(day).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default()
}

/// A moment as the store keeps it: milliseconds since 1970, UTC.
pub(crate) fn to_ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A moment out of the store.
pub(crate) fn from_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn sqlite_is_new_enough() {
        // 3.51.3 mended a loss of data in WAL mode (security.md F-01).
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }

    #[test]
    fn commits_are_durable_and_keys_are_checked() {
        let folder = folder();
        let store = Store::open(&folder.path().join("book.db"), &sample::key()).unwrap();
        let pragma = |name: &str| {
            store
                .read(|book| Ok(book.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?))
                .unwrap()
        };
        use rusqlite::types::Value::{Integer, Text};
        assert_eq!(pragma("journal_mode"), Text("wal".into()));
        for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("fullfsync", 1), ("checkpoint_fullfsync", 1)] {
            assert_eq!(pragma(name), Integer(value), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_may_read_the_book() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let path = folder.path().join("deep/own/book.db");
        let store = Store::open(&path, &sample::key()).unwrap();
        store.save_settings(&crate::settings::Settings::default()).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[test]
    fn a_newer_file_is_refused_untouched() {
        let folder = folder();
        let path = folder.path().join("book.db");
        drop(Store::open(&path, &sample::key()).unwrap());
        let newer = Connection::open(&path).unwrap();
        key::unlock(&newer, &sample::key()).unwrap();
        newer.pragma_update(None, "user_version", migrations::LATEST + 1).unwrap();
        drop(newer);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(Store::open(&path, &sample::key()).err(), Some(FailureKind::StoreNewer.into()));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_book_is_refused_untouched() {
        let folder = folder();
        let path = folder.path().join("book.db");
        std::fs::write(&path, "this is not a database, and long enough to be looked at as one".repeat(40)).unwrap();
        let before = std::fs::read(&path).unwrap();
        assert_eq!(Store::open(&path, &sample::key()).err(), Some(FailureKind::StoreDamaged.into()));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn an_act_that_stops_leaves_nothing_behind() {
        let folder = folder();
        let store = Store::open(&folder.path().join("book.db"), &sample::key()).unwrap();
        let stopped: Result<()> = store.write(|book| {
            book.execute("INSERT INTO setting VALUES ('a', '1')", [])?;
            Err(FailureKind::NotFound.into())
        });
        assert_eq!(stopped, Err(FailureKind::NotFound.into()));
        let count: u32 =
            store.read(|book| Ok(book.query_row("SELECT count(*) FROM setting", [], |row| row.get(0))?)).unwrap();
        assert_eq!(count, 0);
        let refused = store.read(|book| Ok(book.execute("INSERT INTO setting VALUES ('a', '1')", [])?));
        assert!(refused.is_err(), "a reading act cannot write");
    }

    #[test]
    fn settings_and_link_come_back() {
        use crate::auth::Environment;
        use crate::settings::{Language, Settings};
        let folder = folder();
        let path = folder.path().join("book.db");
        let store = Store::open(&path, &sample::key()).unwrap();
        assert_eq!(store.settings().unwrap(), Settings::default());
        assert_eq!(store.connection().unwrap(), None);
        let settings = Settings { language: Language::Sk, ..Settings::default() };
        let link = settings::Link {
            environment: Environment::Custom { idp: "https://a".into(), api: "https://b".into() },
            realm: "everifin_app".into(),
            client_id: "saldo".into(),
            payments: true,
        };
        store.save_settings(&settings).unwrap();
        store.save_connection(&link).unwrap();
        store.save_connection(&link).unwrap();
        drop(store);
        let store = Store::open(&path, &sample::key()).unwrap();
        assert_eq!(store.settings().unwrap(), settings);
        assert_eq!(store.connection().unwrap(), Some(link));
    }

    #[test]
    fn days_and_moments_come_back() {
        for date in ["2026-11-22", "1970-01-01", "1969-12-31", "2400-02-29"] {
            let date: NaiveDate = date.parse().unwrap();
            assert_eq!(from_day(to_day(date)), date);
        }
        let at: DateTime<Utc> = "2026-11-22T08:41:00.123Z".parse().unwrap();
        assert_eq!(from_ms(to_ms(at)), at);
    }
}
