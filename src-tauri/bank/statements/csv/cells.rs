//! How a table writes its amounts and its days, found out from all of them together.

use crate::money::Currency;
use crate::statements::Unread;
use crate::statements::text::{minor, number};
use chrono::NaiveDate;

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amounts {
    /// The decimal mark.
    mark: char,
}

impl Amounts {
    /// With a mark that is known.
    pub(crate) fn with(mark: char) -> Self {
        Self { mark }
    }

    /// As the cells show it, or as it was answered. A single mark before three digits (`1,234`) shows nothing.
    pub(crate) fn of(cells: &[&str], answer: Option<char>) -> Result<Self, Unread> {
        if let Some(mark) = answer.filter(|mark| matches!(mark, ',' | '.')) {
            return Ok(Self { mark });
        }
        let (mut shown, mut is_unclear) = (Vec::new(), false);
        for cell in cells.iter().filter(|cell| cell.chars().any(|letter| letter.is_ascii_digit())) {
            let marks: Vec<(usize, char)> = cell.char_indices().filter(|(_, it)| matches!(it, ',' | '.')).collect();
            match marks.as_slice() {
                [] => {}
                [(at, mark)] => {
                    let after = cell.get(at + 1..).unwrap_or_default();
                    let digits = after.chars().take_while(char::is_ascii_digit).count();
                    if digits == 3 { is_unclear = true } else { shown.push(*mark) }
                }
                // Several of one kind group; of two kinds the last is the decimal mark.
                [first, .., last] if first.1 == last.1 => shown.push(if last.1 == ',' { '.' } else { ',' }),
                [.., last] => shown.push(last.1),
            }
        }
        match (shown.first(), shown.iter().any(|mark| Some(mark) != shown.first())) {
            (Some(mark), false) => Ok(Self { mark: *mark }),
            (None, _) if !is_unclear => Ok(Self { mark: '.' }),
            _ => Err(Unread::Decimal),
        }
    }

    /// Minor units of a signed amount; none for anything else.
    pub(crate) fn read(self, cell: &str, currency: Currency) -> Option<i64> {
        let code = currency.to_string();
        let text = cell.trim().trim_start_matches(code.as_str()).trim_end_matches(code.as_str());
        let text = text.trim_matches([' ', '\u{a0}', '\u{202f}', '€']);
        let minus = ['-', '\u{2212}'];
        let (is_negative, text) = match (text.strip_prefix(minus), text.strip_suffix(minus)) {
            (Some(rest), _) | (None, Some(rest)) => (true, rest),
            (None, None) => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (units, decimals) = text.split_once(self.mark).unwrap_or((text, ""));
        let units = ungrouped(units.trim(), self.mark)?;
        let amount = minor(&format!("{units}.{decimals}"), '.', currency)?;
        Some(if is_negative { -amount } else { amount })
    }
}

/// The digits of a number that may be grouped by three.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let groups =
        |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}' | ',' | '.') && letter != mark;
    let parts: Vec<&str> = text.split(groups).collect();
    let is_sound = match parts.as_slice() {
        [only] => !only.is_empty(),
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3),
        [] => false,
    };
    is_sound.then(|| parts.concat())
}

/// How days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// Of `03/04/2026`.
    day_first: bool,
}

impl Days {
    /// As the cells show it, or as it was answered. With points the day stands first everywhere.
    pub(crate) fn of(cells: &[&str], answer: Option<bool>) -> Result<Self, Unread> {
        if let Some(day_first) = answer {
            return Ok(Self { day_first });
        }
        let pairs = cells.iter().filter_map(|cell| {
            let (first, rest) = date_of(cell).split_once('/')?;
            let (second, _) = rest.split_once('/')?;
            Some((number::<u32>(first)?, number::<u32>(second)?)).filter(|_| first.len() <= 2)
        });
        let (mut days, mut months, mut any) = (false, false, false);
        for (first, second) in pairs {
            (days, months, any) = (days || first > 12, months || second > 12, true);
        }
        if any && days == months {
            return Err(Unread::DayFirst);
        }
        Ok(Self { day_first: !months })
    }

