//! The habits of banks over HTTP: what they are is told in `personalities`; here, that they show, and where.

use super::{Bench, builder};
use crate::{Builder, Personality, Personality::*, StartError};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// A bank with its operating account and its card, and a savings account at another bank.
const BANK: &str = "tatrskbx";
const ACCOUNT: u64 = 20_411;
const CARD: u64 = 20_425;
const ELSEWHERE: u64 = 20_481;

async fn behaving(personality: Personality) -> Bench {
    signed_in(builder().personality(BANK, personality)).await
}

async fn signed_in(builder: Builder) -> Bench {
    // Weeks pass, and nobody renews tokens here.
    let long = Duration::from_secs(400 * 86_400);
    let mut bench = Bench::with(builder.access_lifetime(long).session_lifetime(long, long)).await;
    bench.sign_in("ais").await;
    bench
}

/// What the API says now of the accounts of a bank, and of one of them.
async fn said(bench: &Bench, bank: &str, account: u64) -> Vec<(u16, String)> {
    let accounts = bench.get("/v1/bank-accounts?countPerPage=500").await;
    let listed = accounts.json["data"].as_array().unwrap();
    let own: Vec<&Value> = listed.iter().filter(|entry| entry["bank"]["id"] == bank).collect();
    let mut all = vec![(accounts.status, json!(own).to_string())];
    let mut ids = own.iter().filter_map(|entry| entry["id"].as_u64());
    let Some(id) = ids.rfind(|id| id % 1_000_000 == account) else { return all };
    let from = (bench.sandbox.now() - TimeDelta::days(70)).date_naive();
    for query in [
        &format!("bookingDateFrom={from}&page=1&countPerPage=60"),
        &format!("bookingDateFrom={from}&page=2&countPerPage=60"),
        "sort=bookingDate:asc",
    ] {
        let answer = bench.get(&format!("/v1/bank-accounts/{id}/transactions?{query}")).await;
        all.push((answer.status, answer.text.replace(bench.sandbox.api_url(), "")));
    }
    all
}

#[tokio::test]
async fn each_habit_shows_at_its_bank_and_nowhere_else() {
    let bench = signed_in(builder()).await;
    // What happens at all is the world's own matter: these are habits of the simulation's accounts.
    let of_life = [Twins, Refusing, Midnight];
    let mut hidden: Vec<Personality> = Personality::ALL.to_vec();
    hidden.retain(|personality| !of_life.contains(personality));
    for days in [0, 1, 2, 3, 5, 8, 13, 13] {
        bench.sandbox.advance(TimeDelta::days(days));
        bench.sandbox.renew_consent(BANK);
        bench.sandbox.advance(TimeDelta::hours(2));
        bench.sandbox.behave(BANK, &[]).unwrap();
        let (here, elsewhere) = (said(&bench, BANK, CARD).await, said(&bench, "rzbcczpp", ELSEWHERE).await);
        let mut still = Vec::new();
        for personality in hidden {
            bench.sandbox.behave(BANK, &[personality]).unwrap();
            if said(&bench, BANK, CARD).await == here {
                still.push(personality);
            }
        }
        assert_eq!(said(&bench, "rzbcczpp", ELSEWHERE).await, elsewhere);
        hidden = still;
    }
    assert_eq!(hidden, []);
}

#[tokio::test]
async fn refusals_carry_what_they_carry_in_the_real_world() {
    let bench = behaving(RateLimited).await;
    let path = format!("/v1/bank-accounts/{ACCOUNT}/transactions?updatedFrom=2026-10-01T00:00:00Z");
    let mut limited = None;
    for _ in 0..40 {
        let response = bench.request(Method::GET, &path).send().await.unwrap();
        if response.status() == 429 {
            limited = Some(response);
            break;
        }
    }
    let wait = limited.unwrap().headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap();
    assert!((1..=900).contains(&wait));
    assert_eq!(bench.get(&format!("/v1/bank-accounts/{ELSEWHERE}/transactions")).await.status, 200);

    let bench = behaving(RefusesWide).await;
    let whole = bench.get(&format!("/v1/bank-accounts/{ACCOUNT}/transactions")).await;
    assert_eq!((whole.status, &whole.json["errors"][0]["code"]), (422, &json!("INPUT_DATA_ERROR")));
    assert_eq!(bench.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_new_consent_changes_ids_where_that_is_the_habit() {
    let bench = signed_in(builder().personality(BANK, ListedTwice).personality(BANK, NewIdsOnConsent)).await;
    bench.sandbox.advance(TimeDelta::days(1));
    let path = |account: u64| format!("/v1/bank-accounts/{account}/transactions?countPerPage=1");
    let before = bench.get(&path(ACCOUNT)).await.json["data"][0].clone();
    bench.sandbox.renew_consent(BANK);
    let accounts = bench.get("/v1/bank-accounts").await.json["data"].clone();
    let own: Vec<&Value> = accounts
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["id"].as_u64().unwrap() % 1_000_000 == ACCOUNT)
        .collect();
    assert_eq!(own.len(), 2);
    assert_eq!((&own[0]["status"], &own[1]["status"]), (&json!("CONSENT_EXPIRED"), &json!("ACTIVE")));
    assert_eq!(own[0]["iban"], own[1]["iban"]);
    let fresh = own[1]["id"].as_u64().unwrap();
    let after = bench.get(&path(fresh)).await;
    assert_eq!(after.status, 200, "{}", after.text);
    let after = after.json["data"][0].clone();
    assert_ne!(before["id"], after["id"]);
    assert_eq!(before["amount"], after["amount"]);
    let renewed: DateTime<Utc> = after["lastUpdated"].as_str().unwrap().parse().unwrap();
    assert!(renewed >= bench.sandbox.now() - TimeDelta::seconds(1));
    let one = bench.get(&format!("/v1/bank-accounts/{fresh}/transactions/{}", after["id"].as_str().unwrap())).await;
    assert_eq!(one.json["data"], after);
}

#[tokio::test]
async fn habits_come_and_go_on_request() {
    let bench = Bench::signed_in().await;
    let names: Vec<&str> = vec![NoBankId.name(), TextNumbers.name()];
    let order = |names: &[&str]| json!({ "bank": BANK, "personalities": names }).to_string();
    let row = async || {
        bench.get(&format!("/v1/bank-accounts/{ACCOUNT}/transactions?countPerPage=1")).await.json["data"][0].clone()
    };
    let plain = row().await;
    assert_eq!(bench.control("personality", &order(&names)).await.status, 200);
    let odd = row().await;
    assert!(odd["id"].is_number() && odd["amount"].is_string() && odd["bankTransactionId"].is_null());
    assert_eq!(bench.control("personality", &order(&[])).await.status, 200);
    assert_eq!(row().await, plain);
    assert_eq!(bench.control("personality", &order(&["polite"])).await.status, 422);
    assert_eq!(bench.control("personality", r#"{"bank": "nobank", "personalities": []}"#).await.status, 422);
    bench.sandbox.behave(BANK, &[NoBankId]).unwrap();
    assert!(row().await["bankTransactionId"].is_null());
    assert!(bench.sandbox.behave("nobank", &[]).is_err());
    assert!(matches!(builder().personality("nobank", Twins).start().await, Err(StartError::Bank(_))));
}
