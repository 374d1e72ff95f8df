//! Payments, their attempts and their journal: rows and queries. What may follow what is decided in `payments::state`.

mod bulk;
mod habits;
mod history;
mod steps;

pub(crate) use bulk::{DraftKey, add_bulk, draft_keys, join, lines, set_day, set_total};
pub(crate) use habits::{Habits, habits};
pub(crate) use history::{Facts, facts, payee_key, possibly_paid, proof, proof_of, proved_by, save_proof};
pub(crate) use steps::{JournalLine, ask, asked, carried, carry, journal};

use super::accounts::AccountId;
use super::{from_day, from_ms, to_day, to_ms};
use crate::money::{Currency, Money};
use crate::payments::{DraftInput, PaymentId, PaymentState, TimelineStep};
use crate::settings::Language;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

/// A payment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaymentRow {
    pub(crate) id: PaymentId,
    pub(crate) state: PaymentState,
    /// Whether it is a bulk: other payments, its lines, are paid with it.
    pub(crate) is_bulk: bool,
    /// The bulk that it is a line of.
    pub(crate) bulk: Option<PaymentId>,
    pub(crate) input: DraftInput,
    pub(crate) language: Language,
    /// The payee's IBAN, where the typed account is valid.
    pub(crate) iban: Option<String>,
    /// The typed amount, where it can be read; of a bulk the total, once it was handed over.
    pub(crate) amount: Option<Money>,
    pub(crate) changed: DateTime<Utc>,
    /// The execution date that was handed over.
    pub(crate) day: Option<NaiveDate>,
    /// The day of the standing payment that it was prepared for.
    pub(crate) standing: Option<NaiveDate>,
    pub(crate) remote_id: Option<String>,
    pub(crate) awaits: Option<Awaits>,
    /// The bank's approval page, as Everifin gave it.
    pub(crate) page: Option<String>,
    /// A return's parameters that could not be forwarded yet, as JSON.
    pub(crate) returned: Option<String>,
    /// Since when a step that carries the owner's approval is on its way.
    pub(crate) carried: Option<DateTime<Utc>>,
    pub(crate) checked: Option<DateTime<Utc>>,
    pub(crate) checks: u32,
    /// Checks since the state last changed.
    pub(crate) fruitless: u32,
    pub(crate) next_check: Option<DateTime<Utc>>,
}

/// What the bank waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaits {
    /// The owner on the bank's page.
    Page,
    /// The owner on her phone.
    Phone,
    /// Something typed; what it is stands beside the payment.
    Input,
}

/// What a form was read as, kept beside what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) iban: Option<String>,
    pub(crate) minor: Option<i64>,
    pub(crate) payee_key: String,
}

/// One attempt to hand a payment over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) external_id: String,
    pub(crate) payment: PaymentId,
    pub(crate) review_hash: String,
    pub(crate) payload_hash: String,
    pub(crate) nonce: String,
    pub(crate) started: DateTime<Utc>,
}

/// The evidence written beside a step.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence<'a> {
    pub(crate) external_id: Option<&'a str>,
    pub(crate) remote_id: Option<&'a str>,
    pub(crate) remote_status: Option<&'a str>,
}

/// Keeps a form as a new draft.
pub(crate) fn add_draft(
    tx: &Connection,
    input: &DraftInput,
    language: Language,
    read: &Read,
    now: DateTime<Utc>,
) -> rusqlite::Result<PaymentId> {
    tx.execute(
        "INSERT INTO payment (state, from_account, payee, account, amount, currency, pay_on, variable_symbol, specific_symbol,
                              constant_symbol, message, language, iban, minor, payee_key, created, changed)
         VALUES ('draft', :from, :payee, :account, :amount, :currency, :pay_on, :vs, :ss, :ks, :message, :language, :iban,
                 :minor, :payee_key, :now, :now)",
        named_params! {
            ":from": input.from.map(|id| id.0), ":payee": input.payee, ":account": input.account, ":amount": input.amount,
            ":currency": input.currency, ":pay_on": input.pay_on.map(to_day), ":vs": input.variable_symbol,
            ":ss": input.specific_symbol, ":ks": input.constant_symbol, ":message": input.message,
            ":language": word(&LANGUAGES, &language), ":iban": read.iban, ":minor": read.minor, ":payee_key": read.payee_key,
            ":now": to_ms(now),
        },
    )?;
    let id = PaymentId(u32::try_from(tx.last_insert_rowid()).unwrap_or(u32::MAX));
    add_step(tx, id, PaymentState::Draft, now, Evidence::default())?;
    Ok(id)
}

