//! Which transactions a list holds, and in which order.

use super::{query::Query, reply::ApiError};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// What a list of transactions can be filtered by, and its pages.
pub(crate) const FILTERS: [&str; 9] = [
    "updatedFrom",
    "createdFrom",
    "bookingDateFrom",
    "bookingDateTo",
    "valueDateFrom",
    "direction",
    "page",
    "countPerPage",
    "sort",
];

/// Orders a list can have; the default is the newest booking first, what is pending before it.
const ORDERS: [&str; 12] = [
    "bookingDate:desc",
    "bookingDate:asc",
    "valueDate:desc",
    "valueDate:asc",
    "lastUpdated:desc",
    "lastUpdated:asc",
    "createdAt:desc",
    "createdAt:asc",
    "id:desc",
    "id:asc",
    "amount:desc",
    "amount:asc",
];

/// What filters and orders look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) id: u64,
    pub(crate) pending: bool,
    pub(crate) outgoing: bool,
    /// Minor units.
    pub(crate) amount: i64,
    pub(crate) booked: Option<NaiveDate>,
    pub(crate) value: NaiveDate,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
}

impl Line {
    /// What has no booking date is filtered by the date it has.
    fn day(&self) -> NaiveDate {
        self.booked.unwrap_or(self.value)
    }
}

/// The filters and the order of one request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter {
    pub(crate) updated: Option<DateTime<Utc>>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    value_from: Option<NaiveDate>,
    direction: Option<&'static str>,
    order: &'static str,
}

impl Filter {
    pub(crate) fn read(query: &Query) -> Result<Self, ApiError> {
        Ok(Self {
            updated: query.moment("updatedFrom")?,
            created: query.moment("createdFrom")?,
            from: query.date("bookingDateFrom")?,
            to: query.date("bookingDateTo")?,
            value_from: query.date("valueDateFrom")?,
            direction: query.choice("direction", &["IN", "OUT"])?,
            order: query.choice("sort", &ORDERS)?.unwrap_or(ORDERS[0]),
        })
    }

    /// The same, and nothing before that day.
    pub(crate) fn no_earlier(self, day: Option<NaiveDate>) -> Self {
        Self { from: self.from.max(day), ..self }
    }

    pub(crate) fn fits(&self, line: &Line) -> bool {
        self.updated.is_none_or(|from| line.updated >= from)
            && self.created.is_none_or(|from| line.created >= from)
            && self.from.is_none_or(|from| line.day() >= from)
            && self.to.is_none_or(|to| line.day() <= to)
            && self.value_from.is_none_or(|from| line.value >= from)
            && self.direction.is_none_or(|direction| line.outgoing == (direction == "OUT"))
    }

    /// Puts what fits in the order that was asked for.
    pub(crate) fn arrange<T>(&self, rows: &mut [T], line: impl Fn(&T) -> Line) {
        let (field, way) = self.order.split_once(':').unwrap_or((self.order, "asc"));
        let day = |date: NaiveDate| i64::from(date.num_days_from_ce());
        rows.sort_by_cached_key(|row| {
            let line = line(row);
            let key = match field {
                // What is pending counts as newer than all that is booked; what was refused stands by its value date.
                "bookingDate" if line.pending => i64::MAX,
                "bookingDate" => day(line.day()),
                "valueDate" => day(line.value),
                "lastUpdated" => line.updated.timestamp_millis(),
                "createdAt" => line.created.timestamp_millis(),
                "amount" => line.amount,
                _ => 0,
            };
            (key, line.id)
        });
        if way == "desc" {
            rows.reverse();
        }
    }
}
