//! Word documents (Office Open XML): paragraphs and tables with merged cells resolved.

use std::collections::BTreeMap;

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Side, Table};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::archive::Archive;
use crate::limits::Meter;
use crate::{Error, Limits};

/// How a cell takes part in a vertical merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Merge {
    #[default]
    No,
    Restart,
    Continue,
}

#[derive(Debug, Default)]
struct OpenTable {
    cells: Vec<Cell>,
    row: usize,
    column: usize,
    /// The cell that reaches down at each column.
    reaching: BTreeMap<usize, usize>,
    span: usize,
    merge: Merge,
    text: String,
    in_cell: bool,
    number: u32,
}

struct Body {
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    text: String,
    heading: Option<u8>,
    title: bool,
    side: Option<Side>,
    paragraphs: u32,
    count: u32,
    meter: Meter,
    revisions: usize,
}

const MOST_SPAN: usize = 200;
const MOST_OPEN: usize = 32;

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.to_string())
}

fn count_attribute(start: &BytesStart<'_>) -> usize {
    attribute(start, "val").and_then(|value| value.parse().ok()).unwrap_or(1).clamp(0, MOST_SPAN)
}

/// Reads a DOCX.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, Vec<String>), Error> {
    let mut archive = Archive::open(bytes, limits)?;
    let xml =
        archive.text_part("word/document.xml")?.ok_or_else(|| Error::Broken("缺少 word/document.xml".to_owned()))?;
    let styles = archive.text_part("word/styles.xml")?.map(|xml| headings(&xml)).unwrap_or_default();
    let mut body = Body {
        blocks: Vec::new(),
        tables: Vec::new(),
        text: String::new(),
        heading: None,
        title: false,
        side: None,
        paragraphs: 0,
        count: 0,
        meter: Meter::new(limits),
        revisions: 0,
    };
    read_body(&xml, &styles, &mut body)?;
    let mut notices = Vec::new();
    if body.revisions > 0 {
        notices.push(format!("文件带有{}处修订痕迹，已按接受修订后的内容读取", body.revisions));
    }
    let pictures = archive.names().iter().filter(|name| name.starts_with("word/media/")).count();
    if pictures > 0 && !body.blocks.iter().any(|block| matches!(block, Block::Table(_))) {
        notices.push(format!("文件里有{pictures}张图片而没有表格；表格可能是图片，无法读取"));
    } else if pictures > 0 {
        notices.push(format!("文件里有{pictures}张图片，其中的文字没有读取"));
    }
    Ok((Manuscript { blocks: body.blocks }, notices))
}

fn broken(reader: &Reader<&[u8]>) -> Error {
    Error::Broken(format!("正文在第{}字节处无法读取", reader.error_position()))
}

