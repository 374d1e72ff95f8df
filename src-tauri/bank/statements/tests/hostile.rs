use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

fn unread(file: &str) -> Unread {
    read(file.as_bytes(), &Answers::default()).unwrap_err()
}

fn entry(body: &str) -> String {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.13\"><BkToCstmrStmt>\n<Stmt><Acct><Id><IBAN>SK9611000000002918599669</IBAN></Id>\
         <Ccy>EUR</Ccy></Acct>\n<Ntry>{body}</Ntry></Stmt></BkToCstmrStmt></Document>"
    )
}

const MONEY: &str = "<Amt Ccy=\"EUR\">300.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>";

#[test]
fn what_is_no_statement_is_refused() {
    assert_eq!(unread(" \r\n"), Unread::Empty);
    assert_eq!(unread("Dear customer, nothing is here."), Unread::NotAStatement);
    assert_eq!(unread("<html><body/></html>"), Unread::NotAStatement);
    assert_eq!(unread("<Document><CstmrCdtTrfInitn/></Document>"), Unread::NotAStatement);
    assert_eq!(unread("<Document>\n<BkToCstmrStmt></Stmt>"), Unread::Damaged { line: 2 });
    assert_eq!(read(&vec![b'x'; LONGEST + 1], &Answers::default()), Err(Unread::TooLong));
}

#[test]
fn a_document_type_is_refused_whatever_it_declares() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    for file in [format!("{bomb}{}", entry(MONEY)), format!("<!DOCTYPE Document>{}", entry(MONEY))] {
        assert_eq!(unread(&file), Unread::DocumentType);
    }
    assert!(matches!(unread(&entry(&format!("{MONEY}<AddtlNtryInf>&x;</AddtlNtryInf>"))), Unread::Damaged { .. }));
}

#[test]
fn the_parts_of_a_batch_are_taken_only_where_they_make_up_all_of_it() {
    let part = |amount: &str| format!("<TxDtls><Refs/>{amount}</TxDtls>");
    let of = |parts: &[String]| {
        let body = format!("{MONEY}<AcctSvcrRef>B</AcctSvcrRef><NtryDtls>{}</NtryDtls>", parts.concat());
        only(entry(&body).as_bytes(), &Answers::default())
    };
    let amount = |amount: &str| part(&format!("<Amt Ccy=\"EUR\">{amount}</Amt>"));
    let whole = of(&[amount("100"), amount("200.00")]);
    assert_eq!(whole.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), [-10_000, -20_000]);
    assert!(whole.warnings.is_empty());
    let foreign = part("<Amt Ccy=\"USD\">200.00</Amt>");
    for parts in [[amount("100"), amount("150")], [amount("100"), part("")], [amount("100"), foreign]] {
        let kept = of(&parts);
        assert_eq!((kept.rows.len(), kept.rows[0].amount), (1, -30_000));
        assert_eq!(kept.warnings, [Warning::BatchKeptWhole { line: 3 }]);
    }
}

#[test]
fn an_unknown_status_is_no_money_and_a_missing_sign_is_damage() {
    let info = entry("<Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>INFO</Sts>");
    assert_eq!(only(info.as_bytes(), &Answers::default()).rows[0].status, TransactionStatus::Unknown);
    for damaged in [
        "<Amt Ccy=\"EUR\">1.00</Amt><Sts>BOOK</Sts>",
        "<Amt Ccy=\"EUR\">-1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>",
        "<Amt>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>",
        "<Amt Ccy=\"EUR\">1.005</Amt><CdtDbtInd>CRDT</CdtDbtInd>",
        "<Amt Ccy=\"EUR\">99999999999999999999999999999999</Amt><CdtDbtInd>CRDT</CdtDbtInd>",
    ] {
        assert_eq!(unread(&entry(damaged)), Unread::Damaged { line: 3 }, "{damaged}");
    }
}

