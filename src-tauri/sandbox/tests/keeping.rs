//! What survives a restart, and what two starts share.

use super::{Bench, builder, morning};
use crate::{Sandbox, StartError};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use std::{collections::BTreeMap, path::Path};

async fn started(file: &Path) -> Bench {
    Bench::with(Sandbox::builder().seed(7).clock(morning).client("saldo", "hush").state_file(file)).await
}

#[tokio::test]
async fn sessions_payments_and_the_world_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut bench = started(&file).await;
    bench.sign_in("ais pis").await;
    let order = json!({
        "amount": 12.5, "currency": "EUR", "recipientIban": "SK3112000000198742637541",
        "senderIban": bench.sandbox.sums().accounts[0].iban, "redirectUrl": "https://a.example/",
    });
    let id = bench.write(Method::POST, "/v1/payments/single", order.to_string()).await.json["data"]["id"].clone();
    let path = format!("/v1/payments/single/{}", id.as_str().unwrap());
    let page = bench.write(Method::PATCH, &path, "{}").await.json["data"]["redirectUrl"].as_str().unwrap().to_owned();
    let back = bench.visitor.approve(&page).await.unwrap();
    let brought: BTreeMap<String, String> = url::Url::parse(&back).unwrap().query_pairs().into_owned().collect();
    bench.write(Method::PATCH, &path, serde_json::to_string(&brought).unwrap()).await;
    bench.write(Method::PATCH, &path, "{}").await;
    bench.sandbox.expire_consent("cekoskbx");
    let before = bench.sandbox.sums();
    let (access, refresh) = (bench.access.clone(), bench.refresh.clone());
    bench.sandbox.stop().await;

    let mut bench = started(&file).await;
    assert_eq!(bench.sandbox.sums(), before);
    bench.access = access;
    bench.refresh = refresh;
    assert_eq!(bench.get(&path).await.json["data"]["status"], "FINISHED");
    assert_eq!(bench.get("/v1/bank-accounts/20453").await.json["data"]["status"], "CONSENT_EXPIRED");
    let answer = bench.renew(&bench.refresh, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(bench.renew(&bench.refresh, &[]).await.status, 400, "reuse is noticed after a restart too");
}

#[tokio::test]
async fn the_epoch_stays_while_the_days_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let first = started(&file).await.sandbox.sums();
    let later = Sandbox::builder().seed(99).clock(|| morning() + TimeDelta::days(10)).state_file(&file);
    let second = Bench::with(later).await.sandbox.sums();
    assert_eq!(first.accounts[0].iban, second.accounts[0].iban, "the file's seed wins");
    assert_eq!(first.accounts[0].opening, second.accounts[0].opening);
    assert!(second.transactions > first.transactions + 100);
    let fresh = Sandbox::builder().seed(7).clock(|| morning() + TimeDelta::days(10));
    assert_ne!(Bench::with(fresh).await.sandbox.sums().transactions, second.transactions);
}

#[cfg(unix)]
#[tokio::test]
async fn the_state_file_is_the_owners_alone_and_holds_no_token() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut bench = started(&file).await;
    bench.sign_in("ais").await;
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains(&bench.refresh) && !text.contains(&bench.access));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written is left");
}

#[tokio::test]
async fn a_broken_state_file_is_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    std::fs::write(&file, "{ not json").unwrap();
    started(&file).await;
    assert_eq!(std::fs::read_to_string(folder.path().join("state.json.broken")).unwrap(), "{ not json");
    let nowhere = folder.path().join("no/such/folder/state.json");
    let failed = Sandbox::builder().state_file(nowhere).start().await;
    assert!(matches!(failed, Err(StartError::StateFile(_))));
}

#[tokio::test]
async fn a_port_is_free_again_after_stopping() {
    let first = builder().start().await.unwrap();
    let port: u16 = first.idp_url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(matches!(builder().port(port).start().await, Err(StartError::Bind(_))));
    first.stop().await;
    assert_eq!(builder().port(port).start().await.unwrap().idp_url(), format!("http://127.0.0.1:{port}"));
}

#[tokio::test]
async fn randomness_follows_the_seed_unless_the_system_is_asked() {
    let secret = async |system: bool| {
        let sandbox = Sandbox::builder().seed(7).clock(morning).system_randomness(system).start().await.unwrap();
        sandbox.client_secret().to_owned()
    };
    assert_eq!(secret(false).await, secret(false).await);
    assert_ne!(secret(true).await, secret(true).await);
    assert_eq!(secret(true).await.len(), 32);
}

#[test]
fn a_sandbox_can_be_held_by_an_application() {
    fn shareable<T: Send + Sync + 'static>() {}
    shareable::<Sandbox>();
}
