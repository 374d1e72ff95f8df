//! ISO 20022 camt.052 (a report of the day), camt.053 (a statement) and camt.054 (a notice), read by local names, so that every
//! version is one format: `BIC` and `BICFI`, `Sts` and `Sts/Cd`, `Dbtr/Nm` and `Dbtr/Pty/Nm`.

use super::text::{self, some};
use super::{Format, Owner, Statement, StatementRow, Unread, Warning};
use crate::money::{Currency, Money};
use crate::store::transactions::TransactionStatus;
use crate::symbols::{self, Symbols};
use crate::xml::{self, Element, XmlProblem, all, child, path, value};
use chrono::NaiveDate;
use roxmltree::Node;

/// The most elements and texts of a document.
const MOST_NODES: u32 = 2_000_000;

/// Reads all statements of a document.
pub(super) fn read(text: &str) -> Result<Vec<Statement>, Unread> {
    let document = xml::parse(text, MOST_NODES).map_err(|problem| match problem {
        XmlProblem::DocumentType => Unread::DocumentType,
        XmlProblem::Damaged { line } => Unread::Damaged { line },
    })?;
    let root = document.root_element();
    let message = root.children().find(Node::is_element).filter(|_| root.tag_name().name() == "Document");
    let message = message.ok_or(Unread::NotAStatement)?;
    let name = match message.tag_name().name() {
        "BkToCstmrStmt" => "Stmt",
        "BkToCstmrAcctRpt" => "Rpt",
        "BkToCstmrDbtCdtNtfctn" => "Ntfctn",
        _ => return Err(Unread::NotAStatement),
    };
    let mut lines = Lines { text, at: 0, line: 1 };
    all(message, name).map(|node| statement(node, &mut lines)).collect()
}

/// Counts lines while the document is gone through from its beginning to its end.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, node: Element<'_>) -> u32 {
        let start = node.range().start;
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line = self.line.saturating_add(u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX));
        self.at = start.max(self.at);
        self.line
    }
}

fn statement(node: Element<'_>, lines: &mut Lines<'_>) -> Result<Statement, Unread> {
    let line = lines.of(node);
    let account = child(node, "Acct");
    let currency = account.and_then(|account| value(account, &["Ccy"])).map(str::to_owned);
    let currency = currency.or_else(|| {
        let amounts = node.descendants().filter(|node| node.tag_name().name() == "Amt");
        amounts.filter_map(|amount| amount.attribute("Ccy")).next().map(str::to_owned)
    });
    let currency: Currency = currency.ok_or(Unread::Currency)?.parse().map_err(|_| Unread::Damaged { line })?;
    let mut statement = Statement::new(Format::Camt, currency);
    statement.account = account.and_then(|account| {
        Owner::of(value(account, &["Id", "IBAN"]).or_else(|| value(account, &["Id", "Othr", "Id"]))?)
    });
    if let Some(period) = child(node, "FrToDt") {
        let end = |names: [&str; 2]| names.iter().find_map(|name| day(value(period, &[name])?));
        (statement.from, statement.to) = (end(["FrDtTm", "FrDt"]), end(["ToDtTm", "ToDt"]));
    }
    balances(node, &mut statement, line)?;
    for entry in all(node, "Ntry") {
        let line = lines.of(entry);
        rows(entry, line, &mut statement)?;
    }
    Ok(statement)
}

fn balances(node: Element<'_>, statement: &mut Statement, line: u32) -> Result<(), Unread> {
    let mut before = None;
    for balance in all(node, "Bal") {
        let code = value(balance, &["Tp", "CdOrPrtry", "Cd"]).unwrap_or_default();
        let known = ["OPBD", "PRCD", "CLBD", "CLAV", "ITBD", "ITAV"].contains(&code);
        let Some(money) = signed(balance).filter(|_| known) else {
            if known {
                return Err(Unread::Damaged { line });
            }
            continue;
        };
        match code {
            "OPBD" => statement.opening = statement.opening.or(Some(money)),
            // What Czech banks give in its place.
            "PRCD" => before = before.or(Some(money)),
            "CLBD" => statement.closing = Some(money),
            "ITBD" => statement.closing = statement.closing.or(Some(money)),
            "CLAV" => statement.available = Some(money),
            _ => statement.available = statement.available.or(Some(money)),
        }
    }
    statement.opening = statement.opening.or(before);
    Ok(())
}

/// The rows of an entry: the entry itself, or its parts where they make up all of it. Never both.
fn rows(entry: Element<'_>, line: u32, statement: &mut Statement) -> Result<(), Unread> {
    let damaged = Unread::Damaged { line };
    let money = signed(entry).ok_or(damaged.clone())?;
    let minor = money.minor().map_err(|_| damaged)?;
    let raw = entry.document().input_text().get(entry.range()).unwrap_or_default();
    let mut whole = StatementRow::new(minor, money.currency, line, raw);
    whole.status = status(entry);
    whole.booked = date(entry, "BookgDt");
    whole.value = date(entry, "ValDt");
    whole.bank_id = value(entry, &["AcctSvcrRef"]).and_then(some);
    whole.description = value(entry, &["AddtlNtryInf"]).and_then(some);
    let parts: Vec<Element<'_>> = all(entry, "NtryDtls").flat_map(|details| all(details, "TxDtls")).collect();
    match parts.as_slice() {
        [] => statement.rows.push(whole),
        [part] => {
            detail(*part, &mut whole, value(entry, &["RvslInd"]) == Some("true"));
            statement.rows.push(whole);
        }
        parts => match split(&whole, parts) {
            Some(rows) => statement.rows.extend(rows),
            None => {
                statement.warnings.push(Warning::BatchKeptWhole { line });
                statement.rows.push(whole);
            }
        },
    }
    Ok(())
}

