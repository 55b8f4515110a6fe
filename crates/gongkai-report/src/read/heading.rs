//! The headings of the six sections, wherever they stand.

use gongkai_law::{ApplicationRow, Section};
use gongkai_manuscript::Place;

use super::item::{Item, Kind};
use crate::fold::{key, likeness};

/// A section heading that was found.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// The item it stands in.
    pub item: usize,
    /// The section, from 1.
    pub number: u8,
    /// The heading as printed.
    pub title: String,
    /// Whether its wording is (nearly) that of the form.
    pub official: bool,
    pub place: Place,
}

/// Wordings of real reports that mean a section, beside the official one.
const SYNONYMS: &[(u8, &str)] = &[
    (1, "总体情况"),
    (1, "工作总体情况"),
    (1, "总体工作情况"),
    (1, "工作基本情况"),
    (1, "基本情况"),
    (1, "工作概述"),
    (1, "工作开展情况"),
    (1, "工作总体推进情况"),
    (1, "总体公开情况"),
    (1, "政府信息总体公开情况"),
    (1, "本年度政府信息公开工作的总体情况"),
    (1, "政府信息公开工作总体情况"),
    (1, "政府信息公开工作的总体情况"),
    (2, "主动公开政府信息情况"),
    (2, "主动公开政府信息的情况"),
    (2, "行政机关主动公开政府信息情况"),
    (2, "政府信息主动公开情况"),
    (3, "收到和处理政府信息公开申请情况"),
    (3, "收到和处理政府信息公开申请的情况"),
    (3, "行政机关收到和处理政府信息公开申请情况"),
    (3, "政府信息依申请公开情况"),
    (4, "政府信息公开行政复议行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼的情况"),
    (4, "政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "政府信息公开行政复议和行政诉讼情况"),
    (4, "作被申请行政复议提起行政诉讼情况"),
    (5, "存在的主要问题及改进情况"),
    (5, "存在的问题和改进措施"),
    (5, "存在的问题及改进情况"),
    (5, "存在问题及改进情况"),
    (5, "存在的主要问题和改进措施"),
    (5, "存在的主要问题及整改措施"),
    (5, "政府信息公开工作存在的主要问题及改进情况"),
    (5, "存在的主要问题及改进计划"),
    (5, "主要问题及改进措施"),
    (5, "存在的主要问题和改进情况"),
    (6, "其他需要报告的事项"),
    (6, "其他需要报告事项"),
    (6, "需要报告的其他事项"),
    (6, "其他需要说明的事项"),
];

const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

fn numeral(c: char) -> Option<u8> {
    NUMERALS.iter().position(|n| *n == c).and_then(|at| u8::try_from(at + 1).ok())
}

/// Splits `一、总体情况` into its number and title. Brackets such as `(一)、` count only with the mark after.
pub(crate) fn split_number(compact: &str) -> Option<(u8, &str)> {
    let (rest, bracketed) = match compact.strip_prefix('(') {
        Some(rest) => (rest, true),
        None => (compact, false),
    };
    let mut chars = rest.chars();
    let number = numeral(chars.next()?)?;
    let mut rest = chars.as_str();
    if bracketed {
        rest = rest.strip_prefix(")、")?;
    } else {
        let stripped = rest.strip_prefix(['、', '.', '．', ',', ':', '·'])?;
        rest = stripped.trim_start_matches(['、', '.']);
    }
    Some((number, rest))
}

/// The section whose wording is closest to `title`, with the likeness in thousandths.
pub(crate) fn closest(title: &str) -> (u8, u32) {
    let title = key(title);
    let mut best = (0, 0);
    for &(number, wording) in SYNONYMS {
        if title == wording {
            return (number, 1000);
        }
        let score = likeness(&title, wording);
        if score > best.1 {
            best = (number, score);
        }
    }
    best
}

/// Rows of table 3 begin like sections; they are none.
fn is_table_row(title: &str) -> bool {
    let title = key(title);
    [ApplicationRow::NewReceived, ApplicationRow::CarriedIn, ApplicationRow::CarriedOut]
        .iter()
        .map(|row| key(row.label()))
        .chain([key(ApplicationRow::RESULTS_HEADING)])
        .any(|label| {
            let label: String = label.chars().skip(1).collect();
            title.starts_with(&label) || likeness(&title, &label) > 720
        })
        || ["本年新收", "上年结转", "本年度办理结果", "结转下年度"].iter().any(|start| title.starts_with(start))
}

/// Cuts lines that hold a whole article, so that each official heading begins a line of its own.
pub(crate) fn split_run_on(items: Vec<Item>) -> Vec<Item> {
    let marks: Vec<String> = Section::ALL.iter().map(|section| section.heading()).collect();
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        let length = item.compact.chars().count();
        let within = marks.iter().filter(|mark| item.compact.contains(mark.as_str())).count();
        if !item.is_line() || length < 60 && within < 2 || within == 0 {
            out.push(item);
            continue;
        }
        let mut rest = item.folded.as_str();
        let mut raw_rest = item.raw.as_str();
        let mut pieces: Vec<(String, String)> = Vec::new();
        loop {
            let next = marks
                .iter()
                .flat_map(|mark| {
                    let spaced = mark.replace('、', "、 ");
                    [
                        rest.find(mark.as_str()).map(|at| (at, mark.len())),
                        rest.find(&spaced).map(|at| (at, spaced.len())),
                    ]
                })
                .flatten()
                .min();
            let Some((at, size)) = next else { break };
            let (before, after) = rest.split_at(at);
            let (heading, after) = after.split_at(size);
            // The printed text is cut at the same places as long as folding kept its length in characters.
            let (raw_before, raw_after) = split_chars(raw_rest, before.chars().count());
            let (raw_heading, raw_after) = split_chars(raw_after, heading.chars().count());
            pieces.push((before.to_owned(), raw_before.to_owned()));
            pieces.push((heading.to_owned(), raw_heading.to_owned()));
            rest = after;
            raw_rest = raw_after;
        }
        pieces.push((rest.to_owned(), raw_rest.to_owned()));
        for (folded, raw) in pieces {
            push_piece(&mut out, &item, &folded, &raw);
        }
    }
    out
}

