//! Cutting text.
//!
//! Into runs of one to four, without positions; what is asked for is the runs of four it consists of, which costs a tenth of a
//! phrase in long texts: most words of offices have four characters and cost one list.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

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
    if is_han(c) {
        return c;
    }
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    half.to_lowercase().next().unwrap_or(half)
}

/// A run of characters and words with nothing between them, and where its units end: a Chinese character is a unit, so is a word
/// of letters and digits.
#[derive(Debug, Default)]
struct Run {
    text: String,
    ends: Vec<usize>,
}

impl Run {
    /// Every run of so many units within it.
    fn windows(&self, size: usize) -> impl Iterator<Item = &str> {
        (size..=self.ends.len()).filter_map(move |last| {
            let start = if last == size { 0 } else { *self.ends.get(last - size - 1)? };
            self.text.get(start..*self.ends.get(last - 1)?)
        })
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut run = Run::default();
    let mut in_word = false;
    for c in text.chars() {
        let letter = c.is_alphanumeric() && !is_han(c);
        if in_word && !letter {
            run.ends.push(run.text.len());
        }
        in_word = letter;
        if letter {
            run.text.push(folded(c));
        } else if is_han(c) {
            run.text.push(c);
            run.ends.push(run.text.len());
        } else if !run.text.is_empty() {
            out.push(std::mem::take(&mut run));
        }
    }
    if in_word {
        run.ends.push(run.text.len());
    }
    if !run.text.is_empty() {
        out.push(run);
    }
    out
}

/// How many units the longest run has.
const LONGEST: usize = 4;

/// Every run of one to four units of a text, each once.
pub(crate) fn grams(text: &str) -> Vec<String> {
    let runs = runs(text);
    let mut out: Vec<&str> = runs.iter().flat_map(|run| (1..=LONGEST).flat_map(|size| run.windows(size))).collect();
    out.sort_unstable();
    out.dedup();
    out.into_iter().map(str::to_owned).collect()
}

/// What a text must hold to hold a word: its own run where it is short, else all its runs of four.
pub(crate) fn needed(word: &str) -> Vec<String> {
    let runs = runs(word);
    let mut out: Vec<&str> = runs.iter().flat_map(|run| run.windows(run.ends.len().min(LONGEST))).collect();
    out.sort_unstable();
    out.dedup();
    out.into_iter().map(str::to_owned).collect()
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
    fn a_word_needs_its_runs_of_four() {
        assert_eq!(needed("预算执行"), ["预算执行"]);
        assert_eq!(needed("预算执行率"), ["算执行率", "预算执行"]);
        assert_eq!(needed("审计"), ["审计"]);
        assert_eq!(needed("水"), ["水"]);
        assert_eq!(needed("〔2026〕3号"), ["2026", "3号"]);
        assert_eq!(needed("（）"), Vec::<String>::new());
        assert!(grams("2019年审计").contains(&"2019年审".to_owned()));
    }
}
