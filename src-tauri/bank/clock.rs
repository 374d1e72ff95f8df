//! Where "now" comes from. Time is a parameter everywhere below the shell; only the shell and a test make a [`Clock`].

use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;

/// A source of the present moment, cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The computer's own clock.
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock under the caller's control, for tests and for replaying a day.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// Today's calendar date for the owner. Slovakia and Czechia share one time zone; the computer's zone is used.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&chrono::Local).date_naive()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
