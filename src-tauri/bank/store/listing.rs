//! Taking over the list of accounts, and keeping how each of them fared.

use super::accounts::AccountId;
use super::attempts::{self, Part};
use super::entry::first_key;
use super::{Fault, Store, subject, to_day, to_ms};
use crate::failure::{Failure, FailureKind, Result};
use crate::money::{Currency, Money};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Transaction};
use std::collections::HashMap;

/// An account as listed now.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) remote_id: String,
    /// Normalised and sound, or absent.
    pub(crate) iban: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) currency: Currency,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bank_name: String,
    pub(crate) bank_bic: Option<String>,
    pub(crate) bank_country: String,
    pub(crate) consent_expired: bool,
    pub(crate) consent_until: Option<DateTime<Utc>>,
    pub(crate) refreshed: Option<DateTime<Utc>>,
    pub(crate) raw: String,
}

impl Listed {
    /// Which of two listings of one account to read: the one that may be read, then the one read last by Everifin.
    fn rank(&self) -> (bool, Option<DateTime<Utc>>) {
        (!self.consent_expired, self.refreshed)
    }
}

/// What an account's balances are now; absent is unknown, not 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Balances {
    pub(crate) booked: Option<(Money, DateTime<Utc>)>,
    pub(crate) available: Option<(Money, DateTime<Utc>)>,
}

impl Store {
    /// Takes over the list of accounts: each is matched for life by IBAN and currency (one without an IBAN by Everifin's id),
    /// a new one is added, one that is not listed any more is marked, never deleted. Answers which account to read under which
    /// entry of the list, in its order; two entries for one IBAN and currency are one account. A list that is not `whole`
    /// says nothing of the accounts that are missing in it. Fails with `AnotherUser`, having changed nothing, where it is another
    /// user's list and nothing but the accounts could show it.
    pub(crate) fn take_listing(
        &self,
        listing: &[Listed],
        whole: bool,
        now: DateTime<Utc>,
    ) -> Result<Vec<(AccountId, usize)>> {
        self.write(|book| {
            let mut known = listing.iter().map(|listed| find(book, listed));
            let knows_one = known.find_map(|found| found.transpose()).transpose()?.is_some();
            subject::prove(book, listing.len(), knows_one)?;
            let mut chosen: Vec<(AccountId, usize)> = Vec::new();
            let mut places: HashMap<AccountId, usize> = HashMap::new();
            for (index, listed) in listing.iter().enumerate() {
                let known = match find(book, listed)? {
                    None if listed.iban.is_none() => renamed(book, listed, listing)?,
                    found => found,
                };
                // Two entries without an IBAN are never one account.
                let known = known.filter(|account| listed.iban.is_some() || !places.contains_key(account));
                let account = match known {
                    Some(account) => account,
                    None => add(book, listed)?,
                };
                book.prepare_cached("INSERT OR REPLACE INTO account_alias VALUES (?, ?, ?)")?.execute((
                    account.0,
                    &listed.remote_id,
                    to_ms(now),
                ))?;
                match places.get(&account) {
                    None => {
                        places.insert(account, chosen.len());
                        chosen.push((account, index));
                    }
                    Some(place) => {
                        if let Some((_, best)) = chosen.get_mut(*place)
                            && listing.get(*best).is_some_and(|best| listed.rank() > best.rank())
                        {
                            *best = index;
                        }
                    }
                }
            }
            if whole {
                book.execute("UPDATE account SET listed = 0", [])?;
            }
            for (place, (account, index)) in chosen.iter().enumerate() {
                if let Some(listed) = listing.get(*index) {
                    update(book, *account, listed, place)?;
                    attempts::came(book, *account, &[Part::Details], now)?;
                }
            }
            Ok(chosen)
        })
    }

    /// Keeps why an account could not be read; its data stays as it is.
    pub(crate) fn mark_failed(&self, account: AccountId, failure: &Failure, now: DateTime<Utc>) -> Result<()> {
        let word = if failure.kind == FailureKind::RateLimited { "rateLimited" } else { "failed" };
        self.write(|book| {
            book.prepare_cached("UPDATE account SET tried_at = ?, failure = ?, retry_at = ? WHERE id = ?")?
                .execute((to_ms(now), word, failure.retry_at.map(to_ms), account.0))?;
            attempts::stayed_away(book, account, &[Part::Transactions, Part::Pending], Some(failure), now)
        })
    }
}

/// Keeps that an account has been read without an error, with its balances.
pub(super) fn mark_read(
    book: &Transaction<'_>,
    account: AccountId,
    balances: &Balances,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    book.prepare_cached(
        "UPDATE account SET read_at = ?1, tried_at = ?1, failure = NULL, retry_at = NULL WHERE id = ?2",
    )?
    .execute((to_ms(now), account.0))?;
    attempts::came(book, account, &[Part::Transactions, Part::Pending], now)?;
    match balances.booked {
        Some(_) => attempts::came(book, account, &[Part::Balance], now)?,
        None => attempts::stayed_away(book, account, &[Part::Balance], None, now)?,
    }
    for (kind, balance) in [("booked", balances.booked), ("available", balances.available)] {
        let minor = balance.and_then(|(money, at)| Some((money.minor().ok()?, money.currency, at)));
        match minor {
            Some((minor, currency, at)) => book
                .prepare_cached("INSERT OR REPLACE INTO balance VALUES (?, ?, ?, ?, ?)")?
                .execute((account.0, kind, minor, currency, to_ms(at)))?,
            None => {
                book.prepare_cached("DELETE FROM balance WHERE account = ? AND kind = ?")?.execute((account.0, kind))?
            }
        };
    }
    Ok(())
}

