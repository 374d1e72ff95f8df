//! Makes this program the one that opens `app.saldo.desktop:` addresses, where installing it has not done so already.

use std::path::Path;

/// Saldo's own scheme: a reverse domain, as RFC 8252 section 7.1 asks.
pub(crate) const SCHEME: &str = "app.saldo.desktop";

/// Registers the scheme for this user. A failure is logged only: the sign-in offers two other ways.
#[cfg(target_os = "linux")]
pub(crate) fn claim(_app: &tauri::AppHandle, applications: &Path) {
    let Ok(program) = std::env::var("APPIMAGE").map_or_else(|_| std::env::current_exe(), |path| Ok(path.into())) else {
        return;
    };
    // A package brings its own desktop file with it.
    if program.starts_with("/usr") || program.starts_with("/opt") {
        return;
    }
    if let Err(error) = linux::claim(&program, applications) {
        tracing::warn!(%error, "the scheme could not be registered");
    }
}

/// Registers the scheme for this user; macOS takes it from the bundle.
#[cfg(not(target_os = "linux"))]
pub(crate) fn claim(app: &tauri::AppHandle, _applications: &Path) {
    use tauri_plugin_deep_link::DeepLinkExt;
    if cfg!(windows)
        && let Err(error) = app.deep_link().register(SCHEME)
    {
        tracing::warn!(%error, "the scheme could not be registered");
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use super::SCHEME;
    use std::{fs, io, path::Path, process::Command};

    const FILE: &str = "app.saldo.desktop.handler.desktop";

    pub(super) fn claim(program: &Path, applications: &Path) -> io::Result<()> {
        let entry = entry(program).ok_or(io::ErrorKind::InvalidFilename)?;
        let file = applications.join(FILE);
        if fs::read_to_string(&file).is_ok_and(|present| present == entry) {
            return Ok(());
        }
        fs::create_dir_all(applications)?;
        fs::write(&file, entry)?;
        Command::new("update-desktop-database").arg(applications).output()?;
        Command::new("xdg-mime").args(["default", FILE, &format!("x-scheme-handler/{SCHEME}")]).output()?;
        Ok(())
    }

    /// The desktop entry. `Exec` is not quoted: the generic `xdg-open` does not understand quotes, so a path that would need
    /// them has no entry.
    fn entry(program: &Path) -> Option<String> {
        let path = program.to_str().filter(|path| {
            path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@' | ':' | ','))
        })?;
        Some(format!(
            "[Desktop Entry]\nType=Application\nName=Saldo\nExec={path} %u\nTerminal=false\nNoDisplay=true\nMimeType=x-scheme-handler/{SCHEME};\n"
        ))
    }

    #[cfg(test)]
    mod tests {
        use super::entry;
        use std::path::Path;

        #[test]
        fn the_entry_passes_the_address_on() {
            let text = entry(Path::new("/home/marta/Saldo.AppImage")).unwrap();
            assert!(text.contains("\nExec=/home/marta/Saldo.AppImage %u\n"));
            assert!(text.contains("\nMimeType=x-scheme-handler/app.saldo.desktop;\n"));
        }

        #[test]
        fn a_path_that_would_need_quotes_has_no_entry() {
            for path in ["/home/marta/my programs/saldo", "/tmp/a\"b", "/tmp/a\nExec=evil", "/tmp/$HOME", "/tmp/%u"] {
                assert_eq!(entry(Path::new(path)), None, "{path}");
            }
        }
    }
}
