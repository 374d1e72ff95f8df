//! A small run, so that the measurements themselves stay whole. Nothing here is optimised, so the bars are held a few times wider.

use std::process::Command;

#[test]
fn a_small_book_is_measured_and_its_ratios_are_near_the_bars() {
    let folder = std::env::temp_dir().join(format!("saldo-bench-{}", std::process::id()));
    let measured =
        Command::new(env!("CARGO_BIN_EXE_bench")).arg("--wider").arg("8").arg(&folder).args(["1000", "10000"]).output();
    let measured = measured.expect("the measurements run");
    let said = String::from_utf8_lossy(&measured.stdout);
    println!("{said}{}", String::from_utf8_lossy(&measured.stderr));
    for bar in ["| 1 |", "| 2 |", "| 4 |", "| 5 |", "| 13 |", "| 14 |"] {
        assert!(said.contains(bar), "{bar} was not measured");
    }
    assert!(measured.status.success(), "a ratio is far from its bar");
    assert!(!folder.exists(), "the books are removed");
}
