//! Reading all accounts anew.

use crate::accounts::AccountName;
use crate::ending::{DONE, Ending, PARTLY, words};
use crate::table::plain;
use bank::desk::Desk;
use bank::store::accounts::Freshness;
use bank::sync::Progress;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer<'a> {
    as_of: DateTime<Utc>,
    read: u32,
    failed: u32,
    /// Not asked, because their consent has ended.
    reconnect: usize,
    added: u32,
    changed: u32,
    removed: u32,
    quarantined: u32,
    accounts: Vec<AccountName<'a>>,
}

/// Syncs; tells on the standard error output what happens meanwhile.
pub(crate) async fn sync(desk: &Desk, json: bool) -> Result<u8, Ending> {
    let tell = |step: Progress| {
        let line = if json { json!({ "progress": in_json(&step) }).to_string() } else { in_words(&step) };
        // Nobody may be there to read it.
        let _ = writeln!(io::stderr(), "{line}");
    };
    let report = desk.sync(tell).await;
    // A token that the keychain has not taken yet would be lost with this process.
    desk.line().session.settle().await;
    let report = report?;
    let now = desk.clock.now();
    let accounts = desk.store.accounts(now)?;
    let reconnect = accounts.iter().filter(|it| matches!(it.freshness, Freshness::Reconnect { .. })).count();
    let mut out = io::stdout().lock();
    if json {
        let answer = Answer {
            as_of: now,
            read: report.read,
            failed: report.failed,
            reconnect,
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            quarantined: report.quarantined,
            accounts: accounts.iter().map(|account| AccountName::new(account, now)).collect(),
        };
        serde_json::to_writer(&mut out, &json!({ "sync": answer }))?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} accounts read, {} failed, {reconnect} with an ended consent; {} transactions added, {} changed, {} gone.",
            report.read, report.failed, report.added, report.changed, report.removed
        )?;
        if report.quarantined > 0 {
            writeln!(out, "{} rows contradicted what was known and were kept apart.", report.quarantined)?;
        }
    }
    Ok(if report.failed > 0 || reconnect > 0 { PARTLY } else { DONE })
}

fn in_json(step: &Progress) -> Value {
    match step {
        Progress::Accounts { count } => json!({ "kind": "accounts", "count": count }),
        Progress::Reading { account, bank, done, count } => {
            json!({ "kind": "reading", "account": account.0, "bank": bank, "done": done, "count": count })
        }
        Progress::Done { account, added, changed, done, count } => json!({
            "kind": "done", "account": account.0, "added": added, "changed": changed, "done": done, "count": count,
        }),
        Progress::Failed { account, failure, done, count } => json!({
            "kind": "failed", "account": account.0, "failure": words(&format!("{:?}", failure.kind)),
            "retry_at": failure.retry_at, "done": done, "count": count,
        }),
    }
}

fn in_words(step: &Progress) -> String {
    match step {
        Progress::Accounts { count } => format!("{count} accounts to read"),
        Progress::Reading { bank, done, count, .. } => format!("[{}/{count}] {}", done + 1, plain(bank)),
        Progress::Done { added, changed, done, count, .. } => {
            format!("[{done}/{count}] {added} added, {changed} changed")
        }
        Progress::Failed { failure, done, count, .. } => {
            format!("[{done}/{count}] failed: {}", words(&format!("{:?}", failure.kind)).replace('_', " "))
        }
    }
}
