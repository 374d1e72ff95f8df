//! Four eyes: what a second passphrase releases, and that no call leads around it.

use super::everifin::Bank;
use super::flow::{reviewed, state, tickets};
use super::world::{CZK_ACCOUNT, World, invoice};
use crate::failure::{Failure, FailureKind};
use crate::money::Currency;
use crate::payments::{
    DraftInput, NewRule, PaymentId, PaymentState, Problem, change_release_rule, hand_over, make_bulk, record, release,
    release_rule, review, review_bulk, save_draft,
};
use crate::settings::Language;
use crate::vault::{Cost, Secret};
use chrono::TimeDelta;

const SECOND: &str = "the second person";

fn word(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn changed(
    world: &World,
    current: Option<&str>,
    above: Option<&str>,
    new: Option<&str>,
) -> Result<Option<Problem>, Failure> {
    let rule =
        above.map(|above| NewRule { above: above.to_owned(), currency: Currency::EUR, passphrase: new.map(word) });
    let current = current.map(word);
    change_release_rule(&world.store, &world.clock(), Cost::TEST, Language::Sk, current.as_ref(), rule)
}

/// A book whose rule asks for a release above 1,000 EUR.
fn ruled() -> World {
    let world = World::new();
    assert_eq!(changed(&world, None, Some("1 000"), Some(SECOND)), Ok(None));
    world
}

fn released(world: &World, id: PaymentId, hash: &str, passphrase: &str) -> Result<(), Failure> {
    release(&world.store, &world.clock(), id, hash, &word(passphrase))
}

async fn handed(world: &World, bank: &Bank, id: PaymentId, hash: &str) -> Result<(), FailureKind> {
    let everifin = bank.client(&world.clock()).await;
    let done = hand_over(&world.store, &everifin, &world.clock(), tickets(u64::from(id.0)), id, hash).await;
    done.map(|_| ()).map_err(|failure| failure.kind)
}

fn needs(world: &World, id: PaymentId) -> bool {
    review(&world.store, &world.clock(), id).unwrap().needs_release
}

#[tokio::test]
async fn above_the_limit_nothing_leaves_before_it_is_released() {
    let (world, bank) = (ruled(), Bank::open().await);
    let (id, hash) = reviewed(&world, &invoice());
    assert!(needs(&world, id));
    assert_eq!(handed(&world, &bank, id, &hash).await, Err(FailureKind::ReleaseNeeded));
    assert_eq!((bank.asked("POST").len(), state(&world, id)), (0, PaymentState::Draft));

    assert_eq!(released(&world, id, &hash, "not the second").unwrap_err().kind, FailureKind::PassphraseWrong);
    assert_eq!(handed(&world, &bank, id, &hash).await, Err(FailureKind::ReleaseNeeded));

    released(&world, id, &hash, SECOND).unwrap();
    assert!(!needs(&world, id));
    handed(&world, &bank, id, &hash).await.unwrap();
    assert_eq!(bank.asked("POST").len(), 1);
}

#[tokio::test]
async fn up_to_the_limit_nothing_is_asked_and_another_currency_always_is() {
    let (world, bank) = (ruled(), Bank::open().await);
    let (id, hash) = reviewed(&world, &DraftInput { amount: "1 000,00".into(), ..invoice() });
    assert!(!needs(&world, id));
    handed(&world, &bank, id, &hash).await.unwrap();
    let crowns = DraftInput { from: Some(CZK_ACCOUNT), currency: "CZK".into(), amount: "1".into(), ..invoice() };
    let (id, hash) = reviewed(&world, &crowns);
    assert_eq!(handed(&world, &bank, id, &hash).await, Err(FailureKind::ReleaseNeeded));
}

#[tokio::test]
async fn what_is_edited_needs_a_release_of_its_own() {
    let (world, bank) = (ruled(), Bank::open().await);
    let (id, hash) = reviewed(&world, &invoice());
    released(&world, id, &hash, SECOND).unwrap();
    let edited = DraftInput { amount: "1 841,00".into(), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(id), &edited, Language::Sk).unwrap();
    assert!(needs(&world, id));
    let now = review(&world.store, &world.clock(), id).unwrap().hash;
    assert_eq!(handed(&world, &bank, id, &hash).await, Err(FailureKind::DraftChanged));
    assert_eq!(handed(&world, &bank, id, &now).await, Err(FailureKind::ReleaseNeeded));
    assert_eq!(released(&world, id, &hash, SECOND).unwrap_err().kind, FailureKind::DraftChanged, "of what was before");

    // Nor does it release another payment of the same content.
    let (other, other_hash) = reviewed(&world, &invoice());
    assert_eq!(handed(&world, &bank, other, &other_hash).await, Err(FailureKind::ReleaseNeeded));
    assert_eq!(bank.asked("POST").len(), 0);
}

#[tokio::test]
async fn the_rule_changes_and_ends_only_by_the_second_passphrase() {
    let (world, bank) = (ruled(), Bank::open().await);
    let wrong = Err(FailureKind::PassphraseWrong.into());
    assert_eq!(changed(&world, None, None, None), wrong);
    assert_eq!(changed(&world, Some("another one"), None, None), wrong);
    assert_eq!(changed(&world, None, Some("9 000"), Some("mine alone now")), wrong);
    assert_eq!(release_rule(&world.store).unwrap().above.unwrap().to_string(), "1000.00 EUR");

    let (id, hash) = reviewed(&world, &invoice());
    released(&world, id, &hash, SECOND).unwrap();
    // A changed rule ends what the one before had released.
    assert_eq!(changed(&world, Some(SECOND), Some("1 500"), Some("another person")), Ok(None));
    assert!(needs(&world, id));
    assert_eq!(released(&world, id, &hash, SECOND).unwrap_err().kind, FailureKind::PassphraseWrong);
    released(&world, id, &hash, "another person").unwrap();

    assert_eq!(changed(&world, Some("another person"), None, None), Ok(None));
    assert_eq!(release_rule(&world.store).unwrap().above, None);
    let (id, hash) = reviewed(&world, &invoice());
    handed(&world, &bank, id, &hash).await.unwrap();
}

#[test]
fn a_rule_that_is_none_is_not_kept() {
    let world = World::new();
    assert_eq!(changed(&world, None, Some("x"), Some(SECOND)), Ok(Some(Problem::NotAnAmount)));
    assert_eq!(changed(&world, None, Some(""), Some(SECOND)), Ok(Some(Problem::Missing)));
    let wrong = Err(FailureKind::PassphraseWrong.into());
    assert_eq!(changed(&world, None, Some("1"), Some("short")), wrong);
    assert_eq!(changed(&world, None, Some("1"), None), wrong);
    assert_eq!(release_rule(&world.store).unwrap().above, None);
    assert_eq!(changed(&world, None, Some("0"), Some(SECOND)), Ok(None), "everything has to be released");
    assert!(needs(&world, reviewed(&world, &DraftInput { amount: "0,01".into(), ..invoice() }).0));
}

#[test]
fn wrong_passphrases_wait_longer_and_longer() {
    let world = ruled();
    let (id, hash) = reviewed(&world, &invoice());
    let tried = |passphrase: &str| released(&world, id, &hash, passphrase).map_err(|failure| failure.retry_at);
    assert_eq!((tried("wrong one"), tried("wrong one")), (Err(None), Err(None)), "slips of the finger");
    for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
        let next = world.clock().now() + TimeDelta::seconds(seconds);
        assert_eq!(tried("wrong one"), Err(Some(next)));
        assert_eq!(tried(SECOND), Err(Some(next)), "the right one too");
        world.wait(TimeDelta::seconds(seconds));
    }
    // The same wait at the settings: there is one count.
    assert!(tried("wrong one").is_err());
    assert!(changed(&world, Some(SECOND), None, None).unwrap_err().retry_at.is_some());
    world.wait(TimeDelta::seconds(60));
    tried(SECOND).unwrap();
    assert_eq!(tried("wrong one"), Err(None), "counted anew");
}

