//! Payments and their state machine.

use crate::{
    amount::{Amount, Currency},
    api::reply::ApiError,
    payments::asking::{Method, Questions},
    shared::Live,
    world::{
        self,
        cast::{BANKS, Bank, OWNER},
        row::{Foreign, OtherSide, Outcome, Row, Words},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{borrow::Cow, collections::BTreeMap};

/// How long the bank's page waits for the owner.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);
/// First identifier of the transactions that payments make.
const FIRST_ROW: u64 = 90_000_000;

/// All payments ever made here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PaymentBook {
    pub(crate) payments: Vec<Payment>,
}

/// One transfer to one payee.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    /// Minor units.
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) recipient_iban: String,
    pub(crate) recipient_name: Option<String>,
    pub(crate) recipient_bic: Option<String>,
    pub(crate) variable: Option<String>,
    pub(crate) constant: Option<String>,
    pub(crate) specific: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) message: Option<String>,
    /// Whether the bank took it, once it has said so.
    pub(crate) accepted: Option<bool>,
}

/// A checked payment that does not exist yet.
pub(crate) struct NewPayment {
    /// A bulk payment has a name.
    pub(crate) name: Option<String>,
    pub(crate) date: Option<DateTime<Utc>>,
    pub(crate) sender_iban: Option<String>,
    pub(crate) redirect_url: String,
    pub(crate) external_id: Option<String>,
    pub(crate) items: Vec<Item>,
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// Made; the owner has not decided at her bank.
    Open,
    /// Approved at the bank, not yet reported by the client.
    Approved,
    /// Rejected at the bank, not yet reported by the client.
    Rejected,
    /// The bank works on it; so many more calls until it is done.
    Processing(u8),
    Finished,
    PartiallyPaid,
    Failed,
}

/// A row that the payment made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Posting {
    item: usize,
    account: usize,
    outgoing: bool,
    created: DateTime<Utc>,
    settled: DateTime<Utc>,
}

/// A payment, single or bulk.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: u64,
    pub(crate) name: Option<String>,
    pub(crate) date: Option<DateTime<Utc>>,
    /// Place of the sender's account; chosen at the bank where the client named none.
    pub(crate) sender: Option<usize>,
    pub(crate) redirect_url: String,
    pub(crate) external_id: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) stage: Stage,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    /// Names the payment on the bank's page.
    pub(crate) ticket: String,
    /// What the bank gave the browser to take back.
    pub(crate) returns: BTreeMap<String, String>,
    pub(crate) postings: Vec<Posting>,
    /// What the bank has asked in the client's window.
    #[serde(default)]
    pub(crate) questions: Questions,
}

/// What the client has to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    Redirect,
    Ask,
    Push,
    Call,
    Nothing,
}

impl Payment {
    pub(crate) fn is_bulk(&self) -> bool {
        self.name.is_some()
    }

    /// Status on the wire.
    pub(crate) fn status(&self) -> &'static str {
        match self.stage {
            Stage::Open | Stage::Approved | Stage::Rejected => "CREATED",
            Stage::Processing(_) => "PROCESSING",
            Stage::Finished => "FINISHED",
            Stage::PartiallyPaid => "PARTIALLY_PAID",
            Stage::Failed => "FAILED",
        }
    }

    /// The sum of all items, in minor units; all have one currency.
    pub(crate) fn total(&self) -> i64 {
        self.items.iter().map(|item| item.amount).sum()
    }

    /// Whether the bank's page has stopped waiting.
    pub(crate) fn too_late(&self, now: DateTime<Utc>) -> bool {
        self.stage == Stage::Open && now > self.created + PATIENCE
    }

    /// What the client has to do next. `asks` where the bank asks for something in the client's window.
    pub(crate) fn next(&self, bank: Option<&Bank>, asks: bool) -> Next {
        match self.stage {
            _ if asks => Next::Ask,
            Stage::Processing(_) if self.questions.method == Some(Method::Push) => Next::Push,
            Stage::Open | Stage::Approved | Stage::Rejected => Next::Redirect,
            Stage::Processing(_) if bank.is_some_and(|bank| bank.id == "cekoskbx") => Next::Push,
            Stage::Processing(_) => Next::Call,
            Stage::Finished | Stage::PartiallyPaid | Stage::Failed => Next::Nothing,
        }
    }

    /// The owner's decision at her bank: remembers it, and gives the address with the bank's own parameters.
    pub(crate) fn decide(&mut self, bank: &Bank, approved: bool, secret: &str, now: DateTime<Utc>) {
        self.stage = if approved { Stage::Approved } else { Stage::Rejected };
        self.updated = now;
        let id = self.id.to_string();
        let pairs: Vec<(&str, String)> = match (bank.id, approved) {
            ("tatrskbx", true) => vec![("code", secret.to_owned()), ("paymentId", id)],
            ("tatrskbx", false) => vec![("error", "access_denied".to_owned()), ("paymentId", id)],
            ("gibaskbx", true) => vec![("status", "ok".to_owned()), ("ref", secret.to_owned())],
            ("gibaskbx", false) => vec![("status", "cancelled".to_owned()), ("ref", secret.to_owned())],
            ("cekoskbx", ok) => {
                vec![("result", if ok { "OK" } else { "KO" }.to_owned()), ("signId", secret.to_owned())]
            }
            ("fiobczpp", ok) => vec![("approved", ok.to_string()), ("token", secret.to_owned())],
            (_, true) => vec![("authCode", secret.to_owned()), ("state", self.ticket.clone())],
            (_, false) => vec![("error", "user_cancelled".to_owned()), ("state", self.ticket.clone())],
        };
        self.returns = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    }

    /// Where the bank sends the browser after the decision.
    pub(crate) fn way_back(&self) -> String {
        let pairs: Vec<(&str, &str)> =
            self.returns.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        crate::idp::reply::with_query(&self.redirect_url, &pairs)
    }
}

