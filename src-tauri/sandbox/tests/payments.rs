//! Payments: validation, the state machine, the bank's page, and the row that comes of it.

use super::{Answer, Bench, param};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const RETURN: &str = "app.saldo.desktop://payment.return/nonce";

fn order(bench: &Bench, place: usize) -> Value {
    let account = &bench.sandbox.sums().accounts[place];
    json!({
        "amount": 1, "currency": account.currency, "recipientIban": "SK3112000000198742637541",
        "recipientName": "Kovostav Hron s.r.o.", "senderIban": account.iban, "variableSymbol": "2026001",
        "paymentMessage": "Faktúra 2026001", "redirectUrl": RETURN, "externalId": "draft-1",
    })
}

/// The order with its amount digit for digit.
fn body(order: &Value, amount: &str) -> String {
    order.to_string().replacen(r#""amount":1,"#, &format!(r#""amount":{amount},"#), 1)
}

fn changed(mut order: Value, field: &str, value: Value) -> String {
    order[field] = value;
    order.to_string()
}

async fn create(bench: &Bench, order: &Value, amount: &str) -> String {
    let answer = bench.write(Method::POST, "/v1/payments/single", body(order, amount)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["data"]["status"], "CREATED");
    answer.json["data"]["id"].as_str().unwrap().to_owned()
}

async fn step(bench: &Bench, id: &str, brought: &BTreeMap<String, String>) -> Answer {
    bench.write(Method::PATCH, &format!("/v1/payments/single/{id}"), serde_json::to_string(brought).unwrap()).await
}

fn brought(address: &str) -> BTreeMap<String, String> {
    url::Url::parse(address).unwrap().query_pairs().into_owned().collect()
}

/// Creates, is sent to the bank, and gives the address of its page.
async fn at_the_bank(bench: &Bench, place: usize, amount: &str) -> (String, String) {
    let id = create(bench, &order(bench, place), amount).await;
    let answer = step(bench, &id, &BTreeMap::new()).await;
    assert_eq!(answer.json["data"]["status"], "CREATED");
    assert_eq!(answer.json["data"]["type"], "REDIRECT");
    (id, answer.json["data"]["redirectUrl"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_approved_payment_is_processed_finished_and_booked() {
    let mut bench = Bench::signed_in().await;
    let before = bench.sandbox.sums();
    let (id, page) = at_the_bank(&bench, 0, "1840.07").await;
    let back = bench.visitor.approve(&page).await.unwrap();
    assert!(back.starts_with(RETURN), "{back}");
    let parameters = brought(&back);
    assert_eq!(parameters["paymentId"], id);

    let missing = step(&bench, &id, &BTreeMap::new()).await;
    assert_eq!((missing.status, missing.json["errors"][0]["detail"]["field"].as_str().unwrap()), (422, "code"));
    let mut wrong = parameters.clone();
    wrong.insert("code".into(), "guessed".into());
    assert_eq!(step(&bench, &id, &wrong).await.json["errors"][0]["code"], "INPUT_DATA_ERROR");

    let next = step(&bench, &id, &parameters).await.json;
    assert_eq!((&next["data"]["status"], &next["data"]["type"]), (&json!("PROCESSING"), &json!("NEXT")));
    assert_eq!(bench.sandbox.sums(), before, "nothing moves before the bank says so");
    let last = step(&bench, &id, &BTreeMap::new()).await.json;
    assert_eq!(last["data"], json!({ "id": id, "status": "FINISHED" }));

    let after = bench.sandbox.sums();
    assert_eq!((before.accounts[0].booked - after.accounts[0].booked).to_string(), "1840.07");
    let newest = &bench.all(20_411, "&sort=lastUpdated:desc").await[0];
    assert_eq!(newest["status"], "BOOKED");
    assert_eq!(newest["amount"].to_string(), "1840.07");
    assert_eq!(newest["variableSymbol"], "2026001");
    assert_eq!(newest["counterpartyIban"], "SK3112000000198742637541");
    // Asking again changes nothing.
    step(&bench, &id, &BTreeMap::new()).await;
    assert_eq!(bench.sandbox.sums(), after);
    let read = bench.get(&format!("/v1/payments/single/{id}")).await;
    assert_eq!(read.json["data"]["id"].to_string(), id, "a number when read");
    assert_eq!(read.json["data"]["externalId"], "draft-1");
    assert!(read.text.contains(r#""amount":1840.07,"#));
}

#[tokio::test]
async fn every_bank_sends_its_own_parameters_and_books_in_its_own_way() {
    let mut bench = Bench::signed_in().await;
    for (place, names, booked) in [
        (0, vec!["code", "paymentId"], true),
        (3, vec!["ref", "status"], false),
        (6, vec!["result", "signId"], true),
        (8, vec!["approved", "token"], true),
        (11, vec!["authCode", "state"], false),
    ] {
        let (id, page) = at_the_bank(&bench, place, "10.00").await;
        let parameters = brought(&bench.visitor.approve(&page).await.unwrap());
        assert_eq!(parameters.keys().map(String::as_str).collect::<Vec<_>>(), names);
        let mut kinds = vec![];
        let mut answer = step(&bench, &id, &parameters).await.json;
        while let Some(kind) = answer["data"]["type"].as_str() {
            kinds.push(kind.to_owned());
            answer = step(&bench, &id, &BTreeMap::new()).await.json;
        }
        assert_eq!(answer["data"]["status"], "FINISHED");
        let push = kinds == ["PUSH", "PUSH"];
        assert!(push == (place == 6) && (push || kinds == ["NEXT"]), "{kinds:?}");
        let account = bench.sandbox.sums().accounts[place].id;
        let newest = &bench.all(account, "&sort=lastUpdated:desc").await[0];
        assert_eq!(newest["status"], if booked { "BOOKED" } else { "PENDING" });
    }
    bench.sandbox.advance(TimeDelta::days(3));
    bench.sign_in("ais").await;
    for account in [20_432, 20_488] {
        let rows = bench.all(account, "").await;
        let paid = rows.iter().find(|row| row["paymentMessage"] == "Faktúra 2026001").unwrap();
        assert_eq!(paid["status"], "BOOKED");
        assert!(paid["lastUpdated"].as_str().unwrap() > paid["createdAt"].as_str().unwrap());
    }
}

#[tokio::test]
async fn a_rejected_payment_fails_and_moves_nothing() {
    let mut bench = Bench::signed_in().await;
    let before = bench.sandbox.sums();
    let (id, page) = at_the_bank(&bench, 8, "500").await;
    let back = bench.visitor.reject(&page).await.unwrap();
    assert_eq!(param(&back, "approved").unwrap(), "false");
    let answer = step(&bench, &id, &brought(&back)).await.json;
    assert_eq!(answer["data"], json!({ "id": id, "status": "FAILED" }));
    assert_eq!(bench.sandbox.sums(), before);
    assert!(bench.visitor.approve(&page).await.is_err(), "a decision stands");
}

#[tokio::test]
async fn an_abandoned_payment_can_be_taken_up_again_until_the_bank_gives_up() {
    let mut bench = Bench::signed_in().await;
    let (id, page) = at_the_bank(&bench, 0, "5").await;
    let again = step(&bench, &id, &BTreeMap::new()).await.json;
    assert_eq!(again["data"]["redirectUrl"], page);
    let early = BTreeMap::from([("code".to_owned(), "guessed".to_owned())]);
    assert_eq!(step(&bench, &id, &early).await.status, 422);
    assert_eq!(bench.get(&format!("/v1/payments/single/{id}")).await.json["data"]["status"], "CREATED");
    bench.sandbox.advance(TimeDelta::minutes(31));
    let answer = bench.renew(&bench.refresh, &[]).await;
    bench.take(&answer);
    assert!(bench.visitor.approve(&page).await.is_err());
    assert_eq!(step(&bench, &id, &BTreeMap::new()).await.json["data"]["status"], "FAILED");
}

#[tokio::test]
async fn too_little_money_fails_at_the_bank() {
    let mut bench = Bench::signed_in().await;
    let before = bench.sandbox.sums();
    let (id, page) = at_the_bank(&bench, 0, "9999999999").await;
    let back = bench.visitor.approve(&page).await.unwrap();
    step(&bench, &id, &brought(&back)).await;
    assert_eq!(step(&bench, &id, &BTreeMap::new()).await.json["data"]["status"], "FAILED");
    assert_eq!(bench.sandbox.sums(), before);
}

#[tokio::test]
async fn without_a_sender_the_owner_chooses_at_the_bank() {
    let mut bench = Bench::signed_in().await;
    let mut order = order(&bench, 0);
    order["senderIban"] = Value::Null;
    let id = create(&bench, &order, "7.50").await;
    let page = step(&bench, &id, &BTreeMap::new()).await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    assert!(bench.visitor.approve(&page).await.is_err(), "no account chosen");
    let back = bench.visitor.approve_from(&page, 20_467).await.unwrap();
    step(&bench, &id, &brought(&back)).await;
    assert_eq!(step(&bench, &id, &BTreeMap::new()).await.json["data"]["status"], "FINISHED");
    let row = &bench.all(20_467, "&sort=lastUpdated:desc").await[0];
    // Paid in EUR from a CZK account.
    assert_eq!((&row["originalCurrency"], row["originalAmount"].to_string()), (&json!("EUR"), "7.5".to_owned()));
}

#[tokio::test]
async fn between_own_accounts_both_sides_move() {
    let mut bench = Bench::signed_in().await;
    let before = bench.sandbox.sums();
    let mut order = order(&bench, 0);
    order["recipientIban"] = json!(before.accounts[1].iban);
    let id = create(&bench, &order, "250.00").await;
    let page = step(&bench, &id, &BTreeMap::new()).await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let back = bench.visitor.approve(&page).await.unwrap();
    step(&bench, &id, &brought(&back)).await;
    step(&bench, &id, &BTreeMap::new()).await;
    let after = bench.sandbox.sums();
    assert_eq!(after.totals, before.totals);
    assert_eq!((after.accounts[1].booked - before.accounts[1].booked).to_string(), "250.00");
}

#[tokio::test]
async fn every_rule_of_a_single_payment_is_checked() {
    let bench = Bench::signed_in().await;
    let good = order(&bench, 0);
    for (field, value, rule) in [
        ("amount", json!("1.00"), "number"),
        ("amount", json!(0), "range"),
        ("amount", json!(-1), "range"),
        ("amount", json!(10_000_000_000_u64), "range"),
        ("amount", Value::Null, "number"),
        ("currency", json!("eur"), "currency"),
        ("currency", Value::Null, "required"),
        ("recipientIban", json!("SK3112000000198742637542"), "iban"),
        ("recipientIban", json!("SK31 1200 0000 1987 4263 7541"), "iban"),
        ("recipientIban", Value::Null, "required"),
        ("senderIban", json!("nonsense"), "iban"),
        ("recipientBankBic", json!("TATR"), "bic"),
        ("recipientName", json!("x".repeat(141)), "maxLength"),
        ("variableSymbol", json!("12345678901"), "maxLength"),
        ("variableSymbol", json!("12a"), "numeric"),
        ("constantSymbol", json!("12345"), "maxLength"),
        ("specificSymbol", json!("12345678901"), "maxLength"),
        ("reference", json!("x".repeat(36)), "maxLength"),
        ("reference", json!("RF12"), "excluded"),
        ("paymentMessage", json!("x".repeat(141)), "maxLength"),
        ("externalId", json!("x".repeat(256)), "maxLength"),
        ("paymentDate", json!("tomorrow"), "date-time"),
        ("redirectUrl", json!("http://localhost:5000/x"), "url"),
        ("redirectUrl", json!("app.saldo.desktop:/payment"), "url"),
        ("redirectUrl", Value::Null, "required"),
        ("surprise", json!(1), "unknown"),
    ] {
        let answer =
            bench.write(Method::POST, "/v1/payments/single", changed(good.clone(), field, value.clone())).await;
        assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text);
        assert_eq!(answer.json["errors"][0]["detail"]["rule"], rule, "{field} {value}");
    }
    for (amount, status) in [("0.01", 200), ("12.30", 200), ("1e2", 200), ("12.345", 422), ("0.001", 422)] {
        assert_eq!(
            bench.write(Method::POST, "/v1/payments/single", body(&good, amount)).await.status,
            status,
            "{amount}"
        );
    }
    let stranger = changed(good.clone(), "senderIban", json!("CZ6508000000192000145399"));
    let answer = bench.write(Method::POST, "/v1/payments/single", stranger).await;
    assert_eq!(answer.json["errors"][0]["code"], "INPUT_DATA_ERROR");
    assert_eq!(bench.write(Method::POST, "/v1/payments/single", "not json").await.status, 422);
    let web = changed(good, "redirectUrl", json!("https://web.example/back?x=1"));
    assert_eq!(bench.write(Method::POST, "/v1/payments/single", web).await.status, 200);
}

#[tokio::test]
async fn an_external_id_does_not_make_two_payments_one() {
    let bench = Bench::signed_in().await;
    let order = order(&bench, 0);
    let (first, second) = (create(&bench, &order, "1").await, create(&bench, &order, "1").await);
    assert_ne!(first, second);
    let list = bench.get("/v1/payments/single").await.json;
    assert_eq!(list["meta"]["pagination"]["countTotal"], 2);
    assert_eq!(list["data"][0]["id"].to_string(), second, "newest first");
    assert_eq!(list["data"][0]["externalId"], list["data"][1]["externalId"]);
}

#[tokio::test]
async fn payments_need_their_scope_and_their_headers() {
    let mut bench = Bench::new().await;
    bench.sign_in("ais").await;
    let answer = bench.get("/v1/payments/single").await;
    assert_eq!((answer.status, answer.json["errors"][0]["code"].as_str().unwrap()), (403, "NOT_AUTHORIZED"));
    bench.sign_in("ais pis").await;
    let (id, _) = at_the_bank(&bench, 0, "1").await;
    for missing in ["x-ef-sender-ip", "x-ef-sender-user-agent"] {
        let path = format!("/v1/payments/single/{id}");
        let mut request = bench.request(Method::PATCH, &path).body("{}").build().unwrap();
        request.headers_mut().remove(missing);
        assert_eq!(bench.http.execute(request).await.unwrap().status(), 422, "{missing}");
    }
    for path in ["/v1/payments/single/99", "/v1/payments/single/x", "/v1/payments/bulk/12"] {
        assert_eq!(bench.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_bulk_payment_is_approved_once_and_may_be_paid_in_part() {
    let mut bench = Bench::signed_in().await;
    let sums = bench.sandbox.sums();
    let item = |name: &str, amount: Value| json!({ "amount": amount, "currency": "EUR", "recipientIban": "SK3112000000198742637541", "recipientName": name });
    let bulk = |items: Value| {
        json!({ "name": "Wages", "dueDate": "", "senderIban": sums.accounts[6].iban, "redirectUrl": RETURN, "payments": items }).to_string()
    };
    for bad in [json!([]), json!([{ "amount": 1 }]), Value::Null] {
        assert_eq!(bench.write(Method::POST, "/v1/payments/bulk", bulk(bad)).await.status, 422);
    }
    let items = json!([item("A", json!(1.5)), item("B", json!(9_000_000)), item("C", json!(2))]);
    let id = bench.write(Method::POST, "/v1/payments/bulk", bulk(items)).await.json["data"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/payments/bulk/{id}");
    let page = bench.write(Method::PATCH, &path, "{}").await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let back = brought(&bench.visitor.approve(&page).await.unwrap());
    let mut answer = bench.write(Method::PATCH, &path, serde_json::to_string(&back).unwrap()).await.json;
    while answer["data"]["type"].is_string() {
        answer = bench.write(Method::PATCH, &path, "{}").await.json;
    }
    assert_eq!(answer["data"]["status"], "PARTIALLY_PAID");
    let read = bench.get(&path).await.json;
    let statuses: Vec<_> =
        read["data"]["payments"].as_array().unwrap().iter().map(|p| p["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["FINISHED", "FAILED", "FINISHED"]);
    assert_eq!(read["data"]["allPaymentsCount"], 3);
    assert!(read["data"]["payments"][0]["id"].is_string());
    let spent = sums.accounts[6].booked - bench.sandbox.sums().accounts[6].booked;
    assert_eq!(spent.to_string(), "3.50");
}

#[tokio::test]
async fn a_payment_for_later_is_booked_on_its_day() {
    let mut bench = Bench::signed_in().await;
    let mut order = order(&bench, 0);
    order["paymentDate"] = json!("2026-10-20T00:00:00.000Z");
    order["paymentMessage"] = json!("For later");
    let before = bench.sandbox.sums();
    let id = create(&bench, &order, "33").await;
    let page = step(&bench, &id, &BTreeMap::new()).await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let back = bench.visitor.approve(&page).await.unwrap();
    step(&bench, &id, &brought(&back)).await;
    assert_eq!(step(&bench, &id, &BTreeMap::new()).await.json["data"]["status"], "FINISHED");
    assert_eq!(bench.sandbox.sums(), before);
    bench.sandbox.advance(TimeDelta::days(6));
    bench.sign_in("ais").await;
    let rows = bench.all(20_411, "&bookingDateFrom=2026-10-20").await;
    let row = rows.iter().find(|row| row["paymentMessage"] == "For later").unwrap();
    assert_eq!(row["bookingDate"], "2026-10-20");
}

#[tokio::test]
async fn two_payments_in_one_instant_are_both_found_by_their_last_update() {
    let mut bench = Bench::signed_in().await;
    let mut stamps = Vec::new();
    for amount in ["1", "2"] {
        let (id, page) = at_the_bank(&bench, 0, amount).await;
        let back = bench.visitor.approve(&page).await.unwrap();
        step(&bench, &id, &brought(&back)).await;
        step(&bench, &id, &BTreeMap::new()).await;
        stamps.push(bench.all(20_411, "&sort=lastUpdated:desc").await[0]["lastUpdated"].as_str().unwrap().to_owned());
    }
    assert!(stamps[0] < stamps[1], "{stamps:?}");
}

#[tokio::test]
async fn a_bank_that_asks_wants_a_way_and_then_a_sealed_code() {
    let mut bench = Bench::signed_in().await;
    bench.sandbox.ask_in_place("tatrskbx");
    let id = create(&bench, &order(&bench, 0), "5.00").await;
    let nothing = BTreeMap::new();
    let answer = step(&bench, &id, &nothing).await.json;
    assert_eq!((&answer["data"]["type"], &answer["data"]["status"]), (&json!("INPUT"), &json!("CREATED")));
    assert_eq!(answer["data"]["input"]["selectOptions"][0]["value"], "sms");
    assert!(answer["data"].get("redirectUrl").is_none());

    let chosen = |way: &str| BTreeMap::from([("scaMethod".to_owned(), way.to_owned())]);
    assert_eq!(step(&bench, &id, &chosen("pigeon")).await.status, 422);
    let answer = step(&bench, &id, &chosen("sms")).await.json;
    assert_eq!(answer["data"]["inputsToEncrypt"], json!(["otp"]));
    assert_eq!(answer["data"]["inputSet"].as_array().unwrap().len(), 3);
    assert_eq!(bench.sandbox.code().unwrap().len(), 6);
    let open = BTreeMap::from([("otp".to_owned(), bench.sandbox.code().unwrap())]);
    assert_eq!(step(&bench, &id, &open).await.status, 422, "a code in the open");
    assert_eq!(step(&bench, &id, &nothing).await.json["data"]["type"], "INPUT", "asked again");

    // The other two ways, and banks that do not ask.
    let id = create(&bench, &order(&bench, 0), "5.01").await;
    step(&bench, &id, &nothing).await;
    let answer = step(&bench, &id, &chosen("push")).await.json;
    assert_eq!((&answer["data"]["type"], &answer["data"]["status"]), (&json!("PUSH"), &json!("PROCESSING")));
    let id = create(&bench, &order(&bench, 0), "5.02").await;
    step(&bench, &id, &nothing).await;
    let answer = step(&bench, &id, &chosen("page")).await.json;
    let page = answer["data"]["redirectUrl"].as_str().unwrap();
    assert!(bench.visitor.approve(page).await.is_ok());
    assert_eq!(bench.sandbox.payments_created(), BTreeMap::from([("draft-1".to_owned(), 3)]));
}
