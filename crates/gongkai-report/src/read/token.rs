//! Labels and values of tables, from grid rows and from tables printed as text alike.

use gongkai_manuscript::Place;

use super::cell::{RowHead, too_long};
use super::item::{Item, Kind};
use super::label::GLUE_HEADS;
use crate::fold::key_of_folded;
use crate::value::{Shape, Value, read_value};

/// What a token can be in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word.
    Label,
    /// A number, or a dash in its stead.
    Value,
    /// Digits glued to the label before: several cells in one.
    Glued,
    /// An empty cell that the source marks as a cell.
    HardBlank,
    /// An empty line that may have been a cell.
    SoftBlank,
}

/// A piece of a table.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub item: usize,
    pub text: String,
    pub key: String,
    pub kind: TokenKind,
    pub value: Value,
    pub place: Place,
    /// The table and column of the grid, where the source has one.
    pub grid: Option<(usize, usize)>,
    /// A new row of a grid begins here.
    pub row_start: bool,
}

const BLANK: Value = Value { number: None, shape: Shape::Blank, unit: crate::value::Unit::None };

/// Cuts `规章000` into what stands before the label, the label and the digits. Only labels of the form are cut.
fn unglue(text: &str) -> Option<(String, String, &str)> {
    let digits = text.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').count();
    if digits == 0 {
        return None;
    }
    let at = text.char_indices().rev().nth(digits - 1).map(|(at, _)| at)?;
    let (head, tail) = text.split_at(at);
    let tail = tail.strip_prefix('.').unwrap_or(tail);
    let head_key = key_of_folded(head);
    let label = GLUE_HEADS.iter().filter(|label| head_key.ends_with(*label)).max_by_key(|label| label.len())?;
    let before = head_key.strip_suffix(label).unwrap_or("").to_owned();
    (!tail.is_empty()).then(|| (before, if head_key == *label { head.to_owned() } else { (*label).to_owned() }, tail))
}

/// Whether folded text is a page number set between dashes, which stands in the way of values.
fn is_page_mark(compact: &str) -> bool {
    compact.len() > 2
        && compact.starts_with('-')
        && compact.ends_with('-')
        && compact.trim_matches('-').chars().all(|c| c.is_ascii_digit())
        && compact.trim_matches('-').len() <= 3
}

struct Sink {
    tokens: Vec<Token>,
}

impl Sink {
    fn push(
        &mut self,
        item: usize,
        text: &str,
        kind: TokenKind,
        value: Value,
        place: &Place,
        grid: Option<(usize, usize)>,
        row_start: bool,
    ) {
        let key = if kind == TokenKind::Label { key_of_folded(text) } else { String::new() };
        self.tokens.push(Token {
            item,
            text: text.to_owned(),
            key,
            kind,
            value,
            place: place.clone(),
            grid,
            row_start,
        });
    }

    /// A piece of text without separators in it.
    fn word(&mut self, item: usize, text: &str, place: &Place, grid: Option<(usize, usize)>, row_start: bool) {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if is_page_mark(&compact) {
            return;
        }
        let value = read_value(text);
        match value.shape {
            Shape::Blank => self.push(item, "", TokenKind::HardBlank, value, place, grid, row_start),
            Shape::Odd if too_long(&compact) => {
                self.push(item, text.trim(), TokenKind::Value, value, place, grid, row_start);
            }
            Shape::Odd => {
                if let Some((before, head, digits)) = unglue(&compact) {
                    let digits = digits.to_owned();
                    if !before.is_empty() {
                        self.push(item, &before, TokenKind::Label, BLANK, place, grid, row_start);
                    }
                    self.push(item, &head, TokenKind::Label, BLANK, place, grid, row_start);
                    let value = read_value(&digits);
                    self.push(item, &digits, TokenKind::Glued, value, place, grid, false);
                } else {
                    self.push(item, text.trim(), TokenKind::Label, value, place, grid, row_start);
                }
            }
            Shape::Plain | Shape::Decorated | Shape::Dash => {
                self.push(item, text.trim(), TokenKind::Value, value, place, grid, row_start);
            }
        }
    }

