//! What the balances say of rows in doubt.
//!
//! A bank that sends one row twice and a customer who pays twice look the same; only the balance tells them apart. So each row
//! that is in doubt counts until the balances of its days disagree, and where they agree again with exactly one way to set such rows
//! aside (or to count them again), that way is taken, shown, and can be undone. What the owner has decided is never settled anew.

use super::accounts::AccountId;
use super::changes::{self, Recorder, set_aside};
use super::doubts::{Asked, Reason, ask};
use super::entry::{self, Entry, Facts, first_key};
use super::proof::{self, Span};
use super::transactions::Aside;
use super::{Fault, from_day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most rows that are set aside together to explain one difference, and the most doubtful rows that are weighed.
const MOST_TOGETHER: usize = 3;
const MOST_SUSPECTS: usize = 40;

/// Settles what the balances can settle: where the days between two balances differ, and exactly one way of setting doubtful rows aside
/// or counting them again makes them agree, takes it. What does not leave fewer days in doubt is not taken, so that settling twice is
/// settling once.
pub(super) fn settle(
    recorder: &mut Recorder<'_>,
    book: &Transaction<'_>,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut tried = HashSet::new();
    // Each way that is taken may leave another span, or move a difference; some rounds are enough for what can be settled.
    for _ in 0..16 {
        let spans = proof::spans(book, account)?;
        let doubtful = spans.len();
        let Some(span) = spans.into_iter().take(4).find(|span| tried.insert((span.from, span.to, span.difference)))
        else {
            break;
        };
        if is_a_late_change(book, account, span)? {
            continue;
        }
        let suspects = suspects(book, account, span)?;
        let Some(chosen) = explain(span.difference, &suspects) else { continue };
        let before = recorder.mark()?;
        for suspect in chosen {
            let row = &suspect.row;
            let aside = if row.aside.is_some() { None } else { Some(suspect.because) };
            set_aside(recorder, account, row, aside)?;
            note(book, account, suspect, now)?;
        }
        proof::compare(book, account, span.from)?;
        if proof::spans(book, account)?.len() < doubtful {
            tried.clear();
        } else {
            recorder.back_to(before)?;
        }
    }
    Ok(())
}

/// Whether the difference is what a single row has changed by since the earlier balance was given: the bank has changed the past, which
/// says nothing of doubtful rows that come to the same amount.
fn is_a_late_change(book: &Connection, account: AccountId, span: Span) -> Result<bool, Fault> {
    let read_at: i64 = book
        .prepare_cached("SELECT read_at FROM anchor WHERE account = ? AND day = ?")?
        .query_row((account.0, span.from), |row| row.get(0))?;
    let effects = changes::effects_since(book, account, read_at, from_day(span.from))?;
    Ok(effects.into_iter().any(|effect| effect.abs() == span.difference.abs()))
}

/// A row that may not be what it seems.
struct Suspect {
    row: Entry,
    /// Why it would stand aside.
    because: Aside,
    /// A row that it may be the same as.
    twin: Option<u32>,
    /// Rows of one group are worth the same: which of them is set aside makes no difference.
    group: usize,
}

impl Suspect {
    /// What the ledger would gain if it were counted otherwise than now.
    fn effect(&self) -> i64 {
        if self.row.aside.is_some() { self.row.facts.amount } else { -self.row.facts.amount }
    }
}

/// The doubtful rows of the days of a span.
fn suspects(book: &Connection, account: AccountId, span: Span) -> Result<Vec<Suspect>, Fault> {
    let days = [first_key(from_day(span.from)), first_key(from_day(span.to + 1))];
    let rows = entry::select(book, account, "AND key >= ?2 AND key < ?3 AND status = 'booked'", &days)?;
    let decided = linked(book, account, "decision IS NOT NULL AND decision <> 'seen'")?;
    let disagreeing = linked(book, account, "decision IS NULL AND reason = 'disagrees'")?;
    let mut twins: HashMap<Facts, Vec<(u32, Option<String>)>> = HashMap::new();
    for row in rows.iter().filter(|row| row.aside.is_none()) {
        twins.entry(plain(&row.facts)).or_default().push((row.id, row.facts.bank_id.clone()));
    }
    let mut groups: HashMap<(Facts, Option<Aside>, Aside), usize> = HashMap::new();
    let mut suspects = Vec::new();
    for row in rows.into_iter().filter(|row| !decided.contains(&row.id)) {
        // Two that the bank itself numbers differently are two.
        let number = &row.facts.bank_id;
        let same = |other: &Option<String>| number.is_none() || other.is_none() || other == number;
        let alike = twins.get(&plain(&row.facts)).into_iter().flatten();
        let alike: Vec<u32> = alike.filter(|(_, other)| same(other)).map(|(id, _)| *id).collect();
        let because = match row.aside {
            Some(Aside::Deleted | Aside::Undone) => continue,
            Some(because) => because,
            None if row.missing_since.is_some() => Aside::Vanished,
            None if disagreeing.contains(&row.id) => Aside::Disagrees,
            // The one that came first is the one that stays.
            None if alike.first().is_some_and(|first| *first != row.id) => Aside::Duplicate,
            None => continue,
        };
        let next = groups.len();
        let group = *groups.entry((plain(&row.facts), row.aside, because)).or_insert(next);
        let twin = alike.iter().copied().find(|twin| *twin != row.id);
        suspects.push(Suspect { row, because, twin, group });
    }
    suspects.truncate(MOST_SUSPECTS);
    Ok(suspects)
}

/// What two sendings of one movement have in common.
fn plain(facts: &Facts) -> Facts {
    Facts { bank_id: None, ..facts.clone() }
}

/// The rows named in questions that meet a condition.
fn linked(book: &Connection, account: AccountId, condition: &str) -> Result<HashSet<u32>, Fault> {
    let sql = format!("SELECT entry, other FROM quarantine WHERE account = ? AND {condition}");
    let mut statement = book.prepare_cached(&sql)?;
    let mut rows = statement.query([account.0])?;
    let mut linked = HashSet::new();
    while let Some(row) = rows.next()? {
        linked.extend([row.get::<_, Option<u32>>(0)?, row.get(1)?].into_iter().flatten());
    }
    Ok(linked)
}

/// The one smallest choice of suspects whose effects come to the difference; none where there is none, or more than one. What Saldo
/// itself has set aside comes first: that was a guess, and counting it again needs no other.
fn explain(difference: i64, suspects: &[Suspect]) -> Option<Vec<&Suspect>> {
    let aside: Vec<&Suspect> = suspects.iter().filter(|suspect| suspect.row.aside.is_some()).collect();
    smallest(difference, &aside).or_else(|| smallest(difference, &suspects.iter().collect::<Vec<_>>()))
}

fn smallest<'s>(difference: i64, suspects: &[&'s Suspect]) -> Option<Vec<&'s Suspect>> {
    for size in 1..=MOST_TOGETHER.min(suspects.len()) {
        let mut found: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        choose(suspects, size, 0, difference, &mut Vec::new(), &mut found);
        match found.len() {
            0 => {}
            1 => {
                let chosen = found.into_values().next()?;
                return Some(chosen.into_iter().filter_map(|place| suspects.get(place).copied()).collect());
            }
            _ => return None,
        }
    }
    None
}

