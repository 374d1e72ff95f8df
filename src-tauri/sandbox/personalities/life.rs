//! The habits of single rows: what one real row shows, from the first time it is listed to the last change.

use super::{
    Habits,
    Personality::*,
    ids::compose,
    track::{Circumstances, Draft, Look, Sketch, Text},
};
use crate::world::row::{Outcome, Row};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// `stage` of a pending row that goes on standing, of a provisional id, of a pending row's own id, and of a second row.
pub(super) const STANDING: u64 = 1;
pub(super) const PROVISIONAL: u64 = 2;
pub(super) const ANNOUNCED: u64 = 3;
pub(super) const SECOND: u64 = 5;

/// From when on what is real: the booking day and the signed amount, or that it is no money.
type Stand = (DateTime<Utc>, Option<(NaiveDate, i64)>);

impl Habits {
    /// What the bank itself has booked for a row at a moment; the balance is the sum of these.
    pub(crate) fn money(&self, row: &Row, at: DateTime<Utc>) -> Option<(NaiveDate, i64)> {
        self.stands(row).into_iter().rev().find(|(from, _)| *from <= at).and_then(|(_, booked)| booked)
    }

    fn stands(&self, row: &Row) -> Vec<Stand> {
        if row.outcome != Outcome::Booked {
            return Vec::new();
        }
        let (id, settled, amount) = (row.id, row.settled, row.signed().0);
        let day = self.day(settled);
        let mut stands = vec![(settled, Some((day, amount)))];
        if self.strikes(AmountCorrected, id, 60) {
            let wrong = amount + amount.signum() * self.between(AmountCorrected, id, 1, 900);
            stands[0].1 = Some((day, wrong));
            stands.push((settled + self.days(AmountCorrected, id, 10, 40), Some((day, amount))));
        }
        if self.strikes(DayMoves, id, 150) {
            let early = day - TimeDelta::days(self.between(DayMoves, id, 1, 2));
            let moves = settled + self.hours(DayMoves, id, 20, 70);
            let at_the_time = stands[0].1.map(|(_, amount)| (day, amount));
            stands[0].1 = stands[0].1.map(|(_, amount)| (early, amount));
            stands.insert(1, (moves, at_the_time));
        }
        if self.strikes(CancelledLater, id, 60) {
            let cancelled = settled + self.days(CancelledLater, id, 1, 20);
            stands.retain(|(from, _)| *from < cancelled);
            stands.push((cancelled, None));
        }
        stands
    }

    fn hours(&self, habit: super::Personality, id: u64, least: i64, most: i64) -> TimeDelta {
        TimeDelta::minutes(self.between(habit, id, least * 60, most * 60))
    }

    fn days(&self, habit: super::Personality, id: u64, least: i64, most: i64) -> TimeDelta {
        self.hours(habit, id, least * 24, most * 24)
    }
}

/// What a row is listed as: mostly one draft; none where the bank never shows it.
pub(super) fn drafts<'r>(habits: &Habits, row: &'r Row, around: Circumstances<'_>) -> Vec<Draft<'r>> {
    let life = Life::new(habits, row, around);
    if habits.strikes(Holes, days_of(life.day), 120) && row.outcome == Outcome::Booked {
        return Vec::new();
    }
    let stands_on =
        life.was_pending() && row.outcome == Outcome::Booked && habits.strikes(StandingPending, row.id, 600);
    let mut drafts = Vec::new();
    if stands_on {
        let until = (habits.roll(StandingPending, row.id ^ 1, 4) > 0)
            .then(|| row.settled + habits.days(StandingPending, row.id, 2, 12));
        let mut draft = life.draft(STANDING, |at| at < row.settled);
        draft.versions.extend(until.map(|until| Sketch { seen: until, stamp: until, look: None }));
        drafts.push(draft);
        drafts.push(life.draft(0, |at| at >= row.settled));
    } else {
        drafts.push(life.draft(0, |_| true));
    }
    if row.outcome == Outcome::Booked && habits.strikes(Doubled, row.id, 80) {
        let mut second = life.draft(SECOND, |at| at >= row.settled);
        let late = habits.hours(Doubled, row.id, 0, 40);
        for sketch in &mut second.versions {
            sketch.seen += late;
            sketch.stamp += late;
        }
        if habits.roll(Doubled, row.id ^ 1, 2) == 0
            && let Some(last) = second.versions.last()
        {
            let until = last.seen + habits.days(Doubled, row.id, 1, 6);
            second.versions.push(Sketch { seen: until, stamp: until, look: None });
        }
        drafts.push(second);
    }
    drafts.retain(|draft| !draft.versions.is_empty());
    drafts
}

