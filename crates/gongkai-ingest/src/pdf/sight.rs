//! Which glyphs of a page a reader sees: not those under a box drawn later, not those in the colour of the paper.
//!
//! What is drawn and how it looks are told apart by area alone: a glyph counts as covered where an opaque shape drawn after
//! it holds its middle.

use hayro_interpret::{BlendMode, DrawMode, DrawProps, Paint};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::page::Glyph;

/// How many comparisons of shapes with glyphs a page may cost.
const COMPARISONS: usize = 40_000_000;
/// How many shapes are remembered to tell white writing on dark ground from white writing on paper.
const GROUNDS: usize = 4_000;

/// What has been drawn so far, as far as it decides about what shows.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    clips: Vec<BezPath>,
    groups: Vec<bool>,
    grounds: Vec<Rect>,
    compared: usize,
}

/// Red, green, blue and opacity, each from 0 to 1; `None` for a pattern.
fn colour(paint: &Paint<'_>) -> Option<[f32; 4]> {
    match paint {
        Paint::Color(colour) => Some(colour.to_rgba().components()),
        Paint::Pattern(_) => None,
    }
}

fn is_white([red, green, blue, _]: [f32; 4]) -> bool {
    red > 0.97 && green > 0.97 && blue > 0.97
}

impl Sight {
    pub(crate) fn push_clip(&mut self, path: BezPath) {
        self.clips.push(path);
    }

    pub(crate) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    pub(crate) fn push_group(&mut self, opaque: bool) {
        self.groups.push(opaque);
    }

    pub(crate) fn pop_group(&mut self) {
        self.groups.pop();
    }

    fn is_opaque(&self, props: &DrawProps<'_>) -> bool {
        let solid = colour(&props.paint).is_none_or(|[.., opacity]| opacity > 0.95);
        solid
            && props.soft_mask.is_none()
            && matches!(props.blend_mode, BlendMode::Normal)
            && self.groups.iter().all(|opaque| *opaque)
    }

    /// A shape was filled: what it covers no longer shows.
    pub(crate) fn filled(&mut self, path: &BezPath, props: &DrawProps<'_>, glyphs: &mut [Glyph]) {
        let bounds = path.bounding_box();
        if !bounds.is_finite() || bounds.width() < 4.0 || bounds.height() < 4.0 {
            return;
        }
        let white = colour(&props.paint).is_some_and(is_white);
        if !white && self.grounds.len() < GROUNDS {
            self.grounds.push(bounds);
        }
        if !self.is_opaque(props) {
            return;
        }
        for glyph in glyphs.iter_mut().filter(|glyph| !glyph.covered) {
            self.compared = self.compared.saturating_add(1);
            if self.compared > COMPARISONS {
                return;
            }
            let middle = middle(glyph);
            if bounds.contains(middle)
                && path.contains(middle)
                && self.clips.iter().all(|clip| clip.bounding_box().contains(middle) && clip.contains(middle))
            {
                glyph.covered = true;
            }
        }
    }

    /// A picture was drawn: light writing on it shows.
    pub(crate) fn pictured(&mut self, transform: Affine) {
        if self.grounds.len() < GROUNDS {
            self.grounds.push(transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)));
        }
    }

    /// Whether a glyph does not show from the beginning: drawn as nothing, or white on white.
    pub(crate) fn is_unseen(&self, glyph: &Glyph, props: &DrawProps<'_>, mode: &DrawMode) -> bool {
        if matches!(mode, DrawMode::Invisible) {
            return true;
        }
        let Some(colour) = colour(&props.paint) else { return false };
        let [.., opacity] = colour;
        let middle = middle(glyph);
        opacity < 0.04 || is_white(colour) && !self.grounds.iter().any(|ground| ground.contains(middle))
    }
}

/// A point within the body of a glyph.
fn middle(glyph: &Glyph) -> Point {
    let (size, advance) = (glyph.size, glyph.advance.max(glyph.size * 0.3));
    Point::new(glyph.x + advance / 2.0, glyph.y - size * 0.35)
}
