//! Trying out over real HTTP whether Everifin enforces PKCE, with an owner who is signed in meanwhile.

use super::office::Office;
use super::person::Person;
use bank::auth::{PkceProbe, Received, SessionState, SignInState, Via};
use sandbox::Sandbox;

/// Does the browser's part of a probe, as whoever sits at the browser.
async fn probe(office: &mut Office, via: Via) -> PkceProbe {
    let page = office.desk.line().sign_in.probe_pkce(via).await.unwrap().to_string();
    let callback = office.approve(&page).await.link();
    assert_eq!(office.receive(&callback).await, Received::Finished);
    match office.desk.sign_in() {
        SignInState::Probed { found } => found,
        other => panic!("{other:?}"),
    }
}

async fn still_signed_in(office: &Office) {
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
    assert!(office.sync().await.read > 0);
}

#[tokio::test]
async fn a_server_that_enforces_pkce_is_told_apart_and_the_session_stays() {
    let mut office = Office::connected().await;
    assert_eq!(probe(&mut office, Via::DeepLink).await, PkceProbe::Enforced);
    let counts = office.everifin.counts();
    assert_eq!(counts.get("code exchanged"), Some(&1), "the sign-in's own");
    assert_eq!(counts.get("signed out"), None);
    still_signed_in(&office).await;
    assert_eq!(office.desk.state().await.unwrap().pkce.unwrap().found, PkceProbe::Enforced);
}

#[tokio::test]
async fn a_server_that_does_not_is_told_apart_and_what_it_granted_is_ended() {
    let mut office = Office::at(Sandbox::builder().enforce_pkce(false)).await;
    office.sign_in().await;
    office.sync().await;
    // Another browser: whoever ends a session at Keycloak ends it for all that came from the same browser.
    office.person = Person::new();
    assert_eq!(probe(&mut office, Via::DeepLink).await, PkceProbe::NotEnforced);
    assert_eq!(office.everifin.counts().get("signed out"), Some(&1), "the granted session is over");
    still_signed_in(&office).await;
}

#[tokio::test]
async fn a_wrong_clock_is_seen_by_the_servers_time() {
    let office = Office::connected().await;
    assert_eq!(office.desk.state().await.unwrap().clock_ahead, None, "right to the minute");
    office.everifin.advance(chrono::TimeDelta::hours(24));
    office.sync().await;
    let ahead = office.desk.state().await.unwrap().clock_ahead.unwrap();
    assert!((-86_410..=-86_390).contains(&ahead), "{ahead}");
}
