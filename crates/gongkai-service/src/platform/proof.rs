//! Checking an exported item with nothing but the file: that its text is what was signed, and that the records were not changed.

use std::collections::BTreeSet;

use gongkai_model::audit::{Record, sm3_hex};
use serde_json::Value;

use super::text::FIELDS;

/// What the file of an item proves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProofVerdict {
    /// What does not agree, a sentence each; empty where everything does.
    pub wrong: Vec<String>,
    /// The roles that signed this very content, in order.
    pub signed: Vec<String>,
    /// The number and hash of the record of publication: to be compared with the chain of the platform.
    pub published: Option<(u64, String)>,
    /// Whether it was public before this system was used, and came in by an import.
    pub imported: bool,
    /// Numbers and hashes of all records of the proof.
    pub records: Vec<(u64, String)>,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

fn record(value: &Value) -> Option<Record> {
    Some(Record {
        sequence: value.get("sequence")?.as_u64()?,
        at: text(value, "at").parse().ok()?,
        actor: text(value, "actor").to_owned(),
        act: text(value, "act").to_owned(),
        subject: text(value, "subject").to_owned(),
        detail: text(value, "detail").to_owned(),
        previous: text(value, "previous").to_owned(),
        hash: text(value, "hash").to_owned(),
    })
}

fn said<'a>(record: &'a Record, name: &str) -> &'a str {
    record.detail.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).unwrap_or("")
}

/// Checks an item as `/api/v1/items/{id}` gives it.
pub fn check_item(item: &Value) -> ProofVerdict {
    let mut out = ProofVerdict::default();
    let fields: Vec<&str> =
        item.get("content_fields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut spelled = String::new();
    for field in &fields {
        spelled.push_str(&format!("{}:{field}\n", field.len()));
    }
    let content = text(item, "content_sm3");
    if fields.is_empty() || sm3_hex(spelled.as_bytes()) != content {
        out.wrong.push("内容（content_fields）与散列值（content_sm3）不符：内容被改动".to_owned());
    }
    // Every element that is shown and was signed is compared, an empty one too.
    for (at, name) in FIELDS.iter().enumerate().filter(|(_, name)| item.get(name).is_some()) {
        if fields.get(at).copied() != Some(text(item, name)) {
            out.wrong.push(format!("“{name}”与签署的内容不符"));
        }
    }
    for name in
        ["title", "formed_on", "catalog_node", "genre_code", "text", "index_no", "issuing_organ", "published_on"]
    {
        if item.get(name).is_none() {
            out.wrong.push(format!("缺少“{name}”：不是完整的导出"));
        }
    }
    for file in item.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        if !fields.contains(&text(file, "sha256")) || !fields.contains(&text(file, "name")) {
            out.wrong.push(format!("附件“{}”不在签署的内容里", text(file, "name")));
        }
    }
    let mut last = 0;
    let mut roles: BTreeSet<String> = BTreeSet::new();
    let mut number = 0;
    for value in item.get("proof").and_then(Value::as_array).into_iter().flatten() {
        number += 1;
        let Some(record) = record(value) else {
            out.wrong.push(format!("证明里的第{number}条记录读不出来"));
            continue;
        };
        if record.hash != record.computed() {
            out.wrong.push(format!("审计记录{}的内容与散列值不符：记录被改动", record.sequence));
        }
        if record.sequence <= last {
            out.wrong.push(format!("审计记录{}的次序不对", record.sequence));
        }
        last = record.sequence;
        out.records.push((record.sequence, record.hash.clone()));
        match record.act.as_str() {
            "edition.review"
                if said(&record, "verdict") == "passed"
                    && said(&record, "content") == content
                    && roles.insert(said(&record, "role").to_owned()) =>
            {
                out.signed.push(said(&record, "role").to_owned());
            }
            "edition.publish" | "publication.import" if said(&record, "content") == content => {
                for (name, key) in [("index_no", "index"), ("issuing_organ", "organ"), ("published_on", "first")] {
                    if text(item, name) != said(&record, key) {
                        out.wrong.push(format!("“{name}”与发布记录不符"));
                    }
                }
                let edition = item.get("edition").map(Value::to_string).unwrap_or_default();
                if edition != said(&record, "edition") {
                    out.wrong.push("“edition”与发布记录不符".to_owned());
                }
                out.imported = record.act == "publication.import";
                out.published = Some((record.sequence, record.hash.clone()));
            }
            _ => {}
        }
    }
    if out.published.is_none() {
        out.wrong.push("没有发布这份内容的记录".to_owned());
    }
    // What was public before this system was used was reviewed before it, on paper.
    if !out.imported && !roles.contains("secrecy_reviewer") {
        out.wrong.push("没有保密审查员签署这份内容的记录（《政府信息公开条例》第十七条）".to_owned());
    }
    out
}
