//! Who is paid: the accounts that transactions going out tell of, and what the owner wrote down of them.
//!
//! An account takes the name that it has when it is first seen here, and keeps it: what a bank writes later changes nothing, only the
//! owner does. Accounts of one name are one payee.

use super::fold::{fold, words};
use super::payments::payee_key;
use super::transactions::TransactionRow;
use super::{Fault, Store, from_day, pages};
use crate::failure::{FailureKind, Result};
use crate::iban::{self, AccountCheck};
use crate::money::Money;
use crate::symbols::{self, Kind};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, HashMap};

/// The most characters of a name, which is what a payment can carry, and of a note.
const LONGEST_NAME: usize = 140;
const LONGEST_NOTE: usize = 500;
/// The most payments of a payee that are told.
const TOLD: u32 = 20;

/// What the owner writes of a payee.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayeeInput {
    /// Name, at most 140 characters.
    pub name: String,
    /// A note of hers, at most 500 characters; it never leaves Saldo.
    pub note: String,
    /// Variable symbol that a new payment begins with; empty for none.
    pub variable_symbol: String,
    /// Specific symbol, the same.
    pub specific_symbol: String,
    /// Constant symbol, the same.
    pub constant_symbol: String,
}

/// A payment to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LastPaid {
    /// Its day.
    pub day: NaiveDate,
    /// How much; positive.
    pub amount: Money,
}

/// An account to suggest in a payment, with its payee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Payee {
    /// Name.
    pub name: String,
    /// IBAN, without spaces.
    pub iban: String,
    /// Bank, where it follows from the IBAN.
    pub bank: Option<String>,
    /// How often it was paid.
    pub times: u32,
    /// The last payment; none where the owner only wrote it down.
    pub last: Option<LastPaid>,
    /// Variable symbol that a new payment begins with; empty for none.
    pub variable_symbol: String,
    /// Specific symbol, the same.
    pub specific_symbol: String,
    /// Constant symbol, the same.
    pub constant_symbol: String,
}

/// Somebody who is paid, with all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KnownPayee {
    /// What the owner wrote of them.
    pub written: PayeeInput,
    /// The accounts, the one last paid first.
    pub accounts: Vec<PayeeAccount>,
    /// How often they were paid together.
    pub times: u32,
    /// The first day any was paid.
    pub first: Option<NaiveDate>,
    /// The last payment to any.
    pub last: Option<LastPaid>,
    /// What they were paid in all, in each currency.
    pub paid: Vec<Money>,
}

/// An account of a payee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PayeeAccount {
    /// IBAN, without spaces.
    pub iban: String,
    /// Bank, where it follows from the IBAN.
    pub bank: Option<String>,
    /// How often it was paid.
    pub times: u32,
    /// The last payment; none where the owner only wrote it down.
    pub last: Option<LastPaid>,
}

/// The rows of a payee.
const PAID: &str =
    "FROM entry WHERE counterparty_iban = ? AND amount < 0 AND status IN ('booked', 'pending') AND aside IS NULL";

impl Store {
    /// Accounts to pay to whose payee's name or IBAN holds all words of the text, most often paid first. Own accounts are none.
    pub fn payees(&self, text: &str, limit: u32) -> Result<Vec<Payee>> {
        let words = words(text);
        // An IBAN may be typed with spaces: its parts must follow each other.
        let compact = fold(&iban::normalise(text));
        let fits = |account: &Account| {
            let name = fold(&account.written.name);
            fold(&account.iban).contains(&compact) || words.iter().all(|word| name.contains(word))
        };
        self.read(|book| {
            let mut found = Vec::new();
            for Account { iban, written, .. } in accounts(book)?.into_iter().filter(fits) {
                let paid = paid(book, &iban)?;
                found.push(Payee {
                    name: written.name,
                    bank: iban::bank_name(&iban).map(str::to_owned),
                    iban,
                    times: paid.times,
                    last: paid.last,
                    variable_symbol: written.variable_symbol,
                    specific_symbol: written.specific_symbol,
                    constant_symbol: written.constant_symbol,
                });
            }
            found.sort_by_key(|payee| std::cmp::Reverse((payee.times, payee.last.map(|last| last.day))));
            found.truncate(limit as usize);
            Ok(found)
        })
    }

