//! Authorization and the code exchange.

use super::{Bench, CALLBACK, CHALLENGE, VERIFIER, builder, http, param, send};
use crate::visitor::VisitorError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn a_sign_in_comes_back_with_code_state_session_and_issuer() {
    let mut bench = Bench::new().await;
    let address = bench.authorize("ais pis", &[]);
    let back = bench.visitor.sign_in(&address).await.unwrap();
    assert!(back.starts_with("app.saldo.desktop:/oauth/callback?"), "{back}");
    assert_eq!(param(&back, "state").unwrap(), "S");
    assert_eq!(param(&back, "iss").unwrap(), format!("{}/auth/realms/everifin_app", bench.sandbox.idp_url()));
    let answer = bench.exchange(&param(&back, "code").unwrap(), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["expires_in"], 300);
    assert_eq!(answer.json["token_type"], "Bearer");
    assert_eq!(answer.json["not-before-policy"], 0);
    assert_eq!(answer.json["scope"], "ais pis");
    assert_eq!(answer.json["session_state"].as_str().unwrap(), param(&back, "session_state").unwrap());
    assert_eq!(answer.json["refresh_expires_in"], 30 * 86_400);
    assert!(answer.json.get("id_token").is_none());
}

#[tokio::test]
async fn the_second_sign_in_of_a_browser_needs_no_page() {
    let mut bench = Bench::new().await;
    bench.sign_in("ais").await;
    let answer = send(bench.http.get(bench.authorize("ais", &[]))).await;
    assert_eq!(answer.status, 200, "another browser sees the login page");
    let address = bench.authorize("ais", &[]);
    // The wrong password would fail if it were asked for.
    bench.visitor.sign_in_with(&address, "wrong").await.unwrap();
    // A wider scope is asked for again; saying no keeps the old grant.
    let wider = bench.authorize("ais pis", &[]);
    let denied = bench.visitor.deny(&wider).await.unwrap();
    assert_eq!(param(&denied, "error").unwrap(), "access_denied");
    bench.visitor.sign_in_with(&address, "wrong").await.unwrap();
}

#[tokio::test]
async fn denying_goes_back_with_access_denied_and_the_state() {
    let mut bench = Bench::new().await;
    let address = bench.authorize("ais pis", &[]);
    let back = bench.visitor.deny(&address).await.unwrap();
    assert!(back.starts_with(CALLBACK));
    assert_eq!(param(&back, "error").unwrap(), "access_denied");
    assert_eq!(param(&back, "state").unwrap(), "S");
    assert!(param(&back, "code").is_none());
}

#[tokio::test]
async fn a_wrong_password_is_said_on_the_page() {
    let mut bench = Bench::new().await;
    let address = bench.authorize("ais", &[]);
    match bench.visitor.sign_in_with(&address, "wrong").await {
        Err(VisitorError::Page { status: 200, page }) => assert!(page.contains("Invalid username or password.")),
        other => panic!("{other:?}"),
    }
    bench.visitor.sign_in(&address).await.unwrap();
}

#[tokio::test]
async fn an_unknown_client_or_redirect_gets_an_error_page_and_no_redirect() {
    let bench = Bench::new().await;
    for (changes, said) in [
        ([("client_id", "")], "Invalid Request"),
        ([("client_id", "nobody")], "Client not found."),
        ([("redirect_uri", "")], "Invalid parameter: redirect_uri"),
        ([("redirect_uri", "app.saldo.desktop:/oauth/callback/")], "Invalid parameter: redirect_uri"),
        ([("redirect_uri", "https://evil.example/")], "Invalid parameter: redirect_uri"),
        ([("redirect_uri", "http://127.0.0.1:5000/")], "Invalid parameter: redirect_uri"),
    ] {
        let response = bench.http.get(bench.authorize("ais", &changes)).send().await.unwrap();
        assert_eq!(response.status(), 400, "{changes:?}");
        assert!(response.headers().get("location").is_none());
        let page = response.text().await.unwrap();
        assert!(page.contains(said) && page.contains("We are sorry"), "{changes:?}");
    }
}

