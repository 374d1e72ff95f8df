//! A private desktop for the tests: its own home, session bus, X server, window manager, unlocked keychain and "browser". The
//! real keychain, single instance, deep links and the window work in it as on a person's desk, and nothing of the person's
//! own desk is touched. Each process is ended by its id.

use crate::step::{self, During, Failed, Outcome, answer, failed, within};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The hidden task that [`run`] starts inside the new session bus.
pub(crate) const INSIDE: &str = "inside-desktop";
/// Names the desktop's folder to the programs inside; each process with this variable belongs to the desktop.
const FOLDER: &str = "SALDO_DESKTOP";
/// Where the browser of this desktop writes down each address that it was told to open, a line each.
const OPENED: &str = "opened";

/// Runs `program` in a new desktop, to its end, and removes the desktop.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Outcome {
    let folder = answer("mktemp", &["-d", "-t", "saldo-XXXXXX"]).ok_or_else(|| failed("mktemp made no folder"))?;
    let ended = session(Path::new(&folder), program, arguments);
    let left = fs::remove_dir_all(&folder);
    ended?;
    left.during(format!("removing {folder}"))
}

fn session(folder: &Path, program: &str, arguments: &[&str]) -> Outcome {
    let myself = std::env::current_exe().during("finding this program")?;
    let mut bus = Command::new("dbus-run-session");
    bus.arg("--").arg(myself).args([INSIDE, program]).args(arguments);
    for name in
        ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION"]
    {
        bus.env_remove(name);
    }
    // Cargo lives in the person's home and is wanted inside too.
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    for (name, usual) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(name).is_none() {
            bus.env(name, home.join(usual));
        }
    }
    let folders = [
        ("HOME", ""),
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ];
    for (name, inner) in folders {
        let path = folder.join(inner);
        fs::create_dir_all(&path).during(path.display())?;
        bus.env(name, path);
    }
    browser(folder)?;
    letters(folder)?;
    let opener = folder.join("browser");
    let settings = [
        ("BROWSER", opener.as_os_str()),
        (FOLDER, folder.as_os_str()),
        ("GDK_BACKEND", OsStr::new("x11")),
        ("GSETTINGS_BACKEND", OsStr::new("memory")),
        ("LANG", OsStr::new("C.UTF-8")),
        ("LIBGL_ALWAYS_SOFTWARE", OsStr::new("1")),
        ("NO_AT_BRIDGE", OsStr::new("1")),
        ("SALDO_REAL_KEYRING", OsStr::new("1")),
    ];
    let status = bus.envs(settings).status().during("dbus-run-session")?;
    if status.success() { Ok(()) } else { Err(failed(format!("{program} ended with {status}"))) }
}

/// The desktop's browser: it only writes down which addresses it was to open.
fn browser(folder: &Path) -> Outcome {
    let program = folder.join("browser");
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> {}\n", folder.join(OPENED).display());
    fs::write(&program, script).during(program.display())?;
    fs::write(folder.join(OPENED), "").during(OPENED)?;
    let applications = folder.join("data/applications");
    fs::create_dir_all(&applications).during(applications.display())?;
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec={} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
        program.display()
    );
    fs::write(applications.join("browser.desktop"), entry).during("browser.desktop")?;
    let defaults =
        "[Default Applications]\nx-scheme-handler/http=browser.desktop\nx-scheme-handler/https=browser.desktop\n";
    fs::write(folder.join("config/mimeapps.list"), defaults).during("mimeapps.list")?;
    run_quietly("chmod", &["+x".as_ref(), program.as_os_str()])?;
    run_quietly("update-desktop-database", &[applications.as_os_str()])
}

/// The letters of a present-day desktop: GNOME's Adwaita Sans is Inter under another name.
fn letters(folder: &Path) -> Outcome {
    let fonts = folder.join("config/fontconfig");
    fs::create_dir_all(&fonts).during(fonts.display())?;
    let alias = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>\
        <alias binding=\"same\"><family>Adwaita Sans</family><prefer><family>Inter</family></prefer></alias></fontconfig>\n";
    fs::write(fonts.join("fonts.conf"), alias).during("fonts.conf")
}

/// What [`run`] does inside the session bus: screen, window manager and keychain, then the program.
pub(crate) fn inside(program: &str, arguments: &[&str]) -> Outcome {
    let folder = std::env::var(FOLDER).map_err(|_| failed("only `cargo xtask desktop` calls this"))?;
    let ended = furnished(program, arguments);
    sweep(&folder);
    ended
}

fn furnished(program: &str, arguments: &[&str]) -> Outcome {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1720x1120x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .during("Xvfb")?;
    let display = format!(":{}", first_line(&mut screen)?);
    let manager = Command::new("openbox")
        .arg("--sm-disable")
        .env("DISPLAY", &display)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .during("openbox")?;
    let keychain = keychain(&display)?;
    let status = Command::new(program).args(arguments).env("DISPLAY", &display).status().during(program);
    for child in [keychain, manager, screen] {
        step::end(child.id());
        within(Duration::from_secs(10), child)?;
    }
    let status = status?;
    if status.success() { Ok(()) } else { std::process::exit(status.code().unwrap_or(1)) }
}

/// Starts the keychain, unlocked with a password that nobody needs to know, and waits until it answers.
fn keychain(display: &str) -> Outcome<Child> {
    let mut keychain = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .env("DISPLAY", display)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .during("gnome-keyring-daemon")?;
    if let Some(mut input) = keychain.stdin.take() {
        input.write_all(b"throw-away").during("unlocking the keychain")?;
    }
    run_quietly("gdbus", &["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"].map(OsStr::new))?;
    Ok(keychain)
}

fn first_line(screen: &mut Child) -> Outcome<String> {
    let output = screen.stdout.take().ok_or_else(|| failed("Xvfb has no output"))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).during("reading Xvfb's display number")?;
    Some(line.trim().to_owned()).filter(|number| !number.is_empty()).ok_or_else(|| failed("Xvfb did not start"))
}

/// Ends what was started through the desktop and outlived the program, such as an application opened by a link. They carry
/// this desktop's folder in their environment, so that nobody else's process can be meant. The session bus is our sibling and
/// ends by itself, with us.
fn sweep(folder: &str) {
    let mark = format!("{FOLDER}={folder}");
    let bus = parent(std::process::id());
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let ours = fs::read(entry.path().join("environ"))
            .is_ok_and(|all| all.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes()));
        if ours && id != std::process::id() && Some(id) != bus && parent(id) != bus {
            step::end(id);
        }
    }
}

/// The process that started `id`.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

fn run_quietly(program: &str, arguments: &[&OsStr]) -> Outcome {
    let refused = |why: String| -> Failed { failed(format!("{program}: {why}")) };
    let output = Command::new(program).args(arguments).output().during(program)?;
    if output.status.success() { Ok(()) } else { Err(refused(String::from_utf8_lossy(&output.stderr).into_owned())) }
}
