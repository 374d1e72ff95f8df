//! What is wrong with a payment form, field by field. Pure: the store's answers come in as [`Facts`].

use super::warnings;
use super::{DraftCheck, DraftInput, Field, FieldProblem, Leaving, PlainTexts, Problem};
use crate::calendar;
use crate::iban::{self, AccountCheck};
use crate::money::{AmountProblem, Currency, Money, parse_typed_amount};
use crate::reference;
use crate::sepa;
use crate::settings::Language;
use crate::store::accounts::Account;
use crate::store::payments::Facts;
use crate::symbols::{self, SymbolProblem};
use chrono::{Days, Months, NaiveDate};
use unicode_normalization::UnicodeNormalization;

/// Longest payee's name and message, in characters (everifin-api.md 6.1).
const LONGEST_TEXT: usize = 140;

/// A form as it was understood: each field as it would be sent, where it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) payee: String,
    pub(crate) account: AccountCheck,
    pub(crate) amount: Option<Money>,
    /// The execution date; the day of reading when none was chosen.
    pub(crate) pay_on: NaiveDate,
    /// The day of reading.
    today: NaiveDate,
    pub(crate) variable_symbol: Option<String>,
    pub(crate) specific_symbol: Option<String>,
    pub(crate) constant_symbol: Option<String>,
    /// A creditor reference, which takes the place of all symbols.
    pub(crate) reference: Option<String>,
    pub(crate) message: Option<String>,
    /// In the order of the fields.
    pub(crate) problems: Vec<FieldProblem>,
}

impl Reading {
    /// Reads a form. `from` is the account to pay from, where there is one by the id given; `language` decides how a typed
    /// amount groups its digits.
    pub(crate) fn of(input: &DraftInput, from: Option<&Account>, language: Language, today: NaiveDate) -> Self {
        let mut problems = Problems(Vec::new());
        let currency = input.currency.parse::<Currency>().ok();

        if input.from.is_none() {
            problems.add(Field::From, Problem::Missing);
        } else if !from
            .is_some_and(|account| account.can_pay && account.iban.is_some() && Some(account.currency) == currency)
        {
            problems.add(Field::From, Problem::CannotPayFrom);
        }

        let payee = problems.text(Field::Payee, &input.payee);
        if payee.is_empty() {
            problems.add(Field::Payee, Problem::Missing);
        }

        let account = iban::check_account(&input.account);
        match &account {
            AccountCheck::Empty => problems.add(Field::Account, Problem::Missing),
            AccountCheck::Unfinished => problems.add(Field::Account, Problem::AccountUnfinished),
            AccountCheck::Wrong { .. } => problems.add(Field::Account, Problem::AccountWrong),
            AccountCheck::Valid { .. } => {}
        }

        let amount = problems.amount(&input.amount, currency, language);

        let pay_on = input.pay_on.unwrap_or(today);
        let last = today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
        if pay_on < today || pay_on > last {
            problems.add(Field::PayOn, Problem::Day);
        }

        // A payee asks for one or the other, so both are typed in one place.
        let (variable_symbol, reference) = if reference::is_meant(&input.variable_symbol) {
            (None, problems.reference(Field::VariableSymbol, &input.variable_symbol))
        } else {
            let kind = symbols::Kind::Variable;
            (problems.symbol(Field::VariableSymbol, kind, &input.variable_symbol), None)
        };
        let specific_symbol = problems.symbol(Field::SpecificSymbol, symbols::Kind::Specific, &input.specific_symbol);
        let constant_symbol = problems.symbol(Field::ConstantSymbol, symbols::Kind::Constant, &input.constant_symbol);
        if reference::is_meant(&input.variable_symbol) {
            problems.beside_reference(Field::SpecificSymbol, specific_symbol.as_ref());
            problems.beside_reference(Field::ConstantSymbol, constant_symbol.as_ref());
        }
        let payer = from.and_then(|account| account.iban.as_deref()).unwrap_or_default();
        if constant_symbol.as_ref().is_some_and(|symbol| symbols::refused_by_bank(symbol, payer)) {
            problems.once(Field::ConstantSymbol, Problem::RefusedByBank);
        }
        let message = Some(problems.text(Field::Message, &input.message)).filter(|text| !text.is_empty());

        // What the scheme makes longer has to fit too.
        let fits = |text: &String| sepa::carried(text).chars().count() <= LONGEST_TEXT;
        if by_sepa(currency, &account) && message.as_ref().is_some_and(|text| !fits(text)) {
            problems.once(Field::Message, Problem::TooLong);
        }

        let problems = problems.0;
        Self {
            payee,
            account,
            amount,
            pay_on,
            today,
            variable_symbol,
            specific_symbol,
            constant_symbol,
            reference,
            message,
            problems,
        }
    }

    /// When the payment leaves the bank of `from`.
    pub(crate) fn leaving(&self, from: &Account, facts: &Facts) -> Leaving {
        let country = from.iban.as_deref().map_or("", iban::country);
        let moved = !calendar::settles(from.currency, country, self.pay_on);
        let over = facts.closes.is_some_and(|closes| facts.at_banks >= self.today.and_time(closes));
        let late = over && !moved && self.pay_on == self.today;
        let wanted = self.pay_on.checked_add_days(Days::new(u64::from(late))).unwrap_or(self.pay_on);
        let day = calendar::leaves(from.currency, country, wanted);
        Leaving { day, moved, today: day == self.today, late, closes: facts.closes }
    }

