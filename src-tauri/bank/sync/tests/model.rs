//! A bank that does everything banks do, and the promise that no row is ever lost, doubled or overwritten.

use crate::everifin::{
    BalanceKind, Listing, RemoteAccount, RemoteBalance, RemoteId, RemoteTransaction, TransactionQuery,
};
use crate::money::{Currency, Money};
use crate::store::Store;
use crate::store::accounts::{AccountId, Freshness};
use crate::store::intake::Applied;
use crate::store::sample;
use crate::store::transactions::{
    Annotation, Direction, Section, TransactionFilter, TransactionId, TransactionRow, TransactionStatus,
};
use crate::sync::reading::{self, Reading};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

const IBAN: &str = "SK9611000000002918599669";

fn start() -> DateTime<Utc> {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

fn first_day() -> NaiveDate {
    "2026-02-10".parse().unwrap()
}

/// One account at a bank, as Everifin shows it.
struct BankSide {
    account: RemoteAccount,
    rows: Vec<RemoteTransaction>,
    now: DateTime<Utc>,
    ids: u32,
    /// Rows that are stored and whose id the bank has given to another row since.
    replaced: Vec<RemoteTransaction>,
}

impl BankSide {
    fn new() -> Self {
        let account = RemoteAccount {
            id: RemoteId("account-0".into()),
            iban: Some(IBAN.into()),
            number: None,
            currency: Currency::EUR,
            name: "Operating account".into(),
            kind: "CURRENT".into(),
            bank_name: "Tatra banka".into(),
            bank_bic: None,
            bank_country: "SK".into(),
            consent_expired: false,
            consent_until: None,
            refreshed: None,
            history_from: Some(first_day()),
            balances: vec![RemoteBalance {
                kind: BalanceKind::Booked,
                money: Money::from_minor(100_000, Currency::EUR),
                at: start(),
            }],
            raw: "{}".into(),
        };
        Self { account, rows: Vec::new(), now: start(), ids: 0, replaced: Vec::new() }
    }

    fn tick(&mut self) -> DateTime<Utc> {
        self.now += TimeDelta::milliseconds(7);
        self.now
    }

    fn new_id(&mut self) -> RemoteId {
        self.ids += 1;
        RemoteId(format!("t{}", self.ids))
    }

    fn put(&mut self, status: TransactionStatus, day: u64, cents: i64, payee: u8) {
        let (id, at) = (self.new_id(), self.tick());
        let day = first_day() + Days::new(day);
        self.rows.push(RemoteTransaction {
            id,
            bank_id: None,
            status,
            direction: if cents < 0 { Direction::Out } else { Direction::In },
            amount: Money::from_minor(cents.abs(), Currency::EUR),
            original: None,
            rate: None,
            booked: (status != TransactionStatus::Pending).then_some(day),
            value: Some(day),
            counterparty: Some(format!("Payee {payee}")),
            counterparty_iban: None,
            counterparty_number: None,
            counterparty_bic: None,
            variable_symbol: None,
            constant_symbol: None,
            specific_symbol: None,
            reference: None,
            message: None,
            description: None,
            created: at,
            updated: at,
            raw: format!(r#"{{"created":"{at}"}}"#),
        });
    }

    fn answer(&self, query: &TransactionQuery) -> Listing<RemoteTransaction> {
        let fits = |row: &&RemoteTransaction| {
            query.updated_from.is_none_or(|from| row.updated >= from)
                && query.booked_from.is_none_or(|from| row.booked.is_some_and(|day| day >= from))
                && query.booked_to.is_none_or(|to| row.booked.is_some_and(|day| day <= to))
        };
        Listing { rows: self.rows.iter().filter(fits).cloned().collect(), unreadable: Vec::new() }
    }

    /// Some row that fits, chosen by a number.
    fn pick(&mut self, choice: usize, fits: impl Fn(&RemoteTransaction) -> bool) -> Option<&mut RemoteTransaction> {
        let count = self.rows.iter().filter(|row| fits(row)).count();
        self.rows.iter_mut().filter(|row| fits(row)).nth(choice.checked_rem(count)?)
    }

    /// The rows that must be stored now, as far as they can be told apart.
    fn expected(&self) -> Vec<(TransactionStatus, Money, NaiveDate, String)> {
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .chain(&self.replaced)
            .map(|row| {
                let amount = if row.direction == Direction::Out { row.amount.negated() } else { row.amount };
                let day = row.booked.or(row.value).unwrap();
                (row.status, amount, day, row.counterparty.clone().unwrap())
            })
            .collect();
        rows.sort_by_key(|row| format!("{row:?}"));
        rows
    }
}

struct Desk {
    store: Store,
    bank: BankSide,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &crate::store::sample::key()).unwrap();
        Self { store, bank: BankSide::new(), _folder: folder }
    }

    fn list(&self) -> AccountId {
        let listing = [reading::listed(&self.bank.account)];
        self.store.take_listing(&listing, true, self.bank.now).unwrap()[0].0
    }

    fn read(&self) -> (Reading, Vec<TransactionQuery>) {
        let account = self.list();
        let mut reading = Reading::begin(&self.store, account, &self.bank.account, self.bank.now).unwrap();
        let mut asked = Vec::new();
        while let Some(query) = reading.next(&self.store).unwrap() {
            reading.take(self.bank.answer(&query));
            asked.push(query);
        }
        (reading, asked)
    }

    fn sync(&self) -> Applied {
        sample::take(&self.store, &self.read().0.finish(), self.bank.now).unwrap()
    }

    fn stored(&self) -> Vec<TransactionRow> {
        let filter = TransactionFilter::default();
        let mut rows = Vec::new();
        for totals in self.store.sections(&filter).unwrap().unwrap() {
            let mut after = None;
            let mut count = 0;
            loop {
                let page = self.store.page(&filter, &totals.section, after.as_deref(), 3).unwrap();
                count += page.rows.len();
                rows.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(count, totals.count as usize, "the section holds what it says");
        }
        rows
    }

    fn note(&self, id: TransactionId, note: &str) {
        self.store.annotate(id, &Annotation { note: note.into(), category: None }).unwrap();
    }

    fn notes(&self) -> Vec<String> {
        self.store
            .read(|book| {
                let mut statement = book.prepare("SELECT note FROM overlay ORDER BY note")?;
                Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }

    fn check(&self) {
        let mut stored: Vec<_> =
            self.stored().into_iter().map(|row| (row.status, row.amount, row.day, row.counterparty)).collect();
        stored.sort_by_key(|row| format!("{row:?}"));
        assert_eq!(stored, self.bank.expected());
        let (kept, made): (Vec<Vec<i64>>, Vec<Vec<i64>>) = self
            .store
            .read(|book| {
                let all = |sql: &str| {
                    let mut statement = book.prepare(sql)?;
                    let rows = statement.query_map([], |row| (0..5).map(|column| row.get(column)).collect())?;
                    rows.collect::<Result<Vec<Vec<i64>>, _>>()
                };
                let kept = all("SELECT day, money_in, money_out, rows_in, rows_out FROM daily ORDER BY day")?;
                let made = all(
                    "SELECT key >> 24, sum(iif(status = 'booked', max(amount, 0), 0)), sum(iif(status = 'booked', min(amount, 0), 0)),
                         sum(amount >= 0), sum(amount < 0)
                     FROM entry WHERE status <> 'pending' GROUP BY 1 ORDER BY 1",
                )?;
                Ok((kept, made))
            })
            .unwrap();
        assert_eq!(kept, made, "the kept sums of each day");
    }
}

/// What happens at the bank, or here.
#[derive(Debug, Clone)]
enum Event {
    Book {
        day: u64,
        cents: i64,
        payee: u8,
    },
    Announce {
        day: u64,
        cents: i64,
        payee: u8,
    },
    Settle {
        choice: usize,
        same_id: bool,
        cents: Option<i64>,
    },
    Withdraw {
        choice: usize,
    },
    Describe {
        choice: usize,
    },
    Move {
        choice: usize,
        day: u64,
    },
    Cancel {
        choice: usize,
    },
    /// Another row comes under an id that is taken.
    ReuseId {
        day: u64,
        cents: i64,
    },
    /// Rows get new ids: one of them, or all.
    Renumber {
        choice: usize,
        all: bool,
    },
    /// A new consent: all ids are new, the account's too.
    Reconnect,
    Wait {
        hours: i64,
    },
    Note {
        choice: usize,
    },
    Sync,
    /// A sync that is cut off before anything is taken over.
    CutOff,
}

fn event() -> impl Strategy<Value = Event> {
    use Event::*;
    let choice = 0..50_usize;
    // Few days, amounts and payees, so that equal rows are common.
    let (day, cents, payee) = (0..20_u64, -2..3_i64, 0..2_u8);
    prop_oneof![
        5 => (day.clone(), cents.clone(), payee.clone()).prop_map(|(day, cents, payee)| Book { day, cents, payee }),
        3 => (day.clone(), cents.clone(), payee).prop_map(|(day, cents, payee)| Announce { day, cents, payee }),
        3 => (choice.clone(), any::<bool>(), proptest::option::of(cents.clone()))
            .prop_map(|(choice, same_id, cents)| Settle { choice, same_id, cents }),
        1 => choice.clone().prop_map(|choice| Withdraw { choice }),
        1 => choice.clone().prop_map(|choice| Describe { choice }),
        1 => (choice.clone(), day.clone()).prop_map(|(choice, day)| Move { choice, day }),
        1 => choice.clone().prop_map(|choice| Cancel { choice }),
        1 => (day, cents).prop_map(|(day, cents)| ReuseId { day, cents }),
        2 => (choice.clone(), any::<bool>()).prop_map(|(choice, all)| Renumber { choice, all }),
        1 => Just(Reconnect),
        2 => (1..30_i64).prop_map(|hours| Wait { hours }),
        2 => choice.prop_map(|choice| Note { choice }),
        6 => Just(Sync),
        1 => Just(CutOff),
    ]
}

fn set_cents(row: &mut RemoteTransaction, cents: i64) {
    row.amount = Money::from_minor(cents.abs(), Currency::EUR);
    row.direction = if cents < 0 { Direction::Out } else { Direction::In };
}

fn happen(desk: &mut Desk, event: Event, notes: &mut u32) {
    use TransactionStatus::{Booked, Cancelled, Pending};
    let booked = |row: &RemoteTransaction| row.status == Booked;
    let pending = |row: &RemoteTransaction| row.status == Pending;
    // What changes a row beyond recognition happens to rows that are stored: a row that changes its id and its date
    // between two readings is another row for everybody.
    let deep = matches!(
        event,
        Event::Renumber { .. } | Event::Reconnect | Event::ReuseId { .. } | Event::Move { .. } | Event::Note { .. }
    );
    if deep {
        desk.sync();
    }
    let (at, fresh) = (desk.bank.tick(), desk.bank.new_id());
    match event {
        Event::Book { day, cents, payee } => desk.bank.put(Booked, day, cents, payee),
        Event::Announce { day, cents, payee } => desk.bank.put(Pending, day, cents, payee),
        Event::Settle { choice, same_id, cents } => {
            if let Some(row) = desk.bank.pick(choice, pending) {
                row.status = Booked;
                row.booked = row.value;
                row.updated = at;
                if let Some(cents) = cents {
                    set_cents(row, cents);
                }
                if !same_id {
                    row.id = fresh;
                }
            }
        }
        Event::Withdraw { choice } => {
            let id = desk.bank.pick(choice, pending).map(|row| row.id.clone());
            desk.bank.rows.retain(|row| Some(&row.id) != id.as_ref());
        }
        Event::Describe { choice } => {
            if let Some(row) = desk.bank.pick(choice, |_| true) {
                row.description = Some(format!("changed {at}"));
                row.updated = at;
            }
        }
        Event::Move { choice, day } => {
            let to = first_day() + Days::new(day);
            // Further than that no bank moves a row: under the same id it would be another one.
            let near = |row: &RemoteTransaction| row.booked.is_some_and(|day| (to - day).num_days().abs() <= 10);
            if let Some(row) = desk.bank.pick(choice, |row| booked(row) && near(row)) {
                row.booked = Some(to);
                row.updated = at;
            }
        }
        Event::Cancel { choice } => {
            if let Some(row) = desk.bank.pick(choice, booked) {
                row.status = Cancelled;
                row.updated = at;
            }
        }
        Event::ReuseId { day, cents } => {
            // The row that loses its id is like no other: one that equals it later is that one again, which the simulation tries.
            let alone = 1_000 + i64::from(desk.bank.ids);
            desk.bank.put(Booked, day, alone, 0);
            desk.sync();
            let at = desk.bank.tick();
            if let Some(row) = desk.bank.rows.last_mut() {
                let before = row.clone();
                set_cents(row, cents);
                row.updated = at;
                row.raw = format!("{{\"changed\":\"{at}\"}}");
                desk.bank.replaced.push(before);
            }
        }
        Event::Renumber { choice, all } => {
            let chosen = desk.bank.pick(choice, |_| true).map(|row| row.id.clone());
            let mut ids: Vec<RemoteId> = (0..desk.bank.rows.len()).map(|_| desk.bank.new_id()).collect();
            for row in desk.bank.rows.iter_mut().filter(|row| all || Some(&row.id) == chosen.as_ref()) {
                row.id = ids.pop().unwrap();
                row.updated = at;
            }
        }
        Event::Reconnect => {
            desk.bank.account.id = RemoteId(format!("account-{}", fresh.0));
            let mut ids: Vec<RemoteId> = (0..desk.bank.rows.len()).map(|_| desk.bank.new_id()).collect();
            for row in &mut desk.bank.rows {
                row.id = ids.pop().unwrap();
                row.updated = at;
            }
        }
        Event::Wait { hours } => desk.bank.now += TimeDelta::hours(hours),
        Event::Note { choice } => {
            let rows: Vec<_> = desk.stored().into_iter().filter(|row| !row.has_note).collect();
            if let Some(row) = choice.checked_rem(rows.len()).and_then(|place| rows.get(place)) {
                *notes += 1;
                desk.note(row.id, &format!("note {:04}", *notes));
            }
        }
        Event::Sync => {
            desk.sync();
            desk.check();
            assert_eq!(desk.sync(), Applied::default(), "a second sync changes nothing");
        }
        Event::CutOff => drop(desk.read()),
    }
    if deep {
        desk.sync();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_is_ever_lost_doubled_or_overwritten(events in prop::collection::vec(event(), 1..60)) {
        let mut desk = Desk::new();
        let mut notes = 0;
        for event in events.into_iter().chain([Event::Sync]) {
            happen(&mut desk, event, &mut notes);
        }
        let written: Vec<String> = (1..=notes).map(|number| format!("note {number:04}")).collect();
        prop_assert_eq!(desk.notes(), written, "what the owner wrote is still there");
    }
}

#[test]
fn two_equal_coffees_are_two_rows() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.sync();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    let applied = desk.sync();
    assert_eq!((applied.added, applied.changed), (1, 0));
    desk.check();
}

#[test]
fn the_next_reading_begins_one_millisecond_after_the_newest_change() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.sync();
    let newest = desk.bank.rows[0].updated;
    let (_, asked) = desk.read();
    let from = newest + TimeDelta::milliseconds(1);
    assert_eq!(asked, [TransactionQuery { updated_from: Some(from), ..TransactionQuery::default() }]);
}

#[test]
fn the_last_days_are_read_anew_once_a_day() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.sync();
    desk.bank.now += TimeDelta::hours(21);
    let (reading, asked) = desk.read();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].booked_from, Some(desk.bank.now.date_naive() - Days::new(10)));
    sample::take(&desk.store, &reading.finish(), desk.bank.now).unwrap();
    assert_eq!(desk.read().1.len(), 1);
}