#[test]
fn mt940_dialects_are_read() {
    let of = |details: &str| {
        let file = format!(
            "{{1:F01X}}{{4:\r\n:20:1\r\n:25:1100/2918599669EUR\r\n:28C:1\r\n:60F:D261101EUR5,\r\n:61:261102RCR10,50NTRFabc//x\r\nbank's own\r\n\
             :86:{details}\r\n:62F:D261102EUR15,50\r\n:86:for all of it\r\n-}}\r\nnot of it"
        );
        let statement = only(file.as_bytes(), &Answers::default());
        assert_eq!(
            (statement.proof(), statement.rows[0].amount),
            (Proof::Holds, -1_050),
            "a reversed credit is money out"
        );
        statement.rows[0].clone()
    };
    let numbered =
        of("166?00TRANSFER?20VS:42 KS:0308?21 faktura?30TATRSKBX?31SK9611000000002918599669?32Beta\r\n a.s.");
    assert_eq!(
        (numbered.counterparty.as_deref(), numbered.variable_symbol.as_deref()),
        (Some("Beta a.s."), Some("42"))
    );
    assert_eq!(numbered.counterparty_iban.as_deref(), Some("SK9611000000002918599669"));
    assert_eq!(
        (numbered.message.as_deref(), numbered.constant_symbol.as_deref()),
        (Some("VS:42 KS:0308 faktura"), Some("0308"))
    );
    assert_eq!((numbered.reference.as_deref(), numbered.bank_id.as_deref()), (Some("abc"), Some("x")));
    let slashed = of("/EREF/REMI/for VS 7/NAME/Gama/IBAN/CZ5855000000001265098001");
    assert_eq!((slashed.message.as_deref(), slashed.counterparty.as_deref()), (Some("for VS 7"), Some("Gama")));
    assert_eq!(slashed.counterparty_iban.as_deref(), Some("CZ5855000000001265098001"));
    let free = of("UHRADA VS/2026000123/SS/4711");
    assert_eq!((free.variable_symbol.as_deref(), free.specific_symbol.as_deref()), (Some("2026000123"), Some("4711")));
    assert_eq!(unread(":20:1\n:25:1\n:60F:C261101EUR1,\n:61:26110xC1,NTRF\n"), Unread::Damaged { line: 4 });
}

#[test]
fn reversals_of_a_gpc_file_are_proved_by_its_balances() {
    let head = |closing: u32| {
        format!(
            "074{:016}{:20}311026{:014}+{closing:014}+{:014}0{:014}0001301126{:14}\r\n",
            2_000_145_399_u64, "ALFA", 0, 0, 0, ""
        )
    };
    let row = |code: &str, hellers: u32| {
        format!(
            "075{:016}{:016}{:013}{hellers:012}{code}{:010}{:010}{:010}021126{:20}00203021126\r\n",
            2_000_145_399_u64, 0, 1, 0, 0, 0, "x"
        )
    };
    let amounts = |file: String| {
        let statement = only(file.as_bytes(), &Answers::default());
        assert!(statement.rows[0].raw.len() == 128 && statement.account == Some(Owner::Number("2000145399".into())));
        (statement.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), statement.warnings)
    };
    assert_eq!(amounts(head(150) + &row("2", 100) + &row("4", 50)), (vec![100, 50], vec![]));
    assert_eq!(amounts(head(50) + &row("2", 100) + &row("4", 50)), (vec![100, -50], vec![]));
    assert_eq!(amounts(head(150) + &row("2", 100) + &row("3", 50)), (vec![100, 50], vec![]));
    assert_eq!(amounts(head(50) + &row("2", 100) + "078 more text\r\n" + &row("5", 50)), (vec![100, -50], vec![]));
    let file = head(0) + &row("9", 50);
    assert_eq!(unread(&file), Unread::Damaged { line: 2 });
    assert_eq!(unread(&head(0)), Unread::Currency, "without a row nobody says it");
}

#[test]
fn columns_that_are_not_known_are_asked() {
    let file = "kedy;kolko;kto\r\n2.11.2026;12,50;Beta\r\n3.11.2026;-1,00;Gama\r\n";
    let Unread::Columns(table) = unread(file) else { panic!("they are not known") };
    assert_eq!((table.separator, &table.names[..]), (';', &["kedy", "kolko", "kto"].map(str::to_owned)[..]));
    assert_eq!((table.known, table.sample.len()), (vec![Meaning::Nothing; 3], 2));
    let columns = vec![Meaning::Booked, Meaning::Amount, Meaning::Counterparty];
    let answers = Answers { columns, currency: Some(Currency::EUR), ..Answers::default() };
    let statement = only(file.as_bytes(), &answers);
    assert_eq!(statement.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), [1_250, -100]);
    // Without names the first line is a row.
    let bare = only("2.11.2026;12,50;Beta\n3.11.2026;-1,00;Gama\n".as_bytes(), &answers);
    assert_eq!(bare.rows.len(), 2);
    assert_eq!(bare.to, NaiveDate::from_ymd_opt(2026, 11, 3));
}

