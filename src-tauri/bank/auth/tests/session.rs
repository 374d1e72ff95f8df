//! The session against an identity provider that grants, refuses, fails and hangs up.

use super::{World, grant, refusal};
use crate::auth::{Client, Environment, SessionState};
use crate::failure::{Failure, FailureKind, Result};
use crate::vault::Secret;
use crate::vault::lockable;
use chrono::TimeDelta;
use serde_json::Value;
use std::sync::atomic::Ordering;
use std::time::Duration;
use wiremock::ResponseTemplate;

const ANY: Duration = Duration::ZERO;

fn kind<T>(outcome: Result<T>) -> Option<FailureKind> {
    outcome.err().map(|failure| failure.kind)
}

#[tokio::test]
async fn a_thousand_callers_make_one_request() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(100))).await;
    let callers: Vec<_> = (0..1_000)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.access(ANY).await.map(|token| token.token.expose().clone()) })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), Ok("access-1".into()));
    }
    let forms = world.forms("token").await;
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0]["grant_type"], "refresh_token");
    assert_eq!(forms[0]["refresh_token"], "refresh-0");
    assert_eq!((forms[0]["client_id"].as_str(), forms[0]["client_secret"].as_str()), ("saldo-test", "s3cret"));
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
}

#[tokio::test]
async fn a_thousand_callers_share_one_failure_and_the_next_one_tries_anew() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(ResponseTemplate::new(503).set_delay(Duration::from_millis(200))).await;
    let callers: Vec<_> = (0..1_000)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { kind(session.access(ANY).await) })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), Some(FailureKind::ServiceDown));
    }
    world.server.reset().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    world.pass(TimeDelta::seconds(1));
    assert_eq!(session.access(ANY).await.unwrap().token.expose(), "access-1");
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_is_not_used_and_nothing_is_renewed_until_it_is() {
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    let session = world.signed_in().await;
    let locking = lock.clone();
    world
        .tokens(move |_: &wiremock::Request| {
            // The owner locks her keychain while the answer is on its way.
            locking.store(true, Ordering::SeqCst);
            grant("access-1", "refresh-1")
        })
        .await;
    for _ in 0..3 {
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::KeychainLocked));
    }
    lock.store(false, Ordering::SeqCst);
    assert_eq!(session.access(ANY).await.unwrap().token.expose(), "access-1");
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn a_locked_keychain_is_no_lost_session() {
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    let session = world.signed_in().await;
    lock.store(true, Ordering::SeqCst);
    assert_eq!(kind(session.state().await), Some(FailureKind::KeychainLocked));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::KeychainLocked));
    lock.store(false, Ordering::SeqCst);
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", Value::Null)).await;
    assert_eq!(session.access(ANY).await.unwrap().token.expose(), "access-1");
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
}

#[tokio::test]
async fn only_invalid_grant_ends_the_session_and_nothing_is_deleted() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(refusal(400, "invalid_grant")).await;
    for _ in 0..3 {
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
    }
    assert_eq!(session.state().await, Ok(SessionState::Ended));
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
    assert_eq!(world.forms("token").await.len(), 1, "a void token is not sent again");
}

