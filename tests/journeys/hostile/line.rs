//! A line between Saldo and Everifin that breaks on request. It speaks just enough HTTP to know which request it carries.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How the line breaks while it carries a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// Reset before a byte of the request was read.
    ResetUnread,
    /// Reset when the request was read; it does not reach Everifin.
    ResetUnsent,
    /// The request is taken, nothing reaches Everifin, and nothing is ever said.
    StallUnsent,
    /// Bytes that are no HTTP; nothing reaches Everifin.
    Garbage,
    /// A page of a portal, with 200; nothing reaches Everifin.
    Portal,
    /// Everifin answers, and the connection is reset before a byte of it arrives.
    ResetAfter,
    /// The status line arrives, then the end.
    CutStatus,
    /// The status and half of the headers arrive, then the end.
    CutHeaders,
    /// Everything but the last half of the body arrives.
    CutBody,
    /// The headers arrive, then nothing.
    StallBody,
    /// Everifin's answer arrives byte by byte.
    Drip,
    /// Everifin's answer arrives twice on one connection.
    Twice,
}

impl Break {
    /// Whether Everifin hears of the request.
    pub(crate) fn reaches(self) -> bool {
        !matches!(self, Self::ResetUnread | Self::ResetUnsent | Self::StallUnsent | Self::Garbage | Self::Portal)
    }

    /// Whether Saldo gets a whole answer nevertheless.
    pub(crate) fn delivers(self) -> bool {
        matches!(self, Self::Drip | Self::Twice)
    }
}

/// All but those that take as long as Saldo waits.
pub(crate) const QUICK: [Break; 10] = [
    Break::ResetUnread,
    Break::ResetUnsent,
    Break::Garbage,
    Break::Portal,
    Break::ResetAfter,
    Break::CutStatus,
    Break::CutHeaders,
    Break::CutBody,
    Break::Drip,
    Break::Twice,
];

/// Those that Saldo has to end by itself.
pub(crate) const STALLS: [Break; 2] = [Break::StallUnsent, Break::StallBody];

/// The line; it ends when this value is dropped.
pub(crate) struct Line {
    /// By which address the world knows what stands behind it.
    pub(crate) url: String,
    listener: Option<TcpListener>,
    faults: Arc<Mutex<Vec<(Break, String)>>>,
    carrying: Option<AbortHandle>,
}

impl Line {
    /// A line that leads nowhere yet.
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { url, listener: Some(listener), faults: Arc::default(), carrying: None }
    }

    /// From now on it carries requests to `server`.
    pub(crate) fn lead_to(&mut self, server: SocketAddr) {
        let listener = self.listener.take().unwrap();
        let faults = Arc::clone(&self.faults);
        let carrying = tokio::spawn(async move {
            loop {
                let Ok((client, _)) = listener.accept().await else { continue };
                // A client that goes away, or a line that broke as it should.
                tokio::spawn(carry(client, server, Arc::clone(&faults)));
            }
        });
        self.carrying = Some(carrying.abort_handle());
    }

    /// Lets the next request break so whose first line begins with `start`, such as `GET /v1/bank-accounts`.
    pub(crate) fn arm(&self, fault: Break, start: &str) {
        self.faults.lock().unwrap().push((fault, start.to_owned()));
    }

    /// Whether everything that was armed has struck.
    pub(crate) fn is_spent(&self) -> bool {
        self.faults.lock().unwrap().is_empty()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(carrying) = &self.carrying {
            carrying.abort();
        }
    }
}

/// Carries the requests of one connection, one after the other.
async fn carry(mut client: TcpStream, server: SocketAddr, faults: Arc<Mutex<Vec<(Break, String)>>>) -> io::Result<()> {
    client.set_nodelay(true)?;
    loop {
        let mut first_line = [0; 128];
        let seen = client.peek(&mut first_line).await?;
        let fault = {
            let mut faults = faults.lock().unwrap();
            let at = faults.iter().position(|(_, start)| first_line[..seen].starts_with(start.as_bytes()));
            at.map(|at| faults.remove(at).0)
        };
        if fault == Some(Break::ResetUnread) {
            return client.set_zero_linger();
        }
        let request = message(&mut client).await?;
        match fault {
            None => client.write_all(&ask(server, &request).await?).await?,
            // The connection stays open: whoever took the second one for the answer to the next request would read nonsense.
            Some(Break::Twice) => client.write_all(&ask(server, &request).await?.repeat(2)).await?,
            Some(fault) => return break_off(client, server, &request, fault).await,
        }
    }
}

async fn break_off(mut client: TcpStream, server: SocketAddr, request: &[u8], fault: Break) -> io::Result<()> {
    let answer = if fault.reaches() { ask(server, request).await? } else { Vec::new() };
    let head = end_of_head(&answer).unwrap_or_default();
    match fault {
        // Without good-bye, as a router does that has lost it.
        Break::ResetUnread | Break::ResetUnsent | Break::ResetAfter => return client.set_zero_linger(),
        Break::StallUnsent | Break::Twice => {}
        Break::Garbage => client.write_all(b"\x16\x03\x01\x00\xff\x00\r\nSSH-2.0-x\r\n\r\n").await?,
        Break::Portal => {
            let page =
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n<html>Log in</html>\r\n";
            client.write_all(page).await?;
        }
        Break::CutStatus => {
            client.write_all(&answer[..answer.iter().position(|byte| *byte == b'\r').unwrap() + 2]).await?
        }
        Break::CutHeaders => client.write_all(&answer[..head / 2]).await?,
        Break::CutBody => client.write_all(&answer[..head + (answer.len() - head) / 2]).await?,
        Break::StallBody => client.write_all(&answer[..head]).await?,
        Break::Drip => {
            for byte in answer {
                client.write_all(&[byte]).await?;
                tokio::task::yield_now().await;
            }
        }
    }
    if STALLS.contains(&fault) {
        // Until Saldo hangs up.
        while client.read(&mut [0; 64]).await? > 0 {}
    }
    client.shutdown().await
}

/// Asks the server on a connection of its own; its whole answer, as one that leaves the line open.
pub(super) async fn ask(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    let line = request.windows(2).position(|window| window == b"\r\n").unwrap_or_default() + 2;
    stream.write_all(&request[..line]).await?;
    stream.write_all(b"connection: close\r\n").await?;
    stream.write_all(&request[line..]).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let close = b"connection: close\r\n";
    if let Some(at) = answer.windows(close.len()).position(|window| window == close) {
        answer.drain(at..at + close.len());
    }
    Ok(answer)
}

/// A request with the body that its length announces.
pub(super) async fn message(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(head) = end_of_head(&message) {
            let text = String::from_utf8_lossy(&message[..head]).to_ascii_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
            if message.len() >= head + length.map_or(0, |length| length.trim().parse::<usize>().unwrap()) {
                return Ok(message);
            }
        }
        let count = stream.read(&mut chunk).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        message.extend_from_slice(&chunk[..count]);
    }
}

fn end_of_head(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}