/// Keeps a form as an existing draft. False when it is not a draft (any more).
pub(crate) fn change_draft(
    tx: &Connection,
    id: PaymentId,
    input: &DraftInput,
    language: Language,
    read: &Read,
    now: DateTime<Utc>,
) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "UPDATE payment SET from_account = :from, payee = :payee, account = :account, amount = :amount, currency = :currency,
                pay_on = :pay_on, variable_symbol = :vs, specific_symbol = :ss, constant_symbol = :ks, message = :message,
                language = :language, iban = :iban, minor = :minor, payee_key = :payee_key, changed = :now
         WHERE id = :id AND state = 'draft' AND is_bulk = 0",
        named_params! {
            ":id": id.0, ":from": input.from.map(|id| id.0), ":payee": input.payee, ":account": input.account,
            ":amount": input.amount, ":currency": input.currency, ":pay_on": input.pay_on.map(to_day), ":vs": input.variable_symbol,
            ":ss": input.specific_symbol, ":ks": input.constant_symbol, ":message": input.message,
            ":language": word(&LANGUAGES, &language), ":iban": read.iban, ":minor": read.minor, ":payee_key": read.payee_key,
            ":now": to_ms(now),
        },
    )?;
    Ok(changed == 1)
}

/// Throws a draft away; the lines of a bulk become drafts of their own. False when it is not a draft.
pub(crate) fn remove_draft(tx: &Connection, id: PaymentId) -> rusqlite::Result<bool> {
    bulk::release(tx, id)?;
    Ok(tx.execute("DELETE FROM payment WHERE id = ? AND state = 'draft'", [id.0])? == 1)
}

const COLUMNS: &str = "id, state, is_bulk, bulk, from_account, payee, account, amount, currency, pay_on, variable_symbol, specific_symbol, \
    constant_symbol, message, language, iban, minor, changed, day, remote_id, awaits, page, returned, checked, checks, \
    fruitless, next_check, (SELECT since FROM payment_carried WHERE payment = payment.id) AS carried, \
    (SELECT prepared.day FROM prepared WHERE prepared.payment = payment.id) AS standing";

/// One payment.
pub(crate) fn find(conn: &Connection, id: PaymentId) -> rusqlite::Result<Option<PaymentRow>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM payment WHERE id = ?"))?.query_row([id.0], read_row).optional()
}

/// All payments, the newest change first. Those in a bulk are found by it ([`lines`]), unless it
/// was lost when a damaged book was mended.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<PaymentRow>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM payment WHERE bulk IS NULL OR bulk NOT IN (SELECT id FROM payment)
         ORDER BY changed DESC, id DESC"
    ))?
    .query_map([], read_row)?
    .collect()
}

/// The payments that were handed over and are not final, the oldest first. Those in a bulk are asked about with it.
pub(crate) fn open(conn: &Connection) -> rusqlite::Result<Vec<PaymentRow>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM payment
         WHERE state IN ('sending', 'created', 'awaitingBank', 'processing', 'unknown') AND bulk IS NULL ORDER BY id"
    ))?
    .query_map([], read_row)?
    .collect()
}

/// The payments that were accepted since a day and that no booked transaction proves yet, the oldest first.
pub(crate) fn unproved(conn: &Connection, since: NaiveDate) -> rusqlite::Result<Vec<PaymentRow>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM payment WHERE state = 'finished' AND is_bulk = 0 AND proof IS NULL AND day >= ? ORDER BY id"
    ))?
    .query_map([to_day(since)], read_row)?
    .collect()
}

/// The steps of a payment, the oldest first.
pub(crate) fn steps(conn: &Connection, id: PaymentId) -> rusqlite::Result<Vec<TimelineStep>> {
    conn.prepare_cached("SELECT state, at FROM payment_step WHERE payment = ? ORDER BY id")?
        .query_map([id.0], |row| Ok(TimelineStep { state: row.get(0)?, at: from_ms(row.get(1)?) }))?
        .collect()
}

/// Moves a payment from one state to another and writes the step. False when it is no longer in the first: somebody else was
/// quicker.
pub(crate) fn change_state(
    tx: &Connection,
    id: PaymentId,
    (from, to): (PaymentState, PaymentState),
    now: DateTime<Utc>,
    evidence: Evidence<'_>,
) -> rusqlite::Result<bool> {
    let moved = tx.execute(
        "UPDATE payment SET state = :to, changed = :now, fruitless = 0 WHERE id = :id AND state = :from",
        named_params! { ":id": id.0, ":from": from, ":to": to, ":now": to_ms(now) },
    )? == 1;
    if moved {
        add_step(tx, id, to, now, evidence)?;
    }
    Ok(moved)
}

