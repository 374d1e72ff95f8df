//! The code of the European Payments Council (EPC069-12): lines in a fixed order, euro only.

use crate::iban;
use crate::invoices::found::{FoundPayment, FoundPlace, SourceFormat, plain};
use crate::invoices::writing::PaymentWanted;
use crate::money::Currency;
use rust_decimal::Decimal;

/// Most bytes of a code (version 13 with error correction M).
pub(in crate::invoices) const LONGEST: usize = 331;

/// The largest amount, in cents.
const LARGEST: Decimal = Decimal::from_parts(1_215_752_191, 23, 0, false, 2);

/// Reads a code; none where it is not one to pay by.
pub(super) fn read(text: &str, place: &FoundPlace) -> Option<FoundPayment> {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let line = |number: usize| lines.get(number).copied().unwrap_or_default().trim();
    let version_sound = match line(1) {
        "001" => !line(4).is_empty(),
        "002" => true,
        _ => false,
    };
    let charset_sound = matches!(line(2).as_bytes(), [b'1'..=b'8']);
    if !version_sound || !charset_sound || line(3) != "SCT" || lines.len() > 12 {
        return None;
    }
    let mut found = FoundPayment::new(SourceFormat::Epc, place);
    found.payee = Some(plain(line(5))?);
    found.account = Some(iban::parse(line(6)).ok()?);
    found.currency = Some(Currency::EUR);
    if !line(7).is_empty() {
        let amount = line(7).strip_prefix("EUR")?;
        if !found.set_amount(amount, Currency::EUR) || found.amount.is_some_and(|money| money.amount > LARGEST) {
            return None;
        }
    }
    let (reference, message) = (line(9), line(10));
    if !reference.is_empty() && !message.is_empty() {
        return None;
    }
    found.message = plain(message);
    found.refer(reference);
    Some(found)
}

/// Writes a code; none where it cannot be: another currency, no name, or longer than a code may be.
pub(in crate::invoices) fn write(wanted: &PaymentWanted) -> Option<String> {
    if wanted.currency != Currency::EUR {
        return None;
    }
    let one_line = |text: &str, longest: usize| {
        plain(text).unwrap_or_default().chars().take(longest).collect::<String>().trim_end().to_owned()
    };
    let name = one_line(&wanted.payee, 70);
    let amount = wanted.amount.map(|amount| format!("EUR{}", amount.plain())).unwrap_or_default();
    let message = one_line(&wanted.message_with_symbols(), 140);
    let lines = ["BCD", "002", "1", "SCT", "", &name, &wanted.account, &amount, "", "", &message];
    let code = lines.join("\n").trim_end_matches('\n').to_owned();
    (!name.is_empty() && code.len() <= LONGEST).then_some(code)
}
