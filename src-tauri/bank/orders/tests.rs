mod workbook;

use super::*;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

fn known(currency: Option<Currency>) -> Known {
    Known { currency, ..Known::default() }
}

fn table(text: &str) -> Orders {
    read(text.as_bytes(), &Known::default()).unwrap()
}

fn problems(order: &Order) -> Vec<(Field, Problem)> {
    order.problems.iter().map(|found| (found.field, found.problem)).collect()
}

#[test]
fn payment_messages_of_the_vectors_are_read() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/pain001.json")).unwrap();
    let files: [(&str, &[u8]); 6] = [
        ("pain001_03_sepaxml.xml", include_bytes!("../vectors/orders/pain001_03_sepaxml.xml")),
        ("pain001_03_rust_sepa.xml", include_bytes!("../vectors/orders/pain001_03_rust_sepa.xml")),
        ("pain001_09_sepaxml.xml", include_bytes!("../vectors/orders/pain001_09_sepaxml.xml")),
        ("pain001_09_rust_sepa.xml", include_bytes!("../vectors/orders/pain001_09_rust_sepa.xml")),
        ("pain001_03_cz_domestic.xml", include_bytes!("../vectors/orders/pain001_03_cz_domestic.xml")),
        ("pain001_09_cz_domestic.xml", include_bytes!("../vectors/orders/pain001_09_cz_domestic.xml")),
    ];
    for (name, file) in files {
        let expected = &vectors["extracted"][name];
        let orders = read(file, &Known::default()).unwrap();
        let version = expected["ns"].as_str().unwrap().rsplit('.').next().unwrap().to_owned();
        assert_eq!((&orders.source, &orders.notes), (&OrderSource::Pain001 { version }, &vec![]), "{name}");
        let transfers = expected["tx"].as_array().unwrap();
        assert_eq!(orders.orders.len(), transfers.len());
        for (order, transfer) in orders.orders.iter().zip(transfers) {
            let said = |key: &str| transfer[key].as_str().unwrap_or_default().to_owned();
            assert_eq!(order.amount.unwrap().to_string(), format!("{} {}", said("amt"), said("ccy")), "{name}");
            assert_eq!((&order.payee, &order.account), (&said("nm"), &said("iban")));
            assert_eq!(order.day.unwrap().to_string(), expected["ReqdExctnDt"].as_str().unwrap());
            assert_eq!(order.payer.as_deref(), expected["DbtrIBAN"].as_str());
            assert_eq!(order.message, said("ustrd"), "{name}");
            assert_eq!(order.problems, []);
            let symbols =
                format!("/VS{}/SS{}/KS{}", order.variable_symbol, order.specific_symbol, order.constant_symbol);
            match (said("E2E"), said("rf")) {
                (_, reference) if reference.starts_with("RF") => assert_eq!(order.variable_symbol, reference),
                (_, reference) if reference.starts_with("VS:") => assert_eq!(symbols, "/VS42/SS7/KS0558"),
                (id, _) if id.starts_with("/VS") => assert_eq!(symbols, id),
                (id, _) if id == "NOTPROVIDED" => assert_eq!((symbols.as_str(), order.notes.len()), ("/VS/SS/KS", 0)),
                (id, _) => assert_eq!(order.notes, [OrderNote::ReferenceLeftOut { reference: id }]),
            }
        }
    }
}

/// A message of one payment; the parts may be changed.
fn message(header: &str, batch: &str, transfer: &str) -> Orders {
    let text = format!(
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.11'><CstmrCdtTrfInitn><GrpHdr>{header}</GrpHdr><PmtInf>{batch}\
         <ReqdExctnDt><Dt>2026-12-01</Dt></ReqdExctnDt><CdtTrfTxInf><Amt><InstdAmt Ccy='EUR'>12.50</InstdAmt></Amt><Cdtr><Nm>Beta</Nm></Cdtr>\
         <CdtrAcct><Id><IBAN>SK6807200002891987426353</IBAN></Id></CdtrAcct>{transfer}</CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"
    );
    read(text.as_bytes(), &Known::default()).unwrap()
}

