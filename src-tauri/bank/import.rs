//! Taking a statement file into the book: whose it is, what it would add, and adding it. Reading the file is `statements`, keeping it
//! is the store's.

use crate::clock::Clock;
use crate::failure::{Failure, FailureKind, Result};
use crate::iban;
use crate::money::Currency;
use crate::statements::{self, Answers, Meaning, Owner, Proof, Statement, StatementRow, Unread};
use crate::store::Store;
use crate::store::accounts::{Account, AccountId};
use crate::store::changes::{Cause, ChangeSetId};
use crate::store::entry::Facts;
use crate::store::import::StatementIntake;
use crate::store::intake::Incoming;
use crate::store::transactions::TransactionStatus;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use specta::Type;
use std::collections::HashMap;

/// A statement of a file, and the account that it would go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The account; none where the file names none that the book knows, and several could be meant.
    pub account: Option<AccountId>,
    /// The account as the file names it.
    pub owner: Option<String>,
    /// Its currency.
    pub currency: Currency,
    /// The first day that it covers.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// How many booked rows it has.
    pub rows: u32,
    /// Whether its own balances and rows add up; none where it states no balances.
    pub adds_up: Option<bool>,
}

/// What came of taking a file over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Statements taken over.
    pub statements: u32,
    /// Rows that were new.
    pub added: u32,
    /// Rows that were there already.
    pub known: u32,
    /// The change-set that can be undone; none where nothing was new.
    pub set: Option<ChangeSetId>,
}

/// What the owner said of a chosen file. The default says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatementAnswers {
    /// Where statements go that name no account of the book; its currency is that of a file that does not say its own.
    pub account: Option<AccountId>,
    /// What each column of a table means, in its order; empty where that was not asked.
    pub columns: Vec<Meaning>,
    /// Whether the decimal mark of a table is a comma.
    pub decimal_comma: Option<bool>,
    /// Whether the day stands before the month.
    pub day_first: Option<bool>,
}

/// What a chosen file holds, or leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Look {
    /// It can be taken over, once each statement has an account.
    Ready {
        /// Its statements.
        statements: Vec<Found>,
    },
    /// Which account it belongs to has to be said first.
    AsksAccount,
    /// What its columns mean has to be said.
    AsksColumns {
        /// The first line of the table.
        names: Vec<String>,
        /// What each column means, as far as its name says so.
        known: Vec<Meaning>,
        /// A few of the lines after the first.
        sample: Vec<Vec<String>>,
    },
    /// Whether the decimal mark is a comma has to be said.
    AsksDecimal,
    /// Whether the day stands before the month has to be said.
    AsksDayFirst,
    /// It is no statement that Saldo can read; the line where it stops being one, where there is one.
    Unreadable {
        /// Counted from 1.
        line: Option<u32>,
    },
}

impl StatementAnswers {
    /// The answers for the reader; the currency is that of the account.
    fn answers(&self, accounts: &[Account]) -> Answers {
        let account = self.account.and_then(|id| accounts.iter().find(|account| account.id == id));
        Answers {
            currency: account.map(|account| account.currency),
            columns: self.columns.clone(),
            decimal: self.decimal_comma.map(|comma| if comma { ',' } else { '.' }),
            day_first: self.day_first,
            reversals: None,
        }
    }
}

/// Looks into a file for the window: what it holds, or what has to be said of it first.
pub fn show(store: &Store, file: &[u8], said: &StatementAnswers, now: DateTime<Utc>) -> Result<Look> {
    let answers = said.answers(&store.accounts(now)?);
    Ok(match look(store, file, &answers, now) {
        Ok(statements) => Look::Ready { statements },
        Err(NotImported::Failed(failure)) => return Err(failure),
        Err(NotImported::Unread(Unread::Currency) | NotImported::UnknownAccount(_)) => Look::AsksAccount,
        Err(NotImported::Unread(Unread::Columns(table))) => {
            Look::AsksColumns { names: table.names, known: table.known, sample: table.sample }
        }
        Err(NotImported::Unread(Unread::Decimal)) => Look::AsksDecimal,
        Err(NotImported::Unread(Unread::DayFirst)) => Look::AsksDayFirst,
        Err(NotImported::Unread(Unread::Damaged { line })) => Look::Unreadable { line: Some(line) },
        Err(NotImported::Unread(_) | NotImported::NoPeriod | NotImported::OtherCurrency) => {
            Look::Unreadable { line: None }
        }
    })
}