#[test]
fn a_note_follows_its_pending_row_to_the_booked_one() {
    for same_id in [true, false] {
        let mut desk = Desk::new();
        desk.bank.put(TransactionStatus::Pending, 3, -280, 1);
        desk.sync();
        desk.note(desk.stored()[0].id, "team breakfast");
        let fresh = desk.bank.new_id();
        let at = desk.bank.tick();
        let row = &mut desk.bank.rows[0];
        row.status = TransactionStatus::Booked;
        row.booked = Some(first_day() + Days::new(5));
        row.counterparty = Some("CAFE 12 BRATISLAVA".into());
        row.updated = at;
        if !same_id {
            row.id = fresh;
        }
        let applied = desk.sync();
        assert_eq!((applied.added, applied.changed, applied.removed), (0, 1, 1));
        let rows = desk.stored();
        assert_eq!(rows.len(), 1);
        assert_eq!(desk.store.transaction(rows[0].id).unwrap().note.as_deref(), Some("team breakfast"));
    }
}

#[test]
fn a_note_waits_when_the_booked_row_comes_later() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Pending, 3, -280, 1);
    desk.sync();
    desk.note(desk.stored()[0].id, "team breakfast");
    desk.bank.rows.clear();
    desk.sync();
    assert!(desk.stored().is_empty());
    desk.bank.put(TransactionStatus::Booked, 4, -280, 1);
    desk.sync();
    let rows = desk.stored();
    assert_eq!(desk.store.transaction(rows[0].id).unwrap().note.as_deref(), Some("team breakfast"));
}

