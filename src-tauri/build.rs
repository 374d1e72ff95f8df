//! Declares the commands, so that no window may call what is not listed, and keeps `cargo check` working without a built UI.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    stand_in_page()?;
    let commands = commands(&std::fs::read_to_string("src-tauri/lib.rs")?)?;
    println!("cargo:rerun-if-changed=src-tauri/lib.rs");
    let manifest = tauri_build::AppManifest::new().commands(commands);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

/// The handler list in `lib.rs` is the one list of commands; the manifest follows from it. Without a manifest every local
/// window could call every command.
fn commands(shell: &str) -> Result<&'static [&'static str], Box<dyn Error>> {
    let (_, rest) = shell.split_once("collect_commands![").ok_or("lib.rs has no collect_commands![ ... ]")?;
    let (list, _) = rest.split_once(']').ok_or("the list of commands in lib.rs has no end")?;
    let names: Vec<&'static str> =
        list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(|name| &*name.to_owned().leak()).collect();
    Ok(names.leak())
}

/// Tauri embeds `ui/dist`; without it nothing in this package compiles, not even a test that needs no window.
fn stand_in_page() -> std::io::Result<()> {
    let page = Path::new("ui/dist/index.html");
    if page.exists() {
        return Ok(());
    }
    std::fs::create_dir_all("ui/dist")?;
    std::fs::write(
        page,
        "<!doctype html><title>Saldo</title><p>The window is not built: run <code>cargo xtask run</code>.",
    )
}
