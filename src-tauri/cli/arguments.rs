//! The command line. Its comments are the help, the man page and the completions.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const ENDINGS: &str = "Exit codes:
  0  done
  1  something else failed: the data file, the disk, the output
  2  the command line is wrong, or names an account that is not there
  3  a sign-in is needed: not connected yet, the session has ended, or Everifin refuses the credentials
  4  synced in part: at least one account was not read
  5  locked: the passphrase is missing or wrong, or the keychain is locked or absent
  6  Everifin or the network failed: not reached, down, asked too often, or an answer that cannot be read
  7  the sign-in in the browser was not finished: denied, or too late
  8  another Saldo is at work on the same data and has not finished

An error is one line on the standard error output: a sentence and what to do, with --json (and with connect, always)
{\"error\": {\"kind\": ..., \"message\": ..., \"action\": ..., \"retry_at\": ...}}.";

/// Saldo without a window: connects, syncs, shows and exports what the banks say. It never pays.
///
/// It works on the same data as the window, and beside it at the same time. Amounts in JSON are strings, with their currency; every
/// figure comes with its age, in seconds since the bank was read; what is not known is null, never 0.
#[derive(Debug, Parser)]
#[command(name = "saldo-cli", version, after_long_help = ENDINGS, max_term_width = 120)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Print JSON instead of tables
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Keep all data in this folder, apart from the window's; its secrets have names of their own in the keychain
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Read the passphrase from the first line of a file, or with "-" from the first line of the standard input: the app lock's, or
    /// that of the sealed file in which the secrets lie where there is no keychain
    #[arg(long, global = true, value_name = "FILE", env = "SALDO_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Connect(Connect),
    /// Show the connection, the session, and how fresh each account is
    Status,
    /// Read all accounts anew
    Sync,
    /// List the accounts with their balances, and the totals
    Accounts,
    Transactions(Transactions),
    Balances(Balances),
    Export(Export),
    Import(Import),
    /// Print the man page
    Man {
        /// Write the pages of all commands into this folder instead
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Print the completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Sign in to Everifin in a browser
///
/// Prints one line of JSON, {"authorization_url": ...}, for a browser on this computer, waits until the browser comes back to
/// http://localhost, and prints a second one, {"connection": ...}. Without a client ID it signs in again with the credentials that are
/// kept. It asks for the scope "ais" only: nothing here can pay, and the window has to connect again before it can.
///
/// The client secret is read from the standard input (one line), or asked for at the terminal without showing it; it is never an
/// argument. Where the system has no keychain, the passphrase of --passphrase-file seals a file in its place.
#[derive(Debug, Args)]
pub(crate) struct Connect {
    /// "production", "stage", or the address of another Everifin: https, or http on this computer
    #[arg(long, value_name = "NAME|URL", default_value = "production")]
    pub(crate) environment: String,
    /// The identity provider, where it is not at the environment's address
    #[arg(long, value_name = "URL")]
    pub(crate) idp: Option<String>,
    /// The API, where it is not at the environment's address
    #[arg(long, value_name = "URL")]
    pub(crate) api: Option<String>,
    /// The realm
    #[arg(long, default_value = "everifin_app")]
    pub(crate) realm: String,
    /// The client ID
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Take a new secret also for a client whose secret is kept
    #[arg(long)]
    pub(crate) secret_stdin: bool,
    /// How many seconds to wait for the browser
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
}

/// Take a statement file in: camt.053, MT940, GPC (ABO) or CSV
///
/// It adds what the banks' lists do not have, such as history from before Everifin's, and changes nothing that is there. The same file
/// taken in again adds nothing. In the window its change-set can be looked at and undone.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file
    pub(crate) file: PathBuf,
    /// The account that it belongs to, where the file does not say so: its IBAN or its number in the list of accounts
    #[arg(long, value_name = "IBAN|ID")]
    pub(crate) account: Option<String>,
    /// The currency of a file that does not say it
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
}

/// Money in or out, seen from the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    /// Money that came in
    In,
    /// Money that went out
    Out,
}

/// Which transactions.
#[derive(Debug, Args)]
pub(crate) struct Filter {
    /// Only of this account: its IBAN or its number in the list of accounts. May be given more than once
    #[arg(long, value_name = "IBAN|ID")]
    pub(crate) account: Vec<String>,
    /// From this booking date on, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<NaiveDate>,
    /// Up to this booking date, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<NaiveDate>,
    /// Words that all occur in name, symbols, IBAN, message, note or amount
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    /// Only money in, or only money out
    #[arg(long)]
    pub(crate) direction: Option<Direction>,
}

/// List transactions, the newest first
///
/// Pending, rejected and cancelled rows are listed too and say so in their status; only booked ones are part of the booked balance. A
/// pending row stands at its value date, or at the day on which Saldo first saw it.
#[derive(Debug, Args)]
pub(crate) struct Transactions {
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    pub(crate) limit: Option<usize>,
}

/// List the booked balance at the end of each day
///
/// A day is known only if every account that is meant is: not before its history begins, and not after it was last read. Days that are
/// not known are null, with the reason.
#[derive(Debug, Args)]
pub(crate) struct Balances {
    /// Of this account: its IBAN or its number in the list of accounts
    #[arg(long, value_name = "IBAN|ID", required_unless_present = "currency", conflicts_with = "currency")]
    pub(crate) account: Option<String>,
    /// Of all accounts in this currency together
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// From this day on, YYYY-MM-DD; else from where the history begins
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<NaiveDate>,
    /// Up to this day, YYYY-MM-DD; else up to today
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<NaiveDate>,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Commas, decimal points, UTF-8
    Csv,
    /// For spreadsheets in Slovak, Czech or German: semicolons, decimal commas, UTF-8 with a mark
    CsvExcel,
    /// JSON as by "transactions --json"
    Json,
}

/// Write transactions into a file, the oldest first
///
/// In CSV a text that a spreadsheet would take for a formula begins with an apostrophe.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    /// The file; it is replaced once the export is whole. Else the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
