//! The client against a server that answers as Everifin may: well, oddly, late and wrongly.

use super::{accounts, payments, transactions, *};
use crate::auth::tests::{World, grant, refusal};
use crate::failure::FailureKind;
use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, Request, Respond, ResponseTemplate};

struct Bank {
    world: World,
    everifin: Everifin,
}

/// A signed-in client and its server.
async fn bank() -> Bank {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", Value::Null)).await;
    let everifin = Everifin::new(session, world.clock.clone());
    Bank { world, everifin }
}

impl Bank {
    async fn says(&self, verb: &str, at: &str, answer: impl Respond + 'static) {
        Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(&self.world.server).await;
    }

    async fn requests(&self, at: &str) -> Vec<Request> {
        let all = self.world.server.received_requests().await.unwrap();
        all.into_iter().filter(|request| request.url.path() == at).collect()
    }
}

fn success(data: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"meta": {"status": "SUCCESS"}, "data": data}))
}

fn error(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(
        json!({"meta": {"status": "ERROR"}, "errors": [{"code": code, "title": "t", "detail": {"field": "x"}}]}),
    )
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_string("<html><center>cloudflare</center></html>")
}

fn paged(rows: &[Value], last: usize, total: usize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"data": rows, "meta": {"status": "SUCCESS", "pagination": {
        "page": 1, "countPerPage": 2, "countTotal": total, "first": 1, "last": last,
        "nextPageUrl": "https://evil.example/", "previousPageUrl": null}}}))
}

fn account() -> Value {
    json!({"id": 7, "iban": "SK31 1200 0000 1987 4263 7541", "currency": "EUR", "name": "Bežný účet", "type": "CURRENT",
        "bank": {"id": "x", "name": "Tatra banka", "bic": "TATRSKBX", "countryCode": "SK"}, "status": "ACTIVE",
        "consentValidUntil": "2027-01-01T00:00:00.000Z", "lastRefreshedAt": "2026-11-22T10:00:00.000+00:00",
        "historyFrom": "2023-11-22", "futureField": {"a": [1]},
        "balances": [{"type": "BOOKED", "amount": 1234.50, "currency": "EUR", "updatedAt": "2026-11-22T09:00:00Z"},
            {"type": "AVAILABLE", "amount": "1200.10", "currency": "EUR"}, {"type": "FORWARD", "amount": "?", "currency": "EUR"}]})
}

fn transaction(id: u64) -> Value {
    json!({"id": id, "status": "BOOKED", "direction": "OUT", "amount": 12.3, "currency": "EUR", "bookingDate": "2026-11-20",
        "createdAt": "2026-11-20T08:00:00.000Z", "lastUpdated": "2026-11-20T08:00:00.123Z", "variableSymbol": 20260001})
}

fn new_payment() -> NewPayment {
    NewPayment {
        line: NewLine {
            amount: Money::new("1250.50".parse().unwrap(), Currency::EUR),
            iban: "SK3112000000198742637541".into(),
            payee: "Dodávateľ \"s. r. o.\"".into(),
            variable_symbol: Some("20260001".into()),
            constant_symbol: None,
            specific_symbol: None,
            reference: None,
            message: None,
        },
        pay_on: Some("2026-12-01".parse().unwrap()),
        from_iban: "SK3112000000198742637541".into(),
        return_to: "app.saldo.desktop://payment.return/n0nce".into(),
        external_id: "saldo-1".into(),
    }
}

