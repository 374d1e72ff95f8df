//! pain.001, read by local names, so that every version is one format: `ReqdExctnDt` and `ReqdExctnDt/Dt`.

use super::{MOST_LINES, Order, OrderFileNote, OrderNote, OrderPlace, OrderSource, Orders, OrdersUnread};
use crate::iban;
use crate::payments::{Field, Problem};
use crate::statements::text::some;
use crate::symbols::{self, Kind, Symbols};
use crate::xml::{self, Element, XmlProblem, all, child, path, value};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The most elements and texts of a document: a thousand payments need some thirty thousand.
const MOST_NODES: u32 = 200_000;
/// What an end-to-end id says where there is none.
const NO_ID: &str = "NOTPROVIDED";
/// Parts of an order that change what the payee gets or sees, and that a payment of Saldo's has no place for.
const NOT_CARRIED: [&str; 5] = ["UltmtDbtr", "UltmtCdtr", "ChqInstr", "InstrForCdtrAgt", "Purp"];

/// Reads a message.
pub(super) fn read(text: &str) -> Result<Orders, OrdersUnread> {
    let document = xml::parse(text, MOST_NODES).map_err(|problem| match problem {
        XmlProblem::DocumentType => OrdersUnread::Damaged { line: None },
        XmlProblem::Damaged { line } => OrdersUnread::Damaged { line: Some(line) },
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "Document" {
        return Err(OrdersUnread::Unknown);
    }
    let message = child(root, "CstmrCdtTrfInitn").ok_or(OrdersUnread::OtherMessage)?;
    let version = root.tag_name().namespace().and_then(|space| space.rsplit_once("pain.001.001."));
    let source = OrderSource::Pain001 { version: version.map(|(_, version)| version.to_owned()).unwrap_or_default() };
    let (mut orders, mut notes) = (Vec::new(), Vec::new());
    for batch in all(message, "PmtInf") {
        let from = orders.len();
        for transfer in all(batch, "CdtTrfTxInf") {
            if orders.len() == MOST_LINES {
                return Err(OrdersUnread::TooMany);
            }
            orders.push(order(batch, transfer, orders.len()));
        }
        compare(batch, orders.get(from..).unwrap_or_default(), &mut notes);
    }
    if let Some(header) = child(message, "GrpHdr") {
        compare(header, &orders, &mut notes);
    }
    if orders.is_empty() { Err(OrdersUnread::Empty) } else { Ok(Orders { source, orders, notes, asks: Vec::new() }) }
}

/// Says where a header counts otherwise than its payments do (formats.md 4.1).
fn compare(header: Element<'_>, orders: &[Order], notes: &mut Vec<OrderFileNote>) {
    let count = value(header, &["NbOfTxs"]).and_then(some).filter(|said| said.parse() != Ok(orders.len()));
    if let Some(said) = count {
        let found = u32::try_from(orders.len()).unwrap_or(u32::MAX);
        note(notes, OrderFileNote::CountDiffers { said, found });
    }
    if let Some(said) = value(header, &["CtrlSum"]).and_then(some) {
        let found = sum(orders);
        if Decimal::from_str_exact(&said).ok() != found || found.is_none() {
            let found = found.unwrap_or_default().to_string();
            note(notes, OrderFileNote::SumDiffers { said, found });
        }
    }
}

fn note(notes: &mut Vec<OrderFileNote>, note: OrderFileNote) {
    if !notes.contains(&note) {
        notes.push(note);
    }
}

/// What the amounts make as they stand there, whatever their currencies: a check sum, not money. Amounts that are none count for nothing.
fn sum(orders: &[Order]) -> Option<Decimal> {
    orders
        .iter()
        .filter_map(|order| Decimal::from_str_exact(&order.amount_text).ok())
        .try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn order(batch: Element<'_>, transfer: Element<'_>, before: usize) -> Order {
    let text = |node: Element<'_>, names: &[&str]| value(node, names).and_then(some);
    let id = text(transfer, &["PmtId", "EndToEndId"]).filter(|id| id != NO_ID);
    let mut order = Order {
        place: OrderPlace {
            line: u32::try_from(before + 1).unwrap_or(u32::MAX),
            id: id.clone().or_else(|| text(transfer, &["PmtId", "InstrId"])),
            batch: text(batch, &["PmtInfId"]),
        },
        payer: number(batch, "DbtrAcct", "DbtrAgt").map(|number| iban::normalise(&number)),
        payee: text(transfer, &["Cdtr", "Nm"]).unwrap_or_default(),
        account: number(transfer, "CdtrAcct", "CdtrAgt").unwrap_or_default(),
        ..Order::default()
    };
    match path(transfer, &["Amt", "InstdAmt"]) {
        None => order.wrong(Field::Amount, Problem::Missing),
        Some(amount) => {
            let (written, code) = (amount.text().unwrap_or_default(), amount.attribute("Ccy").unwrap_or_default());
            match code.parse() {
                Ok(currency) => order.set_exact(written, currency),
                Err(_) => {
                    order.amount_text = written.trim().to_owned();
                    order.notes.push(OrderNote::CurrencyUnread { text: code.to_owned() });
                    order.wrong(Field::Amount, Problem::NotAnAmount);
                }
            }
        }
    }
    let day = text(batch, &["ReqdExctnDt", "Dt"])
        .or_else(|| text(batch, &["ReqdExctnDt", "DtTm"]))
        .or_else(|| text(batch, &["ReqdExctnDt"]));
    if let Some(text) = day {
        order.day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        if order.day.is_none() {
            order.wrong(Field::PayOn, Problem::NotADay);
            order.notes.push(OrderNote::DayUnread { text });
        }
    }
    remit(&mut order, id, child(transfer, "RmtInf"));
    say_what_is_left_out(&mut order, batch, transfer);
    order
}

/// An account: an IBAN, or another number with the code of its bank where that stands beside it.
fn number(node: Element<'_>, account: &str, agent: &str) -> Option<String> {
    let account = path(node, &[account, "Id"])?;
    let other = || {
        let number = value(account, &["Othr", "Id"]).and_then(some)?;
        let bank = path(node, &[agent, "FinInstnId", "ClrSysMmbId"]).and_then(|member| value(member, &["MmbId"]));
        match bank.and_then(some) {
            Some(bank) if !number.contains('/') => Some(format!("{number}/{bank}")),
            _ => Some(number),
        }
    };
    value(account, &["IBAN"]).and_then(some).or_else(other)
}

/// Symbols, reference and message out of the end-to-end id and the remittance information, as the banks of Slovakia and Czechia write
/// them (formats.md 2).
fn remit(order: &mut Order, id: Option<String>, info: Option<Element<'_>>) {
    let mut symbols = id.as_deref().and_then(symbols::parse_reference);
    if let (Some(id), None) = (&id, &symbols) {
        order.notes.push(OrderNote::ReferenceLeftOut { reference: id.clone() });
    }
    let mut message: Vec<String> =
        info.iter().flat_map(|info| all(*info, "Ustrd")).filter_map(|text| text.text().and_then(some)).collect();
    if let [only] = message.as_mut_slice() {
        if let Some(named) = symbols::parse_reference(only) {
            agree(order, &mut symbols, named);
            message.clear();
        } else if let Some((named, rest)) = ahead(only).filter(|_| symbols.is_none()) {
            (symbols, *only) = (Some(named), rest);
        }
    }
    let references = info.iter().flat_map(|info| all(*info, "Strd")).flat_map(|part| all(part, "CdtrRefInf"));
    let mut creditor = None;
    for reference in references {
        let Some(written) = value(reference, &["Ref"]).and_then(some) else { continue };
        let is_creditor = value(reference, &["Tp", "CdOrPrtry", "Cd"]) == Some("SCOR");
        if let Some(named) = tagged(&written) {
            agree(order, &mut symbols, named);
        } else if (is_creditor || crate::reference::is_meant(&written)) && creditor.is_none() {
            creditor = Some(written);
        } else {
            order.notes.push(OrderNote::ReferenceLeftOut { reference: written });
        }
    }
    order.take(symbols.unwrap_or_default());
    if let Some(creditor) = creditor {
        if order.variable_symbol.is_empty() {
            order.variable_symbol = creditor;
        } else {
            order.wrong(Field::VariableSymbol, Problem::BesideReference);
        }
    }
    order.message = message.join(" ").trim().to_owned();
}

/// Takes symbols that a second place names; where it names others than the first, that is a problem of the line.
fn agree(order: &mut Order, symbols: &mut Option<Symbols>, named: Symbols) {
    let known = symbols.get_or_insert_default();
    for (field, known, named) in [
        (Field::VariableSymbol, &mut known.variable, named.variable),
        (Field::SpecificSymbol, &mut known.specific, named.specific),
        (Field::ConstantSymbol, &mut known.constant, named.constant),
    ] {
        match (&known, named) {
            (_, None) => {}
            (None, named) => *known = named,
            (Some(first), Some(second)) if symbols::same(Some(first), Some(&second)) => {}
            _ => order.problems.push(crate::payments::FieldProblem { field, problem: Problem::Ambiguous }),
        }
    }
}

/// A symbol as the Czech banks write it: `VS:42`.
fn tagged(reference: &str) -> Option<Symbols> {
    let (tag, digits) = reference.split_once(':')?;
    let mut symbols = Symbols::default();
    let (kind, slot) = match tag {
        "VS" => (Kind::Variable, &mut symbols.variable),
        "KS" => (Kind::Constant, &mut symbols.constant),
        "SS" => (Kind::Specific, &mut symbols.specific),
        _ => return None,
    };
    *slot = symbols::parse(kind, digits).ok()?;
    Some(symbols)
}

/// A variable symbol before the message, as Saldo writes it for payees abroad: `VS42 Invoice`; and the rest.
fn ahead(message: &str) -> Option<(Symbols, String)> {
    let rest = message.strip_prefix("VS")?;
    let (digits, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let variable = symbols::parse(Kind::Variable, digits).ok().flatten()?;
    Some((Symbols { variable: Some(variable), ..Symbols::default() }, rest.trim().to_owned()))
}

fn say_what_is_left_out(order: &mut Order, batch: Element<'_>, transfer: Element<'_>) {
    let kind = [batch, transfer].map(|node| value(node, &["PmtTpInf", "LclInstrm", "Cd"]).map(str::trim));
    if kind.contains(&Some("INST")) {
        order.notes.push(OrderNote::Instant);
    }
    let is_there = |name: &&str| [transfer, batch].into_iter().any(|node| child(node, name).is_some());
    let names: Vec<String> = NOT_CARRIED.into_iter().filter(is_there).map(str::to_owned).collect();
    if !names.is_empty() {
        order.notes.push(OrderNote::LeftOut { names });
    }
    if value(batch, &["PmtMtd"]).is_some_and(|method| method.trim() != "TRF") {
        // A cheque, or an advice of what another message orders.
        order.wrong(Field::From, Problem::CannotPayFrom);
    }
}
