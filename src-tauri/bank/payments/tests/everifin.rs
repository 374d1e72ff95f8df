//! An Everifin that answers as a test says, over real HTTP, and counts what it is asked. It can also hang up after it has read
//! a request, which is how an answer gets lost.

use crate::auth::{Client, Environment, Session};
use crate::clock::Clock;
use crate::everifin::Everifin;
use crate::store::Store;
use crate::store::sample::key;
use crate::vault::{Secret, Vault};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to answer.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A status and the envelope's `data`.
    Data(u16, Value),
    /// A status and a proxy's page.
    Page(u16),
    /// A status and Everifin's own error.
    Error(u16, &'static str),
    /// Everifin's error about one field of what was sent.
    Field(&'static str),
    /// Nothing: the connection ends after the request was read.
    Cut,
    /// Nothing, and the connection stays open.
    Silence,
}

/// What was asked, without its address.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Value,
    /// The body as it came.
    pub(super) text: String,
}

#[derive(Default)]
struct Script {
    asked: Vec<Asked>,
    may_exist: usize,
    create: VecDeque<Answer>,
    process: VecDeque<Answer>,
    read: VecDeque<Answer>,
    list: VecDeque<Answer>,
    token: VecDeque<Answer>,
}

/// The server, as long as the test lives.
pub(super) struct Bank {
    base: String,
    script: Arc<Mutex<Script>>,
    /// Where the sessions of its clients keep their book.
    folders: Mutex<Vec<TempDir>>,
}

/// A page that the client may open here.
pub(super) const PAGE: &str = "http://127.0.0.1:9/bank/approve?payment=1";

/// A step that sends the owner to the bank's page.
pub(super) fn redirect(status: &str) -> Answer {
    Answer::Data(200, json!({ "id": "101", "status": status, "type": "REDIRECT", "redirectUrl": PAGE }))
}

/// A step or a payment with that status, and a type where there is one.
pub(super) fn status(status: &str, kind: Option<&str>) -> Answer {
    Answer::Data(200, json!({ "id": "101", "status": status, "type": kind }))
}

