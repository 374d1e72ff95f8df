//! Sessions that end, and those that do not, because of somebody else (cases T20, T22, T26).

use super::super::office::Office;
use super::super::person::{Person, Reached};
use super::{TOKEN, connected, run_again, tell};
use bank::auth::{CredentialsInput, Environment, SessionState, SignInState, Via};
use bank::desk::Desk;
use bank::failure::FailureKind;
use bank::settings::Language;
use bank::vault::Vault;
use chrono::TimeDelta;
use sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// How Everifin ends a session.
type End = fn(&Sandbox);

#[tokio::test]
async fn t22_a_session_that_everifin_ends_is_ended_once_and_one_sign_in_mends_it() {
    let (_line, mut office) = connected().await;
    let ledger = office.ledger();
    let ends: [(&str, End); 2] = [("revoked", Sandbox::revoke_session), ("expired", Sandbox::expire_session)];
    for (what, end) in ends {
        end(&office.everifin);
        office.hands.pass(TimeDelta::minutes(6));
        let before = office.asked(TOKEN);
        for _ in 0..3 {
            assert_eq!(office.asks().await.unwrap_err().kind, FailureKind::SignInNeeded, "{what}");
        }
        assert_eq!(office.asked(TOKEN) - before, 1, "{what}: a void token is not sent again");
        assert_eq!((office.session().await, office.ledger()), (SessionState::Ended, ledger.clone()), "{what}");
        office.sign_in().await;
        assert_eq!(office.asks().await, Ok(()), "{what}");
    }
    assert_eq!(office.sync().await.failed, 0);
    tell(2, "ended sessions");
}

#[tokio::test]
async fn t26_a_second_device_of_the_same_owner_has_a_session_of_its_own() {
    let mut office = Office::open().await;
    office.sign_in().await;
    // Another computer: a folder, a keychain and a browser of its own, at the same Everifin.
    let folder = tempfile::TempDir::new().unwrap();
    let vault = Vault::in_memory("second-device");
    let second = Desk::open(folder.path(), vault, office.hands.clock(), Language::En, None).await.unwrap();
    second.save_credentials(office.credentials()).await.unwrap();
    let first = std::mem::replace(&mut office.desk, second);
    office.person = Person::new();
    office.sign_in().await;
    let second = &office.desk;
    for _ in 0..5 {
        office.hands.pass(TimeDelta::minutes(6));
        assert!(first.line().everifin.accounts().await.is_ok());
        assert!(second.line().everifin.accounts().await.is_ok());
    }
    assert!(second.sign_out().await.unwrap().server_told);
    office.hands.pass(TimeDelta::minutes(6));
    assert!(first.line().everifin.accounts().await.is_ok(), "the other device goes on");
    assert_eq!(first.line().session.state().await.unwrap(), SessionState::SignedIn);
}

/// The variable by which a computer names its way out.
const WAY_OUT: &str = "HTTPS_PROXY";
/// Tells the second run that it is one.
const AGAIN: &str = "SALDO_TEST_AGAIN";

#[tokio::test]
async fn t20_a_proxy_that_wants_a_password_is_no_everifin_and_hears_no_secret() {
    if std::env::var_os(AGAIN).is_some() {
        let office = Office::open().await;
        let nowhere = "https://everifin.invalid".to_owned();
        let environment = Environment::Custom { idp: nowhere.clone(), api: nowhere };
        office.enter(CredentialsInput { environment, ..office.credentials() }).await;
        let failure = office.desk.line().sign_in.begin(Via::DeepLink).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Offline);
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let proxy = tokio::spawn(async move {
        let mut heard = Vec::new();
        loop {
            let (mut client, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let count = client.read(&mut request).await.unwrap();
            heard.extend_from_slice(&request[..count]);
            let refusal =
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
            client.write_all(refusal).await.unwrap();
            if client.read(&mut request).await.unwrap_or_default() == 0 {
                return String::from_utf8(heard).unwrap();
            }
        }
    });
    let variables = [(WAY_OUT, address), (AGAIN, "yes".to_owned())];
    run_again("sessions::t20_a_proxy_that_wants_a_password_is_no_everifin_and_hears_no_secret", variables).await;
    let heard = proxy.await.unwrap();
    assert!(heard.starts_with("CONNECT everifin.invalid:443 "), "{heard}");
    assert!(!heard.contains("client_id") && !heard.contains("state="), "{heard}");
}

#[tokio::test]
async fn t24_a_colleague_who_signs_in_gets_nothing_into_her_book() {
    let mut office = Office::connected().await;
    let ledger = office.ledger();
    office.everifin.revoke_session();
    assert_eq!(office.asks().await.unwrap_err().kind, FailureKind::SignInNeeded);

    let page = office.begin(Via::DeepLink).await;
    office.person = Person::new();
    let login = office.person.visit(&page).await.page();
    let typed = [("username", sandbox::COLLEAGUE_LOGIN), ("password", sandbox::OWNER_PASSWORD)];
    let reached = office.person.submit(&login, "", &typed).await;
    let link = match reached {
        Reached::Page(consent) => office.person.submit(&consent, "decision=accept", &[]).await.link(),
        Reached::Saldo(link) => link,
    };
    office.receive(&link).await;
    let failure = FailureKind::AnotherUser.into();
    assert_eq!(office.desk.sign_in(), SignInState::Failed { failure });
    assert_eq!(office.session().await, SessionState::Ended, "as it was before");
    assert_eq!(office.desk.sync(|_| ()).await.unwrap_err().kind, FailureKind::SignInNeeded);
    assert_eq!(office.ledger(), ledger);
    assert_eq!(office.everifin.counts()["signed out"], 1, "his session is ended at Everifin, too");

    // The same browser is asked for a password again, and the owner goes on where she was.
    office.sign_in().await;
    assert_eq!(office.sync().await.added, 0);
    assert_eq!(office.ledger(), ledger);
    tell(1, "sign-ins as somebody else");
}
