use super::{faulty, token};
use crate::failure::FailureKind;
use crate::vault::keychain::{Item, PART};
use crate::vault::{Cost, Secret, Vault};

const KEY: [u8; 32] = *b"a key of 32 bytes for the tests.";

fn word(text: &str) -> Option<Secret<String>> {
    Some(token(text))
}

async fn key(vault: &Vault, password: Option<&str>) -> Result<Option<[u8; 32]>, FailureKind> {
    let key = vault.database_key(password.map(token)).await;
    key.map(|key| key.map(|key| *key.expose())).map_err(|failure| failure.kind)
}

async fn lock(vault: &Vault, current: Option<&str>, new: Option<&str>) -> Result<(), FailureKind> {
    let done = vault.set_app_lock(current.map(token), new.map(token), Cost::TEST).await;
    done.map_err(|failure| failure.kind)
}

/// Everything that lies under the names of the key, as the keychain shows it to anybody who may read it.
async fn lying_about(vault: &Vault) -> Vec<Vec<u8>> {
    vault
        .call(|keychain| {
            let parts = [Item::DatabaseKeyA, Item::DatabaseKeyB].map(|item| keychain.read_part(item, 0).unwrap());
            Ok(parts.into_iter().flatten().map(|part| part.expose().clone()).collect())
        })
        .await
        .unwrap()
}

fn shows_the_key(parts: &[Vec<u8>]) -> bool {
    parts.iter().any(|part| part.windows(8).any(|bytes| bytes == &KEY[..8] || bytes == &KEY[24..]))
}

#[tokio::test]
async fn without_an_app_lock_the_key_is_there_for_the_asking() {
    let vault = Vault::in_memory("saldo-test");
    assert_eq!(key(&vault, None).await, Ok(None));
    assert_eq!(lock(&vault, None, Some("a")).await, Err(FailureKind::KeyMissing), "nothing to lock");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    assert_eq!(key(&vault, None).await, Ok(Some(KEY)));
    assert_eq!(key(&vault, Some("whatever")).await, Ok(Some(KEY)));
    assert!(!vault.has_app_lock().await.unwrap());
    assert!(shows_the_key(&lying_about(&vault).await), "or the next test proves nothing");
}

#[tokio::test]
async fn with_an_app_lock_an_open_keychain_does_not_give_the_key() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    lock(&vault, None, Some("correct horse")).await.unwrap();
    assert!(vault.has_app_lock().await.unwrap());
    let parts = lying_about(&vault).await;
    assert_eq!(parts.len(), 1, "the plain key is gone");
    assert!(!shows_the_key(&parts) && parts[0].len() < PART);
    assert_eq!(key(&vault, None).await, Err(FailureKind::Locked));
    assert_eq!(key(&vault, Some("correct horsf")).await, Err(FailureKind::PassphraseWrong));
    assert_eq!(key(&vault, Some("correct horse")).await, Ok(Some(KEY)));
}

#[tokio::test]
async fn changing_and_removing_the_lock_need_the_password() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    lock(&vault, None, Some("first")).await.unwrap();
    for (current, refused) in [(None, FailureKind::Locked), (Some("wrong"), FailureKind::PassphraseWrong)] {
        assert_eq!(lock(&vault, current, Some("second")).await, Err(refused));
        assert_eq!(lock(&vault, current, None).await, Err(refused));
        assert_eq!(key(&vault, Some("first")).await, Ok(Some(KEY)), "nothing was changed");
    }
    lock(&vault, Some("first"), Some("second")).await.unwrap();
    assert_eq!(key(&vault, Some("first")).await, Err(FailureKind::PassphraseWrong));
    assert_eq!(key(&vault, Some("second")).await, Ok(Some(KEY)));
    lock(&vault, Some("second"), None).await.unwrap();
    assert_eq!(key(&vault, None).await, Ok(Some(KEY)));
    assert!(!vault.has_app_lock().await.unwrap());
}

#[tokio::test]
async fn a_new_key_has_no_lock_and_no_trace_of_the_old_one() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    lock(&vault, None, Some("first")).await.unwrap();
    vault.save_database_key(Secret::new([9; 32])).await.unwrap();
    assert_eq!(key(&vault, None).await, Ok(Some([9; 32])));
    assert_eq!(lying_about(&vault).await.len(), 1);
    vault.forget().await.unwrap();
    assert_eq!(key(&vault, None).await, Ok(None));
    assert!(lying_about(&vault).await.is_empty());
}

