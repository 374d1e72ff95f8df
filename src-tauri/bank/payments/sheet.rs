//! The review sheet: made from the stored draft only, and bound to it by a hash.

use super::form::Reading;
use super::warnings::{self, Facts};
use super::{PaymentId, Review, Warning};
use crate::everifin::NewPayment;
use crate::failure::{FailureKind, Result};
use crate::iban::AccountCheck;
use crate::store::accounts::Account;
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
        variable_symbol: form.variable_symbol,
        specific_symbol: form.specific_symbol,
        constant_symbol: form.constant_symbol,
        message: form.message,
        balance_after: warnings::spendable(from).and_then(|now| now.checked_sub(amount).ok()),
        warnings,
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
    for warning in &review.warnings {
        match warning {
            Warning::FirstPayment => text.field("warning", Some("first payment")),
            Warning::OtherAccount { last_iban, .. } => text.field("warning other account", Some(last_iban)),
            Warning::LikelyDuplicate { day, .. } => text.field("warning duplicate", Some(&day.to_string())),
            Warning::EarlierUnknown => text.field("warning", Some("earlier unknown")),
            // Follow from the fields above, or from a balance that a sync may change.
            Warning::NotCovered { .. } | Warning::OtherCountry { .. } | Warning::NationalCheck => {}
        }
    }
    text.digest()
}

/// A hash of what is sent to Everifin, for the journal: it proves later what was asked for. The address to return to is left
/// out, because it holds the nonce.
pub(crate) fn payload_hash(payment: &NewPayment) -> String {
    let mut text = Encoding::new("saldo payload 1");
    text.field("external id", Some(&payment.external_id));
    text.field("amount", Some(&payment.amount.amount.normalize().to_string()));
    text.field("currency", Some(&payment.amount.currency.to_string()));
    text.field("from", Some(&payment.from_iban));
    text.field("payee", payment.payee.as_deref());
    text.field("iban", Some(&payment.iban));
    text.field("day", payment.pay_on.map(|day| day.to_string()).as_deref());
    text.field("vs", payment.variable_symbol.as_deref());
    text.field("ss", payment.specific_symbol.as_deref());
    text.field("ks", payment.constant_symbol.as_deref());
    text.field("message", payment.message.as_deref());
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
