//! Saldo is killed (`kill -9`) at each request of a payment's way: while its answer is awaited, and just after it was given. The
//! way is gone by a second process of this very test program, against the bank of the first one.

use super::everifin::{Answer, Bank, redirect, status};
use super::flow::{reviewed, state, tickets};
use super::steps::{CODE, code, typed};
use super::world::{World, invoice};
use crate::clock::Clock;
use crate::payments::return_link::Nonce;
use crate::payments::{
    Next, PaymentId, PaymentState, Scope, answer, approve, hand_over, payment, reconcile, recover, returned, review,
};
use crate::store::Store;
use crate::store::payments::attempt;
use crate::store::sample::key;
use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Tell the process that is killed where the book and the bank are.
const BOOK: &str = "SALDO_KILLED_IN";
const BANK: &str = "SALDO_KILLED_AT";
/// How often Saldo is killed just after each answer.
const AFTER: u32 = 4;

/// A payment's way through the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Approved on the bank's page: create, first step, return, next step.
    Page,
    /// Approved by a code in Saldo: create, first step, code, next step.
    Code,
}

impl Way {
    /// The bank's answers in their order: to the creation, then to the steps.
    fn answers(self) -> [Answer; 4] {
        let first = if self == Self::Page { redirect("CREATED") } else { code() };
        let created = Answer::Data(200, serde_json::json!({ "id": 101, "status": "CREATED" }));
        [created, first, status("PROCESSING", Some("NEXT")), status("FINISHED", None)]
    }
}

/// Goes the way to its end, or to where it is killed: not a test by itself.
#[tokio::test]
async fn pays_until_it_is_killed() {
    let (Some(folder), Ok(bank)) = (std::env::var_os(BOOK), std::env::var(BANK)) else { return };
    let store = Store::open(&std::path::Path::new(&folder).join("book.db"), &key()).unwrap();
    let clock = Clock::from_fn(|| "2026-11-23T09:00:00Z".parse().unwrap());
    let bank = Bank::elsewhere(bank);
    let everifin = bank.client(&clock).await;
    let id = PaymentId(1);
    let hash = review(&store, &clock, id).unwrap().hash;
    let handed = hand_over(&store, &everifin, &clock, tickets(1), id, &hash).await.unwrap();
    match handed.next {
        Next::Open(_) => {
            let nonce = store.read(|book| Ok(attempt(book, id)?)).unwrap().unwrap().nonce;
            let back = format!("{}?code=1", Nonce::read(&nonce).unwrap().return_address());
            returned(&store, &everifin, &clock, &back).await.unwrap();
        }
        Next::Answer => {
            answer(&store, &everifin, &clock, StdRng::seed_from_u64(2), id, typed(&CODE)).await.unwrap();
        }
        other => panic!("{other:?}"),
    }
    // The parent kills at the last answer, too.
    std::future::pending::<()>().await;
}

fn payer(world: &World, bank: &Bank) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "payments::tests::kills::pays_until_it_is_killed", "--test-threads=1"])
        .env(BOOK, world.folder.path())
        .env(BANK, bank.base())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn writes(bank: &Bank) -> usize {
    bank.asked("POST").len() + bank.asked("PATCH").len()
}

/// Kills at the request of that number, from 0; `after` so long after it was answered, or while it waits.
async fn killed(way: Way, at: usize, after: Option<Duration>) -> (World, Bank, PaymentId) {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, _) = reviewed(&world, &invoice());
    for (number, answer) in way.answers().into_iter().enumerate().take(at + 1) {
        let answer = if number == at && after.is_none() { Answer::Silence } else { answer };
        if number == 0 { bank.create(answer) } else { bank.process(answer) }
    }
    // What comes behind is never reached.
    bank.process(Answer::Silence);
    let mut child = payer(&world, &bank);
    let arrived = async {
        while writes(&bank) <= at {
            assert!(child.try_wait().unwrap().is_none(), "{way:?} {at}: it ended by itself");
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), arrived).await.unwrap();
    if let Some(after) = after {
        tokio::time::sleep(after).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let world = world.restarted();
    recover(&world.store, &world.clock()).unwrap();
    (world, bank, id)
}

