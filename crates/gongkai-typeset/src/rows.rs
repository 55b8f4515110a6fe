//! Tables row by row, for writers that have no grid.

use gongkai_manuscript::{Cell, Table};

/// The text of every grid position, row by row; positions that a cell covers hold `fill(cell)`.
pub(crate) fn grid<'t>(table: &'t Table, fill: impl Fn(&'t Cell) -> &'t str) -> Vec<Vec<&'t str>> {
    let mut rows = vec![vec![""; table.column_count()]; table.row_count()];
    for cell in &table.cells {
        for row in cell.row..cell.row + cell.row_span.max(1) {
            for column in cell.column..cell.column + cell.column_span.max(1) {
                if let Some(slot) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *slot = if (row, column) == (cell.row, cell.column) { &cell.text } else { fill(cell) };
                }
            }
        }
    }
    rows
}
