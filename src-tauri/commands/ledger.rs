//! What changed, what is in doubt, and what can be trusted.

use super::State;
use bank::auth::Standing;
use bank::failure::Result;
use bank::store::accounts::AccountId;
use bank::store::attempts::AccountHealth;
use bank::store::changes::{Change, ChangeSet, ChangeSetId};
use bank::store::doubts::{Backfill, Decision, Doubt, Doubtful};
use bank::store::rules::{Rule, RuleId, RuleOffer};
use bank::store::transactions::{Category, TransactionId};
use bank::sync::Report;
use chrono::NaiveDate;

/// How the session at Everifin stands. Asks nobody.
#[tauri::command]
#[specta::specta]
pub async fn standing(saldo: State<'_>) -> Result<Standing> {
    saldo.desk().await?.line().session.standing().await
}

/// How fresh each part of an account is, and which of its days the bank's balances prove.
#[tauri::command]
#[specta::specta]
pub async fn account_health(saldo: State<'_>, account: AccountId) -> Result<AccountHealth> {
    saldo.ledger(move |desk| desk.store.health_of(account)).await
}

/// Reads days of one account again.
#[tauri::command]
#[specta::specta]
pub async fn read_again(saldo: State<'_>, account: AccountId, from: NaiveDate, to: NaiveDate) -> Result<Report> {
    saldo.desk().await?.read_again(account, (from, to)).await
}

/// The newest change-sets, newest first, at most 30 before a given one.
#[tauri::command]
#[specta::specta]
pub async fn change_sets(saldo: State<'_>, before: Option<ChangeSetId>) -> Result<Vec<ChangeSet>> {
    saldo.ledger(move |desk| desk.store.change_sets(before, 30)).await
}

/// The rows of a change-set, at most 500 after the first `skip`.
#[tauri::command]
#[specta::specta]
pub async fn changes(saldo: State<'_>, set: ChangeSetId, skip: u32) -> Result<Vec<Change>> {
    saldo.ledger(move |desk| desk.store.changes(set, skip)).await
}

/// Undoes a change-set, after a sync that is under way; answers the change-set that did so.
#[tauri::command]
#[specta::specta]
pub async fn undo_changes(saldo: State<'_>, set: ChangeSetId) -> Result<ChangeSetId> {
    saldo.desk().await?.undo(set).await
}

/// What the owner is asked about rows that could not be believed.
#[tauri::command]
#[specta::specta]
pub async fn doubts(saldo: State<'_>) -> Result<Vec<Doubt>> {
    saldo.ledger(|desk| desk.store.doubts()).await
}

/// Does what the owner decided about rows in doubt.
#[tauri::command]
#[specta::specta]
pub async fn decide(saldo: State<'_>, doubt: u32, decision: Decision) -> Result<()> {
    saldo.ledger(move |desk| desk.store.decide(doubt, decision, desk.clock.now())).await
}

/// Older rows that came after their account had been read.
#[tauri::command]
#[specta::specta]
pub async fn backfills(saldo: State<'_>) -> Result<Vec<Backfill>> {
    saldo.ledger(|desk| desk.store.backfills()).await
}

/// Keeps that the owner has looked at older rows.
#[tauri::command]
#[specta::specta]
pub async fn backfill_seen(saldo: State<'_>, set: ChangeSetId, account: AccountId) -> Result<()> {
    saldo.ledger(move |desk| desk.store.backfill_seen(set, account)).await
}

/// Removes a transaction from everything that is shown and summed.
#[tauri::command]
#[specta::specta]
pub async fn remove_transaction(saldo: State<'_>, id: TransactionId) -> Result<()> {
    saldo.ledger(move |desk| desk.store.remove(id, true, desk.clock.now())).await
}

/// Counts a transaction again that stands aside.
#[tauri::command]
#[specta::specta]
pub async fn count_again(saldo: State<'_>, id: TransactionId) -> Result<()> {
    saldo.ledger(move |desk| desk.store.remove(id, false, desk.clock.now())).await
}

/// The transactions that stand aside.
#[tauri::command]
#[specta::specta]
pub async fn rows_aside(saldo: State<'_>) -> Result<Vec<Doubtful>> {
    saldo.ledger(|desk| desk.store.rows_aside()).await
}

/// What a rule made from this transaction would do.
#[tauri::command]
#[specta::specta]
pub async fn rule_offer(saldo: State<'_>, id: TransactionId, category: Category) -> Result<Option<RuleOffer>> {
    saldo.ledger(move |desk| desk.store.rule_offer(id, category)).await
}

/// Makes a rule from a transaction.
#[tauri::command]
#[specta::specta]
pub async fn make_rule(saldo: State<'_>, id: TransactionId, category: Category) -> Result<()> {
    saldo.ledger(move |desk| desk.store.make_rule(id, category, desk.clock.now())).await
}

/// All rules.
#[tauri::command]
#[specta::specta]
pub async fn rules(saldo: State<'_>) -> Result<Vec<Rule>> {
    saldo.ledger(|desk| desk.store.rules()).await
}

/// Removes a rule.
#[tauri::command]
#[specta::specta]
pub async fn remove_rule(saldo: State<'_>, id: RuleId) -> Result<()> {
    saldo.ledger(move |desk| desk.store.remove_rule(id)).await
}
