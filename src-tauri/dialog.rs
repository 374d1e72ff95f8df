//! Dialogs of the system, in which the owner names a file or a folder. The window never learns a path.

use std::path::PathBuf;
use std::pin::Pin;
use tauri::{AppHandle, Manager};

/// What the owner is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The folder for the backups.
    BackupFolder,
    /// A backup to restore.
    Backup,
    /// A statement file to take in.
    Statement,
    /// An invoice to read.
    Invoice,
    /// A file of payments to prepare.
    Orders,
    /// Where to keep a file that Saldo writes for her: the report, the journal of payments.
    NewFile {
        /// The name that is proposed.
        name: String,
    },
}

/// What she chose; none when she closed the dialog.
pub type Chosen = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

/// Asks over Saldo's window. The dialogs are opened on the main thread: two of the three systems insist.
pub(crate) fn chooser(app: AppHandle) -> impl Fn(Wanted) -> Chosen + Send + Sync {
    move |wanted| {
        let app = app.clone();
        Box::pin(async move {
            let (opened, dialog) = tokio::sync::oneshot::channel();
            let over = app.get_webview_window("main");
            let open = move || {
                let mut dialog = rfd::AsyncFileDialog::new();
                if let Some(window) = &over {
                    dialog = dialog.set_parent(window);
                }
                let asked: Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match wanted {
                    Wanted::BackupFolder => Box::pin(dialog.pick_folder()),
                    Wanted::Backup => Box::pin(dialog.add_filter("Saldo", &["saldo"]).pick_file()),
                    Wanted::Statement => Box::pin(
                        dialog
                            .add_filter(
                                "camt, MT940, GPC, CSV",
                                &["xml", "sta", "mt940", "940", "gpc", "abo", "csv", "txt"],
                            )
                            .pick_file(),
                    ),
                    Wanted::Invoice => Box::pin(
                        dialog
                            .add_filter(
                                "PDF, PNG, JPEG, ISDOC, XML",
                                &["pdf", "png", "jpg", "jpeg", "isdoc", "isdocx", "xml", "txt"],
                            )
                            .pick_file(),
                    ),
                    Wanted::Orders => Box::pin(
                        dialog.add_filter("CSV, XLSX, pain.001", &["csv", "tsv", "txt", "xlsx", "xml"]).pick_file(),
                    ),
                    Wanted::NewFile { name } => Box::pin(dialog.set_file_name(name).save_file()),
                };
                // Nobody waits any more when Saldo ends.
                let _ = opened.send(asked);
            };
            app.run_on_main_thread(open).ok()?;
            dialog.await.ok()?.await.map(|chosen| chosen.path().to_owned())
        })
    }
}
