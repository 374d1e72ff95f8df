//! `cargo xtask run`: Saldo on this computer's screen, or the main job in a virtual one.

use crate::step::{Outcome, step};
use crate::{checks, setup};

/// The folder with the pictures.
pub(crate) const SCREENS: &str = "target/screens";

/// Sets up, builds and opens Saldo. Without a display, does the main job through the real window of a virtual desktop.
pub(crate) fn run() -> Outcome {
    let display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()));
    if display || !cfg!(target_os = "linux") {
        setup::for_building()?;
        checks::build()?;
        println!("\n==> Open Saldo");
        let program = std::path::Path::new("target/debug").join(format!("saldo{}", std::env::consts::EXE_SUFFIX));
        return step("Saldo", u64::MAX / 60, program, &[""; 0]).run();
    }
    println!("There is no display: Saldo will do its main job in a virtual one.");
    setup::for_tests()?;
    checks::build()?;
    checks::tour()?;
    println!("\nThe pictures are in {SCREENS}.");
    Ok(())
}
