//! `cargo xtask test`: every test, cheapest first, in one target folder and one profile.

use crate::step::{Outcome, failed, step, summary};
use crate::{bundle, setup};

/// Everything.
pub(crate) fn all() -> Outcome {
    setup::for_tests()?;
    for part in [formatting, ui, clippy, screens, rust, deny, every_window, bundle::check] {
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
        "deny" => deny(),
        "e2e" => every_window(),
        "package" => bundle::check(),
        _ => Err(failed(format!("There is no part `{name}`: fmt, clippy, ui, rust, deny, e2e, package."))),
    }
}

fn formatting() -> Outcome {
    step("Layout of the Rust code", 2, "cargo", &["fmt", "--all", "--check"]).repeat("cargo xtask test fmt").run()
}

fn clippy() -> Outcome {
    let lints = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    step("Lints of the Rust code", 25, "cargo", &lints).run()
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
    in_desktop("Rust tests", 20, &["cargo", "test", "--workspace", "--quiet"])
}

/// Licences, sources and duplicates of the crates. The advisory database is not asked: it needs the network.
fn deny() -> Outcome {
    step(
        "Licences and sources of the crates",
        2,
        "cargo",
        &["deny", "--offline", "check", "bans", "licenses", "sources"],
    )
    .run()
}

fn every_window() -> Outcome {
    window("")
}

/// The tests in the real window whose name contains `name`.
pub(crate) fn window(name: &str) -> Outcome {
    setup::for_tests()?;
    build()?;
    let test = ["cargo", "test", "--workspace", "--quiet", "--test", "e2e", "--", "--test-threads=1", name];
    in_desktop("Tests in the real window", 25, &test)
}

/// The main job in the real window, with pictures and a table of what it saw.
pub(crate) fn tour() -> Outcome {
    let test = ["cargo", "test", "--workspace", "--quiet", "--test", "e2e", "--", "--nocapture", "--exact", "tour"];
    in_desktop("The main job in the real window", 10, &test)
}

/// Runs a program in the virtual desktop, by way of this very program, so that one time limit holds for all of it.
fn in_desktop(title: &str, minutes: u64, words: &[&str]) -> Outcome {
    let myself = std::env::current_exe().map_err(|error| failed(format!("finding this program: {error}")))?;
    let words = [&["desktop"], words].concat();
    step(title, minutes, myself, &words).repeat(format!("cargo xtask {}", words.join(" "))).run()
}
