//! What must hold of every file, whatever stands in it.

use super::{Known, MOST_LINES, Orders, read};
use crate::money::Currency;
use crate::payments::Field;

/// A file is read or refused, in time and without a panic. An amount that was read is above zero and fits its currency, and one that was
/// not is a problem of its line; nothing that could be read in two ways is read before it was answered.
pub fn orders(file: &[u8]) {
    let answered = |comma| Known { currency: Some(Currency::EUR), decimal_comma: Some(comma), day_first: Some(comma) };
    for known in [Known::default(), answered(true), answered(false)] {
        let first = read(file, &known);
        assert_eq!(first, read(file, &known));
        if let Ok(orders) = first {
            hold(&orders);
        }
    }
}

fn hold(orders: &Orders) {
    assert!(!orders.orders.is_empty() && orders.orders.len() <= MOST_LINES);
    for order in &orders.orders {
        let wrong = order.problems.iter().any(|found| found.field == Field::Amount);
        match order.amount {
            Some(money) => {
                assert!(!wrong && money.minor().is_ok_and(|minor| minor > 0));
                assert_eq!(Some(money.currency), order.currency);
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let (written, read) = (digits(&order.amount_text), digits(&money.plain()));
                let whole = |digits: &str| digits.trim_matches('0').to_owned();
                assert_eq!(whole(&written), whole(&read), "{}", order.amount_text);
            }
            None => assert!(wrong || order.currency.is_none()),
        }
    }
}
