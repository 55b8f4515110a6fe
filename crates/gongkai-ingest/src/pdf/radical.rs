//! Radicals that a PDF names in place of characters: browsers print 示 as ⽰ and 民 as ⺠. They look the same, but nobody
//! who searches for the character finds the radical.

use unicode_normalization::UnicodeNormalization;

/// Radicals of the supplement that have a character of the same form (Unicode, `EquivalentUnifiedIdeograph`).
const SUPPLEMENT: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The character that a radical stands for; any other character as it is.
pub(crate) fn ideograph(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fdf}' => c.nfkc().next().unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, plain)| *plain),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        let read: String = "⽰例区⼈⺠政府⾝份⻓".chars().map(ideograph).collect();
        assert_eq!(read, "示例区人民政府身份长");
    }
}
