//! What a web page carries beside what a reader sees: hidden elements, comments, scripts, an author.

use html5gum::{Token, Tokenizer};

use super::{SKIPPED, decode_page};
use crate::Error;
use crate::hidden::HiddenKind;

/// Elements that have no end tag.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
    b"track", b"wbr",
];

/// Whether an element with these attributes is not shown.
pub(super) fn is_unshown<'a>(name: &[u8], attribute: impl Fn(&[u8]) -> Option<&'a [u8]>) -> bool {
    if VOID.contains(&name) {
        return false;
    }
    let style: String = attribute(b"style")
        .map(|value| {
            String::from_utf8_lossy(value).to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
        })
        .unwrap_or_default();
    let zero = |property: &str| {
        let value = style.split(';').find_map(|part| part.strip_prefix(property)?.strip_prefix(':'));
        value.is_some_and(|value| matches!(value, "0" | "0px" | "0pt" | "0em" | "0%"))
    };
    attribute(b"hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || zero("font-size")
        || zero("opacity")
}

/// What does not show, and how often.
pub(crate) fn unseen(bytes: &[u8]) -> Result<Vec<(HiddenKind, usize)>, Error> {
    let text = decode_page(bytes)?;
    let mut out = Vec::new();
    // The hidden element that is open, how deep its own name is nested, and whether it was counted.
    let mut open: Option<(Vec<u8>, usize, bool)> = None;
    let mut in_code = false;
    for token in Tokenizer::new(text.as_str()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = tag.name.as_slice();
                let attribute =
                    |key: &[u8]| tag.attributes.iter().find(|(k, _)| k.as_slice() == key).map(|(_, v)| v.as_slice());
                if name == b"script" {
                    out.push((HiddenKind::Embedded, 1));
                }
                if name == b"meta"
                    && attribute(b"name").is_some_and(|value| value.eq_ignore_ascii_case(b"author"))
                    && attribute(b"content").is_some_and(|value| !value.trim_ascii().is_empty())
                {
                    out.push((HiddenKind::Authors, 1));
                }
                in_code = SKIPPED.contains(&name) && !tag.self_closing;
                match &mut open {
                    Some((hidden, depth, _)) if hidden.as_slice() == name && !tag.self_closing => *depth += 1,
                    None if !tag.self_closing && is_unshown(name, attribute) => open = Some((name.to_vec(), 1, false)),
                    Some(_) | None => {}
                }
            }
            Token::EndTag(tag) => {
                in_code = false;
                if let Some((hidden, depth, _)) = &mut open
                    && hidden.as_slice() == tag.name.as_slice()
                {
                    *depth -= 1;
                    if *depth == 0 {
                        open = None;
                    }
                }
            }
            Token::String(text) if !in_code && text.iter().any(|byte| !byte.is_ascii_whitespace()) => {
                if let Some((_, _, counted)) = &mut open
                    && !*counted
                {
                    *counted = true;
                    out.push((HiddenKind::HiddenText, 1));
                }
            }
            Token::Comment(text) if text.iter().any(|byte| !byte.is_ascii_whitespace()) => {
                out.push((HiddenKind::Comments, 1));
            }
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    Ok(out)
}
