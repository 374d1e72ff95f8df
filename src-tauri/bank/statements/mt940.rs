//! SWIFT MT940: fields that begin with `:NN:`, amounts with a comma, dates without a century and entry dates without a year.

use super::text::{self, mmdd_near, named_symbols, some, yymmdd};
use super::{Format, Owner, Statement, StatementRow, Unread};
use crate::money::{Currency, Money};
use crate::symbols;

/// A field with all its lines.
struct Field<'t> {
    tag: &'t str,
    lines: Vec<&'t str>,
    line: u32,
}

/// Whether a text has what every MT940 has.
pub(super) fn is_one(text: &str) -> bool {
    let begins = |tag: &str| text.lines().any(|line| line.starts_with(tag));
    begins(":20:") && begins(":25") && (begins(":60F:") || begins(":60M:"))
}

/// Reads all statements of a file. One that is spread over several messages comes as several, each with its own balances.
pub(super) fn read(text: &str) -> Result<Vec<Statement>, Unread> {
    let mut statements = Vec::new();
    let mut fields: Vec<Field<'_>> = Vec::new();
    for field in split(text) {
        if field.tag == "20" && !fields.is_empty() {
            statements.extend(statement(&fields)?);
            fields.clear();
        }
        fields.push(field);
    }
    statements.extend(statement(&fields)?);
    Ok(statements)
}

/// The fields of a file. What stands before the first and behind a statement's end is of no field.
fn split(text: &str) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut is_inside = false;
    for (line, number) in text.lines().zip(1..) {
        if let Some((tag, rest)) = tagged(line) {
            fields.push(Field { tag, lines: vec![rest], line: number });
            is_inside = true;
        } else if line.starts_with('-') && matches!(line.trim_end(), "-" | "-}") {
            is_inside = false;
        } else if let Some(field) = fields.last_mut().filter(|_| is_inside) {
            field.lines.push(line);
        }
    }
    fields
}

/// `:60F:` and the like.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let digits = tag.strip_suffix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(tag);
    (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((tag, rest))
}

/// None for a message without a balance: something else than a statement.
fn statement(fields: &[Field<'_>]) -> Result<Option<Statement>, Unread> {
    let of = |tags: [&str; 2]| fields.iter().find(|field| tags.contains(&field.tag));
    let Some(first) = of(["60F", "60M"]) else { return Ok(None) };
    let (opening, from) = balance(first)?;
    let mut statement = Statement::new(Format::Mt940, opening.currency);
    (statement.opening, statement.from) = (Some(opening), from);
    statement.account = of(["25", "25P"]).and_then(|field| owner(field.lines.first()?));
    if let Some(last) = of(["62F", "62M"]) {
        let (closing, to) = balance(last)?;
        (statement.closing, statement.to) = (Some(closing), to);
    }
    statement.available = of(["64", "64"]).map(balance).transpose()?.map(|(money, _)| money);
    let mut is_row = false;
    for field in fields {
        match field.tag {
            "61" => {
                statement.rows.push(row(field, statement.currency)?);
                is_row = true;
            }
            "86" => {
                // One behind the balances is of the whole statement.
                if let Some(row) = statement.rows.last_mut().filter(|_| is_row) {
                    details(field, row);
                }
                is_row = false;
            }
            _ => is_row = false,
        }
    }
    Ok(Some(statement))
}

/// `C261101EUR1000,00`.
fn balance(field: &Field<'_>) -> Result<(Money, Option<chrono::NaiveDate>), Unread> {
    let read = || {
        let text = field.lines.first()?.trim_end();
        let currency: Currency = text.get(7..10)?.parse().ok()?;
        let money = text::money(text.get(10..)?, ',', currency)?;
        let money = match text.get(..1)? {
            "C" => money,
            "D" => money.negated(),
            _ => return None,
        };
        Some((money, yymmdd(text.get(1..7)?)))
    };
    read().ok_or(Unread::Damaged { line: field.line })
}

/// An IBAN, perhaps with its currency behind it; or `bank/number`.
fn owner(text: &str) -> Option<Owner> {
    let text = text.trim();
    let without_currency = text.get(..text.len().saturating_sub(3)).unwrap_or_default();
    match (Owner::of(text), Owner::of(without_currency)) {
        (Some(Owner::Number(_)), Some(iban @ Owner::Iban(_))) => Some(iban),
        (owner, _) => owner,
    }
}

/// `2611021102C1234,56NTRFNONREF//B1`, and perhaps a line of the bank's own.
fn row(field: &Field<'_>, currency: Currency) -> Result<StatementRow, Unread> {
    let read = || {
        let first = field.lines.first()?.trim_end();
        let value = yymmdd(first.get(..6)?)?;
        let mut rest = first.get(6..)?;
        let mut booked = value;
        if rest.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            booked = mmdd_near(rest.get(..4)?, value)?;
            rest = rest.get(4..)?;
        }
        // A reversal of a credit takes money, one of a debit brings it.
        let marks = [("RC", true), ("RD", false), ("C", false), ("D", true)];
        let (rest, is_out) = marks.iter().find_map(|(mark, is_out)| Some((rest.strip_prefix(mark)?, *is_out)))?;
        // The third letter of the currency may stand there.
        let rest = rest.strip_prefix(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(rest);
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ',')?;
        let (amount, rest) = rest.split_at(end);
        let minor = text::minor(amount, ',', currency)?;
        let raw = field.lines.join("\n");
        let mut row = StatementRow::new(if is_out { -minor } else { minor }, currency, field.line, &raw);
        (row.value, row.booked) = (Some(value), Some(booked));
        let references = rest.get(4..).unwrap_or_default();
        let (owners, banks) = references.split_once("//").unwrap_or((references, ""));
        row.reference = some(owners).filter(|reference| reference != "NONREF");
        row.bank_id = some(banks).filter(|id| id != "NONREF");
        Some(row)
    };
    let mut row = read().ok_or(Unread::Damaged { line: field.line })?;
    row.description = some(&field.lines.get(1..).unwrap_or_default().join(" "));
    Ok(row)
}

