//! Accounts and their balances.

use super::proof::{self, Unproved};
use super::{Store, columns, from_day, from_ms};
use crate::failure::Result;
use crate::money::{Currency, Money};
use chrono::{DateTime, Local, NaiveDate, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Saldo's own id of an account; stable for life, whatever Everifin calls the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct AccountId(pub u32);

/// A bank as shown beside an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Bank {
    /// Name as Everifin gives it, e.g. "Tatra banka".
    pub name: String,
    /// Two or three letters for the neutral tile, e.g. "TB".
    pub short: String,
    /// ISO 3166 alpha-2 country, empty when unknown.
    pub country: String,
}

/// How fresh an account's data is, in the order of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Freshness {
    /// Read without an error at that moment.
    UpToDate {
        /// When it was last read without an error.
        at: DateTime<Utc>,
    },
    /// The bank's consent ends soon (14 days or fewer).
    RenewSoon {
        /// When it was last read without an error.
        at: Option<DateTime<Utc>>,
        /// When the consent ends.
        ends: DateTime<Utc>,
        /// Calendar days until then.
        days: u32,
    },
    /// The bank's consent has ended; the data is of `at`.
    Reconnect {
        /// When it was last read without an error.
        at: Option<DateTime<Utc>>,
        /// When the consent ended, where the bank says so.
        ended: Option<DateTime<Utc>>,
    },
    /// The bank or Everifin limits how often it may be asked.
    RateLimited {
        /// When it was last read without an error.
        at: Option<DateTime<Utc>>,
        /// When it may be asked again, where that was said.
        until: Option<DateTime<Utc>>,
    },
    /// The last try failed; the data is of `at`.
    Failed {
        /// When it was last read without an error.
        at: Option<DateTime<Utc>>,
        /// When it was tried.
        tried: DateTime<Utc>,
    },
    /// Everifin has not delivered this account in the last sync.
    Gone {
        /// When it was last read without an error.
        at: Option<DateTime<Utc>>,
    },
    /// Never read yet.
    Never,
}

/// An account of the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Saldo's own id.
    pub id: AccountId,
    /// The name, e.g. "Operating account".
    pub name: String,
    /// The bank.
    pub bank: Bank,
    /// IBAN without spaces; absent for accounts that have none.
    pub iban: Option<String>,
    /// Domestic number `prefix-number/bank`, where there is one.
    pub number: Option<String>,
    /// The account's currency.
    pub currency: Currency,
    /// Booked balance; absent when the bank gave none (unknown, not 0).
    pub booked: Option<Balance>,
    /// Available balance (may contain an overdraft); absent when the bank gave none.
    pub available: Option<Balance>,
    /// How fresh this all is.
    pub freshness: Freshness,
    /// From which day on the history is whole, where known.
    pub whole_from: Option<NaiveDate>,
    /// Whether a payment can start here (current account with an IBAN).
    pub can_pay: bool,
    /// The newest days on which the bank's balances and what is booked differ, if there are such.
    pub unproved: Option<Unproved>,
}

/// A balance with the moment for which the bank stated it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// The amount.
    pub money: Money,
    /// When the bank stated it.
    pub at: DateTime<Utc>,
}

impl Freshness {
    /// How urgently the owner is needed: the greater, the more.
    pub(crate) fn urgency(&self) -> u8 {
        match self {
            Self::UpToDate { .. } => 0,
            Self::Never => 1,
            Self::RateLimited { .. } => 2,
            Self::Failed { .. } => 3,
            Self::Gone { .. } => 4,
            Self::RenewSoon { .. } => 5,
            Self::Reconnect { .. } => 6,
        }
    }
}

/// An account with what the screens need beside it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) account: Account,
    /// When the bank's consent ends or ended.
    pub(crate) consent_until: Option<DateTime<Utc>>,
    /// When it was last read without an error.
    pub(crate) read_at: Option<DateTime<Utc>>,
}

impl Store {
    /// All accounts, in the order in which Everifin lists them; those it lists no more at the end.
    pub fn accounts(&self, now: DateTime<Utc>) -> Result<Vec<Account>> {
        Ok(self.held(now)?.into_iter().map(|held| held.account).collect())
    }

