//! Payments as a file that a bank's own portal takes: pain.001.001.03 or .09 (formats.md 4.1).
//!
//! The drafts stay drafts: what the owner uploads there, Saldo does not know.

use super::{PaymentId, Review, drafts};
use crate::bic::Bic;
use crate::clock::Clock;
use crate::failure::{FailureKind, Result};
use crate::iban;
use crate::money::{Currency, Money};
use crate::sepa;
use crate::store::Store;
use crate::symbols::{self, Symbols};
use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::Deserialize;
use specta::Type;
use std::fmt::Write;

/// The longest name and the longest message, in characters.
const LONGEST: (usize, usize) = (70, 140);

/// The versions of the message that banks here take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderFormat {
    /// Of 2009, which most banks document.
    Pain03,
    /// Of 2019, which the European schemes use.
    Pain09,
}

/// The drafts as a file, in the order that is given; those of one account, currency and day stand together. `DraftInvalid` where
/// there are none, and while one has problems; other errors as for reviewing a draft.
pub fn order_file(store: &Store, clock: &Clock, ids: &[PaymentId], format: OrderFormat) -> Result<String> {
    let reviews = ids.iter().map(|id| drafts::review(store, clock, *id)).collect::<Result<Vec<_>>>()?;
    let now = clock.now().naive_utc();
    let id = format!("SALDO-{}", now.format("%Y%m%d%H%M%S%3f"));
    let mut batches: Vec<Batch> = Vec::new();
    for review in reviews {
        let line = Line::of(&review);
        let same = |batch: &&mut Batch| {
            (&batch.from_iban, batch.currency, batch.pay_on)
                == (&review.from_iban, review.amount.currency, review.pay_on)
        };
        match batches.iter_mut().find(same) {
            Some(batch) => batch.lines.push(line),
            None => batches.push(Batch {
                pay_on: review.pay_on,
                bank: store.bank_code(&review.from_iban)?.as_deref().and_then(Bic::parse),
                from_name: text(&review.from_name, review.amount.currency, LONGEST.0),
                from_iban: review.from_iban,
                currency: review.amount.currency,
                lines: vec![line],
            }),
        }
    }
    written(&id, now, &batches, format).ok_or_else(|| FailureKind::DraftInvalid.into())
}

/// Payments of one account, in one currency, on one day.
struct Batch {
    pay_on: NaiveDate,
    from_name: String,
    from_iban: String,
    /// The code of the payer's bank, where Everifin names it.
    bank: Option<Bic>,
    currency: Currency,
    lines: Vec<Line>,
}

/// One payment as it stands in the file.
struct Line {
    end_to_end: String,
    amount: Money,
    payee: String,
    iban: String,
    reference: Option<String>,
    message: Option<String>,
}

impl Line {
    /// Symbols go into the end-to-end id where the payee's bank reads them there, and a variable symbol into the message
    /// elsewhere (formats.md 2).
    fn of(review: &Review) -> Self {
        let currency = review.amount.currency;
        let (from, to) = (iban::country(&review.from_iban), iban::country(&review.iban));
        let at_home = from == to && (from == "SK" || (from == "CZ" && currency == Currency::CZK));
        let symbols = Symbols {
            variable: review.variable_symbol.clone(),
            specific: review.specific_symbol.clone(),
            constant: review.constant_symbol.clone(),
        };
        let named = if at_home { symbols::reference(&symbols) } else { None };
        let message = match (&review.variable_symbol, &review.message) {
            (Some(symbol), message) if !at_home => {
                Some(format!("VS{symbol} {}", message.as_deref().unwrap_or_default()))
            }
            (_, message) => message.clone(),
        };
        Self {
            end_to_end: named.unwrap_or_else(|| "NOTPROVIDED".into()),
            amount: review.amount,
            payee: text(&review.payee, currency, LONGEST.0),
            iban: review.iban.clone(),
            reference: review.reference.clone(),
            message: message.map(|message| text(message.trim(), currency, LONGEST.1)),
        }
    }
}

