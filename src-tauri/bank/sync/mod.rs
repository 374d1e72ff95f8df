//! Brings the store up to date with Everifin. The fifteen rules stand in ARCHITECTURE.md, "Sync".

mod history;
pub(crate) mod log;
mod reading;
mod schedule;
#[cfg(test)]
mod tests;

use crate::clock::Clock;
use crate::everifin::{Everifin, Listing, RemoteAccount};
use crate::failure::{Failure, FailureKind, Result};
use crate::journal::{self, Place};
use crate::store::Store;
use crate::store::accounts::AccountId;
use crate::store::changes::{Cause, ChangeSetId};
use crate::store::intake::{Applied, Intake};
use crate::store::listing::Listed;
use chrono::{DateTime, NaiveDate, Utc};
use reading::Reading;
pub use schedule::{Moment, Schedule};
use serde::Serialize;
use specta::Type;

/// What happens to one account during a sync; sent as it happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Progress {
    /// The list of accounts has been read.
    Accounts {
        /// How many accounts will be read.
        count: u32,
    },
    /// Reading of one account has begun.
    Reading {
        /// The account.
        account: AccountId,
        /// Its bank.
        bank: String,
        /// How many accounts are done.
        done: u32,
        /// Of how many.
        count: u32,
    },
    /// One account is done.
    Done {
        /// The account.
        account: AccountId,
        /// Transactions added.
        added: u32,
        /// Transactions changed.
        changed: u32,
        /// How many accounts are done.
        done: u32,
        /// Of how many.
        count: u32,
    },
    /// One account failed; the others go on.
    Failed {
        /// The account.
        account: AccountId,
        /// Why.
        failure: Failure,
        /// How many accounts are done.
        done: u32,
        /// Of how many.
        count: u32,
    },
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
    Synced {
        /// Transactions added.
        added: u32,
        /// Transactions changed.
        changed: u32,
    },
    /// Not asked: its consent has ended.
    NeedsReconnect,
    /// Failed.
    Failed {
        /// Why.
        failure: Failure,
    },
}

/// Reads all accounts and brings the store up to date, reporting each account as it happens.
///
/// Every account is taken over in one transaction of its own, with its balances and its cursor, so an interruption loses
/// nothing and a second sync changes nothing. An account that fails is kept as it was and said to be so; the others go on.
/// An account whose consent has ended is not asked. Fails as a whole only where Everifin cannot be asked at all: no list of
/// accounts, or no session any more. One sync at a time over all processes:
/// a second one waits for the first.
pub async fn sync(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    report: impl Fn(Progress) + Send + Sync,
) -> Result<Report> {
    let _turn = store.sync_turn().await?;
    let (listing, accounts) = list(store, everifin, clock).await?;
    let now = clock.now();
    let set = blocking(store, move |store| store.begin_changes(Cause::Sync, now)).await?;
    let limited = blocking(store, move |store| store.rate_limits(now)).await?;

    let mut banks: Vec<(&str, Outcome)> = Vec::new();
    let mut asked = Vec::new();
    let mut outcome = Report { failed: number(listing.unreadable.len()), ..Report::default() };
    for (account, remote) in accounts.into_iter().filter_map(|(id, index)| Some((id, listing.rows.get(index)?))) {
        if remote.consent_expired {
            note(&mut banks, &remote.bank_name, Outcome::NeedsReconnect);
        } else if let Some(until) = limited.get(&account) {
            // Asking before the limit ends would only move its end.
            outcome.failed += 1;
            let failure = Failure { kind: FailureKind::RateLimited, retry_at: Some(*until) };
            note(&mut banks, &remote.bank_name, Outcome::Failed { failure });
        } else {
            asked.push((account, remote));
        }
    }
    let count = number(asked.len());
    report(Progress::Accounts { count });
    let mut ended = None;
    for (done, (account, remote)) in (0..).zip(asked) {
        report(Progress::Reading { account, bank: remote.bank_name.clone(), done, count });
        match read(store, everifin, clock, set, (account, remote), None).await {
            Ok(Applied { added, changed, removed, quarantined, .. }) => {
                outcome.read += 1;
                outcome.added += added;
                outcome.changed += changed;
                outcome.removed += removed;
                outcome.quarantined += quarantined;
                note(&mut banks, &remote.bank_name, Outcome::Synced { added, changed });
                report(Progress::Done { account, added, changed, done: done + 1, count });
            }
            // Without a session no other account can be read either, and none of them has failed by itself.
            Err(failure) if failure.kind == FailureKind::SignInNeeded => {
                ended = Some(failure);
                break;
            }
            Err(failure) => {
                outcome.failed += 1;
                journal::note(Place::Accounts, &failure);
                let (kept, now) = (failure.clone(), clock.now());
                blocking(store, move |store| store.mark_failed(account, &kept, now)).await?;
                note(&mut banks, &remote.bank_name, Outcome::Failed { failure: failure.clone() });
                report(Progress::Failed { account, failure, done: done + 1, count });
            }
        }
    }
    let at = clock.now();
    // Read newest first, the banks stand in Everifin's order.
    let lines = banks.into_iter().rev().map(|(bank, outcome)| LogLine { at, bank: bank.to_owned(), outcome }).collect();
    blocking(store, move |store| log::write(&store, lines, at)).await?;
    blocking(store, move |store| store.finish_changes(set)).await?;
    ended.map_or(Ok(outcome), Err)
}

