//! Templates, standing payments and what is due.

use super::world::{CZK_ACCOUNT, EUR_ACCOUNT, World, invoice};
use crate::failure::FailureKind;
use crate::payments::{
    DraftInput, DueWhen, Every, PaymentState, Rhythm, Template, TemplateInput, delete_draft, draft, due_payments,
    payments, prepare_due, remove_template, save_draft, save_template, templates, use_template,
};
use crate::settings::Language;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn monthly(next: &str) -> Rhythm {
    Rhythm { every: Every::Month, next: day(next), until: None, paused: false }
}

fn keep(world: &World, rhythm: Option<Rhythm>) -> Template {
    let input = TemplateInput { name: "Rent".into(), payment: invoice(), rhythm };
    save_template(&world.store, &world.clock(), None, &input, Language::Sk).unwrap()
}

fn change(world: &World, kept: &Template, change: impl FnOnce(&mut Rhythm)) -> Result<Template, FailureKind> {
    let mut rhythm = kept.rhythm.unwrap();
    change(&mut rhythm);
    let input = TemplateInput { name: kept.name.clone(), payment: kept.payment.clone(), rhythm: Some(rhythm) };
    save_template(&world.store, &world.clock(), Some(kept.id), &input, Language::Sk).map_err(|failure| failure.kind)
}

fn prepare(world: &World) -> u32 {
    prepare_due(&world.store, &world.clock()).unwrap()
}

/// The days of all drafts, in their order.
fn drafted(world: &World) -> Vec<String> {
    let mut lines = payments(&world.store, &world.clock()).unwrap();
    assert!(lines.iter().all(|line| line.state == PaymentState::Draft), "nothing is ever handed over");
    lines.sort_by_key(|line| line.id);
    lines.iter().map(|line| line.standing.unwrap().to_string()).collect()
}

fn wait(world: &World, days: i64) {
    world.wait(TimeDelta::days(days));
}

#[test]
fn a_standing_payment_is_prepared_on_its_day_and_once() {
    let world = World::new(); // 23 November 2026
    keep(&world, Some(monthly("2026-11-25")));
    assert_eq!(prepare(&world), 0, "its day has not come");
    wait(&world, 2);
    assert_eq!([prepare(&world), prepare(&world)], [1, 0]);
    assert_eq!(drafted(&world), ["2026-11-25"]);
    let world = world.restarted();
    assert_eq!(prepare(&world), 0);
    assert_eq!(templates(&world.store, &world.clock()).unwrap()[0].rhythm, Some(monthly("2026-12-25")));
    let made = payments(&world.store, &world.clock()).unwrap()[0].id;
    let made = draft(&world.store, &world.clock(), made).unwrap().input;
    assert_eq!(made, invoice(), "it is for the day on which the owner comes to it");
}

#[test]
fn days_on_which_saldo_did_not_run_make_one_draft_each() {
    let world = World::new();
    keep(&world, Some(monthly("2026-11-30")));
    wait(&world, 100); // 3 March 2027
    let world = world.restarted();
    assert_eq!([prepare(&world), prepare(&world)], [4, 0]);
    // February is shorter, and moves nothing after it.
    assert_eq!(drafted(&world), ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28"]);
    assert_eq!(templates(&world.store, &world.clock()).unwrap()[0].rhythm.unwrap().next, day("2027-03-30"));
}

#[test]
fn a_draft_that_was_thrown_away_is_not_prepared_again() {
    let world = World::new();
    let kept = keep(&world, Some(monthly("2026-11-23")));
    assert_eq!(prepare(&world), 1);
    let made = payments(&world.store, &world.clock()).unwrap()[0].id;
    delete_draft(&world.store, made).unwrap();
    // Not even where the owner sets it back to that day.
    change(&world, &kept, |rhythm| rhythm.next = day("2026-11-23")).unwrap();
    assert_eq!(prepare(&world), 0);
    assert!(drafted(&world).is_empty());
}

#[test]
fn a_change_of_something_else_keeps_the_day_of_the_month() {
    let world = World::new();
    let kept = keep(&world, Some(monthly("2026-12-31")));
    wait(&world, 38 + 31); // 31 January 2027: prepared, and 28 February comes next
    assert_eq!(prepare(&world), 2);
    let kept = templates(&world.store, &world.clock()).unwrap().into_iter().find(|one| one.id == kept.id).unwrap();
    assert_eq!(kept.rhythm.unwrap().next, day("2027-02-28"));
    change(&world, &kept, |rhythm| rhythm.until = Some(day("2027-03-31"))).unwrap();
    wait(&world, 70);
    assert_eq!(prepare(&world), 2);
    assert_eq!(drafted(&world), ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]);
    let ended = templates(&world.store, &world.clock()).unwrap().remove(0);
    assert_eq!((ended.coming.len(), ended.waiting.len()), (0, 4));
}

