//! The company's life, lived day by day: what happens is decided from the day's dice and from the balances so far.

use super::{
    calendar::{after, next_working},
    cast::{Cast, OWNER, Party},
    dice::Dice,
    row::{Foreign, OtherSide, Outcome, Row, Words},
};
use crate::amount::{Amount, Currency};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// First number of the transactions' identifiers.
const FIRST_ID: u64 = 41_000_000;

/// A company being lived.
pub(super) struct Life {
    pub(super) cast: Cast,
    pub(super) rows: Vec<Row>,
    /// What each account will hold when everything known so far has settled.
    pub(super) balance: Vec<i64>,
    pub(super) start: NaiveDate,
    /// Invoices written this year.
    pub(super) invoices: i64,
    seed: u64,
    next: NaiveDate,
}

/// One day with its dice.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) dice: Dice,
}

/// Something that happens on an account, before it has a time and a number.
pub(super) struct Event {
    pub(super) account: usize,
    pub(super) outgoing: bool,
    pub(super) amount: i64,
    pub(super) foreign: Option<Foreign>,
    pub(super) other: OtherSide,
    pub(super) words: Words,
    /// Days it stays pending; 0 is booked at once.
    pub(super) pending: u64,
    pub(super) outcome: Outcome,
    /// Whether the bank completes the row some days later.
    pub(super) amended: bool,
}

impl Event {
    /// Money going out to somebody.
    pub(super) fn to(account: usize, amount: i64, party: &Party, words: Words) -> Self {
        Self::with(account, true, amount, side(party), words)
    }

    /// Money coming in from somebody.
    pub(super) fn from(account: usize, amount: i64, party: &Party, words: Words) -> Self {
        Self::with(account, false, amount, side(party), words)
    }

    /// A purchase with a card: only a name, pending for some days.
    pub(super) fn card(account: usize, amount: i64, shop: &'static str, pending: u64) -> Self {
        let other = OtherSide { name: Some(Cow::Borrowed(shop)), ..OtherSide::default() };
        let words = Words { description: Some(Cow::Borrowed("Platba kartou")), ..Words::default() };
        Self { pending, ..Self::with(account, true, amount, other, words) }
    }

    /// Something the bank itself does: a fee, interest, a withheld tax.
    pub(super) fn by_bank(account: usize, outgoing: bool, amount: i64, what: &'static str) -> Self {
        let words = Words { description: Some(Cow::Borrowed(what)), ..Words::default() };
        Self::with(account, outgoing, amount, OtherSide::default(), words)
    }

    /// The acquirer's payout of a card terminal.
    pub(super) fn payout(account: usize, amount: i64, words: Words) -> Self {
        let other = OtherSide { name: Some(Cow::Borrowed("Platobné terminály Zvon a.s.")), ..OtherSide::default() };
        Self::with(account, false, amount, other, words)
    }

    fn with(account: usize, outgoing: bool, amount: i64, other: OtherSide, words: Words) -> Self {
        let (foreign, pending, outcome, amended) = (None, 0, Outcome::Booked, false);
        Self { account, outgoing, amount, foreign, other, words, pending, outcome, amended }
    }
}

fn side(party: &Party) -> OtherSide {
    OtherSide {
        name: Some(Cow::Borrowed(party.name)),
        iban: Some(party.iban.clone()),
        bic: Some(Cow::Borrowed(party.bic)),
    }
}

impl Life {
    /// A company before its first day.
    pub(super) fn new(seed: u64, start: NaiveDate) -> Self {
        let cast = Cast::new(seed);
        let balance = cast.accounts.iter().map(|account| account.opening.0).collect();
        Self { cast, rows: Vec::with_capacity(32_000), balance, start, invoices: 0, seed, next: start }
    }

    /// Lives through the given day. Days already lived are not lived again.
    pub(super) fn grow(&mut self, through: NaiveDate) {
        while self.next <= through {
            let date = self.next;
            if date.ordinal() == 1 {
                self.invoices = 0;
            }
            let mut day = Day { date, dice: Dice::of_day(self.seed, date.num_days_from_ce()) };
            let first = self.rows.len();
            self.treasury(&mut day);
            self.duties(&mut day);
            self.trade(&mut day);
            self.number(first);
            self.next = after(date, 1);
        }
    }

