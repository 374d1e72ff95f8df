//! Seeded chance: the same seed, day and stream always fall the same way.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One stream of chance.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one day (days since the common era) in the world of `seed`. Each day has its own, so that a world
    /// which is grown day by day equals one that is made at once.
    pub(crate) fn of_day(seed: u64, day: i32) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..12].copy_from_slice(&day.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Between `low` and `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// Between `low` and `high` with most results near `low`, as prices are.
    pub(crate) fn price(&mut self, low: i64, high: i64) -> i64 {
        let r = self.between(0, 1000);
        low + (high - low) * r * r / 1_000_000 + self.between(0, 99)
    }

    /// True in `permille` of 1000 cases.
    pub(crate) fn chance(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    /// How many of something that happens `permille`/1000 times on average: the whole part for sure, the rest by
    /// chance, and now and then one more or one less.
    pub(crate) fn count(&mut self, permille: i64) -> i64 {
        let base = permille / 1000 + i64::from(self.chance(permille % 1000));
        (base + self.between(-1, 1) * i64::from(permille >= 1500)).max(0)
    }

    /// One of the items; the first one of an empty choice does not exist, so lists are never empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(usize::try_from(self.between(0, items.len() as i64 - 1)).ok()?)
    }
}
