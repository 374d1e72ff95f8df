//! Saldo dies at every step of a renewal and is started again (security.md F4, T14).

use super::other::{DIES, RENEWALS};
use super::place::Place;
use super::until;
use std::time::Duration;

/// Where it dies, whether the session must live on, and what is known at the next start. The keychain gets the token in two
/// parts, each in two halves, the part with the checksum last.
const CRASHES: [(&str, bool, &str); 10] = [
    ("Locked", true, "SignedIn"),
    ("Read", true, "SignedIn"),
    ("Asked", true, "Uncertain"),
    // Everifin has rotated and its answer died with Saldo.
    ("Granted", false, "Uncertain"),
    ("half 1", false, "Uncertain"),
    ("half 2", false, "Uncertain"),
    ("half 3", false, "Uncertain"),
    // The token is in the keychain.
    ("half 4", true, "SignedIn"),
    ("Saved", true, "SignedIn"),
    ("Closed", true, "SignedIn"),
];

/// What must be after a death, and at the next start of Saldo.
async fn is_as_it_must_be(place: &Place, lives: bool, known: &str, step: &str) {
    let before = place.kept_number().await;
    let good = place.rotating.book().good;
    assert_eq!(before == good, lives, "{step}: the keychain has token {before}, {good} is the good one");
    place.book();
    let sent = place.rotating.requests();
    let said = place.start(&[(RENEWALS, "2")]).rest();
    assert_eq!(said[0], format!("state {known}"), "{step}");
    let twice = |sent: &[u64]| sent.windows(2).filter(|two| two[0] == two[1]).count();
    if lives {
        let renewed = [format!("token access-{}", good + 1), format!("token access-{}", good + 2)];
        assert_eq!(said[1..], [&renewed[..], &["state SignedIn".to_owned()]].concat(), "{step}");
        assert_eq!(twice(&place.rotating.book().sent), 0, "{step}: no token is sent twice");
        assert_eq!(place.kept_number().await, good + 2);
    } else {
        assert_eq!(said[1..], ["failed SignInNeeded", "state Ended"], "{step}");
        assert_eq!(place.rotating.requests(), sent + 1, "{step}: asked once more, and not again");
        assert_eq!(place.kept_number().await, before, "{step}: nothing is deleted");
        assert_eq!(twice(&place.rotating.book().sent), 1, "{step}");
        place.sign_in().await;
        let again = place.start(&[]).rest();
        assert_eq!(again[0], "state SignedIn", "{step}");
        assert!(again[1].starts_with("token"), "{step}: {again:?}");
    }
    place.book();
}

#[tokio::test]
async fn a_crash_at_every_step_ends_in_a_valid_session_or_in_a_sign_in_with_all_data_kept() {
    let mut lived = 0;
    for (step, lives, known) in CRASHES {
        // Each slot of the keychain has its turn.
        for renewals in 0..3 {
            let place = Place::after(renewals).await;
            let said = place.start(&[(DIES, step)]).rest();
            assert_eq!(said, ["state SignedIn"], "it died at {step}");
            is_as_it_must_be(&place, lives, known, step).await;
            lived += usize::from(lives);
        }
    }
    let crashes = CRASHES.len() * 3;
    println!(
        "{crashes} crashes at {} steps: {lived} sessions went on, {} had to be signed in again",
        CRASHES.len(),
        crashes - lived
    );
}

#[tokio::test]
async fn a_kill_while_everifin_answers_loses_that_answer_and_nothing_else() {
    for renewals in 0..3 {
        let place = Place::after(renewals).await;
        let requests = place.rotating.requests();
        place.rotating.book().delay = Duration::from_secs(30);
        let mut other = place.start(&[]);
        until("the question has arrived", async || place.rotating.requests() > requests).await;
        other.kill();
        other.rest();
        place.rotating.book().delay = Duration::ZERO;
        is_as_it_must_be(&place, false, "Uncertain", "sent").await;
    }
}
