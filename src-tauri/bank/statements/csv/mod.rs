//! Tables of banks: which character separates, where the names of the columns stand, how numbers and days are written, and what
//! stands before the table.

pub(crate) mod cells;
mod columns;
pub(crate) mod rows;

pub use columns::Meaning;
pub(crate) use columns::folded;

use super::text::some;
use super::{Answers, Format, Owner, Statement, StatementRow, Unread, Warning};
use crate::money::{Currency, Money};
use crate::symbols::{self, Kind};
use cells::{Amounts, Days};
use chrono::NaiveDate;
use columns::{has_essentials, meaning};
use csv::StringRecord;
use rows::{Line, Rows};

/// How many lines are shown with a question.
const SAMPLE: usize = 5;

/// A table whose columns are not known, to be shown with the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What separates the columns.
    pub separator: char,
    /// The first line of the table: the names of the columns, or the first row where there are none.
    pub names: Vec<String>,
    /// What each column means, as far as its name says so.
    pub known: Vec<Meaning>,
    /// The lines after the first, five at most.
    pub sample: Vec<Vec<String>>,
}

/// A file cut into its parts.
struct Cut<'t> {
    separator: u8,
    lines: Vec<Line<'t>>,
    /// Which line is the first of the table.
    head: usize,
    columns: Vec<Meaning>,
    /// Names of columns that mean nothing to Saldo.
    left_out: Vec<String>,
}

/// Reads a table.
pub(super) fn read(text: &str, answers: &Answers) -> Result<Vec<Statement>, Unread> {
    let cut = cut(text, answers)?;
    if !has_essentials(&cut.columns) {
        return Err(Unread::Columns(Box::new(cut.question())));
    }
    cut.statements(answers)
}

/// By what the names of the columns mean.
fn cut<'t>(text: &'t str, answers: &Answers) -> Result<Cut<'t>, Unread> {
    let known = |cells: &StringRecord| {
        let known = meanings(cells);
        has_essentials(&known).then(|| known.iter().filter(|it| **it != Meaning::Nothing).count())
    };
    let Rows { separator, lines, head } = rows::cut(text, known).ok_or(Unread::NotAStatement)?;
    let names = lines.get(head).map(|line| line.cells.clone()).unwrap_or_default();
    let known = meanings(&names);
    let is_answered = answers.columns.len() == names.len();
    let columns = if is_answered { answers.columns.clone() } else { known };
    let left_out = names.iter().zip(&columns).filter(|(_, meaning)| **meaning == Meaning::Nothing);
    let left_out = if is_answered { Vec::new() } else { left_out.filter_map(|(name, _)| some(name)).collect() };
    Ok(Cut { separator, lines, head, columns, left_out })
}

fn meanings(names: &StringRecord) -> Vec<Meaning> {
    let mut seen = Vec::new();
    let once = |name: &str| match meaning(name) {
        // Of two columns that seem to mean the same the first counts.
        found if found != Meaning::Nothing && seen.contains(&found) => Meaning::Nothing,
        found => {
            seen.push(found);
            found
        }
    };
    names.iter().map(once).collect()
}

