use super::{OURS, kind, newest, token};
use crate::failure::FailureKind;
use crate::vault::seal::OVERHEAD;
use crate::vault::{Cost, SealedFile, Secret, Vault};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("vault.sealed")
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap()
    }

    async fn create(&self) -> SealedFile {
        SealedFile::create(self.file(), token("passphrase"), Cost::TEST).await.unwrap()
    }

    async fn open(&self, passphrase: &str) -> Result<SealedFile, FailureKind> {
        SealedFile::open(self.file(), token(passphrase)).await.map_err(|failure| failure.kind)
    }
}

fn vault(file: &SealedFile) -> Vault {
    Vault::sealed("saldo-test", file)
}

async fn secret(vault: &Vault) -> Option<String> {
    vault.client_secret().await.unwrap().map(|secret| secret.expose().clone())
}

#[tokio::test]
async fn everything_that_a_vault_keeps_is_kept_over_a_restart() {
    let folder = Folder::new();
    let ours = vault(&folder.create().await);
    assert_eq!(ours.self_test().await.unwrap(), "A file of Saldo's own");
    ours.save_client_secret(token("canary-secret")).await.unwrap();
    ours.save_database_key(Secret::new([7; 32])).await.unwrap();
    ours.save_pending(Secret::new(b"canary-record".to_vec())).await.unwrap();
    ours.save_refresh_token(OURS, token("canary-first")).await.unwrap();
    let long = "canary-long".repeat(900);
    ours.save_refresh_token(OURS, token(&long)).await.unwrap();
    drop(ours);
    let file = folder.open("passphrase").await.unwrap();
    let again = vault(&file);
    assert_eq!(secret(&again).await.as_deref(), Some("canary-secret"));
    assert_eq!(again.database_key(None).await.unwrap().unwrap().expose(), &[7; 32]);
    assert_eq!(newest(&again).await, Some((2, long)));
    assert_eq!(again.take_pending().await.unwrap().unwrap().expose(), b"canary-record");
    let demo = Vault::sealed("saldo-test.demo", &file);
    assert_eq!(secret(&demo).await, None, "service names keep apart");
    for name in std::fs::read_dir(folder.0.path()).unwrap() {
        let bytes = std::fs::read(name.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"canary" || part == [7; 6]));
    }
    again.forget().await.unwrap();
    assert_eq!(secret(&vault(&folder.open("passphrase").await.unwrap())).await, None);
}

#[tokio::test]
async fn another_passphrase_does_not_open_and_does_not_touch_the_file() {
    let folder = Folder::new();
    vault(&folder.create().await).save_client_secret(token("s3cret")).await.unwrap();
    let before = folder.bytes();
    for wrong in ["", "Passphrase", "passphrase "] {
        assert_eq!(folder.open(wrong).await.err(), Some(FailureKind::PassphraseWrong));
    }
    assert_eq!(
        kind(SealedFile::create(folder.file(), token("mine"), Cost::TEST).await.map(drop)),
        FailureKind::KeychainFailed
    );
    assert_eq!(folder.bytes(), before);
}

#[tokio::test]
async fn each_damaged_byte_is_seen_and_nothing_is_written_over() {
    let folder = Folder::new();
    let file = folder.create().await;
    vault(&file).save_client_secret(token("s3cret")).await.unwrap();
    let good = folder.bytes();
    for at in (0..good.len()).step_by(3) {
        let mut damaged = good.clone();
        damaged[at] ^= 1;
        std::fs::write(folder.file(), &damaged).unwrap();
        assert_eq!(folder.open("passphrase").await.err(), Some(FailureKind::KeychainFailed), "byte {at}");
        assert_eq!(kind(vault(&file).save_client_secret(token("new")).await), FailureKind::KeychainFailed, "byte {at}");
        assert_eq!(folder.bytes(), damaged);
    }
    // By somebody who can reckon a sum, but has no key.
    let whole = good.len() - 32;
    for at in [OVERHEAD - 48, whole - 1] {
        let mut forged = good[..whole].to_vec();
        forged[at] ^= 1;
        forged.extend_from_slice(&Sha256::digest(&forged));
        std::fs::write(folder.file(), &forged).unwrap();
        assert_eq!(folder.open("passphrase").await.err(), Some(FailureKind::PassphraseWrong), "byte {at}");
    }
    for cut in [0, 1, OVERHEAD - 1, good.len() - 1] {
        std::fs::write(folder.file(), &good[..cut]).unwrap();
        assert_eq!(folder.open("passphrase").await.err(), Some(FailureKind::KeychainFailed), "cut to {cut}");
    }
    std::fs::write(folder.file(), &good).unwrap();
    assert_eq!(secret(&vault(&file)).await.as_deref(), Some("s3cret"));
}

/// What a crash can leave beside the file: a part of the new one, or all of it. The old one counts until the rename.
#[tokio::test]
async fn what_a_crash_leaves_beside_the_file_does_not_matter() {
    let folder = Folder::new();
    let file = folder.create().await;
    vault(&file).save_client_secret(token("old")).await.unwrap();
    let old = folder.bytes();
    vault(&file).save_client_secret(token("new")).await.unwrap();
    let new = folder.bytes();
    for left in [&b""[..], &new[..7], &new[..new.len() - 1], &new] {
        std::fs::write(folder.file(), &old).unwrap();
        std::fs::write(folder.0.path().join("vault.new"), left).unwrap();
        let again = vault(&folder.open("passphrase").await.unwrap());
        assert_eq!(secret(&again).await.as_deref(), Some("old"));
        again.save_client_secret(token("newer")).await.unwrap();
        assert_eq!(secret(&again).await.as_deref(), Some("newer"));
        assert!(!folder.0.path().join("vault.new").exists());
    }
}

