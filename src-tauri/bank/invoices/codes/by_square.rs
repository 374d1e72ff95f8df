//! PAY by square, the Slovak code: fields between tabs with a check sum before them, packed by LZMA, in letters of base 32.

use crate::iban;
use crate::invoices::found::{DoubtKind, FoundPayment, FoundPlace, SourceFormat, Unpayable, plain, yyyymmdd};
use crate::invoices::writing::PaymentWanted;
use crate::payments::Field;
use crate::statements::text;
use crate::symbols::Kind;
use data_encoding::BASE32HEX_NOPAD;
use lzma_rust2::{LzmaOptions, LzmaReader, LzmaWriter};
use std::io::{Read, Write};

/// Shorter texts are numbers or words.
const SHORTEST: usize = 60;
/// The dictionary of the standard, in bytes.
const DICTIONARY: u32 = 131_072;
/// The most payments of one code, and the most accounts of one payment.
const MOST: usize = 20;

/// Whether a text is in the letters of a code, and begins as one that holds payments.
pub(super) fn looks_like_one(text: &str) -> bool {
    text.len() >= SHORTEST
        && text.starts_with('0')
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'V' | b'a'..=b'v'))
}

/// Reads a code; none where it is damaged, of an unknown version, no payment, or could be read in two ways.
pub(super) fn read(text: &str, place: &FoundPlace) -> Option<Vec<FoundPayment>> {
    let payload = unpacked(text)?;
    let fields: Vec<&str> = payload.split('\t').collect();
    let count: usize = text::number(fields.get(1)?)?;
    if !(1..=MOST).contains(&count) {
        return None;
    }
    // Of several payments, programs write the payees after all of them or each after its own.
    let readings = [Payees::Behind, Payees::Between].map(|payees| payments(&fields, count, payees, place));
    match readings {
        [Some(behind), Some(between)] => (behind == between).then_some(behind),
        [behind, between] => behind.or(between),
    }
}

/// The text inside of a code, where its check sum holds.
fn unpacked(text: &str) -> Option<String> {
    let bytes = BASE32HEX_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
    let [head, reserved, low, high, body @ ..] = bytes.as_slice() else { return None };
    // The kind (payments) and the version (1.0, 1.1, 1.2); of a kind, documents of one sort only.
    if *head > 2 || *reserved != 0 {
        return None;
    }
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let mut reader = LzmaReader::new(body, u64::try_from(length).ok()?, 3, 0, 2, DICTIONARY, None).ok()?;
    let mut unpacked = vec![0; length];
    reader.read_exact(&mut unpacked).ok()?;
    let (sum, payload) = unpacked.split_first_chunk::<4>()?;
    if crc32fast::hash(payload) != u32::from_le_bytes(*sum) {
        return None;
    }
    String::from_utf8(payload.to_vec()).ok()
}

#[derive(Clone, Copy, PartialEq)]
enum Payees {
    Behind,
    Between,
}

fn payments(fields: &[&str], count: usize, payees: Payees, place: &FoundPlace) -> Option<Vec<FoundPayment>> {
    let mut fields = Fields(fields.get(2..)?.iter().copied());
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        let mut one = payment(&mut fields, place)?;
        if payees == Payees::Between {
            payee(&mut fields, &mut one);
        }
        found.push(one);
    }
    if payees == Payees::Behind {
        found.iter_mut().for_each(|one| payee(&mut fields, one));
    }
    fields.0.all(|rest| rest.is_empty()).then_some(found)
}

struct Fields<'t, I: Iterator<Item = &'t str>>(I);

impl<'t, I: Iterator<Item = &'t str>> Fields<'t, I> {
    /// The next field; what is missing at the end is empty.
    fn next(&mut self) -> &'t str {
        self.0.next().unwrap_or_default().trim()
    }

    fn skip(&mut self, count: usize) {
        (0..count).for_each(|_| _ = self.next());
    }
}

fn payment<'t>(fields: &mut Fields<'t, impl Iterator<Item = &'t str>>, place: &FoundPlace) -> Option<FoundPayment> {
    let mut found = FoundPayment::new(SourceFormat::PayBySquare, place);
    let options: u8 = text::number(fields.next())?;
    match options {
        1 => {}
        2 | 3 => found.doubt(Field::PayOn, DoubtKind::Standing),
        4..=7 => found.unpayable = Some(Unpayable::DirectDebit),
        _ => return None,
    }
    let (amount, currency) = (fields.next(), fields.next());
    let day = fields.next();
    let symbols = [Kind::Variable, Kind::Constant, Kind::Specific].map(|kind| (kind, fields.next()));
    let (reference, note) = (fields.next(), fields.next());
    let accounts: usize = text::number(fields.next())?;
    if !(1..=MOST).contains(&accounts) {
        return None;
    }
    let accounts = (0..accounts).map(|_| {
        let account = iban::parse(fields.next()).ok();
        fields.skip(1);
        account
    });
    found.set_accounts(accounts.collect::<Option<_>>()?);
    found.currency = Some(currency.parse().ok()?);
    if !amount.is_empty() && !found.set_amount(amount, currency.parse().ok()?) {
        return None;
    }
    if !day.is_empty() {
        found.due = Some(yyyymmdd(day)?);
    }
    if !symbols.into_iter().all(|(kind, digits)| found.set_symbol(kind, digits)) {
        return None;
    }
    found.message = plain(note);
    found.refer(reference);
    for extension in [4, 10] {
        match fields.next() {
            "" | "0" => {}
            "1" => fields.skip(extension),
            _ => return None,
        }
    }
    Some(found)
}

/// The payee's name, and two lines of an address that a payment has no place for.
fn payee<'t>(fields: &mut Fields<'t, impl Iterator<Item = &'t str>>, found: &mut FoundPayment) {
    found.payee = plain(fields.next());
    fields.skip(2);
}

/// Writes a code of version 1.2, which has the payee's name.
pub(in crate::invoices) fn write(wanted: &PaymentWanted) -> Option<String> {
    let field = |text: &str, longest: usize| plain(text).unwrap_or_default().chars().take(longest).collect::<String>();
    let payload = [
        "",
        "1",
        "1",
        &wanted.amount.map(|amount| amount.plain()).unwrap_or_default(),
        &wanted.currency.to_string(),
        "",
        &wanted.variable_symbol,
        &wanted.constant_symbol,
        &wanted.specific_symbol,
        "",
        &field(&wanted.message, 140),
        "1",
        &wanted.account,
        "",
        "0",
        "0",
        &field(&wanted.payee, 70),
        "",
        "",
    ]
    .join("\t");
    packed(&payload)
}

fn packed(payload: &str) -> Option<String> {
    let mut data = crc32fast::hash(payload.as_bytes()).to_le_bytes().to_vec();
    data.extend_from_slice(payload.as_bytes());
    let mut code = vec![2, 0];
    code.extend_from_slice(&u16::try_from(data.len()).ok()?.to_le_bytes());
    let options = LzmaOptions { dict_size: DICTIONARY, ..LzmaOptions::with_preset(6) };
    // Readers that expect the mark at the end fail without it; all others take it.
    let mut writer = LzmaWriter::new_no_header(code, &options, true).ok()?;
    writer.write_all(&data).ok()?;
    Some(BASE32HEX_NOPAD.encode(&writer.finish().ok()?))
}
