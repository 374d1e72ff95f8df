//! Who signs in: a sign-in as somebody else than before is noticed before data mix (case T24).

use super::{World, answer, grant};
use crate::auth::{Session, SessionState, SignIn, SignInState, Via};
use crate::failure::FailureKind;
use crate::vault::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use wiremock::ResponseTemplate;

/// A token that says whose it is.
fn token(subject: &str, number: u32) -> String {
    let claims = json!({ "sub": subject, "jti": number });
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// A whole sign-in to which the server grants this refresh token; how it ended.
async fn sign_in(world: &World, refresh: &str) -> (SignInState, Arc<Session>) {
    world.server.reset().await;
    world.endpoint("GET", "auth", ResponseTemplate::new(200).set_body_string("<html>Sign in</html>")).await;
    world.endpoint("POST", "logout", ResponseTemplate::new(204)).await;
    world.tokens(grant("access", refresh)).await;
    let session = world.session();
    let sign_in = SignIn::new(session.clone(), StdRng::seed_from_u64(7));
    let url = sign_in.begin(Via::DeepLink).await.unwrap();
    sign_in.receive(&answer(&url)).await;
    (sign_in.state(), session)
}

fn another() -> SignInState {
    SignInState::Failed { failure: FailureKind::AnotherUser.into() }
}

#[tokio::test]
async fn t24_a_sign_in_as_somebody_else_is_ended_and_changes_nothing() {
    let world = World::new().await;
    let (first, second, jans) = (token("marta", 1), token("marta", 3), token("jan", 2));
    assert_eq!(sign_in(&world, &first).await.0, SignInState::Connected);

    let (state, session) = sign_in(&world, &jans).await;
    assert_eq!(state, another());
    assert_eq!(session.state().await, Ok(SessionState::SignedIn), "the session of before is as it was");
    assert_eq!(world.kept().await, Some(first), "and its token");
    let ended = world.forms("logout").await;
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["refresh_token"], jans, "nobody has his session");

    let (state, _) = sign_in(&world, &second).await;
    assert_eq!((state, world.kept().await), (SignInState::Connected, Some(second)));
}

#[tokio::test]
async fn t24_a_session_from_before_names_were_kept_names_its_user_at_its_renewal() {
    let world = World::new().await;
    let (before, after) = (token("marta", 1), token("marta", 2));
    world.vault.save_refresh_token(world.client().binding(), Secret::new(before)).await.unwrap();
    world.tokens(grant("access", after.as_str())).await;
    world.session().access(Duration::ZERO).await.unwrap();
    assert_eq!(sign_in(&world, &token("jan", 3)).await.0, another());
    assert_eq!(world.kept().await, Some(after));
}

#[tokio::test]
async fn t24_signing_out_does_not_make_room_for_somebody_else() {
    let world = World::new().await;
    let (state, session) = sign_in(&world, &token("marta", 1)).await;
    assert_eq!(state, SignInState::Connected);
    session.sign_out().await.unwrap();
    assert_eq!(sign_in(&world, &token("jan", 2)).await.0, another());
    assert_eq!(world.session().state().await, Ok(SessionState::SignedOut));
    // Whose a token is that says nothing is for the accounts to show.
    assert_eq!(sign_in(&world, "opaque").await.0, SignInState::Connected);
}
