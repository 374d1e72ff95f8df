//! Statements that banks give out as files: read into rows, and checked against their own balances. Bytes in, values out: nothing is
//! kept.
//!
//! What cannot be known is asked, not guessed: [`Unread`] says what has to be answered, and [`Answers`] carries it back.

mod camt;
pub(crate) mod csv;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod gpc;
mod mt940;
#[cfg(test)]
mod tests;
pub(crate) mod text;

pub use csv::{Meaning, Table};
pub use gpc::Reversals;

use crate::money::{Currency, Money};
use crate::store::transactions::TransactionStatus;
use chrono::NaiveDate;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The longest file that is read, in bytes: a year of a busy account is far less.
const LONGEST: usize = 32 * 1024 * 1024;

/// How a statement was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// ISO 20022 camt.052, camt.053 or camt.054, any version.
    Camt,
    /// SWIFT MT940.
    Mt940,
    /// ABO, also called GPC.
    Gpc,
    /// A table with commas, semicolons, tabs or bars.
    Csv,
}

/// Why a file was not read. Nothing of it has been taken then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Nothing stands in it.
    #[error("the file is empty")]
    Empty,
    /// More than 32 MiB.
    #[error("the file is too long")]
    TooLong,
    /// None of the formats.
    #[error("the file is no statement")]
    NotAStatement,
    /// XML with a document type: it could name other files, and no statement has one.
    #[error("the file declares a document type")]
    DocumentType,
    /// Something in it contradicts its format; the line is counted from 1.
    #[error("line {line} cannot be read")]
    Damaged {
        /// Where.
        line: u32,
    },
    /// The file does not say its currency: [`Answers::currency`].
    #[error("the currency is not said")]
    Currency,
    /// The columns of a table are not known: [`Answers::columns`].
    #[error("the columns are not known")]
    Columns(Box<Table>),
    /// The amounts of a table can be read in two ways (`1,234`): [`Answers::decimal`].
    #[error("the decimal mark is not clear")]
    Decimal,
    /// The dates of a table can be read in two ways (`03/04/2026`): [`Answers::day_first`].
    #[error("the order of day and month is not clear")]
    DayFirst,
}

/// What the owner answered to what a file left open. The default answers nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The currency of a file that does not say it.
    pub currency: Option<Currency>,
    /// What each column of a table means, in its order.
    pub columns: Vec<Meaning>,
    /// The decimal mark of a table, a comma or a point.
    pub decimal: Option<char>,
    /// Whether the day stands before the month.
    pub day_first: Option<bool>,
    /// What the posting codes of a GPC file mean.
    pub reversals: Option<Reversals>,
}

/// Whose statement it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// An IBAN without spaces, with check digits that hold.
    Iban(String),
    /// Another number, as it stands in the file; of a Czech or Slovak one the bank code may be missing.
    Number(String),
}

/// A statement of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// How it was written.
    pub format: Format,
    /// Whose it is, where the file says so.
    pub account: Option<Owner>,
    /// Its currency.
    pub currency: Currency,
    /// The first day of its period.
    pub from: Option<NaiveDate>,
    /// The last day of its period.
    pub to: Option<NaiveDate>,
    /// The booked balance before its first row.
    pub opening: Option<Money>,
    /// The booked balance after its last row; of an intraday report the balance of the moment.
    pub closing: Option<Money>,
    /// The available balance at its end.
    pub available: Option<Money>,
    /// Its rows, in the file's order.
    pub rows: Vec<StatementRow>,
    /// What the owner should know of it.
    pub warnings: Vec<Warning>,
}

/// A row, with what the store keeps of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// What the bank says of it.
    pub status: TransactionStatus,
    /// Minor units of `currency`; negative when money leaves.
    pub amount: i64,
    /// The currency of the amount.
    pub currency: Currency,
    /// The amount in the currency in which it was ordered, where that is another; signed as the amount.
    pub original: Option<Money>,
    /// Booking date.
    pub booked: Option<NaiveDate>,
    /// Value date.
    pub value: Option<NaiveDate>,
    /// The counterparty's name.
    pub counterparty: Option<String>,
    /// The counterparty's IBAN without spaces, where the file has one.
    pub counterparty_iban: Option<String>,
    /// The counterparty's other number, `prefix-number/bank` for a Czech or Slovak one.
    pub counterparty_number: Option<String>,
    /// Variable symbol.
    pub variable_symbol: Option<String>,
    /// Constant symbol.
    pub constant_symbol: Option<String>,
    /// Specific symbol.
    pub specific_symbol: Option<String>,
    /// Reference of the payer or payee that is not made of symbols.
    pub reference: Option<String>,
    /// Message for the payee.
    pub message: Option<String>,
    /// The bank's own text.
    pub description: Option<String>,
    /// The bank's number for it; unique only as far as the bank keeps it so.
    pub bank_id: Option<String>,
    /// The line of the file in which it begins, from 1.
    pub line: u32,
    /// What stands there, as it stands there.
    pub raw: String,
}

