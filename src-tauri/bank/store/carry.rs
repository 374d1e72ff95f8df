//! Carrying over what the owner herself wrote out of a damaged book into a copy of it that is older: notes, categories, drafts,
//! payments with their journal, settings, and what is remembered around paying. Everything else is read again from the banks.
//!
//! Each page of the file bears a seal, so that what can be read at all is what was written. Both files are the same book at two
//! times: numbers mean the same in both, and the damaged one is always the later.

use super::Fault;
use super::entry::{self, Marks};
use super::transactions::Aside;
use crate::payments::PaymentState;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Transaction, params, params_from_iter};
use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

/// What was taken over out of a damaged file, beyond what the copy had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Carried {
    /// Notes and categories.
    pub notes: u32,
    /// Drafts.
    pub drafts: u32,
    /// Payments that had left, or had moved on.
    pub payments: u32,
}

/// What came of it: what was taken over, and of what there may be more.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) carried: Carried,
    /// Everything of the kind was read.
    pub(super) notes_whole: bool,
    pub(super) payments_whole: bool,
    /// Places that could not be read.
    pub(super) unreadable: u32,
}

/// What an account is known by, whatever its number.
type Identity = (Option<String>, Option<String>, String);

/// Takes over what can be read of the damaged book that `open` opens.
pub(super) fn over(open: &dyn Fn() -> rusqlite::Result<Connection>, copy: &Transaction<'_>) -> Result<Outcome, Fault> {
    let mut from = Damaged { book: open()?, open, unreadable: 0 };
    let accounts = same_accounts(&mut from, copy)?;
    let mut carried = Carried::default();
    let payments_whole = payments(&mut from, copy, &accounts, &mut carried)?;
    let notes_whole = notes(&mut from, copy, &accounts, &mut carried)?;
    small_rows(&mut from, copy)?;
    decided_rows(&mut from, copy)?;
    remembered_rows(&mut from, copy)?;
    Ok(Outcome { carried, notes_whole, payments_whole, unreadable: from.unreadable })
}

/// The damaged book, and how often it could not be read.
struct Damaged<'o> {
    book: Connection,
    open: &'o dyn Fn() -> rusqlite::Result<Connection>,
    unreadable: u32,
}

impl Damaged<'_> {
    /// Reads all rows that can still be read: in the order of `key` up to the damage, then from the other end down to it. Answers
    /// whether that is all of them.
    fn rows<T>(
        &mut self,
        select: &str,
        key: &str,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<(i64, T)>,
    ) -> (Vec<T>, bool) {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for order in ["", " DESC"] {
            let mut walked = || -> rusqlite::Result<()> {
                let mut statement = self.book.prepare(&format!("{select} ORDER BY {key}{order}"))?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let (number, value) = read(row)?;
                    if !seen.insert(number) {
                        break;
                    }
                    found.push(value);
                }
                Ok(())
            };
            match walked() {
                Ok(()) if order.is_empty() => return (found, true),
                Ok(()) => {}
                Err(error) => {
                    tracing::warn!(code = ?error.sqlite_error_code(), part = key, "a part of the damaged file cannot be read");
                    self.unreadable += u32::from(order.is_empty());
                    self.open_again();
                }
            }
        }
        (found, false)
    }

    /// Whether it knows payments of many. The copy does, whatever its age; a file that was harmed before this Saldo opened it may not.
    fn has_bulks(&self) -> bool {
        let column = "SELECT 1 FROM pragma_table_info('payment') WHERE name = 'is_bulk'";
        self.book.prepare(column).and_then(|mut statement| statement.exists([])).unwrap_or(true)
    }

    /// One row by what it is asked for; none also where it cannot be read, which is counted.
    fn row<T>(&mut self, sql: &str, id: i64, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Option<T> {
        let found = self.book.prepare_cached(sql).and_then(|mut statement| statement.query_row([id], read).optional());
        match found {
            Ok(found) => found,
            Err(_) => {
                self.unreadable += 1;
                self.open_again();
                None
            }
        }
    }

    /// A connection that has met a page whose seal does not fit answers nothing more.
    fn open_again(&mut self) {
        if let Ok(book) = (self.open)() {
            self.book = book;
        }
    }
}

