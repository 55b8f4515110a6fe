//! Cutting text.
//!
//! Titles and numbers: overlapping pairs of Chinese characters, whole words of letters and digits, with real positions, so
//! that what stands together ranks higher. Everything: runs of one, two and three, without positions; what is asked for is
//! the runs of three it consists of, which costs a tenth of a phrase in long texts.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The way of cutting. A lone Chinese character is a token of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs;

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct Tokens {
    all: Vec<Token>,
    next: usize,
    current: Token,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(token) = self.all.get_mut(self.next) else { return false };
        self.current = std::mem::take(token);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

/// Whether a character is written without spaces between words.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A character in half width and lower case.
pub(crate) fn folded(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    half.to_lowercase().next().unwrap_or(half)
}

/// The tokens of a text: start, end, position, word.
pub(crate) fn cut(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |(offset, _)| *offset);
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    let mut tokens = Vec::with_capacity(chars.len());
    let mut position = 0;
    let mut push = |from: usize, to: usize, position: usize| {
        let word: String = text.get(end_of(from)..end_of(to)).unwrap_or("").chars().map(folded).collect();
        tokens.push(Token {
            offset_from: end_of(from),
            offset_to: end_of(to),
            position,
            text: word,
            position_length: 1,
        });
    };
    let mut at = 0;
    while let Some(c) = char_at(at) {
        let start = at;
        if is_han(c) {
            while char_at(at).is_some_and(is_han) {
                at += 1;
            }
            if at - start == 1 {
                push(start, at, position);
                position += 1;
            }
            for first in start..at - 1 {
                push(first, first + 2, position);
                position += 1;
            }
            // A gap keeps phrases from running over what stands between.
            position += 1;
        } else if c.is_alphanumeric() {
            while char_at(at).is_some_and(|c| c.is_alphanumeric() && !is_han(c)) {
                at += 1;
            }
            push(start, at, position);
            position += 1;
        } else {
            at += 1;
        }
    }
    tokens
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        Tokens { all: cut(text), next: 0, current: Token::default() }
    }
}

/// Runs of characters and words with nothing between them: a Chinese character is a unit, so is a word of letters and digits.
fn runs(text: &str) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut run: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let letter = c.is_alphanumeric() && !is_han(c);
        if !letter && !word.is_empty() {
            run.push(std::mem::take(&mut word));
        }
        if letter {
            word.push(folded(c));
        } else if is_han(c) {
            run.push(c.to_string());
        } else if !run.is_empty() {
            out.push(std::mem::take(&mut run));
        }
    }
    if !word.is_empty() {
        run.push(word);
    }
    if !run.is_empty() {
        out.push(run);
    }
    out
}

/// Every run of one, two and three units of a text, each once.
pub(crate) fn grams(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for run in runs(text) {
        for size in 1..=3 {
            out.extend(run.windows(size).map(<[String]>::concat));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// What a text must hold to hold a word: its own run where it is short, else all its runs of three.
pub(crate) fn needed(word: &str) -> Vec<String> {
    let mut out: Vec<String> =
        runs(word).iter().flat_map(|run| run.windows(run.len().min(3)).map(<[String]>::concat)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The cutting into runs, for the index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grams;

impl Tokenizer for Grams {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let all = grams(text).into_iter().map(|text| Token { text, position: 0, ..Token::default() }).collect();
        Tokens { all, next: 0, current: Token::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_in_pairs_and_words_whole() {
        let words: Vec<String> = cut("审计局2019年GB报告，表").into_iter().map(|token| token.text).collect();
        assert_eq!(words, ["审计", "计局", "2019", "年", "gb", "报告", "表"]);
    }

    #[test]
    fn a_word_needs_its_runs_of_three() {
        assert_eq!(needed("预算执行"), ["算执行", "预算执"]);
        assert_eq!(needed("审计"), ["审计"]);
        assert_eq!(needed("水"), ["水"]);
        assert_eq!(needed("〔2026〕3号"), ["2026", "3号"]);
        assert_eq!(needed("（）"), Vec::<String>::new());
        assert!(grams("2019年审计").contains(&"2019年审".to_owned()));
    }
}
