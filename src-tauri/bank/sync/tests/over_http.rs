//! Several accounts over HTTP: what fails, fails alone.

use crate::auth::tests::{World, grant, refusal};
use crate::everifin::Everifin;
use crate::failure::{Failure, FailureKind, Result};
use crate::insights;
use crate::store::Store;
use crate::store::accounts::Freshness;
use crate::store::subject::SignedIn;
use crate::store::transactions::TransactionFilter;
use crate::sync::{LogLine, Outcome, Progress, Report, sync};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::sync::Mutex;
use wiremock::matchers::{method, path};
use wiremock::{Mock, Request, ResponseTemplate};

const IBANS: [&str; 4] =
    ["SK9611000000002918599669", "SK8209000000000011424060", "CZ6508000000192000145399", "SK6383300000002600000054"];

struct Scene {
    world: World,
    everifin: Everifin,
    store: Store,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        let session = world.signed_in().await;
        world.tokens(grant("access-1", Value::Null)).await;
        let everifin = Everifin::new(session, world.clock.clone());
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &crate::store::sample::key()).unwrap();
        Self { world, everifin, store, _folder: folder }
    }

    async fn says(&self, at: &str, answer: ResponseTemplate) {
        Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(&self.world.server).await;
    }

    /// What an account's transactions answer.
    async fn rows(&self, account: usize, answer: ResponseTemplate) {
        self.says(&format!("/v1/bank-accounts/{account}/transactions"), answer).await;
    }

    /// Everything is answered anew.
    async fn later(&self) {
        self.world.server.reset().await;
        self.world.tokens(grant("access-1", Value::Null)).await;
        self.world.pass(TimeDelta::minutes(1));
    }

    async fn sync(&self) -> (Result<Report>, Vec<Progress>) {
        let told = Mutex::new(Vec::new());
        let report =
            sync(&self.store, &self.everifin, &self.world.clock, |progress| told.lock().unwrap().push(progress)).await;
        (report, told.into_inner().unwrap())
    }

    fn freshness(&self) -> Vec<Freshness> {
        let accounts = self.store.accounts(self.world.clock.now()).unwrap();
        accounts.into_iter().map(|account| account.freshness).collect()
    }

    fn log(&self) -> Vec<LogLine> {
        insights::connections(&self.store, self.world.clock.now()).unwrap().log
    }

    async fn asked(&self, account: usize) -> Vec<Request> {
        let all = self.world.server.received_requests().await.unwrap();
        let at = format!("/v1/bank-accounts/{account}/transactions");
        all.into_iter().filter(|request| request.url.path() == at).collect()
    }
}

fn account(number: usize, bank: &str, status: &str) -> Value {
    json!({"id": number, "iban": IBANS[number], "currency": "EUR", "name": format!("Account {number}"), "type": "CURRENT",
        "bank": {"id": bank, "name": bank, "bic": null, "countryCode": "SK"}, "status": status, "historyFrom": "2026-01-01",
        "balances": [{"type": "BOOKED", "amount": 10.5, "currency": "EUR", "updatedAt": "2026-11-22T09:00:00Z"}]})
}

fn row(id: u64) -> Value {
    json!({"id": id, "status": "BOOKED", "direction": "OUT", "amount": 12.3, "currency": "EUR", "bookingDate": "2026-11-20",
        "createdAt": "2026-11-20T08:00:00.000Z", "lastUpdated": "2026-11-20T08:00:00.123Z"})
}

fn data(rows: Vec<Value>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "meta": {"status": "SUCCESS"}, "data": rows }))
}

