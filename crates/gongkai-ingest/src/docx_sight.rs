//! Text of a Word document that nobody sees: white on white, or of a size that cannot be read.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Half points: two points and less cannot be read.
pub(crate) const TINY: u32 = 4;

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name);
    found.map(|one| one.value.to_ascii_uppercase())
}

/// Whether a colour cannot be told from paper.
pub(crate) fn is_white(colour: &str) -> bool {
    matches!(colour.to_ascii_uppercase().as_str(), "FFFFFF" | "FEFEFE" | "FDFDFD")
}

/// How many runs cannot be seen. White text within a filled cell or a styled table counts as seen.
pub(crate) fn faint(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut count = 0;
    // What is filled, from the outermost element in: tables, cells, paragraphs, runs.
    let mut filled: Vec<bool> = Vec::new();
    let (mut white, mut tiny, mut in_text, mut in_mark) = (false, false, false, false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "tbl" | "tc" | "p" | "txbxContent" => filled.push(false),
                "r" => {
                    filled.push(false);
                    (white, tiny) = (false, false);
                }
                "rPr" => in_mark = true,
                "t" => in_text = true,
                _ => {}
            },
            Event::Empty(start) => {
                let told = value(&start, "val").unwrap_or_default();
                match start.local_name().as_ref() {
                    "shd" | "tblStyle" | "highlight" => {
                        let fill = value(&start, "fill").unwrap_or_else(|| told.clone());
                        let own = !matches!(fill.as_str(), "" | "AUTO" | "FFFFFF");
                        filled.last_mut().into_iter().for_each(|last| *last |= own);
                    }
                    "color" if in_mark => white = is_white(&told),
                    "sz" if in_mark => tiny = told.parse::<u32>().is_ok_and(|size| size <= TINY),
                    _ => {}
                }
            }
            Event::Text(text) if in_text && !text.trim().is_empty() && (tiny || white && !filled.contains(&true)) => {
                count += 1;
            }
            Event::End(end) => match end.local_name().as_ref() {
                "tbl" | "tc" | "p" | "r" | "txbxContent" => {
                    filled.pop();
                }
                "rPr" => in_mark = false,
                "t" => in_text = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(marks: &str) -> String {
        format!("<w:r><w:rPr>{marks}</w:rPr><w:t>字</w:t></w:r>")
    }

    #[test]
    fn white_on_white_and_tiny_text_is_not_seen() {
        let white = run("<w:color w:val=\"FFFFFF\"/>");
        assert_eq!(faint(&format!("<w:p>{white}</w:p>")), 1);
        assert_eq!(faint(&format!("<w:p>{}</w:p>", run("<w:sz w:val=\"2\"/>"))), 1);
        assert_eq!(faint(&format!("<w:p>{}</w:p>", run("<w:color w:val=\"000000\"/><w:sz w:val=\"32\"/>"))), 0);
        let cell = format!("<w:tc><w:tcPr><w:shd w:fill=\"1F4E79\"/></w:tcPr><w:p>{white}</w:p></w:tc>");
        assert_eq!(faint(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>")), 0, "white on blue");
        assert_eq!(faint(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p>{white}</w:p>")), 1);
    }
}