/// Where a table printed as text begins within a line.
const TABLE_STARTS: [&str; 4] = ["第二十条第", "信息内容", "(本列数据", "行政复议 "];

fn push_piece(out: &mut Vec<Item>, item: &Item, folded: &str, raw: &str) {
    let mut parts = vec![(folded, raw)];
    if folded.contains('。')
        && let Some(at) = TABLE_STARTS.iter().filter_map(|start| folded.find(start)).min()
        && let Some(cut) = folded.get(..at).and_then(|head| head.rfind('。'))
    {
        let cut = cut + '。'.len_utf8();
        let (head, tail) = folded.split_at(cut);
        let (raw_head, raw_tail) = split_chars(raw, head.chars().count());
        parts = vec![(head, raw_head), (tail, raw_tail)];
        // Prose after the table: cut behind the last value.
        if let Some(end) = tail.rfind(|c: char| c.is_ascii_digit() || c == '|')
            && tail.get(end..).is_some_and(|rest| rest.chars().count() > 12)
        {
            let (table, prose) = tail.split_at(end + 1);
            let (raw_table, raw_prose) = split_chars(raw_tail, table.chars().count());
            parts = vec![(head, raw_head), (table, raw_table), (prose, raw_prose)];
        }
    }
    for (folded, raw) in parts {
        let compact: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
        if compact.is_empty() {
            continue;
        }
        out.push(Item {
            raw: raw.trim().to_owned(),
            folded: folded.to_owned(),
            compact,
            place: item.place.clone(),
            kind: Kind::Line,
            marked_heading: false,
            table_piece: !folded.contains('。') && TABLE_STARTS.iter().any(|start| folded.contains(start)),
        });
    }
}

