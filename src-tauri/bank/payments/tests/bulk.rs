//! Many payments with one signature: sent together once, refused singly, and told apart when the bank answers.

use super::everifin::{Answer, Bank, redirect, status};
use super::flow::{state, tickets};
use super::steps::{CODE, code, typed};
use super::world::{CZECH_SUPPLIER, CZK_ACCOUNT, EUR_IBAN, GERMAN_SUPPLIER, SUPPLIER, World, invoice};
use crate::everifin::Everifin;
use crate::failure::FailureKind;
use crate::payments::{
    DraftInput, HandedOver, Next, PaymentId, PaymentState, Scope, Warning, answer, bulk_offer, check, delete_draft,
    hand_over, make_bulk, payment, payments, reconcile, recover, review, review_bulk, save_draft,
};
use crate::settings::Language;
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

fn kept(world: &World, input: &DraftInput) -> PaymentId {
    save_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap().id
}

/// Three invoices: two payees, three amounts.
fn invoices() -> [DraftInput; 3] {
    [
        invoice(),
        DraftInput {
            account: GERMAN_SUPPLIER.into(),
            amount: "20,00".into(),
            variable_symbol: "2".into(),
            ..invoice()
        },
        DraftInput { amount: "30,00".into(), variable_symbol: "3".into(), ..invoice() },
    ]
}

/// A bulk of drafts: its id and its lines'.
fn bulk_of(world: &World, inputs: &[DraftInput]) -> (PaymentId, Vec<PaymentId>) {
    let lines: Vec<PaymentId> = inputs.iter().map(|input| kept(world, input)).collect();
    (make_bulk(&world.store, &world.clock(), &lines).unwrap(), lines)
}

async fn sent(world: &World, everifin: &Everifin, id: PaymentId) -> crate::failure::Result<HandedOver> {
    let hash = review_bulk(&world.store, &world.clock(), id)?.hash;
    hand_over(&world.store, everifin, &world.clock(), tickets(u64::from(id.0)), id, &hash).await
}

fn states(world: &World, lines: &[PaymentId]) -> Vec<PaymentState> {
    lines.iter().map(|line| state(world, *line)).collect()
}

/// A line as Everifin reports it.
fn item(iban: &str, amount: &str, symbol: &str, status: &str) -> Value {
    json!({ "id": "13", "amount": amount, "currency": "EUR", "recipientIban": iban, "variableSymbol": symbol, "status": status })
}

fn report(status: &str, items: &[Value]) -> Answer {
    Answer::Data(200, json!({ "id": 101, "status": status, "payments": items }))
}

#[tokio::test]
async fn what_was_reviewed_is_sent_with_one_request() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    let sheet = review_bulk(&world.store, &world.clock(), id).unwrap();
    assert_eq!((sheet.total.amount.to_string(), sheet.lines.len()), ("1890.00".into(), 3));
    assert_eq!(sheet.balance_after.unwrap().amount.to_string(), "3110.00");

    let done = sent(&world, &everifin, id).await.unwrap();
    assert_eq!(done.detail.line.state, PaymentState::AwaitingBank);
    assert_eq!((done.detail.line.count, done.detail.lines.len()), (Some(3), 3));
    assert_eq!(done.detail.line.amount.unwrap().amount.to_string(), "1890.00");
    assert_eq!(states(&world, &lines), [PaymentState::AwaitingBank; 3]);

    let posts = bank.asked("POST");
    assert_eq!((posts.len(), posts[0].path.as_str()), (1, "/v1/payments/bulk"));
    let body = &posts[0].body;
    assert_eq!(body["senderIban"], EUR_IBAN);
    assert!(!body["name"].as_str().unwrap().is_empty());
    assert!(body["redirectUrl"].as_str().unwrap().starts_with("app.saldo.desktop://payment.return/"));
    assert!(posts[0].text.contains(r#""amount":1840.00,"#), "{}", posts[0].text);
    let sent: Vec<_> = body["payments"].as_array().unwrap().iter().map(|line| line["recipientIban"].clone()).collect();
    assert_eq!(sent, [SUPPLIER, GERMAN_SUPPLIER, SUPPLIER]);
    assert_eq!(body["payments"][0]["constantSymbol"], "0308");
    assert_eq!(bank.asked("PATCH")[0].path, "/v1/payments/bulk/101");

    let list = payments(&world.store, &world.clock()).unwrap();
    assert_eq!(list.iter().map(|line| line.id).collect::<Vec<_>>(), [id], "its lines are shown in it");
}

#[tokio::test]
async fn a_double_click_is_one_bulk_and_no_line_is_paid_by_itself() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    let single = review(&world.store, &world.clock(), lines[0]).unwrap().hash;
    let alone = hand_over(&world.store, &everifin, &world.clock(), tickets(7), lines[0], &single).await;
    assert_eq!(alone.unwrap_err().kind, FailureKind::PartOfBulk);

    let hash = review_bulk(&world.store, &world.clock(), id).unwrap().hash;
    let clock = world.clock();
    let (a, b) = tokio::join!(
        hand_over(&world.store, &everifin, &clock, tickets(1), id, &hash),
        hand_over(&world.store, &everifin, &clock, tickets(2), id, &hash)
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1);
    let alone = hand_over(&world.store, &everifin, &clock, tickets(3), lines[0], &single).await;
    assert_eq!(alone.unwrap_err().kind, FailureKind::AlreadyHandedOver);
    assert_eq!(make_bulk(&world.store, &clock, &lines).unwrap_err().kind, FailureKind::AlreadyHandedOver);
    assert_eq!(bank.asked("POST").len(), 1);
}