/// A text as it can stand there: euro payments carry basic Latin letters only.
fn text(typed: &str, currency: Currency, longest: usize) -> String {
    let carried = if currency == Currency::EUR { sepa::carried(typed).into_owned() } else { typed.to_owned() };
    carried.chars().take(longest).collect::<String>().trim().to_owned()
}

/// The whole document; none without payments, or where they are too many to add up.
fn written(id: &str, created: NaiveDateTime, batches: &[Batch], format: OrderFormat) -> Option<String> {
    let count: usize = batches.iter().map(|batch| batch.lines.len()).sum();
    let total = sum(batches.iter().flat_map(|batch| &batch.lines))?;
    let version = match format {
        OrderFormat::Pain03 => "03",
        OrderFormat::Pain09 => "09",
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let initiator = tag("Nm", &batches.first()?.from_name);
    writeln!(xml, "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}\"><CstmrCdtTrfInitn>")
        .ok()?;
    write!(xml, "<GrpHdr><MsgId>{id}</MsgId><CreDtTm>{}</CreDtTm>", created.format("%Y-%m-%dT%H:%M:%S")).ok()?;
    writeln!(xml, "<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum><InitgPty>{initiator}</InitgPty></GrpHdr>")
        .ok()?;
    for (index, batch) in batches.iter().enumerate() {
        batch.write(&mut xml, &format!("{id}-{}", index + 1), format)?;
    }
    xml.push_str("</CstmrCdtTrfInitn></Document>\n");
    Some(xml)
}

impl Batch {
    fn write(&self, xml: &mut String, id: &str, format: OrderFormat) -> Option<()> {
        let (count, total) = (self.lines.len(), sum(&self.lines)?);
        let service =
            if self.currency == Currency::EUR { "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>" } else { "" };
        let day = match format {
            OrderFormat::Pain03 => self.pay_on.to_string(),
            OrderFormat::Pain09 => tag("Dt", &self.pay_on.to_string()),
        };
        let (name, iban, currency) = (tag("Nm", &self.from_name), &self.from_iban, self.currency);
        write!(xml, "<PmtInf><PmtInfId>{id}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>").ok()?;
        write!(xml, "<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>{service}").ok()?;
        write!(xml, "<ReqdExctnDt>{day}</ReqdExctnDt><Dbtr>{name}</Dbtr>").ok()?;
        write!(xml, "<DbtrAcct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></DbtrAcct>").ok()?;
        let bank = match (format, &self.bank) {
            (OrderFormat::Pain03, Some(bank)) if bank.fits_2009() => tag("BIC", bank.as_str()),
            (OrderFormat::Pain09, Some(bank)) => tag("BICFI", bank.as_str()),
            // The IBAN says it as well.
            _ => "<Othr><Id>NOTPROVIDED</Id></Othr>".into(),
        };
        writeln!(xml, "<DbtrAgt><FinInstnId>{bank}</FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>").ok()?;
        for line in &self.lines {
            line.write(xml)?;
        }
        xml.push_str("</PmtInf>\n");
        Some(())
    }
}

impl Line {
    fn write(&self, xml: &mut String) -> Option<()> {
        let (id, iban, currency) = (&self.end_to_end, &self.iban, self.amount.currency);
        let (amount, payee) = (figure(self.amount), tag("Nm", &self.payee));
        write!(xml, "<CdtTrfTxInf><PmtId><EndToEndId>{id}</EndToEndId></PmtId>").ok()?;
        write!(xml, "<Amt><InstdAmt Ccy=\"{currency}\">{amount}</InstdAmt></Amt>").ok()?;
        write!(xml, "<Cdtr>{payee}</Cdtr><CdtrAcct><Id><IBAN>{iban}</IBAN></Id></CdtrAcct>").ok()?;
        // Either of the two can stand there, and the payee's bookkeeping looks for the reference.
        if let Some(reference) = &self.reference {
            xml.push_str("<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>ISO</Issr></Tp>");
            write!(xml, "{}</CdtrRefInf></Strd></RmtInf>", tag("Ref", reference)).ok()?;
        } else if let Some(message) = self.message.as_ref().filter(|message| !message.is_empty()) {
            write!(xml, "<RmtInf>{}</RmtInf>", tag("Ustrd", message)).ok()?;
        }
        xml.push_str("</CdtTrfTxInf>\n");
        Some(())
    }
}

/// What payments add up to, whatever their currency: a check sum, not money. Written with the decimals that they have.
fn sum<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Option<Decimal> {
    lines.into_iter().try_fold(Decimal::ZERO, |sum, line| {
        let mut amount = line.amount.amount;
        amount.rescale(line.amount.currency.exponent());
        sum.checked_add(amount)
    })
}

fn figure(money: Money) -> String {
    let mut amount = money.amount;
    amount.rescale(money.currency.exponent());
    amount.to_string()
}

/// An element with a text of the owner's.
fn tag(name: &str, text: &str) -> String {
    let mut out = format!("<{name}>");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    write!(out, "</{name}>").ok();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use roxmltree::Document;
    use serde_json::Value;

    /// The texts of all elements of a name, in their order.
    fn texts(document: &Document<'_>, name: &str) -> Vec<String> {
        let named = document.descendants().filter(|node| node.tag_name().name() == name);
        named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    }

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../vectors/pain001.json")).unwrap()
    }

    /// The vectors' order, without what a draft cannot hold.
    fn order() -> (Vec<Batch>, NaiveDateTime) {
        let input = &vectors()["input"];
        let words = |value: &Value| value.as_str().unwrap().to_owned();
        let line = |payment: &Value| Line {
            end_to_end: words(&payment["end_to_end"]),
            amount: Money::new(words(&payment["amount"]).parse().unwrap(), Currency::EUR),
            payee: text(&words(&payment["name"]), Currency::EUR, LONGEST.0),
            iban: words(&payment["iban"]),
            reference: payment["rf"].as_str().map(str::to_owned),
            message: payment["ustrd"].as_str().map(|message| text(message, Currency::EUR, LONGEST.1)),
        };
        let batch = Batch {
            pay_on: words(&input["execution_date"]).parse().unwrap(),
            from_name: words(&input["debtor"]["name"]),
            from_iban: words(&input["debtor"]["iban"]),
            bank: Bic::parse(&words(&input["debtor"]["bic"])),
            currency: Currency::EUR,
            lines: input["payments"].as_array().unwrap().iter().map(line).collect(),
        };
        (vec![batch], words(&input["created"]).parse().unwrap())
    }

    #[test]
    fn what_every_correct_file_says_stands_in_ours() {
        for (format, vector) in
            [(OrderFormat::Pain03, "pain001_03_rust_sepa.xml"), (OrderFormat::Pain09, "pain001_09_rust_sepa.xml")]
        {
            let expected = &vectors()["extracted"][vector];
            let (batches, created) = order();
            let xml = written("MSG-20261201-1", created, &batches, format).unwrap();
            let document = Document::parse(&xml).unwrap();
            assert_eq!(document.root_element().tag_name().namespace(), expected["ns"].as_str());
            for name in ["MsgId", "PmtMtd", "ChrgBr"] {
                assert_eq!(texts(&document, name), [expected[name].as_str().unwrap()], "{name}");
            }
            for name in ["NbOfTxs", "CtrlSum"] {
                assert_eq!(texts(&document, name), vec![expected[name].as_str().unwrap(); 2], "{name}");
            }
            let day = if format == OrderFormat::Pain03 { "ReqdExctnDt" } else { "Dt" };
            assert_eq!(texts(&document, day), [expected["ReqdExctnDt"].as_str().unwrap()]);
            assert_eq!(texts(&document, "IBAN")[0], expected["DbtrIBAN"].as_str().unwrap());
            let bank = if format == OrderFormat::Pain03 { "BIC" } else { "BICFI" };
            assert_eq!(texts(&document, bank), [expected["DbtrBIC"].as_str().unwrap()]);
            let all = |name: &str| -> Vec<String> {
                expected["tx"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|tx| tx[name].as_str().map(str::to_owned))
                    .collect()
            };
            assert_eq!(texts(&document, "InstdAmt"), all("amt"));
            assert_eq!(texts(&document, "Nm")[2..], all("nm"));
            assert_eq!(texts(&document, "IBAN")[1..], all("iban"));
            assert_eq!(texts(&document, "Ustrd"), all("ustrd"));
            assert_eq!(texts(&document, "Ref"), all("rf"));
        }
    }

    /// What the schema that a message has to follow says against a file; nothing where it follows it. The schemas are those of
    /// ISO 20022, as the `sepa` crate brings them for its own tests.
    #[cfg(target_os = "linux")]
    fn breaches(xml: &str, format: OrderFormat) -> String {
        use std::process::Command;
        use std::{fs, path::Path, sync::LazyLock};
        static SEPA: LazyLock<String> = LazyLock::new(|| {
            let about = ["metadata", "--format-version", "1", "--offline", "--locked"];
            let told =
                Command::new(env!("CARGO")).args(about).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
            let told: Value = serde_json::from_slice(&told.stdout).unwrap();
            let sepa = told["packages"].as_array().unwrap().iter().find(|package| package["name"] == "sepa");
            sepa.unwrap()["manifest_path"].as_str().unwrap().to_owned()
        });
        let version = if format == OrderFormat::Pain03 { "03" } else { "09" };
        let schema = Path::new(&*SEPA).with_file_name(format!("tests/xsd/pain.001.001.{version}.xsd"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("order.xml");
        fs::write(&path, xml).unwrap();
        let check = Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).arg(path).output();
        let check = check.expect("the checker is installed by `cargo xtask setup`");
        if check.status.success() { String::new() } else { String::from_utf8_lossy(&check.stderr).into_owned() }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn every_file_follows_its_schema_and_one_that_is_broken_does_not() {
        for format in [OrderFormat::Pain03, OrderFormat::Pain09] {
            for bank in [None, Bic::parse("TATRSKBX"), Bic::parse("1ATRSKB0")] {
                let (mut batches, created) = order();
                let crowns = Batch {
                    pay_on: batches[0].pay_on.succ_opt().unwrap(),
                    from_name: "Živnostník & synové".into(),
                    from_iban: "CZ6508000000192000145399".into(),
                    bank: bank.clone(),
                    currency: Currency::CZK,
                    lines: vec![Line {
                        end_to_end: "/VS2026000123/SS99/KS0308".into(),
                        amount: Money::from_minor(1, Currency::CZK),
                        payee: text(&"Žluťoučký kůň ".repeat(9), Currency::CZK, LONGEST.0),
                        iban: "CZ6508000000192000145399".into(),
                        reference: None,
                        message: Some(text(&"<úpěl> & ".repeat(30), Currency::CZK, LONGEST.1)),
                    }],
                };
                batches[0].bank = bank;
                batches.push(crowns);
                let xml = written("SALDO-20261201101500000", created, &batches, format).unwrap();
                assert_eq!(breaches(&xml, format), "");
                for (whole, broken) in
                    [("<PmtMtd>TRF", "<PmtMtd>XXX"), ("SLEV", "SLEVY"), ("</Cdtr><CdtrAcct>", "</Cdtr><CdtrAgt>")]
                {
                    assert!(xml.contains(whole));
                    assert_ne!(breaches(&xml.replace(whole, broken), format), "", "{broken}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_its_element(payee in "[^\\p{C}]{1,140}", message in "[^\\p{C}]{0,140}") {
            let (mut batches, created) = order();
            batches[0].lines[0].payee = text(&payee, Currency::EUR, LONGEST.0);
            batches[0].lines[0].message = Some(text(&message, Currency::CZK, LONGEST.1));
            let xml = written("M", created, &batches, OrderFormat::Pain03).unwrap();
            let document = Document::parse(&xml).unwrap();
            prop_assert_eq!(texts(&document, "CdtTrfTxInf").len(), 3);
            prop_assert_eq!(texts(&document, "Nm").len(), 5);
            for (name, longest) in [("Nm", 70), ("Ustrd", 140)] {
                prop_assert!(texts(&document, name).iter().all(|text| text.chars().count() <= longest));
            }
        }
    }
}