#[test]
fn what_a_table_leaves_open_is_asked_or_said() {
    let table = |rows: &str| format!("Date,Amount,Currency,Mood\n{rows}");
    assert_eq!(unread(&table("2026-11-02,\"1,234\",EUR,x\n")), Unread::Decimal);
    assert_eq!(unread(&table("03/04/2026,1.50,EUR,x\n")), Unread::DayFirst);
    assert_eq!(unread(&table("2026-11-02,1.50,?,x\n")), Unread::Currency);
    assert_eq!(unread(&table("2026-11-02,1.5x,EUR,x\n")), Unread::Damaged { line: 2 });
    assert_eq!(unread(&table("someday,1.50,EUR,x\n")), Unread::Damaged { line: 2 });
    let said = only(table("2026-11-02,1.50,EUR,x\n\n,3.00,EUR,sum\n").as_bytes(), &Answers::default());
    assert_eq!(said.warnings, [Warning::LineLeftOut { line: 4 }, Warning::ColumnLeftOut { name: "Mood".into() }]);
    let two = read(table("2026-11-02,1.50,EUR,x\n2026-11-02,7.00,CZK,x\n").as_bytes(), &Answers::default()).unwrap();
    assert_eq!(
        two.iter().map(|it| (it.currency, it.rows.len())).collect::<Vec<_>>(),
        [(Currency::EUR, 1), (Currency::CZK, 1)]
    );
    let turned = "datum;suma;mena;zostatok\n3.11.2026;-1,00;EUR;11,50\n2.11.2026;2,50;EUR;12,50\n";
    let turned = only(turned.as_bytes(), &Answers::default());
    assert_eq!((turned.opening, turned.proof()), (Some(Money::from_minor(1_000, Currency::EUR)), Proof::Holds));
    let torn = "datum;suma;mena;zostatok\n3.11.2026;-1,00;EUR;11,50\n2.11.2026;2,50;EUR;99,50\n";
    assert_eq!(only(torn.as_bytes(), &Answers::default()).warnings, [Warning::BalancesDoNotFollow]);
}

proptest! {
    #[test]
    fn a_table_of_any_amounts_is_read_back_to_the_cent(
        cents in prop::collection::vec(-100_000_000..100_000_000_i64, 1..40), opening in -1_000_000..1_000_000_i64,
    ) {
        let mut balance = opening;
        let mut file = "Datum;Objem;Měna;Zůstatek\n".to_owned();
        let text = |minor: i64| Money::from_minor(minor, Currency::CZK).amount.to_string().replace('.', ",");
        for cents in &cents {
            balance += cents;
            file += &format!("02.11.2026;{};CZK;{}\n", text(*cents), text(balance));
        }
        let statement = only(file.as_bytes(), &Answers::default());
        prop_assert_eq!(statement.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), cents);
        prop_assert_eq!((statement.opening, statement.proof()), (Some(Money::from_minor(opening, Currency::CZK)), Proof::Holds));
    }

    #[test]
    fn a_statement_that_lost_a_row_says_how_much_is_missing(
        cents in prop::collection::vec(1..100_000_i64, 2..20), lost in any::<prop::sample::Index>(),
    ) {
        let lost = lost.index(cents.len());
        let text = |minor: i64| Money::from_minor(minor, Currency::EUR).amount.to_string().replace('.', ",");
        let mut file = ":20:1\n:25:SK9611000000002918599669\n:28C:1\n:60F:C261101EUR0,\n".to_owned();
        for (place, cents) in cents.iter().enumerate() {
            if place != lost {
                file += &format!(":61:261102C{}NTRFNONREF\n", text(*cents));
            }
        }
        file += &format!(":62F:C261130EUR{}\n-\n", text(cents.iter().sum()));
        let missing = Money::from_minor(cents[lost], Currency::EUR);
        prop_assert_eq!(only(file.as_bytes(), &Answers::default()).proof(), Proof::Missing(missing));
    }
}
