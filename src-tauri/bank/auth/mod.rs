//! Signing in to Everifin: authorization code with PKCE in the system browser, and keeping the session alive.

mod callback;
mod client;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod http;
mod pending;
mod redirect;
mod session;
mod sign_in;
mod standing;
#[cfg(test)]
pub(crate) mod tests;
mod token;

pub use client::Client;
pub(crate) use http::{Answer, Lost, is_loopback, user_agent};
pub(crate) use session::AccessToken;
pub use session::Session;
pub use sign_in::{Received, SignIn};
pub use standing::{Renewal, Standing};

use crate::failure::Failure;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which Everifin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Environment {
    /// `app.everifin.com` and `api.everifin.com`.
    Production,
    /// `app.stage.everifin.com` and `api.stage.everifin.com`.
    Stage,
    /// Addresses of the owner's choice: https, or http on loopback.
    Custom {
        /// Base of the identity provider, without `/auth/realms`.
        idp: String,
        /// Base of the API, without `/v1`.
        api: String,
    },
}

/// The client credentials as the window sees them: without the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CredentialsView {
    /// Which Everifin.
    pub environment: Environment,
    /// Realm, `everifin_app` unless Everifin said otherwise.
    pub realm: String,
    /// Client id.
    pub client_id: String,
    /// Whether a secret is in the keychain.
    pub has_secret: bool,
    /// Whether payments are asked for (scope `pis`) beside accounts (`ais`).
    pub payments: bool,
}

/// The client credentials as the owner enters them.
#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialsInput {
    /// Which Everifin.
    pub environment: Environment,
    /// Realm.
    pub realm: String,
    /// Client id.
    pub client_id: String,
    /// Client secret; absent keeps the stored one. Goes to the keychain and nowhere else.
    #[specta(type = Option<String>)]
    pub client_secret: Option<crate::vault::Secret<String>>,
    /// Whether to ask for payments.
    pub payments: bool,
}

/// How the browser gives the answer back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// The app's own scheme, `app.saldo.desktop:/oauth/callback`.
    DeepLink,
    /// `http://localhost`, for clients for which Everifin has not configured the scheme yet.
    Loopback,
}

/// What a sign-in in the browser is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// A session.
    SignIn,
    /// Finding out whether the server enforces PKCE; no session comes of it (security.md A-09).
    PkceProbe,
}

/// Whether the server refuses a code that comes with a wrong verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PkceProbe {
    /// It does: a stolen code is worth nothing.
    Enforced,
    /// It granted tokens. They were ended at once.
    NotEnforced,
}

/// What a probe found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Probed {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub found: PkceProbe,
}

/// Where a sign-in stands; what the waiting screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SignInState {
    /// None in progress.
    Idle,
    /// The browser has the word. `wrong_link` says that an address arrived that was not the answer and was ignored.
    Waiting {
        /// When the attempt ends.
        expires_at: DateTime<Utc>,
        /// How the answer comes back.
        via: Via,
        /// A foreign, old or damaged address arrived and was ignored.
        wrong_link: bool,
    },
    /// The answer has arrived; the code is being redeemed.
    Finishing,
    /// Signed in.
    Connected,
    /// The server was tried; nobody was signed in by it.
    Probed {
        /// What was found.
        found: PkceProbe,
    },
    /// The owner or Everifin said no. Nothing has been shared.
    Denied,
    /// Ten minutes have passed.
    TimedOut,
    /// It could not be finished.
    Failed {
        /// Why.
        failure: Failure,
    },
}

/// Whether Everifin can be asked at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SessionState {
    /// Never signed in, or signed out by the owner.
    SignedOut,
    /// Signed in as far as is known.
    SignedIn,
    /// Everifin was asked to renew the session and its answer was not heard; the next request tells.
    Uncertain,
    /// The session was renewed, but the keychain has not taken it yet: Saldo keeps trying, and nothing is asked meanwhile.
    Unsaved,
    /// Everifin has ended the session: one click reconnects, everything is kept.
    Ended,
}

/// What signing out achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignedOut {
    /// Whether Everifin has confirmed the end; otherwise only this computer has forgotten the session.
    pub server_told: bool,
}
