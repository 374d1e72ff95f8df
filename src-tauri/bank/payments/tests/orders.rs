//! Payments of a file: each line checked against the book, and chosen ones made into drafts together.

use super::world::{CZK_ACCOUNT, EUR_ACCOUNT, EUR_IBAN, GERMAN_SUPPLIER, SUPPLIER, World, invoice};
use crate::failure::FailureKind;
use crate::orders::{self, Known, OrderFileNote, OrderNote};
use crate::payments::{
    DraftInput, Field, OrderAnswers, OrderFormat, OrderSheet, OrdersLook, PaymentId, Problem, draft, look_at_orders,
    order_file, payments, prepare_orders, save_draft, sum_of_orders,
};
use crate::settings::Language;
use proptest::prelude::*;

const FILE: &str = "Payee;IBAN;Amount;Currency;VS;Date\n\
    Kovostav;SK6807200002891987426353;1 840,00;EUR;2026104418;1.12.2026\n\
    Gama GmbH;DE89370400440532013000;20,00;EUR;2;20.11.2026\n\
    Delta;SK6807200002891987426354;5,00;EUR;3;\n\
    Epsilon;DE89370400440532013000;7,00;CZK;4;\n\
    Gama GmbH;DE89370400440532013000;20,00;EUR;0002;\n";

fn from(id: Option<crate::store::accounts::AccountId>) -> OrderAnswers {
    OrderAnswers { from: id, ..OrderAnswers::default() }
}

fn look(world: &World, file: &str, said: &OrderAnswers) -> OrderSheet {
    match look_at_orders(&world.store, &world.clock(), file.as_bytes(), said, Language::Sk).unwrap() {
        OrdersLook::Read { sheet } => sheet,
        OrdersLook::Unread { reason } => panic!("{reason:?}"),
    }
}

fn prepare(world: &World, file: &str, said: &OrderAnswers, lines: &[u32]) -> crate::failure::Result<Vec<PaymentId>> {
    prepare_orders(&world.store, &world.clock(), file.as_bytes(), said, lines, Language::Sk)
}

#[test]
fn each_line_says_what_is_wrong_with_it() {
    let world = World::new();
    let sheet = look(&world, FILE, &from(None));
    assert_eq!(sheet.from, Some(EUR_ACCOUNT), "the only account in euro");
    let wrong = |line: usize| sheet.lines[line].problems.iter().map(|it| (it.field, it.problem)).collect::<Vec<_>>();
    assert_eq!(wrong(0), []);
    assert_eq!(wrong(1), []);
    assert_eq!(wrong(2), [(Field::Account, Problem::AccountWrong)]);
    assert_eq!(wrong(3), [(Field::From, Problem::CannotPayFrom)], "another currency than the account's");
    assert_eq!(sheet.lines[1].notes, [OrderNote::DayPassed { day: "2026-11-20".parse().unwrap() }]);
    assert_eq!(sheet.lines[1].input.pay_on, None);
    assert_eq!(sheet.lines[4].notes, [OrderNote::TwiceInFile { line: 3 }]);
    assert_eq!(sheet.lines.iter().map(|line| line.proposed).collect::<Vec<_>>(), [true, true, false, false, false]);

    let sum = sum_of_orders(&world.store, &world.clock(), FILE.as_bytes(), &from(None), &[0, 1]).unwrap();
    assert_eq!((sum.count, sum.totals[0].to_string().as_str()), (2, "1860.00 EUR"));
    assert_eq!(sum.balance_after.unwrap().to_string(), "3140.00 EUR");
    let mixed = sum_of_orders(&world.store, &world.clock(), FILE.as_bytes(), &from(None), &[0, 3, 3]).unwrap();
    assert_eq!(mixed.totals.iter().map(ToString::to_string).collect::<Vec<_>>(), ["7.00 CZK", "1840.00 EUR"]);
    assert_eq!((mixed.count, mixed.balance_after), (2, None));
}

#[test]
fn chosen_lines_become_drafts_together_or_not_at_all() {
    let world = World::new();
    for (lines, kind) in [
        (&[0, 2][..], FailureKind::DraftInvalid),
        (&[0, 3], FailureKind::DraftInvalid),
        (&[0, 9], FailureKind::NotFound),
    ] {
        assert_eq!(prepare(&world, FILE, &from(None), lines).unwrap_err().kind, kind);
        assert_eq!(payments(&world.store, &world.clock()).unwrap().len(), 0, "{lines:?}");
    }
    let ids = prepare(&world, FILE, &from(Some(EUR_ACCOUNT)), &[1, 0, 1]).unwrap();
    assert_eq!(ids.len(), 2);
    let first = draft(&world.store, &world.clock(), ids[0]).unwrap();
    assert_eq!((first.input.account.as_str(), first.input.amount.as_str()), (SUPPLIER, "1840,00"));
    assert_eq!((first.input.pay_on.unwrap().to_string().as_str(), first.check.problems.len()), ("2026-12-01", 0));
    assert_eq!(first.check.amount.unwrap().to_string(), "1840.00 EUR");
}

#[test]
fn the_same_file_again_is_known_line_by_line() {
    let world = World::new();
    prepare(&world, FILE, &from(None), &[0, 1]).unwrap();
    let again = look(&world, FILE, &from(None));
    let day = "2026-11-23".parse().unwrap();
    assert_eq!(again.lines[0].notes, [OrderNote::Prepared { day }]);
    assert!(again.lines.iter().all(|line| !line.proposed), "nothing of it is proposed a second time");
    assert!(prepare(&world, FILE, &from(None), &[0]).is_ok(), "paying twice on purpose stays possible");

    let paid = World::new();
    paid.spent("Kovostav", SUPPLIER, 184_000, Some("2026104418"), "2026-10-20");
    let line = &look(&paid, FILE, &from(None)).lines[0];
    assert!(!line.proposed && line.problems.is_empty() && !line.warnings.is_empty(), "an invoice that was paid");
}

