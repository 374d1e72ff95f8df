//! Payments of a table, a line each.

use super::columns::{self, OrderColumn, meaning};
use super::{
    Known, MOST_LINES, Order, OrderFileNote, OrderNote, OrderPlace, OrderQuestion, OrderSource, Orders, OrdersUnread,
};
use crate::money::{AmountProblem, Currency, Money, parse_typed_amount};
use crate::payments::{Field, Problem};
use crate::settings::Language;
use crate::statements::csv::cells::{Amounts, Days};
use crate::statements::csv::rows::{self, PREAMBLE};
use crate::statements::text::some;
use crate::{iban, reference, symbols};
use chrono::NaiveDate;

/// A line of a table.
pub(super) struct Row {
    /// As a spreadsheet counts, from 1.
    pub(super) number: u32,
    pub(super) cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// As a person would read it; a number of a spreadsheet in the shortest way, with a point.
    pub(super) text: String,
    pub(super) is_number: bool,
    /// Whether it is a formula.
    pub(super) is_computed: bool,
    /// Whether the spreadsheet could not compute it.
    pub(super) is_error: bool,
}

/// Reads a text that is cut by commas and the like.
pub(super) fn of_text(text: &str, known: &Known) -> Result<Orders, OrdersUnread> {
    let cut = rows::cut(text, |cells| columns::known(cells.iter())).ok_or(OrdersUnread::Unknown)?;
    let cells = |line: &rows::Line<'_>| {
        line.cells.iter().map(|text| Cell { text: text.trim().to_owned(), ..Cell::default() }).collect()
    };
    let rows = cut.lines.iter().skip(cut.head).map(|line| Row { number: line.number, cells: cells(line) }).collect();
    of_rows(rows, OrderSource::Csv, known)
}

/// Reads rows of which the first holds the names of the columns.
pub(super) fn of_rows(rows: Vec<Row>, source: OrderSource, known: &Known) -> Result<Orders, OrdersUnread> {
    let mut rows = rows.into_iter();
    let head = rows.next().ok_or(OrdersUnread::Empty)?;
    let mut notes = Vec::new();
    let columns = meanings(&head, &mut notes);
    let missing = columns::missing(&columns.iter().flatten().copied().collect::<Vec<_>>());
    if !missing.is_empty() {
        return Err(OrdersUnread::Columns { missing });
    }
    let mut table = Table { columns, rows: Vec::new(), known: *known };
    for row in rows.filter(|row| row.cells.iter().any(|cell| !cell.text.is_empty())) {
        if table.is_payment(&row) {
            table.rows.push(row);
        } else {
            notes.push(OrderFileNote::LineLeftOut { line: row.number });
        }
        if table.rows.len() > MOST_LINES {
            return Err(OrdersUnread::TooMany);
        }
    }
    if table.rows.is_empty() {
        return Err(OrdersUnread::Empty);
    }
    // Notes of hundreds of lines would hide the others.
    notes.truncate(PREAMBLE);
    if table.rows.iter().any(|row| table.text(row, OrderColumn::Currency).is_empty()) {
        notes.insert(0, OrderFileNote::NoCurrency);
    }
    let days: Vec<&str> = table.rows.iter().map(|row| table.text(row, OrderColumn::Day)).collect();
    let days = Days::of(&days, known.day_first).ok();
    let orders: Vec<Order> = table.rows.iter().map(|row| table.order(row, days)).collect();
    let unclear = |field| {
        let disagree = |order: &Order| order.notes.iter().any(|it| matches!(it, OrderNote::ColumnsDisagree { .. }));
        let of = |order: &Order| {
            !disagree(order) && order.problems.iter().any(|it| (it.field, it.problem) == (field, Problem::Ambiguous))
        };
        orders.iter().any(of)
    };
    let asks = [
        (known.decimal_comma.is_some() || unclear(Field::Amount), OrderQuestion::DecimalComma),
        (known.day_first.is_some() || unclear(Field::PayOn), OrderQuestion::DayFirst),
    ];
    let asks = asks.into_iter().filter(|(asked, _)| *asked).map(|(_, question)| question).collect();
    Ok(Orders { source, orders, notes, asks })
}

