//! How quick the store is: every bar as a ratio between two things measured in the same run. `cargo xtask bench`.
//!
//! `bench [--keep] <folder> <rows> ...` makes books of so many rows in the folder, smallest first, and prints one table. The last size is
//! the one that is judged; the others show how cost grows. The books are removed unless they are to be kept for the next run.

mod c;
mod questions;
mod table;
mod writing;

use bank::measuring;
use bank::store::Store;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use table::{Bars, spoken};

/// Anything that went wrong, for the person at the terminal.
type Failed = Box<dyn std::error::Error>;

/// A made-up book.
struct Book {
    rows: u32,
    path: PathBuf,
    store: Store,
}

impl Book {
    /// Opens the book of so many rows, and makes it first where it is not there.
    fn prepare(folder: &Path, rows: u32) -> Result<Self, Failed> {
        let path = folder.join(format!("{rows}.db"));
        let made = path.exists();
        let began = Instant::now();
        let store = Store::open(&path, &measuring::key())?;
        if !made {
            measuring::fill(&store, rows)?;
            let size = std::fs::metadata(&path)?.len() / 1_000_000;
            println!("made a book of {rows} rows in {}, {size} MB", spoken(began.elapsed()));
        }
        Ok(Self { rows, path, store })
    }
}

fn main() -> ExitCode {
    match bench() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every bar holds.
fn bench() -> Result<bool, Failed> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let keep = words.first() == Some(&"--keep");
    words.drain(..usize::from(keep));
    let mut bars = Bars::default();
    let [folder, sizes @ ..] = words.as_slice() else {
        return Err("bench [--keep] <folder> <rows> ...".into());
    };
    let folder = Path::new(folder);
    let sizes = sizes.iter().map(|size| size.parse()).collect::<Result<Vec<u32>, _>>()?;
    if !keep && folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    println!("SQLite {}, {} processors", rusqlite_version(), std::thread::available_parallelism()?);
    let books = sizes.iter().map(|rows| Book::prepare(folder, *rows)).collect::<Result<Vec<_>, _>>()?;
    let (Some(small), Some(judged)) = (books.first(), books.last()) else { return Err("no size was named".into()) };

    println!("\nTimes by number of rows\n");
    questions::growth(&books)?;
    println!();
    Bars::head();
    questions::hot(judged, &mut bars)?;
    questions::search(judged, &mut bars)?;
    questions::series(judged, &mut bars)?;
    writing::import(folder, judged.rows.min(100_000), &mut bars)?;
    writing::encrypted(folder, small, judged, &mut bars)?;
    writing::sync(small, judged, &mut bars)?;
    println!("\n{} of the bars are missed.", bars.missed().len());
    bars.missed().iter().for_each(|line| println!("  {line}"));
    if !keep {
        drop(books);
        std::fs::remove_dir_all(folder)?;
    }
    Ok(bars.missed().is_empty())
}

fn rusqlite_version() -> &'static str {
    rusqlite::version()
}
