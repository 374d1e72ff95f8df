//! Backups, recovery and forgetting, as the window asks for them.

use super::{Window, keep, own_credentials};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const PASSWORD: &str = "correct horse battery";

/// A window with credentials in her own book.
fn hers() -> Window {
    let window = Window::open();
    window.call("save_credentials", own_credentials("canary-7f3a-client-secret"));
    window
}

fn theme(window: &Window, theme: &str) {
    let mut settings = window.call("settings", json!({}));
    settings["theme"] = json!(theme);
    window.call("save_settings", json!({ "settings": settings }));
}

fn book(window: &Window) -> PathBuf {
    window.desk.home().join("own/saldo.db")
}

/// What differs from run to run, replaced.
fn steady(mut answer: Value) -> Value {
    for (place, value) in [
        ("/folder", json!("/home/eva/Documents/Saldo backups")),
        ("/at", json!("2026-11-18T09:00:00Z")),
        ("/bytes", json!(204_800)),
        ("/last/bytes", json!(204_800)),
    ] {
        if let Some(found) = answer.pointer_mut(place) {
            *found = value;
        }
    }
    answer
}

#[test]
fn a_backup_is_made_chosen_and_restored() {
    let window = hers();
    let mut stale = Vec::new();
    let view = window.call("backup", json!({}));
    assert_eq!((&view["hasPassword"], &view["last"]), (&json!(false), &Value::Null));
    window.call("set_backup_password", json!({ "password": PASSWORD }));
    theme(&window, "dark");
    let made = window.call("back_up_now", json!({}));
    assert_eq!((&made["trouble"], &made["hasPassword"]), (&Value::Null, &json!(true)));
    keep("back_up_now", &steady(made), &mut stale);
    theme(&window, "light");

    let none = window.call("choose_backup", json!({}));
    assert_eq!(none, Value::Null, "she closed the dialog");
    let early = window.call_from(&window.main, "restore_backup", json!({ "password": PASSWORD })).unwrap_err();
    assert_eq!(early["kind"], "notFound");
    let file = window.outside.path().join("documents/Saldo backups/saldo-backup-2026-11-18.saldo");
    *window.chosen.lock().unwrap() = Some(file.clone());
    keep("choose_backup", &steady(window.call("choose_backup", json!({}))), &mut stale);
    let wrong = window.call_from(&window.main, "restore_backup", json!({ "password": "another" })).unwrap_err();
    assert_eq!(wrong["kind"], "backupUnreadable");
    assert_eq!(window.call("settings", json!({}))["theme"], "light", "nothing was touched");
    let restored = window.call("restore_backup", json!({ "password": PASSWORD }));
    keep("restore_backup", &restored, &mut stale);
    assert_eq!(window.call("settings", json!({}))["theme"], "dark");
    let aside = restored["setAside"].as_str().unwrap();
    assert!(book(&window).with_file_name(aside).exists());
    assert_eq!(window.call("credentials", json!({}))["hasSecret"], true, "the keychain is as it was");
    assert!(!window.heard.lock().unwrap().contains(PASSWORD));
    assert!(stale.is_empty(), "answers have changed and were written anew: look at them and commit them: {stale:?}");
}

#[test]
fn the_folder_of_her_choice_takes_the_backups() {
    let window = hers();
    window.call("set_backup_password", json!({ "password": PASSWORD }));
    let stick = window.outside.path().join("stick");
    fs::create_dir(&stick).unwrap();
    *window.chosen.lock().unwrap() = Some(stick.clone());
    assert_eq!(window.call("choose_backup_folder", json!({}))["folder"], stick.to_str().unwrap());
    window.call("back_up_now", json!({}));
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    *window.chosen.lock().unwrap() = None;
    assert_eq!(
        window.call("choose_backup_folder", json!({}))["folder"],
        stick.to_str().unwrap(),
        "no answer, no change"
    );
    fs::remove_dir_all(&stick).unwrap();
    let refused = window.call("back_up_now", json!({}));
    assert_eq!(refused["trouble"]["kind"], "folderRefused");
    assert_eq!(window.call("set_daily_backup", json!({ "on": false }))["daily"], false);
}

