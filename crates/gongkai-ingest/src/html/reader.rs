//! What is open while a page is read, and the blocks that come of it.

use gongkai_manuscript::{Block, Cell, Paragraph, Place, Table};

use crate::limits::Meter;
use crate::{Error, Limits};

/// A table that is being read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what is open at the moment, not a state of its own")]
pub(super) struct Open {
    pub(super) cells: Vec<Cell>,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) in_row: bool,
    pub(super) in_cell: bool,
    /// Columns taken by cells that reach down from rows above: rows left.
    pub(super) taken: Vec<usize>,
    /// Blocks met outside of plain cells: a table within, so this one only lays out.
    pub(super) layout: Vec<Block>,
    pub(super) nested: bool,
    pub(super) text: String,
    pub(super) spans: (usize, usize),
    pub(super) header: bool,
    pub(super) number: u32,
}

pub(super) struct Reader {
    pub(super) blocks: Vec<Block>,
    pub(super) tables: Vec<Open>,
    pub(super) text: String,
    pub(super) skip: Option<(Vec<u8>, usize)>,
    pub(super) heading: Option<u8>,
    pub(super) count: u32,
    pub(super) paragraphs: u32,
    pub(super) meter: Meter,
    pub(super) in_title: bool,
}

pub(super) const MOST_OPEN: usize = 64;
pub(super) const MOST_SPAN: usize = 200;

impl Reader {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            blocks: Vec::new(),
            tables: Vec::new(),
            text: String::new(),
            skip: None,
            heading: None,
            count: 0,
            paragraphs: 0,
            meter: Meter::new(limits),
            in_title: false,
        }
    }

    pub(super) fn target(&mut self) -> &mut String {
        match self.tables.last_mut() {
            Some(table) => &mut table.text,
            None => &mut self.text,
        }
    }

    pub(super) fn push_block(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(table) => table.layout.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Ends the paragraph that is being read outside of table cells.
    pub(super) fn end_paragraph(&mut self) -> Result<(), Error> {
        if self.tables.last().is_some_and(|table| table.in_cell) {
            let text = self.target();
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            return Ok(());
        }
        let text = std::mem::take(self.target());
        let text = tidy(&text);
        if text.is_empty() || self.in_title {
            return Ok(());
        }
        self.meter.take(&text)?;
        self.paragraphs += 1;
        let paragraph = Paragraph::new(text, Place::Paragraph(self.paragraphs));
        let block = match self.heading {
            Some(level) => Block::Heading(level, paragraph),
            None => Block::Paragraph(paragraph),
        };
        self.push_block(block);
        Ok(())
    }

    pub(super) fn end_cell(&mut self) -> Result<(), Error> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if !table.in_cell {
            return Ok(());
        }
        table.in_cell = false;
        let text = tidy(&std::mem::take(&mut table.text));
        self.meter.take(&text)?;
        if table.nested {
            // This table lays out others: its text stands between their blocks.
            if !text.is_empty() {
                self.paragraphs += 1;
                table.layout.extend(
                    text.lines().map(|line| Block::Paragraph(Paragraph::new(line, Place::Paragraph(self.paragraphs)))),
                );
            }
            return Ok(());
        }
        while table.taken.get(table.column).is_some_and(|left| *left > 0) {
            table.column += 1;
        }
        let (rows, columns) = table.spans;
        let column = table.column;
        let place = Place::TableCell {
            table: table.number,
            row: u32::try_from(table.row + 1).unwrap_or(0),
            column: u32::try_from(column + 1).unwrap_or(0),
        };
        let mut cell = Cell::new(table.row, column, text, place).spanning(rows, columns);
        cell.header = table.header;
        table.cells.push(cell);
        if table.taken.len() < column + columns {
            table.taken.resize(column + columns, 0);
        }
        for slot in table.taken.iter_mut().skip(column).take(columns) {
            *slot = rows;
        }
        table.column = column + columns;
        Ok(())
    }

    pub(super) fn end_row(&mut self) -> Result<(), Error> {
        self.end_cell()?;
        if let Some(table) = self.tables.last_mut()
            && table.in_row
        {
            table.in_row = false;
            table.row += 1;
            table.column = 0;
            for left in &mut table.taken {
                *left = left.saturating_sub(1);
            }
        }
        Ok(())
    }

    pub(super) fn end_table(&mut self) -> Result<(), Error> {
        self.end_row()?;
        let Some(mut table) = self.tables.pop() else { return Ok(()) };
        let rest = tidy(&table.text);
        let mut blocks: Vec<Block> = Vec::new();
        if table.nested {
            // Cells closed before the nested table was met come first.
            for cell in table.cells.drain(..) {
                blocks.extend(cell.text.lines().map(|line| Block::Paragraph(Paragraph::new(line, cell.place.clone()))));
            }
            blocks.append(&mut table.layout);
        } else {
            blocks.append(&mut table.layout);
            if table.cells.iter().any(|cell| !cell.text.is_empty()) {
                blocks.push(Block::Table(Table { cells: table.cells, ..Table::default() }));
            }
        }
        if !rest.is_empty() {
            blocks.push(Block::Paragraph(Paragraph::new(rest, Place::None)));
        }
        match self.tables.last_mut() {
            Some(outer) => {
                outer.nested = true;
                let before = tidy(&std::mem::take(&mut outer.text));
                outer.layout.extend(before.lines().map(|line| Block::Paragraph(Paragraph::new(line, Place::None))));
                outer.layout.append(&mut blocks);
            }
            None => self.blocks.append(&mut blocks),
        }
        Ok(())
    }
}

/// White space folded within lines; empty lines dropped.
pub(super) fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let mut out = String::with_capacity(line.len());
        let mut space = false;
        for c in line.chars() {
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
        out
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