/// The numbers of the accounts that are the same in both.
fn same_accounts(from: &mut Damaged<'_>, copy: &Transaction<'_>) -> Result<HashSet<i64>, Fault> {
    let sql = "SELECT id, iban, number, currency FROM account";
    let read = |row: &Row<'_>| -> rusqlite::Result<(i64, (i64, Identity))> {
        Ok((row.get(0)?, (row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))
    };
    let there: HashMap<i64, Identity> = from.rows(sql, "id", read).0.into_iter().collect();
    let mut statement = copy.prepare(sql)?;
    let here: Vec<(i64, Identity)> =
        statement.query_map([], |row| read(row).map(|(_, account)| account))?.collect::<Result<_, _>>()?;
    Ok(here.into_iter().filter(|(id, identity)| there.get(id) == Some(identity)).map(|(id, _)| id).collect())
}

// ---- Payments ----

/// What makes a payment, and what only a draft may change.
const CONTENT: [&str; 15] = [
    "from_account",
    "payee",
    "account",
    "amount",
    "currency",
    "pay_on",
    "variable_symbol",
    "specific_symbol",
    "constant_symbol",
    "message",
    "language",
    "iban",
    "minor",
    "is_bulk",
    "bulk",
];
/// How far it has come.
const PROGRESS: [&str; 14] = [
    "state",
    "payee_key",
    "created",
    "changed",
    "day",
    "remote_id",
    "awaits",
    "page",
    "returned",
    "checked",
    "checks",
    "fruitless",
    "next_check",
    "proof",
];

type Payment = (i64, Vec<Value>, Vec<Value>);

fn payment(row: &Row<'_>) -> rusqlite::Result<(i64, Payment)> {
    let id = row.get(0)?;
    let values =
        |from: usize, count: usize| (from..from + count).map(|index| row.get(index)).collect::<Result<Vec<_>, _>>();
    Ok((id, (id, values(1, CONTENT.len())?, values(1 + CONTENT.len(), PROGRESS.len())?)))
}

fn payments(
    from: &mut Damaged<'_>,
    copy: &Transaction<'_>,
    accounts: &HashSet<i64>,
    carried: &mut Carried,
) -> Result<bool, Fault> {
    let select = format!("SELECT id, {}, {} FROM payment", CONTENT.join(", "), PROGRESS.join(", "));
    let there = if from.has_bulks() { select.clone() } else { select.replace("is_bulk, bulk", "0, NULL") };
    let (mut rows, mut whole) = from.rows(&there, "id", payment);
    // A payment in a bulk moves after it.
    rows.sort_by_key(|(_, content, _)| content.last() != Some(&Value::Null));
    let seen: HashSet<i64> = rows.iter().map(|(id, ..)| *id).collect();
    for (id, mut content, mut progress) in rows {
        let known: Option<Payment> = copy
            .prepare_cached(&format!("{select} WHERE id = ?"))?
            .query_row([id], |row| payment(row).map(|(_, known)| known))
            .optional()?;
        mend(copy, accounts, &mut content, &mut progress)?;
        let draft = is_draft(&progress);
        match take_payment(copy, id, known, &content, &progress) {
            Ok(false) => {}
            Ok(true) if draft => carried.drafts += 1,
            Ok(true) => carried.payments += 1,
            // Two payments with one number of Everifin's: one of them is not what it seems.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                tracing::error!(payment = id, "a payment of the damaged file does not fit");
                whole = false;
            }
            Err(error) => return Err(error.into()),
        }
    }
    whole &= journal(from, copy)?;
    if whole {
        // What she threw away since does not come back.
        let mut drafts = copy.prepare("SELECT id FROM payment WHERE state = 'draft'")?;
        let drafts: Vec<i64> = drafts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for id in drafts.into_iter().filter(|id| !seen.contains(id)) {
            copy.execute("DELETE FROM payment WHERE id = ?", [id])?;
        }
    }
    copy.execute("UPDATE payment SET bulk = NULL WHERE state = 'draft' AND bulk NOT IN (SELECT id FROM payment)", [])?;
    Ok(whole)
}

fn is_draft(progress: &[Value]) -> bool {
    matches!(progress.first(), Some(Value::Text(state)) if state == "draft")
}

fn is_final(progress: &[Value]) -> bool {
    matches!(progress.first(), Some(Value::Text(state)) if
        [PaymentState::Finished, PaymentState::Failed, PaymentState::PartiallyPaid, PaymentState::Cancelled]
            .iter().any(|last| super::payments::state_word(*last) == state))
}

