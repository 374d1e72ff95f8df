//! Keycloak out of its distribution for servers, in development mode, with everything in memory.

use super::{ADMIN, FOLDER, READY, Running, Started, fetched, free_port, log};
use crate::setup;
use crate::step::{During, Outcome, answer, failed, step};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The newest release of `org.keycloak:keycloak-quarkus-dist` by Maven Central's own account; runs on Java 17.
const VERSION: &str = "26.7.3";
/// Its zip, to the bit: a part of a download, or another file under the same name, is not unpacked.
const SHA_256: &str = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f";
/// What it takes to fetch and run it: the program, how to ask for its version, Debian's package.
const PROGRAMS: [(&str, &str, &str); 3] =
    [("java", "-version", "default-jre-headless"), ("mvn", "--version", "maven"), ("unzip", "-v", "unzip")];

/// Fetches what is missing and starts it.
pub(super) fn start() -> Outcome<Started> {
    let missing = PROGRAMS.iter().filter(|(program, version, _)| answer(program, &[version]).is_none());
    let missing: Vec<&str> = missing.map(|(.., package)| *package).collect();
    if let Err(unreachable) = fetched(setup::extra(&missing, &log("keycloak-fetch"))?) {
        return Ok(unreachable);
    }
    let home = match home()? {
        Ok(home) => home,
        Err(unreachable) => return Ok(unreachable),
    };
    let import = home.join("data/import");
    fs::create_dir_all(&import).during(import.display())?;
    fs::copy("tests/servers/realm.json", import.join("realm.json")).during("realm.json")?;
    let port = free_port()?;
    let output = File::create(log("keycloak")).during("keycloak.log")?;
    let child = Command::new(home.join("bin").join(if cfg!(windows) { "kc.bat" } else { "kc.sh" }))
        .args(["start-dev", "--import-realm", "--db", "dev-mem", "--http-host", "127.0.0.1"])
        .args(["--http-relative-path", "/auth", "--http-port", &port.to_string()])
        // On a busy computer even a database in memory may need longer than the usual ten seconds to answer.
        .args(["--db-connect-timeout", "60s"])
        // By the environment: an argument could be read by everybody on this computer.
        .env("KC_BOOTSTRAP_ADMIN_USERNAME", "admin")
        .env("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN)
        .stdin(Stdio::null())
        .stdout(output.try_clone().during("keycloak.log")?)
        .stderr(output)
        .spawn()
        .during("Keycloak")?;
    println!("Keycloak may take up to {} minutes to start.", READY.as_secs() / 60);
    let address = format!("http://127.0.0.1:{port}");
    let running = Running { name: "keycloak", version: VERSION.to_owned(), address, child: Some(child) };
    running.when_ready("/auth/realms/everifin_app/.well-known/openid-configuration").inspect_err(|_| {
        // Ended while it put itself together, it would be broken for good: the next time it is unpacked anew.
        if let Err(error) = fs::remove_dir_all(&home) {
            eprintln!("{} could not be removed: {error}", home.display());
        }
    })
}

/// The unpacked distribution.
fn home() -> Outcome<Result<PathBuf, Started>> {
    let home = Path::new(FOLDER).join(format!("keycloak-{VERSION}"));
    if home.exists() {
        return Ok(Ok(home));
    }
    let zip = Path::new(FOLDER).join(format!("keycloak-quarkus-dist-{VERSION}.zip"));
    if !zip.exists() {
        let artifact = format!("-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:zip");
        let target = format!("-DoutputDirectory={FOLDER}");
        let words = ["-B", "-q", "--strict-checksums", "dependency:copy", &artifact, &target];
        let fetch =
            step(format!("Fetch Keycloak {VERSION}"), 15, if cfg!(windows) { "mvn.cmd" } else { "mvn" }, &words);
        if let Err(unreachable) = fetched(fetch.fetch(&log("keycloak-fetch"))?) {
            return Ok(Err(unreachable));
        }
    }
    let name = zip.display().to_string();
    let digest = answer("sha256sum", &[&name]).or_else(|| answer("shasum", &["-a", "256", &name]));
    let digest = digest.ok_or_else(|| failed("Neither sha256sum nor shasum is there to check the download with."))?;
    if !digest.starts_with(SHA_256) {
        fs::remove_file(&zip).during(&name)?;
        return Err(failed(format!(
            "The downloaded Keycloak is damaged or another one: {digest}\nIt was removed. Should it come again, remove \
             Maven's own copy of org.keycloak:keycloak-quarkus-dist:{VERSION} too."
        )));
    }
    let unpacking = Path::new(FOLDER).join("unpacking");
    if unpacking.exists() {
        fs::remove_dir_all(&unpacking).during(unpacking.display())?;
    }
    step("Unpack Keycloak", 5, "unzip", &["-q".as_ref(), zip.as_os_str(), "-d".as_ref(), unpacking.as_os_str()])
        .run()?;
    // Moved in one step: a half unpacked one is never taken for whole.
    fs::rename(unpacking.join(format!("keycloak-{VERSION}")), &home).during(home.display())?;
    fs::remove_dir(&unpacking).during(unpacking.display())?;
    Ok(Ok(home))
}