#[tokio::test]
async fn a_write_that_fails_leaves_the_file_as_it_was() {
    let folder = Folder::new();
    let ours = vault(&folder.create().await);
    ours.save_client_secret(token("old")).await.unwrap();
    let before = folder.bytes();
    // A folder where the new file would be made.
    std::fs::create_dir_all(folder.0.path().join("vault.new/in the way")).unwrap();
    assert_eq!(kind(ours.save_client_secret(token("new")).await), FailureKind::KeychainFailed);
    assert_eq!(kind(ours.save_refresh_token(OURS, token("t")).await), FailureKind::KeychainFailed);
    assert_eq!(folder.bytes(), before);
    std::fs::remove_dir_all(folder.0.path().join("vault.new")).unwrap();
    assert_eq!(ours.save_refresh_token(OURS, token("t")).await.unwrap(), 1);
    assert_eq!(secret(&ours).await.as_deref(), Some("old"));
}

#[tokio::test]
async fn a_new_passphrase_takes_the_place_of_the_old_one() {
    let folder = Folder::new();
    let file = folder.create().await;
    vault(&file).save_client_secret(token("s3cret")).await.unwrap();
    let before = folder.bytes();
    let refused = file.change_passphrase(token("wrong"), token("new"), Cost::TEST).await;
    assert_eq!(kind(refused), FailureKind::PassphraseWrong);
    assert_eq!(folder.bytes(), before);
    file.change_passphrase(token("passphrase"), token("new"), Cost::TEST).await.unwrap();
    assert_eq!(secret(&vault(&file)).await.as_deref(), Some("s3cret"), "the open one goes on");
    assert_eq!(folder.open("passphrase").await.err(), Some(FailureKind::PassphraseWrong));
    assert_eq!(secret(&vault(&folder.open("new").await.unwrap())).await.as_deref(), Some("s3cret"));
}

/// Two Saldos have the file open, as without a session bus nobody keeps the second one from starting.
#[tokio::test(flavor = "multi_thread")]
async fn two_that_write_at_once_lose_nothing_of_each_other() {
    let folder = Folder::new();
    drop(folder.create().await);
    let vaults = ["one", "two"].map(|name| (name, folder.file()));
    let writers = vaults.map(|(name, path)| {
        tokio::spawn(async move {
            let file = SealedFile::open(path, token("passphrase")).await.unwrap();
            let vault = Vault::sealed(name, &file);
            for count in 1..=20_u64 {
                assert_eq!(vault.save_refresh_token(OURS, token(&format!("{name} {count}"))).await.unwrap(), count);
            }
        })
    });
    for writer in writers {
        writer.await.unwrap();
    }
    let file = folder.open("passphrase").await.unwrap();
    for name in ["one", "two"] {
        assert_eq!(newest(&Vault::sealed(name, &file)).await, Some((20, format!("{name} 20"))));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owners_eyes_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    vault(&folder.create().await).save_client_secret(token("s3cret")).await.unwrap();
    for file in std::fs::read_dir(folder.0.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
}

/// Writes until it is killed, and says what has been written. Runs in a child of [`killed_at_any_moment_it_keeps_what_was_written`].
#[tokio::test]
async fn writes_without_end() {
    let Some(folder) = std::env::var_os("SALDO_SEALED_FOLDER") else { return };
    let file = SealedFile::open(Path::new(&folder).join("vault.sealed"), token("passphrase")).await.unwrap();
    let vault = vault(&file);
    for _ in 0..1_000_000 {
        let generation = vault.save_refresh_token(OURS, token("t")).await.unwrap();
        println!("\nwritten {generation}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn killed_at_any_moment_it_keeps_what_was_written() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::new();
    drop(folder.create().await);
    let mut kept = 0;
    for kill in 0..40 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "vault::tests::sealed::writes_without_end", "--nocapture"])
            .env("SALDO_SEALED_FOLDER", folder.0.path())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut written = kept;
        let mut number = |line: String| {
            if let Some(number) = line.strip_prefix("written ") {
                written = number.parse().unwrap();
                true
            } else {
                false
            }
        };
        // A few writes, then the end at a moment that the child does not choose.
        let mut writes = 0;
        while writes <= kill % 5 {
            writes += i32::from(number(said.next().expect("the child writes").unwrap()));
        }
        (0..kill * 7).for_each(|_| std::thread::yield_now());
        child.kill().unwrap();
        said.for_each(|line| _ = number(line.unwrap_or_default()));
        child.wait().unwrap();
        let vault = vault(&folder.open("passphrase").await.unwrap());
        let (found, _) = newest(&vault).await.unwrap();
        // What was being written may have arrived without having been said.
        assert!(found == written || found == written + 1, "{written} written, {found} found");
        kept = found;
    }
    println!("40 kills, {kept} writes kept");
}
