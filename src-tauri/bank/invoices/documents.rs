//! Electronic invoices: ISDOC, UBL and Cross Industry Invoice. Only what a payment needs, by local names.

use super::found::{DoubtKind, FoundPayment, FoundPlace, SourceFormat, Unpayable, plain, yyyymmdd};
use crate::iban;
use crate::money::Currency;
use crate::payments::Field;
use crate::symbols::{Kind, key};
use crate::xml::{self, Element, XmlProblem, all, child, path, value};
use chrono::NaiveDate;

/// The most elements and texts of an invoice.
const MOST_NODES: u32 = 500_000;
/// The most payments that one invoice is split into.
const MOST_PAYMENTS: usize = 12;

/// Why a text is no invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentProblem {
    /// XML of another kind.
    Unknown,
    /// Not well-formed, with a document type, or too large.
    Damaged,
}

/// The payments that an invoice asks for. What cannot be told from it is left open.
pub(super) fn read(text: &str, place: &FoundPlace) -> Result<Vec<FoundPayment>, DocumentProblem> {
    let document = xml::parse(text, MOST_NODES).map_err(|problem| match problem {
        XmlProblem::DocumentType | XmlProblem::Damaged { .. } => DocumentProblem::Damaged,
    })?;
    let root = document.root_element();
    let space = root.tag_name().namespace().unwrap_or_default();
    match root.tag_name().name() {
        "Invoice" if space.contains("isdoc") => Ok(isdoc(root, place)),
        "Invoice" | "CreditNote" => Ok(vec![ubl(root, place)]),
        "CrossIndustryInvoice" => Ok(vec![cii(root, place)]),
        _ => Err(DocumentProblem::Unknown),
    }
}

fn isdoc(root: Element<'_>, place: &FoundPlace) -> Vec<FoundPayment> {
    let local = some(root, &["LocalCurrencyCode"]);
    let foreign = some(root, &["ForeignCurrencyCode"]).filter(|foreign| Some(*foreign) != local);
    let total = if foreign.is_some() { "PayableAmountCurr" } else { "PayableAmount" };
    let total = some(root, &["LegalMonetaryTotal", total]);
    let means = child(root, "PaymentMeans");
    let parts: Vec<Element<'_>> =
        means.into_iter().flat_map(|means| all(means, "Payment")).take(MOST_PAYMENTS).collect();
    let others = means.and_then(|means| child(means, "AlternateBankAccounts"));
    let others: Vec<String> =
        others.into_iter().flat_map(|list| all(list, "AlternateBankAccount")).filter_map(isdoc_account).collect();
    let alone = parts.len() < 2;
    let read = |part: Option<Element<'_>>| {
        let mut found = FoundPayment::new(SourceFormat::Isdoc, place);
        found.payee = some(root, &["AccountingSupplierParty", "Party", "PartyName", "Name"]).and_then(plain);
        let paid = part.and_then(|part| some(part, &["PaidAmount"]));
        let amount = if alone { total.or(paid) } else { paid };
        set_amount(&mut found, amount, foreign.or(local));
        if alone && foreign.is_none() && paid.is_some_and(|paid| differ(paid, total)) {
            found.doubt(Field::Amount, DoubtKind::AmountChosen);
        }
        let details = part.and_then(|part| child(part, "Details"));
        if let Some(details) = details {
            found.set_accounts(isdoc_account(details).into_iter().chain(others.iter().cloned()).collect());
            found.due = some(details, &["PaymentDueDate"]).and_then(day);
            let symbols = [
                ("VariableSymbol", Kind::Variable),
                ("ConstantSymbol", Kind::Constant),
                ("SpecificSymbol", Kind::Specific),
            ];
            for (name, kind) in symbols {
                set_symbol(&mut found, kind, some(details, &[name]).unwrap_or_default());
            }
        }
        if found.variable_symbol.is_none() {
            found.refer(some(root, &["ID"]).unwrap_or_default());
        }
        let code = part.and_then(|part| some(part, &["PaymentMeansCode"]));
        let credit = matches!(some(root, &["DocumentType"]), Some("2" | "6"));
        forbid(&mut found, credit, code.into_iter());
        found
    };
    if parts.is_empty() { vec![read(None)] } else { parts.into_iter().map(|part| read(Some(part))).collect() }
}

fn isdoc_account(details: Element<'_>) -> Option<String> {
    let iban = some(details, &["IBAN"]).and_then(|iban| iban::parse(iban).ok());
    iban.or_else(|| iban::of_domestic(&format!("{}/{}", some(details, &["ID"])?, some(details, &["BankCode"])?)))
}

