//! The local log: a few files beside the data, rotated daily, for the owner and whoever helps her. Nothing leaves the computer.
//! What may stand in a line is decided in `bank::journal`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tracing::{Event, Subscriber};
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Begins to log into `folder`. A log that cannot be written is no reason not to start.
///
/// Libraries speak at `warn` only (security.md F-14).
pub(crate) fn begin(folder: &Path) {
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .max_log_files(7)
        .filename_prefix("saldo")
        .filename_suffix("log")
        .build(folder);
    if let Ok(files) = files {
        let filter = EnvFilter::new("warn,bank=info,saldo_shell=info,sandbox=warn");
        // A second call in one process (tests) keeps the first log.
        let _ = tracing_subscriber::registry().with(filter).with(Lines(Mutex::new(files))).try_init();
    }
}

/// The lines of all days that are kept, oldest first.
pub(crate) fn lines(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    // Their names end in the day.
    files.sort();
    let texts = files.iter().filter_map(|file| fs::read(file).ok());
    texts.flat_map(|text| String::from_utf8_lossy(&text).lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Writes each event as one line.
struct Lines<W>(Mutex<W>);

impl<S: Subscriber, W: Write + Send + 'static> Layer<S> for Lines<W> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = bank::journal::line(event, chrono::Utc::now());
        line.push('\n');
        // A full disk must not stop what is being logged.
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_is_a_line_whoever_speaks_and_a_panic_tells_where_and_not_what() {
        let page = Page::default();
        let lines = tracing_subscriber::registry().with(Lines(Mutex::new(page.clone())));
        tracing::subscriber::with_default(lines, || {
            tracing::warn!(error = "a\nb", "own words");
            tracing::warn!(target: "hyper", "https://x/?code=hunter2");
            bank::crash::write_down(Some(("books.rs", 7)), Some("keychain"));
        });
        let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let rests: Vec<_> = text.lines().map(|line| line.split_once(' ').unwrap().1).collect();
        assert_eq!(rests.len(), 3, "{text}");
        assert_eq!(rests[0], "WARN saldo_shell::journal::tests: own words error=a\\nb");
        assert!(rests[1].starts_with("WARN hyper: journal.rs:") && !text.contains("hunter2"), "{text}");
        assert_eq!(rests[2], "ERROR bank::crash: a thread stopped whence=books.rs:7 thread=keychain");
    }

    #[test]
    fn the_days_are_read_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for (day, text) in [("2026-11-27", "c\n"), ("2026-11-25", "a\nb\n")] {
            fs::write(folder.path().join(format!("saldo.{day}.log")), text).unwrap();
        }
        assert_eq!(lines(folder.path()), ["a", "b", "c"]);
        assert_eq!(lines(&folder.path().join("nowhere")), [""; 0]);
    }
}
