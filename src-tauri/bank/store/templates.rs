//! Payments kept to be used again, and the days on which the standing ones are prepared: rows and queries.

use super::payments::{LANGUAGES, value, word};
use super::{from_day, to_day};
use crate::payments::{DraftInput, Every, PaymentId, Rhythm, TemplateId};
use crate::settings::Language;
use crate::store::accounts::AccountId;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A template as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateRow {
    pub(crate) id: TemplateId,
    pub(crate) name: String,
    /// As typed; it never has a day of its own.
    pub(crate) input: DraftInput,
    pub(crate) language: Language,
    /// The rhythm, and the day from which its days are counted.
    pub(crate) rhythm: Option<(Rhythm, NaiveDate)>,
}

/// Keeps a template: a new one where its number is 0. `None` when there is none of that number.
pub(crate) fn save(tx: &Connection, row: &TemplateRow) -> rusqlite::Result<Option<TemplateId>> {
    let TemplateRow { id, name, input, language, rhythm } = row;
    let sql = if id.0 == 0 {
        "INSERT INTO template (name, from_account, payee, account, amount, currency, variable_symbol, specific_symbol,
                               constant_symbol, message, language, every, anchor, next, until, paused)
         VALUES (:name, :from, :payee, :account, :amount, :currency, :vs, :ss, :ks, :message, :language, :every, :anchor, :next,
                 :until, :paused) RETURNING id + 0 * :id"
    } else {
        "UPDATE template SET name = :name, from_account = :from, payee = :payee, account = :account, amount = :amount,
                currency = :currency, variable_symbol = :vs, specific_symbol = :ss, constant_symbol = :ks, message = :message,
                language = :language, every = :every, anchor = :anchor, next = :next, until = :until, paused = :paused
         WHERE id = :id RETURNING id"
    };
    let (of, anchor) = rhythm.as_ref().map_or((None, None), |(of, anchor)| (Some(of), Some(to_day(*anchor))));
    tx.prepare_cached(sql)?
        .query_row(
            named_params! {
                ":id": id.0, ":name": name, ":from": input.from.map(|id| id.0), ":payee": input.payee, ":account": input.account,
                ":amount": input.amount, ":currency": input.currency, ":vs": input.variable_symbol,
                ":ss": input.specific_symbol, ":ks": input.constant_symbol, ":message": input.message,
                ":language": word(&LANGUAGES, language), ":every": of.map(|of| word(&EVERY, &of.every)), ":anchor": anchor,
                ":next": of.map(|of| to_day(of.next)), ":until": of.and_then(|of| of.until).map(to_day),
                ":paused": of.is_some_and(|of| of.paused),
            },
            |row| row.get(0).map(TemplateId),
        )
        .optional()
}

/// Removes a template. False when there is none.
pub(crate) fn remove(tx: &Connection, id: TemplateId) -> rusqlite::Result<bool> {
    Ok(tx.execute("DELETE FROM template WHERE id = ?", [id.0])? == 1)
}

/// One template.
pub(crate) fn find(book: &Connection, id: TemplateId) -> rusqlite::Result<Option<TemplateRow>> {
    book.prepare_cached("SELECT * FROM template WHERE id = ?")?.query_row([id.0], read_row).optional()
}

/// All templates, the standing ones first, by the day on which they come next; the others by name.
pub(crate) fn all(book: &Connection) -> rusqlite::Result<Vec<TemplateRow>> {
    book.prepare_cached("SELECT * FROM template ORDER BY next IS NULL, next, name, id")?
        .query_map([], read_row)?
        .collect()
}

/// The standing payments of which a day has come.
pub(crate) fn due(book: &Connection, today: NaiveDate) -> rusqlite::Result<Vec<TemplateRow>> {
    book.prepare_cached(
        "SELECT * FROM template WHERE next <= ? AND (until IS NULL OR next <= until) ORDER BY next, id",
    )?
    .query_map([to_day(today)], read_row)?
    .collect()
}

/// Whether a day has had its draft.
pub(crate) fn is_prepared(tx: &Connection, id: TemplateId, day: NaiveDate) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM prepared WHERE template = ? AND day = ?")?.exists((id.0, to_day(day)))
}

/// Notes the draft of a day.
pub(crate) fn mark_prepared(tx: &Connection, id: TemplateId, day: NaiveDate, draft: PaymentId) -> rusqlite::Result<()> {
    tx.execute("INSERT INTO prepared (template, day, payment) VALUES (?, ?, ?)", (id.0, to_day(day), draft.0))?;
    Ok(())
}

/// The days of a standing payment whose drafts still wait, the earliest first.
pub(crate) fn waiting(book: &Connection, id: TemplateId) -> rusqlite::Result<Vec<NaiveDate>> {
    book.prepare_cached(
        "SELECT prepared.day FROM prepared JOIN payment ON payment.id = prepared.payment
         WHERE template = ? AND state = 'draft' ORDER BY prepared.day",
    )?
    .query_map([id.0], |row| row.get(0).map(from_day))?
    .collect()
}

/// Moves a standing payment on to the day on which it comes next.
pub(crate) fn move_on(tx: &Connection, id: TemplateId, next: NaiveDate) -> rusqlite::Result<()> {
    tx.execute("UPDATE template SET next = ? WHERE id = ?", (to_day(next), id.0))?;
    Ok(())
}

const EVERY: [(Every, &str); 4] =
    [(Every::Week, "week"), (Every::Month, "month"), (Every::Quarter, "quarter"), (Every::Year, "year")];

fn read_row(row: &Row<'_>) -> rusqlite::Result<TemplateRow> {
    let rhythm = match row.get_ref("every")? {
        rusqlite::types::ValueRef::Null => None,
        every => Some((
            Rhythm {
                every: value(&EVERY, every)?,
                next: from_day(row.get("next")?),
                until: row.get::<_, Option<i64>>("until")?.map(from_day),
                paused: row.get("paused")?,
            },
            from_day(row.get("anchor")?),
        )),
    };
    Ok(TemplateRow {
        id: TemplateId(row.get("id")?),
        name: row.get("name")?,
        input: DraftInput {
            from: row.get::<_, Option<u32>>("from_account")?.map(AccountId),
            payee: row.get("payee")?,
            account: row.get("account")?,
            amount: row.get("amount")?,
            currency: row.get("currency")?,
            pay_on: None,
            variable_symbol: row.get("variable_symbol")?,
            specific_symbol: row.get("specific_symbol")?,
            constant_symbol: row.get("constant_symbol")?,
            message: row.get("message")?,
        },
        language: value(&LANGUAGES, row.get_ref("language")?)?,
        rhythm,
    })
}