#[test]
fn what_comes_month_by_month_is_proposed() {
    let world = World::new();
    for day in ["2026-08-24", "2026-09-24", "2026-10-24"] {
        world.spent("Gama", GERMAN_SUPPLIER, 2_000, Some("2"), day);
    }
    assert!(look(&world, FILE, &from(None)).lines[1].proposed);
    world.spent("Gama", GERMAN_SUPPLIER, 2_000, Some("2"), "2026-11-20");
    assert!(!look(&world, FILE, &from(None)).lines[1].proposed, "this month's is paid");
}

#[test]
fn an_account_gives_the_currency_that_a_file_does_not_say() {
    let world = World::new();
    let file = "Payee;IBAN;Amount\nKovostav;SK6807200002891987426353;10\n";
    let open = look(&world, file, &from(None));
    assert_eq!((open.from, open.lines[0].amount), (None, None), "two accounts can pay");
    assert_eq!((open.lines[0].problems.as_slice(), open.notes.as_slice()), (&[][..], &[OrderFileNote::NoCurrency][..]));
    assert_eq!(prepare(&world, file, &from(None), &[0]).unwrap_err().kind, FailureKind::DraftInvalid);
    let said = look(&world, file, &from(Some(CZK_ACCOUNT)));
    assert_eq!(said.lines[0].amount.unwrap().to_string(), "10.00 CZK");
    assert_eq!(prepare(&world, file, &from(Some(CZK_ACCOUNT)), &[0]).unwrap().len(), 1);
}

#[test]
fn a_line_of_another_account_is_told() {
    let world = World::new();
    let file = format!(
        "Payee;IBAN;Amount;Currency;From account\nA;{SUPPLIER};1;EUR;{EUR_IBAN}\nB;{SUPPLIER};2;EUR;CZ6508000000192000145399\n"
    );
    let sheet = look(&world, &file, &from(None));
    assert_eq!((sheet.from, sheet.lines[0].proposed), (Some(EUR_ACCOUNT), true));
    assert_eq!(sheet.lines[1].notes, [OrderNote::OtherPayer { account: "CZ6508000000192000145399".into() }]);
    assert!(!sheet.lines[1].proposed);
}

#[test]
fn an_amount_means_the_same_in_every_language_of_the_window() {
    let world = World::new();
    let file = format!("Payee;IBAN;Amount;Currency\nA;{SUPPLIER};1.234;EUR\nB;{SUPPLIER};1.234,50;EUR\n");
    for language in [Language::Sk, Language::Cs, Language::En, Language::De] {
        let look = look_at_orders(&world.store, &world.clock(), file.as_bytes(), &from(None), language).unwrap();
        let OrdersLook::Read { sheet } = look else { panic!() };
        assert_eq!(sheet.lines[0].problems[0].problem, Problem::Ambiguous, "{language:?}");
        assert_eq!(sheet.lines[1].amount.unwrap().to_string(), "1234.50 EUR");
    }
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-z0-9][A-Za-z0-9 ]{0,30}[A-Za-z0-9]"
}

prop_compose! {
    fn payment()(
        payee in text(), message in text(), minor in 1_i64..9_999_999, at_home in any::<bool>(), vs in "[1-9][0-9]{0,9}", ss in "[1-9][0-9]{0,9}",
        ks in "[1-9][0-9]{3}", kind in 0_u8..4, ahead in 0_u64..300,
    ) -> DraftInput {
        let abroad = !at_home;
        let none = String::new;
        DraftInput {
            payee, message: if kind == 3 || (kind == 0 && abroad) { none() } else { format!("x{message}") },
            amount: format!("{},{:02}", minor / 100, minor % 100),
            account: if at_home { SUPPLIER } else { GERMAN_SUPPLIER }.into(),
            variable_symbol: match kind { 3 => "RF18539007547034".into(), 0 => none(), _ => vs },
            specific_symbol: if kind == 1 && at_home { ss } else { none() },
            constant_symbol: if kind == 1 && at_home { ks } else { none() },
            pay_on: Some(invoice_day(ahead)),
            ..invoice()
        }
    }
}

fn invoice_day(ahead: u64) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap() + chrono::Days::new(ahead)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_saldo_writes_is_read_back_equal(inputs in prop::collection::vec(payment(), 1..8), new in any::<bool>()) {
        let world = World::new();
        let ids: Vec<PaymentId> =
            inputs.iter().map(|input| save_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap().id).collect();
        let format = if new { OrderFormat::Pain09 } else { OrderFormat::Pain03 };
        let xml = order_file(&world.store, &world.clock(), &ids, format).unwrap();
        let orders = orders::read(xml.as_bytes(), &Known::default()).unwrap();
        prop_assert_eq!(&orders.notes, &vec![], "its counts and sums are right");
        let sheet = look(&world, &xml, &from(None));
        prop_assert_eq!(sheet.from, Some(EUR_ACCOUNT));
        let plain = |input: &DraftInput| {
            let mut input = input.clone();
            input.amount = input.amount.replace(' ', "");
            format!("{input:?}")
        };
        let mut read: Vec<String> = sheet.lines.iter().map(|line| plain(&line.input)).collect();
        let mut written: Vec<String> = inputs.iter().map(plain).collect();
        read.sort();
        written.sort();
        prop_assert_eq!(read, written);
        prop_assert!(sheet.lines.iter().all(|line| line.problems.is_empty()));
    }
}
