//! Payments of a file: checked against the book, shown, and made into drafts. Reading the file is [`crate::orders`].
//!
//! A draft is filled in as the owner would, so that it is checked again by the same rules before it is paid.

use super::drafts::{self, Checked};
use super::{DraftInput, Field, FieldProblem, PaymentId, Warning};
use crate::clock::{Clock, at_banks};
use crate::failure::{FailureKind, Result};
use crate::iban::{self, AccountCheck};
use crate::money::{Money, typed_amount};
use crate::orders::{
    self, Known, Order, OrderFileNote, OrderNote, OrderPlace, OrderQuestion, OrderSource, Orders, OrdersUnread,
};
use crate::settings::Language;
use crate::store::Store;
use crate::store::accounts::{Account, AccountId};
use crate::store::payments as table;
use crate::symbols;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeSet, HashMap};

/// What the owner said of a file. The default says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderAnswers {
    /// The account to pay from.
    pub from: Option<AccountId>,
    /// Whether a comma is the decimal mark where that is not clear.
    pub decimal_comma: Option<bool>,
    /// Whether the day stands before the month where that is not clear.
    pub day_first: Option<bool>,
}

/// A payment of a file, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    /// By which it is chosen: its place among the payments of the file, from 0.
    pub number: u32,
    /// Where it stands in the file.
    pub place: OrderPlace,
    /// The form as it would be filled in; what cannot be read stands there as in the file.
    pub input: DraftInput,
    /// The payee's account.
    pub account: AccountCheck,
    /// The amount, where it can be read.
    pub amount: Option<Money>,
    /// What is wrong; a line with problems cannot be prepared. That an account to pay from is missing is said once, not here.
    pub problems: Vec<FieldProblem>,
    /// What is to be read before paying.
    pub warnings: Vec<Warning>,
    /// What has to be said of how it stands in the file.
    pub notes: Vec<OrderNote>,
    /// Whether preparing it is proposed: nothing is wrong, and it does not seem to be paid or prepared already, or to be another account's.
    pub proposed: bool,
}

/// A file of payments, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderSheet {
    /// How it was written.
    pub source: OrderSource,
    /// The account to pay from: the one that was said, the file's own, or the only one that can.
    pub from: Option<AccountId>,
    /// Its payments, in the file's order.
    pub lines: Vec<OrderLine>,
    /// What has to be said of the whole.
    pub notes: Vec<OrderFileNote>,
    /// What is to be answered before marked lines can be read.
    pub asks: Vec<OrderQuestion>,
}

/// What a file holds, or why it was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrdersLook {
    /// It was read.
    Read {
        /// Its payments.
        sheet: OrderSheet,
    },
    /// It was not.
    Unread {
        /// Why.
        reason: OrdersUnread,
    },
}

/// What chosen lines amount to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderSum {
    /// How many they are.
    pub count: u32,
    /// Their sum in each currency, by its code.
    pub totals: Vec<Money>,
    /// What would remain on the account to pay from; absent where that is not known.
    pub balance_after: Option<Money>,
}

/// What a file holds, each line checked. Keeps nothing. `language` is the one of the window.
pub fn look_at_orders(
    store: &Store,
    clock: &Clock,
    file: &[u8],
    said: &OrderAnswers,
    language: Language,
) -> Result<OrdersLook> {
    let accounts = store.accounts(clock.now())?;
    let (orders, from) = match read(&accounts, file, said) {
        Ok(read) => read,
        Err(reason) => return Ok(OrdersLook::Unread { reason }),
    };
    let mut lines = Vec::new();
    let mut seen = Seen::of(store)?;
    for (number, order) in (0..).zip(&orders.orders) {
        let mut notes = order.notes.clone();
        let input = form(order, from, clock.today(), language, &mut notes);
        let Checked { check, read, paid } = drafts::checked(store, clock, &accounts, &input, language)?;
        if let Some(payer) = order.payer.as_ref().filter(|payer| from.is_some_and(|from| !is_account(from, payer))) {
            notes.push(OrderNote::OtherPayer { account: payer.clone() });
        }
        let key = read.iban.zip(order.amount).map(|(iban, amount)| (iban, amount, symbol_of(&input.variable_symbol)));
        let again = key.is_some_and(|key| seen.meets(key, order.place.line, &mut notes));
        let problems = problems(order, check.problems, from);
        let elsewhere = notes.iter().any(|note| matches!(note, OrderNote::OtherPayer { .. }));
        let proposed = problems.is_empty() && !paid && !again && !elsewhere;
        let (place, account, warnings) = (order.place.clone(), check.account, check.warnings);
        lines.push(OrderLine {
            number,
            place,
            input,
            account,
            amount: order.amount,
            problems,
            warnings,
            notes,
            proposed,
        });
    }
    let Orders { source, notes, asks, .. } = orders;
    Ok(OrdersLook::Read { sheet: OrderSheet { source, from: from.map(|from| from.id), lines, notes, asks } })
}

