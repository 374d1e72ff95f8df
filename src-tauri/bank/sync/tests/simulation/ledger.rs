//! What the store holds of one account, and the laws that need nothing else to be checked.

use super::violation::{Law, Violation};
use crate::failure::FailureKind;
use crate::store::Store;
use crate::store::accounts::AccountId;
use crate::store::from_day;
use chrono::NaiveDate;
use rusqlite::Row;
use std::collections::BTreeMap;

/// A stored row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) status: String,
    pub(super) minor: i64,
    pub(super) currency: String,
    pub(super) booked: Option<NaiveDate>,
    pub(super) iban: Option<String>,
    pub(super) symbol: Option<String>,
    pub(super) name: Option<String>,
    pub(super) message: Option<String>,
    /// Why it does not count.
    pub(super) aside: Option<String>,
}

/// All rows of an account by Saldo's own id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ledger(pub(super) BTreeMap<u32, Line>);

/// How far a bank moves a booking day at most.
const MOVES: i64 = 2;

impl Line {
    pub(super) fn pending(&self) -> bool {
        self.status == "pending"
    }

    /// The booking day, amount and other side of a booked row that counts.
    pub(super) fn movement(&self) -> Option<(NaiveDate, Kind)> {
        let kind = (self.minor, self.iban.clone(), self.symbol.clone());
        (self.status == "booked" && self.aside.is_none()).then_some((self.booked?, kind))
    }

    /// Whether both speak of different payments whatever a bank may change later.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        differ(&self.iban, &other.iban) || differ(&self.symbol, &other.symbol)
    }
}

/// Amount, IBAN and variable symbol: what tells movements apart besides their days.
pub(super) type Kind = (i64, Option<String>, Option<String>);

impl Ledger {
    pub(super) fn of(store: &Store, account: AccountId) -> Self {
        let sql = "SELECT id, status, amount, currency, booked_day, counterparty_iban, variable_symbol, counterparty,
            message, aside FROM entry WHERE account = ?";
        let rows = store.read(|book| {
            let mut statement = book.prepare_cached(sql)?;
            let rows = statement.query_map([account.0], |row| Ok((row.get(0)?, line(row)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        });
        Self(rows.unwrap())
    }

    /// What a reader sees, without Saldo's own ids.
    pub(super) fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.0.values().collect();
        lines.sort();
        lines
    }

    /// Checks what became of the rows that were there before: none is lost, and none says what another one said.
    pub(super) fn follows(&self, before: &Self) -> Result<(), Violation> {
        for (id, old) in before.0.iter().filter(|(_, old)| !old.pending()) {
            let Some(new) = self.0.get(id) else {
                return Err(Violation::new(Law::Lost, format!("row {id} is gone: {old:?}")));
            };
            let moved = old.booked.zip(new.booked).map_or(0, |(old, new)| (new - old).num_days().abs());
            let same = (old.minor, &old.currency) == (new.minor, &new.currency);
            if !same || old.contradicts(new) || moved > MOVES || new.pending() {
                return Err(Violation::new(Law::Overwritten, format!("row {id} was {old:?} and is {new:?}")));
            }
        }
        Ok(())
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        status: row.get(1)?,
        minor: row.get(2)?,
        currency: row.get(3)?,
        booked: row.get::<_, Option<i64>>(4)?.map(from_day),
        iban: row.get(5)?,
        symbol: row.get(6)?,
        name: row.get(7)?,
        message: row.get(8)?,
        aside: row.get(9)?,
    })
}

/// The sums that are kept of each day, against those of the rows.
pub(super) fn daily_sums(store: &Store, account: AccountId) -> Result<(), Violation> {
    let all = |sql: &str| -> Vec<[i64; 5]> {
        let rows = store.read(|book| {
            let mut statement = book.prepare_cached(sql)?;
            let rows = statement
                .query_map([account.0], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))?;
            Ok(rows.collect::<Result<_, _>>()?)
        });
        rows.unwrap()
    };
    let kept = all("SELECT day, money_in, money_out, rows_in, rows_out FROM daily WHERE account = ? ORDER BY day");
    let made = all(
        "SELECT key >> 24, sum(iif(status = 'booked', max(amount, 0), 0)), sum(iif(status = 'booked', min(amount, 0), 0)),
             sum(amount >= 0), sum(amount < 0)
         FROM entry WHERE account = ? AND status <> 'pending' AND aside IS NULL GROUP BY 1 ORDER BY 1",
    );
    if kept == made { Ok(()) } else { Err(Violation::new(Law::Sums, format!("kept {kept:?}, rows {made:?}"))) }
}

/// What the owner wrote: her notes by Saldo's id of the row.
pub(super) fn notes(store: &Store) -> BTreeMap<String, Vec<u32>> {
    let rows: Vec<(u32, String)> = store
        .read(|book| {
            let mut statement = book.prepare_cached("SELECT entry, note FROM overlay WHERE note IS NOT NULL")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap();
    let mut notes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (entry, note) in rows {
        notes.entry(note).or_default().push(entry);
    }
    notes
}

/// The stored booked balance in minor units, and its moment in milliseconds.
pub(super) fn balance(store: &Store, account: AccountId) -> Option<(i64, i64)> {
    let sql = "SELECT amount, at FROM balance WHERE account = ? AND kind = 'booked'";
    let found = store.read(|book| {
        use rusqlite::OptionalExtension;
        Ok(book.prepare_cached(sql)?.query_row([account.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    });
    found.unwrap()
}

/// Lets each taking over fail at its end, or no more.
pub(super) fn break_store(store: &Store, broken: bool) {
    let sql = if broken {
        "CREATE TEMP TRIGGER broken BEFORE INSERT ON main.account_cursor BEGIN SELECT RAISE(ABORT, 'broken'); END"
    } else {
        "DROP TRIGGER temp.broken"
    };
    store.write(|book| Ok(book.execute_batch(sql).map_err(|_| FailureKind::StoreFailed)?)).unwrap();
}
