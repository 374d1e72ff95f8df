//! Invoices and payment codes: bytes in, payments out, each with where it was read and what is to be looked at. Nothing is paid or filled
//! in from here; the window shows what was read and the owner decides.
//!
//! `codes` are the texts of QR codes, `pictures` finds them, `documents` are electronic invoices, `pdf` is what they come in,
//! `words` what is written for people. `writing` and `asking` are the other way: codes for being paid.

mod asking;
mod codes;
mod documents;
mod found;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod pdf;
mod pictures;
mod words;
mod writing;

#[cfg(test)]
mod tests;

pub use asking::{RequestCheck, RequestInput, ask, picture};
pub use found::{DoubtKind, FieldDoubt, FoundPayment, FoundPlace, FoundSource, SourceFormat, Unpayable};
pub use writing::PaymentCode;

use crate::archive;
use crate::payments::Field;
use crate::settings::Language;
use crate::statements::text;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::NaiveDate;
use codes::Code;
use documents::DocumentProblem;
use pdf::PdfProblem;
use pictures::PictureProblem;
use serde::Serialize;
use specta::Type;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Largest file, in bytes.
pub const LARGEST: usize = 20_000_000;
/// How long a file may take to be read: much longer than an owner waits.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most payments of one file.
const MOST_PAYMENTS: usize = 24;
/// Longest file that is read as words, in bytes.
const LONGEST_WORDS: usize = 1_000_000;

/// What has to be said of a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReadingWarning {
    /// No payment stands in it.
    NothingFound,
    /// A file of a kind that is not read.
    Unknown,
    /// It cannot be read: it is damaged, or not what its beginning says.
    Damaged,
    /// Larger than what is read.
    TooLarge,
    /// It needs a password.
    Encrypted,
    /// Only its beginning was read.
    CutShort,
    /// This system lets no program ask for a picture of the screen.
    NoCapture,
    /// A payment code that is damaged, or not one to pay by.
    Refused {
        /// Which.
        format: SourceFormat,
    },
    /// A code that has nothing to do with payments.
    OtherCode,
    /// What was read in two places differs in these fields.
    Disagree {
        /// Which, in the order of the form.
        fields: Vec<Field>,
    },
}

/// What was read. Each payment apart, however much they have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceReading {
    /// The file's name, where there is a file.
    pub name: Option<String>,
    /// The payments, the surest source first.
    pub payments: Vec<FoundPayment>,
    /// What has to be said of all of it.
    pub warnings: Vec<ReadingWarning>,
}

impl InvoiceReading {
    /// Where nothing could be read, and why.
    pub fn of_nothing(why: ReadingWarning) -> Self {
        Self { warnings: vec![why], ..Self::default() }
    }
}

/// Reads a file or a pasted text. `language` is the one of the window: words and amounts for people are read in it. `today` is the day of
/// reading.
pub fn read(file: &[u8], language: Language, today: NaiveDate) -> InvoiceReading {
    let mut reading = Reader { found: Vec::new(), warnings: Vec::new(), language };
    if file.len() > LARGEST {
        reading.warn(ReadingWarning::TooLarge);
    } else {
        reading.file(file, &FoundPlace::Itself);
    }
    reading.done(today)
}

/// Reads a file that the owner chose. What cannot be had of it is said like everything else.
pub fn of_file(path: &Path, language: Language, today: NaiveDate) -> InvoiceReading {
    let mut file = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let had = File::open(path).and_then(|open| open.take(most).read_to_end(&mut file));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let reading = match had {
        Ok(_) => whatever_happens(move || read(&file, language, today), PATIENCE),
        Err(error) => {
            tracing::warn!(kind = ?error.kind(), "the chosen invoice cannot be read");
            InvoiceReading::of_nothing(ReadingWarning::Damaged)
        }
    };
    InvoiceReading { name, ..reading }
}

/// Reads a file or a text in base 64, with its name where it has one.
pub fn of_base64(file: &str, name: Option<String>, language: Language, today: NaiveDate) -> InvoiceReading {
    let reading = match BASE64_STANDARD.decode(file) {
        Ok(file) => whatever_happens(move || read(&file, language, today), PATIENCE),
        Err(_) => InvoiceReading::of_nothing(ReadingWarning::Damaged),
    };
    InvoiceReading { name, ..reading }
}

/// The libraries that unpack pictures and draw pages have readers of many formats in them. Where one of them gives up on a file, or
/// finds no end, the file is at fault and nothing else. What finds no end keeps its thread until Saldo ends.
fn whatever_happens(read: impl FnOnce() -> InvoiceReading + Send + 'static, patience: Duration) -> InvoiceReading {
    let (tell, told) = mpsc::channel();
    // Nobody listens any more when it comes too late.
    let begun = thread::Builder::new().name("invoice".into()).spawn(move || drop(tell.send(read())));
    let told = begun.map_err(|_| RecvTimeoutError::Disconnected).and_then(|_| told.recv_timeout(patience));
    told.unwrap_or_else(|why| {
        InvoiceReading::of_nothing(match why {
            RecvTimeoutError::Timeout => ReadingWarning::TooLarge,
            RecvTimeoutError::Disconnected => ReadingWarning::Damaged,
        })
    })
}

struct Reader {
    found: Vec<FoundPayment>,
    warnings: Vec<ReadingWarning>,
    language: Language,
}

