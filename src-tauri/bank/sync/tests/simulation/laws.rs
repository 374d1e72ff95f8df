//! What must hold after each sync of a case, and at its end.

use super::case::Case;
use super::ledger::{Kind, Ledger, Line, balance, notes};
use super::violation::{Law, Violation};
use crate::store::accounts::{AccountId, Freshness};
use crate::store::from_ms;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

impl Case<'_> {
    /// Whether the account says of itself how fresh it is.
    pub(super) fn says(&self, right: impl Fn(Freshness) -> bool) -> Result<(), Violation> {
        let Some(account) = self.account else { return Ok(()) };
        let freshness = self.store.account(account, self.bank.now()).unwrap().freshness;
        let said = format!("{freshness:?} at {}", self.bank.now());
        if right(freshness) { Ok(()) } else { Err(Violation::new(Law::Freshness, said)) }
    }

    pub(super) fn unchanged(&self, account: AccountId, after: &str) -> Result<(), Violation> {
        let now = Ledger::of(self.store, account);
        if now == self.ledger {
            Ok(())
        } else {
            Err(Violation::new(Law::Interrupted, format!("after {after}: {now:?}")))
        }
    }

    pub(super) fn took_over(&mut self, account: AccountId) -> Result<(), Violation> {
        if let Some(sabotage) = self.sabotage {
            sabotage.after_taking(self.store, account);
        }
        let ledger = Ledger::of(self.store, account);
        ledger.follows(&self.ledger)?;
        self.ledger = ledger;
        for movement in self.bank.listed() {
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
    pub(super) fn nothing_doubled(&self) -> Result<(), Violation> {
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

    /// Where the ledger lacks something of what is real since the first stated balance, or has too much, days are marked as not
    /// proved. Which rows of its own day the first balance holds nobody says.
    pub(super) fn differences_are_marked(&self, account: AccountId) -> Result<(), Violation> {
        let proof = self.store.proof(account).unwrap();
        let Some(from) = proof.from else { return Ok(()) };
        let lacking = |later: &dyn Fn(NaiveDate) -> bool| {
            let real: i64 = self.bank.truth().iter().filter(|real| later(real.day)).map(|real| real.minor).sum();
            let held = self.ledger.0.values().filter_map(Line::movement).filter(|(day, _)| later(*day));
            real - held.map(|(_, (minor, ..))| minor).sum::<i64>()
        };
        let (with, without) = (lacking(&|day| day >= from), lacking(&|day| day > from));
        if proof.unproved.is_empty() && with != 0 && without != 0 {
            let aside: i64 = self.aside().iter().map(|line| line.minor).sum();
            let law = if aside == with || aside == without { Law::SetAside } else { Law::Proof };
            let what = format!("{without} is lacking since {from}, nothing is marked; aside: {:?}", self.aside());
            return Err(Violation::new(law, what));
        }
        Ok(())
    }

    pub(super) fn ledger_is_the_truth(&self) -> Result<(), Violation> {
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
        let lacking: i64 = missing.iter().map(|((_, (minor, ..)), count)| minor * count).sum();
        let aside = self.aside();
        let law = match missing.values().max() {
            Some(most) if *most < 0 => Law::Doubled,
            _ if !aside.is_empty() && lacking == aside.iter().map(|line| line.minor).sum::<i64>() => Law::SetAside,
            _ => Law::Lost,
        };
        let what = format!("at rest, missing (or with a minus too many): {missing:?}; aside: {aside:?}");
        Err(Violation::new(law, what))
    }

    /// Each note is there once, and on no other payment than the one it was written on.
    pub(super) fn notes_are_as_written(&self) -> Result<(), Violation> {
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

    /// The booked rows that do not count.
    fn aside(&self) -> Vec<&Line> {
        self.ledger.0.values().filter(|line| line.aside.is_some() && line.status == "booked").collect()
    }
}