/// What each column means; of two that seem to mean the same the first counts.
fn meanings(head: &Row, notes: &mut Vec<OrderFileNote>) -> Vec<Option<OrderColumn>> {
    let mut columns: Vec<Option<OrderColumn>> = Vec::new();
    for cell in &head.cells {
        let name = cell.text.clone();
        let mut column = meaning(&name);
        if column.is_some() && columns.contains(&column) {
            notes.push(OrderFileNote::ColumnTwice { name });
            column = column.filter(|column| matches!(column, OrderColumn::Account | OrderColumn::Amount));
        } else if column.is_none() && !name.is_empty() {
            notes.push(OrderFileNote::ColumnLeftOut { name });
        }
        columns.push(column);
    }
    columns
}

/// The columns whose cells are fields of the form.
const FIELDS: [(OrderColumn, Field); 8] = [
    (OrderColumn::Payee, Field::Payee),
    (OrderColumn::Account, Field::Account),
    (OrderColumn::Amount, Field::Amount),
    (OrderColumn::Day, Field::PayOn),
    (OrderColumn::Variable, Field::VariableSymbol),
    (OrderColumn::Specific, Field::SpecificSymbol),
    (OrderColumn::Constant, Field::ConstantSymbol),
    (OrderColumn::Message, Field::Message),
];

struct Table {
    columns: Vec<Option<OrderColumn>>,
    rows: Vec<Row>,
    known: Known,
}

impl Table {
    /// What stands in the columns of a meaning.
    fn all<'r>(&self, row: &'r Row, column: OrderColumn) -> impl Iterator<Item = &'r Cell> {
        let cells =
            self.columns.iter().zip(&row.cells).filter(move |(it, _)| **it == Some(column)).map(|(_, cell)| cell);
        cells.filter(|cell| !cell.text.is_empty()).collect::<Vec<_>>().into_iter()
    }

    fn cell<'r>(&self, row: &'r Row, column: OrderColumn) -> Option<&'r Cell> {
        self.all(row, column).next()
    }

    fn text<'r>(&self, row: &'r Row, column: OrderColumn) -> &'r str {
        self.cell(row, column).filter(|cell| !cell.is_error).map(|cell| cell.text.as_str()).unwrap_or_default()
    }

    /// Says what a spreadsheet computed: its errors are missing values.
    fn computed(&self, row: &Row, order: &mut Order) {
        for (column, field) in FIELDS {
            if self.cell(row, column).is_some_and(|cell| cell.is_error) {
                order.wrong(field, Problem::Missing);
            }
        }
        let matter = [OrderColumn::Account, OrderColumn::Amount];
        if matter.iter().any(|column| self.cell(row, *column).is_some_and(|cell| cell.is_computed)) {
            order.notes.push(OrderNote::Computed);
        }
    }

    /// Marks a line in which two columns say different accounts or amounts: it may be the payer's, or what was paid already.
    fn disagree(&self, row: &Row, order: &mut Order) {
        for (column, field) in [(OrderColumn::Account, Field::Account), (OrderColumn::Amount, Field::Amount)] {
            let same = |first: &str, second: &str| match field {
                Field::Account => iban::of_copied(first).is_some_and(|iban| iban::of_copied(second) == Some(iban)),
                _ => first == second,
            };
            let Some(first) = self.cell(row, column) else { continue };
            if let Some(second) = self.all(row, column).skip(1).find(|second| !same(&first.text, &second.text)) {
                order.wrong(field, Problem::Ambiguous);
                let (first, second) = (first.text.clone(), second.text.clone());
                order.notes.push(OrderNote::ColumnsDisagree { first, second });
            }
        }
    }

    /// Whether something of a payment stands there; a line of other columns is a remark.
    fn is_payment(&self, row: &Row) -> bool {
        let of = [OrderColumn::Payee, OrderColumn::Account, OrderColumn::Amount];
        of.into_iter().any(|column| !self.text(row, column).is_empty())
    }

    fn order(&self, row: &Row, days: Option<Days>) -> Order {
        let text = |column| self.text(row, column).to_owned();
        let mut order = Order {
            place: OrderPlace { line: row.number, ..OrderPlace::default() },
            payer: some(self.text(row, OrderColumn::Payer)),
            payee: text(OrderColumn::Payee),
            account: account(self.text(row, OrderColumn::Account), self.text(row, OrderColumn::BankCode)),
            amount_text: text(OrderColumn::Amount),
            variable_symbol: text(OrderColumn::Variable),
            specific_symbol: text(OrderColumn::Specific),
            constant_symbol: text(OrderColumn::Constant),
            message: text(OrderColumn::Message),
            ..Order::default()
        };
        order.refer(self.text(row, OrderColumn::Reference));
        order.currency = match self.text(row, OrderColumn::Currency) {
            "" => self.known.currency,
            text => currency(text).or_else(|| {
                order.notes.push(OrderNote::CurrencyUnread { text: text.to_owned() });
                order.wrong(Field::Amount, Problem::NotAnAmount);
                None
            }),
        };
        self.computed(row, &mut order);
        self.disagree(row, &mut order);
        if let Some(currency) =
            order.currency.filter(|_| order.problems.iter().all(|found| found.field != Field::Amount))
        {
            if self.cell(row, OrderColumn::Amount).is_some_and(|cell| cell.is_number) {
                let text = order.amount_text.clone();
                order.set_exact(&text, currency);
            } else {
                match self.amount(&order.amount_text, currency) {
                    Ok(money) => order.amount = Some(money),
                    Err(problem) => order.wrong(Field::Amount, problem.into()),
                }
            }
        }
        let day = self.text(row, OrderColumn::Day);
        match read_day(day, days) {
            Ok(day) => order.day = day,
            Err(problem) => {
                order.wrong(Field::PayOn, problem);
                order.notes.push(OrderNote::DayUnread { text: day.to_owned() });
            }
        }
        order
    }

    /// An amount that can be read in one way only, or in the one that the owner has said.
    fn amount(&self, text: &str, currency: Currency) -> Result<Money, AmountProblem> {
        let read = parse_typed_amount(text, currency, Language::System);
        let (Err(AmountProblem::Ambiguous), Some(comma)) = (read, self.known.decimal_comma) else { return read };
        let mark = if comma { ',' } else { '.' };
        // With the mark that she said it either groups or has too many decimals.
        let minor = Amounts::with(mark).read(text, currency).ok_or(AmountProblem::TooManyDecimals)?;
        if minor > 0 { Ok(Money::from_minor(minor, currency)) } else { Err(AmountProblem::NotPositive) }
    }
}

