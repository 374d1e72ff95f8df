//! Backups made, taken to another computer, and refused.

use super::*;
use crate::auth::{CredentialsInput, Environment};
use crate::clock::Clock;
use crate::desk::file_of;
use crate::settings::{Language, Settings, Theme};
use crate::store::all_text;
use crate::vault::Vault;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

const PASSWORD: &str = "správny kôň batéria";
const CANARY: &str = "canary-client-secret-5d1";

/// An office: a computer with a keychain, a book, and a folder for backups.
struct Office {
    home: TempDir,
    backups: TempDir,
    vault: Vault,
    days: Arc<AtomicI64>,
}

impl Office {
    fn new() -> Self {
        let folder = || tempfile::tempdir().unwrap();
        Self { home: folder(), backups: folder(), vault: Vault::in_memory("backup"), days: Arc::default() }
    }

    fn clock(&self) -> Clock {
        let days = Arc::clone(&self.days);
        Clock::from_fn(move || {
            "2026-11-27T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(days.load(Ordering::Relaxed))
        })
    }

    async fn desk(&self) -> Desk {
        Desk::open(self.home.path(), self.vault.clone(), self.clock(), Language::En, None).await.unwrap()
    }

    fn usual(&self) -> PathBuf {
        self.backups.path().join("Saldo backups")
    }

    fn backup(&self, day: &str) -> PathBuf {
        self.usual().join(format!("saldo-backup-{day}.saldo"))
    }

    fn shut(&self) -> Shut {
        Shut::new(self.home.path(), self.vault.clone(), self.clock(), None)
    }

