//! How sessions end: at the server, by a thief, by signing out.

use super::ask;
use super::owner::Owner;
use bank::auth::SessionState;
use bank::failure::FailureKind;

#[tokio::test]
async fn an_old_refresh_token_in_a_thiefs_hand_ends_the_session_and_no_password_mends_it() {
    let mut owner = Owner::connected().await;
    owner.wait_out_the_access_token();
    assert_eq!(owner.ask().await, Ok(()));
    let stolen = owner.wire.refresh_tokens()[0].clone();
    let refused = ask::renew(&owner.wire.address, &stolen).await;
    assert_eq!(refused.verdict(), (400, Some("invalid_grant")), "the thief gets nothing");
    let passwords = owner.finds_the_session_ended_and_mends_it().await;
    assert_eq!(passwords, 0, "the browser is still signed in");
}

#[tokio::test]
async fn a_session_ended_by_an_administrator_is_mended_by_one_sign_in() {
    let mut owner = Owner::connected().await;
    owner.server.end_sessions(&owner.user).await;
    owner.finds_the_session_ended_and_mends_it().await;
}

#[tokio::test]
async fn a_disabled_user_is_told_to_sign_in_and_can_once_she_is_enabled() {
    let mut owner = Owner::connected().await;
    owner.server.disable(&owner.user, true).await;
    owner.wire.refuse_known_tokens();
    assert_eq!(owner.ask().await, Err(FailureKind::SignInNeeded));
    assert_eq!(owner.state().await, SessionState::Ended);
    owner.server.disable(&owner.user, false).await;
    owner.finds_the_session_ended_and_mends_it().await;
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_server() {
    let mut owner = Owner::connected().await;
    assert!(owner.desk.sign_out().await.unwrap().server_told);
    assert_eq!(owner.state().await, SessionState::SignedOut);
    let last = owner.wire.refresh_tokens().pop().unwrap();
    let refused = ask::renew(&owner.wire.address, &last).await;
    assert_eq!(refused.verdict(), (400, Some("invalid_grant")));
    assert_eq!(owner.kept_accounts(), 1);
    owner.sign_in().await;
    assert_eq!(owner.ask().await, Ok(()));
}

#[tokio::test]
async fn signing_out_of_a_session_that_is_over_is_no_failure() {
    let owner = Owner::connected().await;
    owner.server.end_sessions(&owner.user).await;
    owner.desk.sign_out().await.unwrap();
    assert_eq!(owner.state().await, SessionState::SignedOut);
}

#[tokio::test]
async fn signing_out_without_a_network_says_that_the_server_was_not_told() {
    let mut owner = Owner::connected().await;
    owner.wire.unplug().await;
    assert!(!owner.desk.sign_out().await.unwrap().server_told);
    assert_eq!(owner.state().await, SessionState::SignedOut);
    assert_eq!(owner.ask().await, Err(FailureKind::SignInNeeded));
    assert_eq!(owner.kept_accounts(), 1);
}