#[tokio::test]
async fn one_failed_account_never_stops_the_others() {
    let scene = Scene::new().await;
    let listing = || {
        data(vec![
            account(0, "Tatra banka", "ACTIVE"),
            account(1, "ČSOB", "CONSENT_EXPIRED"),
            account(2, "Fio banka", "ACTIVE"),
            account(3, "Raiffeisenbank", "ACTIVE"),
        ])
    };
    scene.says("/v1/bank-accounts", listing()).await;
    scene.rows(0, ResponseTemplate::new(502).set_body_string("<html>proxy</html>")).await;
    scene.rows(2, ResponseTemplate::new(429).insert_header("Retry-After", "90")).await;
    scene.rows(3, data(vec![row(1)])).await;
    let (report, told) = scene.sync().await;
    let report = report.unwrap();
    assert_eq!((report.read, report.failed, report.added), (1, 2, 1));
    assert_eq!(told[0], Progress::Accounts { count: 3 });
    assert!(matches!(told[2], Progress::Failed { done: 1, count: 3, .. }), "{told:?}");
    assert!(matches!(told[6], Progress::Done { added: 1, done: 3, count: 3, .. }), "{told:?}");
    assert!(scene.asked(1).await.is_empty(), "an account without consent is not asked");

    let now = scene.world.clock.now();
    let expected = [
        Freshness::Failed { at: None, tried: now },
        Freshness::Reconnect { at: None, ended: None },
        Freshness::RateLimited { at: None, until: Some(now + TimeDelta::seconds(90)) },
        Freshness::UpToDate { at: now },
    ];
    assert_eq!(scene.freshness(), expected);
    let log: Vec<_> = scene.log().into_iter().map(|line| (line.bank, line.outcome)).collect();
    let limited = Failure { kind: FailureKind::RateLimited, retry_at: Some(now + TimeDelta::seconds(90)) };
    assert!(log.contains(&("ČSOB".into(), Outcome::NeedsReconnect)));
    assert!(log.contains(&("Fio banka".into(), Outcome::Failed { failure: limited })));
    assert!(log.contains(&("Raiffeisenbank".into(), Outcome::Synced { added: 1, changed: 0 })));

    // Before a limit ends its account is not asked, and the others are.
    scene.later().await;
    scene.says("/v1/bank-accounts", listing()).await;
    scene.rows(0, ResponseTemplate::new(502)).await;
    scene.rows(3, data(Vec::new())).await;
    let report = scene.sync().await.0.unwrap();
    assert_eq!((report.read, report.failed, scene.asked(2).await.len()), (1, 2, 0));
    assert!(matches!(scene.freshness()[2], Freshness::RateLimited { .. }));

    // Later all goes well, and what was read is read no second time.
    scene.later().await;
    scene.says("/v1/bank-accounts", listing()).await;
    scene.rows(0, data(vec![row(1)])).await;
    scene.rows(2, data(Vec::new())).await;
    scene.rows(3, data(Vec::new())).await;
    let report = scene.sync().await.0.unwrap();
    assert_eq!((report.read, report.failed, report.added, report.changed), (3, 0, 1, 0));
    let query = scene.asked(3).await[0].url.query().unwrap().to_owned();
    assert!(query.contains("updatedFrom=2026-11-20T08%3A00%3A00.124Z"), "one millisecond after the newest: {query}");
    assert!(matches!(scene.freshness()[0], Freshness::UpToDate { .. }));
}

#[tokio::test]
async fn a_session_that_has_ended_is_no_account_s_failure() {
    let scene = Scene::new().await;
    scene
        .says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "ACTIVE"), account(3, "Fio banka", "ACTIVE")]))
        .await;
    scene.rows(0, data(vec![row(1)])).await;
    scene.rows(3, data(Vec::new())).await;
    scene.sync().await.0.unwrap();
    let fresh = scene.freshness();

    scene.later().await;
    scene.world.server.reset().await;
    scene.world.tokens(refusal(400, "invalid_grant")).await;
    scene
        .says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "ACTIVE"), account(3, "Fio banka", "ACTIVE")]))
        .await;
    scene.rows(0, ResponseTemplate::new(401)).await;
    let (report, _) = scene.sync().await;
    assert_eq!(report, Err(FailureKind::SignInNeeded.into()));
    assert_eq!(scene.freshness(), fresh, "the data is as old as it was, and says nothing worse of itself");
}

