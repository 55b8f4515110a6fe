//! Word 97–2003 documents and WPS files: the text of the piece table, cell by cell.

use std::io::{Cursor, Read};

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};

use crate::limits::Meter;
use crate::{Error, Format, Limits};

type Compound<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

fn broken(what: &str) -> Error {
    Error::Broken(what.to_owned())
}

fn open(bytes: &[u8]) -> Result<Compound<'_>, Error> {
    cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| Error::Broken(format!("复合文档结构无法读取（{error}）")))
}

/// Which kind of document a compound file holds.
pub(crate) fn kind(bytes: &[u8]) -> Result<Format, Error> {
    let file = open(bytes)?;
    if file.is_stream("/EncryptedPackage") || file.is_stream("/EncryptionInfo") {
        return Err(Error::Encrypted);
    }
    if file.is_stream("/WordDocument") {
        return Ok(Format::Doc);
    }
    if file.is_stream("/Workbook") || file.is_stream("/Book") {
        return Ok(Format::Xls);
    }
    if file.is_stream("/PowerPoint Document") {
        return Err(Error::Unsupported("演示文稿"));
    }
    Err(Error::Unsupported("未知的 Office 文件"))
}

/// One stream of a compound file, bounded by the size of the file itself.
pub(crate) fn stream(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut file = open(bytes)?;
    if !file.is_stream(name) {
        return Ok(None);
    }
    let stream = file.open_stream(name).map_err(|error| Error::Broken(error.to_string()))?;
    let mut out = Vec::new();
    let bound = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    stream.take(bound).read_to_end(&mut out).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Some(out))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

/// The text of the document with its control characters.
fn text(bytes: &[u8]) -> Result<String, Error> {
    let word = stream(bytes, "/WordDocument")?.ok_or_else(|| broken("缺少 WordDocument"))?;
    let flags = u16_at(&word, 0x0a).ok_or_else(|| broken("文件头不完整"))?;
    if u16_at(&word, 0).is_none_or(|magic| magic != 0xa5ec) {
        return Err(Error::Unsupported("Word 95 或更早的文档，请另存为 docx"));
    }
    if flags & 0x0100 != 0 {
        return Err(Error::Encrypted);
    }
    let table = if flags & 0x0200 != 0 { "/1Table" } else { "/0Table" };
    let table = stream(bytes, table)?.ok_or_else(|| broken("缺少文字表"))?;
    pieces(&word, &table).ok_or_else(|| broken("文字表无法读取"))
}

fn pieces(word: &[u8], table: &[u8]) -> Option<String> {
    let (offset, length) = (u32_at(word, 0x01a2)?, u32_at(word, 0x01a6)?);
    let clx = table.get(offset..offset.checked_add(length)?)?;
    let mut at = 0;
    while *clx.get(at)? == 1 {
        at = at.checked_add(3)?.checked_add(usize::from(u16_at(clx, at + 1)?))?;
    }
    if *clx.get(at)? != 2 {
        return None;
    }
    let size = u32_at(clx, at + 1)?;
    let plc = clx.get(at + 5..(at + 5).checked_add(size)?)?;
    let count = plc.len().checked_sub(4)? / 12;
    // Only the main text counts: foot notes and headers follow it.
    let main = u32_at(word, 0x4c)?;
    let mut out = String::new();
    for piece in 0..count {
        let (from, to) = (u32_at(plc, piece * 4)?, u32_at(plc, piece * 4 + 4)?);
        let to = to.min(main.max(from));
        let length = to.checked_sub(from)?;
        if length == 0 {
            continue;
        }
        let place = u32_at(plc, (count + 1) * 4 + piece * 8 + 2)?;
        if place & 0x4000_0000 != 0 {
            let start = (place & 0x3fff_ffff) / 2;
            let bytes = word.get(start..start.checked_add(length)?)?;
            out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
        } else {
            let bytes = word.get(place..place.checked_add(length.checked_mul(2)?)?)?;
            let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
            out.push_str(&String::from_utf16_lossy(&units));
        }
    }
    Some(out)
}

