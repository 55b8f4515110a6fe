//! Text that stands in a file beside its body: headers, footers, notes, drawings, descriptions of pictures, properties. A reader
//! of the body does not take it in, yet whoever gets the file reads it; so the checks before publication look at it too.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::archive::Archive;
use crate::{Error, Format, Limits};

/// The lines beside the body of a file, in the order of its parts.
///
/// # Errors
/// As for reading: broken, too large, encrypted.
pub fn beside(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<String>, Error> {
    let look = || match format {
        Format::Docx | Format::Xlsx => office(bytes, limits),
        Format::Doc => crate::doc::beside(bytes),
        Format::Pdf => pdf(bytes),
        Format::Xls | Format::Html | Format::Text | Format::Markdown | Format::Csv | Format::Json => Ok(Vec::new()),
    };
    let mut lines = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look))
        .map_err(|_panic| Error::Broken("内部结构异常".to_owned()))??;
    lines.retain(|line| !line.trim().is_empty());
    Ok(lines)
}

/// How the text of a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Paragraphs of runs: `w:t`, `a:t`.
    Runs,
    /// Headers and footers of a sheet, with codes such as `&C`.
    Sheet,
    /// Elements that hold nothing but text.
    Properties,
    /// Names and descriptions in attributes.
    Attributes,
}

fn kind_of(name: &str) -> Option<Kind> {
    let last = name.rsplit('/').next().unwrap_or("");
    let begins = |starts: &[&str]| starts.iter().any(|start| last.starts_with(start));
    if name.rsplit('.').next() != Some("xml") {
        None
    } else if name.starts_with("word/") && begins(&["header", "footer", "footnotes", "endnotes"])
        || name.contains("/drawings/")
        || name.contains("/charts/")
        || name.contains("/diagrams/data")
    {
        Some(Kind::Runs)
    } else if name.starts_with("xl/worksheets/") {
        Some(Kind::Sheet)
    } else if name.starts_with("docprops/") || name.starts_with("customxml/item") && !name.contains("props") {
        Some(Kind::Properties)
    } else if name == "word/document.xml" || name == "xl/workbook.xml" {
        Some(Kind::Attributes)
    } else {
        None
    }
}

fn office(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Error> {
    let mut archive = Archive::open(bytes, limits)?;
    let mut out = Vec::new();
    let mut room = 400_000_usize;
    for name in archive.names() {
        let Some(kind) = kind_of(&name.to_ascii_lowercase()) else { continue };
        let Some(xml) = archive.text_part(&name)? else { continue };
        for line in lines(&xml, kind) {
            let Some(left) = room.checked_sub(line.len()) else { return Ok(out) };
            room = left;
            out.push(line);
        }
    }
    Ok(out)
}

fn lines(xml: &str, kind: Kind) -> Vec<String> {
    let mut out = Vec::new();
    let mut reader = Reader::from_str(xml);
    let (mut line, mut taking) = (String::new(), false);
    let wanted = |name: &str| match kind {
        Kind::Runs => name == "t",
        Kind::Sheet => name.ends_with("Header") || name.ends_with("Footer"),
        Kind::Properties => true,
        Kind::Attributes => false,
    };
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                taking = wanted(start.local_name().as_ref());
                let told: &[&str] = match (kind, start.local_name().as_ref()) {
                    (_, "docPr" | "cNvPr") => &["descr", "title"],
                    // The words of a watermark, such as 机密 across the page.
                    (_, "textpath") => &["string"],
                    (_, "shape" | "imagedata") => &["alt", "title"],
                    (Kind::Attributes, "sheet") => &["name"],
                    _ => &[],
                };
                for attribute in start.attributes().flatten() {
                    if told.contains(&attribute.key.local_name().as_ref()) {
                        out.push(unescaped(&attribute.value));
                    }
                }
            }
            Event::Text(text) if taking => line.push_str(&text),
            Event::CData(text) if taking => line.push_str(&text),
            Event::GeneralRef(name) if taking => {
                if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
                    line.push_str(text);
                } else if let Ok(Some(c)) = name.resolve_char_ref() {
                    line.push(c);
                }
            }
            Event::End(end) => {
                taking = false;
                if kind != Kind::Runs || end.local_name().as_ref() == "p" {
                    out.push(std::mem::take(&mut line));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out.push(line);
    if kind == Kind::Sheet {
        for line in &mut out {
            *line = without_codes(line);
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_odd| text.to_owned(), std::borrow::Cow::into_owned)
}

/// A header of a sheet without the codes for place, fonts and page numbers.
fn without_codes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '&' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('"') => {
                rest.by_ref().find(|c| *c == '"');
            }
            Some('&') => out.push('&'),
            Some(digit) if digit.is_ascii_digit() => while rest.next_if(char::is_ascii_digit).is_some() {},
            Some(_) => out.push(' '),
            None => {}
        }
    }
    out
}

fn pdf(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let pdf = crate::pdf::open(bytes)?;
    let told = pdf.metadata();
    let text = |value: &Option<Box<[u8]>>| value.as_ref().map(|bytes| decoded(bytes)).unwrap_or_default();
    Ok(vec![text(&told.title), text(&told.subject), text(&told.keywords)])
}

/// A text string of a PDF: UTF-16 with a mark, else bytes.
fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .filter_map(|pair| Some(u16::from_be_bytes([*pair.first()?, *pair.get(1)?])))
                .collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_a_sheet_are_left_out() {
        assert_eq!(without_codes("&L&\"宋体,常规\"&10机密★5年&R第&P页").trim(), "机密★5年 第 页");
    }

    #[test]
    fn runs_of_a_paragraph_are_one_line() {
        let xml = "<w:hdr><w:p><w:r><w:t>机密</w:t></w:r><w:r><w:t>★5年 A&amp;B</w:t></w:r></w:p></w:hdr>";
        assert_eq!(lines(xml, Kind::Runs).first().map(String::as_str), Some("机密★5年 A&B"));
    }
}