#[tokio::test]
async fn accounts_are_read_and_requests_carry_what_everifin_wants() {
    let bank = bank().await;
    bank.says(
        "GET",
        "/v1/bank-accounts",
        success(json!([account(), {"id": "9", "currency": "CZK", "balances": null}])),
    )
    .await;
    let listing = bank.everifin.accounts().await.unwrap();
    assert!(listing.unreadable.is_empty());
    let [first, bare] = &listing.rows[..] else { panic!("two accounts") };
    assert_eq!((first.id.0.as_str(), first.iban.as_deref()), ("7", Some("SK3112000000198742637541")));
    assert_eq!(first.balances.len(), 2);
    assert_eq!(first.balances[0].money.amount.to_string(), "1234.5");
    assert_eq!(first.balances[1].kind, BalanceKind::Available);
    assert_eq!(Some(first.balances[1].at), first.refreshed, "as old as its account where it does not say");
    assert!(!first.consent_expired && first.raw.contains("futureField"));
    assert_eq!((bare.iban.as_deref(), bare.bank_country.as_str(), bare.balances.len()), (None, "", 0));

    let request = &bank.requests("/v1/bank-accounts").await[0];
    let value = |name: &str| request.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(value("authorization"), "Bearer access-1");
    assert_eq!((value("accept"), value("content-type")), ("application/json".into(), "application/json".into()));
    assert_eq!(value("client-ip-address"), "127.0.0.1");
    assert!(value("user-agent").starts_with("Saldo/"));
}

