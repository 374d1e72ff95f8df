//! Answers that are lost, late, wrong or not there; files that were restored; clocks that jump (security.md 3.4: F1 to F3, F7 to F10).

use super::rotating::{Rotating, refresh};
use super::{ANY, impatient, kind, until};
use crate::auth::SessionState;
use crate::auth::tests::{World, grant};
use crate::failure::FailureKind;
use crate::store::renewal::Renewal;
use crate::vault::{Secret, lockable};
use chrono::TimeDelta;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use wiremock::{Request, ResponseTemplate};

async fn keeps(world: &World, token: &str) -> u64 {
    world.vault.save_refresh_token(world.client().binding(), Secret::new(token.to_owned())).await.unwrap()
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_says_that_the_session_is_over() {
    let world = World::new().await;
    let rotating = Rotating::on(&world.server).await;
    keeps(&world, &refresh(0)).await;
    let session = world.session();
    rotating.book().cut = true;
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::ServiceDown));
    assert_eq!(session.state().await, Ok(SessionState::Uncertain));
    assert_eq!(rotating.requests(), 1);
    rotating.book().cut = false;
    // Saldo was ended meanwhile; what is not known is known to be unknown.
    let session = world.session();
    assert_eq!(session.state().await, Ok(SessionState::Uncertain));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
    assert_eq!(session.state().await, Ok(SessionState::Ended));
    assert_eq!(world.session().state().await, Ok(SessionState::Ended), "known at the next start, without asking");
    assert_eq!(kind(world.session().access(ANY).await), Some(FailureKind::SignInNeeded));
    assert_eq!(rotating.book().sent, [0, 0], "once, and once again; never a third time");
    assert_eq!(world.kept().await, Some(refresh(0)), "nothing is deleted");
}

#[tokio::test]
async fn a_request_that_never_arrived_is_made_again_and_the_session_goes_on() {
    let world = World::new().await;
    let session = world.signed_in().await;
    // A gateway that did not hear Everifin; as far as anybody knows here, Everifin may have heard it.
    world.tokens(ResponseTemplate::new(504)).await;
    for wait in [1, 2, 4] {
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::ServiceDown));
        assert_eq!(session.state().await, Ok(SessionState::Uncertain));
        world.pass(TimeDelta::seconds(wait));
    }
    assert_eq!(world.forms("token").await.len(), 3);
    world.server.reset().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    assert_eq!(session.access(ANY).await.unwrap().token.expose(), "access-1");
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.session().state().await, Ok(SessionState::SignedIn));
}

#[tokio::test]
async fn what_is_uncertain_stays_so_until_everifin_says_yes_or_no() {
    let world = World::new().await;
    let session = world.signed_in().await;
    // A gateway that did not hear Everifin; as far as anybody knows here, Everifin may have heard it.
    world.tokens(ResponseTemplate::new(504)).await;
    session.access(ANY).await.err().unwrap();
    for status in [503, 429, 500] {
        world.server.reset().await;
        world.tokens(ResponseTemplate::new(status)).await;
        world.pass(TimeDelta::minutes(2));
        session.access(ANY).await.err().unwrap();
        assert_eq!(session.state().await, Ok(SessionState::Uncertain), "{status} says nothing of the first request");
        assert_eq!(world.session().state().await, Ok(SessionState::Uncertain));
    }
}

#[tokio::test]
async fn ten_failures_are_asked_about_with_longer_and_longer_rests() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(ResponseTemplate::new(503)).await;
    for (asked, wait) in [1, 2, 4, 8, 16, 30, 30, 30, 30, 30].into_iter().enumerate() {
        for _ in 0..2 {
            assert_eq!(kind(session.access(ANY).await), Some(FailureKind::ServiceDown));
        }
        assert_eq!(world.forms("token").await.len(), asked + 1);
        world.pass(TimeDelta::seconds(wait - 1));
        session.access(ANY).await.err().unwrap();
        assert_eq!(world.forms("token").await.len(), asked + 1, "a second too early");
        world.pass(TimeDelta::seconds(1));
    }
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    world.server.reset().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    assert!(session.access(ANY).await.is_ok());
}