/// Reads days of one account again because the owner asks for it, beside what is new in it.
///
/// Fails with `NotFound` where Everifin does not list the account, with `AccessDenied` where its bank's consent has ended, and as
/// every reading otherwise; nothing is changed then.
pub async fn read_again(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    account: AccountId,
    days: (NaiveDate, NaiveDate),
) -> Result<Report> {
    let _turn = store.sync_turn().await?;
    let (listing, accounts) = list(store, everifin, clock).await?;
    let found = accounts.into_iter().find(|(id, _)| *id == account);
    let remote = found.and_then(|(_, index)| listing.rows.get(index)).ok_or(FailureKind::NotFound)?;
    if remote.consent_expired {
        return Err(FailureKind::AccessDenied.into());
    }
    let now = clock.now();
    let set = blocking(store, move |store| store.begin_changes(Cause::Sync, now)).await?;
    let applied = read(store, everifin, clock, set, (account, remote), Some(days)).await;
    blocking(store, move |store| store.finish_changes(set)).await?;
    let Applied { added, changed, removed, quarantined, .. } = applied?;
    Ok(Report { read: 1, failed: 0, added, changed, removed, quarantined })
}

/// Reads the list of accounts and takes it over. Answers it, and which of its rows is which account.
async fn list(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
) -> Result<(Listing<RemoteAccount>, Vec<(AccountId, usize)>)> {
    let listing = everifin.accounts().await?;
    let whole = listing.unreadable.is_empty();
    let listed: Vec<Listed> = listing.rows.iter().map(reading::listed).collect();
    let now = clock.now();
    let accounts = blocking(store, move |store| store.take_listing(&listed, whole, now)).await?;
    Ok((listing, accounts))
}

/// Reads one account and takes it over; then reads the days again that are asked for, or whose balances differ from what is booked.
async fn read(
    store: &Store,
    everifin: &Everifin,
    clock: &Clock,
    set: ChangeSetId,
    (account, remote): (AccountId, &RemoteAccount),
    days: Option<(NaiveDate, NaiveDate)>,
) -> Result<Applied> {
    let reading = Reading::begin(store, account, remote, clock.now())?;
    let intake = ask(store, everifin, remote, reading).await?;
    let mut applied = take(store, clock, set, intake.clone()).await?;
    if let Some(days) = days.or(applied.reread.take()) {
        let intake = ask(store, everifin, remote, Reading::again(intake, days, clock.now())).await?;
        applied.add(take(store, clock, set, intake).await?);
    }
    Ok(applied)
}

/// Asks everything that a reading wants to know.
async fn ask(store: &Store, everifin: &Everifin, remote: &RemoteAccount, mut reading: Reading) -> Result<Intake> {
    while let Some(query) = reading.next(store)? {
        match everifin.transactions(&remote.id, &query).await {
            Ok(answer) => reading.take(answer),
            Err(failure) if failure.kind == FailureKind::PeriodRefused && reading.refused() => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(reading.finish())
}

async fn take(store: &Store, clock: &Clock, set: ChangeSetId, intake: Intake) -> Result<Applied> {
    let now = clock.now();
    blocking(store, move |store| store.take(set, &intake, now)).await
}

/// Writing may take as long as the disk likes: not on a thread that others wait for.
async fn blocking<T: Send + 'static>(
    store: &Store,
    act: impl FnOnce(Store) -> Result<T> + Send + 'static,
) -> Result<T> {
    let store = store.clone();
    match tokio::task::spawn_blocking(move || act(store)).await {
        Ok(done) => done,
        Err(error) => {
            tracing::error!(%error, "an act on the store did not end");
            Err(FailureKind::StoreFailed.into())
        }
    }
}

/// Joins how the accounts of one bank ended: the worst is what the line says.
fn note<'a>(banks: &mut Vec<(&'a str, Outcome)>, bank: &'a str, outcome: Outcome) {
    let Some((_, joined)) = banks.iter_mut().find(|(known, _)| *known == bank) else {
        banks.push((bank, outcome));
        return;
    };
    match (&mut *joined, outcome) {
        (Outcome::Failed { .. }, _) => {}
        (Outcome::Synced { added, changed }, Outcome::Synced { added: more, changed: other }) => {
            *added += more;
            *changed += other;
        }
        (Outcome::NeedsReconnect, Outcome::Synced { .. } | Outcome::NeedsReconnect) => {}
        (_, worse) => *joined = worse,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