/// Takes away what points to something that the copy does not have: an account that is another one there, a transaction that is
/// read anew under another number.
fn mend(
    copy: &Transaction<'_>,
    accounts: &HashSet<i64>,
    content: &mut [Value],
    progress: &mut [Value],
) -> rusqlite::Result<()> {
    if let Some(account @ Value::Integer(_)) = content.first_mut()
        && !matches!(account, Value::Integer(id) if accounts.contains(id))
    {
        *account = Value::Null;
    }
    if let Some(proof) = progress.last_mut()
        && !copy.prepare_cached("SELECT 1 FROM entry WHERE id = ?")?.exists([&*proof])?
    {
        *proof = Value::Null;
    }
    Ok(())
}

/// Brings a payment of the copy to where the damaged file has it; false when it was there already.
fn take_payment(
    copy: &Transaction<'_>,
    id: i64,
    known: Option<Payment>,
    content: &[Value],
    progress: &[Value],
) -> rusqlite::Result<bool> {
    let set = |columns: &[&str], values: &[Value]| {
        let columns: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
        let sql = format!("UPDATE payment SET {} WHERE id = ?", columns.join(", "));
        copy.prepare_cached(&sql)?.execute(params_from_iter(values.iter().chain([&Value::Integer(id)])))
    };
    let add = || {
        let marks = vec!["?"; 1 + CONTENT.len() + PROGRESS.len()].join(", ");
        let columns = format!("id, {}, {}", CONTENT.join(", "), PROGRESS.join(", "));
        copy.prepare_cached(&format!("INSERT INTO payment ({columns}) VALUES ({marks})"))?
            .execute(params_from_iter([Value::Integer(id)].iter().chain(content).chain(progress)))
    };
    let Some((_, old_content, old_progress)) = known else {
        add()?;
        return Ok(true);
    };
    if (old_content.as_slice(), old_progress.as_slice()) == (content, progress) {
        return Ok(false);
    }
    // The content changes only while the payment is a draft: before it leaves, or after it has come back.
    if is_draft(&old_progress) {
        // Written anew, and not changed: it may have gone into a bulk that has been sent since.
        copy.execute("DELETE FROM payment WHERE id = ?", [id])?;
        add()?;
    } else {
        set(&PROGRESS, progress)?;
        if is_draft(progress) {
            set(&CONTENT, content)?;
        }
    }
    Ok(!is_final(&old_progress))
}

/// The attempts and the steps of payments; the journal of the copy only grows. False when a part could not be read.
fn journal(from: &mut Damaged<'_>, copy: &Transaction<'_>) -> Result<bool, Fault> {
    type Attempt = (String, i64, String, String, String, Option<String>, i64, bool);
    let sql = "SELECT rowid, external_id, payment, review_hash, payload_hash, nonce, last_return, started, void FROM payment_attempt";
    let (attempts, attempts_whole): (Vec<Attempt>, bool) = from.rows(sql, "rowid", |row| {
        let attempt =
            (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
        Ok((row.get(0)?, attempt))
    });
    // First those that created nothing: then there is room for those after them.
    let (void, live): (Vec<Attempt>, Vec<Attempt>) = attempts.into_iter().partition(|attempt| attempt.7);
    for (external_id, payment, review, payload, nonce, returned, started, void) in void.iter().chain(&live) {
        copy.prepare_cached(
            "INSERT INTO payment_attempt (external_id, payment, review_hash, payload_hash, nonce, last_return, started, void)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (external_id) DO UPDATE SET last_return = ?6, void = ?8",
        )?
        .execute(params![external_id, payment, review, payload, nonce, returned, started, void])?;
    }
    type Step = (i64, i64, String, i64, Option<String>, Option<String>, Option<String>);
    let sql = "SELECT id, payment, state, at, external_id, remote_id, remote_status FROM payment_step";
    let (steps, steps_whole): (Vec<Step>, bool) = from.rows(sql, "id", |row| {
        Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)))
    });
    for step in steps {
        copy.prepare_cached("INSERT INTO payment_step VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")?
            .execute(step)?;
    }
    for table in ["payment", "payment_step"] {
        // Numbers that were given are not given again.
        let sql = format!("SELECT seq FROM sqlite_sequence WHERE name = '{table}' AND ?1 = ?1");
        if let Some(given) = from.row(&sql, 0, |row| row.get::<_, i64>(0)) {
            copy.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", params![given, table])?;
        }
    }
    Ok(attempts_whole && steps_whole)
}

