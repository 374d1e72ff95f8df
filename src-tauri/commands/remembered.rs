//! What is remembered around paying: payees, templates, standing payments, and what is due.

use super::State;
use bank::failure::Result;
use bank::payments::{self, DueDay, PaymentId, Template, TemplateId, TemplateInput};
use bank::store::payees::{KnownPayee, PayeeInput};
use bank::store::transactions::TransactionRow;

/// Everybody who is paid, by name.
#[tauri::command]
#[specta::specta]
pub async fn payee_book(saldo: State<'_>) -> Result<Vec<KnownPayee>> {
    saldo.ledger(|desk| desk.store.payee_book()).await
}

/// The newest payments to these accounts.
#[tauri::command]
#[specta::specta]
pub async fn paid_to(saldo: State<'_>, ibans: Vec<String>) -> Result<Vec<TransactionRow>> {
    saldo.ledger(move |desk| desk.store.paid_to(&ibans)).await
}

/// Writes an account down as a payee's; also one that was forgotten. `account` is an IBAN or a domestic number.
#[tauri::command]
#[specta::specta]
pub async fn remember_payee(saldo: State<'_>, account: String, input: PayeeInput) -> Result<()> {
    saldo.ledger(move |desk| desk.store.remember_payee(&account, &input)).await
}

/// Changes what is written of the payee with these accounts.
#[tauri::command]
#[specta::specta]
pub async fn change_payee(saldo: State<'_>, ibans: Vec<String>, input: PayeeInput) -> Result<()> {
    saldo.ledger(move |desk| desk.store.change_payee(&ibans, &input)).await
}

/// Forgets the accounts of a payee; what was paid stays.
#[tauri::command]
#[specta::specta]
pub async fn forget_payee(saldo: State<'_>, ibans: Vec<String>) -> Result<()> {
    saldo.ledger(move |desk| desk.store.forget_payee(&ibans)).await
}

/// The payments kept to be used again, the standing ones first.
#[tauri::command]
#[specta::specta]
pub async fn templates(saldo: State<'_>) -> Result<Vec<Template>> {
    saldo.ledger(|desk| payments::templates(&desk.store, &desk.clock)).await
}

/// Keeps a payment to be used again, by hand or on its days: a new template without an id.
#[tauri::command]
#[specta::specta]
pub async fn save_template(saldo: State<'_>, id: Option<TemplateId>, input: TemplateInput) -> Result<Template> {
    saldo.ledger(move |desk| payments::save_template(&desk.store, &desk.clock, id, &input, desk.language()?)).await
}

/// Removes a template; drafts that were made of it stay.
#[tauri::command]
#[specta::specta]
pub async fn remove_template(saldo: State<'_>, id: TemplateId) -> Result<()> {
    saldo.ledger(move |desk| payments::remove_template(&desk.store, id)).await
}

/// Makes a draft of a template, for today.
#[tauri::command]
#[specta::specta]
pub async fn use_template(saldo: State<'_>, id: TemplateId) -> Result<PaymentId> {
    saldo.ledger(move |desk| payments::use_template(&desk.store, &desk.clock, id)).await
}

/// The drafts by the day on which they are to be paid, what is overdue first.
#[tauri::command]
#[specta::specta]
pub async fn due_payments(saldo: State<'_>) -> Result<Vec<DueDay>> {
    saldo.ledger(|desk| payments::due_payments(&desk.store, &desk.clock)).await
}