#[tokio::test]
async fn without_a_list_of_accounts_everything_stays_as_it_was() {
    let scene = Scene::new().await;
    scene.says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "ACTIVE")])).await;
    scene.rows(0, data(vec![row(1)])).await;
    scene.sync().await.0.unwrap();
    let (fresh, log) = (scene.freshness(), scene.log());
    scene.later().await;
    scene.says("/v1/bank-accounts", ResponseTemplate::new(503)).await;
    let (report, told) = scene.sync().await;
    assert_eq!(report, Err(FailureKind::ServiceDown.into()));
    assert!(told.is_empty());
    assert_eq!((scene.freshness(), scene.log()), (fresh, log));
}

#[tokio::test]
async fn what_cannot_be_read_costs_only_itself() {
    let scene = Scene::new().await;
    let mut odd = row(2);
    odd["direction"] = json!("SIDEWAYS");
    let mut newer = row(3);
    newer["status"] = json!("SOMETHING_NEW");
    scene
        .says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "ACTIVE"), account(3, "Fio banka", "ACTIVE")]))
        .await;
    scene.rows(0, data(vec![row(1), odd, newer])).await;
    scene.rows(3, data(Vec::new())).await;
    let report = scene.sync().await.0.unwrap();
    assert_eq!((report.read, report.added, report.quarantined), (2, 2, 1));
    let sections = scene.store.sections(&TransactionFilter::default()).unwrap().unwrap();
    assert_eq!((sections[0].count, sections[0].sums[0].to_string()), (2, "-12.30 EUR".to_owned()));

    // An account that cannot be read is not taken for gone.
    scene.later().await;
    scene.says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "ACTIVE"), json!({"id": {"odd": 1}})])).await;
    scene.rows(0, data(Vec::new())).await;
    let report = scene.sync().await.0.unwrap();
    assert_eq!((report.read, report.failed), (1, 1));
    assert!(matches!(scene.freshness()[1], Freshness::UpToDate { .. }));
}

#[tokio::test]
async fn t24_where_no_token_says_whose_it_is_the_accounts_have_to_show_it() {
    let scene = Scene::new().await;
    let signed_in = |unproven| SignedIn { client: [1; 16], name: None, unproven };
    scene.says("/v1/bank-accounts", data(vec![account(0, "Tatra banka", "CONSENT_EXPIRED")])).await;
    scene.store.save_sign_in(&signed_in(true)).unwrap();
    scene.sync().await.0.unwrap();
    let (fresh, log) = (scene.freshness(), scene.log());

    // Somebody signs in, and nothing that the book knows is hers.
    scene.store.save_sign_in(&signed_in(true)).unwrap();
    scene.later().await;
    scene.says("/v1/bank-accounts", data(vec![account(2, "Fio banka", "ACTIVE")])).await;
    for _ in 0..2 {
        let (report, told) = scene.sync().await;
        assert_eq!(report, Err(FailureKind::AnotherUser.into()));
        assert!(told.is_empty() && scene.asked(2).await.is_empty(), "none of the accounts is read");
    }
    assert_eq!((scene.freshness(), scene.log()), (fresh, log), "the book is as it was");

    // With one that it knows beside the new one, it is the owner. From then on her banks may change as they like.
    let both = || vec![account(0, "Tatra banka", "CONSENT_EXPIRED"), account(2, "Fio banka", "CONSENT_EXPIRED")];
    for (listed, accounts) in [(both(), 2), (vec![account(3, "Raiffeisenbank", "CONSENT_EXPIRED")], 3)] {
        scene.later().await;
        scene.says("/v1/bank-accounts", data(listed)).await;
        scene.sync().await.0.unwrap();
        assert_eq!(scene.freshness().len(), accounts);
    }
}