/// Collects the choices of a size, one for each set of groups.
fn choose(
    suspects: &[&Suspect],
    size: usize,
    from: usize,
    difference: i64,
    chosen: &mut Vec<usize>,
    found: &mut BTreeMap<Vec<usize>, Vec<usize>>,
) {
    if chosen.len() == size {
        if difference == 0 {
            let mut groups: Vec<usize> = chosen.iter().filter_map(|place| Some(suspects.get(*place)?.group)).collect();
            groups.sort_unstable();
            found.entry(groups).or_insert_with(|| chosen.clone());
        }
        return;
    }
    for (place, suspect) in suspects.iter().enumerate().skip(from) {
        chosen.push(place);
        choose(suspects, size, place + 1, difference - suspect.effect(), chosen, found);
        chosen.pop();
    }
}

/// Asks the owner about what was settled.
fn note(book: &Transaction<'_>, account: AccountId, suspect: &Suspect, now: DateTime<Utc>) -> Result<(), Fault> {
    let id = suspect.row.id;
    let known = book
        .prepare_cached(
            "UPDATE quarantine SET settled = 1 WHERE account = ?1 AND decision IS NULL AND (entry = ?2 OR other = ?2)",
        )?
        .execute((account.0, id))?;
    if known > 0 {
        return Ok(());
    }
    let (remote_id, payload): (Option<String>, Option<String>) = book
        .prepare_cached(
            "SELECT (SELECT remote_id FROM entry_alias WHERE entry = ?1 LIMIT 1), (SELECT payload FROM raw_entry WHERE entry = ?1)",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (reason, first, second) = match suspect.because {
        Aside::Vanished => (Reason::Vanished, Some(id), None),
        Aside::Disagrees => (Reason::Disagrees, suspect.twin, Some(id)),
        _ => (Reason::Duplicate, suspect.twin, Some(id)),
    };
    let (remote_id, payload) = (remote_id.unwrap_or_default(), payload.unwrap_or_default());
    let asked = Asked { reason, first, second, remote_id: &remote_id, payload: &payload, settled: true };
    ask(book, account, &asked, now).map(drop)
}
