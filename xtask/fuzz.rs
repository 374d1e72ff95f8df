//! The parsers of what comes from outside, under libFuzzer. Built on stable Rust with the compiler's own coverage pass: neither
//! a nightly compiler nor a program to be installed is needed, only a C++ compiler for libFuzzer itself.

use crate::step::{During, Fetched, Outcome, answer, failed, remark, step};
use std::fs;
use std::path::{Path, PathBuf};

/// How often each target is executed among the tests, and how long that may take at the most.
const EXECUTIONS: u64 = 20_000;
const SECONDS: u64 = 20;
/// Where everything is kept that a run makes; `fuzz/corpus` is read and never written.
const FOLDER: &str = "target/fuzz";
/// What `cargo fuzz` passes, but for the sanitizer, which only a nightly compiler has: the code is without `unsafe` anyhow.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Each target a number of times from its corpus, always with the same dice: what passes here passes everywhere. New ground is
/// for `cargo xtask fuzz`.
pub(crate) fn every() -> Outcome {
    if let Some(missing) = missing()? {
        remark(&format!(
            "The parsers are not fuzzed here: {missing} Their corpus is read by the Rust tests all the same."
        ));
        return Ok(());
    }
    let programs = build()?;
    let mut table = Vec::new();
    for target in targets()? {
        let executions = run(&programs, &target, SECONDS, &["-seed=1".to_owned(), format!("-runs={EXECUTIONS}")])?;
        table.push(format!("{executions:>12}  {target}"));
    }
    remark(&format!("Executions of the fuzzers without a crash:\n{}", table.join("\n")));
    Ok(())
}

/// One target for as long as is said.
pub(crate) fn one(target: &str, minutes: &str) -> Outcome {
    if let Some(missing) = missing()? {
        return Err(failed(missing));
    }
    let known = targets()?;
    if !known.iter().any(|name| name == target) {
        return Err(failed(format!("There is no fuzz target `{target}`: {}.", known.join(", "))));
    }
    let minutes: u64 = minutes.parse().map_err(|_| failed(format!("`{minutes}` is no number of minutes.")))?;
    let executions = run(&build()?, target, minutes * 60, &[])?;
    println!("\n{executions} executions without a crash.");
    Ok(())
}

/// What keeps the fuzzers from running here.
fn missing() -> Outcome<Option<String>> {
    if !cfg!(target_os = "linux") {
        return Ok(Some("they are set up for Linux.".to_owned()));
    }
    if answer("c++", &["--version"]).is_none() {
        return Ok(Some("libFuzzer needs a C++ compiler, and `c++` is not found.".to_owned()));
    }
    fs::create_dir_all(FOLDER).during(FOLDER)?;
    let words = ["fetch", "--manifest-path", "fuzz/Cargo.toml"];
    let fetched = step("Fetch what the fuzzers are made of", 10, "cargo", &words);
    Ok(match fetched.fetch(&Path::new(FOLDER).join("fetch.log"))? {
        Fetched::Here => None,
        Fetched::Unreachable(why) => Some(format!("libFuzzer could not be fetched ({why}).")),
    })
}

fn targets() -> Outcome<Vec<String>> {
    let files = fs::read_dir("fuzz/fuzz_targets").during("fuzz/fuzz_targets")?.flatten();
    let mut names: Vec<String> = files.filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// Builds all targets; the folder with the programs.
fn build() -> Outcome<PathBuf> {
    let version = answer("rustc", &["-vV"]).unwrap_or_default();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| failed("`rustc` does not say for which system it builds."))?;
    // With a target named, what runs while compiling is built without the coverage pass.
    let words = ["build", "--manifest-path", "fuzz/Cargo.toml", "--bins", "--quiet", "--target", host];
    step("Build the fuzzers", 30, "cargo", &words)
        .var("CARGO_TARGET_DIR", FOLDER)
        .var("RUSTFLAGS", COVERAGE)
        .repeat("cargo xtask test fuzz")
        .run()?;
    Ok(Path::new(FOLDER).join(host).join("debug"))
}

/// Runs one target; how often it was executed.
fn run(programs: &Path, target: &str, seconds: u64, more: &[String]) -> Outcome<u64> {
    let [found, crashes] = ["found", "crashes"].map(|what| format!("{FOLDER}/{what}/{target}"));
    for folder in [&found, &crashes] {
        fs::create_dir_all(folder).during(folder)?;
    }
    let log = format!("{FOLDER}/{target}.log");
    let bounds = [
        format!("-max_total_time={seconds}"),
        "-timeout=5".to_owned(),
        "-rss_limit_mb=1024".to_owned(),
        "-print_final_stats=1".to_owned(),
        format!("-artifact_prefix={crashes}/"),
        found,
        format!("fuzz/corpus/{target}"),
    ];
    let words = [more, &bounds].concat();
    let fuzz = step(format!("Fuzz {}", target.replace('_', " ")), seconds / 60 + 5, programs.join(target), &words);
    let ended = fuzz.log(Path::new(&log))?.repeat(format!("cargo xtask fuzz {target} 1")).run();
    let said = fs::read(&log).during(&log)?;
    let said = String::from_utf8_lossy(&said);
    if let Err(why) = ended {
        let tail: Vec<&str> = said.lines().rev().take(25).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        return Err(failed(format!("{}\n{why}\nThe input is in {crashes}.", tail.join("\n"))));
    }
    let count = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    count
        .and_then(|count| count.trim().parse().ok())
        .ok_or_else(|| failed(format!("{log} does not say how often it ran.")))
}
