//! Account information on the wire.

use super::{Answer, Bench, morning, send};
use crate::{Sandbox, iban};
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A JSON number with two decimals as the digits it was written in.
fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn moment(row: &Value, field: &str) -> DateTime<Utc> {
    row[field].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn twelve_accounts_at_five_banks_in_two_currencies() {
    let bench = Bench::signed_in().await;
    let answer = bench.get("/v1/bank-accounts").await;
    let accounts = answer.json["data"].as_array().unwrap();
    assert_eq!(accounts.len(), 12);
    let distinct =
        |read: fn(&Value) -> &Value| accounts.iter().map(|a| read(a).to_string()).collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(|a| &a["bank"]["id"]), 5);
    assert_eq!(distinct(|a| &a["currency"]), 2);
    assert_eq!(distinct(|a| &a["id"]), 12);
    assert_eq!(distinct(|a| &a["bank"]["countryCode"]), 2);
    let without: Vec<_> = accounts.iter().filter(|a| a["iban"].is_null()).collect();
    assert_eq!(without.len(), 1);
    assert_eq!(without[0]["type"], "CARD");
    assert!(answer.text.contains(r#""creditLimit":5000.00"#));
    for account in accounts {
        assert!(account["iban"].as_str().is_none_or(iban::valid), "{account}");
        assert_eq!(account["status"], "ACTIVE");
        assert_eq!(account["historyFrom"], "2023-10-14");
        let one = bench.get(&format!("/v1/bank-accounts/{}", account["id"])).await;
        assert_eq!(&one.json["data"], account);
    }
    // The second bank's consent is the one that ends soon.
    assert_eq!(accounts[3]["consentValidUntil"], "2026-10-20T07:11:40.250Z");
}

#[tokio::test]
async fn pages_add_up_and_the_last_one_is_announced() {
    let bench = Bench::signed_in().await;
    let path = "/v1/bank-accounts/20411/transactions";
    let first = bench.get(path).await.json;
    let pagination = &first["meta"]["pagination"];
    assert_eq!((pagination["page"].as_u64(), pagination["countPerPage"].as_u64()), (Some(1), Some(100)));
    assert!(pagination["previousPageUrl"].is_null());
    let next = pagination["nextPageUrl"].as_str().unwrap().strip_prefix(bench.sandbox.api_url()).unwrap();
    assert_eq!(bench.get(next).await.json["meta"]["pagination"]["page"], 2);

    let rows = bench.all(20_411, "").await;
    let ids: BTreeSet<_> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), rows.len());
    let beyond = bench.get(&format!("{path}?page=100000")).await.json;
    assert_eq!(beyond["data"].as_array().unwrap().len(), 0);
    for bad in ["page=0", "page=x", "countPerPage=501", "countPerPage=0"] {
        assert_eq!(bench.get(&format!("{path}?{bad}")).await.status, 422, "{bad}");
    }
}

#[tokio::test]
async fn one_millisecond_after_the_last_update_there_is_nothing_until_something_happens() {
    let bench = Bench::signed_in().await;
    for account in bench.sandbox.sums().accounts {
        let rows = bench.all(account.id, "").await;
        let latest = rows.iter().map(|row| moment(row, "lastUpdated")).max().unwrap();
        assert!(latest <= morning());
        let from = (latest + TimeDelta::milliseconds(1)).to_rfc3339_opts(SecondsFormat::Millis, true);
        assert_eq!(bench.all(account.id, &format!("&updatedFrom={from}")).await.len(), 0);
    }
    let before = bench.all(20_432, "&sort=lastUpdated:desc").await;
    let cursor =
        (moment(&before[0], "lastUpdated") + TimeDelta::milliseconds(1)).to_rfc3339_opts(SecondsFormat::Millis, true);
    bench.sandbox.advance(TimeDelta::days(2));
    let mut bench = bench;
    bench.sign_in("ais").await;
    let news = bench.all(20_432, &format!("&updatedFrom={cursor}")).await;
    let after = bench.all(20_432, "").await;
    // The news laid over the old rows are exactly the rows of today.
    let mut merged: BTreeMap<String, Value> = before.into_iter().map(|row| (row["id"].to_string(), row)).collect();
    assert!(news.iter().any(|row| merged.contains_key(&row["id"].to_string())), "something pending was booked");
    merged.extend(news.into_iter().map(|row| (row["id"].to_string(), row)));
    assert_eq!(merged, after.into_iter().map(|row| (row["id"].to_string(), row)).collect());
}

#[tokio::test]
async fn history_was_downloaded_after_the_newest_rows() {
    let bench = Bench::signed_in().await;
    let rows = bench.all(20_411, "&sort=bookingDate:asc").await;
    assert!(moment(&rows[0], "createdAt") > moment(&rows[500], "createdAt"));
}

