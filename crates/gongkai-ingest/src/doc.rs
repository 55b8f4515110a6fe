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
    cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_error| broken("复合文档结构无法读取"))
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
    let stream = file.open_stream(name).map_err(|_error| broken("复合文档中的数据流无法读取"))?;
    let mut out = Vec::new();
    let bound = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    stream.take(bound).read_to_end(&mut out).map_err(|_error| broken("复合文档中的数据流无法读取"))?;
    Ok(Some(out))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

/// A character of the text with its place in the stream, by which its paragraph is found.
type Placed = (char, usize);

/// What stands beside the main text: foot notes, headers, footers, text boxes.
pub(crate) fn beside(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let word = stream(bytes, "/WordDocument")?.ok_or_else(|| broken("缺少 WordDocument"))?;
    let flags = u16_at(&word, 0x0a).ok_or_else(|| broken("文件头不完整"))?;
    let table = if flags & 0x0200 != 0 { "/1Table" } else { "/0Table" };
    let table = stream(bytes, table)?.ok_or_else(|| broken("缺少文字表"))?;
    let text: String = pieces(&word, &table, true).unwrap_or_default().into_iter().map(|(c, _)| c).collect();
    Ok(text.split(|c: char| c.is_control()).map(str::to_owned).collect())
}

/// The text of the document with its control characters, and what its paragraphs are.
fn text(bytes: &[u8]) -> Result<(Vec<Placed>, Vec<Run>), Error> {
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
    let text = pieces(&word, &table, false).ok_or_else(|| broken("文字表无法读取"))?;
    Ok((text, paragraph_runs(&word, &table).unwrap_or_default()))
}

/// The characters of the main text, or of what follows it: foot notes, headers, text boxes.
fn pieces(word: &[u8], table: &[u8], beside: bool) -> Option<Vec<Placed>> {
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
    let main = u32_at(word, 0x4c)?;
    let mut out: Vec<Placed> = Vec::new();
    for piece in 0..count {
        let (from, to) = (u32_at(plc, piece * 4)?, u32_at(plc, piece * 4 + 4)?);
        let (first, last) = if beside { (from.max(main), to.max(main)) } else { (from, to.min(main.max(from))) };
        let (skipped, length) = (first.checked_sub(from)?, last.checked_sub(first)?);
        if length == 0 {
            continue;
        }
        let place = u32_at(plc, (count + 1) * 4 + piece * 8 + 2)?;
        if place & 0x4000_0000 != 0 {
            let start = ((place & 0x3fff_ffff) / 2).checked_add(skipped)?;
            let bytes = word.get(start..start.checked_add(length)?)?;
            // Each byte is one character of the Western code page.
            let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
            out.extend(text.chars().zip(start..));
        } else {
            let place = place.checked_add(skipped.checked_mul(2)?)?;
            let bytes = word.get(place..place.checked_add(length.checked_mul(2)?)?)?;
            let units = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
            let mut position = place;
            for c in char::decode_utf16(units) {
                let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                out.push((c, position));
                position += 2 * c.len_utf16();
            }
        }
        if out.len() > word.len() {
            return None;
        }
    }
    Some(out)
}

/// A run of the stream whose paragraphs have the same properties.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
    in_table: bool,
    ends_row: bool,
}

/// Reads which paragraphs stand in tables and which end rows (`PlcBtePapx`, `PapxFkp`).
fn paragraph_runs(word: &[u8], table: &[u8]) -> Option<Vec<Run>> {
    let (offset, length) = (u32_at(word, 0x0102)?, u32_at(word, 0x0106)?);
    let plc = table.get(offset..offset.checked_add(length)?)?;
    let pages = plc.len().checked_sub(4)? / 8;
    let mut runs = Vec::new();
    for page in 0..pages {
        let number = u32_at(plc, (pages + 1) * 4 + page * 4)? & 0x003f_ffff;
        let Some(fkp) = word.get(number * 512..number * 512 + 512) else { continue };
        let count = usize::from(*fkp.last()?);
        for index in 0..count {
            let (Some(from), Some(to)) = (u32_at(fkp, index * 4), u32_at(fkp, index * 4 + 4)) else { break };
            let Some(word_offset) = fkp.get((count + 1) * 4 + index * 13) else { break };
            let at = usize::from(*word_offset) * 2;
            let (in_table, ends_row) = if at == 0 { (false, false) } else { properties(fkp, at) };
            runs.push(Run { from, to, in_table, ends_row });
        }
    }
    runs.sort_by_key(|run| run.from);
    Some(runs)
}