/// Takes a file over for the window. Fails with `NotFound` where a statement has no account and with
/// `StatementUnreadable` where anything else is open, having changed nothing.
pub fn take_over(store: &Store, clock: &Clock, file: &[u8], said: &StatementAnswers) -> Result<Imported> {
    let answers = said.answers(&store.accounts(clock.now())?);
    import(store, clock, file, &answers, said.account).map_err(|problem| match problem {
        NotImported::Failed(failure) => failure,
        NotImported::UnknownAccount(_) => FailureKind::NotFound.into(),
        NotImported::Unread(_) | NotImported::NoPeriod | NotImported::OtherCurrency => {
            FailureKind::StatementUnreadable.into()
        }
    })
}

/// Why nothing was taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// The file cannot be read, or leaves something open.
    #[error("{0}")]
    Unread(#[from] Unread),
    /// No statement in it has a day.
    #[error("the file has no rows and no period")]
    NoPeriod,
    /// It belongs to an account that the book does not know, or does not say to which; the owner has to.
    #[error("the account of the file is not known")]
    UnknownAccount(Option<String>),
    /// The account has another currency than the file.
    #[error("the account has another currency than the file")]
    OtherCurrency,
    /// The book could not be read or written.
    #[error("{0}")]
    Failed(#[from] Failure),
}

/// Looks into a file without taking anything over.
pub fn look(
    store: &Store,
    file: &[u8],
    answers: &Answers,
    now: DateTime<Utc>,
) -> std::result::Result<Vec<Found>, NotImported> {
    let accounts = store.accounts(now)?;
    let statements = statements::read(file, answers)?;
    let found: Vec<Found> = statements.iter().filter_map(|statement| found(statement, &accounts)).collect();
    if found.is_empty() { Err(NotImported::NoPeriod) } else { Ok(found) }
}

/// Takes all statements of a file over as one change-set, or, where one of them has no account, nothing. `account` is where statements go
/// that name no account of the book.
///
/// The same file, or another one with the same rows, adds nothing a second time.
pub fn import(
    store: &Store,
    clock: &Clock,
    file: &[u8],
    answers: &Answers,
    account: Option<AccountId>,
) -> std::result::Result<Imported, NotImported> {
    let now = clock.now();
    let accounts = store.accounts(now)?;
    let mut intakes = Vec::new();
    for statement in &statements::read(file, answers)? {
        let Some(found) = found(statement, &accounts) else { continue };
        let to = found.account.or(account).ok_or(NotImported::UnknownAccount(found.owner.clone()))?;
        let target = accounts.iter().find(|account| account.id == to).ok_or(NotImported::UnknownAccount(None))?;
        if target.currency != statement.currency {
            return Err(NotImported::OtherCurrency);
        }
        intakes.push(intake(statement, &found, to, now));
    }
    if intakes.is_empty() {
        return Err(NotImported::NoPeriod);
    }
    // The newest first: each leads up to days that are whole already.
    intakes.sort_by_key(|intake| std::cmp::Reverse(intake.to));
    let set = store.begin_changes(Cause::Import, now)?;
    let mut imported = Imported::default();
    let taken: Result<()> = intakes.iter().try_for_each(|intake| {
        let applied = store.take_statement(set, intake, now)?;
        let rows = u32::try_from(intake.rows.len()).unwrap_or(u32::MAX);
        imported.statements += 1;
        imported.added += applied.added;
        imported.known += rows.saturating_sub(applied.added);
        Ok(())
    });
    store.finish_changes(set)?;
    taken?;
    imported.set = (imported.added > 0).then_some(set);
    Ok(imported)
}

/// None for a statement without a single day.
fn found(statement: &Statement, accounts: &[Account]) -> Option<Found> {
    let days = || statement.rows.iter().filter_map(|row| row.booked);
    let (from, to) = (statement.from.or_else(|| days().min())?, statement.to.or_else(|| days().max())?);
    let adds_up = match statement.proof() {
        Proof::Holds => Some(true),
        Proof::Missing(_) => Some(false),
        Proof::Impossible => None,
    };
    let booked = statement.rows.iter().filter(|row| row.status == TransactionStatus::Booked).count();
    let named = statement.account.as_ref();
    Some(Found {
        account: named.and_then(|owner| account_of(owner, statement.currency, accounts)),
        owner: named.map(|(Owner::Iban(text) | Owner::Number(text))| text.clone()),
        currency: statement.currency,
        from: days().min().map_or(from, |first| first.min(from)),
        to: days().max().map_or(to, |last| last.max(to)),
        rows: u32::try_from(booked).unwrap_or(u32::MAX),
        adds_up,
    })
}

/// The one account of the book that a statement's owner can be.
fn account_of(owner: &Owner, currency: Currency, accounts: &[Account]) -> Option<AccountId> {
    let is_same = |account: &&Account| match owner {
        Owner::Iban(iban) => account.iban.as_deref() == Some(iban),
        Owner::Number(number) => {
            let whole = iban::of_domestic(number);
            // A file may leave out the bank code, which an account's own number has.
            let own = account.number.as_deref().map(|own| own.split('/').next().unwrap_or(own).trim_start_matches('0'));
            whole.is_some() && account.iban == whole || own == Some(number.trim_start_matches(['0', '-']))
        }
    };
    let mut fitting = accounts.iter().filter(|account| account.currency == currency).filter(is_same);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only.id)
}

