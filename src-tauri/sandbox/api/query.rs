//! Query parameters of lists: filters, pages, order.

use super::reply::{ApiError, Pagination};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use url::form_urlencoded;

const TITLE: &str = "Invalid query";
const PER_PAGE: u64 = 100;
const PER_PAGE_MOST: u64 = 500;

/// The parameters of one request, all of them known.
pub(crate) struct Query {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Refuses parameters that the endpoint does not know.
    pub(crate) fn parse(path: &str, query: Option<&str>, known: &[&str]) -> Result<Self, ApiError> {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        match pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(ApiError::rule(TITLE, "unknown", name, json!({ "known": known }))),
            None => Ok(Self { path: path.to_owned(), pairs }),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// A moment with `Z` or an offset.
    pub(crate) fn moment(&self, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
        self.read(name, "date-time", |text| DateTime::parse_from_rfc3339(text).ok().map(|m| m.to_utc()))
    }

    /// A date, or the date of a moment.
    pub(crate) fn date(&self, name: &str) -> Result<Option<NaiveDate>, ApiError> {
        self.read(name, "date", |text| {
            text.parse().ok().or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|m| m.to_utc().date_naive()))
        })
    }

    /// One of the choices.
    pub(crate) fn choice(&self, name: &str, choices: &[&'static str]) -> Result<Option<&'static str>, ApiError> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match choices.iter().find(|choice| **choice == value) {
                Some(choice) => Ok(Some(choice)),
                None => Err(ApiError::rule(TITLE, "enum", name, json!({ "choices": choices }))),
            },
        }
    }

    fn number(&self, name: &str, most: u64) -> Result<Option<u64>, ApiError> {
        self.read(name, "range", |text| text.parse().ok().filter(|n| (1..=most).contains(n)))
    }

    fn read<T>(&self, name: &str, rule: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
        match self.get(name) {
            None => Ok(None),
            Some(text) => read(text).map(Some).ok_or_else(|| ApiError::rule(TITLE, rule, name, json!({}))),
        }
    }

    /// The number of the page that is asked for, from 1, and how many rows it may have.
    pub(crate) fn wanted(&self) -> Result<(u64, u64), ApiError> {
        let per_page = self.number("countPerPage", PER_PAGE_MOST)?.unwrap_or(PER_PAGE);
        Ok((self.number("page", u64::from(u32::MAX))?.unwrap_or(1), per_page))
    }

    /// Cuts the wanted page out of all items.
    pub(crate) fn page<T>(&self, base: &str, items: Vec<T>) -> Result<(Vec<T>, Pagination), ApiError> {
        let (page, per_page) = self.wanted()?;
        let total = items.len() as u64;
        let last = total.div_ceil(per_page).max(1);
        let from = (page - 1).saturating_mul(per_page);
        let taken = items
            .into_iter()
            .skip(usize::try_from(from).unwrap_or(usize::MAX))
            .take(usize::try_from(per_page).unwrap_or(usize::MAX))
            .collect();
        let pagination = Pagination {
            page,
            count_per_page: per_page,
            count_total: Some(total),
            first: 1,
            last,
            next_page_url: (page < last).then(|| self.url(base, page + 1, per_page)),
            previous_page_url: (page > 1).then(|| self.url(base, (page - 1).min(last), per_page)),
        };
        Ok((taken, pagination))
    }

    /// The address of another page of the same list.
    pub(crate) fn url(&self, base: &str, page: u64, per_page: u64) -> String {
        let others = self.pairs.iter().filter(|(name, _)| name != "page" && name != "countPerPage");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair("page", &page.to_string())
            .append_pair("countPerPage", &per_page.to_string())
            .finish();
        format!("{base}{}?{query}", self.path)
    }
}