impl Live {
    /// Creates the payment. Two equal requests make two payments, whatever their `externalId`.
    pub(crate) fn create_payment(&mut self, new: NewPayment, now: DateTime<Utc>) -> Result<u64, ApiError> {
        let sender = match &new.sender_iban {
            None => None,
            Some(iban) => {
                let found = self.world.account_by_iban(iban);
                Some(found.ok_or_else(|| ApiError::input("senderIban is not a connected bank account"))?)
            }
        };
        if let Some(item) = new.items.iter().find(|item| Currency::from_code(&item.currency).is_none()) {
            return Err(ApiError::input(format!("Currency {} is not supported by the bank", item.currency)));
        }
        let id = 12 + self.kept.payments.payments.len() as u64;
        let ticket = self.hex(16);
        let created = self.touch(now);
        self.kept.payments.payments.push(Payment {
            id,
            name: new.name,
            date: new.date,
            sender,
            redirect_url: new.redirect_url,
            external_id: new.external_id,
            items: new.items,
            stage: Stage::Open,
            created,
            updated: created,
            ticket,
            returns: BTreeMap::new(),
            postings: Vec::new(),
            questions: Questions::default(),
        });
        self.count("payment created");
        Ok(id)
    }

    /// The payment of that number and kind.
    pub(crate) fn payment(&self, id: u64, bulk: bool) -> Option<&Payment> {
        self.kept.payments.payments.iter().find(|payment| payment.id == id && payment.is_bulk() == bulk)
    }

    /// Takes a payment one step on, given what the client brings.
    pub(crate) fn process(
        &mut self,
        id: u64,
        brought: &BTreeMap<String, String>,
        sealed: bool,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let updated = self.touch(now);
        let Some(place) = self.kept.payments.payments.iter().position(|payment| payment.id == id) else {
            return Err(ApiError::missing(format!("Payment {id} not found")));
        };
        if self.asks_for(&self.kept.payments.payments[place]) {
            self.kept.payments.payments[place].updated = updated;
            return self.answer(place, brought, sealed);
        }
        let payment = &mut self.kept.payments.payments[place];
        let before = payment.stage;
        match payment.stage {
            Stage::Open if payment.too_late(now) => payment.stage = Stage::Failed,
            Stage::Open if brought.is_empty() => {}
            Stage::Open => return Err(ApiError::input("No input is expected before the bank has answered")),
            Stage::Approved | Stage::Rejected => {
                for (name, value) in &payment.returns {
                    match brought.get(name) {
                        None => return Err(ApiError::rule("Invalid body", "required", name, json!({}))),
                        Some(other) if other != value => {
                            return Err(ApiError::input(format!("{name} does not belong to this payment")));
                        }
                        Some(_) => {}
                    }
                }
                let push = payment.sender.is_some_and(|account| self.world.bank_of(account).id == "cekoskbx");
                payment.stage = match (payment.stage, push) {
                    (Stage::Rejected, _) => Stage::Failed,
                    (_, true) => Stage::Processing(2),
                    (_, false) => Stage::Processing(1),
                };
            }
            Stage::Processing(left) if left > 1 => payment.stage = Stage::Processing(left - 1),
            Stage::Processing(_) => self.settle(place, updated),
            Stage::Finished | Stage::PartiallyPaid | Stage::Failed => {}
        }
        let payment = &mut self.kept.payments.payments[place];
        if payment.stage != before {
            payment.updated = updated;
        }
        Ok(())
    }