fn split_chars(text: &str, count: usize) -> (&str, &str) {
    let at = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}

/// Finds the section headings among the items, in order of their place.
pub(crate) fn find_headings(items: &[Item]) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut index = 0;
    while let Some(item) = items.get(index) {
        let here = index;
        index += 1;
        let text = match &item.kind {
            Kind::Line => item.compact.as_str(),
            // A heading in a layout table or a worksheet stands alone in its row.
            Kind::Row { cells, .. } if cells.iter().filter(|c| !c.text.trim().is_empty()).count() == 1 => {
                item.compact.as_str()
            }
            Kind::Row { .. } => continue,
        };
        let text = text.trim_start_matches('#').trim_matches(['*', '|']);
        if text.chars().count() > 60 || text.is_empty() {
            continue;
        }
        let Some((number, mut title)) = split_number(text) else {
            // A heading that lost its number.
            let words = text.contains("情况") || text.contains("事项") || text.contains("措施");
            let (number, score) =
                if !words || text.starts_with(['(', '1', '2', '3', '4', '5']) { (0, 0) } else { closest(text) };
            if score >= 960
                && !text.ends_with('。')
                && text.chars().count() >= 6
                && number >= 2
                && !found.iter().any(|h| h.number == number)
            {
                found.push(Heading {
                    item: here,
                    number,
                    title: item.raw.clone(),
                    official: true,
                    place: item.place.clone(),
                });
            }
            continue;
        };
        let mut raw = item.raw.clone();
        // `一、` alone on its line: the title follows.
        if title.is_empty() {
            let Some(next) = items.get(index).filter(|next| next.is_line() && next.compact.chars().count() < 40) else {
                continue;
            };
            title = next.compact.as_str();
            raw.push_str(&next.raw);
        }
        let trimmed = title.trim_end_matches(['。', '、', ':', '；']);
        if is_table_row(trimmed) {
            continue;
        }
        let (section, score) = closest(trimmed);
        let strong = score >= 780;
        let after = found.last().map_or(0, |heading| heading.number);
        let plain = trimmed.chars().count() <= 40 && !trimmed.contains(['。', ';', '；']);
        if strong {
            found.push(Heading { item: here, number: section, title: raw, official: true, place: item.place.clone() });
        } else if plain && number == after + 1 && item.is_line() {
            // Sections five and six may hold lists of their own.
            let official_ahead = items.iter().skip(index).any(|later| {
                split_number(later.compact.trim_start_matches('#'))
                    .is_some_and(|(_, title)| closest(title).1 >= 780 && closest(title).0 == number)
            });
            if !official_ahead {
                found.push(Heading { item: here, number, title: raw, official: false, place: item.place.clone() });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_split_from_their_numbers() {
        assert_eq!(split_number("一、总体情况"), Some((1, "总体情况")));
        assert_eq!(split_number("一.总体情况"), Some((1, "总体情况")));
        assert_eq!(split_number("(一)、概述"), Some((1, "概述")));
        assert_eq!(split_number("(一)主动公开"), None);
        assert_eq!(split_number("一是加强"), None);
    }

    #[test]
    fn other_wordings_mean_the_same_section() {
        assert_eq!(closest("存在的问题和改进措施"), (5, 1000));
        assert_eq!(closest("因政府信息公开工作被申请行政复议、提起行政诉讼情况").0, 4);
        assert!(closest("收费及减免情况").1 < 780);
    }

    #[test]
    fn rows_of_table_three_are_no_sections() {
        assert!(is_table_row("本年新收政府信息公开申请数量"));
        assert!(is_table_row("结转下年度继续办理"));
        assert!(!is_table_row("收到和处理政府信息公开申请情况"));
    }
}
