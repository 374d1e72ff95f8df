//! Where secrets come from: a line of a file, of the standard input, or of the terminal without showing it. Never an argument.

use crate::ending::Ending;
use bank::vault::Secret;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read};
use std::path::Path;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4096;

/// The first line of a file; with `-` the next line of the standard input.
pub(crate) fn from_file(path: &Path) -> Result<Secret<String>, Ending> {
    let read = || {
        if path.as_os_str() == "-" {
            return line(&mut io::stdin().lock());
        }
        line(&mut BufReader::with_capacity(1, File::open(path)?))
    };
    read().map_err(Ending::Unreadable)
}

/// What is typed at the terminal; none where there is no terminal.
pub(crate) fn from_terminal(question: &str) -> Result<Option<Secret<String>>, Ending> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    rpassword::prompt_password(question).map(|typed| Some(Secret::new(typed))).map_err(Ending::Unreadable)
}

/// What is typed at the terminal, or else the next line of the standard input.
pub(crate) fn asked(question: &str) -> Result<Secret<String>, Ending> {
    match from_terminal(question)? {
        Some(typed) => Ok(typed),
        None => line(&mut io::stdin().lock()).map_err(Ending::Unreadable),
    }
}

/// The next line, without its end.
fn line(source: &mut impl BufRead) -> io::Result<Secret<String>> {
    // Reserved whole, so that growing leaves no copies behind.
    let mut line = String::with_capacity(LONGEST as usize);
    source.take(LONGEST).read_line(&mut line)?;
    if line.len() as u64 == LONGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    while line.ends_with(['\n', '\r']) {
        line.pop();
    }
    if line.is_empty() { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(Secret::new(line)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_secret_is_one_line() {
        let read = |text: &str| line(&mut text.as_bytes()).map(|secret| secret.expose().clone()).ok();
        assert_eq!(read("s3cret \r\nsecond\n").as_deref(), Some("s3cret "));
        assert_eq!(read("s3cret").as_deref(), Some("s3cret"));
        assert_eq!((read(""), read("\n"), read(&"x".repeat(5_000))), (None, None, None));
    }
}
