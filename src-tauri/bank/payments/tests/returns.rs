//! The owner comes back from her bank, or somebody pretends that she does.

use super::everifin::{Answer, Bank, redirect, status};
use super::flow::{handed_over, reviewed, state};
use super::world::{World, invoice};
use crate::auth::Environment;
use crate::failure::FailureKind;
use crate::payments::{
    PaymentId, PaymentState, ReturnTo, ReturnWay, Tickets, WayBack, approve, check, hand_over, pasted, payment,
    returned, ways_back,
};
use crate::settings::Settings;
use crate::store::settings::Link;
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use std::cell::RefCell;

/// A payment that waits for the owner at its bank, and the address to which the bank sends her back.
async fn waiting(world: &World, bank: &Bank) -> (PaymentId, String) {
    let (id, done) = handed_over(world, bank).await;
    assert_eq!(done.unwrap().detail.line.state, PaymentState::AwaitingBank);
    let address = bank.asked("POST").pop().unwrap().body["redirectUrl"].as_str().unwrap().to_owned();
    (id, address)
}

#[tokio::test]
async fn the_banks_parameters_go_into_the_next_step_once() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    bank.process(status("PROCESSING", None));
    let back = format!("{address}?code=abc%2F1&state=x+y");
    assert_eq!(returned(&world.store, &everifin, &world.clock(), &back).await, Ok(Some(id)));
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "abc/1", "state": "x y" }));
    assert_eq!(state(&world, id), PaymentState::Processing);
    assert!(!payment(&world.store, &world.clock(), id).unwrap().can_approve);

    for replay in [back.as_str(), address.as_str(), &format!("{address}?code=other")] {
        assert_eq!(returned(&world.store, &everifin, &world.clock(), replay).await, Ok(None));
    }
    assert_eq!(bank.asked("PATCH").len(), 2);
}

#[tokio::test]
async fn p11_c47_forged_addresses_are_ignored() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    let mut other = address.clone();
    other.pop();
    for forged in [
        String::new(),
        "app.saldo.desktop://payment.return/".into(),
        "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA?status=FINISHED".into(),
        "app.saldo.desktop:/oauth/callback?code=c&state=s".into(),
        other.clone() + "A",
        address.to_uppercase(),
        format!("{address}?a=1&a=2"),
        format!("{address}#status=FINISHED"),
        format!("{address}?a=\u{202e}"),
    ] {
        if forged != address {
            assert_eq!(returned(&world.store, &everifin, &world.clock(), &forged).await, Ok(None), "{forged}");
        }
    }
    assert_eq!(bank.asked("PATCH").len(), 1, "only the first step");
    assert_eq!(state(&world, id), PaymentState::AwaitingBank);
}

#[tokio::test]
async fn a_return_says_nothing_about_the_outcome() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    bank.process(status("FAILED", None));
    returned(&world.store, &everifin, &world.clock(), &format!("{address}?status=FINISHED")).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Failed);
}

#[tokio::test]
async fn two_returns_at_once_are_one() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let (everifin, clock) = (bank.client(&world.clock()).await, world.clock());
    bank.process(status("PROCESSING", None));
    let back = format!("{address}?code=1");
    let (a, b) = tokio::join!(
        returned(&world.store, &everifin, &clock, &back),
        returned(&world.store, &everifin, &clock, &back)
    );
    let mut answers = [a.unwrap(), b.unwrap()];
    answers.sort();
    assert_eq!(answers, [None, Some(id)]);
    assert_eq!(bank.asked("PATCH").len(), 2);
}