/// A day as something that chance can be about.
fn days_of(day: NaiveDate) -> u64 {
    u64::from(day.to_epoch_days().unsigned_abs())
}

/// One row and the moments of its life.
struct Life<'h, 'r> {
    habits: &'h Habits,
    row: &'r Row,
    /// The day on which it is booked first.
    day: NaiveDate,
    stands: Vec<Stand>,
    /// Nothing of it is listed before.
    arrives: DateTime<Utc>,
    /// Until then its status is one that nobody knows.
    settling: DateTime<Utc>,
    named: DateTime<Utc>,
    corrected: Option<DateTime<Utc>>,
    /// Until then its id is provisional.
    provisional: Option<DateTime<Utc>>,
}

impl<'h, 'r> Life<'h, 'r> {
    fn new(habits: &'h Habits, row: &'r Row, around: Circumstances<'h>) -> Self {
        let (id, settled) = (row.id, row.settled);
        let stands = habits.stands(row);
        let day = stands.first().and_then(|(_, booked)| *booked).map_or(habits.day(settled), |(day, _)| day);
        let arrives = arrives(habits, row, day, around.connected);
        let settling = if habits.strikes(UnknownStatus, id, 500) {
            settled + habits.hours(UnknownStatus, id, 1, 20)
        } else {
            settled
        };
        let booked = settled.max(arrives);
        let late_name = habits.strikes(LateName, id, 400).then(|| settled + habits.hours(LateName, id, 20, 70));
        Self {
            habits,
            row,
            day,
            stands,
            arrives,
            settling,
            named: late_name.max(row.amended).unwrap_or(row.created),
            corrected: habits
                .strikes(LateCorrection, id, 200)
                .then(|| settled + habits.days(LateCorrection, id, 15, 60)),
            provisional: habits.strikes(LateIds, id, 600).then(|| booked + habits.hours(LateIds, id, 2, 30)),
        }
    }

    fn was_pending(&self) -> bool {
        self.row.settled > self.arrives
    }

