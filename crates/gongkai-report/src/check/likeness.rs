//! How alike two texts are: shared sentences, weighed by length.

use std::collections::BTreeSet;

/// The sentences of a text that carry content, folded, without white space.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    text.split(['。', ';', '；', '!', '?', '\n'])
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|part| part.chars().count() >= 8)
        .collect()
}

/// Pairs of neighbouring characters of a text.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// How alike two texts are, in percent: shared pairs of characters over all pairs (Dice).
pub fn percent(a: &str, b: &str) -> u32 {
    let (a, b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 0;
    }
    let shared = a.intersection(&b).count();
    u32::try_from(shared * 200 / total).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_wholly_alike() {
        let text = "一是公开形式不够丰富。下一步将加强政策解读。";
        assert_eq!(percent(text, text), 100);
        assert!(percent(text, "全年主动公开政府信息60条") < 20);
    }
}
