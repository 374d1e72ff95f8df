//! Where the identity provider sends the browser back to.

use super::Via;
use serde::{Deserialize, Serialize};

/// The app's own address (tauri.conf.json registers its scheme).
const DEEP_LINK: &str = "app.saldo.desktop:/oauth/callback";

/// The redirect address of an attempt, the same to the byte in both requests of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Redirect {
    /// `app.saldo.desktop:/oauth/callback`.
    DeepLink,
    /// `http://localhost:PORT`. Without a path, since Everifin registers a plain `http://localhost` for testing, and
    /// Keycloak leaves the port out of the comparison only (everifin-api.md 3 and 4.5).
    Loopback {
        /// Where Saldo listens.
        port: u16,
    },
}

impl Redirect {
    /// As it stands in the requests.
    pub(super) fn uri(self) -> String {
        match self {
            Self::DeepLink => DEEP_LINK.into(),
            Self::Loopback { port } => format!("http://localhost:{port}"),
        }
    }

    pub(super) fn via(self) -> Via {
        match self {
            Self::DeepLink => Via::DeepLink,
            Self::Loopback { .. } => Via::Loopback,
        }
    }

    /// Whether an address up to its `?` is this one. Browsers write a scheme in lower case whatever was registered, so its
    /// case does not count; a browser adds the slash after a host.
    pub(super) fn is_start(self, start: &str) -> bool {
        match self {
            Self::DeepLink => {
                let (ours, theirs) = (DEEP_LINK.split_once(':'), start.split_once(':'));
                matches!((ours, theirs), (Some((scheme, path)), Some((its_scheme, its_path)))
                    if scheme.eq_ignore_ascii_case(its_scheme) && path == its_path)
            }
            Self::Loopback { .. } => start.strip_suffix('/').unwrap_or(start) == self.uri(),
        }
    }
}
