//! Packages: the .deb, and the proof that it works once installed.

use crate::step::{During, Outcome, answer, failed, step};
use crate::{checks, setup};
use std::fs;
use std::path::{Path, PathBuf};

/// Tauri's command-line interface out of npm. It has to be called from the project's folder.
const TAURI: &str = "ui/node_modules/.bin/tauri";
/// The icons that the packages and the window use.
const ICONS: [&str; 7] =
    ["32x32.png", "64x64.png", "128x128.png", "128x128@2x.png", "icon.icns", "icon.ico", "icon.png"];
/// The program in the installed package.
const INSTALLED: &str = "/usr/bin/saldo";
/// Where `tauri.conf.json` takes the command line from, with its man pages and completions.
const COMMAND_LINE: &str = "target/cli";

/// The packages of this system as users get them.
pub(crate) fn release() -> Outcome {
    setup::for_building()?;
    if cfg!(target_os = "linux") {
        let build = ["build", "--release", "--quiet", "--package", "saldo-cli"];
        step("Build the command line of the release", 60, "cargo", &build).repeat("cargo xtask bundle").run()?;
        command_line("target/release/saldo-cli")?;
    }
    let kinds = if cfg!(target_os = "linux") {
        "deb,rpm"
    } else if cfg!(windows) {
        "nsis"
    } else {
        "app,dmg"
    };
    step("Build and pack the release", 60, TAURI, &["build", "--bundles", kinds]).repeat("cargo xtask bundle").run()?;
    println!("\nThe packages are in target/release/bundle.");
    Ok(())
}

/// The .deb around the program that the tests use, without compiling anything a second time.
pub(crate) fn debug() -> Outcome<PathBuf> {
    setup::for_building()?;
    checks::build()?;
    let build = ["test", "--workspace", "--no-run", "--quiet", "--test", "cli"];
    step("Build the command line", 10, "cargo", &build).repeat("cargo xtask bundle --debug").run()?;
    command_line("target/debug/saldo-cli")?;
    let folder = Path::new("target/debug/bundle/deb");
    if folder.exists() {
        fs::remove_dir_all(folder).during(folder.display())?;
    }
    let pack = ["bundle", "--debug", "--ci", "--no-binary-patching", "--bundles", "deb"];
    step("Pack the .deb", 5, TAURI, &pack).repeat("cargo xtask bundle --debug").run()?;
    let made = fs::read_dir(folder).during(folder.display())?.flatten().map(|entry| entry.path());
    made.into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .ok_or_else(|| failed("no .deb was made"))
}

/// Lays out what the packages hold of the command line.
fn command_line(program: &str) -> Outcome {
    let folder = Path::new(COMMAND_LINE);
    if folder.exists() {
        fs::remove_dir_all(folder).during(folder.display())?;
    }
    let pages = folder.join("man");
    fs::create_dir_all(&pages).during(pages.display())?;
    fs::copy(program, folder.join("saldo-cli")).during(program)?;
    let pages = pages.display().to_string();
    step("Write the man pages", 1, program, &["man", "--into", &pages]).run()?;
    for shell in ["bash", "fish", "zsh"] {
        let script = answer(program, &["completions", shell])
            .ok_or_else(|| failed(format!("saldo-cli has no completions for {shell}.")))?;
        fs::write(folder.join(format!("saldo-cli.{shell}")), script + "\n").during(shell)?;
    }
    Ok(())
}

/// Packs the .deb, reads it, installs it, lets the tests of the real window run against the installed program, and removes it.
pub(crate) fn check() -> Outcome {
    if !Path::new("/etc/debian_version").exists() {
        return Err(failed("The .deb is tested on Debian only."));
    }
    if Path::new(INSTALLED).exists() {
        return Err(failed(format!(
            "{INSTALLED} is there already: the test would replace it. Remove the package saldo first."
        )));
    }
    let package = debug()?;
    contents(&package)?;
    let package = package.display().to_string();
    as_root("Install the .deb", &["dpkg", "-i", &package])?;
    let tested = checks::installed(INSTALLED);
    as_root("Remove the .deb", &["dpkg", "-P", "saldo"])?;
    tested?;
    if Path::new(INSTALLED).exists() { Err(failed("Removing the package left its program behind.")) } else { Ok(()) }
}

/// Unpacks the package and reads what the desktop will read of it.
fn contents(package: &Path) -> Outcome {
    let folder = Path::new("target/debug/bundle/unpacked");
    if folder.exists() {
        fs::remove_dir_all(folder).during(folder.display())?;
    }
    let [from, to] = [package, folder].map(|path| path.display().to_string());
    step("Unpack the .deb", 2, "dpkg-deb", &["-x", &from, &to]).run()?;
    let entry = folder.join("usr/share/applications/Saldo.desktop");
    let text = fs::read_to_string(&entry).during(entry.display())?;
    for line in ["Exec=saldo %u", "MimeType=x-scheme-handler/app.saldo.desktop;", "Icon=saldo", "Name=Saldo"] {
        if !text.lines().any(|present| present == line) {
            return Err(failed(format!("The package's desktop file lacks `{line}`:\n{text}")));
        }
    }
    step("Check the desktop file", 1, "desktop-file-validate", &[entry]).run()?;
    let pages = ["saldo-cli.1", "saldo-cli-connect.1"].map(|page| format!("usr/share/man/man1/{page}"));
    let completions = "usr/share/bash-completion/completions/saldo-cli".to_owned();
    for file in pages.into_iter().chain([completions]) {
        if !folder.join(&file).is_file() {
            return Err(failed(format!("The package lacks {file}.")));
        }
    }
    step("Run the packaged command line", 1, folder.join("usr/bin/saldo-cli"), &["--version"]).run()?;
    let control = answer("dpkg-deb", &["-f", &from, "Package", "Depends"]).unwrap_or_default();
    if !control.contains("Package: saldo") || !control.contains("libwebkit2gtk-4.1-0") {
        return Err(failed(format!("The package does not say what it is and needs:\n{control}")));
    }
    Ok(())
}

/// Makes all icons from the one drawing.
pub(crate) fn icons() -> Outcome {
    setup::for_building()?;
    step("Draw the icons", 2, TAURI, &["icon", "icons/saldo.svg", "-o", "target/icons"]).run()?;
    for name in ICONS {
        fs::copy(Path::new("target/icons").join(name), Path::new("icons").join(name)).during(name)?;
    }
    Ok(())
}

fn as_root(title: &str, words: &[&str]) -> Outcome {
    let words = setup::as_root(words);
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    step(title, 5, program, arguments).run()
}
