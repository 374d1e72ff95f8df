//! Every type of a step: what the bank asks for, and what becomes of the answer.

use super::everifin::{Answer, Bank, redirect, status};
use super::flow::{handed_over, state};
use super::world::World;
use crate::everifin::BANK_KEY;
use crate::failure::FailureKind;
use crate::payments::{
    HandedOver, Next, PaymentId, PaymentState, Scope, Typed, answer, approve, check, payment, reconcile, recover,
};
use crate::vault::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rsa::Oaep;
use rsa::pkcs8::EncodePublicKey;
use serde_json::{Value, json};
use sha2::Sha256;

fn input(more: &Value) -> Answer {
    let mut data = json!({ "id": "101", "status": "CREATED", "type": "INPUT" });
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Answer::Data(200, data)
}

fn methods() -> Answer {
    let options = json!([{ "value": "sms", "label": "Text message" }, { "value": "card", "label": "Card reader" }]);
    input(&json!({ "input": { "type": "SELECT", "name": "method", "selectOptions": options } }))
}

pub(super) fn code() -> Answer {
    let key = STANDARD.encode(BANK_KEY.to_public_key().to_public_key_der().unwrap().as_bytes());
    input(&json!({
        "inputSet": [{ "type": "OTP", "name": "otp", "label": "Code" }, { "type": "GEOMETRY", "name": "shape" }],
        "inputsToEncrypt": ["otp"],
        "inputEncryptionConfig": { "method": "RSAES-OAEP/SHA-256", "publicKey": key },
    }))
}

pub(super) fn typed(answers: &[(&str, &str)]) -> Vec<Typed> {
    answers.iter().map(|(name, value)| Typed { name: (*name).into(), value: Secret::new((*value).into()) }).collect()
}

async fn answered(
    world: &World,
    bank: &Bank,
    id: PaymentId,
    answers: &[(&str, &str)],
) -> crate::failure::Result<HandedOver> {
    let (everifin, clock) = (bank.client(&world.clock()).await, world.clock());
    answer(&world.store, &everifin, &clock, StdRng::seed_from_u64(5), id, typed(answers)).await
}

/// A payment whose bank asks as it says.
async fn asking(world: &World, bank: &Bank, question: Answer) -> PaymentId {
    bank.process(question);
    let (id, done) = handed_over(world, bank).await;
    let done = done.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Answer, PaymentState::AwaitingBank));
    assert!(!done.detail.can_approve, "there is no page to open");
    id
}

pub(super) const CODE: [(&str, &str); 2] = [("otp", "482 913"), ("shape", "round")];

#[tokio::test]
async fn a_bank_asks_how_then_for_a_code_and_is_answered_once_each() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, methods()).await;
    // What is asked survives an end of Saldo; nobody asks for it anew.
    let world = world.restarted();
    recover(&world.store, &world.clock()).unwrap();
    let asked = payment(&world.store, &world.clock(), id).unwrap().asked.unwrap();
    assert_eq!((asked.fields[0].options.len(), asked.can_answer), (2, true));
    assert_eq!(bank.asked("PATCH").len(), 1);

    bank.process(code());
    let done = answered(&world, &bank, id, &[("method", "sms")]).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Answer, PaymentState::AwaitingBank));
    assert_eq!(bank.asked("PATCH")[1].body, json!({ "method": "sms" }));

    bank.process(status("PROCESSING", Some("NEXT")));
    bank.process(status("FINISHED", None));
    let done = answered(&world, &bank, id, &CODE).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::Finished));
    assert_eq!(done.detail.asked, None);
    let steps = bank.asked("PATCH");
    assert_eq!((steps.len(), &steps[2].body["shape"]), (4, &json!("round")));
    let sealed = STANDARD.decode(steps[2].body["otp"].as_str().unwrap()).unwrap();
    assert_eq!(BANK_KEY.decrypt(Oaep::new::<Sha256>(), &sealed).unwrap(), b"482 913");
    assert_eq!(steps[3].body, json!({}), "the next step carries nothing");
    assert_eq!(bank.asked("POST").len(), 1);
}

