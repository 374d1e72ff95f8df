//! Declares the commands, so that no window may call what is not listed, and keeps `cargo check` working without a built UI.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = std::path::Path::new("ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all("ui/dist")?;
        std::fs::write(
            page,
            "<!doctype html><title>Saldo</title><p>The window is not built: run <code>cargo xtask run</code>.",
        )?;
    }
    tauri_build::build();
    Ok(())
}
