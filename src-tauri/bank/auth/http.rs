//! The one way out to the network: no redirects, https only (but for loopback), bounded in time and size.

use crate::failure::{Failure, FailureKind, Result};
use chrono::{DateTime, Duration, Utc};
use reqwest::header::{ACCEPT, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, StatusCode, redirect};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use url::{Host, Url};

/// How long a connection may take to stand.
const CONNECT_LIMIT: std::time::Duration = std::time::Duration::from_secs(10);
/// How long a request may take as a whole.
const TOTAL_LIMIT: std::time::Duration = std::time::Duration::from_secs(30);
/// An idle connection is not used again after this: it may have died without a sign, and a payment sent on a dead
/// connection would have to be called unknown.
const IDLE_LIMIT: std::time::Duration = std::time::Duration::from_secs(15);
/// What a rate limit without a readable `Retry-After` means.
const USUAL_WAIT: Duration = Duration::seconds(60);

/// A time of day that a server told, and when.
type Told = (DateTime<Utc>, Instant);

/// The HTTP client. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Http {
    outside: reqwest::Client,
    loopback: reqwest::Client,
    /// The last time of day that a server told, and when by this computer's steady clock.
    told: Arc<Mutex<Option<Told>>>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The body; none when it was cut off or longer than allowed.
    pub(crate) body: Option<Vec<u8>>,
    retry_after: Option<String>,
    date: Option<DateTime<Utc>>,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// No connection stood: not a byte has left.
    NotSent,
    /// Something may have arrived there.
    Unknown,
}

impl From<Lost> for Failure {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::NotSent => FailureKind::Offline.into(),
            Lost::Unknown => FailureKind::ServiceDown.into(),
        }
    }
}

impl Http {
    /// The client; fails only where the system's certificate store cannot be used.
    pub(crate) fn new() -> Result<Self> {
        Self::within(TOTAL_LIMIT)
    }

    fn within(total: std::time::Duration) -> Result<Self> {
        // Whoever was first (another book, the shell) installed the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            let mut always = HeaderMap::new();
            always.insert(ACCEPT, HeaderValue::from_static("application/json"));
            reqwest::Client::builder()
                .user_agent(user_agent())
                .default_headers(always)
                .redirect(redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT_LIMIT)
                .timeout(total)
                .pool_idle_timeout(IDLE_LIMIT)
        };
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| {
                tracing::error!(%error, "no HTTP client");
                Failure::from(FailureKind::Offline)
            })
        };
        Ok(Self {
            outside: build(builder().https_only(true))?,
            loopback: build(builder().no_proxy())?,
            told: Arc::default(),
        })
    }

    /// A request; to loopback past any proxy.
    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let client = if is_loopback(&url) { &self.loopback } else { &self.outside };
        client.request(method, url)
    }

    /// Sends a request and reads the answer up to `cap` bytes.
    pub(crate) async fn send(&self, request: RequestBuilder, cap: usize) -> Result<Answer, Lost> {
        let mut response = request.send().await.map_err(|error| {
            let lost = if error.is_connect() || error.is_builder() { Lost::NotSent } else { Lost::Unknown };
            // The address would tell state or ids; the rest of the error does not.
            tracing::info!(error = %error.without_url(), ?lost, "no answer");
            lost
        })?;
        let header = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let retry_after = header(RETRY_AFTER).map(str::to_owned);
        let date = header(DATE).and_then(http_date);
        if let Some(date) = date {
            *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some((date, Instant::now()));
        }
        let status = response.status();
        let mut body = Vec::new();
        let body = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= cap => body.extend_from_slice(&chunk),
                Ok(None) => break Some(body),
                Ok(Some(_)) | Err(_) => break None,
            }
        };
        Ok(Answer { status, body, retry_after, date })
    }

    /// What time it is by the server that answered last; none before one has said.
    pub(crate) fn server_time(&self) -> Option<DateTime<Utc>> {
        let (date, since) = (*self.told.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(date + Duration::from_std(since.elapsed()).ok()?)
    }
}

