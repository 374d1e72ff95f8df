//! The desk around the window: the virtual desktop of `cargo xtask desktop`, its browser and its links.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How long an event on the desk may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// The folder of the virtual desktop. Outside of one there is no such test: it would write into a person's own keychain.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("SALDO_DESKTOP").expect("these tests run in a virtual desktop: cargo xtask e2e").into()
}

/// The program under test: the one just built, or an installed one.
pub(crate) fn saldo() -> PathBuf {
    std::env::var_os("SALDO_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_saldo").into(), PathBuf::from)
}

/// The folder with the pictures.
pub(crate) fn screens() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A port on which nobody listens.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits for a condition.
pub(crate) async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < PATIENCE, "still not so: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The system browser, which only writes down what it is told to open.
pub(crate) struct Browser {
    read: usize,
}

impl Browser {
    /// The browser from now on.
    pub(crate) fn new() -> Self {
        Self { read: opened().len() }
    }

    /// Waits for the next address that Saldo opens in the browser.
    pub(crate) async fn next(&mut self) -> String {
        until("Saldo has opened the browser", || opened().len() > self.read).await;
        self.read += 1;
        opened().swap_remove(self.read - 1)
    }

    /// How many addresses have been opened beyond those that were read.
    pub(crate) fn waiting(&self) -> usize {
        opened().len() - self.read
    }
}

fn opened() -> Vec<String> {
    fs::read_to_string(folder().join("opened")).unwrap().lines().map(str::to_owned).collect()
}

/// Which program of the desktop opens a link. Both have to reach Saldo.
#[derive(Clone, Copy)]
pub(crate) enum Opener {
    /// freedesktop's generic one.
    XdgOpen,
    /// GLib's, which GNOME and its portal use.
    Gio,
}

/// Opens an address by the desktop's own means, as the browser does at the end of a sign-in, while Saldo runs.
pub(crate) async fn open(address: &str, opener: Opener) {
    let mut opening = start_opening(address, opener);
    until("the desktop has handed the address over", || opening.try_wait().unwrap().is_some()).await;
    let status = opening.wait().unwrap();
    assert!(status.success(), "the desktop found nobody for {}", address.split('?').next().unwrap_or_default());
}

/// The same while Saldo does not run: the opener may live as long as the Saldo that it has started.
pub(crate) fn start_opening(address: &str, opener: Opener) -> Child {
    let words: &[&str] = match opener {
        Opener::XdgOpen => &["xdg-open"],
        Opener::Gio => &["gio", "open"],
    };
    let (program, arguments) = words.split_first().unwrap();
    Command::new(program).args(arguments).arg(address).spawn().unwrap()
}

/// The running processes of Saldo on this desktop, each with its command line.
pub(crate) fn processes() -> Vec<(u32, String)> {
    processes_of("saldo")
}

/// The same of another program.
pub(crate) fn processes_of(name: &str) -> Vec<(u32, String)> {
    let mark = format!("SALDO_DESKTOP={}", folder().display());
    let all = fs::read_dir("/proc").unwrap().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| {
        let here = fs::read(format!("/proc/{id}/environ")).ok()?;
        let here = here.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes());
        let program = fs::read_link(format!("/proc/{id}/exe")).ok()?;
        let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        (here && program.file_name()? == name).then(|| (id, String::from_utf8_lossy(&line).replace('\0', " ")))
    })
    .collect()
}

/// Closes Saldo's window as a person does, with Alt F4, and waits for its end.
pub(crate) async fn close_window() {
    let mut pressed: Option<Instant> = None;
    until("Saldo has ended", || {
        let ended = processes().is_empty();
        // The window manager drops a key that comes before it has given the window the focus: a person presses again.
        if !ended && pressed.is_none_or(|pressed| pressed.elapsed() > Duration::from_secs(3)) {
            let window = ["5", "xdotool", "search", "--sync", "--onlyvisible", "--name", "^Saldo$"];
            let keys = ["windowfocus", "--sync", "key", "--clearmodifiers", "alt+F4"];
            let _ = Command::new("timeout").args(window).args(keys).status();
            pressed = Some(Instant::now());
        }
        ended
    })
    .await;
}

/// Types a file's path into the dialog that the desktop has opened, and takes it.
pub(crate) async fn choose_file(file: &Path) {
    let path = file.to_str().unwrap();
    let find = ["5", "xdotool", "search", "--sync", "--onlyvisible", "--class", "saldo"];
    until("the dialog is there", || {
        let windows = Command::new("timeout").args(find).output().unwrap();
        String::from_utf8_lossy(&windows.stdout).lines().count() > 1
    })
    .await;
    let mut typed: Option<Instant> = None;
    until("the dialog has taken the file", || {
        let windows = Command::new("timeout").args(find).output().unwrap();
        let open = String::from_utf8_lossy(&windows.stdout).lines().count() > 1;
        if open && typed.is_none_or(|typed| typed.elapsed() > Duration::from_secs(5)) {
            // A path typed into GTK's dialog opens its line for one.
            let _ = Command::new("xdotool").args(["key", "--clearmodifiers", "ctrl+l"]).status();
            let _ = Command::new("xdotool").args(["key", "--clearmodifiers", "ctrl+a"]).status();
            let _ = Command::new("xdotool").args(["type", "--clearmodifiers", path]).status();
            let _ = Command::new("xdotool").args(["key", "--clearmodifiers", "Return"]).status();
            typed = Some(Instant::now());
        }
        !open
    })
    .await;
}
