//! Cutting text: overlapping pairs of Chinese characters, whole words of letters and digits, with real positions.

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
fn folded(c: char) -> char {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_in_pairs_and_words_whole() {
        let words: Vec<String> = cut("审计局2019年GB报告，表").into_iter().map(|token| token.text).collect();
        assert_eq!(words, ["审计", "计局", "2019", "年", "gb", "报告", "表"]);
    }
}
