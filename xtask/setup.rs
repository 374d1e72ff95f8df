//! Brings a fresh computer to the point where Saldo builds and its tests run. What is there already is left alone.

use crate::step::{During, Fetched, Outcome, Step, answer, failed, step};
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What building needs on Debian and its descendants.
const BUILD: &[&str] = &[
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "pkg-config",
];

/// What the virtual desktop, the window tests and the pictures need, and the independent readers of what Saldo writes.
const DESKTOP: &[&str] = &[
    "chromium",
    "dbus-x11",
    "desktop-file-utils",
    "fonts-inter",
    "gnome-keyring",
    "imagemagick",
    "libglib2.0-bin",
    "libxml2-utils",
    "openbox",
    "webkit2gtk-driver",
    "x11-utils",
    "xauth",
    "xdg-utils",
    "xdotool",
    "xvfb",
    "zbar-tools",
];

/// Where npm's finished work is remembered: a copy of the lock file that it was done for.
const INSTALLED: &str = "ui/node_modules/.installed-for.json";
/// What `ui/dist` was built from: each file with its size and time.
const BUILT: &str = "target/xtask/ui-sources";

/// For building and opening Saldo on this computer's own desktop.
pub(crate) fn for_building() -> Outcome {
    system(BUILD)?;
    window()
}

/// For building, and for the tests in a virtual desktop.
pub(crate) fn for_tests() -> Outcome {
    system(&[BUILD, DESKTOP].concat())?;
    window()
}

/// Installs the system packages that are missing, where the system is Debian or a descendant of it.
fn system(packages: &[&str]) -> Outcome {
    installing(packages)?.into_iter().try_for_each(Step::run)
}

/// The same for packages that only one part of the tests needs, which it does without where they cannot be reached.
pub(crate) fn extra(packages: &[&str], log: &Path) -> Outcome<Fetched> {
    for step in installing(packages)? {
        if let Fetched::Unreachable(why) = step.fetch(log)? {
            return Ok(Fetched::Unreachable(why));
        }
    }
    Ok(Fetched::Here)
}

/// The steps that install what is missing of the packages.
fn installing(packages: &[&str]) -> Outcome<Vec<Step>> {
    if !cfg!(target_os = "linux") {
        return Ok(Vec::new());
    }
    let installed = answer("dpkg-query", &["-W", "-f=${db:Status-Status} ${Package}\n"]);
    let Some(installed) = installed else {
        println!(
            "This is not Debian: please see to it that these packages, or what they are called here, are installed:"
        );
        println!("  {}", packages.join(" "));
        return Ok(Vec::new());
    };
    let present = |name: &&&str| installed.lines().any(|line| line == format!("installed {name}"));
    let missing: Vec<&str> = packages.iter().filter(|name| !present(name)).copied().collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    // Another program may hold dpkg's lock; five minutes are enough for an update that is already running.
    let apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"];
    let apt = as_root(&apt);
    let Some((program, before)) = apt.split_first() else { return Ok(Vec::new()) };
    let install = [before, &["install", "-y", "--no-install-recommends"], &missing].concat();
    Ok(vec![
        step("Read the list of system packages", 10, program, &[before, &["update"]].concat()),
        step(format!("Install {} system packages", missing.len()), 20, program, &install),
    ])
}

/// The same words, with `sudo` before them where this is not root already.
pub(crate) fn as_root<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let sudo: &[&str] = if answer("id", &["-u"]).as_deref() == Some("0") { &[] } else { &["sudo"] };
    [sudo, words].concat()
}

/// Installs the UI's packages from the lock file and builds the window's page, each only when something changed.
fn window() -> Outcome {
    let node =
        answer("node", &["--version"]).ok_or_else(|| failed("Node 20 or newer is needed, and `node` is not found."))?;
    let major = node.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Err(failed(format!("Node 20 or newer is needed; this is {node}.")));
    }
    let lock = fs::read("ui/package-lock.json").during("ui/package-lock.json")?;
    if fs::read(INSTALLED).ok().as_ref() != Some(&lock) {
        let quiet = ["ci", "--no-audit", "--no-fund"];
        step("Install the UI's packages from the lock file", 10, npm(), &quiet).folder("ui").run()?;
        fs::write(INSTALLED, lock).during(INSTALLED)?;
    }
    let sources = sources(Path::new("ui"))?;
    if fs::read_to_string(BUILT).ok().as_ref() != Some(&sources) || !Path::new("ui/dist/index.html").exists() {
        step("Build the window's page", 5, npm(), &["run", "--silent", "build"]).folder("ui").run()?;
        fs::create_dir_all("target/xtask").during("target/xtask")?;
        fs::write(BUILT, sources).during(BUILT)?;
    }
    Ok(())
}

/// npm's name on this system.
pub(crate) fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// A line for each file that the page is made of.
fn sources(folder: &Path) -> Outcome<String> {
    let mut lines = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).during(folder.display())?.flatten() {
            let path = entry.path();
            let facts = entry.metadata().during(path.display())?;
            if facts.is_dir() {
                if !matches!(entry.file_name().to_str(), Some("node_modules" | "dist" | "screens" | "test-results")) {
                    folders.push(path);
                }
            } else {
                let time = facts.modified().during(path.display())?;
                let time = time.duration_since(UNIX_EPOCH).map(|time| time.as_nanos()).unwrap_or_default();
                lines.push(format!("{} {} {time}\n", path.display(), facts.len()));
            }
        }
    }
    lines.sort();
    Ok(lines.concat())
}