    /// Puts the day's rows in the order in which they happened and numbers them.
    fn number(&mut self, first: usize) {
        let today = &mut self.rows[first..];
        today.sort_by_key(|row| row.created);
        for (place, row) in today.iter_mut().enumerate() {
            row.id = FIRST_ID + (first + place) as u64;
        }
    }

    /// Gives the event its time and takes it into the balance.
    pub(super) fn happen(&mut self, day: &mut Day, event: Event) {
        let second = day.dice.between(5 * 3600, 17 * 3600);
        self.happen_at(day, second, event);
    }

    /// The same at a given second of the day.
    pub(super) fn happen_at(&mut self, day: &mut Day, second: i64, event: Event) {
        if event.amount <= 0 {
            return;
        }
        let created = moment(day.date, second, day.dice.between(0, 999));
        let settled = match event.pending {
            0 => created,
            days => moment(
                next_working(after(day.date, days)),
                4 * 3600 + day.dice.between(0, 7200),
                day.dice.between(0, 999),
            ),
        };
        let amended = event.amended.then(|| settled + TimeDelta::seconds(day.dice.between(90_000, 260_000)));
        let signed = if event.outgoing { -event.amount } else { event.amount };
        if event.outcome == Outcome::Booked {
            self.balance[event.account] += signed;
        }
        self.rows.push(Row {
            id: 0,
            account: event.account,
            outgoing: event.outgoing,
            amount: Amount(event.amount),
            foreign: event.foreign,
            other: event.other,
            words: event.words,
            created,
            announced: day.date,
            settled,
            outcome: event.outcome,
            amended,
        });
    }

    /// Moves money between two of the owner's accounts, with an exchange where the currencies differ. `amount` is in the
    /// currency of `from`.
    pub(super) fn transfer(&mut self, day: &mut Day, from: usize, to: usize, amount: i64) {
        if amount <= 0 {
            return;
        }
        let (source, target) = (&self.cast.accounts[from], &self.cast.accounts[to]);
        let exchange = (source.currency != target.currency).then(|| rate(day.date));
        let arrives = match (source.currency, exchange) {
            (Currency::Eur, Some(rate)) => amount * rate / 1000,
            (Currency::Czk, Some(rate)) => amount * 1000 / rate,
            (_, None) => amount,
        };
        let foreign = |amount: i64, currency: Currency| {
            exchange.map(|rate| Foreign {
                amount: Amount(amount),
                currency: currency.code(),
                rate: Decimal::new(rate, 3),
            })
        };
        let own = |place: usize| {
            let account = &self.cast.accounts[place];
            let bank = &super::cast::BANKS[account.bank];
            OtherSide {
                name: Some(Cow::Borrowed(OWNER)),
                iban: account.iban.clone(),
                bic: Some(Cow::Borrowed(bank.bic)),
            }
        };
        let words = |text: String| Words {
            message: Some(text),
            description: Some(Cow::Borrowed("Prevod medzi vlastnými účtami")),
            ..Words::default()
        };
        let out = Event {
            foreign: foreign(arrives, target.currency),
            ..Event::with(from, true, amount, own(to), words(format!("Prevod: {}", target.name)))
        };
        let inward = Event {
            foreign: foreign(amount, source.currency),
            ..Event::with(to, false, arrives, own(from), words(format!("Prevod z: {}", source.name)))
        };
        let delay = if source.bank == target.bank { 2 } else { 5400 };
        let second = day.dice.between(5 * 3600, 6 * 3600);
        self.happen_at(day, second, out);
        self.happen_at(day, second + delay, inward);
    }

    /// The next invoice number, which is the customer's variable symbol.
    pub(super) fn invoice(&mut self, day: &Day) -> String {
        self.invoices += 1;
        format!("{}{:05}", day.date.year(), self.invoices)
    }
}

/// CZK for one EUR in thousandths on that day: it drifts slowly and trembles a little.
pub(super) fn rate(day: NaiveDate) -> i64 {
    let n = i64::from(day.num_days_from_ce());
    let phase = n % 420;
    let drift = if phase < 210 { phase } else { 420 - phase };
    24_650 + drift * 5 + (n * 7919) % 83
}

/// A moment of that day.
pub(super) fn moment(day: NaiveDate, second: i64, millis: i64) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(second) + TimeDelta::milliseconds(millis)
}