impl Bank {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(Script::default()));
        let shared = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { base, script, folders: Mutex::default() }
    }

    /// The bank of another process: only its address is known here.
    pub(super) fn elsewhere(base: String) -> Self {
        Self { base, script: Arc::default(), folders: Mutex::default() }
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// A signed-in client of this server.
    pub(super) async fn client(&self, clock: &Clock) -> Everifin {
        let environment = Environment::Custom { idp: self.base.clone(), api: self.base.clone() };
        let secret = Secret::new("client-secret".to_owned());
        let client = Client::new(&environment, "everifin_app", "saldo-test", secret, true).unwrap();
        let vault = Vault::in_memory("payments");
        vault.save_refresh_token(client.binding(), Secret::new("refresh-0".to_owned())).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (store, lock) =
            (Store::open(&folder.path().join("book.db"), &key()).unwrap(), folder.path().join("session.lock"));
        self.folders.lock().unwrap().push(folder);
        Everifin::new(Session::new(Some(client), vault, store, &lock, clock.clone()).unwrap(), clock.clone())
    }

    pub(super) fn create(&self, answer: Answer) {
        self.script.lock().unwrap().create.push_back(answer);
    }

    pub(super) fn process(&self, answer: Answer) {
        self.script.lock().unwrap().process.push_back(answer);
    }

    pub(super) fn read(&self, answer: Answer) {
        self.script.lock().unwrap().read.push_back(answer);
    }

    pub(super) fn list(&self, payments: Value) {
        self.script.lock().unwrap().list.push_back(Answer::Data(200, payments));
    }

    pub(super) fn list_answers(&self, answer: Answer) {
        self.script.lock().unwrap().list.push_back(answer);
    }

    pub(super) fn token(&self, answer: Answer) {
        self.script.lock().unwrap().token.push_back(answer);
    }

    /// Takes back the answers that nobody asked for.
    pub(super) fn forget_answers(&self) {
        let mut script = self.script.lock().unwrap();
        let (asked, may_exist) = (std::mem::take(&mut script.asked), script.may_exist);
        *script = Script { asked, may_exist, ..Script::default() };
    }

    /// How many payments a client must reckon with: requests to create one that were not refused.
    pub(super) fn may_exist(&self) -> usize {
        self.script.lock().unwrap().may_exist
    }

    /// What was asked by a method, the token endpoint aside.
    pub(super) fn asked(&self, method: &str) -> Vec<Asked> {
        let script = self.script.lock().unwrap();
        script.asked.iter().filter(|asked| asked.method == method && asked.path.starts_with("/v1/")).cloned().collect()
    }

    /// Our own id in the only payment that was created.
    pub(super) fn external_id(&self) -> String {
        let posts = self.asked("POST");
        assert_eq!(posts.len(), 1);
        posts[0].body["externalId"].as_str().unwrap().to_owned()
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>) {
    let Some(asked) = request(&mut stream).await else { return };
    let answer = {
        let mut script = script.lock().unwrap();
        script.asked.push(asked.clone());
        let (queue, usual) = match (asked.method.as_str(), asked.path.as_str()) {
            ("POST", path) if path.ends_with("/token") => (
                &mut script.token,
                Answer::Data(200, json!({ "access_token": "access", "refresh_token": "refresh-1", "expires_in": 300 })),
            ),
            ("POST", _) => (&mut script.create, Answer::Data(200, json!({ "id": 101, "status": "CREATED" }))),
            ("PATCH", _) => (&mut script.process, redirect("CREATED")),
            ("GET", path) if path.contains("/single/") || path.contains("/bulk/") => {
                (&mut script.read, status("CREATED", None))
            }
            _ => (&mut script.list, Answer::Data(200, json!([]))),
        };
        let answer = queue.pop_front().unwrap_or(usual);
        let creation = asked.method == "POST" && asked.path.starts_with("/v1/");
        script.may_exist += usize::from(creation && !matches!(answer, Answer::Error(400..500, _) | Answer::Field(_)));
        answer
    };
    let (code, kind, body) = match answer {
        Answer::Cut => return,
        Answer::Silence => return std::future::pending().await,
        Answer::Data(code, data) if asked.path.ends_with("/token") => (code, "application/json", data.to_string()),
        Answer::Data(code, data) => {
            (code, "application/json", json!({ "meta": { "status": "SUCCESS" }, "data": data }).to_string())
        }
        Answer::Page(code) => (code, "text/html", "<html><title>cloudflare</title></html>".to_owned()),
        Answer::Field(field) => (
            422,
            "application/json",
            json!({ "meta": { "status": "ERROR" }, "errors": [{
                "code": "REQUEST_VALIDATION_ERROR", "title": "Invalid body",
                "detail": { "rule": "url", "field": field, "message": "broken" },
            }] })
            .to_string(),
        ),
        Answer::Error(code, word) => (
            code,
            "application/json",
            json!({ "meta": { "status": "ERROR" }, "errors": [{ "code": word, "title": word }] }).to_string(),
        ),
    };
    let head = format!(
        "HTTP/1.1 {code} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body.as_bytes()).await;
}

/// Reads one request to its end.
async fn request(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        let mut part = [0; 4096];
        let count = stream.read(&mut part).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some(end) = text.find("\r\n\r\n") else { continue };
        let head = text[..end].to_owned();
        let length = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse().unwrap())
            })
            .unwrap_or(0);
        if bytes.len() >= end + 4 + length {
            break (head, end + 4..end + 4 + length);
        }
    };
    let mut words = head.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let text = String::from_utf8(bytes[length].to_vec()).ok()?;
    Some(Asked { method, path, body: serde_json::from_str(&text).unwrap_or(Value::Null), text })
}
