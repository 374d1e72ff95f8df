//! A sandbox that runs.

use crate::{
    builder::Builder,
    faults::Fault,
    idp::sessions::Ended,
    manners::NoSuchBank,
    personalities::Personality,
    shared::Shared,
    sums::{Sums, sums},
};
use axum::{Router, serve::ListenerExt};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// How long open requests may take after the end was called.
const LAST_ORDERS: Duration = Duration::from_secs(2);

/// An Everifin on the loopback interface; it stops when this value is dropped.
pub struct Sandbox {
    shared: Arc<Shared>,
    address: SocketAddr,
    #[cfg(test)]
    router: Router,
    end: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Settings to start from.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn serve(listener: TcpListener, address: SocketAddr, router: Router, shared: Arc<Shared>) -> Self {
        let (end, ended) = oneshot::channel::<()>();
        #[cfg(test)]
        let asked_directly = router.clone();
        let server = tokio::spawn(async move {
            let wait = async move {
                // Either the end was called or the handle was dropped.
                let _ = ended.await;
            };
            // Without this a large answer waits for the client's delayed acknowledgement.
            let listener = listener.tap_io(|stream| {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "the sandbox could not turn Nagle's algorithm off");
                }
            });
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(wait).await {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        Self {
            shared,
            address,
            #[cfg(test)]
            router: asked_directly,
            end: Some(end),
            server,
        }
    }

    /// Where it listens, whatever address the world knows it by.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Base of the identity provider, without `/auth/realms` and without a slash at the end.
    pub fn idp_url(&self) -> &str {
        &self.shared.base
    }

    /// Base of the API, without `/v1` and without a slash at the end.
    pub fn api_url(&self) -> &str {
        &self.shared.base
    }

    /// The realm.
    pub fn realm(&self) -> &str {
        &self.shared.realm
    }

    /// Identifier of the (first) client.
    pub fn client_id(&self) -> &str {
        self.shared.clients.first().map_or("", |client| &client.id)
    }

    /// Its secret.
    pub fn client_secret(&self) -> &str {
        self.shared.clients.first().map_or("", |client| &client.secret)
    }

    /// The sandbox's present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.now()
    }

    /// A person with a browser of her own.
    #[cfg(test)]
    pub(crate) fn visitor(&self) -> crate::visitor::Visitor {
        crate::visitor::Visitor::new(self.router.clone(), &self.shared.realm)
    }

    /// What the world holds at this moment.
    pub fn sums(&self) -> Sums {
        self.shared.look(|live| sums(live, self.shared.now()))
    }

    /// How often each thing happened: requests as `METHOD /path`, and events such as `refresh token rotated`.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.shared.look(|live| live.counts.clone())
    }

    /// Lets the next `times` requests whose path begins with `path` (such as `/v1`) go wrong.
    pub fn arm(&self, fault: Fault, times: u64, path: &str) {
        self.shared.look(|live| live.faults.arm(fault, times, path));
    }

    /// Lets the request whose path begins with `path` go wrong that comes after `spared` of them, once.
    pub fn arm_later(&self, fault: Fault, spared: u64, path: &str) {
        self.shared.look(|live| live.faults.arm_later(fault, spared, 1, path));
    }

    /// Lets a bank (by identifier, such as `cekoskbx`) ask for its approval in the client's own window from now on: how, then for a
    /// code with a picture.
    pub fn ask_in_place(&self, bank: &str) {
        self.shared.look(|live| {
            let seed = live.kept.seed;
            live.asking.begin(bank, seed);
        });
    }

    /// The code that was last sent to the owner's telephone.
    pub fn code(&self) -> Option<String> {
        self.shared
            .look(|live| live.kept.payments.payments.iter().rev().find_map(|payment| payment.questions.code.clone()))
    }

    /// How many payments were created under each `externalId`; those without one count together.
    pub fn payments_created(&self) -> BTreeMap<String, u64> {
        self.shared.look(|live| {
            let mut created = BTreeMap::new();
            for payment in &live.kept.payments.payments {
                *created.entry(payment.external_id.clone().unwrap_or_default()).or_default() += 1;
            }
            created
        })
    }

    /// Closes an account, the payee's: banks refuse to pay to it from now on, and a bulk is paid in part.
    pub fn close(&self, iban: &str) {
        self.shared.look(|live| live.closed.insert(iban.to_owned()));
    }

    /// Takes back all faults that have not struck yet.
    pub fn disarm(&self) {
        self.shared.look(|live| live.faults.clear());
    }

    /// Ends all sessions as if their time were over: refresh tokens are "not active", access tokens give 401.
    pub fn expire_session(&self) {
        self.shared.change(|live| live.end_sessions(Ended::Expired));
    }

    /// Ends all sessions as an administrator would: "Session not active", access tokens give 401.
    pub fn revoke_session(&self) {
        self.shared.change(|live| live.end_sessions(Ended::Revoked));
    }

    /// Disables the owner as an administrator would, or enables her again.
    pub fn disable_owner(&self, disabled: bool) {
        self.shared.look(|live| live.disabled = disabled);
    }

    /// Ends the consent of a bank (by identifier, such as `cekoskbx`) at this moment: its accounts turn
    /// `CONSENT_EXPIRED` and show nothing newer.
    pub fn expire_consent(&self, bank: &str) {
        self.shared.set_consent(bank, false);
    }

    /// Renews the consent of a bank for 180 days, as the owner would in Everifin's web application.
    pub fn renew_consent(&self, bank: &str) {
        self.shared.set_consent(bank, true);
    }

    /// Gives a bank (by identifier, such as `cekoskbx`) exactly these habits from now on.
    ///
    /// # Errors
    /// [`NoSuchBank`] where there is no such bank.
    pub fn behave(&self, bank: &str, personalities: &[Personality]) -> Result<(), NoSuchBank> {
        self.shared.look(|live| live.manners.set(bank, personalities))
    }

    /// Puts the sandbox's clock forward (or back).
    pub fn advance(&self, by: TimeDelta) {
        self.shared.ahead.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }

    /// Stops serving: the port is free afterwards.
    pub async fn stop(mut self) {
        if let Some(end) = self.end.take() {
            // The server may have ended by itself; then nobody listens.
            let _ = end.send(());
        }
        if tokio::time::timeout(LAST_ORDERS, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}
