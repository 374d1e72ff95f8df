//! Signing in: by deep link, by loopback, by a pasted address; and what is not an answer to it.

use super::office::Office;
use bank::auth::{Received, SessionState, SignInState, Via};
use chrono::TimeDelta;

#[tokio::test]
async fn a_new_owner_signs_in_and_sees_her_accounts() {
    let office = Office::connected().await;
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
    assert_eq!(office.desk.store.accounts(office.hands.now()).unwrap().len(), office.everifin.sums().accounts.len());
}

#[tokio::test]
async fn saldo_may_be_closed_while_the_browser_has_the_word() {
    let mut office = Office::open().await;
    let callback = office.answer(Via::DeepLink).await;
    let office = office.restart().await;
    assert_eq!(office.receive(&callback).await, Received::Finished);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
}

#[tokio::test]
async fn the_session_outlives_a_restart() {
    let office = Office::connected().await.restart().await;
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
    office.hands.pass(TimeDelta::hours(2));
    assert_eq!(office.sync().await.failed, 0);
}

#[tokio::test]
async fn the_loopback_way_ends_in_the_same_session() {
    let mut office = Office::open().await;
    let page = office.begin(Via::Loopback).await;
    let reached = office.approve(&page).await.page();
    assert!(reached.html.contains("Saldo"), "the browser is told that it may be closed: {}", reached.html);
    let mut changes = office.desk.line().sign_in.changes();
    changes.wait_for(|state| *state == SignInState::Connected).await.unwrap();
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
}

#[tokio::test]
async fn a_pasted_address_does_as_well() {
    let mut office = Office::open().await;
    let callback = office.answer(Via::DeepLink).await;
    assert_eq!(office.desk.line().sign_in.paste(&format!("  {callback}\n")).await, Received::Finished);
    assert_eq!(office.desk.sign_in(), SignInState::Connected);
}

#[tokio::test]
async fn denied_consent_shares_nothing_and_can_be_tried_again() {
    let mut office = Office::open().await;
    let page = office.begin(Via::DeepLink).await;
    let login = office.person.visit(&page).await.page();
    let typed = [("username", sandbox::OWNER_LOGIN), ("password", sandbox::OWNER_PASSWORD)];
    let consent = office.person.submit(&login, "", &typed).await.page();
    let callback = office.person.submit(&consent, "decision=cancel", &[]).await.link();
    assert_eq!(office.receive(&callback).await, Received::Finished);
    assert_eq!(office.desk.sign_in(), SignInState::Denied);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedOut);
    office.sign_in().await;
}

#[tokio::test]
async fn an_old_link_changes_nothing() {
    let mut office = Office::open().await;
    let old = office.answer(Via::DeepLink).await;
    let page = office.begin(Via::DeepLink).await;
    assert_ne!(office.receive(&old).await, Received::Finished);
    assert!(
        matches!(office.desk.sign_in(), SignInState::Waiting { wrong_link: true, .. }),
        "{:?}",
        office.desk.sign_in()
    );
    let callback = office.approve(&page).await.link();
    assert_eq!(office.receive(&callback).await, Received::Finished);
    assert_ne!(office.receive(&callback).await, Received::Finished, "a second delivery of the answer is no answer");
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
}

#[tokio::test]
async fn after_ten_minutes_the_link_is_too_old() {
    let mut office = Office::open().await;
    let callback = office.answer(Via::DeepLink).await;
    office.hands.pass(TimeDelta::minutes(10) + TimeDelta::seconds(1));
    assert_eq!(office.desk.sign_in(), SignInState::TimedOut);
    assert_ne!(office.receive(&callback).await, Received::Finished);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedOut);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_everifin_and_keeps_the_ledger() {
    let office = Office::connected().await;
    let accounts = office.desk.store.accounts(office.hands.now()).unwrap();
    assert!(office.desk.sign_out().await.unwrap().server_told);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedOut);
    assert_eq!(office.desk.store.accounts(office.hands.now()).unwrap(), accounts);
    assert!(office.desk.sync(|_| ()).await.is_err());
}

#[tokio::test]
async fn other_credentials_never_get_the_tokens_of_before() {
    let office = Office::connected().await;
    let mut other = office.credentials();
    other.client_id = "somebody-else".into();
    office.enter(other).await;
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedOut);
}
