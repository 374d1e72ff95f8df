//! Reading an invoice that the owner gives, and codes for being paid. Where a chosen file lies stays here.

use super::Saldo;
use crate::capture::Region;
use crate::dialog::Wanted;
use bank::desk::off_the_runtime;
use bank::failure::Result;
use bank::invoices::{self, InvoiceReading, ReadingWarning, RequestInput, SourceFormat};

impl Saldo {
    /// Asks for an invoice, in a dialog of the system, and reads it; none when the owner chose none.
    pub async fn choose_invoice(&self) -> Result<Option<InvoiceReading>> {
        let desk = self.desk().await?;
        let Some(file) = (self.around.choose)(Wanted::Invoice).await else { return Ok(None) };
        off_the_runtime(move || Ok(Some(invoices::of_file(&file, desk.language()?, desk.clock.today())))).await
    }

    /// Asks the owner to mark a region of the screen and reads it; none when she marked none. A picture among the temporary files was made
    /// for Saldo and is removed; one that the desktop keeps among the owner's own pictures is hers.
    pub async fn capture_invoice(&self) -> Result<Option<InvoiceReading>> {
        let desk = self.desk().await?;
        match (self.around.capture)().await {
            Region::Pictured(file) => {
                let read = move || {
                    let reading = invoices::of_file(&file, desk.language()?, desk.clock.today());
                    if file.starts_with(std::env::temp_dir()) && std::fs::remove_file(&file).is_err() {
                        tracing::warn!("a picture of the screen is left");
                    }
                    Ok(Some(InvoiceReading { name: None, ..reading }))
                };
                off_the_runtime(read).await
            }
            Region::Left => Ok(None),
            Region::Unavailable => Ok(Some(InvoiceReading::of_nothing(ReadingWarning::NoCapture))),
        }
    }

    /// Keeps a code for being paid as a picture where the owner says; false where she does not say.
    pub async fn save_payment_code(&self, input: RequestInput, format: SourceFormat) -> Result<bool> {
        let picture =
            self.ledger(move |desk| invoices::picture(&desk.store, &input, format, desk.language()?, desk.clock.now()));
        let (picture, name) = (picture.await?, format!("saldo-{}.png", format.file_name()));
        self.save_file(name, picture).await
    }
}
