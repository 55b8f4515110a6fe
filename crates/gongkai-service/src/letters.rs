//! Letters from JSON, and all of them from invented facts.

mod form;
mod input;

use gongkai_calendar::Calendar;
use gongkai_law::LetterKind;
use gongkai_letters::{Templates, compose, sample_requests};
use gongkai_manuscript::{Block, Manuscript};
use gongkai_typeset::Fonts;

pub use self::form::letter_form;
use crate::report::{Target, set};

/// A letter that was made: its title and its text.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its title.
    pub title: String,
    manuscript: Manuscript,
}

/// The letter of a number such as `L02`.
///
/// # Errors
/// There is none.
pub fn letter_kind(code: &str) -> Result<LetterKind, String> {
    LetterKind::parse(code).ok_or_else(|| {
        let all: Vec<&str> = LetterKind::ALL.into_iter().map(LetterKind::code).collect();
        format!("没有文书“{code}”。可以是 {}", all.join("、"))
    })
}

/// The wording built in, with an office's texts in place of those of the same name: name and text of each.
///
/// # Errors
/// The text that cannot be used, and why.
pub fn letter_templates(texts: &[(String, String)]) -> Result<Templates, String> {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Templates::with(&texts).map_err(|error| error.to_string())
}

/// Number and title of every letter, a line each.
pub fn letter_list() -> String {
    let lines: Vec<String> =
        LetterKind::ALL.into_iter().map(|kind| format!("{:5} {}", kind.code(), kind.title())).collect();
    lines.join("\n")
}

/// Makes a letter from JSON.
///
/// # Errors
/// What is wrong with the JSON or with its facts; the facts that are missing.
pub fn letter_from_json(kind: LetterKind, text: &str, templates: &Templates) -> Result<Letter, String> {
    let request = input::request(kind, text)?;
    let composed = compose(templates, &request, Calendar::official()).map_err(|error| error.to_string())?;
    Ok(Letter { title: composed.title, manuscript: composed.manuscript })
}

/// Every letter, one after another, from invented facts.
///
/// # Errors
/// A letter that the templates cannot make.
pub fn sample_letters(templates: &Templates) -> Result<Letter, String> {
    let mut blocks = Vec::new();
    for request in sample_requests() {
        let composed = compose(templates, &request, Calendar::official()).map_err(|error| error.to_string())?;
        if !blocks.is_empty() {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(composed.manuscript.blocks);
    }
    Ok(Letter { title: "政府信息公开文书样张".to_owned(), manuscript: Manuscript { blocks } })
}

/// Sets a letter, by the same typesetting as reports.
///
/// # Errors
/// A character has no font; there are no fonts; the format holds no letter.
pub fn render_letter(
    letter: &Letter,
    target: Target,
    fonts: &dyn Fn() -> Fonts,
) -> Result<Vec<u8>, gongkai_typeset::Error> {
    set(&letter.manuscript, &letter.title, None, target, fonts)
}

#[cfg(test)]
mod tests;
