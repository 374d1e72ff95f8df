//! The calls about what the owner laid down for paying.

use super::State;
use bank::failure::Result;
use bank::money::Currency;
use bank::payments::{self, ClosedDay, NewRule, PayingRule, PaymentId, Problem, ReleaseRule};
use bank::store::accounts::AccountId;
use bank::vault::Secret;
use chrono::NaiveTime;

/// What is laid down for paying from each account that can pay.
#[tauri::command]
#[specta::specta]
pub async fn paying_rules(saldo: State<'_>) -> Result<Vec<PayingRule>> {
    saldo.ledger(|desk| payments::paying_rules(&desk.store, &desk.clock)).await
}

/// Keeps the least that is to remain on an account, as typed; nothing typed means none. Answers what is wrong with it.
#[tauri::command]
#[specta::specta]
pub async fn keep_lowest(saldo: State<'_>, account: AccountId, typed: String) -> Result<Option<Problem>> {
    saldo.ledger(move |desk| payments::keep_lowest(&desk.store, &desk.clock, account, &typed, desk.language()?)).await
}

/// Keeps until when the bank of an account lets payments leave on the same day.
#[tauri::command]
#[specta::specta]
pub async fn keep_closing(saldo: State<'_>, account: AccountId, closes: Option<NaiveTime>) -> Result<()> {
    saldo.ledger(move |desk| payments::keep_closing(&desk.store, &desk.clock, account, closes)).await
}

/// The days within a year on which no payment leaves the bank of an account.
#[tauri::command]
#[specta::specta]
pub async fn closed_days(saldo: State<'_>, from: AccountId) -> Result<Vec<ClosedDay>> {
    saldo.ledger(move |desk| payments::closed_days(&desk.store, &desk.clock, from)).await
}

/// The limit above which a second passphrase releases payments.
#[tauri::command]
#[specta::specta]
pub async fn release_rule(saldo: State<'_>) -> Result<ReleaseRule> {
    saldo.ledger(|desk| payments::release_rule(&desk.store)).await
}

/// Lays that rule down or changes it; `current` is the second passphrase of now. Answers what is wrong with the limit.
#[tauri::command]
#[specta::specta]
pub async fn set_release_rule(
    saldo: State<'_>,
    current: Option<Secret<String>>,
    above: String,
    currency: Currency,
    passphrase: Option<Secret<String>>,
) -> Result<Option<Problem>> {
    saldo.change_release_rule(current, Some(NewRule { above, currency, passphrase })).await
}

/// Removes that rule.
#[tauri::command]
#[specta::specta]
pub async fn remove_release_rule(saldo: State<'_>, current: Secret<String>) -> Result<()> {
    saldo.change_release_rule(Some(current), None).await.map(|_| ())
}

/// Releases a reviewed payment by the second passphrase. `hash` is the review's.
#[tauri::command]
#[specta::specta]
pub async fn release_payment(saldo: State<'_>, id: PaymentId, hash: String, passphrase: Secret<String>) -> Result<()> {
    saldo.ledger(move |desk| payments::release(&desk.store, &desk.clock, id, &hash, &passphrase)).await
}
