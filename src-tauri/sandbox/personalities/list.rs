//! One page of an account's transactions, as a bank with habits answers it.

use super::{
    Habits,
    answer::{Asked, Refusal, Window},
    track::{Shown, Track, Version},
};
use crate::api::{
    query::{ORDERS, Query},
    reply::{ApiError, Pagination},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::json;

/// The list of one account at one moment.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    pub(crate) habits: &'a Habits,
    pub(crate) tracks: &'a [Track],
    pub(crate) connected: DateTime<Utc>,
    pub(crate) now: DateTime<Utc>,
    /// Up to when Everifin has the bank's data.
    pub(crate) seen: DateTime<Utc>,
    /// Which list of this account it is.
    pub(crate) number: u64,
}

/// Why there is no page.
#[derive(Debug, Clone)]
pub(crate) enum No {
    /// The bank's habit.
    Bank(Refusal),
    /// The question is wrong.
    Api(ApiError),
}

impl From<ApiError> for No {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl List<'_> {
    /// The body of the page that the query asks for. `base` is where the addresses of other pages begin.
    pub(crate) fn page(&self, query: &Query, base: &str) -> Result<String, No> {
        let (updated, created) = (query.moment("updatedFrom")?, query.moment("createdFrom")?);
        let (from, to) = (query.date("bookingDateFrom")?, query.date("bookingDateTo")?);
        let value_from = query.date("valueDateFrom")?;
        let direction = query.choice("direction", &["IN", "OUT"])?;
        let order = query.choice("sort", &ORDERS)?.unwrap_or(ORDERS[0]);
        let (page, per_page) = query.wanted()?;
        let asked = Asked {
            now: self.now,
            connected: self.connected,
            list: self.number,
            page,
            per_page,
            from,
            changes: updated.is_some() || created.is_some(),
        };
        if let Some(refusal) = self.habits.refuses(asked) {
            return Err(No::Bank(refusal));
        }
        let cut = self.habits.cut(asked);
        // What is pending has no booking date yet; it is filtered by the date it has.
        let day = |shown: &Shown| shown.booked.unwrap_or(shown.value);
        let mut rows: Vec<(&Track, &Version, &Shown)> = self
            .tracks
            .iter()
            .filter_map(|track| track.at(self.seen).map(|(version, shown)| (track, version, shown)))
            .filter(|(_, version, _)| updated.is_none_or(|from| version.stamp >= from))
            .filter(|(track, ..)| created.is_none_or(|from| track.created >= from))
            .filter(|(.., shown)| from.max(cut).is_none_or(|from| day(shown) >= from))
            .filter(|(.., shown)| to.is_none_or(|to| day(shown) <= to))
            .filter(|(.., shown)| value_from.is_none_or(|from| shown.value >= from))
            .filter(|(.., shown)| direction.is_none_or(|direction| shown.outgoing == (direction == "OUT")))
            .collect();
        arrange(&mut rows, order);
        let window = self.habits.window(asked, rows.len() as u64);
        let rows = rows.into_iter().skip(size(window.skip)).take(size(window.take));
        let mut data = String::from("[");
        for (.., shown) in rows {
            if data.len() > 1 {
                data.push(',');
            }
            data.push_str(&shown.json);
        }
        data.push(']');
        Ok(format!(r#"{{"meta":{},"data":{data}}}"#, meta(window, query, base)))
    }
}

fn meta(window: Window, query: &Query, base: &str) -> String {
    if !window.paged {
        return r#"{"status":"SUCCESS"}"#.to_owned();
    }
    let Window { page, per_page, last, total, .. } = window;
    let pagination = Pagination {
        page,
        count_per_page: per_page,
        count_total: total,
        first: 1,
        last,
        next_page_url: (page < last).then(|| query.url(base, page + 1, per_page)),
        previous_page_url: (page > 1).then(|| query.url(base, (page - 1).min(last), per_page)),
    };
    json!({ "status": "SUCCESS", "pagination": pagination }).to_string()
}

fn arrange(rows: &mut [(&Track, &Version, &Shown)], order: &str) {
    let (field, way) = order.split_once(':').unwrap_or((order, "asc"));
    let day = |date: NaiveDate| i64::from(date.num_days_from_ce());
    rows.sort_by_cached_key(|(track, version, shown)| {
        let key = match field {
            // What is pending counts as newer than all that is booked; what was refused stands by its value date.
            "bookingDate" if shown.status == "PENDING" => i64::MAX,
            "bookingDate" => day(shown.booked.unwrap_or(shown.value)),
            "valueDate" => day(shown.value),
            "lastUpdated" => version.stamp.timestamp_millis(),
            "createdAt" => track.created.timestamp_millis(),
            "amount" => shown.amount.0,
            _ => 0,
        };
        (key, track.number, shown.id)
    });
    if way == "desc" {
        rows.reverse();
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