#[tokio::test]
async fn filters_take_what_they_say() {
    let bench = Bench::signed_in().await;
    let all = bench.all(20_411, "").await;
    let incoming = bench.all(20_411, "&direction=IN").await;
    let outgoing = bench.all(20_411, "&direction=OUT").await;
    assert_eq!(incoming.len() + outgoing.len(), all.len());
    assert!(incoming.iter().all(|row| row["direction"] == "IN"));

    let span = bench.all(20_411, "&bookingDateFrom=2026-03-01&bookingDateTo=2026-03-31&sort=bookingDate:asc").await;
    assert!(span.len() > 50);
    assert!(span.iter().all(|row| row["valueDate"].as_str().unwrap().starts_with("2026-03")));
    let recent = bench.all(20_411, "&valueDateFrom=2026-10-01").await;
    assert!(recent.iter().all(|row| row["valueDate"].as_str().unwrap() >= "2026-10-01"));
    let created = bench.all(20_411, "&createdFrom=2026-10-13T00:00:00.000%2B00:00").await;
    assert!(!created.is_empty() && created.iter().all(|row| row["createdAt"].as_str().unwrap() >= "2026-10-13"));

    let id = all[5]["id"].as_str().unwrap();
    assert_eq!(bench.get(&format!("/v1/bank-accounts/20411/transactions/{id}")).await.json["data"], all[5]);
    let elsewhere = bench.get(&format!("/v1/bank-accounts/20418/transactions/{id}")).await;
    assert_eq!(code(&elsewhere), (404, "DATA_NOT_FOUND".to_owned()));
}

