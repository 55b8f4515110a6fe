//! A paper taken apart: title, number, day, and the form its paragraphs have.

use gongkai_manuscript::{Block, Manuscript, Side, marked};

use super::Extracted;

fn is_doc_no(text: &str) -> bool {
    text.chars().count() <= 40
        && gongkai_model::publication::metadata::tidy_doc_no(text).is_ok_and(|number| number.contains('〔'))
}

/// The day of a line that holds nothing else.
fn day_of(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = text.strip_suffix('日')?;
    let (year, rest) = rest.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

/// Title, number and day out of a text; the title and the number are not repeated in what is left.
pub(in crate::platform) fn take_apart(mut manuscript: Manuscript) -> Extracted {
    let mut out = Extracted::default();
    let head: Vec<String> = manuscript
        .blocks
        .iter()
        .take(8)
        .map(|block| match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                text.text.clone()
            }
            Block::Table(_) | Block::PageBreak => String::new(),
        })
        .collect();
    let titled = manuscript.blocks.iter().take(8).position(|block| matches!(block, Block::Title(_)));
    let is_title = |text: &str| {
        let length = text.chars().count();
        (4..=100).contains(&length)
            && !text.ends_with(['。', '：', '；', '，', ':'])
            && !is_doc_no(text)
            && !text.starts_with("一、")
    };
    let at = titled.or_else(|| {
        let first = head.iter().position(|text| !text.is_empty() && !is_doc_no(text))?;
        head.get(first).filter(|text| is_title(text)).map(|_| first)
    });
    let mut drop_at: Vec<usize> = Vec::new();
    if let Some(at) = at {
        out.title = joined(head.get(at).map_or("", String::as_str));
        drop_at.push(at);
        // A title of two lines: the second ends it.
        if let Some(next) = head.get(at + 1)
            && titled.is_none()
            && !next.is_empty()
            && !next.ends_with(['。', '：', '；', '，', ':'])
            && !is_doc_no(next)
            && next.chars().count() <= 40
            && ["通知", "公告", "决定", "意见", "报告", "办法", "规定", "细则", "函"]
                .iter()
                .any(|end| next.ends_with(end))
            && !["通知", "公告", "决定", "意见", "报告"].iter().any(|end| out.title.ends_with(end))
        {
            out.title.push_str(next.trim());
            drop_at.push(at + 1);
        }
    }
    if let Some(at) = head.iter().position(|text| is_doc_no(text.trim())) {
        out.doc_no = head.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        drop_at.push(at);
    }
    out.formed_on = manuscript
        .paragraphs()
        .collect::<Vec<_>>()
        .iter()
        .rev()
        .take(6)
        .find_map(|text| day_of(&text.text))
        .unwrap_or_default();
    let mut number = 0;
    manuscript.blocks.retain(|_| {
        number += 1;
        !drop_at.contains(&(number - 1))
    });
    formed(&mut manuscript);
    out.text = marked::write(&manuscript);
    out
}

/// A line without the spaces that a line break or a wide setting left between Chinese characters; words keep theirs.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && c.is_ascii() && out.chars().next_back().is_some_and(|before| before.is_ascii()) {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
    out
}

/// Gives paragraphs the form that an official paper has (GB/T 9704—2012, 7.3): the addressee flush left, `一、…` as a heading,
/// name and date at the end on the right.
fn formed(manuscript: &mut Manuscript) {
    let length = |text: &str| text.chars().count();
    let is_heading = |text: &str| {
        let number: String = text.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        let rest = text.strip_prefix(&number).and_then(|rest| rest.strip_prefix('、'));
        !number.is_empty()
            && rest.is_some_and(|rest| (1..=40).contains(&length(rest)) && !rest.contains(['。', '：', '；', '，']))
    };
    let many = manuscript.blocks.len();
    let paragraph = |block: &Block| match block {
        Block::Paragraph(text) => Some(text.clone()),
        _ => None,
    };
    for at in 0..many {
        let Some(text) = manuscript.blocks.get(at).and_then(paragraph) else { continue };
        let plain = text.text.trim();
        let next_is_day = manuscript.blocks.get(at + 1).is_some_and(
            |next| matches!(next, Block::Paragraph(text) | Block::Line(_, text) if day_of(&text.text).is_some()),
        );
        let near_end = at + 4 >= many;
        let block = if at < 3 && plain.ends_with(['：', ':']) && length(plain) <= 60 && !plain.contains('。') {
            Block::Line(Side::Left, text.clone())
        } else if is_heading(plain) {
            Block::Heading(1, text.clone())
        } else if near_end && (day_of(plain).is_some() || next_is_day && length(plain) <= 30 && !plain.ends_with('。'))
        {
            Block::Line(Side::Right, text.clone())
        } else {
            continue;
        };
        if let Some(place) = manuscript.blocks.get_mut(at) {
            *place = block;
        }
    }
}
