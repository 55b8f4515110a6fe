//! What was asked for, and where it stands in a text.

use crate::segment::folded;

/// The words that were typed: separated by spaces; between quotation marks as they stand. In lower case and half width.
pub(crate) fn words(typed: &str) -> Vec<String> {
    let cleaned: String =
        typed.chars().take(200).map(|c| if matches!(c, '“' | '”' | '"') { '"' } else { folded(c) }).collect();
    let mut out: Vec<String> = Vec::new();
    for (at, part) in cleaned.split('"').enumerate() {
        // Every second part stood between quotation marks.
        let words: Vec<&str> = if at % 2 == 1 { vec![part.trim()] } else { part.split_whitespace().collect() };
        for word in words {
            if word.chars().any(char::is_alphanumeric) && !out.iter().any(|known| known == word) {
                out.push(word.to_owned());
            }
        }
    }
    out
}

/// The places of words in a text, in characters, in order and without overlap.
fn places(text: &[char], words: &[String]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for word in words {
        let word: Vec<char> = word.chars().collect();
        if word.is_empty() {
            continue;
        }
        let hits = text.windows(word.len()).enumerate().filter(|(_, window)| *window == word.as_slice());
        found.extend(hits.map(|(at, _)| at..at + word.len()));
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<std::ops::Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn folded_chars(text: &str) -> Vec<char> {
    text.chars().map(folded).collect()
}

/// A text in pieces: what was asked for, and what stands between.
pub(crate) fn marked(text: &str, words: &[String]) -> Vec<(String, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut push = |from: usize, to: usize, asked: bool| {
        if let Some(part) = chars.get(from..to).filter(|part| !part.is_empty()) {
            out.push((part.iter().collect(), asked));
        }
    };
    let mut at = 0;
    for range in places(&folded_chars(text), words) {
        push(at, range.start, false);
        push(range.start, range.end, true);
        at = range.end;
    }
    push(at, chars.len(), false);
    out
}

/// The passage around the first word that stands in a text; `None` where none does.
pub(crate) fn passage(text: &str, words: &[String], length: usize) -> Option<Vec<(String, bool)>> {
    let lowered: String = text.chars().map(folded).collect();
    let first = words.iter().filter_map(|word| lowered.find(word.as_str())).min()?;
    let at = lowered.get(..first)?.chars().count();
    let begin = at.saturating_sub(length / 4);
    let part: String = text.chars().skip(begin).take(length).map(|c| if c == '\n' { ' ' } else { c }).collect();
    let mut out = marked(&part, words);
    if begin > 0
        && let Some((head, _)) = out.first_mut()
    {
        head.insert(0, '…');
    }
    Some(out)
}

/// The beginning of a text.
pub(crate) fn head(text: &str, length: usize) -> Vec<(String, bool)> {
    let head: String = text.chars().take(length).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if head.trim().is_empty() { Vec::new() } else { vec![(head, false)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        assert_eq!(words("预算 执行"), ["预算", "执行"]);
        assert_eq!(words("“预算 执行” ＧＢ"), ["预算 执行", "gb"]);
        assert!(words("（） ！").is_empty());
    }

    #[test]
    fn a_passage_surrounds_the_first_word() {
        let text = format!("{}养老服务专项资金。{}", "前".repeat(90), "后".repeat(90));
        let found = passage(&text, &words("专项资金 养老"), 60).unwrap();
        let marked: Vec<&str> = found.iter().filter(|(_, asked)| *asked).map(|(text, _)| text.as_str()).collect();
        assert_eq!(marked, ["养老", "专项资金"]);
        assert!(found.first().unwrap().0.starts_with('…'));
        assert!(passage("别的", &words("养老"), 60).is_none());
    }
}
