//! Statement files.

use super::State;
use bank::failure::Result;
use bank::import::{Imported, Look, StatementAnswers};

/// Asks for a statement file, in a dialog of the system; false when the owner chose none.
#[tauri::command]
#[specta::specta]
pub async fn choose_statement(saldo: State<'_>) -> Result<bool> {
    saldo.choose_statement().await
}

/// What the chosen file holds, or what has to be said of it first.
#[tauri::command]
#[specta::specta]
pub async fn look_at_statement(saldo: State<'_>, said: StatementAnswers) -> Result<Look> {
    saldo.look_at_statement(said).await
}

/// Takes the chosen file over.
#[tauri::command]
#[specta::specta]
pub async fn import_statement(saldo: State<'_>, said: StatementAnswers) -> Result<Imported> {
    saldo.import_statement(said).await
}
