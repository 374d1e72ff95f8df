//! Several Saldos of one user renew one session (security.md B-02 to B-04, F5, F6, F11, T13).

use super::other::{RENEWALS, STOPS, WAITS};
use super::place::Place;
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test]
async fn five_processes_send_no_token_twice_and_each_takes_over_the_newest() {
    let place = Place::after(0).await;
    let others: Vec<_> = (0..5).map(|_| place.start(&[(RENEWALS, "4")])).collect();
    let mut tokens = BTreeSet::new();
    for other in others {
        let said = other.rest();
        assert_eq!((said.len(), said[5].as_str()), (6, "state SignedIn"), "{said:?}");
        tokens.extend(said[1..5].to_vec());
    }
    assert_eq!(tokens.len(), 20, "every process got tokens of its own");
    let book = place.rotating.book().clone();
    assert_eq!(book.sent, (0..20).collect::<Vec<_>>(), "one request for each refresh token, in order");
    assert!(book.alive);
    assert_eq!(place.kept_number().await, 20);
    println!("5 processes, {} renewals, refresh tokens sent twice: 0", book.sent.len());
}

#[tokio::test]
async fn whatever_step_one_process_stands_at_the_other_waits_for_it() {
    for step in ["Locked", "Read", "Asked", "Granted", "half 1", "half 2", "half 3", "half 4", "Saved", "Closed"] {
        let place = Place::after(1).await;
        let mut first = place.start(&[(STOPS, step)]);
        first.will_say(&format!("at {step}"));
        let requests = place.rotating.requests();
        let second = place.start(&[(WAITS, "100")]);
        second.will_say("failed OtherSaldo");
        assert_eq!(place.rotating.requests(), requests, "{step}: the other one asks nothing");
        first.go_on();
        assert_eq!(first.rest(), ["token access-2", "state SignedIn"], "{step}");
        second.will_say("token access-3");
        assert_eq!(second.rest(), ["state SignedIn"], "{step}");
        assert_eq!(place.rotating.book().sent, [0, 1, 2], "{step}");
    }
}

#[tokio::test]
async fn a_frozen_process_keeps_its_lock_and_finishes_when_it_wakes() {
    let place = Place::after(0).await;
    place.rotating.book().delay = Duration::from_millis(300);
    let frozen = place.start(&[]);
    super::until("it has asked", async || place.rotating.requests() == 1).await;
    frozen.signal("-STOP");
    let second = place.start(&[(WAITS, "100")]);
    // Longer than its answer took: it lies there unread.
    for _ in 0..8 {
        second.will_say("failed OtherSaldo");
    }
    assert_eq!(place.rotating.requests(), 1, "the lock is not taken from it");
    frozen.signal("-CONT");
    frozen.will_say("token access-1");
    second.will_say("token access-2");
    assert_eq!(place.rotating.book().sent, [0, 1]);
}

#[tokio::test]
async fn a_process_that_is_killed_frees_the_lock_at_once() {
    let place = Place::after(0).await;
    let mut first = place.start(&[(STOPS, "Asked")]);
    first.will_say("at Asked");
    let second = place.start(&[]);
    assert_eq!(second.says(), "state Uncertain", "somebody has asked, and nobody has heard yet");
    first.kill();
    second.will_say("token access-1");
    assert_eq!(second.rest(), ["state SignedIn"]);
    assert!(place.home().join("session.lock").exists(), "the file stays and means nothing");
}
