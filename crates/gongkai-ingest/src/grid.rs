//! The cells of a workbook as they stand, for files that are data and not papers.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx};

use crate::archive::Archive;
use crate::xlsx::{broken, number, written};
use crate::{Error, Limits};

/// A sheet: its rows by number, from 1, each with its cells by column, from 0. Dates are written `2026-01-09`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The name of the sheet.
    pub name: String,
    /// The cells that hold something.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// The visible sheets of an XLSX that hold something.
///
/// # Errors
/// As for reading: broken, too large, encrypted.
pub fn grids(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, Error> {
    let read = || -> Result<Vec<Grid>, Error> {
        Archive::open(bytes, limits)?.check_all()?;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        let metadata = book.sheets_metadata().to_vec();
        let (mut out, mut left) = (Vec::new(), limits.pieces);
        for sheet in metadata.iter().filter(|sheet| sheet.visible == SheetVisible::Visible).take(200) {
            let mut grid = Grid { name: sheet.name.clone(), ..Grid::default() };
            let Ok(mut reader) = book.worksheet_cells_reader(&sheet.name) else { continue };
            while let Some(cell) = reader.next_cell().map_err(broken)? {
                let text = match cell.get_value() {
                    DataRef::Empty => continue,
                    DataRef::Int(value) => value.to_string(),
                    DataRef::Float(value) => number(*value),
                    DataRef::SharedString(text) => (*text).to_owned(),
                    DataRef::Bool(value) => value.to_string(),
                    DataRef::DateTime(value) => written(value),
                    DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                    DataRef::Error(error) => error.to_string(),
                };
                left = left
                    .checked_sub(1)
                    .ok_or_else(|| Error::TooLarge { what: "单元格", limit: format!("{}个", limits.pieces) })?;
                let (row, column) = cell.get_position();
                grid.rows.entry(row.saturating_add(1)).or_default().insert(column, text);
            }
            if !grid.rows.is_empty() {
                out.push(grid);
            }
        }
        Ok(out)
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .map_err(|_panic| Error::Broken("内部结构异常".to_owned()))?
}