#[test]
fn what_a_message_counts_is_compared_with_what_it_holds() {
    let notes = |header: &str| message(header, "", "").notes;
    assert_eq!(notes("<NbOfTxs>1</NbOfTxs><CtrlSum>12.5</CtrlSum>"), []);
    assert_eq!(notes("<NbOfTxs>2</NbOfTxs>"), [OrderFileNote::CountDiffers { said: "2".into(), found: 1 }]);
    for said in ["12.49", "x", "1e3"] {
        let differs = OrderFileNote::SumDiffers { said: said.into(), found: "12.50".into() };
        assert_eq!(notes(&format!("<CtrlSum>{said}</CtrlSum>")), [differs]);
    }
    assert_eq!(message("", "<NbOfTxs>3</NbOfTxs>", "").notes.len(), 1, "the batch counts too");
}

#[test]
fn symbols_are_read_where_they_stand_and_told_where_they_disagree() {
    let only = |transfer: &str| message("", "", transfer).orders.remove(0);
    let text = only("<RmtInf><Ustrd>/VS42/SS/KS0308</Ustrd></RmtInf>");
    assert_eq!(
        (text.variable_symbol.as_str(), text.constant_symbol.as_str(), text.message.as_str()),
        ("42", "0308", "")
    );
    let ahead = only("<RmtInf><Ustrd>VS42 Invoice 7</Ustrd></RmtInf>");
    assert_eq!((ahead.variable_symbol.as_str(), ahead.message.as_str()), ("42", "Invoice 7"));
    let word = only("<RmtInf><Ustrd>VSETKO 42</Ustrd></RmtInf>");
    assert_eq!((word.variable_symbol.as_str(), word.message.as_str()), ("", "VSETKO 42"));
    let id = "<PmtId><EndToEndId>/VS42/SS/KS</EndToEndId></PmtId>";
    let strd =
        |reference: &str| format!("{id}<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>");
    assert_eq!(problems(&only(&strd("VS:0042"))), []);
    assert_eq!(problems(&only(&strd("VS:43"))), [(Field::VariableSymbol, Problem::Ambiguous)]);
    assert_eq!(problems(&only(&strd("RF18539007547034"))), [(Field::VariableSymbol, Problem::BesideReference)]);
}

#[test]
fn what_a_payment_cannot_carry_is_said() {
    let order = message("", "<PmtTpInf><LclInstrm><Cd>INST</Cd></LclInstrm></PmtTpInf>", "<Purp><Cd>SALA</Cd></Purp>")
        .orders
        .remove(0);
    assert_eq!(order.notes, [OrderNote::Instant, OrderNote::LeftOut { names: vec!["Purp".into()] }]);
    let cheque = message("", "<PmtMtd>CHK</PmtMtd>", "").orders.remove(0);
    assert_eq!(problems(&cheque), [(Field::From, Problem::CannotPayFrom)]);
}

#[test]
fn amounts_of_messages_are_exact() {
    let read_as = |amount: &str| {
        let text = format!(
            "<Document><CstmrCdtTrfInitn><PmtInf><CdtTrfTxInf><Amt><InstdAmt Ccy='EUR'>{amount}</InstdAmt></Amt></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"
        );
        let order = read(text.as_bytes(), &Known::default()).unwrap().orders.remove(0);
        let problem = order.problems.iter().find(|found| found.field == Field::Amount).map(|found| found.problem);
        (order.amount.map(|money| money.to_string()), problem)
    };
    assert_eq!(read_as("12.5"), (Some("12.50 EUR".into()), None));
    assert_eq!(read_as("12.500"), (Some("12.50 EUR".into()), None));
    for (wrong, problem) in [
        ("12.501", Problem::TooManyDecimals),
        ("0.00", Problem::NotPositive),
        ("-1", Problem::NotPositive),
        ("1,5", Problem::NotAnAmount),
        ("1e3", Problem::NotAnAmount),
        ("", Problem::NotAnAmount),
        ("99999999999999999999.99", Problem::TooLarge),
    ] {
        assert_eq!(read_as(wrong), (None, Some(problem)), "{wrong}");
    }
}

