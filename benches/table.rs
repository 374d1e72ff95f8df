//! Times, ratios and the table of them.

use std::time::{Duration, Instant};

/// The median time of `times` runs after one that warms up.
pub(crate) fn median<E>(times: usize, mut act: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    act()?;
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        act()?;
        took.push(began.elapsed());
    }
    took.sort();
    Ok(took.get(took.len() / 2).copied().unwrap_or_default())
}

/// The median times of two acts that take turns, so that what else the computer does strikes both.
pub(crate) fn both<E>(
    times: usize,
    mut ours: impl FnMut() -> Result<(), E>,
    mut theirs: impl FnMut() -> Result<(), E>,
) -> Result<(Duration, Duration), E> {
    ours()?;
    theirs()?;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for _ in 0..times {
        for (took, act) in [(&mut left, &mut ours as &mut dyn FnMut() -> Result<(), E>), (&mut right, &mut theirs)] {
            let began = Instant::now();
            act()?;
            took.push(began.elapsed());
        }
    }
    left.sort();
    right.sort();
    let middle = |took: &[Duration]| took.get(took.len() / 2).copied().unwrap_or_default();
    Ok((middle(&left), middle(&right)))
}

/// How often one time goes into another.
pub(crate) fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64().max(1e-9)
}

/// A time for people.
pub(crate) fn spoken(took: Duration) -> String {
    match took.as_micros() {
        micros @ 0..1_000 => format!("{micros} µs"),
        micros @ 1_000..1_000_000 => format!("{:.1} ms", micros as f64 / 1e3),
        micros => format!("{:.2} s", micros as f64 / 1e6),
    }
}

/// The lines of bars: what was measured against what, and whether it holds.
#[derive(Default)]
pub(crate) struct Bars {
    missed: Vec<String>,
}

impl Bars {
    /// The head of the table.
    pub(crate) fn head() {
        println!("| # | measured | ours | against | that | ratio | bar | |");
        println!("|---|---|---|---|---|---|---|---|");
    }

    /// A line with the ratio that it may have at most.
    pub(crate) fn line(
        &mut self,
        number: &str,
        what: &str,
        (ours, theirs): (Duration, Duration),
        against: &str,
        most: f64,
    ) {
        let ratio = ratio(ours, theirs);
        let held = ratio <= most;
        if !held {
            self.missed.push(format!("{number} {what}: {ratio:.3}x, at most {most}x"));
        }
        let word = if held { "" } else { "missed" };
        let (ours, theirs) = (spoken(ours), spoken(theirs));
        println!("| {number} | {what} | {ours} | {against} | {theirs} | {ratio:.3}x | {most:.3}x | {word} |");
    }

    /// What does not hold.
    pub(crate) fn missed(&self) -> &[String] {
        &self.missed
    }
}
