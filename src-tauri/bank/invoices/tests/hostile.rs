//! Files that are made to mislead, or to break a reader.

use super::*;

fn isdoc(change: impl Fn(String) -> String) -> FoundPayment {
    only(change(String::from_utf8(file("invoice_isdoc.isdoc")).unwrap()).as_bytes())
}

#[test]
fn what_is_not_paid_by_a_transfer_is_never_payable() {
    let of = |from: &'static str, to: &'static str| {
        isdoc(move |text| {
            assert!(text.contains(from));
            text.replace(from, to)
        })
        .unpayable
    };
    assert_eq!(of("<DocumentType>1<", "<DocumentType>2<"), Some(Unpayable::CreditNote));
    assert_eq!(of("<PaymentMeansCode>42<", "<PaymentMeansCode>48<"), Some(Unpayable::OtherMeans));
    assert_eq!(of("<PaymentMeansCode>42<", "<PaymentMeansCode>49<"), Some(Unpayable::DirectDebit));
    assert_eq!(of("<PayableAmount>12100.00<", "<PayableAmount>0.00<"), Some(Unpayable::Nothing));
    assert_eq!(of("<PayableAmount>12100.00<", "<PayableAmount>-5.00<"), Some(Unpayable::CreditNote));
    let ubl = String::from_utf8(file("invoice_ubl.xml")).unwrap();
    let credit = ubl.replace("<Invoice ", "<CreditNote ").replace("</Invoice>", "</CreditNote>");
    assert_eq!(only(credit.as_bytes()).unpayable, Some(Unpayable::CreditNote));
    let cii = String::from_utf8(file("invoice_cii.xml")).unwrap();
    assert_eq!(
        only(cii.replace("<ram:TypeCode>380<", "<ram:TypeCode>381<").as_bytes()).unpayable,
        Some(Unpayable::CreditNote)
    );
}

#[test]
fn an_invoice_with_a_domestic_number_or_none_is_read_as_far_as_it_goes() {
    let domestic = isdoc(|text| text.replace("<IBAN>CZ6508000000192000145399</IBAN>", "<IBAN></IBAN>"));
    assert_eq!(domestic.account.as_deref(), Some("CZ6508000000192000145399"));
    let wrong = isdoc(|text| text.replace("<VariableSymbol>2026000123<", "<VariableSymbol>2026-000123-XY<"));
    assert!(doubts(&wrong).contains(&&DoubtKind::LeftOut));
    let text = String::from_utf8(file("invoice_isdoc.isdoc")).unwrap();
    let without =
        text.replace("CZ6508000000192000145399", "CZ6508000000192000145398").replace("<BankCode>0800<", "<BankCode><");
    assert_eq!(reading(without.as_bytes()).warnings, [ReadingWarning::NothingFound]);
}

#[test]
fn xml_of_another_kind_and_with_a_document_type_is_refused() {
    for (file, warning) in [
        ("<html><body/></html>", ReadingWarning::Unknown),
        ("<Invoice>", ReadingWarning::Damaged),
        (
            "<!DOCTYPE Invoice [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Invoice>&x;</Invoice>",
            ReadingWarning::Damaged,
        ),
    ] {
        assert_eq!(reading(file.as_bytes()).warnings, [warning], "{file}");
    }
}

#[test]
fn files_that_are_too_large_or_damaged_say_so() {
    assert_eq!(reading(&vec![b' '; LARGEST + 1]).warnings, [ReadingWarning::TooLarge]);
    assert_eq!(reading(&vec![0x55; 2_000_000]).warnings, [ReadingWarning::Unknown]);
    assert_eq!(reading(b"a\0b").warnings, [ReadingWarning::Unknown]);
    for damaged in [&b"\x89PNG\r\n\x1a\nno picture"[..], b"\xff\xd8\xff\xe0", b"%PDF-1.7\nnothing"] {
        assert_eq!(reading(damaged).warnings, [ReadingWarning::Damaged]);
    }
    assert_eq!(reading(b"PK\x03\x04 and nothing").warnings, [ReadingWarning::NothingFound]);
    // A picture that says it is huge is not unpacked.
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff\x08\0\0\0\0".to_vec();
    huge.extend(crc32fast::hash(&huge[12..29]).to_be_bytes());
    huge.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    assert_eq!(reading(&huge).warnings, [ReadingWarning::TooLarge]);
}

#[test]
fn a_file_on_which_a_reader_gives_up_or_finds_no_end_is_refused() {
    let given_up = whatever_happens(|| panic!("a reader that gives up"), PATIENCE);
    assert_eq!(given_up, InvoiceReading::of_nothing(ReadingWarning::Damaged));
    let (_end, never) = std::sync::mpsc::channel::<InvoiceReading>();
    let endless = whatever_happens(move || never.recv().unwrap_or_default(), Duration::from_millis(5));
    assert_eq!(endless, InvoiceReading::of_nothing(ReadingWarning::TooLarge));
    let good = whatever_happens(|| reading(b"hello"), PATIENCE);
    assert_eq!(good, reading(b"hello"));
}
