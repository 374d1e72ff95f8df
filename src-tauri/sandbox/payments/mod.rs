//! Payment initiation: what may be asked for, the state machine, and the bank's page.

pub(crate) mod approval;
pub(crate) mod asking;
pub(crate) mod book;
pub(crate) mod check;