impl Cut<'_> {
    fn question(&self) -> Table {
        let texts = |line: &Line<'_>| line.cells.iter().map(str::to_owned).collect::<Vec<_>>();
        Table {
            separator: self.separator.into(),
            names: self.lines.get(self.head).map(texts).unwrap_or_default(),
            known: self.columns.clone(),
            sample: self.lines.iter().skip(self.head + 1).take(SAMPLE).map(texts).collect(),
        }
    }

    fn cell<'l>(&self, line: &'l Line<'_>, meaning: Meaning) -> &'l str {
        let place = self.columns.iter().position(|column| *column == meaning);
        place.and_then(|place| line.cells.get(place)).unwrap_or_default().trim()
    }

    fn all(&self, meanings: &[Meaning]) -> Vec<&str> {
        let lines = self.lines.iter().skip(self.head);
        lines.flat_map(|line| meanings.iter().map(|meaning| self.cell(line, *meaning))).collect()
    }

    fn statements(&self, answers: &Answers) -> Result<Vec<Statement>, Unread> {
        let days = Days::of(&self.all(&[Meaning::Booked, Meaning::Value]), answers.day_first)?;
        let money = [Meaning::Amount, Meaning::Debit, Meaning::Credit, Meaning::Balance];
        let amounts = Amounts::of(&self.all(&money), answers.decimal)?;
        let preamble = Preamble::of(self.lines.get(..self.head).unwrap_or_default());
        let mut statements: Vec<(String, Statement, Vec<Option<i64>>)> = Vec::new();
        let mut left_out = Vec::new();
        for (place, line) in self.lines.iter().enumerate().skip(self.head) {
            let currency = currency(self.cell(line, Meaning::Currency), &preamble, answers);
            let read = self.row(line, currency, &days, amounts);
            let (row, balance) = match read {
                Ok(Some(read)) => read,
                // The names of the columns; a table without them begins with a row.
                Ok(None) | Err(_) if place == self.head => continue,
                Ok(None) => {
                    left_out.push(line.number);
                    continue;
                }
                Err(unread) => return Err(unread),
            };
            let owner = self.cell(line, Meaning::OwnAccount);
            let same =
                |(of, statement, _): &&mut (String, Statement, _)| of == owner && statement.currency == row.currency;
            match statements.iter_mut().find(same) {
                Some((_, statement, balances)) => {
                    statement.rows.push(row);
                    balances.push(balance);
                }
                None => {
                    let mut statement = Statement::new(Format::Csv, row.currency);
                    statement.account = Owner::of(owner);
                    statement.rows.push(row);
                    statements.push((owner.to_owned(), statement, vec![balance]));
                }
            }
        }
        if statements.is_empty() {
            return Err(Unread::Columns(Box::new(self.question())));
        }
        if let [(_, statement, _)] = statements.as_mut_slice() {
            preamble.tell(statement, &days, amounts);
            let lines = left_out.into_iter().map(|line| Warning::LineLeftOut { line });
            let columns = self.left_out.iter().map(|name| Warning::ColumnLeftOut { name: name.clone() });
            statement.warnings.extend(lines.chain(columns));
        }
        Ok(statements.into_iter().map(|(_, statement, balances)| finished(statement, &balances)).collect())
    }

    /// The row of a line, and the balance after it; none for a line without a day or without an amount.
    fn row(
        &self,
        line: &Line<'_>,
        currency: Result<Currency, Unread>,
        days: &Days,
        amounts: Amounts,
    ) -> Result<Option<(StatementRow, Option<i64>)>, Unread> {
        let damaged = || Unread::Damaged { line: line.number };
        let day = |meaning| match self.cell(line, meaning) {
            "" => Ok(None),
            text => days.read(text).map(Some).ok_or_else(damaged),
        };
        let (booked, value) = (day(Meaning::Booked)?, day(Meaning::Value)?);
        let texts = [Meaning::Amount, Meaning::Debit, Meaning::Credit].map(|meaning| self.cell(line, meaning));
        if (booked.is_none() && value.is_none()) || texts.iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        let currency = currency?;
        let read = |text: &str| if text.is_empty() { Some(0) } else { amounts.read(text, currency) };
        let [amount, debit, credit] = texts.map(read);
        let side = self.cell(line, Meaning::Side);
        let amount = match (texts[0].is_empty(), side) {
            (false, "") => amount,
            (false, side) => {
                columns::is_out(side).zip(amount).map(|(out, amount)| if out { -amount.abs() } else { amount.abs() })
            }
            (true, _) => credit.zip(debit).and_then(|(credit, debit)| credit.abs().checked_sub(debit.abs())),
        };
        let mut row = StatementRow::new(amount.ok_or_else(damaged)?, currency, line.number, line.raw);
        (row.booked, row.value) = (booked.or(value), value);
        let text = |meaning| some(self.cell(line, meaning));
        let symbol = |kind, meaning| symbols::parse(kind, self.cell(line, meaning)).ok().flatten();
        row.variable_symbol = symbol(Kind::Variable, Meaning::Variable);
        row.constant_symbol = symbol(Kind::Constant, Meaning::Constant);
        row.specific_symbol = symbol(Kind::Specific, Meaning::Specific);
        row.counterparty = text(Meaning::Counterparty);
        row.reference = text(Meaning::Reference);
        row.message = text(Meaning::Message);
        row.description = text(Meaning::Description);
        row.bank_id = text(Meaning::Id);
        let (number, bank) =
            (self.cell(line, Meaning::CounterpartyAccount), self.cell(line, Meaning::CounterpartyBank));
        match (number, bank) {
            ("", _) => {}
            (number, bank) if bank.len() == 4 && !number.contains('/') && crate::iban::parse(number).is_err() => {
                row.counterparty_number = Some(format!("{number}/{bank}"));
            }
            (number, _) => row.set_counterparty_account(number),
        }
        let balance = some(self.cell(line, Meaning::Balance)).and_then(|text| amounts.read(&text, currency));
        Ok(Some((row, balance)))
    }
}