/// Damages the book while it is closed, where it hurts.
fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[20] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_book_is_said_at_the_start_and_brought_back_from_its_copy() {
    let window = hers();
    theme(&window, "dark");
    let desk = tauri::async_runtime::block_on(window.saldo.desk()).unwrap();
    desk.store.look_after(desk.clock.now()).unwrap();
    desk.store.close();
    damage(&book(&window));
    // As after a restart: the keychain keeps what it has.
    let window = Window::at(&window.desk);
    assert_eq!(window.call("start", json!({}))["trouble"]["kind"], "storeDamaged");
    let mut stale = Vec::new();
    let recovery = window.call("recovery", json!({}));
    assert_eq!(recovery["cause"], "storeDamaged");
    keep("recovery", &recovery, &mut stale);
    let restored = window.call("restore_copy", json!({}));
    keep("restore_copy", &restored, &mut stale);
    let start = window.call("start", json!({}));
    assert_eq!((&start["trouble"], &start["settings"]["theme"]), (&Value::Null, &json!("dark")));
    assert!(stale.is_empty(), "answers have changed and were written anew: look at them and commit them: {stale:?}");
}

#[test]
fn a_missing_key_is_said_and_starting_over_makes_a_new_book() {
    let window = hers();
    let desk = tauri::async_runtime::block_on(window.saldo.desk()).unwrap();
    desk.store.close();
    tauri::async_runtime::block_on(desk.forget()).unwrap();
    let window = Window::at(&window.desk);
    assert_eq!(window.call("start", json!({}))["trouble"]["kind"], "keyMissing");
    assert_eq!(window.call("recovery", json!({}))["cause"], "keyMissing");
    let before = fs::read(book(&window)).unwrap();
    let start = window.call("start_over", json!({}));
    assert_eq!((&start["trouble"], &start["connected"]), (&Value::Null, &json!(false)));
    let folder = book(&window).parent().unwrap().to_owned();
    let kept = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    assert!(kept.into_iter().any(|bytes| bytes == before), "set aside, not deleted");
}

#[test]
fn forgetting_leaves_nothing_but_her_backups() {
    let window = hers();
    window.call("set_backup_password", json!({ "password": PASSWORD }));
    window.call("back_up_now", json!({}));
    let desk = tauri::async_runtime::block_on(window.saldo.desk()).unwrap();
    desk.store.look_after(desk.clock.now()).unwrap();
    drop(desk);
    window.enter_demo();
    let (data, cache) = (window.desk.home().to_owned(), window.outside.path().join("cache"));
    for (folder, file) in [
        (data.join("logs"), "saldo.2026-11-18.log"),
        (data.join("own"), "saldo.db.damaged-20261101T000000Z"),
        (cache.clone(), "x"),
    ] {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), "something of hers").unwrap();
    }
    // Another process has her book open, and would write back what it holds.
    let other = fs::File::open(data.join("own/book.lock")).unwrap();
    other.lock_shared().unwrap();
    assert_eq!(window.call_from(&window.main, "forget_everything", json!({})).unwrap_err()["kind"], "otherSaldo");
    assert!(data.join("own/saldo.db").exists());
    drop(other);
    let start = window.call("forget_everything", json!({}));
    assert_eq!((&start["book"], &start["connected"], &start["trouble"]), (&json!("own"), &json!(false), &Value::Null));
    assert_eq!(window.call("credentials", json!({})), Value::Null);
    assert_eq!(window.call("backup", json!({}))["hasPassword"], false);
    // The welcome screen has a new book behind it, and that is all.
    let mut left: Vec<_> = walk(&data);
    // Language and theme, as they are by themselves.
    left.retain(|path| !path.ends_with("look.json"));
    left.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !path.starts_with(data.join("own")) || !(name.starts_with("saldo.db") || name.ends_with(".lock"))
    });
    assert_eq!(left, Vec::<PathBuf>::new());
    assert!(!data.join("own/saldo.db.damaged-20261101T000000Z").exists() && walk(&cache).is_empty());
    assert_eq!(walk(&window.outside.path().join("documents")).len(), 1, "her backups are hers");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    found
        .map(|file| file.unwrap().path())
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
