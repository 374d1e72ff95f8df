//! Rules inside of one transaction, which a test lets lapse one at a time to see that the simulation notices. Outside of tests
//! they always hold.

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// An id that disagrees in sign, amount or currency claims nothing.
    IdsAgree,
    /// A pending row that is not listed any more goes.
    PendingGoes,
    /// Rows that contradict each other in counterparty or symbol are not one.
    NoContradiction,
}

#[cfg(not(test))]
pub(super) const fn holds(_: Rule) -> bool {
    true
}

#[cfg(test)]
thread_local! {
    static LAPSED: std::cell::Cell<Option<Rule>> = const { std::cell::Cell::new(None) };
}

#[cfg(test)]
pub(super) fn holds(rule: Rule) -> bool {
    LAPSED.get() != Some(rule)
}

/// Lets one rule lapse on this thread, or none.
#[cfg(test)]
pub(crate) fn lapse(rule: Option<Rule>) {
    LAPSED.set(rule);
}
