//! Codes are written as the vectors have them, and read back.

use super::super::codes;
use super::super::writing::{self, PaymentWanted};
use super::*;
use crate::money::Money;
use image::GrayImage;
use proptest::prelude::*;

fn wanted(input: &Value, keys: [&str; 8]) -> PaymentWanted {
    let field = |key: &str| text(&input[key]).unwrap_or_default().to_owned();
    let [account, amount, currency, payee, variable_symbol, specific_symbol, constant_symbol, message] =
        keys.map(field);
    let currency: Currency = if currency.is_empty() { Currency::EUR } else { currency.parse().unwrap() };
    let amount = Some(Money::new(amount.parse().unwrap(), currency));
    PaymentWanted { account, payee, currency, amount, variable_symbol, specific_symbol, constant_symbol, message }
}

#[test]
fn pay_by_square_is_written_as_the_reference_library_packs_it() {
    let mut same = 0;
    for case in vectors("paybysquare.json")["vectors"].as_array().unwrap() {
        let input = &case["input"];
        let code =
            codes::by_square(&wanted(input, ["iban", "amount", "cur", "name", "vs", "ss", "ks", "note"])).unwrap();
        let found = only(code.as_bytes());
        assert_eq!(found.account.as_deref(), text(&input["iban"]));
        assert_eq!(found.payee.as_deref(), text(&input["name"]));
        let plain = ["bic", "date", "a1", "invoice"].iter().all(|key| text(&input[*key]).is_none());
        if plain {
            let packed = case["encoded"]["rust lzma-rust2 0.25 with end marker (v1.2.0)"].as_str().unwrap();
            assert_eq!(code, packed, "{}", case["id"]);
            same += 1;
        }
    }
    assert!(same >= 4, "{same}");
}

#[test]
fn qr_platba_is_written_as_the_vectors_have_it() {
    let mut same = 0;
    for case in vectors("spayd.json")["generate"].as_array().unwrap() {
        let input = case["input"].as_object().unwrap();
        // What is asked for has no other account, no day and no bank's code.
        if input.keys().any(|key| ["RF", "DT", "PT", "ALT-ACC"].contains(&key.as_str()))
            || case["input"]["ACC"].as_str().unwrap().contains('+')
        {
            continue;
        }
        let wanted = wanted(&case["input"], ["ACC", "AM", "CC", "RN", "X-VS", "X-SS", "X-KS", "MSG"]);
        assert_eq!(Some(codes::spayd(&wanted).as_str()), case["spayd_spec_order"].as_str());
        same += 1;
    }
    assert!(same >= 2, "{same}");
}

#[test]
fn epc_codes_are_written_as_the_vectors_have_them() {
    let mut same = 0;
    for case in vectors("epc_qr.json")["vectors"].as_array().unwrap() {
        let input = &case["input"];
        if ["ref", "bic", "purpose"].iter().any(|key| text(&input[*key]).is_some()) {
            continue;
        }
        let wanted = wanted(input, ["iban", "amount", "", "name", "", "", "", "text"]);
        assert_eq!(codes::epc(&wanted).as_deref(), case["payload"].as_str());
        same += 1;
    }
    assert!(same >= 3, "{same}");
}

pub(super) fn example() -> PaymentWanted {
    PaymentWanted {
        account: "SK9611000000002918599669".into(),
        payee: "Kaviareň Čajovňa s.r.o.".into(),
        currency: Currency::EUR,
        amount: Some(Money::from_minor(4_555, Currency::EUR)),
        variable_symbol: "2026000123".into(),
        specific_symbol: String::new(),
        constant_symbol: "0308".into(),
        message: "100 % záloha *".into(),
    }
}

#[test]
fn every_code_is_read_back_from_its_own_picture() {
    let codes = writing::all(&example());
    assert_eq!(codes.len(), 3);
    for code in codes {
        let found = only(&code.picture().unwrap());
        assert_eq!((found.source.format, &found.source.place), (code.format, &FoundPlace::Picture));
        assert_eq!(
            (found.account.as_deref(), amount(&found).as_deref()),
            (Some("SK9611000000002918599669"), Some("45.55 EUR"))
        );
        let message = found.message.unwrap();
        match code.format {
            SourceFormat::Spayd => assert_eq!(
                (message.as_str(), found.payee.as_deref()),
                ("100 % zaloha *", Some("Kaviaren Cajovna s.r.o."))
            ),
            SourceFormat::Epc => assert_eq!(message, "VS2026000123 KS0308 100 % záloha *"),
            _ => {
                assert_eq!((message.as_str(), found.variable_symbol.as_deref()), ("100 % záloha *", Some("2026000123")))
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn another_reader_of_codes_reads_every_picture() {
    let folder = tempfile::tempdir().unwrap();
    for code in writing::all(&example()) {
        let path = folder.path().join("code.png");
        std::fs::write(&path, code.picture().unwrap()).unwrap();
        let read = std::process::Command::new("zbarimg").args(["--quiet", "--raw", "--nodbus"]).arg(path).output();
        let read = read.expect("zbar's reader is installed by `cargo xtask setup`").stdout;
        assert_eq!(String::from_utf8_lossy(&read).strip_suffix('\n'), Some(code.text.as_str()), "{:?}", code.format);
    }
}

#[test]
fn the_drawing_is_the_picture() {
    let code = &writing::all(&example())[0];
    let picture = image::load_from_memory(&code.picture().unwrap()).unwrap().into_luma8();
    let mut drawn = GrayImage::from_pixel(code.size, code.size, image::Luma([255]));
    for run in code.path.split('M').filter(|run| !run.is_empty()) {
        let (place, length) = run.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let length: u32 = length.split('v').next().unwrap().parse().unwrap();
        for x in x.parse::<u32>().unwrap()..x.parse::<u32>().unwrap() + length {
            drawn.put_pixel(x, y.parse().unwrap(), image::Luma([0]));
        }
    }
    let modules = GrayImage::from_fn(code.size, code.size, |x, y| *picture.get_pixel(x * 8 + 4, y * 8 + 4));
    assert!(drawn == modules);
}

#[test]
fn an_epc_code_is_for_euros_and_for_a_name() {
    let crowns = PaymentWanted { currency: Currency::CZK, amount: None, ..example() };
    let nameless = PaymentWanted { payee: String::new(), ..example() };
    for wanted in [crowns, nameless] {
        let formats: Vec<SourceFormat> = writing::all(&wanted).iter().map(|code| code.format).collect();
        assert_eq!(formats, [SourceFormat::PayBySquare, SourceFormat::Spayd]);
    }
}

proptest! {
    #[test]
    fn what_is_asked_is_what_is_read(
        minor in prop::option::of(1_i64..99_999_999), payee in "[A-Za-zá-ž .,]{1,40}", message in "[ -~á-ž]{0,100}",
        symbols in prop::array::uniform2("[1-9][0-9]{0,9}"),
    ) {
        let [variable_symbol, specific_symbol] = symbols;
        let amount = minor.map(|minor| Money::from_minor(minor, Currency::EUR));
        let wanted = PaymentWanted { payee, message, amount, variable_symbol, specific_symbol, ..example() };
        for code in writing::all(&wanted) {
            let found = only(code.text.as_bytes());
            prop_assert_eq!(found.amount, amount);
            prop_assert_eq!(found.account.as_deref(), Some(wanted.account.as_str()));
            if code.format != SourceFormat::Epc {
                prop_assert_eq!(found.variable_symbol.as_ref(), Some(&wanted.variable_symbol));
                prop_assert_eq!(found.specific_symbol.as_ref(), Some(&wanted.specific_symbol));
            }
        }
    }
}