fn add_step(
    tx: &Connection,
    id: PaymentId,
    state: PaymentState,
    at: DateTime<Utc>,
    evidence: Evidence<'_>,
) -> rusqlite::Result<()> {
    let Evidence { external_id, remote_id, remote_status } = evidence;
    tx.execute(
        "INSERT INTO payment_step (payment, state, at, external_id, remote_id, remote_status) VALUES (?, ?, ?, ?, ?, ?)",
        params![id.0, state, to_ms(at), external_id, remote_id, remote_status],
    )?;
    Ok(())
}

/// Writes what is known of a payment beside its state: Everifin's id, what the bank waits for, when to ask again.
pub(crate) fn save_progress(tx: &Connection, row: &PaymentRow) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE payment SET day = :day, remote_id = :remote_id, awaits = :awaits, page = :page, returned = :returned,
                checked = :checked, checks = :checks, fruitless = :fruitless, next_check = :next_check
         WHERE id = :id",
        named_params! {
            ":id": row.id.0, ":day": row.day.map(to_day), ":remote_id": row.remote_id.as_ref().map(|id| kept_remote(row.is_bulk, id)), ":awaits": row.awaits, ":page": row.page,
            ":returned": row.returned, ":checked": row.checked.map(to_ms), ":checks": row.checks, ":fruitless": row.fruitless,
            ":next_check": row.next_check.map(to_ms),
        },
    )?;
    Ok(())
}

/// Whether another payment than this one has this id of Everifin's.
pub(crate) fn remote_id_taken(conn: &Connection, row: &PaymentRow, remote_id: &str) -> rusqlite::Result<bool> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM payment WHERE remote_id = ? AND id <> ?)",
        params![kept_remote(row.is_bulk, remote_id), row.id.0],
        |row| row.get(0),
    )
}

/// Everifin's id as it is kept: those of bulk payments and of single ones are numbered apart, and the column holds both.
fn kept_remote(is_bulk: bool, id: &str) -> String {
    if is_bulk { format!("{BULK_ID}{id}") } else { id.to_owned() }
}

/// Writes an attempt. Fails when the payment has one that may have created something.
pub(crate) fn add_attempt(tx: &Connection, attempt: &Attempt) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO payment_attempt (external_id, payment, review_hash, payload_hash, nonce, started)
         VALUES (?, ?, ?, ?, ?, ?)",
        params![
            attempt.external_id,
            attempt.payment.0,
            attempt.review_hash,
            attempt.payload_hash,
            attempt.nonce,
            to_ms(attempt.started)
        ],
    )?;
    Ok(())
}

/// The attempt of a payment that may have created something; for one in a bulk, the bulk's.
pub(crate) fn attempt(conn: &Connection, id: PaymentId) -> rusqlite::Result<Option<Attempt>> {
    conn.query_row(
        "SELECT external_id, payment, review_hash, payload_hash, nonce, started FROM payment_attempt
         WHERE payment = ifnull((SELECT bulk FROM payment WHERE id = ?1), ?1) AND void = 0",
        [id.0],
        |row| {
            Ok(Attempt {
                external_id: row.get(0)?,
                payment: PaymentId(row.get(1)?),
                review_hash: row.get(2)?,
                payload_hash: row.get(3)?,
                nonce: row.get(4)?,
                started: from_ms(row.get(5)?),
            })
        },
    )
    .optional()
}

/// Records that an attempt is proved to have created nothing.
pub(crate) fn void_attempt(tx: &Connection, external_id: &str) -> rusqlite::Result<()> {
    tx.execute("UPDATE payment_attempt SET void = 1 WHERE external_id = ?", [external_id])?;
    Ok(())
}

