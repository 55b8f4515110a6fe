//! Hiding the middle of a number of a person in a text.

use gongkai_manuscript::{Block, Manuscript};

use super::number::{half_width, masked};
use super::personal::{places, without_country};
use super::{Detector, Hit};

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
    for (from, to) in places(hit.detector, &folded) {
        let plain: String = folded.get(from..to)?.chars().filter(char::is_ascii_alphanumeric).collect();
        let (from, to) = (place(from)?, place(to)?);
        if masked(without_country(&plain), head, tail) != hit.shown || from < done {
            continue;
        }
        out.extend(characters.get(done..from)?);
        out.push_str(&hit.shown);
        done = to;
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

    #[test]
    fn a_number_is_hidden_beside_other_digits_and_with_the_country_before_it() {
        for (body, after) in [
            ("卡号6222 0212 3456 7890 128。", "卡号***************0128。"),
            ("13800138000 13900139000", "138****8000 139****9000"),
            ("2026 13800138000", "2026 138****8000"),
            ("编号2026 11010519491231002X", "编号2026 1101************2X"),
            ("电话0086-138-0013-8000", "电话138****8000"),
            ("电话0086 13800138000", "电话138****8000"),
        ] {
            let mut manuscript = marked::parse(body);
            while let Some(hit) = scan("", &manuscript, &Settings::default()).into_iter().find(Hit::blocks) {
                mask(&mut manuscript, &hit).unwrap();
            }
            assert_eq!(marked::write(&manuscript).trim(), after);
        }
    }
}