/// Whether the properties at `at` say “in a table” and “ends a row”.
fn properties(fkp: &[u8], at: usize) -> (bool, bool) {
    let Some(size) = fkp.get(at).copied() else { return (false, false) };
    let (start, length) = if size == 0 {
        (at + 2, usize::from(fkp.get(at + 1).copied().unwrap_or(0)) * 2)
    } else {
        (at + 1, usize::from(size) * 2 - 1)
    };
    let list = fkp.get(start + 2..(start + length).min(fkp.len())).unwrap_or(&[]);
    let (mut in_table, mut ends_row) = (false, false);
    let mut position = 0;
    while let Some(code) = u16_at(list, position) {
        let operand = position + 2;
        // The three highest bits of a code tell the size of what follows.
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ => match (code, u16_at(list, operand)) {
                (0xd608, Some(long)) => usize::from(long) + 1,
                _ => usize::from(list.get(operand).copied().unwrap_or(0)) + 1,
            },
        };
        let value = list.get(operand).copied().unwrap_or(0);
        match code {
            0x2416 => in_table = value != 0,
            0x2417 => ends_row = value != 0,
            _ => {}
        }
        position = operand + size;
    }
    (in_table, ends_row)
}

/// A paragraph or cell with its mark.
struct Part {
    text: String,
    /// It ends with a cell mark.
    cell: bool,
    in_table: bool,
    ends_row: bool,
}

/// The text cut at paragraph, cell and page marks; codes of fields dropped, their results kept.
fn parts(text: &[Placed], runs: &[Run]) -> Vec<Part> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut codes = 0_usize;
    for (c, place) in text {
        match c {
            '\u{13}' => codes += 1,
            '\u{14}' | '\u{15}' => codes = codes.saturating_sub(usize::from(*c == '\u{14}')),
            '\r' | '\u{7}' | '\u{c}' => {
                let at = runs.partition_point(|run| run.from <= *place);
                let run = at.checked_sub(1).and_then(|at| runs.get(at)).filter(|run| run.to > *place);
                out.push(Part {
                    text: std::mem::take(&mut current),
                    cell: *c == '\u{7}',
                    in_table: run.is_some_and(|run| run.in_table),
                    ends_row: run.is_some_and(|run| run.ends_row),
                });
            }
            '\u{b}' => current.push('\n'),
            '\t' => current.push(' '),
            c if codes == 0 && !c.is_control() => current.push(*c),
            _ => {}
        }
    }
    if !current.is_empty() {
        out.push(Part { text: current, cell: false, in_table: false, ends_row: false });
    }
    out
}

struct Builder {
    blocks: Vec<Block>,
    meter: Meter,
    paragraphs: u32,
    tables: u32,
    table: Table,
    row: usize,
    column: usize,
    cell: String,
}

impl Builder {
    fn end_table(&mut self) {
        if !self.table.cells.is_empty() {
            self.blocks.push(Block::Table(std::mem::take(&mut self.table)));
        }
        self.row = 0;
        self.column = 0;
        self.cell.clear();
    }

    fn paragraph(&mut self, text: &str) -> Result<(), Error> {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.meter.take(line)?;
            self.paragraphs += 1;
            self.blocks.push(Block::Paragraph(Paragraph::new(line, Place::Paragraph(self.paragraphs))));
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Error> {
        let text = std::mem::take(&mut self.cell);
        self.meter.take(&text)?;
        if self.table.cells.is_empty() {
            self.tables += 1;
        }
        let place = Place::TableCell {
            table: self.tables,
            row: u32::try_from(self.row + 1).unwrap_or(0),
            column: u32::try_from(self.column + 1).unwrap_or(0),
        };
        self.table.cells.push(Cell::new(self.row, self.column, text.trim(), place));
        self.column += 1;
        Ok(())
    }
}

/// Reads a DOC.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, Vec<String>), Error> {
    let (text, runs) = text(bytes)?;
    let parts = parts(&text, &runs);
    let mut builder = Builder {
        blocks: Vec::new(),
        meter: Meter::new(limits),
        paragraphs: 0,
        tables: 0,
        table: Table::default(),
        row: 0,
        column: 0,
        cell: String::new(),
    };
    // Without the properties of paragraphs, cells are written with bars, as tables in plain text are.
    let told = parts.iter().any(|part| part.ends_row);
    let mut line = String::new();
    for part in &parts {
        if !told && part.cell {
            line.push_str(&part.text.replace('\n', ""));
            line.push_str(" | ");
        } else if !told {
            builder.paragraph(&std::mem::take(&mut line))?;
            builder.paragraph(&part.text)?;
        } else if part.ends_row {
            builder.row += 1;
            builder.column = 0;
            builder.cell.clear();
        } else if part.in_table || part.cell {
            builder.cell.push_str(&part.text);
            if part.cell {
                builder.end_cell()?;
            } else {
                builder.cell.push('\n');
            }
        } else {
            builder.end_table();
            builder.paragraph(&part.text)?;
        }
    }
    builder.end_table();
    builder.paragraph(&line)?;
    Ok((Manuscript { blocks: builder.blocks }, Vec::new()))
}