/// Something in a statement that its reader should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Opening and rows do not make the closing balance: so much is missing in the rows.
    DoesNotAddUp {
        /// Closing less opening less rows.
        missing: Money,
    },
    /// A row stands for several payments whose parts do not add up; it was kept as one.
    BatchKeptWhole {
        /// Its line.
        line: u32,
    },
    /// A line was left out, because it is no row: a sum, a heading, a text.
    LineLeftOut {
        /// The line.
        line: u32,
    },
    /// A column whose meaning is not known was left out.
    ColumnLeftOut {
        /// Its name.
        name: String,
    },
    /// Whether a reversal brings or takes money could not be proved by the balances: [`Answers::reversals`].
    ReversalUnclear {
        /// Its line.
        line: u32,
    },
    /// The balances after each row do not follow from one another; they were not used.
    BalancesDoNotFollow,
}

/// Whether a statement adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Opening balance and booked rows make the closing balance.
    Holds,
    /// They do not: so much is missing in the rows.
    Missing(Money),
    /// A balance is not there, or rows are in other currencies.
    Impossible,
}

/// The bytes of a file that may be a statement, and no more of it than is enough to refuse it for its length.
pub fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file that may be a statement; there may be several in it.
pub fn read(file: &[u8], answers: &Answers) -> Result<Vec<Statement>, Unread> {
    if file.len() > LONGEST {
        return Err(Unread::TooLong);
    }
    if file.iter().all(u8::is_ascii_whitespace) {
        return Err(Unread::Empty);
    }
    // Of fixed columns of bytes, so before any decoding.
    let mut statements = if gpc::is_one(file) {
        gpc::read(file, answers)?
    } else {
        let text = text::decode(file);
        if text.trim_start().starts_with('<') {
            camt::read(&text)?
        } else if mt940::is_one(&text) {
            mt940::read(&text)?
        } else {
            csv::read(&text, answers)?
        }
    };
    for statement in &mut statements {
        if let Proof::Missing(missing) = statement.proof() {
            statement.warnings.push(Warning::DoesNotAddUp { missing });
        }
    }
    Ok(statements)
}

impl Statement {
    /// An empty one.
    fn new(format: Format, currency: Currency) -> Self {
        Self {
            format,
            account: None,
            currency,
            from: None,
            to: None,
            opening: None,
            closing: None,
            available: None,
            rows: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Whether opening balance and booked rows make the closing balance.
    pub fn proof(&self) -> Proof {
        let (Some(opening), Some(closing)) = (self.opening, self.closing) else { return Proof::Impossible };
        let mut booked = self.rows.iter().filter(|row| row.status == TransactionStatus::Booked);
        let sum = booked.try_fold(opening, |sum, row| sum.checked_add(Money::from_minor(row.amount, row.currency)));
        match sum.and_then(|sum| closing.checked_sub(sum)) {
            Ok(missing) if missing.amount.is_zero() => Proof::Holds,
            Ok(missing) => Proof::Missing(missing),
            Err(_) => Proof::Impossible,
        }
    }
}

impl StatementRow {
    /// A booked row of which only the money is known.
    fn new(amount: i64, currency: Currency, line: u32, raw: &str) -> Self {
        Self {
            status: TransactionStatus::Booked,
            amount,
            currency,
            original: None,
            booked: None,
            value: None,
            counterparty: None,
            counterparty_iban: None,
            counterparty_number: None,
            variable_symbol: None,
            constant_symbol: None,
            specific_symbol: None,
            reference: None,
            message: None,
            description: None,
            bank_id: None,
            line,
            raw: raw.to_owned(),
        }
    }

    /// Takes an account as it stands in a file: an IBAN, or whatever else it is.
    fn set_counterparty_account(&mut self, text: &str) {
        match crate::iban::parse(text) {
            Ok(iban) => self.counterparty_iban = Some(iban),
            Err(_) => self.counterparty_number = text::some(text),
        }
    }

    /// Takes symbols that are not known yet.
    fn add_symbols(&mut self, symbols: crate::symbols::Symbols) {
        self.variable_symbol = self.variable_symbol.take().or(symbols.variable);
        self.constant_symbol = self.constant_symbol.take().or(symbols.constant);
        self.specific_symbol = self.specific_symbol.take().or(symbols.specific);
    }
}

impl Owner {
    fn of(text: &str) -> Option<Self> {
        match crate::iban::parse(text) {
            Ok(iban) => Some(Self::Iban(iban)),
            Err(_) => text::some(text).map(Self::Number),
        }
    }
}
