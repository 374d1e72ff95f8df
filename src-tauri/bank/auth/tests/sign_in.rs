//! The attempt: who may end it, how often, and by which way. Cases C22 to C26, C30 and C38 to C47 live here.

use super::{World, answer, grant, parameter, refusal};
use crate::auth::{Received, SessionState, SignIn, SignInState, Via};
use crate::failure::FailureKind;
use crate::vault::lockable;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sha2::{Digest, Sha256};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use wiremock::ResponseTemplate;

/// A world whose identity provider shows a sign-in page and grants.
pub(super) async fn willing() -> World {
    let world = World::new().await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200).set_body_string("<html>Sign in</html>")).await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    world.tokens(grant("access-1", "refresh-1")).await;
    world
}

fn waits(sign_in: &SignIn) -> bool {
    matches!(sign_in.state(), SignInState::Waiting { wrong_link: false, .. })
}

fn warns(sign_in: &SignIn) -> bool {
    matches!(sign_in.state(), SignInState::Waiting { wrong_link: true, .. })
}

fn failed(sign_in: &SignIn) -> Option<FailureKind> {
    match sign_in.state() {
        SignInState::Failed { failure } => Some(failure.kind),
        _ => None,
    }
}

#[tokio::test]
async fn a_yes_in_the_browser_signs_in() {
    let world = willing().await;
    let session = world.session();
    let sign_in = SignIn::new(session.clone(), StdRng::seed_from_u64(7));
    assert_eq!(sign_in.state(), SignInState::Idle);
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    assert!(waits(&sign_in));
    assert_eq!(sign_in.address(), Some(url.clone()));
    assert_eq!(parameter(&url, "response_type"), "code");
    assert_eq!(parameter(&url, "scope"), "ais pis");
    assert_eq!(parameter(&url, "redirect_uri"), "app.saldo.desktop:/oauth/callback");
    assert!(parameter(&url, "state").len() >= 22, "128 bits at least");

    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
    assert_eq!(session.access(Duration::ZERO).await.unwrap().token.expose(), "access-1");

    let forms = world.forms("token").await;
    assert_eq!(forms.len(), 1, "the granted access token is used, not renewed");
    let form = &forms[0];
    assert_eq!((form["grant_type"].as_str(), form["code"].as_str()), ("authorization_code", "c0de"));
    assert_eq!(form["redirect_uri"], parameter(&url, "redirect_uri"));
    let verifier = &form["code_verifier"];
    assert!((43..=128).contains(&verifier.len()));
    assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)), parameter(&url, "code_challenge"));
    assert_eq!(parameter(&url, "code_challenge_method"), "S256");
}

#[tokio::test]
async fn each_attempt_is_fresh_and_the_probe_gives_nothing_away() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let (a, b) = (sign_in.begin(Via::DeepLink).await.unwrap(), sign_in.begin(Via::DeepLink).await.unwrap());
    assert_ne!(parameter(&a, "state"), parameter(&b, "state"));
    assert_ne!(parameter(&a, "code_challenge"), parameter(&b, "code_challenge"));
    for request in world.server.received_requests().await.unwrap() {
        assert_ne!(parameter(&request.url, "state"), parameter(&b, "state"));
    }
}

#[tokio::test]
async fn c22_c26_c30_c38_a_foreign_state_changes_nothing() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let state = parameter(&url, "state");
    let mut last = state.clone().into_bytes();
    *last.last_mut().unwrap() ^= 1;
    let last = String::from_utf8(last).unwrap();
    let flipped: String = state
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    let foreign = [
        String::from("unknown"),
        last,
        state[..state.len() - 1].to_owned(),
        flipped,
        format!("{state}="),
        format!("{state}%20"),
    ];
    for other in foreign {
        for what in ["code=evil", "error=access_denied"] {
            let raw = format!("app.saldo.desktop:/oauth/callback?{what}&state={other}");
            assert_ne!(sign_in.receive(&raw).await, Received::Finished, "{raw}");
            assert!(warns(&sign_in));
        }
    }
    assert!(world.forms("token").await.is_empty());
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);
}

#[tokio::test]
async fn c23_an_answer_after_ten_minutes_is_old() {
    for by in [TimeDelta::minutes(10), TimeDelta::days(400), TimeDelta::minutes(-5)] {
        let world = willing().await;
        let sign_in = world.sign_in();
        let url = sign_in.begin(Via::DeepLink).await.unwrap();
        world.pass(by);
        assert_eq!(sign_in.state(), SignInState::TimedOut);
        assert_eq!(sign_in.address(), None);
        assert_eq!(sign_in.receive(&answer(&url)).await, Received::Old);
        assert_eq!(sign_in.state(), SignInState::TimedOut);
        assert!(world.forms("token").await.is_empty());
    }
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    world.pass(TimeDelta::seconds(599));
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
}

