//! Saldo in its real window, on a virtual desktop with a real keychain, real links and a browser: what an owner does with it,
//! from end to end. `cargo xtask e2e` gives each test a desktop of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod desktop;
mod person;
mod picture;
mod story;
mod traces;
mod window;

mod bad_day;
mod closed;
mod doubt;
mod invoice;
mod lock;
mod looks;
mod lost;
mod many;
mod million;
mod orders;
mod pkce;
mod reconnect;
mod region;
mod safety;
mod tour;
mod trouble;
