//! The local log: a few files beside the data, rotated daily, for the owner and whoever helps her. Nothing leaves the computer.

use std::path::Path;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Begins to log into `folder`. A log that cannot be written is no reason not to start.
///
/// Libraries that could print addresses or headers stay at `warn` (security.md F-14).
pub(crate) fn begin(folder: &Path) {
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .max_log_files(7)
        .filename_prefix("saldo")
        .filename_suffix("log")
        .build(folder);
    if let Ok(files) = files {
        let filter = EnvFilter::new("warn,bank=info,saldo_shell=info,sandbox=warn");
        let lines = fmt::layer().with_ansi(false).with_target(true).with_writer(std::sync::Mutex::new(files));
        // A second call in one process (tests) keeps the first log.
        let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    }
}