impl Reader {
    fn warn(&mut self, warning: ReadingWarning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn file(&mut self, file: &[u8], place: &FoundPlace) {
        if pdf::is_one(file) {
            self.pdf(file);
        } else if pictures::is_one(file) {
            match pictures::codes_of_file(file) {
                Ok(codes) => self.codes(&codes, &FoundPlace::Picture),
                Err(PictureProblem::TooLarge) => self.warn(ReadingWarning::TooLarge),
                Err(PictureProblem::Damaged) => self.warn(ReadingWarning::Damaged),
            }
        } else if archive::is_one(file) {
            for (name, inside) in archive::files(file, &[".isdoc", ".xml"]) {
                self.document(&inside, &FoundPlace::Inside { name });
            }
        } else if file.len() > LONGEST_WORDS && !file.trim_ascii_start().starts_with(b"<") {
            self.warn(ReadingWarning::Unknown);
        } else {
            self.words(file, place);
        }
    }

    /// A text: a code, an electronic invoice, or words.
    fn words(&mut self, file: &[u8], place: &FoundPlace) {
        let text = text::decode(file);
        if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
            return self.document(file, place);
        }
        if text.contains('\0') {
            return self.warn(ReadingWarning::Unknown);
        }
        match codes::read(&text, place) {
            Code::Payments(payments) => self.found.extend(payments),
            Code::Refused(format) => self.warn(ReadingWarning::Refused { format }),
            Code::Other => self.found.extend(words::read(&text, place, self.language)),
        }
    }

    fn document(&mut self, file: &[u8], place: &FoundPlace) {
        match documents::read(text::decode(file).trim_start_matches('\u{feff}').trim_start(), place) {
            Ok(payments) => self.found.extend(payments),
            // Something else may be attached to an invoice, or lie beside it.
            Err(_) if *place != FoundPlace::Itself => {}
            Err(DocumentProblem::Unknown) => self.warn(ReadingWarning::Unknown),
            Err(DocumentProblem::Damaged) => self.warn(ReadingWarning::Damaged),
        }
    }

    fn pdf(&mut self, file: &[u8]) {
        let document = match pdf::Document::open(file) {
            Ok(document) => document,
            Err(problem) => {
                return self.warn(match problem {
                    PdfProblem::Encrypted => ReadingWarning::Encrypted,
                    PdfProblem::Damaged => ReadingWarning::Damaged,
                    PdfProblem::TooLarge => ReadingWarning::TooLarge,
                });
            }
        };
        if document.pages() > pdf::MOST_PAGES {
            self.warn(ReadingWarning::CutShort);
        }
        for (name, attached) in document.attached() {
            self.document(&attached, &FoundPlace::Inside { name });
        }
        for (number, page) in (1..).zip(document.drawn()) {
            self.codes(&pictures::codes_of_drawing(&page), &FoundPlace::Page { number });
        }
        // Words only where nothing surer says what to pay.
        if self.found.is_empty() {
            for (number, words) in (1..).zip(document.words()) {
                self.found.extend(words::read(&words, &FoundPlace::Page { number }, self.language));
            }
        }
    }

    fn codes(&mut self, codes: &[Vec<u8>], place: &FoundPlace) {
        for bytes in codes {
            match codes::read(&codes::text_of(bytes), place) {
                Code::Payments(payments) => self.found.extend(payments),
                Code::Refused(format) => self.warn(ReadingWarning::Refused { format }),
                Code::Other => self.warn(ReadingWarning::OtherCode),
            }
        }
    }

    fn done(mut self, today: NaiveDate) -> InvoiceReading {
        self.found.retain(FoundPayment::says_something);
        if self.found.len() > MOST_PAYMENTS {
            self.found.truncate(MOST_PAYMENTS);
            self.warn(ReadingWarning::CutShort);
        }
        let fields = disagreement(&self.found);
        if !fields.is_empty() {
            self.warn(ReadingWarning::Disagree { fields });
        }
        let unread =
            |warning: &ReadingWarning| !matches!(warning, ReadingWarning::OtherCode | ReadingWarning::CutShort);
        if self.found.is_empty() && !self.warnings.iter().any(unread) {
            self.warn(ReadingWarning::NothingFound);
        }
        let payments = self.found.into_iter().map(|found| found.settled(today)).collect();
        InvoiceReading { name: None, payments, warnings: self.warnings }
    }
}

/// Where payments of different formats differ: two ways of saying one thing should say the same. Several of one format are several
/// payments.
fn disagreement(found: &[FoundPayment]) -> Vec<Field> {
    let pairs =
        || found.iter().enumerate().flat_map(|(at, one)| found.iter().skip(at + 1).map(move |other| (one, other)));
    let pairs = || pairs().filter(|(one, other)| one.source.format != other.source.format);
    let differ = |field: Field| {
        pairs().any(|(one, other)| match field {
            Field::Account => one.account.is_some() && other.account.is_some() && one.account != other.account,
            Field::Amount => one.amount.is_some() && other.amount.is_some() && one.amount != other.amount,
            Field::PayOn => one.due.is_some() && other.due.is_some() && one.due != other.due,
            Field::VariableSymbol => {
                let symbols = (one.variable_symbol.as_deref(), other.variable_symbol.as_deref());
                symbols.0.is_some() && symbols.1.is_some() && !crate::symbols::same(symbols.0, symbols.1)
            }
            _ => false,
        })
    };
    [Field::Account, Field::Amount, Field::PayOn, Field::VariableSymbol]
        .into_iter()
        .filter(|field| differ(*field))
        .collect()
}
