//! The codes of the vectors, read.

use super::*;

/// A payment by its fields, as the vectors have them: keys of SPAYD.
fn check(found: &FoundPayment, fields: &serde_json::Map<String, Value>) {
    let field = |key: &str| fields.get(key).and_then(text);
    let iban = |written: &str| crate::iban::parse(written.split('+').next().unwrap()).unwrap();
    assert_eq!(found.account, field("ACC").or(field("IBAN")).map(iban), "{fields:?}");
    let currency = field("CC").unwrap_or("EUR");
    let wanted = field("AM").map(|amount| Money::new(amount.parse().unwrap(), currency.parse().unwrap()));
    assert_eq!(found.amount, wanted, "{fields:?}");
    assert_eq!(found.payee.as_deref(), field("RN").or(field("CN")), "{fields:?}");
    assert_eq!(found.due.map(|due| due.format("%Y%m%d").to_string()).as_deref(), field("DT"), "{fields:?}");
    if let Some(message) = field("MSG") {
        assert_eq!(found.message.as_deref(), Some(message), "{fields:?}");
    }
    if !fields.contains_key("PI") && !fields.contains_key("RF") {
        assert_eq!(found.variable_symbol.as_deref(), field("X-VS"), "{fields:?}");
        assert_eq!(found.specific_symbol.as_deref(), field("X-SS"), "{fields:?}");
        assert_eq!(found.constant_symbol.as_deref(), field("X-KS"), "{fields:?}");
    }
}

use crate::money::Money;

fn refused(text: &str, format: SourceFormat) {
    let reading = reading(text.as_bytes());
    assert_eq!(reading.payments, [], "{text}");
    assert_eq!(reading.warnings, [ReadingWarning::Refused { format }], "{text}");
}

#[test]
fn qr_platba_of_the_vectors() {
    let vectors = vectors("spayd.json");
    for case in vectors["generate"].as_array().unwrap() {
        for written in ["spayd_spec_order", "canonical_sorted"] {
            check(&only(case[written].as_str().unwrap().as_bytes()), case["input"].as_object().unwrap());
        }
    }
    for case in vectors["parse"].as_array().unwrap() {
        let code = case["text"].as_str().unwrap();
        match case["fields"].as_object() {
            Some(fields) => check(&only(code.as_bytes()), fields),
            None => refused(code, SourceFormat::Spayd),
        }
    }
}

#[test]
fn a_check_sum_of_qr_platba_informs_in_either_reading() {
    let vectors = vectors("spayd.json");
    for case in vectors["generate"].as_array().unwrap() {
        for key in ["crc32_whole_canonical_string (rust spayd)", "crc32_fields_only (janhalasa java)"] {
            let code = format!("{}*CRC32:{}", case["canonical_sorted"].as_str().unwrap(), case[key].as_str().unwrap());
            assert!(!doubts(&only(code.as_bytes())).contains(&&DoubtKind::CheckSum), "{code}");
        }
        let wrong = format!("{}*CRC32:00000000", case["canonical_sorted"].as_str().unwrap());
        assert!(doubts(&only(wrong.as_bytes())).contains(&&DoubtKind::CheckSum), "{wrong}");
    }
}

#[test]
fn what_qr_platba_does_not_say_is_doubted() {
    let slovak = only(b"SPD*1.0*ACC:SK9611000000002918599669*AM:5.00*X-KS:0000000308*RF:7004139146");
    assert_eq!(amount(&slovak).as_deref(), Some("5.00 EUR"));
    assert_eq!(doubts(&slovak), [&DoubtKind::CurrencyAssumed, &DoubtKind::FromReference]);
    assert_eq!(
        (slovak.constant_symbol.as_deref(), slovak.variable_symbol.as_deref()),
        (Some("308"), Some("7004139146"))
    );
    let open = only(b"SPD*1.0*ACC:CZ5508000000001234567899*X-KS:1234567890*DT:20261119");
    assert_eq!(doubts(&open), [&DoubtKind::LeftOut, &DoubtKind::Overdue, &DoubtKind::AmountOpen]);
    assert_eq!((open.pay_on, open.due), (None, NaiveDate::from_ymd_opt(2026, 11, 19)));
}