#[test]
fn the_days_of_a_paused_one_pass_without_a_draft() {
    let world = World::new();
    let kept = keep(&world, Some(Rhythm { every: Every::Week, ..monthly("2026-11-24") }));
    let paused = change(&world, &kept, |rhythm| rhythm.paused = true).unwrap();
    wait(&world, 9);
    assert_eq!(prepare(&world), 0);
    let next = templates(&world.store, &world.clock()).unwrap()[0].rhythm.unwrap().next;
    assert_eq!(next, day("2026-12-08"));
    change(&world, &paused, |rhythm| (rhythm.paused, rhythm.next) = (false, next)).unwrap();
    wait(&world, 7);
    assert_eq!(prepare(&world), 1);
    assert_eq!(drafted(&world), ["2026-12-08"]);
}

#[test]
fn a_template_is_used_by_hand_and_removed() {
    let world = World::new();
    let kept = keep(&world, None);
    assert_eq!((kept.name.as_str(), kept.amount.unwrap().to_string()), ("Rent", "1840.00 EUR".into()));
    wait(&world, 400);
    assert_eq!(prepare(&world), 0);
    let made = use_template(&world.store, &world.clock(), kept.id).unwrap();
    assert_eq!(draft(&world.store, &world.clock(), made).unwrap().input, DraftInput { pay_on: None, ..invoice() });
    remove_template(&world.store, kept.id).unwrap();
    assert!(templates(&world.store, &world.clock()).unwrap().is_empty());
    assert_eq!(remove_template(&world.store, kept.id), Err(FailureKind::NotFound.into()));
    assert_eq!(use_template(&world.store, &world.clock(), kept.id), Err(FailureKind::NotFound.into()));
    assert_eq!(payments(&world.store, &world.clock()).unwrap().len(), 1, "what was made of it stays");
    assert_ne!(keep(&world, None).id, kept.id);
}

#[test]
fn an_amount_that_is_not_typed_anew_stays_what_it_was_in_another_language() {
    let world = World::new();
    let payment = DraftInput { amount: "1.840".into(), ..invoice() };
    let input = TemplateInput { name: "Rent".into(), payment, rhythm: None };
    let save = |id, language| save_template(&world.store, &world.clock(), id, &input, language).unwrap();
    let kept = save(None, Language::De);
    assert_eq!(kept.amount.unwrap().to_string(), "1840.00 EUR");
    assert_ne!(save(None, Language::En).amount, kept.amount);
    assert_eq!(save(Some(kept.id), Language::En).amount, kept.amount);
}

#[test]
fn what_is_not_in_order_is_not_kept() {
    let world = World::new();
    let refused = |name: &str, rhythm: Rhythm| {
        let input = TemplateInput { name: name.into(), payment: invoice(), rhythm: Some(rhythm) };
        save_template(&world.store, &world.clock(), None, &input, Language::Sk).map_err(|failure| failure.kind)
    };
    for (name, rhythm) in [
        (" ", monthly("2026-11-24")),
        (&"x".repeat(71), monthly("2026-11-24")),
        ("Rent", monthly("2026-11-22")),
        ("Rent", Rhythm { until: Some(day("2026-11-23")), ..monthly("2026-11-24") }),
    ] {
        assert_eq!(refused(name, rhythm), Err(FailureKind::DraftInvalid), "{name} {rhythm:?}");
    }
    let gone = keep(&world, Some(monthly("2026-11-24")));
    remove_template(&world.store, gone.id).unwrap();
    assert_eq!(change(&world, &gone, |_| ()), Err(FailureKind::NotFound));
}

