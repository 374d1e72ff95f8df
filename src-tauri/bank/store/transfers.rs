//! Transfers between the owner's own accounts: two rows that are one movement, paired so that neither is income nor expense.
//!
//! A pair needs evidence: one of the rows names the account of the other. The amounts are the same, or the one is what the other says
//! it was in the original currency, or both are in different currencies and nothing else fits. Fees between them are shown.

use super::accounts::AccountId;
use super::entry::{self, Entry, first_key};
use super::transactions::TransactionId;
use super::{Fault, to_day};
use crate::money::Money;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;
use specta::Type;

/// Days that may lie between the two rows of a transfer.
const DAYS_APART: i64 = 5;

/// The other row of a transfer between own accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// The other row.
    pub other: TransactionId,
    /// The name of its account.
    pub account_name: String,
    /// Its signed amount.
    pub amount: Money,
    /// What was lost on the way, positive; none where the currencies differ and no row says the amount in the other's.
    pub difference: Option<Money>,
}

/// Looks for the other row of one that came or changed, and pairs the two.
pub(super) fn pair(book: &Transaction<'_>, account: AccountId, id: u32) -> Result<(), Fault> {
    let Some(row) = entry::by_id(book, id)? else { return Ok(()) };
    if !countable(&row) || row.facts.amount == 0 || paired(book, id)? {
        return Ok(());
    }
    let own: Option<String> =
        book.prepare_cached("SELECT iban FROM account WHERE id = ?")?.query_row([account.0], |row| row.get(0))?;
    // Those that name this account, and those of the account that this one names.
    let mut others = Vec::new();
    let days = (first_key(row.day()) - (DAYS_APART << 24), first_key(row.day()) + ((DAYS_APART + 1) << 24));
    if let Some(own) = &own {
        let naming =
            "SELECT id, account FROM entry WHERE counterparty_iban = ?1 AND account <> ?2 AND key >= ?3 AND key < ?4";
        others.extend(candidates(book, naming, (own, account.0, days.0, days.1))?);
    }
    if let Some(named) = &row.facts.counterparty_iban {
        let of_named = "SELECT entry.id, account FROM entry JOIN account ON account.id = entry.account
             WHERE account.iban = ?1 AND account <> ?2 AND key >= ?3 AND key < ?4";
        if own_account(book, named)? {
            others.extend(candidates(book, of_named, (named, account.0, days.0, days.1))?);
        }
    }
    others.sort_unstable();
    others.dedup();
    let mut fitting: Vec<(u8, i64, u32)> = Vec::new();
    for (other, _) in others {
        let Some(found) = entry::by_id(book, other)? else { continue };
        if let Some(rank) = fits(&row, &found)
            && !paired(book, other)?
        {
            fitting.push((rank, (to_day(found.day()) - to_day(row.day())).abs(), other));
        }
    }
    fitting.sort_unstable();
    let best = match fitting.as_slice() {
        // Without a common amount only a single row is believed.
        [(2, ..), (2, ..), ..] | [] => return Ok(()),
        [(_, _, best), ..] => *best,
    };
    let (outgoing, incoming) = if row.facts.amount < 0 { (id, best) } else { (best, id) };
    book.prepare_cached("INSERT OR REPLACE INTO transfer VALUES (?, ?)")?.execute((outgoing, incoming))?;
    Ok(())
}