/// A number without its bank's code is completed by it.
fn account(number: &str, bank: &str) -> String {
    let is_code = (1..=4).contains(&bank.len()) && bank.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' '));
    if is_code && is_number && !number.contains('/') { format!("{number}/{bank:0>4}") } else { number.to_owned() }
}

fn currency(text: &str) -> Option<Currency> {
    match text.to_uppercase().as_str() {
        "€" | "EURO" => Some(Currency::EUR),
        "KČ" | "KC" => Some(Currency::CZK),
        code => code.parse().ok(),
    }
}

/// The day of a cell; without `days` the table does not show whether the day stands first where it could be either.
fn read_day(text: &str, days: Option<Days>) -> Result<Option<NaiveDate>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    match (days, Days::of(&[text], None)) {
        (Some(days), _) | (None, Ok(days)) => days.read(text).map(Some).ok_or(Problem::NotADay),
        (None, Err(_)) => Err(Problem::Ambiguous),
    }
}

impl Order {
    /// A reference of the payee's: symbols where it is some, a creditor reference where there are no symbols beside it. Another one has
    /// no place.
    pub(super) fn refer(&mut self, written: &str) {
        let Some(written) = some(written) else { return };
        let has_symbols =
            ![&self.variable_symbol, &self.specific_symbol, &self.constant_symbol].iter().all(|it| it.is_empty());
        if let Some(named) = symbols::parse_reference(&written).filter(|_| !has_symbols) {
            self.take(named);
        } else if reference::is_meant(&written) && iban::normalise(&self.variable_symbol).is_empty() {
            // The form says where it is wrong, or stands beside a symbol.
            self.variable_symbol = written;
        } else {
            self.notes.push(OrderNote::ReferenceLeftOut { reference: written });
        }
    }

    /// Symbols where there were none.
    pub(super) fn take(&mut self, named: symbols::Symbols) {
        self.variable_symbol = named.variable.unwrap_or_default();
        self.specific_symbol = named.specific.unwrap_or_default();
        self.constant_symbol = named.constant.unwrap_or_default();
    }
}
