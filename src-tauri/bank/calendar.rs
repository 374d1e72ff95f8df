//! On which days banks settle: TARGET for the euro, the Czech and the Slovak bank days (formats.md 6).
//!
//! Days off that move follow from Easter Sunday; the others are a dated table. Laws change: the Slovak days are those known in
//! November 2026, and the bank has the last word.

use crate::money::Currency;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;
use specta::Type;

/// Days off on the same date each year, as (month, day).
type Fixed = &'static [(u32, u32)];

/// TARGET is closed on these; on 24 and 31 December it is open.
const TARGET: Fixed = &[(1, 1), (5, 1), (12, 25), (12, 26)];
const CZECH: Fixed =
    &[(1, 1), (5, 1), (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17), (12, 24), (12, 25), (12, 26)];
/// 1 September is none since 2024 and 17 November since 2025; see [`SLOVAK_WORKED`] too.
const SLOVAK: Fixed =
    &[(1, 1), (1, 6), (5, 1), (5, 8), (7, 5), (8, 29), (9, 15), (11, 1), (12, 24), (12, 25), (12, 26)];
/// Slovak days off that are worked in one year only, as (year, month, day).
const SLOVAK_WORKED: &[(i32, u32, u32)] = &[(2026, 5, 8), (2026, 9, 15)];

/// The longest row of days on which a bank can be closed, with room: at Christmas it is five.
const LONGEST_REST: usize = 14;

/// The day on which a payment leaves the payer's bank: the day wanted, or the next on which the currency is settled and the
/// payer's bank works. `country` is that of the payer's bank (ISO 3166 alpha-2).
pub fn leaves(currency: Currency, country: &str, wanted: NaiveDate) -> NaiveDate {
    wanted.iter_days().take(LONGEST_REST).find(|day| settles(currency, country, *day)).unwrap_or(wanted)
}

/// Whether a payment in this currency can leave a bank of this country on this day. The Czech crown is settled in Czechia,
/// whatever the country of the payer's bank; of a country without a table here only the weekends are known.
pub fn settles(currency: Currency, country: &str, day: NaiveDate) -> bool {
    let works = match (currency, country) {
        (Currency::CZK, _) => czech(day),
        (_, "CZ") => czech(day),
        (_, "SK") => slovak(day),
        _ => weekday(day),
    };
    works && (currency != Currency::EUR || target(day))
}

/// Why no payment can leave on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DayOff {
    /// A Saturday or a Sunday.
    Weekend,
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// The Friday before Easter.
    GoodFriday,
    /// The Monday after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    VictoryDay,
    /// 5 July.
    CyrilAndMethodius,
    /// 6 July.
    JanHus,
    /// 29 August.
    SlovakUprising,
    /// 15 September.
    LadyOfSorrows,
    /// 28 September.
    CzechStatehood,
    /// 28 October.
    CzechIndependence,
    /// 1 November.
    AllSaints,
    /// 17 November.
    FreedomDay,
    /// 24 December.
    ChristmasEve,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    SecondChristmasDay,
}

/// Why no payment in this currency leaves a bank of this country on this day; `None` where it does.
pub fn day_off(currency: Currency, country: &str, day: NaiveDate) -> Option<DayOff> {
    if settles(currency, country, day) {
        return None;
    }
    if !weekday(day) {
        return Some(DayOff::Weekend);
    }
    Some(match (day.month(), day.day()) {
        (1, 1) => DayOff::NewYear,
        (1, 6) => DayOff::Epiphany,
        (5, 1) => DayOff::LabourDay,
        (5, 8) => DayOff::VictoryDay,
        (7, 5) => DayOff::CyrilAndMethodius,
        (7, 6) => DayOff::JanHus,
        (8, 29) => DayOff::SlovakUprising,
        (9, 15) => DayOff::LadyOfSorrows,
        (9, 28) => DayOff::CzechStatehood,
        (10, 28) => DayOff::CzechIndependence,
        (11, 1) => DayOff::AllSaints,
        (11, 17) => DayOff::FreedomDay,
        (12, 24) => DayOff::ChristmasEve,
        (12, 25) => DayOff::ChristmasDay,
        (12, 26) => DayOff::SecondChristmasDay,
        // Only Easter has no date of its own.
        _ if day.weekday() == Weekday::Fri => DayOff::GoodFriday,
        _ => DayOff::EasterMonday,
    })
}

fn weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn target(day: NaiveDate) -> bool {
    works(day, TARGET)
}

fn czech(day: NaiveDate) -> bool {
    works(day, CZECH)
}

fn slovak(day: NaiveDate) -> bool {
    works(day, SLOVAK) || (weekday(day) && SLOVAK_WORKED.contains(&(day.year(), day.month(), day.day())))
}

