//! D14: words that are wrong or must not stand. The dictionaries are data of the installation, with version and source.

use super::{Detector, Hit, Weight, around};

/// How wrong a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A grave wrong wording: a veto item.
    Serious,
    /// A slip.
    General,
}

/// A dictionary.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The words with what to write instead.
    pub words: Vec<(String, String, Severity)>,
}

impl Terms {
    /// Reads lines of `严重|一般 <tab> 错 <tab> 正`; `#` begins a remark.
    ///
    /// # Errors
    /// The first line that has another shape, by number.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut words = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut fields = line.split('\t').map(str::trim);
            let (Some(severity), Some(wrong), Some(right)) = (fields.next(), fields.next(), fields.next()) else {
                return Err(format!("第{number}行应为三栏，用制表符分开：严重程度、错误用语、正确用语"));
            };
            let severity = match severity {
                "严重" => Severity::Serious,
                "一般" => Severity::General,
                other => return Err(format!("第{number}行的“{other}”应为“严重”或“一般”")),
            };
            if wrong.chars().count() < 2 || right.contains(wrong) {
                return Err(format!("第{number}行的错误用语“{wrong}”太短，或包含在正确用语里"));
            }
            words.push((wrong.to_owned(), right.to_owned(), severity));
        }
        Ok(Self { words })
    }
}

pub(super) fn scan(text: &str, piece: usize, terms: &Terms, out: &mut Vec<Hit>) {
    for (wrong, right, severity) in &terms.words {
        for (at, _) in text.match_indices(wrong.as_str()).take(20) {
            out.push(Hit {
                detector: Detector::Term,
                weight: if *severity == Severity::Serious { Weight::Block } else { Weight::Warn },
                shown: wrong.clone(),
                around: around(text, at, at + wrong.len()),
                piece,
                source: String::new(),
                advice: if right.is_empty() { "删去".to_owned() } else { format!("改为“{right}”") },
            });
        }
    }
}
