//! How fresh each part of an account is: when it was last tried, when it last came, and what stood in the way.

use super::accounts::AccountId;
use super::proof::Proof;
use super::{Fault, Store, from_ms, to_ms};
use crate::failure::{Failure, FailureKind, Result};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// What is read of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// Name, bank, consent: the list of accounts.
    Details,
    /// The booked balance.
    Balance,
    /// Booked transactions.
    Transactions,
    /// Pending transactions.
    Pending,
}

/// The last try to read a part of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Which part.
    pub part: Part,
    /// When it was tried.
    pub tried: DateTime<Utc>,
    /// When it last came.
    pub read: Option<DateTime<Utc>>,
    /// How the try ended.
    pub outcome: AttemptOutcome,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AttemptOutcome {
    /// It came.
    Read,
    /// The answer did not have it.
    Missing,
    /// Asked too often.
    RateLimited {
        /// When it may be asked again, where that was said.
        until: Option<DateTime<Utc>>,
    },
    /// It failed otherwise.
    Failed,
}

/// How far an account can be trusted: each part's freshness, and what its balances prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountHealth {
    /// The last try of each part.
    pub attempts: Vec<Attempt>,
    /// What the bank's balances prove.
    pub proof: Proof,
}

const PARTS: [(Part, &str); 4] = [
    (Part::Details, "details"),
    (Part::Balance, "balance"),
    (Part::Transactions, "transactions"),
    (Part::Pending, "pending"),
];

impl ToSql for Part {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(PARTS.iter().find(|(part, _)| part == self).map_or("", |(_, word)| *word).into())
    }
}

impl FromSql for Part {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        PARTS.iter().find(|(_, word)| *word == text).map(|(part, _)| *part).ok_or(FromSqlError::InvalidType)
    }
}

/// Keeps that parts of an account came.
pub(super) fn came(book: &Connection, account: AccountId, parts: &[Part], now: DateTime<Utc>) -> Result<(), Fault> {
    for part in parts {
        book.prepare_cached("INSERT OR REPLACE INTO attempt VALUES (?1, ?2, ?3, ?3, NULL, NULL)")?.execute((
            account.0,
            part,
            to_ms(now),
        ))?;
    }
    Ok(())
}

/// Keeps that parts of an account did not come, and why; none where the answer did not have them.
pub(super) fn stayed_away(
    book: &Connection,
    account: AccountId,
    parts: &[Part],
    why: Option<&Failure>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let word = match why.map(|failure| failure.kind) {
        None => "missing",
        Some(FailureKind::RateLimited) => "rateLimited",
        Some(_) => "failed",
    };
    let until = why.and_then(|failure| failure.retry_at).map(to_ms);
    for part in parts {
        book.prepare_cached(
            "INSERT INTO attempt VALUES (?1, ?2, ?3, NULL, ?4, ?5)
             ON CONFLICT DO UPDATE SET tried_at = ?3, failure = ?4, retry_at = ?5",
        )?
        .execute((account.0, part, to_ms(now), word, until))?;
    }
    Ok(())
}

impl Store {
    /// How far an account can be trusted.
    pub fn health_of(&self, account: AccountId) -> Result<AccountHealth> {
        Ok(AccountHealth { attempts: self.attempts(account)?, proof: self.proof(account)? })
    }

    /// The accounts that may not be asked before a moment that has not come yet.
    pub(crate) fn rate_limits(&self, now: DateTime<Utc>) -> Result<HashMap<AccountId, DateTime<Utc>>> {
        self.read(|book| {
            let sql = "SELECT id, retry_at FROM account WHERE failure = 'rateLimited' AND retry_at > ?";
            let mut statement = book.prepare_cached(sql)?;
            let rows = statement.query_map([to_ms(now)], |row| Ok((AccountId(row.get(0)?), from_ms(row.get(1)?))))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How fresh each part of an account is, in the order of [`Part`]; parts that were never tried are left out.
    pub fn attempts(&self, account: AccountId) -> Result<Vec<Attempt>> {
        self.read(|book| {
            let mut statement = book
                .prepare_cached("SELECT part, tried_at, read_at, failure, retry_at FROM attempt WHERE account = ?")?;
            let rows = statement.query_map([account.0], |row| {
                let failure: Option<String> = row.get(3)?;
                let outcome = match failure.as_deref() {
                    None => AttemptOutcome::Read,
                    Some("missing") => AttemptOutcome::Missing,
                    Some("rateLimited") => {
                        AttemptOutcome::RateLimited { until: row.get::<_, Option<i64>>(4)?.map(from_ms) }
                    }
                    Some(_) => AttemptOutcome::Failed,
                };
                let read = row.get::<_, Option<i64>>(2)?.map(from_ms);
                Ok(Attempt { part: row.get(0)?, tried: from_ms(row.get(1)?), read, outcome })
            })?;
            let mut attempts: Vec<Attempt> = rows.collect::<Result<_, _>>()?;
            attempts.sort_by_key(|attempt| attempt.part);
            Ok(attempts)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, eur, noon};
    use chrono::TimeDelta;

    #[test]
    fn each_part_says_when_it_came_and_what_stood_in_the_way() {
        let mut sample = Sample::new();
        let account = sample.account("SK9611000000002918599669", |_| {});
        let (first, second) = (noon("2026-03-01"), noon("2026-03-02"));
        sample.read(account, first, "2026-01-01", Some(eur(5)), Vec::new());
        let all = |sample: &Sample| sample.store.attempts(account).unwrap();
        assert_eq!(all(&sample).len(), 4);
        assert!(all(&sample).iter().all(|attempt| attempt.outcome == AttemptOutcome::Read));

        // A bank that gives no balance, and then too often asked.
        sample.read(account, second, "2026-01-01", None, Vec::new());
        assert_eq!(all(&sample)[1].outcome, AttemptOutcome::Missing);
        assert_eq!((all(&sample)[1].read, all(&sample)[1].tried), (Some(first), second));
        let until = Some(second + TimeDelta::hours(1));
        let limited = Failure { kind: FailureKind::RateLimited, retry_at: until };
        sample.store.mark_failed(account, &limited, second).unwrap();
        for attempt in &all(&sample)[2..] {
            assert_eq!((attempt.read, &attempt.outcome), (Some(second), &AttemptOutcome::RateLimited { until }));
        }
        assert_eq!(all(&sample)[0].outcome, AttemptOutcome::Read);
    }
}
