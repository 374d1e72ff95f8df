#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

//! Everything Saldo knows about banks, accounts and payments. Knows no window and no Tauri.
//!
//! Data flows one way: `everifin` reads the wire, `sync` and `payments` carry it into `store`, `insights` reads the store
//! for the screens. `auth` alone holds tokens; `vault` alone knows the keychain. See ARCHITECTURE.md for the invariants.

mod archive;
pub mod auth;
pub mod backup;
mod bic;
pub mod calendar;
pub mod clock;
pub mod crash;
pub mod desk;
pub mod diagnostics;
pub mod everifin;
pub mod failure;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
pub mod iban;
pub mod import;
pub mod insights;
pub mod invoices;
pub mod journal;
mod lock;
mod loopback;
#[cfg(feature = "measuring")]
#[doc(hidden)]
pub mod measuring;
pub mod money;
pub mod orders;
pub mod payments;
pub mod place;
pub mod reference;
pub mod sepa;
pub mod settings;
pub mod statements;
pub mod store;
pub mod symbols;
pub mod sync;
pub mod vault;
mod xml;