/// A weekday that is neither off by its date nor Good Friday or Easter Monday, which all three calendars keep.
fn works(day: NaiveDate, off: Fixed) -> bool {
    let easter = easter_sunday(day.year());
    let moves = easter.is_some_and(|sunday| {
        sunday.checked_sub_days(Days::new(2)) == Some(day) || sunday.checked_add_days(Days::new(1)) == Some(day)
    });
    weekday(day) && !moves && !off.contains(&(day.month(), day.day()))
}

/// Easter Sunday of a year of the Gregorian calendar, by the method that Meeus, Jones and Butcher gave.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let moon = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + moon + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("vectors/calendar.json")).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The days of all years of a table on which `works` must say no although they are weekdays.
    fn agrees(table: &str, works: fn(NaiveDate) -> bool) {
        let vectors = vectors();
        let off: BTreeSet<NaiveDate> = vectors[table]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|year| year.as_array().unwrap())
            .map(|date| day(date.as_str().unwrap()))
            .collect();
        for date in day("2025-01-01").iter_days().take_while(|date| date.year() <= 2031) {
            assert_eq!(works(date), weekday(date) && !off.contains(&date), "{table} {date}");
        }
    }

    #[test]
    fn p18_days_off_are_those_of_the_vectors() {
        agrees("target_closing_days", target);
        agrees("cz_holidays", czech);
        agrees("sk_days_off", slovak);
    }

    #[test]
    fn p18_payments_leave_on_the_next_bank_day() {
        let usd = "USD".parse().unwrap();
        for case in vectors()["next_business_day"].as_array().unwrap() {
            let wanted = day(case["date"].as_str().unwrap());
            for (currency, country, name) in [
                (Currency::EUR, "DE", "sepa_eur_next (TARGET)"),
                (Currency::CZK, "CZ", "czk_next (CZ bank day)"),
                (Currency::CZK, "SK", "czk_next (CZ bank day)"),
                (Currency::EUR, "CZ", "eur_from_cz_next (TARGET+CZ)"),
                (Currency::EUR, "SK", "sk_bank_day_next (TARGET+SK)"),
            ] {
                assert_eq!(leaves(currency, country, wanted), day(case[name].as_str().unwrap()), "{case} {country}");
            }
        }
        // Of a bank elsewhere only the weekends are known, and TARGET says nothing of dollars.
        assert_eq!(leaves(usd, "US", day("2026-04-03")), day("2026-04-03"));
        assert_eq!(leaves(usd, "US", day("2026-04-04")), day("2026-04-06"));
    }

    #[test]
    fn each_day_off_has_its_name() {
        use DayOff::*;
        let named = |date: &str, country: &str| day_off(Currency::EUR, country, day(date));
        for (date, country, name) in [
            ("2026-11-28", "SK", Some(Weekend)),
            ("2026-12-25", "DE", Some(ChristmasDay)),
            ("2026-12-24", "SK", Some(ChristmasEve)),
            ("2026-12-24", "DE", None),
            ("2027-01-01", "CZ", Some(NewYear)),
            ("2027-01-06", "SK", Some(Epiphany)),
            ("2027-01-06", "CZ", None),
            ("2027-03-26", "SK", Some(GoodFriday)),
            ("2027-03-29", "SK", Some(EasterMonday)),
            ("2027-09-28", "CZ", Some(CzechStatehood)),
            ("2026-11-17", "CZ", Some(FreedomDay)),
            ("2026-11-17", "SK", None),
        ] {
            assert_eq!(named(date, country), name, "{date} {country}");
        }
        // A name by its date is the name of a day that some calendar keeps: nothing falls to Easter by mistake.
        for date in day("2025-01-01").iter_days().take_while(|date| date.year() <= 2031) {
            for country in ["CZ", "SK", "DE"] {
                let found = day_off(Currency::EUR, country, date);
                assert_eq!(found.is_none(), settles(Currency::EUR, country, date), "{date} {country}");
                if matches!(found, Some(GoodFriday | EasterMonday)) {
                    let sunday = easter_sunday(date.year()).unwrap();
                    assert!((date - sunday).num_days().abs() <= 2, "{date} {country}");
                }
            }
        }
    }

    #[test]
    fn e15_a_day_is_a_day_in_any_year() {
        assert_eq!(leaves(Currency::EUR, "SK", day("2028-02-29")), day("2028-02-29"));
        assert_eq!(leaves(Currency::EUR, "SK", day("2026-12-31")), day("2026-12-31"));
        assert_eq!(leaves(Currency::EUR, "SK", NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(leaves(Currency::EUR, "SK", NaiveDate::MIN).year(), NaiveDate::MIN.year());
    }
}
