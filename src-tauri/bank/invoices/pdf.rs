//! PDF: the invoices that are attached to it, the codes on its pages, and its words. Pages are drawn, so that a code is seen however it
//! got there: as a picture, as rectangles, or in pieces.

mod glyphs;

use hayro::hayro_interpret::{InterpreterSettings, hayro_syntax};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_syntax::object::dict::Dict;
use hayro_syntax::object::{Name, Object, Stream, String as Text};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};
use image::GrayImage;
use miniz_oxide::inflate::{DecompressError, TINFLStatus, decompress_to_vec_zlib_with_limit};
use std::sync::Arc;

/// Most pages that are looked at.
pub(super) const MOST_PAGES: usize = 25;
/// Most attached files that are looked at.
const MOST_ATTACHED: usize = 20;
/// Largest attached file, in bytes.
const LARGEST_ATTACHED: usize = 20_000_000;
/// Most bytes that one stream, and all streams of a file, may unpack to.
const LARGEST_STREAM: usize = 100_000_000;
const LARGEST_FILE: usize = 400_000_000;
/// Most pixels of a picture in a file.
const MOST_PIXELS: u64 = 50_000_000;
/// Most pixels of a drawn page.
const PAGE_PIXELS: u64 = 12_000_000;

/// Why a PDF was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PdfProblem {
    /// Only with a password.
    Encrypted,
    Damaged,
    /// It would unpack to more than is looked at.
    TooLarge,
}

/// Whether a file is a PDF: some programs write a line before its head.
pub(super) fn is_one(file: &[u8]) -> bool {
    file.get(..file.len().min(1_024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// A PDF that was opened.
pub(super) struct Document(Pdf);

impl Document {
    pub(super) fn open(file: &[u8]) -> Result<Self, PdfProblem> {
        if unpacks_too_far(file) {
            return Err(PdfProblem::TooLarge);
        }
        let pdf = Pdf::new(Arc::new(file.to_vec())).map_err(|problem| match problem {
            LoadPdfError::Decryption(_) => PdfProblem::Encrypted,
            LoadPdfError::Invalid => PdfProblem::Damaged,
        })?;
        if pdf.objects().into_iter().any(|object| is_huge_picture(&object)) {
            return Err(PdfProblem::TooLarge);
        }
        Ok(Self(pdf))
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// The attached files with their names.
    pub(super) fn attached(&self) -> Vec<(String, Vec<u8>)> {
        let (mut files, mut seen) = (Vec::new(), Vec::new());
        let mut take = |name: String, stream: &Stream<'_>| {
            if files.len() < MOST_ATTACHED && !seen.contains(&stream.obj_id()) {
                seen.push(stream.obj_id());
                let data = stream.decoded().ok().filter(|data| data.len() <= LARGEST_ATTACHED);
                files.extend(data.map(|data| (name, data.into_owned())));
            }
        };
        for object in self.0.objects() {
            let Object::Dict(specification) = object else { continue };
            let Some(file) = specification.get::<Dict<'_>>("EF") else { continue };
            if let Some(stream) = file.get::<Stream<'_>>("F").or_else(|| file.get::<Stream<'_>>("UF")) {
                let name = specification.get::<Text<'_>>("UF").or_else(|| specification.get::<Text<'_>>("F"));
                take(name.map(|name| file_name(name.as_bytes())).unwrap_or_default(), &stream);
            }
        }
        // Those that nothing but a list in the catalogue names.
        for object in self.0.objects() {
            let Object::Stream(stream) = object else { continue };
            if stream.dict().get::<Name<'_>>("Type").is_some_and(|name| name.as_str() == "EmbeddedFile") {
                take(String::new(), &stream);
            }
        }
        files
    }

    /// Each page as it looks, in grey.
    pub(super) fn drawn(&self) -> impl Iterator<Item = GrayImage> {
        let (cache, settings) = (RenderCache::new(), InterpreterSettings::default());
        self.0.pages().iter().take(MOST_PAGES).filter_map(move |page| {
            let scale = scale(page)?;
            let target = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
            let drawn = hayro::render(page, &cache, &settings, &RenderSettings::default(), &target);
            let grey = drawn.data_as_u8_slice().chunks_exact(4).map(|pixel| match pixel {
                [red, green, blue, _] => {
                    u8::try_from((2 * u32::from(*red) + 5 * u32::from(*green) + u32::from(*blue)) / 8).unwrap_or(255)
                }
                _ => 255,
            });
            GrayImage::from_raw(u32::from(drawn.width()), u32::from(drawn.height()), grey.collect())
        })
    }

    /// The words of each page, line by line.
    pub(super) fn words(&self) -> impl Iterator<Item = String> {
        self.0.pages().iter().take(MOST_PAGES).map(glyphs::words)
    }
}

/// How much larger than in points a page is drawn: as sharp as its pixels allow. None for a page without a size.
fn scale(page: &Page<'_>) -> Option<f32> {
    let (width, height) = page.render_dimensions();
    let points = (width as u64).checked_mul(height as u64).filter(|points| *points > 0)?;
    let fits = |scale: u64| points.checked_mul(scale * scale).is_some_and(|pixels| pixels <= PAGE_PIXELS * 4);
    // In halves: 3, 2, 1, a half.
    [6_u64, 4, 2, 1].into_iter().zip([3.0, 2.0, 1.0, 0.5]).find_map(|(halves, scale)| fits(halves).then_some(scale))
}

/// A file's name as PDF writes texts: UTF-16 with a mark, or bytes; without a folder.
fn file_name(bytes: &[u8]) -> String {
    let name = crate::statements::text::decode(bytes);
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(100).collect()
}

/// Whether a stream is a picture of more pixels than are looked at.
fn is_huge_picture(object: &Object<'_>) -> bool {
    let Object::Stream(stream) = object else { return false };
    let side = |name: &str| u64::from(stream.dict().get::<u32>(name).unwrap_or(0));
    side("Width").saturating_mul(side("Height")) > MOST_PIXELS
}

/// Whether what is packed in a file would unpack to more than a file may hold: asked of every place where a stream may begin, before
/// anything reads it.
fn unpacks_too_far(file: &[u8]) -> bool {
    let mut all = 0_usize;
    let mut rest = file;
    while let Some(at) = rest.windows(6).position(|window| window == b"stream") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let packed =
            rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
        // Deflate with a head of zlib; everything else stays as large as it is, or grows a little.
        let Some(packed) = packed.filter(|packed| packed.first().is_some_and(|byte| byte & 0x0f == 8)) else {
            continue;
        };
        let size = match decompress_to_vec_zlib_with_limit(packed, LARGEST_STREAM) {
            Ok(unpacked) => unpacked.len(),
            Err(DecompressError { status: TINFLStatus::HasMoreOutput, .. }) => return true,
            Err(DecompressError { output, .. }) => output.len(),
        };
        all = all.saturating_add(size);
        if all > LARGEST_FILE {
            return true;
        }
    }
    false
}