#[tokio::test]
async fn trouble_at_the_server_never_ends_the_session() {
    use SessionState::{SignedIn, Uncertain};
    let page = |status, text: &str| ResponseTemplate::new(status).set_body_string(text);
    let cases = [
        (ResponseTemplate::new(500), FailureKind::ServiceDown, SignedIn),
        (ResponseTemplate::new(503), FailureKind::ServiceDown, SignedIn),
        (ResponseTemplate::new(502), FailureKind::ServiceDown, Uncertain),
        (ResponseTemplate::new(504), FailureKind::ServiceDown, Uncertain),
        (ResponseTemplate::new(408), FailureKind::ServiceDown, Uncertain),
        (refusal(500, "invalid_grant"), FailureKind::ServiceDown, SignedIn),
        (page(200, "<html>Please log in to the hotel's network</html>"), FailureKind::ServiceDown, Uncertain),
        (ResponseTemplate::new(200), FailureKind::ServiceDown, Uncertain),
        (ResponseTemplate::new(204), FailureKind::ServiceDown, Uncertain),
        (page(200, "{\"access_token\":\"cut"), FailureKind::ServiceDown, Uncertain),
        (page(200, "{\"error\":\"invalid_grant\"}"), FailureKind::AnswerUnreadable, Uncertain),
        (page(200, &"x".repeat(2 << 20)), FailureKind::ServiceDown, Uncertain),
        (
            ResponseTemplate::new(302).insert_header("Location", "https://evil.example/"),
            FailureKind::ServiceDown,
            SignedIn,
        ),
        (page(400, "<html>cloudflare</html>"), FailureKind::ServiceDown, SignedIn),
        (refusal(400, "invalid_request"), FailureKind::AnswerUnreadable, SignedIn),
        (refusal(401, "invalid_client"), FailureKind::CredentialsRejected, SignedIn),
        (refusal(400, "unauthorized_client"), FailureKind::CredentialsRejected, SignedIn),
        (page(404, "{\"error\":\"Realm does not exist\"}"), FailureKind::AddressWrong, SignedIn),
        (ResponseTemplate::new(407), FailureKind::ServiceDown, SignedIn),
    ];
    for (number, (answer, expected, state)) in cases.into_iter().enumerate() {
        let world = World::new().await;
        let session = world.signed_in().await;
        world.tokens(answer).await;
        assert_eq!(kind(session.access(ANY).await), Some(expected), "{number}");
        assert_eq!(session.state().await, Ok(state), "{number}: whether the token was changed is known, or not");
        assert_eq!(world.session().state().await, Ok(state), "{number}: also after a restart");
        assert_eq!(world.kept().await.as_deref(), Some("refresh-0"), "{number}");
        world.server.reset().await;
        world.tokens(grant("access-1", "refresh-1")).await;
        world.pass(TimeDelta::seconds(1));
        assert!(session.access(ANY).await.is_ok(), "{number}: all is well again");
        assert_eq!(session.state().await, Ok(SignedIn), "{number}");
    }
}

#[tokio::test]
async fn a_rate_limit_says_when_it_ends() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(ResponseTemplate::new(429).insert_header("Retry-After", "90")).await;
    let failure = session.access(ANY).await.err().unwrap();
    let until = Some(world.clock.now() + TimeDelta::seconds(90));
    assert_eq!(failure, Failure { kind: FailureKind::RateLimited, retry_at: until });
}

#[tokio::test]
async fn without_a_network_the_session_stays() {
    let world = World::new().await;
    let nobody = format!("http://127.0.0.1:{}", free_port().await);
    let environment = Environment::Custom { idp: nobody.clone(), api: nobody };
    let client = Client::new(&environment, "r", "c", Secret::new("s".into()), false).unwrap();
    world.vault.save_refresh_token(client.binding(), Secret::new("refresh-0".into())).await.unwrap();
    let session = world.session_of(Some(client));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::Offline));
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
}

async fn free_port() -> u16 {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    socket.local_addr().unwrap().port()
}

#[tokio::test]
async fn a_newer_token_of_another_process_is_taken_over() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.renews("refresh-0", refusal(400, "invalid_grant").set_delay(Duration::from_millis(300))).await;
    world.renews("refresh-theirs", grant("access-2", "refresh-2")).await;
    let asking = tokio::spawn({
        let session = session.clone();
        async move { session.access(ANY).await.map(|token| token.token.expose().clone()) }
    });
    // The other process saves its token while our request is on its way.
    while world.forms("token").await.is_empty() {
        tokio::task::yield_now().await;
    }
    world.vault.save_refresh_token(world.client().binding(), Secret::new("refresh-theirs".into())).await.unwrap();
    assert_eq!(asking.await.unwrap(), Ok("access-2".into()));
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.kept().await.as_deref(), Some("refresh-2"));
}

