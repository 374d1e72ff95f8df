//! How the session stands, for people: until when it is good, and how its last renewal went.

use super::SessionState;
use crate::failure::Failure;
use crate::journal::{self, Place};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use specta::Type;
use std::time::Duration;

/// How the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Whether Everifin can be asked.
    pub state: SessionState,
    /// When it ends if nothing is asked until then; none where Everifin has not said, or says that it has no end.
    pub until: Option<DateTime<Utc>>,
    /// The last renewal since Saldo started.
    pub renewal: Option<Renewal>,
}

/// A renewal of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Renewal {
    /// When.
    pub at: DateTime<Utc>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// What is remembered of the session in this process, beside its state.
#[derive(Default)]
pub(super) struct Memory {
    until: Option<DateTime<Utc>>,
    renewal: Option<Renewal>,
}

impl Memory {
    /// Something was granted, by a sign-in or by a renewal.
    pub(super) fn granted(&mut self, refresh_life: Option<Duration>, now: DateTime<Utc>) {
        self.until = refresh_life.and_then(|life| now.checked_add_signed(TimeDelta::from_std(life).ok()?));
    }

    /// A renewal was tried.
    pub(super) fn renewed(&mut self, failure: Option<Failure>, now: DateTime<Utc>) {
        if let Some(failure) = &failure {
            journal::note(Place::Renewal, failure);
        }
        self.renewal = Some(Renewal { at: now, failure });
    }

    /// What can be told of a session in this state.
    pub(super) fn standing(&self, state: SessionState) -> Standing {
        let lives = !matches!(state, SessionState::SignedOut | SessionState::Ended);
        Standing { state, until: self.until.filter(|_| lives), renewal: self.renewal.clone() }
    }
}
