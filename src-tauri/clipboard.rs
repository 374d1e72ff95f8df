//! The clipboard. What Saldo puts there is an account number, an amount, a link: it stays out of histories and clouds where the
//! system lets it be asked for, and is taken back after a minute unless something else is there by then (security.md F-16).

use arboard::Clipboard;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a text stays.
const STAYS: Duration = Duration::from_secs(60);

/// A clipboard that lives as long as Saldo: on X11 the text is gone with its owner.
#[derive(Clone, Default)]
pub(crate) struct Board(Arc<Mutex<Option<Clipboard>>>);

impl Board {
    /// Copies a text; false when that fails.
    pub(crate) fn copy(&self, text: &str) -> bool {
        let copied = self.with(|clipboard| put(clipboard, text)).is_some();
        if copied {
            let (board, text) = (self.clone(), text.to_owned());
            std::thread::spawn(move || {
                std::thread::sleep(STAYS);
                board.with(|clipboard| if clipboard.get_text()? == text { clipboard.clear() } else { Ok(()) });
            });
        }
        copied
    }

    /// The text that is there.
    pub(crate) fn text(&self) -> Option<String> {
        let mut text = None;
        self.with(|clipboard| {
            text = Some(clipboard.get_text()?);
            Ok(())
        });
        text
    }

    fn with(&self, act: impl FnOnce(&mut Clipboard) -> Result<(), arboard::Error>) -> Option<()> {
        let mut board = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if board.is_none() {
            *board = Clipboard::new().ok();
        }
        act(board.as_mut()?).ok()
    }
}

#[cfg(target_os = "linux")]
fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtLinux;
    clipboard.set().exclude_from_history().text(text)
}

#[cfg(target_os = "macos")]
fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtApple;
    clipboard.set().exclude_from_history().text(text)
}

#[cfg(windows)]
fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtWindows;
    clipboard.set().exclude_from_monitoring().exclude_from_cloud().exclude_from_history().text(text)
}
