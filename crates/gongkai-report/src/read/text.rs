//! The text of the sections, with the tables and the signature taken out.

use super::heading::Heading;
use super::item::Item;
use super::section_span;
use super::tables::{TableReading, is_header};
use super::token::{Token, TokenKind};
use crate::fold::compact;
use crate::report::{Report, SectionText};

/// Which items are parts of tables rather than of the text.
pub(super) fn table_items(
    items: &[Item],
    tokens: &[Token],
    headings: &[Heading],
    readings: [&TableReading; 3],
) -> Vec<bool> {
    let mut used = vec![false; items.len()];
    let is_heading = |at: usize| headings.iter().any(|heading| heading.item == at);
    // Items all of whose tokens are known heads or values.
    let mut plain = vec![false; items.len()];
    for chunk in tokens.chunk_by(|a, b| a.item == b.item) {
        let known = chunk.iter().all(|token| token.kind != TokenKind::Label || is_header(&token.key));
        if let Some(slot) = chunk.first().and_then(|token| plain.get_mut(token.item)) {
            *slot = known;
        }
    }
    for reading in readings {
        let Some((mut from, to)) = reading.extent else { continue };
        while from > 0 && !is_heading(from - 1) {
            let before = from - 1;
            let Some(item) = items.get(before) else { break };
            let joins = |other: Option<&Item>, first: bool| {
                other.is_some_and(|other| {
                    let joined =
                        if first { format!("{}{}", other.raw, item.raw) } else { format!("{}{}", item.raw, other.raw) };
                    joined.chars().count() < 40 && is_header(&crate::fold::key(&joined))
                })
            };
            let head = plain.get(before).copied().unwrap_or(false)
                || item.compact.is_empty()
                || is_head_line(item)
                || !item.is_prose()
                    && (joins(before.checked_sub(1).and_then(|at| items.get(at)), true)
                        || joins(items.get(before + 1), false));
            if !head {
                break;
            }
            from = before;
        }
        for at in from..=to {
            let prose = items.get(at).is_none_or(Item::is_prose);
            if !prose
                && !is_heading(at)
                && let Some(slot) = used.get_mut(at)
            {
                *slot = true;
            }
        }
    }
    // Rests of tables that could not be read: labels and values alone in sections two to four.
    for number in [2_u8, 3, 4] {
        let (from, to) = section_span(headings, number, items.len());
        for at in from + 1..to {
            if plain.get(at).copied().unwrap_or(false)
                && let Some(slot) = used.get_mut(at)
            {
                *slot = true;
            }
        }
    }
    used
}

/// A line of table heads, broken in a way that single words do not show.
fn is_head_line(item: &Item) -> bool {
    if item.is_prose() {
        return false;
    }
    let text = crate::fold::key(&item.raw);
    let heads = [
        "第二十条",
        "信息内容",
        "本年",
        "件数",
        "勾稽",
        "第三项加第四项",
        "申请人情况",
        "自然人",
        "法人或其他",
        "商业企业",
        "科研机构",
        "法律服务",
        "行政复议",
        "行政诉讼",
        "结果",
        "审结",
        "复议后起诉",
        "直接起诉",
    ];
    text.chars().count() < 90 && heads.iter().any(|head| text.contains(head)) || text.chars().count() <= 2
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '-' | '*' | '_' | '\u{200b}' | '\u{feff}'))
}

fn clean_line(item: &Item) -> &str {
    item.raw.trim_matches(|c: char| c.is_whitespace() || c == '|' || c == '\u{200b}' || c == '\u{feff}')
}

pub(super) fn collect_text(
    report: &mut Report,
    items: &[Item],
    headings: &[Heading],
    text_from: usize,
    used: &[bool],
    other_title: Option<usize>,
) {
    let first = headings.first().map_or(items.len(), |heading| heading.item);
    let gather = |from: usize, to: usize| -> String {
        let lines: Vec<&str> = items
            .iter()
            .enumerate()
            .take(to)
            .skip(from)
            .filter(|(at, item)| {
                !used.get(*at).copied().unwrap_or(false) && Some(*at) != other_title && !is_blank(&item.raw)
            })
            .map(|(_, item)| clean_line(item))
            .collect();
        lines.join("\n")
    };
    report.preamble = gather(text_from, first);
    let mut sections: Vec<SectionText> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let to = headings.get(at + 1).map_or(items.len(), |next| next.item);
        // The heading itself may hold two items (`一、` and its words).
        let own = items.get(heading.item).map_or(0, |item| usize::from(compact(&item.raw).chars().count() <= 2));
        let mut text = gather(heading.item + 1 + own, to);
        // A mark that is left of a table says nothing.
        if (2..=4).contains(&heading.number) && !text.chars().any(char::is_alphanumeric) {
            text.clear();
        }
        if heading.number == 6 || at + 1 == headings.len() {
            let (body, closing) = split_closing(&text);
            report.closing = closing;
            text = body;
        }
        let title = heading.title.trim_start_matches(['#', ' ', '*']).trim_end_matches(['*', '|', ' ']).to_owned();
        sections.push(SectionText { number: heading.number, title, text, place: heading.place.clone() });
    }
    report.sections = sections;
}

/// Cuts signature, date and page furniture from the end of the text.
fn split_closing(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().collect();
    let is_end = |line: &str| {
        let line = compact(line);
        let length = line.chars().count();
        let date = line.contains('年') && line.contains('月') && line.ends_with('日') && length <= 14
            || line.len() == 10 && line.starts_with("20") && line.matches('-').count() == 2;
        let furniture = [
            "附件",
            "打印",
            "关闭",
            "分享",
            "扫一扫",
            "上一篇",
            "下一篇",
            "责任编辑",
            "信息来源",
            "发布日期",
            "发布时间",
            "主办单位",
            "版权所有",
            "(此件公开发布)",
        ]
        .iter()
        .any(|mark| line.contains(mark) && length <= 40);
        let signature = length <= 24
            && !line.contains(['。', ',', ';', ':', '、'])
            && ["局", "府", "委", "会", "办", "处", "院", "厅", "中心", "办公室", "街道", "部"]
                .iter()
                .any(|end| line.ends_with(end));
        date || furniture || signature
    };
    let mut cut = lines.len();
    while cut > 0 && lines.get(cut - 1).is_some_and(|line| is_end(line)) {
        cut -= 1;
    }
    let body = lines.get(..cut).unwrap_or(&[]).join("\n");
    let closing = lines.get(cut..).unwrap_or(&[]).join("\n");
    // A date alone is needed to call it a signature; otherwise a short last sentence stays text.
    let dated = closing
        .lines()
        .any(|line| compact(line).contains('年') || compact(line).starts_with("20") || line.contains("附件"));
    if dated || closing.is_empty() { (body, closing) } else { (text.to_owned(), String::new()) }
}
