//! The habits that hang on several rows at once: which ids they have among each other.

use super::{
    Habits,
    Personality::*,
    track::{Circumstances, Draft, Look, Sketch},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;

/// Where ids by place, ids that are used again and ids of a later consent begin; those of single rows stay below.
const BY_PLACE: u64 = 100_000_000_000_000;
const USED_AGAIN: u64 = 200_000_000_000_000;
const CONSENT: u64 = 1_000_000_000_000_000;
/// How many ids there are where they are used again.
const IDS: u64 = 29;
/// For how long after its first row the places of a day's list move.
const MOVING: TimeDelta = TimeDelta::hours(30);

/// When a draft counts, when it is listed first (or the `lastUpdated` of that), and its place among all drafts.
type Turn = (DateTime<Utc>, DateTime<Utc>, usize);

/// The id of a row by itself: its number, unless something keeps it apart from other ids of the same row.
pub(super) fn compose(number: u64, stage: u64, fresh: u64) -> u64 {
    if stage + fresh == 0 { number } else { number * 1000 + stage * 100 + fresh }
}

/// Settles the ids of all rows of an account.
pub(super) fn settle(habits: &Habits, drafts: &mut [Draft<'_>], around: Circumstances<'_>) {
    if habits.has(Renumbered) {
        by_place(drafts);
    }
    if habits.has(ReusedIds) {
        use_again(drafts);
    }
    if habits.has(NewIdsOnConsent) {
        for draft in drafts.iter_mut() {
            around.renewed.iter().for_each(|renewed| renumber(draft, *renewed, *renewed));
        }
        for sketch in drafts.iter_mut().flat_map(|draft| &mut draft.versions) {
            let consents = around.renewed.iter().filter(|renewed| **renewed <= sketch.seen).count() as u64;
            if let Some(look) = &mut sketch.look {
                look.id += CONSENT * consents;
            }
        }
    }
}

/// Numbers each day's booked rows from the newest on, as often as one comes.
fn by_place(drafts: &mut [Draft<'_>]) {
    let mut days: BTreeMap<NaiveDate, Vec<Turn>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let first = draft.versions.iter().find_map(|sketch| Some((sketch, sketch.look.as_ref()?.booked?)));
        if let Some((sketch, day)) = first {
            days.entry(day).or_default().push((sketch.seen, sketch.stamp, place));
        }
    }
    for (day, mut rows) in days {
        rows.sort_unstable();
        let Some(close) = rows.first().map(|(first, ..)| *first + MOVING) else { continue };
        rows.retain(|(seen, ..)| *seen <= close);
        for (rank, (own, _, place)) in rows.iter().enumerate() {
            let id = |at: DateTime<Utc>| {
                let listed = rows.iter().filter(|(seen, ..)| *seen <= at).count();
                BY_PLACE + u64::from(day.to_epoch_days().unsigned_abs()) * 1000 + (listed - rank) as u64
            };
            let draft = &mut drafts[*place];
            for (seen, stamp, _) in rows.iter().filter(|(seen, ..)| seen > own) {
                renumber(draft, *seen, *stamp);
            }
            for sketch in draft.versions.iter_mut().filter(|sketch| sketch.seen >= *own) {
                if let Some(look) = &mut sketch.look {
                    look.id = id(sketch.seen);
                }
            }
        }
    }
}

/// One more version at that moment, which looks as the row does then.
fn renumber(draft: &mut Draft<'_>, seen: DateTime<Utc>, stamp: DateTime<Utc>) {
    let place = draft.versions.partition_point(|sketch| sketch.seen <= seen);
    let look: Option<Look> = place.checked_sub(1).and_then(|before| draft.versions[before].look.clone());
    if look.is_some() {
        draft.versions.insert(place, Sketch { seen, stamp, look });
    }
}

/// Gives the ids round: what is newer takes the id of what had it before, which is not listed any more.
fn use_again(drafts: &mut [Draft<'_>]) {
    let mut holders: BTreeMap<u64, Vec<Turn>> = BTreeMap::new();
    for (place, draft) in drafts.iter_mut().enumerate() {
        let id = USED_AGAIN + draft.row.id % IDS * 10 + draft.stage;
        for look in draft.versions.iter_mut().filter_map(|sketch| sketch.look.as_mut()) {
            look.id = id;
        }
        if let Some(first) = draft.versions.first() {
            holders.entry(id).or_default().push((draft.row.settled, first.seen, place));
        }
    }
    for mut rows in holders.into_values() {
        rows.sort_unstable();
        for pair in rows.windows(2) {
            let (next, draft) = (pair[1].1, &mut drafts[pair[0].2]);
            draft.versions.retain(|sketch| sketch.seen < next);
            draft.versions.push(Sketch { seen: next, stamp: next, look: None });
        }
    }
}