    /// One account; fails with `NotFound`.
    pub fn account(&self, id: AccountId, now: DateTime<Utc>) -> Result<Account> {
        let found = self.accounts(now)?.into_iter().find(|account| account.id == id);
        found.ok_or_else(|| crate::failure::FailureKind::NotFound.into())
    }

    /// The code of the bank (BIC) that Everifin names for an account, as it was read.
    pub(crate) fn bank_code(&self, iban: &str) -> Result<Option<String>> {
        self.read(|book| {
            let code = book
                .prepare_cached("SELECT bank_bic FROM account WHERE iban = ? AND bank_bic IS NOT NULL ORDER BY id")?
                .query_row([iban], |row| row.get(0));
            Ok(code.optional()?)
        })
    }

    /// All accounts with what the screens need beside them.
    pub(crate) fn held(&self, now: DateTime<Utc>) -> Result<Vec<Held>> {
        self.read(|book| {
            let mut statement = book.prepare_cached(
                "SELECT account.*, booked.amount AS booked, booked.currency AS booked_currency, booked.at AS booked_at,
                    available.amount AS available, available.currency AS available_currency, available.at AS available_at
                 FROM account
                 LEFT JOIN balance AS booked ON booked.account = account.id AND booked.kind = 'booked'
                 LEFT JOIN balance AS available ON available.account = account.id AND available.kind = 'available'
                 ORDER BY listed DESC, place, account.id",
            )?;
            let mut held = statement.query_map([], |row| held(row, now))?.collect::<Result<Vec<Held>, _>>()?;
            for Held { account, .. } in &mut held {
                account.unproved = proof::unproved(book, account.id)?.into_iter().next();
            }
            Ok(held)
        })
    }
}

fn held(row: &Row<'_>, now: DateTime<Utc>) -> rusqlite::Result<Held> {
    let balance = |amount: &str, currency: &str, at: &str| -> rusqlite::Result<Option<Balance>> {
        let money = columns::money(row, amount, currency)?;
        Ok(money.zip(moment(row, at)?).map(|(money, at)| Balance { money, at }))
    };
    let (iban, listed): (Option<String>, bool) = (row.get("iban")?, row.get("listed")?);
    let kind: String = row.get("kind")?;
    let bank_name: String = row.get("bank_name")?;
    let account = Account {
        id: AccountId(row.get("id")?),
        name: row.get("name")?,
        bank: Bank::named(&bank_name, row.get("bank_country")?),
        number: row.get("number")?,
        currency: row.get("currency")?,
        booked: balance("booked", "booked_currency", "booked_at")?,
        available: balance("available", "available_currency", "available_at")?,
        freshness: freshness(row, now)?,
        whole_from: row.get::<_, Option<i64>>("whole_from")?.map(from_day),
        can_pay: kind == "CURRENT" && iban.is_some() && listed,
        iban,
        unproved: None,
    };
    Ok(Held { account, consent_until: moment(row, "consent_until")?, read_at: moment(row, "read_at")? })
}

fn moment(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(from_ms))
}

/// What keeps an account's data from being fresh, the cause that the owner can do most about first.
fn freshness(row: &Row<'_>, now: DateTime<Utc>) -> rusqlite::Result<Freshness> {
    let (at, tried, until) = (moment(row, "read_at")?, moment(row, "tried_at")?, moment(row, "retry_at")?);
    let ends = moment(row, "consent_until")?;
    let failure: Option<String> = row.get("failure")?;
    if !row.get::<_, bool>("listed")? {
        return Ok(Freshness::Gone { at });
    }
    if row.get("consent_expired")? || ends.is_some_and(|ends| ends <= now) {
        return Ok(Freshness::Reconnect { at, ended: ends.filter(|ends| *ends <= now) });
    }
    match (failure.as_deref(), tried) {
        (Some("rateLimited"), _) if until.is_none_or(|until| until > now) => {
            return Ok(Freshness::RateLimited { at, until });
        }
        (Some(_), Some(tried)) => return Ok(Freshness::Failed { at, tried }),
        _ => {}
    }
    Ok(match (ends, at) {
        (Some(ends), at) if ends - now <= TimeDelta::days(14) => {
            Freshness::RenewSoon { at, ends, days: days(now, ends) }
        }
        (_, Some(at)) => Freshness::UpToDate { at },
        (_, None) => Freshness::Never,
    })
}

