//! What is drawn on one page: glyphs and straight lines.

use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph as DrawnGlyph, GlyphRun};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::sight::Sight;

/// A glyph with its place; `y` is the base line, counted from the top.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub advance: f64,
    pub text: String,
    pub vertical: bool,
    /// A shape was drawn over it.
    pub covered: bool,
    /// It was drawn so that nobody sees it.
    pub unseen: bool,
}

/// A horizontal or vertical line: from, to, and where it stands on the other axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    pub from: f64,
    pub to: f64,
    pub at: f64,
}

const MOST_SEGMENTS: usize = 4_000;
const MOST_GLYPHS: usize = 60_000;

/// Everything read from a page.
#[derive(Debug, Default)]
pub(crate) struct PageContent {
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub horizontal: Vec<Segment>,
    pub vertical: Vec<Segment>,
    pub unmapped: usize,
    pub invisible: usize,
    pub images: usize,
    sight: Sight,
}

impl PageContent {
    pub(crate) fn new(height: f32) -> Self {
        Self { height: f64::from(height), ..Self::default() }
    }

    fn flip(&self) -> Affine {
        Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, self.height])
    }

    fn line(&mut self, a: Point, b: Point) {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        if dy < 1.5 && dx > 3.0 && self.horizontal.len() < MOST_SEGMENTS {
            self.horizontal.push(Segment { from: a.x.min(b.x), to: a.x.max(b.x), at: f64::midpoint(a.y, b.y) });
        } else if dx < 1.5 && dy > 3.0 && self.vertical.len() < MOST_SEGMENTS {
            self.vertical.push(Segment { from: a.y.min(b.y), to: a.y.max(b.y), at: f64::midpoint(a.x, b.x) });
        }
    }

    /// A thin filled rectangle is a line; a large one is a frame only if stroked.
    fn thin_rectangle(&mut self, r: Rect) {
        if r.height() < 2.5 && r.width() > 3.0 && self.horizontal.len() < MOST_SEGMENTS {
            self.horizontal.push(Segment { from: r.x0, to: r.x1, at: r.center().y });
        } else if r.width() < 2.5 && r.height() > 3.0 && self.vertical.len() < MOST_SEGMENTS {
            self.vertical.push(Segment { from: r.y0, to: r.y1, at: r.center().x });
        }
    }

    fn stroke(&mut self, path: &BezPath) {
        let (mut current, mut start) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    current = to;
                    start = to;
                }
                PathEl::LineTo(to) => {
                    self.line(current, to);
                    current = to;
                }
                PathEl::ClosePath => {
                    self.line(current, start);
                    current = start;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => current = to,
            }
        }
    }

    /// One filled path may hold several thin rectangles.
    fn fill(&mut self, path: &BezPath) {
        let mut part = BezPath::new();
        for element in path.elements() {
            if matches!(element, PathEl::MoveTo(_)) && part.elements().len() > 2 {
                self.thin_rectangle(part.bounding_box());
                part.truncate(0);
            }
            if matches!(element, PathEl::MoveTo(_)) {
                part.truncate(0);
            }
            part.push(*element);
        }
        if part.elements().len() > 2 {
            self.thin_rectangle(part.bounding_box());
        }
    }
}

impl Device<'_> for PageContent {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        if path.elements().len() > 20_000 {
            return;
        }
        let placed = self.flip() * props.transform * path.clone();
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.sight.filled(&placed, &props, &mut self.glyphs);
        }
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            self.stroke(&placed);
        } else if placed.elements().first().is_some_and(|e| matches!(e, PathEl::MoveTo(_))) {
            self.fill(&placed);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.sight.push_clip(self.flip() * clip.path.clone());
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'_>>, blend: BlendMode) {
        self.sight.push_group(opacity > 0.95 && mask.is_none() && matches!(blend, BlendMode::Normal));
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        let flip = self.flip();
        let vertical = format!("{:?}", run.writing_mode()).contains("Vert");
        let invisible = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MOST_GLYPHS {
                return;
            }
            let transform = flip * props.transform * glyph.transform();
            let origin = transform * Point::ZERO;
            let [a, b, ..] = transform.as_coeffs();
            let scale = a.hypot(b);
            let advance = match &**glyph {
                DrawnGlyph::Outline(outline) => outline.advance_width().unwrap_or(0.0),
                DrawnGlyph::Type3(shape) => shape.advance_width().unwrap_or(0.0),
            };
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => super::radical::ideograph(c).to_string(),
                Some(BfString::String(text)) => text.chars().map(super::radical::ideograph).collect(),
                None => {
                    self.unmapped += 1;
                    continue;
                }
            };
            if !origin.x.is_finite() || !origin.y.is_finite() || !scale.is_finite() {
                continue;
            }
            self.invisible += usize::from(invisible);
            let advance = f64::from(advance) * scale;
            let mut glyph = Glyph {
                x: origin.x,
                y: origin.y,
                size: scale * 1000.0,
                advance,
                text,
                vertical,
                covered: false,
                unseen: false,
            };
            glyph.unseen = self.sight.is_unseen(&glyph, &props, mode);
            self.glyphs.push(glyph);
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, props: ImageDrawProps<'_>) {
        self.images += 1;
        self.sight.pictured(self.flip() * props.transform);
    }

    fn pop_clip(&mut self) {
        self.sight.pop_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.sight.pop_group();
    }
}
