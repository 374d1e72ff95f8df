//! Every act, every answer, in any order, with restarts in between: never two payments, single or bulk.

use super::everifin::{Answer, Bank, redirect, status};
use super::flow::tickets;
use super::world::{World, invoice};
use crate::everifin::Everifin;
use crate::payments::{
    PaymentId, PaymentState, Scope, approve, check, hand_over, make_bulk, payment, reconcile, recover, returned,
    review, review_bulk, save_draft,
};
use crate::settings::Language;
use crate::store::payments::steps;
use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

/// Sequences, and acts in each. A failure prints its seed.
const SEQUENCES: u64 = 16;
const ACTS: usize = 14;

#[tokio::test]
async fn no_sequence_of_acts_and_answers_makes_two_payments() {
    for seed in 0..SEQUENCES {
        let mut rng = StdRng::seed_from_u64(seed);
        let (mut world, bank) = (World::new(), Bank::open().await);
        let draft = || save_draft(&world.store, &world.clock(), None, &invoice(), Language::Sk).unwrap().id;
        let lines = if seed % 2 == 0 { vec![] } else { vec![draft(), draft()] };
        let id = if lines.is_empty() { draft() } else { make_bulk(&world.store, &world.clock(), &lines).unwrap() };
        let everifin = bank.client(&world.clock()).await;
        let mut ended = None;
        for act in 0..ACTS {
            prepare(&bank, &mut rng);
            if rng.random_ratio(1, 8) {
                world = world.restarted();
                recover(&world.store, &world.clock()).unwrap();
            }
            one_act(&world, &bank, &everifin, id, seed * 100 + act as u64, &mut rng).await;
            bank.forget_answers();
            world.wait(TimeDelta::minutes(rng.random_range(0..400)));

            assert!(bank.may_exist() <= 1, "seed {seed}: two payments may exist");
            let state = payment(&world.store, &world.clock(), id).unwrap().line.state;
            assert!(
                bank.may_exist() == 0 || state != PaymentState::Draft,
                "seed {seed}: a draft that may have been sent"
            );
            if let Some(last) = ended {
                assert_eq!(state, last, "seed {seed}: a final state was left");
            }
            ended = ended.or(state.is_final().then_some(state));
            for line in &lines {
                let line = payment(&world.store, &world.clock(), *line).unwrap().line.state;
                assert_eq!(line == PaymentState::Draft, state == PaymentState::Draft, "seed {seed}: left by itself");
                assert!(line.is_final() || !state.is_final(), "seed {seed}: {line:?} in a bulk that is {state:?}");
            }
        }
        let journal = world.store.read(|book| Ok(steps(book, id)?)).unwrap();
        let sends = journal.iter().filter(|step| step.state == PaymentState::Sending).count();
        assert_eq!(
            sends,
            bank.asked("POST").len(),
            "seed {seed}: each request stands in the journal, and nothing else"
        );
    }
}

/// Lays out answers for the next act.
fn prepare(bank: &Bank, rng: &mut StdRng) {
    let answer = match rng.random_range(0..5) {
        0 => Answer::Cut,
        1 => Answer::Page(502),
        2 => Answer::Error(422, "REQUEST_VALIDATION_ERROR"),
        3 => Answer::Error(401, "INVALID_ACCESS_TOKEN"),
        _ => Answer::Data(200, json!({ "id": 101 })),
    };
    bank.create(answer);
    let word = ["CREATED", "PROCESSING", "FINISHED", "FAILED", "ODD"][rng.random_range(0..5)];
    bank.process(match rng.random_range(0..5) {
        0 => Answer::Cut,
        1 => Answer::Error(401, "INVALID_ACCESS_TOKEN"),
        2 => status(word, Some("PUSH")),
        3 => status(word, None),
        _ => redirect("CREATED"),
    });
    bank.read(if rng.random_ratio(1, 4) { Answer::Page(503) } else { status(word, None) });
    let ours = bank.asked("POST").last().map(|post| post.body["externalId"].clone());
    if rng.random_ratio(1, 3) {
        bank.list(json!([{ "id": "101", "status": word, "externalId": ours }]));
    }
}

async fn one_act(world: &World, bank: &Bank, everifin: &Everifin, id: PaymentId, seed: u64, rng: &mut StdRng) {
    let (store, clock) = (&world.store, world.clock());
    // Failures are part of the weather here; what they leave behind is what is looked at.
    match rng.random_range(0..6) {
        0 | 1 => {
            let hash = review(store, &clock, id)
                .map(|sheet| sheet.hash)
                .or_else(|_| review_bulk(store, &clock, id).map(|sheet| sheet.hash))
                .unwrap_or_default();
            let (a, b) = (tickets(seed), tickets(seed + 50));
            let _ = tokio::join!(
                hand_over(store, everifin, &clock, a, id, &hash),
                hand_over(store, everifin, &clock, b, id, &hash)
            );
        }
        2 => drop(approve(store, everifin, &clock, id).await),
        3 => drop(check(store, everifin, &clock, id).await),
        4 => drop(reconcile(store, everifin, &clock, Scope::All).await),
        _ => {
            let back = bank.asked("POST").last().and_then(|post| post.body["redirectUrl"].as_str().map(str::to_owned));
            let back = format!("{}?n={}", back.unwrap_or_default(), rng.random_range(0..3));
            drop(returned(store, everifin, &clock, &back).await);
        }
    }
}
