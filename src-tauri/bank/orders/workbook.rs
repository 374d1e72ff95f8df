//! Payments of a spreadsheet (XLSX): the first sheet that has the columns of a payment.
//!
//! Cells are read as they come, never as a whole sheet: a sheet of two cells may say that it has a thousand million.

use super::columns;
use super::table::{self, Cell, Row};
use super::{Known, MOST_LINES, OrderFileNote, OrderSource, Orders, OrdersUnread};
use crate::archive;
use crate::statements::csv::rows::PREAMBLE;
use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most columns that are looked at.
const MOST_COLUMNS: u32 = 200;
/// Most sheets that are looked at.
const MOST_SHEETS: usize = 20;

/// Reads a spreadsheet. Where the library gives up on a file, the file is at fault and nothing else.
pub(super) fn read(file: &[u8], known: &Known) -> Result<Orders, OrdersUnread> {
    if !archive::is_bounded(file) {
        return Err(OrdersUnread::Damaged { line: None });
    }
    let read = catch_unwind(AssertUnwindSafe(|| whole(file, known)));
    read.unwrap_or(Err(OrdersUnread::Damaged { line: None }))
}

fn whole(file: &[u8], known: &Known) -> Result<Orders, OrdersUnread> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| OrdersUnread::Unknown)?;
    let names = book.sheet_names();
    let (mut best, mut found, mut others) = (None, None, Vec::new());
    for name in names.into_iter().take(MOST_SHEETS) {
        let rows = sheet(&mut book, &name)?;
        let texts = |row: &Row| columns::known(row.cells.iter().map(|cell| cell.text.as_str()));
        match rows.iter().take(PREAMBLE).position(|row| texts(row).is_some()) {
            Some(head) if found.is_none() => found = Some(rows.into_iter().skip(head).collect::<Vec<_>>()),
            Some(_) => others.push(OrderFileNote::SheetLeftOut { name }),
            None if best.is_none() && !rows.is_empty() => best = Some(rows),
            None => {}
        }
    }
    let rows = found.or(best).ok_or(OrdersUnread::Empty)?;
    let mut orders = table::of_rows(rows, OrderSource::Xlsx, known)?;
    orders.notes.extend(others);
    Ok(orders)
}

/// The rows of a sheet in which something stands.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, OrdersUnread> {
    let damaged = |_| OrdersUnread::Damaged { line: None };
    // A sheet of charts has no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell_with_formula().map_err(damaged)? {
        let (row, column) = cell.pos;
        let Ok(place) = usize::try_from(column.min(MOST_COLUMNS)) else { continue };
        if column >= MOST_COLUMNS || matches!(cell.value, DataRef::Empty) {
            continue;
        }
        let row = rows.entry(row).or_default();
        if row.len() <= place {
            row.resize(place + 1, Cell::default());
        }
        if let Some(slot) = row.get_mut(place) {
            *slot = Cell { is_computed: cell.formula.is_some(), ..of(&cell.value) };
        }
        if rows.len() > PREAMBLE + 2 * MOST_LINES {
            return Err(OrdersUnread::TooMany);
        }
    }
    Ok(rows.into_iter().map(|(number, cells)| Row { number: number.saturating_add(1), cells }).collect())
}

/// A cell as a person would read it. Numbers are written in the shortest way that means the same, which is how they were typed.
fn of(value: &DataRef<'_>) -> Cell {
    let text = |text: &str| Cell { text: text.trim().to_owned(), ..Cell::default() };
    let number = |text: String| Cell { text, is_number: true, ..Cell::default() };
    match value {
        DataRef::Int(whole) => number(whole.to_string()),
        DataRef::Float(float) => number(float.to_string()),
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Bool(truth) => text(&truth.to_string()),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            text(&day.map(|day| day.to_string()).unwrap_or_default())
        }
        DataRef::DateTime(span) => number(span.as_f64().to_string()),
        DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => text(written),
        DataRef::Error(error) => Cell { is_error: true, ..text(&error.to_string()) },
        DataRef::Empty => Cell::default(),
    }
}
