//! The real Secret Service in the states that a person's desk brings it into. Each case runs in a child with a session bus, a
//! keychain daemon and folders of its own, so that it may break them. `cargo xtask test` sets the variable; elsewhere the programs
//! may be missing.

use super::{OURS, kind, newest, token};
use crate::failure::FailureKind;
use crate::vault::keychain::Item;
use crate::vault::{Cost, Secret, Vault};
use secret_service::EncryptionType;
use secret_service::blocking::{Item as Foreign, SecretService};
use std::collections::HashMap;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::runtime::Runtime;

const SERVICE: &str = "app.saldo.desktop.test";
const CASE: &str = "SALDO_KEYCHAIN_CASE";

/// A case, run in the child.
struct Desk {
    runtime: Runtime,
    vault: Vault,
    daemon: Option<Child>,
}

impl Desk {
    fn new() -> Self {
        Self { runtime: Runtime::new().unwrap(), vault: Vault::open(SERVICE), daemon: None }.started()
    }

    /// Starts the daemon, unlocked, and waits until it answers. What it has kept is there again.
    fn started(mut self) -> Self {
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        daemon.stdin.take().unwrap().write_all(b"throw-away").unwrap();
        let wait = ["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"];
        assert!(Command::new("gdbus").args(wait).status().unwrap().success());
        self.daemon = Some(daemon);
        self
    }

    /// Ends the daemon as a crash does.
    fn killed(mut self) -> Self {
        let mut daemon = self.daemon.take().unwrap();
        daemon.kill().unwrap();
        daemon.wait().unwrap();
        self
    }

    fn signal(&self, signal: &str) {
        let id = self.daemon.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    fn run<T>(&self, act: impl Future<Output = T>) -> T {
        self.runtime.block_on(act)
    }

    fn secret(&self) -> Option<String> {
        self.run(self.vault.client_secret()).unwrap().map(|secret| secret.expose().clone())
    }

    /// What another program may do to our items: the values under one of our names, and the hand that changes them.
    fn tamper<T>(&self, name: &str, act: impl FnOnce(&SecretService<'_>, Vec<Foreign<'_>>) -> T) -> T {
        let service = SecretService::connect(EncryptionType::Plain).unwrap();
        let found = service.search_items(HashMap::from([("service", SERVICE), ("username", name)])).unwrap();
        act(&service, found.unlocked)
    }

    /// Puts a second item beside ours.
    fn twin(&self, name: &str, value: &[u8]) {
        self.tamper(name, |service, items| {
            let attributes = items[0].get_attributes().unwrap();
            let attributes = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let collection = service.get_default_collection().unwrap();
            collection.create_item("Saldo", attributes, value, false, "application/octet-stream").unwrap();
        });
        assert_eq!(self.count(name), 2);
    }

    fn count(&self, name: &str) -> usize {
        self.tamper(name, |_, items| items.len())
    }

    fn value(&self, name: &str) -> Vec<u8> {
        self.tamper(name, |_, items| items[0].get_secret().unwrap())
    }

    fn delete(&self, name: &str) {
        self.tamper(name, |_, items| items.iter().for_each(|item| item.delete().unwrap()));
    }

    fn overwrite(&self, name: &str, value: &[u8]) {
        self.tamper(name, |_, items| items[0].set_secret(value, "text/plain").unwrap());
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(daemon) = &mut self.daemon {
            let _ = daemon.kill().and_then(|()| daemon.wait());
        }
    }
}

fn save(desk: &Desk, secret: &str) {
    desk.run(desk.vault.save_client_secret(token(secret))).unwrap();
}

/// Runs one case; in a child of [`on_a_desk_of_its_own`].
#[test]
fn a_case() {
    match std::env::var(CASE).as_deref() {
        Ok("deleted") => deleted(),
        Ok("twins") => twins(),
        Ok("foreign") => foreign(),
        Ok("died") => died(),
        Ok("died in mid-call") => died_in_mid_call(),
        Ok("silent") => silent(),
        Ok("locked") => locked(),
        Ok("app lock") => app_lock(),
        Ok("late") => late(),
        _ => {}
    }
}

fn on_a_desk_of_its_own(case: &str) {
    if std::env::var_os("SALDO_REAL_KEYRING").is_none() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    // No services of the system: the bus must not start a daemon by itself.
    let bus = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">\
        <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";
    std::fs::write(home.path().join("bus.conf"), bus).unwrap();
    let output = Command::new("timeout")
        .args(["90", "dbus-run-session"])
        .arg(format!("--config-file={}", home.path().join("bus.conf").display()))
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "vault::tests::service::a_case", "--nocapture"])
        .env(CASE, case)
        .envs(["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"].map(|name| (name, home.path())))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("GNOME_KEYRING_CONTROL")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{case}: {said}{complained}");
}

#[test]
fn an_item_that_its_owner_deletes_is_missing_and_nothing_else_is() {
    on_a_desk_of_its_own("deleted");
}