#[test]
fn the_database_refuses_what_would_pay_a_line_twice() {
    let world = World::new();
    let (id, lines) = bulk_of(&world, &invoices());
    let other = kept(&world, &invoice());
    let refused = |sql: &str, ids: [u32; 2]| {
        let done = world.store.write(|tx| Ok(tx.execute(sql, ids)?));
        assert!(done.is_err(), "{sql}");
    };
    refused("UPDATE payment SET state = 'confirmed' WHERE id = ?1 AND ?2 = ?2", [lines[0].0, 0]);
    refused(
        "INSERT INTO payment_attempt (external_id, payment, review_hash, payload_hash, nonce, started)
         VALUES ('e', ?1, '', '', 'n', ?2)",
        [lines[0].0, 0],
    );
    refused("UPDATE payment SET bulk = ?1 WHERE id = ?2", [id.0, id.0]);
    refused("UPDATE payment SET bulk = ?1 WHERE id = ?2", [other.0, lines[0].0]);
    refused("UPDATE payment SET is_bulk = 1 WHERE id = ?1 AND ?2 = ?2", [other.0, 0]);
    world.store.write(|tx| Ok(tx.execute("UPDATE payment SET state = 'confirmed' WHERE id = ?", [id.0])?)).unwrap();
    refused("UPDATE payment SET bulk = ?1 WHERE id = ?2", [id.0, other.0]);
    refused("UPDATE payment SET bulk = NULL WHERE id = ?1 AND ?2 = ?2", [lines[0].0, 0]);
}

#[tokio::test]
async fn p23_one_bad_row_keeps_the_whole_bulk_from_leaving() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    let good = review_bulk(&world.store, &world.clock(), id).unwrap().hash;
    let bad = DraftInput { account: "SK6807200002891987426354".into(), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(lines[1]), &bad, Language::Sk).unwrap();
    assert_eq!(review_bulk(&world.store, &world.clock(), id).unwrap_err().kind, FailureKind::DraftInvalid);
    let answer = hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, &good).await;
    assert_eq!(answer.unwrap_err().kind, FailureKind::DraftInvalid);
    assert!(bank.asked("POST").is_empty());
    assert_eq!(states(&world, &lines), [PaymentState::Draft; 3]);
}

#[tokio::test]
async fn a_line_that_changes_or_goes_after_the_review_is_reviewed_again() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    let hash = review_bulk(&world.store, &world.clock(), id).unwrap().hash;
    let more = DraftInput { amount: "30,01".into(), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(lines[2]), &more, Language::Sk).unwrap();
    let changed = hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, &hash).await;
    assert_eq!(changed.unwrap_err().kind, FailureKind::DraftChanged);

    let hash = review_bulk(&world.store, &world.clock(), id).unwrap().hash;
    delete_draft(&world.store, lines[2]).unwrap();
    let fewer = hand_over(&world.store, &everifin, &world.clock(), tickets(1), id, &hash).await;
    assert_eq!(fewer.unwrap_err().kind, FailureKind::DraftChanged);
    assert!(bank.asked("POST").is_empty());

    let other_account = DraftInput { from: Some(CZK_ACCOUNT), currency: "CZK".into(), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(lines[0]), &other_account, Language::Sk).unwrap();
    assert_eq!(review_bulk(&world.store, &world.clock(), id).unwrap_err().kind, FailureKind::BulkMixed);
}

