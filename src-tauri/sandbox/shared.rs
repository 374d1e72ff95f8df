//! What all handlers share: the settings of this sandbox, its clock, and one lock around everything that changes.

use crate::{
    faults::Faults,
    idp::{clients::Client, codes::Code, login::Tab, sessions::Lifetimes},
    kept::{self, Kept},
    manners::Manners,
    payments::asking::Asking,
    world::World,
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

/// Where the time comes from.
pub(crate) type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

pub(crate) struct Shared {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub(crate) base: String,
    pub(crate) realm: String,
    pub(crate) clients: Vec<Client>,
    pub(crate) lifetimes: Lifetimes,
    pub(crate) control: bool,
    pub(crate) enforce_pkce: bool,
    pub(crate) state_file: Option<PathBuf>,
    pub(crate) clock: Clock,
    /// Milliseconds by which the clock was advanced.
    pub(crate) ahead: AtomicI64,
    pub(crate) live: Mutex<Live>,
}

/// Everything that changes.
pub(crate) struct Live {
    pub(crate) kept: Kept,
    pub(crate) world: World,
    pub(crate) dice: ChaCha20Rng,
    pub(crate) tabs: HashMap<String, Tab>,
    pub(crate) codes: HashMap<String, Code>,
    /// Whether an administrator has disabled the owner: her sessions stay, and are worth nothing for as long.
    pub(crate) disabled: bool,
    /// Access tokens revoked one by one (RFC 7009), by identifier.
    pub(crate) revoked: HashSet<String>,
    pub(crate) faults: Faults,
    /// IBANs to which banks refuse to pay, as if the accounts were closed.
    pub(crate) closed: HashSet<String>,
    pub(crate) manners: Manners,
    /// The banks that ask for their approval in the client's window.
    pub(crate) asking: Asking,
    /// Moments of the latest manual refreshes.
    pub(crate) refreshes: VecDeque<DateTime<Utc>>,
    /// Requests and events by name.
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Shared {
    /// The sandbox's time, in whole milliseconds as on the wire.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        ((self.clock)() + TimeDelta::milliseconds(self.ahead.load(Ordering::Relaxed))).trunc_subsecs(3)
    }

    /// The issuer, as in discovery and in `iss`.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/auth/realms/{}", self.base, self.realm)
    }

    /// Reads, or changes what need not be kept.
    pub(crate) fn look<T>(&self, act: impl FnOnce(&mut Live) -> T) -> T {
        act(&mut self.lock())
    }

    /// Changes something that is kept over a restart.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut Live) -> T) -> T {
        let mut live = self.lock();
        let result = act(&mut live);
        if let Some(path) = &self.state_file
            && let Err(error) = kept::save(path, &live.kept)
        {
            tracing::warn!(%error, "the sandbox's state file could not be written");
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let now = live.moment(self.now());
        live.world.grow(now);
        live
    }
}

impl Live {
    /// The moment at which the world is seen: now, but never before what has been written already.
    pub(crate) fn moment(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.max(self.kept.touched)
    }

    /// A moment for something new: later than everything a client can have read, so that `updatedFrom` never skips it.
    pub(crate) fn touch(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.kept.touched = now.max(self.kept.touched + TimeDelta::milliseconds(1));
        self.kept.touched
    }

    /// When the bank's consent ends.
    pub(crate) fn consent_end(&self, bank: usize) -> DateTime<Utc> {
        let id = crate::world::cast::BANKS[bank].id;
        self.kept.consents.get(id).copied().unwrap_or_else(|| self.world.consent_end(bank))
    }

    /// The moment up to which Everifin has an account's data: the present, or the end of the bank's consent.
    pub(crate) fn seen_until(&self, account: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        self.moment(now).min(self.consent_end(self.world.accounts()[account].bank))
    }

    pub(crate) fn count(&mut self, what: impl Into<String>) {
        *self.counts.entry(what.into()).or_default() += 1;
    }

    /// `bytes` random bytes in hexadecimal.
    pub(crate) fn hex(&mut self, bytes: usize) -> String {
        (0..bytes).map(|_| format!("{:02x}", self.dice.random::<u8>())).collect()
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let h = self.hex(16);
        format!("{}-{}-4{}-a{}-{}", &h[..8], &h[8..12], &h[13..16], &h[17..20], &h[20..])
    }
}

/// Randomness for tokens: from the seed and the number of starts, with the system's own where asked for.
pub(crate) fn token_dice(seed: u64, starts: u64, system: bool) -> ChaCha20Rng {
    let mut key = [0; 32];
    if system {
        rand::rng().fill(&mut key[..]);
    }
    for (place, byte) in key.iter_mut().zip(seed.to_le_bytes().into_iter().chain(starts.to_le_bytes())) {
        *place ^= byte;
    }
    ChaCha20Rng::from_seed(key)
}
