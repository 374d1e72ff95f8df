//! `kill -9` at random moments of continuous renewals (security.md F4, T14).

use super::other::RENEWALS;
use super::place::Place;
use super::rotating::number;
use rand::{Rng, SeedableRng};
use std::collections::BTreeMap;
use std::time::Duration;

const KILLS: usize = 200;

#[tokio::test]
async fn two_hundred_kills_lose_no_token_that_was_kept() {
    let place = Place::after(0).await;
    let mut dice = rand::rngs::StdRng::seed_from_u64(27);
    let (mut renewals, mut lost) = (0, Vec::new());
    for kill in 0..KILLS {
        let mut other = place.start(&[(RENEWALS, "1000000")]);
        let state = other.says();
        let first = other.says();
        let uncertain = lost.last() == Some(&place.kept_number().await);
        if place.rotating.book().alive && !uncertain {
            assert!(first.starts_with("token access-"), "kill {kill}: {state}, {first}");
        }
        if !first.starts_with("token access-") {
            assert_eq!((state.as_str(), first.as_str()), ("state Uncertain", "failed SignInNeeded"), "kill {kill}");
            assert!(uncertain, "kill {kill}: a session ended although no answer was lost");
            drop(other);
            place.sign_in().await;
            continue;
        }
        // Not a wait for anything: the moment of death is the point.
        std::thread::sleep(Duration::from_micros(dice.random_range(0..40_000)));
        other.kill();
        let said = other.rest();
        let last = said.iter().rev().find(|text| text.starts_with("token")).unwrap_or(&first);
        let last = number(last);
        renewals += said.len() + 1;
        let (kept, good) = (place.kept_number().await, place.rotating.book().good);
        assert!(kept >= last, "kill {kill}: token {last} was kept, now there is {kept}");
        let book = place.book();
        if kept != good {
            // One answer, not more, died with Saldo; and Saldo knows that it may have.
            assert_eq!(kept + 1, good, "kill {kill}");
            assert_eq!(
                book.asked.map(|(generation, _)| generation),
                Some(place.kept().await.generation),
                "kill {kill}"
            );
            lost.push(kept);
        }
    }
    let mut sent = BTreeMap::new();
    for token in &place.rotating.book().sent {
        *sent.entry(*token).or_insert(0) += 1;
    }
    for (token, times) in sent {
        let allowed = 1 + usize::from(lost.contains(&token));
        assert!(times <= allowed, "token {token} was sent {times} times");
    }
    println!("{KILLS} starts, {renewals} renewals; {} answers died with Saldo; kept tokens lost: 0", lost.len());
    assert!(renewals > KILLS, "they were killed at work");
}
