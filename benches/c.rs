//! SQLite as a program in C would use it: no mapping, no cache of statements, no lock. What it takes is the least that a question
//! can take.

use rusqlite::ffi;
use rusqlite::types::Value;
use std::ffi::{CStr, CString};
use std::path::Path;
use std::ptr::null_mut;

/// What SQLite said, with its number.
pub(crate) type Failed = String;

/// An open file.
pub(crate) struct File(*mut ffi::sqlite3);

impl File {
    /// Opens a file with its key, or one that has none.
    pub(crate) fn open(path: &Path, key: Option<&str>) -> Result<Self, Failed> {
        let name = CString::new(path.to_string_lossy().as_bytes()).map_err(|error| error.to_string())?;
        let mut file = null_mut();
        // SAFETY: `name` ends with a zero and outlives the call, `file` is a place for the answer.
        let code = unsafe { ffi::sqlite3_open(name.as_ptr(), &mut file) };
        let this = Self(file);
        this.check(code)?;
        if let Some(key) = key {
            this.run(&format!("PRAGMA key = \"{key}\""))?;
        }
        Ok(this)
    }

    fn check(&self, code: i32) -> Result<(), Failed> {
        if matches!(code, ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE) {
            return Ok(());
        }
        // SAFETY: the file is open, and SQLite's text is read before the next call.
        let said = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.0)) };
        Err(format!("SQLite: {code} {}", said.to_string_lossy()))
    }

    /// Runs a statement to its end.
    pub(crate) fn run(&self, sql: &str) -> Result<(), Failed> {
        self.question(sql, &[])?.rows().map(drop)
    }

    /// Prepares a question with its values.
    pub(crate) fn question(&self, sql: &str, values: &[Value]) -> Result<Question<'_>, Failed> {
        let mut statement = null_mut();
        let text = CString::new(sql).map_err(|error| error.to_string())?;
        // SAFETY: the file is open, the text ends with a zero, `statement` is a place for the answer.
        self.check(unsafe { ffi::sqlite3_prepare_v2(self.0, text.as_ptr(), -1, &mut statement, null_mut()) })?;
        let question = Question { file: self, statement };
        for (place, value) in (1..).zip(values) {
            // SAFETY: the statement is prepared; SQLite copies the text (SQLITE_TRANSIENT) before the call ends.
            self.check(unsafe {
                match value {
                    Value::Integer(number) => ffi::sqlite3_bind_int64(statement, place, *number),
                    Value::Text(text) => ffi::sqlite3_bind_text(
                        statement,
                        place,
                        text.as_ptr().cast(),
                        text.len() as i32,
                        ffi::SQLITE_TRANSIENT(),
                    ),
                    _ => ffi::sqlite3_bind_null(statement, place),
                }
            })?;
        }
        Ok(question)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // SAFETY: its questions have ended before it, as they borrow it.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}

/// A prepared question.
pub(crate) struct Question<'f> {
    file: &'f File,
    statement: *mut ffi::sqlite3_stmt,
}

impl Question<'_> {
    /// Asks it and reads every column of every row; answers how many rows there were.
    pub(crate) fn rows(&self) -> Result<u32, Failed> {
        let mut rows = 0;
        // SAFETY: the statement is prepared; texts are only looked at before the next step.
        unsafe {
            let columns = ffi::sqlite3_column_count(self.statement);
            loop {
                let code = ffi::sqlite3_step(self.statement);
                if code != ffi::SQLITE_ROW {
                    ffi::sqlite3_reset(self.statement);
                    self.file.check(code)?;
                    return Ok(rows);
                }
                rows += 1;
                for column in 0..columns {
                    match ffi::sqlite3_column_type(self.statement, column) {
                        ffi::SQLITE_INTEGER => {
                            std::hint::black_box(ffi::sqlite3_column_int64(self.statement, column));
                        }
                        _ => {
                            std::hint::black_box(ffi::sqlite3_column_text(self.statement, column));
                        }
                    }
                }
            }
        }
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        // SAFETY: nothing uses it any more.
        unsafe { ffi::sqlite3_finalize(self.statement) };
    }
}