#[tokio::test]
async fn other_bad_requests_go_back_to_the_client() {
    let bench = Bench::new().await;
    for (changes, error) in [
        (vec![("response_type", "")], "invalid_request"),
        (vec![("response_type", "token")], "unsupported_response_type"),
        (vec![("scope", "ais admin")], "invalid_scope"),
        (vec![("code_challenge", "short")], "invalid_request"),
        (vec![("code_challenge_method", "S512")], "invalid_request"),
        (vec![("code_challenge", "")], "invalid_request"),
        (vec![("code_challenge_method", "plain")], "invalid_request"),
        (vec![("code_challenge", ""), ("code_challenge_method", "")], "invalid_request"),
        (vec![("prompt", "none")], "login_required"),
    ] {
        let response = bench.http.get(bench.authorize("ais", &changes)).send().await.unwrap();
        assert_eq!(response.status(), 302, "{changes:?}");
        let location = response.headers()["location"].to_str().unwrap();
        assert_eq!(param(location, "error").as_deref(), Some(error), "{changes:?}");
        assert_eq!(param(location, "state").as_deref(), Some("S"));
    }
}

#[tokio::test]
async fn loopback_may_use_any_port() {
    let mut bench = Bench::new().await;
    let loopback = "http://localhost:49152";
    let address = bench.authorize("ais", &[("redirect_uri", loopback)]);
    let back = bench.visitor.sign_in(&address).await.unwrap();
    assert!(back.starts_with("http://localhost:49152?"), "{back}");
    let code = param(&back, "code").unwrap();
    assert_eq!(bench.exchange(&code, &[("redirect_uri", loopback)]).await.status, 200);
}

#[tokio::test]
async fn every_mistake_in_the_exchange_has_its_own_error() {
    let mut bench = Bench::with(builder().other_client("other", "quiet")).await;
    for (changes, status, error, description) in [
        (vec![("code_verifier", "")], 400, "invalid_grant", "PKCE code verifier not specified"),
        (vec![("code_verifier", CHALLENGE)], 400, "invalid_grant", "PKCE verification failed: Code mismatch"),
        (vec![("code_verifier", "short")], 400, "invalid_grant", "PKCE verification failed: Invalid code verifier"),
        (vec![("redirect_uri", "http://localhost")], 400, "invalid_grant", "Incorrect redirect_uri"),
        (vec![("redirect_uri", "")], 400, "invalid_grant", "Incorrect redirect_uri"),
        (vec![("code", "")], 400, "invalid_request", "Missing parameter: code"),
        (vec![("code", "made-up")], 400, "invalid_grant", "Code not valid"),
        (vec![("grant_type", "")], 400, "invalid_request", "Missing form parameter: grant_type"),
        (vec![("grant_type", "password")], 400, "unsupported_grant_type", "Unsupported grant_type"),
        (vec![("client_secret", "")], 401, "unauthorized_client", "Invalid client or Invalid client credentials"),
        (vec![("client_secret", "loud")], 401, "unauthorized_client", "Invalid client or Invalid client credentials"),
        (vec![("client_id", "nobody")], 401, "invalid_client", "Invalid client or Invalid client credentials"),
        (vec![("client_id", "other"), ("client_secret", "quiet")], 400, "invalid_grant", "Auth error"),
    ] {
        let code = bench.code("ais").await;
        let answer = bench.exchange(&code, &changes).await;
        assert_eq!(answer.status, status, "{changes:?}");
        assert_eq!(answer.json["error"], error, "{changes:?}");
        assert_eq!(answer.json["error_description"], description, "{changes:?}");
    }
}

#[tokio::test]
async fn a_code_works_once_and_for_a_minute() {
    let mut bench = Bench::new().await;
    let code = bench.code("ais").await;
    let tokens = bench.exchange(&code, &[]).await;
    assert_eq!(bench.exchange(&code, &[]).await.json["error_description"], "Code not valid");
    // Using it again ended the session it had started.
    let renewed = bench.renew(tokens.json["refresh_token"].as_str().unwrap(), &[]).await;
    assert_eq!(renewed.json["error_description"], "Session doesn't have required client");

    let late = bench.code("ais").await;
    bench.sandbox.advance(TimeDelta::seconds(61));
    assert_eq!(bench.exchange(&late, &[]).await.json["error_description"], "Code not valid");
    let in_time = bench.code("ais").await;
    bench.sandbox.advance(TimeDelta::seconds(60));
    assert_eq!(bench.exchange(&in_time, &[]).await.status, 200);
}