#[test]
fn drafts_are_due_by_day_with_a_total_in_each_currency() {
    let world = World::new();
    let save = |from, amount: &str, currency: &str, pay_on: Option<&str>| {
        let (amount, currency, pay_on) = (amount.to_owned(), currency.to_owned(), pay_on.map(day));
        let input = DraftInput { from: Some(from), amount, currency, pay_on, ..invoice() };
        save_draft(&world.store, &world.clock(), None, &input, Language::Sk).unwrap().id
    };
    save(EUR_ACCOUNT, "10", "EUR", Some("2026-11-27"));
    save(CZK_ACCOUNT, "300", "CZK", Some("2026-11-27"));
    save(EUR_ACCOUNT, "0,50", "EUR", Some("2026-11-27"));
    save(EUR_ACCOUNT, "", "EUR", None);
    save(EUR_ACCOUNT, "7", "EUR", Some("2026-11-20"));
    save(EUR_ACCOUNT, "1", "EUR", Some("2026-11-30"));
    let due = due_payments(&world.store, &world.clock()).unwrap();
    let said: Vec<_> = due
        .iter()
        .map(|of| {
            let totals: Vec<_> = of.totals.iter().map(ToString::to_string).collect();
            (of.day.to_string(), of.when, of.payments.len(), totals.join(" "))
        })
        .collect();
    assert_eq!(
        said,
        [
            ("2026-11-20".to_owned(), DueWhen::Overdue, 1, "7.00 EUR".to_owned()),
            ("2026-11-23".to_owned(), DueWhen::Today, 1, String::new()),
            ("2026-11-27".to_owned(), DueWhen::ThisWeek, 3, "300.00 CZK 10.50 EUR".to_owned()),
            ("2026-11-30".to_owned(), DueWhen::Later, 1, "1.00 EUR".to_owned()),
        ]
    );
}

#[test]
fn a_missed_day_is_said_and_the_draft_can_be_paid_today() {
    let world = World::new();
    let kept = keep(&world, Some(monthly("2026-11-25")));
    let next = [day("2026-12-25"), day("2027-01-25"), day("2027-02-25")];
    wait(&world, 2);
    assert_eq!(prepare(&world), 1);
    let line = || payments(&world.store, &world.clock()).unwrap().remove(0);
    assert_eq!((line().standing, line().missed), (Some(day("2026-11-25")), None));
    wait(&world, 3);
    assert_eq!((line().missed, line().pay_on), (Some(day("2026-11-25")), day("2026-11-28")));
    let due = due_payments(&world.store, &world.clock()).unwrap();
    assert_eq!((due[0].day, due[0].when), (day("2026-11-25"), DueWhen::Overdue));
    assert_eq!(draft(&world.store, &world.clock(), line().id).unwrap().check.problems, []);
    let told = templates(&world.store, &world.clock()).unwrap().remove(0);
    assert_eq!((told.coming.as_slice(), told.waiting.as_slice()), (next.as_slice(), [day("2026-11-25")].as_slice()));
    // The owner puts it off: it is no longer overdue, and still the one of that day.
    let input = DraftInput { pay_on: Some(day("2026-11-30")), ..invoice() };
    save_draft(&world.store, &world.clock(), Some(line().id), &input, Language::Sk).unwrap();
    assert_eq!((line().standing, line().missed, line().pay_on), (Some(day("2026-11-25")), None, day("2026-11-30")));
    remove_template(&world.store, kept.id).unwrap();
    assert_eq!(line().standing, Some(day("2026-11-25")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However often and late it is looked at: each day from the first to today once, in order.
    #[test]
    fn no_day_is_lost_or_doubled(every in prop::sample::select(vec![Every::Week, Every::Month, Every::Quarter, Every::Year]),
                                 first in 0_i64..40, looks in prop::collection::vec(0_i64..90, 1..7)) {
        let world = World::new();
        let next = world.today() + TimeDelta::days(first);
        keep(&world, Some(Rhythm { every, next, until: None, paused: false }));
        for days in looks {
            wait(&world, days);
            prepare(&world);
        }
        let days: Vec<NaiveDate> = drafted(&world).iter().map(|text| day(text)).collect();
        let expected: Vec<NaiveDate> = (0..)
            .map(|count| match every {
                Every::Week => next + TimeDelta::weeks(count),
                Every::Month => next + chrono::Months::new(count as u32),
                Every::Quarter => next + chrono::Months::new(3 * count as u32),
                Every::Year => next + chrono::Months::new(12 * count as u32),
            })
            .take_while(|day| *day <= world.today())
            .collect();
        prop_assert_eq!(days, expected);
    }
}
