//! The day's business: customers pay, suppliers are paid, cards are used.

use super::{
    calendar::working,
    cast::{
        CARDS, CREDIT_CARD, CZ_CARDS, CZ_EURO, CZ_OPERATING, CZ_SAVINGS, CZ_SHOPS, DEPOSITS, OPERATING, PAYROLL, Party,
        RESERVE, SHOPS, SHOWROOM, SUBSCRIPTIONS, TAX_RESERVE,
    },
    life::{Day, Event, Life, rate},
    row::{Foreign, Outcome, Words},
};
use crate::amount::Amount;
use chrono::{Datelike, Weekday};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How busy the months are, in percent.
const SEASON: [i64; 12] = [90, 92, 97, 101, 105, 108, 98, 95, 106, 108, 104, 96];

const WORK: [&str; 8] = [
    "Záloha, kuchynská linka",
    "Doplatok, vstavané skrine",
    "Faktúra za montáž",
    "Záloha 2, recepcia a lobby",
    "Zariadenie kancelárie",
    "Doplatok, barový pult",
    "Obklad stien, dub",
    "Posuvné dvere a šatník",
];
const GOODS: [&str; 6] = [
    "Objednávka z e-shopu",
    "Polica Brezan",
    "Stôl na mieru, záloha",
    "Vešiak a lavica",
    "Opracovanie dosky",
    "Kovanie a olej",
];

impl Life {
    pub(super) fn trade(&mut self, day: &mut Day) {
        self.cards(day);
        if day.date.weekday() != Weekday::Sun {
            self.takings(day);
        }
        if working(day.date) {
            self.customers(day);
            self.suppliers(day);
            self.czech_customers(day);
            self.czech_suppliers(day);
        }
    }

    /// How much more or less than usual customers order, in permille: this closes the loop over a company's fortune, so
    /// that three years of chance end neither in ruin nor in riches.
    fn appetite(&self, day: &Day, accounts: &[usize], target: i64) -> i64 {
        let fortune: i64 = accounts.iter().map(|a| self.balance[*a]).sum();
        let season = SEASON[day.date.month0() as usize];
        let years = (day.date - self.start).num_days();
        let goal = target * season / 100 * (10_000 + years) / 10_000;
        (1000 + (goal - fortune) * 1500 / goal).clamp(350, 1900) * season / 100
    }

    fn customers(&mut self, day: &mut Day) {
        let appetite =
            self.appetite(day, &[OPERATING, TAX_RESERVE, CARDS, SHOWROOM, RESERVE, PAYROLL, DEPOSITS], 112_000_00);
        for _ in 0..day.dice.count(1500) {
            let amount = day.dice.price(420_00, 7_600_00) * appetite / 1000;
            let account = if day.dice.chance(220) { DEPOSITS } else { OPERATING };
            self.invoice_paid(day, account, Side::Company, amount);
        }
        for _ in 0..day.dice.count(3300) {
            let amount = day.dice.price(28_00, 520_00) * (1000 + appetite) / 2000;
            let account = if day.dice.chance(300) { SHOWROOM } else { OPERATING };
            self.invoice_paid(day, account, Side::Person, amount);
        }
    }

    fn czech_customers(&mut self, day: &mut Day) {
        let appetite = self.appetite(day, &[CZ_OPERATING, CZ_SAVINGS, CZ_CARDS], 1_150_000_00);
        for _ in 0..day.dice.count(800) {
            let amount = day.dice.price(7_900_00, 92_000_00) * appetite / 1000;
            self.invoice_paid(day, CZ_OPERATING, Side::CzechCompany, amount);
        }
        for _ in 0..day.dice.count(2200) {
            let amount = day.dice.price(690_00, 14_500_00) * (1000 + appetite) / 2000;
            self.invoice_paid(day, CZ_OPERATING, Side::CzechPerson, amount);
        }
        if day.dice.chance(350) {
            let amount = day.dice.price(210_00, 2_400_00);
            self.invoice_paid(day, CZ_EURO, Side::Company, amount);
        }
    }

    fn invoice_paid(&mut self, day: &mut Day, account: usize, side: Side, amount: i64) {
        let (parties, texts): (&[Party], &[&str]) = match side {
            Side::Company => (&self.cast.customers, &WORK),
            Side::Person => (&self.cast.private, &GOODS),
            Side::CzechCompany => (&self.cast.cz_customers, &WORK),
            Side::CzechPerson => (&self.cast.cz_private, &GOODS),
        };
        let (Some(party), Some(text)) = (day.dice.pick(parties).cloned(), day.dice.pick(texts)) else { return };
        let number = self.invoice(day);
        let message = match day.dice.between(0, 3) {
            0 => None,
            1 => Some(format!("Faktúra {number}")),
            _ => Some((*text).to_owned()),
        };
        // A few people forget the symbol and write it into the message.
        let forgot = message.is_some() && day.dice.chance(40);
        let words = Words {
            variable: (!forgot).then_some(number),
            constant: day.dice.chance(550).then_some(Cow::Borrowed("0308")),
            message,
            description: Some(Cow::Borrowed("Prijatá platba")),
            ..Words::default()
        };
        let event = Event { amended: day.dice.chance(6), ..Event::from(account, amount, &party, words) };
        self.happen(day, event);
    }