#[tokio::test]
async fn basic_credentials_do_as_well() {
    let mut bench = Bench::new().await;
    let code = bench.code("ais").await;
    let body = format!("grant_type=authorization_code&code={code}&redirect_uri={CALLBACK}&code_verifier={VERIFIER}");
    let request = http().post(bench.oidc("token")).basic_auth("saldo", Some("hush"));
    let answer = send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn a_refused_consent_signs_nobody_in() {
    let mut bench = Bench::new().await;
    bench.visitor.deny(&bench.authorize("ais", &[])).await.unwrap();
    let back = bench.visitor.sign_in(&bench.authorize("ais", &[("prompt", "none")])).await.unwrap();
    assert_eq!(param(&back, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a_disabled_owner_can_do_nothing_until_she_is_enabled_again() {
    let mut bench = Bench::signed_in().await;
    bench.sandbox.disable_owner(true);
    let refused = bench.renew(&bench.refresh, &[]).await;
    assert_eq!((refused.status, refused.json["error_description"].as_str()), (400, Some("User disabled")));
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 401);
    match bench.visitor.sign_in(&bench.authorize("ais", &[])).await {
        Err(VisitorError::Page { status: 200, page }) => assert!(page.contains("Account is disabled")),
        other => panic!("{other:?}"),
    }
    bench.sandbox.disable_owner(false);
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 200, "the refused request has spent nothing");
}

#[tokio::test]
async fn the_issuer_is_the_address_that_was_asked() {
    let bench = Bench::new().await;
    let request = bench.http.get(bench.authorize("ais", &[("prompt", "none")])).header("host", "localhost:4711");
    let response = request.send().await.unwrap();
    let back = response.headers()["location"].to_str().unwrap();
    assert_eq!(param(back, "iss").unwrap(), "http://localhost:4711/auth/realms/everifin_app");
}

#[tokio::test]
async fn discovery_names_the_endpoints_that_are_there() {
    let bench = Bench::new().await;
    let issuer = format!("{}/auth/realms/everifin_app", bench.sandbox.idp_url());
    let answer = send(bench.http.get(format!("{issuer}/.well-known/openid-configuration"))).await;
    assert_eq!(answer.json["issuer"], issuer);
    assert_eq!(answer.json["token_endpoint"], bench.oidc("token"));
    assert_eq!(answer.json["authorization_endpoint"], bench.oidc("auth"));
}

#[tokio::test]
async fn a_page_belongs_to_the_browser_that_opened_it() {
    let bench = Bench::new().await;
    let page = send(bench.http.get(bench.authorize("ais", &[]))).await.text;
    let from = page.find("action=\"").unwrap() + 8;
    let target = &page[from..from + page[from..].find('"').unwrap()];
    let body = format!("username={}&password={}", crate::OWNER_LOGIN, crate::OWNER_PASSWORD);
    let stranger = bench.post(&format!("{}{target}", bench.sandbox.idp_url()), body).await;
    assert_eq!(stranger.status, 400);
    assert!(stranger.text.contains("cookie not found"));
}

#[tokio::test]
async fn a_server_without_pkce_takes_any_verifier() {
    let wrong = [("code_verifier", "a-verifier-that-nobody-made-for-this-challenge-at-all")];
    let mut bench = Bench::new().await;
    let code = bench.code("ais").await;
    assert_eq!(bench.exchange(&code, &wrong).await.json["error"], "invalid_grant");
    let mut bench = Bench::with(builder().enforce_pkce(false)).await;
    let code = bench.code("ais").await;
    assert_eq!(bench.exchange(&code, &wrong).await.status, 200);
}

#[tokio::test]
async fn a_colleague_has_a_name_of_his_own_and_nothing_of_hers() {
    let mut bench = Bench::signed_in().await;
    let account = bench.get("/v1/bank-accounts").await.json["data"][0]["id"].clone();
    let subject = |token: &str| {
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        serde_json::from_slice::<Value>(&claims).unwrap()["sub"].clone()
    };
    let hers = subject(&bench.refresh);
    bench.visitor = bench.sandbox.visitor();
    bench.visitor.login = crate::COLLEAGUE_LOGIN;
    bench.sign_in("ais pis").await;
    assert_ne!(subject(&bench.refresh), hers);
    assert_eq!(bench.get("/v1/bank-accounts").await.json["data"], json!([]));
    let account = format!("/v1/bank-accounts/{account}");
    for path in [account.as_str(), &format!("{account}/transactions"), "/v1/payments/single"] {
        assert_eq!(bench.get(path).await.status, 404, "{path}");
    }
}
