//! The calls about the lock and about where the secrets are kept.

use super::State;
use crate::window::{Security, Start};
use bank::failure::Result;
use bank::vault::Secret;

/// Opens what is locked: by the owner's password, or by the passphrase of a sealed vault.
#[tauri::command]
#[specta::specta]
pub async fn unlock(saldo: State<'_>, password: Secret<String>) -> Result<Start> {
    saldo.unlock(password).await
}

/// Locks: keys, connections and everything decrypted are dropped. False where there is no password to lock with.
#[tauri::command]
#[specta::specta]
pub async fn lock(saldo: State<'_>) -> Result<bool> {
    saldo.lock().await
}

/// The window saw input: the time until Saldo locks by itself begins anew.
#[tauri::command]
#[specta::specta]
pub async fn active(saldo: State<'_>) -> Result<()> {
    saldo.active();
    Ok(())
}

/// Lets the keychain be asked again after its prompt was refused: Saldo by itself does not bring it twice.
#[tauri::command]
#[specta::specta]
pub async fn ask_keychain_again(saldo: State<'_>) -> Result<()> {
    saldo.ask_keychain_again();
    Ok(())
}

/// Where the secrets are kept, and whether a password is asked for.
#[tauri::command]
#[specta::specta]
pub async fn security(saldo: State<'_>) -> Result<Security> {
    saldo.security().await
}

/// Sets, changes or removes the password that opens Saldo; `current` is the one of now.
#[tauri::command]
#[specta::specta]
pub async fn set_app_lock(
    saldo: State<'_>,
    current: Option<Secret<String>>,
    password: Option<Secret<String>>,
) -> Result<Security> {
    saldo.set_app_lock(current, password).await
}

/// Keeps the secrets under a passphrase instead of in the keychain that is not there.
#[tauri::command]
#[specta::specta]
pub async fn use_passphrase(saldo: State<'_>, password: Secret<String>) -> Result<Start> {
    saldo.use_passphrase(password).await
}