    /// Everything it shows at the moments that `part` takes.
    fn draft(&self, stage: u64, part: impl Fn(DateTime<Utc>) -> bool) -> Draft<'r> {
        let mut moments: Vec<DateTime<Utc>> =
            self.moments().into_iter().map(|moment| moment.max(self.arrives)).filter(|moment| part(*moment)).collect();
        moments.sort_unstable();
        moments.dedup();
        let mut versions: Vec<Sketch> = Vec::new();
        for moment in moments {
            let look = self.look(moment, stage);
            if versions.last().map_or(look.is_none(), |last| last.look == look) {
                continue;
            }
            let (seen, stamp) = self.told(moment);
            let seen = versions.last().map_or(seen, |last| last.seen.max(seen));
            versions.push(Sketch { seen, stamp, look });
        }
        Draft { row: self.row, stage, versions }
    }

    fn moments(&self) -> Vec<DateTime<Utc>> {
        let mut moments = vec![self.arrives, self.row.settled, self.settling, self.named];
        moments.extend(self.stands.iter().map(|(from, _)| *from));
        moments.extend(self.corrected);
        moments.extend(self.provisional);
        if self.habits.has(FreshIds) {
            moments.extend((1..=3).map(|night| self.night(night)));
        }
        moments
    }

    /// The nights after it was booked in which ids are given anew.
    fn night(&self, nights: i64) -> DateTime<Utc> {
        let booked = self.row.settled.max(self.arrives);
        let midnight = booked.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        midnight + TimeDelta::days(nights) + TimeDelta::minutes(95)
    }

    fn look(&self, at: DateTime<Utc>, stage: u64) -> Option<Look> {
        let (row, habits) = (self.row, self.habits);
        let text = match (at < self.named, self.corrected.is_some_and(|from| from <= at)) {
            (true, _) => Text::Nameless,
            (false, true) => Text::Corrected,
            (false, false) => Text::Plain,
        };
        let plain = Look {
            id: compose(row.id, stage, 0),
            bank_id: None,
            status: "PENDING",
            amount: row.signed().0,
            booked: None,
            value: row.announced,
            text,
        };
        if at < row.settled {
            return Some(self.announced(plain, stage));
        }
        let Some((_, booked)) = self.stands.iter().rev().find(|(from, _)| *from <= at) else {
            let status = if row.outcome == Outcome::Rejected { "REJECTED" } else { "CANCELLED" };
            let gone = habits.has(VanishingPending);
            return (!gone).then(|| Look { status, value: habits.day(row.settled), ..plain });
        };
        if at < self.settling {
            return Some(Look { status: "SETTLING", ..plain });
        }
        let provisional = self.provisional.is_some_and(|until| at < until);
        let fresh =
            if habits.has(FreshIds) { (1..=3).filter(|night| self.night(*night) <= at).count() as u64 } else { 0 };
        let stage = if provisional && stage == 0 { PROVISIONAL } else { stage };
        let last = self.stands.iter().rev().find_map(|(from, booked)| booked.filter(|_| *from <= at));
        let (day, amount) = last?;
        Some(Look {
            id: compose(row.id, stage, fresh),
            bank_id: self.bank_id().filter(|_| !provisional),
            status: if booked.is_some() { "BOOKED" } else { "CANCELLED" },
            amount,
            booked: Some(day),
            value: day,
            ..plain
        })
    }

    /// As it is announced; some banks know no better than the terminal.
    fn announced(&self, plain: Look, stage: u64) -> Look {
        let (row, habits) = (self.row, self.habits);
        if !habits.strikes(RewrittenPending, row.id, 700) {
            return plain;
        }
        let own_id = stage == 0 && habits.roll(RewrittenPending, row.id ^ 1, 2) == 0;
        Look {
            id: if own_id { compose(row.id, ANNOUNCED, 0) } else { plain.id },
            amount: plain.amount + plain.amount.signum() * habits.between(RewrittenPending, row.id, 0, 250),
            value: row.announced - TimeDelta::days(habits.between(RewrittenPending, row.id, 0, 1)),
            text: Text::Raw,
            ..plain
        }
    }

    fn bank_id(&self) -> Option<String> {
        if self.habits.has(NoBankId) {
            return None;
        }
        let number = if self.habits.has(SharedBankId) { self.row.id / 3 } else { self.row.id };
        Some(format!("{}{number:010}", self.day.format("%Y%m%d")))
    }

    /// When a change of that moment becomes visible, and the `lastUpdated` that it bears.
    fn told(&self, moment: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let (habits, about) = (self.habits, self.row.id ^ moment.timestamp_millis().unsigned_abs() << 16);
        let (mut seen, mut stamp) = (moment, moment);
        if habits.has(HalfBatches) {
            let ten = 600_000;
            let past = stamp.timestamp_millis().rem_euclid(ten);
            stamp += TimeDelta::milliseconds(ten - past);
            let late = if habits.roll(HalfBatches, about, 2) == 0 {
                TimeDelta::zero()
            } else {
                habits.hours(HalfBatches, about, 1, 6)
            };
            seen = stamp + late;
        }
        if habits.strikes(StaleTimes, about, 250) {
            seen += habits.hours(StaleTimes, about, 1, 47);
        }
        if habits.has(CoarseTimes) {
            stamp -= TimeDelta::milliseconds(stamp.timestamp_millis().rem_euclid(1000));
        }
        (seen, stamp)
    }
}

/// When a row is listed first.
fn arrives(habits: &Habits, row: &Row, day: NaiveDate, connected: DateTime<Utc>) -> DateTime<Utc> {
    let mut arrives = row.created;
    if habits.has(LateHistory) && row.settled < connected {
        let age = (connected - row.settled).num_days();
        arrives = arrives.max(connected) + TimeDelta::hours(6 * (age / 10 + 1));
    }
    if habits.strikes(Backdated, row.id, 100) {
        arrives = arrives.max(row.settled + habits.days(Backdated, row.id, 5, 60));
    }
    if habits.strikes(FilledHoles, days_of(day), 150) {
        arrives = arrives.max(row.settled + habits.days(FilledHoles, days_of(day), 2, 15));
    }
    arrives
}
