//! One step of a task: a program that runs within a time limit, says what it does, and on failure names the command that
//! repeats it.

use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Why a task did not come to its end, as text for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failed(String);

/// What a task answers.
pub(crate) type Outcome<T = ()> = Result<T, Failed>;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A failure with its explanation.
pub(crate) fn failed(text: impl Into<String>) -> Failed {
    Failed(text.into())
}

/// Names what was being done when the system refused.
pub(crate) trait During<T> {
    /// Puts `what` in front of the system's own words.
    fn during(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T> During<T> for std::io::Result<T> {
    fn during(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| failed(format!("{what}: {error}")))
    }
}

/// The steps done so far and how long each took, for the table at the end.
static DONE: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// What the person should know although nothing failed.
static REMARKS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Whether a step that needs the network got what it went for.
pub(crate) enum Fetched {
    /// It is here.
    Here,
    /// The network, or the place it comes from, cannot be reached; with what the program said.
    Unreachable(String),
}

/// What programs say when it is the network that fails: by name, by connection, or by a gateway that lets nothing through.
const NO_NETWORK: &[&str] = &[
    "unknown host",
    "unknownhost",
    "name or service not known",
    "temporary failure",
    "could not resolve host",
    "could not connect",
    "connection refused",
    "connection reset",
    "connection timed out",
    "connect timed out",
    "read timed out",
    "network is unreachable",
    "no route to host",
    "reason phrase: forbidden",
    "e403",
    "eai_again",
    "econnrefused",
    "econnreset",
    "enetunreach",
    "enotfound",
    "etimedout",
];

/// A program to be run, with a title for people and a limit in minutes.
pub(crate) struct Step {
    title: String,
    minutes: u64,
    command: Command,
    repeat: String,
}

/// A step that runs `program` with `arguments`. Its repeat command is the line itself until [`Step::repeat`] says otherwise.
pub(crate) fn step(
    title: impl Into<String>,
    minutes: u64,
    program: impl AsRef<OsStr>,
    arguments: &[impl AsRef<OsStr>],
) -> Step {
    let mut command = Command::new(&program);
    command.args(arguments);
    let repeat = line(&command);
    Step { title: title.into(), minutes, command, repeat }
}

impl Step {
    /// In another folder than the project's.
    pub(crate) fn folder(mut self, folder: &str) -> Self {
        self.command.current_dir(folder);
        self.repeat = format!("(cd {folder} && {})", self.repeat);
        self
    }