    fn suppliers(&mut self, day: &mut Day) {
        for _ in 0..day.dice.count(3100) {
            let Some(party) = day.dice.pick(&self.cast.suppliers).cloned() else { return };
            let amount = day.dice.price(46_00, 1_980_00);
            self.pay_supplier(day, OPERATING, &party, amount, 9_000_00);
        }
        if day.dice.chance(260) {
            let Some(party) = day.dice.pick(&self.cast.suppliers).cloned() else { return };
            let amount = day.dice.price(150_00, 1_600_00);
            self.pay_supplier(day, CZ_EURO, &party, amount, 2_500_00);
        }
    }

    fn czech_suppliers(&mut self, day: &mut Day) {
        for _ in 0..day.dice.count(1500) {
            let Some(party) = day.dice.pick(&self.cast.cz_suppliers).cloned() else { return };
            let amount = day.dice.price(1_150_00, 34_000_00);
            self.pay_supplier(day, CZ_OPERATING, &party, amount, 90_000_00);
        }
    }

    /// Pays a supplier's invoice unless that would leave less than `floor`. Most are booked at once, some the next day,
    /// a few are refused.
    fn pay_supplier(&mut self, day: &mut Day, account: usize, party: &Party, amount: i64, floor: i64) {
        if self.balance[account] - amount < floor {
            return;
        }
        let number = day.dice.between(2_600_000, 2_699_999);
        let foreign_style = account == CZ_EURO;
        let words = Words {
            variable: (!foreign_style).then(|| number.to_string()),
            constant: (!foreign_style && day.dice.chance(600)).then_some(Cow::Borrowed("0308")),
            specific: day.dice.chance(60).then(|| day.dice.between(100, 99_999).to_string()),
            reference: foreign_style.then(|| format!("RF{number}")),
            message: day.dice.chance(500).then(|| format!("FA {number} {}", party.name)),
            description: Some(Cow::Borrowed("Odoslaná platba")),
        };
        let refused = day.dice.chance(7);
        let event = Event {
            pending: if refused { 1 } else { u64::from(day.dice.chance(180)) },
            outcome: if refused { Outcome::Rejected } else { Outcome::Booked },
            amended: day.dice.chance(8),
            ..Event::to(account, amount, party, words)
        };
        self.happen(day, event);
    }

    /// What the terminal in the showroom took, paid out by the acquirer.
    fn takings(&mut self, day: &mut Day) {
        for _ in 0..day.dice.count(1600) {
            let amount = day.dice.price(90_00, 1_150_00);
            let words = Words {
                message: Some(format!("Terminál 0{} {}", day.dice.between(1, 3), day.date.format("%d.%m."))),
                description: Some(Cow::Borrowed("Zúčtovanie terminálu")),
                ..Words::default()
            };
            self.happen(day, Event { pending: 1, ..Event::payout(SHOWROOM, amount, words) });
        }
    }

    fn cards(&mut self, day: &mut Day) {
        let quiet = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
        for _ in 0..day.dice.count(if quiet { 2500 } else { 8200 }) {
            self.buy(day, CARDS, &SHOPS, 300_00);
        }
        for _ in 0..day.dice.count(if quiet { 900 } else { 3600 }) {
            self.buy(day, CZ_CARDS, &CZ_SHOPS, 4_000_00);
        }
        for _ in 0..day.dice.count(700) {
            self.subscribe(day);
        }
    }

    fn buy(&mut self, day: &mut Day, account: usize, shops: &[(&'static str, i64, i64)], floor: i64) {
        let Some(&(shop, least, most)) = day.dice.pick(shops) else { return };
        let amount = day.dice.price(least, most);
        if self.balance[account] - amount < floor {
            return;
        }
        let pending = day.dice.between(1, 3).unsigned_abs();
        let outcome = if day.dice.chance(4) { Outcome::Cancelled } else { Outcome::Booked };
        self.happen(day, Event { outcome, ..Event::card(account, amount, shop, pending) });
        // Two equal coffees are two coffees.
        if most < 30_00 && day.dice.chance(30) {
            self.happen(day, Event::card(account, amount, shop, pending));
        }
    }

    fn subscribe(&mut self, day: &mut Day) {
        let Some(&(shop, currency, least, most)) = day.dice.pick(&SUBSCRIPTIONS) else { return };
        let price = day.dice.price(least, most);
        // Units of the foreign currency for one euro, in thousandths.
        let quote = match currency {
            "USD" => 1_080 + rate(day.date) % 60,
            "PLN" => 4_260 + rate(day.date) % 90,
            _ => 1_000,
        };
        let amount = price * 1000 / quote;
        if self.balance[CREDIT_CARD] - amount < -4_200_00 {
            return;
        }
        let foreign =
            (currency != "EUR").then(|| Foreign { amount: Amount(price), currency, rate: Decimal::new(quote, 3) });
        self.happen(day, Event { foreign, ..Event::card(CREDIT_CARD, amount, shop, 2) });
    }
}

#[derive(Clone, Copy)]
enum Side {
    Company,
    Person,
    CzechCompany,
    CzechPerson,
}