#[tokio::test]
async fn a_bank_with_two_pages_takes_two_returns_but_not_the_first_again() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    bank.process(redirect("CREATED"));
    let first = format!("{address}?step=1");
    assert_eq!(returned(&world.store, &everifin, &world.clock(), &first).await, Ok(Some(id)));
    assert_eq!(state(&world, id), PaymentState::AwaitingBank);
    assert_eq!(returned(&world.store, &everifin, &world.clock(), &first).await, Ok(None));
    bank.process(status("FINISHED", None));
    assert_eq!(returned(&world.store, &everifin, &world.clock(), &format!("{address}?step=2")).await, Ok(Some(id)));
    assert_eq!(state(&world, id), PaymentState::Finished);
}

#[tokio::test]
async fn p20_offline_at_the_return_the_parameters_are_sent_later_and_once() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    // A client that cannot renew its session sends nothing.
    let cut_off = bank.client(&world.clock()).await;
    bank.token(Answer::Page(503));
    assert_eq!(returned(&world.store, &cut_off, &world.clock(), &format!("{address}?code=7")).await, Ok(Some(id)));
    assert_eq!(bank.asked("PATCH").len(), 1);
    let world = world.restarted();
    assert_eq!(state(&world, id), PaymentState::AwaitingBank);
    assert!(!payment(&world.store, &world.clock(), id).unwrap().can_approve, "approved already");

    let everifin = bank.client(&world.clock()).await;
    bank.process(status("PROCESSING", None));
    let detail = check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(detail.line.state, PaymentState::Processing);
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "7" }));
    check(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(bank.asked("PATCH").len(), 2);
}

#[tokio::test]
async fn p19_a_return_that_was_turned_away_goes_on_only_by_the_owner() {
    for refusal in [Answer::Error(401, "INVALID_ACCESS_TOKEN"), Answer::Error(429, "TOO_MANY_REQUESTS")] {
        let (world, bank) = (World::new(), Bank::open().await);
        let (id, address) = waiting(&world, &bank).await;
        let everifin = bank.client(&world.clock()).await;
        bank.process(refusal);
        returned(&world.store, &everifin, &world.clock(), &format!("{address}?code=7")).await.unwrap();
        let world = world.restarted();
        let everifin = bank.client(&world.clock()).await;
        for _ in 0..3 {
            world.wait(TimeDelta::hours(1));
            check(&world.store, &everifin, &world.clock(), id).await.unwrap();
        }
        assert_eq!(bank.asked("PATCH").len(), 2, "nothing sends it by itself");
        assert!(payment(&world.store, &world.clock(), id).unwrap().can_approve);
        bank.process(status("FINISHED", None));
        approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
        assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "7" }));
        assert_eq!(state(&world, id), PaymentState::Finished);
    }
    // What Everifin looked at and refused is not sent again.
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    bank.process(Answer::Error(422, "INPUT_DATA_ERROR"));
    returned(&world.store, &everifin, &world.clock(), &format!("{address}?code=7")).await.unwrap();
    bank.process(redirect("CREATED"));
    approve(&world.store, &everifin, &world.clock(), id).await.unwrap();
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({}));
}

#[tokio::test]
async fn p24_a_lost_answer_after_the_approval_is_unknown_until_read() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let everifin = bank.client(&world.clock()).await;
    bank.process(Answer::Cut);
    returned(&world.store, &everifin, &world.clock(), &format!("{address}?otp=1")).await.unwrap();
    assert_eq!(state(&world, id), PaymentState::Unknown);
    bank.read(Answer::Page(502));
    let failed = check(&world.store, &everifin, &world.clock(), id).await;
    assert_eq!(failed.unwrap_err().kind, FailureKind::ServiceDown);
    assert_eq!(state(&world, id), PaymentState::Unknown);
    bank.read(status("FINISHED", None));
    assert_eq!(check(&world.store, &everifin, &world.clock(), id).await.unwrap().line.state, PaymentState::Finished);
    assert_eq!(bank.asked("PATCH").len(), 2, "the approval was sent once");
}

