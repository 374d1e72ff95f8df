//! How Saldo fares, and what the owner can mend of it.

use super::State;
use crate::window::SignInStatus;
use bank::auth::Via;
use bank::diagnostics::Diagnostics;
use bank::failure::Result;

/// How Saldo fares; tests the keychain on the way.
#[tauri::command]
#[specta::specta]
pub async fn diagnostics(saldo: State<'_>) -> Result<Diagnostics> {
    saldo.diagnostics().await
}

/// Makes this Saldo the program that opens its links.
#[tauri::command]
#[specta::specta]
pub async fn repair_scheme(saldo: State<'_>) -> Result<Diagnostics> {
    saldo.repair_scheme().await
}

/// Finds out whether Everifin enforces PKCE: opens the system browser for a sign-in that ends without a session.
#[tauri::command]
#[specta::specta]
pub async fn probe_pkce(saldo: State<'_>, via: Via) -> Result<SignInStatus> {
    saldo.probe_pkce(via).await
}

/// Keeps a report for whoever helps the owner, where she says; false where she does not.
#[tauri::command]
#[specta::specta]
pub async fn save_report(saldo: State<'_>) -> Result<bool> {
    saldo.save_report().await
}

/// Copies what the owner chose; it is taken off the clipboard after a minute.
#[tauri::command]
#[specta::specta]
pub async fn copy_text(saldo: State<'_>, text: String) -> Result<()> {
    saldo.copy_text(&text)
}
