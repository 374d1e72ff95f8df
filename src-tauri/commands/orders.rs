//! Payments out of a file.

use super::State;
use crate::books::OrdersFile;
use bank::failure::Result;
use bank::orders;
use bank::payments::{OrderAnswers, OrderSum, OrdersLook, PaymentId};

/// Asks for a file of payments, in a dialog of the system; none when the owner chose none.
#[tauri::command]
#[specta::specta]
pub async fn choose_orders(saldo: State<'_>) -> Result<Option<OrdersFile>> {
    saldo.choose_orders().await
}

/// Takes a file of payments that the owner dropped: its bytes in base 64, and its name.
#[tauri::command]
#[specta::specta]
pub async fn give_orders(saldo: State<'_>, file: String, name: Option<String>) -> Result<OrdersFile> {
    saldo.give_orders(orders::of_base64(&file), name).await
}

/// What a given file holds, each line checked; or why it cannot be read.
#[tauri::command]
#[specta::specta]
pub async fn look_at_orders(saldo: State<'_>, file: u32, said: OrderAnswers) -> Result<OrdersLook> {
    saldo.look_at_orders(file, said).await
}

/// What chosen lines of it amount to.
#[tauri::command]
#[specta::specta]
pub async fn sum_of_orders(saldo: State<'_>, file: u32, said: OrderAnswers, lines: Vec<u32>) -> Result<OrderSum> {
    saldo.sum_of_orders(file, said, lines).await
}

/// Makes drafts of chosen lines of it, all or none; their ids.
#[tauri::command]
#[specta::specta]
pub async fn prepare_orders(
    saldo: State<'_>,
    file: u32,
    said: OrderAnswers,
    lines: Vec<u32>,
) -> Result<Vec<PaymentId>> {
    saldo.prepare_orders(file, said, lines).await
}
