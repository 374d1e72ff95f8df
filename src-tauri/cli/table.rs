//! What people read: aligned columns of plain text, without colours.

use std::io::{self, Write};

/// On which side of its column a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A table that is laid out when it is whole.
pub(crate) struct Table {
    head: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[(&'static str, Side)]) -> Self {
        Self { head: head.to_vec(), rows: Vec::new() }
    }

    /// Adds a row with a text for each column.
    pub(crate) fn row(&mut self, texts: Vec<String>) {
        self.rows.push(texts.iter().map(|text| plain(text)).collect());
    }

    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let width = |column: usize, head: &str| {
            let texts = self.rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count());
            texts.fold(head.chars().count(), usize::max)
        };
        let widths: Vec<usize> = self.head.iter().enumerate().map(|(column, (head, _))| width(column, head)).collect();
        let heads: Vec<String> = self.head.iter().map(|(head, _)| (*head).to_owned()).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let cells = row.iter().zip(&self.head).zip(&widths).map(|((text, (_, side)), width)| match side {
                Side::Left => format!("{text:<width$}"),
                Side::Right => format!("{text:>width$}"),
            });
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}

/// A text as it may stand on a terminal. Banks' texts come from anybody who sends a payment: what would move the cursor, change
/// colours or turn the direction of writing becomes a space.
pub(crate) fn plain(text: &str) -> String {
    let harmless = |letter: char| match letter {
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => ' ',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars().map(harmless).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn columns_are_aligned_and_foreign_texts_are_harmless() {
        let mut table = Table::new(&[("name", Side::Left), ("booked", Side::Right)]);
        table.row(vec!["Žižka".into(), "1.00 EUR".into()]);
        table.row(vec!["\u{1b}[31mred\nline\u{202e}".into(), "-12345.67 CZK".into()]);
        let mut out = Vec::new();
        table.print(&mut out).unwrap();
        let expected = "\
name                   booked
Žižka                1.00 EUR
 [31mred line   -12345.67 CZK
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
