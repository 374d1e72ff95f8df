//! Drafts, warnings and the review sheet.

use super::world::{CZECH_SUPPLIER, EUR_ACCOUNT, GERMAN_SUPPLIER, SUPPLIER, World, invoice};
use crate::failure::FailureKind;
use crate::payments::{
    DraftInput, PaymentId, PaymentState, Review, Warning, check_draft, delete_draft, draft, payment, payments, review,
    save_draft,
};
use crate::settings::Language;
use chrono::TimeDelta;

fn save(world: &World, id: Option<PaymentId>, input: &DraftInput) -> PaymentId {
    save_draft(&world.store, &world.clock(), id, input, Language::Sk).unwrap().id
}

fn reviewed(world: &World, input: &DraftInput) -> Review {
    let id = save(world, None, input);
    review(&world.store, &world.clock(), id).unwrap()
}

fn warnings(world: &World, input: &DraftInput) -> Vec<Warning> {
    check_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap().warnings
}

#[test]
fn nothing_typed_is_lost() {
    let world = World::new();
    let nonsense = DraftInput {
        from: None,
        payee: " \u{202e}x ".into(),
        account: "SK99 hello".into(),
        amount: "about 5".into(),
        currency: "?".into(),
        pay_on: Some("1999-01-01".parse().unwrap()),
        variable_symbol: "abc".into(),
        specific_symbol: "999999999999".into(),
        constant_symbol: "-".into(),
        message: "m".repeat(500),
    };
    let id = save(&world, None, &nonsense);
    let world = world.restarted();
    let kept = draft(&world.store, &world.clock(), id).unwrap();
    assert_eq!(kept.input, nonsense);
    assert!(!kept.check.problems.is_empty());
    assert_eq!(review(&world.store, &world.clock(), id), Err(FailureKind::DraftInvalid.into()));

    save(&world, Some(id), &invoice());
    assert_eq!(draft(&world.store, &world.clock(), id).unwrap().input, invoice());
    let list = payments(&world.store, &world.clock()).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].state, list[0].amount.unwrap().to_string()), (PaymentState::Draft, "1840.00 EUR".into()));
    assert_eq!(list[0].from_name.as_deref(), Some("Operating account"));
}

#[test]
fn a_draft_thrown_away_is_gone_and_its_number_is_not_used_again() {
    let world = World::new();
    let first = save(&world, None, &invoice());
    delete_draft(&world.store, first).unwrap();
    assert_eq!(draft(&world.store, &world.clock(), first).err(), Some(FailureKind::NotFound.into()));
    assert_eq!(delete_draft(&world.store, first), Err(FailureKind::NotFound.into()));
    let gone = save_draft(&world.store, &world.clock(), Some(first), &invoice(), Language::Sk);
    assert_eq!(gone.err(), Some(FailureKind::NotFound.into()));
    assert_ne!(save(&world, None, &invoice()), first);
    assert_eq!(payment(&world.store, &world.clock(), first).err(), Some(FailureKind::NotFound.into()));
}

#[test]
fn the_journal_only_grows() {
    let world = World::new();
    save(&world, None, &invoice());
    for forbidden in ["DELETE FROM payment_step", "UPDATE payment_step SET state = 'finished'"] {
        assert!(world.store.write(|tx| Ok(tx.execute(forbidden, [])?)).is_err(), "{forbidden}");
    }
}

#[test]
fn the_database_itself_keeps_final_states_and_contents() {
    let world = World::new();
    let id = save(&world, None, &invoice());
    world.store.write(|tx| Ok(tx.execute("UPDATE payment SET state = 'finished' WHERE id = ?", [id.0])?)).unwrap();
    for forbidden in ["UPDATE payment SET state = 'processing'", "UPDATE payment SET minor = 1", "DELETE FROM payment"]
    {
        assert!(world.store.write(|tx| Ok(tx.execute(forbidden, [])?)).is_err(), "{forbidden}");
    }
}

#[test]
fn the_review_says_what_will_be_sent() {
    let world = World::new();
    let sheet = reviewed(&world, &DraftInput { payee: "  Kovostav Hron s.r.o. ".into(), ..invoice() });
    assert_eq!(sheet.amount.to_string(), "1840.00 EUR");
    assert_eq!((sheet.payee.as_str(), sheet.iban.as_str()), ("Kovostav Hron s.r.o.", SUPPLIER));
    assert_eq!((sheet.from_iban.as_str(), sheet.country.as_str()), (super::world::EUR_IBAN, "SK"));
    assert_eq!(sheet.pay_on, world.today());
    assert_eq!(sheet.variable_symbol.as_deref(), Some("2026104418"));
    assert_eq!((sheet.specific_symbol, sheet.constant_symbol.as_deref()), (None, Some("0308")));
    assert_eq!(sheet.balance_after.unwrap().to_string(), "3160.00 EUR");
    assert_eq!(sheet.warnings, [Warning::FirstPayment]);
}

