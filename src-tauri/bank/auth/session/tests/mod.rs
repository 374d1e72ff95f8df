//! The session among lost answers, restored files, other processes, crashes and kills.

mod answers;
#[cfg(unix)]
mod crashes;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
pub(super) mod other;
#[cfg(unix)]
mod place;
#[cfg(unix)]
mod processes;
mod rotating;

use super::Session;
use crate::auth::tests::World;
use crate::failure::{FailureKind, Result};
use std::sync::Arc;
use std::time::Duration;

const ANY: Duration = Duration::ZERO;

fn kind<T>(outcome: Result<T>) -> Option<FailureKind> {
    outcome.err().map(|failure| failure.kind)
}

/// A session whose callers, and which itself, wait for so long only.
fn impatient(world: &World, caller_waits: u64, answer_takes: u64) -> Arc<Session> {
    let waits = (Duration::from_millis(caller_waits), Duration::from_millis(answer_takes));
    let (vault, store) = (world.vault.clone(), world.store.clone());
    Session::patient(Some(world.client()), vault, store, &world.lock(), world.clock.clone(), waits).unwrap()
}

/// Waits for something that happens by itself, for a bounded time.
async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), waiting).await.is_ok(), "in vain waited until {what}");
}
