//! `oidc-provider` from npm, in a program of ours: tests/servers/oidc-provider.

use super::{ADMIN, Running, Started, fetched, free_port, log};
use crate::setup;
use crate::step::{During, Outcome, failed, step};
use std::fs::{self, File};
use std::process::{Command, Stdio};

const PROGRAM: &str = "tests/servers/oidc-provider";
/// A copy of the lock file that npm's finished work was done for.
const INSTALLED: &str = "tests/servers/oidc-provider/node_modules/.installed-for.json";

/// Installs what is missing and starts it.
pub(super) fn start() -> Outcome<Started> {
    let lock = fs::read(format!("{PROGRAM}/package-lock.json")).during("package-lock.json")?;
    if fs::read(INSTALLED).ok().as_ref() != Some(&lock) {
        let install =
            step("Install oidc-provider from the lock file", 5, setup::npm(), &["ci", "--no-audit", "--no-fund"]);
        if let Err(unreachable) = fetched(install.folder(PROGRAM).fetch(&log("oidc-provider-fetch"))?) {
            return Ok(unreachable);
        }
        fs::write(INSTALLED, lock).during(INSTALLED)?;
    }
    let port = free_port()?;
    let output = File::create(log("oidc-provider")).during("oidc-provider.log")?;
    let child = Command::new("node")
        .arg("server.mjs")
        .current_dir(PROGRAM)
        .env("SALDO_IDP_PORT", port.to_string())
        .env("SALDO_IDP_ADMIN", ADMIN)
        .stdin(Stdio::null())
        .stdout(output.try_clone().during("oidc-provider.log")?)
        .stderr(output)
        .spawn()
        .during("node")?;
    let address = format!("http://127.0.0.1:{port}");
    let running = Running { name: "oidc-provider", version: version()?, address, child: Some(child) };
    running.when_ready("/.well-known/openid-configuration")
}

/// The version that package.json pins.
fn version() -> Outcome<String> {
    let package = fs::read_to_string(format!("{PROGRAM}/package.json")).during("package.json")?;
    let pinned = package.split_once("\"oidc-provider\": \"").and_then(|(_, rest)| rest.split_once('"'));
    pinned.map(|(version, _)| version.to_owned()).ok_or_else(|| failed("package.json names no oidc-provider"))
}
