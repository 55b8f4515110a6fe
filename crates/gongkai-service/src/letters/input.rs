//! The facts of a letter read from JSON; what is wrong is said in Chinese and named.

use std::collections::BTreeMap;

use gongkai_law::{LetterKind, Outcome};
use gongkai_letters::{Fact, LetterRequest, Service, Value as FactValue, Withheld, required};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::form::NOTES;
use crate::law::parse_date;

/// A request from JSON.
pub(super) fn request(kind: LetterKind, text: &str) -> Result<LetterRequest, String> {
    let input = object(text)?;
    let known = ["served", "service", "facts", "withheld", "hidden", NOTES];
    if let Some(other) = input.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!("没有“{other}”这一项，可以是{}", known.join("、")));
    }
    let facts = match input.get("facts") {
        Some(Value::Object(facts)) => facts_of(facts)?,
        Some(_) => return Err("“facts”应是写在花括号里的各项事实".to_owned()),
        None => return Err("缺少“facts”（各项事实）。可以用 gongkai letter facts 生成样子".to_owned()),
    };
    let parts = parts(&input)?;
    let served = words(&input, "served")?.unwrap_or_default();
    let missing = missing(kind, &served, &facts, &parts);
    if !missing.is_empty() {
        return Err(format!("{}（{}）不能生成：缺少{}", kind.title(), kind.code(), missing.join("、")));
    }
    let withheld = parts
        .into_iter()
        .map(|part| {
            let ground = Outcome::parse(&part.ground).ok_or_else(|| format!("没有“{}”这一种理由", part.ground))?;
            Ok(Withheld { what: part.what, ground, reason: part.reason })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let served = parse_date(&served).map_err(|error| format!("“served”（送达日期）：{error}"))?;
    Ok(LetterRequest { kind, served, service: service(&input)?, facts, withheld, hidden: hidden(&input)? })
}

fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("事实文件应以花括号开始。可以用 gongkai letter facts 生成样子".to_owned()),
        Err(error) => {
            let what = match error.classify() {
                Category::Eof => "文件没有写完，缺少括号或者引号",
                Category::Syntax | Category::Data | Category::Io => "不合 JSON 的写法，请检查这里的引号、逗号和括号",
            };
            Err(format!(
                "事实文件第{}行第{}列：{what}。可以用 gongkai letter facts 生成样子",
                error.line(),
                error.column()
            ))
        }
    }
}

fn words(object: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
        Some(_) => Err(format!("“{key}”应写成文字")),
    }
}

fn service(input: &Map<String, Value>) -> Result<Service, String> {
    match words(input, "service")?.as_deref() {
        None | Some("post") => Ok(Service::Post),
        Some("direct") => Ok(Service::Direct),
        Some("internet") => Ok(Service::Internet),
        Some(other) => Err(format!("送达方式“{other}”不成立，可以是 direct（当面）、post（邮寄）、internet（互联网）")),
    }
}

fn hidden(input: &Map<String, Value>) -> Result<Vec<String>, String> {
    let wrong = || "“hidden”应是一列文字，例如 [\"某某公司\"]".to_owned();
    match input.get("hidden") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// A part withheld, as written.
struct Part {
    what: String,
    ground: String,
    reason: String,
}

fn parts(input: &Map<String, Value>) -> Result<Vec<Part>, String> {
    let wrong = || "“withheld”应是一列不予公开的部分，各写 what、ground、reason".to_owned();
    let items = match input.get("withheld") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(wrong()),
    };
    items
        .iter()
        .map(|item| {
            let part = item.as_object().ok_or_else(wrong)?;
            if let Some(other) = part.keys().find(|key| !["what", "ground", "reason"].contains(&key.as_str())) {
                return Err(format!("“withheld”中没有“{other}”这一项，可以是 what、ground、reason"));
            }
            let of = |key: &str| Ok::<String, String>(words(part, key)?.unwrap_or_default());
            Ok(Part { what: of("what")?, ground: of("ground")?, reason: of("reason")? })
        })
        .collect()
}

fn facts_of(given: &Map<String, Value>) -> Result<BTreeMap<Fact, FactValue>, String> {
    let mut facts = BTreeMap::new();
    for (name, value) in given {
        let fact = Fact::parse(name).ok_or_else(|| format!("没有“{name}”这一项事实"))?;
        facts.extend(fact_value(fact, value)?.map(|value| (fact, value)));
    }
    Ok(facts)
}

/// What a fact is filled with; a blank is not given.
fn fact_value(fact: Fact, value: &Value) -> Result<Option<FactValue>, String> {
    let wrong = || format!("“{}”应写成文字", fact.name());
    let found = match value {
        Value::Null => return Ok(None),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) if fact.is_date() => {
            FactValue::Date(parse_date(text).map_err(|error| format!("“{}”：{error}", fact.name()))?)
        }
        Value::String(text) => FactValue::Text(text.clone()),
        Value::Array(items) if !fact.is_date() => {
            let items: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            let items = items.ok_or_else(wrong)?;
            if items.iter().all(|item| item.trim().is_empty()) {
                return Ok(None);
            }
            FactValue::List(items)
        }
        Value::Number(number) if !fact.is_date() => FactValue::Text(number.to_string()),
        Value::Bool(yes) if fact == Fact::JointMaking => FactValue::Text(if *yes { "是" } else { "否" }.to_owned()),
        Value::Bool(_) | Value::Object(_) | Value::Array(_) | Value::Number(_) => return Err(wrong()),
    };
    Ok(Some(found))
}

/// What is missing where a letter cannot even be begun: without its day of service, or without the ground of a part.
fn missing(kind: LetterKind, served: &str, facts: &BTreeMap<Fact, FactValue>, parts: &[Part]) -> Vec<String> {
    if !served.is_empty() && parts.iter().all(|part| !part.ground.is_empty()) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    if served.is_empty() {
        missing.push("送达日期（served）".to_owned());
    }
    let blank = required(kind).into_iter().filter(|fact| match fact {
        Fact::WithheldParts => parts.is_empty(),
        fact => !facts.contains_key(fact),
    });
    missing.extend(blank.map(|fact| fact.name().to_owned()));
    for (n, part) in (1..).zip(parts) {
        for (text, name) in
            [(&part.what, "内容（what）"), (&part.ground, "理由种类（ground）"), (&part.reason, "理由（reason）")]
        {
            if text.is_empty() {
                missing.push(format!("不予公开部分第{n}项的{name}"));
            }
        }
    }
    missing
}