#[test]
fn only_drafts_of_one_account_currency_and_day_go_together() {
    let world = World::new();
    let tomorrow = world.today().succ_opt();
    for other in [
        DraftInput { from: Some(CZK_ACCOUNT), currency: "CZK".into(), account: CZECH_SUPPLIER.into(), ..invoice() },
        DraftInput { pay_on: tomorrow, ..invoice() },
    ] {
        let ids = [kept(&world, &invoice()), kept(&world, &other)];
        assert_eq!(make_bulk(&world.store, &world.clock(), &ids).unwrap_err().kind, FailureKind::BulkMixed);
    }
    let one = kept(&world, &invoice());
    assert_eq!(make_bulk(&world.store, &world.clock(), &[one]).unwrap_err().kind, FailureKind::BulkMixed);
    let undated = DraftInput { pay_on: None, ..invoice() };
    let today = DraftInput { pay_on: Some(world.today()), ..invoice() };
    let ids = [kept(&world, &undated), kept(&world, &today)];
    assert!(make_bulk(&world.store, &world.clock(), &ids).is_ok(), "one without a day is for today");
    assert_eq!(make_bulk(&world.store, &world.clock(), &[one, one]).unwrap_err().kind, FailureKind::PartOfBulk);
    let (bulk, lines) = bulk_of(&world, &invoices());
    for ids in [[lines[0], one], [bulk, one]] {
        assert_eq!(make_bulk(&world.store, &world.clock(), &ids).unwrap_err().kind, FailureKind::PartOfBulk);
    }
    delete_draft(&world.store, bulk).unwrap();
    make_bulk(&world.store, &world.clock(), &lines).expect("a bulk that was dissolved leaves its payments free");
}

#[test]
fn the_same_payment_twice_in_a_bulk_is_warned_of() {
    let world = World::new();
    let (id, _) = bulk_of(&world, &[invoice(), invoices()[1].clone(), invoice()]);
    let sheet = review_bulk(&world.store, &world.clock(), id).unwrap();
    let twice = |line: &crate::payments::Review| {
        line.warnings.iter().any(|warning| matches!(warning, Warning::LikelyDuplicate { .. }))
    };
    assert_eq!(sheet.lines.iter().map(twice).collect::<Vec<_>>(), [true, false, true]);
}

#[tokio::test]
async fn a_refused_bulk_is_drafts_again() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    bank.create(Answer::Error(422, "REQUEST_VALIDATION_ERROR"));
    assert_eq!(sent(&world, &everifin, id).await.unwrap_err().kind, FailureKind::PaymentRefused);
    assert_eq!((state(&world, id), states(&world, &lines)), (PaymentState::Draft, vec![PaymentState::Draft; 3]));
    let hash = review_bulk(&world.store, &world.clock(), id).unwrap().hash;
    hand_over(&world.store, &everifin, &world.clock(), tickets(99), id, &hash).await.unwrap();
    assert_eq!(states(&world, &lines), [PaymentState::AwaitingBank; 3]);
}

