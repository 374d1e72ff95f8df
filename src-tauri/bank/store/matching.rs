//! Which of the rows read now are which of the stored ones, where ids do not say.

use super::entry::{Entry, Facts};
use super::intake::New;
use super::lapse::{Rule, holds};
use crate::symbols;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// How much speaks for two rows being one; the more the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match(u32);

impl Match {
    /// Weighs a row read now against a stored one. None where they cannot be one: another amount or currency, another
    /// counterparty account or variable symbol, or a day that does not fit. A booked row may follow an announcement by up to
    /// 30 days, and precede its announced day by up to 5.
    pub(super) fn of(new: &Facts, stored: &Facts) -> Option<Self> {
        // What an announcement already said of the other side, its row says as well.
        let forgets =
            |of: fn(&Facts) -> &Option<String>| stored.announces() && of(stored).is_some() && of(new).is_none();
        if !new.same_money(stored)
            || contradict(new, stored)
            || !days_fit(new, stored)
            || forgets(|facts| &facts.counterparty_iban)
        {
            return None;
        }
        if new == stored {
            return Some(Self(u32::MAX));
        }
        let symbol = |facts: &'_ Facts| facts.variable_symbol.as_deref().and_then(symbols::key).map(str::to_owned);
        let both = |a: Option<&str>, b: Option<&str>, weight| if a.is_some() && a == b { weight } else { 0 };
        let weight = both(new.bank_id.as_deref(), stored.bank_id.as_deref(), 16)
            + both(new.counterparty_iban.as_deref(), stored.counterparty_iban.as_deref(), 8)
            + both(symbol(new).as_deref(), symbol(stored).as_deref(), 4)
            + both(new.counterparty.as_deref(), stored.counterparty.as_deref(), 2)
            + both(new.message.as_deref(), stored.message.as_deref(), 1);
        // Two announcements of which nothing is the same but the amount are two.
        (weight > 0 || !new.pending()).then_some(Self(weight))
    }
}

/// How far a bank moves the booking day of a row that keeps its id, at most.
const MOVED: Days = Days::new(10);

/// Whether a row read now under the id of a stored one can be that one: the same money, nothing that contradicts, and about the same
/// day. Texts may differ in everything else: banks complete and correct them.
pub(super) fn may_be(new: &Facts, stored: &Facts) -> bool {
    let near = match (new.booked, stored.booked) {
        (Some(a), Some(b)) => a.max(b) <= a.min(b).checked_add_days(MOVED).unwrap_or(NaiveDate::MAX),
        _ => true,
    };
    new.same_money(stored) && !contradict(new, stored) && near
}

/// Whether a booked or pending row under the id of a pending one can be what that announced: banks rewrite its amount, text and day, but
/// not whom it is with, nor which way it goes.
pub(super) fn may_follow(new: &Facts, pending: &Facts) -> bool {
    (new.amount < 0) == (pending.amount < 0) && new.currency == pending.currency && !contradict(new, pending)
}

/// Whether two rows name different counterparties or symbols.
fn contradict(new: &Facts, stored: &Facts) -> bool {
    let differ = |a: Option<&str>, b: Option<&str>| a.is_some() && b.is_some() && a != b;
    let symbol = |facts: &'_ Facts| facts.variable_symbol.as_deref().and_then(symbols::key).map(str::to_owned);
    holds(Rule::NoContradiction)
        && (differ(new.counterparty_iban.as_deref(), stored.counterparty_iban.as_deref())
            || differ(symbol(new).as_deref(), symbol(stored).as_deref()))
}

fn days_fit(new: &Facts, stored: &Facts) -> bool {
    let day = |facts: &Facts| facts.booked.or(facts.value);
    let (Some(new_day), Some(stored_day)) = (day(new), day(stored)) else { return true };
    if stored.announces() {
        let first = stored_day.checked_sub_days(Days::new(5)).unwrap_or(stored_day);
        let last = stored_day.checked_add_days(Days::new(30)).unwrap_or(stored_day);
        (first..=last).contains(&new_day)
    } else {
        new_day == stored_day
    }
}

/// Pairs rows read now with stored ones, each at most once, the strongest matches first. Only rows with the same `group` are
/// weighed. Answers the pairs, the new rows left and the stored rows left.
pub(super) fn pair<'r>(
    new: Vec<New<'r>>,
    stored: Vec<Entry>,
    group: impl Fn(&Facts) -> (i64, Option<NaiveDate>),
) -> (Vec<(New<'r>, Entry)>, Vec<New<'r>>, Vec<Entry>) {
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, entry) in stored.iter().enumerate() {
        groups.entry(group(&entry.facts)).or_default().push(index);
    }
    let mut matches = Vec::new();
    for (index, (facts, _)) in new.iter().enumerate() {
        for other in groups.get(&group(facts)).into_iter().flatten() {
            if let Some(weight) = stored.get(*other).and_then(|entry| Match::of(facts, &entry.facts)) {
                matches.push((weight, index, *other));
            }
        }
    }
    // Stable: among equals the older rows go first.
    matches.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
    let mut new: Vec<Option<New<'r>>> = new.into_iter().map(Some).collect();
    let mut stored: Vec<Option<Entry>> = stored.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for (_, index, other) in matches {
        if let (Some(row), Some(entry)) = (new.get_mut(index), stored.get_mut(other))
            && row.is_some()
            && let Some(found) = entry.take()
        {
            pairs.extend(row.take().map(|row| (row, found)));
        }
    }
    (pairs, new.into_iter().flatten().collect(), stored.into_iter().flatten().collect())
}