// ---- Notes and categories ----

type Note = (i64, Option<String>, Option<String>, String);

fn notes(
    from: &mut Damaged<'_>,
    copy: &Transaction<'_>,
    accounts: &HashSet<i64>,
    carried: &mut Carried,
) -> Result<bool, Fault> {
    let (rows, mut whole) = from.rows("SELECT entry, note, category, folded FROM overlay", "entry", |row| {
        Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
    });
    let seen: HashSet<i64> = rows.iter().map(|(entry, ..)| *entry).collect();
    for note in rows {
        match take_note(from, copy, accounts, &note)? {
            Some(new) => carried.notes += u32::from(new),
            None => whole = false,
        }
    }
    if whole {
        let mut kept = copy.prepare("SELECT entry FROM overlay")?;
        let kept: Vec<i64> = kept.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for entry in kept.into_iter().filter(|entry| !seen.contains(entry)) {
            copy.execute("DELETE FROM overlay WHERE entry = ?", [entry])?;
        }
    }
    // The numbers of transactions that carry a note are taken, also where the transaction is yet to be read again.
    copy.execute(
        "UPDATE counter SET next = max(next, (SELECT coalesce(max(entry), 0) + 1 FROM overlay)) WHERE name = 'entry'",
        [],
    )?;
    if let Some(next) =
        from.row("SELECT next FROM counter WHERE name = 'entry' AND ?1 = ?1", 0, |row| row.get::<_, i64>(0))
    {
        copy.execute("UPDATE counter SET next = max(next, ?) WHERE name = 'entry'", [next])?;
    }
    Ok(whole)
}

/// Takes a note over; whether it is new. None when its transaction is not known well enough to find it again.
fn take_note(
    from: &mut Damaged<'_>,
    copy: &Transaction<'_>,
    accounts: &HashSet<i64>,
    (entry, note, category, folded): &Note,
) -> Result<Option<bool>, Fault> {
    let there = |sql: &str| -> rusqlite::Result<bool> { copy.prepare_cached(sql)?.exists([entry]) };
    let found_again = there("SELECT 1 FROM entry WHERE id = ?")? || there("SELECT 1 FROM orphan WHERE entry = ?")?;
    // A transaction that is newer than the copy: the note waits for it as one waits whose announced row has gone.
    let wanted = if found_again { None } else { wanted(from, *entry).filter(|row| accounts.contains(&row.0)) };
    if !found_again && wanted.is_none() {
        return Ok(None);
    }
    let changed = copy
        .prepare_cached(
            "INSERT INTO overlay VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET note = ?2, category = ?3, folded = ?4
             WHERE note IS NOT ?2 OR category IS NOT ?3",
        )?
        .execute(params![entry, note, category, folded])?;
    if let Some((account, amount, currency, day, bank_id, counterparty, iban, symbol)) = wanted {
        copy.prepare_cached("INSERT INTO orphan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            entry,
            account,
            amount,
            currency,
            day,
            bank_id,
            counterparty,
            iban,
            symbol
        ])?;
    }
    Ok(Some(changed == 1))
}

type Wanted = (i64, i64, String, i64, Option<String>, Option<String>, Option<String>, Option<String>);

/// By what a transaction is found again.
fn wanted(from: &mut Damaged<'_>, entry: i64) -> Option<Wanted> {
    let read = |row: &Row<'_>| -> rusqlite::Result<Wanted> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?))
    };
    let columns = "bank_id, counterparty, counterparty_iban, variable_symbol";
    let stored = format!("SELECT account, amount, currency, key >> 24, {columns} FROM entry WHERE id = ?");
    let waiting = format!("SELECT account, amount, currency, day, {columns} FROM orphan WHERE entry = ?");
    from.row(&stored, entry, read).or_else(|| from.row(&waiting, entry, read))
}

// ---- The rest ----

