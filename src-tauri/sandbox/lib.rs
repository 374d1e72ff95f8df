//! A whole Everifin on 127.0.0.1: an identity provider that behaves as Keycloak does, the BankConnect API with accounts,
//! transactions and payments, banks whose pages approve or reject, and a seeded world of a small company's life.
//!
//! It serves the demo, every automated test, and development. It shares no type with the client, so that a mistake on one
//! side shows on the other.
//!
//! ```no_run
//! # async fn demo() -> Result<(), sandbox::StartError> {
//! let sandbox = sandbox::Sandbox::builder().seed(7).start().await?;
//! println!("{} {}", sandbox.idp_url(), sandbox.api_url());
//! # Ok(()) }
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod amount;
mod api;
mod builder;
mod control;
mod faults;
mod iban;
mod idp;
mod kept;
mod manners;
mod pages;
mod payments;
mod personalities;
mod running;
mod shared;
mod sums;
mod wire;
mod world;

pub use builder::{Builder, StartError};
pub use faults::Fault;
pub use idp::login::{COLLEAGUE_LOGIN, OWNER_LOGIN, OWNER_PASSWORD};
pub use manners::NoSuchBank;
pub use personalities::{Movement, NoSuchPersonality, Personality, Said, Simulated};
pub use running::Sandbox;
pub use sums::{AccountSum, Sums};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod visitor;
