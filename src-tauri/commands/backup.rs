//! The calls about keeping the data and bringing it back.

use super::State;
use crate::window::Start;
use bank::backup::{BackupFile, BackupView, Recovery};
use bank::failure::Result;
use bank::store::Restored;
use bank::vault::Secret;

/// How the backups stand. The demo has none.
#[tauri::command]
#[specta::specta]
pub async fn backup(saldo: State<'_>) -> Result<BackupView> {
    saldo.backup().await
}

/// Sets or changes the password of the backups to come.
#[tauri::command]
#[specta::specta]
pub async fn set_backup_password(saldo: State<'_>, password: Secret<String>) -> Result<BackupView> {
    saldo.set_backup_password(password).await
}

/// Whether to back up each day.
#[tauri::command]
#[specta::specta]
pub async fn set_daily_backup(saldo: State<'_>, on: bool) -> Result<BackupView> {
    saldo.set_daily_backup(on).await
}

/// Asks for the folder of the backups, in a dialog of the system.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup_folder(saldo: State<'_>) -> Result<BackupView> {
    saldo.choose_backup_folder().await
}

/// Backs up now, and reads the backup back.
#[tauri::command]
#[specta::specta]
pub async fn back_up_now(saldo: State<'_>) -> Result<BackupView> {
    saldo.back_up_now().await
}

/// Asks for the backup to restore, in a dialog of the system; none when the owner chose none.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup(saldo: State<'_>) -> Result<Option<BackupFile>> {
    saldo.choose_backup().await
}

/// Proves the chosen backup, then puts it in the place of the data, which is set aside.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(saldo: State<'_>, password: Secret<String>) -> Result<Restored> {
    saldo.restore_backup(password).await
}

/// What can be done when the data cannot be opened.
#[tauri::command]
#[specta::specta]
pub async fn recovery(saldo: State<'_>) -> Result<Recovery> {
    saldo.recovery().await
}

/// Puts the newest good safety copy in the place of the data, with what can still be read of it; it is set aside.
#[tauri::command]
#[specta::specta]
pub async fn restore_copy(saldo: State<'_>) -> Result<Restored> {
    saldo.restore_copy().await
}

/// Sets the data aside and begins with an empty book; the accounts are read anew.
#[tauri::command]
#[specta::specta]
pub async fn start_over(saldo: State<'_>) -> Result<Start> {
    saldo.start_over().await
}

/// Removes everything that Saldo has on this computer: keys, data, logs. The owner's backup files stay.
#[tauri::command]
#[specta::specta]
pub async fn forget_everything(saldo: State<'_>) -> Result<Start> {
    saldo.forget_everything().await
}