fn candidates(book: &Connection, sql: &str, values: (&str, u32, i64, i64)) -> Result<Vec<(u32, u32)>, Fault> {
    let mut statement = book.prepare_cached(sql)?;
    let found = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn own_account(book: &Connection, iban: &str) -> Result<bool, Fault> {
    Ok(book.prepare_cached("SELECT 1 FROM account WHERE iban = ?")?.exists([iban])?)
}

fn countable(row: &Entry) -> bool {
    row.aside.is_none() && row.facts.status == super::transactions::TransactionStatus::Booked
}

/// Whether a row has its other one already, and that one still counts.
fn paired(book: &Connection, id: u32) -> Result<bool, Fault> {
    Ok(other(book, id)?.is_some())
}

/// How well two rows fit as the two sides of a transfer; the smaller the better.
fn fits(row: &Entry, other: &Entry) -> Option<u8> {
    if !countable(other) || (row.facts.amount < 0) == (other.facts.amount < 0) {
        return None;
    }
    let (here, there) = (row.facts.amount.abs(), other.facts.amount.abs());
    if row.facts.currency == other.facts.currency {
        // A fee on the way takes a little of it.
        return if here == there { Some(0) } else { (here.abs_diff(there) <= here.unsigned_abs() / 50).then_some(1) };
    }
    let said = |row: &Entry, of: &Entry| {
        row.facts.original.is_some_and(|money| {
            money.currency == of.facts.currency && money.minor().is_ok_and(|minor| minor.abs() == of.facts.amount.abs())
        })
    };
    Some(if said(row, other) || said(other, row) { 0 } else { 2 })
}

/// The other row of a transfer, as long as both count.
fn other(book: &Connection, id: u32) -> Result<Option<Entry>, Fault> {
    let sql = "SELECT iif(outgoing = ?1, incoming, outgoing) FROM transfer WHERE outgoing = ?1 OR incoming = ?1";
    let found: Option<u32> = book.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(found.map(|found| entry::by_id(book, found)).transpose()?.flatten().filter(countable))
}

/// The other row of a transfer, for the owner.
pub(super) fn of(book: &Connection, row: &Entry) -> Result<Option<Transfer>, Fault> {
    let Some(other) = other(book, row.id)?.filter(|_| countable(row)) else { return Ok(None) };
    let account_name = book
        .prepare_cached("SELECT name FROM account JOIN entry ON entry.account = account.id WHERE entry.id = ?")?
        .query_row([other.id], |row| row.get(0))?;
    let (outgoing, incoming) = if row.facts.amount < 0 { (row, &other) } else { (&other, row) };
    let sent = [Some(Money::from_minor(outgoing.facts.amount, outgoing.facts.currency)), outgoing.facts.original];
    let sent = sent.into_iter().flatten().find(|sent| sent.currency == incoming.facts.currency);
    let difference = sent.and_then(|sent| Some(sent.minor().ok()?.checked_abs()? - incoming.facts.amount));
    Ok(Some(Transfer {
        other: TransactionId(other.id),
        account_name,
        amount: Money::from_minor(other.facts.amount, other.facts.currency),
        difference: difference.map(|minor| Money::from_minor(minor, incoming.facts.currency)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insights;
    use crate::money::Currency;
    use crate::store::Store;
    use crate::store::sample::{Sample, day, eur, noon, row};

    const IBANS: [&str; 2] = ["SK9611000000002918599669", "CZ6508000000192000145399"];

    fn transfer(store: &Store, name: &str) -> Option<Transfer> {
        let row = store.latest(20).unwrap().into_iter().find(|row| row.counterparty == name).unwrap();
        store.transaction(row.id).unwrap().transfer
    }

    /// Two accounts; the second in crowns. Each row with what it says of the other account.
    fn book(out: crate::store::entry::Facts, into: crate::store::entry::Facts) -> Sample {
        let mut sample = Sample::new();
        let a = sample.account(IBANS[0], |_| {});
        let b = sample.account(IBANS[1], |listed| listed.currency = into.currency);
        sample.read(a, noon("2026-03-06"), "2026-01-01", Some(eur(1)), vec![out]);
        sample.read(b, noon("2026-03-06"), "2026-01-01", None, vec![into]);
        sample
    }

    #[test]
    fn two_rows_of_which_one_names_the_other_account_are_one_transfer() {
        let mut out = row("2026-03-02", -500, "out");
        out.counterparty_iban = Some(IBANS[1].into());
        let sample = book(out, row("2026-03-03", 500, "in"));
        let found = transfer(&sample.store, "out").unwrap();
        assert_eq!((found.amount, found.difference), (eur(500), Some(eur(0))));
        assert_eq!(transfer(&sample.store, "in").unwrap().amount, eur(-500));
        let flow = insights::overview(&sample.store, day("2026-03-06"), noon("2026-03-06")).unwrap().flow;
        assert!(flow.iter().flat_map(|flow| &flow.months).all(|month| month.money_in.amount.is_zero()));
    }

    #[test]
    fn without_a_word_of_the_other_account_nothing_is_paired() {
        let sample = book(row("2026-03-02", -500, "out"), row("2026-03-03", 500, "in"));
        assert_eq!(transfer(&sample.store, "out"), None);
    }

    #[test]
    fn a_transfer_across_currencies_shows_what_was_lost() {
        let mut out = row("2026-03-02", -100, "out");
        out.original = Some(Money::from_minor(2_520, Currency::CZK));
        let mut into = row("2026-03-04", 2_500, "in");
        into.currency = Currency::CZK;
        into.counterparty_iban = Some(IBANS[0].into());
        let sample = book(out, into);
        let found = transfer(&sample.store, "in").unwrap();
        assert_eq!((found.amount, found.difference), (eur(-100), Some(Money::from_minor(20, Currency::CZK))));
    }

    #[test]
    fn each_row_is_half_of_one_transfer_only() {
        let mut sample = Sample::new();
        let (a, b) = (sample.account(IBANS[0], |_| {}), sample.account(IBANS[1], |_| {}));
        let to_b = |day: &str, name: &str| {
            let mut row = row(day, -500, name);
            row.counterparty_iban = Some(IBANS[1].into());
            row
        };
        sample.read(
            a,
            noon("2026-03-06"),
            "2026-01-01",
            None,
            vec![to_b("2026-03-01", "first"), to_b("2026-03-03", "second")],
        );
        sample.read(b, noon("2026-03-06"), "2026-01-01", None, vec![row("2026-03-03", 500, "in")]);
        assert_eq!((transfer(&sample.store, "first"), transfer(&sample.store, "second").is_some()), (None, true));
    }
}
