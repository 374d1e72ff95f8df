//! ABO, in files called GPC: lines of fixed columns of bytes in windows-1250. The columns are cut before anything is decoded.

use super::text::{ddmmyy, number, some};
use super::{Answers, Format, Owner, Proof, Statement, StatementRow, Unread, Warning};
use crate::money::{Currency, Money};
use crate::symbols::{self, Kind};
use encoding_rs::WINDOWS_1250;
use rust_decimal::Decimal;

/// What the posting codes beyond 1 (debit) and 2 (credit) mean; banks do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversals {
    /// 4 takes a debit back, 5 a credit.
    FourAndFive,
    /// 3 takes a debit back, 4 a credit.
    ThreeAndFour,
}

/// A line by its type.
struct Record<'f> {
    bytes: &'f [u8],
    line: u32,
}

/// Whether a file begins as one does.
pub(super) fn is_one(file: &[u8]) -> bool {
    file.starts_with(b"074") && file.get(3..19).is_some_and(|account| account.iter().all(u8::is_ascii_digit))
}

/// Reads all statements of a file. Lines of types that are not known are passed over.
pub(super) fn read(file: &[u8], answers: &Answers) -> Result<Vec<Statement>, Unread> {
    let mut statements = Vec::new();
    let mut open: Option<(Record<'_>, Vec<Record<'_>>)> = None;
    for (bytes, line) in file.split(|byte| *byte == b'\n').zip(1..) {
        let record = Record { bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes), line };
        match (record.bytes.get(..3), &mut open) {
            (Some(b"074"), _) => {
                if let Some((head, rows)) = open.replace((record, Vec::new())) {
                    statements.push(statement(&head, &rows, answers)?);
                }
            }
            (Some(b"075" | b"076" | b"078" | b"079"), Some((_, rows))) => rows.push(record),
            _ => {}
        }
    }
    if let Some((head, rows)) = open {
        statements.push(statement(&head, &rows, answers)?);
    }
    Ok(statements)
}

fn statement(head: &Record<'_>, records: &[Record<'_>], answers: &Answers) -> Result<Statement, Unread> {
    let movements = || records.iter().filter(|record| record.bytes.starts_with(b"075"));
    let currency = movements().find_map(currency).or(answers.currency).ok_or(Unread::Currency)?;
    let mut statement = Statement::new(Format::Gpc, currency);
    statement.account = head.account(3).map(Owner::Number);
    // The old balance is that of the day before.
    statement.from = ddmmyy(&head.text(39, 45)).and_then(|day| day.succ_opt());
    statement.to = ddmmyy(&head.text(108, 114));
    statement.opening = Some(head.balance(45, currency)?);
    statement.closing = Some(head.balance(60, currency)?);
    let mut unclear = Vec::new();
    for record in records {
        if record.bytes.starts_with(b"075") {
            let (row, is_unclear) = row(record, currency)?;
            if is_unclear {
                unclear.push((statement.rows.len(), record.text(60, 61)));
            }
            statement.rows.push(row);
        } else if let Some(row) = statement.rows.last_mut() {
            let more = record.text(3, record.bytes.len());
            row.description = some(&[row.description.take().unwrap_or_default(), more].join(" "));
        }
    }
    if !unclear.is_empty() {
        reverse(&mut statement, &unclear, answers.reversals);
    }
    Ok(statement)
}

/// Gives the reversals their signs: as the owner says, or as the codes that occur allow, or as the balances prove.
fn reverse(statement: &mut Statement, unclear: &[(usize, String)], answer: Option<Reversals>) {
    let with = |reversals: Reversals| {
        let mut tried = statement.clone();
        for (place, code) in unclear {
            let is_out =
                matches!((reversals, code.as_str()), (Reversals::FourAndFive, "5") | (Reversals::ThreeAndFour, "4"));
            if let Some(row) = tried.rows.get_mut(*place).filter(|_| is_out) {
                row.amount = -row.amount;
            }
        }
        tried
    };
    let occurs = |code: &str| unclear.iter().any(|(_, it)| it == code);
    let known = answer.or(match (occurs("3"), occurs("5")) {
        (true, false) => Some(Reversals::ThreeAndFour),
        (false, true) => Some(Reversals::FourAndFive),
        _ => None,
    });
    let (usual, other) = (with(Reversals::FourAndFive), with(Reversals::ThreeAndFour));
    *statement = match (known, usual.proof(), other.proof()) {
        (Some(known), ..) => with(known),
        (None, Proof::Holds, _) => usual,
        (None, _, Proof::Holds) => other,
        (None, ..) => {
            let mut usual = usual;
            let lines = unclear.iter().filter_map(|(place, _)| usual.rows.get(*place).map(|row| row.line));
            let warnings: Vec<_> = lines.map(|line| Warning::ReversalUnclear { line }).collect();
            usual.warnings.extend(warnings);
            usual
        }
    };
}

