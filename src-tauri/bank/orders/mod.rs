//! Payments that stand in a file: bytes in, lines out, each with what stands there and what is wrong or doubtful in it. Nothing is kept
//! and nothing is paid; `payments::orders` checks the lines against the book and makes drafts of those that the owner chooses.
//!
//! `table` reads rows by the names of their columns (`columns`), `workbook` the rows of a spreadsheet, `message` pain.001. Nothing that can be read in two ways is
//! guessed: it is asked ([`OrderQuestion`]), and until then the line is marked.

mod columns;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod message;
mod table;
#[cfg(test)]
mod tests;
mod workbook;

pub use columns::OrderColumn;

use crate::archive;
use crate::money::{Currency, Money};
use crate::payments::{Field, FieldProblem, Problem};
use crate::statements::text;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest file, in bytes.
pub const LARGEST: usize = 8_000_000;
/// Most payments of one file.
pub const MOST_LINES: usize = 1_000;

/// How a file was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrderSource {
    /// A table with commas, semicolons, tabs or bars.
    Csv,
    /// A spreadsheet of Excel's newer kind.
    Xlsx,
    /// ISO 20022 pain.001.
    Pain001 {
        /// Its version as its namespace says it, `09`; empty where it says none.
        version: String,
    },
}

/// Why nothing of a file was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrdersUnread {
    /// No payment stands in it.
    Empty,
    /// More than 8 MB.
    TooLarge,
    /// More payments than 1,000.
    TooMany,
    /// None of the formats.
    Unknown,
    /// Something in it contradicts its format.
    Damaged {
        /// The line, from 1, where one can be named.
        line: Option<u32>,
    },
    /// A message of ISO 20022 that orders no transfers.
    OtherMessage,
    /// A table without the columns that a payment needs.
    Columns {
        /// Those that were not found.
        missing: Vec<OrderColumn>,
    },
}

/// What the file as a whole leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderQuestion {
    /// Whether a comma is the decimal mark: `1,234`.
    DecimalComma,
    /// Whether the day stands before the month: `03/04/2026`.
    DayFirst,
}

/// What has to be said of a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrderFileNote {
    /// It says no currency: that of the account paid from is meant.
    NoCurrency,
    /// Two columns seem to mean the same; the first counts. Of accounts and amounts both count, and where they differ the line is marked.
    ColumnTwice {
        /// The name of the one that does not count.
        name: String,
    },
    /// A column that means nothing to Saldo.
    ColumnLeftOut {
        /// Its name.
        name: String,
    },
    /// A line that holds no payment.
    LineLeftOut {
        /// Its number, from 1.
        line: u32,
    },
    /// Another sheet of the spreadsheet holds payments too; the first counts.
    SheetLeftOut {
        /// Its name.
        name: String,
    },
    /// It says another number of payments than it holds.
    CountDiffers {
        /// What it says.
        said: String,
        /// What it holds.
        found: u32,
    },
    /// It says another sum than its payments make.
    SumDiffers {
        /// What it says.
        said: String,
        /// What they make, with a point.
        found: String,
    },
}

/// What has to be said of one line; never stops it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrderNote {
    /// Its day is over: it would be paid on the day of preparing.
    DayPassed {
        /// The day that stands there.
        day: NaiveDate,
    },
    /// The day as it stands there, where it cannot be read.
    DayUnread {
        /// The text.
        text: String,
    },
    /// The currency as it stands there, where it is none.
    CurrencyUnread {
        /// The text.
        text: String,
    },
    /// Two columns that mean the same say different things.
    ColumnsDisagree {
        /// What the first says.
        first: String,
        /// What the other says.
        second: String,
    },
    /// The amount or the account is a formula: it is what the spreadsheet last made of it.
    Computed,
    /// A reference for which a payment of Saldo's has no place.
    ReferenceLeftOut {
        /// The reference.
        reference: String,
    },
    /// Parts of the order that Saldo cannot carry, by the names that the format gives them.
    LeftOut {
        /// The names.
        names: Vec<String>,
    },
    /// The file orders an instant payment; which way it goes is the bank's to say.
    Instant,
    /// The file orders it from another account.
    OtherPayer {
        /// The account, as the file names it.
        account: String,
    },
    /// A draft or a payment that is on its way has the same payee's account, amount and variable symbol.
    Prepared {
        /// When that was last changed.
        day: NaiveDate,
    },
    /// Another line of the file has the same payee's account, amount and variable symbol.
    TwiceInFile {
        /// The place of the other line.
        line: u32,
    },
}

