//! Every problem of the form, at its field.

use super::world::{CZK_ACCOUNT, EUR_IBAN, SUPPLIER, World, invoice};
use crate::payments::{DraftCheck, DraftInput, Field, Problem, check_draft};
use crate::settings::Language;
use crate::store::accounts::AccountId;
use chrono::{Days, NaiveDate};

fn check(world: &World, input: &DraftInput) -> DraftCheck {
    check_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap()
}

/// The problems of the right form after one change.
fn problems(change: impl FnOnce(&mut DraftInput)) -> Vec<(Field, Problem)> {
    let world = World::new();
    let mut input = invoice();
    change(&mut input);
    check(&world, &input).problems.into_iter().map(|found| (found.field, found.problem)).collect()
}

#[test]
fn a_right_form_has_no_problem() {
    let world = World::new();
    let checked = check(&world, &invoice());
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    assert_eq!(checked.amount.unwrap().to_string(), "1840.00 EUR");
    assert_eq!(checked.balance_now.unwrap().to_string(), "5000.00 EUR");
    assert_eq!(checked.balance_after.unwrap().to_string(), "3160.00 EUR");
}

#[test]
fn an_empty_form_says_what_is_missing_in_the_order_of_the_fields() {
    let world = World::new();
    let found: Vec<_> = check(&world, &DraftInput { currency: "EUR".into(), ..DraftInput::default() })
        .problems
        .into_iter()
        .map(|found| (found.field, found.problem))
        .collect();
    let missing = [Field::From, Field::Payee, Field::Account, Field::Amount].map(|field| (field, Problem::Missing));
    assert_eq!(found, missing);
}

#[test]
fn p14_amounts_that_are_none_are_refused() {
    for (typed, problem) in [
        ("", Problem::Missing),
        ("0", Problem::NotPositive),
        ("0,00", Problem::NotPositive),
        ("-1", Problem::NotPositive),
        ("0,001", Problem::TooManyDecimals),
        ("1e3", Problem::NotAnAmount),
        ("1_000", Problem::NotAnAmount),
        ("NaN", Problem::NotAnAmount),
        ("١٢", Problem::NotAnAmount),
        ("9999999999,99", Problem::TooLarge),
        ("1,2345", Problem::TooManyDecimals),
        ("1,234", Problem::Ambiguous),
    ] {
        let found = problems(|input| input.amount = typed.into());
        assert_eq!(found, [(Field::Amount, problem)], "{typed}");
    }
}

#[test]
fn p14_an_amount_is_read_in_the_language_shown() {
    let world = World::new();
    let input = DraftInput { amount: "1.234".into(), ..invoice() };
    let in_language = |language| {
        let checked = check_draft(&world.store, &world.clock(), None, &input, language).unwrap();
        (checked.amount.map(|amount| amount.to_string()), checked.problems.first().map(|found| found.problem))
    };
    assert_eq!(in_language(Language::De), (Some("1234.00 EUR".into()), None));
    assert_eq!(in_language(Language::En), (None, Some(Problem::Ambiguous)));
    assert_eq!(in_language(Language::System), (None, Some(Problem::Ambiguous)));
}

#[test]
fn p15_decimals_are_those_of_the_currency() {
    let world = World::new();
    let input = DraftInput { amount: "100,5".into(), currency: "JPY".into(), ..invoice() };
    let found = check(&world, &input).problems;
    assert!(
        found.iter().any(|found| (found.field, found.problem) == (Field::Amount, Problem::TooManyDecimals)),
        "{found:?}"
    );
}

#[test]
fn p16_texts_that_a_payment_cannot_carry_are_refused() {
    for text in [
        "Kovo\u{0}stav",
        "Kovo\nstav",
        "Kovo\u{202e}stav",
        "Kovo\u{200b}stav",
        "شركة",
        "Kovo 🚀",
        "Kovo\u{feff}",
        "\u{2028}x",
    ] {
        let text = format!("a{text}b");
        assert_eq!(problems(|input| input.payee = text.clone()), [(Field::Payee, Problem::Characters)], "{text:?}");
        assert_eq!(problems(|input| input.message = text.clone()), [(Field::Message, Problem::Characters)], "{text:?}");
    }
    for text in ["Ľubomír Žižka & syn, s.r.o.", "Đorđe Łódź Straße", "Ελλάς", "Київ", "50 % – „zľava“ №7"]
    {
        assert_eq!(problems(|input| input.payee = text.into()), [], "{text}");
    }
}

#[test]
fn texts_are_counted_in_composed_characters() {
    let composed = "á".repeat(140);
    let decomposed = "a\u{301}".repeat(140);
    assert_eq!(problems(|input| input.message = composed.clone()), []);
    assert_eq!(problems(|input| input.message = decomposed), []);
    assert_eq!(problems(|input| input.message = composed + "á"), [(Field::Message, Problem::TooLong)]);
    assert_eq!(problems(|input| input.payee = "x".repeat(141)), [(Field::Payee, Problem::TooLong)]);
    assert_eq!(problems(|input| input.payee = "   ".into()), [(Field::Payee, Problem::Missing)]);
}

