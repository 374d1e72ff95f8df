//! What the screens ask: how it grows with the book, and how it compares with the least that it can take.

use crate::c::File;
use crate::table::{Bars, both, median, spoken};
use crate::{Book, Failed};
use bank::insights::{self, Range};
use bank::measuring::{self, RAW_KEY, now, question, today};
use bank::money::Currency;
use bank::store::Store;
use bank::store::accounts::AccountId;
use bank::store::transactions::TransactionFilter;
use memchr::memmem::Finder;
use rusqlite::Connection;
use std::hint::black_box;

/// How often a question is asked; the middle one counts.
const TIMES: usize = 21;
/// Rows of a page.
const PAGE: u32 = 100;

fn all() -> TransactionFilter {
    TransactionFilter::default()
}

fn text(text: &str) -> TransactionFilter {
    TransactionFilter { text: text.into(), ..all() }
}

fn of_account() -> TransactionFilter {
    TransactionFilter { accounts: vec![AccountId(1)], ..all() }
}

/// An account's rows of two years in the middle of its time.
fn two_years(text: &str) -> TransactionFilter {
    let day = |back| today().checked_sub_days(chrono::Days::new(back));
    TransactionFilter { text: text.into(), from: day(2_200), to: day(1_470), ..of_account() }
}

type Act<'a> = Box<dyn Fn(&Store) -> bank::failure::Result<()> + 'a>;

/// What each screen and key press asks for, at each size.
pub(crate) fn growth(books: &[Book]) -> Result<(), Failed> {
    let first = |filter: TransactionFilter| -> Act<'_> { Box::new(move |store| store.first(&filter, PAGE).map(drop)) };
    let count = |filter: TransactionFilter| -> Act<'_> { Box::new(move |store| store.sections(&filter).map(drop)) };
    let acts: Vec<(&str, Act<'_>)> = vec![
        ("overview", Box::new(|store| insights::overview(store, today(), now()).map(drop))),
        ("balances of all days, EUR", insights_of(Currency::EUR)),
        ("sections of the list", count(all())),
        ("newest 100", first(all())),
        ("newest 100 of an account", first(of_account())),
        ("found: n", first(text("n"))),
        ("found: no", first(text("no"))),
        ("found: novak", first(text("novak"))),
        ("found: faktur 2024", first(text("faktur 2024"))),
        ("found: qx (nothing)", first(text("qx"))),
        ("found: xyzzy (nothing)", first(text("xyzzy"))),
        ("found: novak, account, two years", first(two_years("novak"))),
        ("counted: novak", count(text("novak"))),
        ("counted: faktur", count(text("faktur"))),
        ("counted: no", count(text("no"))),
        ("payees: nov", Box::new(|store| store.payees("nov", 8).map(drop))),
    ];
    println!("| | {} |", books.iter().map(|book| book.rows.to_string()).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---|".repeat(books.len()));
    let opened = |book: &Book| median(5, || Store::open(&book.path, &measuring::key()).map(drop));
    line("open", books, opened)?;
    for (name, act) in &acts {
        line(name, books, |book| median(TIMES, || act(&book.store)))?;
    }
    if let Some(memory) = memory() {
        println!("| memory of this program (PSS), MB | {memory} |");
    }
    Ok(())
}

fn insights_of<'a>(currency: Currency) -> Act<'a> {
    Box::new(move |store| insights::balance_history(store, currency, Range::All, today()).map(drop))
}

fn line(
    name: &str,
    books: &[Book],
    measure: impl Fn(&Book) -> bank::failure::Result<std::time::Duration>,
) -> Result<(), Failed> {
    let times = books.iter().map(|book| Ok(spoken(measure(book)?))).collect::<bank::failure::Result<Vec<_>>>()?;
    println!("| {name} | {} |", times.join(" | "));
    Ok(())
}

/// Megabytes that this program has for itself, with its part of what it shares.
fn memory() -> Option<u64> {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1_000)
}

/// Bar 1: the questions of a list against the same SQL in C.
pub(crate) fn hot(book: &Book, bars: &mut Bars) -> Result<(), Failed> {
    let file = File::open(&book.path, Some(RAW_KEY))?;
    for (name, filter) in [
        ("newest 100", all()),
        ("newest 100 of an account", of_account()),
        ("account and two years", two_years("")),
        ("novak, account, two years", two_years("novak")),
    ] {
        let (sql, values) = question(&filter, PAGE);
        let asked = file.question(&sql, &values)?;
        let times = both::<Failed>(
            TIMES,
            || {
                black_box(book.store.first(&filter, PAGE)?);
                Ok(())
            },
            || Ok(_ = black_box(asked.rows()?)),
        )?;
        bars.line("1", name, times, "the same SQL in C", 1.25);
    }
    Ok(())
}

