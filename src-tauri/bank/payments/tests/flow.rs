//! Handing over: one request, whatever happens to its answer.

use super::everifin::{Answer, Bank, PAGE, redirect, status};
use super::world::{EUR_IBAN, SUPPLIER, World, invoice};
use crate::failure::{Failure, FailureKind};
use crate::payments::{
    DraftInput, HandedOver, Next, PaymentId, PaymentState, ReturnTo, Tickets, Warning, approve, delete_draft, draft,
    hand_over, payment, recover, review, save_draft,
};
use crate::settings::Language;
use crate::store::payments::steps;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;

pub(super) fn tickets(seed: u64) -> Tickets {
    Tickets::draw(&mut StdRng::seed_from_u64(seed), ReturnTo::Link)
}

/// A kept and reviewed draft: its id and its hash.
pub(super) fn reviewed(world: &World, input: &DraftInput) -> (PaymentId, String) {
    let id = save_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap().id;
    (id, review(&world.store, &world.clock(), id).unwrap().hash)
}

/// Hands the usual invoice over.
pub(super) async fn handed_over(world: &World, bank: &Bank) -> (PaymentId, Result<HandedOver, Failure>) {
    let (id, hash) = reviewed(world, &invoice());
    let everifin = bank.client(&world.clock()).await;
    (id, hand_over(&world.store, &everifin, &world.clock(), tickets(u64::from(id.0)), id, &hash).await)
}

pub(super) fn state(world: &World, id: PaymentId) -> PaymentState {
    payment(&world.store, &world.clock(), id).unwrap().line.state
}

fn path(world: &World, id: PaymentId) -> Vec<PaymentState> {
    let steps = world.store.read(|book| Ok(steps(book, id)?)).unwrap();
    steps.into_iter().map(|step| step.state).collect()
}

#[tokio::test]
async fn what_was_reviewed_is_sent_and_the_banks_page_is_to_be_opened() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, done) = handed_over(&world, &bank).await;
    let done = done.unwrap();
    let Next::Open(page) = &done.next else { panic!("{:?}", done.next) };
    assert_eq!(page.as_str(), PAGE);
    assert_eq!(done.detail.line.state, PaymentState::AwaitingBank);
    assert!(done.detail.can_approve);
    assert!(done.detail.next_check.is_some());

    let posts = bank.asked("POST");
    let sent = &posts[0].body;
    assert_eq!(posts.len(), 1);
    assert!(posts[0].text.contains(r#""amount":1840.00,"#), "a number, digit by digit: {}", posts[0].text);
    assert_eq!(
        (&sent["currency"], &sent["recipientIban"], &sent["senderIban"]),
        (&json!("EUR"), &json!(SUPPLIER), &json!(EUR_IBAN))
    );
    assert_eq!((&sent["variableSymbol"], &sent["constantSymbol"]), (&json!("2026104418"), &json!("0308")));
    assert_eq!(sent["recipientName"], "Kovostav Hron s.r.o.");
    assert_eq!(sent["paymentMessage"], "Faktúra 2026104418");
    assert!(sent["redirectUrl"].as_str().unwrap().starts_with("app.saldo.desktop://payment.return/"));
    assert_eq!(bank.asked("PATCH")[0].body, json!({}));
    assert_eq!(
        path(&world, id),
        [
            PaymentState::Draft,
            PaymentState::Confirmed,
            PaymentState::Sending,
            PaymentState::Created,
            PaymentState::AwaitingBank
        ]
    );
}

#[tokio::test]
async fn a_creditor_reference_is_sent_without_symbols() {
    let (world, bank) = (World::new(), Bank::open().await);
    let input = DraftInput {
        variable_symbol: "RF18 5390 0754 7034".into(),
        specific_symbol: String::new(),
        constant_symbol: String::new(),
        ..invoice()
    };
    let (id, hash) = reviewed(&world, &input);
    let sheet = review(&world.store, &world.clock(), id).unwrap();
    assert_eq!((sheet.reference.as_deref(), sheet.variable_symbol), (Some("RF18539007547034"), None));
    let everifin = bank.client(&world.clock()).await;
    hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, &hash).await.unwrap();
    let sent = &bank.asked("POST")[0].body;
    assert_eq!(sent["reference"], "RF18539007547034");
    for symbol in ["variableSymbol", "specificSymbol", "constantSymbol"] {
        assert!(sent.get(symbol).is_none(), "{symbol}");
    }
}

