//! Saldo in its real window, on a virtual desktop with a real keychain, real links and a browser: what an owner does with it,
//! from end to end. `cargo xtask e2e` gives each test a desktop of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod desktop;
mod person;
mod window;

use window::Window;

#[tokio::test]
async fn tour() {
    let window = Window::open().await;
    window.sees("Saldo").await;
    window.picture("welcome").await;
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new());
    window.close().await;
}
