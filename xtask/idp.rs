//! Real identity providers on this computer: `cargo xtask idp <name>` for a person, `cargo xtask test servers` for the journeys
//! in tests/servers. Both serve the realm of tests/servers/realm.json at the paths that Everifin's Keycloak has.

mod keycloak;
mod oidc_provider;

use crate::step::{self, During, Fetched, Outcome, failed, remark, step, within};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where all of it lies: downloads, programs, logs, figures.
const FOLDER: &str = "target/idp";
/// The administrator's password. The servers are reached from this computer only, and nothing in them is anybody's.
const ADMIN: &str = "throw-away";
// What realm.json says, for the person who starts a server by hand.
const REALM: &str = "everifin_app";
const CLIENT: &str = "saldo-tests";
const SECRET: &str = "a-made-up-secret-of-the-test-client";
const USER: &str = "marta@brezan.example";
const PASSWORD: &str = "everything-here-is-invented";
/// How long a server may take to answer: for Keycloak the first time four minutes to put itself together and four to start,
/// which on an idle computer with two cores are one and a half in all.
const READY: Duration = Duration::from_secs(8 * 60);

/// The servers by name.
pub(crate) const NAMES: [&str; 2] = ["oidc-provider", "keycloak"];

/// A server that runs until this value is dropped.
struct Running {
    name: &'static str,
    version: String,
    address: String,
    child: Option<Child>,
}

/// What came of starting a server.
enum Started {
    Running(Running),
    /// What it needs cannot be fetched.
    Unreachable(String),
}

/// Serves until the person ends it.
pub(crate) fn serve(name: &str) -> Outcome {
    let mut running = match start(name)? {
        Started::Running(running) => running,
        Started::Unreachable(why) => return Err(failed(format!("{name} cannot be fetched. {why}"))),
    };
    println!(
        "\n{name} {} serves.\n\n  identity provider  {}\n  realm              {REALM}\n  client id          {CLIENT}\n  client secret      \
         {SECRET}\n  user               {USER}\n  password           {PASSWORD}\n  log                {FOLDER}/{name}.log\n\nCtrl+C \
         ends it.",
        running.version, running.address
    );
    if let Some(mut child) = running.child.take() {
        child.wait().during("waiting")?;
    }
    Ok(())
}

/// The journeys of tests/servers against the sandbox and each server that can be had.
pub(crate) fn journeys() -> Outcome {
    fs::create_dir_all(FOLDER).during(FOLDER)?;
    step("Build the journeys", 30, "cargo", &["test", "--workspace", "--no-run", "--quiet", "--test", "servers"])
        .run()?;
    let mut table =
        format!("{:<24}{:>9}{:>10}{:>9}{:>16}\n", "server", "journeys", "renewals", "callers", "token requests");
    table += &lane("sandbox, of this tree", &[], &[])?;
    for name in NAMES {
        match start(name)? {
            Started::Running(server) => {
                let own = [("SALDO_IDP", name), ("SALDO_IDP_ADDRESS", &server.address), ("SALDO_IDP_ADMIN", ADMIN)];
                // Its answers are not Keycloak's; what Saldo makes of them the journeys tell.
                let skip: &[&str] = if name == "oidc-provider" { &["--skip", "conformance"] } else { &[] };
                table += &lane(&format!("{name} {}", server.version), &own, skip)?;
            }
            Started::Unreachable(why) => {
                table += &format!("{name:<24}not run: it cannot be fetched\n");
                remark(&format!("NOT TESTED: the journeys against {name}. {why}"));
            }
        }
    }
    remark(table.trim_end());
    Ok(())
}

/// One run of the journeys; its row of the table.
fn lane(title: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome<String> {
    let figures = std::env::current_dir().during("this folder")?.join(FOLDER).join("figures");
    fs::write(&figures, "").during(figures.display())?;
    let test = [&["test", "--workspace", "--quiet", "--test", "servers", "--"], arguments].concat();
    let mut step = step(format!("Journeys: {title}"), 10, "cargo", &test).var("SALDO_FIGURES", &figures);
    for (name, value) in variables {
        step = step.var(name, value);
    }
    step.repeat("cargo xtask test servers").run()?;
    let text = fs::read_to_string(&figures).during(figures.display())?;
    let [renewals, callers, requests] = sums(&text);
    let journeys = text.lines().count();
    if journeys == 0 {
        return Err(failed(format!("{title}: no journey was made")));
    }
    Ok(format!("{title:<24}{journeys:>9}{renewals:>10}{callers:>9}{requests:>16}\n"))
}

/// The sums of three columns of numbers.
fn sums(text: &str) -> [u64; 3] {
    text.lines().fold([0; 3], |mut sums, line| {
        let numbers = line.split(' ').map(|number| number.parse::<u64>().unwrap_or_default());
        sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        sums
    })
}

fn start(name: &str) -> Outcome<Started> {
    fs::create_dir_all(FOLDER).during(FOLDER)?;
    match name {
        "keycloak" => keycloak::start(),
        "oidc-provider" => oidc_provider::start(),
        _ => Err(failed(format!("There is no identity provider `{name}`: {}.", NAMES.join(", ")))),
    }
}

impl Running {
    /// Waits until the server answers at `path`.
    fn when_ready(mut self, path: &str) -> Outcome<Started> {
        println!("\n==> Start {} {}", self.name, self.version);
        let (began, log) = (Instant::now(), format!("{FOLDER}/{}.log", self.name));
        let child = self.child.as_mut().ok_or_else(|| failed("nothing was started"))?;
        while !answers(&self.address, path) {
            let ended = child.try_wait().during("waiting")?;
            if ended.is_some() || began.elapsed() > READY {
                let said = fs::read_to_string(&log).during(&log)?;
                let why = ended.map_or("it does not answer".to_owned(), |status| status.to_string());
                return Err(failed(format!("{} did not start ({why}):\n{}", self.name, said.trim())));
            }
            sleep(Duration::from_millis(250));
        }
        println!("    it answers at {} ({} s)", self.address, began.elapsed().as_secs());
        Ok(Started::Running(self))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            step::end(child.id());
            if let Err(why) = within(Duration::from_secs(10), child) {
                eprintln!("{} has not ended: {why}", self.name);
            }
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).during("a free port")?;
    Ok(listener.local_addr().during("a free port")?.port())
}

/// Whether a plain visit is answered with 200.
fn answers(address: &str, path: &str) -> bool {
    let visit = || -> std::io::Result<bool> {
        let host = address.trim_start_matches("http://");
        let place: SocketAddr = host.parse().map_err(std::io::Error::other)?;
        let mut stream = TcpStream::connect_timeout(&place, Duration::from_secs(2))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    visit().unwrap_or(false)
}

/// Goes on only where a fetch got what it went for.
fn fetched(outcome: Fetched) -> Result<(), Started> {
    match outcome {
        Fetched::Here => Ok(()),
        Fetched::Unreachable(why) => Err(Started::Unreachable(why)),
    }
}

fn log(name: &str) -> std::path::PathBuf {
    Path::new(FOLDER).join(format!("{name}.log"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_to_a_person_stands_in_the_realm_file() {
        let realm = include_str!("../tests/servers/realm.json");
        for told in [REALM, CLIENT, SECRET, USER, PASSWORD] {
            assert!(realm.contains(&format!("\"{told}\"")), "{told}");
        }
    }

    #[test]
    fn figures_add_up() {
        assert_eq!(sums("1 0 3\n20 1000 21\n"), [21, 1000, 24]);
    }
}