    /// The bank carries the payment out, item by item, as far as the money lasts and the payees' accounts are open.
    fn settle(&mut self, place: usize, at: DateTime<Utc>) {
        let mut payment = self.kept.payments.payments[place].clone();
        let Some(sender) = payment.sender else { return };
        let start = payment.date.filter(|date| date.date_naive() > at.date_naive()).unwrap_or(at);
        for index in 0..payment.items.len() {
            let (amount, _) = in_currency_of(&self.world, sender, &payment.items[index], at);
            let limit = self.world.accounts()[sender].credit_limit.map_or(0, |limit| limit.0);
            let held = Amount(self.world.available(sender, at).0 + limit);
            let accepted = amount <= held && !self.closed.contains(&payment.items[index].recipient_iban);
            payment.items[index].accepted = Some(accepted);
            if !accepted {
                continue;
            }
            let settled = settlement(self.world.bank_of(sender), start);
            let mut postings = vec![Posting { item: index, account: sender, outgoing: true, created: start, settled }];
            if let Some(target) = self.world.account_by_iban(&payment.items[index].recipient_iban) {
                postings.push(Posting { item: index, account: target, outgoing: false, created: settled, settled });
            }
            for posting in postings {
                self.world.add(row(&self.world, &payment, &posting, payment.postings.len()));
                payment.postings.push(posting);
            }
        }
        let accepted = payment.items.iter().filter(|item| item.accepted == Some(true)).count();
        payment.stage = match accepted {
            0 => Stage::Failed,
            n if n == payment.items.len() => Stage::Finished,
            _ => Stage::PartiallyPaid,
        };
        self.count(format!("payment {}", payment.status()));
        self.kept.payments.payments[place] = payment;
    }

    /// Puts the rows of all payments into a world that was just made.
    pub(crate) fn replay_payments(&mut self) {
        for payment in &self.kept.payments.payments {
            for (number, posting) in payment.postings.iter().enumerate() {
                let row = row(&self.world, payment, posting, number);
                self.world.add(row);
            }
        }
    }
}

/// Some banks book at once, some announce first.
fn settlement(bank: &Bank, start: DateTime<Utc>) -> DateTime<Utc> {
    match bank.id {
        "gibaskbx" => start + TimeDelta::hours(2),
        "rzbcczpp" => world::next_morning(start),
        _ => start,
    }
}

fn in_currency_of(world: &world::World, account: usize, item: &Item, at: DateTime<Utc>) -> (Amount, Option<Foreign>) {
    let own = world.accounts()[account].currency;
    let Some(currency) = Currency::from_code(&item.currency) else { return (Amount(item.amount), None) };
    if currency == own {
        return (Amount(item.amount), None);
    }
    let rate = world::rate(at.date_naive());
    let amount = if own == Currency::Czk { item.amount * rate / 1000 } else { item.amount * 1000 / rate };
    let foreign = Foreign { amount: Amount(item.amount), currency: currency.code(), rate: Decimal::new(rate, 3) };
    (Amount(amount), Some(foreign))
}

fn row(world: &world::World, payment: &Payment, posting: &Posting, number: usize) -> Row {
    let item = &payment.items[posting.item];
    let (amount, foreign) = in_currency_of(world, posting.account, item, posting.created);
    let other = if posting.outgoing {
        OtherSide {
            name: item.recipient_name.clone().map(Cow::Owned),
            iban: Some(item.recipient_iban.clone()),
            bic: item.recipient_bic.clone().map(Cow::Owned),
        }
    } else {
        let sender = payment.sender.map(|place| &world.accounts()[place]);
        OtherSide {
            name: Some(Cow::Borrowed(OWNER)),
            iban: sender.and_then(|account| account.iban.clone()),
            bic: sender.map(|account| Cow::Borrowed(BANKS[account.bank].bic)),
        }
    };
    Row {
        id: FIRST_ROW + payment.id * 1000 + number as u64,
        account: posting.account,
        outgoing: posting.outgoing,
        amount,
        foreign,
        other,
        words: Words {
            variable: item.variable.clone(),
            constant: item.constant.clone().map(Cow::Owned),
            specific: item.specific.clone(),
            reference: item.reference.clone(),
            message: item.message.clone(),
            description: Some(Cow::Borrowed(if posting.outgoing { "Odoslaná platba" } else { "Prijatá platba" })),
        },
        created: posting.created,
        announced: posting.created.date_naive(),
        settled: posting.settled,
        outcome: Outcome::Booked,
        amended: None,
    }
}