/// Drops field codes (0x13 code 0x14 result 0x15), keeping results.
fn without_fields(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut codes = 0_usize;
    for c in text.chars() {
        match c {
            '\u{13}' => codes += 1,
            '\u{14}' => codes = codes.saturating_sub(1),
            '\u{15}' | '\u{1}' | '\u{8}' | '\u{2}' | '\u{3}' | '\u{4}' | '\u{5}' => {}
            c if codes == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Reads a DOC. Rows end with an empty mark after their last cell mark.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, Vec<String>), Error> {
    let text = without_fields(&text(bytes)?);
    let mut meter = Meter::new(limits);
    let mut blocks = Vec::new();
    let mut paragraphs = 0_u32;
    let mut tables = 0_u32;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(['\r', '\u{7}', '\u{c}']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        let mark = tail.chars().next();
        if mark == Some('\u{7}') || in_table(rest) {
            let (cells, after) = table_cells(rest);
            tables += 1;
            let table = rows(&cells, tables, &mut meter)?;
            blocks.push(Block::Table(table));
            rest = after;
            continue;
        }
        rest = tail.strip_prefix(['\r', '\u{c}']).unwrap_or("");
        for part in line.split('\u{b}') {
            if part.trim().is_empty() {
                continue;
            }
            meter.take(part)?;
            paragraphs += 1;
            let part: String = part.chars().filter(|c| !c.is_control()).collect();
            blocks.push(Block::Paragraph(Paragraph::new(part.trim(), Place::Paragraph(paragraphs))));
        }
        if mark.is_none() {
            break;
        }
    }
    Ok((Manuscript { blocks }, Vec::new()))
}

/// A cell may hold several paragraphs: then a cell mark follows soon, before a blank line or a long text.
fn in_table(rest: &str) -> bool {
    let mut lines = 0;
    let mut length = 0;
    for c in rest.chars() {
        match c {
            '\u{7}' => return lines > 0 && length <= 60,
            '\r' => {
                lines += 1;
                if lines > 8 {
                    return false;
                }
            }
            '\u{c}' => return false,
            '。' => return false,
            _ => {
                length += 1;
                if length > 60 {
                    return false;
                }
            }
        }
    }
    false
}

/// The cells from here to the last cell mark that belongs to the same table, and what follows.
fn table_cells(text: &str) -> (Vec<String>, &str) {
    let mut cells = Vec::new();
    let mut rest = text;
    let mut first = true;
    loop {
        let Some(end) = rest.find('\u{7}') else { break };
        let (cell, tail) = rest.split_at(end);
        // Text with paragraph ends that is too long for a cell stands between two tables.
        let paragraphs = cell.matches('\r').count();
        let long = cell.chars().count() > 400 || cell.contains('\u{c}') || paragraphs > 0 && (cell.chars().count() > 80 || cell.contains('。'));
        let heading = paragraphs > 0 && cell.split('\r').any(|line| ["一、", "二、", "三、", "四、", "五、", "六、"].iter().any(|n| line.trim_start().starts_with(n)) && line.chars().count() > 8 && line.contains("情况"));
        if !first && (long || heading) {
            break;
        }
        first = false;
        cells.push(cell.replace('\r', "\n"));
        rest = tail.get(1..).unwrap_or("");
    }
    (cells, rest)
}

/// Splits cells into rows: an empty mark ends a row. The first row tells nothing about widths, labels do.
fn rows(cells: &[String], number: u32, meter: &mut Meter) -> Result<Table, Error> {
    let mut table = Table::default();
    let (mut row, mut column) = (0, 0);
    let width = row_width(cells);
    let mut left = width.first().copied().unwrap_or(usize::MAX);
    let mut next = 1;
    for cell in cells {
        if left == 0 {
            // The mark that ends the row.
            row += 1;
            column = 0;
            left = width.get(next).copied().unwrap_or(usize::MAX);
            next += 1;
            continue;
        }
        meter.take(cell)?;
        let place = Place::TableCell { table: number, row: u32::try_from(row + 1).unwrap_or(0), column: u32::try_from(column + 1).unwrap_or(0) };
        let text: String = cell.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        table.cells.push(Cell::new(row, column, text.trim(), place));
        column += 1;
        left -= 1;
    }
    Ok(table)
}

/// How many cells each row has. A row ends at an empty mark; where empty cells stand too, the mark is the one
/// before the next label.
fn row_width(cells: &[String]) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < cells.len() {
        let empty = |i: usize| cells.get(i).is_some_and(|cell| cell.trim().is_empty());
        let label = |i: usize| cells.get(i).is_some_and(|cell| cell.chars().any(|c| c.is_alphabetic()));
        let value_before = at > start && cells.get(start..at).unwrap_or(&[]).iter().any(|cell| !cell.trim().is_empty());
        let ends = empty(at) && value_before && (at + 1 >= cells.len() || label(at + 1) || empty(at + 1) && !empty(at - 1) || !label(at + 1) && all_values(cells, start, at));
        if ends {
            widths.push(at - start);
            start = at + 1;
        }
        at += 1;
    }
    widths
}

/// Whether the row so far holds only heads, so that a value may begin the next one.
fn all_values(cells: &[String], start: usize, end: usize) -> bool {
    cells.get(start..end).unwrap_or(&[]).iter().all(|cell| cell.trim().is_empty() || cell.chars().any(char::is_alphabetic))
}
