//! The journal of payments as a file for other programs: every state that every payment reached, with what proves it, and what the
//! second passphrase released. No name, no
//! account and no amount stands in it; the hashes say whether a payment that is shown elsewhere is the one that was sent.

use crate::failure::{FailureKind, Result};
use crate::store::Store;
use crate::store::payments::{self as table, JournalLine};
use chrono::SecondsFormat;

/// The columns: when (UTC), Saldo's number of the payment, the state reached, SHA-256 of what was reviewed and of what was sent, the
/// id that Saldo gave, the one that Everifin gave, and Everifin's word for the state where it said one.
const COLUMNS: [&str; 8] =
    ["at", "payment", "state", "reviewed_sha256", "sent_sha256", "external_id", "remote_id", "remote_status"];

/// The whole journal as CSV (RFC 4180), the oldest line first.
pub fn record(store: &Store) -> Result<String> {
    let lines = store.read(|book| Ok(table::journal(book)?))?;
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    file.write_record(COLUMNS).map_err(|_| FailureKind::StoreFailed)?;
    for line in lines {
        file.write_record(cells(line)).map_err(|_| FailureKind::StoreFailed)?;
    }
    let bytes = file.into_inner().map_err(|_| FailureKind::StoreFailed)?;
    String::from_utf8(bytes).map_err(|_| FailureKind::StoreFailed.into())
}

fn cells(line: JournalLine) -> [String; 8] {
    let or_nothing = Option::unwrap_or_default;
    [
        line.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        line.payment.map_or_else(String::new, |id| id.0.to_string()),
        line.state,
        or_nothing(line.review_hash),
        or_nothing(line.payload_hash),
        or_nothing(line.external_id),
        no_formula(or_nothing(line.remote_id)),
        no_formula(or_nothing(line.remote_status)),
    ]
}

/// What came from outside is not to be taken for a formula by a spreadsheet.
fn no_formula(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
