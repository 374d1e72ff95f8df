//! The scheme on Linux: desktop entries say what programs can open, and `xdg-mime` which one the owner prefers.

use super::{Opener, SCHEME};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};
use tauri::Manager;

/// The desktop entry that Saldo writes where its package has not brought one.
const FILE: &str = "app.saldo.desktop.handler.desktop";

/// The scheme for this program and this user.
#[derive(Clone)]
pub(crate) struct Scheme {
    /// This program, as it is started.
    program: PathBuf,
    /// Where desktop entries are, the user's own first.
    folders: Vec<PathBuf>,
}

impl Scheme {
    pub(crate) fn new(app: &tauri::AppHandle) -> tauri::Result<Self> {
        let program = env::var_os("APPIMAGE").map_or_else(env::current_exe, |path| Ok(path.into()))?;
        let shared = env::var("XDG_DATA_DIRS").ok().filter(|dirs| !dirs.is_empty());
        let shared = shared.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
        let folders = std::iter::once(app.path().data_dir()?).chain(env::split_paths(&shared));
        Ok(Self { program, folders: folders.map(|folder| folder.join("applications")).collect() })
    }

    /// Registers the scheme for this user at the start of Saldo, where that has not been done: whoever else was made its opener
    /// since stays so.
    pub(crate) fn claim(&self) {
        // A package brings its own desktop entry with it.
        if self.program.starts_with("/usr") || self.program.starts_with("/opt") {
            return;
        }
        let done = self.write_entry().and_then(|fresh| if fresh { prefer(FILE) } else { Ok(()) });
        log(done);
    }

    /// Makes this program the opener, whoever is it now. A failure is logged only: the sign-in offers two other ways.
    pub(crate) fn repair(&self) {
        let entry = match self.own_entry() {
            Some(name) => Ok(name),
            None => self.write_entry().map(|_| FILE.to_owned()),
        };
        log(entry.and_then(|name| prefer(&name)));
    }

    /// Who opens the scheme now.
    pub(crate) fn opener(&self) -> Opener {
        match Command::new("xdg-mime").args(["query", "default", &mime()]).output() {
            Ok(answer) => self.opener_by(String::from_utf8_lossy(&answer.stdout).trim()),
            Err(_) => Opener::Unknown,
        }
    }

    /// Who opens what this desktop entry stands for.
    fn opener_by(&self, entry: &str) -> Opener {
        let name = Path::new(entry);
        if name.file_name() != Some(name.as_os_str()) {
            return Opener::Nobody;
        }
        let text = self.folders.iter().find_map(|folder| fs::read_to_string(folder.join(name)).ok());
        match text.as_deref().map(starts) {
            // The preferred program is not installed any more.
            None => Opener::Nobody,
            Some(Some(program)) if self.is_this(&program) => Opener::ThisSaldo,
            Some(program) => Opener::Another { program: Some(program.unwrap_or_else(|| entry.to_owned())) },
        }
    }

    /// The name of an entry that is there already and starts this program with an address.
    fn own_entry(&self) -> Option<String> {
        let entries = self.folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
        let ours = |path: &PathBuf| {
            let text = fs::read_to_string(path).unwrap_or_default();
            text.contains(&mime()) && text.contains("%u") && starts(&text).is_some_and(|program| self.is_this(&program))
        };
        let path = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some()).find(ours)?;
        Some(path.file_name()?.to_str()?.to_owned())
    }

    fn is_this(&self, program: &str) -> bool {
        let found = match Path::new(program).is_absolute() {
            true => Some(PathBuf::from(program)),
            false => env::split_paths(&env::var_os("PATH").unwrap_or_default())
                .map(|folder| folder.join(program))
                .find(|path| path.is_file()),
        };
        let real = |path: &Path| fs::canonicalize(path).ok();
        found.is_some_and(|found| {
            found == self.program || real(&found).is_some_and(|it| Some(it) == real(&self.program))
        })
    }

    /// Writes the entry for this program into the user's own folder; whether it was not there yet.
    fn write_entry(&self) -> io::Result<bool> {
        let text = entry(&self.program).ok_or(io::ErrorKind::InvalidFilename)?;
        let folder = self.folders.first().ok_or(io::ErrorKind::NotFound)?;
        let file = folder.join(FILE);
        if fs::read_to_string(&file).is_ok_and(|present| present == text) {
            return Ok(false);
        }
        fs::create_dir_all(folder)?;
        fs::write(&file, text)?;
        // Some desktops look into its index only; those without the program need none.
        let _ = Command::new("update-desktop-database").arg(folder).output();
        Ok(true)
    }
}

fn log(done: io::Result<()>) {
    if let Err(error) = done {
        tracing::warn!(%error, "the scheme could not be registered");
    }
}

fn prefer(entry: &str) -> io::Result<()> {
    Command::new("xdg-mime").args(["default", entry, &mime()]).output().map(drop)
}

