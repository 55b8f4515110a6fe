//! A workbook: the text on its first sheet, each table on a sheet of its own.

use gongkai_manuscript::{Block, Manuscript, Table};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::Error;

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn failed(error: XlsxError) -> Error {
    Error::Writing(error.to_string())
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The width of a page of text, in the unit of columns: A4 upright.
const TEXT_WIDTH: f64 = 78.0;
/// The width of a Han character at a size of type, in the unit of columns.
const HAN_AT_10: f64 = 1.9;
const HAN_AT_12: f64 = 2.3;
const HAN_AT_18: f64 = 3.5;

/// The lines a text takes in a cell of a width.
fn lines_of(text: &str, width: f64, han: f64) -> u32 {
    let line = |line: &str| {
        let mut lines = 1_u32;
        let mut used = 0.0;
        for c in line.chars() {
            let wide = if c.is_ascii() { han / 2.0 } else { han };
            used += wide;
            if used > width {
                lines = lines.saturating_add(1);
                used = wide;
            }
        }
        lines
    };
    text.split('\n').map(line).sum()
}

struct Formats {
    title: Format,
    heading: Format,
    text: Format,
    head: Format,
    label: Format,
    value: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_font_size(10);
        Self {
            title: base().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            heading: base().set_font_name("黑体").set_font_size(13),
            text: base().set_font_size(12),
            head: boxed().set_align(FormatAlign::Center),
            label: boxed().set_align(FormatAlign::Left),
            value: boxed().set_align(FormatAlign::Center),
        }
    }
}

/// Whole numbers and decimals are written as numbers, everything else as text: never as a formula.
fn write(sheet: &mut Worksheet, at: (u32, u16), text: &str, format: &Format) -> Result<(), Error> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let numeric = !digits.is_empty() && digits.len() <= 15 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    match text.parse::<f64>() {
        Ok(number) if numeric => sheet.write_number_with_format(at.0, at.1, number, format).map_err(failed)?,
        _ if text.is_empty() => sheet.write_blank(at.0, at.1, format).map_err(failed)?,
        _ => sheet.write_string_with_format(at.0, at.1, text, format).map_err(failed)?,
    };
    Ok(())
}

fn table_sheet(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), Error> {
    for cell in &table.cells {
        let format = match (cell.header, cell.row < table.header_rows || cell.column_span > 3) {
            (true, true) => &formats.head,
            (true, false) => &formats.label,
            (false, _) => &formats.value,
        };
        let at = (row(cell.row), column(cell.column));
        if cell.row_span > 1 || cell.column_span > 1 {
            let to = (row(cell.row + cell.row_span - 1), column(cell.column + cell.column_span - 1));
            sheet.merge_range(at.0, at.1, to.0, to.1, "", format).map_err(failed)?;
        }
        write(sheet, at, &cell.text, format)?;
    }
    let widths: Vec<f64> = table.widths.iter().map(|width| f64::from(*width) * 0.62 + 3.0).collect();
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(index), *width).map_err(failed)?;
    }
    let mut lines: Vec<u32> = Vec::new();
    for cell in table.cells.iter().filter(|cell| cell.row_span == 1) {
        let room: f64 = widths.iter().skip(cell.column).take(cell.column_span).sum();
        if lines.len() <= cell.row {
            lines.resize(cell.row + 1, 1);
        }
        if let Some(most) = lines.get_mut(cell.row) {
            *most = (*most).max(lines_of(&cell.text, room, HAN_AT_10));
        }
    }
    for (index, count) in lines.iter().enumerate() {
        sheet.set_row_height(row(index), f64::from(*count) * 13.5 + 3.0).map_err(failed)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    if table.header_rows > 0 {
        sheet.set_repeat_rows(0, row(table.header_rows - 1)).map_err(failed)?;
        sheet.set_freeze_panes(row(table.header_rows), 0).map_err(failed)?;
    }
    Ok(())
}

/// A workbook. The first sheet is named `sheet`; tables stand on sheets named by their captions.
///
/// # Errors
/// The writer refused.
pub fn xlsx(manuscript: &Manuscript, sheet: &str) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    // A fixed date: the same manuscript gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = Formats::new();
    let has_text = manuscript.paragraphs().next().is_some();
    if has_text {
        let page = book.add_worksheet();
        page.set_name(sheet).map_err(failed)?;
        page.set_column_width(0, TEXT_WIDTH).map_err(failed)?;
        page.set_paper_size(9).set_print_fit_to_pages(1, 0);
        let mut at = 0;
        for block in &manuscript.blocks {
            let (text, format) = match block {
                Block::Title(text) => (text, &formats.title),
                Block::Heading(_, text) => (text, &formats.heading),
                Block::Paragraph(text) | Block::Line(_, text) => (text, &formats.text),
                Block::Table(_) | Block::PageBreak => continue,
            };
            page.write_string_with_format(row(at), 0, &text.text, format).map_err(failed)?;
            let size = if matches!(block, Block::Title(_)) { HAN_AT_18 } else { HAN_AT_12 };
            let lines = lines_of(&text.text, TEXT_WIDTH, size);
            page.set_row_height(row(at), f64::from(lines) * if size > HAN_AT_12 { 26.0 } else { 17.0 } + 4.0)
                .map_err(failed)?;
            at += 1;
        }
    }
    for (index, table) in manuscript.tables().enumerate() {
        let name: String = if table.caption.is_empty() { format!("表{}", index + 1) } else { table.caption.clone() };
        let name: String =
            name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '、')).take(28).collect();
        let page = book.add_worksheet();
        page.set_name(&name).map_err(failed)?;
        table_sheet(page, table, &formats)?;
    }
    book.save_to_buffer().map_err(failed)
}
