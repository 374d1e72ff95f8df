//! Accounts.

use super::exact::{Moment, Number, Text, lenient};
use super::{BalanceKind, Everifin, Listing, RemoteAccount, RemoteBalance, RemoteId, wire};
use crate::failure::Result;
use crate::iban;
use crate::money::{Currency, Money};
use chrono::{DateTime, Utc};
use reqwest::Method;
use rust_decimal::Decimal;

impl Everifin {
    /// All accounts.
    pub async fn accounts(&self) -> Result<Listing<RemoteAccount>> {
        self.list(&self.url([wire::ACCOUNTS])?, read, |account| &account.id).await
    }

    /// Asks Everifin to read the banks now. `RateLimited` when asked too often.
    pub async fn refresh(&self) -> Result<()> {
        let url = self.url([wire::ACCOUNTS, wire::REFRESH])?;
        self.repeatable(Method::POST, url).await.map(|_| ())
    }
}

pub(super) fn read(raw: &str) -> Option<RemoteAccount> {
    let account: wire::Account = serde_json::from_str(raw).ok()?;
    let refreshed = account.last_refreshed_at.map(|at| at.0);
    let iban = account.iban.and_then(|text| text.0).and_then(|text| iban::parse(&text).ok());
    let bank = account.bank.unwrap_or(wire::Bank { name: None, bic: None, country_code: None });
    let country = words(bank.country_code).filter(|code| code.len() == 2);
    let country = country.or_else(|| iban.as_deref().map(|iban| iban::country(iban).to_owned()));
    let balances = account.balances.unwrap_or_default().into_iter();
    let balances = balances.map(|row| balance(row, refreshed)).collect::<Option<Vec<_>>>()?;
    Some(RemoteAccount {
        id: RemoteId(account.id.0),
        number: words(account.account_number),
        currency: currency(account.currency)?,
        name: words(account.name).unwrap_or_default(),
        kind: words(account.kind).unwrap_or_default(),
        bank_name: words(bank.name).unwrap_or_default(),
        bank_bic: words(bank.bic),
        bank_country: country.unwrap_or_default(),
        consent_expired: words(account.status).as_deref() == Some(wire::CONSENT_EXPIRED),
        consent_until: account.consent_valid_until.map(|at| at.0),
        refreshed,
        history_from: account.history_from.map(|day| day.0),
        balances: balances.into_iter().flatten().collect(),
        iban,
        raw: raw.to_owned(),
    })
}

/// The outer None makes the account unreadable: a balance that is there and cannot be read must not be passed over. The inner
/// one is a balance of another type, or one that says neither itself nor by its account how old it is.
fn balance(row: wire::Balance<'_>, refreshed: Option<DateTime<Utc>>) -> Option<Option<RemoteBalance>> {
    let kind = match row.kind.0.as_deref() {
        Some("BOOKED") => BalanceKind::Booked,
        Some("AVAILABLE") => BalanceKind::Available,
        _ => return Some(None),
    };
    let amount: Number = lenient(Some(row.amount))?;
    let money = money(amount.0, currency(lenient(Some(row.currency))?)?)?;
    let at = lenient::<Moment>(row.updated_at).map(|at| at.0).or(refreshed);
    Some(at.map(|at| RemoteBalance { kind, money, at }))
}

/// The text, if there is any.
pub(super) fn words(text: Option<Text>) -> Option<String> {
    text.and_then(|text| text.0)
}

pub(super) fn currency(text: Text) -> Option<Currency> {
    text.0.and_then(|code| Currency::try_from(code).ok())
}

/// An amount that its currency can have.
pub(super) fn money(amount: Decimal, currency: Currency) -> Option<Money> {
    let money = Money::new(amount, currency);
    money.minor().is_ok().then_some(money)
}
