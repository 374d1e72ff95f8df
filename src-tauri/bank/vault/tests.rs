mod app_lock;
mod faulty;
mod prompts;
mod sealed;
#[cfg(target_os = "linux")]
mod service;

use super::keychain::{Item, Keychain, MAX_VALUE, PART, STORE_LIMIT, Source, VaultError, memory_store};
use super::*;
use crate::failure::FailureKind;
use keyring_core::CredentialStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const OURS: Binding = Binding([1; 16]);
const OTHERS: Binding = Binding([2; 16]);

fn token(text: &str) -> Secret<String> {
    Secret::new(text.into())
}

async fn newest(vault: &Vault) -> Option<(u64, String)> {
    vault.refresh_token(OURS).await.unwrap().map(|stored| (stored.generation, stored.token.expose().clone()))
}

fn kind<T: std::fmt::Debug>(outcome: Result<T>) -> FailureKind {
    outcome.unwrap_err().kind
}

#[test]
fn a_secret_is_not_printed() {
    assert_eq!(format!("{:?}", token("canary")), "<redacted>");
}

#[test]
fn values_of_any_length_are_read_as_written_and_no_part_is_too_long() {
    let mut keychain = Keychain::new("saldo-test", Source::Memory(Box::new(memory_store)));
    for length in [0, 1, PART - 35, PART - 34, PART - 33, PART, 2 * PART - 34, 2 * PART, MAX_VALUE, 5] {
        let value: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
        keychain.write(Item::ClientSecret, &value).unwrap();
        assert_eq!(keychain.read(Item::ClientSecret).unwrap().unwrap().expose(), &value, "{length} bytes");
        let mut parts = 0;
        for part in 0..20 {
            if let Some(bytes) = keychain.read_part(Item::ClientSecret, part).unwrap().pop() {
                assert!(bytes.expose().len() <= STORE_LIMIT);
                parts += 1;
            }
        }
        assert_eq!(parts, 1 + (length + 34).saturating_sub(1) / PART, "no part of a longer value is left at {length}");
    }
    assert!(matches!(keychain.write(Item::ClientSecret, &vec![0; MAX_VALUE + 1]), Err(VaultError::TooLong)));
    keychain.delete(Item::ClientSecret).unwrap();
    assert!(keychain.read(Item::ClientSecret).unwrap().is_none());
}

#[test]
fn a_torn_or_changed_value_is_seen() {
    let mut keychain = Keychain::new("saldo-test", Source::Memory(Box::new(memory_store)));
    keychain.write(Item::ClientSecret, &vec![7; 3 * PART]).unwrap();
    keychain.write_part(Item::ClientSecret, 2, b"of another value").unwrap();
    assert!(matches!(keychain.read(Item::ClientSecret), Err(VaultError::Damaged)));
    for foreign in [&b""[..], b"x", b"\x01\x01", b"a value of another program, long enough for a header"] {
        keychain.write_part(Item::ClientSecret, 0, foreign).unwrap();
        assert!(matches!(keychain.read(Item::ClientSecret), Err(VaultError::Damaged)));
    }
}

#[tokio::test]
async fn the_client_secret_is_kept_until_forgotten() {
    let vault = Vault::in_memory("saldo-test");
    assert!(vault.client_secret().await.unwrap().is_none());
    vault.save_client_secret(token("s3cret")).await.unwrap();
    assert_eq!(vault.clone().client_secret().await.unwrap().unwrap().expose(), "s3cret");
    vault.forget().await.unwrap();
    assert!(vault.client_secret().await.unwrap().is_none());
}

#[tokio::test]
async fn refresh_tokens_alternate_and_the_newest_counts() {
    let vault = Vault::in_memory("saldo-test");
    assert_eq!(newest(&vault).await, None);
    for generation in 1..=5_u64 {
        let text = format!("token {generation}");
        assert_eq!(vault.save_refresh_token(OURS, token(&text)).await.unwrap(), generation);
        assert_eq!(newest(&vault).await, Some((generation, text)));
    }
    vault.forget_session().await.unwrap();
    assert_eq!(newest(&vault).await, None);
}