fn currency(cell: &str, preamble: &Preamble, answers: &Answers) -> Result<Currency, Unread> {
    let said = [Some(cell), preamble.currency.as_deref()].into_iter().flatten().find(|text| !text.is_empty());
    match said {
        Some(text) => text.to_ascii_uppercase().parse().map_err(|_| Unread::Currency),
        None => answers.currency.ok_or(Unread::Currency),
    }
}

/// Fills in what follows from the rows: the period, and the balances where each row has one.
fn finished(mut statement: Statement, balances: &[Option<i64>]) -> Statement {
    let days = || statement.rows.iter().filter_map(|row| row.booked);
    (statement.from, statement.to) = (statement.from.or(days().min()), statement.to.or(days().max()));
    let Some(balances) = balances.iter().copied().collect::<Option<Vec<i64>>>() else { return statement };
    let amounts: Vec<i64> = statement.rows.iter().map(|row| row.amount).collect();
    let follow = |balances: &[i64], amounts: &[i64]| {
        let pairs = balances.windows(2).zip(amounts.iter().skip(1));
        pairs.into_iter().all(|(pair, amount)| pair[0].checked_add(*amount) == Some(pair[1]))
    };
    let ends = |first: usize, last: usize| {
        let opening = balances.get(first)?.checked_sub(*amounts.get(first)?)?;
        Some((opening, *balances.get(last)?))
    };
    let last = balances.len().saturating_sub(1);
    let turned = |all: &[i64]| all.iter().rev().copied().collect::<Vec<_>>();
    let found = if follow(&balances, &amounts) {
        ends(0, last)
    } else if follow(&turned(&balances), &turned(&amounts)) {
        ends(last, 0)
    } else {
        statement.warnings.push(Warning::BalancesDoNotFollow);
        None
    };
    if let Some((opening, closing)) = found {
        let money = |minor| Some(Money::from_minor(minor, statement.currency));
        statement.opening = statement.opening.or(money(opening));
        statement.closing = statement.closing.or(money(closing));
    }
    statement
}

/// What some banks write above the table, a name and a value a line.
#[derive(Default)]
struct Preamble {
    iban: Option<String>,
    number: Option<String>,
    bank: Option<String>,
    currency: Option<String>,
    opening: Option<String>,
    closing: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Preamble {
    fn of(lines: &[Line<'_>]) -> Self {
        let mut preamble = Self::default();
        for line in lines {
            let (name, value) = (folded(line.cells.get(0).unwrap_or_default()), line.cells.get(1).and_then(some));
            match name.as_str() {
                "iban" => preamble.iban = value,
                "accountid" | "cislouctu" | "ucet" => preamble.number = value,
                "bankid" | "kodbanky" => preamble.bank = value,
                "currency" | "mena" => preamble.currency = value,
                "openingbalance" | "pocatecnizustatek" | "pociatocnyzostatok" => preamble.opening = value,
                "closingbalance" | "konecnyzustatek" | "konecnyzostatok" => preamble.closing = value,
                "datestart" | "obdobiod" | "obdobieod" => preamble.from = value,
                "dateend" | "obdobido" | "obdobiedo" => preamble.to = value,
                _ => {}
            }
        }
        preamble
    }

    fn tell(&self, statement: &mut Statement, days: &Days, amounts: Amounts) {
        let number = match (&self.number, &self.bank) {
            (Some(number), Some(bank)) if !number.contains('/') => Some(format!("{number}/{bank}")),
            (number, _) => number.clone(),
        };
        let owner = self.iban.clone().or(number).and_then(|text| Owner::of(&text));
        statement.account = owner.or(statement.account.take());
        let day = |text: &Option<String>| -> Option<NaiveDate> { days.read(text.as_deref()?) };
        (statement.from, statement.to) = (day(&self.from), day(&self.to));
        let currency = statement.currency;
        let money = |text: &Option<String>| {
            amounts.read(text.as_deref()?, currency).map(|minor| Money::from_minor(minor, currency))
        };
        (statement.opening, statement.closing) = (money(&self.opening), money(&self.closing));
    }
}