#[tokio::test]
async fn a_rate_limit_is_not_tried_before_its_end() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(ResponseTemplate::new(429).insert_header("Retry-After", "90")).await;
    let failure = session.access(ANY).await.err().unwrap();
    world.pass(TimeDelta::seconds(89));
    assert_eq!(session.access(ANY).await.err(), Some(failure));
    assert_eq!(world.forms("token").await.len(), 1);
    world.pass(TimeDelta::seconds(1));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::RateLimited));
    assert_eq!(world.forms("token").await.len(), 2);
}

#[tokio::test]
async fn an_answer_that_comes_when_nobody_waits_any_more_is_kept() {
    let world = World::new().await;
    let session = {
        world.signed_in().await;
        impatient(&world, 50, 20_000)
    };
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(400))).await;
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { kind(session.access(ANY).await) })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), Some(FailureKind::ServiceDown), "nobody is kept");
    }
    until("the late token is kept", async || world.kept().await.as_deref() == Some("refresh-1")).await;
    until("it can be used", async || session.access(ANY).await.is_ok()).await;
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn an_unsaved_token_is_saved_by_itself_as_soon_as_the_keychain_takes_it() {
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    let session = world.signed_in().await;
    let locking = lock.clone();
    world
        .tokens(move |_: &Request| {
            locking.store(true, Ordering::SeqCst);
            grant("access-1", "refresh-1")
        })
        .await;
    let mut changes = session.changes();
    session.state().await.unwrap();
    for _ in 0..5 {
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::KeychainLocked));
        assert_eq!(session.state().await, Ok(SessionState::Unsaved));
    }
    assert!(changes.has_changed().unwrap(), "the window is told");
    changes.mark_unchanged();
    // Another process must not send the token that is spent, whatever the keychain says.
    assert_eq!(kind(impatient(&world, 50, 50).queue().await), Some(FailureKind::OtherSaldo));
    // The book is closed meanwhile.
    drop(session);
    lock.store(false, Ordering::SeqCst);
    until("it is saved", async || world.kept().await.as_deref() == Some("refresh-1")).await;
    until("others may renew", async || impatient(&world, 0, 50).queue().await.is_ok()).await;
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn signing_out_drops_an_unsaved_token_and_ends_it_at_everifin() {
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    let session = world.signed_in().await;
    let locking = lock.clone();
    world
        .tokens(move |_: &Request| {
            locking.store(true, Ordering::SeqCst);
            grant("access-1", "refresh-1")
        })
        .await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    session.access(ANY).await.err().unwrap();
    lock.store(false, Ordering::SeqCst);
    assert!(session.sign_out().await.unwrap().server_told);
    assert_eq!(world.forms("logout").await[0]["refresh_token"], "refresh-1");
    session.settle().await;
    assert_eq!(world.kept().await, None);
    assert_eq!(session.state().await, Ok(SessionState::SignedOut));
}

#[tokio::test]
async fn a_session_whose_book_is_removed_leaves_nothing_in_the_keychain() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(200))).await;
    let asking = tokio::spawn({
        let session = session.clone();
        async move { session.access(ANY).await.is_ok() }
    });
    until("the request is on its way", async || !world.forms("token").await.is_empty()).await;
    session.give_up().await;
    world.vault.forget_session().await.unwrap();
    asking.await.unwrap();
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
    assert_eq!((world.kept().await, world.forms("token").await.len()), (None, 1));
}

#[tokio::test]
async fn an_end_of_saldo_waits_for_the_renewal_under_way() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(200))).await;
    let asking = tokio::spawn({
        let session = session.clone();
        async move { session.access(ANY).await.is_ok() }
    });
    until("the request is on its way", async || !world.forms("token").await.is_empty()).await;
    session.settle().await;
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
    assert!(asking.await.unwrap());
}

#[tokio::test]
async fn a_restored_keychain_is_never_sent_and_a_restored_book_does_no_harm() {
    let world = World::new().await;
    let rotating = Rotating::on(&world.server).await;
    let first = keeps(&world, &refresh(0)).await;
    world.session().access(ANY).await.unwrap();
    world.session().access(ANY).await.unwrap();
    let old_book = Renewal { lowest: first, asked: None };
    let book = world.store.renewal().unwrap();
    assert_eq!((book.lowest, rotating.requests()), (first + 2, 2));
    // The book of two renewals ago, then one that knows nothing.
    for restored in [old_book, Renewal::default()] {
        world.store.save_renewal(restored).unwrap();
        assert_eq!(world.session().state().await, Ok(SessionState::SignedIn));
        world.session().access(ANY).await.unwrap();
    }
    // The keychain of a copy of this computer made yesterday.
    let book = world.store.renewal().unwrap();
    world.vault.forget_session().await.unwrap();
    keeps(&world, &refresh(1)).await;
    let requests = rotating.requests();
    let session = world.session();
    assert_eq!(session.state().await, Ok(SessionState::Ended));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
    assert_eq!((rotating.requests(), rotating.book().alive), (requests, true), "the other computer's session lives");
    assert_eq!(world.store.renewal().unwrap(), book);
    assert_eq!(world.kept().await, Some(refresh(1)));
}

