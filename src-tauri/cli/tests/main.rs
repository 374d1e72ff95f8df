//! The real program against the sandbox over HTTP, as a script runs it: its output, its exit codes, and two of it at once.
//!
//! On Linux, where a computer without a keychain can be had by leaving the session bus out: the secrets lie in a sealed file then.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod commands;
mod connecting;
mod endings;
mod keychain;
#[path = "../../../tests/e2e/person.rs"]
#[allow(dead_code, reason = "the other tests follow links that do not occur here")]
mod person;
mod script;
mod together;
