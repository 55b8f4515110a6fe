//! Letters from JSON, and all of them from invented facts.

use std::collections::BTreeMap;

use gongkai_law::{LetterKind, Outcome};
use gongkai_letters::{
    Fact, LetterRequest, Service, Templates, Value as FactValue, Withheld, compose, required, sample_requests,
};
use gongkai_manuscript::{Block, Manuscript};
use gongkai_typeset::Fonts;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::law::parse_date;
use crate::report::{Target, set};

/// A letter that was made: its title and its text.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its title.
    pub title: String,
    manuscript: Manuscript,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    served: String,
    #[serde(default)]
    service: Option<String>,
    facts: BTreeMap<String, Value>,
    #[serde(default)]
    withheld: Vec<Part>,
    #[serde(default)]
    hidden: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    what: String,
    ground: String,
    reason: String,
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

/// The JSON that a letter is made from, with the required facts to be filled in.
pub fn letter_form(kind: LetterKind) -> Value {
    let mut facts = Map::new();
    let remedy = [Fact::ReconsiderationOrgan, Fact::Court, Fact::OnlineChannel];
    let wanted = required(kind).into_iter().chain(remedy.into_iter().filter(|_| kind.has_remedy()));
    for fact in wanted.filter(|fact| *fact != Fact::WithheldParts) {
        let empty = match fact {
            Fact::CorrectionItems => json!([""]),
            fact if fact.is_date() => json!("2026-01-01"),
            _ => json!(""),
        };
        facts.insert(fact.name().to_owned(), empty);
    }
    let mut form = json!({ "served": "2026-01-01", "service": "post", "facts": facts });
    if kind == LetterKind::L14
        && let Some(object) = form.as_object_mut()
    {
        let part = json!([{ "what": "", "ground": "third_party_rights", "reason": "" }]);
        object.insert("withheld".to_owned(), part);
    }
    form
}

fn fact_value(fact: Fact, value: &Value) -> Result<FactValue, String> {
    let wrong = || format!("“{}”应写成文字", fact.name());
    match value {
        Value::String(text) if fact.is_date() => {
            Ok(FactValue::Date(parse_date(text).map_err(|error| format!("“{}”：{error}", fact.name()))?))
        }
        Value::String(text) => Ok(FactValue::Text(text.clone())),
        Value::Array(items) if !fact.is_date() => {
            let items: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            Ok(FactValue::List(items.ok_or_else(wrong)?))
        }
        Value::Number(number) if !fact.is_date() => Ok(FactValue::Text(number.to_string())),
        Value::Null => Ok(FactValue::Text(String::new())),
        Value::Bool(_) | Value::Object(_) | Value::Array(_) | Value::Number(_) => Err(wrong()),
    }
}

/// Makes a letter from JSON.
///
/// # Errors
/// What is wrong with the JSON or with its facts; the facts that are missing.
pub fn letter_from_json(kind: LetterKind, text: &str, templates: &Templates) -> Result<Letter, String> {
    let input: Input = serde_json::from_str(text).map_err(|error| {
        format!("事实文件第{}行第{}列有误：{error}。可以用 gongkai letter facts 生成样子", error.line(), error.column())
    })?;
    let service = match input.service.as_deref() {
        None | Some("post") => Service::Post,
        Some("direct") => Service::Direct,
        Some("internet") => Service::Internet,
        Some(other) => {
            return Err(format!("送达方式“{other}”不成立，可以是 direct（当面）、post（邮寄）、internet（互联网）"));
        }
    };
    let mut facts = BTreeMap::new();
    for (name, value) in &input.facts {
        let fact = Fact::parse(name).ok_or_else(|| format!("没有“{name}”这一项事实"))?;
        facts.insert(fact, fact_value(fact, value)?);
    }
    let withheld = input
        .withheld
        .into_iter()
        .map(|part| {
            let ground = Outcome::parse(&part.ground).ok_or_else(|| format!("没有“{}”这一种理由", part.ground))?;
            Ok(Withheld { what: part.what, ground, reason: part.reason })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let served = parse_date(&input.served).map_err(|error| format!("“served”（送达日期）：{error}"))?;
    let request = LetterRequest { kind, served, service, facts, withheld, hidden: input.hidden };
    let composed = compose(templates, &request).map_err(|error| error.to_string())?;
    Ok(Letter { title: composed.title, manuscript: composed.manuscript })
}

/// Every letter, one after another, from invented facts.
///
/// # Errors
/// A letter that the templates cannot make.
pub fn sample_letters(templates: &Templates) -> Result<Letter, String> {
    let mut blocks = Vec::new();
    for request in sample_requests() {
        let composed = compose(templates, &request).map_err(|error| error.to_string())?;
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
mod tests {
    use super::*;

    #[test]
    fn a_form_filled_in_makes_its_letter() {
        let templates = letter_templates(&[]).unwrap();
        for kind in LetterKind::ALL {
            let mut form = letter_form(kind);
            let blank = letter_from_json(kind, &form.to_string(), &templates);
            assert!(blank.unwrap_err().contains("缺少"), "{kind:?}");
            for (name, value) in form["facts"].as_object_mut().unwrap() {
                let fact = Fact::parse(name).unwrap();
                if !fact.is_date() {
                    *value = json!("事实");
                }
            }
            if kind == LetterKind::L14 {
                form["withheld"][0]["what"] = json!("附表");
                form["withheld"][0]["reason"] = json!("理由");
            }
            if kind == LetterKind::L06 {
                form["facts"]["答复时限"] = json!("2026-02-01");
            }
            let made = letter_from_json(kind, &form.to_string(), &templates).unwrap();
            assert_eq!(made.title, kind.title());
        }
    }

    #[test]
    fn bad_facts_are_refused_and_named() {
        let templates = letter_templates(&[]).unwrap();
        for (text, part) in [
            ("{", "第1行"),
            (r#"{"served":"2026-02-30","facts":{}}"#, "没有“2026-02-30”这一天"),
            (r#"{"served":"2026-02-03","facts":{"收到":"x"}}"#, "没有“收到”这一项"),
            (r#"{"served":"2026-02-03","facts":{"收到日期":"昨天"}}"#, "“收到日期”"),
            (r#"{"served":"2026-02-03","facts":{"理由":{}}}"#, "应写成文字"),
            (r#"{"served":"2026-02-03","service":"快递","facts":{}}"#, "送达方式"),
            (r#"{"served":"2026-02-03","facts":{}}"#, "缺少机关名称"),
        ] {
            let error = letter_from_json(LetterKind::L16, text, &templates).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
