//! Workbooks: every visible sheet as a table, merged cells kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetVisible, Xls, Xlsx};
use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};

use crate::archive::Archive;
use crate::limits::Meter;
use crate::{Error, Limits};

type Read = Result<(Manuscript, Vec<String>), Error>;

/// A1 notation of a cell, from 0.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from_digit(rest % 26 + 10, 36).unwrap_or('?').to_ascii_uppercase());
        rest /= 26;
        if rest == 0 {
            break;
        }
        rest -= 1;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row.saturating_add(1))
}

/// A number as a person sees it: whole numbers without a point.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "bounded by the check before")]
pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{}", value as i64) } else { format!("{value}") }
}

/// A date as `2026-01-09`, with the time where it has one. Small numbers that only look like dates of 1900 stay numbers.
pub(crate) fn written(value: &calamine::ExcelDateTime) -> String {
    let serial = value.as_f64();
    if value.is_duration() || !(10_000.0..200_000.0).contains(&serial) {
        return number(serial);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

struct Sheet {
    name: String,
    cells: BTreeMap<(u32, u32), String>,
    merged: Vec<((u32, u32), (u32, u32))>,
}

/// Rows of one long text are paragraphs; runs of other rows are tables.
fn blocks(sheet: &Sheet, meter: &mut Meter, blocks: &mut Vec<Block>) -> Result<(), Error> {
    let mut rows: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
    for ((row, column), text) in &sheet.cells {
        rows.entry(*row).or_default().push((*column, text));
    }
    // Blank cells inside a row matter: the row of a table is as wide as the widest of its table.
    let mut table = Table::default();
    let mut first_row = 0;
    let mut spans: BTreeMap<(u32, u32), (usize, usize)> = BTreeMap::new();
    let mut covered: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (from, to) in sheet.merged.iter().take(2_000) {
        let size = |a: u32, b: u32| usize::try_from(b.saturating_sub(a)).unwrap_or(0) + 1;
        let (height, width) = (size(from.0, to.0), size(from.1, to.1));
        if height.saturating_mul(width) > 20_000 {
            continue;
        }
        spans.insert(*from, (height, width));
        for row in from.0..=to.0 {
            for column in from.1..=to.1 {
                if (row, column) != *from {
                    covered.insert((row, column));
                }
            }
        }
    }
    let widest = sheet.cells.keys().map(|(_, column)| *column).max().unwrap_or(0).min(60);
    let mut previous: Option<u32> = None;
    for (row, filled) in &rows {
        let texts: Vec<&(u32, &str)> = filled.iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        if texts.is_empty() {
            continue;
        }
        let place = |column: u32| Place::Sheet { sheet: sheet.name.clone(), cell: cell_name(*row, column) };
        let lone = if let [only] = texts.as_slice() { Some(**only) } else { None };
        let wide = |column: u32| spans.get(&(*row, column)).is_some_and(|(_, width)| *width > 2);
        if let Some((column, text)) = lone
            && (text.chars().count() > 40 || text.contains('。') || wide(column) && !is_row_label(text) || widest == 0)
        {
            if !table.cells.is_empty() {
                blocks.push(Block::Table(std::mem::take(&mut table)));
            }
            for line in text.lines() {
                meter.take(line)?;
                blocks.push(Block::Paragraph(Paragraph::new(line, place(column))));
            }
            previous = None;
            continue;
        }
        if previous.is_some_and(|last| row.saturating_sub(last) > 3) && !table.cells.is_empty() {
            blocks.push(Block::Table(std::mem::take(&mut table)));
        }
        if table.cells.is_empty() {
            first_row = *row;
        }
        previous = Some(*row);
        let by_column: BTreeMap<u32, &str> = filled.iter().copied().collect();
        let at = usize::try_from(row - first_row).unwrap_or(0);
        for column in 0..=widest {
            if covered.contains(&(*row, column)) {
                continue;
            }
            let text = by_column.get(&column).copied().unwrap_or("");
            meter.take(text)?;
            let (height, width) = spans.get(&(*row, column)).copied().unwrap_or((1, 1));
            table.cells.push(
                Cell::new(at, usize::try_from(column).unwrap_or(0), text.trim(), place(column)).spanning(height, width),
            );
        }
        // An empty row is not stored: the row of figures of table 4 in a form that is not filled in yet.
        let below = row.saturating_add(1);
        if by_column.values().filter(|text| text.contains("尚未审结")).count() == 2
            && rows.get(&below).is_none_or(|cells| cells.iter().all(|(_, text)| text.trim().is_empty()))
        {
            table.cells.extend((0..=widest).map(|column| {
                let place = Place::Sheet { sheet: sheet.name.clone(), cell: cell_name(below, column) };
                Cell::new(at + 1, usize::try_from(column).unwrap_or(0), "", place)
            }));
        }
    }
    if !table.cells.is_empty() {
        blocks.push(Block::Table(table));
    }
    Ok(())
}

/// A merged cell that is the label of a row or a block, though nothing stands beside it yet.
fn is_row_label(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["二十条", "本年新收政府信息公开申请", "上年结转政府信息公开申请", "结转下年度继续办理"]
        .iter()
        .any(|label| text.contains(label))
}

fn finish(sheets: &[Sheet], limits: &Limits, hidden: usize) -> Read {
    let mut meter = Meter::new(limits);
    let mut out = Vec::new();
    for sheet in sheets {
        blocks(sheet, &mut meter, &mut out)?;
    }
    let notices =
        if hidden > 0 { vec![format!("工作簿有{hidden}张隐藏的工作表，没有读取")] } else { Vec::new() };
    Ok((Manuscript { blocks: out }, notices))
}

pub(crate) fn broken(error: impl std::fmt::Display) -> Error {
    let text = error.to_string();
    if text.to_ascii_lowercase().contains("password") {
        Error::Encrypted
    } else {
        Error::Broken("工作簿结构无法读取".to_owned())
    }
}

/// Reads an XLSX. Cells are streamed, so that a sheet that claims a million columns costs what it holds.
pub(crate) fn read_xlsx(bytes: &[u8], limits: &Limits) -> Read {
    Archive::open(bytes, limits)?.check_all()?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    let mut hidden = 0;
    let mut sheets = Vec::new();
    let mut left = limits.pieces;
    for (index, sheet) in metadata.iter().enumerate().take(200) {
        if sheet.visible != SheetVisible::Visible {
            hidden += 1;
            continue;
        }
        let mut cells = BTreeMap::new();
        if let Ok(mut reader) = book.worksheet_cells_reader(&sheet.name) {
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
                left =
                    left.checked_sub(1).ok_or(Error::TooLarge { what: "单元格", limit: "三万个".to_owned() })?;
                cells.insert(cell.get_position(), text);
            }
        }
        let merged = book
            .merge_cells_by_sheet_id(index)
            .map(|list| list.into_iter().map(|d| (d.start, d.end)).collect())
            .unwrap_or_default();
        sheets.push(Sheet { name: sheet.name.clone(), cells, merged });
    }
    finish(&sheets, limits, hidden)
}

/// Reads an XLS.
pub(crate) fn read_xls(bytes: &[u8], limits: &Limits) -> Read {
    for name in ["/Workbook", "/Book"] {
        if let Some(stream) = crate::doc::stream(bytes, name)? {
            crate::xls_guard::check(&stream, limits)?;
        }
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    let (mut hidden, mut sheets, mut left) = (0, Vec::new(), limits.pieces);
    for sheet in metadata.iter().take(200) {
        if sheet.visible != SheetVisible::Visible {
            hidden += 1;
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(broken)?;
        let mut cells = BTreeMap::new();
        let (top, side) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::Empty => continue,
                Data::Float(value) => number(*value),
                Data::DateTime(value) => written(value),
                other => other.to_string(),
            };
            left = left.checked_sub(1).ok_or(Error::TooLarge { what: "单元格", limit: "三万个".to_owned() })?;
            let at = (
                top.saturating_add(u32::try_from(row).unwrap_or(0)),
                side.saturating_add(u32::try_from(column).unwrap_or(0)),
            );
            cells.insert(at, text);
        }
        let merged = book
            .merge_cells_by_sheet_name(&sheet.name)
            .map(|list| list.into_iter().map(|d| (d.start, d.end)).collect())
            .unwrap_or_default();
        sheets.push(Sheet { name: sheet.name.clone(), cells, merged });
    }
    finish(&sheets, limits, hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_a_workbook() {
        assert_eq!(cell_name(6, 1), "B7");
        assert_eq!(cell_name(0, 26), "AA1");
        assert_eq!(cell_name(0, 701), "ZZ1");
    }
}
