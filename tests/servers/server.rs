//! The identity provider of a run, with an administrator's powers.

use super::keycloak::Keycloak;
use super::oidc_provider::OidcProvider;
use super::realm;
use sandbox::Sandbox;
use std::time::Duration;

/// Which server the journeys run against.
pub(crate) enum Server {
    /// Ours, one for each journey.
    Sandbox(Box<Sandbox>),
    /// A real Keycloak, started by `cargo xtask test servers`.
    Keycloak(Keycloak),
    /// `oidc-provider`, started likewise.
    OidcProvider(OidcProvider),
}

/// Somebody with an account there.
#[derive(Clone)]
pub(crate) struct User {
    /// What she types.
    pub(crate) name: String,
    /// The server's name for her.
    pub(crate) id: String,
}

impl Server {
    /// The server that the environment names; without any, a new sandbox.
    pub(crate) async fn reach() -> Self {
        let told = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is missing"));
        match std::env::var("SALDO_IDP").as_deref() {
            Ok("keycloak") => Self::Keycloak(Keycloak::at(told("SALDO_IDP_ADDRESS"), told("SALDO_IDP_ADMIN"))),
            Ok("oidc-provider") => {
                Self::OidcProvider(OidcProvider::at(told("SALDO_IDP_ADDRESS"), told("SALDO_IDP_ADMIN")))
            }
            Ok(other) => panic!("there is no server {other}"),
            Err(_) => {
                let sandbox = Sandbox::builder().seed(7).client(realm::client_id(), realm::client_secret());
                let sandbox = sandbox.access_lifetime(Duration::from_secs(60)).start().await.unwrap();
                Self::Sandbox(Box::new(sandbox))
            }
        }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        match self {
            Self::Sandbox(sandbox) => sandbox.idp_url(),
            Self::Keycloak(keycloak) => &keycloak.address,
            Self::OidcProvider(provider) => &provider.address,
        }
    }

    /// A user whom no other journey knows. All have the realm's password.
    pub(crate) async fn user(&self) -> User {
        match self {
            Self::Sandbox(_) => User { name: sandbox::OWNER_LOGIN.into(), id: sandbox::OWNER_LOGIN.into() },
            Self::Keycloak(keycloak) => keycloak.user().await,
            Self::OidcProvider(provider) => provider.user(),
        }
    }

    /// Somebody else with the same password.
    pub(crate) async fn another_user(&self) -> User {
        match self {
            Self::Sandbox(_) => User { name: sandbox::COLLEAGUE_LOGIN.into(), id: sandbox::COLLEAGUE_LOGIN.into() },
            Self::Keycloak(_) | Self::OidcProvider(_) => self.user().await,
        }
    }

    /// Whether its tokens say whose they are.
    pub(crate) fn names_its_users(&self) -> bool {
        !matches!(self, Self::OidcProvider(_))
    }

    /// The buttons of the consent page, for yes and for no.
    pub(crate) fn buttons(&self) -> (&'static str, &'static str) {
        match self {
            Self::Sandbox(_) | Self::OidcProvider(_) => ("decision=accept", "decision=cancel"),
            Self::Keycloak(_) => ("accept=", "cancel="),
        }
    }

    /// Whether it says which of its sessions answered, as Keycloak does.
    pub(crate) fn names_its_session(&self) -> bool {
        !matches!(self, Self::OidcProvider(_))
    }

    /// Ends all sessions of a user.
    pub(crate) async fn end_sessions(&self, user: &User) {
        match self {
            Self::Sandbox(sandbox) => sandbox.revoke_session(),
            Self::Keycloak(keycloak) => keycloak.end_sessions(user).await,
            Self::OidcProvider(provider) => provider.administer("end-sessions", user).await,
        }
    }

    /// Disables a user, or enables her again.
    pub(crate) async fn disable(&self, user: &User, disabled: bool) {
        match self {
            Self::Sandbox(sandbox) => sandbox.disable_owner(disabled),
            Self::Keycloak(keycloak) => keycloak.disable(user, disabled).await,
            Self::OidcProvider(provider) => {
                provider.administer(if disabled { "disable" } else { "enable" }, user).await;
            }
        }
    }
}
