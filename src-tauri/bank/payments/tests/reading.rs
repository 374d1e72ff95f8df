//! Finding out by reading: nothing here sends a payment.

use super::everifin::{Answer, Bank, status};
use super::flow::{handed_over, state};
use super::world::{EUR_ACCOUNT, SUPPLIER, World};
use crate::failure::FailureKind;
use crate::payments::{PaymentId, PaymentState, Reconciled, Scope, check, payment, reconcile};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A payment whose answer was lost, and our id for it.
async fn lost(world: &World, bank: &Bank) -> (PaymentId, String) {
    bank.create(Answer::Cut);
    let (id, done) = handed_over(world, bank).await;
    assert_eq!(done.unwrap().detail.line.state, PaymentState::Unknown);
    (id, bank.external_id())
}

async fn round(world: &World, bank: &Bank, scope: Scope) -> Reconciled {
    let everifin = bank.client(&world.clock()).await;
    reconcile(&world.store, &everifin, &world.clock(), scope).await.unwrap()
}

fn listed(external_id: &str, status: &str) -> Value {
    json!({ "id": "77", "status": status, "externalId": external_id, "amount": 1840, "currency": "EUR", "recipientIban": SUPPLIER })
}

#[tokio::test]
async fn p04_a_payment_that_was_created_is_found_by_our_id() {
    for (word, reached) in [
        ("CREATED", PaymentState::Created),
        ("PROCESSING", PaymentState::Processing),
        ("FINISHED", PaymentState::Finished),
        ("FAILED", PaymentState::Failed),
    ] {
        let (world, bank) = (World::new(), Bank::open().await);
        let (id, ours) = lost(&world, &bank).await;
        bank.list(
            json!([listed("another", "FINISHED"), listed(&ours, word)])
                .as_array()
                .map(|rows| {
                    // Ids differ, as they do at Everifin.
                    let mut rows = rows.clone();
                    rows[0]["id"] = json!("76");
                    Value::Array(rows)
                })
                .unwrap(),
        );
        assert_eq!(round(&world, &bank, Scope::All).await.changed, [id]);
        assert_eq!(state(&world, id), reached);
        assert_eq!(bank.asked("POST").len(), 1);
        assert!(bank.asked("PATCH").is_empty(), "nothing is taken on without the owner");
    }
}

#[tokio::test]
async fn a_payment_that_is_done_is_paired_with_its_booking_once() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, ours) = lost(&world, &bank).await;
    bank.list(json!([listed(&ours, "FINISHED")]));
    round(&world, &bank, Scope::All).await;
    let proof = || payment(&world.store, &world.clock(), id).unwrap().proof;
    assert_eq!((state(&world, id), proof()), (PaymentState::Finished, None), "done before the bank has booked it");

    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, Some("2026104418"), "2026-11-24");
    let found = round(&world, &bank, Scope::Due).await;
    assert_eq!((found.paired, found.changed), (vec![id], vec![]), "no state changed, no money moved");
    let proved = proof().unwrap();
    assert_eq!(world.store.transaction(proved).unwrap().payment, Some(id));
    assert!(round(&world, &bank, Scope::Due).await.paired.is_empty(), "once is enough");
    assert_eq!(state(&world, id), PaymentState::Finished);

    // A second booking of the same is no proof of the same payment.
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, Some("2026104418"), "2026-11-25");
    assert!(round(&world, &bank, Scope::Due).await.paired.is_empty());
}

#[tokio::test]
async fn looking_for_a_booking_in_vain_writes_nothing() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(status("FINISHED", None));
    let (done, _) = handed_over(&world, &bank).await;
    assert_eq!(state(&world, done), PaymentState::Finished);
    // Changes when another connection has written, and the store reads by one and writes by another.
    let version = || -> i64 {
        world.store.read(|book| Ok(book.query_row("PRAGMA data_version", [], |row| row.get(0))?)).unwrap()
    };
    let before = version();
    round(&world, &bank, Scope::Due).await;
    assert_eq!(version(), before);
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, Some("2026104418"), "2026-11-24");
    let before = version();
    assert_eq!(round(&world, &bank, Scope::Due).await.paired.len(), 1);
    assert_ne!(version(), before);
}

#[tokio::test]
async fn a_listed_payment_with_another_content_is_not_taken_over() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, ours) = lost(&world, &bank).await;
    let mut other = listed(&ours, "FINISHED");
    other["amount"] = json!(1840.01);
    bank.list(json!([other]));
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::Unknown);
}

