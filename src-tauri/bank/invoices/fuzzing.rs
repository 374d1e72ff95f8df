//! What must hold of every file, whatever stands in it.

use super::{FoundPayment, read};
use crate::iban;
use crate::reference;
use crate::settings::Language;
use chrono::NaiveDate;

/// A file is read or refused, in time and without a panic; what is found is sound, and a file in which nothing is found says why.
pub fn invoice(file: &[u8]) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
    let reading = read(file, Language::Sk, today);
    assert!(!reading.payments.is_empty() || !reading.warnings.is_empty());
    reading.payments.iter().for_each(|found| hold(found, today));
}

fn hold(found: &FoundPayment, today: NaiveDate) {
    assert!(found.account.is_some() || found.unpayable.is_some());
    for account in found.account.iter().chain(&found.other_accounts) {
        assert_eq!(iban::parse(account).as_ref(), Ok(account));
    }
    if let Some(amount) = found.amount {
        assert!(amount.minor().is_ok_and(|minor| minor > 0));
        assert_eq!(found.currency, Some(amount.currency));
    }
    assert!(found.pay_on.is_none_or(|day| day >= today && found.due == Some(day)));
    for (symbol, longest) in [(&found.variable_symbol, 10), (&found.specific_symbol, 10), (&found.constant_symbol, 4)] {
        if let Some(symbol) = symbol.as_ref().filter(|symbol| reference::parse(symbol).is_none()) {
            assert!(!symbol.is_empty() && symbol.len() <= longest && symbol.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
    for text in [&found.payee, &found.message].into_iter().flatten() {
        assert!(!text.is_empty() && !text.chars().any(char::is_control));
    }
}
