//! The statutory tables as pages show them: every figure knows its cell.

use std::collections::BTreeMap;

use gongkai_law::CellRef;
use gongkai_manuscript::{Block, Table};
use gongkai_report::Report;
use gongkai_report::render::{applications_table, proactive_table, proceedings_table};

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct GridCell {
    /// What stands in it.
    pub text: String,
    /// How many rows it spans.
    pub rows: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// Whether it names rows or columns.
    pub header: bool,
    /// Whether it stands in the head of the table.
    pub head: bool,
    /// The path of the figure; empty where it is none.
    pub path: String,
    /// What is to be said of it: a word for the eye and one for the ear; empty where nothing.
    pub mark: (&'static str, String),
}

/// A table of the form.
#[derive(Debug, Clone)]
pub struct Grid {
    /// 2, 3 or 4.
    pub number: u8,
    /// Its caption.
    pub caption: String,
    /// The rows.
    pub rows: Vec<Vec<GridCell>>,
}

fn grid(number: u8, table: &Table, cells: &[CellRef], marks: &BTreeMap<CellRef, (&'static str, String)>) -> Grid {
    let mut rows: Vec<Vec<GridCell>> = vec![Vec::new(); table.row_count()];
    let mut figures = cells.iter().filter(|cell| cell.table() == number);
    for one in &table.cells {
        // The figures stand in the order of the form.
        let cell = if one.header { None } else { figures.next() };
        let Some(row) = rows.get_mut(one.row) else { continue };
        row.push(GridCell {
            text: one.text.clone(),
            rows: one.row_span.max(1),
            columns: one.column_span.max(1),
            header: one.header,
            head: one.row < table.header_rows,
            path: cell.map(ToString::to_string).unwrap_or_default(),
            mark: cell.and_then(|cell| marks.get(cell).cloned()).unwrap_or_default(),
        });
    }
    Grid { number, caption: table.caption.clone(), rows }
}

/// The three tables of a report, with what is to be said of single figures.
pub fn grids(report: &Report, marks: &BTreeMap<CellRef, (&'static str, String)>) -> Vec<Grid> {
    let cells = CellRef::of(report.edition());
    let tables = [(2, proactive_table(report)), (3, applications_table(report)), (4, proceedings_table(report))];
    let mut out = Vec::with_capacity(tables.len());
    for (number, block) in tables {
        if let Block::Table(table) = block {
            out.push(grid(number, &table, &cells, marks));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use gongkai_law::Edition;
    use gongkai_report::Cell;
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn every_figure_stands_under_its_own_cell() {
        for (edition, year) in [(Edition::F2019, 2019), (Edition::F2021, 2024)] {
            let mut report = crate::report::template(edition, year, "示例局");
            for (number, cell) in (1_i64..).zip(CellRef::of(edition)) {
                report.cells.insert(cell, Cell::of(Decimal::from(number)));
            }
            let shown = grids(&report, &BTreeMap::new());
            let figures: Vec<&GridCell> =
                shown.iter().flat_map(|one| one.rows.iter().flatten()).filter(|one| !one.header).collect();
            assert_eq!(figures.len(), CellRef::of(edition).len());
            for one in figures {
                let cell = CellRef::parse(&one.path).unwrap();
                let value = report.value(cell).unwrap().to_string();
                assert_eq!(one.text.trim_end_matches('元'), value, "{cell}");
            }
        }
    }
}
