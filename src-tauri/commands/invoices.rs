//! Invoices to pay, and codes to be paid by.

use super::State;
use bank::failure::Result;
use bank::invoices::{self, InvoiceReading, RequestCheck, RequestInput, SourceFormat};

/// Reads what the owner dropped or pasted: a file or a text, in base 64, with its name where it has one.
#[tauri::command]
#[specta::specta]
pub async fn read_invoice(saldo: State<'_>, file: String, name: Option<String>) -> Result<InvoiceReading> {
    saldo.ledger(move |desk| Ok(invoices::of_base64(&file, name, desk.language()?, desk.clock.today()))).await
}

/// Asks for an invoice, in a dialog of the system, and reads it; none when the owner chose none.
#[tauri::command]
#[specta::specta]
pub async fn choose_invoice(saldo: State<'_>) -> Result<Option<InvoiceReading>> {
    saldo.choose_invoice().await
}

/// Asks the owner to mark a region of the screen, and reads it; none when she marked none.
#[tauri::command]
#[specta::specta]
pub async fn capture_invoice(saldo: State<'_>) -> Result<Option<InvoiceReading>> {
    saldo.capture_invoice().await
}

/// Codes by which others pay to one of the owner's accounts, or what is wrong with what she typed. Keeps nothing.
#[tauri::command]
#[specta::specta]
pub async fn payment_codes(saldo: State<'_>, input: RequestInput) -> Result<RequestCheck> {
    saldo.ledger(move |desk| invoices::ask(&desk.store, &input, desk.language()?, desk.clock.now())).await
}

/// Keeps one of those codes as a picture where the owner says; false where she does not.
#[tauri::command]
#[specta::specta]
pub async fn save_payment_code(saldo: State<'_>, input: RequestInput, format: SourceFormat) -> Result<bool> {
    saldo.save_payment_code(input, format).await
}