#[test]
fn tables_are_read_by_the_names_of_their_columns() {
    let slovak = "Príjemca;IBAN;Suma;Mena;VS;KS;SS;Správa pre príjemcu;Splatnosť;Interné\n\
                  \"Beta; a.s.\";SK68 0720 0002 8919 8742 6353;1 234,56;EUR;2026000123;0308;4711;Faktúra;3.12.2026;x\n;;;;;;;;;\n";
    let Orders { orders, notes, asks, source } = table(slovak);
    assert_eq!((source, asks), (OrderSource::Csv, vec![]));
    assert_eq!(notes, [OrderFileNote::ColumnLeftOut { name: "Interné".into() }]);
    let [order] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!((order.place.line, order.payee.as_str()), (2, "Beta; a.s."));
    assert_eq!(order.amount.unwrap().to_string(), "1234.56 EUR");
    assert_eq!(order.day.unwrap().to_string(), "2026-12-03");
    assert_eq!(
        [&order.variable_symbol, &order.constant_symbol, &order.specific_symbol],
        ["2026000123", "0308", "4711"]
    );
    assert_eq!((order.message.as_str(), problems(order)), ("Faktúra", vec![]));

    let english = table(
        "Beneficiary name,Account number,Bank code,Amount,Reference\nBeta,19-2000145399,800,\"1,234.50\",RF18 5390 0754 7034\n",
    );
    assert_eq!(english.orders[0].account, "19-2000145399/0800");
    assert_eq!(english.orders[0].variable_symbol, "RF18 5390 0754 7034");
    assert_eq!(english.notes, [OrderFileNote::NoCurrency]);
    assert_eq!((english.orders[0].amount, problems(&english.orders[0])), (None, vec![]), "nothing says the currency");
    let german = read(
        "Empfänger\tIBAN\tBetrag\tFällig am\nGama GmbH\tAT611904300234573201\t12,50\t03.12.2026\n".as_bytes(),
        &known(Some(Currency::EUR)),
    );
    assert_eq!(german.unwrap().orders[0].amount.unwrap().to_string(), "12.50 EUR");
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_and_marked() {
    let text = "Payee,IBAN,Amount,Currency,Date\nA,X,\"1,234\",EUR,03/04/2027\nB,X,12.50,EUR,2027-04-03\nC,X,1.234.567,EUR,05/06/2027\n";
    let orders = table(text);
    assert_eq!(orders.asks, [OrderQuestion::DecimalComma, OrderQuestion::DayFirst]);
    assert_eq!(problems(&orders.orders[0]), [(Field::Amount, Problem::Ambiguous), (Field::PayOn, Problem::Ambiguous)]);
    assert_eq!(problems(&orders.orders[1]), []);
    assert_eq!(orders.orders[2].amount.unwrap().to_string(), "1234567.00 EUR", "several points group");

    let said = Known { decimal_comma: Some(false), day_first: Some(true), ..Known::default() };
    let orders = read(text.as_bytes(), &said).unwrap().orders;
    assert_eq!(orders[0].amount.unwrap().to_string(), "1234.00 EUR");
    assert_eq!(orders[0].day.unwrap().to_string(), "2027-04-03");
    assert_eq!(orders[1].amount.unwrap().to_string(), "12.50 EUR");
    let comma = Known { decimal_comma: Some(true), ..said };
    let orders = read(text.as_bytes(), &comma).unwrap().orders;
    assert_eq!(problems(&orders[0]), [(Field::Amount, Problem::TooManyDecimals)]);
}

#[test]
fn one_column_shows_how_all_of_it_writes_days() {
    let day = |second: &str| {
        let text = format!("Payee;IBAN;Amount;Date\nA;X;1;03/04/2027\nB;X;1;{second}\n");
        table(&text).orders[0].day.map(|day| day.to_string())
    };
    assert_eq!((day("25/04/2027").as_deref(), day("04/25/2027").as_deref()), (Some("2027-04-03"), Some("2027-03-04")));
    assert_eq!(day("01/02/2027"), None);
}

#[test]
fn columns_that_are_missing_or_twofold_are_said() {
    let missing = |text: &str| read(text.as_bytes(), &Known::default()).unwrap_err();
    assert_eq!(missing("Name;IBAN\nA;B\nC;D\n"), OrdersUnread::Columns { missing: vec![OrderColumn::Amount] });
    let statement = include_str!("../vectors/orders/csv_en_dc_column.csv");
    assert!(matches!(missing(statement), OrdersUnread::Columns { missing } if missing.contains(&OrderColumn::Account)));
    let twice = |second: &str| table(&format!("Payee;IBAN;Account;Amount\nA;SK6807200002891987426353;{second};1\n"));
    assert_eq!(twice("").notes[1], OrderFileNote::ColumnTwice { name: "Account".into() });
    assert_eq!(problems(&twice("").orders[0]), []);
    assert_eq!(problems(&twice("289-1987426353/0720").orders[0]), [], "the same account, written in another way");
    let other = &twice("2000145399/0800").orders[0];
    assert_eq!(problems(other), [(Field::Account, Problem::Ambiguous)]);
    let due = table("Payee;IBAN;Amount;Amount due;Currency\nA;X;100;20;EUR\nB;X;5;5;EUR\n");
    assert_eq!((problems(&due.orders[0]), due.asks), (vec![(Field::Amount, Problem::Ambiguous)], vec![]));
    assert_eq!(due.orders[1].amount.unwrap().to_string(), "5.00 EUR");
}

#[test]
fn rows_of_the_table_vectors_are_read_where_they_name_a_payee() {
    // Statements of banks: what they call the counterparty is whom to pay, and the sign is a problem, not dropped.
    let preamble = read(include_bytes!("../vectors/orders/csv_preamble_utf8bom.csv"), &Known::default());
    let orders = preamble.unwrap().orders;
    assert_eq!(orders.iter().map(|order| order.account.as_str()).collect::<Vec<_>>(), ["123/0100", "1265098001/5500"]);
    assert_eq!(orders[0].payee, "Beta; a.s.");
    assert_eq!(orders[0].amount.unwrap().to_string(), "12345.67 CZK");
    assert_eq!(problems(&orders[1]), [(Field::Amount, Problem::NotPositive)]);
    let windows = read(include_bytes!("../vectors/orders/csv_cp1250.csv"), &Known::default()).unwrap().orders;
    assert_eq!(windows[0].payee, "Beta a.s. Žižkov");
    assert_eq!(
        problems(&windows[0]),
        [(Field::Account, Problem::Ambiguous)],
        "the owner's own account stands there too"
    );
}

#[test]
fn what_is_no_order_is_refused() {
    let unread = |file: &[u8]| read(file, &Known::default()).unwrap_err();
    assert_eq!(unread(b" \r\n"), OrdersUnread::Empty);
    assert_eq!(unread(b"Dear customer, nothing is here."), OrdersUnread::Unknown);
    assert_eq!(unread(b"<html/>"), OrdersUnread::Unknown);
    assert_eq!(unread(b"<Document><CstmrDrctDbtInitn/></Document>"), OrdersUnread::OtherMessage);
    assert_eq!(unread(b"<Document>\n<CstmrCdtTrfInitn></Document>"), OrdersUnread::Damaged { line: Some(2) });
    assert_eq!(unread(b"<!DOCTYPE d><Document/>"), OrdersUnread::Damaged { line: None });
    assert_eq!(unread(b"<Document><CstmrCdtTrfInitn/></Document>"), OrdersUnread::Empty);
    assert_eq!(unread(b"Payee;IBAN;Amount\n"), OrdersUnread::Empty);
    assert_eq!(unread(b"\0\0\0"), OrdersUnread::Unknown);
    assert_eq!(unread(&vec![b'x'; LARGEST + 1]), OrdersUnread::TooLarge);
    let many = format!("Payee;IBAN;Amount\n{}", "A;X;1\n".repeat(MOST_LINES + 1));
    assert_eq!(unread(many.as_bytes()), OrdersUnread::TooMany);
    let transfers = "<CdtTrfTxInf/>".repeat(MOST_LINES + 1);
    let many = format!("<Document><CstmrCdtTrfInitn><PmtInf>{transfers}</PmtInf></CstmrCdtTrfInitn></Document>");
    assert_eq!(unread(many.as_bytes()), OrdersUnread::TooMany);
}

proptest! {
    #[test]
    fn the_lines_of_a_table_make_its_sum(minors in prop::collection::vec(1_i64..99_999_999, 1..40), point in any::<bool>()) {
        let mark = if point { '.' } else { ',' };
        let line = |minor: &i64| format!("Beta;SK6807200002891987426353;{}{mark}{:02};EUR\n", minor / 100, minor % 100);
        let text = format!("Payee;IBAN;Amount;Currency\n{}", minors.iter().map(line).collect::<String>());
        let orders = table(&text).orders;
        let sum: Decimal = orders.iter().map(|order| order.amount.unwrap().amount).sum();
        prop_assert_eq!(sum, Decimal::new(minors.iter().sum(), 2));
    }

    #[test]
    fn no_text_breaks_a_promise(cells in prop::collection::vec("[ -~áčŽ\"]{0,12}", 1..40), separator in "[;,\t]") {
        let mut text = ["Payee", "IBAN", "Amount", "Currency", "Date", "VS\n"].join(&separator);
        for line in cells.chunks(6) {
            text.push_str(&line.join(&separator));
            text.push('\n');
        }
        fuzzing::orders(text.as_bytes());
    }
}