fn mime() -> String {
    format!("x-scheme-handler/{SCHEME}")
}

/// The desktop entry. `Exec` is not quoted: the generic `xdg-open` does not understand quotes, so a path that would need them
/// has no entry.
fn entry(program: &Path) -> Option<String> {
    let path = program.to_str().filter(|path| {
        path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@' | ':' | ','))
    })?;
    let mime = mime();
    Some(format!(
        "[Desktop Entry]\nType=Application\nName=Saldo\nExec={path} %u\nTerminal=false\nNoDisplay=true\nMimeType={mime};\n"
    ))
}

/// The program that a desktop entry starts.
fn starts(entry: &str) -> Option<String> {
    let own = entry.split("\n[").next()?;
    let line = own.lines().find_map(|line| line.strip_prefix("Exec="))?.trim();
    let program = match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => line.split_whitespace().next(),
    };
    program.filter(|program| !program.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A user whose own folder of entries is `own`, beside the system's.
    fn scheme(home: &Path) -> Scheme {
        let program = home.join("bin/saldo");
        for folder in ["bin", "own", "shared"] {
            fs::create_dir_all(home.join(folder)).unwrap();
        }
        fs::write(&program, "").unwrap();
        Scheme { program, folders: vec![home.join("own"), home.join("shared")] }
    }

    #[test]
    fn the_entry_passes_the_address_on() {
        let text = entry(Path::new("/home/marta/Saldo.AppImage")).unwrap();
        assert!(text.contains("\nExec=/home/marta/Saldo.AppImage %u\n"));
        assert!(text.contains("\nMimeType=x-scheme-handler/app.saldo.desktop;\n"));
    }

    #[test]
    fn d12_a_path_that_would_need_quotes_has_no_entry() {
        for path in [
            "/home/marta/my programs/saldo",
            "/tmp/a\"b",
            "/tmp/a'b",
            "/tmp/a\nExec=evil",
            "/tmp/a\\b",
            "/tmp/$HOME",
            "/tmp/`id`",
            "/tmp/a;b",
            "/tmp/a&b",
            "/tmp/%u",
            "/tmp/\u{202e}olda",
            "/tmp/a\u{a0}b",
        ] {
            assert_eq!(entry(Path::new(path)), None, "{path}");
        }
        let letters = entry(Path::new("/home/žofia/Счета/Saldo.AppImage")).unwrap();
        assert!(letters.contains("\nExec=/home/žofia/Счета/Saldo.AppImage %u\n"));
    }

    #[test]
    fn the_opener_is_told_by_the_program_that_its_entry_starts() {
        let home = tempfile::tempdir().unwrap();
        let scheme = scheme(home.path());
        assert_eq!(scheme.opener_by(""), Opener::Nobody);
        assert_eq!(scheme.opener_by("gone.desktop"), Opener::Nobody);
        assert_eq!(scheme.opener_by("../own/x.desktop"), Opener::Nobody);
        let write = |name: &str, exec: &str| {
            fs::write(
                home.path().join("shared").join(name),
                format!("[Desktop Entry]\n{exec}\n\n[Desktop Action x]\nExec=no\n"),
            )
            .unwrap();
            scheme.opener_by(name)
        };
        let another = |program: &str| Opener::Another { program: Some(program.into()) };
        let own = home.path().join("bin/saldo");
        assert_eq!(write("a.desktop", &format!("Exec={} %u", own.display())), Opener::ThisSaldo);
        assert_eq!(write("b.desktop", &format!("Exec=\"{}\" %u", own.display())), Opener::ThisSaldo);
        assert_eq!(write("c.desktop", "Exec=/opt/other/saldo %u"), another("/opt/other/saldo"));
        assert_eq!(write("d.desktop", "Exec=surely-no-program %u"), another("surely-no-program"));
        assert_eq!(write("e.desktop", "Name=Nothing"), another("e.desktop"));
        std::os::unix::fs::symlink(&own, home.path().join("bin/link")).unwrap();
        let link = home.path().join("bin/link");
        assert_eq!(write("f.desktop", &format!("Exec={} %u", link.display())), Opener::ThisSaldo);
    }

    #[test]
    fn what_saldo_writes_it_finds_again() {
        let home = tempfile::tempdir().unwrap();
        let scheme = scheme(home.path());
        assert_eq!(scheme.own_entry(), None);
        assert!(scheme.write_entry().unwrap());
        assert!(!scheme.write_entry().unwrap(), "once");
        assert_eq!(scheme.own_entry().as_deref(), Some(FILE));
        assert_eq!(scheme.opener_by(FILE), Opener::ThisSaldo);
        // Moved since: the old entry starts a program that is not this one.
        let moved = Scheme { program: home.path().join("saldo-2"), ..scheme };
        assert!(matches!(moved.opener_by(FILE), Opener::Another { .. }));
        assert_eq!(moved.own_entry(), None);
    }
}
