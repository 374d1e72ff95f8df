//! Keeping a session alive.

use super::owner::Owner;
use bank::auth::SessionState;
use std::collections::HashSet;

/// How many ask at once.
const CALLERS: usize = 1_000;

#[tokio::test]
async fn twenty_renewals_in_a_row_rotate_twenty_times() {
    let owner = Owner::connected().await;
    for renewal in 1..=20 {
        owner.wait_out_the_access_token();
        assert_eq!(owner.ask().await, Ok(()));
        assert_eq!(owner.wire.renewals(), renewal);
    }
    assert_eq!(owner.state().await, SessionState::SignedIn);
    let tokens = owner.wire.refresh_tokens();
    assert_eq!(tokens.iter().collect::<HashSet<_>>().len(), 21, "each renewal gave another refresh token");
    assert_eq!(owner.wire.access_tokens(), 21);
    assert_eq!(owner.wire.token_requests(), 21);
}

#[tokio::test]
async fn a_thousand_callers_make_one_token_request() {
    let mut owner = Owner::connected().await;
    owner.wait_out_the_access_token();
    everybody_asks(&mut owner).await;
}

#[tokio::test]
async fn a_storm_of_refusals_makes_one_token_request() {
    let mut owner = Owner::connected().await;
    owner.wire.refuse_known_tokens();
    everybody_asks(&mut owner).await;
}

async fn everybody_asks(owner: &mut Owner) {
    owner.callers += CALLERS;
    let before = owner.wire.token_requests();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let line = owner.desk.line();
            tokio::spawn(async move { line.everifin.accounts().await.map(drop) })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), Ok(()));
    }
    assert_eq!(owner.wire.token_requests() - before, 1);
    assert_eq!(owner.wire.access_tokens(), 2, "one before, one after");
}
