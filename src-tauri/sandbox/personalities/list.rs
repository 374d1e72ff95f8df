//! One page of an account's transactions, as a bank with habits answers it.

use super::{
    Habits,
    answer::{Asked, Refusal, Window},
    track::{Shown, Track},
};
use crate::api::{
    filter::{Filter, Line},
    query::Query,
    reply::{ApiError, Pagination},
};
use chrono::{DateTime, Utc};
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
    /// The row that is listed under an id, as JSON.
    pub(crate) fn row(&self, id: &str) -> Option<&str> {
        let mut shown = self.tracks.iter().filter_map(|track| track.at(self.seen));
        shown.find(|shown| shown.id.to_string() == id).map(|shown| shown.json.as_str())
    }

    /// The body of the page that the query asks for. `base` is where the addresses of other pages begin.
    pub(crate) fn page(&self, query: &Query, base: &str) -> Result<String, No> {
        let filter = Filter::read(query)?;
        let (page, per_page) = query.wanted()?;
        let asked = Asked {
            now: self.now,
            connected: self.connected,
            list: self.number,
            page,
            per_page,
            from: filter.from,
            changes: filter.updated.is_some() || filter.created.is_some(),
        };
        if let Some(refusal) = self.habits.refuses(asked) {
            return Err(No::Bank(refusal));
        }
        let cut = self.habits.cut(asked);
        let filter = filter.no_earlier(cut);
        let mut rows: Vec<(Line, &Shown)> = self
            .tracks
            .iter()
            .filter_map(|track| track.line(self.seen))
            .filter(|(line, _)| filter.fits(line))
            .collect();
        filter.arrange(&mut rows, |(line, _)| *line);
        let window = self.habits.window(asked, rows.len() as u64);
        let rows = rows.into_iter().skip(size(window.skip)).take(size(window.take));
        let mut data = String::from("[");
        for (_, shown) in rows {
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

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
