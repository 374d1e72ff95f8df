//! A text cut into the rows of a table: which character separates, and where the table begins.

use csv::{ReaderBuilder, StringRecord};

/// In how many of the first lines the names of the columns are looked for.
pub(crate) const PREAMBLE: usize = 60;

/// A line of the file.
pub(crate) struct Line<'t> {
    /// Its cells.
    pub(crate) cells: StringRecord,
    /// Counted from 1, as an editor counts.
    pub(crate) number: u32,
    /// As it stands there.
    pub(crate) raw: &'t str,
}

/// A table in a text.
pub(crate) struct Rows<'t> {
    pub(crate) separator: u8,
    /// All lines of the text.
    pub(crate) lines: Vec<Line<'t>>,
    /// Which of them is the first of the table.
    pub(crate) head: usize,
}

/// By the separator under which the most columns have a name that is known; else under which the most lines have equally many.
/// `known` says of a line how many of its cells are names of columns, and nothing where they do not suffice. None for what is no table.
pub(crate) fn cut(text: &str, known: impl Fn(&StringRecord) -> Option<usize>) -> Option<Rows<'_>> {
    let all = [b';', b',', b'\t', b'|'].map(|separator| (separator, lines(text, separator)));
    let named = all.iter().filter_map(|(separator, lines)| {
        let mut first = lines.iter().take(PREAMBLE).enumerate();
        let (head, count) = first.find_map(|(at, line)| Some((at, known(&line.cells)?)))?;
        Some((*separator, head, count))
    });
    let plain = || {
        let width = |lines: &[Line<'_>]| {
            let widths = lines.iter().map(|line| line.cells.len()).filter(|width| *width > 1);
            let widths: Vec<usize> = widths.collect();
            let count = |width: usize| widths.iter().filter(|it| **it == width).count();
            let most = widths.iter().copied().max_by_key(|width| (count(*width), *width))?;
            // One line with a comma in it is no table.
            Some((count(most), most)).filter(|(count, _)| *count > 1)
        };
        let best = all.iter().filter_map(|(separator, lines)| Some((width(lines)?, *separator)));
        let ((_, width), separator) = best.max_by_key(|(width, _)| *width)?;
        let (_, lines) = all.iter().find(|(it, _)| *it == separator)?;
        Some((separator, lines.iter().position(|line| line.cells.len() == width)?, 0))
    };
    let (separator, head, _) = named.max_by_key(|(_, _, count)| *count).or_else(plain)?;
    let lines = all.into_iter().find(|(it, _)| *it == separator).map(|(_, lines)| lines).unwrap_or_default();
    Some(Rows { separator, lines, head })
}

fn lines(text: &str, separator: u8) -> Vec<Line<'_>> {
    let mut reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut places = Vec::new();
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let place = record.position().map(|place| (place.byte(), place.line())).unwrap_or_default();
        places.push((place, std::mem::take(&mut record)));
    }
    let ends: Vec<usize> = places.iter().skip(1).map(|((byte, _), _)| at(*byte)).chain([text.len()]).collect();
    let line = |(((byte, line), cells), end): (((u64, u64), StringRecord), usize)| {
        let raw = text.get(at(byte)..end).unwrap_or_default();
        // The reader counts empty lines to the line that follows them.
        let start = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let empty = raw.get(..start).unwrap_or_default().matches('\n').count() as u64;
        let number = u32::try_from(line + empty).unwrap_or(u32::MAX);
        Line { cells, number, raw: raw.trim_matches(['\r', '\n']) }
    };
    places.into_iter().zip(ends).map(line).collect()
}

fn at(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