    /// A desk with credentials and a setting to know it by, and a password for its backups.
    async fn furnished(&self) -> Desk {
        let desk = self.desk().await;
        let environment = Environment::Production;
        desk.save_credentials(CredentialsInput {
            environment,
            realm: "everifin_app".into(),
            client_id: "brezan".into(),
            client_secret: Some(Secret::new(CANARY.into())),
            payments: true,
        })
        .await
        .unwrap();
        desk.store.save_settings(&dark()).unwrap();
        set_password(&desk, &self.usual(), password(PASSWORD)).await.unwrap();
        desk
    }

    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = std::fs::read_dir(self.home.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| (name(&path), std::fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

fn dark() -> Settings {
    Settings { theme: Theme::Dark, ..Settings::default() }
}

fn password(text: &str) -> Secret<String> {
    Secret::new(text.into())
}

#[tokio::test]
async fn a_backup_comes_back_on_another_computer_without_token_or_secret() {
    let office = Office::new();
    let desk = office.furnished().await;
    let view = back_up(&desk, &office.usual()).await.unwrap();
    assert_eq!(view.trouble, None);
    let file = office.backup("2026-11-27");
    let made = view.last.unwrap();
    assert_eq!((made.at, made.bytes), (office.clock().now(), std::fs::metadata(&file).unwrap().len()));
    assert_eq!(std::fs::read_dir(office.usual()).unwrap().count(), 1, "nothing lies beside it");

    // No secret is in it, and nothing that is this computer's.
    let salt = std::fs::read(&file).unwrap()[..SALT].try_into().unwrap();
    let inside = all_text(&file, &BackupKey::of(&password(PASSWORD), salt).unwrap().of_file());
    assert!(inside.contains("brezan"), "the text is read");
    for word in [CANARY, "eyJ", &office.usual().to_string_lossy()] {
        assert!(!inside.contains(word), "{word} is in the backup");
    }

    let elsewhere = Office::new();
    elsewhere.desk().await.store.close();
    let restored = elsewhere.shut().restore_backup(file.clone(), password("spra\u{301}vny kôň batéria")).await.unwrap();
    assert_eq!(restored.as_of, office.clock().now());
    assert_eq!(restored.missing.payments_since, Some(restored.as_of));
    let desk = elsewhere.desk().await;
    assert_eq!(desk.store.settings().unwrap(), dark());
    assert_eq!(desk.store.connection().unwrap().unwrap().client_id, "brezan");
    assert!(
        !desk.credentials().await.unwrap().unwrap().has_secret,
        "the secret is to be entered on the other computer"
    );
    assert!(elsewhere.home.path().join(restored.set_aside).exists());
    assert_eq!(std::fs::read_dir(office.usual()).unwrap().count(), 1, "the backup was not written to");
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_touches_nothing() {
    let office = Office::new();
    let desk = office.furnished().await;
    back_up(&desk, &office.usual()).await.unwrap();
    desk.store.close();
    let good = std::fs::read(office.backup("2026-11-27")).unwrap();
    let before = office.files();
    let file = office.backups.path().join("chosen.saldo");
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let cases: [(&str, &[u8], &str); 7] = [
        ("another password", &good, "správny kôň bateria"),
        ("a flipped bit", &flipped, PASSWORD),
        ("cut off", &good[..good.len() - 4096], PASSWORD),
        ("the half of a page", &good[..2000], PASSWORD),
        ("empty", &[], PASSWORD),
        ("a letter", b"Dear Eva, this is no backup at all.", PASSWORD),
        ("the book itself", &before.iter().find(|(name, _)| name == "saldo.db").unwrap().1.clone(), PASSWORD),
    ];
    for (what, bytes, typed) in cases {
        std::fs::write(&file, bytes).unwrap();
        let refused = office.shut().restore_backup(file.clone(), password(typed)).await;
        assert_eq!(refused.unwrap_err().kind, FailureKind::BackupUnreadable, "{what}");
        assert_eq!(office.files(), before, "{what}");
    }
    let gone = office.shut().restore_backup(office.backups.path().join("gone"), password(PASSWORD)).await;
    assert_eq!(gone.unwrap_err().kind, FailureKind::BackupUnreadable);
}

#[tokio::test]
async fn a_lost_key_is_never_replaced_over_data_but_a_backup_brings_the_book_back() {
    let office = Office::new();
    let desk = office.furnished().await;
    back_up(&desk, &office.usual()).await.unwrap();
    desk.store.close();
    office.vault.forget().await.unwrap();
    let opened = Desk::open(office.home.path(), office.vault.clone(), office.clock(), Language::En, None).await;
    assert_eq!(opened.err().map(|failure| failure.kind), Some(FailureKind::KeyMissing));
    let recovery = office.shut().recovery().await.unwrap();
    assert_eq!(recovery, Recovery { cause: RecoveryCause::KeyMissing, copy: None });
    assert_eq!(office.shut().restore_copy().await.unwrap_err().kind, FailureKind::KeyMissing);
    // A wrong password makes no key either.
    let wrong = office.shut().restore_backup(office.backup("2026-11-27"), password("wrong password")).await;
    assert_eq!(wrong.unwrap_err().kind, FailureKind::BackupUnreadable);
    assert!(office.vault.database_key(None).await.unwrap().is_none());

    let before = std::fs::read(file_of(office.home.path())).unwrap();
    let restored = office.shut().restore_backup(office.backup("2026-11-27"), password(PASSWORD)).await.unwrap();
    assert_eq!(std::fs::read(office.home.path().join(restored.set_aside)).unwrap(), before);
    assert_eq!(office.desk().await.store.settings().unwrap(), dark());
}

#[tokio::test]
async fn starting_over_sets_the_data_aside_and_keeps_its_key() {
    let office = Office::new();
    office.furnished().await.store.close();
    let (before, key) =
        (std::fs::read(file_of(office.home.path())).unwrap(), office.vault.database_key(None).await.unwrap());
    office.shut().start_over().await.unwrap();
    assert_eq!(office.vault.database_key(None).await.unwrap().unwrap().expose(), key.unwrap().expose());
    let desk = office.desk().await;
    assert_eq!((desk.store.settings().unwrap(), desk.store.connection().unwrap()), (Settings::default(), None));
    assert!(office.files().iter().any(|(name, bytes)| name.contains(".replaced-") && *bytes == before));
}

#[tokio::test]
async fn one_is_made_each_day_and_the_last_thirty_stay() {
    let office = Office::new();
    let desk = office.desk().await;
    assert!(!back_up_if_due(&desk, &office.usual()).await.unwrap(), "not without a password");
    assert_eq!(back_up(&desk, &office.usual()).await.unwrap_err().kind, FailureKind::NotFound);
    set_password(&desk, &office.usual(), password(PASSWORD)).await.unwrap();
    std::fs::create_dir_all(office.usual()).unwrap();
    for file in ["holiday.jpg", "saldo-backup-notes.saldo"] {
        std::fs::write(office.usual().join(file), "hers").unwrap();
    }
    for day in 1..=32 {
        assert!(back_up_if_due(&desk, &office.usual()).await.unwrap(), "{day}");
        assert!(!back_up_if_due(&desk, &office.usual()).await.unwrap(), "{day}");
        office.days.store(day, Ordering::Relaxed);
    }
    assert_eq!(std::fs::read_dir(office.usual()).unwrap().count(), 30 + 2);
    assert!(!office.backup("2026-11-28").exists() && office.backup("2026-11-29").exists());
    set_daily(&desk, &office.usual(), false).await.unwrap();
    assert!(!back_up_if_due(&desk, &office.usual()).await.unwrap());
}

#[tokio::test]
async fn a_folder_that_is_gone_is_said_and_tried_again_the_next_day() {
    let office = Office::new();
    let desk = office.furnished().await;
    let stick = office.backups.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    set_folder(&desk, &office.usual(), stick.clone()).await.unwrap();
    assert!(back_up_if_due(&desk, &office.usual()).await.unwrap());
    std::fs::rename(&stick, office.backups.path().join("drawer")).unwrap();
    office.days.store(1, Ordering::Relaxed);
    assert!(back_up_if_due(&desk, &office.usual()).await.unwrap());
    let gone = view(&desk, &office.usual()).await.unwrap();
    assert_eq!(gone.trouble, Some(FailureKind::FolderRefused.into()));
    assert_eq!(
        gone.last.map(|last| last.at),
        Some(office.clock().now() - TimeDelta::days(1)),
        "the good one is still said"
    );
    assert!(!stick.exists(), "it is not made anew: that would be another disk");
    assert!(!back_up_if_due(&desk, &office.usual()).await.unwrap(), "not every minute");
    std::fs::rename(office.backups.path().join("drawer"), &stick).unwrap();
    office.days.store(2, Ordering::Relaxed);
    assert!(back_up_if_due(&desk, &office.usual()).await.unwrap());
    assert_eq!(view(&desk, &office.usual()).await.unwrap().trouble, None);
}

#[tokio::test]
async fn a_password_that_is_too_short_is_not_taken() {
    let office = Office::new();
    let desk = office.desk().await;
    let refused = set_password(&desk, &office.usual(), password("sedemsk")).await;
    assert_eq!(refused.unwrap_err().kind, FailureKind::PassphraseWrong);
    assert!(!view(&desk, &office.usual()).await.unwrap().has_password);
}

#[tokio::test]
async fn a_new_password_opens_the_backups_to_come_and_the_old_one_those_of_before() {
    let office = Office::new();
    let desk = office.furnished().await;
    back_up(&desk, &office.usual()).await.unwrap();
    office.days.store(1, Ordering::Relaxed);
    set_password(&desk, &office.usual(), password("celkom iné heslo")).await.unwrap();
    back_up(&desk, &office.usual()).await.unwrap();
    desk.store.close();
    for (day, typed, opens) in [
        ("2026-11-27", PASSWORD, true),
        ("2026-11-27", "celkom iné heslo", false),
        ("2026-11-28", "celkom iné heslo", true),
        ("2026-11-28", PASSWORD, false),
    ] {
        let restored = office.shut().restore_backup(office.backup(day), password(typed)).await;
        assert_eq!(restored.is_ok(), opens, "{day}");
    }
}