/// What banks write in field 86, in one of three ways.
fn details(field: &Field<'_>, row: &mut StatementRow) {
    let joined = field.lines.concat();
    row.raw.push_str("\n:86:");
    row.raw.push_str(&field.lines.join("\n"));
    row.description = some(&field.lines.join(" "));
    let codes = if joined.contains("?20") || joined.contains("?32") { numbered(&joined) } else { slashed(&joined) };
    if codes.is_empty() {
        return row.add_symbols(named_symbols(&field.lines.join(" ")));
    }
    let all = |wanted: &[&str]| {
        let found = codes.iter().filter(|(code, _)| wanted.contains(code)).map(|(_, text)| *text);
        found.collect::<Vec<_>>().concat()
    };
    row.counterparty = some(&all(&["NAME", "32", "33"]));
    let account = all(&["IBAN", "31"]);
    if !account.trim().is_empty() {
        row.set_counterparty_account(&account);
    }
    let remittance = ["20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "60", "61", "62", "63", "REMI"];
    row.message = some(&all(&remittance));
    let end_to_end = all(&["EREF"]);
    match symbols::parse_reference(end_to_end.trim()) {
        Some(symbols) => row.add_symbols(symbols),
        None => row.reference = some(&end_to_end).filter(|id| id != "NOTPROVIDED").or(row.reference.take()),
    }
    row.add_symbols(named_symbols(&all(&remittance)));
}

/// `166?00TRANSFER?20VS:42?32Name`.
fn numbered(text: &str) -> Vec<(&str, &str)> {
    text.split('?')
        .skip(1)
        .filter_map(|part| part.split_at_checked(2))
        .filter(|(code, _)| code.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// `/EREF/.../REMI/.../NAME/...`: a text reaches to the next code that is known.
fn slashed(text: &str) -> Vec<(&str, &str)> {
    const CODES: [&str; 9] = ["EREF", "KREF", "MREF", "REMI", "NAME", "IBAN", "BIC", "ORDP", "BENM"];
    let place = |from: usize| {
        let rest = text.get(from..)?;
        let found = CODES.iter().filter_map(|code| Some((rest.find(&format!("/{code}/"))? + from, *code)));
        found.min_by_key(|(at, _)| *at)
    };
    let mut codes = Vec::new();
    let mut next = place(0);
    while let Some((at, code)) = next {
        let start = at + code.len() + 2;
        // The slash that ends a code may begin the next one.
        next = place(start.saturating_sub(1)).filter(|(at, _)| *at + 1 >= start);
        let end = next.map_or(text.len(), |(at, _)| at.max(start));
        codes.push((code, text.get(start..end).unwrap_or_default()));
    }
    codes
}