/// A row, with a positive amount where only the other rows can tell its sign.
fn row(record: &Record<'_>, currency: Currency) -> Result<(StatementRow, bool), Unread> {
    let damaged = || Unread::Damaged { line: record.line };
    let amount = record.money(48, 60, currency).and_then(|money| money.minor().ok()).ok_or_else(damaged)?;
    let (amount, is_unclear) = match record.text(60, 61).as_str() {
        "1" => (-amount, false),
        "2" => (amount, false),
        "3" | "4" | "5" => (amount, true),
        _ => return Err(damaged()),
    };
    let mut row = StatementRow::new(amount, currency, record.line, &record.text(0, record.bytes.len()));
    row.booked = ddmmyy(&record.text(122, 128)).or_else(|| ddmmyy(&record.text(91, 97)));
    row.value = ddmmyy(&record.text(91, 97));
    row.bank_id = record.digits(35, 48);
    let symbol = |kind, text: Option<String>| symbols::parse(kind, &text?).ok().flatten();
    row.variable_symbol = symbol(Kind::Variable, record.digits(61, 71));
    row.specific_symbol = symbol(Kind::Specific, record.digits(81, 91));
    row.constant_symbol = symbol(Kind::Constant, Some(record.text(77, 81)));
    let bank = record.text(73, 77);
    row.counterparty_number =
        record.account(19).map(|number| if bank == "0000" { number } else { format!("{number}/{bank}") });
    let text = some(&record.text(97, 117));
    if row.counterparty_number.is_some() {
        row.counterparty = text
    } else {
        row.description = text
    }
    Ok((row, is_unclear))
}

/// By the number of ISO 4217, with a zero before it.
fn currency(record: &Record<'_>) -> Option<Currency> {
    let code = match record.text(118, 122).as_str() {
        "0203" => "CZK",
        "0978" => "EUR",
        "0840" => "USD",
        "0826" => "GBP",
        "0756" => "CHF",
        "0985" => "PLN",
        "0348" => "HUF",
        _ => return None,
    };
    code.parse().ok()
}

impl Record<'_> {
    /// Columns as text; those beyond the line's end are empty.
    fn text(&self, from: usize, to: usize) -> String {
        let to = to.min(self.bytes.len());
        let bytes = self.bytes.get(from.min(to)..to).unwrap_or_default();
        WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// Digits without the zeros that fill them up; none where there are only zeros.
    fn digits(&self, from: usize, to: usize) -> Option<String> {
        some(self.text(from, to).trim().trim_start_matches('0'))
    }

    /// An account of 6 and 10 digits, as people write it.
    fn account(&self, from: usize) -> Option<String> {
        let number = self.digits(from + 6, from + 16)?;
        Some(match self.digits(from, from + 6) {
            Some(prefix) => format!("{prefix}-{number}"),
            None => number,
        })
    }

    /// An amount in hundredths.
    fn money(&self, from: usize, to: usize, currency: Currency) -> Option<Money> {
        let hundredths: i64 = number(&self.text(from, to))?;
        Some(Money::new(Decimal::new(hundredths, 2), currency))
    }

    /// An amount of 14 columns and its sign.
    fn balance(&self, from: usize, currency: Currency) -> Result<Money, Unread> {
        let damaged = || Unread::Damaged { line: self.line };
        let money = self.money(from, from + 14, currency).ok_or_else(damaged)?;
        match self.text(from + 14, from + 15).as_str() {
            "+" => Ok(money),
            "-" => Ok(money.negated()),
            _ => Err(damaged()),
        }
    }
}
