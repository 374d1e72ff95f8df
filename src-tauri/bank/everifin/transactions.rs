//! Transactions of an account.

use super::accounts::{currency, money, words};
use super::exact::{Number, Text, lenient};
use super::{Everifin, Listing, RemoteId, RemoteTransaction, TransactionQuery, wire};
use crate::failure::Result;
use crate::iban;
use crate::store::transactions::{Direction, TransactionStatus};
use chrono::SecondsFormat;

impl Everifin {
    /// All transactions of an account that fit the query. Pages are followed and counted; a list that changes while it is
    /// read is read again, at most three times. Fails with `PeriodRefused` where the bank does not give so long a period.
    pub async fn transactions(
        &self,
        account: &RemoteId,
        query: &TransactionQuery,
    ) -> Result<Listing<RemoteTransaction>> {
        let mut url = self.url([wire::ACCOUNTS, &account.0, wire::TRANSACTIONS])?;
        for (name, value) in conditions(query) {
            url.query_pairs_mut().append_pair(name, &value);
        }
        self.list(&url, read, |transaction| &transaction.id).await
    }
}

/// The query as parameters of the address.
pub(super) fn conditions(query: &TransactionQuery) -> Vec<(&'static str, String)> {
    let conditions = [
        (wire::UPDATED_FROM, query.updated_from.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true))),
        (wire::BOOKED_FROM, query.booked_from.map(|day| day.to_string())),
        (wire::BOOKED_TO, query.booked_to.map(|day| day.to_string())),
    ];
    conditions.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

pub(super) fn read(raw: &str) -> Option<RemoteTransaction> {
    let row: wire::Transaction = serde_json::from_str(raw).ok()?;
    let direction = match row.direction.0.as_deref() {
        Some("IN") => Direction::In,
        Some("OUT") => Direction::Out,
        // Without it the amount has no sign.
        _ => return None,
    };
    let status = match row.status.0.as_deref() {
        Some("BOOKED") => TransactionStatus::Booked,
        Some("PENDING") => TransactionStatus::Pending,
        Some("REJECTED") => TransactionStatus::Rejected,
        Some("CANCELLED") => TransactionStatus::Cancelled,
        _ => TransactionStatus::Unknown,
    };
    // A sign beside a direction contradicts it.
    let amount = money(row.amount.0, currency(row.currency)?).filter(|money| !money.amount.is_sign_negative())?;
    let original =
        lenient::<Number>(row.original_amount).zip(lenient::<Text>(row.original_currency).and_then(currency));
    Some(RemoteTransaction {
        id: RemoteId(row.id.0),
        bank_id: words(row.bank_transaction_id),
        status,
        direction,
        amount,
        original: original.and_then(|(amount, currency)| money(amount.0, currency)),
        rate: lenient::<Number>(row.exchange_rate).map(|rate| rate.0),
        booked: row.booking_date.map(|day| day.0),
        value: row.value_date.map(|day| day.0),
        counterparty: words(row.counterparty_name),
        counterparty_iban: words(row.counterparty_iban).map(|text| iban::normalise(&text)),
        counterparty_number: words(row.counterparty_account_number),
        counterparty_bic: words(row.counterparty_bic),
        variable_symbol: words(row.variable_symbol),
        constant_symbol: words(row.constant_symbol),
        specific_symbol: words(row.specific_symbol),
        reference: words(row.reference),
        message: words(row.payment_message),
        description: words(row.description),
        created: row.created_at.0,
        updated: row.last_updated.0,
        raw: raw.to_owned(),
    })
}
