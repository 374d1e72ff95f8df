//! The files of the vectors, read.

use super::*;

#[test]
fn invoices_of_the_vectors() {
    for (name, wanted) in vectors("invoices.json")["files"].as_object().unwrap() {
        let found = only(&file(name.trim_start_matches("xml/")));
        let field = |key: &str| text(&wanted[key]);
        let currency = field("ccy").unwrap_or("CZK");
        assert_eq!(amount(&found), Some(format!("{} {currency}", field("amount").unwrap())), "{name}");
        if let Some(payee) = field("payee") {
            assert_eq!(found.payee.as_deref(), Some(payee), "{name}");
            assert_eq!(found.account.as_deref(), field("iban"), "{name}");
            assert_eq!(found.due.map(|due| due.to_string()).as_deref(), field("due"), "{name}");
            assert_eq!(
                found.variable_symbol.as_deref(),
                field("vs").or(field("vs_candidate")).or(field("reference")),
                "{name}"
            );
            assert_eq!(
                (found.constant_symbol.as_deref(), found.specific_symbol.as_deref()),
                (field("ks"), field("ss")),
                "{name}"
            );
        }
        let others: Vec<&str> =
            wanted["alternate_accounts"].as_array().into_iter().flatten().filter_map(text).collect();
        assert_eq!(found.other_accounts, others, "{name}");
        assert_eq!(found.unpayable, None, "{name}");
    }
}

#[test]
fn pictures_of_the_vectors() {
    for case in vectors("qr_images.json")["images"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let read = reading(&file(name));
        match text(&case["payload"]) {
            Some("https://example.com/") => {
                assert_eq!(
                    (read.payments, read.warnings),
                    (vec![], vec![ReadingWarning::OtherCode, ReadingWarning::NothingFound])
                );
            }
            Some(payload) => {
                let mut wanted = only(payload.as_bytes());
                wanted.source.place = FoundPlace::Picture;
                assert_eq!(read.payments, [wanted], "{name}: {:?}", read.warnings);
            }
            None => assert_eq!(read.payments.len(), 2, "{name}"),
        }
    }
}