#[tokio::test]
async fn p01_p02_two_at_once_send_one() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, hash) = reviewed(&world, &invoice());
    let everifin = bank.client(&world.clock()).await;
    let clock = world.clock();
    let one = |seed| hand_over(&world.store, &everifin, &clock, tickets(seed), id, &hash);
    let (a, b, c) = tokio::join!(one(1), one(2), one(3));
    let (done, refused): (Vec<_>, Vec<_>) = [a, b, c].into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (1, 2));
    assert!(refused.iter().all(|answer| answer.as_ref().unwrap_err().kind == FailureKind::AlreadyHandedOver));
    assert_eq!(bank.asked("POST").len(), 1);

    let world = world.restarted();
    let again = hand_over(&world.store, &everifin, &clock, tickets(4), id, &hash).await;
    assert_eq!(again.unwrap_err().kind, FailureKind::AlreadyHandedOver);
    assert_eq!(bank.asked("POST").len(), 1);
}

#[tokio::test]
async fn p13_a_draft_changed_after_its_review_is_not_sent() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, hash) = reviewed(&world, &invoice());
    let everifin = bank.client(&world.clock()).await;
    let forged = DraftInput { account: super::world::CZECH_SUPPLIER.into(), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(id), &forged, Language::Sk).unwrap();
    let answer = hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, &hash).await;
    assert_eq!(answer.unwrap_err().kind, FailureKind::DraftChanged);
    let made_up = hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, "").await;
    assert_eq!(made_up.unwrap_err().kind, FailureKind::DraftChanged);
    assert!(bank.asked("POST").is_empty());
    assert_eq!(state(&world, id), PaymentState::Draft);
}

#[tokio::test]
async fn p03_p04_p05_a_lost_answer_is_unknown_and_never_sent_again() {
    for answer in [Answer::Cut, Answer::Page(502), Answer::Error(500, "INTERNAL_SERVER_ERROR"), Answer::Page(200)] {
        let (world, bank) = (World::new(), Bank::open().await);
        bank.create(answer.clone());
        let (id, done) = handed_over(&world, &bank).await;
        let done = done.unwrap();
        assert_eq!((done.detail.line.state, done.next), (PaymentState::Unknown, Next::Wait), "{answer:?}");
        assert!(!done.detail.can_approve);

        let world = world.restarted();
        recover(&world.store, &world.clock()).unwrap();
        let everifin = bank.client(&world.clock()).await;
        let hash = "0".repeat(64);
        let again = hand_over(&world.store, &everifin, &world.clock(), tickets(9), id, &hash).await;
        assert_eq!(again.unwrap_err().kind, FailureKind::AlreadyHandedOver);
        approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
        let late = save_draft(&world.store, &world.clock(), Some(id), &invoice(), Language::Sk);
        assert_eq!(late.unwrap_err().kind, FailureKind::AlreadyHandedOver);
        assert_eq!(delete_draft(&world.store, id).unwrap_err().kind, FailureKind::AlreadyHandedOver);
        assert_eq!(bank.asked("POST").len(), 1, "{answer:?}");
        assert!(bank.asked("PATCH").is_empty());

        let (copy, _) = reviewed(&world, &invoice());
        let warnings = draft(&world.store, &world.clock(), copy).unwrap().check.warnings;
        assert!(warnings.contains(&Warning::EarlierUnknown), "{warnings:?}");
        let paid = |warning: &Warning| matches!(warning, Warning::LikelyDuplicate { .. } | Warning::SymbolPaid { .. });
        assert!(!warnings.iter().any(paid), "nobody knows that it was paid: {warnings:?}");
    }
}

#[tokio::test]
async fn p03_an_end_in_the_middle_of_sending_is_unknown_after_the_restart() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, hash) = reviewed(&world, &invoice());
    let everifin = bank.client(&world.clock()).await;
    {
        // The task is dropped while the request is on its way: what a kill leaves behind in the book.
        let clock = world.clock();
        let sending = hand_over(&world.store, &everifin, &clock, tickets(1), id, &hash);
        tokio::pin!(sending);
        loop {
            tokio::select! {
                biased;
                _ = &mut sending => panic!("it ended"),
                () = tokio::task::yield_now() => {}
            }
            if state(&world, id) == PaymentState::Sending {
                break;
            }
        }
    }
    let world = world.restarted();
    assert_eq!(state(&world, id), PaymentState::Sending);
    recover(&world.store, &world.clock()).unwrap();
    assert_eq!(state(&world, id), PaymentState::Unknown);
    let again = hand_over(&world.store, &everifin, &world.clock(), tickets(2), id, &hash).await;
    assert_eq!(again.unwrap_err().kind, FailureKind::AlreadyHandedOver);
    assert!(bank.asked("POST").len() <= 1);
}

