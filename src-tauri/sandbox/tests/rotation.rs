//! Refresh, reuse, and the ends of a session.

use super::{Bench, builder};
use chrono::TimeDelta;
use std::time::Duration;

fn token(answer: &super::Answer) -> String {
    answer.json["refresh_token"].as_str().unwrap_or_else(|| panic!("{}", answer.text)).to_owned()
}

async fn refused(bench: &Bench, token: &str, description: &str) {
    let answer = bench.renew(token, &[]).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(answer.json["error"], "invalid_grant");
    assert_eq!(answer.json["error_description"], description);
}

#[tokio::test]
async fn each_refresh_gives_a_new_token_and_new_access() {
    let mut bench = Bench::signed_in().await;
    for _ in 0..3 {
        let (old_access, old_refresh) = (bench.access.clone(), bench.refresh.clone());
        let answer = bench.renew(&old_refresh, &[]).await;
        bench.take(&answer);
        assert_ne!(bench.refresh, old_refresh);
        assert_ne!(bench.access, old_access);
        assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    }
    assert_eq!(bench.sandbox.counts()["refresh token rotated"], 3);
}

#[tokio::test]
async fn using_the_last_token_again_ends_the_newer_one_too() {
    let bench = Bench::signed_in().await;
    let newer = token(&bench.renew(&bench.refresh, &[]).await);
    refused(&bench, &bench.refresh, "Maximum allowed refresh token reuse exceeded").await;
    refused(&bench, &newer, "Session doesn't have required client").await;
    assert_eq!(bench.sandbox.counts()["refresh token reused"], 1);
}

#[tokio::test]
async fn an_older_token_is_stale_and_ends_the_session_as_well() {
    let bench = Bench::signed_in().await;
    let second = token(&bench.renew(&bench.refresh, &[]).await);
    let third = token(&bench.renew(&second, &[]).await);
    refused(&bench, &bench.refresh, "Stale token").await;
    refused(&bench, &third, "Session doesn't have required client").await;
}

#[tokio::test]
async fn after_reuse_the_browser_still_signs_in_by_itself() {
    let mut bench = Bench::signed_in().await;
    bench.renew(&bench.refresh, &[]).await;
    refused(&bench, &bench.refresh, "Maximum allowed refresh token reuse exceeded").await;
    let address = bench.authorize("ais pis", &[]);
    bench.visitor.sign_in_with(&address, "not asked for").await.unwrap();
}

#[tokio::test]
async fn a_lost_session_says_how_it_was_lost() {
    let bench = Bench::signed_in().await;
    bench.sandbox.expire_session();
    refused(&bench, &bench.refresh, "Token is not active").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.json["errors"][0]["code"], "INVALID_ACCESS_TOKEN");

    let mut bench = Bench::signed_in().await;
    bench.sandbox.revoke_session();
    refused(&bench, &bench.refresh, "Session not active").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 401);
    // The browser's session is gone as well; signing in again mends everything.
    bench.sign_in("ais pis").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
}

#[tokio::test]
async fn sessions_end_when_idle_and_at_their_latest() {
    let hour = Duration::from_secs(3600);
    let mut bench = Bench::with(builder().session_lifetime(hour / 2, hour)).await;
    let first = bench.sign_in("ais").await;
    assert_eq!(first.json["refresh_expires_in"], 1800);
    bench.sandbox.advance(TimeDelta::minutes(29));
    let answer = bench.renew(&bench.refresh, &[]).await;
    assert_eq!(answer.json["refresh_expires_in"], 1800);
    bench.take(&answer);
    bench.sandbox.advance(TimeDelta::minutes(29));
    let answer = bench.renew(&bench.refresh, &[]).await;
    assert_eq!(answer.json["refresh_expires_in"], 120, "the session's own end is nearer");
    bench.take(&answer);
    bench.sandbox.advance(TimeDelta::minutes(3));
    refused(&bench, &bench.refresh, "Token is not active").await;
}

#[tokio::test]
async fn access_expires_after_five_minutes() {
    let bench = Bench::signed_in().await;
    bench.sandbox.advance(TimeDelta::seconds(298));
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    bench.sandbox.advance(TimeDelta::seconds(2));
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 401);
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 200);
}

#[tokio::test]
async fn logout_ends_the_refresh_token_but_not_the_access_token() {
    let bench = Bench::signed_in().await;
    let form = format!("client_id=saldo&client_secret=hush&refresh_token={}", bench.refresh);
    assert_eq!(bench.post(&bench.oidc("logout"), form.replace("hush", "x")).await.status, 401);
    assert_eq!(bench.post(&bench.oidc("logout"), form).await.status, 204);
    refused(&bench, &bench.refresh, "Session not active").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    let nonsense = "client_id=saldo&client_secret=hush&refresh_token=x".to_owned();
    assert_eq!(bench.post(&bench.oidc("logout"), nonsense).await.json["error_description"], "Invalid refresh token");
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_the_session_and_leaves_the_consent() {
    let mut bench = Bench::signed_in().await;
    let form = format!("client_id=saldo&client_secret=hush&token={}", bench.refresh);
    assert_eq!(bench.post(&bench.oidc("revoke"), form).await.status, 200);
    refused(&bench, &bench.refresh, "Session not active").await;
    let address = bench.authorize("ais pis", &[("prompt", "none")]);
    let back = bench.visitor.sign_in(&address).await.unwrap();
    assert_eq!(super::param(&back, "error").unwrap(), "login_required");
    bench.sign_in("ais pis").await;
    let form = format!("client_id=saldo&client_secret=hush&token={}", bench.access);
    assert_eq!(bench.post(&bench.oidc("revoke"), form).await.status, 200);
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 401);
}

#[tokio::test]
async fn a_scope_can_be_narrowed_and_what_was_not_granted_is_left_out() {
    let mut bench = Bench::signed_in().await;
    let answer = bench.renew(&bench.refresh, &[("scope", "ais")]).await;
    assert_eq!(answer.json["scope"], "ais");
    bench.take(&answer);
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    assert_eq!(bench.get("/v1/payments/single").await.status, 403);

    let mut bench = Bench::new().await;
    bench.sign_in("ais").await;
    let answer = bench.renew(&bench.refresh, &[("scope", "ais foo")]).await;
    assert_eq!((answer.status, answer.json["error"].as_str().unwrap()), (400, "invalid_scope"));
    let answer = bench.renew(&bench.refresh, &[("scope", "ais pis")]).await;
    assert_eq!(
        (answer.status, answer.json["scope"].as_str().unwrap()),
        (200, "ais"),
        "the invalid scope spent nothing"
    );
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused_without_harm() {
    let bench = Bench::with(builder().other_client("other", "quiet")).await;
    let mut bench = bench;
    bench.sign_in("ais").await;
    refused(&bench, "made-up", "Invalid refresh token").await;
    refused(&bench, &bench.access, "Invalid refresh token").await;
    let other = bench.renew(&bench.refresh, &[("client_id", "other"), ("client_secret", "quiet")]).await;
    assert_eq!(
        other.json["error_description"],
        "Invalid refresh token. Token client and authorized client don't match"
    );
    refused(&bench, "", "Invalid refresh token").await;
    let without = "grant_type=refresh_token&client_id=saldo&client_secret=hush".to_owned();
    let missing = bench.post(&bench.oidc("token"), without).await;
    assert_eq!(missing.json["error_description"], "No refresh token");
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 200);
}
