//! Set phrases whose meaning is turned, doubled characters and slips: R130, R131.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;

/// Set phrases whose damage turns the meaning: a word that any such text holds, what is wrong, and the phrase.
const DAMAGED: [(&str, &str, &str); 8] = [
    (
        "例外",
        r"(?:[^不]|^)公开(?:是|为)(?:常态|原则)[、,](?:[^不,。;]{0,2})公开(?:是|为)例外",
        "公开为常态、不公开为例外",
    ),
    ("常态", r"以?不公开(?:是|为)常态", "以公开为常态、不公开为例外"),
    ("例外", r"(?:[^不]|^)公开(?:是|为)例外[、,](?:以)?不公开", "公开为常态、不公开为例外"),
    (
        "习近平",
        r"习近平(?:新时代)?(?:特色社会主义|中国社会主义|中国特色主义|中国特色社会(?:思想|,|。))",
        "习近平新时代中国特色社会主义",
    ),
    (
        "习近平",
        r"习近平(?:新时代中国特色社会主义|中国特色社会主义)(?:理论|精神|主义)",
        "习近平新时代中国特色社会主义思想",
    ),
    ("先公开", r"先公开[、,]?(?:后|再)审查", "先审查、后公开"),
    (
        "涉密",
        r"涉密(?:信息)?(?:公开[、,]公开(?:信息)?不涉密|上网[、,]上网(?:信息)?不涉密)",
        "涉密信息不公开、公开信息不涉密",
    ),
    ("涉密", r"公开(?:信息)?涉密[、,]涉密(?:信息)?不公开", "公开信息不涉密、涉密信息不公开"),
];

static DAMAGED_PATTERNS: LazyLock<Vec<(&str, Regex, &str)>> = LazyLock::new(|| {
    DAMAGED.iter().filter_map(|(word, pattern, right)| Some((*word, Regex::new(pattern).ok()?, *right))).collect()
});

/// Known slips of real reports, with what was meant.
const SLIPS: [(&str, &str); 21] = [
    ("分信力", "公信力"),
    ("依申请办公开", "依申请公开"),
    ("改情况,其进他需要", "改进情况，其他需要"),
    ("政府信息公开开工作", "政府信息公开工作"),
    ("政府信息工作年度报告", "政府信息公开工作年度报告"),
    ("主动公开开", "主动公开"),
    ("信信息", "信息"),
    ("公公开", "公开"),
    ("政政府", "政府"),
    ("工工作", "工作"),
    ("情情况", "情况"),
    ("的的", "的"),
    ("了了", "了"),
    ("和和", "和"),
    ("为为", "为"),
    ("在在", "在"),
    ("对对", "对"),
    ("局局", "局"),
    ("号号", "号"),
    ("行政法止", "行政法规禁止"),
    ("单位决赛", "单位决算"),
];

/// One automaton that tells which slips a text holds.
static SLIP_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(SLIPS.iter().map(|(slip, _)| slip)).ok());

/// Words in which a doubled character is right.
const DOUBLED: [&str; 42] = [
    "目的的",
    "为了了",
    "了了解",
    "对对口",
    "局局长",
    "局局务",
    "局局机关",
    "局局属",
    "局局域网",
    "在在线",
    "作为为",
    "公开开展",
    "公开开放",
    "公开开设",
    "公开开通",
    "公开开创",
    "公开开头",
    "失信信息",
    "征信信息",
    "诚信信息",
    "守信信息",
    "电信信息",
    "通信信息",
    "微信信息",
    "短信信息",
    "来信信息",
    "书信信息",
    "授信信息",
    "民工工作",
    "职工工作",
    "社工工作",
    "义工工作",
    "疫情情况",
    "舆情情况",
    "灾情情况",
    "警情情况",
    "险情情况",
    "案情情况",
    "社情情况",
    "民政政府",
    "行情情况",
    "号号码",
];

pub(super) fn phrases(subject: &Subject<'_>, out: &mut Findings) {
    let mut slips: Vec<(String, String)> = Vec::new();
    for (_, text) in subject.texts() {
        for (_, pattern, right) in DAMAGED_PATTERNS.iter().filter(|(word, ..)| text.contains(word)) {
            if let Some(found) = pattern.find(text)
                && !out.has("R130")
            {
                let damaged = found.as_str();
                out.push(
                    Finding::new("R130", format!("“{damaged}”把意思写反了或有缺字"))
                        .found(damaged)
                        .expected(*right)
                        .advise("改正用语"),
                );
            }
        }
        let Some(words) = SLIP_WORDS.as_ref() else { continue };
        let mut held = [false; SLIPS.len()];
        for found in words.find_overlapping_iter(text) {
            if let Some(slot) = held.get_mut(found.pattern().as_usize()) {
                *slot = true;
            }
        }
        for ((slip, right), _) in SLIPS.into_iter().zip(held).filter(|(_, held)| *held) {
            for (at, _) in text.match_indices(slip) {
                let from = text.get(..at).unwrap_or("").char_indices().rev().nth(1).map_or(0, |(i, _)| i);
                let around: String = text.get(from..).unwrap_or("").chars().take(slip.chars().count() + 4).collect();
                if !DOUBLED.iter().any(|word| around.contains(word)) {
                    if !slips.iter().any(|(other, _)| other == slip) {
                        slips.push((slip.to_owned(), right.to_owned()));
                    }
                    break;
                }
            }
        }
    }
    if !subject.title.is_empty()
        && subject.title.contains("政府信息工作年度报告")
        && !slips.iter().any(|(slip, _)| slip.contains("信息工作"))
    {
        slips.push(("政府信息工作年度报告".to_owned(), "政府信息公开工作年度报告".to_owned()));
    }
    if let Some((slip, right)) = slips.first() {
        let more = if slips.len() > 1 { format!("，共{}处", slips.len()) } else { String::new() };
        out.push(
            Finding::new("R131", format!("“{slip}”像是重字或错字{more}"))
                .found(slip)
                .expected(right)
                .advise("改正文字"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(DAMAGED_PATTERNS.len(), DAMAGED.len());
    }

    #[test]
    fn turned_phrases_are_told_from_right_ones() {
        let turned = |text: &str| {
            DAMAGED_PATTERNS.iter().any(|(word, pattern, _)| text.contains(word) && pattern.is_match(text))
        };
        for text in [
            "坚持公开为常态、公开为例外",
            "坚持以公开是常态,公开是例外",
            "以不公开为常态",
            "公开为例外,不公开为常态",
            "习近平新时代特色社会主义思想",
            "落实先公开、后审查制度",
            "做到涉密信息公开、公开信息不涉密",
        ] {
            assert!(turned(text), "{text}");
        }
        for text in [
            "坚持以公开为常态、不公开为例外",
            "公开是常态,不公开是例外的原则",
            "以习近平新时代中国特色社会主义思想为指导",
            "落实先审查、后公开制度",
            "涉密信息不公开、公开信息不涉密",
        ] {
            assert!(!turned(text), "{text}");
        }
    }
}