/// What the owner and Saldo do afterwards, until the payment has ended.
async fn goes_on(world: &World, bank: &Bank, id: PaymentId, way: Way) {
    bank.forget_answers();
    let everifin = bank.client(&world.clock()).await;
    let ours = bank.asked("POST")[0].body["externalId"].clone();
    for round in 0..8 {
        let before = state(world, id);
        if before.is_final() {
            return;
        }
        assert_ne!(before, PaymentState::Draft, "it may have been sent");
        world.wait(TimeDelta::hours(1));
        let approved = bank.asked("PATCH").iter().any(|step| step.text != "{}");
        let word = if approved { "FINISHED" } else { "CREATED" };
        bank.list(serde_json::json!([{ "id": "101", "status": word, "externalId": ours }]));
        bank.read(status(word, None));
        reconcile(&world.store, &everifin, &world.clock(), Scope::All).await.unwrap();
        let detail = payment(&world.store, &world.clock(), id).unwrap();
        if detail.can_approve {
            bank.process(if way == Way::Page { redirect("CREATED") } else { code() });
            let next = approve(&world.store, &everifin, &world.clock(), id).await.unwrap().next;
            if let Next::Open(_) = next {
                let nonce = world.store.read(|book| Ok(attempt(book, id)?)).unwrap().unwrap().nonce;
                let back = format!("{}?code=again{round}", Nonce::read(&nonce).unwrap().return_address());
                bank.process(status("FINISHED", None));
                returned(&world.store, &everifin, &world.clock(), &back).await.unwrap();
            }
        }
        if payment(&world.store, &world.clock(), id).unwrap().asked.is_some() {
            bank.process(status("FINISHED", None));
            let rng = StdRng::seed_from_u64(3);
            answer(&world.store, &everifin, &world.clock(), rng, id, typed(&CODE)).await.unwrap();
        }
        bank.forget_answers();
    }
    panic!("{way:?}: it never ended: {:?}", state(world, id));
}

#[tokio::test]
async fn p03_p24_killed_at_each_request_pays_once_and_approves_once() {
    let mut rng = StdRng::seed_from_u64(20_261_127);
    let (mut kills, mut unknown) = (0, 0);
    for way in [Way::Page, Way::Code] {
        for at in 0..way.answers().len() {
            let after = (0..AFTER).map(|_| Some(Duration::from_micros(rng.random_range(0..20_000))));
            for after in std::iter::once(None).chain(after) {
                let (world, bank, id) = killed(way, at, after).await;
                kills += 1;
                unknown += u32::from(state(&world, id) == PaymentState::Unknown);
                let approved = bank.asked("PATCH").iter().filter(|step| step.text != "{}").count();
                if after.is_none() && (at == 0 || at == 2) {
                    assert_eq!(state(&world, id), PaymentState::Unknown, "{way:?}: nobody knows");
                    assert_eq!(approved, at / 2);
                }
                goes_on(&world, &bank, id, way).await;
                assert_eq!((bank.asked("POST").len(), bank.may_exist()), (1, 1), "{way:?} {at} {after:?}");
                let carried = bank.asked("PATCH").iter().filter(|step| step.text != "{}").count();
                assert_eq!(carried, 1, "{way:?} {at} {after:?}: approved once");
                assert_eq!(state(&world, id), PaymentState::Finished, "{way:?} {at} {after:?}");
            }
        }
    }
    assert!(unknown >= 4, "the kills hit the middle of things: {unknown} of {kills}");
    println!("{kills} kills at 8 requests, {unknown} outcomes unknown at first, 0 double payments, 0 double approvals");
}
