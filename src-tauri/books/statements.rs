//! Taking in a statement file that the owner chose. Where it lies stays here.

use super::Saldo;
use crate::dialog::Wanted;
use bank::desk::off_the_runtime;
use bank::failure::{FailureKind, Result};
use bank::import::{self, Imported, Look, StatementAnswers};
use bank::statements;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

impl Saldo {
    /// Asks for a statement file; false when the owner chose none.
    pub async fn choose_statement(&self) -> Result<bool> {
        let chosen = (self.around.choose)(Wanted::Statement).await;
        let there = chosen.is_some();
        if there {
            *self.statement.lock().unwrap_or_else(PoisonError::into_inner) = chosen;
        }
        Ok(there)
    }

    /// What the chosen file holds, or what has to be said of it first. `NotFound` before one was chosen.
    pub async fn look_at_statement(&self, said: StatementAnswers) -> Result<Look> {
        let (file, desk) = (self.chosen_statement()?, self.desk().await?);
        off_the_runtime(move || import::show(&desk.store, &read(&file)?, &said, desk.clock.now())).await
    }

    /// Takes the chosen file over.
    pub async fn import_statement(&self, said: StatementAnswers) -> Result<Imported> {
        let (file, desk) = (self.chosen_statement()?, self.desk().await?);
        off_the_runtime(move || import::take_over(&desk.store, &desk.clock, &read(&file)?, &said)).await
    }

    fn chosen_statement(&self) -> Result<Arc<PathBuf>> {
        let chosen = self.statement.lock().unwrap_or_else(PoisonError::into_inner).clone();
        chosen.map(Arc::new).ok_or_else(|| FailureKind::NotFound.into())
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    statements::bytes(file).map_err(|error| {
        tracing::warn!(kind = ?error.kind(), "the chosen file cannot be read");
        FailureKind::StatementUnreadable.into()
    })
}
