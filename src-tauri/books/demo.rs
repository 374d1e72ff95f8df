//! The demo: a book of its own, with an Everifin of its own on loopback.

use super::{Book, Open, Saldo};
use crate::window::Start;
use bank::auth::{CredentialsInput, Environment};
use bank::desk::{Desk, off_the_runtime};
use bank::failure::{FailureKind, Result};
use bank::vault::Secret;
use sandbox::{Sandbox, StartError};
use std::path::Path;
use std::sync::Arc;

/// What the demo's Everifin keeps over a restart; also the mark that there is a demo.
const STATE: &str = "everifin.json";

impl Saldo {
    /// Whether there is a demo.
    pub(super) fn has_demo(&self) -> bool {
        self.folder(Book::Demo).join(STATE).exists()
    }

    /// Closes the demo and removes all of it.
    pub async fn leave_demo(self: &Arc<Self>) -> Result<Start> {
        {
            let mut open = self.open.write().await;
            if let Some(Open { book: Book::Demo, desk, everifin, .. }) = open.take() {
                desk.store.close();
                desk.forget().await?;
                drop((desk, everifin));
                let folder = self.folder(Book::Demo);
                off_the_runtime(move || std::fs::remove_dir_all(folder).map_err(|_| FailureKind::StoreFailed.into()))
                    .await?;
            }
        }
        self.turn_to(Book::Own).await?;
        Ok(self.start().await)
    }

    /// Starts the demo's Everifin, at the address of last time where that is free: the session belongs to the address.
    pub(super) async fn start_demo(&self, folder: &Path, desk: &Desk) -> Result<Sandbox> {
        let last = match desk.store.connection()?.map(|link| link.environment) {
            Some(Environment::Custom { idp, .. }) => idp.rsplit(':').next().and_then(|port| port.parse().ok()),
            _ => None,
        };
        let start = |port| {
            let clock = self.around.clock.clone();
            let everifin = Sandbox::builder().clock(move || clock.now()).system_randomness(true).port(port);
            everifin.state_file(folder.join(STATE)).start()
        };
        let started = match start(last.unwrap_or_default()).await {
            Err(StartError::Bind(_)) => start(0).await,
            other => other,
        };
        let everifin = started.map_err(|error| {
            tracing::error!(%error, "the demo's Everifin did not start");
            FailureKind::ServiceDown
        })?;
        desk.save_credentials(CredentialsInput {
            environment: Environment::Custom { idp: everifin.idp_url().to_owned(), api: everifin.api_url().to_owned() },
            realm: everifin.realm().to_owned(),
            client_id: everifin.client_id().to_owned(),
            client_secret: Some(Secret::new(everifin.client_secret().to_owned())),
            payments: true,
        })
        .await?;
        Ok(everifin)
    }
}
