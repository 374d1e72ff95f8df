//! Things that go wrong on request.

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::Frame;
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use crate::{api::reply, shared::Shared};

/// How a request goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 401 with `INVALID_ACCESS_TOKEN`, although the token is good.
    Unauthorized,
    /// 429 with `Retry-After`.
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 500 as documented, without `meta`.
    ServerError,
    /// 502 with an HTML page, as a proxy answers.
    Html,
    /// The right answer, late.
    Slow {
        /// Milliseconds.
        millis: u64,
    },
    /// The right answer, but the connection ends in the middle of the body.
    Cut,
    /// The request is carried out, but its answer is lost: the connection ends before a byte of the body.
    Lost,
}

/// A fault that waits for its requests.
#[derive(Debug, Clone)]
struct Armed {
    fault: Fault,
    /// So many requests go well before.
    spared: u64,
    times: u64,
    path: String,
}

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Armed>);

impl Faults {
    /// Lets the next `times` requests whose path begins with `path` go wrong.
    pub(crate) fn arm(&mut self, fault: Fault, times: u64, path: &str) {
        self.arm_later(fault, 0, times, path);
    }

    /// The same after `spared` of them have gone well.
    pub(crate) fn arm_later(&mut self, fault: Fault, spared: u64, times: u64, path: &str) {
        self.0.push(Armed { fault, spared, times, path: path.to_owned() });
    }

    /// Disarms everything.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    fn take(&mut self, path: &str) -> Option<Fault> {
        let armed = self.0.iter_mut().find(|armed| armed.times > 0 && path.starts_with(&armed.path))?;
        if armed.spared > 0 {
            armed.spared -= 1;
            return None;
        }
        armed.times -= 1;
        let fault = armed.fault.clone();
        self.0.retain(|armed| armed.times > 0);
        Some(fault)
    }
}

/// Counts each request, then lets it go wrong or through; what answers says the sandbox's time.
pub(crate) async fn meddle(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = answer(&shared, request, next).await;
    let now = shared.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(now) = HeaderValue::from_str(&now) {
        response.headers_mut().insert(header::DATE, now);
    }
    response
}

async fn answer(shared: &Shared, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/control") {
        return next.run(request).await;
    }
    let fault = shared.look(|live| {
        live.count(format!("{} {path}", request.method()));
        live.faults.take(&path)
    });
    if reply::looks_malformed(request.uri()) {
        return reply::cloudflare(StatusCode::BAD_REQUEST);
    }
    match fault {
        None => next.run(request).await,
        Some(Fault::Unauthorized) => reply::invalid_token().into_response(),
        Some(Fault::RateLimited { retry_after }) => reply::too_many(retry_after),
        Some(Fault::ServerError) => reply::internal(),
        Some(Fault::Html) => reply::cloudflare(StatusCode::BAD_GATEWAY),
        Some(Fault::Slow { millis }) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            next.run(request).await
        }
        Some(Fault::Cut) => cut(next.run(request).await, false).await,
        Some(Fault::Lost) => cut(next.run(request).await, true).await,
    }
}

/// Announces the whole body, sends half of it (or nothing), and breaks the connection.
async fn cut(response: Response, at_once: bool) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let length = whole.len().max(2);
    let half = if at_once { Bytes::new() } else { whole.slice(..whole.len() / 2) };
    if let Ok(value) = HeaderValue::from_str(&length.to_string()) {
        parts.headers.insert(header::CONTENT_LENGTH, value);
    }
    if parts.status == StatusCode::NO_CONTENT {
        parts.status = StatusCode::OK;
    }
    let body = Broken { half: Some(half), pause: Box::pin(tokio::time::sleep(PAUSE)) };
    Response::from_parts(parts, Body::new(body))
}

/// Time for the first half to leave before the connection breaks.
const PAUSE: Duration = Duration::from_millis(40);

/// A body that gives what it has and then fails.
struct Broken {
    half: Option<Bytes>,
    pause: Pin<Box<tokio::time::Sleep>>,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let broken = || Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))));
        match self.half.take() {
            Some(half) if half.is_empty() => broken(),
            Some(half) => Poll::Ready(Some(Ok(Frame::data(half)))),
            None => match self.pause.as_mut().poll(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(()) => broken(),
            },
        }
    }
}
