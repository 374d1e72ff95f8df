//! Paying out of the open book, and asking what became of it.

use super::Saldo;
use crate::window::Happened;
use bank::desk::{Desk, off_the_runtime};
use bank::failure::{FailureKind, Result};
use bank::iban;
use bank::journal::{self, Place};
use bank::payments::{
    self, HandedOver, NewRule, Next, OrderFormat, PaymentDetail, PaymentId, Problem, ReturnPort, ReturnTo, ReturnWay,
    Scope, Tickets, Typed,
};
use bank::vault::Secret;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

/// How often the shell looks whether a payment is due to be asked about.
const WATCH: Duration = Duration::from_secs(2);

impl Saldo {
    /// The IBAN of the account number that was copied, where it is another than this one. Programs that swap copied account
    /// numbers are found by it: what is paid is compared with what the clipboard holds (security.md E-09).
    pub async fn copied_otherwise(&self, iban: String) -> Result<Option<String>> {
        let copied = Arc::clone(&self.around.copied);
        // The program that holds the text may take its time.
        off_the_runtime(move || Ok(copied().and_then(|text| iban::of_copied(&text)).filter(|copied| *copied != iban)))
            .await
    }

    /// Hands a reviewed payment over and opens the bank's approval page.
    pub async fn hand_over(self: &Arc<Self>, id: PaymentId, hash: &str) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        let tickets = Tickets::draw(&mut StdRng::from_os_rng(), self.return_to(&desk).await?);
        self.go_on(payments::hand_over(&desk.store, &desk.line().everifin, &desk.clock, tickets, id, hash).await)
    }

    /// Lays the rule of the second passphrase down, changes it or (without `new`) removes it.
    pub async fn change_release_rule(
        &self,
        current: Option<Secret<String>>,
        new: Option<NewRule>,
    ) -> Result<Option<Problem>> {
        let cost = self.around.cost;
        self.ledger(move |desk| {
            payments::change_release_rule(&desk.store, &desk.clock, cost, desk.language()?, current.as_ref(), new)
        })
        .await
    }

    /// Opens the bank's approval page again, or goes on with a payment that stopped before it.
    pub async fn approve_payment(self: &Arc<Self>, id: PaymentId) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        // The bank may send the browser to the port that stands in the payment since it was handed over. Where it cannot be opened,
        // the owner can still paste the address.
        let _ = self.return_to(&desk).await;
        self.go_on(payments::approve(&desk.store, &desk.line().everifin, &desk.clock, id).await)
    }

    /// Takes the address at which the browser ended, which the owner pasted for a payment.
    pub async fn paste_return(&self, id: PaymentId, address: &str) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        self.go_on(payments::pasted(&desk.store, &desk.line().everifin, &desk.clock, id, address).await)
    }

    /// Where banks are to send the browser back, as the owner chose; opens Saldo's port for it.
    async fn return_to(self: &Arc<Self>, desk: &Desk) -> Result<ReturnTo> {
        Ok(match self.ledger(|desk| desk.store.settings()).await?.return_way {
            ReturnWay::Link => ReturnTo::Link,
            ReturnWay::Port => ReturnTo::Port(self.return_port(desk).await?),
            ReturnWay::Page { address } => ReturnTo::Page(address),
            ReturnWay::Nothing => {
                let link = self.ledger(|desk| desk.store.connection()).await?.ok_or(FailureKind::CredentialsMissing)?;
                ReturnTo::Everifin(link.environment.web_app().to_owned())
            }
        })
    }

    /// Opens the port for returns, the same as before where it can be had, and takes in what comes to it.
    async fn return_port(self: &Arc<Self>, desk: &Desk) -> Result<u16> {
        if let Some(open) = self.returns().as_ref().filter(|port| port.is_open()) {
            return Ok(open.number);
        }
        let (port, mut returns) = ReturnPort::open(&desk.store).await?;
        let number = port.number;
        *self.returns() = Some(port);
        let saldo = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(address) = returns.recv().await {
                let Some(saldo) = saldo.upgrade() else { break };
                saldo.arrived(&address).await;
            }
        });
        Ok(number)
    }

    fn returns(&self) -> MutexGuard<'_, Option<ReturnPort>> {
        self.returns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what the owner typed to her bank, which asked for it.
    pub async fn answer_payment(&self, id: PaymentId, typed: Vec<Typed>) -> Result<PaymentDetail> {
        let (desk, rng) = (self.desk().await?, StdRng::from_os_rng());
        self.go_on(payments::answer(&desk.store, &desk.line().everifin, &desk.clock, rng, id, typed).await)
    }

    /// Keeps the journal of payments as a file where the owner says; false where she does not say.
    pub async fn save_payment_journal(&self) -> Result<bool> {
        let journal = self.ledger(|desk| payments::record(&desk.store)).await?;
        let name = format!("saldo-payments-{}.csv", self.around.clock.today());
        self.save_file(name, journal).await
    }

    /// Keeps drafts as a file for a bank's own portal where the owner says; false where she does not say.
    pub async fn save_order(&self, ids: Vec<PaymentId>, format: OrderFormat) -> Result<bool> {
        let order = self.ledger(move |desk| payments::order_file(&desk.store, &desk.clock, &ids, format)).await?;
        let name = format!("saldo-payments-{}.xml", self.around.clock.today());
        self.save_file(name, order).await
    }

    /// Asks the bank now where the payment stands.
    pub async fn check_payment(&self, id: PaymentId) -> Result<PaymentDetail> {
        let desk = self.desk().await?;
        let checked = payments::check(&desk.store, &desk.line().everifin, &desk.clock, id).await;
        checked.inspect_err(|failure| journal::note(Place::Payment, failure))
    }

    /// Tells of payments that moved on, and reads the accounts: money may have moved as well.
    pub(super) async fn payments_moved(&self, desk: &Desk, moved: &[PaymentId]) {
        for id in moved {
            self.tell(Happened::Payment { id: *id });
        }
        // Whatever keeps the accounts from being read is said when the owner syncs.
        if desk.sync(|_| ()).await.is_ok() {
            self.tell(Happened::Data);
        }
    }

    /// Prepares the drafts of standing payments. What stands in the way stands in the way of all else too, and is said there.
    async fn prepare_payments(&self, desk: &Arc<Desk>) {
        let preparing = Arc::clone(desk);
        let made = off_the_runtime(move || payments::prepare_due(&preparing.store, &preparing.clock)).await;
        if made.is_ok_and(|made| made > 0) {
            self.tell(Happened::Data);
        }
    }

    fn go_on(&self, handed: Result<HandedOver>) -> Result<PaymentDetail> {
        let gone_on = handed.and_then(|handed| match handed.next {
            Next::Open(page) => self.browse(page.as_str()).map(|()| handed.detail),
            Next::Wait | Next::Answer => Ok(handed.detail),
            Next::Stopped(failure) => Err(failure),
        });
        gone_on.inspect_err(|failure| journal::note(Place::Payment, failure))
    }

    /// Asks about the payments whose time has come and prepares the drafts of standing ones, as long as Saldo runs. What is not open is
    /// not opened for it.
    pub async fn watch_payments(self: Arc<Self>) {
        let mut tick = tokio::time::interval(WATCH);
        loop {
            tick.tick().await;
            let desk = self.open.read().await.as_ref().map(|open| Arc::clone(&open.desk));
            let Some(desk) = desk else { continue };
            self.prepare_payments(&desk).await;
            self.ask_about_payments(&desk, Scope::Due).await;
        }
    }

    /// Asks what became of payments, and tells of those that moved on or were paired with their transaction.
    pub(super) async fn ask_about_payments(&self, desk: &Desk, scope: Scope) {
        let Ok(seen) = payments::reconcile(&desk.store, &desk.line().everifin, &desk.clock, scope).await else {
            return;
        };
        for id in seen.paired {
            self.tell(Happened::Payment { id });
        }
        if !seen.changed.is_empty() {
            self.payments_moved(desk, &seen.changed).await;
        }
    }
}
