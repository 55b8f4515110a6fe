//! Totals in the text with the parts that follow them.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::fact::decimal;
use super::sentence::Sentence;

/// A total and its parts, stated in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breakdown {
    pub sentence: usize,
    pub section: u8,
    /// What is counted, as written before the total.
    pub subject: String,
    pub total: Decimal,
    pub parts: Vec<(String, Decimal)>,
    /// The list means to be complete (包括, 分别为, 由…组成, ends with 其他).
    pub closed: bool,
    /// The parts are channels, in which one item may appear more than once.
    pub channels: bool,
    /// A number is 余, 多 or the like.
    pub approximate: bool,
    pub quote: String,
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

pattern!(
    TOTAL,
    r"(?P<subject>[^。;,、:\d]{2,24}?)(?P<n>\d+)(?P<w>万)?(?P<a>余|多)?(?P<u>件|条|份|篇|宗|起|期|次|个|项)[,。:(]*(?P<lead>其中包括|其中|具体包括|包括|包含|分别为|分别是|具体为|具体如下)[:,]?(?P<body>.+)"
);
pattern!(
    IN_BRACKETS,
    r"(?P<subject>[^。;,、:\d()]{2,24}?)(?P<n>\d+)(?P<w>万)?(?P<a>余|多)?(?P<u>件|条|份|篇|宗|起|期|次|个|项)\((?P<lead>其中:?|包括:?|含)?(?P<body>[^()]*\d[^()]*)\)"
);
pattern!(NUMBERING, r"^(?:\(?[\d一二三四五六七八九十]{1,2}[)、.]|[一二三四五六七八九十]是)");
pattern!(
    PART,
    r"^(?P<label>[^。;\d]{1,28}?)(?P<n>\d+)(?P<w>万)?(?P<a>余|多)?(?P<u>件|条|份|篇|宗|起|期|次|个|项)(?P<rest>.*)$"
);

fn is_channel(label: &str) -> bool {
    ["网站", "公众号", "微信", "微博", "平台", "公开栏", "电子屏", "客户端", "抖音", "头条", "媒体", "公示栏", "公报"]
        .iter()
        .any(|word| label.contains(word))
}

/// Words after which a number counts something else than a part.
fn leaves_list(label: &str) -> bool {
    [
        "同比",
        "较上年",
        "较去年",
        "比上年",
        "增加",
        "减少",
        "增长",
        "下降",
        "回复",
        "阅读",
        "访问",
        "全部",
        "按期",
        "办结",
        "共计",
        "合计",
        "总",
        "占",
        "截至",
        "累计",
        "关停",
        "整合",
        "注销",
        "新增",
        "全年",
        "败诉",
        "胜诉",
    ]
    .iter()
    .any(|word| label.contains(word))
}

/// A sentence that opens a list with a colon, together with the lines or clauses that go on with it.
fn with_list(sentences: &[Sentence], index: usize) -> Option<String> {
    let first = sentences.get(index)?;
    let (opened, _) = [":", "："].iter().find_map(|colon| first.text.rsplit_once(colon))?;
    if !["其中", "包括", "包含", "分别为", "具体为", "具体如下"].iter().any(|word| opened.ends_with(word))
    {
        return None;
    }
    let (part, numbering) = (PART.as_ref()?, NUMBERING.as_ref()?);
    let mut joined = first.text.clone();
    for next in sentences.get(index + 1..)?.iter().take(24) {
        let text = numbering.replace(&next.text, "");
        let alone = part.captures(&text).is_some_and(|found| found.name("rest").is_none_or(|rest| rest.is_empty()));
        if next.section != first.section || !alone {
            break;
        }
        if !joined.ends_with(':') {
            joined.push(',');
        }
        joined.push_str(&text);
    }
    Some(joined)
}

/// The parts of a list, with the last label; `false` where it goes on with another unit.
struct Parts {
    list: Vec<(String, Decimal)>,
    last_label: String,
    approximate: bool,
    /// A part is counted in another unit: the list is not the whole.
    mixed: bool,
}

