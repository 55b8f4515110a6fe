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
const ENDS: [&str; 14] =
    ["通知", "公告", "通告", "决定", "意见", "报告", "办法", "规定", "细则", "批复", "通报", "方案", "请示", "函"];

/// The endings of the names of organs.
const ORGANS: [&str; 15] = [
    "人民政府",
    "办公室",
    "办公厅",
    "委员会",
    "局",
    "厅",
    "委",
    "院",
    "会",
    "部",
    "署",
    "中心",
    "政府",
    "党组",
    "党委",
];

/// How many lines of a text are looked through for its head.
const HEAD: usize = 12;

/// The number of a paper in a line, which may name the signer too: `示审发〔2026〕15号　　签发人：林某某`.
fn number_in(line: &str) -> Option<&str> {
    let plain = line.split("签发人").next().unwrap_or(line).trim();
    is_doc_no(plain).then_some(plain)
}

/// Whether a line begins a part of a text: `一、…`, `（一）…`, `第一部分 …`, `1.…`, 目录.
fn is_part(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| "第（(一二三四五六七八九十百".contains(c) || c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['、', '）', ')', '部', '章', '节', '条', '.', '．'])
        || line.starts_with("目录")
        || line.starts_with("目 录")
}

/// Whether a line cannot be part of a title.
fn is_other(line: &str) -> bool {
    let all_digits = !line.is_empty() && line.chars().all(|c| c.is_ascii_digit());
    line.is_empty()
        || line.ends_with(['。', '：', '；', '，', ':'])
        || number_in(line).is_some()
        || all_digits
        || ["特急", "加急", "平急", "特提"].contains(&line)
        || line.starts_with("签发人")
        || is_part(line)
        || line.chars().count() > 100
}

/// The name of an organ over a paper (版头, GB/T 9704—2012, 7.2.4 and 10.1), with 文件 behind it or alone.
fn is_letterhead(line: &str) -> bool {
    let plain = joined(line);
    let name = plain.strip_suffix("文件").unwrap_or(&plain);
    let digits = name.chars().any(|c| c.is_ascii_digit());
    (3..=25).contains(&name.chars().count())
        && !digits
        && !name.contains("关于")
        && ORGANS.iter().any(|end| name.ends_with(end))
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
    let line = |at: usize| head.get(at).map_or("", String::as_str);
    let number = head.iter().position(|text| number_in(text).is_some());
    // What stands over the number of a paper that begins with a letterhead: the names of organs, and nothing else is left out.
    let over: Vec<usize> = (0..number.unwrap_or(0)).filter(|at| is_letterhead(line(*at))).collect();
    let is_styled = |at: &usize| matches!(manuscript.blocks.get(*at), Some(Block::Title(_)));
    let candidate = |from: usize| -> Option<usize> {
        (from..head.len()).find(is_styled).or_else(|| {
            let first = (from..head.len()).find(|at| {
                !line(*at).is_empty() && number_in(line(*at)).is_none() && !line(*at).starts_with("签发人")
            })?;
            (line(first).chars().count() >= 4 && !is_other(line(first))).then_some(first)
        })
    };
    let under = number.filter(|_| !over.is_empty()).and_then(|number| candidate(number + 1));
    let mut drop_at: Vec<usize> = if under.is_some() { over } else { Vec::new() };
    if let Some(at) = under.or_else(|| candidate(0)) {
        let ended = |title: &str| ENDS.iter().any(|end| title.ends_with(end));
        let styled = is_styled(&at);
        out.title = joined(line(at));
        drop_at.push(at);
        // A title of several lines: `…局` / `关于…` / `…的通知`, and nothing that is not plainly one.
        let mut whole = out.title.clone();
        for next in at + 1..(at + 4).min(head.len()) {
            if ended(&whole) || is_other(line(next)) || (styled && !is_styled(&next)) {
                break;
            }
            whole.push_str(&joined(line(next)));
            let at_once = next == at + 1 && line(next).chars().count() <= 40;
            if styled || ended(&whole) && (at_once || whole.contains("关于")) {
                out.title.clone_from(&whole);
                drop_at.extend(at + 1..=next);
            }
        }
    }
    if let Some(at) = number {
        out.doc_no = number_in(line(at)).unwrap_or_default().to_owned();
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
