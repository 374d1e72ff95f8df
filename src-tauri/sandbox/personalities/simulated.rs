//! One account at one bank with its habits, from its connection on: what is real, and what Everifin says of it. For the
//! simulation of very many syncs; no network, no clock, no threads.

use super::{
    Circumstances, Habits, Personality, Refusal, Track,
    list::{List, No},
    made::{self, Stream},
};
use crate::{
    amount::Amount,
    api::{
        filter::FILTERS,
        query::Query,
        reply::{self, ApiError},
    },
    iban,
    wire::{AccountWire, BankRef},
    world::row::{Outcome, Row},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

const CURRENCY: &str = "EUR";
const ACCOUNT: u64 = 70_001;
const CONSENT: TimeDelta = TimeDelta::days(180);
/// Days after the connection in which anything happens.
const LIVES: u64 = 150;

/// What the API answers: status, seconds of `Retry-After`, and the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// HTTP status.
    pub status: u16,
    /// Seconds to wait, with 429.
    pub retry_after: Option<u64>,
    /// JSON, or a proxy's page.
    pub body: String,
}

/// A movement of money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Movement {
    /// Its true identity; never on the wire.
    pub number: u64,
    /// Booking day.
    pub day: NaiveDate,
    /// Minor units, negative when money leaves.
    pub minor: i64,
    /// The other side.
    pub iban: Option<String>,
    /// Variable symbol.
    pub symbol: Option<String>,
}

/// One account at a bank with habits.
pub struct Simulated {
    habits: Habits,
    rows: Vec<Row>,
    tracks: Vec<Track>,
    iban: String,
    connected: DateTime<Utc>,
    first_day: NaiveDate,
    opening: i64,
    now: DateTime<Utc>,
    renewed: Vec<DateTime<Utc>>,
    consent_end: DateTime<Utc>,
    lists: u64,
}

impl Simulated {
    /// An account whose life follows from the seed; now is the moment after its connection. `serial` makes its IBAN.
    pub fn new(seed: u64, serial: u64, personalities: &[Personality]) -> Self {
        let habits = Habits::new(seed, personalities);
        let mut stream = Stream::new(seed);
        // Half of all lives see the clocks change.
        let days = match stream.below(4) {
            0 => 60 + stream.below(25),
            1 => 270 + stream.below(27),
            _ => stream.below(365),
        };
        let second = stream.below(86_400_000);
        let year = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        let connected = year.and_time(chrono::NaiveTime::MIN).and_utc()
            + TimeDelta::days(days.cast_signed())
            + TimeDelta::milliseconds(second.cast_signed());
        let today = connected.date_naive();
        let history = 10 + stream.below(140);
        let first_day = today - chrono::Days::new(history);
        let rows = made::rows(&habits, &mut stream, (first_day, today + chrono::Days::new(LIVES)), connected);
        let consent_end = habits.consent_end(connected, CONSENT);
        let mut simulated = Self {
            tracks: Vec::new(),
            iban: iban::make("SK", "1100", 2_000_000_000 + serial % 90_000_000 * 89),
            connected,
            // Days are local somewhere: the first of them may begin a day earlier.
            first_day: first_day - chrono::Days::new(3),
            opening: 100_000 + stream.below(5_000_000).cast_signed(),
            now: connected + TimeDelta::seconds(30),
            renewed: Vec::new(),
            consent_end,
            lists: 0,
            habits,
            rows,
        };
        simulated.draw();
        simulated
    }

    fn draw(&mut self) {
        let around = Circumstances { connected: self.connected, renewed: &self.renewed, currency: CURRENCY };
        self.tracks = self.habits.tracks(self.rows.iter(), around);
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Time passes.
    pub fn advance(&mut self, by: TimeDelta) {
        self.now += by;
    }

    /// No further movement happens, and after the moment that this answers nothing changes any more.
    pub fn settle(&mut self) -> DateTime<Utc> {
        let now = self.now;
        self.rows.retain(|row| row.created <= now);
        self.draw();
        let settled = self.rows.iter().map(|row| row.settled).max();
        self.tracks.iter().filter_map(Track::rests).max().max(settled).unwrap_or(now).max(now)
    }

    /// Whether the bank's consent has ended.
    pub fn expired(&self) -> bool {
        self.consent_end <= self.now
    }

    /// The owner gives a new consent at the bank.
    pub fn renew(&mut self) {
        self.renewed.push(self.now);
        self.consent_end = self.habits.consent_end(self.now, CONSENT);
        self.draw();
    }

    /// Why the lists alone cannot tell what really happened; none where they can.
    pub fn misleads(&self) -> Option<&'static str> {
        self.habits.misleads()
    }

    /// The booked balance of a moment, in minor units.
    pub fn booked(&self, at: DateTime<Utc>) -> i64 {
        let money = self.rows.iter().filter_map(|row| self.habits.money(row, at));
        self.opening + money.map(|(_, amount)| amount).sum::<i64>()
    }

