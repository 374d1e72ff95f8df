//! Words for people.

use super::*;

const IBAN: &str = "SK96 1100 0000 0029 1859 9669";

#[test]
fn a_mail_is_read_and_all_of_it_is_a_guess() {
    let mail = format!(
        "Dobrý deň,\nposielam údaje k faktúre 2026104418.\nPríjemca: Kovostav Hron s.r.o.\nÚčet: {IBAN}\nZáloha 100,00 EUR, doprava 5,00 EUR\n\
         Spolu k úhrade: 1 840,00 €\nVariabilný symbol: 2026104418\nKS 0308\nSplatnosť: 4. 12. 2026\nSpráva pre prijímateľa: Faktúra 2026104418\n"
    );
    let found = only(mail.as_bytes());
    assert_eq!(found.source, FoundSource { format: SourceFormat::Text, place: FoundPlace::Itself });
    assert_eq!(found.account.as_deref(), Some("SK9611000000002918599669"));
    assert_eq!(amount(&found).as_deref(), Some("1840.00 EUR"));
    assert_eq!(
        (found.variable_symbol.as_deref(), found.constant_symbol.as_deref()),
        (Some("2026104418"), Some("0308"))
    );
    assert_eq!(found.payee.as_deref(), Some("Kovostav Hron s.r.o."));
    assert_eq!(found.message.as_deref(), Some("Faktúra 2026104418"));
    assert_eq!(found.due, NaiveDate::from_ymd_opt(2026, 12, 4));
    assert_eq!(doubts(&found), [&DoubtKind::AmountChosen, &DoubtKind::FromText, &DoubtKind::FromText]);
}

#[test]
fn domestic_numbers_and_other_languages_are_read() {
    let czech = only("Prosím o zaplacení 1.250,- Kč na účet 19-2000145399/0800, v.s. 42".as_bytes());
    assert_eq!(
        (czech.account.as_deref(), amount(&czech).as_deref()),
        (Some("CZ6508000000192000145399"), Some("1250.00 CZK"))
    );
    assert_eq!(czech.variable_symbol.as_deref(), Some("42"));
    let german = only("Betrag: EUR 99,90\nIBAN: DE89 3704 0044 0532 0130 00.\nfällig am 04.12.2026".as_bytes());
    assert_eq!(
        (german.account.as_deref(), amount(&german).as_deref()),
        (Some("DE89370400440532013000"), Some("99.90 EUR"))
    );
    assert_eq!(german.due, NaiveDate::from_ymd_opt(2026, 12, 4));
    let bare = only(format!("Suma: 12,50\n{IBAN}").as_bytes());
    assert_eq!(amount(&bare).as_deref(), Some("12.50 EUR"));
    assert!(doubts(&bare).contains(&&DoubtKind::CurrencyAssumed));
    let crowded = only(format!("{IBAN} VS 2026 100,00 EUR").as_bytes());
    assert_eq!(amount(&crowded).as_deref(), Some("100.00 EUR"));
}

#[test]
fn symbols_are_found_where_they_are_named_and_where_an_invoice_is() {
    let of = |line: &str| only(format!("{IBAN}\n{line}").as_bytes()).variable_symbol;
    for line in [
        "Uhrada faktury VS 2026000123",
        "vs2026000123",
        "VS=2026000123",
        "Faktura c. 2026000123",
        "Faktúra 2026000123, ďakujem",
        "/VS/2026000123/SS/4711/KS/0308",
    ] {
        assert_eq!(of(line).as_deref(), Some("2026000123"), "{line}");
    }
    for line in ["FA 2026-000123", "Faktura 12345678901", "Faktura za 3 ks", "2026000123"] {
        assert_eq!(of(line), None, "{line}");
    }
}

#[test]
fn several_accounts_are_several_payments() {
    let text = format!("A: {IBAN}\nB: 19-2000145399/0800\nA: {IBAN}\nno: SK9611000000002918599668, 123/4567, 12/2026");
    let accounts: Vec<_> = reading(text.as_bytes()).payments.into_iter().filter_map(|one| one.account).collect();
    assert_eq!(accounts, ["SK9611000000002918599669", "CZ6508000000192000145399"]);
}

#[test]
fn links_and_codes_in_a_text_are_what_they_are() {
    let found = only(
        "Ahoj, toto: https://payme.sk/?V=1&IBAN=SK5211000000002943045043&AM=50&CC=EUR&MSG=stavba\nVďaka".as_bytes(),
    );
    assert_eq!((found.source.format, amount(&found).as_deref()), (SourceFormat::PayMe, Some("50.00 EUR")));
    let other = reading(b"https://example.com/?iban=SK5211000000002943045043");
    assert_eq!((other.payments, other.warnings), (vec![], vec![ReadingWarning::NothingFound]));
}

#[test]
fn what_holds_no_payment_says_so() {
    for text in ["", " \n", "Dobrý deň", "VS 2026000123, 100 EUR", "SK96"] {
        assert_eq!(reading(text.as_bytes()).warnings, [ReadingWarning::NothingFound], "{text}");
    }
}