fn deleted() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    desk.run(desk.vault.save_database_key(Secret::new([7; 32]))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("first"))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("second"))).unwrap();
    desk.delete("refresh-token-b");
    assert_eq!(desk.run(newest(&desk.vault)), Some((1, "first".into())));
    desk.delete("client-secret");
    desk.delete("database-key-a");
    assert_eq!(desk.secret(), None);
    assert!(desk.run(desk.vault.database_key(None)).unwrap().is_none(), "said to be missing, not made anew");
    save(&desk, "again");
    assert_eq!(desk.secret().as_deref(), Some("again"));
}

#[test]
fn a_second_item_of_the_same_name_does_no_harm() {
    on_a_desk_of_its_own("twins");
}

fn twins() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    // An equal one, as a keyring that was copied brings; one of another program.
    for value in [desk.value("client-secret"), b"of another program".to_vec()] {
        desk.twin("client-secret", &value);
        assert_eq!(desk.secret().as_deref(), Some("s3cret"));
        save(&desk, "s3cret");
        assert_eq!(desk.count("client-secret"), 1, "writing mends it");
    }
    // An older value of our own: which of them is right cannot be known, so the owner enters it again.
    let older = desk.value("client-secret");
    save(&desk, "newer");
    desk.twin("client-secret", &older);
    assert_eq!(desk.secret(), None);
    let read = desk.run(desk.vault.call(|keychain| keychain.read(Item::ClientSecret)));
    assert_eq!(kind(read.map(drop)), FailureKind::KeychainFailed);
    save(&desk, "entered again");
    assert_eq!((desk.secret().as_deref(), desk.count("client-secret")), (Some("entered again"), 1));
    // Of the tokens and of the key the newer generation counts: an older token would end the session.
    desk.run(desk.vault.save_refresh_token(OURS, token("first"))).unwrap();
    let first = desk.value("refresh-token-a");
    desk.run(desk.vault.save_refresh_token(OURS, token("second"))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("third"))).unwrap();
    desk.twin("refresh-token-a", &first);
    assert_eq!(desk.run(newest(&desk.vault)), Some((3, "third".into())));
    desk.run(desk.vault.save_refresh_token(OURS, token("fourth"))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("fifth"))).unwrap();
    assert_eq!(desk.run(newest(&desk.vault)), Some((5, "fifth".into())));
    assert_eq!(desk.count("refresh-token-a"), 1);
    desk.twin("client-secret", b"x");
    desk.run(desk.vault.forget()).unwrap();
    assert_eq!(desk.count("client-secret"), 0, "forgetting takes both");
}

#[test]
fn a_value_that_is_cut_or_of_another_program_is_not_taken_for_ours() {
    on_a_desk_of_its_own("foreign");
}

fn foreign() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    desk.run(desk.vault.save_database_key(Secret::new([7; 32]))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("first"))).unwrap();
    desk.run(desk.vault.save_refresh_token(OURS, token("second"))).unwrap();
    for name in ["client-secret", "database-key-a", "refresh-token-b"] {
        let good = desk.value(name);
        for bad in [&good[..good.len() - 1], &good[..20], b"", b"a password of another program"] {
            desk.overwrite(name, bad);
            assert_eq!(desk.run(newest(&desk.vault)).unwrap().0, 2 - u64::from(name == "refresh-token-b"));
            assert_eq!(desk.secret().is_none(), name == "client-secret");
            let key = desk.run(desk.vault.database_key(None)).unwrap();
            assert_eq!(key.is_none(), name == "database-key-a");
        }
        desk.overwrite(name, &good);
    }
    assert_eq!(desk.run(newest(&desk.vault)), Some((2, "second".into())));
}

#[test]
fn a_service_that_died_between_calls_is_found_again() {
    on_a_desk_of_its_own("died");
}

fn died() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    assert_eq!(desk.secret().as_deref(), Some("s3cret"));
    let desk = desk.killed();
    assert_eq!(kind(desk.run(desk.vault.client_secret())), FailureKind::KeychainAbsent);
    assert_eq!(kind(desk.run(desk.vault.save_client_secret(token("lost")))), FailureKind::KeychainAbsent);
    let desk = desk.started();
    assert_eq!(desk.secret().as_deref(), Some("s3cret"));
    save(&desk, "new");
    // Dead and back again while nobody looked: the old connection fails, the same call goes on with a new one.
    let desk = desk.killed().started();
    assert_eq!(desk.secret().as_deref(), Some("new"));
    let desk = desk.killed().started();
    save(&desk, "newer");
    assert_eq!(desk.secret().as_deref(), Some("newer"));
}

#[test]
fn a_service_that_dies_in_mid_call_fails_the_call_and_is_found_again() {
    on_a_desk_of_its_own("died in mid-call");
}

