//! The one door to the project: `cargo xtask <what>`. README, CONTRIBUTING and CI call nothing else.

mod bench;
mod bundle;
mod checks;
mod desktop;
mod fuzz;
mod idp;
mod run;
mod setup;
mod step;

use std::path::PathBuf;
use std::process::ExitCode;
use step::Outcome;

const HELP: &str = "\
cargo xtask <what>

  run               set up, build and open Saldo; without a display, does the main job in a virtual window and
                    leaves a picture of each screen in target/screens
  test              set up and pass every test, cheapest first
  test <part>       one part of it: fmt, clippy, ui, rust, fuzz, servers, deny, e2e or package
  fuzz <target> [minutes]
                    feeds one parser of fuzz/fuzz_targets with made-up input, for a minute unless said otherwise
  simulate [syncs]  a million simulated syncs with banks of every bad habit, or as many as are said
  e2e [name]        the tests in the real window, all or those whose name contains <name>
  bench [rows ...]  how quick the store is, as ratios in one table; with 10,000, 200,000 and 1,000,000 rows unless said otherwise
  bundle [--debug]  the .deb of this computer (from the release profile, or from the tests' own build)
  desktop <program> [argument ...]
                    runs a program inside the tests' virtual desktop
  idp <name>        a real identity provider to sign in at, until Ctrl+C: keycloak or oidc-provider
  icons             makes all icons from icons/saldo.svg
  setup             only installs what is missing
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match door(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("\n{failed}");
            ExitCode::FAILURE
        }
    }
}

fn door(words: &[&str]) -> Outcome {
    std::env::set_current_dir(root()).map_err(|error| step::failed(format!("the project's folder: {error}")))?;
    match words {
        ["run"] => run::run(),
        ["test"] => checks::all(),
        ["test", part] => checks::part(part),
        ["fuzz", target] => fuzz::one(target, "1"),
        ["fuzz", target, minutes] => fuzz::one(target, minutes),
        ["simulate"] => checks::simulate("1000000"),
        ["simulate", syncs] => checks::simulate(syncs),
        ["e2e"] => checks::window(""),
        ["e2e", name] => checks::window(name),
        ["bench", sizes @ ..] => bench::run(sizes),
        ["bundle"] => bundle::release(),
        ["bundle", "--debug"] => bundle::debug().map(drop),
        ["desktop", program, arguments @ ..] => desktop::run(program, arguments),
        [desktop::INSIDE, program, arguments @ ..] => desktop::inside(program, arguments),
        ["idp", name] => idp::serve(name),
        ["icons"] => bundle::icons(),
        ["setup"] => setup::for_tests(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(step::failed(format!("`cargo xtask {}` is not known.\n\n{HELP}", words.join(" ")))),
    }
}

/// The folder with the workspace's Cargo.toml.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
