//! One case: an account at a bank with habits, some weeks of its life, and an owner who syncs, writes notes and is interrupted.

use super::chance::Chance;
use super::ledger::{Kind, Ledger, Line, break_store, daily_sums, notes};
use super::sabotage::Sabotage;
use super::violation::{Law, Violation};
use crate::everifin::{RemoteAccount, by_hand};
use crate::failure::{Failure, FailureKind, Result as Answered};
use crate::store::Store;
use crate::store::accounts::{AccountId, Freshness};
use crate::store::changes::{Cause, ChangeSetId};
use crate::store::intake::{Applied, Intake};
use crate::store::transactions::{Annotation, TransactionId};
use crate::sync::reading::{self, Reading};
use chrono::TimeDelta;
use sandbox::{Personality, Said, Simulated};
use std::collections::{BTreeMap, BTreeSet};

/// What makes a case; the same plan gives the same case.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) habits: Vec<Personality>,
}

/// Syncs after which an account must be up to date, once its bank has come to rest.
const PATIENCE: usize = 60;

/// Syncs at rest after which what balances tell must have been looked for.
const RESTS: usize = 8;

/// Habits of banks whose changes become visible later than they say.
const LAGGING: [Personality; 3] = [Personality::HalfBatches, Personality::CoarseTimes, Personality::StaleTimes];

/// A note, and what its row said when it was written.
pub(super) struct Note {
    pub(super) text: String,
    pub(super) on: Line,
}

/// A case under way.
pub(super) struct Case<'s> {
    pub(super) store: &'s Store,
    pub(super) bank: Simulated,
    chance: Chance,
    /// Orders the rows of answers; none leaves them in the bank's order.
    order: Option<Chance>,
    pub(super) account: Option<AccountId>,
    pub(super) ledger: Ledger,
    /// The numbers of the movements that were on a list at a time when it was read.
    pub(super) known: BTreeSet<u64>,
    /// How many movements of a kind were ever known.
    pub(super) kinds: BTreeMap<Kind, BTreeSet<u64>>,
    pub(super) notes: Vec<Note>,
    serial: u64,
    pub(super) exact: bool,
    /// Whether the same question always has the same answer.
    steady: bool,
    /// Whether a change is visible from the moment on that it bears.
    pub(super) prompt: bool,
    pub(super) sabotage: Option<Sabotage>,
    pub(super) syncs: u64,
}

impl<'s> Case<'s> {
    /// `serial` gives the account an IBAN of its own.
    pub(super) fn new(store: &'s Store, plan: &Plan, serial: u64, order: Option<Chance>) -> Self {
        let bank = Simulated::new(plan.seed, serial, &plan.habits);
        Self {
            store,
            exact: bank.misleads().is_none(),
            steady: !plan.habits.contains(&Personality::NoCount),
            prompt: !plan.habits.iter().any(|habit| LAGGING.contains(habit)),
            sabotage: None,
            bank,
            chance: Chance::new(plan.seed),
            order,
            account: None,
            ledger: Ledger::default(),
            known: BTreeSet::new(),
            kinds: BTreeMap::new(),
            notes: Vec::new(),
            serial,
            syncs: 0,
        }
    }

    /// The same case, with a rule that does not hold.
    pub(super) fn spoilt(self, sabotage: Option<Sabotage>) -> Self {
        Self { sabotage, ..self }
    }

    /// Lives through the case to its end. Answers the ledger.
    pub(super) fn run(&mut self) -> Result<Ledger, Violation> {
        let steps = 8 + self.chance.below(32);
        for _ in 0..steps {
            self.time_passes();
            if (self.bank.expired() && self.chance.one_in(2)) || self.chance.one_in(25) {
                self.bank.renew();
            }
            if self.chance.one_in(3) {
                self.write_a_note();
            }
            match self.chance.below(12) {
                0 => self.interrupted()?,
                1 => self.broken()?,
                2 | 3 => {
                    if self.sync()?.is_some() {
                        self.again()?;
                    }
                }
                _ => _ = self.sync()?,
            }
        }
        self.rest()?;
        Ok(self.ledger.clone())
    }

