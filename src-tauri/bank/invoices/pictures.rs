//! QR codes in pictures: several on one, turned, inverted, and a little out of focus.

use image::{DynamicImage, GrayImage, ImageReader, Limits, imageops};
use rqrr::PreparedImage;
use std::collections::BTreeSet;
use std::io::Cursor;

/// Widest and highest picture, in pixels.
const LONGEST_SIDE: u32 = 12_000;
/// Most pixels of a picture.
const MOST_PIXELS: u64 = 50_000_000;
/// Most memory that a decoder may ask for, in bytes.
const MOST_MEMORY: u64 = 400_000_000;
/// Longer sides are made shorter before codes are looked for: a code on a page is still read, and in time.
const LOOKED_AT: u32 = 3_000;
/// Smaller pictures are made larger when nothing was found.
const SMALL: u32 = 1_200;
/// Most codes of one picture.
const MOST_CODES: usize = 20;

/// Why a picture was not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PictureProblem {
    TooLarge,
    Damaged,
}

/// Whether a file is a picture of a kind that is read.
pub(super) fn is_one(file: &[u8]) -> bool {
    file.starts_with(b"\x89PNG\r\n\x1a\n") || file.starts_with(b"\xff\xd8\xff")
}

/// The bytes of each code in a picture, each once.
pub(super) fn codes_of_file(file: &[u8]) -> Result<Vec<Vec<u8>>, PictureProblem> {
    Ok(codes(&decoded(file)?))
}

fn decoded(file: &[u8]) -> Result<GrayImage, PictureProblem> {
    let reader = || {
        let mut reader =
            ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| PictureProblem::Damaged)?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        Ok(reader)
    };
    let (width, height) = reader()?.into_dimensions().map_err(|_| PictureProblem::Damaged)?;
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureProblem::TooLarge);
    }
    reader()?.decode().map(on_white).map_err(|_| PictureProblem::Damaged)
}

/// In grey, with what is transparent as white: as the window that it was copied from shows it.
fn on_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let picture = picture.into_luma_alpha8();
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [grey, opaque] = picture.get_pixel(x, y).0.map(u32::from);
        let mixed = (grey * opaque + 255 * (255 - opaque)) / 255;
        image::Luma([u8::try_from(mixed).unwrap_or(255)])
    })
}

/// The bytes of each code in a picture that somebody took or copied, each once.
fn codes(picture: &GrayImage) -> Vec<Vec<u8>> {
    let longest = picture.width().max(picture.height());
    let fitting = if longest > LOOKED_AT { scaled(picture, LOOKED_AT, longest) } else { picture.clone() };
    let mut found = codes_of_drawing(&fitting);
    if found.is_empty() && longest < SMALL {
        found = codes_of_drawing(&scaled(picture, 2, 1));
    }
    if found.is_empty() {
        // Out of focus.
        found = codes_of_drawing(&imageops::unsharpen(&fitting, 4.0, 0));
    }
    found
}

/// The bytes of each code in a picture that is as sharp as it was drawn, dark on light or light on dark, each once.
pub(super) fn codes_of_drawing(picture: &GrayImage) -> Vec<Vec<u8>> {
    let mut found = BTreeSet::new();
    let pixels = picture.as_raw();
    if pixels.iter().all(|pixel| Some(pixel) == pixels.first()) {
        return Vec::new();
    }
    look(picture, &mut found);
    let mut inverted = picture.clone();
    imageops::invert(&mut inverted);
    look(&inverted, &mut found);
    found.into_iter().take(MOST_CODES).collect()
}

fn look(picture: &GrayImage, found: &mut BTreeSet<Vec<u8>>) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.as_raw();
    let at = |x: usize, y: usize| pixels.get(y * width + x).copied().unwrap_or(255);
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, at);
    for grid in prepared.detect_grids().into_iter().take(MOST_CODES) {
        let mut bytes = Vec::new();
        if grid.decode_to(&mut bytes).is_ok() && !bytes.is_empty() {
            found.insert(bytes);
        }
    }
}

/// The picture larger or smaller in a ratio of whole numbers.
fn scaled(picture: &GrayImage, to: u32, from: u32) -> GrayImage {
    let side = |side: u32| u32::try_from(u64::from(side) * u64::from(to) / u64::from(from.max(1))).unwrap_or(1).max(1);
    imageops::resize(picture, side(picture.width()), side(picture.height()), imageops::FilterType::Triangle)
}
