//! What must hold of every file, whatever stands in it.

use super::{Answers, Proof, Reversals, Statement, Warning, read};
use crate::money::Currency;

/// A file is read or refused, in time and without a panic; what is read says truly whether it adds up, and reading it again gives the
/// same.
pub fn statement(file: &[u8]) {
    let answered = Answers {
        currency: Some(Currency::EUR),
        decimal: Some(','),
        day_first: Some(true),
        reversals: Some(Reversals::FourAndFive),
        ..Answers::default()
    };
    for answers in [Answers::default(), answered] {
        let first = read(file, &answers);
        assert_eq!(first, read(file, &answers));
        first.unwrap_or_default().iter().for_each(hold);
    }
}

fn hold(statement: &Statement) {
    let said = statement.warnings.iter().any(|warning| matches!(warning, Warning::DoesNotAddUp { .. }));
    assert_eq!(said, matches!(statement.proof(), Proof::Missing(_)));
    for row in &statement.rows {
        assert!(row.line >= 1 && !row.raw.is_empty());
        let symbols = [&row.variable_symbol, &row.constant_symbol, &row.specific_symbol];
        for symbol in symbols.into_iter().flatten() {
            assert!(!symbol.is_empty() && symbol.len() <= 10 && symbol.bytes().all(|byte| byte.is_ascii_digit()));
        }
        if let Some(iban) = &row.counterparty_iban {
            assert_eq!(crate::iban::parse(iban).as_ref(), Ok(iban));
        }
    }
}
