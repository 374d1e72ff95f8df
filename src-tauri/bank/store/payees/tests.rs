//! Payees of transactions, and what the owner writes of them.

use super::*;
use crate::money::Currency;
use crate::store::entry::Facts;
use crate::store::sample::{Sample, day, noon, row};
use crate::store::transactions::TransactionFilter;

const IBAN: &str = "SK9611000000002918599669";
const PAYEE: &str = "CZ6508000000192000145399";
const OTHER: &str = "DE89370400440532013000";

fn to(day: &str, cents: i64, name: &str, iban: &str) -> Facts {
    Facts { counterparty_iban: Some(iban.into()), ..row(day, cents, name) }
}

fn paid(rows: Vec<Facts>) -> Sample {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    sample.read(account, noon("2026-04-02"), "2026-01-01", None, rows);
    sample
}

fn named(name: &str) -> PayeeInput {
    PayeeInput { name: name.into(), ..PayeeInput::default() }
}

fn cents(minor: i64) -> Money {
    Money::from_minor(minor, Currency::EUR)
}

fn names(sample: &Sample) -> Vec<(String, usize, u32)> {
    let payees = sample.store.payee_book().unwrap();
    payees.into_iter().map(|payee| (payee.written.name, payee.accounts.len(), payee.times)).collect()
}

#[test]
fn payees_are_those_who_were_paid() {
    let mut sample = Sample::new();
    let account = sample.account(IBAN, |_| {});
    let own = "SK8209000000000011424060";
    sample.account(own, |_| {});
    let rows = vec![
        to("2026-03-05", -100, "Žižka", PAYEE),
        to("2026-03-08", -100, "Žižka s.r.o.", PAYEE),
        to("2026-03-09", -100, "Reserve", own),
        to("2026-03-09", 100, "Customer", "DE89370400440532013000"),
        to("2026-03-10", -100, "Broken", "SK0011000000002918599669"),
        row("2026-03-11", -100, "Card"),
    ];
    sample.read(account, noon("2026-04-02"), "2026-01-01", None, rows);
    assert_eq!(sample.store.sections(&TransactionFilter::default()).unwrap().unwrap()[0].count, 6);
    for text in ["", "zizka", "CZ65 0800", "cz6508", "2000145399"] {
        let payees = sample.store.payees(text, 8).unwrap();
        assert_eq!(payees.len(), 1, "{text}");
        let payee = &payees[0];
        assert_eq!((payee.name.as_str(), payee.times), ("Žižka s.r.o.", 2));
        assert_eq!(payee.last, Some(LastPaid { day: day("2026-03-08"), amount: cents(100) }));
        assert_eq!((payee.iban.as_str(), payee.bank.as_deref()), (PAYEE, Some("Česká spořitelna")));
    }
    assert!(sample.store.payees("nobody", 8).unwrap().is_empty());
}

#[test]
fn a_payee_has_all_accounts_of_the_name_with_what_was_paid() {
    let rows = vec![
        to("2026-03-01", -100, "Žižka s.r.o.", PAYEE),
        to("2026-03-05", -250, "Žižka s.r.o.", PAYEE),
        to("2026-03-06", -1000, "ZIZKA, s r o", OTHER),
        to("2026-03-08", 70, "Žižka s.r.o.", PAYEE),
        row("2026-03-07", -1, "Card"),
    ];
    let sample = paid(rows);
    let payees = sample.store.payee_book().unwrap();
    let [payee] = payees.as_slice() else { panic!("{payees:?}") };
    assert_eq!(
        (payee.times, payee.first, payee.paid.as_slice()),
        (3, Some(day("2026-03-01")), [cents(1350)].as_slice())
    );
    assert_eq!(payee.last, Some(LastPaid { day: day("2026-03-06"), amount: cents(1000) }));
    let accounts: Vec<_> = payee.accounts.iter().map(|account| (account.iban.as_str(), account.times)).collect();
    assert_eq!(accounts, [(OTHER, 1), (PAYEE, 2)]);
    let told = sample.store.paid_to(&[PAYEE.to_owned(), OTHER.to_owned()]).unwrap();
    let told: Vec<_> = told.iter().map(|row| row.amount.minor().unwrap()).collect();
    assert_eq!(told, [-1000, -250, -100], "the newest first, and nothing that came in");
}