/// Calendar days between two moments, as the owner counts them.
fn days(from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
    let day = |at: DateTime<Utc>| at.with_timezone(&Local).date_naive();
    u32::try_from(day(to).signed_duration_since(day(from)).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{Failure, FailureKind};
    use crate::store::sample::{Sample, eur, noon};

    const IBAN: &str = "SK9611000000002918599669";

    #[test]
    fn how_fresh_an_account_is() {
        let (read, now) = (noon("2026-03-01"), noon("2026-03-02"));
        let days = TimeDelta::days;
        let at = Some(read);
        let limited = Failure { kind: FailureKind::RateLimited, retry_at: Some(now + TimeDelta::hours(1)) };
        let failed = Failure::from(FailureKind::ServiceDown);
        type Case<'a> = (bool, Option<DateTime<Utc>>, Option<&'a Failure>, DateTime<Utc>, Freshness);
        let cases: [Case<'_>; 9] = [
            (false, None, None, now, Freshness::UpToDate { at: read }),
            (false, Some(now + days(15)), None, now, Freshness::UpToDate { at: read }),
            (false, Some(now + days(14)), None, now, Freshness::RenewSoon { at, ends: now + days(14), days: 14 }),
            (false, Some(now - days(1)), None, now, Freshness::Reconnect { at, ended: Some(now - days(1)) }),
            (true, None, None, now, Freshness::Reconnect { at, ended: None }),
            (true, Some(now + days(3)), Some(&failed), now, Freshness::Reconnect { at, ended: None }),
            (false, None, Some(&limited), now, Freshness::RateLimited { at, until: limited.retry_at }),
            (false, None, Some(&limited), now + days(1), Freshness::Failed { at, tried: now }),
            (false, Some(now + days(3)), Some(&failed), now, Freshness::Failed { at, tried: now }),
        ];
        for (expired, until, failure, now_then, expected) in cases {
            let mut sample = Sample::new();
            let account = sample.account(IBAN, |listed| {
                listed.consent_expired = expired;
                listed.consent_until = until;
            });
            assert!(
                matches!(sample.store.account(account, now).unwrap().freshness, Freshness::Never)
                    || expired
                    || until.is_some()
            );
            sample.read(account, read, "2026-01-01", Some(eur(100)), Vec::new());
            if let Some(failure) = failure {
                sample.store.mark_failed(account, failure, now).unwrap();
            }
            assert_eq!(sample.store.account(account, now_then).unwrap().freshness, expected);
        }
    }

    #[test]
    fn a_payment_starts_at_a_current_account_with_an_iban() {
        for (kind, iban, can) in
            [("CURRENT", true, true), ("SAVINGS", true, false), ("CARD", false, false), ("CURRENT", false, false)]
        {
            let mut sample = Sample::new();
            let account = sample.account(IBAN, |listed| {
                listed.kind = kind.into();
                listed.iban = listed.iban.take().filter(|_| iban);
            });
            assert_eq!(sample.store.account(account, noon("2026-03-01")).unwrap().can_pay, can, "{kind} {iban}");
        }
    }

    #[test]
    fn a_missing_balance_is_unknown() {
        let mut sample = Sample::new();
        let account = sample.account(IBAN, |_| {});
        sample.read(account, noon("2026-03-01"), "2026-01-01", Some(eur(0)), Vec::new());
        assert_eq!(sample.store.account(account, noon("2026-03-01")).unwrap().booked.unwrap().money, eur(0));
        sample.read(account, noon("2026-03-02"), "2026-01-01", None, Vec::new());
        assert_eq!(sample.store.account(account, noon("2026-03-02")).unwrap().booked, None);
    }
}
