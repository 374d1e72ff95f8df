//! Comma-separated values (RFC 4180), so that a spreadsheet takes no text of others for a formula.

use crate::rows::Cell;
use std::io::{self, Write};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    separator: char,
    decimal: char,
    /// A mark at the beginning, by which spreadsheets know UTF-8.
    mark: bool,
}

impl Dialect {
    /// Commas and points.
    pub(crate) const PLAIN: Self = Self { separator: ',', decimal: '.', mark: false };
    /// What spreadsheets expect where people write decimal commas.
    pub(crate) const SPREADSHEET: Self = Self { separator: ';', decimal: ',', mark: true };

    /// Writes the first line.
    pub(crate) fn head(self, names: &[&str], out: &mut impl Write) -> io::Result<()> {
        if self.mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        self.line(names.iter().map(|name| (*name).to_owned()), out)
    }

    /// Writes a line of cells.
    pub(crate) fn row(self, cells: impl IntoIterator<Item = Cell>, out: &mut impl Write) -> io::Result<()> {
        self.line(cells.into_iter().map(|cell| self.text(cell)), out)
    }

    fn line(self, texts: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
        let quoted = texts.map(|text| self.quoted(text)).collect::<Vec<_>>();
        write!(out, "{}\r\n", quoted.join(&self.separator.to_string()))
    }

    fn text(self, cell: Cell) -> String {
        match cell {
            Cell::Own(text) => text,
            Cell::Amount(money) => {
                let text = money.to_string();
                let number = text.split(' ').next().unwrap_or_default();
                number.replace('.', &self.decimal.to_string())
            }
            Cell::Foreign(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Cell::Foreign(text) => text,
        }
    }

    fn quoted(self, text: String) -> String {
        if text.contains([self.separator, '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use bank::money::{Currency, Money};

    fn written(dialect: Dialect, cells: Vec<Cell>) -> String {
        let mut out = Vec::new();
        dialect.row(cells, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_of_others_are_no_formulas_and_amounts_stay_numbers() {
        let cells = || {
            let foreign = ["=1+1", "+421", "-x", "@SUM(A1)", "\tx", "a;b", "say \"hi\"", "two\nlines", "plain"];
            let mut cells: Vec<Cell> = foreign.iter().map(|text| Cell::Foreign((*text).into())).collect();
            cells.push(Cell::Amount(Money::from_minor(-123_456, Currency::EUR)));
            cells
        };
        assert_eq!(
            written(Dialect::PLAIN, cells()),
            "'=1+1,'+421,'-x,'@SUM(A1),'\tx,a;b,\"say \"\"hi\"\"\",\"two\nlines\",plain,-1234.56\r\n"
        );
        assert_eq!(
            written(Dialect::SPREADSHEET, cells()),
            "'=1+1;'+421;'-x;'@SUM(A1);'\tx;\"a;b\";\"say \"\"hi\"\"\";\"two\nlines\";plain;-1234,56\r\n"
        );
    }

    #[test]
    fn spreadsheets_see_the_mark_first() {
        let mut out = Vec::new();
        Dialect::SPREADSHEET.head(&["a", "b"], &mut out).unwrap();
        assert_eq!(out, "\u{feff}a;b\r\n".as_bytes());
    }
}
