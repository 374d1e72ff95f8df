//! When a payment leaves, how its texts come out, and what differs from how the owner pays otherwise.

use super::world::{CZECH_SUPPLIER, CZK_ACCOUNT, EUR_ACCOUNT, SUPPLIER, World, invoice};
use crate::calendar::DayOff;
use crate::payments::{
    DraftCheck, DraftInput, Field, Problem, Warning, check_draft, closed_days, keep_closing, keep_lowest, paying_rules,
    review, save_draft,
};
use crate::settings::Language;
use chrono::{NaiveDate, TimeDelta};

fn check(world: &World, input: &DraftInput) -> DraftCheck {
    check_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap()
}

fn warnings(world: &World, input: &DraftInput) -> Vec<Warning> {
    check(world, input).warnings
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn p18_a_payment_says_when_it_leaves() {
    let world = World::new();
    let leaving = |from, currency: &str, wanted: Option<&str>| {
        let input = DraftInput { from: Some(from), currency: currency.into(), pay_on: wanted.map(day), ..invoice() };
        let leaving = check(&world, &input).leaving?;
        Some((leaving.day.to_string(), leaving.moved, leaving.today))
    };
    // Monday, 23 November 2026.
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", None), Some(("2026-11-23".into(), false, true)));
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", Some("2026-11-28")), Some(("2026-11-30".into(), true, false)));
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", Some("2026-12-25")), Some(("2026-12-28".into(), true, false)));
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", Some("2027-10-28")), Some(("2027-10-28".into(), false, false)));
    assert_eq!(leaving(CZK_ACCOUNT, "CZK", Some("2027-10-28")), Some(("2027-10-29".into(), true, false)));
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", Some("2026-11-20")), None, "a day in the past leaves nothing");

    world.wait(TimeDelta::days(5));
    assert_eq!(leaving(EUR_ACCOUNT, "EUR", None), Some(("2026-11-30".into(), true, false)), "today is a Saturday");
    let id = save_draft(&world.store, &world.clock(), None, &invoice(), Language::Sk).unwrap().id;
    let sheet = review(&world.store, &world.clock(), id).unwrap();
    assert_eq!((sheet.pay_on, sheet.leaving.day), (day("2026-11-28"), day("2026-11-30")));
}

#[test]
fn p16_texts_say_how_they_come_out() {
    let world = World::new();
    let plain = check(&world, &DraftInput { message: "Faktura 1".into(), ..invoice() });
    assert_eq!((plain.carried.payee, plain.carried.message), (None, None));

    let typed = DraftInput {
        payee: "Ľubomír Žižka & syn".into(), message: "Faktúra č. 5 – 10 €".into(), ..invoice()
    };
    let carried = check(&world, &typed).carried;
    assert_eq!(carried.payee.as_deref(), Some("Lubomir Zizka + syn"));
    assert_eq!(carried.message.as_deref(), Some("Faktura c. 5 . 10 E"));
    let crowns =
        DraftInput { from: Some(CZK_ACCOUNT), currency: "CZK".into(), account: CZECH_SUPPLIER.into(), ..typed };
    assert_eq!(check(&world, &crowns).carried, Default::default(), "crowns are not carried by the euro scheme");

    let long = check(&world, &DraftInput { payee: "x".repeat(71), ..invoice() });
    assert_eq!(long.carried.payee, Some("x".repeat(70)));
    // 48 letters of which each becomes three: the length that counts is the one that is carried.
    let grows = check(&world, &DraftInput { message: "щ".repeat(48), ..invoice() });
    let problems: Vec<_> = grows.problems.iter().map(|found| (found.field, found.problem)).collect();
    assert_eq!(problems, [(Field::Message, Problem::TooLong)]);
}

#[test]
fn e11_countries_and_currencies_that_do_not_fit_warn() {
    let world = World::new();
    let found = warnings(&world, &DraftInput { account: "TR330006100519786457841326".into(), ..invoice() });
    assert!(found.contains(&Warning::OutsideSepa { country: "TR".into() }), "{found:?}");
    let crowns = DraftInput { from: Some(CZK_ACCOUNT), currency: "CZK".into(), ..invoice() };
    let found = warnings(&world, &crowns);
    let foreign = Warning::ForeignCurrency { currency: crate::money::Currency::CZK, country: "SK".into() };
    assert!(found.contains(&foreign), "{found:?}");
    let home = warnings(&world, &DraftInput { account: CZECH_SUPPLIER.into(), ..crowns });
    assert_eq!(home, [Warning::FirstPayment]);
}

#[test]
fn e08_an_unusual_amount_warns_and_is_bound_to_the_review() {
    let world = World::new();
    world.spent("Kovostav", SUPPLIER, 20_000, None, "2026-08-03");
    let one = warnings(&world, &invoice());
    assert_eq!(one, [], "one payment is no habit");
    let id = save_draft(&world.store, &world.clock(), None, &invoice(), Language::Sk).unwrap().id;
    let before = review(&world.store, &world.clock(), id).unwrap().hash;
    world.spent("Kovostav", SUPPLIER, 30_000, None, "2026-09-03");
    let [Warning::UnusualAmount { most }] = warnings(&world, &invoice())[..] else { panic!() };
    assert_eq!(most.to_string(), "300.00 EUR");
    assert_ne!(review(&world.store, &world.clock(), id).unwrap().hash, before);
    assert_eq!(warnings(&world, &DraftInput { amount: "900,00".into(), ..invoice() }), []);
    assert_eq!(warnings(&world, &DraftInput { amount: "900,01".into(), ..invoice() }).len(), 1);
}

#[test]
fn e08_small_amounts_are_never_unusual() {
    let world = World::new();
    for at in ["2026-08-03", "2026-09-03"] {
        world.spent("Kovostav", SUPPLIER, 500, None, at);
    }
    assert_eq!(warnings(&world, &DraftInput { amount: "99,99".into(), ..invoice() }), []);
    assert_eq!(warnings(&world, &DraftInput { amount: "100,00".into(), ..invoice() }).len(), 1);
}

#[test]
fn e08_the_largest_payment_of_a_year_to_a_stranger_warns() {
    let world = World::new();
    for month in 1..=10 {
        world.spent("Other", CZECH_SUPPLIER, 1_000 * month, None, &format!("2026-{month:02}-03"));
    }
    world.spent("Long ago", CZECH_SUPPLIER, 900_000, None, "2025-01-03");
    let found = warnings(&world, &invoice());
    let [Warning::FirstPayment, Warning::LargestOfAll { most }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(most.to_string(), "100.00 EUR");
    assert_eq!(warnings(&world, &DraftInput { amount: "100,00".into(), ..invoice() }), [Warning::FirstPayment]);
}

#[test]
fn p22_an_invoice_that_was_paid_warns_and_the_number_of_a_contract_does_not() {
    let world = World::new();
    world.spent("Kovostav", SUPPLIER, 50_000, Some("0002026104418"), "2026-05-03");
    world.spent("Kovostav", SUPPLIER, 90_000, Some("7"), "2026-06-03");
    let found = warnings(&world, &DraftInput { amount: "600,00".into(), ..invoice() });
    let [Warning::SymbolPaid { day: paid, amount }] = found[..] else { panic!("{found:?}") };
    assert_eq!((paid, amount.to_string()), (day("2026-05-03"), "500.00 EUR".into()));
    let none = DraftInput { amount: "600,00".into(), variable_symbol: String::new(), ..invoice() };
    assert_eq!(warnings(&world, &none), []);

    for at in ["2026-07-03", "2026-08-03"] {
        world.spent("Kovostav", SUPPLIER, 50_000, Some("2026104418"), at);
    }
    assert_eq!(warnings(&world, &DraftInput { amount: "600,00".into(), ..invoice() }), []);
}

#[test]
fn p15_forints_have_decimals_and_dinars_have_three() {
    let world = World::new();
    for (currency, typed, right) in
        [("HUF", "100,50", true), ("KWD", "1,2345", false), ("KWD", "10,500", true), ("JPY", "100", true)]
    {
        let input = DraftInput { currency: currency.into(), amount: typed.into(), ..invoice() };
        let found = check(&world, &input);
        assert_eq!(found.amount.is_some(), right, "{currency} {typed} {:?}", found.problems);
    }
}

#[test]
fn p21_after_the_bank_has_closed_a_payment_leaves_on_its_next_day() {
    let world = World::new();
    let leaving = |wanted: Option<&str>| {
        let input = DraftInput { pay_on: wanted.map(day), ..invoice() };
        let leaving = check(&world, &input).leaving.unwrap();
        (leaving.day.to_string(), leaving.late, leaving.today)
    };
    // 23 November 2026, a Monday, 9:00 UTC: 10:00 at the banks.
    let closes = |time: &str| keep_closing(&world.store, &world.clock(), EUR_ACCOUNT, time.parse().ok()).unwrap();
    closes("10:01:00");
    assert_eq!(leaving(None), ("2026-11-23".into(), false, true));
    closes("10:00:00");
    assert_eq!(leaving(None), ("2026-11-24".into(), true, false));
    assert_eq!(leaving(Some("2026-11-24")), ("2026-11-24".into(), false, false), "another day is not too late");
    // Friday evening: Monday.
    world.wait(TimeDelta::days(4) + TimeDelta::hours(8));
    assert_eq!(leaving(None), ("2026-11-30".into(), true, false));
    // A Saturday is no day to be late on.
    world.wait(TimeDelta::days(1) - TimeDelta::hours(8));
    assert_eq!(leaving(None), ("2026-11-30".into(), false, false));
    closes("");
    let rules = paying_rules(&world.store, &world.clock()).unwrap();
    assert!(rules.iter().all(|rule| rule.closes.is_none()));
}

#[test]
fn the_accounts_of_a_bank_close_together_and_each_has_its_own_lowest_balance() {
    let world = World::new();
    let clock = world.clock();
    keep_closing(&world.store, &clock, EUR_ACCOUNT, "14:30".parse().ok()).unwrap();
    assert_eq!(keep_lowest(&world.store, &clock, EUR_ACCOUNT, "3 160,01", Language::Sk), Ok(None));
    assert_eq!(keep_lowest(&world.store, &clock, EUR_ACCOUNT, "12,345", Language::Sk), Ok(Some(Problem::Ambiguous)));
    let rules = paying_rules(&world.store, &clock).unwrap();
    let of = |id| rules.iter().find(|rule| rule.account == id).unwrap();
    assert_eq!(of(EUR_ACCOUNT).lowest.unwrap().to_string(), "3160.01 EUR", "what is wrong is not kept");
    assert_eq!((of(CZK_ACCOUNT).lowest, of(CZK_ACCOUNT).closes), (None, None), "the bank of the other is in Czechia");

    // 5,000 less 1,840 is 3,160.
    let under = |found: &[Warning]| found.iter().any(|one| matches!(one, Warning::UnderLowest { .. }));
    assert!(under(&warnings(&world, &invoice())));
    assert!(!under(&warnings(&world, &DraftInput { amount: "1 839,99".into(), ..invoice() })));
    let found = warnings(&world, &DraftInput { amount: "5 000,01".into(), ..invoice() });
    assert!(
        found.iter().any(|one| matches!(one, Warning::NotCovered { .. })) && !under(&found),
        "the graver of the two"
    );
    assert_eq!(keep_lowest(&world.store, &clock, EUR_ACCOUNT, " ", Language::Sk), Ok(None));
    assert!(!under(&warnings(&world, &invoice())));
}

#[test]
fn p18_the_days_on_which_no_payment_leaves_are_named() {
    let world = World::new();
    let closed = closed_days(&world.store, &world.clock(), EUR_ACCOUNT).unwrap();
    let of = |date: &str| closed.iter().find(|closed| closed.day == day(date)).map(|closed| closed.why);
    assert_eq!(of("2026-11-28"), Some(DayOff::Weekend));
    assert_eq!(of("2027-01-06"), Some(DayOff::Epiphany));
    assert_eq!(of("2026-11-24"), None);
    assert!(closed.first().unwrap().day > world.today() && closed.last().unwrap().day <= day("2027-11-24"));
    let crowns = closed_days(&world.store, &world.clock(), CZK_ACCOUNT).unwrap();
    assert!(crowns.iter().any(|closed| closed.why == DayOff::CzechIndependence));
    assert!(closed_days(&world.store, &world.clock(), crate::store::accounts::AccountId(99)).is_err());
}
