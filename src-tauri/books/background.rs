//! Reading the banks without being asked: quietly, and never in the way.

use super::Saldo;
use crate::window::Happened;
use bank::auth::SessionState;
use bank::desk::{Desk, off_the_runtime};
use bank::payments::Scope;
use bank::sync::{Moment, Schedule};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::Notify;

/// Between two looks at the clock.
const LOOK: Duration = Duration::from_secs(15);
/// More than this between two looks, and the computer slept.
const SLEPT: TimeDelta = TimeDelta::seconds(60);

/// Between two rounds over all open payments, however often the owner turns to the window.
const PAYMENTS_REST: TimeDelta = TimeDelta::minutes(1);

/// That the owner turned to the window, until somebody has taken note.
#[derive(Default)]
pub(super) struct Turned {
    turned: AtomicBool,
    news: Notify,
}

/// What the reading remembers from one look to the next.
struct Looking {
    schedule: Schedule,
    at: DateTime<Utc>,
    desk: Weak<Desk>,
    signed_in: bool,
    /// When all open payments were asked about.
    payments: Option<DateTime<Utc>>,
}

impl Saldo {
    /// The owner turned to the window.
    pub fn turned_to(&self) {
        self.turned.turned.store(true, Ordering::Relaxed);
        self.turned.news.notify_one();
    }

    /// Reads the banks when that is due, as long as Saldo runs. Opens nothing and asks no keychain that has not been opened: what is
    /// locked or signed out waits for the owner.
    pub async fn read_in_background(self: Arc<Self>) {
        let at = self.around.clock.now();
        let mut looking =
            Looking { schedule: Schedule::default(), at, desk: Weak::new(), signed_in: false, payments: None };
        loop {
            // Either is enough, and which of them it was does not matter.
            let _ = tokio::time::timeout(LOOK, self.turned.news.notified()).await;
            let now = self.around.clock.now();
            let woke = now - looking.at > SLEPT;
            looking.at = now;
            let back = self.turned.turned.swap(false, Ordering::Relaxed) || woke;
            let desk = self.open.read().await.as_ref().map(|open| Arc::clone(&open.desk));
            let Some(desk) = desk else { continue };
            if looking.payments_due(&desk, back, now) {
                self.ask_about_payments(&desk, Scope::All).await;
            }
            if looking.finds_due(&desk, back, now).await {
                let read = desk.sync(|_| ()).await;
                let failure = read.err().map(|failure| (failure.kind, failure.retry_at));
                looking.schedule.read(failure, self.around.clock.now());
                self.tell(Happened::Data);
            }
        }
    }
}

impl Looking {
    /// Whether all open payments are to be asked about, due or not: at the start of a book, and when the owner comes back to them.
    fn payments_due(&mut self, desk: &Arc<Desk>, back: bool, now: DateTime<Utc>) -> bool {
        let opened = !std::ptr::eq(self.desk.as_ptr(), Arc::as_ptr(desk));
        let lately = self.payments.is_some_and(|at| at <= now && now - at < PAYMENTS_REST);
        let due = opened || (back && !lately);
        if due {
            self.payments = Some(now);
        }
        due
    }

    async fn finds_due(&mut self, desk: &Arc<Desk>, back: bool, now: DateTime<Utc>) -> bool {
        let signed_in = *desk.line().session.changes().borrow() == Some(SessionState::SignedIn);
        let same = std::ptr::eq(self.desk.as_ptr(), Arc::as_ptr(desk));
        if !same {
            (self.desk, self.schedule) = (Arc::downgrade(desk), Schedule::default());
        } else if signed_in && !self.signed_in {
            // The window reads by itself after a sign-in.
            self.schedule = Schedule::default();
            self.schedule.noticed(now);
        }
        self.signed_in = signed_in;
        let asked = Arc::clone(desk);
        if let Ok(Some(synced)) = off_the_runtime(move || asked.store.last_synced()).await {
            self.schedule.noticed(synced);
        }
        signed_in && self.schedule.is_due(if back { Moment::Back } else { Moment::Tick }, now)
    }
}
