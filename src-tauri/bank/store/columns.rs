//! How Saldo's small types stand in a column.

use super::changes::{Cause, ChangeKind};
use super::doubts::{Decision, Reason};
use super::transactions::{Aside, Category, TransactionStatus};
use crate::money::{Currency, Money};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

impl ToSql for Currency {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Currency {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// A value that stands in a column as one of a few words.
trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(Self, &'static str)];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| *word)
    }

    fn from_word(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        Self::WORDS.iter().find(|(_, word)| *word == text).map(|(value, _)| *value).ok_or(FromSqlError::InvalidType)
    }
}

impl Word for TransactionStatus {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Booked, "booked"),
        (Self::Pending, "pending"),
        (Self::Rejected, "rejected"),
        (Self::Cancelled, "cancelled"),
        (Self::Unknown, "unknown"),
    ];
}

impl Word for Aside {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Duplicate, "duplicate"),
        (Self::Disagrees, "disagrees"),
        (Self::Vanished, "vanished"),
        (Self::Undone, "undone"),
        (Self::Deleted, "deleted"),
    ];
}

impl Word for Cause {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Sync, "sync"), (Self::Import, "import"), (Self::Decision, "decision"), (Self::Undo, "undo")];
}

impl Word for ChangeKind {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Added, "added"), (Self::Changed, "changed"), (Self::Removed, "removed"), (Self::Aside, "aside")];
}

impl Word for Reason {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Disagrees, "disagrees"),
        (Self::Unreadable, "unreadable"),
        (Self::Duplicate, "duplicate"),
        (Self::Vanished, "vanished"),
    ];
}

impl Word for Decision {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Both, "both"), (Self::First, "first"), (Self::Second, "second"), (Self::Seen, "seen")];
}

impl Word for Category {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Sales, "sales"),
        (Self::Materials, "materials"),
        (Self::Services, "services"),
        (Self::Wages, "wages"),
        (Self::Taxes, "taxes"),
        (Self::Rent, "rent"),
        (Self::Utilities, "utilities"),
        (Self::Vehicles, "vehicles"),
        (Self::Office, "office"),
        (Self::Marketing, "marketing"),
        (Self::Fees, "fees"),
        (Self::Transfer, "transfer"),
        (Self::Other, "other"),
    ];
}

macro_rules! words_in_columns {
    ($($kind:ty),*) => { $(
        impl ToSql for $kind {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl FromSql for $kind {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::from_word(value)
            }
        }
    )* };
}
words_in_columns!(TransactionStatus, Aside, Category, Cause, ChangeKind, Reason, Decision);

/// An amount out of two columns, minor units and currency; none where either is NULL.
pub(super) fn money(row: &Row<'_>, amount: &str, currency: &str) -> rusqlite::Result<Option<Money>> {
    let minor: Option<i64> = row.get(amount)?;
    let currency: Option<Currency> = row.get(currency)?;
    Ok(minor.zip(currency).map(|(minor, currency)| Money::from_minor(minor, currency)))
}