#[tokio::test]
async fn a_damaged_key_counts_as_missing_and_never_as_another_key() {
    let vault = Vault::in_memory("saldo-test");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    for foreign in [&b""[..], b"another program's", &[1, 1, 9, 9], &[1; 200]] {
        vault.call(move |keychain| keychain.write_part(Item::DatabaseKeyA, 0, foreign)).await.unwrap();
        assert_eq!(key(&vault, None).await, Ok(None));
    }
    // Whole by its sum, but not of our making.
    for odd in [&b"\0\0\0\0\0\0\0\x05"[..], b"\0\0\0\0\0\0\0\x05\x00short", b"\0\0\0\0\0\0\0\x05\x07unknown form"] {
        vault.call(move |keychain| keychain.write(Item::DatabaseKeyA, odd)).await.unwrap();
        assert_eq!(key(&vault, None).await, Ok(None));
    }
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    assert_eq!(key(&vault, None).await, Ok(Some(KEY)), "and is mended by the next");
}

/// The computer goes down at every call of every change, in the middle of a write too. Afterwards there is a usable key, under
/// the old lock or under the new one, and the change can be made again.
#[tokio::test]
async fn going_down_at_any_step_of_a_change_leaves_a_usable_key() {
    let changes: [(Option<&str>, Option<&str>); 3] =
        [(None, Some("new")), (Some("old"), Some("new")), (Some("old"), None)];
    let mut points = 0;
    for (current, new) in changes {
        for tear in [false, true] {
            for calls in 0.. {
                let (vault, power) = faulty::vault();
                vault.save_database_key(Secret::new(KEY)).await.unwrap();
                if current.is_some() {
                    lock(&vault, None, current).await.unwrap();
                }
                power.fail_after(calls, tear);
                let done = lock(&vault, current, new).await;
                let went_down = power.restore();
                let found = [key(&vault, current).await, key(&vault, new).await];
                assert!(found.contains(&Ok(Some(KEY))), "{current:?} to {new:?} at {calls}: {found:?}");
                if let Some(password) = current {
                    let open_without = key(&vault, None).await;
                    assert!(new.is_none() || open_without == Err(FailureKind::Locked), "{open_without:?} at {calls}");
                    assert_eq!(key(&vault, Some("wrong")).await.is_ok(), open_without.is_ok(), "{password} at {calls}");
                }
                if done.is_ok() {
                    assert_eq!(found[1], Ok(Some(KEY)), "said to be done at {calls}");
                }
                let now =
                    if key(&vault, new).await.is_ok() && vault.has_app_lock().await.unwrap() { new } else { current };
                lock(&vault, now, new).await.unwrap();
                assert_eq!(key(&vault, new).await, Ok(Some(KEY)), "made again after {calls}");
                assert_eq!(lying_about(&vault).await.len(), 1, "nothing is left lying about after {calls}");
                if !went_down {
                    break;
                }
                points += 1;
            }
        }
    }
    println!("the computer went down at {points} points of setting, changing and removing the app lock");
    assert!(points > 40, "{points}");
}

#[tokio::test]
async fn a_plain_key_left_by_a_crash_goes_once_the_lock_has_proven_good() {
    let (vault, power) = faulty::vault();
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    let mut both = false;
    for calls in 0.. {
        power.fail_after(calls, false);
        let done = lock(&vault, None, Some("new")).await;
        power.restore();
        if lying_about(&vault).await.len() == 2 {
            both = true;
            break;
        }
        assert!(done.is_err(), "the change went through without ever leaving both");
    }
    assert!(both && shows_the_key(&lying_about(&vault).await));
    assert_eq!(key(&vault, None).await, Err(FailureKind::Locked), "the lock counts");
    assert_eq!(key(&vault, Some("new")).await, Ok(Some(KEY)));
    assert!(!shows_the_key(&lying_about(&vault).await));
}

#[tokio::test]
async fn passwords_and_keys_are_not_printed() {
    let printed = format!("{:?} {:?}", word("canary-password"), Secret::new(KEY));
    assert_eq!(printed, "Some(<redacted>) <redacted>");
    let vault = Vault::in_memory("saldo-test");
    vault.save_database_key(Secret::new(KEY)).await.unwrap();
    lock(&vault, None, Some("canary-password")).await.unwrap();
    let failure = vault.database_key(word("canary-wrong")).await.unwrap_err();
    assert!(!format!("{failure:?} {failure}").contains("canary"));
}
