//! What banks do to their lists, each habit by itself and all of them together.
//!
//! A [`Personality`] is one bad habit; [`Habits`] are those of one bank, under a seed. Everything here is a pure function of
//! the bank's real rows, the habits and the moment: no network, no clock, no state but a count of the lists that were asked
//! for. The running sandbox and the simulation ([`Simulated`]) show the same habits through the same functions.

mod account;
mod answer;
mod chance;
mod ids;
mod life;
mod list;
mod local;
mod made;
mod simulated;
mod track;

pub(crate) use answer::Refusal;
pub(crate) use list::{List, No};
pub use simulated::{Movement, Said, Simulated};
pub(crate) use track::{Circumstances, Track};

use std::fmt;
use std::str::FromStr;

macro_rules! personalities {
    ($($(#[doc = $about:literal])+ $name:ident = $word:literal,)+) => {
        /// One bad habit of a bank. They can be combined at will.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Personality {
            $($(#[doc = $about])+ $name,)+
        }

        impl Personality {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its word on a command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

personalities! {
    // Ids.
    /// A row has a provisional id and no id of the bank for some hours; then it gets its final one.
    LateIds = "late-ids",
    /// Rows of the last days get new ids each night.
    FreshIds = "fresh-ids",
    /// Ids are the place in the day's list, newest first: each further row moves all ids of the day on by one.
    Renumbered = "renumbered",
    /// After a new consent all rows have new ids and new times.
    NewIdsOnConsent = "new-ids-on-consent",
    /// The bank gives no ids of its own.
    NoBankId = "no-bank-id",
    /// Several rows of a day have one id of the bank: a payment and its fees.
    SharedBankId = "shared-bank-id",
    /// The list holds only so many rows: a new one takes over the id of the oldest, which is not listed any more.
    ReusedIds = "reused-ids",
    /// Some rows stand there twice, with two ids.
    Doubled = "doubled",
    /// Many payments are made twice, equal in everything but the moment: both are real.
    Twins = "twins",

    // What is pending, and what becomes of it.
    /// A pending row has another amount, text and day than the booked one, and often another id.
    RewrittenPending = "rewritten-pending",
    /// A pending row that comes to nothing is not listed as refused: it is gone.
    VanishingPending = "vanishing-pending",
    /// A pending row goes on standing beside its booked one, for days or for ever.
    StandingPending = "standing-pending",
    /// Many rows are rejected or cancelled.
    Refusing = "refusing",
    /// Between pending and booked a row has a status that nobody has documented.
    UnknownStatus = "unknown-status",
    /// A booked row is cancelled days later.
    CancelledLater = "cancelled-later",

    // What changes afterwards, and what comes late.
    /// The counterparty's name comes days later.
    LateName = "late-name",
    /// Texts are corrected up to 60 days later.
    LateCorrection = "late-correction",
    /// The amount of a booked row is corrected weeks later, under its old id.
    AmountCorrected = "amount-corrected",
    /// The booking day moves by a day or two.
    DayMoves = "day-moves",
    /// A row comes up to 60 days after its booking day.
    Backdated = "backdated",
    /// Whole days are missing at first and come days later.
    FilledHoles = "filled-holes",
    /// Whole days are missing and never come.
    Holes = "holes",
    /// History arrives in pieces after the connection, newest first.
    LateHistory = "late-history",
    /// Changes of ten minutes have one `lastUpdated`, and half of them become visible later than the others.
    HalfBatches = "half-batches",
    /// `lastUpdated` has whole seconds only, rounded down.
    CoarseTimes = "coarse-times",
    /// A change becomes visible up to two days after the `lastUpdated` that it bears.
    StaleTimes = "stale-times",

    // Pages and periods.
    /// A page has ten rows, however many are asked for.
    SmallPages = "small-pages",
    /// A page repeats the one before it.
    RepeatedPages = "repeated-pages",
    /// Rows shift by one while pages are read.
    ShiftingPages = "shifting-pages",
    /// The last page is not the one that is announced.
    LyingLastPage = "lying-last-page",
    /// The list does not say how many rows it has.
    NoCount = "no-count",
    /// The list has no pages: everything comes at once, with no `meta`.
    NoPages = "no-pages",
    /// 422 for a period of more than 90 days.
    RefusesWide = "refuses-wide",
    /// Of a period of more than 90 days only the last 90 are answered, without a word.
    CutsWide = "cuts-wide",

    // Failures of one account.
    /// 429 now and then.
    RateLimited = "rate-limited",
    /// 500 for weeks.
    FailsForWeeks = "fails-for-weeks",
    /// A proxy's page instead of an answer, now and then.
    BadGateway = "bad-gateway",

    // Balances and accounts.
    /// Now and then there are no balances.
    NoBalance = "no-balance",
    /// Balances are hours or days old, and say so.
    LateBalance = "late-balance",
    /// Balances are of other types than booked and available.
    OddBalance = "odd-balance",
    /// The booked balance is stated in another currency.
    ForeignBalance = "foreign-balance",
    /// The available balance has the credit line inside.
    CreditInside = "credit-inside",
    /// After some weeks the account is not listed any more.
    Closed = "closed",
    /// A new consent gives the account a new id.
    NewAccountId = "new-account-id",
    /// The consent ends every few weeks.
    ShortConsent = "short-consent",
    /// After a new consent the account is listed twice: as it was, without consent, and anew.
    ListedTwice = "listed-twice",

    // Writing.
    /// Moments are written in local time with its offset, which daylight saving changes.
    LocalTimes = "local-times",
    /// Most things happen around midnight, and the booking day is the local one.
    Midnight = "midnight",
    /// Ids are numbers and amounts are texts.
    TextNumbers = "text-numbers",
}

impl fmt::Display for Personality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No personality has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no personality `{0}`")]
pub struct NoSuchPersonality(String);

impl FromStr for Personality {
    type Err = NoSuchPersonality;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|personality| personality.name() == name);
        found.ok_or_else(|| NoSuchPersonality(name.to_owned()))
    }
}

/// The habits of one bank, under a seed: the same seed and habits do the same to the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Habits {
    seed: u64,
    set: Vec<Personality>,
}

impl Habits {
    pub(crate) fn new(seed: u64, personalities: &[Personality]) -> Self {
        let mut set = personalities.to_vec();
        set.sort_unstable();
        set.dedup();
        Self { seed, set }
    }

    pub(crate) fn has(&self, personality: Personality) -> bool {
        self.set.contains(&personality)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    fn any(&self, personalities: &[Personality]) -> bool {
        personalities.iter().any(|personality| self.has(*personality))
    }

    /// Why the lists alone cannot tell what really happened: then only a balance that does not fit can show it. None where
    /// whoever reads all lists often enough can know each movement.
    pub(crate) fn misleads(&self) -> Option<&'static str> {
        use Personality::*;
        let new_ids = self.any(&[LateIds, FreshIds, Renumbered, NewIdsOnConsent]);
        let others_days = self.any(&[DayMoves, AmountCorrected]);
        let cases = [
            (self.has(Doubled), "a row with two ids looks like two payments"),
            (self.has(Holes), "days that never come"),
            (self.has(AmountCorrected), "an amount that changes under its id may be another payment"),
            (self.has(CutsWide), "a history that ends without a word"),
            (self.has(SharedBankId), "equal payments under one id of the bank may be one payment"),
            (self.has(ReusedIds), "an id that was taken over by an equal amount"),
            (self.has(NoCount) && self.any(&[LyingLastPage, ShiftingPages]), "a list that ends early without a count"),
            (new_ids && others_days, "a row that changes both its id and its day is another row for everybody"),
        ];
        cases.into_iter().find(|(applies, _)| *applies).map(|(_, why)| why)
    }
}

#[cfg(test)]
mod tests;
