//! Payments, end to end inside the crate: a real store on disk, and Everifin's answers over real HTTP.
//!
//! The hostile cases of the security requirements (P) and where they are shown:
//!
//! | case | shown by |
//! |---|---|
//! | P14, P15, P16, P17, P18 amounts, scales, texts, symbols beside a reference, dates | `form`, `checks` |
//! | P12, P13 content that changes after the review, P22 twice on purpose | `drafts`, `checks`, `reading` |
//! | P08, P09 regressing and unknown statuses | `machine`, `flow` |
//! | P10 approval addresses | `address::tests`, `flow` |
//! | P11 forged and repeated returns | `return_link::tests`, `returns` |
//! | P01, P02 double click, two windows; P03 to P07 lost answers and strange ids; P19 401 in between | `flow`, `reading`, `storm` |
//! | P20 offline at the bank's return, P19 a 401 there, P24 a lost answer after the approval or a code | `returns`, `steps` |
//! | P03, P24 killed at each request of the way | `kills` |
//! | P21 the time at which a bank closes | `checks` |
//! | four eyes | `release` |
//! | P22 the transaction of one of two equal payments | `reading` |
//! | P23 a bulk with one bad row, and all of the above for a bulk | `bulk`, `storm` |
//!
//! Over HTTP against the sandbox, which counts: `tests/journeys/pay_faults.rs`, each request gone wrong in each manner.

mod bulk;
mod checks;
mod drafts;
mod everifin;
mod flow;
mod form;
mod hardship;
mod kills;
mod machine;
mod orders;
mod pain001;
mod reading;
mod record;
mod release;
mod remembered;
mod returns;
mod steps;
mod storm;
mod world;