#[test]
fn symbols_are_digits_within_their_lengths() {
    assert_eq!(
        problems(|input| input.variable_symbol = "12345678901".into()),
        [(Field::VariableSymbol, Problem::TooLong)]
    );
    assert_eq!(problems(|input| input.variable_symbol = "12a".into()), [(Field::VariableSymbol, Problem::NotDigits)]);
    assert_eq!(
        problems(|input| input.specific_symbol = "12345678901".into()),
        [(Field::SpecificSymbol, Problem::TooLong)]
    );
    assert_eq!(problems(|input| input.constant_symbol = "03081".into()), [(Field::ConstantSymbol, Problem::TooLong)]);
    assert_eq!(problems(|input| input.constant_symbol = "٣".into()), [(Field::ConstantSymbol, Problem::NotDigits)]);
}

#[test]
fn a_creditor_reference_takes_the_place_of_all_symbols() {
    let referred = |typed: &str, specific: &str, constant: &str| {
        let (typed, specific, constant) = (typed.to_owned(), specific.to_owned(), constant.to_owned());
        problems(move |input| {
            (input.variable_symbol, input.specific_symbol, input.constant_symbol) = (typed, specific, constant);
        })
    };
    let wrong = (Field::VariableSymbol, Problem::ReferenceWrong);
    assert_eq!(referred("rf18 5390 0754 7034", "", ""), []);
    assert_eq!(referred("RF18 5390 0754 7034", "", "0000"), [], "all zeros are no symbol");
    assert_eq!(referred("RF19 5390 0754 7034", "", ""), [wrong]);
    assert_eq!(referred("RF", "", ""), [wrong]);
    let beside = [Field::SpecificSymbol, Field::ConstantSymbol].map(|field| (field, Problem::BesideReference));
    assert_eq!(referred("RF18539007547034", "12", "0308"), beside);
    assert_eq!(referred("RF18539007547034", "12a", ""), [(Field::SpecificSymbol, Problem::NotDigits)], "one problem");
}

#[test]
fn constant_symbols_that_the_payers_bank_refuses_are_said() {
    let world = World::new();
    world
        .store
        .write(|tx| Ok(tx.execute("UPDATE account SET iban = 'CZ6508000000192000145399' WHERE iban = ?", [EUR_IBAN])?))
        .unwrap();
    let found = |constant: &str| {
        let input = DraftInput { constant_symbol: constant.into(), ..invoice() };
        check(&world, &input).problems.into_iter().map(|found| (found.field, found.problem)).collect::<Vec<_>>()
    };
    assert_eq!(found("1178"), [(Field::ConstantSymbol, Problem::RefusedByBank)]);
    assert_eq!(found("0308"), []);
    assert_eq!(problems(|input| input.constant_symbol = "1178".into()), [], "another bank takes it");
}

#[test]
fn an_account_number_is_checked() {
    assert_eq!(problems(|input| input.account = String::new()), [(Field::Account, Problem::Missing)]);
    assert_eq!(
        problems(|input| input.account = "SK68 0720 0002".into()),
        [(Field::Account, Problem::AccountUnfinished)]
    );
    let swapped = SUPPLIER.replace("6353", "3653");
    assert_eq!(problems(|input| input.account = swapped), [(Field::Account, Problem::AccountWrong)]);
    assert_eq!(problems(|input| input.account = "SK68 0720 0002 8919 8742 6353".into()), []);
}

#[test]
fn the_payers_account_must_be_able_to_pay_in_that_currency() {
    assert_eq!(problems(|input| input.from = Some(AccountId(77))), [(Field::From, Problem::CannotPayFrom)]);
    assert_eq!(problems(|input| input.from = Some(CZK_ACCOUNT)), [(Field::From, Problem::CannotPayFrom)]);
    assert_eq!(
        problems(|input| {
            input.from = Some(CZK_ACCOUNT);
            input.currency = "CZK".into();
        }),
        []
    );
    let found = problems(|input| input.currency = "euro".into());
    assert_eq!(found, [(Field::From, Problem::CannotPayFrom), (Field::Amount, Problem::NotAnAmount)]);

    let world = World::new();
    world.store.write(|tx| Ok(tx.execute("UPDATE account SET kind = 'CARD' WHERE iban = ?", [EUR_IBAN])?)).unwrap();
    let found = check(&world, &invoice()).problems;
    assert_eq!((found[0].field, found[0].problem), (Field::From, Problem::CannotPayFrom));
}

#[test]
fn p18_the_day_is_today_up_to_a_year_ahead() {
    let world = World::new();
    let today = world.today();
    let year = NaiveDate::from_ymd_opt(2027, 11, 23).unwrap();
    for (day, right) in [
        (today, true),
        (today - Days::new(1), false),
        (year, true),
        (year + Days::new(1), false),
        // The night when clocks change is a day as any other.
        (NaiveDate::from_ymd_opt(2027, 3, 28).unwrap(), true),
    ] {
        let found = check(&world, &DraftInput { pay_on: Some(day), ..invoice() }).problems;
        assert_eq!(found.is_empty(), right, "{day}");
        assert!(found.iter().all(|found| (found.field, found.problem) == (Field::PayOn, Problem::Day)));
    }
}
