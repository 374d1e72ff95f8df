//! Which program opens `app.saldo.desktop:` addresses on this system, and making it this one.

use bank::diagnostics::Opener;

/// Saldo's own scheme: a reverse domain, as RFC 8252 section 7.1 asks.
pub(crate) const SCHEME: &str = "app.saldo.desktop";

#[cfg(target_os = "linux")]
pub(crate) use linux::Scheme;

/// The scheme on this system; macOS takes it from the bundle.
#[cfg(not(target_os = "linux"))]
#[derive(Clone)]
pub(crate) struct Scheme(tauri::AppHandle);

#[cfg(not(target_os = "linux"))]
impl Scheme {
    pub(crate) fn new(app: &tauri::AppHandle) -> tauri::Result<Self> {
        Ok(Self(app.clone()))
    }

    /// Registers the scheme for this user at the start of Saldo.
    pub(crate) fn claim(&self) {
        self.repair();
    }

    /// Registers the scheme for this user. A failure is logged only: the sign-in offers two other ways.
    pub(crate) fn repair(&self) {
        use tauri_plugin_deep_link::DeepLinkExt;
        if cfg!(windows)
            && let Err(error) = self.0.deep_link().register(SCHEME)
        {
            tracing::warn!(%error, "the scheme could not be registered");
        }
    }

    /// Who opens the scheme now.
    pub(crate) fn opener(&self) -> Opener {
        use tauri_plugin_deep_link::DeepLinkExt;
        match self.0.deep_link().is_registered(SCHEME) {
            Ok(true) => Opener::ThisSaldo,
            Ok(false) => Opener::Another { program: None },
            Err(_) => Opener::Unknown,
        }
    }
}

#[cfg(target_os = "linux")]
mod linux;