/// A row for each part; none where a part's amount is not known or they do not add up to the whole.
fn split(whole: &StatementRow, parts: &[Element<'_>]) -> Option<Vec<StatementRow>> {
    let mut rows = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let amount = child(*part, "Amt").or_else(|| path(*part, &["AmtDtls", "TxAmt", "Amt"]))?;
        let money = read_amount(amount).filter(|money| money.currency == whole.currency)?;
        let is_out = match value(*part, &["CdtDbtInd"]) {
            Some(mark) => mark == "DBIT",
            None => whole.amount < 0,
        };
        let minor = money.minor().ok()?;
        let mut row = StatementRow { amount: if is_out { -minor } else { minor }, ..whole.clone() };
        row.bank_id = whole.bank_id.as_ref().map(|id| format!("{id}/{}", number + 1));
        detail(*part, &mut row, false);
        rows.push(row);
    }
    let sum = rows.iter().try_fold(0_i64, |sum, row| sum.checked_add(row.amount))?;
    (sum == whole.amount).then_some(rows)
}

/// What a part says beyond its amount.
fn detail(part: Element<'_>, row: &mut StatementRow, is_reversal: bool) {
    let sides = if row.amount < 0 { ["Cdtr", "Dbtr"] } else { ["Dbtr", "Cdtr"] };
    // Some banks leave the sides of a reversed payment as they were.
    let sides = if is_reversal { &sides[..] } else { &sides[..1] };
    for side in sides {
        party(part, side, row);
        if row.counterparty.is_some() || row.counterparty_iban.is_some() {
            break;
        }
    }
    let original = path(part, &["AmtDtls", "InstdAmt", "Amt"]).and_then(read_amount);
    row.original = original
        .filter(|money| money.currency != row.currency)
        .map(|money| if row.amount < 0 { money.negated() } else { money });
    let end_to_end = value(part, &["Refs", "EndToEndId"]).filter(|id| !id.is_empty() && *id != "NOTPROVIDED");
    match end_to_end.map(|id| (id, symbols::parse_reference(id))) {
        Some((_, Some(symbols))) => row.add_symbols(symbols),
        Some((id, None)) => row.reference = some(id),
        None => {}
    }
    let texts = path(part, &["RmtInf"]).into_iter().flat_map(|info| all(info, "Ustrd").filter_map(|text| text.text()));
    let message = texts.collect::<Vec<_>>().join(" ");
    row.message = some(&message);
    if let Some(symbols) = symbols::parse_reference(message.trim()) {
        row.add_symbols(symbols);
    }
    for structured in path(part, &["RmtInf"]).into_iter().flat_map(|info| all(info, "Strd").collect::<Vec<_>>()) {
        let Some(reference) = value(structured, &["CdtrRefInf", "Ref"]) else { continue };
        let symbols = text::named_symbols(reference);
        if symbols == Symbols::default() {
            row.reference = some(reference).or(row.reference.take());
        } else {
            row.add_symbols(symbols);
        }
    }
    if let Some(more) = value(part, &["AddtlTxInf"]).and_then(some) {
        row.description = Some(more);
    }
}

fn party(part: Element<'_>, side: &str, row: &mut StatementRow) {
    if let Some(party) = path(part, &["RltdPties", side]) {
        row.counterparty = value(party, &["Nm"]).or_else(|| value(party, &["Pty", "Nm"])).and_then(some);
    }
    let Some(account) = path(part, &["RltdPties", &format!("{side}Acct"), "Id"]) else { return };
    if let Some(iban) = value(account, &["IBAN"]) {
        return row.set_counterparty_account(iban);
    }
    let Some(number) = value(account, &["Othr", "Id"]).and_then(some) else { return };
    let bank = path(part, &["RltdAgts", &format!("{side}Agt"), "FinInstnId"]);
    let bank = bank.and_then(|bank| value(bank, &["Othr", "Id"]).or_else(|| value(bank, &["ClrSysMmbId", "MmbId"])));
    match bank.filter(|bank| bank.len() == 4 && !number.contains('/')) {
        Some(bank) => row.counterparty_number = Some(format!("{number}/{bank}")),
        None => row.set_counterparty_account(&number),
    }
}

fn status(entry: Element<'_>) -> TransactionStatus {
    let word = value(entry, &["Sts"]).and_then(some);
    match word.as_deref().or_else(|| value(entry, &["Sts", "Cd"])) {
        Some("BOOK") => TransactionStatus::Booked,
        Some("PDNG" | "FUTR") => TransactionStatus::Pending,
        _ => TransactionStatus::Unknown,
    }
}

/// An amount with the sign of its `CdtDbtInd`. `RvslInd` only informs.
fn signed(node: Element<'_>) -> Option<Money> {
    let money = read_amount(child(node, "Amt")?)?;
    match value(node, &["CdtDbtInd"])? {
        "CRDT" => Some(money),
        "DBIT" => Some(money.negated()),
        _ => None,
    }
}

fn read_amount(amount: Element<'_>) -> Option<Money> {
    text::money(amount.text()?, '.', amount.attribute("Ccy")?.parse().ok()?)
}

fn date(entry: Element<'_>, name: &str) -> Option<NaiveDate> {
    let date = child(entry, name)?;
    day(value(date, &["Dt"]).or_else(|| value(date, &["DtTm"]))?)
}

/// The day of a date or of a moment, as the bank's own clock has it.
fn day(text: &str) -> Option<NaiveDate> {
    text.trim().get(..10)?.parse().ok()
}