#[tokio::test]
async fn c24_a_reload_in_the_browser_is_silent() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    sign_in.receive(&answer(&url)).await;
    for _ in 0..3 {
        assert_eq!(sign_in.receive(&answer(&url)).await, Received::Old);
        assert_eq!(sign_in.state(), SignInState::Connected);
    }
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn c25_c44_a_new_attempt_makes_the_earlier_one_old() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let first = sign_in.begin(Via::DeepLink).await.unwrap();
    let second = sign_in.begin(Via::DeepLink).await.unwrap();
    assert_eq!(sign_in.receive(&answer(&first)).await, Received::Old);
    assert!(warns(&sign_in));
    assert_eq!(sign_in.receive(&answer(&second)).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);
}

#[tokio::test]
async fn c27_a_wrong_issuer_is_ignored_and_the_right_one_taken() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    assert_eq!(sign_in.receive(&format!("{}&iss=https://evil.example", answer(&url))).await, Received::Wrong);
    assert!(warns(&sign_in));
    let issuer = format!("{}/auth/realms/everifin_app", world.server.uri());
    assert_eq!(sign_in.receive(&format!("{}&iss={issuer}", answer(&url))).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);
}

#[tokio::test]
async fn c29_a_no_ends_the_attempt() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let raw = format!("app.saldo.desktop:/oauth/callback?error=access_denied&state={}", parameter(&url, "state"));
    assert_eq!(sign_in.receive(&raw).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Denied);
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Old, "no second answer");
    assert!(world.forms("token").await.is_empty());
}

#[tokio::test]
async fn c39_a_code_that_the_server_does_not_redeem_fails() {
    for (refused, expected) in [
        (refusal(400, "invalid_grant"), FailureKind::LinkOld),
        (refusal(401, "invalid_client"), FailureKind::CredentialsRejected),
        (ResponseTemplate::new(500), FailureKind::ServiceDown),
        (grant("access-1", serde_json::Value::Null), FailureKind::AnswerUnreadable),
    ] {
        let world = World::new().await;
        world.endpoint("GET", "auth", ResponseTemplate::new(200)).await;
        world.tokens(refused).await;
        let sign_in = world.sign_in();
        let url = sign_in.begin(Via::DeepLink).await.unwrap();
        assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
        assert_eq!(failed(&sign_in), Some(expected));
        assert_eq!(world.kept().await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c40_of_two_answers_at_once_one_is_redeemed() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let deliveries: Vec<_> = (0..20)
        .map(|_| {
            let (sign_in, raw) = (sign_in.clone(), answer(&url));
            tokio::spawn(async move { sign_in.receive(&raw).await })
        })
        .collect();
    let mut finished = 0;
    for delivery in deliveries {
        finished += usize::from(delivery.await.unwrap() == Received::Finished);
    }
    assert_eq!((finished, world.forms("token").await.len()), (1, 1));
    assert_eq!(sign_in.state(), SignInState::Connected);
}

#[tokio::test]
async fn c41_ten_thousand_foreign_links_cost_little_and_the_right_one_still_counts() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let mut changes = sign_in.changes();
    changes.mark_unchanged();
    let started = Instant::now();
    let mut noticed = 0;
    for number in 0..10_000 {
        sign_in.receive(&format!("app.saldo.desktop:/oauth/callback?code=c&state={number}")).await;
        noticed += usize::from(changes.has_changed().unwrap());
        changes.mark_unchanged();
    }
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(noticed, 1, "the window hears of it once");
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
}

#[tokio::test]
async fn c43_an_answer_that_starts_saldo_is_redeemed_once() {
    let world = willing().await;
    let url = world.sign_in().begin(Via::DeepLink).await.unwrap();
    world.pass(TimeDelta::minutes(2));
    let started = world.sign_in();
    assert_eq!(started.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(started.state(), SignInState::Connected);
    assert_eq!(started.receive(&answer(&url)).await, Received::Old, "the window was loaded again");
    assert_eq!(world.sign_in().receive(&answer(&url)).await, Received::Old, "Saldo was started again");
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn an_answer_that_starts_saldo_too_late_or_for_another_client_is_old() {
    let world = willing().await;
    let url = world.sign_in().begin(Via::DeepLink).await.unwrap();
    world.pass(TimeDelta::minutes(11));
    assert_eq!(world.sign_in().receive(&answer(&url)).await, Received::Old);
    assert!(world.forms("token").await.is_empty());

    let other = willing().await;
    let url = other.sign_in().begin(Via::DeepLink).await.unwrap();
    let elsewhere = World::with(other.vault.clone()).await;
    assert_eq!(elsewhere.sign_in().receive(&answer(&url)).await, Received::Old);
    assert!(elsewhere.forms("token").await.is_empty());
}

#[tokio::test]
async fn c45_an_answer_after_giving_up_is_old() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    sign_in.cancel().await;
    assert_eq!(sign_in.state(), SignInState::Idle);
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Old);
    assert_eq!(sign_in.state(), SignInState::Idle);
    assert_eq!(world.sign_in().receive(&answer(&url)).await, Received::Old, "nor after a restart");
    assert!(world.forms("token").await.is_empty());
}

#[tokio::test]
async fn giving_up_while_the_code_is_redeemed_leaves_no_session() {
    let world = World::new().await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200)).await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    world.tokens(grant("access-1", "refresh-1").set_delay(Duration::from_millis(200))).await;
    let session = world.session();
    let sign_in = SignIn::new(session.clone(), StdRng::seed_from_u64(7));
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let delivery = tokio::spawn({
        let sign_in = sign_in.clone();
        async move { sign_in.receive(&answer(&url)).await }
    });
    while world.forms("token").await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(sign_in.state(), SignInState::Finishing);
    sign_in.cancel().await;
    delivery.await.unwrap();
    assert_eq!(sign_in.state(), SignInState::Idle);
    assert_eq!(world.kept().await, None);
    assert_eq!(world.forms("logout").await.len(), 1);
    assert_eq!(session.state().await, Ok(SessionState::SignedOut));
}