/// Keeps from which day an account's history is whole, after all of it has been read. What was known from an earlier day on
/// stays known, as long as no gap lies between.
pub(super) fn mark_whole(
    book: &Transaction<'_>,
    account: AccountId,
    history_from: Option<NaiveDate>,
) -> Result<(), Fault> {
    let (known, read_at): (Option<i64>, Option<i64>) = book
        .prepare_cached("SELECT whole_from, read_at FROM account WHERE id = ?")?
        .query_row([account.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let oldest: Option<i64> = book
        .prepare_cached("SELECT min(key) >> 24 FROM entry WHERE account = ? AND status <> 'pending'")?
        .query_row([account.0], |row| row.get(0))?;
    let delivered = history_from.map(to_day).or(oldest);
    let last_read = read_at.map(|at| first_key(super::from_ms(at).date_naive()) >> 24);
    let whole = match (known, delivered) {
        (Some(known), Some(delivered)) if last_read.is_some_and(|day| delivered <= day) => Some(known.min(delivered)),
        (known, None) => known,
        (_, delivered) => delivered,
    };
    book.prepare_cached("UPDATE account SET whole_from = ? WHERE id = ?")?.execute((whole, account.0))?;
    Ok(())
}

fn find(book: &Transaction<'_>, listed: &Listed) -> Result<Option<AccountId>, Fault> {
    if let Some(iban) = &listed.iban {
        let known = book
            .prepare_cached("SELECT id FROM account WHERE iban = ? AND currency = ?")?
            .query_row((iban, listed.currency), |row| row.get(0).map(AccountId))
            .optional()?;
        if known.is_some() {
            return Ok(known);
        }
    }
    // An account that had no IBAN may have one now; one with an IBAN is never taken for another's.
    let by_id = "SELECT account.id FROM account_alias JOIN account ON account.id = account
        WHERE remote_id = ? AND currency = ? AND (iban IS NULL OR ?) ORDER BY seen DESC, account.id DESC LIMIT 1";
    Ok(book
        .prepare_cached(by_id)?
        .query_row((&listed.remote_id, listed.currency, listed.iban.is_none()), |row| row.get(0).map(AccountId))
        .optional()?)
}

/// The account without an IBAN that this entry continues under a new id: the only one that agrees in bank, kind, currency,
/// number and name, and that is not listed under an id it had before.
fn renamed(book: &Transaction<'_>, listed: &Listed, listing: &[Listed]) -> Result<Option<AccountId>, Fault> {
    let mut statement = book.prepare_cached(
        "SELECT id FROM account WHERE iban IS NULL AND currency = ? AND bank_name = ? AND kind = ? AND name = ? AND number IS ?",
    )?;
    let alike = statement
        .query_map((listed.currency, &listed.bank_name, &listed.kind, &listed.name, &listed.number), |row| {
            row.get(0)
        })?;
    let mut candidates = Vec::new();
    for id in alike {
        let id: u32 = id?;
        let mut statement = book.prepare_cached("SELECT remote_id FROM account_alias WHERE account = ?")?;
        let known: Vec<String> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if !listing.iter().any(|other| known.contains(&other.remote_id)) {
            candidates.push(AccountId(id));
        }
    }
    Ok(match candidates.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

fn add(book: &Transaction<'_>, listed: &Listed) -> Result<AccountId, Fault> {
    book.prepare_cached(
        "INSERT INTO account (iban, currency, name, kind, bank_name, bank_country, place, listed, consent_expired, raw)
         VALUES (?, ?, '', '', '', '', 0, 1, 0, '')",
    )?
    .execute((&listed.iban, listed.currency))?;
    u32::try_from(book.last_insert_rowid()).map(AccountId).map_err(|_| FailureKind::StoreFailed.into())
}

fn update(book: &Transaction<'_>, account: AccountId, listed: &Listed, place: usize) -> Result<(), Fault> {
    book.prepare_cached(
        "UPDATE account SET iban = ifnull(?, iban), number = ?, name = ?, kind = ?, bank_name = ?, bank_bic = ?,
            bank_country = ?, place = ?, listed = 1, consent_expired = ?, consent_until = ?, raw = ? WHERE id = ?",
    )?
    .execute(rusqlite::params![
        listed.iban,
        listed.number,
        listed.name,
        listed.kind,
        listed.bank_name,
        listed.bank_bic,
        listed.bank_country,
        i64::try_from(place).unwrap_or(i64::MAX),
        listed.consent_expired,
        listed.consent_until.map(to_ms),
        listed.raw,
        account.0,
    ])?;
    Ok(())
}
