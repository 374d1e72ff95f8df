//! How the owner moves money between her accounts, which is also what keeps every balance in a sensible range.

use super::{
    calendar::{due, working},
    cast::{
        CARDS, CREDIT_CARD, CZ_CARDS, CZ_EURO, CZ_OPERATING, CZ_SAVINGS, DEPOSITS, OPERATING, PAYROLL, RESERVE,
        SHOWROOM, TAX_RESERVE,
    },
    life::{Day, Event, Life},
    row::Words,
};
use chrono::{Datelike, Weekday};

impl Life {
    pub(super) fn treasury(&mut self, day: &mut Day) {
        if !working(day.date) {
            return;
        }
        self.refill(day, OPERATING, CARDS, 2_400_00, 9_000_00);
        self.refill(day, CZ_OPERATING, CZ_CARDS, 24_000_00, 95_000_00);
        if day.date.weekday() == Weekday::Mon {
            self.sweep(day, SHOWROOM, 5_000_00, 1_800_00);
            self.sweep(day, DEPOSITS, 13_000_00, 5_500_00);
        }
        if day.date.weekday() == Weekday::Fri && self.balance[TAX_RESERVE] < 27_000_00 {
            let part = round(day.dice.between(1_500_00, 2_500_00), 50_00);
            self.transfer(day, OPERATING, TAX_RESERVE, part);
        }
        if day.date == due(day.date, 8) {
            let need = self.wages_ahead() + 8_500_00 - self.balance[PAYROLL];
            self.transfer(day, OPERATING, PAYROLL, round(need + 99_99, 100_00));
        }
        if day.date == due(day.date, 20) {
            self.transfer(day, OPERATING, CREDIT_CARD, -self.balance[CREDIT_CARD]);
        }
        self.level_operating(day);
        self.level_czech(day);
    }

    /// Between the operating account and the reserve.
    fn level_operating(&mut self, day: &mut Day) {
        let held = self.balance[OPERATING];
        if held < 16_000_00 && self.balance[RESERVE] > 9_000_00 {
            let part = (self.balance[RESERVE] - 6_000_00).min(12_000_00);
            self.transfer(day, RESERVE, OPERATING, round(part, 500_00));
        } else if held > 72_000_00 && self.balance[RESERVE] < 45_000_00 {
            let part = round(day.dice.between(6_000_00, 11_000_00), 500_00);
            self.transfer(day, OPERATING, RESERVE, part);
        } else if held > 78_000_00
            && let Some(owner) = self.cast.staff.first().cloned()
        {
            let words = Words { message: Some("Podiel na zisku".to_owned()), ..Words::default() };
            let part = round(day.dice.between(9_000_00, 15_000_00), 500_00);
            self.happen(day, Event::to(OPERATING, part, &owner, words));
        }
    }

    /// Between the Czech accounts, and over the border where one side has too much.
    fn level_czech(&mut self, day: &mut Day) {
        if self.balance[CZ_EURO] > 11_000_00 {
            let part = round(self.balance[CZ_EURO] - 5_000_00, 500_00);
            self.transfer(day, CZ_EURO, CZ_OPERATING, part);
        }
        let held = self.balance[CZ_OPERATING];
        if held < 170_000_00 {
            if self.balance[CZ_SAVINGS] > 260_000_00 {
                self.transfer(day, CZ_SAVINGS, CZ_OPERATING, 120_000_00);
            } else if self.balance[OPERATING] > 30_000_00 {
                self.transfer(day, OPERATING, CZ_OPERATING, 6_000_00);
            }
        } else if held > 980_000_00 {
            if self.balance[CZ_SAVINGS] < 620_000_00 {
                self.transfer(day, CZ_OPERATING, CZ_SAVINGS, 100_000_00);
            } else {
                self.transfer(day, CZ_OPERATING, OPERATING, 150_000_00);
            }
        }
    }

    /// Fills `to` up to `full` when it holds less than `low`.
    fn refill(&mut self, day: &mut Day, from: usize, to: usize, low: i64, full: i64) {
        if self.balance[to] < low {
            let part = round(full - self.balance[to], 100_00);
            self.transfer(day, from, to, part);
        }
    }

    /// Empties `from` down to `keep` when it holds more than `high`.
    fn sweep(&mut self, day: &mut Day, from: usize, high: i64, keep: i64) {
        if self.balance[from] > high {
            let part = round(self.balance[from] - keep, 10_00);
            self.transfer(day, from, OPERATING, part);
        }
    }
}

/// Down to whole steps.
fn round(amount: i64, step: i64) -> i64 {
    amount / step * step
}
