//! The files of a book, and how another whole file takes the place of a book, whatever interrupts it.
//!
//! A book is up to three files: the data file and SQLite's side files, whose names follow from its own. They cannot be moved in
//! one go, so a note (`<book>.swap`) is written before the first move and removed after the last: opening the book carries on
//! where an interruption left off. Before the note there is only the old book, after it only the new one.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Moments in file names.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// A file beside the book, named after it.
pub(super) fn beside(book: &Path, ending: &str) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The file that is about to become the book.
pub(super) fn fresh(book: &Path) -> PathBuf {
    beside(book, ".new")
}

fn note(book: &Path) -> PathBuf {
    beside(book, ".swap")
}

/// The name of a file that keeps something of a moment: `<book>.<word>-<moment>`.
pub(super) fn kept(book: &Path, word: &str, at: DateTime<Utc>) -> PathBuf {
    beside(book, &format!(".{word}-{}", at.format(MOMENT)))
}

/// The files beside the book that keep something under a word, the newest first, with their moments.
pub(super) fn all_kept(book: &Path, word: &str) -> io::Result<Vec<(DateTime<Utc>, PathBuf)>> {
    let start = format!("{}.{word}-", book.file_name().unwrap_or_default().to_string_lossy());
    let folder = match std::fs::read_dir(book.parent().unwrap_or(Path::new("."))) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        folder => folder?,
    };
    let mut found = Vec::new();
    for file in folder {
        let path = file?.path();
        let moment = path.file_name().and_then(OsStr::to_str).and_then(|name| name.strip_prefix(&start));
        let moment = moment.and_then(|moment| NaiveDateTime::parse_from_str(moment, MOMENT).ok());
        found.extend(moment.map(|moment| (moment.and_utc(), path)));
    }
    found.sort_by(|a, b| b.cmp(a));
    Ok(found)
}

/// Puts [`fresh`], which is whole and on the disk, in the place of the book, and answers where the one of before lies now
/// (`<book>.<word>-<moment>`, side files beside it). Nobody may have the book open. When it fails, the old one is in its place.
pub(super) fn swap(book: &Path, word: &str, mut now: DateTime<Utc>) -> io::Result<PathBuf> {
    while kept(book, word, now).exists() {
        now += TimeDelta::seconds(1);
    }
    let aside = kept(book, word, now);
    let moved = write_note(book, &aside).and_then(|()| finish(book, &aside));
    if let Err(error) = moved {
        undo(book, &aside)?;
        return Err(error);
    }
    Ok(aside)
}