#[tokio::test]
async fn a_clock_that_is_wrong_or_set_neither_loops_nor_signs_out() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", Value::Null)).await;
    let requests = async || world.forms("token").await.len();
    session.access(ANY).await.unwrap();
    world.pass(TimeDelta::hours(-24));
    session.access(ANY).await.unwrap();
    assert_eq!(requests().await, 1, "set back: the steady clock counts");
    world.pass(TimeDelta::hours(48));
    for _ in 0..5 {
        session.access(ANY).await.unwrap();
    }
    assert_eq!(requests().await, 2, "set forward: one renewal and no loop");
    world.pass(TimeDelta::seconds(239));
    session.access(ANY).await.unwrap();
    assert_eq!(requests().await, 2);
    world.pass(TimeDelta::seconds(2));
    session.access(ANY).await.unwrap();
    assert_eq!(requests().await, 3, "a minute before its end it is renewed");
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
}

#[tokio::test]
async fn a_payment_gets_a_token_that_lasts() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", Value::Null)).await;
    session.access(ANY).await.unwrap();
    world.pass(TimeDelta::seconds(200));
    session.access(ANY).await.unwrap();
    assert_eq!(world.forms("token").await.len(), 1);
    session.access(Duration::from_secs(120)).await.unwrap();
    assert_eq!(world.forms("token").await.len(), 2);
}

#[tokio::test]
async fn a_storm_of_rejections_renews_once() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    let old = session.access(ANY).await.unwrap();
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let (session, old) = (session.clone(), old.clone());
            tokio::spawn(async move {
                session.reject(&old);
                session.access(ANY).await.is_ok()
            })
        })
        .collect();
    for caller in callers {
        assert!(caller.await.unwrap());
    }
    assert_eq!(world.forms("token").await.len(), 2);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_token() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(100))).await;
    let caller = tokio::spawn({
        let session = session.clone();
        async move { session.access(ANY).await.is_ok() }
    });
    while world.forms("token").await.is_empty() {
        tokio::task::yield_now().await;
    }
    caller.abort();
    assert!(caller.await.is_err());
    assert_eq!(session.access(ANY).await.unwrap().token.expose(), "access-1");
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn signing_out_tells_everifin_and_forgets() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    assert!(session.sign_out().await.unwrap().server_told);
    assert_eq!(world.forms("logout").await[0]["refresh_token"], "refresh-0");
    assert_eq!(world.kept().await, None);
    assert_eq!(session.state().await, Ok(SessionState::SignedOut));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
    assert!(world.forms("token").await.is_empty());
}

#[tokio::test]
async fn signing_out_forgets_even_when_everifin_does_not_hear() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.endpoint("POST", "logout", ResponseTemplate::new(503)).await;
    assert!(!session.sign_out().await.unwrap().server_told);
    assert_eq!(world.kept().await, None);
    assert!(!session.sign_out().await.unwrap().server_told, "signing out twice is well");
}

#[tokio::test]
async fn signing_out_during_a_renewal_leaves_nothing_behind() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(100))).await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    let renewing = tokio::spawn({
        let session = session.clone();
        async move { session.access(ANY).await.is_ok() }
    });
    while world.forms("token").await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(session.sign_out().await.unwrap().server_told);
    renewing.await.unwrap();
    assert_eq!(
        world.forms("logout").await[0]["refresh_token"],
        "refresh-1",
        "the newest token is the one that is ended"
    );
    assert_eq!(world.kept().await, None);
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded));
}

#[tokio::test]
async fn without_credentials_nothing_is_asked() {
    let world = World::new().await;
    let session = world.session_of(None);
    assert_eq!(session.state().await, Ok(SessionState::SignedOut));
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::CredentialsMissing));
}

#[tokio::test]
async fn c16_renewals_with_a_locked_keychain_bring_one_prompt_and_go_on_when_the_owner_acts() {
    let (vault, lock, prompts) = lockable::prompting();
    let world = World::with(vault.clone()).await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    lock.store(true, Ordering::SeqCst);
    for _ in 0..10 {
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::KeychainLocked), "and that is what is said");
        world.pass(TimeDelta::minutes(5));
    }
    assert_eq!(prompts.load(Ordering::SeqCst), 1);
    assert!(world.forms("token").await.is_empty());
    vault.ask_again();
    lock.store(false, Ordering::SeqCst);
    assert!(session.access(ANY).await.is_ok());
    assert_eq!(prompts.load(Ordering::SeqCst), 1);
}