#[test]
fn what_is_written_of_a_payee_is_kept_and_suggested() {
    let sample = paid(vec![to("2026-03-05", -100, "Žižka", PAYEE)]);
    sample.store.payee_book().unwrap();
    let written = PayeeInput {
        name: " Papier Žižka ".into(),
        note: "Paper".into(),
        variable_symbol: "0012".into(),
        constant_symbol: "0308".into(),
        specific_symbol: "000".into(),
    };
    sample.store.change_payee(&[PAYEE.to_owned()], &written).unwrap();
    let kept = sample.store.payee_book().unwrap().remove(0).written;
    let expected = PayeeInput { name: "Papier Žižka".into(), specific_symbol: String::new(), ..written };
    assert_eq!(kept, expected);
    let suggested = sample.store.payees("papier", 8).unwrap().remove(0);
    assert_eq!((suggested.variable_symbol.as_str(), suggested.constant_symbol.as_str()), ("0012", "0308"));
    for wrong in [
        named(" "),
        named(&"x".repeat(141)),
        PayeeInput { note: "x".repeat(501), ..named("X") },
        PayeeInput { variable_symbol: "12a".into(), ..named("X") },
        PayeeInput { constant_symbol: "12345".into(), ..named("X") },
    ] {
        assert_eq!(
            sample.store.change_payee(&[PAYEE.to_owned()], &wrong),
            Err(FailureKind::DraftInvalid.into()),
            "{wrong:?}"
        );
    }
    assert_eq!(sample.store.payee_book().unwrap().remove(0).written, expected);
}

#[test]
fn what_a_bank_writes_later_changes_no_name() {
    let mut sample = paid(vec![to("2026-03-05", -100, "Žižka", PAYEE)]);
    assert_eq!(names(&sample), [("Žižka".to_owned(), 1, 1)]);
    let second = sample.account("SK8209000000000011424060", |_| {});
    sample.read(second, noon("2026-04-03"), "2026-01-01", None, vec![to("2026-04-01", -100, "Zloděj", PAYEE)]);
    assert_eq!(names(&sample), [("Žižka".to_owned(), 1, 2)]);
    assert_eq!(sample.store.payees("", 8).unwrap()[0].name, "Žižka");
}

#[test]
fn one_that_was_forgotten_comes_back_only_when_written_down() {
    let sample = paid(vec![to("2026-03-05", -100, "Žižka", PAYEE)]);
    assert_eq!(sample.store.forget_payee(&[PAYEE.to_owned()]), Err(FailureKind::NotFound.into()), "not listed yet");
    sample.store.payee_book().unwrap();
    sample.store.forget_payee(&[PAYEE.to_owned()]).unwrap();
    assert!(names(&sample).is_empty());
    assert!(sample.store.payees("", 8).unwrap().is_empty());
    sample.store.remember_payee("19-2000145399/0800", &named("Žižka")).unwrap();
    assert_eq!(names(&sample), [("Žižka".to_owned(), 1, 1)]);
}

#[test]
fn somebody_who_was_never_paid_can_be_written_down() {
    let sample = paid(Vec::new());
    sample.store.remember_payee("DE89 3704 0044 0532 0130 00", &named("Laky Turiec")).unwrap();
    assert_eq!(names(&sample), [("Laky Turiec".to_owned(), 1, 0)]);
    let suggested = sample.store.payees("lak", 8).unwrap();
    assert_eq!((suggested[0].iban.as_str(), suggested[0].times, suggested[0].last), (OTHER, 0, None));
    for (account, name) in [("DE89", "X"), ("", "X"), (OTHER, ""), (OTHER, &"x".repeat(141))] {
        assert_eq!(
            sample.store.remember_payee(account, &named(name)),
            Err(FailureKind::DraftInvalid.into()),
            "{account} {name}"
        );
    }
    sample.store.remember_payee(IBAN, &named("Myself")).unwrap();
    assert_eq!(names(&sample).len(), 1, "an own account is no payee");
}
