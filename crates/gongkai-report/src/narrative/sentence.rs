//! Sentences of a report, in one spelling.

/// A sentence, up to `。`, `;`, `!`, `?` or the end of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The section, from 1; 0 for the preamble.
    pub section: u8,
    /// The paragraph within the section, from 0.
    pub paragraph: usize,
    /// The text, folded, without white space and without separators in numbers.
    pub text: String,
}

fn starts_item(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    match chars.next() {
        Some('(' | '（' | '第') => true,
        Some(c) if "一二三四五六七八九十".contains(c) => {
            matches!(chars.next(), Some('、' | '是' | '.' | '十'))
        }
        Some(c) if c.is_ascii_digit() => matches!(chars.next(), Some('.' | '、')),
        _ => false,
    }
}

/// Joins lines that a PDF broke within a sentence.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        if line.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last)
                if last.chars().count() >= 18 && !last.ends_with(['。', ';', '!', '?', ':']) && !starts_item(&line) =>
            {
                last.push_str(&line);
            }
            _ => out.push(line),
        }
    }
    out
}

/// Removes the separators of thousands: `1,113` → `1113`.
fn without_separators(text: &str) -> String {
    if !text.contains(',') {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let separates = *c == ','
            && i > 0
            && digit(i - 1)
            && digit(i + 1)
            && digit(i + 2)
            && digit(i + 3)
            && !digit(i + 4)
            && !(i >= 4 && digit(i - 2) && digit(i - 3) && digit(i - 4));
        if !separates {
            out.push(*c);
        }
    }
    out
}

/// The longest sentence, in bytes: some seven hundred characters.
const LONGEST: usize = 2048;

/// A sentence whole, or, where no one wrote a full stop for pages, cut after commas: what rules cost per fact grows with
/// the sentence it stands in.
fn pieces(sentence: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = sentence;
    while rest.len() > LONGEST {
        let edge = rest.floor_char_boundary(LONGEST);
        let head = rest.get(..edge).unwrap_or(rest);
        let cut = head.rfind(',').map_or(edge, |comma| comma + 1);
        let (first, tail) = rest.split_at(cut);
        out.push(first.trim_end_matches(','));
        rest = tail;
    }
    out.push(rest);
    out.retain(|piece| !piece.is_empty());
    out
}

/// The sentences of the folded texts of preamble (0) and sections.
pub(crate) fn sentences<'t>(texts: impl Iterator<Item = (u8, &'t str)>) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (section, text) in texts {
        for (paragraph, joined) in paragraphs(text).iter().enumerate() {
            let joined = without_separators(joined);
            for part in joined.split_inclusive(['。', ';', '!', '?']) {
                let part = part.trim_end_matches(['。', ';', '!', '?']);
                for piece in pieces(part) {
                    out.push(Sentence { section, paragraph, text: piece.to_owned() });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_go_and_wrapped_lines_join() {
        assert_eq!(without_separators("共1,113件,其中3件"), "共1113件,其中3件");
        assert_eq!(without_separators("12,3"), "12,3");
        let joined = paragraphs("2024年全市共收到政府信息公开申请一百二\n十件,均按期答复。\n(二)其他");
        assert_eq!(joined.len(), 2);
    }

    #[test]
    fn a_sentence_of_pages_is_cut_after_commas() {
        let long = "收到申请3件,".repeat(1000);
        let cut = pieces(&long);
        assert!(cut.iter().all(|piece| piece.len() <= LONGEST && piece.starts_with('收')), "{}", cut.len());
        assert_eq!(cut.iter().map(|piece| piece.matches('件').count()).sum::<usize>(), 1000);
        assert_eq!(pieces(&"件".repeat(2000)).concat(), "件".repeat(2000));
    }
}