#[test]
fn an_id_that_disagrees_is_put_aside_and_both_rows_stay() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.sync();
    let at = desk.bank.tick();
    set_cents(&mut desk.bank.rows[0], 280);
    desk.bank.rows[0].updated = at;
    let applied = desk.sync();
    assert_eq!((applied.added, applied.changed, applied.quarantined), (1, 0, 1));
    assert_eq!(desk.stored().len(), 2);
    assert_eq!(desk.sync(), Applied::default());
}

#[test]
fn an_amount_finer_than_a_cent_is_put_aside_with_its_payload() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.bank.rows[0].amount.amount = "2.805".parse().unwrap();
    desk.bank.put(TransactionStatus::Booked, 3, -300, 1);
    let applied = desk.sync();
    assert_eq!((applied.added, applied.quarantined), (1, 1));
    assert_eq!(desk.sync(), Applied::default());
}

#[test]
fn an_unknown_status_is_shown_and_not_counted() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Booked, 3, -280, 1);
    desk.bank.put(TransactionStatus::Unknown, 3, -999, 1);
    desk.sync();
    let sections = desk.store.sections(&TransactionFilter::default()).unwrap().unwrap();
    assert_eq!(sections[0].section, Section::Month { first: "2026-02-01".parse().unwrap() });
    assert_eq!((sections[0].count, sections[0].sums.as_slice()), (2, &[Money::from_minor(-280, Currency::EUR)][..]));
}

