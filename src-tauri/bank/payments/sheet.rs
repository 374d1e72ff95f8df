//! The review sheet: made from the stored draft only, and bound to it by a hash.

use super::form::Reading;
use super::warnings;
use super::{BulkReview, PaymentId, Review, Warning};
use crate::everifin::{NewBulk, NewPayment};
use crate::failure::{FailureKind, Result};
use crate::iban::AccountCheck;
use crate::store::accounts::Account;
use crate::store::payments::Facts;
use sha2::{Digest, Sha256};

/// Makes the sheet from a form without problems; `DraftInvalid` otherwise.
pub(crate) fn of(id: PaymentId, form: Reading, from: Option<&Account>, facts: &Facts) -> Result<Review> {
    let invalid = || FailureKind::DraftInvalid;
    if !form.problems.is_empty() {
        return Err(invalid().into());
    }
    let from = from.ok_or_else(invalid)?;
    let from_iban = from.iban.clone().ok_or_else(invalid)?;
    let amount = form.amount.ok_or_else(invalid)?;
    let warnings = warnings::of(&form, Some(from), facts);
    let (leaving, carried) = (form.leaving(from, facts), form.carried());
    let AccountCheck::Valid { iban, country, bank, .. } = form.account else { return Err(invalid().into()) };
    let mut review = Review {
        id,
        hash: String::new(),
        amount,
        from_name: from.name.clone(),
        from_iban,
        bank: from.bank.clone(),
        payee: form.payee,
        iban,
        country,
        payee_bank: bank,
        pay_on: form.pay_on,
        leaving,
        variable_symbol: form.variable_symbol,
        specific_symbol: form.specific_symbol,
        constant_symbol: form.constant_symbol,
        reference: form.reference,
        message: form.message,
        carried,
        balance_after: warnings::spendable(from).and_then(|now| now.checked_sub(amount).ok()),
        warnings,
        needs_release: false,
    };
    review.hash = hash(&review);
    Ok(review)
}

/// The hash that a confirmation carries: SHA-256 in lower-case hex over everything that decides which money goes where, and
/// over the kinds of warnings that were shown, so that a warning that arises in between is shown before anything is sent.
/// Names and balances that only describe the payer's account are left out: a sync may change them at any moment.
fn hash(review: &Review) -> String {
    let mut text = Encoding::new("saldo review 1");
    text.field("payment", Some(&review.id.0.to_string()));
    text.field("amount", Some(&review.amount.amount.normalize().to_string()));
    text.field("currency", Some(&review.amount.currency.to_string()));
    text.field("from", Some(&review.from_iban));
    text.field("payee", Some(&review.payee));
    text.field("iban", Some(&review.iban));
    text.field("day", Some(&review.pay_on.to_string()));
    text.field("vs", review.variable_symbol.as_deref());
    text.field("ss", review.specific_symbol.as_deref());
    text.field("ks", review.constant_symbol.as_deref());
    text.field("message", review.message.as_deref());
    if let Some(reference) = &review.reference {
        text.field("reference", Some(reference));
    }
    for warning in &review.warnings {
        match warning {
            Warning::FirstPayment => text.field("warning", Some("first payment")),
            Warning::OtherAccount { last_iban, .. } => text.field("warning other account", Some(last_iban)),
            Warning::LikelyDuplicate { day, .. } => text.field("warning duplicate", Some(&day.to_string())),
            Warning::EarlierUnknown => text.field("warning", Some("earlier unknown")),
            Warning::SymbolPaid { day, .. } => text.field("warning symbol paid", Some(&day.to_string())),
            Warning::UnusualAmount { .. } => text.field("warning", Some("unusual amount")),
            Warning::LargestOfAll { .. } => text.field("warning", Some("largest of all")),
            // Follow from the fields above, or from a balance that a sync may change.
            Warning::NotCovered { .. }
            | Warning::UnderLowest { .. }
            | Warning::OtherCountry { .. }
            | Warning::OutsideSepa { .. }
            | Warning::ForeignCurrency { .. }
            | Warning::NationalCheck => {}
        }
    }
    text.digest()
}

/// A hash of what is sent to Everifin, for the journal: it proves later what was asked for. The address to return to is left
/// out, because it holds the nonce.
pub(crate) fn payload_hash(payment: &NewPayment) -> String {
    let line = &payment.line;
    let mut text = Encoding::new("saldo payload 1");
    text.field("external id", Some(&payment.external_id));
    text.field("amount", Some(&line.amount.amount.normalize().to_string()));
    text.field("currency", Some(&line.amount.currency.to_string()));
    text.field("from", Some(&payment.from_iban));
    text.field("payee", Some(&line.payee));
    text.field("iban", Some(&line.iban));
    text.field("day", payment.pay_on.map(|day| day.to_string()).as_deref());
    text.field("vs", line.variable_symbol.as_deref());
    text.field("ss", line.specific_symbol.as_deref());
    text.field("ks", line.constant_symbol.as_deref());
    text.field("message", line.message.as_deref());
    if let Some(reference) = &line.reference {
        text.field("reference", Some(reference));
    }
    text.digest()
}

