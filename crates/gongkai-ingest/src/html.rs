//! Web pages: text by paragraph, tables on their grid, layout tables taken apart.

mod reader;
mod sight;

use gongkai_manuscript::Manuscript;
use html5gum::{Token, Tokenizer};

pub(crate) use self::sight::unseen;

use self::reader::{MOST_OPEN, MOST_SPAN, Open, Reader};
use crate::{Error, Limits};

const SKIPPED: &[&[u8]] =
    &[b"script", b"style", b"noscript", b"template", b"svg", b"select", b"iframe", b"textarea", b"object"];
const BREAKS: &[&[u8]] = &[
    b"p",
    b"div",
    b"br",
    b"li",
    b"ul",
    b"ol",
    b"section",
    b"article",
    b"header",
    b"footer",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"tr",
    b"table",
    b"tbody",
    b"thead",
    b"hr",
    b"dl",
    b"dt",
    b"dd",
    b"nav",
    b"main",
    b"blockquote",
    b"form",
    b"center",
    b"pre",
    b"caption",
    b"figure",
    b"body",
    b"html",
    b"title",
];

fn number(value: Option<&[u8]>) -> usize {
    value
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(|text| text.trim().parse::<usize>().ok())
        .unwrap_or(1)
        .clamp(1, MOST_SPAN)
}

/// Reads a web page.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, Vec<String>), Error> {
    read_page(bytes, limits, false)
}

/// Reads what a web page shows; hidden elements are left out.
pub(crate) fn read_shown(bytes: &[u8], limits: &Limits) -> Result<Manuscript, Error> {
    read_page(bytes, limits, true).map(|(manuscript, _)| manuscript)
}

fn read_page(bytes: &[u8], limits: &Limits, only_shown: bool) -> Result<(Manuscript, Vec<String>), Error> {
    if bytes.len() > 32 << 20 {
        return Err(Error::TooLarge { what: "网页", limit: "32 MB".to_owned() });
    }
    let text = decode_page(bytes)?;
    let mut reader = Reader::new(limits);
    for token in Tokenizer::new(text.as_str()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = tag.name.as_slice();
                if let Some((skipped, depth)) = &mut reader.skip {
                    if skipped == name && !tag.self_closing {
                        *depth += 1;
                    }
                    continue;
                }
                let attribute =
                    |key: &[u8]| tag.attributes.iter().find(|(k, _)| k.as_slice() == key).map(|(_, v)| v.as_slice());
                let skips = SKIPPED.contains(&name) || only_shown && sight::is_unshown(name, attribute);
                if skips && !tag.self_closing {
                    reader.skip = Some((name.to_vec(), 1));
                    continue;
                }
                match name {
                    b"table" => {
                        if reader.tables.len() >= MOST_OPEN {
                            return Err(Error::TooLarge { what: "表格嵌套", limit: "64层".to_owned() });
                        }
                        if reader.tables.last().is_none_or(|table| !table.in_cell) {
                            reader.end_paragraph()?;
                        }
                        reader.count += 1;
                        let number = reader.count;
                        reader.tables.push(Open { number, spans: (1, 1), ..Open::default() });
                    }
                    b"tr" => {
                        reader.end_row()?;
                        if let Some(table) = reader.tables.last_mut() {
                            table.in_row = true;
                        }
                    }
                    b"td" | b"th" => {
                        reader.end_cell()?;
                        if let Some(table) = reader.tables.last_mut() {
                            table.in_row = true;
                            table.in_cell = true;
                            table.text.clear();
                            table.spans = (number(attribute(b"rowspan")), number(attribute(b"colspan")));
                            table.header = name == b"th";
                        }
                    }
                    b"title" => reader.in_title = true,
                    _ if BREAKS.contains(&name) => {
                        reader.end_paragraph()?;
                        if let [b'h', level @ b'1'..=b'6'] = name {
                            reader.heading = Some(level - b'0');
                        }
                    }
                    _ => {}
                }
            }
            Token::EndTag(tag) => {
                let name = tag.name.as_slice();
                if let Some((skipped, depth)) = &mut reader.skip {
                    if skipped == name {
                        *depth -= 1;
                        if *depth == 0 {
                            reader.skip = None;
                        }
                    }
                    continue;
                }
                match name {
                    b"table" => reader.end_table()?,
                    b"tr" => reader.end_row()?,
                    b"td" | b"th" => reader.end_cell()?,
                    b"title" => {
                        reader.end_paragraph()?;
                        reader.text.clear();
                        reader.in_title = false;
                    }
                    _ if BREAKS.contains(&name) => {
                        reader.end_paragraph()?;
                        if matches!(name, [b'h', b'1'..=b'6']) {
                            reader.heading = None;
                        }
                    }
                    _ => {}
                }
            }
            Token::String(text) => {
                if reader.skip.is_some() {
                    continue;
                }
                let text = String::from_utf8_lossy(&text);
                // Line ends of the source are spaces between words, nothing between Han characters.
                let target = reader.target();
                for c in text.chars() {
                    match c {
                        '\n' | '\r' => {
                            if target.chars().next_back().is_some_and(|last| last.is_ascii() && !last.is_whitespace()) {
                                target.push(' ');
                            }
                        }
                        '\u{0}'..='\u{1f}' if c != '\t' => {}
                        c => target.push(c),
                    }
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    while !reader.tables.is_empty() {
        reader.end_table()?;
    }
    reader.end_paragraph()?;
    Ok((Manuscript { blocks: reader.blocks }, Vec::new()))
}

/// The text of a page; a charset named in its head wins where the bytes are not valid UTF-8.
fn decode_page(bytes: &[u8]) -> Result<String, Error> {
    crate::text::decode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(html: &str) -> Manuscript {
        read(html.as_bytes(), &Limits::default()).unwrap().0
    }

    #[test]
    fn spans_place_cells_on_the_grid() {
        let page = "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>";
        let manuscript = read_text(page);
        let table = manuscript.tables().next().unwrap();
        let cells: Vec<_> = table.cells.iter().map(|c| (c.row, c.column, c.text.as_str())).collect();
        assert_eq!(cells, [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "1"), (1, 2, "2")]);
    }

    #[test]
    fn a_layout_table_gives_way_to_the_tables_within() {
        let page = "<table><tr><td><p>一、总体情况</p><p>正文。</p><table><tr><td>规章</td><td>0</td></tr></table><p>后文</p></td></tr></table>";
        let manuscript = read_text(page);
        assert_eq!(manuscript.tables().count(), 1);
        let texts: Vec<_> = manuscript.paragraphs().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["一、总体情况", "正文。", "后文"]);
    }

    #[test]
    fn scripts_and_page_titles_are_no_text() {
        let manuscript = read_text("<title>站名</title><script>var a='规章';</script><p>正文<br>次行</p>");
        let texts: Vec<_> = manuscript.paragraphs().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["正文", "次行"]);
    }

    #[test]
    fn deep_nesting_is_refused_or_read_but_never_overflows() {
        let deep = "<div>".repeat(10_000) + "文" + &"</div>".repeat(10_000);
        assert_eq!(read_text(&deep).paragraphs().count(), 1);
        let tables = "<table><tr><td>".repeat(10_000);
        assert!(read(tables.as_bytes(), &Limits::default()).is_err());
    }
}