#[tokio::test]
async fn a_refused_payment_is_a_draft_again_and_can_be_corrected() {
    for (answer, kind) in [
        (Answer::Error(422, "REQUEST_VALIDATION_ERROR"), FailureKind::PaymentRefused),
        (Answer::Error(403, "NOT_AUTHORIZED"), FailureKind::PaymentsNotAllowed),
        (Answer::Error(401, "INVALID_ACCESS_TOKEN"), FailureKind::SignInNeeded),
        (Answer::Page(429), FailureKind::RateLimited),
    ] {
        let (world, bank) = (World::new(), Bank::open().await);
        bank.create(answer.clone());
        let (id, done) = handed_over(&world, &bank).await;
        assert_eq!(done.unwrap_err().kind, kind, "{answer:?}");
        assert_eq!(state(&world, id), PaymentState::Draft);
        assert_eq!(bank.asked("POST").len(), 1);

        let corrected = DraftInput { message: "Corrected".into(), ..invoice() };
        save_draft(&world.store, &world.clock(), Some(id), &corrected, Language::Sk).unwrap();
        let hash = review(&world.store, &world.clock(), id).unwrap().hash;
        let everifin = bank.client(&world.clock()).await;
        let done = hand_over(&world.store, &everifin, &world.clock(), tickets(5), id, &hash).await.unwrap();
        assert_eq!(done.detail.line.state, PaymentState::AwaitingBank);
        let posts = bank.asked("POST");
        assert_ne!(posts[0].body["externalId"], posts[1].body["externalId"]);
    }
}

#[tokio::test]
async fn without_a_session_nothing_is_sent_and_the_draft_stays() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.token(Answer::Data(400, json!({ "error": "invalid_grant" })));
    let (id, done) = handed_over(&world, &bank).await;
    assert_eq!(done.unwrap_err().kind, FailureKind::SignInNeeded);
    assert!(bank.asked("POST").is_empty());
    assert_eq!(state(&world, id), PaymentState::Draft);
}

#[tokio::test]
async fn p06_an_answer_without_an_id_is_unknown_and_any_other_id_is_taken() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.create(Answer::Data(200, json!({ "status": "CREATED" })));
    let (id, done) = handed_over(&world, &bank).await;
    assert_eq!(done.unwrap().detail.line.state, PaymentState::Unknown);
    assert_eq!(state(&world, id), PaymentState::Unknown);
    for remote in [json!("12"), json!(13), json!(9_223_372_036_854_775_808_u64)] {
        bank.create(Answer::Data(201, json!({ "id": remote })));
        let (_, done) = handed_over(&world, &bank).await;
        assert_eq!(done.unwrap().detail.line.state, PaymentState::AwaitingBank);
        let asked = bank.asked("PATCH").pop().unwrap();
        assert!(asked.path.ends_with(&format!("/{}", remote.to_string().replace('"', ""))), "{}", asked.path);
    }
}

#[tokio::test]
async fn p07_an_id_of_another_payment_is_not_believed() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (first, _) = handed_over(&world, &bank).await;
    let (second, done) = handed_over(&world, &bank).await;
    assert_eq!(done.unwrap().detail.line.state, PaymentState::Unknown);
    assert_eq!((state(&world, first), state(&world, second)), (PaymentState::AwaitingBank, PaymentState::Unknown));
    assert_eq!(bank.asked("PATCH").len(), 1);
}

#[tokio::test]
async fn p19_a_401_between_creating_and_processing_loses_nothing() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(Answer::Error(401, "INVALID_ACCESS_TOKEN"));
    let (id, done) = handed_over(&world, &bank).await;
    let done = done.unwrap();
    assert_eq!(done.next, Next::Stopped(FailureKind::SignInNeeded.into()));
    assert_eq!((done.detail.line.state, done.detail.can_approve), (PaymentState::Created, true));

    let everifin = bank.client(&world.clock()).await;
    let on = approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert!(matches!(on.next, Next::Open(_)));
    assert_eq!(on.detail.line.state, PaymentState::AwaitingBank);
    assert_eq!((bank.asked("POST").len(), bank.asked("PATCH").len()), (1, 2));
}

