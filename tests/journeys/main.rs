//! Whole flows over real HTTP: an owner's desk against the sandbox, without a window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod connect;
mod hostile;
mod office;
mod orders;
mod pay;
mod pay_faults;
mod pay_steps;
mod pay_ways_back;
#[path = "../e2e/person.rs"]
mod person;
mod pkce;
mod reconnect;
mod release;
mod remembered;
mod sync;