    /// How the payee will probably read the texts.
    pub(crate) fn carried(&self) -> PlainTexts {
        if !by_sepa(self.amount.map(|amount| amount.currency), &self.account) {
            return PlainTexts::default();
        }
        let name: String = sepa::carried(&self.payee).chars().take(sepa::LONGEST_NAME).collect();
        PlainTexts {
            payee: Some(name).filter(|name| *name != self.payee),
            message: self
                .message
                .as_ref()
                .map(|text| sepa::carried(text).into_owned())
                .filter(|text| Some(text) != self.message.as_ref()),
        }
    }

    /// The payee's IBAN, where the account number is valid.
    pub(crate) fn iban(&self) -> Option<&str> {
        match &self.account {
            AccountCheck::Valid { iban, .. } => Some(iban),
            _ => None,
        }
    }

    /// What the form shows beside the fields.
    pub(crate) fn into_check(self, from: Option<&Account>, facts: &Facts) -> DraftCheck {
        let balance_now = from.and_then(warnings::spendable);
        let balance_after = balance_now.zip(self.amount).and_then(|(now, amount)| now.checked_sub(amount).ok());
        let leaving = from
            .filter(|_| self.problems.iter().all(|found| found.field != Field::PayOn))
            .map(|from| self.leaving(from, facts));
        let carried = self.carried();
        DraftCheck {
            warnings: warnings::of(&self, from, facts),
            account: self.account,
            amount: self.amount,
            problems: self.problems,
            balance_now,
            balance_after,
            paid_times: facts.paid_times,
            leaving,
            carried,
        }
    }
}

/// Whether a payment goes by the euro payment scheme.
fn by_sepa(currency: Option<Currency>, account: &AccountCheck) -> bool {
    let reached = matches!(account, AccountCheck::Valid { country, .. } if sepa::reaches(country));
    reached && currency == Some(Currency::EUR)
}

/// Reads fields one by one, and keeps what is wrong with them.
pub(crate) struct Problems(pub(crate) Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(FieldProblem { field, problem });
    }

    /// Adds a problem to a field that has none yet.
    fn once(&mut self, field: Field, problem: Problem) {
        if self.0.iter().all(|found| found.field != field) {
            self.add(field, problem);
        }
    }

    /// A free text as it would be sent: composed (NFC), so that an accent counts as one character, and without outer spaces.
    pub(crate) fn text(&mut self, field: Field, typed: &str) -> String {
        let text: String = typed.trim().nfc().collect();
        if text.chars().count() > LONGEST_TEXT {
            self.add(field, Problem::TooLong);
        } else if !text.chars().all(can_be_sent) {
            self.add(field, Problem::Characters);
        }
        text
    }

    /// A symbol, where there is one.
    pub(crate) fn symbol(&mut self, field: Field, kind: symbols::Kind, typed: &str) -> Option<String> {
        symbols::parse(kind, typed).unwrap_or_else(|problem| {
            self.add(
                field,
                match problem {
                    SymbolProblem::NotDigits => Problem::NotDigits,
                    SymbolProblem::TooLong => Problem::TooLong,
                },
            );
            None
        })
    }

    fn reference(&mut self, field: Field, typed: &str) -> Option<String> {
        let read = reference::parse(typed);
        if read.is_none() {
            self.add(field, Problem::ReferenceWrong);
        }
        read
    }

    /// Everifin takes symbols or a reference, never both (everifin-api.md 6.1).
    fn beside_reference(&mut self, field: Field, symbol: Option<&String>) {
        if symbol.is_some() {
            self.once(field, Problem::BesideReference);
        }
    }

    /// An amount to be paid.
    pub(crate) fn amount(&mut self, typed: &str, currency: Option<Currency>, language: Language) -> Option<Money> {
        let read = match currency {
            Some(currency) => parse_typed_amount(typed, currency, language),
            None if typed.trim().is_empty() => Err(AmountProblem::Empty),
            // An amount without a currency is none.
            None => Err(AmountProblem::NotAnAmount),
        };
        read.map_err(|problem| self.add(Field::Amount, problem.into())).ok()
    }
}

/// Whether a payment can carry a character. Refused are those that a bank drops or that make a text look like another one:
/// control and formatting characters (reversed writing, zero width), right-to-left letters, pictures, private use.
/// Letters that SEPA does not have are no problem: they are sent as typed, and [`PlainTexts`] says how they come out.
fn can_be_sent(c: char) -> bool {
    !c.is_control()
        && !matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x0590..=0x08FF
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0x2190..=0x2BFF | 0x3164
            | 0xD800..=0xF8FF
            | 0xFB1D..=0xFDFF | 0xFE00..=0xFE0F | 0xFE70..=0xFEFF | 0xFFA0 | 0xFFF0..=u32::MAX)
}