/// Carries on with a swap that was interrupted, and removes what an interruption before its note has left.
pub(super) fn settle(book: &Path) -> io::Result<()> {
    let (note, fresh) = (note(book), fresh(book));
    match std::fs::read_to_string(&note) {
        // Only a name beside the book can have been written there; a torn note was never acted on.
        Ok(name) if name.ends_with('\n') && !name.contains(['/', '\\']) => {
            finish(book, &book.with_file_name(name.trim_end()))
        }
        Ok(_) => [note, fresh].iter().try_for_each(|file| remove(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => remove(&fresh),
        Err(error) => Err(error),
    }
}

fn write_note(book: &Path, aside: &Path) -> io::Result<()> {
    let note = note(book);
    super::private_file(&note)?;
    let name = aside.file_name().and_then(OsStr::to_str).ok_or(ErrorKind::InvalidFilename)?;
    std::fs::write(&note, format!("{name}\n"))?;
    std::fs::File::open(&note)?.sync_all()?;
    sync_folder(book)
}

/// What is moved, in this order. Each move may have been made already.
fn moves(book: &Path, aside: &Path) -> [(PathBuf, PathBuf); 4] {
    [
        (beside(book, "-wal"), beside(aside, "-wal")),
        (beside(book, "-shm"), beside(aside, "-shm")),
        (book.to_owned(), aside.to_owned()),
        (fresh(book), book.to_owned()),
    ]
}

fn finish(book: &Path, aside: &Path) -> io::Result<()> {
    if fresh(book).exists() {
        for (from, to) in moves(book, aside) {
            rename(&from, &to)?;
        }
    }
    sync_folder(book)?;
    remove(&note(book))?;
    sync_folder(book)
}

/// The moves backwards, as far as they were made.
fn undo(book: &Path, aside: &Path) -> io::Result<()> {
    let fresh = fresh(book);
    if !fresh.exists() {
        // The last move was made: the new book is in its place.
        return remove(&note(book));
    }
    for (from, to) in moves(book, aside).iter().take(3).rev() {
        rename(to, from)?;
    }
    remove(&note(book))?;
    remove(&fresh)
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

/// Removes a file; that there is none is well too.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Removes a database file and its side files.
pub(super) fn remove_database(file: &Path) -> io::Result<()> {
    ["-wal", "-shm", "-journal", ""].iter().try_for_each(|ending| remove(&beside(file, ending)))
}

/// Makes sure that a name given in the folder of `file` is on the disk.
pub(crate) fn sync_folder(file: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(file.parent().unwrap_or(Path::new(".")))?.sync_all() } else { Ok(()) }
}

/// The last part of a path, for the window.
pub(crate) fn name(file: &Path) -> String {
    file.file_name().map_or_else(OsString::new, OsStr::to_owned).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A book called `old` with side files, and a whole new one beside it.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        for (ending, text) in [("", "old"), ("-wal", "old wal"), ("-shm", "old shm"), (".new", "new")] {
            std::fs::write(beside(&book, ending), text).unwrap();
        }
        (folder, book)
    }

    fn noon() -> DateTime<Utc> {
        "2026-11-27T12:00:00Z".parse().unwrap()
    }

    fn text(file: &Path) -> String {
        std::fs::read_to_string(file).unwrap_or_default()
    }

    fn is_new(book: &Path) {
        let aside = kept(book, "damaged", noon());
        assert_eq!((text(book), text(&aside)), ("new".into(), "old".into()));
        assert_eq!((text(&beside(book, "-wal")), text(&beside(&aside, "-wal"))), (String::new(), "old wal".into()));
        assert!(!note(book).exists() && !fresh(book).exists());
    }

    #[test]
    fn the_new_book_takes_the_place_and_the_old_one_is_set_aside_whole() {
        let (_folder, book) = folder();
        assert_eq!(swap(&book, "damaged", noon()).unwrap(), kept(&book, "damaged", noon()));
        is_new(&book);
        assert_eq!(all_kept(&book, "damaged").unwrap(), [(noon(), kept(&book, "damaged", noon()))]);
    }

    #[test]
    fn an_interruption_at_any_step_leaves_one_whole_book() {
        let aside = |book: &Path| kept(book, "damaged", noon());
        // Before the note, and with a note that was torn: the old book.
        for torn in [None, Some(""), Some("book.db.dam")] {
            let (_folder, book) = folder();
            if let Some(torn) = torn {
                std::fs::write(note(&book), torn).unwrap();
            }
            settle(&book).unwrap();
            assert_eq!((text(&book), text(&beside(&book, "-wal"))), ("old".into(), "old wal".into()));
            assert!(!note(&book).exists() && !fresh(&book).exists());
        }
        // After it: the new one, after however many moves.
        for moved in 0..=4 {
            let (_folder, book) = folder();
            write_note(&book, &aside(&book)).unwrap();
            for (from, to) in moves(&book, &aside(&book)).iter().take(moved) {
                rename(from, to).unwrap();
            }
            settle(&book).unwrap();
            is_new(&book);
            settle(&book).unwrap();
            is_new(&book);
        }
    }

    #[test]
    fn a_move_that_fails_brings_the_old_book_back() {
        for moved in 0..4 {
            let (_folder, book) = folder();
            let aside = kept(&book, "damaged", noon());
            write_note(&book, &aside).unwrap();
            for (from, to) in moves(&book, &aside).iter().take(moved) {
                rename(from, to).unwrap();
            }
            undo(&book, &aside).unwrap();
            assert_eq!((text(&book), text(&beside(&book, "-wal"))), ("old".into(), "old wal".into()), "after {moved}");
            assert!(!note(&book).exists() && !fresh(&book).exists() && !aside.exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_takes_nothing_leaves_everything() {
        let (folder, book) = folder();
        // A folder stands where the old book would go.
        std::fs::create_dir_all(beside(&kept(&book, "damaged", noon()), "-wal/x")).unwrap();
        assert!(swap(&book, "damaged", noon()).is_err());
        assert_eq!((text(&book), text(&beside(&book, "-wal"))), ("old".into(), "old wal".into()));
        drop(folder);
    }

    #[test]
    fn what_is_set_aside_in_the_same_second_stays() {
        let (_folder, book) = folder();
        swap(&book, "damaged", noon()).unwrap();
        std::fs::write(fresh(&book), "newer").unwrap();
        swap(&book, "damaged", noon()).unwrap();
        let kept: Vec<_> = all_kept(&book, "damaged").unwrap().into_iter().map(|(_, file)| text(&file)).collect();
        assert_eq!(kept, ["new", "old"]);
    }
}
