//! The published vectors, and files that go wrong.

mod hostile;
mod vectors;

use super::*;

/// The one statement of a file.
fn only(file: &[u8], answers: &Answers) -> Statement {
    let mut statements = read(file, answers).unwrap();
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}
