//! Reading one account, question by question. Knows no network: it says what to ask next and takes the answers.

use super::history::History;
use crate::everifin::{BalanceKind, Listing, RemoteAccount, RemoteTransaction, TransactionQuery};
use crate::failure::Result;
use crate::iban;
use crate::store::Store;
use crate::store::accounts::AccountId;
use crate::store::entry::Facts;
use crate::store::intake::{Incoming, Intake, Whole};
use crate::store::listing::{Balances, Listed};
use crate::store::place::Place;
use crate::store::transactions::Direction;
use crate::symbols;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// How many of the last days are read anew by booking date, and how often.
const LAST_DAYS: Days = Days::new(10);
const REREAD_EVERY: TimeDelta = TimeDelta::hours(20);

/// Pieces of days in doubt are not made smaller than this.
const SMALLEST_PIECE: i64 = 7;

/// How far before the newest change is read again, because banks make changes visible late.
const LAG: TimeDelta = TimeDelta::days(3);

/// Changes dated later than this are not believed when the next beginning is chosen.
const BELIEVABLE: TimeDelta = TimeDelta::days(1);

/// The reading of one account under way.
pub(super) struct Reading {
    intake: Intake,
    place: Option<Place>,
    stage: Stage,
    now: DateTime<Utc>,
}

enum Stage {
    /// Everything that the bank has.
    History(History),
    /// What has changed.
    Changes,
    /// The last days by booking date, when they are due.
    LastDays,
    /// Days on which rows may have new ids.
    Doubt,
    /// The same in pieces, the last one next, up to a day.
    Pieces(Vec<(NaiveDate, NaiveDate)>, NaiveDate),
    /// Days whose balances differ from what is booked.
    Difference(NaiveDate, NaiveDate),
    Done,
}

impl Reading {
    pub(super) fn begin(store: &Store, account: AccountId, remote: &RemoteAccount, now: DateTime<Utc>) -> Result<Self> {
        let remote_id = remote.id.0.clone();
        let place = store.place(account, &remote_id, now)?;
        let balance = |kind| {
            let of_kind = remote.balances.iter().filter(|balance| balance.kind == kind);
            // In another currency than the account's, or finer than its minor unit, it is unknown.
            of_kind
                .filter(|balance| balance.money.currency == remote.currency && balance.money.minor().is_ok())
                .max_by_key(|balance| balance.at)
                .map(|balance| (balance.money, balance.at))
        };
        let intake = Intake {
            account,
            remote_id,
            rows: Vec::new(),
            whole: Whole::Nowhere,
            cursor: None,
            reread: false,
            unsure: false,
            settle: None,
            history_from: remote.history_from,
            balances: Balances { booked: balance(BalanceKind::Booked), available: balance(BalanceKind::Available) },
        };
        // Without a single change read so far there is nothing to begin after.
        let place = place.filter(|place| place.updated.is_some());
        let stage =
            if place.is_some() { Stage::Changes } else { Stage::History(History::new(remote.history_from, now)) };
        Ok(Self { intake, place, stage, now })
    }

    /// Reads days again whose balances differ, after everything else has been taken over.
    pub(super) fn again(before: Intake, (first, last): (NaiveDate, NaiveDate), now: DateTime<Utc>) -> Self {
        let intake = Intake { whole: Whole::Days(first, last), settle: Some((first, last)), ..before };
        Self { intake, place: None, stage: Stage::Difference(first, last), now }
    }