    /// With a variable in its environment.
    pub(crate) fn var(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// With all that it says in a file.
    pub(crate) fn log(mut self, path: &Path) -> Outcome<Self> {
        let file = File::create(path).during(path.display())?;
        self.command.stdout(file.try_clone().during(path.display())?).stderr(file);
        Ok(self)
    }

    /// Another command to name when it fails.
    pub(crate) fn repeat(mut self, repeat: impl Into<String>) -> Self {
        self.repeat = repeat.into();
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Outcome {
        self.attempt().map_err(|why| self.failure(&why))
    }

    /// Runs a step that fetches something. What it prints goes to `log`. Only a network that cannot be reached is no failure: a
    /// file that is not what it should be, or a program that does not work, is.
    pub(crate) fn fetch(self, log: &Path) -> Outcome<Fetched> {
        let mut this = self.log(log)?;
        let Err(why) = this.attempt() else { return Ok(Fetched::Here) };
        let said = std::fs::read_to_string(log).during(log.display())?;
        let unreachable = |line: &&str| {
            let line = line.to_lowercase();
            NO_NETWORK.iter().any(|words| line.contains(words))
        };
        match said.lines().find(unreachable) {
            Some(line) => Ok(Fetched::Unreachable(format!("{}: {}", this.title, line.trim()))),
            None => Err(this.failure(&format!("{why}\n{}", said.trim()))),
        }
    }

    fn attempt(&mut self) -> Outcome {
        println!("\n==> {}", self.title);
        let began = Instant::now();
        let child = self.command.spawn().during(&self.repeat)?;
        let status = within(Duration::from_secs(self.minutes * 60), child)
            .map_err(|_| failed(format!("not done after {} minutes", self.minutes)))?;
        if !status.success() {
            return Err(failed(status.to_string()));
        }
        let took = began.elapsed();
        println!("    {} ({})", self.title, spoken(took));
        if let Ok(mut done) = DONE.lock() {
            done.push((self.title.clone(), took));
        }
        Ok(())
    }

    fn failure(&self, why: &impl fmt::Display) -> Failed {
        failed(format!("FAILED: {} ({why})\nTo repeat only this:  {}", self.title, self.repeat))
    }
}

/// Says something now, and again at the end.
pub(crate) fn remark(text: &str) {
    println!("\n{text}");
    if let Ok(mut remarks) = REMARKS.lock() {
        remarks.push(text.to_owned());
    }
}

/// What a program prints, when it ends well; for questions such as a version.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Waits for the end of `child`, at most `limit`. After that it and everything it started is ended.
pub(crate) fn within(limit: Duration, mut child: Child) -> Outcome<ExitStatus> {
    let id = child.id();
    let (tell, told) = mpsc::channel();
    let waiter = std::thread::spawn(move || tell.send(child.wait()));
    let ended = told.recv_timeout(limit);
    if let Err(RecvTimeoutError::Timeout) = ended {
        end(id);
    }
    let _ = waiter.join();
    match ended {
        Ok(status) => status.during("waiting"),
        Err(_) => Err(failed("time limit")),
    }
}

/// Ends a process and its descendants, each by its id, youngest first.
pub(crate) fn end(id: u32) {
    let mut family = vec![id];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        let children = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        let children = children.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        family.extend(children.flat_map(|ids| ids.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<u32>>()));
        next += 1;
    }
    let ids: Vec<String> = family.iter().rev().map(u32::to_string).collect();
    let ended = if cfg!(windows) {
        Command::new("taskkill").args(["/T", "/F", "/PID", &id.to_string()]).stderr(Stdio::null()).status()
    } else {
        Command::new("kill").arg("-KILL").args(&ids).stderr(Stdio::null()).status()
    };
    if let Err(error) = ended {
        eprintln!("process {id} could not be ended: {error}");
    }
}

/// Prints how long each step took, and what else there is to know.
pub(crate) fn summary() {
    let Ok(done) = DONE.lock() else { return };
    println!();
    for (title, took) in done.iter() {
        println!("{:>10}  {title}", spoken(*took));
    }
    println!("{:>10}  together", spoken(done.iter().map(|(_, took)| *took).sum()));
    if let Ok(remarks) = REMARKS.lock() {
        remarks.iter().for_each(|remark| println!("\n{remark}"));
    }
}

fn spoken(took: Duration) -> String {
    match took.as_secs() {
        0 => format!("{} ms", took.as_millis()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn fetch(said: &str, code: u8) -> Outcome<Fetched> {
        let log = std::env::temp_dir().join(format!("saldo-fetch-{}-{code}-{}.log", std::process::id(), said.len()));
        let outcome = step("Fetch", 1, "sh", &["-c", &format!("echo '{said}'; exit {code}")]).fetch(&log);
        std::fs::remove_file(log).unwrap();
        outcome
    }

    #[test]
    fn only_a_network_that_cannot_be_reached_is_no_failure() {
        assert!(matches!(fetch("done", 0), Ok(Fetched::Here)));
        for said in [
            "[ERROR] Could not transfer artifact a:b:zip:1 from/to central: Connect to host: Connection refused",
            "[ERROR] Unknown host repository: Name or service not known",
            "npm error code ECONNREFUSED",
            "npm error code EAI_AGAIN",
            "E: Failed to fetch: Temporary failure resolving the name",
        ] {
            match fetch(said, 1) {
                Ok(Fetched::Unreachable(why)) => assert!(why.contains(said), "{why}"),
                Ok(Fetched::Here) => panic!("{said}: it is not here"),
                Err(failed) => panic!("{failed}"),
            }
        }
        for said in [
            "[ERROR] Could not transfer artifact a:b:zip:1: Checksum validation failed, expected 1 but is 2",
            "[ERROR] Could not find artifact a:b:zip:1 in central",
            "npm error code EINTEGRITY",
            "npm error code E404",
            "",
        ] {
            let failed = fetch(said, 1).err().unwrap().to_string();
            assert!(failed.contains(said), "{failed}");
        }
    }
}
