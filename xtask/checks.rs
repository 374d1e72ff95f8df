//! `cargo xtask test`: every test, cheapest first, in one target folder and one profile.

use crate::step::{During, Outcome, Step, answer, failed, step, summary};
use crate::{bundle, fuzz, idp, setup};
use std::path::Path;

/// Everything.
pub(crate) fn all() -> Outcome {
    setup::for_tests()?;
    for part in [formatting, ui, clippy, screens, rust, fuzz::every, idp::journeys, deny, every_window, bundle::check] {
        part()?;
    }
    summary();
    Ok(())
}

/// One part of it.
pub(crate) fn part(name: &str) -> Outcome {
    setup::for_tests()?;
    match name {
        "fmt" => formatting(),
        "clippy" => clippy(),
        "ui" => ui().and_then(|()| screens()),
        "rust" => rust(),
        "fuzz" => fuzz::every(),
        "servers" => idp::journeys(),
        "deny" => deny(),
        "e2e" => every_window(),
        "package" => bundle::check(),
        _ => {
            Err(failed(format!("There is no part `{name}`: fmt, clippy, ui, rust, fuzz, servers, deny, e2e, package.")))
        }
    }
}

fn formatting() -> Outcome {
    step("Layout of the Rust code", 2, "cargo", &["fmt", "--all", "--check"]).repeat("cargo xtask test fmt").run()
}

fn clippy() -> Outcome {
    let lints = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    step("Lints of the Rust code", 25, "cargo", &lints).run()?;
    // Not one of "all targets", because `cargo test` alone is not to run it.
    let lints = ["clippy", "--workspace", "--test", "e2e", "--quiet", "--", "-D", "warnings"];
    step("Lints of the tests in the real window", 10, "cargo", &lints).run()
}

/// Types, lints, layout and unit tests of the UI.
fn ui() -> Outcome {
    let npm = setup::npm();
    step("Types, lints and layout of the UI", 5, npm, &["run", "--silent", "check"]).folder("ui").run()?;
    step("Unit tests of the UI", 5, npm, &["test", "--silent"]).folder("ui").run()
}

/// Each screen of the UI in a browser, with made-up data.
fn screens() -> Outcome {
    step("Screens of the UI", 10, setup::npm(), &["run", "--silent", "test:screens"]).folder("ui").run()
}

/// Builds Saldo and the window's tests. Always with the workspace's test features: `cargo build` beside `cargo test` would
/// compile most crates a second time.
pub(crate) fn build() -> Outcome {
    step("Build Saldo", 30, "cargo", &["test", "--workspace", "--no-run", "--quiet", "--test", "e2e"]).run()
}

/// Unit tests, journeys over HTTP, the boundary and the tidy test, with a real keychain.
fn rust() -> Outcome {
    step("Build the Rust tests", 30, "cargo", &["test", "--workspace", "--no-run", "--quiet"]).run()?;
    in_desktop("Rust tests", 20, &["cargo", "test", "--workspace", "--quiet"])?.run()
}

/// Simulated syncs with banks of every bad habit, with all of the computer, by a build of their own.
pub(crate) fn simulate(syncs: &str) -> Outcome {
    let count: u64 = syncs.parse().map_err(|_| failed(format!("`{syncs}` is no number of syncs.")))?;
    let test = ["test", "--profile", "simulate", "--package", "bank", "--lib"];
    step("Build the simulation", 40, "cargo", &[&test[..], &["--no-run", "--quiet"][..]].concat()).run()?;
    let name = ["--quiet", "--", "--nocapture", "--exact", SIMULATION];
    step(format!("Simulate {count} syncs"), 2 + count / 5_000, "cargo", &[&test[..], &name[..]].concat())
        .var("SALDO_SYNCS", syncs)
        .repeat(format!("cargo xtask simulate {syncs}"))
        .run()
}

/// The test that simulates.
const SIMULATION: &str = "sync::tests::simulation::the_law_of_sync_holds_at_banks_of_every_habit";

/// Licences, sources and forbidden crates. The advisory database is not asked: a test must not depend on the network's mood.
fn deny() -> Outcome {
    let program = Path::new("target/tools/bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let install = ["install", "cargo-deny", "--version", "0.20.2", "--locked", "--debug", "--root", "target/tools"];
        step("Install cargo-deny", 15, "cargo", &install).var("CARGO_TARGET_DIR", "target/tools/build").run()?;
        std::fs::remove_dir_all("target/tools/build").during("target/tools/build")?;
    }
    let check = ["check", "bans", "licenses", "sources"];
    step("Licences and sources of the crates", 3, program, &check).repeat("cargo xtask test deny").run()
}

/// The test that fills a book with a million rows first: only where it is asked for by its name.
const MILLION: &str = "million::million";

fn every_window() -> Outcome {
    window("")
}

/// The tests in the real window whose name contains `name`, each on a desktop of its own.
pub(crate) fn window(name: &str) -> Outcome {
    setup::for_tests()?;
    build()?;
    let wanted = |journey: &String| journey.contains(name) && (journey != MILLION || !name.is_empty());
    let found: Vec<String> = journeys()?.into_iter().filter(wanted).collect();
    if found.is_empty() {
        return Err(failed(format!("No test in the real window is named like {name:?}: {}", journeys()?.join(", "))));
    }
    found.iter().try_for_each(|journey| live(journey, &[]))
}

/// The tests in the real window that matter for a package, against an installed program.
pub(crate) fn installed(program: &str) -> Outcome {
    ["tour::tour", "reconnect::cold_start"].iter().try_for_each(|journey| live(journey, &[("SALDO_PROGRAM", program)]))
}

/// The main job in the real window, with pictures and a table of what it saw.
pub(crate) fn tour() -> Outcome {
    live("tour::tour", &[])
}

/// One test in the real window.
fn live(journey: &str, variables: &[(&str, &str)]) -> Outcome {
    let test = ["cargo", "test", "--workspace", "--quiet", "--test", "e2e", "--", "--nocapture", "--exact", journey];
    let title = format!("Real window: {}", journey.replace('_', " ").replace("::", ", "));
    let mut step = in_desktop(&title, if journey == MILLION { 20 } else { 6 }, &test)?
        .repeat(format!("cargo xtask e2e {journey}"));
    for (name, value) in variables {
        step = step.var(name, value);
    }
    step.run()
}

/// The names of all tests in the real window.
fn journeys() -> Outcome<Vec<String>> {
    let list = ["test", "--workspace", "--quiet", "--test", "e2e", "--", "--list", "--format", "terse"];
    let list = answer("cargo", &list).ok_or_else(|| failed("The tests in the real window could not be listed."))?;
    Ok(list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// A step that runs in the virtual desktop, by way of this very program, so that one time limit holds for all of it.
fn in_desktop(title: &str, minutes: u64, words: &[&str]) -> Outcome<Step> {
    let myself = std::env::current_exe().during("finding this program")?;
    let words = [&["desktop"], words].concat();
    Ok(step(title, minutes, myself, &words).repeat(format!("cargo xtask {}", words.join(" "))))
}