fn intake(statement: &Statement, found: &Found, account: AccountId, now: DateTime<Utc>) -> StatementIntake {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let booked = statement.rows.iter().filter(|row| row.status == TransactionStatus::Booked);
    let rows = booked.map(|row| {
        let count = seen.entry(&row.raw).or_default();
        *count += 1;
        incoming(row, *count, now)
    });
    let minor = |money: Option<crate::money::Money>| money.and_then(|money| money.minor().ok());
    StatementIntake {
        account,
        from: found.from,
        to: found.to,
        opening: minor(statement.opening),
        closing: minor(statement.closing),
        rows: rows.collect(),
    }
}

/// A row under an id made of what it says, counted where it says the same as another.
fn incoming(row: &StatementRow, count: u32, now: DateTime<Utc>) -> Incoming {
    let text = format!("{:?} {} {} {count}", row.booked, row.amount, row.raw);
    let digest = Sha256::digest(text.as_bytes());
    let id: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Incoming {
        remote_id: format!("statement {id}"),
        created: now,
        updated: now,
        facts: Some(facts(row)),
        raw: serde_json::json!({ "statement": row.raw, "line": row.line }).to_string(),
    }
}

fn facts(row: &StatementRow) -> Facts {
    Facts {
        status: row.status,
        amount: row.amount,
        currency: row.currency,
        original: row.original,
        booked: row.booked.or(row.value),
        value: row.value,
        counterparty: row.counterparty.clone(),
        counterparty_iban: row
            .counterparty_iban
            .clone()
            .or_else(|| iban::of_domestic(row.counterparty_number.as_deref()?)),
        counterparty_number: row.counterparty_number.clone(),
        variable_symbol: row.variable_symbol.clone(),
        constant_symbol: row.constant_symbol.clone(),
        specific_symbol: row.specific_symbol.clone(),
        reference: row.reference.clone(),
        message: row.message.clone(),
        description: row.description.clone(),
        bank_id: row.bank_id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, day, eur, noon, row};

    const IBAN: &str = "SK9611000000002918599669";
    const TABLE: &str = "Date;Amount;Currency;Counterparty;VS\n\
        2026-01-10;-30.00;EUR;Landlord;2026001\n2026-02-20;-20.00;EUR;Coffee;\n2026-02-20;-20.00;EUR;Coffee;\n";

    fn clock() -> Clock {
        Clock::from_fn(|| noon("2026-03-10"))
    }

    fn camt(iban: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
            <Id>1</Id><FrToDt><FrDtTm>2026-01-01T00:00:00</FrDtTm><ToDtTm>2026-01-31T23:59:59</ToDtTm></FrToDt>
            <Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">70.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>
            <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-10</Dt></BookgDt>
            <ValDt><Dt>2026-01-10</Dt></ValDt><BkTxCd/></Ntry></Stmt></BkToCstmrStmt></Document>"#
        )
    }

    #[test]
    fn a_statement_finds_its_account_and_fills_the_history_before_the_banks() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        sample.read(account, noon("2026-03-10"), "2026-02-01", Some(eur(7_000)), Vec::new());
        let file = camt(IBAN);
        let found = look(&sample.store, file.as_bytes(), &Answers::default(), noon("2026-03-10")).unwrap();
        assert_eq!((found[0].account, found[0].rows, found[0].adds_up), (Some(account), 1, Some(true)));
        let imported = import(&sample.store, &clock(), file.as_bytes(), &Answers::default(), None).unwrap();
        assert_eq!((imported.added, imported.known), (1, 0));
        let known = sample.store.account(account, noon("2026-03-10")).unwrap();
        assert_eq!((known.whole_from, known.unproved), (Some(day("2026-01-01")), None));
        let again = import(&sample.store, &clock(), file.as_bytes(), &Answers::default(), None).unwrap();
        assert_eq!((again.added, again.known, again.set), (0, 1, None));
        sample.store.undo(imported.set.unwrap(), noon("2026-03-11")).unwrap();
        assert!(sample.store.latest(5).unwrap().is_empty());
    }

    #[test]
    fn a_file_of_an_account_that_is_not_there_adds_nothing_until_the_owner_says_where() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        let crowns = sample.account("CZ6508000000192000145399", |listed| listed.currency = Currency::CZK);
        let file = camt("SK8209000000000011424060");
        let into = |account| import(&sample.store, &clock(), file.as_bytes(), &Answers::default(), account);
        assert_eq!(into(None), Err(NotImported::UnknownAccount(Some("SK8209000000000011424060".into()))));
        assert_eq!(into(Some(crowns)), Err(NotImported::OtherCurrency));
        assert!(sample.store.change_sets(None, 9).unwrap().is_empty());
        assert_eq!(into(Some(account)).unwrap().added, 1);
    }

    #[test]
    fn two_equal_rows_of_a_table_are_two_and_those_of_the_bank() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        let listed = vec![row("2026-02-20", -2_000, "COFFEE 12"), row("2026-02-20", -2_000, "COFFEE 12")];
        sample.read(account, noon("2026-03-10"), "2026-02-01", Some(eur(1)), listed);
        let imported = import(&sample.store, &clock(), TABLE.as_bytes(), &Answers::default(), Some(account)).unwrap();
        assert_eq!((imported.added, imported.known), (1, 2));
        let names: Vec<_> = sample.store.latest(9).unwrap().into_iter().map(|row| row.counterparty).collect();
        assert_eq!(names, ["COFFEE 12", "COFFEE 12", "Landlord"]);
    }

    #[test]
    fn the_window_is_asked_for_what_a_file_leaves_open() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        let now = noon("2026-03-10");
        let file = "Date;Amount\n03/04/2026;1,234\n";
        let mut said = StatementAnswers::default();
        let shown = |said: &StatementAnswers| show(&sample.store, file.as_bytes(), said, now).unwrap();
        let mut asked = Vec::new();
        let last = loop {
            let look = shown(&said);
            match look {
                Look::AsksAccount => said.account = Some(account),
                Look::AsksDecimal => said.decimal_comma = Some(true),
                Look::AsksDayFirst => said.day_first = Some(true),
                other => break other,
            }
            asked.push(look);
            assert!(asked.len() < 9, "{asked:?}");
        };
        assert_eq!(asked, [Look::AsksDayFirst, Look::AsksDecimal, Look::AsksAccount]);
        // 1,234 with a comma has a fraction of a cent.
        assert!(matches!(last, Look::Unreadable { .. }), "{last:?}");
        let whole = TABLE.as_bytes();
        let only_where = StatementAnswers { account: Some(account), ..StatementAnswers::default() };
        let done = take_over(&sample.store, &clock(), whole, &only_where).unwrap();
        assert_eq!(done.added, 3);
        let nowhere = take_over(&sample.store, &clock(), whole, &StatementAnswers::default());
        assert_eq!(nowhere, Err(FailureKind::NotFound.into()));
    }

    #[test]
    fn what_is_no_statement_says_so() {
        let sample = Sample::new();
        let none = import(&sample.store, &clock(), b"hello", &Answers::default(), None);
        assert!(matches!(none, Err(NotImported::Unread(_))), "{none:?}");
    }
}
