//! Signing in: both ways back, saying no, and what is not accepted.

use super::owner::Owner;
use super::person::Person;
use bank::auth::{Received, SessionState, SignInState, Via};
use bank::failure::FailureKind;
use url::Url;

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn the_browser_comes_back_by_deep_link_with_issuer_and_session() {
    let mut owner = Owner::new().await;
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let (reached, passwords) = owner.approve(&page).await;
    let callback = reached.link();
    let issuer = format!("{}/auth/realms/{}", owner.wire.address, super::realm::name());
    assert_eq!(parameter(&callback, "iss"), Some(issuer));
    assert_eq!(parameter(&callback, "session_state").is_some(), owner.server.names_its_session());
    assert_eq!(owner.receive(&callback).await, Received::Finished);
    assert_eq!((owner.desk.sign_in(), passwords), (SignInState::Connected, 1));
    assert_eq!(owner.ask().await, Ok(()));
    assert_eq!(owner.wire.scopes(), ["ais pis"]);
    assert_eq!(owner.wire.token_requests(), 1);
}

#[tokio::test]
async fn the_browser_comes_back_by_loopback() {
    let mut owner = Owner::new().await;
    let page = owner.begin(Via::Loopback).await.unwrap();
    let (reached, _) = owner.approve(&page).await;
    assert!(reached.page().html.contains("Saldo"), "the browser is told that it may be closed");
    let mut changes = owner.desk.line().sign_in.changes();
    changes.wait_for(|state| *state == SignInState::Connected).await.unwrap();
    assert_eq!(owner.ask().await, Ok(()));
}

#[tokio::test]
async fn saying_no_shares_nothing_and_can_be_thought_over() {
    let mut owner = Owner::new().await;
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let callback = owner.decide(&page, owner.server.buttons().1).await.0.link();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
    assert_eq!(owner.receive(&callback).await, Received::Finished);
    assert_eq!(owner.desk.sign_in(), SignInState::Denied);
    assert_eq!(owner.state().await, SessionState::SignedOut);
    assert_eq!(owner.wire.token_requests(), 0);
    owner.sign_in().await;
}

#[tokio::test]
async fn a_wrong_password_stays_at_the_page() {
    let mut owner = Owner::new().await;
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let login = owner.person.visit(&page).await.page();
    let typed = [("username", owner.user.name.as_str()), ("password", "not hers")];
    let again = owner.person.submit(&login, "", &typed).await.page();
    assert!(again.html.contains("Invalid username or password."), "{}", again.html);
    assert!(matches!(owner.desk.sign_in(), SignInState::Waiting { wrong_link: false, .. }));
    owner.sign_in().await;
}

#[tokio::test]
async fn a_wrong_secret_is_named_and_costs_no_session() {
    let mut owner = Owner::connected().await;
    let wrong = |credentials: &mut bank::auth::CredentialsInput| {
        credentials.client_secret = Some(bank::vault::Secret::new("another".to_owned()));
    };
    owner.enter(wrong).await;
    owner.wire.refuse_known_tokens();
    assert_eq!(owner.ask().await, Err(FailureKind::CredentialsRejected));
    assert_eq!(owner.state().await, SessionState::SignedIn, "the tokens are kept");
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let callback = owner.approve(&page).await.0.link();
    assert_eq!(owner.receive(&callback).await, Received::Finished);
    let failure = FailureKind::CredentialsRejected.into();
    assert_eq!(owner.desk.sign_in(), SignInState::Failed { failure });
    owner.enter(|_| ()).await;
    assert_eq!(owner.ask().await, Ok(()), "the right secret is all that was missing");
}

#[tokio::test]
async fn an_unknown_client_or_realm_is_named_before_the_browser_opens() {
    let owner = Owner::new().await;
    owner.enter(|credentials| credentials.client_id = "nobody".into()).await;
    assert_eq!(owner.begin(Via::DeepLink).await, Err(FailureKind::CredentialsRejected));
    owner.enter(|credentials| credentials.realm = "nowhere".into()).await;
    assert_eq!(owner.begin(Via::DeepLink).await, Err(FailureKind::AddressWrong));
    owner.enter(|_| ()).await;
    assert!(owner.begin(Via::DeepLink).await.is_ok());
}

#[tokio::test]
async fn a_code_of_somebody_else_is_worth_nothing_in_this_sign_in() {
    let mut owner = Owner::new().await;
    let foreign = owner.begin(Via::DeepLink).await.unwrap();
    let foreign = owner.approve(&foreign).await.0.link();
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let state = parameter(&page, "state").unwrap();
    // An attacker's code under the state of the sign-in in progress: only the verifier tells.
    let forged = foreign.replace(&parameter(&foreign, "state").unwrap(), &state);
    assert_eq!(owner.receive(&forged).await, Received::Finished);
    let failure = FailureKind::LinkOld.into();
    assert_eq!(owner.desk.sign_in(), SignInState::Failed { failure });
    assert_eq!(owner.state().await, SessionState::SignedOut);
    assert_eq!(owner.wire.refresh_tokens(), Vec::<String>::new());
    owner.sign_in().await;
}

#[tokio::test]
async fn a_session_for_accounts_alone_can_be_widened_to_payments() {
    let mut owner = Owner::new().await;
    owner.enter(|credentials| credentials.payments = false).await;
    owner.sign_in().await;
    assert_eq!(owner.wire.scopes(), ["ais"]);
    owner.enter(|_| ()).await;
    assert_eq!(owner.ask().await, Ok(()), "the session of before still reads accounts");
    assert_eq!(owner.wire.scopes(), ["ais", "ais"]);
    assert_eq!(owner.sign_in().await, 0, "she is asked for the payments, not for her password");
    assert_eq!(owner.wire.scopes(), ["ais", "ais", "ais pis"]);
}

#[tokio::test]
async fn somebody_else_who_signs_in_is_told_apart_where_tokens_say_whose_they_are() {
    let mut owner = Owner::connected().await;
    let another = owner.server.another_user().await;
    let hers = (std::mem::replace(&mut owner.user, another), std::mem::replace(&mut owner.person, Person::new()));
    let page = owner.begin(Via::DeepLink).await.unwrap();
    let callback = owner.approve(&page).await.0.link();
    assert_eq!(owner.receive(&callback).await, Received::Finished);
    let failure = FailureKind::AnotherUser.into();
    let told = if owner.server.names_its_users() { SignInState::Failed { failure } } else { SignInState::Connected };
    assert_eq!(owner.desk.sign_in(), told);
    (owner.user, owner.person) = hers;
    assert_eq!((owner.state().await, owner.ask().await), (SessionState::SignedIn, Ok(())), "her session goes on");
    owner.sign_in().await;
    assert_eq!(owner.kept_accounts(), 1);
}
