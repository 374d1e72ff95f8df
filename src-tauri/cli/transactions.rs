//! Listing transactions.

use crate::accounts::AccountName;
use crate::age::Read;
use crate::arguments::Transactions;
use crate::ending::{DONE, Ending};
use crate::rows::{self, Owners, Row};
use crate::table::{Side, Table, plain};
use bank::desk::Desk;
use bank::store::accounts::Account;
use bank::store::transactions::TransactionFilter;
use bank::store::walk::{Walk, Way};
use chrono::{DateTime, Utc};
use std::io::{self, BufWriter, Write};

/// Lists them, the newest first.
pub(crate) fn transactions(desk: &Desk, order: &Transactions, json: bool) -> Result<u8, Ending> {
    let now = desk.clock.now();
    let accounts = desk.store.accounts(now)?;
    let filter = rows::filter(&order.filter, &accounts)?;
    let limit = order.limit.unwrap_or(usize::MAX);
    let mut out = BufWriter::new(io::stdout().lock());
    if json {
        write_json(desk, filter, Way::NewestFirst, limit, &mut out)?;
        out.flush()?;
        return Ok(DONE);
    }
    let meant = of(&accounts, &filter);
    let mut table = Table::new(&[
        ("DAY", Side::Left),
        ("STATUS", Side::Left),
        ("AMOUNT", Side::Right),
        ("COUNTERPARTY", Side::Left),
        ("VS", Side::Left),
        ("MESSAGE", Side::Left),
        ("ACCOUNT", Side::Left),
    ]);
    each(desk, filter, Way::NewestFirst, limit, |row| {
        table.row(vec![
            row.day.to_string(),
            rows::status(row.status).into(),
            row.money.to_string(),
            row.counterparty,
            row.variable_symbol.unwrap_or_default(),
            row.message.unwrap_or_default(),
            row.account_name,
        ]);
        Ok(())
    })?;
    table.print(&mut out)?;
    for account in meant {
        writeln!(
            out,
            "{}, {}: read {}",
            plain(&account.bank.name),
            plain(&account.name),
            Read::of(account, now).in_words()
        )?;
    }
    out.flush()?;
    Ok(DONE)
}

/// Writes rows as one JSON document, a row a line, as they are read.
pub(crate) fn write_json(
    desk: &Desk,
    filter: TransactionFilter,
    way: Way,
    limit: usize,
    out: &mut impl Write,
) -> Result<(), Ending> {
    let now: DateTime<Utc> = desk.clock.now();
    let accounts = desk.store.accounts(now)?;
    let names: Vec<AccountName<'_>> =
        of(&accounts, &filter).into_iter().map(|account| AccountName::new(account, now)).collect();
    let order = match way {
        Way::OldestFirst => "oldest_first",
        Way::NewestFirst => "newest_first",
    };
    write!(
        out,
        "{{\"as_of\":{},\"order\":\"{order}\",\"accounts\":{},\"transactions\":[",
        serde_json::to_string(&now)?,
        serde_json::to_string(&names)?
    )?;
    let mut count = 0_usize;
    each(desk, filter, way, limit, |row| {
        write!(out, "{}", if count == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
        count += 1;
        Ok(())
    })?;
    writeln!(out, "\n],\"count\":{count}}}")?;
    Ok(())
}

/// Does something with each row, as many as there are or as are wanted.
pub(crate) fn each(
    desk: &Desk,
    filter: TransactionFilter,
    way: Way,
    limit: usize,
    mut act: impl FnMut(Row) -> Result<(), Ending>,
) -> Result<(), Ending> {
    let now = desk.clock.now();
    let owners = Owners::new(&desk.store.accounts(now)?, now);
    let (mut walk, mut left) = (Walk::begin(filter, way), limit);
    loop {
        let step = walk.step(&desk.store)?;
        if step.is_empty() || left == 0 {
            return Ok(());
        }
        for detail in step.into_iter().take(left) {
            left -= 1;
            act(owners.row(detail))?;
        }
    }
}

/// The accounts that a filter lets through.
fn of<'a>(accounts: &'a [Account], filter: &TransactionFilter) -> Vec<&'a Account> {
    let ids = &filter.accounts;
    accounts.iter().filter(|account| ids.is_empty() || ids.contains(&account.id)).collect()
}