#[tokio::test]
async fn c47_a_payment_return_is_no_answer_to_a_sign_in() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    let raw = format!("app.saldo.desktop://payment.return/n0nce?code=c&state={}", parameter(&url, "state"));
    assert_eq!(sign_in.receive(&raw).await, Received::Wrong);
    assert_eq!(world.sign_in().receive("app.saldo.desktop:/oauth/callback?code=c&state=s").await, Received::Old);
}

#[tokio::test]
async fn a_pasted_address_may_have_spaces_around_it() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    assert_eq!(sign_in.paste("I see only a blank page").await, Received::Wrong);
    assert_eq!(sign_in.paste(&format!(" \n{}\r\n", answer(&url))).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);
}

#[tokio::test]
async fn what_can_be_wrong_is_said_before_the_browser_opens() {
    for (status, expected) in
        [(404, FailureKind::AddressWrong), (400, FailureKind::CredentialsRejected), (503, FailureKind::ServiceDown)]
    {
        let world = World::new().await;
        world.endpoint("GET", "auth", ResponseTemplate::new(status)).await;
        let sign_in = world.sign_in();
        assert_eq!(sign_in.begin(Via::DeepLink).await.unwrap_err().kind, expected);
        assert_eq!(sign_in.state(), SignInState::Idle);
    }
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    world.endpoint("GET", "auth", ResponseTemplate::new(302)).await;
    lock.store(true, Ordering::SeqCst);
    assert_eq!(world.sign_in().begin(Via::DeepLink).await.unwrap_err().kind, FailureKind::KeychainLocked);
    lock.store(false, Ordering::SeqCst);
    assert!(world.sign_in().begin(Via::DeepLink).await.is_ok());
    let nobody = world.session_of(None);
    let sign_in = SignIn::new(nobody, StdRng::seed_from_u64(7));
    assert_eq!(sign_in.begin(Via::DeepLink).await.unwrap_err().kind, FailureKind::CredentialsMissing);
}

#[tokio::test]
async fn a_keychain_that_locks_meanwhile_keeps_the_code_unredeemed() {
    let (vault, lock) = lockable::vault();
    let world = World::with(vault).await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200)).await;
    world.tokens(grant("access-1", "refresh-1")).await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    lock.store(true, Ordering::SeqCst);
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(failed(&sign_in), Some(FailureKind::KeychainLocked));
    assert!(world.forms("token").await.is_empty());
}

#[tokio::test]
async fn after_an_ended_session_one_sign_in_mends_everything() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.renews("refresh-0", refusal(400, "invalid_grant")).await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200)).await;
    world.tokens(grant("access-1", "refresh-1")).await;
    assert!(session.access(Duration::ZERO).await.is_err());
    assert_eq!(session.state().await, Ok(SessionState::Ended));
    let sign_in = SignIn::new(session.clone(), StdRng::seed_from_u64(7));
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    sign_in.receive(&answer(&url)).await;
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    assert!(session.access(Duration::ZERO).await.is_ok());
}
