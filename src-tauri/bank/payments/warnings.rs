//! What the owner must read before paying. Warnings never block: paying the same twice on purpose stays possible (P22).

use super::Warning;
use super::form::Reading;
use crate::iban::{self, AccountCheck};
use crate::money::{Currency, Money};
use crate::sepa;
use crate::store::accounts::Account;
use crate::store::payments::Facts;
use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

/// How many times the most that was paid to an account is unusual there.
const UNUSUAL_TIMES: i64 = 3;

/// Payments to an account before one can be unusual there.
const HABIT: u32 = 2;

/// How often a variable symbol may have been paid and still be an invoice's: one that comes again and again is the number of a
/// contract or of a customer.
const INVOICE_PAID: u32 = 2;

/// How far back a payment of the same amount to the same account counts as a likely duplicate, in days.
const DUPLICATE_DAYS: i64 = 45;

/// How near two payments of one amount to one account are the same rather than the next of a rhythm, in days.
const SAME_RUN_DAYS: i64 = 20;

/// The first and the last day on which the same payment is a likely duplicate of one made `today`. Days ahead count too: a
/// payment ordered for next week is as much a duplicate as one of last week.
pub(crate) fn duplicate_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let span = TimeDelta::days(DUPLICATE_DAYS);
    (
        today.checked_sub_signed(span).unwrap_or(NaiveDate::MIN),
        today.checked_add_signed(TimeDelta::days(366)).unwrap_or(NaiveDate::MAX),
    )
}

/// The balance that a payment is measured by: what the bank lets out, or the booked balance where it does not say.
pub(crate) fn spendable(account: &Account) -> Option<Money> {
    account.available.or(account.booked).map(|balance| balance.money)
}

/// The warnings for a form that was read, the gravest first.
pub(crate) fn of(form: &Reading, from: Option<&Account>, facts: &Facts) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let Some(number) = form.iban() else { return warnings };

    if facts.unknown {
        warnings.push(Warning::EarlierUnknown);
    }
    // A known name with an account never paid before is the stronger of the two: it is how invoices are forged.
    if facts.paid_times == 0 && !facts.own {
        warnings.push(match &facts.last_by_name {
            Some((last_iban, last)) if last_iban != number => {
                Warning::OtherAccount { last_iban: last_iban.clone(), last: *last }
            }
            _ => Warning::FirstPayment,
        });
    }
    if let (Some(day), Some(amount)) = (facts.same_amount, form.amount) {
        warnings.push(Warning::LikelyDuplicate { day, amount });
    }
    warnings.extend(of_habits(form, facts));
    let after = from.and_then(spendable).zip(form.amount).and_then(|(now, amount)| now.checked_sub(amount).ok());
    match (after, facts.lowest) {
        (Some(after), _) if after.amount.is_sign_negative() => warnings.push(Warning::NotCovered { after }),
        (Some(after), Some(lowest)) if after.currency == lowest.currency && after.amount < lowest.amount => {
            warnings.push(Warning::UnderLowest { after, lowest });
        }
        _ => {}
    }
    let country = iban::country(number);
    if from.and_then(|account| account.iban.as_deref()).is_some_and(|payer| iban::country(payer) != country) {
        warnings.push(Warning::OtherCountry { country: country.to_owned() });
    }
    if let Some(currency) = form.amount.map(|amount| amount.currency) {
        // A currency's code begins with the country that issues it (ISO 4217), except the euro's.
        if currency == Currency::EUR && !sepa::reaches(country) {
            warnings.push(Warning::OutsideSepa { country: country.to_owned() });
        } else if currency != Currency::EUR && !currency.to_string().starts_with(country) {
            warnings.push(Warning::ForeignCurrency { currency, country: country.to_owned() });
        }
    }
    if matches!(form.account, AccountCheck::Valid { national_check_failed: true, .. }) {
        warnings.push(Warning::NationalCheck);
    }
    warnings
}

/// Whether the same seems to have been paid already: the same amount to the same account in these days, or an invoice of this symbol. A
/// payment that comes back month by month is another one.
pub(crate) fn is_paid(form: &Reading, facts: &Facts) -> bool {
    let near = |day: NaiveDate| (form.pay_on - day).num_days().abs() <= SAME_RUN_DAYS;
    let invoice = facts.habits.symbol_paid.is_some() && facts.habits.symbol_times <= INVOICE_PAID;
    facts.unknown || invoice || facts.same_amount.is_some_and(near)
}

/// What differs from how the owner pays otherwise.
fn of_habits(form: &Reading, facts: &Facts) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let habits = &facts.habits;
    // The same amount again has been said already, and of what nobody knows it is not said that it was paid.
    let said = |amount: Money| facts.same_amount.is_some() || (facts.unknown && form.amount == Some(amount));
    if let Some((day, amount)) =
        habits.symbol_paid.filter(|(_, amount)| !said(*amount) && habits.symbol_times <= INVOICE_PAID)
    {
        warnings.push(Warning::SymbolPaid { day, amount });
    }
    let Some(amount) = form.amount.filter(|amount| !facts.own && amount.amount >= floor(amount.currency)) else {
        return warnings;
    };
    let times = |most: &Money| most.amount.checked_mul(Decimal::from(UNUSUAL_TIMES)).unwrap_or(Decimal::MAX);
    if let Some(most) = habits.most_to_account.filter(|most| facts.paid_times >= HABIT && amount.amount > times(most)) {
        warnings.push(Warning::UnusualAmount { most });
    }
    if let Some(most) = habits.most_of_all.filter(|most| facts.paid_times == 0 && amount.amount > most.amount) {
        warnings.push(Warning::LargestOfAll { most });
    }
    warnings
}

/// Below this no amount is unusual.
fn floor(currency: Currency) -> Decimal {
    Decimal::from(if currency == Currency::CZK { 2_500 } else { 100 })
}
