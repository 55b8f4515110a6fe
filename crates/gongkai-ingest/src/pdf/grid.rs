//! Ruling lines to tables: grid boxes with no line between them are one cell.

use gongkai_manuscript::{Bounds, Cell, Place, Table};

use super::page::{Glyph, PageContent, Segment};

/// A table of a page with the rectangle it covers.
#[derive(Debug)]
pub(crate) struct PageTable {
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub right: f64,
    pub table: Table,
}

/// Distinct values within a tolerance.
fn distinct(mut values: Vec<f64>, tolerance: f64) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    for value in values {
        if out.last().is_none_or(|last| value - last >= tolerance) {
            out.push(value);
        }
    }
    out
}

fn covered(segments: &[Segment], at: f64, middle: f64) -> bool {
    segments.iter().any(|s| (s.at - at).abs() < 2.0 && s.from - 1.5 <= middle && s.to + 1.5 >= middle)
}

/// Bands of the page in which vertical lines run.
fn bands(page: &PageContent) -> Vec<(f64, f64)> {
    let mut bands: Vec<(f64, f64)> = page.vertical.iter().map(|s| (s.from, s.to)).collect();
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for band in bands {
        match merged.last_mut() {
            Some(last) if band.0 <= last.1 + 2.5 => last.1 = last.1.max(band.1),
            _ => merged.push(band),
        }
    }
    merged
}

fn root(parents: &mut [usize], start: usize) -> usize {
    let mut at = start;
    while let Some(&up) = parents.get(at)
        && up != at
    {
        at = up;
    }
    // Shorten the way for the next question.
    let mut walk = start;
    while let Some(slot) = parents.get_mut(walk)
        && *slot != at
    {
        walk = std::mem::replace(slot, at);
    }
    at
}

struct Boxes {
    xs: Vec<f64>,
    ys: Vec<f64>,
}

impl Boxes {
    /// Groups of boxes as (first row, last row, first column, last column).
    fn merged(&self, horizontal: &[Segment], vertical: &[Segment]) -> Vec<(usize, usize, usize, usize)> {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut parents: Vec<usize> = (0..columns * rows).collect();
        let middle = |values: &[f64], i: usize| {
            f64::midpoint(values.get(i).copied().unwrap_or(0.0), values.get(i + 1).copied().unwrap_or(0.0))
        };
        for row in 0..rows {
            for column in 0..columns {
                let here = row * columns + column;
                let mut join = |other: usize| {
                    let (a, b) = (root(&mut parents, here), root(&mut parents, other));
                    if let Some(slot) = parents.get_mut(b) {
                        *slot = a;
                    }
                };
                if column + 1 < columns
                    && !covered(vertical, self.xs.get(column + 1).copied().unwrap_or(0.0), middle(&self.ys, row))
                {
                    join(here + 1);
                }
                if row + 1 < rows
                    && !covered(horizontal, self.ys.get(row + 1).copied().unwrap_or(0.0), middle(&self.xs, column))
                {
                    join(here + columns);
                }
            }
        }
        let mut groups: std::collections::BTreeMap<usize, (usize, usize, usize, usize)> =
            std::collections::BTreeMap::new();
        for row in 0..rows {
            for column in 0..columns {
                let group = root(&mut parents, row * columns + column);
                let entry = groups.entry(group).or_insert((row, row, column, column));
                *entry = (entry.0.min(row), entry.1.max(row), entry.2.min(column), entry.3.max(column));
            }
        }
        groups.into_values().collect()
    }
}

/// Text of the glyphs within a rectangle, top to bottom, left to right; copies of fake bold dropped.
pub(crate) fn text_of(mut glyphs: Vec<&Glyph>) -> String {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    // Lines: glyphs whose base lines are less than half a size apart.
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| (glyph.y - last.y).abs() < glyph.size.max(1.0) * 0.5) => {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    let mut out = String::new();
    for mut line in lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        for glyph in drop_copies(line) {
            out.push_str(&glyph.text);
        }
    }
    out.split_whitespace().collect()
}

/// Fake bold paints a glyph twice, slightly apart.
pub(crate) fn drop_copies(line: Vec<&Glyph>) -> Vec<&Glyph> {
    let mut kept: Vec<&Glyph> = Vec::with_capacity(line.len());
    for glyph in line {
        let copy = kept.iter().rev().take(4).any(|k| {
            k.text == glyph.text && (k.x - glyph.x).abs() < glyph.size * 0.2 && (k.y - glyph.y).abs() < glyph.size * 0.2
        });
        if !copy {
            kept.push(glyph);
        }
    }
    kept
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a place on a page fits, and `as` saturates"
)]
pub(crate) fn tenths(value: f64) -> i32 {
    (value * 10.0).round() as i32
}

/// The tables of a page, top to bottom.
pub(crate) fn tables(page: &PageContent, number: u32) -> Vec<PageTable> {
    let mut found = Vec::new();
    for (top, bottom) in bands(page) {
        let within = |s: &&Segment| s.from >= top - 3.0 && s.to <= bottom + 3.0;
        let vertical: Vec<Segment> = page.vertical.iter().filter(within).copied().collect();
        let horizontal: Vec<Segment> =
            page.horizontal.iter().filter(|s| s.at >= top - 3.0 && s.at <= bottom + 3.0).copied().collect();
        let xs = distinct(vertical.iter().map(|s| s.at).collect(), 2.5);
        // A row cut by the end of the page has no line below: the ends of the vertical lines close it.
        let mut ys: Vec<f64> = horizontal.iter().map(|s| s.at).collect();
        ys.extend([top, bottom]);
        let ys = distinct(ys, 2.5);
        if xs.len() < 3 || ys.len() < 2 || xs.len() * ys.len() > 6_000 {
            continue;
        }
        let boxes = Boxes { xs, ys };
        let edge = |values: &[f64], i: usize| values.get(i).copied().unwrap_or(0.0);
        let mut cells: Vec<Cell> = Vec::new();
        for (first_row, last_row, first_column, last_column) in boxes.merged(&horizontal, &vertical) {
            let (left, right) = (edge(&boxes.xs, first_column), edge(&boxes.xs, last_column + 1));
            let (upper, lower) = (edge(&boxes.ys, first_row), edge(&boxes.ys, last_row + 1));
            let inside: Vec<&Glyph> = page
                .glyphs
                .iter()
                .filter(|g| {
                    let x = if g.vertical { g.x } else { g.x + g.size * 0.25 };
                    let y = g.y - g.size * 0.3;
                    x > left - 0.5 && x < right && y > upper && y < lower
                })
                .collect();
            let bounds = Bounds { left: tenths(left), top: tenths(upper), right: tenths(right), bottom: tenths(lower) };
            let cell = Cell::new(first_row, first_column, text_of(inside), Place::Page { page: number, bounds });
            cells.push(cell.spanning(last_row - first_row + 1, last_column - first_column + 1));
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        if cells.len() < 2 {
            continue;
        }
        let (left, right) = (edge(&boxes.xs, 0), boxes.xs.last().copied().unwrap_or(0.0));
        let (top, bottom) = (edge(&boxes.ys, 0), boxes.ys.last().copied().unwrap_or(0.0));
        found.push(PageTable { top, bottom, left, right, table: Table { cells, ..Table::default() } });
    }
    found
}