    /// What to ask next; none at the end.
    pub(super) fn next(&mut self, store: &Store) -> Result<Option<TransactionQuery>> {
        if matches!(self.stage, Stage::LastDays) && !self.reread_due() {
            self.stage = Stage::Doubt;
        }
        let query = match &self.stage {
            Stage::History(history) => history.next(),
            Stage::Changes => {
                Some(TransactionQuery { updated_from: self.changes_from(), ..TransactionQuery::default() })
            }
            Stage::LastDays => {
                Some(TransactionQuery { booked_from: Some(self.last_days()), ..TransactionQuery::default() })
            }
            Stage::Doubt if self.intake.whole == Whole::Everywhere => None,
            Stage::Doubt => {
                let days = store.doubtful_days(self.intake.account, &self.intake.rows)?;
                if let Some((first, last)) = days.and_then(|days| self.doubt(days)) {
                    self.stage = Stage::Pieces(vec![(first, last)], last);
                    return self.next(store);
                }
                None
            }
            Stage::Pieces(pieces, _) => pieces.last().map(|(first, last)| TransactionQuery {
                booked_from: Some(*first),
                booked_to: (*last != NaiveDate::MAX).then_some(*last),
                ..TransactionQuery::default()
            }),
            Stage::Difference(first, last) => {
                let (booked_from, booked_to) = (Some(*first), Some(*last));
                Some(TransactionQuery { booked_from, booked_to, ..TransactionQuery::default() })
            }
            Stage::Done => None,
        };
        if query.is_none() {
            self.stage = Stage::Done;
        }
        Ok(query)
    }

    /// Goes on after the bank refused to give so long a period; false where there is no other way to ask.
    pub(super) fn refused(&mut self) -> bool {
        match &mut self.stage {
            Stage::History(history) => history.refused(),
            // Without what has changed there is nothing to take over.
            Stage::Changes | Stage::Doubt | Stage::Done => false,
            Stage::Pieces(pieces, _) => {
                let Some((first, last)) = pieces.pop() else { return false };
                let width = last.min(self.now.date_naive()).signed_duration_since(first).num_days();
                if width > SMALLEST_PIECE {
                    let middle = first + TimeDelta::days(width / 2);
                    pieces.extend([(first, middle), (middle + TimeDelta::days(1), last)]);
                } else {
                    // Further back than the bank goes.
                    self.intake.unsure = true;
                    self.stage = Stage::Done;
                }
                true
            }
            Stage::LastDays | Stage::Difference(..) => {
                self.intake.whole = Whole::Nowhere;
                self.stage = Stage::Done;
                true
            }
        }
    }

    /// Takes the answer to the last question.
    pub(super) fn take(&mut self, answer: Listing<RemoteTransaction>) {
        let latest = self.now + BELIEVABLE;
        let newest = answer.rows.iter().map(|row| row.updated).filter(|updated| *updated <= latest).max();
        let next = newest.map(|newest| newest + TimeDelta::milliseconds(1));
        match &mut self.stage {
            Stage::History(history) => {
                history.answered(answer.rows.iter().filter_map(|row| row.booked).min());
                self.intake.cursor = self.intake.cursor.max(next);
                self.intake.whole = Whole::Everywhere;
                self.intake.history_from = history.whole_from();
            }
            Stage::Changes => {
                // An answer to a question that went further back does not take the beginning back.
                self.intake.cursor = next.max(self.place.and_then(|place| place.updated));
                self.stage = Stage::LastDays;
            }
            Stage::LastDays => {
                self.intake.whole = Whole::Days(self.last_days(), NaiveDate::MAX);
                self.intake.reread = true;
                self.stage = Stage::Doubt;
            }
            Stage::Pieces(pieces, last) => {
                if let Some((first, _)) = pieces.pop() {
                    self.intake.whole = Whole::Days(first, *last);
                }
                if pieces.is_empty() {
                    self.stage = Stage::Done;
                }
            }
            Stage::Doubt | Stage::Difference(..) | Stage::Done => self.stage = Stage::Done,
        }
        self.intake.rows.extend(answer.rows.iter().map(incoming));
        self.intake.rows.extend(answer.unreadable.into_iter().map(|row| Incoming {
            remote_id: row.id.map(|id| id.0).unwrap_or_default(),
            created: self.now,
            updated: self.now,
            facts: None,
            raw: row.raw,
        }));
    }

    /// Everything read, to be taken over.
    pub(super) fn finish(self) -> Intake {
        self.intake
    }

    /// From the newest change on; earlier where rows announce something, because only reading them again shows which of them are
    /// still there, and where the last days are read anew.
    fn changes_from(&self) -> Option<DateTime<Utc>> {
        let place = self.place?;
        let due = self.reread_due();
        let days = due.then(|| self.now.checked_sub_days(LAST_DAYS)).flatten();
        let lag = place.updated.filter(|_| due).map(|updated| updated - LAG);
        [place.updated, place.announced, days, lag].into_iter().flatten().min()
    }

