//! Signing in, renewing and ending against three identity providers: the sandbox, `oidc-provider` and Keycloak. Each journey is
//! written once; `cargo xtask test servers` runs them three times, `cargo test` with the sandbox alone.
//!
//! Saldo's real code talks to the real server; only the bank's API behind it is the smallest possible.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod ask;
mod conformance;

mod ending;
mod keycloak;
mod oidc_provider;
mod owner;
#[path = "../e2e/person.rs"]
mod person;
mod realm;
mod renewal;
mod server;
mod sign_in;
mod wire;
