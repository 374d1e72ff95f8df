//! The second way back from the browser: a port on this computer, for where Saldo's own scheme is not set up or not taken. A
//! sign-in comes back to `http://localhost:PORT`, a payment to `http://127.0.0.1:PORT`.
//!
//! Anybody on this computer, and any web page in its browser, can knock here. A visit costs little, gets a fixed page and tells
//! nothing; only what its [`Host`] waits for has any effect.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How long a visitor has for asking.
const REQUEST_LIMIT: Duration = Duration::from_secs(5);
/// How long a request with its headers may be.
const MAX_REQUEST: usize = 16 * 1024;
/// How many visitors may be about to ask at once. When one more comes, the one that has been silent for longest is sent away:
/// somebody who only holds connections open must not keep the browser out.
const MAX_VISITORS: usize = 16;

const DONE: &str = "<!doctype html><meta charset=utf-8><title>Saldo</title>\
<p>You can close this page and go back to Saldo.<p lang=sk>Túto stránku môžete zavrieť a vrátiť sa do Salda.";
const NOT_THIS: &str = "<!doctype html><meta charset=utf-8><title>Saldo</title>\
<p>Saldo does not wait for this.<p lang=sk>Na toto Saldo nečaká.";

/// Who waits for a visitor.
pub(crate) trait Host: Send + Sync + 'static {
    /// What a visitor brought that is waited for.
    type Brought: Send + 'static;

    /// Looks at the path and query with which a visitor came to the port; none where nobody waits for it.
    fn look(&self, port: u16, target: &str) -> impl Future<Output = Option<Self::Brought>> + Send;

    /// Goes on with it, once the visitor has its page.
    fn go_on(self: Arc<Self>, brought: Self::Brought) -> impl Future<Output = ()> + Send;
}

/// A port on this computer, on IPv4 and, where there is one, on IPv6.
pub(crate) struct Listener {
    v4: TcpListener,
    v6: Option<TcpListener>,
    pub(crate) port: u16,
}

impl Listener {
    /// Takes a port: the wanted one where it is free, otherwise any.
    pub(crate) async fn bind(wanted: Option<u16>) -> io::Result<Self> {
        if let Some(port) = wanted
            && let Ok(v4) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
            && let Some(listener) = Self::beside(v4).await?
        {
            return Ok(listener);
        }
        loop {
            if let Some(listener) = Self::beside(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?).await? {
                return Ok(listener);
            }
        }
    }

