//! A small run, so that the measurements themselves stay whole. Nothing here is optimised and the computer is busy with other tests, so
//! whether a bar is held says nothing here.

use std::process::Command;

#[test]
fn a_small_book_is_measured_against_every_bar() {
    let folder = std::env::temp_dir().join(format!("saldo-bench-{}", std::process::id()));
    let measured = Command::new(env!("CARGO_BIN_EXE_bench")).arg(&folder).args(["1000", "10000"]).output();
    let measured = measured.expect("the measurements run");
    let said = String::from_utf8_lossy(&measured.stdout);
    println!("{said}{}", String::from_utf8_lossy(&measured.stderr));
    for bar in ["| 1 |", "| 2 |", "| 4 |", "| 5 |", "| 13 |", "| 14 |"] {
        assert!(said.contains(bar), "{bar} was not measured");
    }
    assert!(measured.stderr.is_empty(), "it ran to its end");
    assert!(!folder.exists(), "the books are removed");
}
