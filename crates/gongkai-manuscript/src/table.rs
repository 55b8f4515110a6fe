//! A table with merged cells.

use crate::Place;

/// A cell, placed on the grid of its table. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The first row it covers.
    pub row: usize,
    /// The first column it covers.
    pub column: usize,
    /// How many rows it covers, at least 1.
    pub row_span: usize,
    /// How many columns it covers, at least 1.
    pub column_span: usize,
    /// Its text, lines separated by `\n`.
    pub text: String,
    /// Whether it is a heading of rows or columns.
    pub header: bool,
    /// Where it stands in the source.
    pub place: Place,
}

impl Cell {
    /// A plain cell that covers one row and one column.
    pub fn new(row: usize, column: usize, text: impl Into<String>, place: Place) -> Self {
        Self { row, column, row_span: 1, column_span: 1, text: text.into(), header: false, place }
    }

    /// The same cell, covering `rows` and `columns`.
    #[must_use]
    pub fn spanning(mut self, rows: usize, columns: usize) -> Self {
        self.row_span = rows.max(1);
        self.column_span = columns.max(1);
        self
    }

    /// The same cell as a heading.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.header = true;
        self
    }
}

/// A table: cells in reading order (row by row, left to right).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The cells.
    pub cells: Vec<Cell>,
    /// What the table shows, for screen readers; empty if unknown.
    pub caption: String,
    /// How many rows at the top repeat on each page.
    pub header_rows: usize,
    /// Relative widths of the columns; empty lets the writer choose.
    pub widths: Vec<u16>,
}

impl Table {
    /// How many rows the grid has.
    pub fn row_count(&self) -> usize {
        self.cells.iter().map(|cell| cell.row.saturating_add(cell.row_span.max(1))).max().unwrap_or(0)
    }

    /// How many columns the grid has.
    pub fn column_count(&self) -> usize {
        self.cells.iter().map(|cell| cell.column.saturating_add(cell.column_span.max(1))).max().unwrap_or(0)
    }
}