#[tokio::test]
async fn the_owner_hears_which_way_back_works() {
    let (world, bank) = (World::new(), Bank::open().await);
    let everifin = bank.client(&world.clock()).await;
    let page = "https://www.studiolipa.sk/saldo";
    let way = ReturnWay::Page { address: page.into() };
    world.store.save_settings(&Settings { return_way: way, ..Settings::default() }).unwrap();
    let (id, hash) = reviewed(&world, &invoice());
    let rng = RefCell::new(StdRng::seed_from_u64(3));
    let leave = async || {
        let tickets = Tickets::draw(&mut *rng.borrow_mut(), ReturnTo::Page(page.into()));
        hand_over(&world.store, &everifin, &world.clock(), tickets, id, &hash).await
    };
    let seen = || ways_back(&world.store).unwrap().get(&WayBack::Page).copied().unwrap_or_default();

    bank.create(Answer::Field("redirectUrl"));
    assert_eq!(leave().await.unwrap_err().kind, FailureKind::ReturnAddressRefused);
    assert_eq!(state(&world, id), PaymentState::Draft, "nothing was created");
    assert!(seen().refused.is_some() && seen().taken.is_none());

    bank.create(Answer::Field("amount"));
    assert_eq!(leave().await.unwrap_err().kind, FailureKind::PaymentRefused, "another field is another matter");

    leave().await.unwrap();
    assert!(seen().taken.is_some() && seen().came_back.is_none());
    let address = bank.asked("POST").pop().unwrap().body["redirectUrl"].as_str().unwrap().to_owned();
    let nonce = address.strip_prefix(&format!("{page}?saldo=")).unwrap();
    // As the page hands it over.
    let back = format!("app.saldo.desktop://payment.return/{nonce}?code=7");
    assert_eq!(returned(&world.store, &everifin, &world.clock(), &back).await, Ok(Some(id)));
    assert!(seen().came_back.is_some());
}

#[tokio::test]
async fn an_address_that_the_owner_pastes_goes_on_with_its_own_payment_once() {
    let (world, bank) = (World::new(), Bank::open().await);
    let (id, address) = waiting(&world, &bank).await;
    let nonce = address.rsplit_once('/').unwrap().1.to_owned();
    let everifin = bank.client(&world.clock()).await;
    let web = Environment::Production.web_app();
    let link = Link {
        environment: Environment::Production,
        realm: "everifin_app".into(),
        client_id: "saldo-test".into(),
        payments: true,
    };
    world.store.save_connection(&link).unwrap();
    let paste =
        async |text: &str| pasted(&world.store, &everifin, &world.clock(), id, text).await.map(|done| done.next);

    let other = "BAAAAAAAAAAAAAAAAAAAAA";
    for wrong in [
        "",
        "https://bank.example/?code=7",
        web,
        &format!("http://127.0.0.1:4711/{other}?code=7"),
        &format!("https://www.studiolipa.sk/saldo?saldo={other}&code=7"),
        &format!("{web}?saldo={other}&code=7"),
        &format!("https://www.studiolipa.sk/saldo?saldo={nonce}&code=7&code=8"),
    ] {
        assert_eq!(paste(wrong).await, Err(FailureKind::LinkWrong.into()), "{wrong}");
    }
    assert_eq!(bank.asked("PATCH").len(), 1, "none of them was sent");

    bank.process(redirect("CREATED"));
    paste(&format!("  {web}?code=6&x=y\n")).await.unwrap();
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "6", "x": "y" }));
    bank.process(redirect("CREATED"));
    paste(&format!("http://127.0.0.1:4711/{nonce}?code=7")).await.unwrap();
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "7" }));
    bank.process(status("FINISHED", None));
    let last = format!("https://www.studiolipa.sk/saldo?saldo={nonce}&code=8");
    paste(&last).await.unwrap();
    assert_eq!(bank.asked("PATCH").pop().unwrap().body, json!({ "code": "8" }));
    assert_eq!(state(&world, id), PaymentState::Finished);
    assert_eq!(paste(&last).await, Err(FailureKind::LinkWrong.into()), "once");
}
