//! The texts of payment codes: told apart by how they begin, read strictly, and written.

mod by_square;
mod epc;
mod pay_me;
mod spayd;

use super::found::{FoundPayment, FoundPlace, SourceFormat};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1250};

pub(super) use by_square::write as by_square;
pub(super) use epc::write as epc;
pub(super) use spayd::write as spayd;

/// Longest text of a code, in bytes: above what the largest QR code holds.
const LONGEST: usize = 8_000;

/// What a text is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// The payments that it asks for.
    Payments(Vec<FoundPayment>),
    /// It begins as a payment code of this format and is none: damaged, or of a kind that is not paid by a transfer.
    Refused(SourceFormat),
    /// Something else.
    Other,
}

/// Reads the text of a code.
pub(super) fn read(text: &str, place: &FoundPlace) -> Code {
    // Line ends at the end count in no format; a byte order mark comes along from files.
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() > LONGEST {
        return Code::Other;
    }
    let (format, read) = if text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("SPD*")) {
        (SourceFormat::Spayd, spayd::read(text, place).map(|one| vec![one]))
    } else if text.starts_with("BCD\n") || text.starts_with("BCD\r\n") {
        (SourceFormat::Epc, epc::read(text, place).map(|one| vec![one]))
    } else if let Some(link) = pay_me::link(text) {
        (SourceFormat::PayMe, pay_me::read(&link, place).map(|one| vec![one]))
    } else if by_square::looks_like_one(text) {
        (SourceFormat::PayBySquare, by_square::read(text, place))
    } else {
        return Code::Other;
    };
    read.map_or(Code::Refused(format), Code::Payments)
}

/// The bytes of a code as text: UTF-8 where they are, else what an EPC code declares, else what Slovak and Czech programs write.
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let declared = bytes.starts_with(b"BCD").then(|| bytes.split(|byte| *byte == b'\n').nth(2)).flatten();
    let encoding = declared.map_or(WINDOWS_1250, |number| epc_encoding(number.trim_ascii()));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The character sets of EPC codes by their number.
fn epc_encoding(number: &[u8]) -> &'static Encoding {
    let label: &[u8] = match number {
        b"2" => b"iso-8859-1",
        b"3" => b"iso-8859-2",
        b"4" => b"iso-8859-4",
        b"5" => b"iso-8859-5",
        b"6" => b"iso-8859-7",
        b"7" => b"iso-8859-10",
        b"8" => b"iso-8859-15",
        _ => return UTF_8,
    };
    Encoding::for_label(label).unwrap_or(UTF_8)
}
