//! The owner's client at Everifin.

use super::{CredentialsInput, Environment};
use crate::failure::{FailureKind, Result};
use crate::vault::Secret;
use url::Url;

/// Checked client credentials: addresses are usable, nothing is blank.
#[derive(Debug, Clone)]
pub struct Client {
    idp: Url,
    api: Url,
}

impl Client {
    /// Checks credentials. `AddressInvalid`, `CredentialsMissing`.
    pub fn new(
        environment: &Environment,
        realm: &str,
        client_id: &str,
        secret: Secret<String>,
        payments: bool,
    ) -> Result<Self> {
        let _ = (environment, realm, client_id, secret, payments);
        Err(FailureKind::CredentialsMissing.into())
    }

    /// Base of the API, without `/v1`.
    pub fn api(&self) -> &Url {
        let _ = &self.idp;
        &self.api
    }
}

impl CredentialsInput {
    /// Checks what was entered, with the stored secret where none was entered anew.
    pub fn check(&self, stored: Option<Secret<String>>) -> Result<Client> {
        let secret = self.client_secret.clone().or(stored).ok_or(FailureKind::CredentialsMissing)?;
        Client::new(&self.environment, &self.realm, &self.client_id, secret, self.payments)
    }
}