#[tokio::test]
async fn a_lost_answer_is_unknown_line_by_line_and_found_by_reading() {
    let (mut world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    bank.create(Answer::Cut);
    let done = sent(&world, &everifin, id).await.unwrap();
    assert_eq!(done.detail.line.state, PaymentState::Unknown);
    world = world.restarted();
    recover(&world.store, &world.clock()).unwrap();
    assert_eq!(states(&world, &lines), [PaymentState::Unknown; 3]);
    assert_eq!(delete_draft(&world.store, lines[0]).unwrap_err().kind, FailureKind::AlreadyHandedOver);

    let ours = bank.external_id();
    bank.list(json!([
        { "id": 101, "status": "PROCESSING", "externalId": ours, "totalAmount": 1890, "currency": "EUR", "payments": [] }
    ]));
    reconcile(&world.store, &everifin, &world.clock(), Scope::All).await.unwrap();
    assert!(bank.asked("GET").iter().any(|asked| asked.path.starts_with("/v1/payments/bulk?")));
    assert_eq!(
        (state(&world, id), states(&world, &lines)),
        (PaymentState::Processing, vec![PaymentState::Processing; 3])
    );
    assert_eq!(bank.asked("POST").len(), 1);
}

#[tokio::test]
async fn an_end_of_saldo_while_a_bulk_leaves_is_unknown() {
    let world = World::new();
    let (id, lines) = bulk_of(&world, &invoices());
    for event in [crate::payments::state::Event::Confirm, crate::payments::state::Event::Send] {
        crate::payments::journal::change(&world.store, id, world.now(), |entry| Ok(entry.happens(event, None)?))
            .unwrap();
    }
    assert_eq!(states(&world, &lines), [PaymentState::Sending; 3]);
    let world = world.restarted();
    recover(&world.store, &world.clock()).unwrap();
    assert_eq!((state(&world, id), states(&world, &lines)), (PaymentState::Unknown, vec![PaymentState::Unknown; 3]));
}

#[tokio::test]
async fn the_banks_word_of_each_line_is_taken_over() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    sent(&world, &everifin, id).await.unwrap();
    // In another order than they were sent.
    bank.read(report(
        "PARTIALLY_PAID",
        &[
            item(SUPPLIER, "30.00", "3", "FINISHED"),
            item(SUPPLIER, "1840.00", "2026104418", "FAILED"),
            item(GERMAN_SUPPLIER, "20.00", "2", "FINISHED"),
        ],
    ));
    let detail = check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(detail.line.state, PaymentState::PartiallyPaid);
    assert_eq!(states(&world, &lines), [PaymentState::Failed, PaymentState::Finished, PaymentState::Finished]);
    assert_eq!(detail.lines.iter().map(|line| line.state).collect::<Vec<_>>(), states(&world, &lines));
    assert!(reconcile(&world.store, &everifin, &world.clock(), Scope::All).await.unwrap().next.is_none());
}

#[tokio::test]
async fn a_line_of_which_nothing_is_said_is_unknown_until_it_is_booked() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    sent(&world, &everifin, id).await.unwrap();
    let said = [item(SUPPLIER, "1840.00", "2026104418", "FAILED"), item(GERMAN_SUPPLIER, "20.00", "2", "FINISHED")];
    bank.read(report("PARTIALLY_PAID", &said));
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Unknown, "not all of it is known");
    assert_eq!(states(&world, &lines), [PaymentState::Failed, PaymentState::Finished, PaymentState::Unknown]);

    world.wait(TimeDelta::hours(1));
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 3_000, Some("3"), "2026-11-23");
    bank.read(report("PARTIALLY_PAID", &said));
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::PartiallyPaid);
    assert_eq!(state(&world, lines[2]), PaymentState::Finished);
    assert!(payment(&world.store, &world.clock(), lines[2]).unwrap().proof.is_some());
}

#[tokio::test]
async fn a_step_that_says_the_end_is_read_before_it_is_believed() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    bank.process(status("FINISHED", None));
    sent(&world, &everifin, id).await.unwrap();
    assert_eq!(states(&world, &lines), [PaymentState::Processing; 3]);
    bank.read(report("FINISHED", &[item(SUPPLIER, "30.00", "3", "FAILED")]));
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(states(&world, &lines), [PaymentState::Finished, PaymentState::Finished, PaymentState::Failed]);
    assert_eq!(state(&world, id), PaymentState::PartiallyPaid, "a line that was refused is not called paid");
}

#[tokio::test]
async fn lines_that_cannot_be_told_apart_are_not_guessed() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let rent = DraftInput { variable_symbol: String::new(), message: "Rent".into(), ..invoice() };
    let deposit = DraftInput { message: "Deposit".into(), ..rent.clone() };
    let (id, lines) = bulk_of(&world, &[rent, deposit]);
    sent(&world, &everifin, id).await.unwrap();
    let refused = json!({ "amount": 1840, "currency": "EUR", "recipientIban": SUPPLIER, "status": "FAILED" });
    bank.read(report("PARTIALLY_PAID", &[refused]));
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(states(&world, &lines), [PaymentState::Unknown; 2]);
}