#[tokio::test]
async fn what_was_typed_is_nowhere_in_the_file() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    bank.process(Answer::Cut);
    answered(&world, &bank, id, &CODE).await.unwrap();
    let found: Vec<String> = world
        .store
        .read(|book| {
            let tables: Vec<String> = book
                .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'payment%'")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut texts = Vec::new();
            for table in tables {
                let mut statement = book.prepare(&format!("SELECT * FROM {table}"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        texts.push(format!("{:?}", row.get_ref(column)?));
                    }
                }
            }
            Ok(texts)
        })
        .unwrap();
    assert!(found.len() > 40, "the tables were read: {}", found.len());
    // As bytes, because that is how a text is printed here.
    let (secret, plain) = (format!("{:?}", b"482 913"), format!("{:?}", b"round"));
    for typed in [secret.trim_matches(['[', ']']), plain.trim_matches(['[', ']'])] {
        assert!(!found.iter().any(|text| text.contains(typed)));
    }
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_not_sent_and_the_question_stays() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    let long = "9".repeat(191);
    for bad in [
        vec![],
        vec![("otp", "1")],
        vec![("otp", "1"), ("shape", "")],
        vec![("otp", "1"), ("shape", "a\u{0}b")],
        vec![("otp", long.as_str()), ("shape", "a")],
        vec![("otp", "1"), ("otp", "2"), ("shape", "a")],
        vec![("otp", "1"), ("shape", "a"), ("more", "b")],
    ] {
        let refused = answered(&world, &bank, id, &bad).await;
        assert_eq!(refused.unwrap_err().kind, FailureKind::AnswerInvalid, "{bad:?}");
    }
    assert!(payment(&world.store, &world.clock(), id).unwrap().asked.is_some());
    assert_eq!(bank.asked("PATCH").len(), 1);

    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, methods()).await;
    let refused = answered(&world, &bank, id, &[("method", "pigeon")]).await;
    assert_eq!(refused.unwrap_err().kind, FailureKind::AnswerInvalid, "only what was offered");
}

#[tokio::test]
async fn what_cannot_be_sealed_or_read_is_not_answered_here() {
    let unsealed = json!({ "input": { "type": "OTP", "name": "otp" } });
    let other_method = json!({ "input": { "type": "OTP", "name": "otp" },
                               "inputEncryptionConfig": { "method": "ROT13", "key": "AAAA" } });
    for question in [unsealed, other_method] {
        let (world, bank) = (World::new(), Bank::open().await);
        let id = asking(&world, &bank, input(&question)).await;
        assert!(!payment(&world.store, &world.clock(), id).unwrap().asked.unwrap().can_answer);
        let refused = answered(&world, &bank, id, &[("otp", "1")]).await;
        assert_eq!(refused.unwrap_err().kind, FailureKind::AnswerInvalid);
        assert_eq!(bank.asked("PATCH").len(), 1);
    }
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, input(&json!({ "inputSet": "?" }))).await;
    assert_eq!(payment(&world.store, &world.clock(), id).unwrap().asked, None);
    assert_eq!(answered(&world, &bank, id, &[]).await.unwrap().next, Next::Wait);
}

#[tokio::test]
async fn p24_a_lost_answer_to_a_code_is_unknown_and_never_repeated() {
    for lost in [Answer::Cut, Answer::Page(502), Answer::Data(200, json!({ "odd": true }))] {
        let (world, bank) = (World::new(), Bank::open().await);
        let id = asking(&world, &bank, code()).await;
        bank.process(lost);
        let done = answered(&world, &bank, id, &CODE).await.unwrap();
        assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::Unknown));
        assert_eq!((done.detail.asked, done.detail.can_approve), (None, false));
        assert_eq!(answered(&world, &bank, id, &CODE).await.unwrap().next, Next::Wait);
        let everifin = bank.client(&world.clock()).await;
        bank.read(status("FINISHED", None));
        assert_eq!(
            check(&world.store, &everifin, &world.clock(), id).await.unwrap().line.state,
            PaymentState::Finished
        );
        assert_eq!((bank.asked("PATCH").len(), bank.asked("POST").len()), (2, 1));
    }
}

