//! Chance that needs no state: a function of the seed, the habit and what it is about.

use super::{Habits, Personality};

/// Well mixed bits of a number (SplitMix64).
pub(super) fn mix(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

impl Habits {
    /// A number below `below` (which is not 0), always the same for the same habit and thing.
    pub(super) fn roll(&self, personality: Personality, about: u64, below: u64) -> u64 {
        mix(mix(self.seed ^ mix(personality as u64)) ^ about) % below
    }

    /// The same as a signed number between `low` and `high`, both included.
    pub(super) fn between(&self, personality: Personality, about: u64, low: i64, high: i64) -> i64 {
        let span = low.abs_diff(high).saturating_add(1);
        low.saturating_add_unsigned(self.roll(personality, about ^ 0x5eed, span))
    }

    /// Whether a bank with this habit does it to that thing, in `permille` of 1000 cases.
    pub(super) fn strikes(&self, personality: Personality, about: u64, permille: u64) -> bool {
        self.has(personality) && self.roll(personality, about, 1000) < permille
    }
}