    /// Text between separators: words apart are tokens of their own.
    fn words(&mut self, item: usize, text: &str, place: &Place) {
        for word in text.split_whitespace() {
            self.word(item, word, place, None, false);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Pipe,
    Line,
}

/// A rule under the header of a Markdown table.
fn is_rule(compact: &str) -> bool {
    compact.matches('-').count() >= 3 && compact.chars().all(|c| matches!(c, '-' | '|' | ':' | '+' | '='))
}

/// The tokens of all items that are not prose, in reading order.
pub(crate) fn tokens(items: &[Item]) -> Vec<Token> {
    let mut sink = Sink { tokens: Vec::with_capacity(items.len() * 4) };
    let mut last = Separator::Line;
    let tabbed = items.iter().filter(|item| item.is_line() && item.folded.starts_with('\t')).count();
    let tab_mode = tabbed > 20;
    for (index, item) in items.iter().enumerate() {
        match &item.kind {
            Kind::Row { table, cells } => {
                last = Separator::Line;
                let texts: Vec<String> = cells.iter().map(|cell| crate::fold::fold(&cell.text)).collect();
                let mut head = RowHead::default();
                for (at, (cell, text)) in cells.iter().zip(&texts).enumerate() {
                    let grid = Some((*table, cell.column));
                    let next = texts.get(at + 1).map(String::as_str);
                    if let Some(value) = head.odd_value(text, next) {
                        sink.push(index, text.trim(), TokenKind::Value, value, &cell.place, grid, at == 0);
                    } else {
                        head.add(text);
                        sink.word(index, text, &cell.place, grid, at == 0);
                    }
                }
            }
            Kind::Line => {
                if item.is_prose() || is_rule(&item.compact) {
                    last = Separator::Line;
                    continue;
                }
                if item.compact.is_empty() {
                    if tab_mode && item.folded.contains('\t') {
                        sink.push(index, "", TokenKind::HardBlank, BLANK, &item.place, None, false);
                    } else if !item.folded.is_empty() {
                        sink.push(index, "", TokenKind::SoftBlank, BLANK, &item.place, None, false);
                    }
                    continue;
                }
                let inner_tabs = item.folded.trim_matches('\t').contains('\t');
                let is_separator = |c: char| c == '|' || c == '\t' && inner_tabs;
                if !item.folded.contains(is_separator) {
                    sink.words(index, &item.folded, &item.place);
                    last = Separator::Line;
                    continue;
                }
                let line = item.folded.trim_start_matches('\t');
                // A bar before the first cell of a whole row opens the row; it ends no cell.
                let opened =
                    line.trim_start().strip_prefix('|').filter(|rest| !rest.trim_matches([' ', '|']).is_empty());
                if opened.is_some() {
                    last = Separator::Pipe;
                }
                let mut pieces = opened.unwrap_or(line).split(is_separator).peekable();
                let mut head = RowHead::default();
                while let Some(piece) = pieces.next() {
                    if !piece.trim().is_empty() {
                        if let Some(value) = head.odd_value(piece, pieces.peek().copied()) {
                            sink.push(index, piece.trim(), TokenKind::Value, value, &item.place, None, false);
                        } else {
                            head.add(piece);
                            sink.words(index, piece, &item.place);
                        }
                        last = Separator::Line;
                    }
                    if pieces.peek().is_some() {
                        // A separator: blank cell if nothing stood since the last one.
                        if last == Separator::Pipe {
                            sink.push(index, "", TokenKind::HardBlank, BLANK, &item.place, None, false);
                        }
                        last = Separator::Pipe;
                    }
                }
            }
        }
    }
    sink.tokens
}

#[cfg(test)]
mod tests {
    use gongkai_manuscript::{Block, Manuscript, Paragraph};

    use super::*;
    use crate::read::item::flatten;

    fn shown(text: &str) -> String {
        let blocks = text.split('\n').map(|line| Block::Paragraph(Paragraph::new(line, Place::None))).collect();
        let (items, _) = flatten(&Manuscript { blocks });
        tokens(&items)
            .iter()
            .map(|token| match token.kind {
                TokenKind::Label => format!("«{}»", token.text),
                TokenKind::Value => token.text.clone(),
                TokenKind::Glued => format!("~{}", token.text),
                TokenKind::HardBlank => "_".to_owned(),
                TokenKind::SoftBlank => ".".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn pipes_give_the_same_tokens_however_they_are_broken() {
        let expected = "«规章» 0 _ 2 «行政许可» 128 _ _ «行政处罚» 46";
        assert_eq!(shown("规章 | 0 | | 2 |\n行政许可 | 128 | ||\n行政处罚 | 46"), expected);
        assert_eq!(shown("规章 |\n0 |\n |\n2 |\n行政许可 |\n128 |\n||\n行政处罚 |\n46"), expected);
        assert_eq!(shown("规章\n|\n0\n|\n|\n2\n|\n行政许可\n|\n128\n|\n|\n|\n行政处罚\n|\n46"), expected);
        assert_eq!(shown("规章 |\n       0\n   |\n   |\n      2\n   |\n行政许可 | 128 | ||\n行政处罚 | 46"), expected);
    }

    #[test]
    fn digits_glued_to_a_label_of_the_form_are_cut_off() {
        assert_eq!(shown("规章000"), "«规章» ~000");
        assert_eq!(shown("行政事业性收费26.55"), "«行政事业性收费» ~26.55");
        assert_eq!(shown("第20条"), "«第20条»");
    }

    #[test]
    fn page_numbers_and_rules_are_no_values() {
        assert_eq!(shown("(四)无\n- 4 -\n法提供"), "«(四)无» - 4 - «法提供»");
        assert_eq!(shown("(四)无\n-4-\n法提供"), "«(四)无» «法提供»");
        assert_eq!(shown("| --- | --- |\n规章 | 0"), "«规章» 0");
    }
}