    /// Takes the port on IPv6 as well; none when somebody else has it there, who would hear the browser.
    async fn beside(v4: TcpListener) -> io::Result<Option<Self>> {
        let port = v4.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(v6) => Ok(Some(Self { v4, v6: Some(v6), port })),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Ok(None),
            Err(_) => Ok(Some(Self { v4, v6: None, port })),
        }
    }

    /// Serves visitors until that time is over or the handle is aborted.
    pub(crate) fn serve<H: Host>(self, host: Weak<H>, long: Duration) -> AbortHandle {
        tokio::spawn(tokio::time::timeout(long, self.accept(host))).abort_handle()
    }

    async fn accept<H: Host>(self, host: Weak<H>) {
        let mut silent: VecDeque<AbortOnDrop> = VecDeque::new();
        loop {
            let visitor = tokio::select! {
                visitor = self.v4.accept() => visitor,
                visitor = accept_on(self.v6.as_ref()) => visitor,
            };
            silent.retain(|visitor| !visitor.0.is_finished());
            match visitor {
                Ok((stream, _)) => {
                    if silent.len() == MAX_VISITORS {
                        silent.pop_front();
                    }
                    silent.push_back(AbortOnDrop(tokio::spawn(listen(stream, self.port, host.clone())).abort_handle()));
                }
                // Out of file handles, say: let others finish.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

async fn accept_on(listener: Option<&TcpListener>) -> io::Result<(TcpStream, std::net::SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// A visitor that has not asked yet; sent away when it is forgotten.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for the visitor's request. Whoever has asked is no longer among the silent: what it brought is brought to its end.
async fn listen<H: Host>(mut stream: TcpStream, port: u16, host: Weak<H>) {
    if let Ok(Ok(request)) = tokio::time::timeout(REQUEST_LIMIT, read_request(&mut stream)).await {
        tokio::spawn(attend(stream, request, port, host));
    }
}

async fn attend<H: Host>(mut stream: TcpStream, request: Vec<u8>, port: u16, host: Weak<H>) {
    let Some(host) = host.upgrade() else { return };
    let brought = match target(&request, port) {
        Some(target) => host.look(port, target).await,
        None => None,
    };
    let (status, page) = if brought.is_some() { ("200 OK", DONE) } else { ("404 Not Found", NOT_THIS) };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\r\n{page}",
        page.len()
    );
    // The browser may have gone; the answer counts all the same.
    let _ = tokio::time::timeout(REQUEST_LIMIT, async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    })
    .await;
    if let Some(brought) = brought {
        host.go_on(brought).await;
    }
}

/// The request up to its empty line.
async fn read_request(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut request = Vec::new();
    let mut chunk = [0; 2048];
    loop {
        let count = stream.read(&mut chunk).await?;
        request.extend_from_slice(&chunk[..count]);
        if count == 0 || request.len() > MAX_REQUEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if request.windows(4).any(|window| window == b"\r\n\r\n") {
            return Ok(request);
        }
    }
}

/// The path and query of a `GET` that means this very port; none of any other request.
pub(crate) fn target(request: &[u8], port: u16) -> Option<&str> {
    let mut lines = std::str::from_utf8(request).ok()?.split("\r\n");
    let target = lines.next()?.strip_prefix("GET ")?.strip_suffix(" HTTP/1.1")?;
    let mut hosts = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    let (host, second) = (hosts.next()?, hosts.next());
    let ours = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host == format!("{name}:{port}"));
    let plain = target.starts_with('/') && !target.starts_with("//");
    (ours && second.is_none() && plain).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn d14_a_port_that_is_taken_on_either_side_is_not_ours() {
        let Ok(theirs) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else {
            // Without IPv6 nobody can sit there.
            return;
        };
        let port = theirs.local_addr().unwrap().port();
        let Ok(v4) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await else { return };
        assert!(Listener::beside(v4).await.unwrap().is_none());
        let ours = Listener::bind(Some(port)).await.unwrap();
        assert_ne!(ours.port, port);
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, ours.port)).await.is_err());
        assert!(TcpListener::bind((Ipv6Addr::LOCALHOST, ours.port)).await.is_err());
    }

    #[tokio::test]
    async fn the_wanted_port_is_taken_where_it_is_free() {
        let port = Listener::bind(None).await.unwrap().port;
        assert_eq!(Listener::bind(Some(port)).await.unwrap().port, port);
    }

    #[test]
    fn only_a_plain_visit_to_this_port_is_looked_at() {
        let visit = |line: &str, host: &str| {
            let request = format!("{line}\r\nAccept: */*\r\nHost: {host}\r\n\r\n");
            target(request.as_bytes(), 4711).map(str::to_owned)
        };
        assert_eq!(visit("GET /?code=c HTTP/1.1", "localhost:4711").as_deref(), Some("/?code=c"));
        assert!(visit("GET /?code=c HTTP/1.1", "127.0.0.1:4711").is_some());
        assert_eq!(visit("GET /favicon.ico HTTP/1.1", "localhost:4711").as_deref(), Some("/favicon.ico"));
        for (line, host) in [
            ("GET /?code=c HTTP/1.1", "evil.example"),
            ("GET /?code=c HTTP/1.1", "localhost:4712"),
            ("GET /?code=c HTTP/1.1", "localhost:4711\r\nHost: evil.example"),
            ("POST /?code=c HTTP/1.1", "localhost:4711"),
            ("GET http://evil.example/?code=c HTTP/1.1", "localhost:4711"),
            ("GET //?code=c HTTP/1.1", "localhost:4711"),
            ("GET /?code=c HTTP/1.0", "localhost:4711"),
        ] {
            assert_eq!(visit(line, host), None, "{line} {host}");
        }
        assert_eq!(target(b"\xff\xfe\r\n\r\n", 4711), None);
        assert_eq!(target(b"", 4711), None);
    }
}