impl Answer {
    /// An answer that nobody gave.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn new(status: StatusCode, body: Vec<u8>, retry_after: Option<&str>) -> Self {
        Self { status, body: Some(body), retry_after: retry_after.map(str::to_owned), date: None }
    }

    /// The body, if it came whole.
    pub(crate) fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(self.body.as_ref()?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The failure that a 429 is: when to try again lies between a second and a day from now.
    pub(crate) fn rate_limit(&self, now: DateTime<Utc>) -> Failure {
        let wait = self.retry_after.as_deref().and_then(|text| match text.trim().parse::<i64>() {
            Ok(seconds) => Duration::try_seconds(seconds.clamp(0, 1_000_000)),
            Err(_) => http_date(text).map(|at| at - self.date.unwrap_or(now)),
        });
        let wait = wait.unwrap_or(USUAL_WAIT).clamp(Duration::seconds(1), Duration::days(1));
        Failure { kind: FailureKind::RateLimited, retry_at: Some(now + wait) }
    }
}

/// Whether an address stays on this computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Names Saldo and the system, as Everifin passes it on to banks (everifin-api.md 5.1, 6.2).
pub(crate) fn user_agent() -> String {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "Macintosh; macOS",
        "windows" => "Windows NT 10.0",
        other => other,
    };
    format!("Saldo/{} ({system}; {})", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH)
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text.trim()).ok().map(|date| date.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(retry_after: Option<&str>, date: Option<&str>) -> Answer {
        Answer {
            status: StatusCode::TOO_MANY_REQUESTS,
            body: None,
            retry_after: retry_after.map(str::to_owned),
            date: date.and_then(http_date),
        }
    }

    #[test]
    fn a_rate_limit_ends_within_a_day() {
        let now = http_date("Sun, 22 Nov 2026 20:00:00 GMT").unwrap();
        let wait =
            |retry_after, date| (answer(retry_after, date).rate_limit(now).retry_at.unwrap() - now).num_seconds();
        assert_eq!(wait(Some("120"), None), 120);
        assert_eq!(wait(Some("0"), None), 1);
        assert_eq!(wait(Some("-5"), None), 1);
        assert_eq!(wait(Some("99999999999"), None), 86_400);
        assert_eq!(wait(Some("99999999999999999999"), None), 60);
        assert_eq!(wait(Some("Sun, 22 Nov 2026 20:05:00 GMT"), None), 300);
        // Our clock is an hour slow: the server's own date counts.
        assert_eq!(wait(Some("Sun, 22 Nov 2026 21:05:00 GMT"), Some("Sun, 22 Nov 2026 21:00:00 GMT")), 300);
        assert_eq!(wait(Some("soon"), None), 60);
        assert_eq!(wait(None, None), 60);
    }

    #[test]
    fn the_user_agent_names_saldo_and_the_system() {
        let agent = user_agent();
        assert!(agent.starts_with("Saldo/") && agent.contains('('), "{agent}");
        assert!(agent.is_ascii());
    }

    /// What comes of asking a server that says `words` and then keeps the line open in silence.
    async fn ask_silence(words: &'static [u8], cap: usize) -> Result<Answer, Lost> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _request = stream.read(&mut [0; 1024]).await.unwrap();
            stream.write_all(words).await.unwrap();
            std::future::pending::<()>().await;
        });
        let http = Http::within(std::time::Duration::from_millis(300)).unwrap();
        let answer = http.send(http.request(Method::GET, url), cap).await;
        server.abort();
        answer
    }

    #[tokio::test]
    async fn a_server_that_hangs_frees_its_caller() {
        assert_eq!(ask_silence(b"", 100).await.err(), Some(Lost::Unknown));
        assert_eq!(ask_silence(b"HTTP/1.1 200 OK\r\n", 100).await.err(), Some(Lost::Unknown));
        let begun =
            ask_silence(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 50\r\n\r\n{\"err", 100).await.ok().unwrap();
        assert_eq!((begun.status.as_u16(), begun.body), (400, None), "a cut body is no body, its status counts");
        let long = ask_silence(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n0123456789", 9).await.ok().unwrap();
        assert_eq!(long.body, None, "more than allowed is not read to its end");
    }

    #[tokio::test]
    async fn plain_http_leaves_this_computer_never() {
        let http = Http::new().unwrap();
        let url = Url::parse("http://192.0.2.1/").unwrap();
        let lost = http.send(http.request(Method::GET, url), 10).await.err();
        assert_eq!(lost, Some(Lost::NotSent));
    }
}
