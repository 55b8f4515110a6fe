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
    r"(?P<subject>[^。;,、:\d]{2,24}?)(?P<n>\d+)(?P<w>万)?(?P<a>余|多)?(?P<u>件|条|份|篇|宗|起|期|次|个|项)[,。:(]*(?P<lead>其中包括|其中|包括|包含|分别为|分别是|具体为)[:,]?(?P<body>.+)"
);
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

/// The breakdowns of all sentences.
pub(crate) fn breakdowns(sentences: &[Sentence]) -> Vec<Breakdown> {
    let (Some(total), Some(part)) = (TOTAL.as_ref(), PART.as_ref()) else { return Vec::new() };
    let mut out = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if !["其中", "包括", "包含", "分别", "具体为"].iter().any(|word| sentence.text.contains(word)) {
            continue;
        }
        let Some(found) = total.captures(&sentence.text) else { continue };
        let get = |name: &str| found.name(name).map_or("", |m| m.as_str());
        let Some(sum) = decimal(get("n"), found.name("w").map(|w| w.as_str())) else { continue };
        let unit = get("u").to_owned();
        let mut approximate = found.name("a").is_some();
        let mut parts: Vec<(String, Decimal)> = Vec::new();
        let mut last_label = String::new();
        // A list in brackets ends where they close.
        let body = get("body");
        let before_lead = found.name("lead").and_then(|lead| sentence.text.get(..lead.start())).unwrap_or("");
        let body = if before_lead.ends_with('(') { body.split(')').next().unwrap_or(body) } else { body };
        for piece in body.split([',', '、', ':']) {
            let piece = piece.trim_start_matches(['和', '及', '与']);
            if piece.starts_with('占') || piece.contains('%') && !piece.contains(unit.as_str()) {
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
            if leaves_list(label) || found.name("u").map_or("", |m| m.as_str()) != unit {
                break;
            }
            approximate |= found.name("a").is_some();
            let Some(value) = found.name("n").and_then(|n| decimal(n.as_str(), found.name("w").map(|w| w.as_str())))
            else {
                break;
            };
            label.clone_into(&mut last_label);
            parts.push((label.to_owned(), value));
        }
        if parts.len() < 2 {
            continue;
        }
        let lead = get("lead");
        let closed = matches!(lead, "包括" | "其中包括" | "分别为" | "分别是" | "具体为" | "包含")
            || last_label.starts_with("其他")
            || last_label.starts_with("其它")
            || last_label.contains("等其他");
        let channels = parts.iter().filter(|(label, _)| is_channel(label)).count() * 2 > parts.len();
        out.push(Breakdown {
            sentence: index,
            section: sentence.section,
            subject: get("subject").to_owned(),
            total: sum,
            parts,
            closed,
            channels,
            approximate,
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