/// Takes a return from the bank: the payment with that nonce, if it waits for the owner and this very return has not been
/// taken before. `fingerprint` is the return's hash.
pub(crate) fn take_return(tx: &Connection, nonce: &str, fingerprint: &str) -> rusqlite::Result<Option<PaymentId>> {
    tx.query_row(
        "UPDATE payment_attempt SET last_return = :fingerprint
         WHERE nonce = :nonce AND void = 0 AND last_return IS NOT :fingerprint
           AND EXISTS (SELECT 1 FROM payment WHERE id = payment_attempt.payment AND state = 'awaitingBank' AND awaits = 'page')
         RETURNING payment",
        named_params! { ":nonce": nonce, ":fingerprint": fingerprint },
        |row| row.get(0).map(PaymentId),
    )
    .optional()
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<PaymentRow> {
    let currency: String = row.get("currency")?;
    let minor: Option<i64> = row.get("minor")?;
    let remote_id: Option<String> = row.get("remote_id")?;
    let is_bulk: bool = row.get("is_bulk")?;
    Ok(PaymentRow {
        id: PaymentId(row.get("id")?),
        state: row.get("state")?,
        is_bulk,
        bulk: row.get::<_, Option<u32>>("bulk")?.map(PaymentId),
        amount: minor
            .zip(currency.parse::<Currency>().ok())
            .map(|(minor, currency)| Money::from_minor(minor, currency)),
        input: DraftInput {
            from: row.get::<_, Option<u32>>("from_account")?.map(AccountId),
            payee: row.get("payee")?,
            account: row.get("account")?,
            amount: row.get("amount")?,
            currency,
            pay_on: row.get::<_, Option<i64>>("pay_on")?.map(from_day),
            variable_symbol: row.get("variable_symbol")?,
            specific_symbol: row.get("specific_symbol")?,
            constant_symbol: row.get("constant_symbol")?,
            message: row.get("message")?,
        },
        language: value(&LANGUAGES, row.get_ref("language")?)?,
        iban: row.get("iban")?,
        changed: from_ms(row.get("changed")?),
        day: row.get::<_, Option<i64>>("day")?.map(from_day),
        standing: row.get::<_, Option<i64>>("standing")?.map(from_day),
        remote_id: remote_id
            .map(|id| if is_bulk { id.strip_prefix(BULK_ID).map_or_else(|| id.clone(), str::to_owned) } else { id }),
        awaits: row.get("awaits")?,
        page: row.get("page")?,
        returned: row.get("returned")?,
        carried: row.get::<_, Option<i64>>("carried")?.map(from_ms),
        checked: row.get::<_, Option<i64>>("checked")?.map(from_ms),
        checks: row.get("checks")?,
        fruitless: row.get("fruitless")?,
        next_check: row.get::<_, Option<i64>>("next_check")?.map(from_ms),
    })
}

/// Before the ids of bulk payments.
const BULK_ID: &str = "bulk:";

const STATES: [(PaymentState, &str); 11] = [
    (PaymentState::Draft, "draft"),
    (PaymentState::Confirmed, "confirmed"),
    (PaymentState::Sending, "sending"),
    (PaymentState::Created, "created"),
    (PaymentState::AwaitingBank, "awaitingBank"),
    (PaymentState::Processing, "processing"),
    (PaymentState::Finished, "finished"),
    (PaymentState::Failed, "failed"),
    (PaymentState::PartiallyPaid, "partiallyPaid"),
    (PaymentState::Unknown, "unknown"),
    (PaymentState::Cancelled, "cancelled"),
];

const AWAITS: [(Awaits, &str); 3] = [(Awaits::Page, "page"), (Awaits::Phone, "phone"), (Awaits::Input, "input")];

pub(super) const LANGUAGES: [(Language, &str); 5] = [
    (Language::System, "system"),
    (Language::Sk, "sk"),
    (Language::Cs, "cs"),
    (Language::En, "en"),
    (Language::De, "de"),
];

/// The word for a state in the database.
pub(super) fn state_word(state: PaymentState) -> &'static str {
    word(&STATES, &state)
}

/// The word for a value, or the value for a word: the table is read in both directions, so that they cannot drift.
pub(super) fn word<T: PartialEq>(table: &[(T, &'static str)], value: &T) -> &'static str {
    table.iter().find(|(entry, _)| entry == value).map_or("", |(_, word)| word)
}

pub(super) fn value<T: Copy>(table: &[(T, &'static str)], read: ValueRef<'_>) -> FromSqlResult<T> {
    let text = read.as_str()?;
    table.iter().find(|(_, word)| *word == text).map(|(entry, _)| *entry).ok_or(FromSqlError::InvalidType)
}

impl ToSql for PaymentState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(word(&STATES, self).into())
    }
}

impl FromSql for PaymentState {
    fn column_result(read: ValueRef<'_>) -> FromSqlResult<Self> {
        value(&STATES, read)
    }
}

impl ToSql for Awaits {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(word(&AWAITS, self).into())
    }
}

impl FromSql for Awaits {
    fn column_result(read: ValueRef<'_>) -> FromSqlResult<Self> {
        value(&AWAITS, read)
    }
}