/// Style ids that are headings, with their level; 0 is the title.
fn headings(xml: &str) -> BTreeMap<String, u8> {
    let mut found = BTreeMap::new();
    let mut reader = Reader::from_str(xml);
    let mut id: Option<String> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "style" => id = attribute(&start, "styleId"),
                "name" => {
                    let name = attribute(&start, "val").unwrap_or_default().to_ascii_lowercase();
                    let level = name.strip_prefix("heading ").and_then(|n| n.parse::<u8>().ok());
                    let level = if name == "title" { Some(0) } else { level };
                    if let (Some(id), Some(level)) = (&id, level) {
                        found.insert(id.clone(), level);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn read_body(xml: &str, styles: &BTreeMap<String, u8>, body: &mut Body) -> Result<(), Error> {
    let mut reader = Reader::from_str(xml);
    let (mut in_text, mut deleted, mut fallback, mut instruction) = (false, 0_usize, 0_usize, 0_usize);
    let mut events = 0_usize;
    loop {
        events += 1;
        if events > 4_000_000 {
            return Err(Error::TooLarge { what: "文档结构", limit: "四百万个标记".to_owned() });
        }
        let event = reader.read_event().map_err(|_error| broken(&reader))?;
        match event {
            Event::Start(start) => {
                match start.local_name().as_ref() {
                    "t" => in_text = true,
                    "del" | "moveFrom" => {
                        deleted += 1;
                        body.revisions += 1;
                    }
                    "ins" => body.revisions += 1,
                    "Fallback" => fallback += 1,
                    "instrText" => instruction += 1,
                    _ => {}
                }
                begin(&start, styles, body)?;
            }
            Event::Empty(start) => {
                begin(&start, styles, body)?;
                if start.local_name().as_ref() == "tc" || start.local_name().as_ref() == "p" {
                    end(start.local_name().as_ref(), body)?;
                }
            }
            Event::Text(text) if in_text && deleted == 0 && fallback == 0 && instruction == 0 => {
                body.push(&text);
            }
            Event::GeneralRef(name) if in_text && deleted == 0 && fallback == 0 => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                if let Some(text) = resolved {
                    body.push(&text);
                }
            }
            Event::CData(text) if in_text => body.push(&text),
            Event::End(closing) => {
                match closing.local_name().as_ref() {
                    "t" => in_text = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "Fallback" => fallback = fallback.saturating_sub(1),
                    "instrText" => instruction = instruction.saturating_sub(1),
                    _ => {}
                }
                end(closing.local_name().as_ref(), body)?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while !body.tables.is_empty() {
        end("tbl", body)?;
    }
    Ok(())
}

impl Body {
    fn push(&mut self, text: &str) {
        match self.tables.last_mut() {
            Some(table) => table.text.push_str(text),
            None => self.text.push_str(text),
        }
    }
}

fn begin(start: &BytesStart<'_>, styles: &BTreeMap<String, u8>, body: &mut Body) -> Result<(), Error> {
    match start.local_name().as_ref() {
        "tbl" => {
            if body.tables.len() >= MOST_OPEN {
                return Err(Error::TooLarge { what: "表格嵌套", limit: "32层".to_owned() });
            }
            body.count += 1;
            body.tables.push(OpenTable { number: body.count, ..OpenTable::default() });
        }
        "tr" => {
            if let Some(table) = body.tables.last_mut() {
                table.column = 0;
            }
        }
        "gridBefore" => {
            if let Some(table) = body.tables.last_mut() {
                table.column += count_attribute(start);
            }
        }
        "tc" => {
            if let Some(table) = body.tables.last_mut() {
                table.text.clear();
                table.span = 1;
                table.merge = Merge::No;
                table.in_cell = true;
            }
        }
        "gridSpan" => {
            if let Some(table) = body.tables.last_mut() {
                table.span = count_attribute(start).max(1);
            }
        }
        "vMerge" => {
            if let Some(table) = body.tables.last_mut() {
                let restart = attribute(start, "val").as_deref() == Some("restart");
                table.merge = if restart { Merge::Restart } else { Merge::Continue };
            }
        }
        "pStyle" => {
            let level = attribute(start, "val").and_then(|id| styles.get(&id).copied());
            body.title = level == Some(0);
            body.heading = level.filter(|level| *level > 0);
        }
        "jc" if body.tables.is_empty() => {
            body.side = match attribute(start, "val").as_deref() {
                Some("right" | "end") => Some(Side::Right),
                Some("center") => Some(Side::Center),
                _ => None,
            };
        }
        "br" | "cr" => body.push("\n"),
        "tab" => body.push(" "),
        "noBreakHyphen" => body.push("-"),
        _ => {}
    }
    Ok(())
}

fn end(name: &str, body: &mut Body) -> Result<(), Error> {
    match name {
        "p" => {
            if let Some(table) = body.tables.last_mut() {
                if !table.text.is_empty() && !table.text.ends_with('\n') {
                    table.text.push('\n');
                }
            } else {
                let text = std::mem::take(&mut body.text);
                let (title, heading) = (std::mem::take(&mut body.title), body.heading.take());
                let side = body.side.take();
                if text.trim().is_empty() {
                    return Ok(());
                }
                body.meter.take(&text)?;
                body.paragraphs += 1;
                let paragraph = Paragraph::new(text.trim(), Place::Paragraph(body.paragraphs));
                body.blocks.push(match heading {
                    _ if title => Block::Title(paragraph),
                    Some(level) => Block::Heading(level, paragraph),
                    None => match side {
                        Some(side) => Block::Line(side, paragraph),
                        None => Block::Paragraph(paragraph),
                    },
                });
            }
        }
        "tc" => {
            if let Some(table) = body.tables.last_mut() {
                let text = table.text.trim().to_owned();
                table.text.clear();
                table.in_cell = false;
                body.meter.take(&text)?;
                let (column, span) = (table.column, table.span);
                table.column += span;
                if table.merge == Merge::Continue
                    && let Some(above) = table.reaching.get(&column).and_then(|at| table.cells.get_mut(*at))
                {
                    above.row_span += 1;
                    return Ok(());
                }
                let place = Place::TableCell {
                    table: table.number,
                    row: u32::try_from(table.row + 1).unwrap_or(0),
                    column: u32::try_from(column + 1).unwrap_or(0),
                };
                table.cells.push(Cell::new(table.row, column, text, place).spanning(1, span));
                if table.merge == Merge::Restart {
                    table.reaching.insert(column, table.cells.len() - 1);
                } else {
                    table.reaching.remove(&column);
                }
            }
        }
        "tr" => {
            if let Some(table) = body.tables.last_mut() {
                table.row += 1;
            }
        }
        "tbl" => {
            if let Some(table) = body.tables.pop() {
                match body.tables.last_mut() {
                    // A table within a cell: its text joins the cell, and the table stands on its own.
                    Some(outer) if outer.in_cell && table.cells.len() < 4 => {
                        for cell in &table.cells {
                            outer.text.push_str(&cell.text);
                            outer.text.push('\n');
                        }
                    }
                    _ => body.blocks.push(Block::Table(Table { cells: table.cells, ..Table::default() })),
                }
            }
        }
        _ => {}
    }
    Ok(())
}
