//! A place that several Saldos share: a folder with a book and a keychain of files, and an identity provider that rotates.

use super::other::{self, HOME, IDP, SAYS};
use super::rotating::{Rotating, number, refresh};
use super::{ANY, Session};
use crate::auth::token::Tokens;
use crate::clock::Clock;
use crate::settings::{Language, Settings};
use crate::store::Store;
use crate::store::renewal::Renewal;
use crate::vault::{Secret, StoredToken};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tempfile::TempDir;
use wiremock::MockServer;

pub(super) struct Place {
    store: Store,
    folder: TempDir,
    server: MockServer,
    pub(super) rotating: Rotating,
}

/// Another Saldo that runs; killed when dropped.
pub(super) struct Other {
    child: Child,
    said: mpsc::Receiver<String>,
}

impl Place {
    /// The owner has signed in, and Saldo has renewed so many times since.
    pub(super) async fn after(renewals: u64) -> Self {
        let server = MockServer::start().await;
        let rotating = Rotating::on(&server).await;
        let folder = tempfile::tempdir().unwrap();
        let place = Self { store: other::store(folder.path()), folder, server, rotating };
        // What must never be lost with a session.
        let settings = Settings { language: Language::Sk, ..Settings::default() };
        place.store.save_settings(&settings).unwrap();
        place.keep(refresh(0)).await;
        for _ in 0..renewals {
            place.session().access(ANY).await.unwrap();
        }
        place
    }

    pub(super) fn home(&self) -> &Path {
        self.folder.path()
    }

    /// A session in this process.
    pub(super) fn session(&self) -> Arc<Session> {
        other::session(self.home(), &self.server.uri(), Clock::system(), Duration::from_secs(30))
    }

    /// The owner signs in again.
    pub(super) async fn sign_in(&self) {
        let number = self.rotating.sign_in();
        self.keep(refresh(number)).await;
    }

    async fn keep(&self, token: String) {
        let access = Secret::new("access-of-the-sign-in".into());
        let tokens =
            Tokens { access, refresh: Some(Secret::new(token)), life: Duration::from_secs(300), refresh_life: None };
        self.session().adopt(tokens).await.unwrap();
    }

    /// The token in the keychain.
    pub(super) async fn kept(&self) -> StoredToken {
        let binding = other::client(&self.server.uri()).binding();
        other::vault(self.home()).refresh_token(binding).await.unwrap().unwrap()
    }

    /// Its number at the identity provider.
    pub(super) async fn kept_number(&self) -> u64 {
        number(self.kept().await.token.expose())
    }

    /// What the book knows; the book itself must be sound, and the owner's data in it.
    pub(super) fn book(&self) -> Renewal {
        let check = "PRAGMA integrity_check";
        let verdict: String = self.store.read(|book| Ok(book.query_row(check, [], |row| row.get(0))?)).unwrap();
        assert_eq!(verdict, "ok");
        assert_eq!(self.store.settings().unwrap().language, Language::Sk);
        self.store.renewal().unwrap()
    }

    /// Starts another Saldo here.
    pub(super) fn start(&self, orders: &[(&str, &str)]) -> Other {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["auth::session::tests::other::is_another_saldo", "--exact", "--nocapture"])
            .env(HOME, self.home())
            .env(IDP, self.server.uri())
            .envs(orders.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (saying, said) = mpsc::channel();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Ends with the process.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(text) = line.strip_prefix(SAYS) {
                    let _ = saying.send(text.to_owned());
                }
            }
        });
        Other { child, said }
    }
}

impl Other {
    /// The next thing it says.
    pub(super) fn says(&self) -> String {
        self.said.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|error| panic!("it says nothing: {error}"))
    }

    /// Waits until it says this, whatever it says before.
    pub(super) fn will_say(&self, text: &str) {
        while self.says() != text {}
    }

    /// Lets it go on from where it stopped.
    pub(super) fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    /// Sends it a signal, such as `-STOP`.
    pub(super) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// `kill -9`.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Everything that it has still to say until its end.
    pub(super) fn rest(mut self) -> Vec<String> {
        let mut rest = Vec::new();
        loop {
            match self.said.recv_timeout(Duration::from_secs(60)) {
                Ok(text) => rest.push(text),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => panic!("it does not end, and said {rest:?}"),
            }
        }
        self.child.wait().unwrap();
        rest
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
