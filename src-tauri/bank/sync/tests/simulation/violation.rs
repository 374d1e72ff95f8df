//! How the law of sync was broken.

use std::fmt;

/// The laws that each simulated sync is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Law {
    /// A movement that could be known is not in the ledger, or a row is gone.
    Lost,
    /// A real movement was set aside, and does not count.
    SetAside,
    /// A movement stands there more often than it happened.
    Doubled,
    /// A row says what another payment said.
    Overwritten,
    /// A note is gone, there twice, changed, or on another payment.
    Overlay,
    /// The same answer again changed something.
    Idempotence,
    /// The order of rows in an answer made a difference.
    Order,
    /// An interrupted sync left something behind.
    Interrupted,
    /// Balances that prove what is not real, or a difference that is not marked.
    Proof,
    /// A pending row that is not listed any more, or is missing.
    Pending,
    /// A balance that the bank did not state.
    Balance,
    /// Something stale looks fresh, or the other way round.
    Freshness,
    /// The kept sums of days are not those of the rows.
    Sums,
    /// One IBAN became two accounts.
    Account,
    /// The ledger could not be brought up to date in a long time without failures.
    Stuck,
}

/// One breach.
#[derive(Debug, Clone)]
pub(super) struct Violation {
    pub(super) law: Law,
    what: String,
}

impl Violation {
    pub(super) fn new(law: Law, what: String) -> Self {
        Self { law, what }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.law, self.what)
    }
}
