//! Trying out whether the server enforces PKCE (security.md A-09): no session comes of it, and none is lost.

use super::{World, answer, grant, parameter, refusal};
use crate::auth::{PkceProbe, Purpose, Received, SessionState, SignIn, SignInState, Via};
use crate::failure::FailureKind;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sha2::{Digest, Sha256};
use std::time::Duration;
use wiremock::ResponseTemplate;

/// Signed in with `refresh-0`; the server shows a sign-in page and says this to every code.
async fn office(says: ResponseTemplate) -> (World, std::sync::Arc<SignIn>) {
    let world = World::new().await;
    world.renews("refresh-0", grant("access-0", serde_json::Value::Null)).await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200)).await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    world.tokens(says).await;
    let session = world.signed_in().await;
    (world, SignIn::new(session, StdRng::seed_from_u64(3)))
}

#[tokio::test]
async fn a_server_that_refuses_the_wrong_verifier_enforces_pkce() {
    let (world, sign_in) = office(refusal(400, "invalid_grant")).await;
    let url = sign_in.probe_pkce(Via::DeepLink).await.unwrap();
    assert_eq!(sign_in.purpose(), Purpose::PkceProbe);
    assert_eq!(sign_in.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Probed { found: PkceProbe::Enforced });
    assert_eq!(sign_in.probed().unwrap().at, world.clock.now());
    let forms = world.forms("token").await;
    let verifier = &forms[0]["code_verifier"];
    assert!((43..=128).contains(&verifier.len()), "well made, so that it is refused for being wrong only");
    assert_ne!(URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)), parameter(&url, "code_challenge"));
    assert!(world.forms("logout").await.is_empty());
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
}

#[tokio::test]
async fn tokens_that_should_not_have_been_granted_are_ended_and_never_used() {
    let (world, sign_in) = office(grant("probe-access", "probe-refresh")).await;
    let url = sign_in.probe_pkce(Via::DeepLink).await.unwrap();
    sign_in.receive(&answer(&url)).await;
    assert_eq!(sign_in.state(), SignInState::Probed { found: PkceProbe::NotEnforced });
    let ended: Vec<_> = world.forms("logout").await.iter().map(|form| form["refresh_token"].clone()).collect();
    assert_eq!(ended, ["probe-refresh"]);
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
    let session = world.session();
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
    assert_eq!(session.access(Duration::ZERO).await.unwrap().token.expose(), "access-0");
}

#[tokio::test]
async fn a_probe_that_starts_saldo_is_still_a_probe() {
    let (world, sign_in) = office(grant("probe-access", "probe-refresh")).await;
    let url = sign_in.probe_pkce(Via::DeepLink).await.unwrap();
    drop(sign_in);
    let started = world.sign_in();
    assert_eq!(started.receive(&answer(&url)).await, Received::Finished);
    assert_eq!(started.state(), SignInState::Probed { found: PkceProbe::NotEnforced });
    assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
}

#[tokio::test]
async fn a_probe_that_does_not_get_through_finds_nothing() {
    for says in [ResponseTemplate::new(500), refusal(401, "invalid_client")] {
        let (world, sign_in) = office(says).await;
        let url = sign_in.probe_pkce(Via::DeepLink).await.unwrap();
        sign_in.receive(&answer(&url)).await;
        let SignInState::Failed { failure } = sign_in.state() else { panic!("{:?}", sign_in.state()) };
        assert!(matches!(failure.kind, FailureKind::ServiceDown | FailureKind::CredentialsRejected));
        assert_eq!(sign_in.probed(), None);
        assert_eq!(world.kept().await.as_deref(), Some("refresh-0"));
    }
    let (_world, sign_in) = office(ResponseTemplate::new(500)).await;
    let url = sign_in.probe_pkce(Via::DeepLink).await.unwrap();
    let raw = format!("app.saldo.desktop:/oauth/callback?error=access_denied&state={}", parameter(&url, "state"));
    sign_in.receive(&raw).await;
    assert_eq!((sign_in.state(), sign_in.probed()), (SignInState::Denied, None));
}

#[tokio::test]
async fn a_sign_in_after_a_probe_is_a_sign_in() {
    let (world, sign_in) = office(grant("access-1", "refresh-1")).await;
    sign_in.probe_pkce(Via::DeepLink).await.unwrap();
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    assert_eq!(sign_in.purpose(), Purpose::SignIn);
    sign_in.receive(&answer(&url)).await;
    assert_eq!(sign_in.state(), SignInState::Connected);
    assert_eq!(world.kept().await.as_deref(), Some("refresh-1"));
}

#[tokio::test]
async fn a_session_tells_how_it_stands() {
    let world = World::new().await;
    world.renews("refresh-0", grant("access-0", "refresh-1")).await;
    world.renews("refresh-1", refusal(400, "invalid_grant")).await;
    let session = world.signed_in().await;
    let before = session.standing().await.unwrap();
    assert_eq!((before.state, before.until, before.renewal), (SessionState::SignedIn, None, None));
    session.access(Duration::ZERO).await.unwrap();
    let now = world.clock.now();
    let good = session.standing().await.unwrap();
    assert_eq!(good.until, Some(now + chrono::TimeDelta::seconds(1800)));
    assert_eq!(good.renewal.map(|renewal| (renewal.at, renewal.failure)), Some((now, None)));
    assert!(session.clock_ahead().is_some(), "the server said what time it is");
    world.pass(chrono::TimeDelta::hours(1));
    assert!(session.access(Duration::ZERO).await.is_err());
    let ended = session.standing().await.unwrap();
    assert_eq!((ended.state, ended.until), (SessionState::Ended, None));
    assert_eq!(ended.renewal.unwrap().failure.unwrap().kind, FailureKind::SignInNeeded);
}
