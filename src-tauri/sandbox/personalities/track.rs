//! A row of the list through time: what it shows from which moment on.

use super::{Habits, Personality, ids, life, local::local};
use crate::{
    amount::{Amount, raw_number},
    api::filter::Line,
    wire::{Number, TransactionWire, stamp},
    world::row::Row,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::borrow::Cow;

/// What the lists of one account depend on besides its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    /// When Everifin was connected to the bank.
    pub(crate) connected: DateTime<Utc>,
    /// When the consent was renewed since, oldest first.
    pub(crate) renewed: &'a [DateTime<Utc>],
    /// The account's currency.
    pub(crate) currency: &'static str,
}

/// One row of the list with everything that it will ever show.
#[derive(Debug, Clone)]
pub(crate) struct Track {
    /// The number of the real row behind it.
    pub(crate) number: u64,
    versions: Vec<Version>,
}

/// What a row shows from a moment on.
#[derive(Debug, Clone)]
struct Version {
    /// When it becomes visible.
    seen: DateTime<Utc>,
    /// None once it is not listed any more.
    shown: Option<Shown>,
}

/// What filters and orders look at, and the JSON.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: u64,
    pub(crate) status: &'static str,
    line: Line,
    pub(crate) json: String,
}

impl Track {
    /// What it shows at a moment; none before it is listed, and afterwards.
    pub(crate) fn at(&self, at: DateTime<Utc>) -> Option<&Shown> {
        let listed = self.versions.partition_point(|version| version.seen <= at);
        self.versions[..listed].last()?.shown.as_ref()
    }

    /// The same, with what filters and orders look at.
    pub(super) fn line(&self, at: DateTime<Utc>) -> Option<(Line, &Shown)> {
        self.at(at).map(|shown| (shown.line, shown))
    }

    /// When it changes for the last time.
    pub(super) fn rests(&self) -> Option<DateTime<Utc>> {
        self.versions.last().map(|version| version.seen)
    }
}

impl Shown {
    /// The booking day and the signed amount that it shows.
    pub(super) fn money(&self) -> Option<(NaiveDate, i64)> {
        Some((self.line.booked?, if self.line.outgoing { -self.line.amount } else { self.line.amount }))
    }
}

/// A track before its ids are settled and its JSON is written.
#[derive(Debug, Clone)]
pub(super) struct Draft<'r> {
    pub(super) row: &'r Row,
    /// What keeps it apart from other drafts of the same row.
    pub(super) stage: u64,
    pub(super) versions: Vec<Sketch>,
}

#[derive(Debug, Clone)]
pub(super) struct Sketch {
    pub(super) seen: DateTime<Utc>,
    pub(super) stamp: DateTime<Utc>,
    pub(super) look: Option<Look>,
}

/// Everything about a row that habits change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) id: u64,
    pub(super) bank_id: Option<String>,
    pub(super) status: &'static str,
    /// Signed.
    pub(super) amount: i64,
    pub(super) booked: Option<NaiveDate>,
    pub(super) value: NaiveDate,
    pub(super) text: Text,
}

/// Which of its texts a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// What the terminal said, long before the bank knew more.
    Raw,
    /// Without the counterparty's name.
    Nameless,
    Plain,
    Corrected,
}

impl Habits {
    /// All tracks of an account's rows, in their order.
    pub(crate) fn tracks<'r>(&self, rows: impl Iterator<Item = &'r Row>, around: Circumstances<'_>) -> Vec<Track> {
        let mut drafts: Vec<Draft<'r>> = rows.flat_map(|row| life::drafts(self, row, around)).collect();
        ids::settle(self, &mut drafts, around);
        drafts.into_iter().filter_map(|draft| self.finish(draft, around)).collect()
    }

    fn finish(&self, draft: Draft<'_>, around: Circumstances<'_>) -> Option<Track> {
        let created = draft.versions.first()?.stamp;
        let version = |sketch: Sketch| Version {
            seen: sketch.seen,
            shown: sketch.look.map(|look| self.shown(draft.row, look, around.currency, (created, sketch.stamp))),
        };
        let versions = draft.versions.into_iter().map(version).collect();
        Some(Track { number: draft.row.id, versions })
    }

    fn shown(
        &self,
        row: &Row,
        look: Look,
        currency: &'static str,
        (created, updated): (DateTime<Utc>, DateTime<Utc>),
    ) -> Shown {
        let json = serde_json::to_string(&self.written(row, &look, currency, (created, updated)));
        Shown {
            id: look.id,
            status: look.status,
            line: Line {
                id: row.id,
                pending: look.status == "PENDING",
                outgoing: look.amount < 0,
                amount: look.amount.abs(),
                booked: look.booked,
                value: look.value,
                created,
                updated,
            },
            json: json.unwrap_or_default(),
        }
    }

    fn written<'r>(
        &self,
        row: &'r Row,
        look: &Look,
        currency: &'static str,
        (created, updated): (DateTime<Utc>, DateTime<Utc>),
    ) -> TransactionWire<'r> {
        let odd = self.has(Personality::TextNumbers);
        let number = |digits, text: bool| if text { Number::Text(digits) } else { Number::Plain(digits) };
        let raw = look.text == Text::Raw;
        let foreign = row.foreign.as_ref().filter(|_| !raw);
        let other = |text: &'r Option<String>| text.as_deref().filter(|_| !raw);
        let words = |text: &'r Option<Cow<'static, str>>| text.as_deref().filter(|_| !raw);
        TransactionWire {
            id: number(look.id.to_string(), !odd),
            bank_transaction_id: look.bank_id.clone(),
            status: look.status,
            direction: if look.amount < 0 { "OUT" } else { "IN" },
            amount: number(Amount(look.amount.abs()).to_string(), odd),
            currency,
            original_amount: foreign.map(|foreign| foreign.amount),
            original_currency: foreign.map(|foreign| foreign.currency),
            exchange_rate: foreign.and_then(|foreign| raw_number(foreign.rate)),
            booking_date: look.booked,
            value_date: look.value,
            counterparty_name: match look.text {
                Text::Raw => Some("TERMINAL 0471 BRATISLAVA"),
                Text::Nameless => None,
                Text::Plain | Text::Corrected => row.other.name.as_deref(),
            },
            counterparty_iban: other(&row.other.iban),
            counterparty_account_number: other(&row.other.iban).and_then(crate::iban::domestic),
            counterparty_bic: words(&row.other.bic),
            variable_symbol: other(&row.words.variable),
            constant_symbol: words(&row.words.constant),
            specific_symbol: other(&row.words.specific),
            reference: other(&row.words.reference),
            payment_message: other(&row.words.message),
            description: match look.text {
                Text::Raw => Some("Blokácia"),
                Text::Corrected => Some("Oprava údajov"),
                Text::Nameless | Text::Plain => row.words.description.as_deref(),
            },
            created_at: self.moment(created),
            last_updated: self.moment(updated),
        }
    }

    /// A moment as this bank's rows and accounts bear it.
    pub(crate) fn moment(&self, moment: DateTime<Utc>) -> String {
        if self.has(Personality::LocalTimes) { stamp(local(moment)) } else { stamp(moment) }
    }

    /// The day of a moment, as this bank counts days.
    pub(super) fn day(&self, moment: DateTime<Utc>) -> NaiveDate {
        if self.has(Personality::Midnight) { local(moment).date_naive() } else { moment.date_naive() }
    }
}
