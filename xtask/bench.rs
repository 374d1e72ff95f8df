//! How quick the store is, in one table: `cargo xtask bench`.

use crate::setup;
use crate::step::{Outcome, step};

/// Where the made-up books lie while they are measured; they are removed afterwards.
const FOLDER: &str = "target/bench";

/// Measures with books of these numbers of rows, and judges the largest. Built in a profile of its own, because ratios of a program
/// that is not optimised say nothing.
pub(crate) fn run(sizes: &[&str]) -> Outcome {
    setup::for_building()?;
    let build = ["build", "--quiet", "--profile", "bench", "--package", "benches"];
    step("Build the measurements", 30, "cargo", &build).run()?;
    let program = format!("target/release/bench{}", std::env::consts::EXE_SUFFIX);
    let sizes = if sizes.is_empty() { &["10000", "200000", "1000000"] } else { sizes };
    step("Measure", 60, program, &[&[FOLDER], sizes].concat())
        .repeat(format!("cargo xtask bench {}", sizes.join(" ")))
        .run()
}
