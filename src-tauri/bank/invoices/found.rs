//! A payment that was read, field by field, with where it was read and what is to be looked at before it is used.

use crate::iban;
use crate::money::{Currency, Money};
use crate::payments::Field;
use crate::reference;
use crate::statements::text;
use crate::symbols::{self, Kind, Symbols};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Longest text that is taken over, in characters. The form says itself what is too long for a payment.
const LONGEST_TEXT: usize = 300;

/// What a payment was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SourceFormat {
    /// PAY by square, the Slovak code.
    PayBySquare,
    /// QR Platba (SPAYD), the Czech code.
    Spayd,
    /// The code of the European Payments Council.
    Epc,
    /// A PayMe link.
    PayMe,
    /// ISDOC, the Czech electronic invoice.
    Isdoc,
    /// UBL, as in Peppol.
    Ubl,
    /// Cross Industry Invoice: Factur-X, ZUGFeRD, XRechnung.
    Cii,
    /// Words and numbers for people.
    Text,
}

impl SourceFormat {
    /// What a file is called that holds it.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::PayBySquare => "pay-by-square",
            Self::Spayd => "qr-platba",
            Self::Epc => "epc-qr",
            Self::PayMe => "payme",
            Self::Isdoc => "isdoc",
            Self::Ubl => "ubl",
            Self::Cii => "cii",
            Self::Text => "text",
        }
    }
}

/// Where it stood.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FoundPlace {
    /// It is what was given: the file itself, or the pasted text.
    Itself,
    /// A code in a picture.
    Picture,
    /// On a page of a document.
    Page {
        /// From 1.
        number: u32,
    },
    /// A file inside of the one given.
    Inside {
        /// Its name.
        name: String,
    },
}

/// Where a payment was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundSource {
    /// In what it was written.
    pub format: SourceFormat,
    /// Where that stood.
    pub place: FoundPlace,
}

/// What is to be looked at in a field before it is used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DoubtKind {
    /// Nothing says the amount.
    AmountOpen,
    /// Nothing says the currency; it follows from the account's country.
    CurrencyAssumed,
    /// Several amounts stand there; this is the one nearest to words like "to pay".
    AmountChosen,
    /// The account's national check digits are wrong.
    NationalCheck,
    /// More accounts are named; this is the first.
    OtherAccounts,
    /// The due day is over: the payment would go today.
    Overdue,
    /// It asks for a standing order; this would be one payment.
    Standing,
    /// The symbol was given as a reference only.
    FromReference,
    /// The symbol was found among words.
    FromText,
    /// The constant symbol has more digits than one may have, and was left out.
    LeftOut,
    /// The payee's reference stands in the message, because payments have no field for it.
    ReferenceAsMessage,
    /// A reference that does not fit beside the message.
    ReferenceLeftOut {
        /// It.
        reference: String,
    },
    /// The code's own check sum does not hold. Programs compute it in two ways, so that it proves little.
    CheckSum,
}

/// A doubt about a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldDoubt {
    /// Which field.
    pub field: Field,
    /// What.
    pub doubt: DoubtKind,
}

/// Why something that was read is not to be paid by a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Unpayable {
    /// A credit note: money that comes back.
    CreditNote,
    /// The payee collects it.
    DirectDebit,
    /// Paid in cash, by card, or set off.
    OtherMeans,
    /// Nothing is left to pay.
    Nothing,
}

/// A payment that was read. What is absent was not there. Nothing of it is used before the owner has seen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundPayment {
    /// Where it was read.
    pub source: FoundSource,
    /// Payee's name.
    pub payee: Option<String>,
    /// Payee's IBAN without spaces; valid.
    pub account: Option<String>,
    /// More accounts of the payee, at most four.
    pub other_accounts: Vec<String>,
    /// Amount, above zero.
    pub amount: Option<Money>,
    /// The currency, where it is known without an amount too.
    pub currency: Option<Currency>,
    /// Until when it is to be paid.
    pub due: Option<NaiveDate>,
    /// The day to pay on: the due day, unless it is over.
    pub pay_on: Option<NaiveDate>,
    /// Variable symbol, or a creditor reference in its place.
    pub variable_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Message for the payee.
    pub message: Option<String>,
    /// What is to be looked at.
    pub doubts: Vec<FieldDoubt>,
    /// Why it is not to be paid by a transfer; none where it is.
    pub unpayable: Option<Unpayable>,
}

impl FoundPayment {
    pub(super) fn new(format: SourceFormat, place: &FoundPlace) -> Self {
        Self {
            source: FoundSource { format, place: place.clone() },
            payee: None,
            account: None,
            other_accounts: Vec::new(),
            amount: None,
            currency: None,
            due: None,
            pay_on: None,
            variable_symbol: None,
            specific_symbol: None,
            constant_symbol: None,
            message: None,
            doubts: Vec::new(),
            unpayable: None,
        }
    }

