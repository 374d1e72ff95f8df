//! The report that the owner can give to whoever helps her: what the page shows, and the end of the log. English, since it is
//! for whoever maintains Saldo.

use super::{BookState, Diagnostics, KeychainTest, Opener};
use crate::auth::PkceProbe;
use crate::journal::{redact, whole_seconds};
use std::fmt::Write;

/// How many lines of the log go into a report.
const LINES: usize = 200;

/// The report, with the last lines of the log. Every line has been through [`redact`], whoever wrote it.
pub fn report<'a>(found: &Diagnostics, log: impl DoubleEndedIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut say = |name: &str, value: &str| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{name}: {}", redact(value));
    };
    say("Report of Saldo", &found.versions.saldo);
    say("Made", &whole_seconds(found.at));
    say("System", &found.versions.system);
    say("Web view", found.versions.web_view.as_deref().unwrap_or("not known"));
    say("SQLite", &found.versions.sqlite);
    say("Opens Saldo's links", &opener(&found.opener));
    match &found.book {
        Some(book) => of_book(book, &mut say),
        None => say("Book", &found.trouble.as_ref().map_or("not open".into(), |failure| failure.to_string())),
    }
    text += "\nFailures of late\n";
    for failure in &found.failures {
        let (at, times) = (whole_seconds(failure.at), failure.times);
        let _ = writeln!(text, "{at} {:?}: {:?} ({times})", failure.place, failure.kind);
    }
    text += "\nEnd of the log\n";
    let mut last: Vec<_> = log.rev().take(LINES).collect();
    last.reverse();
    for line in last {
        let _ = writeln!(text, "{}", redact(line));
    }
    text
}

fn of_book(book: &BookState, say: &mut impl FnMut(&str, &str)) {
    say("Session", &format!("{:?}", book.session.state));
    say("Session ends without use", &book.session.until.map_or("not known".into(), whole_seconds));
    let renewal = book.session.renewal.as_ref().map(|renewal| {
        let outcome = renewal.failure.as_ref().map_or("done".into(), |failure| failure.to_string());
        format!("{} {outcome}", whole_seconds(renewal.at))
    });
    say("Last renewal", renewal.as_deref().unwrap_or("none since the start"));
    match &book.keychain {
        KeychainTest::Works { name } => say("Keychain", &format!("{name}, works")),
        KeychainTest::Sealed { file } => say("Keychain", &format!("none, sealed in {file}")),
        KeychainTest::Fails { failure } => say("Keychain", &format!("fails: {failure}")),
    }
    let pkce = book.pkce.map(|probe| match probe.found {
        PkceProbe::Enforced => "enforced",
        PkceProbe::NotEnforced => "NOT enforced",
    });
    say("PKCE", pkce.unwrap_or("not tried"));
    let cipher = book.database.cipher.as_deref();
    say("Data file", &format!("{} KiB, {}", book.database.kilobytes, cipher.unwrap_or("not encrypted")));
    say("Last checked whole", &book.database.checked.map_or("not yet".into(), whole_seconds));
    say("Last safety copy", &book.database.copied.map_or("none".into(), whole_seconds));
    let ahead = book.clock_ahead.map(|seconds| format!("{seconds} s ahead of Everifin's"));
    say("Clock", ahead.as_deref().unwrap_or("right, or not known"));
}

fn opener(opener: &Opener) -> String {
    match opener {
        Opener::ThisSaldo => "this Saldo".into(),
        // Its path may name the owner.
        Opener::Another { program } => {
            let file = program.as_deref().and_then(|path| path.rsplit(['/', '\\']).next());
            format!("another program: {}", file.unwrap_or("not known"))
        }
        Opener::Nobody => "nobody".into(),
        Opener::Unknown => "not known".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::report;

    #[test]
    fn it_says_what_the_page_shows_and_ends_with_the_log() {
        let text = report(&sample(), ["2026-11-27T08:41:00.000Z INFO bank: a line"].into_iter());
        for line in [
            "Report of Saldo: 0.1.0",
            "Made: 2026-11-27T08:42:00Z",
            "System: Debian GNU/Linux 12 (bookworm)",
            "Opens Saldo's links: another program: saldo",
            "Session: SignedIn",
            "Session ends without use: 2026-11-27T20:00:00Z",
            "Last renewal: 2026-11-27T08:41:00Z done",
            "Keychain: gnome-keyring, works",
            "PKCE: enforced",
            "Data file: 14784 KiB, 4.19.0",
            "Last checked whole: 2026-11-27T06:00:00Z",
            "Last safety copy: 2026-11-27T07:30:00Z",
            "Clock: -3660 s ahead of Everifin's",
            "2026-11-27T07:00:00Z Renewal: Offline (3)",
            "2026-11-27T08:41:00.000Z INFO bank: a line",
        ] {
            assert!(text.lines().any(|there| there == line), "{line}\n{text}");
        }
    }

    #[test]
    fn it_has_the_last_two_hundred_lines() {
        let lines: Vec<String> = (0..500).map(|number| format!("line {number}.")).collect();
        let text = report(&sample(), lines.iter().map(String::as_str));
        assert!(!text.contains("line 299.") && text.contains("line 300.") && text.ends_with("line 499.\n"));
    }

    #[test]
    fn no_canary_is_in_it_though_every_part_were_full_of_them() {
        let canaries = [
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "kT7bq0ZrXw29LmNcVfGh58sDyUiPaJe4",
            "SK3112000000198742637541",
            "SK31 1200 0000 1987 4263 7541",
            "5f0c7a52-6f0b-4d0e-9d8e-2f6f3b9f1c11.0a1b2c3d-6f0b-4d0e-9d8e-2f6f3b9f1c11",
        ];
        let mut found = sample();
        let all = canaries.join(" ");
        found.versions.system = all.clone();
        found.opener = super::Opener::Another { program: Some(all.clone()) };
        let log = [format!("2026-11-27T08:41:00Z INFO bank: client_secret=hunter2 {all}")];
        let text = report(&found, log.iter().map(String::as_str));
        for canary in canaries.iter().chain(&["hunter2", "marta", "1987426375", "1987 4263"]) {
            assert!(!text.contains(canary), "{canary}\n{text}");
        }
    }
}