#[test]
fn p12_p13_any_change_of_content_changes_the_hash() {
    let world = World::new();
    let id = save(&world, None, &invoice());
    let hash = |input: &DraftInput| {
        save(&world, Some(id), input);
        review(&world.store, &world.clock(), id).unwrap().hash
    };
    let first = hash(&invoice());
    assert_eq!(first.len(), 64);
    let mut seen = vec![first.clone()];
    for changed in [
        DraftInput { account: CZECH_SUPPLIER.into(), ..invoice() },
        DraftInput { amount: "1 840,01".into(), ..invoice() },
        DraftInput { payee: "Kovostav Hron s.r.o".into(), ..invoice() },
        DraftInput { variable_symbol: "2026104419".into(), ..invoice() },
        DraftInput { variable_symbol: String::new(), specific_symbol: "2026104418".into(), ..invoice() },
        DraftInput { constant_symbol: String::new(), ..invoice() },
        DraftInput { message: String::new(), ..invoice() },
        DraftInput { pay_on: world.today().succ_opt(), ..invoice() },
    ] {
        let hash = hash(&changed);
        assert!(!seen.contains(&hash), "{changed:?}");
        seen.push(hash);
    }
    // What is only written differently is the same payment.
    let rewritten = DraftInput {
        amount: "1840".into(),
        account: "SK68 0720 0002 8919 8742 6353".into(),
        pay_on: Some(world.today()),
        ..invoice()
    };
    assert_eq!(hash(&rewritten), first);
    world.wait(TimeDelta::days(1));
    save(&world, Some(id), &invoice());
    assert_ne!(review(&world.store, &world.clock(), id).unwrap().hash, first, "today is another day");
}

#[test]
fn a_warning_that_arises_after_the_review_changes_the_hash() {
    let world = World::new();
    let id = save(&world, None, &invoice());
    let before = review(&world.store, &world.clock(), id).unwrap();
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 184_000, None, "2026-11-20");
    let after = review(&world.store, &world.clock(), id).unwrap();
    assert_ne!(before.hash, after.hash);
    assert!(matches!(after.warnings.as_slice(), [Warning::LikelyDuplicate { .. }]));
}

#[test]
fn p22_the_same_again_is_possible_after_a_warning() {
    let world = World::new();
    world.spent("Kovostav Hron", SUPPLIER, 184_000, Some("1"), "2026-10-20");
    let checked = check_draft(&world.store, &world.clock(), None, &invoice(), Language::Sk).unwrap();
    assert!(checked.problems.is_empty());
    assert_eq!(checked.paid_times, 1);
    let Some(Warning::LikelyDuplicate { day, amount }) = checked.warnings.first() else {
        panic!("{:?}", checked.warnings)
    };
    assert_eq!((day.to_string(), amount.to_string()), ("2026-10-20".into(), "1840.00 EUR".into()));
}

#[test]
fn a_payment_46_days_ago_or_of_another_amount_is_no_duplicate() {
    let world = World::new();
    world.spent("Kovostav Hron", SUPPLIER, 184_000, None, "2026-10-08");
    world.spent("Kovostav Hron", SUPPLIER, 184_001, None, "2026-11-20");
    assert_eq!(warnings(&world, &invoice()), []);
}

#[test]
fn a_known_payee_with_a_new_account_warns() {
    let world = World::new();
    world.spent("KOVOSTAV HRON S.R.O.", CZECH_SUPPLIER, 50_000, None, "2026-03-02");
    world.spent("Kovostav Hron, s. r. o.", GERMAN_SUPPLIER, 70_000, None, "2026-09-14");
    let last = "2026-09-14".parse().unwrap();
    assert_eq!(warnings(&world, &invoice()), [Warning::OtherAccount { last_iban: GERMAN_SUPPLIER.into(), last }]);
    let other = DraftInput { payee: "Kovostav Nitra s.r.o.".into(), ..invoice() };
    assert_eq!(warnings(&world, &other), [Warning::FirstPayment]);
    world.spent("Kovostav Hron s.r.o.", SUPPLIER, 100, None, "2026-01-05");
    assert_eq!(warnings(&world, &invoice()), [], "both accounts are known");
}

#[test]
fn cover_country_and_national_check_warn() {
    let world = World::new();
    world.spent("X", SUPPLIER, 1, None, "2026-01-05");
    let found = warnings(&world, &DraftInput { amount: "5 000,01".into(), ..invoice() });
    let [Warning::NotCovered { after }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(after.to_string(), "-0.01 EUR");
    assert_eq!(warnings(&world, &DraftInput { amount: "5 000,00".into(), ..invoice() }), []);

    let abroad = warnings(&world, &DraftInput { account: GERMAN_SUPPLIER.into(), ..invoice() });
    assert_eq!(abroad, [Warning::FirstPayment, Warning::OtherCountry { country: "DE".into() }]);

    // Check digits of the IBAN hold, those of the number inside do not.
    let odd = warnings(&world, &DraftInput { account: "SK4107200002891987426354".into(), ..invoice() });
    assert_eq!(odd, [Warning::FirstPayment, Warning::NationalCheck]);
}

#[test]
fn an_own_account_is_no_stranger() {
    let world = World::new();
    let transfer = DraftInput { account: super::world::CZK_IBAN.into(), payee: "Me".into(), ..invoice() };
    assert_eq!(warnings(&world, &transfer), [Warning::OtherCountry { country: "CZ".into() }]);
    assert_eq!(transfer.from, Some(EUR_ACCOUNT));
}