    /// Everybody who is paid, by name. From now on each account found keeps the name that it has here.
    pub fn payee_book(&self) -> Result<Vec<KnownPayee>> {
        let accounts = self.read(|book| Ok(accounts(book)?))?;
        if accounts.iter().any(|account| !account.kept) {
            self.write(|tx| {
                let mut keep =
                    tx.prepare_cached("INSERT INTO payee (iban, name) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
                for account in accounts.iter().filter(|account| !account.kept) {
                    keep.execute(params![account.iban, account.written.name])?;
                }
                Ok(())
            })?;
        }
        self.read(|book| {
            let mut payees: BTreeMap<String, KnownPayee> = BTreeMap::new();
            for Account { iban, written, .. } in accounts {
                let key = payee_key(&written.name);
                // A name without a letter is nobody's: such accounts are not one payee.
                let key = if key.is_empty() { iban.clone() } else { key };
                let paid = paid(book, &iban)?;
                let payee = payees.entry(key).or_insert_with(|| KnownPayee {
                    written,
                    accounts: Vec::new(),
                    times: 0,
                    first: None,
                    last: None,
                    paid: Vec::new(),
                });
                payee.take(iban, paid)?;
            }
            let mut payees: Vec<_> = payees.into_values().collect();
            for payee in &mut payees {
                payee.accounts.sort_by_key(|account| std::cmp::Reverse(account.last.map(|last| last.day)));
            }
            Ok(payees)
        })
    }

    /// The newest payments to these accounts, at most 20.
    pub fn paid_to(&self, ibans: &[String]) -> Result<Vec<TransactionRow>> {
        self.read(|book| {
            let sql = format!(
                "{} WHERE entry.key IN (SELECT key {PAID} ORDER BY key DESC LIMIT {TOLD}) ORDER BY entry.key DESC",
                *pages::ROW
            );
            let mut told = Vec::new();
            for iban in ibans {
                for row in book.prepare_cached(&sql)?.query_map([iban], pages::row)? {
                    told.push(row?);
                }
            }
            told.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            told.truncate(TOLD as usize);
            Ok(told.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// Writes an account down as a payee's; it takes the place of what was known of the account, and brings back one that was
    /// forgotten. `typed` is an IBAN or a domestic number. `DraftInvalid` where it is wrong, where the name is empty, or something
    /// is too long or no symbol.
    pub fn remember_payee(&self, typed: &str, input: &PayeeInput) -> Result<()> {
        let AccountCheck::Valid { iban, .. } = iban::check_account(typed) else {
            return Err(FailureKind::DraftInvalid.into());
        };
        let input = in_order(input)?;
        self.write(|tx| {
            tx.execute(
                "INSERT INTO payee (iban, name) VALUES (?, '') ON CONFLICT (iban) DO UPDATE SET forgotten = 0",
                [&iban],
            )?;
            Ok(change(tx, &iban, &input)?)
        })
    }

    /// Changes what is written of the payee with these accounts. Errors as for [`Store::remember_payee`].
    pub fn change_payee(&self, ibans: &[String], input: &PayeeInput) -> Result<()> {
        let input = in_order(input)?;
        self.write(|tx| {
            for iban in ibans {
                change(tx, iban, &input)?;
            }
            Ok(())
        })
    }

    /// Forgets these accounts: they are neither listed nor suggested until the owner writes them down again. What was paid stays, and
    /// so do the warnings that rest on it. `NotFound` where one is not known.
    pub fn forget_payee(&self, ibans: &[String]) -> Result<()> {
        self.write(|tx| {
            for iban in ibans {
                if tx.execute("UPDATE payee SET forgotten = 1 WHERE iban = ?", [iban])? == 0 {
                    return Err(FailureKind::NotFound.into());
                }
            }
            Ok(())
        })
    }
}

impl KnownPayee {
    /// Takes an account in with what was paid to it.
    fn take(&mut self, iban: String, paid: Paid) -> Result<(), Fault> {
        self.times += paid.times;
        self.first = self.first.into_iter().chain(paid.first).min();
        if paid.last.map(|last| last.day) > self.last.map(|last| last.day) {
            self.last = paid.last;
        }
        for sum in paid.sums {
            match self.paid.iter_mut().find(|known| known.currency == sum.currency) {
                Some(known) => *known = known.checked_add(sum).map_err(|_| FailureKind::StoreFailed)?,
                None => self.paid.push(sum),
            }
        }
        let bank = iban::bank_name(&iban).map(str::to_owned);
        self.accounts.push(PayeeAccount { iban, bank, times: paid.times, last: paid.last });
        Ok(())
    }
}

/// What is written, tidied.
fn in_order(input: &PayeeInput) -> Result<PayeeInput> {
    let text = |text: &str, longest: usize| {
        let text = text.trim();
        if text.chars().count() > longest { Err(FailureKind::DraftInvalid) } else { Ok(text.to_owned()) }
    };
    let symbol = |kind, typed: &str| {
        symbols::parse(kind, typed).map(Option::unwrap_or_default).map_err(|_| FailureKind::DraftInvalid)
    };
    let name = text(&input.name, LONGEST_NAME)?;
    if name.is_empty() {
        return Err(FailureKind::DraftInvalid.into());
    }
    Ok(PayeeInput {
        name,
        note: text(&input.note, LONGEST_NOTE)?,
        variable_symbol: symbol(Kind::Variable, &input.variable_symbol)?,
        specific_symbol: symbol(Kind::Specific, &input.specific_symbol)?,
        constant_symbol: symbol(Kind::Constant, &input.constant_symbol)?,
    })
}

fn change(tx: &Connection, iban: &str, input: &PayeeInput) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE payee SET name = ?, note = ?, variable_symbol = ?, specific_symbol = ?, constant_symbol = ? WHERE iban = ?",
    )?
    .execute(params![
        input.name,
        input.note,
        input.variable_symbol,
        input.specific_symbol,
        input.constant_symbol,
        iban
    ])?;
    Ok(())
}

/// An account that can be paid again.
struct Account {
    iban: String,
    written: PayeeInput,
    /// Whether the name is settled.
    kept: bool,
}

/// All accounts that were paid or written down, without those that were forgotten, the owner's own, and broken numbers.
fn accounts(book: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut known: HashMap<String, (PayeeInput, bool)> = book
        .prepare_cached(
            "SELECT iban, name, note, variable_symbol, specific_symbol, constant_symbol, forgotten FROM payee",
        )?
        .query_map([], |row| {
            let written = PayeeInput {
                name: row.get(1)?,
                note: row.get(2)?,
                variable_symbol: row.get(3)?,
                specific_symbol: row.get(4)?,
                constant_symbol: row.get(5)?,
            };
            Ok((row.get(0)?, (written, row.get(6)?)))
        })?
        .collect::<Result<_, _>>()?;
    // From one IBAN to the next: the many rows between are passed over.
    let mut next = book.prepare_cached("SELECT min(counterparty_iban) FROM entry WHERE counterparty_iban > ?")?;
    let mut name = book.prepare_cached(&format!("SELECT counterparty {PAID} ORDER BY key DESC LIMIT 1"))?;
    let mut own = book.prepare_cached("SELECT 1 FROM account WHERE iban = ?")?;
    let mut found = Vec::new();
    let mut at = String::new();
    while let Some(iban) = next.query_row([&at], |row| row.get::<_, Option<String>>(0))? {
        if !known.contains_key(&iban) && iban::parse(&iban).is_ok() && !own.exists([&iban])? {
            let newest: Option<Option<String>> = name.query_row([&iban], |row| row.get(0)).optional()?;
            if let Some(name) = newest {
                let written = PayeeInput { name: name.unwrap_or_default(), ..PayeeInput::default() };
                found.push(Account { iban: iban.clone(), written, kept: false });
            }
        }
        at = iban;
    }
    for (iban, (written, forgotten)) in known.drain() {
        if !forgotten && !own.exists([&iban])? {
            found.push(Account { iban, written, kept: true });
        }
    }
    // The map has no order.
    found.sort_by(|a, b| a.iban.cmp(&b.iban));
    Ok(found)
}

/// What was paid to an account.
#[derive(Default)]
struct Paid {
    times: u32,
    first: Option<NaiveDate>,
    last: Option<LastPaid>,
    sums: Vec<Money>,
}

fn paid(book: &Connection, iban: &str) -> rusqlite::Result<Paid> {
    // Beside max() alone, SQLite takes `amount` from the newest row.
    let newest =
        format!("SELECT max(key), currency, amount, count(*), sum(amount) {PAID} GROUP BY currency ORDER BY currency");
    let mut paid = Paid::default();
    let mut last = i64::MIN;
    let mut statement = book.prepare_cached(&newest)?;
    let mut rows = statement.query([iban])?;
    while let Some(row) = rows.next()? {
        let (key, currency): (i64, _) = (row.get(0)?, row.get(1)?);
        let money = |minor: i64| Money::from_minor(minor, currency).negated();
        paid.times += row.get::<_, u32>(3)?;
        paid.sums.push(money(row.get(4)?));
        if key > last {
            last = key;
            paid.last = Some(LastPaid { day: from_day(key >> 24), amount: money(row.get(2)?) });
        }
    }
    let mut first = book.prepare_cached(&format!("SELECT min(key) {PAID}"))?;
    paid.first = first.query_row([iban], |row| row.get::<_, Option<i64>>(0))?.map(|key| from_day(key >> 24));
    Ok(paid)
}

#[cfg(test)]
mod tests;
