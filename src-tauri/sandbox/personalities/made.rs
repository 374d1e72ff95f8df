//! Real movements of one account for the simulation: few payees and few amounts, so that equal rows are common.

use super::{Habits, Personality::*, chance::mix};
use crate::{
    amount::Amount,
    iban,
    world::row::{OtherSide, Outcome, Row, Words},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::borrow::Cow;

/// Names, and whether they are companies with an account number and symbols.
const PAYEES: [(&str, bool); 6] = [
    ("Kaviareň Pod vežou", false),
    ("Čerpacia stanica Hron", false),
    ("Potraviny Lipa", false),
    ("Kovostav Hron s.r.o.", true),
    ("Papier Drobec s.r.o.", true),
    ("Sklo Zvolenský a syn s.r.o.", true),
];
/// Minor units.
const AMOUNTS: [i64; 8] = [280, 280, 350, 1_000, 1_000, 1_999, 5_000, 12_000];

/// A stream of chance.
pub(super) struct Stream(u64);

impl Stream {
    pub(super) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    pub(super) fn below(&mut self, below: u64) -> u64 {
        self.0 = mix(self.0);
        self.0 % below
    }

    fn chance(&mut self, permille: u64) -> bool {
        self.below(1000) < permille
    }
}

/// The rows of an account from `first` to `last`, numbered in the order in which they happen. What is older than the
/// connection was "created" at the connection, the newest first.
pub(super) fn rows(
    habits: &Habits,
    stream: &mut Stream,
    (first, last): (NaiveDate, NaiveDate),
    connected: DateTime<Utc>,
) -> Vec<Row> {
    let busy = 150 + stream.below(1100);
    let mut rows = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= last) {
        let count = busy / 1000 + u64::from(stream.chance(busy % 1000));
        for _ in 0..count {
            let row = row(habits, stream, day);
            if stream.chance(if habits.has(Twins) { 250 } else { 40 }) {
                let mut twin = row.clone();
                twin.created += TimeDelta::minutes(1 + stream.below(540).cast_signed());
                twin.settled = twin.settled.max(twin.created);
                rows.push(twin);
            }
            rows.push(row);
        }
    }
    rows.sort_by_key(|row| row.created);
    for (number, row) in (1..).zip(&mut rows) {
        row.id = number;
    }
    let old = rows.partition_point(|row| row.created < connected);
    for (rank, row) in (0..).zip(rows[..old].iter_mut().rev()) {
        row.created = connected + TimeDelta::milliseconds(rank);
    }
    rows
}

fn row(habits: &Habits, stream: &mut Stream, day: NaiveDate) -> Row {
    let place = stream.below(PAYEES.len() as u64);
    let (name, company) = PAYEES[place as usize];
    let amount = AMOUNTS[stream.below(AMOUNTS.len() as u64) as usize];
    let second =
        if habits.has(Midnight) { 21 * 3600 + stream.below(4 * 3600) } else { 5 * 3600 + stream.below(14 * 3600) };
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    let created = midnight + TimeDelta::milliseconds((second * 1000 + stream.below(1000)).cast_signed());
    let refused = stream.chance(if habits.any(&[Refusing, VanishingPending]) { 200 } else { 20 });
    let waits = refused || stream.chance(if company { 200 } else { 500 });
    let settled = if waits {
        let days = 1 + stream.below(3).cast_signed();
        midnight + TimeDelta::days(days) + TimeDelta::seconds((4 * 3600 + stream.below(7200)).cast_signed())
    } else {
        created
    };
    let outcome = match (refused, stream.below(2)) {
        (false, _) => Outcome::Booked,
        (true, 0) => Outcome::Rejected,
        (true, _) => Outcome::Cancelled,
    };
    let symbol = company && stream.chance(600);
    Row {
        id: 0,
        account: 0,
        outgoing: !company || stream.chance(600),
        amount: Amount(amount),
        foreign: None,
        other: OtherSide {
            name: Some(Cow::Borrowed(name)),
            iban: company.then(|| iban::make("SK", "0900", 1_000_000_000 + place * 7_654_321)),
            bic: None,
        },
        words: Words {
            variable: symbol.then(|| format!("26{:05}", stream.below(3))),
            message: stream.chance(300).then(|| format!("Faktúra {}", stream.below(4))),
            description: Some(Cow::Borrowed(if company { "Platba" } else { "Platba kartou" })),
            ..Words::default()
        },
        created: created.max(midnight),
        announced: habits.day(created),
        settled: settled.max(created),
        outcome,
        amended: None,
    }
}