fn parts_of(body: &str, unit: &str) -> Option<Parts> {
    let part = PART.as_ref()?;
    let mut out = Parts { list: Vec::new(), last_label: String::new(), approximate: false, mixed: false };
    for piece in body.split([',', '、', ':']) {
        let piece = piece.trim_start_matches(['和', '及', '与']);
        if piece.starts_with('占') || piece.contains('%') && !piece.contains(unit) {
            continue;
        }
        let Some(found) = part.captures(piece) else {
            // A clause without a number ends the list, except for words that only join.
            if piece.chars().count() > 14 {
                break;
            }
            continue;
        };
        let label = found.name("label").map_or("", |m| m.as_str());
        if leaves_list(label) {
            break;
        }
        if found.name("u").map_or("", |m| m.as_str()) != unit {
            out.mixed = true;
            break;
        }
        out.approximate |= found.name("a").is_some();
        let Some(value) = found.name("n").and_then(|n| decimal(n.as_str(), found.name("w").map(|w| w.as_str()))) else {
            break;
        };
        label.clone_into(&mut out.last_label);
        out.list.push((label.to_owned(), value));
    }
    Some(out)
}

/// The breakdowns of all sentences.
pub(crate) fn breakdowns(sentences: &[Sentence]) -> Vec<Breakdown> {
    let (Some(total), Some(bracketed)) = (TOTAL.as_ref(), IN_BRACKETS.as_ref()) else { return Vec::new() };
    let mut out = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let led = ["其中", "包括", "包含", "分别", "具体"].iter().any(|word| sentence.text.contains(word));
        let listed = if led { with_list(sentences, index) } else { None };
        let text = listed.as_deref().unwrap_or(&sentence.text);
        let found = if led { total.captures(text) } else { None };
        let found = match found {
            Some(found) => Some((found, false)),
            None if text.contains('(') => bracketed.captures(text).map(|found| (found, true)),
            None => None,
        };
        let Some((found, in_brackets)) = found else { continue };
        let get = |name: &str| found.name(name).map_or("", |m| m.as_str());
        let Some(sum) = decimal(get("n"), found.name("w").map(|w| w.as_str())) else { continue };
        // A list in brackets ends where they close.
        let body = get("body");
        let before_lead = found.name("lead").and_then(|lead| text.get(..lead.start())).unwrap_or("");
        let body = if before_lead.ends_with('(') { body.split(')').next().unwrap_or(body) } else { body };
        let Some(parts) = parts_of(body, get("u")) else { continue };
        if parts.list.len() < 2 {
            continue;
        }
        let lead = get("lead");
        let last = parts.last_label.as_str();
        let closed =
            matches!(lead, "包括" | "具体包括" | "其中包括" | "分别为" | "分别是" | "具体为" | "具体如下" | "包含")
                || in_brackets && lead.is_empty()
                || last.starts_with("其他")
                || last.starts_with("其它")
                || last.contains("等其他");
        let channels = parts.list.iter().filter(|(label, _)| is_channel(label)).count() * 2 > parts.list.len();
        out.push(Breakdown {
            sentence: index,
            section: sentence.section,
            subject: get("subject").to_owned(),
            total: sum,
            approximate: found.name("a").is_some() || parts.approximate,
            closed: closed && !parts.mixed,
            parts: parts.list,
            channels,
            quote: found.get(0).map_or(String::new(), |m| m.as_str().chars().take(80).collect()),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    fn read(text: &str) -> Option<Breakdown> {
        breakdowns(&[Sentence { section: 1, paragraph: 0, text: fold(text) }]).pop()
    }

    #[test]
    fn a_closed_list_is_told_from_an_open_one() {
        let open = read("主动公开政府信息60条,其中网站公开45条,微信公众号公开15条").unwrap();
        assert_eq!((open.total, open.parts.len(), open.closed, open.channels), (60.into(), 2, false, true));
        let closed = read("公开信息37条,包括机构信息29条,通知公告1条,财政信息2条").unwrap();
        assert!(closed.closed && !closed.channels);
        assert_eq!(closed.parts.iter().map(|(_, n)| *n).sum::<Decimal>(), 32.into());
    }

    #[test]
    fn shares_and_comparisons_are_no_parts() {
        let found = read("公开信息862条,其中政策类710条,占比82.4%,通知类152条,同比增加30条").unwrap();
        assert_eq!(found.parts.len(), 2);
    }
}
