//! Writing transactions into a file.

use crate::arguments::{Export, Format};
use crate::csv::Dialect;
use crate::ending::{DONE, Ending};
use crate::rows::{self, COLUMNS};
use crate::transactions::{each, write_json};
use bank::desk::Desk;
use bank::store::walk::Way;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes them, the oldest first. A file is there whole or not at all, for this user's eyes only.
pub(crate) fn export(desk: &Desk, order: &Export) -> Result<u8, Ending> {
    match &order.output {
        None => write(desk, order, BufWriter::new(io::stdout().lock()))?,
        Some(file) => {
            let part = beside(file);
            let written =
                private(&part).map_err(Ending::from).and_then(|file| write(desk, order, BufWriter::new(&file)));
            let kept = written.and_then(|()| Ok(std::fs::rename(&part, file)?));
            if kept.is_err() {
                // What is not whole is not kept.
                let _ = std::fs::remove_file(&part);
            }
            kept?;
        }
    }
    Ok(DONE)
}

fn write(desk: &Desk, order: &Export, mut out: impl Write) -> Result<(), Ending> {
    let filter = rows::filter(&order.filter, &desk.store.accounts(desk.clock.now())?)?;
    let dialect = match order.format {
        Format::Json => {
            write_json(desk, filter, Way::OldestFirst, usize::MAX, &mut out)?;
            return Ok(out.flush()?);
        }
        Format::Csv => Dialect::PLAIN,
        Format::CsvExcel => Dialect::SPREADSHEET,
    };
    dialect.head(&COLUMNS, &mut out)?;
    each(desk, filter, Way::OldestFirst, usize::MAX, |row| Ok(dialect.row(row.cells(), &mut out)?))?;
    Ok(out.flush()?)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