/// All that a search looks through, newest first, in one piece of memory.
struct InMemory {
    texts: String,
    /// Where each row begins, its key and its account.
    rows: Vec<(usize, i64, u32)>,
}

impl InMemory {
    fn read(book: &Book) -> Result<Self, Failed> {
        let file = Connection::open(&book.path)?;
        file.pragma_update(None, "key", RAW_KEY)?;
        let mut statement = file.prepare("SELECT folded, key, account FROM entry ORDER BY key DESC")?;
        let mut found = statement.query([])?;
        let mut this = Self { texts: String::new(), rows: Vec::new() };
        while let Some(row) = found.next()? {
            this.rows.push((this.texts.len(), row.get(1)?, row.get(2)?));
            this.texts.push_str(row.get_ref(0)?.as_str()?);
            this.texts.push('\n');
        }
        Ok(this)
    }

    /// The newest rows of account 1 with both words within keys.
    fn find(&self, words: (&Finder<'_>, &Finder<'_>), (from, before): (i64, i64)) -> Vec<i64> {
        let begin = self.rows.partition_point(|(_, key, _)| *key >= before);
        let end = self.rows.partition_point(|(_, key, _)| *key >= from);
        let at = |row: usize| self.rows.get(row).map_or(self.texts.len(), |(at, ..)| *at);
        let (mut place, last) = (at(begin), at(end));
        let bytes = self.texts.as_bytes();
        let mut keys = Vec::new();
        while let Some(hit) = words.0.find(&bytes[place..last]) {
            let row = self.rows.partition_point(|(at, ..)| *at <= place + hit) - 1;
            let (begin, key, account) = self.rows[row];
            place = at(row + 1);
            if account == 1 && words.1.find(&bytes[begin..place]).is_some() {
                keys.push(key);
                if keys.len() == PAGE as usize {
                    break;
                }
            }
        }
        keys
    }
}

/// Bar 2: a search within an account and two years against a look through all that is in memory, and through the table.
pub(crate) fn search(book: &Book, bars: &mut Bars) -> Result<(), Failed> {
    let texts = InMemory::read(book)?;
    let file = File::open(&book.path, Some(RAW_KEY))?;
    for (first, second) in [("novak", "novak"), ("zizka", "strechy")] {
        let filter = two_years(&format!("{first} {second}"));
        let day = |date: Option<chrono::NaiveDate>| i64::from(date.unwrap_or_default().to_epoch_days());
        let keys = (day(filter.from) << 24, (day(filter.to) + 1) << 24);
        let words = (Finder::new(first), Finder::new(second));
        let ours = || -> Result<usize, Failed> { Ok(black_box(book.store.first(&filter, PAGE)?).len()) };
        let found = texts.find((&words.0, &words.1), keys).len();
        assert_eq!(ours()?, found, "both find the same");
        let name = format!("{first} {second}, account, two years: {found} rows");
        let scan = || {
            black_box(texts.find((&words.0, &words.1), keys));
            Ok(())
        };
        let times = both::<Failed>(TIMES, || ours().map(drop), scan)?;
        bars.line("2", &name, times, "all texts in memory", 1.0);
        let sql = format!(
            "SELECT * FROM entry WHERE account = 1 AND key >= {} AND key < {} AND folded LIKE '%{first}%' AND folded LIKE '%{second}%'
             ORDER BY key DESC LIMIT {PAGE}",
            keys.0, keys.1
        );
        let like = file.question(&sql, &[])?;
        let times = both::<Failed>(TIMES, || ours().map(drop), || Ok(_ = black_box(like.rows()?)))?;
        bars.line("2", &name, times, "LIKE without an index", 1.0 / 30.0);
    }
    Ok(())
}

/// Bar 4: the balance of every day against reading the sums of the days in C.
pub(crate) fn series(book: &Book, bars: &mut Bars) -> Result<(), Failed> {
    let file = File::open(&book.path, Some(RAW_KEY))?;
    let sql = "SELECT day, money_in + money_out FROM daily WHERE account = ?1 AND currency = ?2 AND day >= 0";
    let accounts = (1..=i64::from(measuring::ACCOUNTS)).map(|account| {
        let currency = if account <= 7 { "EUR" } else { "CZK" };
        file.question(sql, &[account.into(), currency.to_owned().into()])
    });
    let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
    let ours = || -> Result<(), Failed> {
        for currency in [Currency::EUR, Currency::CZK] {
            black_box(insights::balance_history(&book.store, currency, Range::All, today())?);
        }
        Ok(())
    };
    let theirs = || accounts.iter().try_for_each(|account| Ok(_ = black_box(account.rows()?)));
    let times = both::<Failed>(TIMES, ours, theirs)?;
    bars.line("4", "balances of 10 accounts over 10 years", times, "reading the days in C", 1.3);
    Ok(())
}
