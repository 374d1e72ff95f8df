//! Payments out of a file that the owner gives. What was given is kept here, so that exactly what was shown is prepared.

use super::Saldo;
use crate::dialog::Wanted;
use bank::desk::{Desk, off_the_runtime};
use bank::failure::{FailureKind, Result};
use bank::orders::{self, OrdersUnread};
use bank::payments::{self, OrderAnswers, OrderSum, OrdersLook, PaymentId};
use serde::Serialize;
use specta::Type;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// A file that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrdersFile {
    /// By which it is asked about, as long as no other one was given.
    pub file: u32,
    /// Its name, where it has one.
    pub name: Option<String>,
}

/// The file that was given last; without bytes where it could not be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    file: u32,
    bytes: Option<Arc<Vec<u8>>>,
}

impl Saldo {
    /// Asks for a file of payments, in a dialog of the system; none when the owner chose none.
    pub async fn choose_orders(&self) -> Result<Option<OrdersFile>> {
        let Some(path) = (self.around.choose)(Wanted::Orders).await else { return Ok(None) };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let bytes = off_the_runtime(move || Ok(orders::of_file(&path))).await?;
        self.give_orders(bytes, name).await.map(Some)
    }

    /// Keeps a file of payments that was dropped.
    pub async fn give_orders(&self, bytes: Option<Vec<u8>>, name: Option<String>) -> Result<OrdersFile> {
        self.desk().await?;
        let file = self.given.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        if let Some(open) = self.open.read().await.as_ref() {
            let given = Given { file, bytes: bytes.map(Arc::new) };
            *open.orders.lock().unwrap_or_else(PoisonError::into_inner) = given;
        }
        Ok(OrdersFile { file, name })
    }

    /// What the file holds, each line checked.
    pub async fn look_at_orders(&self, file: u32, said: OrderAnswers) -> Result<OrdersLook> {
        let unread = OrdersLook::Unread { reason: OrdersUnread::Damaged { line: None } };
        let looked = self.with_orders(file, move |desk, bytes| {
            payments::look_at_orders(&desk.store, &desk.clock, bytes, &said, desk.language()?)
        });
        Ok(looked.await?.unwrap_or(unread))
    }

    /// What chosen lines of it amount to.
    pub async fn sum_of_orders(&self, file: u32, said: OrderAnswers, lines: Vec<u32>) -> Result<OrderSum> {
        let summed = self.with_orders(file, move |desk, bytes| {
            payments::sum_of_orders(&desk.store, &desk.clock, bytes, &said, &lines)
        });
        summed.await?.ok_or_else(|| FailureKind::DraftInvalid.into())
    }

    /// Makes drafts of chosen lines of it.
    pub async fn prepare_orders(&self, file: u32, said: OrderAnswers, lines: Vec<u32>) -> Result<Vec<PaymentId>> {
        let prepared = self.with_orders(file, move |desk, bytes| {
            payments::prepare_orders(&desk.store, &desk.clock, bytes, &said, &lines, desk.language()?)
        });
        prepared.await?.ok_or_else(|| FailureKind::DraftInvalid.into())
    }

    /// Does something with the file; none where it could not be read, `NotFound` when another one was given since, or the book it was
    /// given to is not open any more.
    async fn with_orders<T: Send + 'static>(
        &self,
        file: u32,
        work: impl FnOnce(&Desk, &[u8]) -> Result<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let (desk, given) = match self.open.read().await.as_ref() {
            Some(open) => (Arc::clone(&open.desk), open.orders.lock().unwrap_or_else(PoisonError::into_inner).clone()),
            None => return Err(FailureKind::NotFound.into()),
        };
        if given.file != file {
            return Err(FailureKind::NotFound.into());
        }
        let Some(bytes) = given.bytes else { return Ok(None) };
        off_the_runtime(move || work(&desk, &bytes).map(Some)).await
    }
}