    /// Every movement that the bank has booked by now.
    pub fn truth(&self) -> Vec<Movement> {
        let real = |row: &Row| self.habits.money(row, self.now).map(|money| movement(row, money));
        self.rows.iter().filter_map(real).collect()
    }

    /// Every movement that is listed as booked now, as it is listed.
    pub fn listed(&self) -> Vec<Movement> {
        let shown = self.tracks.iter().filter_map(|track| {
            let row = self.rows.binary_search_by_key(&track.number, |row| row.id).ok()?;
            let booked = track.at(self.seen()).filter(|shown| shown.status == "BOOKED")?;
            Some(movement(&self.rows[row], booked.money()?))
        });
        shown.collect()
    }

    /// How many rows are listed as pending now.
    pub fn pending(&self) -> usize {
        let shown = self.tracks.iter().filter_map(|track| track.at(self.seen()));
        shown.filter(|shown| shown.status == "PENDING").count()
    }

    /// `GET /v1/bank-accounts`.
    pub fn accounts(&self) -> Said {
        let mut listed: Vec<String> = Vec::new();
        if self.habits.closed(self.connected).is_none_or(|closed| self.now < closed) {
            let renewed = self.renewed.len();
            let last = self.renewed.last().copied().unwrap_or(self.connected);
            for former in self.habits.former_ids(ACCOUNT, renewed) {
                listed.push(self.account(former, last, true));
            }
            listed.push(self.account(self.habits.account_id(ACCOUNT, renewed), self.seen(), self.expired()));
        }
        let count = listed.len();
        let meta = json!({ "status": "SUCCESS", "pagination": { "page": 1, "countPerPage": 200, "countTotal": count,
            "first": 1, "last": 1, "nextPageUrl": null, "previousPageUrl": null } });
        Said::ok(format!(r#"{{"meta":{meta},"data":[{}]}}"#, listed.join(",")))
    }

    fn account(&self, id: u64, seen: DateTime<Utc>, expired: bool) -> String {
        let at = self.habits.stated(seen);
        let booked = self.booked(at);
        let held = |row: &&Row| row.outgoing && row.created <= at && at < row.settled && row.outcome == Outcome::Booked;
        let available = booked - self.rows.iter().filter(held).map(|row| row.amount.0).sum::<i64>();
        let line = self.habits.line();
        let account = AccountWire {
            id,
            iban: Some(&self.iban),
            account_number: None,
            currency: CURRENCY,
            name: "Bežný účet",
            owner_name: "Brezan Interiér s.r.o.",
            r#type: "CURRENT",
            bank: BankRef { id: "tatrskbx", name: "Tatra banka", bic: "TATRSKBX", country_code: "SK" },
            status: if expired { "CONSENT_EXPIRED" } else { "ACTIVE" },
            consent_valid_until: self.habits.moment(self.consent_end),
            last_refreshed_at: self.habits.moment(seen),
            history_from: self.first_day,
            balances: self.habits.balances((Amount(booked), Amount(available)), line.unwrap_or_default(), CURRENCY, at),
            credit_limit: line,
        };
        serde_json::to_string(&account).unwrap_or_default()
    }

    /// `GET /v1/bank-accounts/{account}/transactions?{query}`.
    pub fn transactions(&mut self, account: &str, query: &str) -> Said {
        self.page(account, query).unwrap_or_else(|no| Said::no(&no))
    }

    fn page(&mut self, account: &str, query: &str) -> Result<Said, No> {
        let query = Query::parse("/v1/bank-accounts", Some(query), &FILTERS)?;
        if account != self.habits.account_id(ACCOUNT, self.renewed.len()).to_string() {
            return Err(ApiError::missing(format!("Bank account {account} not found")).into());
        }
        if query.wanted()?.0 == 1 {
            self.lists += 1;
        }
        let (habits, tracks, now) = (&self.habits, &self.tracks[..], self.now);
        let list = List { habits, tracks, connected: self.connected, now, seen: self.seen(), number: self.lists };
        list.page(&query, "").map(Said::ok)
    }

    /// Up to when Everifin has the bank's data.
    fn seen(&self) -> DateTime<Utc> {
        self.now.min(self.consent_end)
    }
}

fn movement(row: &Row, (day, minor): (NaiveDate, i64)) -> Movement {
    let (iban, symbol) = (row.other.iban.clone(), row.words.variable.clone());
    Movement { number: row.id, day, minor, iban, symbol }
}

impl Said {
    fn ok(body: String) -> Self {
        Self { status: 200, retry_after: None, body }
    }

    fn no(no: &No) -> Self {
        let (status, body) = match no {
            No::Api(error) => error.written(),
            No::Bank(Refusal::Limited { .. }) => reply::limited().written(),
            No::Bank(Refusal::TooWide) => reply::too_wide().written(),
            No::Bank(Refusal::Down) => (500, reply::INTERNAL.to_owned()),
            No::Bank(Refusal::Proxy) => (502, reply::page_of_proxy("502 Bad Gateway")),
        };
        let retry_after = match no {
            No::Bank(Refusal::Limited { retry_after }) => Some(*retry_after),
            _ => None,
        };
        Self { status, retry_after, body }
    }
}
