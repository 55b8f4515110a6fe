//! PDF through typst: GB/T 9704 page, PDF/A-2a and PDF/UA-1.

use gongkai_manuscript::{Block, Cell, Manuscript, Side, Table};
use typst::diag::{FileError, FileResult, Severity};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Smart, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{Error, Fonts};

const TEMPLATE: &str = include_str!("../templates/report.typ");

/// What the typesetter may see: the template and the fonts. Every file is refused.
struct Desk<'f> {
    library: LazyHash<Library>,
    fonts: &'f Fonts,
    main: Source,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Splits `（一）加强领导。全年……` into its lead and the rest: the lead is set in another face.
pub(crate) fn lead(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('（')?;
    let close = inner.find('）')?;
    let numeral = inner.get(..close)?;
    if numeral.is_empty() || !numeral.chars().all(|c| "一二三四五六七八九十".contains(c)) {
        return None;
    }
    let end = text.find('。').map_or(text.len(), |at| at + '。'.len_utf8());
    let (lead, rest) = text.split_at(end);
    (lead.chars().count() <= 34).then_some((lead, rest))
}

fn dict(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut dict = Dict::new();
    for (key, value) in pairs {
        dict.insert(key.into(), value);
    }
    dict.into_value()
}

fn count(value: usize) -> Value {
    i64::try_from(value).unwrap_or(i64::MAX).into_value()
}

fn cell_value(cell: &Cell, header_rows: usize) -> Value {
    dict([
        ("x", count(cell.column)),
        ("y", count(cell.row)),
        ("rows", count(cell.row_span.max(1))),
        ("columns", count(cell.column_span.max(1))),
        ("text", cell.text.as_str().into_value()),
        ("header", cell.header.into_value()),
        ("head", (cell.row < header_rows).into_value()),
    ])
}

fn table_value(table: &Table) -> Value {
    let columns = table.column_count();
    let widths: Array =
        (0..columns).map(|column| i64::from(table.widths.get(column).copied().unwrap_or(10)).into_value()).collect();
    let cells: Array = table.cells.iter().map(|cell| cell_value(cell, table.header_rows)).collect();
    dict([
        ("kind", "table".into_value()),
        ("widths", widths.into_value()),
        ("heads", count(table.header_rows)),
        ("caption", table.caption.as_str().into_value()),
        ("cells", cells.into_value()),
    ])
}

/// A block for the template; `next` tells a paragraph that name and date must not stand alone after it.
fn block_value(block: &Block, next: Option<&Block>) -> Value {
    match block {
        Block::Title(text) => dict([("kind", "title".into_value()), ("text", text.text.as_str().into_value())]),
        Block::Heading(level, text) => dict([
            ("kind", "heading".into_value()),
            ("level", i64::from(*level).into_value()),
            ("text", text.text.as_str().into_value()),
        ]),
        Block::Paragraph(text) => {
            let (lead, rest) = lead(&text.text).unwrap_or(("", &text.text));
            dict([
                ("kind", "paragraph".into_value()),
                ("lead", lead.into_value()),
                ("text", rest.into_value()),
                ("before-name", matches!(next, Some(Block::Line(Side::Right, _))).into_value()),
            ])
        }
        Block::Table(table) => table_value(table),
        Block::Line(side, text) => {
            let side = match side {
                Side::Left => "left",
                Side::Center => "center",
                Side::Right => "right",
            };
            dict([
                ("kind", "line".into_value()),
                ("side", side.into_value()),
                ("text", text.text.as_str().into_value()),
            ])
        }
        Block::PageBreak => dict([("kind", "break".into_value())]),
    }
}

/// All text of a manuscript, to be compared with the fonts.
fn all_text(manuscript: &Manuscript) -> String {
    let mut text: String = manuscript.paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
    for table in manuscript.tables() {
        text.extend(table.cells.iter().map(|cell| cell.text.as_str()));
    }
    text
}

/// A PDF. `title` stands in its properties; `year` dates it (1 January after), so that the same manuscript gives the
/// same bytes.
///
/// # Errors
/// Names characters that no font has; says that there are no fonts.
pub fn pdf(manuscript: &Manuscript, title: &str, year: Option<i16>, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let text = all_text(manuscript);
    if fonts.is_empty() || !fonts.missing("一国").is_empty() {
        return Err(Error::NoFonts);
    }
    let missing = fonts.missing(&text);
    if !missing.is_empty() {
        let named: Vec<String> = missing.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c))).collect();
        return Err(Error::MissingCharacters(named.join("、")));
    }
    let blocks: Array = (0..)
        .zip(&manuscript.blocks)
        .map(|(at, block): (usize, _)| block_value(block, manuscript.blocks.get(at + 1)))
        .collect();
    let mut inputs = Dict::new();
    inputs.insert("title".into(), title.into_value());
    inputs.insert("blocks".into(), blocks.into_value());
    let path = VirtualPath::new("report.typ").map_err(|error| Error::Typesetting(format!("{error:?}")))?;
    let id = RootedPath::new(VirtualRoot::Project, path).intern();
    let desk = Desk {
        library: LazyHash::new(
            Library::builder().with_inputs(inputs).with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        fonts,
        main: Source::new(id, TEMPLATE.to_owned()),
    };
    let compiled = typst::compile::<PagedDocument>(&desk);
    let document = compiled.output.map_err(|errors| {
        Error::Typesetting(join(&errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>()))
    })?;
    // An unknown font family is expected: the list names faces that a site may or may not own.
    let serious: Vec<String> = compiled
        .warnings
        .iter()
        .filter(|w| w.severity == Severity::Warning && !w.message.contains("unknown font family"))
        .map(|w| w.message.to_string())
        .collect();
    if !serious.is_empty() {
        return Err(Error::Typesetting(join(&serious)));
    }
    let year = i32::from(year.unwrap_or(1999)) + 1;
    let day = Datetime::from_ymd_hms(year, 1, 1, 0, 0, 0).ok_or_else(|| Error::Typesetting("日期".to_owned()))?;
    let options = PdfOptions {
        ident: Smart::Custom(title.to_owned()),
        timestamp: Some(Timestamp::new_utc(day)),
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| Error::Typesetting(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| {
        Error::Typesetting(join(&errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>()))
    })?;
    comemo::evict(8);
    Ok(bytes)
}

fn join(messages: &[String]) -> String {
    messages.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_of_a_paragraph_is_its_first_sentence() {
        assert_eq!(lead("（一）主动公开。全年公开60条。"), Some(("（一）主动公开。", "全年公开60条。")));
        assert_eq!(lead("（一）主动公开"), Some(("（一）主动公开", "")));
        assert_eq!(lead("（含线上）全年"), None);
        assert_eq!(lead("全年公开"), None);
    }
}