/// What chosen lines of a file amount to; those that cannot be read count for nothing.
pub fn sum_of_orders(
    store: &Store,
    clock: &Clock,
    file: &[u8],
    said: &OrderAnswers,
    lines: &[u32],
) -> Result<OrderSum> {
    let accounts = store.accounts(clock.now())?;
    let (orders, from) = read(&accounts, file, said).map_err(|_| FailureKind::DraftInvalid)?;
    let mut sum = OrderSum { count: 0, totals: Vec::new(), balance_after: None };
    for order in chosen(&orders, lines) {
        let Some(amount) = order.ok_or(FailureKind::NotFound)?.amount else { continue };
        sum.count += 1;
        match sum.totals.iter_mut().find(|total| total.currency == amount.currency) {
            Some(total) => *total = total.checked_add(amount).map_err(|_| FailureKind::DraftInvalid)?,
            None => sum.totals.push(amount),
        }
    }
    sum.totals.sort_by_key(|total| total.currency);
    if let ([total], Some(from)) = (sum.totals.as_slice(), from) {
        sum.balance_after = super::warnings::spendable(from).and_then(|now| now.checked_sub(*total).ok());
    }
    Ok(sum)
}

/// Makes drafts of chosen lines, all or none; their ids, in the file's order. `DraftInvalid` when something is wrong with one of them,
/// without an account to pay from, or when the file cannot be read; `NotFound` for a line that it does not have.
pub fn prepare_orders(
    store: &Store,
    clock: &Clock,
    file: &[u8],
    said: &OrderAnswers,
    lines: &[u32],
    language: Language,
) -> Result<Vec<PaymentId>> {
    let accounts = store.accounts(clock.now())?;
    let (orders, from) = read(&accounts, file, said).map_err(|_| FailureKind::DraftInvalid)?;
    let mut ready = Vec::new();
    for order in chosen(&orders, lines) {
        let order = order.ok_or(FailureKind::NotFound)?;
        let input = form(order, from, clock.today(), language, &mut Vec::new());
        let Checked { check, read, .. } = drafts::checked(store, clock, &accounts, &input, language)?;
        if !order.problems.is_empty() || !check.problems.is_empty() || check.amount != order.amount {
            return Err(FailureKind::DraftInvalid.into());
        }
        ready.push((input, read));
    }
    let now = clock.now();
    store.write(|tx| ready.iter().map(|(input, read)| Ok(table::add_draft(tx, input, language, read, now)?)).collect())
}

/// Reads a file, and finds the account to pay from: its currency is that of amounts that say none.
fn read<'a>(
    accounts: &'a [Account],
    file: &[u8],
    said: &OrderAnswers,
) -> Result<(Orders, Option<&'a Account>), OrdersUnread> {
    let mut known = Known { currency: None, decimal_comma: said.decimal_comma, day_first: said.day_first };
    let orders = orders::read(file, &known)?;
    let from = match said.from {
        Some(id) => accounts.iter().find(|account| account.id == id),
        None => payer(accounts, &orders),
    };
    if orders.orders.iter().all(|order| order.currency.is_some()) {
        return Ok((orders, from));
    }
    known.currency = from.map(|from| from.currency);
    Ok((orders::read(file, &known)?, from))
}

