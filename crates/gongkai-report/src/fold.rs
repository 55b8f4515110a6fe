//! One spelling for matching: half width, simplified, without glosses, spaces and marks.
//!
//! Everything here is for comparison only; what the report prints is kept elsewhere.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// CJK radicals of the supplement that NFKC leaves alone, with the character they stand for.
const RADICALS: &[(char, char)] = &[
    ('⺀', '冫'),
    ('⺁', '厂'),
    ('⺃', '乙'),
    ('⺅', '亻'),
    ('⺆', '冂'),
    ('⺇', '几'),
    ('⺈', '刀'),
    ('⺉', '刂'),
    ('⺊', '卜'),
    ('⺋', '㔾'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺖', '忄'),
    ('⺗', '心'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '水'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺥', '爫'),
    ('⺦', '丬'),
    ('⺧', '牛'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糹'),
    ('⺱', '罒'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '耂'),
    ('⺺', '聿'),
    ('⺻', '聿'),
    ('⺼', '月'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '长'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻕', '阜'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻡', '首'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '齐'),
    ('⻬', '齐'),
    ('⻭', '齿'),
    ('⻮', '齿'),
    ('⻯', '龙'),
    ('⻰', '龙'),
    ('⻱', '龟'),
    ('⻲', '龟'),
    ('⻳', '龟'),
    ('⽴', '立'),
    ('岀', '出'),
    ('囯', '国'),
    ('扵', '于'),
    ('旳', '的'),
    ('髙', '高'),
    ('産', '产'),
    ('戸', '户'),
];

/// What had to be done to a text before it could be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Traditional characters were turned into simplified ones.
    pub traditional: bool,
    /// Phonetic glosses such as `(jù)` were removed.
    pub glosses: bool,
    /// Radicals or compatibility ideographs were replaced.
    pub radicals: bool,
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{00ad}' | '\u{202a}'..='\u{202e}' | '\u{fffc}')
}

fn fold_char(c: char, out: &mut String, repairs: &mut Repairs) {
    match c {
        '〔' | '﹝' | '［' | '【' | '〖' => out.push('['),
        '〕' | '﹞' | '］' | '】' | '〗' => out.push(']'),
        '—' | '–' | '－' | '―' | '─' | '‐' | '‑' | '‒' | '−' | '﹣' => out.push('-'),
        '\u{ff01}'..='\u{ff5e}' => {
            out.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c));
        }
        '\u{3000}' | '\u{00a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => out.push(' '),
        c if is_invisible(c) => {}
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '岀' | '囯' | '扵' | '旳' | '髙' | '産' | '戸' => {
            repairs.radicals = true;
            if let Some((_, to)) = RADICALS.iter().find(|(from, _)| *from == c) {
                out.push(*to);
            } else {
                out.extend(std::iter::once(c).nfkc());
            }
        }
        '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}' | '\u{fe30}'..='\u{fe4f}' | '\u{fe50}'..='\u{fe6f}' => {
            out.extend(std::iter::once(c).nfkc());
        }
        c => out.push(c),
    }
}

fn is_gloss_letter(c: char) -> bool {
    c.is_ascii_lowercase()
        || matches!(
            c,
            'ā' | 'á'
                | 'ǎ'
                | 'à'
                | 'ō'
                | 'ó'
                | 'ǒ'
                | 'ò'
                | 'ē'
                | 'é'
                | 'ě'
                | 'è'
                | 'ī'
                | 'í'
                | 'ǐ'
                | 'ì'
                | 'ū'
                | 'ú'
                | 'ǔ'
                | 'ù'
                | 'ü'
                | 'ǘ'
                | 'ǚ'
                | 'ǜ'
                | 'ǖ'
                | 'ń'
                | 'ň'
                | 'ǹ'
        )
}

/// Removes phonetic glosses: `據(jù)` → `據`, `政府(fu)(fu)` → `政府`.
fn strip_glosses(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if c == '(' && out.chars().next_back().is_some_and(is_han) {
            let length = chars.iter().skip(i + 1).take_while(|c| is_gloss_letter(**c)).count();
            if (1..=6).contains(&length) && chars.get(i + 1 + length) == Some(&')') {
                found = true;
                i += length + 2;
                continue;
            }
        }
        out.push(c);
        i += 1;
    }
    found.then_some(out)
}

