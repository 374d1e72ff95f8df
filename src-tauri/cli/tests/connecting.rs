//! Signing in: two lines for the script, and the secret in none of them.

use crate::script::{Ended, PASSPHRASE, Script, browse};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn it_prints_the_address_and_then_the_connection() {
    let script = Script::new().await;
    let connection = script.sign_in().await["connection"].clone();
    let expected = json!({
        "environment": { "name": "custom", "idp": script.everifin.idp_url(), "api": script.everifin.api_url() },
        "realm": script.everifin.realm(),
        "client_id": script.everifin.client_id(),
        "scope": "ais",
        "accounts": script.everifin.sums().accounts.len(),
        "connected_at": "2026-11-18T09:00:00Z",
    });
    assert_eq!(connection, expected);
    let status = script.run(&["status", "--json"]).await.json();
    assert_eq!((&status["session"], &status["connection"]["scope"]), (&json!("signed_in"), &json!("ais")));
    assert_eq!((&status["synced"]["read_at"], &status["accounts"]), (&json!(null), &json!([])));
}

#[tokio::test]
async fn the_secret_is_in_no_argument_no_variable_and_no_output() {
    let script = Script::new().await;
    let secret = script.everifin.client_secret().to_owned();
    let connecting = script.begin(&secret, &[]).await;
    assert!(connecting.address.contains("scope=ais&"), "{}", connecting.address);
    let process = format!("/proc/{}", connecting.child.id().unwrap());
    for of in ["cmdline", "environ"] {
        let seen = String::from_utf8_lossy(&std::fs::read(format!("{process}/{of}")).unwrap()).into_owned();
        assert!(!seen.contains(&secret) && !seen.contains(PASSPHRASE), "{of}");
    }
    let limits = std::fs::read_to_string(format!("{process}/limits")).unwrap();
    assert!(limits.lines().any(|line| line.starts_with("Max core file size        1 ")), "{limits}");
    browse(&connecting.address, "decision=accept").await;
    let address = connecting.address.clone();
    let (ended, last) = connecting.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    for text in [&address, &last.to_string(), &ended.err] {
        assert!(!text.contains(&secret) && !text.contains(PASSPHRASE), "{text}");
    }
    // Nor in any file in plain text; and all files are this user's only.
    let mut folders = vec![script.data()];
    while let Some(folder) = folders.pop() {
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o077, 0, "{}", folder.display());
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(secret.len()).any(|it| it == secret.as_bytes()), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_is_denied_or_never_answered_says_so() {
    let script = Script::new().await;
    let connecting = script.begin(script.everifin.client_secret(), &[]).await;
    browse(&connecting.address, "decision=cancel").await;
    let (denied, last) = connecting.end().await;
    assert_eq!((denied.code, denied.kind().as_str(), last.is_null()), (7, "denied", true), "{denied:?}");
    // The secret is kept already, so none is asked for.
    let late: Ended = script.connect(&["--timeout", "1"]).stdin(Stdio::null()).output().await.unwrap().into();
    assert_eq!((late.code, late.kind().as_str()), (7, "timed_out"), "{late:?}");
    assert_eq!(late.out.lines().count(), 1);
    let sync = script.run(&["sync", "--json"]).await;
    assert_eq!((sync.code, sync.kind().as_str()), (3, "sign_in_needed"), "{sync:?}");
}

#[tokio::test]
async fn a_wrong_secret_is_said_and_a_right_one_mends_it() {
    let script = Script::new().await;
    let connecting = script.begin("not-the-secret", &[]).await;
    browse(&connecting.address, "decision=accept").await;
    let (refused, _) = connecting.end().await;
    assert_eq!((refused.code, refused.kind().as_str()), (3, "credentials_rejected"), "{refused:?}");
    let connecting = script.begin(script.everifin.client_secret(), &["--secret-stdin"]).await;
    browse(&connecting.address, "decision=accept").await;
    assert_eq!(connecting.end().await.0.code, 0);
    // And again with what is kept.
    let mut again = script.command(&["connect"]).spawn().unwrap();
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(again.stdout.take().unwrap()));
    let first: serde_json::Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    browse(first["authorization_url"].as_str().unwrap(), "decision=accept").await;
    assert!(lines.next_line().await.unwrap().unwrap().contains("\"connection\""));
    assert!(again.wait().await.unwrap().success());
}

#[tokio::test]
async fn passphrase_and_secret_may_both_come_on_the_standard_input() {
    let script = Script::new().await;
    let mut command = script.connect(&["--passphrase-file", "-", "--timeout", "1"]);
    let mut child = command.env_remove("SALDO_PASSPHRASE_FILE").spawn().unwrap();
    let lines = format!("{PASSPHRASE}\n{}\n", script.everifin.client_secret());
    child.stdin.take().unwrap().write_all(lines.as_bytes()).await.unwrap();
    let ended: Ended = child.wait_with_output().await.unwrap().into();
    assert_eq!(ended.kind(), "timed_out", "{ended:?}");
    assert_eq!(script.run(&["status", "--json"]).await.code, 0, "sealed with the same passphrase");
}

#[tokio::test]
async fn what_is_no_address_or_no_client_is_refused() {
    let script = Script::new().await;
    for (more, code, kind) in [
        (&["--environment", "http://example.com", "--client-id", "c"][..], 2, "address_invalid"),
        (&["--environment", "ftp://localhost", "--client-id", "c"], 2, "address_invalid"),
        (&[], 3, "credentials_missing"),
    ] {
        let mut child = script.command(&[&["connect"], more].concat()).stdin(Stdio::piped()).spawn().unwrap();
        // It may have ended before it reads.
        let _ = child.stdin.take().unwrap().write_all(b"secret\n").await;
        let ended: Ended = child.wait_with_output().await.unwrap().into();
        assert_eq!((ended.code, ended.kind().as_str()), (code, kind), "{more:?}: {ended:?}");
    }
}
