//! Word documents in the order of the schema, so that Word, WPS and LibreOffice open them without complaint.

use std::io::{Cursor, Write};

use gongkai_manuscript::{Block, Cell, Manuscript, Side, Table};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::Error;

/// Escapes text and drops what XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

const PACKAGE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>\
</Relationships>";

fn fonts(name: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{name}\" w:cs=\"Times New Roman\"/>"
    )
}

/// Styles of GB/T 9704: body 3号仿宋, exact pitch 29 pt, first line two characters in.
fn styles() -> String {
    let style = |id: &str, name: &str, kind: &str, ppr: &str, font: &str, size: u32, bold: bool| {
        format!(
            "<w:style w:type=\"paragraph\" {kind} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{}<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{}{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            if id == "a" { "" } else { "<w:basedOn w:val=\"a\"/><w:next w:val=\"a\"/>" },
            fonts(font),
            if bold { "<w:b/>" } else { "<w:b w:val=\"0\"/>" },
        )
    };
    let line = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"580\" w:lineRule=\"exact\"/>";
    let indent = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:styles {SPACE}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{}{}{}{}{}{}</w:styles>",
        fonts("仿宋_GB2312"),
        style(
            "a",
            "Normal",
            "w:default=\"1\"",
            &format!("{line}{indent}<w:jc w:val=\"both\"/>"),
            "仿宋_GB2312",
            32,
            false
        ),
        style(
            "Title",
            "Title",
            "",
            "<w:spacing w:before=\"0\" w:after=\"580\" w:line=\"640\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
            "方正小标宋简体",
            44,
            false
        ),
        style(
            "Heading1",
            "heading 1",
            "",
            &format!("<w:keepNext/>{line}{indent}<w:outlineLvl w:val=\"0\"/>"),
            "黑体",
            32,
            false
        ),
        style(
            "Heading2",
            "heading 2",
            "",
            &format!("<w:keepNext/>{line}{indent}<w:outlineLvl w:val=\"1\"/>"),
            "楷体_GB2312",
            32,
            false
        ),
        style(
            "TableText",
            "Table Text",
            "w:customStyle=\"1\"",
            "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
            "宋体",
            18,
            false
        ),
        style(
            "Footer",
            "footer",
            "",
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
            "宋体",
            28,
            false
        ),
    )
}

fn footer(align: &str, indent: &str) -> String {
    let run = |inner: &str| {
        format!("<w:r><w:rPr>{}<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>{inner}</w:r>", fonts("宋体"))
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:ftr {SPACE}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent} w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"{align}\"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>",
        run("<w:t xml:space=\"preserve\">— </w:t>"),
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run("<w:instrText xml:space=\"preserve\">PAGE</w:instrText>"),
        run("<w:fldChar w:fldCharType=\"end\"/>"),
        run("<w:t xml:space=\"preserve\"> —</w:t>"),
    )
}