#[tokio::test]
async fn two_books_renew_apart_and_the_end_of_one_is_not_the_others() {
    let (ours, theirs) = (World::new().await, World::new().await);
    let (one, other) = (ours.signed_in().await, theirs.signed_in().await);
    ours.tokens(ResponseTemplate::new(400).set_body_string("{\"error\":\"invalid_grant\"}")).await;
    theirs.tokens(grant("access-1", "refresh-1")).await;
    let held = impatient(&ours, 50, 50).queue().await.unwrap();
    assert!(other.access(ANY).await.is_ok(), "the lock of one book does not keep the other waiting");
    drop(held);
    assert_eq!(kind(one.access(ANY).await), Some(FailureKind::SignInNeeded));
    assert_eq!(theirs.kept().await.as_deref(), Some("refresh-1"));
    assert_eq!(other.state().await, Ok(SessionState::SignedIn));
}

#[tokio::test]
async fn a_clock_that_jumps_between_request_and_keeping_neither_loops_nor_signs_out() {
    for hours in [-24 * 365, -24, 24, 24 * 365] {
        let world = World::new().await;
        world.signed_in().await;
        // The clock is set while the answer is on its way.
        let ahead = Arc::new(AtomicI64::new(0));
        let (jump, base) = (ahead.clone(), world.clock.now());
        let clock = crate::clock::Clock::from_fn({
            let ahead = ahead.clone();
            move || base + TimeDelta::hours(ahead.load(Ordering::SeqCst))
        });
        let (vault, store) = (world.vault.clone(), world.store.clone());
        let session = super::Session::new(Some(world.client()), vault, store, &world.lock(), clock).unwrap();
        world
            .tokens(move |_: &Request| {
                jump.store(hours, Ordering::SeqCst);
                grant("access-1", "refresh-1")
            })
            .await;
        for _ in 0..10 {
            assert!(session.access(ANY).await.is_ok());
        }
        assert_eq!(world.forms("token").await.len(), 1, "{hours} h");
        ahead.store(0, Ordering::SeqCst);
        for _ in 0..10 {
            assert!(session.access(ANY).await.is_ok());
        }
        assert!(world.forms("token").await.len() <= 2, "set right again: at most one renewal more");
        assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    }
}

#[tokio::test]
async fn an_api_that_rejects_every_token_costs_one_renewal_in_half_a_minute() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    for _ in 0..100 {
        let token = session.access(ANY).await.unwrap();
        session.reject(&token);
    }
    assert_eq!(world.forms("token").await.len(), 2, "the first token, and one in place of it");
    world.pass(TimeDelta::seconds(30));
    session.reject(&session.access(ANY).await.unwrap());
    session.access(ANY).await.unwrap();
    assert_eq!(world.forms("token").await.len(), 3);
}

#[tokio::test]
async fn without_rotation_and_with_it_the_session_lives() {
    // Rotation off: the string may change or not, the old one stays good. Rotation on is everything else here.
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access", "refresh-0")).await;
    for _ in 0..3 {
        world.pass(TimeDelta::seconds(300));
        assert!(session.access(ANY).await.is_ok());
    }
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
}

#[tokio::test]
async fn a_book_that_cannot_be_written_keeps_the_question_unasked() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    let change = |step: &str| world.store.write(|book| Ok(book.execute_batch(step)?)).unwrap();
    change("CREATE TRIGGER full BEFORE INSERT ON renewal BEGIN SELECT RAISE(ABORT, 'full'); END");
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::StoreFailed));
    assert!(world.forms("token").await.is_empty(), "what cannot be written down is not asked");
    change("DROP TRIGGER full");
    assert!(session.access(ANY).await.is_ok());
}
