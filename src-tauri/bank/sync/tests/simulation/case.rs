//! One case: an account at a bank with habits, some weeks of its life, and an owner who syncs, writes notes and is interrupted.

use super::chance::Chance;
use super::ledger::{Kind, Ledger, Line, balance, break_store, daily_sums, notes};
use super::sabotage::Sabotage;
use super::violation::{Law, Violation};
use crate::everifin::{RemoteAccount, TransactionQuery, by_hand};
use crate::failure::{Failure, Result as Answered};
use crate::store::accounts::{AccountId, Freshness};
use crate::store::intake::{Applied, Intake};
use crate::store::transactions::{Annotation, TransactionId};
use crate::store::{Store, from_ms};
use crate::sync::reading::{self, Reading};
use chrono::{NaiveDate, TimeDelta};
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

/// Habits of banks whose changes become visible later than they say.
const LAGGING: [Personality; 3] = [Personality::HalfBatches, Personality::CoarseTimes, Personality::StaleTimes];

/// A note, and what its row said when it was written.
struct Note {
    text: String,
    on: Line,
}

/// A case under way.
pub(super) struct Case<'s> {
    store: &'s Store,
    bank: Simulated,
    chance: Chance,
    /// Orders the rows of answers; none leaves them in the bank's order.
    order: Option<Chance>,
    account: Option<AccountId>,
    ledger: Ledger,
    /// The numbers of the movements that were on a list at a time when it was read.
    known: BTreeSet<u64>,
    /// How many movements of a kind were ever known.
    kinds: BTreeMap<Kind, BTreeSet<u64>>,
    notes: Vec<Note>,
    serial: u64,
    exact: bool,
    /// Whether the same question always has the same answer.
    steady: bool,
    /// Whether a change is visible from the moment on that it bears.
    prompt: bool,
    sabotage: Option<Sabotage>,
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
        let rows: Vec<u32> = self.ledger.0.keys().copied().collect();
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

    /// Reads the account, as far as `questions` go; none where it went no further.
    fn read(&mut self, account: AccountId, remote: &RemoteAccount, questions: usize) -> Answered<Option<Intake>> {
        let now = self.bank.now();
        if let Some(sabotage) = self.sabotage {
            sabotage.before_reading(self.store, account, now);
        }
        let mut reading = Reading::begin(self.store, account, remote, now)?;
        let mut asked = 0;
        while let Some(query) = reading.next(self.store)? {
            if asked == questions {
                return Ok(None);
            }
            asked += 1;
            let mut answer = self.ask(&remote.id.0, &query)?;
            if let Some(order) = &mut self.order {
                order.shuffle(&mut answer.rows);
            }
            reading.take(answer);
        }
        let mut intake = reading.finish();
        if let Some(sabotage) = self.sabotage {
            sabotage.intake(self.store, &mut intake, remote);
        }
        Ok(Some(intake))
    }

    fn ask(
        &mut self,
        account: &str,
        query: &TransactionQuery,
    ) -> Answered<crate::everifin::Listing<crate::everifin::RemoteTransaction>> {
        let now = self.bank.now();
        by_hand::transactions(query, |query| said(self.bank.transactions(account, query)), now)
    }

    /// One sync of the account; what it changed, none where it failed.
    fn sync(&mut self) -> Result<Option<Applied>, Violation> {
        self.syncs += 1;
        let Some((account, remote)) = self.listed()? else {
            self.says(|freshness| matches!(freshness, Freshness::Gone { .. } | Freshness::Reconnect { .. }))?;
            return Ok(None);
        };
        let now = self.bank.now();
        match self.read(account, &remote, usize::MAX) {
            Ok(intake) => {
                let applied = self.store.take(&intake.unwrap(), now).unwrap();
                self.took_over(account)?;
                self.says(|freshness| match freshness {
                    Freshness::UpToDate { at } | Freshness::RenewSoon { at: Some(at), .. } => at == now,
                    _ => false,
                })?;
                Ok(Some(applied))
            }
            Err(failure) => {
                self.failed(account, &failure)?;
                Ok(None)
            }
        }
    }

    /// Nothing of what is known changes with a failure.
    fn failed(&mut self, account: AccountId, failure: &Failure) -> Result<(), Violation> {
        self.store.mark_failed(account, failure, self.bank.now()).unwrap();
        self.says(|freshness| matches!(freshness, Freshness::Failed { .. } | Freshness::RateLimited { .. }))?;
        self.unchanged(account, "a failure")
    }

    /// Whether the account says of itself how fresh it is.
    fn says(&self, right: impl Fn(Freshness) -> bool) -> Result<(), Violation> {
        let Some(account) = self.account else { return Ok(()) };
        let freshness = self.store.account(account, self.bank.now()).unwrap().freshness;
        let said = format!("{freshness:?} at {}", self.bank.now());
        if right(freshness) { Ok(()) } else { Err(Violation::new(Law::Freshness, said)) }
    }

    fn unchanged(&self, account: AccountId, after: &str) -> Result<(), Violation> {
        let now = Ledger::of(self.store, account);
        if now == self.ledger {
            Ok(())
        } else {
            Err(Violation::new(Law::Interrupted, format!("after {after}: {now:?}")))
        }
    }

    /// A reading that ends in its middle.
    fn interrupted(&mut self) -> Result<(), Violation> {
        self.syncs += 1;
        let questions = self.chance.below(3);
        let Some((account, remote)) = self.listed()? else { return Ok(()) };
        drop(self.read(account, &remote, questions));
        self.unchanged(account, "a reading that was dropped")
    }

    /// A taking over that fails in the store.
    fn broken(&mut self) -> Result<(), Violation> {
        self.syncs += 1;
        let Some((account, remote)) = self.listed()? else { return Ok(()) };
        if let Ok(Some(intake)) = self.read(account, &remote, usize::MAX) {
            break_store(self.store, true);
            let taken = self.store.take(&intake, self.bank.now());
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

    fn took_over(&mut self, account: AccountId) -> Result<(), Violation> {
        if let Some(sabotage) = self.sabotage {
            sabotage.after_taking(self.store, account);
        }
        let ledger = Ledger::of(self.store, account);
        ledger.follows(&self.ledger)?;
        self.ledger = ledger;
        for movement in self.bank.truth().into_iter().filter(|movement| movement.listed) {
            self.known.insert(movement.number);
            let kind = (movement.minor, movement.iban, movement.symbol);
            self.kinds.entry(kind).or_default().insert(movement.number);
        }
        if self.exact {
            self.nothing_doubled()?;
        }
        let (stored, listed) = (self.ledger.0.values().filter(|line| line.pending()).count(), self.bank.pending());
        if stored > listed || (stored < listed && self.exact && self.prompt) {
            return Err(Violation::new(Law::Pending, format!("{stored} pending rows, {listed} are listed")));
        }
        if let Some((minor, at)) = balance(self.store, account)
            && self.bank.booked(from_ms(at)) != minor
        {
            return Err(Violation::new(Law::Balance, format!("{minor} at {}", from_ms(at))));
        }
        Ok(())
    }

    /// No kind of movement stands there more often than it was listed.
    fn nothing_doubled(&self) -> Result<(), Violation> {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for (_, kind) in self.ledger.0.values().filter_map(Line::movement) {
            *counts.entry(kind).or_default() += 1;
        }
        for (kind, count) in counts {
            let real = self.kinds.get(&kind).map_or(0, BTreeSet::len);
            if count > real {
                return Err(Violation::new(Law::Doubled, format!("{kind:?} {count} times instead of {real}")));
            }
        }
        Ok(())
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
            if good == 3 {
                break;
            }
        }
        let Some(account) = self.account else { return Ok(()) };
        daily_sums(self.store, account)?;
        self.notes_are_as_written()?;
        if good < 3 {
            // A closed account is not read any more; every other one must have been.
            let listed = self.listed()?.is_some();
            return if listed { Err(Violation::new(Law::Stuck, "never read at rest".into())) } else { Ok(()) };
        }
        if self.exact { self.ledger_is_the_truth() } else { Ok(()) }
    }

    fn ledger_is_the_truth(&self) -> Result<(), Violation> {
        let mut missing: BTreeMap<(NaiveDate, Kind), i64> = BTreeMap::new();
        for movement in self.bank.truth().into_iter().filter(|movement| self.known.contains(&movement.number)) {
            *missing.entry((movement.day, (movement.minor, movement.iban, movement.symbol))).or_default() += 1;
        }
        for movement in self.ledger.0.values().filter_map(Line::movement) {
            *missing.entry(movement).or_default() -= 1;
        }
        missing.retain(|_, count| *count != 0);
        if missing.is_empty() {
            return Ok(());
        }
        let law = if missing.values().any(|count| *count > 0) { Law::Lost } else { Law::Doubled };
        Err(Violation::new(law, format!("at rest, missing (or with a minus too many): {missing:?}")))
    }

    /// Each note is there once, and on no other payment than the one it was written on.
    fn notes_are_as_written(&self) -> Result<(), Violation> {
        let stored = notes(self.store);
        for note in &self.notes {
            let wrong =
                |what: &str| Err(Violation::new(Law::Overlay, format!("{what}: {} on {:?}", note.text, note.on)));
            let [entry] = stored.get(&note.text).map_or(&[][..], Vec::as_slice) else {
                return wrong("a note is gone or doubled");
            };
            // A note whose pending row came to nothing waits.
            let Some(line) = self.ledger.0.get(entry) else { continue };
            let same_money = line.minor == note.on.minor || note.on.pending();
            if !same_money || line.contradicts(&note.on) || (line.minor < 0) != (note.on.minor < 0) {
                return wrong(&format!("a note is on {line:?}"));
            }
        }
        Ok(())
    }
}

fn said(said: Said) -> by_hand::Said {
    (said.status, said.retry_after, said.body)
}
