//! Another Saldo: this very test program, started again as a process of its own, which stops or dies where it is told to.

use super::super::steps::Step;
use super::{ANY, Session};
use crate::auth::{Client, Environment};
use crate::clock::Clock;
use crate::failure::FailureKind;
use crate::store::Store;
use crate::store::sample::key;
use crate::vault::{Secret, Vault, filed};
use chrono::{TimeDelta, Utc};
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// What it is told, by environment: where its book is, the identity provider's address, how often to renew, how many
/// milliseconds to wait for others, at which step to wait for a word, and at which step to die.
pub(super) const HOME: &str = "SALDO_OTHER_HOME";
pub(super) const IDP: &str = "SALDO_OTHER_IDP";
pub(super) const RENEWALS: &str = "SALDO_OTHER_RENEWALS";
pub(super) const WAITS: &str = "SALDO_OTHER_WAITS";
pub(super) const STOPS: &str = "SALDO_OTHER_STOPS";
pub(super) const DIES: &str = "SALDO_OTHER_DIES";
/// Before everything that it says, to tell it from what the test program says.
pub(super) const SAYS: &str = "saldo says: ";

pub(in crate::auth::session) fn reached(step: Step) {
    come_to(&format!("{step:?}"));
}

fn come_to(step: &str) {
    if told(DIES).as_deref() == Some(step) {
        std::process::abort();
    }
    if told(STOPS).as_deref() == Some(step) {
        say(&format!("at {step}"));
        std::io::stdin().lock().read_line(&mut String::new()).unwrap();
    }
}

fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn say(text: &str) {
    println!("\n{SAYS}{text}");
}

pub(super) fn client(idp: &str) -> Client {
    let environment = Environment::Custom { idp: idp.into(), api: idp.into() };
    Client::new(&environment, "everifin_app", "saldo-test", Secret::new("s3cret".into()), true).unwrap()
}

pub(super) fn store(home: &Path) -> Store {
    Store::open(&home.join("saldo.db"), &key()).unwrap()
}

pub(super) fn vault(home: &Path) -> Vault {
    filed::vault(&home.join("keychain"), |half| come_to(&format!("half {half}")))
}

/// A session as the desk makes it.
pub(super) fn session(home: &Path, idp: &str, clock: Clock, caller_waits: Duration) -> Arc<Session> {
    let waits = (caller_waits, Duration::from_secs(60));
    let lock = home.join("session.lock");
    Session::patient(Some(client(idp)), vault(home), store(home), &lock, clock, waits).unwrap()
}

/// The other process, which the tests beside it start: not a test by itself.
#[tokio::test]
async fn is_another_saldo() {
    let (Some(home), Some(idp)) = (told(HOME), told(IDP)) else { return };
    let number = |name, usual: u64| told(name).map_or(usual, |text| text.parse().unwrap());
    // Its time passes as it says, so that every access renews and no rest is waited for.
    let passed = Arc::new(AtomicI64::new(0));
    let clock = Clock::from_fn({
        let passed = passed.clone();
        move || Utc::now() + TimeDelta::seconds(passed.load(Ordering::SeqCst))
    });
    let caller_waits = Duration::from_millis(number(WAITS, 30_000));
    let session = session(Path::new(&home), &idp, clock, caller_waits);
    say(&format!("state {:?}", session.state().await.unwrap()));
    let mut renewed = 0;
    while renewed < number(RENEWALS, 1) {
        match session.access(ANY).await {
            Ok(token) => {
                renewed += 1;
                say(&format!("token {}", token.token.expose()));
            }
            Err(failure) => {
                say(&format!("failed {:?}", failure.kind));
                if failure.kind == FailureKind::SignInNeeded {
                    break;
                }
            }
        }
        passed.fetch_add(300, Ordering::SeqCst);
    }
    say(&format!("state {:?}", session.state().await.unwrap()));
}
