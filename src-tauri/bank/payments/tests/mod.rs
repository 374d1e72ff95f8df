//! Payments, end to end inside the crate: a real store on disk, and Everifin's answers over real HTTP.
//!
//! The hostile cases of the security requirements (P) and where they are shown:
//!
//! | case | shown by |
//! |---|---|
//! | P14, P15, P16, P18 amounts, scales, texts, dates | `form`, `checks` |
//! | P12, P13 content that changes after the review, P22 twice on purpose | `drafts`, `checks`, `reading` |
//! | P08, P09 regressing and unknown statuses | `machine`, `flow` |
//! | P10 approval addresses | `address::tests`, `flow` |
//! | P11 forged and repeated returns | `return_link::tests`, `returns` |
//! | P01, P02 double click, two windows; P03 to P07 lost answers and strange ids; P19 401 in between | `flow`, `reading`, `storm` |
//! | P19 a return that is turned away, P20 offline at the bank's return, P24 a lost answer after the approval | `returns` |
//!
//! P17 cannot arise, because the form has no `reference`; P21 (cut-off) and P23 (bulk) are not built yet.

mod checks;
mod drafts;
mod everifin;
mod flow;
mod form;
mod hardship;
mod machine;
mod reading;
mod record;
mod returns;
mod steps;
mod storm;
mod world;
