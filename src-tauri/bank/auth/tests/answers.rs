//! What a token endpoint may answer, well or odd or hostile: cases T01, T02, T04 to T10, T20, T22, T24, T25 and T27 of the
//! security requirements. T03 (certificates), T12 (a broken line), T26 (a second device) and T22 in full are journeys over a
//! real line (`tests/journeys/hostile`); T11 and T21 stand in `session` and in the client's tests.

use super::{World, grant, refusal};
use crate::auth::{Client, Environment, Session, SessionState};
use crate::everifin::Everifin;
use crate::failure::{FailureKind, Result};
use crate::vault::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const ANY: Duration = Duration::ZERO;

fn kind<T>(outcome: Result<T>) -> Option<FailureKind> {
    outcome.err().map(|failure| failure.kind)
}

fn json_body(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text.as_bytes().to_vec(), "application/json")
}

/// A good grant with one field set to this.
fn with(field: &str, value: Value) -> ResponseTemplate {
    let mut body =
        json!({"access_token": "access-1", "expires_in": 300, "refresh_token": "refresh-1", "token_type": "Bearer"});
    body[field] = value;
    ResponseTemplate::new(200).set_body_json(body)
}

async fn has_ended(session: &Session) -> bool {
    matches!(session.state().await.unwrap(), SessionState::Ended | SessionState::SignedOut)
}

/// What comes of a renewal that is answered so; then that the session is whole, with one good answer.
async fn renewal(answer: ResponseTemplate) -> Option<FailureKind> {
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(answer).await;
    let outcome = kind(session.access(ANY).await);
    assert!(!has_ended(&session).await);
    assert_eq!(world.forms("token").await.len(), 1, "asked once");
    if outcome.is_some() {
        assert_eq!(world.kept().await.as_deref(), Some("refresh-0"), "what was kept is kept");
        world.pass(TimeDelta::days(2));
        world.server.reset().await;
        world.tokens(grant("access-2", "refresh-2")).await;
        assert!(session.access(ANY).await.is_ok(), "a later answer mends it");
    }
    outcome
}

#[tokio::test]
async fn t01_what_is_no_grant_is_told_from_what_only_looks_odd() {
    let good = r#"{"access_token":"a","refresh_token":"r"}"#;
    let zipped = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3].iter().copied().chain(vec![0; 4096]).collect::<Vec<u8>>();
    for (what, answer, expected) in [
        ("HTML", json_body("<html>hotel</html>"), Some(FailureKind::ServiceDown)),
        ("empty", json_body(""), Some(FailureKind::ServiceDown)),
        ("cut", json_body(&good[..20]), Some(FailureKind::ServiceDown)),
        ("two of them", json_body(&format!("{good}{good}")), Some(FailureKind::ServiceDown)),
        ("byte order mark", json_body(&format!("\u{feff}{good}")), None),
        ("another type", ResponseTemplate::new(200).set_body_raw(good, "text/plain"), None),
        (
            "not UTF-8",
            ResponseTemplate::new(200).set_body_raw(b"\xff\xfe{\0}\0".to_vec(), "application/json"),
            Some(FailureKind::ServiceDown),
        ),
        // Nothing is unpacked, so a bomb stays as small as it came.
        (
            "zipped",
            ResponseTemplate::new(200)
                .insert_header("content-encoding", "gzip")
                .set_body_raw(zipped, "application/json"),
            Some(FailureKind::ServiceDown),
        ),
    ] {
        assert_eq!(renewal(answer).await, expected, "{what}");
    }
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    session.access(ANY).await.unwrap();
    let requests = world.server.received_requests().await.unwrap();
    assert!(
        requests.iter().all(|request| !request.headers.contains_key("accept-encoding")),
        "nothing packed is asked for"
    );
}

/// A server that never stops talking; how much it got rid of.
async fn endless(head: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let said = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&said);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _request = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(head.as_bytes()).await;
        let chunk = [b'x'; 64 * 1024];
        while stream.write_all(&chunk).await.is_ok() {
            count.fetch_add(chunk.len(), Ordering::SeqCst);
        }
    });
    (url, said)
}