#[test]
fn epc_codes_of_the_vectors() {
    let vectors = vectors("epc_qr.json");
    for case in vectors["vectors"].as_array().unwrap() {
        let (found, input) = (only(case["payload"].as_str().unwrap().as_bytes()), &case["input"]);
        assert_eq!(found.account.as_deref(), text(&input["iban"]));
        assert_eq!(amount(&found), text(&input["amount"]).map(|amount| format!("{amount} EUR")));
        assert_eq!(found.payee.as_deref(), text(&input["name"]));
        assert_eq!(found.message.as_deref(), text(&input["text"]));
        assert_eq!(found.variable_symbol.as_deref(), text(&input["ref"]));
    }
    for case in vectors["parse"].as_array().unwrap() {
        let code = case["text"].as_str().unwrap();
        if case["accept"] == true {
            assert_eq!(only(code.as_bytes()).source.format, SourceFormat::Epc, "{code}");
        } else {
            refused(code, SourceFormat::Epc);
        }
    }
}

#[test]
fn pay_me_links_of_the_vectors() {
    let vectors = vectors("payme.json");
    for case in vectors["generate"].as_array().unwrap() {
        check(&only(case["url"].as_str().unwrap().as_bytes()), case.as_object().unwrap());
    }
    for case in vectors["parse"].as_array().unwrap() {
        let link = case["url"].as_str().unwrap();
        match case["fields"].as_object() {
            Some(fields) => check(&only(link.as_bytes()), fields),
            // What only looks like one of PayMe's is no link of theirs at all.
            None => assert_eq!(reading(link.as_bytes()).payments, [], "{link}"),
        }
    }
    let symbols = only(b"https://payme.sk/?V=1&IBAN=SK9181800000007000155733&PI=%2FVS0123456789%2FSS45%2FKS1234");
    assert_eq!(symbols.variable_symbol.as_deref(), Some("0123456789"));
    assert_eq!((symbols.specific_symbol.as_deref(), symbols.constant_symbol.as_deref()), (Some("45"), Some("1234")));
    for foreign in [
        "https://payme.sk@evil.example/2/q/PME?IBAN=SK6807200002891987426353&CN=A",
        "https://x@payme.sk/2/q/PME?IBAN=SK6807200002891987426353&CN=A",
    ] {
        assert_eq!(reading(foreign.as_bytes()).payments, [], "{foreign}");
    }
}

#[test]
fn pay_by_square_of_the_vectors_by_every_encoder() {
    let vectors = vectors("paybysquare.json");
    let mut read = 0;
    for case in vectors["vectors"].as_array().unwrap() {
        let input = &case["input"];
        for (encoder, code) in case["encoded"].as_object().unwrap() {
            let Some(code) = code.as_str() else { continue };
            for code in [code.to_owned(), code.to_lowercase()] {
                let found = only(code.as_bytes());
                assert_eq!(found.account.as_deref(), text(&input["iban"]), "{encoder}");
                let wanted: Money = Money::new(
                    text(&input["amount"]).unwrap().parse().unwrap(),
                    text(&input["cur"]).unwrap().parse().unwrap(),
                );
                assert_eq!(found.amount, Some(wanted), "{encoder}");
                assert_eq!(found.variable_symbol.as_deref(), text(&input["vs"]), "{encoder}");
                assert_eq!(found.constant_symbol.as_deref(), text(&input["ks"]), "{encoder}");
                assert_eq!(found.specific_symbol.as_deref(), text(&input["ss"]), "{encoder}");
                assert_eq!(
                    found.message.map(|text| text.replace('\t', " ")),
                    text(&input["note"]).map(|note| note.replace('\t', " ")),
                    "{encoder}"
                );
                assert_eq!(found.payee.as_deref(), text(&input["name"]), "{encoder}");
                assert_eq!(
                    found.due.map(|due| due.format("%Y%m%d").to_string()).as_deref(),
                    text(&input["date"]),
                    "{encoder}"
                );
                read += 1;
            }
        }
    }
    assert!(read > 80, "{read}");
    for case in vectors["decode_real"].as_array().unwrap() {
        let found = only(case["encoded"].as_str().unwrap().as_bytes());
        let payload: Vec<&str> = case["payload"].as_str().unwrap().split('\t').collect();
        assert_eq!(found.account.as_deref(), Some(payload[12]));
        assert_eq!(found.amount.unwrap().amount, payload[3].parse().unwrap());
    }
}

#[test]
fn pay_by_square_that_must_be_refused() {
    for case in vectors("paybysquare.json")["must_reject"].as_array().unwrap() {
        let code = case["text"].as_str().unwrap();
        // Readers of codes give small letters for capitals; everything else stays refused.
        assert_eq!(reading(code.as_bytes()).payments.len(), usize::from(case["case"] == "lower case"), "{case}");
    }
}