#[tokio::test]
async fn each_days_rows_lead_from_balance_to_balance_to_the_cent() {
    let bench = Bench::signed_in().await;
    let accounts = bench.get("/v1/bank-accounts").await.text;
    for sum in bench.sandbox.sums().accounts {
        let mut booked = sum.opening;
        let mut seen = 0;
        for row in bench.all(sum.id, "").await {
            seen += 1;
            let amount = decimal(&row["amount"].to_string());
            assert!(amount > Decimal::ZERO);
            if row["status"] == "BOOKED" {
                assert!(row["bookingDate"].is_string());
                booked += if row["direction"] == "IN" { amount } else { -amount };
            } else {
                assert!(row["bookingDate"].is_null());
            }
        }
        assert_eq!((booked, seen), (sum.booked, sum.transactions), "{}", sum.name);
        let wire = format!(r#""type":"BOOKED","amount":{booked:.2},"currency":"{}""#, sum.currency);
        assert!(accounts.contains(&wire), "{wire}");
    }
}

#[tokio::test]
async fn the_world_looks_like_a_small_company() {
    let bench = Bench::signed_in().await;
    let sums = bench.sandbox.sums();
    assert!(sums.transactions >= 20_000, "{}", sums.transactions);
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    let mut foreign = 0;
    for account in &sums.accounts {
        for row in bench.all(account.id, "").await {
            *statuses.entry(row["status"].as_str().unwrap().to_owned()).or_default() += 1;
            foreign += usize::from(row["originalCurrency"].is_string() && row["exchangeRate"].is_number());
            assert!(row["counterpartyIban"].as_str().is_none_or(iban::valid), "{row}");
            let day: NaiveDate = row["valueDate"].as_str().unwrap().parse().unwrap();
            assert!(day <= morning().date_naive());
        }
    }
    assert!(statuses["PENDING"] >= 5 && statuses["REJECTED"] >= 5 && statuses["CANCELLED"] >= 5, "{statuses:?}");
    assert!(foreign > 100, "{foreign}");
    let operating = bench.all(20_411, "").await;
    let with_symbol = operating.iter().filter(|row| row["variableSymbol"].is_string()).count();
    assert!(with_symbol * 2 > operating.len());
    let wages = bench.all(20_453, "&direction=OUT").await;
    assert!(wages.iter().filter(|row| row["constantSymbol"] == "0138").count() >= 11 * 35);
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json["errors"][0]["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn every_header_is_required() {
    let bench = Bench::signed_in().await;
    for (missing, status, error) in [
        ("authorization", 401, "NOT_AUTHORIZED"),
        ("accept", 422, "REQUEST_VALIDATION_ERROR"),
        ("content-type", 422, "REQUEST_VALIDATION_ERROR"),
        ("user-agent", 422, "REQUEST_VALIDATION_ERROR"),
        ("client-ip-address", 422, "REQUEST_VALIDATION_ERROR"),
    ] {
        let mut request = bench.request(Method::GET, "/v1/bank-accounts").build().unwrap();
        request.headers_mut().remove(missing);
        if missing == "accept" {
            request.headers_mut().insert("accept", "text/html".parse().unwrap());
        }
        let response = bench.http.execute(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{missing}");
        let json: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(json["errors"][0]["code"], error, "{missing}");
        assert_eq!(json["meta"]["status"], "ERROR");
        if status == 422 {
            assert_eq!(json["errors"][0]["detail"]["field"], missing);
        }
    }
    for (value, error) in [("Basic abc", "INVALID_AUTH_HEADER"), ("Bearer made-up", "INVALID_ACCESS_TOKEN")] {
        let answer =
            send(bench.http.get(format!("{}/v1/banks", bench.sandbox.api_url())).header("authorization", value)).await;
        assert_eq!(code(&answer), (401, error.to_owned()));
    }
}

#[tokio::test]
async fn errors_are_worded_as_documented() {
    let bench = Bench::signed_in().await;
    let wrong = bench.get("/v1/bank-accounts/20411/transactions?direction=UP").await;
    assert_eq!(wrong.status, 422);
    let error = &wrong.json["errors"][0];
    assert_eq!(error["code"], "REQUEST_VALIDATION_ERROR");
    assert_eq!(error["detail"]["rule"], "enum");
    assert_eq!(error["detail"]["message"], "enum validation failed on direction");
    assert_eq!(error["detail"]["args"]["choices"], serde_json::json!(["IN", "OUT"]));
    assert_eq!(code(&bench.get("/v1/bank-accounts?account_types=x").await).0, 422);
    assert_eq!(code(&bench.get("/v1/bank-accountsrz").await), (404, "NOT_FOUND".to_owned()));
    assert_eq!(code(&bench.get("/v1/bank-accounts/1").await), (404, "DATA_NOT_FOUND".to_owned()));
    let html = bench.get("/v1/bank-accounts?page=%zz").await;
    assert_eq!(html.status, 400);
    assert!(html.text.contains("<center>cloudflare</center>"));
}

#[tokio::test]
async fn refreshing_too_often_is_limited_and_says_for_how_long() {
    let bench = Bench::signed_in().await;
    for _ in 0..6 {
        assert_eq!(bench.write(Method::POST, "/v1/bank-accounts/refresh", "").await.status, 204);
    }
    let limited = bench.request(Method::POST, "/v1/bank-accounts/refresh").send().await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "60");
    bench.sandbox.advance(TimeDelta::seconds(61));
    assert_eq!(bench.write(Method::POST, "/v1/bank-accounts/refresh", "").await.status, 204);
}

#[tokio::test]
async fn an_expired_consent_freezes_the_banks_accounts_and_renewing_thaws_them() {
    let mut bench = Bench::signed_in().await;
    bench.sandbox.expire_consent("gibaskbx");
    let frozen = bench.sandbox.sums();
    bench.sandbox.advance(TimeDelta::days(5));
    bench.sign_in("ais").await;
    let later = bench.sandbox.sums();
    let of = |sums: &crate::Sums, bank: &str| -> Vec<_> {
        sums.accounts.iter().filter(|a| a.bank == bank).map(|a| (a.booked, a.transactions)).collect()
    };
    assert_eq!(of(&frozen, "gibaskbx"), of(&later, "gibaskbx"));
    assert_ne!(of(&frozen, "tatrskbx"), of(&later, "tatrskbx"));
    let accounts = bench.get("/v1/bank-accounts").await.json;
    assert_eq!(accounts["data"][3]["status"], "CONSENT_EXPIRED");
    assert_eq!(accounts["data"][0]["status"], "ACTIVE");
    bench.sandbox.renew_consent("gibaskbx");
    assert_ne!(of(&frozen, "gibaskbx"), of(&bench.sandbox.sums(), "gibaskbx"));
    assert_eq!(bench.get("/v1/bank-accounts").await.json["data"][3]["status"], "ACTIVE");
    // Without any fault it ends by itself six days after the world's epoch.
    let bench = Bench::signed_in().await;
    bench.sandbox.advance(TimeDelta::days(6));
    let mut bench = bench;
    bench.sign_in("ais").await;
    assert_eq!(bench.get("/v1/bank-accounts").await.json["data"][3]["status"], "CONSENT_EXPIRED");
}

#[tokio::test]
async fn banks_can_be_listed_by_country() {
    let bench = Bench::signed_in().await;
    assert_eq!(bench.get("/v1/banks").await.json["data"].as_array().unwrap().len(), 5);
    let czech = bench.get("/v1/banks?countryCode=CZ").await.json;
    let ids: Vec<_> = czech["data"].as_array().unwrap().iter().map(|bank| bank["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["fiobczpp", "rzbcczpp"]);
    let logo = czech["data"][0]["logoUrl"].as_str().unwrap();
    assert_eq!(send(bench.http.get(logo)).await.status, 200);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    async fn bytes(seed: u64) -> String {
        let mut bench = Bench::with(Sandbox::builder().seed(seed).clock(morning).client("saldo", "hush")).await;
        bench.sign_in("ais").await;
        let mut all = bench.get("/v1/bank-accounts").await.text;
        for page in 1..4 {
            let path = format!("/v1/bank-accounts/20411/transactions?countPerPage=500&page={page}");
            all += &bench.get(&path).await.text.replace(bench.sandbox.api_url(), "");
        }
        all
    }
    let (one, same, other) = tokio::join!(bytes(7), bytes(7), bytes(8));
    assert!(one.len() > 100_000);
    assert_eq!(one, same);
    assert_ne!(one, other);
}
