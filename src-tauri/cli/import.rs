//! Taking a statement file into the book.

use crate::arguments::Import;
use crate::book;
use crate::ending::{DONE, Ending};
use bank::desk::Desk;
use bank::import::{self, NotImported};
use bank::money::Currency;
use bank::statements::{self, Answers, Unread};
use serde_json::json;
use std::io::{self, Write};

/// Takes a file over, and says what was new.
pub(crate) fn import(desk: &Desk, order: &Import, json: bool) -> Result<u8, Ending> {
    let file = statements::bytes(&order.file).map_err(Ending::UnreadableFile)?;
    let accounts = desk.store.accounts(desk.clock.now())?;
    let account = order.account.as_deref().map(|name| book::account(&accounts, name)).transpose()?;
    let currency = match &order.currency {
        Some(code) => Some(code.parse::<Currency>().map_err(|_| Ending::NoSuchCurrency(code.clone()))?),
        // The account's own, where the file does not say it.
        None => account.map(|account| account.currency),
    };
    let answers = Answers { currency, ..Answers::default() };
    let into = account.map(|account| account.id);
    let done = import::import(&desk.store, &desk.clock, &file, &answers, into).map_err(|problem| match problem {
        NotImported::Failed(failure) => Ending::Failed(failure),
        problem => Ending::NotImported(problem),
    })?;
    let mut out = io::stdout().lock();
    if json {
        let (statements, added, known) = (done.statements, done.added, done.known);
        serde_json::to_writer(
            &mut out,
            &json!({ "import": { "statements": statements, "added": added, "known": known } }),
        )?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} statements: {} transactions added, {} known before.",
            done.statements, done.added, done.known
        )?;
    }
    Ok(DONE)
}

/// What to do about a file that was not taken over.
pub(crate) fn action(problem: &NotImported) -> &'static str {
    match problem {
        NotImported::UnknownAccount(_) => "Name the account with --account; `saldo-cli accounts` lists them.",
        NotImported::Unread(Unread::Currency) => "Name the currency with --currency.",
        NotImported::Unread(Unread::Columns(_) | Unread::Decimal | Unread::DayFirst) => {
            "Import it in Saldo's window, which asks what the file leaves open."
        }
        NotImported::OtherCurrency => "Name an account in the file's currency.",
        NotImported::Unread(_) | NotImported::NoPeriod | NotImported::Failed(_) => {
            "Give a camt.053, MT940, GPC or CSV file of your bank; nothing was changed."
        }
    }
}