#[tokio::test]
async fn the_page_is_opened_again_anew_or_as_it_is_kept() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = handed_over(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    let fresh = "http://127.0.0.1:9/bank/approve?payment=2";
    for (answer, page) in [
        (Answer::Data(200, json!({ "id": 101, "status": "CREATED", "type": "REDIRECT", "redirectUrl": fresh })), fresh),
        (Answer::Cut, fresh),
        (Answer::Page(503), fresh),
        (Answer::Error(401, "INVALID_ACCESS_TOKEN"), fresh),
    ] {
        bank.process(answer);
        let again = approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
        let Next::Open(opened) = again.next else { panic!("{:?}", again.next) };
        assert_eq!((opened.as_str(), again.detail.line.state), (page, PaymentState::AwaitingBank));
    }
    // It has expired at the bank.
    bank.process(status("FAILED", None));
    let over = approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!((over.next, over.detail.line.state), (Next::Wait, PaymentState::Failed));
    let after = approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!((after.next, bank.asked("PATCH").len()), (Next::Wait, 6));
}

#[tokio::test]
async fn a_lost_first_step_is_only_repeated_by_the_owner() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(Answer::Cut);
    let (id, done) = handed_over(&world, &bank).await;
    let done = done.unwrap();
    assert_eq!((done.detail.line.state, done.next), (PaymentState::Created, Next::Wait));
    assert_eq!(bank.asked("PATCH").len(), 1);
    let everifin = bank.client(&world.clock()).await;
    assert!(matches!(approve(&world.store, &everifin, &world.clock(), id).await.unwrap().next, Next::Open(_)));
}

#[tokio::test]
async fn p10_a_page_that_may_not_be_opened_is_not_opened() {
    for url in ["javascript:alert(1)", "file:///etc/passwd", "http://bank.example/x", "https://u@bank.example/"] {
        let (world, bank) = (World::new(), Bank::open().await);
        bank.process(Answer::Data(
            200,
            json!({ "id": "101", "status": "CREATED", "type": "REDIRECT", "redirectUrl": url }),
        ));
        let (_, done) = handed_over(&world, &bank).await;
        let done = done.unwrap();
        assert_eq!(done.next, Next::Stopped(FailureKind::BankAddressRefused.into()), "{url}");
        assert_eq!(done.detail.line.state, PaymentState::Created);
    }
}

#[tokio::test]
async fn every_kind_of_step_leads_somewhere() {
    for (answers, reached, next) in [
        (vec![status("CREATED", Some("NEXT")), redirect("CREATED")], PaymentState::AwaitingBank, None),
        (vec![status("CREATED", Some("PUSH"))], PaymentState::AwaitingBank, Some(Next::Wait)),
        (vec![status("CREATED", Some("INPUT"))], PaymentState::AwaitingBank, Some(Next::Answer)),
        (vec![status("PROCESSING", None)], PaymentState::Processing, Some(Next::Wait)),
        (vec![status("FINISHED", None)], PaymentState::Finished, Some(Next::Wait)),
        (vec![status("FAILED", None)], PaymentState::Failed, Some(Next::Wait)),
        // P09: words that nobody has documented.
        (vec![status("MARINATING", Some("DANCE"))], PaymentState::Created, Some(Next::Wait)),
    ] {
        let (world, bank) = (World::new(), Bank::open().await);
        answers.iter().cloned().for_each(|answer| bank.process(answer));
        let (_, done) = handed_over(&world, &bank).await;
        let done = done.unwrap();
        assert_eq!(done.detail.line.state, reached, "{answers:?}");
        assert_eq!(done.detail.next_check.is_none(), reached.is_final());
        match next {
            Some(next) => assert_eq!(done.next, next, "{answers:?}"),
            None => assert!(matches!(done.next, Next::Open(_))),
        }
    }
}

#[tokio::test]
async fn a_bank_that_wants_to_be_asked_for_ever_is_left() {
    let (world, bank) = (World::new(), Bank::open().await);
    (0..20).for_each(|_| bank.process(status("CREATED", Some("NEXT"))));
    let (_, done) = handed_over(&world, &bank).await;
    assert_eq!(done.unwrap().next, Next::Wait);
    assert_eq!(bank.asked("PATCH").len(), 5);
}
