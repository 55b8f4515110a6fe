//! A manuscript as a flat run of lines and table rows.

use gongkai_manuscript::{Block, Cell, Manuscript, Place, Table};

use crate::fold::Repairs;
use crate::fold::{compact, fold_with_repairs, is_han};

/// A cell within a row.
#[derive(Debug, Clone)]
pub(crate) struct RowCell {
    pub text: String,
    pub column: usize,
    pub place: Place,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A line of running text (or of a table printed as text).
    Line,
    /// A row of a real table.
    Row { table: usize, cells: Vec<RowCell> },
}

/// A line or a row, in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The text as printed; for a row, its cells joined by spaces.
    pub raw: String,
    /// The text in one spelling, see `fold`.
    pub folded: String,
    /// The folded text without white space.
    pub compact: String,
    pub place: Place,
    pub kind: Kind,
    /// The source marked it as a heading or title.
    pub marked_heading: bool,
    /// A piece of a run-on line that holds a table.
    pub table_piece: bool,
}

impl Item {
    fn line(raw: &str, place: Place, marked_heading: bool, repairs: &mut Repairs) -> Self {
        let (folded, found) = fold_with_repairs(raw);
        merge(repairs, found);
        let compact = folded.chars().filter(|c| !c.is_whitespace()).collect();
        Self {
            raw: raw.trim().to_owned(),
            folded,
            compact,
            place,
            kind: Kind::Line,
            marked_heading,
            table_piece: false,
        }
    }

    pub(crate) fn is_line(&self) -> bool {
        matches!(self.kind, Kind::Line)
    }

    /// A sentence rather than a label or a row of values.
    pub(crate) fn is_prose(&self) -> bool {
        if !self.is_line() || self.table_piece {
            return false;
        }
        let pipes = self.folded.matches('|').count();
        if pipes >= 2 {
            return false;
        }
        let length = self.compact.chars().count();
        // A row whose figures stand apart by spaces.
        if self.folded.split_whitespace().rev().take(3).filter(|word| word.chars().all(|c| c.is_ascii_digit())).count()
            == 3
        {
            return false;
        }
        if (30..120).contains(&length)
            && self.compact.ends_with(|c: char| c.is_ascii_digit())
            && !self.compact.contains(['。', ';'])
            && super::label::holds_row_label(&self.compact)
        {
            return false;
        }
        self.compact.contains(['。', ';', '；', '!', '?']) && length > 8
            || length > 46
            || self.compact.matches([',', '，']).count() >= 2 && length > 34
    }
}

fn merge(all: &mut Repairs, found: Repairs) {
    all.traditional |= found.traditional;
    all.glosses |= found.glosses;
    all.radicals |= found.radicals;
}

/// A long single cell is running text in a layout table, not a row.
fn is_text_cell(cells: &[&Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let Some(first) = filled.next() else { return false };
    filled.next().is_none()
        && (first.text.chars().count() > 60
            || first.text.contains('。')
            || first.text.trim().contains('\n') && first.text.chars().filter(|c| is_han(*c)).count() > 40)
}

fn push_table(table: &Table, index: usize, items: &mut Vec<Item>, repairs: &mut Repairs) {
    let mut rows: Vec<Vec<&Cell>> = vec![Vec::new(); table.cells.iter().map(|c| c.row + 1).max().unwrap_or(0)];
    for cell in &table.cells {
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(cell);
        }
    }
    for mut row in rows {
        row.sort_by_key(|cell| cell.column);
        if row.is_empty() {
            continue;
        }
        if is_text_cell(&row) {
            for cell in row.iter().filter(|cell| !cell.text.trim().is_empty()) {
                for line in cell.text.lines() {
                    items.push(Item::line(line, cell.place.clone(), false, repairs));
                }
            }
            continue;
        }
        let place = row.first().map(|cell| cell.place.clone()).unwrap_or_default();
        let raw: Vec<&str> = row.iter().map(|cell| cell.text.trim()).filter(|t| !t.is_empty()).collect();
        let raw = raw.join(" ");
        let (folded, found) = fold_with_repairs(&raw);
        merge(repairs, found);
        let cells = row
            .iter()
            .map(|cell| RowCell { text: cell.text.clone(), column: cell.column, place: cell.place.clone() })
            .collect();
        let compact = compact(&raw);
        items.push(Item {
            raw,
            folded,
            compact,
            place,
            kind: Kind::Row { table: index, cells },
            marked_heading: false,
            table_piece: false,
        });
    }
}

/// Whether a line is a page number: `- 4 -`, `第4页`, `4`.
fn is_page_number(compact: &str) -> bool {
    let inner = compact.trim_matches(|c: char| matches!(c, '-' | '第' | '页' | '共' | '/' | 'P' | '.'));
    !inner.is_empty() && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit())
}

/// The manuscript as items, with what had to be repaired to compare its text.
pub(crate) fn flatten(manuscript: &Manuscript) -> (Vec<Item>, Repairs) {
    let mut items: Vec<Item> = Vec::new();
    let mut repairs = Repairs::default();
    let mut tables = 0;
    let mut after_break = false;
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                let marked = !matches!(block, Block::Paragraph(_) | Block::Line(..));
                for line in text.text.split('\n') {
                    let item = Item::line(line, text.place.clone(), marked, &mut repairs);
                    if after_break && is_page_number(&item.compact) {
                        continue;
                    }
                    if !item.compact.is_empty() {
                        after_break = false;
                    }
                    items.push(item);
                }
            }
            Block::Table(table) => {
                push_table(table, tables, &mut items, &mut repairs);
                tables += 1;
                after_break = false;
            }
            Block::PageBreak => {
                after_break = true;
                while items.last().is_some_and(|item| item.is_line() && item.compact.is_empty()) {
                    items.pop();
                }
                if items.last().is_some_and(|item| item.is_line() && is_page_number(&item.compact)) {
                    items.pop();
                }
            }
        }
    }
    (items, repairs)
}
