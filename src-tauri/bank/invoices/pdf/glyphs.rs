//! The words of a page: its letters by where they stand, put into lines.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect};

/// Most letters of a page.
const MOST: usize = 100_000;
/// Places are whole numbers of hundredths of a point.
const FINE: f64 = 100.0;

struct Letter {
    x: i64,
    y: i64,
    /// The size of the font.
    size: i64,
    text: String,
}

/// The words of a page, line by line.
pub(super) fn words(page: &Page<'_>) -> String {
    let cache = InterpreterCache::new();
    let place = Affine::scale(FINE) * page.initial_transform(true).to_kurbo();
    let everything = Rect::new(-1e9, -1e9, 1e9, 1e9);
    let mut context = Context::new(place, everything, &cache, page.xref(), InterpreterSettings::default());
    let mut letters = Letters(Vec::new());
    interpret_page(page, &mut context, &mut letters);
    lines(letters.0)
}

fn lines(mut letters: Vec<Letter>) -> String {
    letters.sort_by_key(|letter| letter.y);
    let mut lines: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match lines.last_mut().filter(|line| line.last().is_some_and(|last| letter.y - last.y <= letter.size / 3)) {
            Some(line) => line.push(letter),
            None => lines.push(vec![letter]),
        }
    }
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The letters of a line from left to right. A gap wider than a letter is a space; a narrower one may be the width of a letter.
fn line(mut letters: Vec<Letter>) -> String {
    letters.sort_by_key(|letter| letter.x);
    let mut text = String::new();
    let mut before: Option<i64> = None;
    for letter in &letters {
        if before.is_some_and(|x| letter.x - x > letter.size) {
            text.push(' ');
        }
        before = Some(letter.x);
        text.push_str(&letter.text);
    }
    text
}

struct Letters(Vec<Letter>);

impl Device<'_> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(text)) => text,
                None => continue,
            };
            if self.0.len() >= MOST {
                return;
            }
            let place = props.transform * glyph.transform();
            let (at, above) = (place * Point::ORIGIN, place * Point::new(0.0, 1_000.0));
            let size = ((above.y as i64) - (at.y as i64)).abs().max(1);
            self.0.push(Letter { x: at.x as i64, y: at.y as i64, size, text });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
