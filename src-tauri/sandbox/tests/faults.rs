//! Each thing that can go wrong, on request.

use super::{Bench, builder};
use crate::Fault;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn each_fault_strikes_as_often_as_told_and_no_more() {
    let bench = Bench::signed_in().await;
    for (fault, status, said) in [
        (Fault::Unauthorized, 401, "INVALID_ACCESS_TOKEN"),
        (Fault::RateLimited { retry_after: 17 }, 429, "TOO_MANY_REQUESTS"),
        (Fault::ServerError, 500, "INTERNAL_SERVER_ERROR"),
        (Fault::Html, 502, "<center>cloudflare</center>"),
    ] {
        bench.sandbox.arm(fault.clone(), 2, "/v1");
        for _ in 0..2 {
            let answer = bench.get("/v1/bank-accounts").await;
            assert_eq!(answer.status, status, "{fault:?}");
            assert!(answer.text.contains(said), "{fault:?}");
        }
        assert_eq!(bench.get("/v1/bank-accounts").await.status, 200, "{fault:?}");
    }
    bench.sandbox.arm(Fault::RateLimited { retry_after: 17 }, 1, "/v1");
    let limited = bench.request(Method::GET, "/v1/banks").send().await.unwrap();
    assert_eq!(limited.headers()["retry-after"], "17");
    bench.sandbox.arm(Fault::ServerError, 1, "/v1");
    assert!(bench.get("/v1/banks").await.json.get("meta").is_none(), "as documented");
}

#[tokio::test]
async fn a_fault_can_be_held_to_one_endpoint_and_taken_back() {
    let bench = Bench::signed_in().await;
    bench.sandbox.arm(Fault::ServerError, 5, "/v1/bank-accounts/20418");
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    assert_eq!(bench.get("/v1/bank-accounts/20418/transactions").await.status, 500);
    bench.sandbox.disarm();
    assert_eq!(bench.get("/v1/bank-accounts/20418/transactions").await.status, 200);
    bench.sandbox.arm(Fault::ServerError, 1, "/auth");
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 500);
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 200, "the first one never reached Keycloak");
}

#[tokio::test]
async fn a_cut_answer_breaks_in_the_body_and_a_lost_one_was_still_carried_out() {
    let bench = Bench::signed_in().await;
    bench.sandbox.arm(Fault::Cut, 1, "/v1");
    let response = bench.request(Method::GET, "/v1/bank-accounts").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.text().await.is_err());

    bench.sandbox.arm(Fault::Lost, 1, "/v1/payments");
    let order = json!({ "amount": 1, "currency": "EUR", "recipientIban": "SK3112000000198742637541", "redirectUrl": "https://a.example" });
    let sent = bench.request(Method::POST, "/v1/payments/single").body(order.to_string()).send().await;
    assert!(match sent {
        Err(_) => true,
        Ok(response) => response.text().await.is_err(),
    });
    assert_eq!(bench.get("/v1/payments/single").await.json["meta"]["pagination"]["countTotal"], 1);
}

#[tokio::test]
async fn a_slow_answer_comes_late_but_comes() {
    let bench = Bench::signed_in().await;
    bench.sandbox.arm(Fault::Slow { millis: 150 }, 1, "/v1");
    let begun = std::time::Instant::now();
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    assert!(begun.elapsed().as_millis() >= 150);
}

#[tokio::test]
async fn everything_can_be_asked_for_over_http() {
    let mut bench = Bench::signed_in().await;
    for (name, body, status) in [
        ("unauthorized", r#"{"times":1}"#, 401),
        ("rate_limited", r#"{"retry_after":9}"#, 429),
        ("server_error", r#"{"path":"/v1/bank-accounts"}"#, 500),
        ("html", "", 502),
        ("slow", r#"{"millis":1}"#, 200),
    ] {
        assert_eq!(bench.control(name, body).await.status, 200, "{name}");
        assert_eq!(bench.get("/v1/bank-accounts").await.status, status, "{name}");
    }
    bench.control("cut", "{}").await;
    bench.control("clear", "").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 200);
    bench.control("expire_consent", r#"{"bank":"cekoskbx"}"#).await;
    assert_eq!(bench.get("/v1/bank-accounts/20453").await.json["data"]["status"], "CONSENT_EXPIRED");
    bench.control("renew_consent", r#"{"bank":"cekoskbx"}"#).await;
    assert_eq!(bench.get("/v1/bank-accounts/20453").await.json["data"]["status"], "ACTIVE");
    bench.control("advance_clock", r#"{"seconds":3600}"#).await;
    assert_eq!(bench.get("/v1/bank-accounts").await.status, 401);
    bench.sign_in("ais").await;
    bench.control("expire_session", "").await;
    assert_eq!(bench.renew(&bench.refresh, &[]).await.json["error_description"], "Token is not active");
    bench.sign_in("ais").await;
    bench.control("revoke_session", "").await;
    assert_eq!(bench.renew(&bench.refresh, &[]).await.json["error_description"], "Session not active");
    for (name, body) in [("expire_consent", "{}"), ("expire_consent", r#"{"bank":"x"}"#), ("slow", r#"{"typo":1}"#)] {
        assert_eq!(bench.control(name, body).await.status, 422, "{name} {body}");
    }
    assert_eq!(bench.control("nonsense", "").await.status, 404);
}

#[tokio::test]
async fn sums_and_counts_can_be_read_over_http_only_when_control_is_on() {
    let bench = Bench::signed_in().await;
    bench.get("/v1/banks").await;
    let url = format!("{}/control", bench.sandbox.api_url());
    let sums: Value = super::send(bench.http.get(format!("{url}/sums"))).await.json;
    assert_eq!(sums["transactions"].as_u64().unwrap() as usize, bench.sandbox.sums().transactions);
    assert_eq!(sums["accounts"][0]["booked"], bench.sandbox.sums().accounts[0].booked.to_string());
    let counts: Value = super::send(bench.http.get(format!("{url}/requests"))).await.json;
    assert_eq!(counts["GET /v1/banks"], 1);
    assert_eq!(counts["code exchanged"], 1);

    let closed = Bench::with(builder().control(false)).await;
    let answer = super::send(closed.http.get(format!("{}/control/sums", closed.sandbox.api_url()))).await;
    assert_eq!(answer.status, 404);
}
