//! The habits of answers: what is refused, which rows an answer leaves out, and how pages lie.

use super::{Habits, Personality::*};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Days that a bank with narrow periods answers for.
const NARROW: i64 = 90;
/// Rows on a page where pages are small.
const SMALL: u64 = 10;

/// What was asked for, as far as habits look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// When.
    pub(crate) now: DateTime<Utc>,
    /// When Everifin was connected to the bank.
    pub(crate) connected: DateTime<Utc>,
    /// Which list it is of all that the account was asked for, however many pages it has.
    pub(crate) list: u64,
    /// The page, from 1.
    pub(crate) page: u64,
    /// Rows asked for on a page.
    pub(crate) per_page: u64,
    /// The first booking day asked for.
    pub(crate) from: Option<NaiveDate>,
    /// Whether only changes are asked for.
    pub(crate) changes: bool,
}

/// How a bank says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 429.
    Limited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 500.
    Down,
    /// 502, as a proxy says it.
    Proxy,
    /// 422.
    TooWide,
}

/// The part of a list that is answered as one page, and what is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) skip: u64,
    pub(crate) take: u64,
    pub(crate) page: u64,
    pub(crate) per_page: u64,
    pub(crate) last: u64,
    /// None where it is not said.
    pub(crate) total: Option<u64>,
    /// Whether anything is said of pages at all.
    pub(crate) paged: bool,
}

impl Habits {
    /// Whether the account is not answered for at all.
    pub(crate) fn refuses(&self, asked: Asked) -> Option<Refusal> {
        let ill = asked.connected + TimeDelta::hours(self.between(FailsForWeeks, 0, 3 * 24, 25 * 24));
        let well = ill + TimeDelta::hours(self.between(FailsForWeeks, 1, 14 * 24, 24 * 24));
        let at_page = |habit| asked.page == 1 + self.roll(habit, asked.list ^ 0xabc, 2);
        let oldest = asked.now.date_naive() - TimeDelta::days(NARROW);
        if self.has(FailsForWeeks) && (ill..well).contains(&asked.now) {
            Some(Refusal::Down)
        } else if self.strikes(RateLimited, asked.list, 300) && at_page(RateLimited) {
            Some(Refusal::Limited { retry_after: 1 + self.roll(RateLimited, asked.list ^ 1, 900) })
        } else if self.strikes(BadGateway, asked.list, 200) && at_page(BadGateway) {
            Some(Refusal::Proxy)
        } else if self.has(RefusesWide) && !asked.changes && asked.from.is_none_or(|from| from < oldest) {
            Some(Refusal::TooWide)
        } else {
            None
        }
    }

    /// The first day of which anything is answered; none for no limit.
    pub(crate) fn cut(&self, asked: Asked) -> Option<NaiveDate> {
        let oldest = asked.now.date_naive() - TimeDelta::days(NARROW);
        (self.has(CutsWide) && asked.from.is_none_or(|from| from < oldest)).then_some(oldest)
    }

    /// Which part of a list of `total` rows is answered as the page that was asked for.
    pub(crate) fn window(&self, asked: Asked, total: u64) -> Window {
        if self.has(NoPages) {
            return Window { skip: 0, take: total, page: 1, per_page: total, last: 1, total: None, paged: false };
        }
        let small = self.any(&[SmallPages, RepeatedPages, ShiftingPages, LyingLastPage]);
        let per_page = if small { asked.per_page.min(SMALL) } else { asked.per_page };
        let last = total.div_ceil(per_page).max(1);
        let page = asked.page;
        // One page of the list, of those after the first.
        let this_one = |habit| last > 1 && page == 2 + self.roll(habit, asked.list ^ 0xdef, last - 1);
        let (mut skip, mut announced) = ((page - 1).saturating_mul(per_page), last);
        if self.strikes(RepeatedPages, asked.list, 400) && this_one(RepeatedPages) {
            skip = skip.saturating_sub(per_page);
        }
        if self.strikes(ShiftingPages, asked.list, 400) && this_one(ShiftingPages) {
            skip = if self.roll(ShiftingPages, asked.list, 2) == 0 { skip.saturating_sub(1) } else { skip + 1 };
        }
        if self.strikes(LyingLastPage, asked.list, 400) {
            announced = match self.roll(LyingLastPage, asked.list ^ 1, 3) {
                0 => last + 1,
                1 => 1 + self.roll(LyingLastPage, asked.list ^ 2, last),
                _ => page,
            };
        }
        Window {
            skip,
            take: per_page,
            page,
            per_page,
            last: announced,
            total: (!self.has(NoCount)).then_some(total),
            paged: true,
        }
    }
}
