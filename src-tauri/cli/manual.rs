//! The man pages and the completions, out of the command line itself.

use crate::arguments::Arguments;
use crate::ending::{DONE, Ending};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};
use std::path::Path;

/// Prints the main page, or writes those of all commands into a folder.
pub(crate) fn pages(into: Option<&Path>) -> Result<u8, Ending> {
    match into {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            clap_mangen::generate_to(Arguments::command(), folder)?;
        }
        None => clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout().lock())?,
    }
    Ok(DONE)
}

/// Prints the completions.
pub(crate) fn completions(shell: Shell) -> Result<u8, Ending> {
    // The generator does not stand a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "saldo-cli", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(DONE)
}
