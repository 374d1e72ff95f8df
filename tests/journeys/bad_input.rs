//! Bad input: each gives one kind of failure, for which the window has one sentence and one action, and keeps everything.

use super::office::Office;
use bank::auth::{CredentialsInput, Environment, SessionState, SignInState, Via};
use bank::failure::FailureKind;
use bank::vault::Secret;
use sandbox::Fault;

#[tokio::test]
async fn a_wrong_secret_is_told_apart_from_an_ended_session() {
    let mut office = Office::open().await;
    office.enter(CredentialsInput { client_secret: Some(Secret::new("wrong".into())), ..office.credentials() }).await;
    let callback = office.answer(Via::DeepLink).await;
    office.receive(&callback).await;
    assert!(
        matches!(office.desk.sign_in(), SignInState::Failed { failure } if failure.kind == FailureKind::CredentialsRejected)
    );
    office.enter(office.credentials()).await;
    office.sign_in().await;
}

#[tokio::test]
async fn a_secret_that_everifin_changed_later_keeps_the_session() {
    let office = Office::connected().await;
    office.enter(CredentialsInput { client_secret: Some(Secret::new("changed".into())), ..office.credentials() }).await;
    assert_eq!(office.desk.sync(|_| ()).await.unwrap_err().kind, FailureKind::CredentialsRejected);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
    office.enter(office.credentials()).await;
    assert_eq!(office.sync().await.failed, 0);
}

#[tokio::test]
async fn addresses_that_cannot_be_used_are_refused_when_they_are_entered() {
    let office = Office::open().await;
    for address in ["", "everifin", "http://app.everifin.com", "ftp://app.everifin.com", "https://u:p@app.everifin.com"]
    {
        let environment = Environment::Custom { idp: address.into(), api: office.everifin.api_url().into() };
        let failure =
            office.desk.save_credentials(CredentialsInput { environment, ..office.credentials() }).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::AddressInvalid, "{address}");
    }
}

#[tokio::test]
async fn a_server_that_is_no_everifin_is_found_out_before_the_browser_opens() {
    let office = Office::open().await;
    office.enter(CredentialsInput { realm: "no-such-realm".into(), ..office.credentials() }).await;
    let failure = office.desk.line().sign_in.begin(Via::DeepLink).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::AddressWrong);
}

#[tokio::test]
async fn without_a_network_the_ledger_is_read_and_the_session_kept() {
    let office = Office::connected().await;
    let accounts = office.desk.store.accounts(office.hands.now()).unwrap();
    let Office { everifin, desk, hands, .. } = office;
    everifin.stop().await;
    assert_eq!(desk.sync(|_| ()).await.unwrap_err().kind, FailureKind::Offline);
    assert_eq!(desk.line().session.state().await.unwrap(), SessionState::SignedIn);
    assert_eq!(desk.store.accounts(hands.now()).unwrap(), accounts);
}

#[tokio::test]
async fn html_instead_of_json_is_a_service_that_is_down() {
    let office = Office::connected().await;
    office.everifin.arm(Fault::Html, 1, "/v1/bank-accounts");
    assert_eq!(office.desk.sync(|_| ()).await.unwrap_err().kind, FailureKind::ServiceDown);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::SignedIn);
}
