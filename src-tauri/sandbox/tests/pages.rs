//! What a person sees, and what her browser is told.

use super::{Bench, send};
use crate::visitor::VisitorError;

#[tokio::test]
async fn every_page_says_that_it_is_a_demo_and_allows_no_script() {
    let bench = Bench::new().await;
    for address in [bench.authorize("ais", &[]), bench.authorize("ais", &[("client_id", "x")]), bench.oidc("logout")] {
        let response = bench.http.get(address).send().await.unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(response.headers()["cache-control"], "no-store");
        let page = response.text().await.unwrap();
        assert!(page.contains("Everything here is invented") && !page.contains("<script"));
        assert!(page.contains(r#"<html lang="en">"#));
    }
    assert_eq!(send(bench.http.get(format!("{}/assets/demo.css", bench.sandbox.idp_url()))).await.status, 200);
}

#[tokio::test]
async fn a_forms_policy_names_where_the_browser_is_sent_next() {
    let bench = Bench::new().await;
    for (redirect, source) in [
        ("app.saldo.desktop:/oauth/callback", "app.saldo.desktop:;"),
        ("http://localhost:5555", "http://localhost:5555;"),
    ] {
        let response = bench.http.get(bench.authorize("ais", &[("redirect_uri", redirect)])).send().await.unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains(&format!("form-action 'self' {source}")), "{policy}");
    }
}

#[tokio::test]
async fn what_comes_from_outside_is_escaped() {
    let mut bench = Bench::new().await;
    let wild = r#""><img src=x onerror=alert(1)>"#;
    let address = bench.authorize("ais", &[("state", wild)]);
    let page = send(bench.http.get(&address)).await.text;
    assert!(!page.contains("<img"));
    bench.sign_in("ais pis").await;
    let order = serde_json::json!({
        "amount": 1, "currency": "EUR", "recipientIban": "SK3112000000198742637541", "recipientName": wild,
        "paymentMessage": wild, "redirectUrl": "https://a.example/",
    });
    let id =
        bench.write(reqwest::Method::POST, "/v1/payments/single", order.to_string()).await.json["data"]["id"].clone();
    let path = format!("/v1/payments/single/{}", id.as_str().unwrap());
    let bank =
        bench.write(reqwest::Method::PATCH, &path, "{}").await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let page = send(bench.http.get(bank)).await.text;
    assert!(page.contains("&lt;img") && !page.contains("<img"));
}

#[tokio::test]
async fn a_second_press_offers_the_way_back() {
    let mut bench = Bench::signed_in().await;
    let account = bench.sandbox.sums().accounts[0].iban.clone();
    let order = serde_json::json!({
        "amount": 1, "currency": "EUR", "recipientIban": "SK3112000000198742637541", "senderIban": account,
        "redirectUrl": "app.saldo.desktop://payment.return/n",
    });
    let id =
        bench.write(reqwest::Method::POST, "/v1/payments/single", order.to_string()).await.json["data"]["id"].clone();
    let path = format!("/v1/payments/single/{}", id.as_str().unwrap());
    let bank =
        bench.write(reqwest::Method::PATCH, &path, "{}").await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let back = bench.visitor.approve(&bank).await.unwrap();
    match bench.visitor.approve(&bank).await {
        Err(VisitorError::Page { status: 200, page }) => {
            assert!(page.contains("You approved this payment") && page.contains(&back.replace('&', "&amp;")));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn signing_out_in_the_browser_brings_the_login_page_back() {
    let mut bench = Bench::signed_in().await;
    bench.visitor.sign_out().await.unwrap();
    let address = bench.authorize("ais pis", &[]);
    assert!(bench.visitor.sign_in_with(&address, "wrong").await.is_err());
}

#[tokio::test]
async fn the_owner_renews_a_consent_at_everifin() {
    let mut bench = Bench::signed_in().await;
    bench.sandbox.expire_consent("gibaskbx");
    assert_eq!(bench.get("/v1/bank-accounts/20432").await.json["data"]["status"], "CONSENT_EXPIRED");
    bench.visitor.renew_bank("gibaskbx").await.unwrap();
    assert_eq!(bench.get("/v1/bank-accounts/20432").await.json["data"]["status"], "ACTIVE");
}