/// A session whose identity provider is there.
async fn session_at(world: &World, idp: &str) -> Arc<Session> {
    let environment = Environment::Custom { idp: idp.into(), api: idp.into() };
    let client = Client::new(&environment, "everifin_app", "saldo-test", Secret::new("s3cret".into()), true).unwrap();
    world.vault.save_refresh_token(client.binding(), Secret::new("refresh-0".into())).await.unwrap();
    world.session_of(Some(client))
}

#[tokio::test]
async fn t01_a_stream_without_end_is_read_to_the_limit_and_no_further() {
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        // A header without end.
        "HTTP/1.1 200 OK\r\nX: ",
    ] {
        let world = World::new().await;
        let (url, said) = endless(head).await;
        let session = session_at(&world, &url).await;
        let asked = tokio::time::timeout(Duration::from_secs(20), session.access(ANY)).await;
        assert_eq!(kind(asked.unwrap()), Some(FailureKind::ServiceDown), "{head:?}");
        assert!(said.load(Ordering::SeqCst) < 32 << 20, "a megabyte, and what the system buffers");
        assert!(!has_ended(&session).await);
    }
}

#[tokio::test]
async fn t02_nobody_is_followed_elsewhere_and_nothing_is_posted_again() {
    let elsewhere = MockServer::start().await;
    Mock::given(any()).respond_with(grant("stolen", "stolen")).mount(&elsewhere).await;
    for status in [301, 302, 303, 307, 308] {
        let away = || ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        assert_eq!(renewal(away()).await, Some(FailureKind::ServiceDown), "{status}");
        // The same at the API, which has the access token.
        let world = World::new().await;
        let session = world.signed_in().await;
        world.tokens(grant("access-1", "refresh-1")).await;
        Mock::given(wiremock::matchers::path("/v1/bank-accounts")).respond_with(away()).mount(&world.server).await;
        let everifin = Everifin::new(session, world.clock.clone());
        assert_eq!(kind(everifin.accounts().await), Some(FailureKind::ServiceDown), "{status}");
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn t04_an_odd_life_neither_loops_nor_lasts() {
    for life in [
        json!(0),
        json!(-1),
        json!("300"),
        json!("soon"),
        json!(1e18),
        json!(59.9),
        json!(null),
        json!([]),
        json!(true),
        json!(u64::MAX),
        json!(""),
    ] {
        let world = World::new().await;
        let session = world.signed_in().await;
        world.tokens(with("expires_in", life.clone())).await;
        for _ in 0..5 {
            session.access(ANY).await.unwrap();
        }
        assert_eq!(world.forms("token").await.len(), 1, "{life}: no loop");
        world.pass(TimeDelta::days(2));
        session.access(ANY).await.unwrap();
        assert_eq!(world.forms("token").await.len(), 2, "{life}: two days are too long for any token");
    }
}

#[tokio::test]
async fn t05_t27_a_refresh_token_may_be_new_the_same_or_none() {
    for (answer, kept) in [
        (json!("refresh-1"), "refresh-1"),
        // Rotation is off: the same one, or none at all.
        (json!("refresh-0"), "refresh-0"),
        (json!(null), "refresh-0"),
        (json!(""), "refresh-0"),
    ] {
        let world = World::new().await;
        let session = world.signed_in().await;
        world.tokens(with("refresh_token", answer.clone())).await;
        for _ in 0..3 {
            session.access(ANY).await.unwrap();
            world.pass(TimeDelta::minutes(6));
        }
        assert_eq!(world.kept().await.as_deref(), Some(kept), "{answer}");
        assert_eq!(world.forms("token").await.last().unwrap()["refresh_token"], kept, "{answer}");
    }
    for odd in [json!("x".repeat(100 * 1024)), json!("é"), json!("a b"), json!("a\r\nb"), json!(7), json!({})] {
        assert_eq!(renewal(with("refresh_token", odd)).await, Some(FailureKind::AnswerUnreadable));
    }
}

#[tokio::test]
async fn t06_how_long_the_session_will_last_is_left_to_everifin() {
    for life in [json!(0), json!(-60), json!("x"), json!(null), json!(1), json!(1e18)] {
        assert_eq!(renewal(with("refresh_expires_in", life)).await, None);
    }
}

#[tokio::test]
async fn t07_t08_only_a_bearer_token_fit_for_a_header_is_used() {
    for (kind, expected) in [
        (json!("bearer"), None),
        (json!("BEARER"), None),
        (json!(null), None),
        (json!("DPoP"), Some(FailureKind::AnswerUnreadable)),
        (json!("mac"), Some(FailureKind::AnswerUnreadable)),
    ] {
        assert_eq!(renewal(with("token_type", kind)).await, expected);
    }
    for odd in [
        r#"{"access_token":"a","access_token":"b"}"#,
        r#"{"access_token":"a","refresh_token":"r","refresh_token":"s"}"#,
        r#"{"access_token":"a\r\nX-Injected: y","refresh_token":"r"}"#,
        r#"{"access_token":"a\u0000b"}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":["a"]}"#,
    ] {
        assert_eq!(renewal(json_body(odd)).await, Some(FailureKind::AnswerUnreadable), "{odd}");
    }
    let deep = format!(r#"{{"access_token":"a","x":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(renewal(json_body(&deep)).await, None, "what nobody reads may be as deep as it likes");
    let hollow = "[".repeat(1 << 19);
    assert!(renewal(json_body(&hollow)).await.is_some());
}

/// An `id_token` is not asked for (`openid` is in no scope) and none is believed: none of its oddities can matter.
#[tokio::test]
async fn t09_an_identity_token_that_nobody_asked_for_is_passed_over() {
    let none = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode(r#"{"sub":"x","exp":1}"#)
    );
    for token in [json!(none), json!("not a token"), json!("x".repeat(900 * 1024)), json!(7), json!(null)] {
        assert_eq!(renewal(with("id_token", token)).await, None);
    }
    assert_eq!(
        renewal(with("id_token", json!("x".repeat(2 << 20)))).await,
        Some(FailureKind::ServiceDown),
        "too long to read"
    );
}

#[tokio::test]
async fn t10_t22_only_invalid_grant_ends_the_session_whatever_stands_beside_it() {
    for words in [
        "Stale token",
        "Token is not active",
        "Session not active",
        "Maximum allowed refresh token reuse exceeded",
        "Session doesn't have required client",
        "User disabled",
        "Invalid refresh token",
        "<script>alert(1)</script>",
        "",
    ] {
        let world = World::new().await;
        let session = world.signed_in().await;
        let body = json!({"error": "invalid_grant", "error_description": words});
        world.tokens(ResponseTemplate::new(400).set_body_json(body)).await;
        assert_eq!(kind(session.access(ANY).await), Some(FailureKind::SignInNeeded), "{words}");
        assert_eq!(session.state().await, Ok(SessionState::Ended), "{words}");
        assert_eq!(world.kept().await.as_deref(), Some("refresh-0"), "{words}: nothing is deleted");
    }
    for (answer, expected) in [
        (ResponseTemplate::new(200).set_body_json(json!({"error": "invalid_grant"})), FailureKind::AnswerUnreadable),
        (refusal(500, "invalid_grant"), FailureKind::ServiceDown),
        (refusal(503, "invalid_grant"), FailureKind::ServiceDown),
        (refusal(429, "invalid_grant"), FailureKind::RateLimited),
        (ResponseTemplate::new(400).set_body_string("invalid_grant"), FailureKind::ServiceDown),
        (ResponseTemplate::new(400).set_body_json(json!({"error": ["invalid_grant"]})), FailureKind::ServiceDown),
        (ResponseTemplate::new(400).set_body_json(json!({"error": "INVALID_GRANT"})), FailureKind::AnswerUnreadable),
        (ResponseTemplate::new(403).set_body_string("<html>blocked</html>"), FailureKind::ServiceDown),
        (ResponseTemplate::new(407), FailureKind::ServiceDown),
        (ResponseTemplate::new(429).insert_header("retry-after", "99999999999999999999"), FailureKind::RateLimited),
        (ResponseTemplate::new(429).insert_header("retry-after", "-1"), FailureKind::RateLimited),
        (
            ResponseTemplate::new(429).insert_header("retry-after", "Sun, 22 Nov 2099 20:05:00 GMT"),
            FailureKind::RateLimited,
        ),
        (ResponseTemplate::new(204), FailureKind::ServiceDown),
        (ResponseTemplate::new(418), FailureKind::ServiceDown),
    ] {
        assert_eq!(renewal(answer).await, Some(expected));
    }
}

#[tokio::test]
async fn t20_a_name_that_does_not_exist_and_a_server_on_the_other_address_family() {
    let world = World::new().await;
    // A label of more than 63 letters is refused by the resolver itself, without asking anybody.
    let session = session_at(&world, &format!("https://{}.invalid", "a".repeat(64))).await;
    assert_eq!(kind(session.access(ANY).await), Some(FailureKind::Offline));
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));

    // `localhost` is first an address of IPv6 to most systems; nobody listens there.
    let world = World::new().await;
    world.tokens(grant("access-1", "refresh-1")).await;
    let session = session_at(&world, &world.server.uri().replace("127.0.0.1", "localhost")).await;
    assert!(session.access(ANY).await.is_ok());
}

#[tokio::test]
async fn t24_a_renewal_in_the_name_of_somebody_else_stops_and_asks() {
    let token = |claims: Value| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let (marta, jan) = (token(json!({"sub": "marta", "jti": "1"})), token(json!({"sub": "jan", "jti": "2"})));
    let again = token(json!({"sub": "marta", "jti": "3"}));
    for (answer, goes_on) in [(again.as_str(), true), ("opaque", true), (jan.as_str(), false)] {
        let world = World::new().await;
        world.vault.save_refresh_token(world.client().binding(), Secret::new(marta.clone())).await.unwrap();
        let session = world.session();
        world.tokens(grant("access-1", answer)).await;
        let everifin = Everifin::new(Arc::clone(&session), world.clock.clone());
        let outcome = kind(everifin.accounts().await);
        let asked = world.server.received_requests().await.unwrap();
        let asked = asked.iter().any(|request| request.url.path().starts_with("/v1/"));
        if goes_on {
            assert!(asked && outcome != Some(FailureKind::SignInNeeded));
            assert_eq!(world.kept().await.as_deref(), Some(answer));
        } else {
            assert_eq!((outcome, asked), (Some(FailureKind::SignInNeeded), false), "nothing of his is looked at");
            assert_eq!(session.state().await, Ok(SessionState::Ended));
            assert_eq!(world.kept().await.as_deref(), Some(marta.as_str()), "nor kept");
        }
    }
}

/// What may be done is the API's word at each call; the list of scopes in a grant is not believed either way.
#[tokio::test]
async fn t25_a_narrower_or_wider_scope_is_found_out_where_it_matters() {
    for scope in [json!("ais"), json!(""), json!(null), json!("ais pis admin"), json!(["ais"])] {
        assert_eq!(renewal(with("scope", scope)).await, None);
    }
    let world = World::new().await;
    let session = world.signed_in().await;
    world.tokens(with("scope", json!("ais"))).await;
    Mock::given(wiremock::matchers::path_regex("^/v1/payments/"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&world.server)
        .await;
    let everifin = Everifin::new(Arc::clone(&session), world.clock.clone());
    assert_eq!(
        kind(everifin.payments(crate::everifin::OrderKind::Single).await),
        Some(FailureKind::PaymentsNotAllowed)
    );
    assert_eq!(session.state().await, Ok(SessionState::SignedIn));
}

#[test]
fn only_the_scopes_that_are_needed_are_asked_for() {
    let scope = |payments| {
        let secret = Secret::new("s".into());
        Client::new(&Environment::Production, "r", "c", secret, payments).unwrap().scope()
    };
    assert_eq!((scope(false), scope(true)), ("ais", "ais pis"));
}
