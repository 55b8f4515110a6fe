//! Two people at one draft: what the second did not touch stays as the first has saved it.

use std::hash::{DefaultHasher, Hash, Hasher};

use gongkai_service::platform::DraftInput;
use serde_json::Value;

fn fields(input: &DraftInput) -> Vec<(String, String)> {
    let Ok(Value::Object(all)) = serde_json::to_value(input) else { return Vec::new() };
    all.into_iter().map(|(name, value)| (name, value.as_str().unwrap_or_default().to_owned())).collect()
}

/// What a field held, in a few letters; line ends and blanks at the end do not count.
fn mark(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    for line in text.replace("\r\n", "\n").trim_end().lines() {
        line.trim_end().hash(&mut hasher);
    }
    format!("{:x}", hasher.finish())
}

/// What every field of a form held when it was opened, to be sent back with it.
pub(crate) fn marks(input: &DraftInput) -> String {
    fields(input).iter().map(|(name, text)| format!("{name}:{}", mark(text))).collect::<Vec<_>>().join(" ")
}

/// What was typed, with the fields that the person did not touch as they are now. `was` is what [`marks`] gave when the form was
/// opened; without it everything counts as typed.
pub(crate) fn merged(typed: &DraftInput, was: &str, theirs: &DraftInput) -> DraftInput {
    let before: Vec<(&str, &str)> = was.split_whitespace().filter_map(|pair| pair.split_once(':')).collect();
    let untouched = |name: &str, text: &str| before.iter().any(|(known, held)| *known == name && *held == mark(text));
    let now = fields(theirs);
    let all = fields(typed).into_iter().map(|(name, text)| {
        let kept = untouched(&name, &text).then(|| now.iter().find(|(known, _)| *known == name)).flatten();
        let text = kept.map_or(text, |(_, theirs)| theirs.clone());
        (name, Value::String(text))
    });
    serde_json::from_value(Value::Object(all.collect())).unwrap_or_else(|_error| typed.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_touched_stays_as_the_other_has_saved_it() {
        let opened = DraftInput {
            title: "标题".to_owned(),
            summary: "概述".to_owned(),
            body: "一\n二".to_owned(),
            ..DraftInput::default()
        };
        let was = marks(&opened);
        let theirs =
            DraftInput { summary: "别人的概述".to_owned(), keywords: "审计".to_owned(), ..opened.clone() };
        // A browser sends other line ends.
        let mine = DraftInput { title: "我的标题".to_owned(), body: "一\r\n二".to_owned(), ..opened.clone() };
        let both = merged(&mine, &was, &theirs);
        assert_eq!((both.title.as_str(), both.summary.as_str()), ("我的标题", "别人的概述"));
        assert_eq!((both.keywords.as_str(), both.body.as_str()), ("审计", "一\n二"));
        // Both touched it: what this person typed is shown against the other's.
        let mine = DraftInput { summary: "我的概述".to_owned(), ..opened };
        assert_eq!(merged(&mine, &was, &theirs).summary, "我的概述");
        assert_eq!(merged(&mine, "", &theirs).keywords, "", "a form of before tells nothing");
    }
}
