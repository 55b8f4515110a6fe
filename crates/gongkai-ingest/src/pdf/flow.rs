//! Glyphs outside of tables to lines, lines to paragraphs, across pages.

use gongkai_manuscript::{Block, Bounds, Paragraph, Place};

use super::grid::{PageTable, drop_copies, tables, tenths};
use super::page::{Glyph, PageContent};
use crate::limits::Meter;
use crate::{Error, Limits};

/// A line of text on a page.
#[derive(Debug)]
struct Line {
    page: u32,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    text: String,
}

impl Line {
    fn place(&self) -> Place {
        let bounds = Bounds {
            left: tenths(self.left),
            top: tenths(self.base - self.size),
            right: tenths(self.right),
            bottom: tenths(self.base + self.size * 0.2),
        };
        Place::Page { page: self.page, bounds }
    }
}

enum Piece {
    Line(Line),
    Table(PageTable),
}

fn needs_space(last: Option<char>, next: Option<char>, gap: f64, size: f64) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | ')' | '('));
    if gap > size * 1.2 {
        return true;
    }
    gap > size * 0.18
        && latin(last)
        && latin(next)
        && !(last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit()))
        || gap > size * 0.6
}

fn line_of(glyphs: Vec<&Glyph>, page: u32) -> Option<Line> {
    let glyphs = drop_copies(glyphs);
    let first = glyphs.first()?;
    let mut text = String::new();
    let (mut right, mut size) = (first.x, 0.0_f64);
    for glyph in &glyphs {
        if glyph.text.trim().is_empty() {
            if !text.is_empty() && !text.ends_with(' ') && glyph.text.contains(' ') {
                text.push(' ');
            }
            right = right.max(glyph.x + glyph.advance);
            continue;
        }
        let gap = glyph.x - right;
        if !text.is_empty()
            && !text.ends_with(' ')
            && needs_space(text.chars().next_back(), glyph.text.chars().next(), gap, glyph.size)
        {
            text.push(' ');
            if gap > glyph.size * 1.8 {
                text.push(' ');
            }
        }
        text.push_str(&glyph.text);
        let advance = if glyph.advance > 0.0 { glyph.advance } else { glyph.size };
        right = right.max(glyph.x + advance);
        size = size.max(glyph.size);
    }
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(Line { page, left: first.x, right, base: first.y, size, text })
}

fn lines(page: &PageContent, number: u32, tables: &[PageTable]) -> Vec<Line> {
    let outside = |g: &&Glyph| {
        let y = g.y - g.size * 0.3;
        !tables.iter().any(|t| y > t.top && y < t.bottom && g.x > t.left - 2.0 && g.x < t.right + 2.0)
    };
    let mut glyphs: Vec<&Glyph> = page.glyphs.iter().filter(outside).collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| (glyph.y - first.y).abs() < glyph.size.max(1.0) * 0.45) => {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter()
        .filter_map(|mut row| {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
            line_of(row, number)
        })
        .collect()
}

/// `— 4 —`, `-4-`, `4`, `第4页` in the margin.
fn is_page_number(line: &Line, height: f64) -> bool {
    let compact: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = compact.trim_matches(|c: char| matches!(c, '-' | '—' | '–' | '－' | '第' | '页' | '/' | '共'));
    let digits = !inner.is_empty() && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit());
    digits && (line.base > height * 0.86 || line.base < height * 0.08)
}

fn is_heading(text: &str) -> bool {
    let mut chars = text.chars();
    let numeral = matches!(chars.next(), Some('一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'));
    numeral && matches!(chars.next(), Some('、')) && text.chars().count() < 34 && !text.contains('。')
}

/// Whether `next` goes on with the paragraph that ends in `last`.
fn continues(last: &Line, next: &Line, body: (f64, f64)) -> bool {
    let (left, right) = body;
    let size = last.size.max(1.0);
    if (next.size - last.size).abs() > size * 0.12 {
        return false;
    }
    // Centred lines of a title go on at the same size.
    let full = last.right > right - size * 2.2;
    let flush = next.left < left + size * 0.9;
    let near = next.page != last.page || next.base - last.base < size * 2.6;
    full && flush && near && !is_heading(&last.text)
}

/// The blocks of all pages, in reading order.
pub(crate) fn blocks(pages: &mut [PageContent], limits: &Limits) -> Result<Vec<Block>, Error> {
    let mut meter = Meter::new(limits);
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, page) in (1_u32..).zip(pages.iter()) {
        let found = tables(page, number);
        let mut lines = lines(page, number, &found);
        lines.retain(|line| !is_page_number(line, page.height));
        let mut here: Vec<(f64, Piece)> =
            lines.into_iter().map(|line| (line.base - line.size, Piece::Line(line))).collect();
        here.extend(found.into_iter().map(|table| (table.top, Piece::Table(table))));
        here.sort_by(|a, b| a.0.total_cmp(&b.0));
        pieces.extend(here.into_iter().map(|(_, piece)| piece));
    }
    let body = body_margins(&pieces);
    let mut out: Vec<Block> = Vec::new();
    let mut open: Option<(Paragraph, usize)> = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Table(table) => {
                out.extend(open.take().map(|(paragraph, _)| Block::Paragraph(paragraph)));
                for cell in &table.table.cells {
                    meter.take(&cell.text)?;
                }
                out.push(Block::Table(table.table.clone()));
            }
            Piece::Line(line) => {
                let goes_on = open.as_ref().and_then(|(_, at)| pieces.get(*at)).is_some_and(|last| match last {
                    Piece::Line(last) => continues(last, line, body),
                    Piece::Table(_) => false,
                });
                match &mut open {
                    Some((paragraph, at)) if goes_on => {
                        // A line broken between two Latin words was broken at a space.
                        let joint = paragraph
                            .text
                            .chars()
                            .next_back()
                            .is_some_and(|c| c.is_ascii_alphanumeric() || ",:;)".contains(c))
                            && line.text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
                        if joint {
                            paragraph.text.push(' ');
                        }
                        paragraph.text.push_str(&line.text);
                        *at = index;
                    }
                    _ => {
                        meter.take(&line.text)?;
                        out.extend(open.take().map(|(paragraph, _)| Block::Paragraph(paragraph)));
                        open = Some((Paragraph::new(line.text.clone(), line.place()), index));
                    }
                }
            }
        }
    }
    out.extend(open.take().map(|(paragraph, _)| Block::Paragraph(paragraph)));
    Ok(out)
}

/// The left and right edge of the running text: where most long lines begin and end.
fn body_margins(pieces: &[Piece]) -> (f64, f64) {
    let mut lefts: Vec<f64> = Vec::new();
    let mut rights: Vec<f64> = Vec::new();
    for piece in pieces {
        if let Piece::Line(line) = piece
            && line.text.chars().count() > 12
        {
            lefts.push(line.left);
            rights.push(line.right);
        }
    }
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    let left = lefts.get(lefts.len() / 20).copied().unwrap_or(0.0);
    let right = rights.get(rights.len().saturating_sub(1 + rights.len() / 20)).copied().unwrap_or(f64::MAX);
    (left, right)
}
