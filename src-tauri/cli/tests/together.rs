//! Several of it at once on the same data, as beside a window.

use crate::script::{Ended, Script, browse};
use sandbox::Fault;
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

async fn count(script: &Script) -> usize {
    let all = script.run(&["transactions", "--json"]).await.json();
    all["transactions"].as_array().unwrap().len()
}

#[tokio::test]
async fn two_that_sync_at_once_double_nothing_and_send_no_token_twice() {
    let script = Script::new().await;
    script.sign_in().await;
    let before = script.everifin.counts();
    let (one, two) = tokio::join!(script.run(&["sync", "--json"]), script.run(&["sync", "--json"]));
    assert_eq!((one.code, two.code), (0, 0), "{one:?} {two:?}");
    let added = [&one, &two].map(|ended| ended.json()["sync"]["added"].as_u64().unwrap() as usize);
    let truth = script.everifin.sums().transactions;
    assert_eq!(added.iter().sum::<usize>(), truth, "{added:?}");
    assert!(added.contains(&0), "the second found nothing new: {added:?}");
    assert_eq!(count(&script).await, truth);
    let counts = script.everifin.counts();
    let of = |name: &str| counts.get(name).copied().unwrap_or_default() - before.get(name).copied().unwrap_or_default();
    assert_eq!((of("refresh token rotated"), of("refresh token reused")), (2, 0));
}

#[tokio::test]
async fn one_that_is_killed_in_the_middle_leaves_the_other_all_its_rights() {
    let script = Script::new().await;
    script.sign_in().await;
    // The killed one hangs in the middle of an account, and holds the turn.
    script.everifin.arm(Fault::Slow { millis: 60_000 }, 1, "/v1/bank-accounts/");
    let mut hanging = script.command(&["sync", "--json"]).spawn().unwrap();
    let mut progress = BufReader::new(hanging.stderr.take().unwrap()).lines();
    while !progress.next_line().await.unwrap().expect("it reads").contains("\"reading\"") {}
    let mut waiting = script.command(&["sync", "--json"]).spawn().unwrap();
    let mut told = BufReader::new(waiting.stderr.take().unwrap());
    let mut first = String::new();
    let early = tokio::time::timeout(Duration::from_secs(2), told.read_line(&mut first)).await;
    assert!(early.is_err(), "it waits for its turn: {first}");
    hanging.kill().await.unwrap();
    let mut rest = String::new();
    let (ended, _) = tokio::join!(waiting.wait_with_output(), told.read_to_string(&mut rest));
    let ended: Ended = ended.unwrap().into();
    assert_eq!(ended.code, 0, "{ended:?} {rest}");
    assert_eq!(count(&script).await, script.everifin.sums().transactions);
    assert_eq!(script.everifin.counts().get("refresh token reused"), None);
}

#[tokio::test]
async fn whenever_one_is_killed_the_next_goes_on() {
    let script = Script::new().await;
    script.sign_in().await;
    for mark in ["\"accounts\"", "\"reading\"", "\"done\""] {
        let mut killed = script.command(&["sync", "--json"]).spawn().unwrap();
        let mut progress = BufReader::new(killed.stderr.take().unwrap()).lines();
        while !progress.next_line().await.unwrap().expect("it reads").contains(mark) {}
        killed.kill().await.unwrap();
    }
    let synced = script.run(&["sync", "--json"]).await;
    assert_eq!(synced.code, 0, "{synced:?}");
    assert_eq!(count(&script).await, script.everifin.sums().transactions);
    assert_eq!(script.everifin.counts().get("refresh token reused"), None);
}

#[tokio::test]
async fn two_that_begin_the_same_book_at_once_draw_one_key() {
    let script = Script::new().await;
    let secret = script.everifin.client_secret();
    let (one, two) = tokio::join!(script.begin(secret, &[]), script.begin(secret, &[]));
    browse(&one.address, "decision=accept").await;
    browse(&two.address, "decision=accept").await;
    let (one, two) = (one.end().await, two.end().await);
    assert_eq!((one.0.code, two.0.code), (0, 0), "{one:?} {two:?}");
    assert_eq!(script.run(&["sync", "--json"]).await.code, 0);
}

#[tokio::test]
async fn a_session_that_one_renewed_is_the_others_too() {
    let script = Script::new().await;
    script.sign_in().await;
    for _ in 0..3 {
        let (one, two) = tokio::join!(script.run(&["sync", "--json"]), script.run(&["status", "--json"]));
        assert_eq!((one.code, two.code), (0, 0), "{one:?} {two:?}");
        let session: Value = two.json()["session"].clone();
        assert!(session == "signed_in" || session == "uncertain", "{session}");
    }
    assert_eq!(script.everifin.counts().get("refresh token reused"), None);
}