#[tokio::test]
async fn a_torn_write_leaves_the_last_good_token() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_refresh_token(OURS, token("first")).await.unwrap();
    vault.save_refresh_token(OURS, token("second")).await.unwrap();
    // The third write goes to the first slot and is torn after a few bytes.
    vault.call(|keychain| keychain.write_part(Item::RefreshTokenA, 0, b"\x01\x01torn")).await.unwrap();
    assert_eq!(newest(&vault).await, Some((2, "second".into())));
    // The next write mends the torn slot and does not touch the good one.
    assert_eq!(vault.save_refresh_token(OURS, token("third")).await.unwrap(), 3);
    vault.call(|keychain| keychain.write_part(Item::RefreshTokenA, 0, b"")).await.unwrap();
    assert_eq!(newest(&vault).await, Some((2, "second".into())));
}

#[tokio::test]
async fn a_token_of_another_client_is_not_ours() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_refresh_token(OTHERS, token("theirs")).await.unwrap();
    assert_eq!(newest(&vault).await, None);
    assert_eq!(vault.save_refresh_token(OURS, token("ours")).await.unwrap(), 2);
    assert_eq!(newest(&vault).await, Some((2, "ours".into())));
}

#[tokio::test]
async fn a_pending_sign_in_is_taken_once() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_pending(Secret::new(b"record".to_vec())).await.unwrap();
    assert_eq!(vault.take_pending().await.unwrap().unwrap().expose(), b"record");
    assert!(vault.take_pending().await.unwrap().is_none());
}

#[tokio::test]
async fn the_self_test_refuses_a_store_that_forgets() {
    assert!(Vault::in_memory("saldo-test").self_test().await.unwrap().starts_with("Mock store"));
    let vault = Vault::with("saldo-test", Source::Lasting(Box::new(memory_store)));
    assert_eq!(kind(vault.self_test().await), FailureKind::KeychainFailed);
}

#[tokio::test]
async fn a_keychain_that_appears_later_is_found() {
    static THERE: AtomicBool = AtomicBool::new(false);
    fn open() -> keyring::Result<Arc<CredentialStore>> {
        match THERE.load(Ordering::SeqCst) {
            true => memory_store(),
            false => Err(keyring::Error::PlatformFailure("nobody there".into())),
        }
    }
    let vault = Vault::with("saldo-test", Source::Memory(Box::new(open)));
    assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainAbsent);
    THERE.store(true, Ordering::SeqCst);
    assert!(vault.client_secret().await.unwrap().is_none());
}