#[tokio::test]
async fn p05_a_payment_that_is_nowhere_stays_unknown_for_a_day_and_then_has_failed() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = lost(&world, &bank).await;
    for _ in 0..5 {
        world.account_read(EUR_ACCOUNT);
        round(&world, &bank, Scope::All).await;
        assert_eq!(state(&world, id), PaymentState::Unknown);
        world.wait(TimeDelta::hours(4));
    }
    world.wait(TimeDelta::hours(5));
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::Unknown, "the account has not been read since");
    world.account_read(EUR_ACCOUNT);
    bank.list_answers(Answer::Page(502));
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::Unknown, "the list could not be read");
    assert_eq!(round(&world, &bank, Scope::All).await.changed, [id]);
    assert_eq!(state(&world, id), PaymentState::Failed);
    assert_eq!(bank.asked("POST").len(), 1);
}

#[tokio::test]
async fn what_may_be_the_payment_keeps_it_unknown() {
    let nameless =
        json!([{ "id": "5", "status": "CREATED", "amount": 1840, "currency": "EUR", "recipientIban": SUPPLIER }]);
    let unreadable = json!([{ "id": "5" }]);
    for list in [nameless, unreadable] {
        let (world, bank) = (World::new(), Bank::open().await);
        let (id, _) = lost(&world, &bank).await;
        world.wait(TimeDelta::days(3));
        world.account_read(EUR_ACCOUNT);
        bank.list(list);
        round(&world, &bank, Scope::All).await;
        assert_eq!(state(&world, id), PaymentState::Unknown);
    }
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = lost(&world, &bank).await;
    world.wait(TimeDelta::days(3));
    world.account_read(EUR_ACCOUNT);
    // Same account, payee and amount; another symbol, as some banks lose it.
    world.spent("Kovostav", SUPPLIER, 184_000, None, "2026-11-24");
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::Unknown);
}

#[tokio::test]
async fn p22_the_transaction_of_a_payment_that_was_done_does_not_prove_its_twin() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(status("FINISHED", None));
    let (done, _) = handed_over(&world, &bank).await;
    assert_eq!(state(&world, done), PaymentState::Finished);
    // The same again, on purpose; nobody knows whether it arrived.
    bank.create(Answer::Page(502));
    let (twin, _) = handed_over(&world, &bank).await;
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, Some("2026104418"), "2026-11-23");
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, twin), PaymentState::Unknown, "one transaction is owed to the one that is done");
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, Some("2026104418"), "2026-11-23");
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, twin), PaymentState::Finished, "there is one for each");
}

#[tokio::test]
async fn a_booked_transaction_proves_one_payment() {
    let (world, bank) = (World::new(), Bank::open().await);
    // Seen before the payment was sent: it cannot be it.
    world.spent("Kovostav", SUPPLIER, 184_000, Some("2026104418"), "2026-11-23");
    world.wait(TimeDelta::minutes(1));
    let (first, _) = lost(&world, &bank).await;
    bank.create(Answer::Cut);
    let (second, _) = handed_over(&world, &bank).await;
    round(&world, &bank, Scope::All).await;
    assert_eq!((state(&world, first), state(&world, second)), (PaymentState::Unknown, PaymentState::Unknown));

    world.wait(TimeDelta::hours(1));
    world.spent("Kovostav", SUPPLIER, 184_000, Some("0002026104418"), "2026-11-24");
    round(&world, &bank, Scope::All).await;
    assert_eq!((state(&world, first), state(&world, second)), (PaymentState::Finished, PaymentState::Unknown));
    let again = round(&world, &bank, Scope::All).await;
    assert!(again.changed.is_empty());
}

#[tokio::test]
async fn a_payment_that_nobody_approved_is_not_proved_by_a_transaction() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = handed_over(&world, &bank).await;
    world.wait(TimeDelta::hours(1));
    world.spent("Kovostav", SUPPLIER, 184_000, Some("2026104418"), "2026-11-24");
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::AwaitingBank);
}

