//! Signing in: an address for the browser, and a line when it has come back.

use crate::arguments::Connect;
use crate::ending::{DONE, Ending};
use crate::secrets;
use bank::auth::{CredentialsInput, CredentialsView, Environment, SignInState, Via};
use bank::desk::Desk;
use bank::failure::FailureKind;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::time::Duration;

/// How long an answer that came in the last moment may take to be redeemed.
const REDEEMING: Duration = Duration::from_secs(35);

/// The connection as it is shown, here and by `status`.
#[derive(Serialize)]
pub(crate) struct ConnectionView {
    environment: EnvironmentView,
    realm: String,
    client_id: String,
    scope: &'static str,
}

#[derive(Serialize)]
struct EnvironmentView {
    name: &'static str,
    idp: String,
    api: String,
}

impl ConnectionView {
    pub(crate) fn new(credentials: CredentialsView) -> Self {
        let name = match credentials.environment {
            Environment::Production => "production",
            Environment::Stage => "stage",
            Environment::Custom { .. } => "custom",
        };
        let (idp, api) = credentials.environment.addresses();
        Self {
            environment: EnvironmentView { name, idp: idp.into(), api: api.into() },
            realm: credentials.realm,
            client_id: credentials.client_id,
            scope: if credentials.payments { "ais pis" } else { "ais" },
        }
    }

    /// For people.
    pub(crate) fn in_words(&self) -> String {
        let Self { environment, realm, client_id, scope } = self;
        format!("{} ({}), realm {realm}, client {client_id}, scope {scope}", environment.name, environment.idp)
    }
}

/// Signs in; prints the browser's address, then the connection.
pub(crate) async fn connect(desk: &Desk, order: Connect) -> Result<u8, Ending> {
    let timeout = Duration::from_secs(order.timeout);
    let kept = desk.credentials().await?;
    if kept.as_ref().is_some_and(|kept| kept.payments) {
        let warning = "saldo-cli: this sign-in cannot pay; connect in Saldo's window again before you pay there.";
        let _ = writeln!(io::stderr(), "{warning}");
    }
    let credentials = desk.save_credentials(input(order, kept)?).await?;
    let line = desk.line();
    let mut changes = line.sign_in.changes();
    let address = line.sign_in.begin(Via::Loopback).await?;
    print(&json!({ "authorization_url": address.as_str() }))?;

    let over = |state: &SignInState| !matches!(state, SignInState::Waiting { .. } | SignInState::Finishing);
    let waited = tokio::time::timeout(timeout, changes.wait_for(over)).await.is_ok();
    if !waited && line.sign_in.state() == SignInState::Finishing {
        let _ = tokio::time::timeout(REDEEMING, changes.wait_for(over)).await;
    }
    let state = line.sign_in.state();
    line.session.settle().await;
    match state {
        SignInState::Connected => {}
        SignInState::Denied => return Err(Ending::Denied),
        SignInState::Failed { failure } => return Err(failure.into()),
        _ => {
            line.sign_in.cancel().await;
            return Err(Ending::TimedOut);
        }
    }
    // Only counted; `sync` reads them. Where they cannot be listed now, the sign-in is no less good.
    let accounts = line.everifin.accounts().await.ok().map(|listing| listing.rows.len());
    let mut connection = serde_json::to_value(ConnectionView::new(credentials))?;
    connection["accounts"] = json!(accounts);
    connection["connected_at"] = json!(desk.clock.now());
    print(&json!({ "connection": connection }))?;
    Ok(DONE)
}

/// The credentials of the command line, or those that are kept; the secret asked for where none is kept for this client.
fn input(order: Connect, kept: Option<CredentialsView>) -> Result<CredentialsInput, Ending> {
    let environment = environment(&order);
    let (environment, realm, client_id, has_secret) = match (order.client_id, kept) {
        (Some(client_id), kept) => {
            let same = |kept: CredentialsView| {
                kept.has_secret
                    && (kept.environment, kept.realm, kept.client_id)
                        == (environment.clone(), order.realm.clone(), client_id.clone())
            };
            let has_secret = kept.is_some_and(same);
            (environment, order.realm, client_id, has_secret)
        }
        (None, Some(kept)) => (kept.environment, kept.realm, kept.client_id, kept.has_secret),
        (None, None) => return Err(FailureKind::CredentialsMissing.into()),
    };
    let client_secret = if order.secret_stdin || !has_secret { Some(secrets::asked("Client secret: ")?) } else { None };
    Ok(CredentialsInput { environment, realm, client_id, client_secret, payments: false })
}

fn environment(order: &Connect) -> Environment {
    let named = match order.environment.as_str() {
        "production" => Environment::Production,
        "stage" => Environment::Stage,
        url => Environment::Custom { idp: url.into(), api: url.into() },
    };
    if order.idp.is_none() && order.api.is_none() {
        return named;
    }
    let (idp, api) = named.addresses();
    let or = |given: &Option<String>, otherwise: &str| given.clone().unwrap_or_else(|| otherwise.to_owned());
    Environment::Custom { idp: or(&order.idp, idp), api: or(&order.api, api) }
}

/// A line that a script can read at once.
fn print(line: &Value) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
