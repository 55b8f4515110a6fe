//! Hiding the middle of a number of a person in a text.

use std::sync::LazyLock;

use gongkai_manuscript::{Block, Manuscript};
use regex::Regex;

use super::number::{half_width, masked};
use super::{Detector, Hit};

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\+?[0-9][0-9 -]{5,24}[0-9Xx]").ok());

/// How many characters stay at the beginning and at the end.
fn kept(detector: Detector) -> Option<(usize, usize)> {
    match detector {
        Detector::Identity => Some((4, 2)),
        Detector::Mobile => Some((3, 4)),
        Detector::BankCard => Some((0, 4)),
        _ => None,
    }
}

/// The text with every number of a hit's kind and shape hidden; none where there is none.
fn hidden(text: &str, hit: &Hit) -> Option<String> {
    let (head, tail) = kept(hit.detector)?;
    // Places are the same in half width: a character is a character there.
    let folded = half_width(text);
    let characters: Vec<char> = text.chars().collect();
    let place = |byte: usize| folded.get(..byte).map(|before| before.chars().count());
    let mut out = String::new();
    let mut done = 0;
    for found in NUMBER.as_ref()?.find_iter(&folded) {
        let plain: String = found.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
        let plain = plain.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&plain);
        if masked(plain, head, tail) != hit.shown {
            continue;
        }
        out.extend(characters.get(done..place(found.start())?)?);
        out.push_str(&hit.shown);
        done = place(found.end())?;
    }
    if done == 0 {
        return None;
    }
    out.extend(characters.get(done..)?);
    Some(out)
}

/// Hides the number of a hit in the piece it was found in. None where it is not there.
pub fn mask(manuscript: &mut Manuscript, hit: &Hit) -> Option<()> {
    let mut piece = 0;
    for block in &mut manuscript.blocks {
        match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                piece += 1;
                if piece == hit.piece {
                    text.text = hidden(&text.text, hit)?;
                    return Some(());
                }
            }
            Block::Table(table) => {
                for cell in &mut table.cells {
                    piece += 1;
                    if piece == hit.piece {
                        cell.text = hidden(&cell.text, hit)?;
                        return Some(());
                    }
                }
            }
            Block::PageBreak => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use gongkai_manuscript::marked;

    use super::super::{Settings, scan};
    use super::*;

    #[test]
    fn numbers_are_hidden_where_they_stand() {
        let body = "联系人张某，电话138 0013 8000。\n| 姓名 | 证件 |\n|---|---|\n| 张某 | 11010519491231002X |\n";
        let mut manuscript = marked::parse(body);
        for _ in 0..2 {
            let hit = scan("", &manuscript, &Settings::default()).into_iter().find(Hit::blocks).unwrap();
            mask(&mut manuscript, &hit).unwrap();
        }
        let after = marked::write(&manuscript);
        assert!(after.contains("电话138****8000。") && after.contains("1101************2X"), "{after}");
        assert!(scan("", &manuscript, &Settings::default()).iter().all(|hit| !hit.blocks()));
    }
}