    /// A day; a time behind it does not matter.
    pub(crate) fn read(&self, cell: &str) -> Option<NaiveDate> {
        let date: String = date_of(cell).chars().filter(|letter| *letter != ' ').collect();
        let mark = date.chars().find(|letter| matches!(letter, '.' | '/' | '-'));
        let Some(mark) = mark else {
            let is_whole = date.len() == 8;
            return NaiveDate::from_ymd_opt(number(date.get(..4)?)?, number(date.get(4..6)?)?, number(date.get(6..)?)?)
                .filter(|_| is_whole);
        };
        let parts: Vec<&str> = date.split(mark).collect();
        let &[first, second, third] = parts.as_slice() else { return None };
        if first.len() == 4 {
            return NaiveDate::from_ymd_opt(number(first)?, number(second)?, number(third)?);
        }
        let year: i32 = match third.len() {
            4 => number(third)?,
            2 => 2000 + number::<i32>(third)?,
            _ => return None,
        };
        let (day, month) = if self.day_first || mark != '/' { (first, second) } else { (second, first) };
        NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
    }
}

/// Without a time of day.
fn date_of(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.find(':') {
        Some(colon) => {
            let before = cell.get(..colon).unwrap_or_default();
            let end = before.rfind([' ', 'T']).unwrap_or(before.len());
            before.get(..end).unwrap_or_default().trim()
        }
        None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_shown_by_all_amounts_together() {
        let mark = |cells: &[&str]| Amounts::of(cells, None).map(|amounts| amounts.mark);
        assert_eq!(mark(&["1,234", "12,50"]), Ok(','));
        assert_eq!(mark(&["1,234.56", "200.00"]), Ok('.'));
        assert_eq!(mark(&["1.234.567", "5"]), Ok(','));
        assert_eq!(mark(&["12 345,67", "-599,00"]), Ok(','));
        assert_eq!(mark(&["12", "5"]), Ok('.'));
        assert_eq!(mark(&["1,234", "5"]), Err(Unread::Decimal));
        assert_eq!(mark(&["12,5", "12.5"]), Err(Unread::Decimal));
        assert_eq!(Amounts::of(&["1,234"], Some(',')), Ok(Amounts { mark: ',' }));
    }

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        let comma = |text: &str| Amounts { mark: ',' }.read(text, Currency::EUR);
        assert_eq!(comma("1\u{a0}234,56"), Some(123_456));
        assert_eq!(comma("1.234,5"), Some(123_450));
        assert_eq!(
            (comma("-12"), comma("12,50-"), comma("+1,00 EUR"), comma("− 5,00")),
            (Some(-1_200), Some(-1_250), Some(100), Some(-500))
        );
        for wrong in ["", "-", "12 34,56", "1,234", "abc", "1,2,3", "--5", "1e5"] {
            assert_eq!(comma(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_order_of_days_is_asked_where_nothing_shows_it() {
        let of = |cells: &[&str]| Days::of(cells, None).map(|days| days.day_first);
        assert_eq!(of(&["03/04/2026", "25/04/2026"]), Ok(true));
        assert_eq!(of(&["03/04/2026", "04/25/2026"]), Ok(false));
        assert_eq!(of(&["03/04/2026"]), Err(Unread::DayFirst));
        assert_eq!(of(&["13/04/2026", "04/25/2026"]), Err(Unread::DayFirst));
        assert_eq!(of(&["03.04.2026", "2026-04-03"]), Ok(true));
    }

    #[test]
    fn days_are_read_with_and_without_a_time() {
        let days = Days { day_first: true };
        let day = NaiveDate::from_ymd_opt(2026, 11, 2);
        for text in [
            "2.11.2026",
            "02. 11. 2026",
            "2.11.26",
            "2026-11-02",
            "2026/11/02",
            "20261102",
            "02/11/2026",
            "2026-11-02T10:00:00",
            "2.11.2026 10:00",
        ] {
            assert_eq!(days.read(text), day, "{text}");
        }
        for wrong in ["", "31.2.2026", "2.11", "11.2026", "1.2.3.2026", "yesterday", "2026-13-01", "202611021"] {
            assert_eq!(days.read(wrong), None, "{wrong}");
        }
    }
}