/// Settings, what was released, and the link to Everifin.
fn small_rows(from: &mut Damaged<'_>, copy: &Transaction<'_>) -> Result<(), Fault> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
    let numbered = "SELECT * FROM (SELECT row_number() OVER (ORDER BY name) AS number, name, value FROM setting)";
    let settings =
        from.rows(numbered, "number", |row| read(row).map(|(number, name, value)| (number, (name, value)))).0;
    for setting in settings {
        copy.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", setting)?;
    }
    if copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'renewal'")?.exists([])? {
        type Renewal = (i64, i64, Option<i64>, Option<i64>);
        let read = |row: &Row<'_>| Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        let renewals: Vec<Renewal> = from.rows("SELECT id, lowest, asked, asked_at FROM renewal", "id", read).0;
        for renewal in renewals {
            copy.execute("INSERT OR REPLACE INTO renewal VALUES (?, ?, ?, ?)", renewal)?;
        }
    }
    if copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'release'")?.exists([])? {
        type Release = (i64, i64, String, Option<i64>, Option<String>);
        let read = |row: &Row<'_>| Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
        let releases: Vec<Release> = from.rows("SELECT id, at, what, payment, review_hash FROM release", "id", read).0;
        for release in releases {
            copy.execute("INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?)", release)?;
        }
    }
    type Link = (i64, String, String, String, bool);
    let links: Vec<Link> = from
        .rows("SELECT id, environment, realm, client_id, payments FROM connection", "id", |row| {
            Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        })
        .0;
    for link in links {
        copy.execute("INSERT OR REPLACE INTO connection VALUES (?, ?, ?, ?, ?)", link)?;
    }
    Ok(())
}

/// What she decided of transactions: her rules, and which of the rows that the copy has stand aside. Rows that came since are read
/// again from the banks, and asked about again.
fn decided_rows(from: &mut Damaged<'_>, copy: &Transaction<'_>) -> Result<(), Fault> {
    if !copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'rule'")?.exists([])? {
        return Ok(());
    }
    type Rule = (i64, String, String, String, String, i64);
    let rule = |row: &Row<'_>| -> rusqlite::Result<(i64, Rule)> {
        let id = row.get(0)?;
        Ok((id, (id, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
    };
    let (rules, all) = from.rows("SELECT id, field, value, label, category, made_at FROM rule", "id", rule);
    if all {
        // Those that she removed since do not come back.
        copy.execute("DELETE FROM rule", [])?;
    }
    for rule in rules {
        copy.execute("INSERT OR REPLACE INTO rule VALUES (?, ?, ?, ?, ?, ?)", rule)?;
    }
    type Set = (u32, i64, Option<Aside>);
    let set =
        |row: &Row<'_>| -> rusqlite::Result<(i64, Set)> { Ok((row.get(0)?, (row.get(0)?, row.get(1)?, row.get(2)?))) };
    let sql = "SELECT id, amount, aside FROM (SELECT id, amount, aside FROM entry WHERE aside IS NOT NULL)";
    for (id, amount, aside) in from.rows(sql, "id", set).0 {
        let (Some(row), Some(account)) = (entry::by_id(copy, id)?, entry::account_of(copy, id)?) else { continue };
        if row.facts.amount == amount && row.aside != aside {
            entry::rewrite(copy, account, &row, &row.facts, Marks { aside, ..row.marks() })?;
        }
    }
    Ok(())
}

/// What is remembered around paying. A prepared day that was lost would be prepared again, beside the draft that was taken over; an
/// approval that is on its way would be forgotten, and its payment not called unknown.
fn remembered_rows(from: &mut Damaged<'_>, copy: &Transaction<'_>) -> Result<(), Fault> {
    let tables = [
        ("payee", "id"),
        ("template", "id"),
        ("prepared", "rowid"),
        ("payment_asked", "payment"),
        ("payment_carried", "payment"),
    ];
    for (table, key) in tables {
        let columns = copy
            .prepare("SELECT name FROM pragma_table_info(?)")?
            .query_map([table], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        // A copy of a layout before it.
        if columns.is_empty() {
            continue;
        }
        let listed = columns.join(", ");
        let read = |row: &Row<'_>| {
            let values = (1..=columns.len()).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>()?;
            Ok((row.get(0)?, values))
        };
        let (rows, all) = from.rows(&format!("SELECT {key}, {listed} FROM {table}"), key, read);
        if all {
            // What she removed since does not come back.
            copy.execute(&format!("DELETE FROM {table}"), [])?;
        }
        let marks = vec!["?"; columns.len()].join(", ");
        let mut keep = copy.prepare(&format!("INSERT OR REPLACE INTO {table} ({listed}) VALUES ({marks})"))?;
        for row in rows {
            keep.execute(params_from_iter(row))?;
        }
    }
    Ok(())
}
