//! Writing a payment's progress: the one place where an event reaches the database.

use super::state::{Event, Illegal, Move};
use super::{PaymentId, PaymentState, bulk, schedule};
use crate::everifin::{RemotePayment, RemoteStatus};
use crate::failure::{FailureKind, Result};
use crate::store::payments::{self as table, Evidence, PaymentRow};
use crate::store::{Fault, Store};
use chrono::{DateTime, Utc};
use rusqlite::Transaction;

/// A payment as it stands inside a transaction. What is changed here is kept when the transaction ends.
pub(crate) struct Entry<'tx> {
    tx: &'tx Transaction<'tx>,
    pub(crate) row: PaymentRow,
    now: DateTime<Utc>,
}

impl<'tx> Entry<'tx> {
    /// Reads a payment; none when there is none.
    pub(crate) fn open(tx: &'tx Transaction<'tx>, id: PaymentId, now: DateTime<Utc>) -> rusqlite::Result<Option<Self>> {
        Ok(table::find(tx, id)?.map(|row| Self { tx, row, now }))
    }

    /// Lets an event happen; to a bulk also to each payment in it whose end is not known. What cannot happen, or is older than
    /// what is known, is logged and changes nothing. Answers whether the state changed.
    pub(crate) fn happens(&mut self, event: Event, remote_status: Option<&str>) -> rusqlite::Result<bool> {
        let (id, state) = (self.row.id.0, self.row.state);
        match state.after(event) {
            Ok(Move::To(next)) => {
                let moved = self.reach(next, remote_status)?;
                if moved && self.row.is_bulk {
                    self.lines_follow(event, remote_status)?;
                }
                Ok(moved)
            }
            Ok(Move::Stay) => Ok(false),
            Ok(Move::Stale) => {
                tracing::warn!(payment = id, from = ?state, ?event, "an older report is ignored");
                Ok(false)
            }
            Err(Illegal { .. }) => {
                tracing::error!(payment = id, from = ?state, ?event, "this cannot happen and is ignored");
                Ok(false)
            }
        }
    }

    fn lines_follow(&self, event: Event, remote_status: Option<&str>) -> rusqlite::Result<()> {
        for mut line in self.lines()?.into_iter().filter(|line| !line.row.state.is_final()) {
            line.happens(event, remote_status)?;
            line.save()?;
        }
        Ok(())
    }

    /// The payments in a bulk, in the same transaction.
    pub(crate) fn lines(&self) -> rusqlite::Result<Vec<Self>> {
        let (tx, now) = (self.tx, self.now);
        Ok(table::lines(tx, self.row.id)?.into_iter().map(|row| Self { tx, row, now }).collect())
    }

    fn reach(&mut self, next: PaymentState, remote_status: Option<&str>) -> rusqlite::Result<bool> {
        let attempt = table::attempt(self.tx, self.row.id)?;
        let evidence = Evidence {
            external_id: attempt.as_ref().map(|attempt| attempt.external_id.as_str()),
            remote_id: self.row.remote_id.as_deref(),
            remote_status,
        };
        let moved = table::change_state(self.tx, self.row.id, (self.row.state, next), self.now, evidence)?;
        if moved {
            self.row.state = next;
            self.row.changed = self.now;
            self.row.fruitless = 0;
            if next.is_final() || next == PaymentState::Draft {
                self.row.awaits = None;
                self.row.page = None;
                self.row.returned = None;
                self.row.next_check = None;
                table::ask(self.tx, self.row.id, None)?;
                table::carried(self.tx, self.row.id)?;
            }
        }
        Ok(moved)
    }

    /// Takes over what Everifin says when it is asked where a payment stands.
    pub(crate) fn read(&mut self, remote: &RemotePayment) -> rusqlite::Result<()> {
        if self.row.is_bulk { bulk::read(self, remote) } else { self.reported(&remote.status) }
    }

    /// Takes over what Everifin reports as the payment's status. A word that Saldo does not know changes nothing: only the
    /// documented words for success are called done. That a bulk has ended does not say what became of the payments in it:
    /// until that is read ([`Self::read`]), the bank is said to work on them.
    pub(crate) fn reported(&mut self, status: &RemoteStatus) -> rusqlite::Result<()> {
        let (event, word) = match status {
            RemoteStatus::Created => (Event::Create, "CREATED"),
            RemoteStatus::Processing => (Event::Process, "PROCESSING"),
            RemoteStatus::Finished => (Event::Finish, "FINISHED"),
            RemoteStatus::PartiallyPaid => (Event::PayInPart, "PARTIALLY_PAID"),
            RemoteStatus::Failed => (Event::Fail, "FAILED"),
            RemoteStatus::Other(word) => {
                tracing::warn!(payment = self.row.id.0, status = ?word.chars().take(40).collect::<String>(), "unknown status");
                return Ok(());
            }
        };
        let event = if self.row.is_bulk && status.is_final() { Event::Process } else { event };
        self.happens(event, Some(word)).map(|_| ())
    }

    /// Notes that the bank was asked where the payment stands, and answered.
    pub(crate) fn checked(&mut self) {
        self.row.checked = Some(self.now);
        self.row.checks = self.row.checks.saturating_add(1);
    }

    /// Sets when the bank is asked next, ever later while nothing changes.
    pub(crate) fn postpone(&mut self, not_before: Option<DateTime<Utc>>) {
        if !self.row.state.is_final() {
            self.row.next_check = Some(schedule::next_check(self.row.fruitless, self.now, not_before));
            self.row.fruitless = self.row.fruitless.saturating_add(1);
        }
    }

    /// Lets the bank be asked at the next look: what it said leads to more that can be read already.
    pub(crate) fn ask_on(&mut self) {
        if !self.row.state.is_final() {
            self.row.next_check = Some(self.now);
        }
    }

    /// Keeps what was changed beside the state.
    pub(crate) fn save(self) -> rusqlite::Result<()> {
        table::save_progress(self.tx, &self.row)
    }

    pub(crate) fn tx(&self) -> &'tx Transaction<'tx> {
        self.tx
    }
}

/// Reads a payment anew, changes it and keeps it, in one transaction. `NotFound` when there is none.
pub(crate) fn change<T>(
    store: &Store,
    id: PaymentId,
    now: DateTime<Utc>,
    with: impl FnOnce(&mut Entry<'_>) -> Result<T, Fault>,
) -> Result<T> {
    store.write(|tx| {
        let mut entry = Entry::open(tx, id, now)?.ok_or(FailureKind::NotFound)?;
        let answer = with(&mut entry)?;
        entry.save()?;
        Ok(answer)
    })
}

/// Runs work on the store away from the threads that serve the network.
pub(crate) async fn aside<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Store) -> Result<T> + Send + 'static,
) -> Result<T> {
    let store = store.clone();
    tokio::task::spawn_blocking(move || work(&store)).await.unwrap_or_else(|cause| {
        tracing::error!(%cause, "work on the store ended early");
        Err(FailureKind::StoreFailed.into())
    })
}
