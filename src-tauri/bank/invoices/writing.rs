//! Codes for being paid: PAY by square, QR Platba and EPC, drawn as QR codes.

use super::codes;
use super::found::SourceFormat;
use crate::money::{Currency, Money};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;
use specta::Type;

/// White modules around a code, which readers need.
const QUIET: i32 = 4;
/// Pixels of a module in a picture.
const PIXELS: usize = 8;

/// What somebody is asked to pay. Texts as typed; symbols in digits, or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaymentWanted {
    /// The IBAN to pay to, without spaces.
    pub(super) account: String,
    pub(super) payee: String,
    pub(super) currency: Currency,
    /// None: the payer fills it in.
    pub(super) amount: Option<Money>,
    pub(super) variable_symbol: String,
    pub(super) specific_symbol: String,
    pub(super) constant_symbol: String,
    pub(super) message: String,
}

impl PaymentWanted {
    /// The message with the symbols before it, for a code that has no fields for them.
    pub(super) fn message_with_symbols(&self) -> String {
        let symbols = [("VS", &self.variable_symbol), ("SS", &self.specific_symbol), ("KS", &self.constant_symbol)];
        let named =
            symbols.iter().filter(|(_, digits)| !digits.is_empty()).map(|(name, digits)| format!("{name}{digits}"));
        named.chain(std::iter::once(self.message.clone())).collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

/// A code to be paid by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaymentCode {
    /// In what it is written.
    pub format: SourceFormat,
    /// Its text, as a reader of codes reads it.
    pub text: String,
    /// The width and height of the drawing in modules, with the white around it.
    pub size: u32,
    /// The dark modules, as the `d` of an SVG path in a view box of that size.
    pub path: String,
}

impl PaymentCode {
    fn new(format: SourceFormat, text: String) -> Option<Self> {
        let code = QrCode::encode_text(&text, QrCodeEcc::Medium).ok()?;
        Some(Self { format, text, size: u32::try_from(code.size() + 2 * QUIET).ok()?, path: path(&code) })
    }

    /// The code as a PNG picture.
    pub fn picture(&self) -> Option<Vec<u8>> {
        let code = QrCode::encode_text(&self.text, QrCodeEcc::Medium).ok()?;
        let (side, mut pixels) = (usize::try_from(self.size).ok()? * PIXELS, Vec::new());
        let module = |pixel: usize| i32::try_from(pixel / PIXELS).unwrap_or(0) - QUIET;
        for y in 0..side {
            pixels.extend((0..side).map(|x| if code.get_module(module(x), module(y)) { 0_u8 } else { 255 }));
        }
        let (side, mut file) = (u32::try_from(side).ok()?, Vec::new());
        PngEncoder::new(&mut file).write_image(&pixels, side, side, ExtendedColorType::L8).ok()?;
        Some(file)
    }
}

/// All codes that can be written for what is wanted. An EPC code is for euros, and for a payee with a name.
pub(super) fn all(wanted: &PaymentWanted) -> Vec<PaymentCode> {
    let texts = [
        (SourceFormat::PayBySquare, codes::by_square(wanted)),
        (SourceFormat::Spayd, Some(codes::spayd(wanted))),
        (SourceFormat::Epc, codes::epc(wanted)),
    ];
    texts.into_iter().filter_map(|(format, text)| PaymentCode::new(format, text?)).collect()
}

/// Rows of dark modules as rectangles of one module's height.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}