    fn reread_due(&self) -> bool {
        self.place.is_some_and(|place| self.now - place.reread_at >= REREAD_EVERY)
    }

    fn last_days(&self) -> NaiveDate {
        let today = self.now.date_naive();
        today.checked_sub_days(LAST_DAYS).unwrap_or(today)
    }

    /// The days to ask for because of doubtful ones, together with those that are whole already; none where all are.
    fn doubt(&self, (first, last): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
        match self.intake.whole {
            Whole::Days(from, to) if from <= first && last <= to => None,
            Whole::Days(from, to) => Some((first.min(from), last.max(to))),
            _ => Some((first, last)),
        }
    }
}

/// The account as the store takes it over.
pub(super) fn listed(remote: &RemoteAccount) -> Listed {
    let iban = remote.iban.as_deref().and_then(|iban| iban::parse(iban).ok());
    Listed {
        remote_id: remote.id.0.clone(),
        number: text(remote.number.as_deref()).or_else(|| iban.as_deref().and_then(iban::domestic)),
        iban,
        currency: remote.currency,
        name: text(Some(&remote.name)).unwrap_or_default(),
        kind: remote.kind.clone(),
        bank_name: text(Some(&remote.bank_name)).unwrap_or_default(),
        bank_bic: text(remote.bank_bic.as_deref()),
        bank_country: remote.bank_country.clone(),
        consent_expired: remote.consent_expired,
        consent_until: remote.consent_until,
        refreshed: remote.refreshed,
        raw: remote.raw.clone(),
    }
}

fn incoming(remote: &RemoteTransaction) -> Incoming {
    Incoming {
        remote_id: remote.id.0.clone(),
        created: remote.created,
        updated: remote.updated,
        facts: facts(remote),
        raw: remote.raw.clone(),
    }
}

/// What a transaction says; none where its amount is negative or finer than its currency's minor unit.
fn facts(remote: &RemoteTransaction) -> Option<Facts> {
    let minor = remote.amount.minor().ok().filter(|minor| *minor >= 0)?;
    let symbol = |symbol: &Option<String>| text(symbol.as_deref()).filter(|text| text.bytes().any(|b| b != b'0'));
    let mut facts = Facts {
        status: remote.status,
        amount: if remote.direction == Direction::Out { -minor } else { minor },
        currency: remote.amount.currency,
        original: remote.original.filter(|original| original.minor().is_ok()),
        booked: remote.booked,
        value: remote.value,
        counterparty: text(remote.counterparty.as_deref()),
        // A payee known by a domestic number is the same payee as by its IBAN.
        counterparty_iban: text(remote.counterparty_iban.as_deref())
            .map(|iban| iban::normalise(&iban))
            .or_else(|| iban::of_domestic(remote.counterparty_number.as_deref()?)),
        counterparty_number: text(remote.counterparty_number.as_deref()),
        variable_symbol: symbol(&remote.variable_symbol),
        constant_symbol: symbol(&remote.constant_symbol),
        specific_symbol: symbol(&remote.specific_symbol),
        reference: text(remote.reference.as_deref()),
        message: text(remote.message.as_deref()),
        description: text(remote.description.as_deref()),
        bank_id: text(remote.bank_id.as_deref()),
    };
    let symbols = [&facts.variable_symbol, &facts.constant_symbol, &facts.specific_symbol];
    if symbols.iter().all(|symbol| symbol.is_none())
        && let Some(found) = facts.reference.as_deref().and_then(symbols::parse_reference)
    {
        // Symbols exclude the reference: what stood there was the symbols.
        facts.reference = None;
        facts.variable_symbol = found.variable;
        facts.constant_symbol = found.constant;
        facts.specific_symbol = found.specific;
    }
    Some(facts)
}

/// A text of a bank: none when empty; without control characters and marks that turn the writing round, which could make a
/// name or a number look like another.
fn text(text: Option<&str>) -> Option<String> {
    let plain: String = text?
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}