#[test]
fn a_booked_row_follows_one_of_unknown_status_under_another_id_and_back() {
    let mut desk = Desk::new();
    desk.bank.put(TransactionStatus::Unknown, 3, -999, 1);
    desk.bank.rows[0].booked = None;
    desk.sync();
    let (first, provisional) = (desk.bank.rows[0].id.clone(), desk.bank.new_id());
    for id in [provisional, first] {
        let at = desk.bank.tick();
        let row = &mut desk.bank.rows[0];
        (row.status, row.booked) = (TransactionStatus::Booked, row.value);
        (row.id, row.updated) = (id, at);
        desk.sync();
        desk.check();
    }
}

#[test]
fn a_reconnected_account_is_the_account_it_was() {
    let mut desk = Desk::new();
    let first = desk.list();
    desk.bank.account.id = RemoteId("other".into());
    desk.bank.account.consent_until = Some(start() + TimeDelta::days(180));
    assert_eq!(desk.list(), first);
    // Another currency of the same IBAN is another account, and one without an IBAN is known by its id.
    let mut crowns = desk.bank.account.clone();
    crowns.currency = Currency::CZK;
    let mut nameless = desk.bank.account.clone();
    (nameless.iban, nameless.id) = (None, RemoteId("card".into()));
    let listing = [&desk.bank.account, &crowns, &nameless].map(reading::listed);
    let ids: Vec<_> = desk.store.take_listing(&listing, true, start()).unwrap().iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids[0], first);
    let again: Vec<_> = desk.store.take_listing(&listing, true, start()).unwrap().iter().map(|(id, _)| *id).collect();
    assert_eq!(again, ids);
    // Under a new id, one without an IBAN is known by everything else, as long as there is only one such.
    nameless.id = RemoteId("card after a new consent".into());
    let listing = [&desk.bank.account, &crowns, &nameless].map(reading::listed);
    let renamed: Vec<_> = desk.store.take_listing(&listing, true, start()).unwrap().iter().map(|(id, _)| *id).collect();
    assert_eq!(renamed, ids);
}

#[test]
fn an_account_that_is_gone_is_kept_and_says_so() {
    let desk = Desk::new();
    desk.sync();
    desk.store.take_listing(&[], true, start()).unwrap();
    let accounts = desk.store.accounts(start()).unwrap();
    assert_eq!(accounts[0].freshness, Freshness::Gone { at: Some(start()) });
    assert!(accounts[0].booked.is_some());
    assert!(!accounts[0].can_pay);
}
