//! One step of a task: a program that runs within a time limit, says what it does, and on failure names the command that
//! repeats it.

use std::ffi::OsStr;
use std::fmt;
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

    /// Another command to name when it fails.
    pub(crate) fn repeat(mut self, repeat: impl Into<String>) -> Self {
        self.repeat = repeat.into();
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Outcome {
        println!("\n==> {}", self.title);
        let began = Instant::now();
        let ended = self.command.spawn().during(&self.repeat).and_then(|child| {
            let limit = Duration::from_secs(self.minutes * 60);
            within(limit, child).map_err(|_| failed(format!("not done after {} minutes", self.minutes)))
        });
        let why = match ended {
            Ok(status) if status.success() => {
                let took = began.elapsed();
                println!("    {} ({})", self.title, spoken(took));
                if let Ok(mut done) = DONE.lock() {
                    done.push((self.title, took));
                }
                return Ok(());
            }
            Ok(status) => status.to_string(),
            Err(failed) => failed.0,
        };
        Err(failed(format!("FAILED: {} ({why})\nTo repeat only this:  {}", self.title, self.repeat)))
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

/// Prints how long each step took.
pub(crate) fn summary() {
    let Ok(done) = DONE.lock() else { return };
    println!();
    for (title, took) in done.iter() {
        println!("{:>10}  {title}", spoken(*took));
    }
    println!("{:>10}  together", spoken(done.iter().map(|(_, took)| *took).sum()));
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
