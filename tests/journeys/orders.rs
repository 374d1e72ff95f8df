//! Payments out of a file: read, prepared, approved once, and told line by line what became of them.

use super::office::Office;
use bank::payments::{self, Field, OrderAnswers, OrderLine, OrdersLook, PaymentState, Problem};
use bank::settings::Language;

/// An account that is closed at its bank; its check digits hold.
const CLOSED: &str = "SK3112000000198742637541";

/// Five payments: the third has a wrong digit, the fourth goes to the closed account.
const FILE: &str = "Príjemca;IBAN;Suma;Mena;VS;Splatnosť\n\
    Kovostav Hron;SK6807200002891987426353;1,40;EUR;1001;\n\
    Kovostav Hron;SK6807200002891987426353;2,40;EUR;1002;\n\
    Kovostav Hron;SK6807200002891987426354;3,40;EUR;1003;\n\
    Zatvorený účet;SK3112000000198742637541;4,40;EUR;1004;\n\
    Gama GmbH;DE89370400440532013000;5,40;EUR;1005;\n";

#[tokio::test]
async fn a_file_with_a_broken_and_a_refused_line_is_paid_and_told_line_by_line() {
    let mut office = Office::connected().await;
    office.everifin.close(CLOSED);
    let said = OrderAnswers { from: office.invoice().from, ..OrderAnswers::default() };
    let look =
        payments::look_at_orders(&office.desk.store, &office.desk.clock, FILE.as_bytes(), &said, Language::Sk).unwrap();
    let OrdersLook::Read { sheet } = look else { panic!("{look:?}") };
    let wrong: Vec<(u32, Field, Problem)> = sheet
        .lines
        .iter()
        .flat_map(|line| line.problems.iter().map(|found| (line.place.line, found.field, found.problem)))
        .collect();
    assert_eq!(wrong, [(4, Field::Account, Problem::AccountWrong)]);
    let is_fine = |line: &&OrderLine| line.proposed;
    let chosen: Vec<u32> = sheet.lines.iter().filter(is_fine).map(|line| line.number).collect();
    assert_eq!(chosen, [0, 1, 3, 4]);

    let (store, clock) = (&office.desk.store, &office.desk.clock);
    let drafts = payments::prepare_orders(store, clock, FILE.as_bytes(), &said, &chosen, Language::Sk).unwrap();
    let bulk = payments::make_bulk(store, clock, &drafts).unwrap();
    let review = payments::review_bulk(store, clock, bulk).unwrap();
    assert_eq!(review.total.to_string(), "13.60 EUR");
    let link = office.decide(bulk, &review.hash, "decision=approve").await;
    assert_eq!(office.returned(&link).await, Some(bulk));
    office.becomes(bulk, PaymentState::PartiallyPaid).await;
    let states: Vec<PaymentState> = drafts.iter().map(|draft| office.state(*draft)).collect();
    let (paid, refused) = (PaymentState::Finished, PaymentState::Failed);
    assert_eq!(states, [paid, paid, refused, paid]);

    // The same file again: what was paid is not proposed a second time, what was refused is.
    let look =
        payments::look_at_orders(&office.desk.store, &office.desk.clock, FILE.as_bytes(), &said, Language::Sk).unwrap();
    let OrdersLook::Read { sheet } = look else { panic!("{look:?}") };
    assert_eq!(sheet.lines.iter().filter(is_fine).map(|line| line.number).collect::<Vec<_>>(), [3]);
}
