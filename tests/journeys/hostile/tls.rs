//! Certificates that must not be accepted (case T03), each at each kind of request.
//!
//! A certificate is good or bad only to somebody who trusts its issuer. The system's list of issuers is named by a variable of
//! the environment on Linux, so the test runs itself once more with a list of its own making.

use super::super::office::Office;
use super::line::{ask, message};
use super::{ACCOUNTS, CREATE, TOKEN, run_again, tell};
use bank::auth::{SessionState, SignInState, Via};
use bank::failure::FailureKind;
use bank::payments::PaymentState;
use chrono::TimeDelta;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use sandbox::Sandbox;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Names the issuer's certificate to the second run.
const TRUST: &str = "SSL_CERT_FILE";
/// Hands the issuer's key to the second run.
const KEY: &str = "SALDO_TEST_ISSUER_KEY";

/// Who answers at the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Good,
    Expired,
    NotYetValid,
    OtherHost,
    SelfSigned,
    /// As a company's proxy does whose issuer this computer does not know.
    OtherIssuer,
    /// No TLS at all.
    Plain,
    /// The connection ends in the middle of the handshake.
    HangsUp,
}

const BAD: [Face; 7] = [
    Face::Expired,
    Face::NotYetValid,
    Face::OtherHost,
    Face::SelfSigned,
    Face::OtherIssuer,
    Face::Plain,
    Face::HangsUp,
];

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn issuer(key: KeyPair) -> Issuer {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "an issuer for a test");
    CertifiedIssuer::self_signed(params, key).unwrap()
}

/// The TLS of a server that shows this face; none where it speaks no TLS.
fn acceptor(face: Face, issuer: &Issuer) -> Option<TlsAcceptor> {
    let name = if face == Face::OtherHost { "bank.example" } else { "localhost" };
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    match face {
        Face::Expired => params.not_after = date_time_ymd(2024, 1, 1),
        Face::NotYetValid => params.not_before = date_time_ymd(2100, 1, 1),
        Face::Plain | Face::HangsUp => return None,
        _ => {}
    }
    let key = KeyPair::generate().unwrap();
    let certificate = match face {
        Face::SelfSigned => params.self_signed(&key),
        Face::OtherIssuer => params.signed_by(&key, &self::issuer(KeyPair::generate().unwrap())),
        _ => params.signed_by(&key, issuer),
    };
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let chain = vec![certificate.unwrap().der().clone()];
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    Some(TlsAcceptor::from(Arc::new(config)))
}

/// Stands before the sandbox with the face of the moment, and looks whether anybody says something to it.
struct Front {
    url: String,
    face: Arc<Mutex<Face>>,
    trusted: Arc<Mutex<u32>>,
    listener: Option<TcpListener>,
}

impl Front {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        Self { url, face: Arc::new(Mutex::new(Face::Good)), trusted: Arc::default(), listener: Some(listener) }
    }

    fn lead_to(&mut self, server: SocketAddr, issuer: Issuer) {
        let (listener, face) = (self.listener.take().unwrap(), Arc::clone(&self.face));
        let trusted = Arc::clone(&self.trusted);
        let issuer = Arc::new(issuer);
        tokio::spawn(async move {
            loop {
                let Ok((client, _)) = listener.accept().await else { continue };
                let face = *face.lock().unwrap();
                let (issuer, trusted) = (Arc::clone(&issuer), Arc::clone(&trusted));
                tokio::spawn(async move { serve(client, server, face, &issuer, &trusted).await });
            }
        });
    }

    fn show(&self, face: Face) {
        *self.face.lock().unwrap() = face;
        *self.trusted.lock().unwrap() = 0;
    }
}

/// Carries one request; a connection is not used again, so that each meets the face of its moment.
async fn serve(
    mut client: TcpStream,
    server: SocketAddr,
    face: Face,
    issuer: &Issuer,
    trusted: &Mutex<u32>,
) -> std::io::Result<()> {
    let Some(acceptor) = acceptor(face, issuer) else {
        if face == Face::Plain {
            client.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"data\":[]}").await?;
        }
        return client.shutdown().await;
    };
    let mut client = acceptor.accept(client).await?;
    let request = message(&mut client).await?;
    *trusted.lock().unwrap() += 1;
    client.write_all(&ask(server, &request).await?).await?;
    client.shutdown().await
}

#[tokio::test]
async fn t03_no_bad_certificate_gets_a_byte() {
    match std::env::var(KEY) {
        Err(_) if cfg!(target_os = "linux") => run_again_with_an_issuer_of_our_own().await,
        // Elsewhere the list belongs to the system: a certificate of ours is then bad as it is.
        Err(_) => {}
        Ok(key) => each_bad_certificate_at_each_kind_of_request(issuer(KeyPair::from_pem(&key).unwrap())).await,
    }
}

async fn run_again_with_an_issuer_of_our_own() {
    let folder = tempfile::TempDir::new().unwrap();
    let issuer = issuer(KeyPair::generate().unwrap());
    let list = folder.path().join("issuers.pem");
    std::fs::write(&list, issuer.pem()).unwrap();
    let variables = [(TRUST, list.to_str().unwrap().to_owned()), (KEY, issuer.key().serialize_pem())];
    run_again("tls::t03_no_bad_certificate_gets_a_byte", variables).await;
    tell(5 * BAD.len(), "certificates");
}

async fn each_bad_certificate_at_each_kind_of_request(issuer: Issuer) {
    let mut front = Front::new().await;
    let mut office = Office::at(Sandbox::builder().seen_at(&front.url)).await;
    front.lead_to(office.everifin.address(), issuer);
    // The sign-in page, and the code.
    for face in BAD {
        front.show(face);
        let failure = office.desk.line().sign_in.begin(Via::DeepLink).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Offline, "{face:?}");
        front.show(Face::Good);
        let callback = office.answer(Via::DeepLink).await;
        front.show(face);
        office.receive(&callback).await;
        let offline = |state| matches!(state, SignInState::Failed { failure } if failure.kind == FailureKind::Offline);
        assert!(offline(office.desk.sign_in()), "{face:?}");
        assert_eq!((office.asked(TOKEN), *front.trusted.lock().unwrap()), (0, 0), "{face:?}: no code was shown to it");
    }
    front.show(Face::Good);
    office.sign_in().await;
    office.sync().await;
    // A renewal, a read, a payment.
    for face in BAD {
        let (token, accounts, created) = (office.asked(TOKEN), office.asked(ACCOUNTS), office.asked(CREATE));
        front.show(face);
        assert_eq!(office.asks().await.unwrap_err().kind, FailureKind::Offline, "{face:?}: reading");
        let (id, hash) = office.reviewed();
        let handed = office.hand_over(id, &hash).await;
        assert!(handed.is_err() && office.state(id) != PaymentState::Unknown, "{face:?}: nothing has left");
        office.hands.pass(TimeDelta::minutes(6));
        assert_eq!(office.asks().await.unwrap_err().kind, FailureKind::Offline, "{face:?}: renewing");
        assert_eq!((office.asked(TOKEN), office.asked(ACCOUNTS), office.asked(CREATE)), (token, accounts, created));
        assert_eq!(*front.trusted.lock().unwrap(), 0, "{face:?}: not a byte of ours");
        front.show(Face::Good);
        office.hands.pass(TimeDelta::minutes(2));
        assert_eq!(office.asks().await, Ok(()), "{face:?}: afterwards all is well");
        assert_eq!(office.session().await, SessionState::SignedIn, "{face:?}");
    }
}
