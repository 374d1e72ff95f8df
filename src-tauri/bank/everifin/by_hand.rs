//! Reading lists whose answers a test hands over itself: everything that reading over HTTP does but the HTTP.

use super::paging::{Pages, READINGS};
use super::{
    Listing, RemoteAccount, RemoteId, RemoteTransaction, TransactionQuery, accounts, call, transactions, wire,
};
use crate::auth::Answer;
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use url::form_urlencoded::Serializer;

/// Status, `Retry-After` in seconds, and body.
pub(crate) type Said = (u16, Option<u64>, String);

/// All accounts. `get` answers a query.
pub(crate) fn accounts(get: impl FnMut(&str) -> Said, now: DateTime<Utc>) -> Result<Listing<RemoteAccount>> {
    list(&[], get, now, accounts::read, |account| &account.id)
}

/// The transactions that fit the query. `get` answers a query.
pub(crate) fn transactions(
    query: &TransactionQuery,
    get: impl FnMut(&str) -> Said,
    now: DateTime<Utc>,
) -> Result<Listing<RemoteTransaction>> {
    list(&transactions::conditions(query), get, now, transactions::read, |transaction| &transaction.id)
}

fn list<T>(
    conditions: &[(&str, String)],
    mut get: impl FnMut(&str) -> Said,
    now: DateTime<Utc>,
    read: impl Fn(&str) -> Option<T>,
    id_of: impl Fn(&T) -> &RemoteId,
) -> Result<Listing<T>> {
    for _ in 0..READINGS {
        let mut pages = Pages::new();
        while let Some(number) = pages.next() {
            let query = Serializer::new(String::new())
                .extend_pairs(conditions)
                .append_pair(wire::PAGE, &number.to_string())
                .append_pair(wire::PER_PAGE, &wire::ROWS.to_string())
                .finish();
            let (status, retry_after, body) = get(&query);
            let retry_after = retry_after.map(|seconds| seconds.to_string());
            let status = StatusCode::from_u16(status).unwrap();
            let answer = Answer::new(status, body.into_bytes(), retry_after.as_deref());
            if !status.is_success() {
                return Err(call::meaning(&answer, now));
            }
            pages.take(&answer, &read)?;
        }
        if let Some(listing) = pages.whole(&id_of) {
            return Ok(listing);
        }
    }
    Err(FailureKind::ServiceDown.into())
}