fn runs(text: &str, properties: &str) -> String {
    let mut out = String::new();
    for (index, line) in text.split('\n').enumerate() {
        let separator = if index > 0 { "<w:br/>" } else { "" };
        out.push_str(&format!("<w:r>{properties}{separator}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(line)));
    }
    out
}

fn paragraph(style: &str, text: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{style}{}</w:p>", runs(text, ""))
}

/// A paragraph that begins with `（一）…。`: the lead in the face of second-level headings.
fn body(text: &str) -> String {
    match crate::pdf::lead(text) {
        Some((lead, rest)) => {
            let kai = format!("<w:rPr>{}</w:rPr>", fonts("楷体_GB2312"));
            format!("<w:p>{}{}</w:p>", runs(lead, &kai), if rest.is_empty() { String::new() } else { runs(rest, "") })
        }
        None => paragraph("", text),
    }
}

/// A paragraph that stays with name and date on one page.
fn kept(text: &str) -> String {
    format!("<w:p><w:pPr><w:keepNext/><w:keepLines/></w:pPr>{}</w:p>", runs(text, ""))
}

/// A line at a side: flush left, in the middle, or name over date in the right half.
fn aside(side: Side, text: &str) -> String {
    let (align, indent) = match side {
        Side::Left => ("left", ""),
        Side::Center => ("center", ""),
        Side::Right => ("center", " w:left=\"3700\" w:right=\"640\""),
    };
    let before = if side == Side::Right { "<w:keepLines/><w:spacing w:before=\"580\"/>" } else { "" };
    format!(
        "<w:p><w:pPr>{before}<w:ind{indent} w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"{align}\"/></w:pPr>{}</w:p>",
        runs(text, "")
    )
}

/// The text width of the page in twentieths of a point: 156 mm.
const WIDTH: u32 = 8844;

fn cell_xml(cell: &Cell, width: u32, continued: bool, left: bool) -> String {
    let mut properties = format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if cell.column_span > 1 {
        properties.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", cell.column_span));
    }
    if cell.row_span > 1 {
        properties.push_str(if continued { "<w:vMerge/>" } else { "<w:vMerge w:val=\"restart\"/>" });
    }
    properties.push_str("<w:vAlign w:val=\"center\"/>");
    let align = if left { "<w:jc w:val=\"left\"/>" } else { "" };
    let text = if continued { "" } else { cell.text.as_str() };
    format!(
        "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{align}</w:pPr>{}</w:p></w:tc>",
        if text.is_empty() { String::new() } else { runs(text, "") }
    )
}

fn table(table: &Table) -> String {
    let columns = table.column_count();
    let total: u32 = table.widths.iter().take(columns).map(|w| u32::from(*w)).sum();
    let width = |index: usize| -> u32 {
        match table.widths.get(index) {
            Some(width) if total > 0 && table.widths.len() >= columns => WIDTH * u32::from(*width) / total,
            _ => WIDTH / u32::try_from(columns.max(1)).unwrap_or(1),
        }
    };
    let mut out =
        String::from("<w:tbl><w:tblPr><w:tblW w:w=\"8844\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"));
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"40\" w:type=\"dxa\"/></w:tblCellMar>");
    if !table.caption.is_empty() {
        out.push_str(&format!("<w:tblCaption w:val=\"{}\"/>", escape(&table.caption).replace('"', "&quot;")));
    }
    out.push_str("</w:tblPr><w:tblGrid>");
    for column in 0..columns {
        out.push_str(&format!("<w:gridCol w:w=\"{}\"/>", width(column)));
    }
    out.push_str("</w:tblGrid>");
    for row in 0..table.row_count() {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if row < table.header_rows {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        let mut here: Vec<&Cell> =
            table.cells.iter().filter(|cell| cell.row <= row && row < cell.row + cell.row_span.max(1)).collect();
        here.sort_by_key(|cell| cell.column);
        for cell in here {
            let cell_width = (cell.column..cell.column + cell.column_span.max(1)).map(width).sum();
            let left = cell.header && row >= table.header_rows && cell.column_span < 4 && table.header_rows > 0;
            out.push_str(&cell_xml(cell, cell_width, cell.row != row, left));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

fn document(manuscript: &Manuscript) -> String {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document {SPACE}><w:body>");
    let mut after_table = false;
    for (at, block) in manuscript.blocks.iter().enumerate() {
        match block {
            Block::Title(text) => out.push_str(&paragraph("Title", &text.text)),
            Block::Heading(1, text) => out.push_str(&paragraph("Heading1", &text.text)),
            Block::Heading(_, text) => out.push_str(&paragraph("Heading2", &text.text)),
            Block::Paragraph(text) if matches!(manuscript.blocks.get(at + 1), Some(Block::Line(Side::Right, _))) => {
                out.push_str(&kept(&text.text));
            }
            Block::Paragraph(text) => out.push_str(&body(&text.text)),
            Block::Line(side, text) => out.push_str(&aside(*side, &text.text)),
            Block::Table(one) => {
                // Two tables without a paragraph between them would grow together.
                if after_table {
                    out.push_str("<w:p/>");
                }
                out.push_str(&table(one));
            }
            Block::PageBreak => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
        after_table = matches!(block, Block::Table(_));
    }
    if after_table {
        out.push_str("<w:p/>");
    }
    // A4, margins 37, 26, 35 and 28 mm; page numbers outside, 7 mm under the text.
    out.push_str(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/>\
<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>\
<w:docGrid w:linePitch=\"312\"/></w:sectPr></w:body></w:document>",
    );
    out
}

/// A Word document. `title` stands in its properties.
///
/// # Errors
/// The writer refused.
pub fn docx(manuscript: &Manuscript, title: &str) -> Result<Vec<u8>, Error> {
    let core = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>",
        escape(title)
    );
    let settings = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:settings {SPACE}><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", PACKAGE.to_owned()),
        ("word/document.xml", document(manuscript)),
        ("word/_rels/document.xml.rels", RELATIONS.to_owned()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings),
        ("word/footer1.xml", footer("right", "w:rightChars=\"100\" w:right=\"280\"")),
        ("word/footer2.xml", footer("left", "w:leftChars=\"100\" w:left=\"280\"")),
        ("docProps/core.xml", core),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed date: the same manuscript gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        zip.start_file(name, options).map_err(|error| Error::Writing(error.to_string()))?;
        zip.write_all(content.as_bytes()).map_err(|error| Error::Writing(error.to_string()))?;
    }
    let bytes = zip.finish().map_err(|error| Error::Writing(error.to_string()))?;
    Ok(bytes.into_inner())
}