/// Whether `c` is a Han character (radicals apart).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// The text in one spelling, with what had to be repaired. Line breaks are kept.
pub fn fold_with_repairs(text: &str) -> (String, Repairs) {
    let mut repairs = Repairs::default();
    if text.is_ascii() {
        return (text.to_owned(), repairs);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out, &mut repairs);
    }
    if out.contains('(')
        && let Some(stripped) = strip_glosses(&out)
    {
        repairs.glosses = true;
        out = stripped;
    }
    let simplified = fast2s::convert(&out);
    if simplified != out {
        repairs.traditional = true;
        out = simplified;
    }
    (out, repairs)
}

/// The text in one spelling: half width, simplified, without glosses.
pub fn fold(text: &str) -> String {
    fold_with_repairs(text).0
}

/// The folded text without any white space.
pub fn compact(text: &str) -> String {
    without_spaces(&fold(text))
}

/// A folded text without its white space.
pub(crate) fn without_spaces(folded: &str) -> String {
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The letters and digits only: what two spellings of one label share.
pub fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The key of a text that is folded already.
pub(crate) fn key_of_folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text without what stands in round brackets.
pub fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '（']) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_u32;
    let kept = text
        .chars()
        .filter(|c| match c {
            '(' | '（' => {
                depth += 1;
                false
            }
            ')' | '）' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    Cow::Owned(kept)
}

/// How alike two keys are, in thousandths: twice the longest common subsequence over the sum of lengths.
pub fn likeness(a: &str, b: &str) -> u32 {
    if a == b {
        return 1000;
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let total = a.len() + b.len();
    if a.is_empty() || b.is_empty() || total > 400 {
        return 0;
    }
    let mut previous = vec![0_u32; b.len() + 1];
    let mut current = vec![0_u32; b.len() + 1];
    for x in &a {
        for (j, y) in b.iter().enumerate() {
            let best = if x == y {
                previous.get(j).copied().unwrap_or(0) + 1
            } else {
                let up = previous.get(j + 1).copied().unwrap_or(0);
                let left = current.get(j).copied().unwrap_or(0);
                up.max(left)
            };
            if let Some(slot) = current.get_mut(j + 1) {
                *slot = best;
            }
        }
        std::mem::swap(&mut previous, &mut current);
    }
    let common = previous.last().copied().unwrap_or(0);
    common * 2000 / u32::try_from(total).unwrap_or(u32::MAX)
}

/// [`likeness`] where it may reach `floor`, else 0: told from the lengths and the characters in common, before the
/// costlier comparison.
pub(crate) fn likeness_from(a: &str, b: &str, floor: u32) -> u32 {
    let (m, n) = (a.chars().count(), b.chars().count());
    let reaches = |common: usize| common * 2000 >= (m + n) * usize::try_from(floor).unwrap_or(usize::MAX);
    if !reaches(m.min(n)) || !reaches(a.chars().filter(|c| b.contains(*c)).count()) {
        return 0;
    }
    likeness(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_radicals_and_brackets_become_one_spelling() {
        assert_eq!(fold("２０２３年⼯作〔2021〕30号"), "2023年工作[2021]30号");
        assert_eq!(compact("规 章　１ "), "规章1");
        assert_eq!(key("（二）部分公开（区分处理的，只计）"), "二部分公开区分处理的只计");
    }

    #[test]
    fn traditional_text_with_glosses_is_read_as_simplified() {
        let (text, repairs) = fold_with_repairs("政府信息公開(kāi)工作年度報(bào)告");
        assert_eq!(text, "政府信息公开工作年度报告");
        assert!(repairs.traditional && repairs.glosses);
        assert_eq!(fold("统计期限(fu)(fu)至"), "统计期限至");
    }

    #[test]
    fn likeness_knows_a_typo_from_another_label() {
        assert!(likeness("2其他法律行政止公开", "2其他法律行政法规禁止公开") > 800);
        assert!(likeness("3其他", "六其他处理") < 600);
        for (a, b) in
            [("2其他法律行政止公开", "2其他法律行政法规禁止公开"), ("3其他", "六其他处理"), ("总计", "合计总计")]
        {
            let whole = likeness(a, b);
            assert_eq!(likeness_from(a, b, 620), if whole >= 620 { whole } else { 0 }, "{a} {b}");
        }
    }
}
