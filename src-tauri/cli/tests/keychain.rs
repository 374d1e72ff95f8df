//! With the computer's own keychain, where the tests run beside one (`cargo xtask test rust` brings one along); elsewhere there is
//! nothing to show.

use crate::script::{Ended, Script, browse};
use bank::place::Home;
use bank::vault::{Cost, Secret, Vault};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

const PASSWORD: &str = "her own password";

/// The program where the keychain can be reached, without any passphrase.
fn beside_the_keychain(script: &Script, arguments: &[&str]) -> Command {
    let mut command = script.command(arguments);
    command.env_remove("SALDO_PASSPHRASE_FILE");
    for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"] {
        command.env_remove(name).envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command
}

async fn run(script: &Script, arguments: &[&str]) -> Ended {
    beside_the_keychain(script, arguments).output().await.unwrap().into()
}

#[tokio::test]
async fn secrets_lie_in_the_keychain_under_a_name_of_the_folders_own() {
    if std::env::var_os("SALDO_REAL_KEYRING").is_none() {
        return;
    }
    let script = Script::new().await;
    let home = Home::at(&script.data()).unwrap();
    let vault = Vault::open(&home.service());
    vault.self_test().await.unwrap();
    let (url, client) = (script.everifin.idp_url(), script.everifin.client_id());
    let mut command = beside_the_keychain(&script, &["connect", "--environment", url, "--client-id", client]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let secret = format!("{}\n", script.everifin.client_secret());
    child.stdin.take().unwrap().write_all(secret.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first: serde_json::Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    browse(first["authorization_url"].as_str().unwrap(), "decision=accept").await;
    assert!(child.wait().await.unwrap().success());
    assert!(!home.sealed_vault().exists());
    assert_eq!(vault.client_secret().await.unwrap().unwrap().expose(), script.everifin.client_secret());
    assert_eq!(run(&script, &["sync"]).await.code, 0);

    // The owner locks Saldo with a password.
    vault.set_app_lock(None, Some(Secret::new(PASSWORD.into())), Cost::TEST).await.unwrap();
    let locked = run(&script, &["status", "--json"]).await;
    assert_eq!((locked.code, locked.kind().as_str()), (5, "locked"), "{locked:?}");
    for (typed, code) in [("another one", 5), (PASSWORD, 0)] {
        let file = script.folder.path().join("typed");
        std::fs::write(&file, typed).unwrap();
        let ended = run(&script, &["status", "--json", "--passphrase-file", file.to_str().unwrap()]).await;
        assert_eq!(ended.code, code, "{ended:?}");
    }
    vault.forget().await.unwrap();
    let lost = run(&script, &["status", "--json"]).await;
    assert_eq!((lost.code, lost.kind().as_str()), (1, "key_missing"), "no new key over old data: {lost:?}");
}
