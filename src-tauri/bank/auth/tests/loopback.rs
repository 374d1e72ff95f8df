//! The loopback way back from the browser (case D14) over real sockets.

use super::sign_in::willing;
use super::{answer, parameter};
use crate::auth::{Received, SignIn, SignInState, Via};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

/// Says `request` to the listener; what it answers.
async fn visit(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // Who talks too long is cut off in the middle of it.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

fn page(url: &Url, target: &str) -> (u16, String) {
    let port = Url::parse(&parameter(url, "redirect_uri")).unwrap().port().unwrap();
    (port, format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"))
}

async fn closes(port: u16) {
    let closed = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), closed).await.unwrap();
}

async fn until(sign_in: &Arc<SignIn>, state: SignInState) {
    let mut changes = sign_in.changes();
    let reached = changes.wait_for(|now| *now == state);
    tokio::time::timeout(Duration::from_secs(10), reached).await.unwrap().unwrap();
}

#[tokio::test]
async fn d14_the_listener_takes_the_answer_and_nothing_else() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::Loopback).await.unwrap();
    assert!(matches!(sign_in.state(), SignInState::Waiting { via: Via::Loopback, .. }));
    let (port, right) = page(&url, &format!("/?code=c0de&state={}", parameter(&url, "state")));
    assert_eq!(parameter(&url, "redirect_uri"), format!("http://localhost:{port}"));

    // Somebody who opens connections and says nothing, and somebody who does not stop talking.
    let _silent: Vec<_> = silent_visitors(8, port).await;
    let endless = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: {}", "x".repeat(64 * 1024));
    assert_eq!(visit(port, &endless).await, "");
    for request in [
        page(&url, "/favicon.ico").1,
        page(&url, "/?code=evil&state=unknown").1,
        right.replace("Host: localhost", "Host: evil.example"),
        right.replace("GET", "POST"),
    ] {
        assert!(visit(port, &request).await.starts_with("HTTP/1.1 404"), "{request}");
    }
    assert!(world.forms("token").await.is_empty());

    let answered = visit(port, &right).await;
    assert!(answered.starts_with("HTTP/1.1 200") && answered.contains("You can close this page"), "{answered}");
    assert!(!answered.contains("c0de"));
    until(&sign_in, SignInState::Connected).await;
    assert_eq!(world.forms("token").await[0]["redirect_uri"], parameter(&url, "redirect_uri"));
    // The port is closed soon after.
    closes(port).await;
}

async fn silent_visitors(count: usize, port: u16) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        streams.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    }
    streams
}

#[tokio::test]
async fn d14_whoever_holds_connections_open_does_not_keep_the_browser_out() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::Loopback).await.unwrap();
    let (port, right) = page(&url, &format!("/?code=c0de&state={}", parameter(&url, "state")));
    // Far more than are served at once; half of them have begun a request and do not go on.
    let mut silent = silent_visitors(100, port).await;
    for visitor in silent.iter_mut().step_by(2) {
        let _ = visitor.write_all(b"GET /?code=").await;
    }
    let answered = tokio::time::timeout(Duration::from_secs(3), visit(port, &right)).await.unwrap();
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    until(&sign_in, SignInState::Connected).await;
    assert_eq!(world.forms("token").await.len(), 1);
}

#[tokio::test]
async fn d14_of_many_equal_answers_at_once_one_is_redeemed() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::Loopback).await.unwrap();
    let (port, right) = page(&url, &format!("/?code=c0de&state={}", parameter(&url, "state")));
    let visits: Vec<_> = (0..12)
        .map(|_| {
            let right = right.clone();
            tokio::spawn(async move { visit_if_open(port, &right).await })
        })
        .collect();
    let mut taken = 0;
    for visit in visits {
        taken += usize::from(visit.await.unwrap().is_some_and(|page| page.starts_with("HTTP/1.1 200")));
    }
    assert_eq!(taken, 1);
    until(&sign_in, SignInState::Connected).await;
    assert_eq!(world.forms("token").await.len(), 1);
}

/// As [`visit`]; none where the door is closed already.
async fn visit_if_open(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    Some(answer)
}

#[tokio::test]
async fn d14_a_request_in_pieces_is_read_and_an_endless_one_is_not() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::Loopback).await.unwrap();
    let (port, right) = page(&url, &format!("/?code=c0de&state={}", parameter(&url, "state")));
    for head in ["GET /?code=", "GET /?code=c HTTP/1.1\r\nHost: ", "GET /?code=c HTTP/1.1\r\nCookie: a="] {
        let endless = format!("{head}{}", "x".repeat(64 * 1024));
        assert_eq!(visit(port, &endless).await, "", "{head:?}");
    }
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    for piece in right.as_bytes().chunks(7) {
        stream.write_all(piece).await.unwrap();
        stream.flush().await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_loopback_answer_may_be_pasted_and_giving_up_closes_the_port() {
    let world = willing().await;
    let sign_in = world.sign_in();
    let url = sign_in.begin(Via::Loopback).await.unwrap();
    assert_eq!(sign_in.paste(&answer(&url)).await, Received::Finished);
    assert_eq!(sign_in.state(), SignInState::Connected);

    let url = sign_in.begin(Via::Loopback).await.unwrap();
    let (port, _) = page(&url, "/");
    sign_in.cancel().await;
    closes(port).await;
}