#[tokio::test]
async fn p08_p09_statuses_only_move_forward_and_unknown_words_move_nothing() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = handed_over(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    for (word, reached) in [
        ("CREATED", PaymentState::AwaitingBank),
        ("MARINATING", PaymentState::AwaitingBank),
        ("PROCESSING", PaymentState::Processing),
        ("CREATED", PaymentState::Processing),
        ("FINISHED", PaymentState::Finished),
        ("PROCESSING", PaymentState::Finished),
        ("FAILED", PaymentState::Finished),
    ] {
        bank.read(status(word, None));
        assert_eq!(check(&world.store, &everifin, &world.clock(), id).await.unwrap().line.state, reached, "{word}");
    }
    assert_eq!(bank.asked("GET").len(), 5, "a final payment is not asked about");
}

#[tokio::test]
async fn checks_are_counted_and_become_rarer() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = handed_over(&world, &bank).await;
    let mut last = TimeDelta::zero();
    for done in 0..12_u32 {
        let detail = payment(&world.store, &world.clock(), id).unwrap();
        let due = detail.next_check.unwrap();
        assert_eq!(detail.checks, done);
        let wait = due - world.now();
        assert!(wait >= last, "{wait} after {last}");
        last = wait;
        // A moment too early nothing is asked.
        world.wait(wait - TimeDelta::seconds(1));
        let before = bank.asked("GET").len();
        assert_eq!(round(&world, &bank, Scope::Due).await.next, Some(due));
        assert_eq!(bank.asked("GET").len(), before);
        world.wait(TimeDelta::seconds(1));
        round(&world, &bank, Scope::Due).await;
        assert_eq!(bank.asked("GET").len(), before + 1);
    }
    assert_eq!(last, TimeDelta::hours(6));
}

#[tokio::test]
async fn a_confirmation_on_the_phone_is_asked_for_by_the_documented_step() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(status("CREATED", Some("PUSH")));
    let (id, _) = handed_over(&world, &bank).await;
    // Some banks call it processing while they wait: the owner is still asked for.
    bank.process(status("PROCESSING", Some("PUSH")));
    assert!(round(&world, &bank, Scope::All).await.changed.is_empty());
    let detail = payment(&world.store, &world.clock(), id).unwrap();
    assert_eq!((detail.line.state, detail.checks, detail.can_approve), (PaymentState::AwaitingBank, 1, false));
    bank.process(Answer::Cut);
    round(&world, &bank, Scope::All).await;
    assert_eq!(bank.asked("PATCH").len(), 3);
    // After a lost answer it is only read.
    bank.read(status("FINISHED", None));
    round(&world, &bank, Scope::All).await;
    assert_eq!((state(&world, id), bank.asked("PATCH").len()), (PaymentState::Finished, 3));
}

#[tokio::test]
async fn a_payment_in_process_is_taken_on_by_the_documented_step() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.process(status("PROCESSING", None));
    let (id, _) = handed_over(&world, &bank).await;
    // An Everifin that moves on only when it is asked to.
    bank.read(status("PROCESSING", None));
    bank.process(Answer::Error(422, "INPUT_DATA_ERROR"));
    assert_eq!(round(&world, &bank, Scope::All).await.failure, None);
    assert_eq!(state(&world, id), PaymentState::Processing);
    bank.read(status("PROCESSING", None));
    bank.process(status("FINISHED", None));
    assert_eq!(round(&world, &bank, Scope::All).await.changed, [id]);
    assert_eq!(state(&world, id), PaymentState::Finished);
    assert!(bank.asked("PATCH").iter().all(|asked| asked.text == "{}"));
    assert_eq!(payment(&world.store, &world.clock(), id).unwrap().checks, 2);
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_and_told() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = handed_over(&world, &bank).await;
    bank.read(Answer::Page(429));
    let round = round(&world, &bank, Scope::All).await;
    let failure = round.failure.unwrap();
    assert_eq!(failure.kind, FailureKind::RateLimited);
    let due = payment(&world.store, &world.clock(), id).unwrap().next_check;
    assert!(due >= failure.retry_at);
    assert_eq!(round.next, due);
}

#[tokio::test]
async fn a_request_without_an_answer_is_given_up_after_a_while() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = lost(&world, &bank).await;
    // As an end of Saldo leaves it.
    world.store.write(|tx| Ok(tx.execute("UPDATE payment SET state = 'sending' WHERE id = ?", [id.0])?)).unwrap();
    round(&world, &bank, Scope::All).await;
    assert_eq!(state(&world, id), PaymentState::Sending, "it may still be on its way");
    world.wait(TimeDelta::minutes(3));
    round(&world, &bank, Scope::Due).await;
    assert_eq!(state(&world, id), PaymentState::Unknown);
}