#[test]
fn a_rule_that_cannot_be_read_keeps_payments_back() {
    let world = ruled();
    let (id, _) = reviewed(&world, &invoice());
    world
        .store
        .write(|tx| Ok(tx.execute("UPDATE setting SET value = '{\"above\":1}' WHERE name = 'release'", [])?))
        .unwrap();
    assert_eq!(review(&world.store, &world.clock(), id).unwrap_err().kind, FailureKind::StoreFailed);
}

#[test]
fn e21_releases_stand_in_the_journal_and_no_passphrase_anywhere() {
    let world = ruled();
    let (id, hash) = reviewed(&world, &invoice());
    assert!(released(&world, id, &hash, "wrong one").is_err());
    released(&world, id, &hash, SECOND).unwrap();
    assert_eq!(changed(&world, Some(SECOND), None, None), Ok(None));
    let text = record(&world.store).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let states: Vec<&str> = lines.iter().map(|line| line[2]).collect();
    assert_eq!(states, ["releaseSet", "releaseRefused", "released", "releaseRemoved", "draft"]);
    assert_eq!((lines[2][1], lines[2][3]), (id.0.to_string().as_str(), hash.as_str()));
    assert_eq!(lines[0][1], "", "of no payment");
    assert!(!text.contains(SECOND) && !text.contains("wrong one"));
}

#[tokio::test]
async fn payments_under_the_limit_that_go_together_are_released_together() {
    let (world, bank) = (ruled(), Bank::open().await);
    let part = |symbol: &str| {
        let input = DraftInput { amount: "600,00".into(), variable_symbol: symbol.into(), ..invoice() };
        save_draft(&world.store, &world.clock(), None, &input, Language::Sk).unwrap().id
    };
    let lines = [part("1"), part("2")];
    assert!(lines.iter().all(|line| !needs(&world, *line)));
    let id = make_bulk(&world.store, &world.clock(), &lines).unwrap();
    let sheet = review_bulk(&world.store, &world.clock(), id).unwrap();
    assert!(sheet.needs_release);
    assert_eq!(handed(&world, &bank, id, &sheet.hash).await, Err(FailureKind::ReleaseNeeded));
    assert_eq!(released(&world, id, "another", SECOND).unwrap_err().kind, FailureKind::DraftChanged);
    released(&world, id, &sheet.hash, SECOND).unwrap();
    assert!(!review_bulk(&world.store, &world.clock(), id).unwrap().needs_release);
    assert_eq!(handed(&world, &bank, id, &sheet.hash).await, Ok(()));
    assert_eq!(bank.asked("POST").len(), 1);
}
