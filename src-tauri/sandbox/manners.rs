//! Which banks of the world have which habits, and what their accounts look like with them.

use crate::{
    amount::Amount,
    personalities::{Circumstances, Habits, List, Personality, Track},
    shared::Live,
    world::cast::BANKS,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// No bank of the world has this identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no bank `{0}`")]
pub struct NoSuchBank(String);

/// The habits of the banks, and what is remembered of them.
pub(crate) struct Manners {
    seed: u64,
    of: BTreeMap<&'static str, Habits>,
    /// How many lists each account was asked for.
    lists: BTreeMap<usize, u64>,
    /// The account whose tracks were drawn last: whoever reads a list asks for its pages one after the other.
    drawn: Option<Drawn>,
}

struct Drawn {
    place: usize,
    /// How many rows and consents it was drawn from; a world only grows.
    from: (usize, usize),
    tracks: Vec<Track>,
}

/// An entry of the list of accounts.
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) place: usize,
    /// Up to when Everifin has its data.
    pub(crate) seen: DateTime<Utc>,
    pub(crate) expired: bool,
}

impl Manners {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, of: BTreeMap::new(), lists: BTreeMap::new(), drawn: None }
    }

    /// Gives a bank exactly these habits.
    pub(crate) fn set(&mut self, bank: &str, personalities: &[Personality]) -> Result<(), NoSuchBank> {
        let known = BANKS.iter().zip(0..).find(|(known, _)| known.id == bank);
        let (known, number) = known.ok_or_else(|| NoSuchBank(bank.to_owned()))?;
        self.of.insert(known.id, Habits::new(self.seed ^ (number << 32), personalities));
        self.drawn = None;
        Ok(())
    }

    /// A bank's habits; none where it behaves.
    pub(crate) fn bad(&self, bank: &str) -> Option<&Habits> {
        self.of.get(bank).filter(|habits| !habits.is_empty())
    }
}

impl Live {
    /// The habits of an account's bank; none where it behaves.
    pub(crate) fn habits(&self, place: usize) -> Option<&Habits> {
        self.manners.bad(self.world.bank_of(place).id)
    }

    /// When a bank's consent was renewed, oldest first.
    pub(crate) fn renewed(&self, place: usize) -> &[DateTime<Utc>] {
        self.kept.renewals.get(self.world.bank_of(place).id).map_or(&[], Vec::as_slice)
    }

    /// The accounts as they are listed.
    pub(crate) fn entries(&self, now: DateTime<Utc>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (place, account) in self.world.accounts().iter().enumerate() {
            let seen = self.seen_until(place, now);
            let expired = self.consent_end(account.bank) <= self.moment(now);
            let Some(habits) = self.habits(place) else {
                entries.push(Entry { id: account.id, place, seen, expired });
                continue;
            };
            if habits.closed(self.kept.epoch).is_some_and(|closed| closed <= now) {
                continue;
            }
            let renewed = self.renewed(place);
            let last = renewed.last().copied().unwrap_or(self.kept.epoch);
            let formers = habits.former_ids(account.id, renewed.len());
            entries.extend(formers.into_iter().map(|id| Entry { id, place, seen: last, expired: true }));
            entries.push(Entry { id: habits.account_id(account.id, renewed.len()), place, seen, expired });
        }
        entries
    }

    /// The booked balance of an account, and what may be spent without credit, as its bank has them.
    pub(crate) fn balances(&self, place: usize, at: DateTime<Utc>) -> (Amount, Amount) {
        let (booked, available) = (self.world.booked(place, at), self.world.available(place, at));
        let Some(habits) = self.habits(place) else { return (booked, available) };
        let money = self.world.rows(place, at).filter_map(|row| habits.money(row, at));
        let real = self.world.accounts()[place].opening.0 + money.map(|(_, amount)| amount).sum::<i64>();
        (Amount(real), Amount(available.0 + real - booked.0))
    }

    /// The list of an account whose bank has habits, for the page that is asked for now.
    pub(crate) fn list(&mut self, place: usize, now: DateTime<Utc>, first_page: bool) -> Option<List<'_>> {
        let seen = self.seen_until(place, now);
        let Manners { of, lists, drawn, .. } = &mut self.manners;
        let habits = of.get(self.world.bank_of(place).id).filter(|habits| !habits.is_empty())?;
        let renewed = self.kept.renewals.get(self.world.bank_of(place).id).map_or(&[][..], Vec::as_slice);
        let from = (self.world.rows(place, seen).count(), renewed.len());
        let kept = drawn.take().filter(|drawn| drawn.place == place && drawn.from == from);
        let now_drawn = kept.unwrap_or_else(|| {
            let currency = self.world.accounts()[place].currency.code();
            let around = Circumstances { connected: self.kept.epoch, renewed, currency };
            Drawn { place, from, tracks: habits.tracks(self.world.rows(place, seen), around) }
        });
        let number = lists.entry(place).or_default();
        *number += u64::from(first_page);
        let tracks = &drawn.insert(now_drawn).tracks[..];
        Some(List { habits, tracks, connected: self.kept.epoch, now, seen, number: *number })
    }
}
