//! An event as a line of the log.

use super::failures::TARGET;
use super::redact;
use chrono::{DateTime, SecondsFormat, Utc};
use std::fmt::Write;
use tracing::Event;
use tracing::field::{Field, Visit};

/// The crates whose words are written down; of a library only where it spoke, since what it says may be an address, a header,
/// a token.
const OWN: [&str; 4] = ["bank", "saldo_shell", "sandbox", TARGET];
/// The fields whose values are written down. None of them holds data of the owner.
const FIELDS: [&str; 26] = [
    "as_of",
    "cause",
    "check",
    "code",
    "count",
    "error",
    "event",
    "failure",
    "found",
    "from",
    "generation",
    "item",
    "keychain",
    "kind",
    "length",
    "lost",
    "name",
    "part",
    "payment",
    "place",
    "received",
    "rows",
    "slot",
    "status",
    "thread",
    "whence",
];
/// The longest value that is written down.
const LONGEST: usize = 400;

/// The line of an event: when, how grave, who, what, and the fields that may be told; without line breaks and secrets.
pub fn line(event: &Event<'_>, at: DateTime<Utc>) -> String {
    let meta = event.metadata();
    let (at, level, target) = (at.to_rfc3339_opts(SecondsFormat::Millis, true), meta.level(), meta.target());
    let mut line = format!("{at} {level} {target}:");
    if OWN.contains(&target.split(':').next().unwrap_or_default()) {
        let mut told = Told::default();
        event.record(&mut told);
        line += &told.message;
        line += &told.fields;
    } else {
        let file = meta.file().and_then(|file| file.rsplit(['/', '\\']).next()).unwrap_or_default();
        // Writing to a `String` cannot fail.
        let _ = write!(line, " {file}:{}", meta.line().unwrap_or_default());
    }
    line
}

/// A moment as reports write it.
pub(crate) fn whole_seconds(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[derive(Default)]
struct Told {
    message: String,
    fields: String,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let told = || {
            // Cut afterwards: the beginning of a secret might not be known as one.
            let mut value = redact(&format!("{value:?}"));
            let end = value.char_indices().nth(LONGEST).map_or(value.len(), |(end, _)| end);
            value.truncate(end);
            value
        };
        let _ = match field.name() {
            "message" => write!(self.message, " {}", told()),
            name if FIELDS.contains(&name) => write!(self.fields, " {name}={}", told()),
            name => write!(self.fields, " {name}=<left out>"),
        };
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Metadata, Subscriber};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<String>>>);

    impl Subscriber for Lines {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            self.0.lock().unwrap().push(line(event, "2026-11-27T08:41:00Z".parse().unwrap()));
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    /// The lines that some work leaves in the log.
    pub(in super::super) fn written(work: impl FnOnce()) -> Vec<String> {
        let lines = Lines::default();
        tracing::subscriber::with_default(lines.clone(), work);
        let lines = lines.0.lock().unwrap();
        lines.clone()
    }

    #[test]
    fn own_words_are_written_with_the_fields_that_may_be_told() {
        let lines = written(|| {
            tracing::warn!(target: "bank::vault", error = %"it\nis locked", account = "SK31", rows = 3, "keychain");
        });
        assert_eq!(
            lines,
            ["2026-11-27T08:41:00.000Z WARN bank::vault: keychain error=it\\nis locked account=<left out> rows=3"]
        );
    }

    #[test]
    fn of_a_library_only_where_it_spoke_is_written() {
        let lines = written(|| {
            tracing::warn!(target: "hyper_util::client", error = "hunter2", url = "https://x/?code=c", "GET code=hunter2");
            tracing::warn!(target: "bankrupt", "hunter2");
        });
        assert!(lines[0].starts_with("2026-11-27T08:41:00.000Z WARN hyper_util::client: line.rs:"), "{}", lines[0]);
        assert!(!lines.concat().contains("hunter2"), "{lines:?}");
    }

    #[test]
    fn a_message_is_no_way_around() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        let lines = written(|| {
            tracing::info!(target: "bank", "got {token} for SK31 1200 0000 1987 4263 7541");
            tracing::info!(target: "bank", error = "words ".repeat(1_000), "long");
            tracing::info!(target: "bank", error = format!("{} {token}", "a ".repeat(LONGEST / 2 - 5)), "cut");
        });
        assert_eq!(lines[0], "2026-11-27T08:41:00.000Z INFO bank: got <redacted> for SK.. .... 7541");
        assert!(lines[1].len() < 600);
        assert!(!lines[2].contains("eyJ"), "{}", lines[2]);
    }

    #[test]
    fn every_field_that_saldo_writes_may_be_told() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut folders = vec![folder.to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                if path.extension().is_none_or(|ending| ending != "rs") || path.ends_with("journal/line.rs") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for event in ["tracing::info!(", "tracing::warn!(", "tracing::error!("] {
                    for (_, rest) in text.match_indices(event).map(|(at, _)| text.split_at(at + event.len())) {
                        // Up to the message; a field before it is `name`, `%name`, `?name` or `name = value`.
                        let fields = rest.split('"').next().unwrap_or_default();
                        for field in fields.split(',').map(str::trim).filter(|field| !field.is_empty()) {
                            let name = field.split([' ', '=']).next().unwrap().trim_start_matches(['%', '?']);
                            let told = FIELDS.contains(&name) || name.starts_with("target:");
                            assert!(told, "{}: {name} would be left out of the log", path.display());
                            seen += 1;
                        }
                    }
                }
            }
        }
        assert!(seen > 20, "the search finds the events");
    }
}