fn died_in_mid_call() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    desk.run(desk.vault.save_refresh_token(OURS, token("first"))).unwrap();
    desk.signal("-STOP");
    let (vault, other) = (desk.vault.clone(), desk.vault.clone());
    let reading = desk.runtime.spawn(async move { vault.client_secret().await });
    let writing = desk.runtime.spawn(async move { other.save_refresh_token(OURS, token("second")).await });
    desk.run(tokio::task::yield_now());
    let desk = desk.killed();
    for failure in [kind(desk.run(reading).unwrap().map(drop)), kind(desk.run(writing).unwrap().map(drop))] {
        assert!(matches!(failure, FailureKind::KeychainAbsent | FailureKind::KeychainFailed), "{failure:?}");
    }
    let desk = desk.started();
    assert_eq!(desk.secret().as_deref(), Some("s3cret"));
    assert_eq!(desk.run(newest(&desk.vault)), Some((1, "first".into())), "the last good token is there");
    desk.run(desk.vault.save_refresh_token(OURS, token("second"))).unwrap();
    assert_eq!(desk.run(newest(&desk.vault)), Some((2, "second".into())));
}

#[test]
fn a_service_that_does_not_answer_counts_as_locked_after_a_while() {
    on_a_desk_of_its_own("silent");
}

fn silent() {
    let mut desk = Desk::new();
    save(&desk, "s3cret");
    let limit = std::mem::replace(&mut desk.vault.limit, Duration::from_millis(200));
    desk.signal("-STOP");
    assert_eq!(kind(desk.run(desk.vault.client_secret())), FailureKind::KeychainLocked);
    desk.vault.ask_again();
    assert_eq!(kind(desk.run(desk.vault.save_client_secret(token("late")))), FailureKind::KeychainLocked);
    desk.signal("-CONT");
    desk.run(desk.vault.answered());
    desk.vault.limit = limit;
    assert_eq!(desk.secret().as_deref(), Some("s3cret"), "nothing was written after its caller had given up");
}

#[test]
fn a_keychain_that_is_locked_under_way_says_so_and_goes_on_when_unlocked() {
    on_a_desk_of_its_own("locked");
}

fn locked() {
    let desk = Desk::new();
    save(&desk, "s3cret");
    desk.run(desk.vault.save_database_key(Secret::new([7; 32]))).unwrap();
    desk.tamper("client-secret", |service, _| service.get_default_collection().unwrap().lock().unwrap());
    // Nobody answers the prompt here: it is dismissed at once, which is also how an owner's "no" reads.
    for _ in 0..2 {
        assert_eq!(kind(desk.run(desk.vault.client_secret())), FailureKind::KeychainLocked);
        assert_eq!(kind(desk.run(desk.vault.database_key(None))), FailureKind::KeychainLocked, "not: missing");
        assert_eq!(kind(desk.run(desk.vault.save_client_secret(token("x")))), FailureKind::KeychainLocked);
        assert_eq!(kind(desk.run(desk.vault.refresh_token(OURS))), FailureKind::KeychainLocked);
    }
    assert!(desk.run(desk.vault.call(|_| Ok(()))).is_err(), "that it is locked is seen without a prompt");
    let desk = desk.killed().started();
    assert_eq!(desk.secret().as_deref(), Some("s3cret"));
    assert_eq!(desk.run(desk.vault.database_key(None)).unwrap().unwrap().expose(), &[7; 32]);
}

#[test]
fn with_an_app_lock_nothing_in_the_whole_keychain_gives_the_key() {
    on_a_desk_of_its_own("app lock");
}

fn app_lock() {
    let desk = Desk::new();
    let key = *b"a key of 32 bytes for the tests.";
    desk.run(desk.vault.save_database_key(Secret::new(key))).unwrap();
    let shown = || {
        let service = SecretService::connect(EncryptionType::Plain).unwrap();
        let all = service.get_all_collections().unwrap();
        let items = all.iter().flat_map(|collection| collection.get_all_items().unwrap());
        items.into_iter().filter(|item| item.get_secret().unwrap().windows(8).any(|part| part == &key[..8])).count()
    };
    assert_eq!(shown(), 1);
    desk.run(desk.vault.set_app_lock(None, Some(token("correct horse")), Cost::TEST)).unwrap();
    assert_eq!(shown(), 0);
    let again = Vault::open(SERVICE);
    assert_eq!(kind(desk.run(again.database_key(None))), FailureKind::Locked);
    assert_eq!(kind(desk.run(again.database_key(Some(token("wrong"))))), FailureKind::PassphraseWrong);
    assert_eq!(desk.run(again.database_key(Some(token("correct horse")))).unwrap().unwrap().expose(), &key);
}

#[test]
fn a_service_that_starts_later_is_found() {
    on_a_desk_of_its_own("late");
}

fn late() {
    let desk = Desk { runtime: Runtime::new().unwrap(), vault: Vault::open(SERVICE), daemon: None };
    assert_eq!(kind(desk.run(desk.vault.self_test())), FailureKind::KeychainAbsent);
    let desk = desk.started();
    assert_eq!(desk.run(desk.vault.self_test()).unwrap(), "Secret Service store");
}
