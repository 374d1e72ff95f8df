//! The exit codes and what is said with them.

use crate::script::{Ended, Script};
use sandbox::Fault;

fn said(ended: &Ended) -> (i32, String) {
    (ended.code, ended.kind())
}

#[tokio::test]
async fn what_is_not_there_is_said_and_not_made() {
    let script = Script::new().await;
    for command in
        [&["status"][..], &["sync"], &["accounts"], &["transactions"], &["balances", "--currency", "EUR"], &["export"]]
    {
        let ended = script.run(&[command, &["--json"]].concat()).await;
        assert_eq!(said(&ended), (3, "no_book".into()), "{ended:?}");
        assert!(!script.data().exists());
    }
    let plain = script.run(&["status"]).await;
    assert_eq!(
        plain.err,
        "saldo-cli: There is no data in this folder yet. Run `saldo-cli connect`, or name another --data-dir.\n"
    );
    for wrong in [&["pay"][..], &["balances"], &["sync", "--secret", "x"], &["transactions", "--from", "yesterday"]] {
        assert_eq!(script.run(wrong).await.code, 2, "{wrong:?}");
    }
}

#[tokio::test]
async fn each_trouble_has_its_code() {
    let script = Script::synced().await;
    let run = async |arguments: &[&str]| said(&script.run(&[arguments, &["--json"]].concat()).await);
    assert_eq!(run(&["transactions", "--account", "99"]).await, (2, "no_such_account".into()));
    assert_eq!(run(&["balances", "--currency", "XYZ"]).await, (2, "no_such_currency".into()));

    let mut locked = script.command(&["status", "--json"]);
    let locked: Ended = locked.env_remove("SALDO_PASSPHRASE_FILE").output().await.unwrap().into();
    assert_eq!(said(&locked), (5, "locked".into()));
    let wrong = script.folder.path().join("wrong");
    std::fs::write(&wrong, "another horse").unwrap();
    assert_eq!(run(&["status", "--passphrase-file", wrong.to_str().unwrap()]).await, (5, "passphrase_wrong".into()));
    assert_eq!(run(&["status", "--passphrase-file", "nowhere"]).await, (5, "unreadable".into()));

    script.everifin.arm(Fault::ServerError, 1, "/v1/bank-accounts/");
    let partly = script.run(&["sync", "--json"]).await;
    let report = partly.json()["sync"].clone();
    assert_eq!((partly.code, report["failed"].as_u64()), (4, Some(1)), "{partly:?}");
    script.everifin.disarm();
    assert_eq!(script.run(&["sync", "--json"]).await.code, 0);

    script.everifin.revoke_session();
    assert_eq!(run(&["sync"]).await, (3, "sign_in_needed".into()));
    let status = script.run(&["status", "--json"]).await;
    assert_eq!((status.code, &status.json()["session"]), (0, &serde_json::json!("ended")));
    script.sign_in().await;
    assert_eq!(script.run(&["sync", "--json"]).await.json()["sync"]["added"], 0, "all is kept");

    let Script { everifin, folder } = script;
    everifin.stop().await;
    let script = Script { folder, ..Script::new().await };
    let offline = script.run(&["sync", "--json"]).await;
    assert_eq!(said(&offline), (6, "offline".into()));
    assert_eq!(script.run(&["accounts", "--json"]).await.code, 0, "what is known is shown all the same");
}

#[tokio::test]
async fn an_ended_consent_is_not_passed_over() {
    let script = Script::synced().await;
    let bank = script.everifin.sums().accounts[0].bank.clone();
    script.everifin.expire_consent(&bank);
    let synced = script.run(&["sync", "--json"]).await;
    let report = synced.json()["sync"].clone();
    assert_eq!(synced.code, 4, "{synced:?}");
    assert!(report["reconnect"].as_u64().unwrap() > 0 && report["failed"] == 0, "{report}");
}
