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

/// The endings of titles of official papers, as they are spoken.
const ENDS: [&str; 13] =
    ["通知", "公告", "通告", "决定", "意见", "报告", "办法", "规定", "细则", "批复", "通报", "方案", "函"];

/// How many lines of a text are looked through for its head.
const HEAD: usize = 12;

/// Whether a line cannot be part of a title.
fn goes_on(text: &str) -> bool {
    text.is_empty() || text.ends_with(['。', '：', '；', '，', ':']) || is_doc_no(text) || text.chars().count() > 60
}

/// Where the name of the organ stands over the paper (版头, GB/T 9704—2012, 7.2.4): before the number, `…文件`.
fn letterhead(head: &[String]) -> Option<usize> {
    let number = head.iter().position(|text| is_doc_no(text.trim()))?;
    let is_one = |text: &&String| {
        let plain = joined(text);
        plain.ends_with("文件") && !plain.contains("关于") && plain.chars().count() <= 40
    };
    head.get(..number)?.iter().position(|text| is_one(&text))
}

/// Title, number and day out of a text; the title and the number are not repeated in what is left, the head of the paper is left
/// out.
pub(in crate::platform) fn take_apart(mut manuscript: Manuscript) -> Extracted {
    let mut out = Extracted::default();
    let head: Vec<String> = manuscript
        .blocks
        .iter()
        .take(HEAD)
        .map(|block| match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                text.text.trim().to_owned()
            }
            Block::Table(_) | Block::PageBreak => String::new(),
        })
        .collect();
    let mut drop_at: Vec<usize> = Vec::new();
    let over = letterhead(&head);
    drop_at.extend(over);
    // Under a letterhead the title stands after the number.
    let from = over.and_then(|_| head.iter().position(|text| is_doc_no(text))).map_or(0, |number| number + 1);
    let is_styled = |at: &usize| matches!(manuscript.blocks.get(*at), Some(Block::Title(_)));
    let styled = (from..head.len()).find(is_styled);
    let at = styled.or_else(|| {
        let first =
            (from..head.len()).find(|at| head.get(*at).is_some_and(|text| !text.is_empty() && !is_doc_no(text)))?;
        let text = head.get(first)?;
        let fits = (4..=100).contains(&text.chars().count()) && !goes_on(text) && !text.starts_with("一、");
        fits.then_some(first)
    });
    if let Some(at) = at {
        let ended = |title: &str| ENDS.iter().any(|end| title.ends_with(end));
        out.title = joined(head.get(at).map_or("", String::as_str));
        drop_at.push(at);
        // A title of several lines: whatever comes until one ends it, or as far as it is set as a title.
        let mut whole = out.title.clone();
        for next in at + 1..(at + 4).min(head.len()) {
            let line = head.get(next).map_or("", String::as_str);
            if ended(&whole) || goes_on(line) || (styled.is_some() && !is_styled(&next)) {
                break;
            }
            whole.push_str(&joined(line));
            if ended(&whole) || styled.is_some() {
                out.title.clone_from(&whole);
                drop_at.extend(at + 1..=next);
            }
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
