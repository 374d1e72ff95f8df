//! A script on a computer without a keychain, with a data folder, a passphrase in a file, and a browser beside it.

use crate::person::{Person, Reached};
use chrono::{DateTime, Utc};
use sandbox::Sandbox;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The moment at which all this happens.
pub(crate) const NOW: &str = "2026-11-18T09:00:00Z";
/// What seals the secrets.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

pub(crate) struct Script {
    pub(crate) everifin: Sandbox,
    pub(crate) folder: TempDir,
}

/// A `connect` that has printed its first line.
pub(crate) struct Connecting {
    pub(crate) child: Child,
    pub(crate) address: String,
    lines: Lines<BufReader<ChildStdout>>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ended {
    /// The one document on the standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The kind in the last line of the standard error output.
    #[track_caller]
    pub(crate) fn kind(&self) -> String {
        let line: Value = serde_json::from_str(self.err.lines().last().unwrap_or_default())
            .unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let error = &line["error"];
        assert!(error["message"].as_str().unwrap().ends_with('.') && error["action"].as_str().unwrap().len() > 5);
        error["kind"].as_str().unwrap().to_owned()
    }
}

impl Script {
    pub(crate) async fn new() -> Self {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let everifin = Sandbox::builder().seed(7).clock(move || now).start().await.unwrap();
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Self { everifin, folder }
    }

    /// Connected and synced once.
    pub(crate) async fn synced() -> Self {
        let script = Self::new().await;
        script.sign_in().await;
        let synced = script.run(&["sync", "--json"]).await;
        assert_eq!(synced.code, 0, "{synced:?}");
        script
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The program with arguments, on this computer.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_saldo-cli"));
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(self.data())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("SALDO_PASSPHRASE_FILE", self.folder.path().join("passphrase"))
            .env("SALDO_NOW", NOW)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().await.unwrap().into()
    }

    /// Begins to connect with a secret on the standard input; waits for the address.
    pub(crate) async fn begin(&self, secret: &str, more: &[&str]) -> Connecting {
        let mut child = self.connect(more).spawn().unwrap();
        let line = format!("{secret}\n");
        child.stdin.take().unwrap().write_all(line.as_bytes()).await.unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(first) = lines.next_line().await.unwrap() else {
            panic!("no address: {:?}", Ended::from(child.wait_with_output().await.unwrap()))
        };
        let first: Value = serde_json::from_str(&first).unwrap();
        Connecting { child, lines, address: first["authorization_url"].as_str().unwrap().to_owned() }
    }

    /// `connect` with the sandbox's client; its standard input is open.
    pub(crate) fn connect(&self, more: &[&str]) -> Command {
        let (url, realm, client) = (self.everifin.idp_url(), self.everifin.realm(), self.everifin.client_id());
        let mut arguments = vec!["connect", "--environment", url, "--realm", realm, "--client-id", client];
        arguments.extend(more);
        let mut command = self.command(&arguments);
        command.stdin(Stdio::piped());
        command
    }

    /// The whole of it.
    pub(crate) async fn sign_in(&self) -> Value {
        let connecting = self.begin(self.everifin.client_secret(), &[]).await;
        browse(&connecting.address, "decision=accept").await;
        let (ended, last) = connecting.end().await;
        assert_eq!(ended.code, 0, "{ended:?}");
        last
    }
}

impl Connecting {
    /// Waits for its end; the last line that it printed, null if there was none.
    pub(crate) async fn end(mut self) -> (Ended, Value) {
        let mut last = Value::Null;
        while let Some(line) = self.lines.next_line().await.unwrap() {
            assert_eq!(last, Value::Null, "two lines in all");
            last = serde_json::from_str(&line).unwrap();
        }
        (self.child.wait_with_output().await.unwrap().into(), last)
    }
}

/// The person at the browser: signs in and presses this button.
pub(crate) async fn browse(address: &str, decision: &str) {
    let mut person = Person::new();
    let mut reached = person.visit(address).await;
    loop {
        let Reached::Page(page) = reached else { panic!("the loopback way does not leave the browser") };
        if page.address.as_str().starts_with("http://localhost") {
            assert!(page.html.contains("Saldo"), "{}", page.html);
            return;
        }
        reached = if page.html.contains("name=\"password\"") {
            let typed = [("username", sandbox::OWNER_LOGIN), ("password", sandbox::OWNER_PASSWORD)];
            person.submit(&page, "", &typed).await
        } else {
            person.submit(&page, decision, &[]).await
        };
    }
}