fn ubl(root: Element<'_>, place: &FoundPlace) -> FoundPayment {
    let mut found = FoundPayment::new(SourceFormat::Ubl, place);
    let supplier = path(root, &["AccountingSupplierParty", "Party"]);
    let names = [
        some(root, &["PayeeParty", "PartyName", "Name"]),
        supplier.and_then(|party| some(party, &["PartyLegalEntity", "RegistrationName"])),
        supplier.and_then(|party| some(party, &["PartyName", "Name"])),
    ];
    found.payee = names.into_iter().flatten().next().and_then(plain);
    let means: Vec<Element<'_>> = all(root, "PaymentMeans").take(MOST_PAYMENTS).collect();
    let account = |means: &Element<'_>| iban::parse(some(*means, &["PayeeFinancialAccount", "ID"])?).ok();
    found.set_accounts(means.iter().filter_map(account).collect());
    set_amount(&mut found, some(root, &["LegalMonetaryTotal", "PayableAmount"]), some(root, &["DocumentCurrencyCode"]));
    let due = means.iter().find_map(|means| some(*means, &["PaymentDueDate"]));
    found.due = some(root, &["DueDate"]).or(due).and_then(day);
    let reference = means.iter().find_map(|means| some(*means, &["PaymentID"]));
    found.refer(reference.or_else(|| some(root, &["ID"])).unwrap_or_default());
    let credit = root.tag_name().name() == "CreditNote" || some(root, &["InvoiceTypeCode"]) == Some("381");
    forbid(&mut found, credit, means.iter().filter_map(|means| some(*means, &["PaymentMeansCode"])));
    found
}

fn cii(root: Element<'_>, place: &FoundPlace) -> FoundPayment {
    let mut found = FoundPayment::new(SourceFormat::Cii, place);
    let trade = child(root, "SupplyChainTradeTransaction").unwrap_or(root);
    let settlement = child(trade, "ApplicableHeaderTradeSettlement").unwrap_or(trade);
    let payee = some(settlement, &["PayeeTradeParty", "Name"]);
    let seller = some(trade, &["ApplicableHeaderTradeAgreement", "SellerTradeParty", "Name"]);
    found.payee = payee.or(seller).and_then(plain);
    let means: Vec<Element<'_>> = all(settlement, "SpecifiedTradeSettlementPaymentMeans").take(MOST_PAYMENTS).collect();
    let account =
        |means: &Element<'_>| iban::parse(some(*means, &["PayeePartyCreditorFinancialAccount", "IBANID"])?).ok();
    found.set_accounts(means.iter().filter_map(account).collect());
    let amount = some(settlement, &["SpecifiedTradeSettlementHeaderMonetarySummation", "DuePayableAmount"]);
    set_amount(&mut found, amount, some(settlement, &["InvoiceCurrencyCode"]));
    let due = some(settlement, &["SpecifiedTradePaymentTerms", "DueDateDateTime", "DateTimeString"]);
    found.due = due.and_then(|due| yyyymmdd(due).or_else(|| day(due)));
    let reference = some(settlement, &["PaymentReference"]);
    found.refer(reference.or_else(|| some(root, &["ExchangedDocument", "ID"])).unwrap_or_default());
    let credit = some(root, &["ExchangedDocument", "TypeCode"]) == Some("381");
    forbid(&mut found, credit, means.iter().filter_map(|means| some(*means, &["TypeCode"])));
    found
}

/// An amount to pay: what is below zero comes back, and zero is nothing to pay.
fn set_amount(found: &mut FoundPayment, amount: Option<&str>, currency: Option<&str>) {
    let Some((amount, currency)) = amount.zip(currency.and_then(|code| code.parse::<Currency>().ok())) else { return };
    if amount.starts_with('-') {
        found.currency = Some(currency);
        found.unpayable = Some(Unpayable::CreditNote);
    } else if !found.set_amount(amount, currency) && amount.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        found.unpayable = Some(Unpayable::Nothing);
    }
}

/// A symbol of an invoice; one that is none is a reference in the wrong place.
fn set_symbol(found: &mut FoundPayment, kind: Kind, digits: &str) {
    if !found.set_symbol(kind, digits) && !key(digits).is_some_and(|digits| found.set_symbol(kind, digits)) {
        found.doubt(
            if kind == Kind::Constant { Field::ConstantSymbol } else { Field::VariableSymbol },
            DoubtKind::LeftOut,
        );
    }
}

/// What is not paid by a transfer, by the means that it names (UN/CEFACT 4461). Where a transfer is among them, it is one.
fn forbid<'d>(found: &mut FoundPayment, credit: bool, codes: impl Iterator<Item = &'d str>) {
    let codes: Vec<&str> = codes.collect();
    let of = |list: &[&str]| !codes.is_empty() && codes.iter().all(|code| list.contains(code));
    if credit {
        found.unpayable = Some(Unpayable::CreditNote);
    } else if of(&["49", "59"]) {
        found.unpayable = Some(Unpayable::DirectDebit);
    } else if of(&["10", "20", "48", "49", "54", "55", "59", "97"]) {
        found.unpayable = Some(Unpayable::OtherMeans);
    }
}

fn differ(a: &str, b: Option<&str>) -> bool {
    let number = |text: &str| rust_decimal::Decimal::from_str_exact(text.trim()).ok();
    b.is_some_and(|b| number(a) != number(b))
}

/// A text that is not empty.
fn some<'d>(node: Element<'d>, names: &[&str]) -> Option<&'d str> {
    value(node, names).map(str::trim).filter(|text| !text.is_empty())
}

fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}