    pub(super) fn doubt(&mut self, field: Field, doubt: DoubtKind) {
        let doubt = FieldDoubt { field, doubt };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Accounts of which the first is the one to pay to.
    pub(super) fn set_accounts(&mut self, accounts: Vec<String>) {
        let mut accounts = accounts.into_iter();
        self.account = accounts.next();
        self.other_accounts = accounts.take(4).collect();
        self.other_accounts.retain(|other| Some(other) != self.account.as_ref());
    }

    /// An amount as machines write it, with a point; false for what is none, has more decimals than its currency, or is not above zero.
    pub(super) fn set_amount(&mut self, written: &str, currency: Currency) -> bool {
        self.currency = Some(currency);
        self.amount = text::money(written, '.', currency).filter(|money| money.minor().is_ok_and(|minor| minor > 0));
        self.amount.is_some()
    }

    /// The currency that payments to the account's country have by custom, for a code that says none.
    pub(super) fn customary_currency(&mut self) -> Currency {
        let is_czech = self.account.as_deref().is_some_and(|account| iban::country(account) == "CZ");
        if !is_czech {
            self.doubt(Field::Amount, DoubtKind::CurrencyAssumed);
        }
        if is_czech { Currency::CZK } else { Currency::EUR }
    }

    /// A symbol in digits; false for what is none. Nothing and zeros are no symbol and right.
    pub(super) fn set_symbol(&mut self, kind: Kind, digits: &str) -> bool {
        let Ok(symbol) = symbols::parse(kind, digits) else { return false };
        match kind {
            Kind::Variable => self.variable_symbol = symbol,
            Kind::Specific => self.specific_symbol = symbol,
            Kind::Constant => self.constant_symbol = symbol,
        }
        true
    }

    /// The payee's own reference for the payment, after everything else is known: symbols where it is some, else the message.
    pub(super) fn refer(&mut self, reference: &str) {
        let Some(reference) = plain(reference) else { return };
        if let Some(Symbols { variable, specific, constant }) = symbols::parse_reference(&reference) {
            self.variable_symbol = variable.or(self.variable_symbol.take());
            self.specific_symbol = specific.or(self.specific_symbol.take());
            self.constant_symbol = constant.or(self.constant_symbol.take());
        } else if let Ok(Some(symbol)) = symbols::parse(Kind::Variable, &reference) {
            if self.variable_symbol.is_none() {
                self.variable_symbol = Some(symbol);
                self.doubt(Field::VariableSymbol, DoubtKind::FromReference);
            } else if !symbols::same(self.variable_symbol.as_deref(), Some(&symbol)) {
                self.doubt(Field::Message, DoubtKind::ReferenceLeftOut { reference });
            }
        } else if let Some(creditor) = self.creditor_reference(&reference) {
            self.variable_symbol = Some(creditor);
        } else if self.message.is_none() {
            self.message = Some(reference);
            self.doubt(Field::Message, DoubtKind::ReferenceAsMessage);
        } else if self.message.as_ref() != Some(&reference) {
            self.doubt(Field::Message, DoubtKind::ReferenceLeftOut { reference });
        }
    }

    /// A creditor reference (ISO 11649), which stands in the field of the variable symbol where there are no symbols.
    fn creditor_reference(&self, written: &str) -> Option<String> {
        let symbols = [&self.variable_symbol, &self.specific_symbol, &self.constant_symbol];
        reference::parse(written).filter(|_| symbols.into_iter().all(Option::is_none))
    }

    /// Whether there is enough to begin a payment with.
    pub(super) fn says_something(&self) -> bool {
        self.account.is_some() || self.unpayable.is_some()
    }

    /// Says what only the whole tells; `today` is the day of reading.
    pub(super) fn settled(mut self, today: NaiveDate) -> Self {
        self.pay_on = self.due.filter(|due| *due >= today);
        if self.due.is_some() && self.pay_on.is_none() {
            self.doubt(Field::PayOn, DoubtKind::Overdue);
        }
        if self.amount.is_none() && self.unpayable.is_none() {
            self.doubt(Field::Amount, DoubtKind::AmountOpen);
        }
        if let Some(account) = &self.account {
            let check = iban::check_account(account);
            if matches!(check, iban::AccountCheck::Valid { national_check_failed: true, .. }) {
                self.doubt(Field::Account, DoubtKind::NationalCheck);
            }
        }
        if !self.other_accounts.is_empty() {
            self.doubt(Field::Account, DoubtKind::OtherAccounts);
        }
        self
    }
}

/// A text in one line, without what cannot be seen; none when nothing is left.
pub(super) fn plain(text: &str) -> Option<String> {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_TEXT * 4).collect();
    let joined = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(joined.chars().take(LONGEST_TEXT).collect::<String>()).filter(|text| !text.is_empty())
}

/// A day as codes write it: `YYYYMMDD`.
pub(super) fn yyyymmdd(digits: &str) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| digits.get(from..to);
    if digits.len() != 8 {
        return None;
    }
    NaiveDate::from_ymd_opt(text::number(part(0, 4)?)?, text::number(part(4, 6)?)?, text::number(part(6, 8)?)?)
}