#[tokio::test]
async fn p24_an_end_of_saldo_while_the_code_is_on_its_way_is_unknown() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    let (everifin, clock) = (bank.client(&world.clock()).await, world.clock());
    bank.process(Answer::Silence);
    let arrived = async {
        while bank.asked("PATCH").len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = answer(&world.store, &everifin, &clock, StdRng::seed_from_u64(5), id, typed(&CODE)) => panic!("no answer came"),
        () = arrived => {}
    }
    assert!(!payment(&world.store, &world.clock(), id).unwrap().can_approve, "it may be approved already");
    let world = world.restarted();
    recover(&world.store, &world.clock()).unwrap();
    assert_eq!(state(&world, id), PaymentState::Unknown);
    let detail = payment(&world.store, &world.clock(), id).unwrap();
    assert_eq!((detail.asked, detail.can_approve), (None, false));
}

#[tokio::test]
async fn two_windows_answer_once() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    bank.process(status("PROCESSING", Some("PUSH")));
    let (a, b) = tokio::join!(answered(&world, &bank, id, &CODE), answered(&world, &bank, id, &CODE));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(bank.asked("PATCH").len(), 2);
}

#[tokio::test]
async fn offline_the_question_stays_open_and_what_was_typed_is_gone() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    bank.token(Answer::Page(503));
    let done = answered(&world, &bank, id, &CODE).await.unwrap();
    assert!(matches!(done.next, Next::Stopped(_)), "{:?}", done.next);
    assert!(done.detail.asked.is_some_and(|asked| asked.can_answer));
    assert_eq!(bank.asked("PATCH").len(), 1);
    // Nothing is sent by itself, however long it lasts.
    let everifin = bank.client(&world.clock()).await;
    for _ in 0..5 {
        world.wait(TimeDelta::hours(7));
        reconcile(&world.store, &everifin, &world.clock(), Scope::All).await.unwrap();
    }
    assert_eq!(bank.asked("PATCH").len(), 1);
    bank.process(status("FINISHED", None));
    answered(&world, &bank, id, &CODE).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Finished);
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_asked_for_anew_only_by_the_owner() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    bank.process(Answer::Error(400, "INVALID_INPUT"));
    let done = answered(&world, &bank, id, &CODE).await.unwrap();
    assert!(matches!(&done.next, Next::Stopped(why) if why.kind == FailureKind::PaymentRefused), "{:?}", done.next);
    assert_eq!((&done.detail.asked, done.detail.can_approve), (&None, true));
    let everifin = bank.client(&world.clock()).await;
    world.wait(TimeDelta::hours(1));
    reconcile(&world.store, &everifin, &world.clock(), Scope::All).await.unwrap();
    assert_eq!(bank.asked("PATCH").len(), 2);
    bank.process(code());
    let again = approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!((again.next, again.detail.asked.is_some()), (Next::Answer, true));
    assert_eq!(bank.asked("PATCH")[2].body, json!({}));
}

#[tokio::test]
async fn a_page_after_a_question_is_opened_and_a_push_is_waited_for() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, methods()).await;
    bank.process(redirect("CREATED"));
    let done = answered(&world, &bank, id, &[("method", "card")]).await.unwrap();
    assert!(matches!(done.next, Next::Open(_)) && done.detail.can_approve);

    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, methods()).await;
    bank.process(status("CREATED", Some("PUSH")));
    let done = answered(&world, &bank, id, &[("method", "sms")]).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::AwaitingBank));
    bank.process(status("FINISHED", None));
    let everifin = bank.client(&world.clock()).await;
    world.wait(TimeDelta::minutes(1));
    reconcile(&world.store, &everifin, &world.clock(), Scope::Due).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Finished);
}

#[tokio::test]
async fn reading_does_not_take_the_question_away_until_the_bank_goes_on() {
    let (world, bank) = (World::new(), Bank::open().await);
    let id = asking(&world, &bank, code()).await;
    let everifin = bank.client(&world.clock()).await;
    let seen = check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert!(seen.asked.is_some(), "the bank still waits");
    // Approved in the bank's own application instead.
    bank.read(status("FINISHED", None));
    let seen = check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!((seen.line.state, seen.asked), (PaymentState::Finished, None));
    assert_eq!(answered(&world, &bank, id, &CODE).await.unwrap().next, Next::Wait);
    assert_eq!(bank.asked("PATCH").len(), 1);
}