#[tokio::test]
async fn a_bulk_that_was_never_created_has_failed_only_after_the_grace_time() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, _) = bulk_of(&world, &invoices());
    bank.create(Answer::Cut);
    sent(&world, &everifin, id).await.unwrap();
    world.wait(TimeDelta::hours(25));
    world.account_read(super::world::EUR_ACCOUNT);
    world.spent("Somebody", GERMAN_SUPPLIER, 2_000, Some("9"), "2026-11-24");
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Unknown, "one of its lines may have been booked");

    let world = World::new();
    let (id, _) = bulk_of(&world, &invoices());
    bank.create(Answer::Cut);
    sent(&world, &everifin, id).await.unwrap();
    world.wait(TimeDelta::hours(25));
    world.account_read(super::world::EUR_ACCOUNT);
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Failed);
}

#[tokio::test]
async fn a_single_payment_and_a_bulk_may_have_the_same_number_at_everifin() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (_, single) = super::flow::handed_over(&world, &bank).await;
    let (id, _) = bulk_of(&world, &invoices());
    bank.process(redirect("CREATED"));
    let bulk = sent(&world, &everifin, id).await.unwrap();
    assert_eq!(single.unwrap().detail.line.state, PaymentState::AwaitingBank);
    assert_eq!(bulk.detail.line.state, PaymentState::AwaitingBank);
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(bank.asked("GET").last().unwrap().path, "/v1/payments/bulk/101");

    let (second, lines) = bulk_of(&world, &invoices());
    let twice = sent(&world, &everifin, second).await.unwrap();
    assert_eq!(twice.detail.line.state, PaymentState::Unknown, "two bulks cannot have one number");
    assert_eq!(states(&world, &lines), [PaymentState::Unknown; 3]);
}

#[tokio::test]
async fn what_the_bank_asks_for_a_bulk_is_answered_once_and_a_lost_answer_leaves_every_line_unknown() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let (id, lines) = bulk_of(&world, &invoices());
    bank.process(code());
    let done = sent(&world, &everifin, id).await.unwrap();
    assert_eq!((done.next, done.detail.asked.is_some()), (Next::Answer, true));

    bank.process(Answer::Cut);
    let (clock, rng) = (world.clock(), StdRng::seed_from_u64(5));
    let done = answer(&world.store, &everifin, &clock, rng, id, typed(&CODE)).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::Unknown));
    assert_eq!(states(&world, &lines), [PaymentState::Unknown; 3]);
    let again = answer(&world.store, &everifin, &clock, StdRng::seed_from_u64(6), id, typed(&CODE)).await.unwrap();
    assert_eq!(again.next, Next::Wait);
    let steps = bank.asked("PATCH");
    assert_eq!((steps.len(), steps[1].path.as_str()), (2, "/v1/payments/bulk/101"));
    assert_eq!(steps[1].body["shape"], "round");
    assert_eq!(bank.asked("POST").len(), 1);
}

#[test]
fn the_offer_says_what_is_chosen_comes_to_and_which_of_it_cannot_be_paid() {
    let world = World::new();
    let offer = |ids: &[PaymentId]| bulk_offer(&world.store, &world.clock(), ids).unwrap();
    let good: Vec<PaymentId> = invoices().iter().map(|input| kept(&world, input)).collect();
    let all = offer(&good);
    assert_eq!((all.count, all.total.unwrap().amount.to_string()), (3, "1890.00".into()));
    assert!(all.one_order && all.unfinished.is_empty());

    let open = kept(&world, &DraftInput { account: String::new(), ..invoice() });
    assert_eq!(offer(&[good[0], open]).unfinished, [open]);
    let empty = kept(&world, &DraftInput { amount: String::new(), ..invoice() });
    assert_eq!(offer(&[good[0], empty]).total, None);
    let later = Some(world.clock().today() + TimeDelta::days(3));
    let other = kept(&world, &DraftInput { pay_on: later, ..invoice() });
    assert!(!offer(&[good[0], other]).one_order);
    delete_draft(&world.store, good[2]).unwrap();
    assert_eq!(offer(&good).count, 2);
    assert!(!offer(&[]).one_order);
}