/// The same for a bulk.
pub(crate) fn bulk_payload_hash(bulk: &NewBulk) -> String {
    let mut text = Encoding::new("saldo bulk payload 1");
    text.field("external id", Some(&bulk.external_id));
    text.field("name", Some(&bulk.name));
    text.field("from", Some(&bulk.from_iban));
    text.field("day", bulk.pay_on.map(|day| day.to_string()).as_deref());
    for line in &bulk.lines {
        text.field("amount", Some(&line.amount.amount.normalize().to_string()));
        text.field("currency", Some(&line.amount.currency.to_string()));
        text.field("payee", Some(&line.payee));
        text.field("iban", Some(&line.iban));
        text.field("vs", line.variable_symbol.as_deref());
        text.field("ss", line.specific_symbol.as_deref());
        text.field("ks", line.constant_symbol.as_deref());
        text.field("reference", line.reference.as_deref());
        text.field("message", line.message.as_deref());
    }
    text.digest()
}

/// The hash that the confirmation of a bulk carries, over the hashes of its lines: whatever changes in one of them, and a line
/// that is added, taken out or put elsewhere, changes it.
pub(crate) fn bulk_hash(review: &BulkReview) -> String {
    let mut text = Encoding::new("saldo bulk review 1");
    text.field("bulk", Some(&review.id.0.to_string()));
    text.field("total", Some(&review.total.amount.normalize().to_string()));
    text.field("count", Some(&review.lines.len().to_string()));
    for line in &review.lines {
        text.field("line", Some(&line.hash));
    }
    text.digest()
}

/// An unambiguous encoding: name, a mark for present or absent, and the value, each behind its length in bytes.
struct Encoding(Sha256);

impl Encoding {
    fn new(version: &str) -> Self {
        let mut encoding = Self(Sha256::new());
        encoding.part(version);
        encoding
    }

    fn field(&mut self, name: &str, value: Option<&str>) {
        self.part(name);
        self.0.update([u8::from(value.is_some())]);
        self.part(value.unwrap_or_default());
    }

    fn part(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
    }

    fn digest(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};
    use crate::payments::{Leaving, PlainTexts};
    use crate::store::accounts::Bank;

    fn sheet() -> Review {
        let day = "2026-11-23".parse().unwrap();
        Review {
            id: PaymentId(7),
            hash: String::new(),
            amount: Money::from_minor(184_000, Currency::EUR),
            from_name: "Operating account".into(),
            from_iban: "SK3112000000198742637541".into(),
            bank: Bank { name: "Tatra banka".into(), short: "TB".into(), country: "SK".into() },
            payee: "Kovostav Hron s.r.o.".into(),
            iban: "SK6807200002891987426353".into(),
            country: "SK".into(),
            payee_bank: None,
            pay_on: day,
            leaving: Leaving { day, moved: false, today: true, late: false, closes: None },
            variable_symbol: Some("2026104418".into()),
            specific_symbol: None,
            constant_symbol: Some("0308".into()),
            reference: None,
            message: Some("Faktúra".into()),
            carried: PlainTexts::default(),
            balance_after: None,
            warnings: vec![Warning::FirstPayment],
            needs_release: false,
        }
    }

    /// Computed once by other means from the encoding's description: whoever changes the encoding changes its version.
    #[test]
    fn the_hash_is_the_one_that_was_agreed() {
        assert_eq!(hash(&sheet()), "5ceb918d032a0ce165eff28be31eb5c3c3d93c04c0001f645a3d014127bd87c1");
    }

    #[test]
    fn fields_cannot_run_into_each_other() {
        let moved = Review { variable_symbol: None, specific_symbol: Some("2026104418".into()), ..sheet() };
        let empty = Review { specific_symbol: Some(String::new()), ..sheet() };
        let joined =
            Review { payee: "Kovostav Hron s.r.o.SK68".into(), iban: "07200002891987426353".into(), ..sheet() };
        let referred = Review { variable_symbol: None, reference: Some("2026104418".into()), ..sheet() };
        let unwarned = Review { warnings: Vec::new(), ..sheet() };
        let mut hashes: Vec<_> = [sheet(), moved, empty, joined, referred, unwarned].iter().map(hash).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 6);
    }

    #[test]
    fn what_a_sync_may_change_is_not_part_of_it() {
        let after = Some(Money::zero(Currency::EUR));
        let synced =
            Review { from_name: "Renamed".into(), balance_after: after, payee_bank: Some("X".into()), ..sheet() };
        assert_eq!(hash(&synced), hash(&sheet()));
        let amount = Money::new("1840".parse().unwrap(), Currency::EUR);
        assert_eq!(hash(&Review { amount, ..sheet() }), hash(&sheet()), "1840 and 1840.00 are the same money");
    }
}