#[tokio::test]
async fn each_trouble_has_its_own_kind() {
    let cases = [
        (keyring::Error::NoStorageAccess("locked".into()), FailureKind::KeychainLocked),
        (keyring::Error::Ambiguous(Vec::new()), FailureKind::KeychainFailed),
        (keyring::Error::TooLong("secret".into(), 2560), FailureKind::KeychainFailed),
        (keyring::Error::Invalid("secret".into(), "odd".into()), FailureKind::KeychainFailed),
        (keyring::Error::NoDefaultStore, FailureKind::KeychainAbsent),
    ];
    for (error, expected) in cases {
        let vault = Vault::in_memory("saldo-test");
        vault
            .call(|keychain| {
                let entry = keychain.entry("client-secret")?;
                entry.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap().set_error(error);
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(kind(vault.call(|keychain| keychain.read(Item::ClientSecret)).await), expected);
        assert!(vault.client_secret().await.unwrap().is_none(), "the next call works again");
    }
}

#[tokio::test]
async fn a_prompt_that_nobody_answers_frees_its_callers_and_their_late_writes_do_not_happen() {
    let prompt = prompts::Prompt::open();
    let mut vault = prompt.vault();
    let limit = std::mem::replace(&mut vault.limit, Duration::from_millis(30));
    assert_eq!(kind(vault.client_secret().await), FailureKind::KeychainLocked);
    vault.ask_again();
    assert_eq!(kind(vault.save_client_secret(token("late")).await), FailureKind::KeychainLocked);
    prompt.answer();
    vault.answered().await;
    vault.limit = limit;
    assert!(vault.client_secret().await.unwrap().is_none());
}

/// The real keychain of this session. `cargo xtask test` starts a private one and sets the variable; without it a test must
/// not touch the owner's keychain.
#[tokio::test]
async fn the_real_keychain_keeps_and_forgets() {
    if std::env::var_os("SALDO_REAL_KEYRING").is_none() {
        return;
    }
    let vault = Vault::open("app.saldo.desktop.test");
    vault.forget().await.unwrap();
    let name = vault.self_test().await.unwrap();
    assert!(!name.starts_with("Mock"), "{name}");
    let long = "t".repeat(6_000);
    vault.save_client_secret(token("s3cret")).await.unwrap();
    vault.save_refresh_token(OURS, token("first")).await.unwrap();
    vault.save_refresh_token(OURS, token(&long)).await.unwrap();
    let again = Vault::open("app.saldo.desktop.test");
    assert_eq!(again.client_secret().await.unwrap().unwrap().expose(), "s3cret");
    assert_eq!(newest(&again).await, Some((2, long)));
    assert_eq!(newest(&Vault::open("app.saldo.desktop.other-test")).await, None, "service names keep apart");
    again.forget().await.unwrap();
    assert_eq!(newest(&again).await, None);
    assert!(again.client_secret().await.unwrap().is_none());
}

/// What is said when there is no keychain, or a locked one. Runs in a child of [`on_a_bad_desk`].
#[tokio::test]
async fn a_missing_or_locked_keychain_is_told_apart() {
    let expected = match std::env::var("SALDO_BAD_KEYRING").as_deref() {
        Ok("absent") => FailureKind::KeychainAbsent,
        Ok("locked") => FailureKind::KeychainLocked,
        _ => return,
    };
    let vault = Vault::open("app.saldo.desktop.test");
    assert_eq!(kind(vault.self_test().await), expected);
    assert_eq!(kind(vault.save_client_secret(token("s3cret")).await), expected);
}

/// Runs the test above in a session of its own: `desk` is a shell line that ends with running "$@".
#[cfg(target_os = "linux")]
fn on_a_bad_desk(expected: &str, desk: &str) {
    let home = tempfile::tempdir().unwrap();
    let output = std::process::Command::new("timeout")
        .args(["60", "sh", "-c", desk, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "vault::tests::a_missing_or_locked_keychain_is_told_apart"])
        .env("SALDO_BAD_KEYRING", expected)
        .envs(["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"].map(|name| (name, home.path())))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_session_bus_there_is_no_keychain() {
    on_a_bad_desk("absent", r#""$@""#);
    on_a_bad_desk("absent", r#"DBUS_SESSION_BUS_ADDRESS=unix:path="$HOME/nobody" "$@""#);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bus_without_a_service_and_a_locked_service_are_told_apart() {
    if std::env::var_os("SALDO_REAL_KEYRING").is_none() {
        return;
    }
    on_a_bad_desk(
        "absent",
        r#"echo '<busconfig><listen>unix:tmpdir=/tmp</listen><policy context="default"><allow eavesdrop="true"/>
           <allow send_destination="*" eavesdrop="true"/><allow own="*"/></policy></busconfig>' > "$HOME/bus.conf"
           dbus-run-session --config-file="$HOME/bus.conf" -- "$@""#,
    );
    on_a_bad_desk(
        "locked",
        r#"dbus-run-session -- sh -c 'printf x | gnome-keyring-daemon --unlock --components=secrets
           gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
               --method org.freedesktop.Secret.Service.Lock "[objectpath \"/org/freedesktop/secrets/collection/login\"]"
           "$@"' sh "$@""#,
    );
}
