//! Brings the store up to date with Everifin. The fifteen rules stand in ARCHITECTURE.md, "Sync".

use crate::failure::Failure;
use crate::store::accounts::AccountId;
use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;

/// What happens to one account during a sync; sent as it happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Progress {
    /// The list of accounts has been read.
    Accounts { count: u32 },
    /// Reading of one account has begun.
    Reading { account: AccountId, bank: String, done: u32, count: u32 },
    /// One account is done.
    Done { account: AccountId, added: u32, changed: u32, done: u32, count: u32 },
    /// One account failed; the others go on.
    Failed { account: AccountId, failure: Failure, done: u32, count: u32 },
}

/// What a sync changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Accounts read without an error.
    pub read: u32,
    /// Accounts that failed.
    pub failed: u32,
    /// Transactions added.
    pub added: u32,
    /// Transactions changed.
    pub changed: u32,
    /// Pending rows that are gone or became booked.
    pub removed: u32,
    /// Rows that an id claimed although sign, amount or currency disagree; kept apart and inserted as new.
    pub quarantined: u32,
}

/// A line of the sync log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Which bank.
    pub bank: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// How the sync of one bank ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// Read; that many transactions were new or changed.
    Synced { added: u32, changed: u32 },
    /// Not asked: its consent has ended.
    NeedsReconnect,
    /// Failed.
    Failed { failure: Failure },
}