/// Where a payment stands in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderPlace {
    /// Of a table the line, as a spreadsheet counts; of a message which payment it is; from 1.
    pub line: u32,
    /// The message's own id of the payment, where it has one.
    pub id: Option<String>,
    /// The message's id of the payments that this one stands with.
    pub batch: Option<String>,
}

/// A payment as it stands in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) place: OrderPlace,
    /// The account that the file pays from, without spaces.
    pub(crate) payer: Option<String>,
    pub(crate) payee: String,
    pub(crate) account: String,
    /// As it stands there.
    pub(crate) amount_text: String,
    pub(crate) currency: Option<Currency>,
    /// As read, above zero; none where it cannot be.
    pub(crate) amount: Option<Money>,
    pub(crate) day: Option<NaiveDate>,
    /// Or a creditor reference.
    pub(crate) variable_symbol: String,
    pub(crate) specific_symbol: String,
    pub(crate) constant_symbol: String,
    pub(crate) message: String,
    pub(crate) problems: Vec<FieldProblem>,
    pub(crate) notes: Vec<OrderNote>,
}

impl Order {
    fn wrong(&mut self, field: Field, problem: Problem) {
        self.problems.push(FieldProblem { field, problem });
    }

    /// An amount as machines write it, with a point.
    fn set_exact(&mut self, text: &str, currency: Currency) {
        (self.amount_text, self.currency) = (text.trim().to_owned(), Some(currency));
        match text::money(text, '.', currency) {
            None if text.trim().starts_with('-') => self.wrong(Field::Amount, Problem::NotPositive),
            None => self.wrong(Field::Amount, Problem::NotAnAmount),
            Some(money) => match money.minor() {
                Ok(minor) if minor > 0 => self.amount = Some(Money::from_minor(minor, currency)),
                Ok(_) => self.wrong(Field::Amount, Problem::NotPositive),
                Err(crate::money::MoneyError::TooFine) => self.wrong(Field::Amount, Problem::TooManyDecimals),
                Err(_) => self.wrong(Field::Amount, Problem::TooLarge),
            },
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Orders {
    pub(crate) source: OrderSource,
    /// In the file's order; at least one.
    pub(crate) orders: Vec<Order>,
    pub(crate) notes: Vec<OrderFileNote>,
    pub(crate) asks: Vec<OrderQuestion>,
}

/// What is known beside the file: the owner's answers, and the account that she pays from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// The currency of what says none.
    pub(crate) currency: Option<Currency>,
    pub(crate) decimal_comma: Option<bool>,
    pub(crate) day_first: Option<bool>,
}

/// The bytes of a file that the owner chose, one more than [`LARGEST`] at most; none where it cannot be read.
pub fn of_file(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    match File::open(path).and_then(|open| open.take(most).read_to_end(&mut bytes)) {
        Ok(_) => Some(bytes),
        Err(error) => {
            tracing::warn!(kind = ?error.kind(), "the chosen file of payments cannot be read");
            None
        }
    }
}

/// The bytes of a file that the owner dropped; none where that is no base 64.
pub fn of_base64(file: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(file).ok()
}

/// Reads a file.
pub(crate) fn read(file: &[u8], known: &Known) -> Result<Orders, OrdersUnread> {
    if file.len() > LARGEST {
        return Err(OrdersUnread::TooLarge);
    }
    if archive::is_one(file) {
        return workbook::read(file, known);
    }
    let text = text::decode(file);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(OrdersUnread::Empty);
    }
    if text.trim_start().starts_with('<') {
        return message::read(text.trim_start());
    }
    if text.contains('\0') {
        return Err(OrdersUnread::Unknown);
    }
    table::of_text(text, known)
}
