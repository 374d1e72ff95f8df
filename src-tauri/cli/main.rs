//! `saldo-cli`: Saldo's core without a window, for scripts and accountants. It never pays.
//!
//! Each command opens the book, does one thing, and ends. What people read goes to the standard output as a table or as JSON; progress
//! and failures to the standard error output. The exit codes stand in `arguments`, what leads to them in `ending`.

mod accounts;
mod age;
mod arguments;
mod balances;
mod book;
mod connect;
mod csv;
mod ending;
mod export;
mod import;
mod manual;
mod rows;
mod secrets;
mod status;
mod sync;
mod table;
mod transactions;

use arguments::{Arguments, Command, Common};
use bank::clock::Clock;
use bank::crash;
use book::Begin;
use clap::Parser;
use ending::{DONE, Ending};
use std::process::ExitCode;

fn main() -> ExitCode {
    crash::leave_no_cores();
    crash::tell_places();
    let Arguments { common, command } = Arguments::parse();
    // A script that connects reads lines of JSON; its failure is one as well.
    let json = common.json || matches!(command, Command::Connect(_));
    let code = match run(&common, command) {
        Ok(code) => code,
        Err(ending) => ending.tell(json),
    };
    ExitCode::from(code)
}

fn run(common: &Common, command: Command) -> Result<u8, Ending> {
    match command {
        Command::Man { into } => manual::pages(into.as_deref()),
        Command::Completions { shell } => manual::completions(shell),
        command => {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            runtime.block_on(with_book(common, command))
        }
    }
}

async fn with_book(common: &Common, command: Command) -> Result<u8, Ending> {
    let begin = if matches!(command, Command::Connect(_)) { Begin::New } else { Begin::Never };
    let desk = book::open(common, clock(), begin).await?;
    let json = common.json;
    match command {
        Command::Connect(order) => connect::connect(&desk, order).await,
        Command::Status => status::status(&desk, json).await,
        Command::Sync => sync::sync(&desk, json).await,
        Command::Accounts => accounts::accounts(&desk, json),
        Command::Transactions(order) => transactions::transactions(&desk, &order, json),
        Command::Balances(order) => balances::balances(&desk, &order, json),
        Command::Export(order) => export::export(&desk, &order),
        Command::Import(order) => import::import(&desk, &order, json),
        // They need no book.
        Command::Man { .. } | Command::Completions { .. } => Ok(DONE),
    }
}

/// The computer's clock. A development build takes the moment in `SALDO_NOW` (RFC 3339), where there is one, to replay a day.
fn clock() -> Clock {
    let replayed = if cfg!(debug_assertions) { std::env::var("SALDO_NOW").ok() } else { None };
    match replayed.and_then(|moment| moment.parse().ok()) {
        Some(moment) => Clock::from_fn(move || moment),
        None => Clock::system(),
    }
}