/// The account that the file pays from, where that is one of the owner's; else the only one that can pay in its currency. Several are not
/// chosen from.
fn payer<'a>(accounts: &'a [Account], orders: &Orders) -> Option<&'a Account> {
    let first = orders.orders.first()?;
    let can = |account: &&Account| {
        account.can_pay && account.iban.is_some() && first.currency.is_none_or(|currency| account.currency == currency)
    };
    if let Some(payer) = &first.payer {
        return accounts.iter().filter(can).find(|account| is_account(account, payer));
    }
    let mut able = accounts.iter().filter(can);
    able.next().filter(|_| able.next().is_none())
}

fn is_account(account: &Account, number: &str) -> bool {
    account.iban.as_ref().is_some_and(|own| match iban::check_account(number) {
        iban::AccountCheck::Valid { iban, .. } => iban == *own,
        _ => false,
    })
}

fn chosen<'o>(orders: &'o Orders, lines: &[u32]) -> impl Iterator<Item = Option<&'o Order>> {
    let lines: BTreeSet<u32> = lines.iter().copied().collect();
    lines.into_iter().map(|line| orders.orders.get(usize::try_from(line).ok()?))
}

/// The form as the owner would fill it in.
fn form(
    order: &Order,
    from: Option<&Account>,
    today: NaiveDate,
    language: Language,
    notes: &mut Vec<OrderNote>,
) -> DraftInput {
    if let Some(day) = order.day.filter(|day| *day < today) {
        notes.push(OrderNote::DayPassed { day });
    }
    DraftInput {
        from: from.map(|account| account.id),
        payee: order.payee.clone(),
        account: order.account.clone(),
        amount: order.amount.map_or_else(|| order.amount_text.clone(), |amount| typed_amount(amount, language)),
        currency: order.currency.map(String::from).unwrap_or_default(),
        pay_on: order.day.filter(|day| *day >= today),
        variable_symbol: order.variable_symbol.clone(),
        specific_symbol: order.specific_symbol.clone(),
        constant_symbol: order.constant_symbol.clone(),
        message: order.message.clone(),
    }
}

/// What is wrong with a line: what the file says of a field comes before what the form does.
fn problems(order: &Order, of_form: Vec<FieldProblem>, from: Option<&Account>) -> Vec<FieldProblem> {
    let unknown = |field: Field| match field {
        Field::From => from.is_none(),
        // Without a currency the form cannot read an amount; with an account it has that one's.
        Field::Amount => order.currency.is_none() && from.is_none(),
        _ => false,
    };
    let mut problems = order.problems.clone();
    for found in of_form {
        if !unknown(found.field) && problems.iter().all(|known| known.field != found.field) {
            problems.push(found);
        }
    }
    problems
}

/// Whom, how much, and the variable symbol.
type Key = (String, Money, String);

/// What a line is compared with: drafts, and the lines before it.
struct Seen {
    drafts: HashMap<Key, NaiveDate>,
    lines: HashMap<Key, u32>,
}

impl Seen {
    fn of(store: &Store) -> Result<Self> {
        let drafts = store.read(|book| Ok(table::draft_keys(book)?))?;
        let key = |draft: table::DraftKey| {
            let money = Money::from_minor(draft.minor, draft.currency.parse().ok()?);
            Some(((draft.iban, money, symbol_of(&draft.variable_symbol)), at_banks(draft.changed).date()))
        };
        Ok(Self { drafts: drafts.into_iter().filter_map(key).collect(), lines: HashMap::new() })
    }

    /// Says where a line is one that was met before.
    fn meets(&mut self, key: Key, line: u32, notes: &mut Vec<OrderNote>) -> bool {
        let (iban, money, symbol) = key;
        let key = (iban, money.minor().map_or(money, |minor| Money::from_minor(minor, money.currency)), symbol);
        let (prepared, twin) = (self.drafts.get(&key).copied(), self.lines.get(&key).copied());
        notes.extend(prepared.map(|day| OrderNote::Prepared { day }));
        notes.extend(twin.map(|line| OrderNote::TwiceInFile { line }));
        self.lines.entry(key).or_insert(line);
        prepared.is_some() || twin.is_some()
    }
}

fn symbol_of(text: &str) -> String {
    symbols::key(text).map_or_else(|| iban::normalise(text), str::to_owned)
}