    fn time_passes(&mut self) {
        let minutes = match self.chance.below(40) {
            0 => 15 * 24 * 60 + self.chance.below(20 * 24 * 60),
            1..=3 => 3 * 24 * 60 + self.chance.below(8 * 24 * 60),
            4..=10 => 1 + self.chance.below(90),
            _ => 60 + self.chance.below(30 * 60),
        };
        self.bank.advance(TimeDelta::minutes(minutes.try_into().unwrap()));
    }

    fn write_a_note(&mut self) {
        // What is pending is where notes get lost.
        let pending = self.chance.one_in(2) && self.ledger.0.values().any(Line::pending);
        let rows = self.ledger.0.iter().filter(|(_, line)| line.pending() || !pending);
        let rows: Vec<u32> = rows.map(|(id, _)| *id).collect();
        let Some(id) = self.chance.pick(&rows) else { return };
        if self.notes_on(id) {
            return;
        }
        let text = format!("note {} of {}", self.notes.len(), self.serial);
        self.store.annotate(TransactionId(id), &Annotation { note: text.clone(), category: None }).unwrap();
        self.notes.push(Note { text, on: self.ledger.0[&id].clone() });
    }

    fn notes_on(&self, id: u32) -> bool {
        notes(self.store).values().any(|entries| entries.contains(&id))
    }

    /// Asks for the account and what to read of it; none where it is not listed or has no consent.
    fn listed(&mut self) -> Result<Option<(AccountId, RemoteAccount)>, Violation> {
        let now = self.bank.now();
        let listing = by_hand::accounts(|_| said(self.bank.accounts()), now).unwrap();
        let mut listed: Vec<_> = listing.rows.iter().map(reading::listed).collect();
        if let Some(sabotage) = self.sabotage {
            listed.iter_mut().for_each(|listed| sabotage.listed(listed));
        }
        let chosen = self.store.take_listing(&listed, true, now).unwrap();
        let Some((account, index)) = chosen.first().copied() else { return Ok(None) };
        let remote = listing.rows.into_iter().nth(index).unwrap();
        if chosen.len() > 1 || *self.account.get_or_insert(account) != account {
            return Err(Violation::new(Law::Account, format!("{chosen:?}, before {:?}", self.account)));
        }
        Ok((!remote.consent_expired).then_some((account, remote)))
    }

    /// Asks what a reading wants to know, as far as `questions` go; none where it went no further.
    fn ask(&mut self, remote: &RemoteAccount, mut reading: Reading, questions: usize) -> Answered<Option<Intake>> {
        let mut asked = 0;
        while let Some(query) = reading.next(self.store)? {
            if asked == questions {
                return Ok(None);
            }
            asked += 1;
            let now = self.bank.now();
            let get = |query: &str| said(self.bank.transactions(&remote.id.0, query));
            match by_hand::transactions(&query, get, now) {
                Ok(mut answer) => {
                    if let Some(order) = &mut self.order {
                        order.shuffle(&mut answer.rows);
                    }
                    reading.take(answer);
                }
                Err(failure) if failure.kind == FailureKind::PeriodRefused && reading.refused() => {}
                Err(failure) => return Err(failure),
            }
        }
        let mut intake = reading.finish();
        if let Some(sabotage) = self.sabotage {
            sabotage.intake(self.store, &mut intake, remote);
        }
        Ok(Some(intake))
    }

    /// Begins to read what has changed.
    fn begin(&self, account: AccountId, remote: &RemoteAccount) -> Reading {
        let now = self.bank.now();
        if let Some(sabotage) = self.sabotage {
            sabotage.before_reading(self.store, account, now);
        }
        Reading::begin(self.store, account, remote, now).unwrap()
    }

    /// One sync of the account; what it changed, none where it failed.
    fn sync(&mut self) -> Result<Option<Applied>, Violation> {
        self.syncs += 1;
        let Some((account, remote)) = self.listed()? else {
            self.says(|freshness| matches!(freshness, Freshness::Gone { .. } | Freshness::Reconnect { .. }))?;
            return Ok(None);
        };
        let now = self.bank.now();
        let set = self.store.begin_changes(Cause::Sync, now).unwrap();
        let applied = self.read(account, &remote, set)?;
        self.store.finish_changes(set).unwrap();
        match &applied {
            Ok(_) => self.says(|freshness| match freshness {
                Freshness::UpToDate { at } | Freshness::RenewSoon { at: Some(at), .. } => at == now,
                _ => false,
            })?,
            Err(failure) => self.failed(account, failure)?,
        }
        Ok(applied.ok())
    }