#[tokio::test]
async fn pages_are_followed_to_the_last_and_only_by_number() {
    let bank = bank().await;
    for (page, rows) in [("1", vec![transaction(1), transaction(2)]), ("2", vec![transaction(3)])] {
        Mock::given(method("GET"))
            .and(path("/v1/bank-accounts/7/transactions"))
            .and(query_param("page", page))
            .and(query_param("updatedFrom", "2026-11-20T08:00:00.124Z"))
            .and(query_param("bookingDateFrom", "2026-11-01"))
            .respond_with(paged(&rows, 2, 3))
            .mount(&bank.world.server)
            .await;
    }
    let query = TransactionQuery {
        updated_from: Some("2026-11-20T08:00:00.124Z".parse().unwrap()),
        booked_from: Some("2026-11-01".parse().unwrap()),
        booked_to: None,
    };
    let listing = bank.everifin.transactions(&RemoteId("7".into()), &query).await.unwrap();
    assert_eq!(listing.rows.len(), 3);
    let row = &listing.rows[0];
    assert_eq!((row.amount.amount.to_string(), row.variable_symbol.as_deref()), ("12.3".into(), Some("20260001")));
    assert_eq!(row.updated.timestamp_subsec_millis(), 123);
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_read_is_read_again() {
    let bank = bank().await;
    let at = "/v1/bank-accounts/7/transactions";
    // The first reading counts three and gets two; the second is whole.
    let first = Mock::given(path(at)).respond_with(paged(&[transaction(1), transaction(2)], 1, 3));
    first.up_to_n_times(1).mount(&bank.world.server).await;
    bank.says("GET", at, paged(&[transaction(1), transaction(2), transaction(3)], 1, 3)).await;
    let listing = bank.everifin.transactions(&RemoteId("7".into()), &TransactionQuery::default()).await.unwrap();
    assert_eq!((listing.rows.len(), bank.requests(at).await.len()), (3, 2));
}

#[tokio::test]
async fn a_list_that_never_agrees_with_its_count_is_no_list() {
    let at = "/v1/bank-accounts/7/transactions";
    for answer in [paged(&[transaction(1)], 1, 2), paged(&[transaction(1), transaction(1)], 1, 2), paged(&[], 3, 0)] {
        let bank = bank().await;
        bank.says("GET", at, answer).await;
        let outcome = bank.everifin.transactions(&RemoteId("7".into()), &TransactionQuery::default()).await;
        assert_eq!(outcome.unwrap_err().kind, FailureKind::ServiceDown);
        assert_eq!(bank.requests(at).await.len(), 3);
    }
    let bank = bank().await;
    let unreadable = json!({"data": [transaction(1)], "meta": {"pagination": {"countTotal": 500}}});
    bank.says("GET", at, ResponseTemplate::new(200).set_body_json(unreadable)).await;
    let outcome = bank.everifin.transactions(&RemoteId("7".into()), &TransactionQuery::default()).await;
    assert_eq!(
        outcome.unwrap_err().kind,
        FailureKind::AnswerUnreadable,
        "paging that is not understood is not passed over"
    );
}

#[tokio::test]
async fn a_row_that_cannot_be_read_costs_only_itself() {
    let bank = bank().await;
    let with = |name: &str, value: Value| {
        let mut row = transaction(5);
        row[name] = value;
        row
    };
    let rows = json!([
        transaction(1),
        with("amount", json!("12,30")),
        with("amount", json!(1.005)),
        with("amount", json!(-1)),
        with("direction", json!("SIDEWAYS")),
        with("currency", json!("euro")),
        with("bookingDate", json!("31.12.2026")),
        {"amount": 1},
        "a text",
        transaction(2),
    ]);
    bank.says("GET", "/v1/bank-accounts/7/transactions", success(rows)).await;
    let listing = bank.everifin.transactions(&RemoteId("7".into()), &TransactionQuery::default()).await.unwrap();
    assert_eq!(listing.rows.iter().map(|row| row.id.0.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(listing.unreadable.len(), 8);
    assert_eq!(listing.unreadable[0].id, Some(RemoteId("5".into())));
    assert!(listing.unreadable[0].raw.contains("12,30"));
    assert_eq!(listing.unreadable[6].id, None);
}

#[tokio::test]
async fn an_account_with_a_malformed_balance_is_not_shown_without_it() {
    let bank = bank().await;
    let mut broken = account();
    broken["balances"][0]["amount"] = json!("1.234,50");
    bank.says("GET", "/v1/bank-accounts", success(json!([broken, account()]))).await;
    let listing = bank.everifin.accounts().await.unwrap();
    assert_eq!((listing.rows.len(), listing.unreadable.len()), (1, 1));
}

#[test]
fn what_is_unknown_is_kept_and_not_fatal() {
    let mut row = transaction(1);
    row["status"] = json!("TELEPORTED");
    row["exchangeRate"] = json!("n/a");
    row["originalAmount"] = json!("25.00");
    row["originalCurrency"] = json!("USD");
    let row = transactions::read(&row.to_string()).unwrap();
    assert_eq!(row.status, TransactionStatus::Unknown);
    assert_eq!(row.rate, None);
    assert_eq!(row.original.unwrap().currency.to_string(), "USD");
    assert!(row.raw.contains("TELEPORTED"));
    let mut account = account();
    account["status"] = json!("CONSENT_EXPIRED");
    account["bank"] = Value::Null;
    let account = accounts::read(&account.to_string()).unwrap();
    assert!(account.consent_expired);
    assert_eq!(account.bank_country, "SK", "from the IBAN");
}

#[test]
fn amounts_pass_through_no_float() {
    for (amount, text) in
        [("0.1", "0.1"), ("4503599627370497.25", "4503599627370497.25"), ("1e2", "100"), ("12.30", "12.30")]
    {
        let json = transaction(1).to_string().replace("12.3", amount);
        assert_eq!(transactions::read(&json).unwrap().amount.amount.to_string(), text);
    }
}

#[tokio::test]
async fn each_answer_has_its_meaning() {
    for (answer, expected) in [
        (error(500, "INTERNAL_SERVER_ERROR"), FailureKind::ServiceDown),
        (html(502), FailureKind::ServiceDown),
        (html(400), FailureKind::ServiceDown),
        (html(200), FailureKind::ServiceDown),
        (ResponseTemplate::new(200), FailureKind::ServiceDown),
        (ResponseTemplate::new(200).set_body_string("{\"data\": [{\"id\":"), FailureKind::ServiceDown),
        (ResponseTemplate::new(302).insert_header("location", "https://evil.example/"), FailureKind::ServiceDown),
        (error(200, "INTERNAL_SERVER_ERROR"), FailureKind::ServiceDown),
        (ResponseTemplate::new(200).set_body_json(json!({"accounts": []})), FailureKind::AnswerUnreadable),
        (success(json!({"id": 1})), FailureKind::AnswerUnreadable),
        (error(422, "REQUEST_VALIDATION_ERROR"), FailureKind::PeriodRefused),
        (error(404, "NOT_FOUND"), FailureKind::AddressWrong),
        (html(404), FailureKind::AddressWrong),
        (error(404, "DATA_NOT_FOUND"), FailureKind::NotFound),
        (error(403, "NOT_AUTHORIZED"), FailureKind::AccessDenied),
        (error(401, "INVALID_ACCESS_TOKEN"), FailureKind::SignInNeeded),
    ] {
        let bank = bank().await;
        bank.says("GET", "/v1/bank-accounts", answer).await;
        assert_eq!(bank.everifin.accounts().await.unwrap_err().kind, expected);
    }
    let bank = bank().await;
    bank.says("POST", "/v1/bank-accounts/refresh", ResponseTemplate::new(429).insert_header("retry-after", "30")).await;
    let failure = bank.everifin.refresh().await.unwrap_err();
    assert_eq!(failure.retry_at, Some(bank.world.clock.now() + TimeDelta::seconds(30)));
}

#[tokio::test]
async fn a_byte_order_mark_does_not_matter() {
    let bank = bank().await;
    bank.says("GET", "/v1/bank-accounts", ResponseTemplate::new(200).set_body_string("\u{feff}{\"data\":[]}")).await;
    assert!(bank.everifin.accounts().await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn a_rejected_token_is_renewed_once_and_the_question_repeated_once() {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.renews("refresh-0", grant("stale", "refresh-1")).await;
    world.renews("refresh-1", grant("fresh", "refresh-2")).await;
    let bank = Bank { everifin: Everifin::new(session, world.clock.clone()), world };
    let fresh = Mock::given(path("/v1/bank-accounts")).and(header("authorization", "Bearer fresh"));
    fresh.respond_with(success(json!([]))).mount(&bank.world.server).await;
    bank.says("GET", "/v1/bank-accounts", error(401, "INVALID_ACCESS_TOKEN")).await;
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let everifin = bank.everifin.clone();
            tokio::spawn(async move { everifin.accounts().await.err() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), None);
    }
    assert_eq!(bank.world.forms("token").await.len(), 2, "a storm of 401 renews once");
}

#[tokio::test]
async fn an_api_that_never_accepts_a_token_is_asked_twice() {
    let bank = bank().await;
    bank.says("GET", "/v1/bank-accounts", error(401, "INVALID_ACCESS_TOKEN")).await;
    assert_eq!(bank.everifin.accounts().await.unwrap_err().kind, FailureKind::SignInNeeded);
    assert_eq!(bank.requests("/v1/bank-accounts").await.len(), 2);
}

#[tokio::test]
async fn a_payment_is_written_to_the_letter_and_its_id_taken() {
    let bank = bank().await;
    bank.says("POST", "/v1/payments/single", success(json!({"id": "12", "status": "CREATED"}))).await;
    assert_eq!(bank.everifin.create_payment(&new_payment()).await, Ok(RemoteId("12".into())));
    let request = &bank.requests("/v1/payments/single").await[0];
    let body = std::str::from_utf8(&request.body).unwrap();
    assert!(body.starts_with(r#"{"amount":1250.50,"currency":"EUR""#), "{body}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["paymentDate"], "2026-12-01T00:00:00.000Z");
    assert_eq!(body["recipientName"], "Dodávateľ \"s. r. o.\"");
    assert_eq!(body["externalId"], "saldo-1");
    assert!(body.get("constantSymbol").is_none());
}

#[tokio::test]
async fn a_payment_step_carries_the_banks_parameters_and_headers() {
    let bank = bank().await;
    let redirect =
        json!({"id": 12, "status": "CREATED", "type": "REDIRECT", "redirectUrl": "https://bank.example/x?y=1"});
    bank.says("PATCH", "/v1/payments/single/12", success(redirect)).await;
    let values = BTreeMap::from([("code".to_owned(), "ä\"1".to_owned())]);
    let inputs = StepInputs { values, sealed: true };
    let step = bank.everifin.process_payment(OrderKind::Single, &RemoteId("12".into()), &inputs).await.unwrap();
    assert_eq!(step.next, NextStep::Redirect("https://bank.example/x?y=1".into()));
    bank.everifin.process_payment(OrderKind::Single, &RemoteId("12".into()), &StepInputs::default()).await.unwrap();
    let requests = bank.requests("/v1/payments/single/12").await;
    assert_eq!(requests[0].body, r#"{"code":"ä\"1"}"#.as_bytes());
    assert_eq!(requests[1].body, b"{}");
    assert_eq!(requests[0].headers.get("x-user-data-encryption-method").unwrap(), "RSAES-OAEP/SHA-256");
    assert!(requests[1].headers.get("x-user-data-encryption-method").is_none());
    assert_eq!(format!("{inputs:?}"), "StepInputs", "what was typed is not printed");
    assert_eq!(requests[0].headers.get("x-ef-sender-ip").unwrap(), "127.0.0.1");
    assert!(requests[0].headers.get("x-ef-sender-user-agent").unwrap().to_str().unwrap().contains('('));
}

#[test]
fn steps_and_statuses_are_read_with_care() {
    let step = |json: Value| payments::step(&json.to_string());
    for (kind, next) in [
        (json!("NEXT"), NextStep::Again),
        (json!("PUSH"), NextStep::Later),
        (json!("INPUT"), NextStep::Input(None)),
        (json!("SOMETHING_NEW"), NextStep::None),
        (Value::Null, NextStep::None),
    ] {
        assert_eq!(step(json!({"status": "PROCESSING", "type": kind})).unwrap().next, next);
    }
    assert_eq!(step(json!({"status": "FINISHED", "type": "NEXT"})).unwrap().next, NextStep::None);
    assert_eq!(step(json!({"status": "CREATED", "type": "REDIRECT"})), None, "a redirect to nowhere");
    assert_eq!(step(json!({"status": "ODD"})).unwrap().status, RemoteStatus::Other("ODD".into()));
    let payment = json!({"id": 5, "status": "BOOKED", "amount": "1.44", "currency": "EUR", "externalId": "e", "recipientAddress": {}});
    let payment = payments::read(&payment.to_string()).unwrap();
    assert_eq!((payment.id.0.as_str(), payment.status), ("5", RemoteStatus::Finished));
    assert_eq!(payment.amount.unwrap().amount.to_string(), "1.44");
}

#[tokio::test]
async fn a_payment_write_says_whether_it_left() {
    let refused = |kind: FailureKind| PayFailure::Refused(kind.into());
    for (answer, expected) in [
        (error(422, "REQUEST_VALIDATION_ERROR"), refused(FailureKind::PaymentRefused)),
        (error(400, "INPUT_DATA_ERROR"), refused(FailureKind::PaymentRefused)),
        (html(400), refused(FailureKind::ServiceDown)),
        (error(403, "NOT_AUTHORIZED"), refused(FailureKind::PaymentsNotAllowed)),
        (error(401, "INVALID_ACCESS_TOKEN"), refused(FailureKind::SignInNeeded)),
        (error(404, "NOT_FOUND"), refused(FailureKind::AddressWrong)),
        (html(408), PayFailure::Unknown),
        (error(500, "INTERNAL_SERVER_ERROR"), PayFailure::Unknown),
        (html(504), PayFailure::Unknown),
        (ResponseTemplate::new(307).insert_header("location", "/elsewhere"), PayFailure::Unknown),
        (html(200), PayFailure::Unknown),
        (success(json!({"status": "CREATED"})), PayFailure::Unknown),
        (success(json!({"id": {}})), PayFailure::Unknown),
        (ResponseTemplate::new(204), PayFailure::Unknown),
    ] {
        let bank = bank().await;
        bank.says("POST", "/v1/payments/single", answer).await;
        assert_eq!(bank.everifin.create_payment(&new_payment()).await, Err(expected));
        assert_eq!(bank.requests("/v1/payments/single").await.len(), 1, "never twice");
    }
}

#[tokio::test]
async fn a_payment_that_cannot_be_sent_is_not_sent() {
    let not_sent = |kind: FailureKind| Err(PayFailure::NotSent(kind.into()));
    let bank = bank().await;
    for amount in ["0", "-1", "0.001", "10000000000"] {
        let mut payment = new_payment();
        payment.line.amount = Money::new(amount.parse().unwrap(), Currency::EUR);
        assert_eq!(bank.everifin.create_payment(&payment).await, not_sent(FailureKind::DraftInvalid));
    }
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(refusal(400, "invalid_grant")).await;
    let everifin = Everifin::new(session, world.clock.clone());
    assert_eq!(everifin.create_payment(&new_payment()).await, not_sent(FailureKind::SignInNeeded));
    let paths = world.server.received_requests().await.unwrap();
    assert!(paths.iter().all(|request| !request.url.path().starts_with("/v1/")));
}

#[tokio::test]
async fn an_answer_that_never_comes_is_unknown() {
    use tokio::io::AsyncReadExt;
    let world = World::new().await;
    // A server that takes the request and hangs up.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}", listener.local_addr().unwrap());
    let hanging_up = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 512];
        stream.read(&mut request).await.unwrap()
    });
    let session = world.signed_in_with_api(&api).await;
    world.tokens(grant("access-1", Value::Null)).await;
    let everifin = Everifin::new(session, world.clock.clone());
    assert_eq!(everifin.create_payment(&new_payment()).await, Err(PayFailure::Unknown));
    assert!(hanging_up.await.unwrap() > 0);
    // Nobody listens there any more.
    let outcome = everifin.create_payment(&new_payment()).await;
    assert_eq!(outcome, Err(PayFailure::NotSent(FailureKind::Offline.into())));
}

#[tokio::test]
async fn payments_are_read_back() {
    let bank = bank().await;
    bank.says("GET", "/v1/payments/single/12", success(json!({"id": 12, "status": "FINISHED"}))).await;
    bank.says("GET", "/v1/payments/single/13", error(403, "NOT_AUTHORIZED")).await;
    bank.says(
        "GET",
        "/v1/payments/single",
        paged(&[json!({"id": 12, "status": "FINISHED", "externalId": "e"}), json!({})], 1, 2),
    )
    .await;
    let id = |id: &str| RemoteId(id.into());
    assert_eq!(bank.everifin.payment(OrderKind::Single, &id("12")).await.unwrap().status, RemoteStatus::Finished);
    assert_eq!(
        bank.everifin.payment(OrderKind::Single, &id("13")).await.unwrap_err().kind,
        FailureKind::PaymentsNotAllowed
    );
    let listing = bank.everifin.payments(OrderKind::Single).await.unwrap();
    assert_eq!((listing.rows.len(), listing.unreadable.len()), (1, 1));
}

proptest! {
    #[test]
    fn no_text_makes_a_row_panic(text in ".{0,200}") {
        let _ = (accounts::read(&text), transactions::read(&text), payments::read(&text), payments::step(&text));
    }

    #[test]
    fn no_value_makes_a_row_panic(field in "amount|currency|bookingDate|lastUpdated|direction|id|originalAmount", value in "[-0-9eE.\"a-z{}\\[\\]]{0,20}") {
        let mut row = transaction(1);
        row[&field] = json!("@");
        let _ = transactions::read(&row.to_string().replace("\"@\"", &value));
    }
}

#[test]
fn a_quick_read_of_many_rows() {
    let row = transaction(1).to_string();
    let started = std::time::Instant::now();
    for _ in 0..20_000 {
        assert!(transactions::read(&row).is_some());
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}