    /// Reads and takes over, and reads days again whose balances differ.
    fn read(
        &mut self,
        account: AccountId,
        remote: &RemoteAccount,
        set: ChangeSetId,
    ) -> Result<Answered<Applied>, Violation> {
        let now = self.bank.now();
        let reading = self.begin(account, remote);
        let intake = match self.ask(remote, reading, usize::MAX) {
            Ok(intake) => intake.unwrap(),
            Err(failure) => return Ok(Err(failure)),
        };
        let mut applied = self.store.take(set, &intake, now).unwrap();
        self.took_over(account)?;
        if let Some(days) = applied.reread.take() {
            match self.ask(remote, Reading::again(intake, days, now), usize::MAX) {
                Ok(intake) => applied.add(self.store.take(set, &intake.unwrap(), now).unwrap()),
                Err(failure) => return Ok(Err(failure)),
            }
            self.took_over(account)?;
        }
        Ok(Ok(applied))
    }

    /// Nothing of what is known changes with a failure.
    fn failed(&mut self, account: AccountId, failure: &Failure) -> Result<(), Violation> {
        self.store.mark_failed(account, failure, self.bank.now()).unwrap();
        self.says(|freshness| matches!(freshness, Freshness::Failed { .. } | Freshness::RateLimited { .. }))?;
        self.unchanged(account, "a failure")
    }

    /// A reading that ends in its middle.
    fn interrupted(&mut self) -> Result<(), Violation> {
        self.syncs += 1;
        let questions = self.chance.below(3);
        let Some((account, remote)) = self.listed()? else { return Ok(()) };
        let reading = self.begin(account, &remote);
        drop(self.ask(&remote, reading, questions));
        self.unchanged(account, "a reading that was dropped")
    }

    /// A taking over that fails in the store.
    fn broken(&mut self) -> Result<(), Violation> {
        self.syncs += 1;
        let Some((account, remote)) = self.listed()? else { return Ok(()) };
        let reading = self.begin(account, &remote);
        if let Ok(Some(intake)) = self.ask(&remote, reading, usize::MAX) {
            let set = self.store.begin_changes(Cause::Sync, self.bank.now()).unwrap();
            break_store(self.store, true);
            let taken = self.store.take(set, &intake, self.bank.now());
            break_store(self.store, false);
            assert!(taken.is_err(), "the store did not fail");
            if let Some(sabotage) = self.sabotage {
                sabotage.after_failure(self.store, &intake);
            }
        }
        self.unchanged(account, "a store that failed")
    }

    /// The same sync once more changes nothing.
    fn again(&mut self) -> Result<(), Violation> {
        let before = self.ledger.clone();
        let again = self.sync()?;
        let quiet = again.is_none_or(|applied| applied == Applied::default()) && before == self.ledger;
        if quiet || !self.steady {
            return Ok(());
        }
        Err(Violation::new(Law::Idempotence, format!("{again:?}")))
    }

    /// The bank comes to rest; then the ledger is what is real.
    fn rest(&mut self) -> Result<(), Violation> {
        let settled = self.bank.settle();
        let mut good = 0;
        for _ in 0..PATIENCE {
            let hours =
                if self.bank.now() < settled { 20 + self.chance.below(6 * 24) } else { 21 + self.chance.below(5) };
            self.bank.advance(TimeDelta::hours(hours.try_into().unwrap()));
            if self.bank.expired() {
                self.bank.renew();
            }
            let rests = self.bank.now() > settled;
            good += usize::from(self.sync()?.is_some() && rests);
            if good == RESTS {
                break;
            }
        }
        let Some(account) = self.account else { return Ok(()) };
        daily_sums(self.store, account)?;
        self.notes_are_as_written()?;
        if good < RESTS {
            // A closed account is not read any more; every other one must have been.
            let listed = self.listed()?.is_some();
            return if listed { Err(Violation::new(Law::Stuck, "never read at rest".into())) } else { Ok(()) };
        }
        self.differences_are_marked(account)?;
        if self.exact { self.ledger_is_the_truth() } else { Ok(()) }
    }
}

fn said(said: Said) -> by_hand::Said {
    (said.status, said.retry_after, said.body)
}
