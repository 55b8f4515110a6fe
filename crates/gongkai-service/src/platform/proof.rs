//! Checking an exported item with nothing but the file: that its text is what was signed, and that the records were not changed.

use std::collections::BTreeSet;

use gongkai_model::audit::{Record, sm3_hex};
use gongkai_model::officer::Role;
use gongkai_model::publication::{Genre, Validity};
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
    /// The version that the records are about.
    pub subject: String,
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

/// Everything that the file of an item holds.
const KEYS: [&str; 22] = [
    "schema",
    "id",
    "index_no",
    "title",
    "doc_no",
    "issuing_organ",
    "formed_on",
    "published_on",
    "theme",
    "genre",
    "genre_code",
    "catalog_node",
    "validity",
    "validity_code",
    "summary",
    "keywords",
    "change_note",
    "edition",
    "text",
    "attachments",
    "content_fields",
    "content_sm3",
];

/// The words beside the codes, and the files: what follows from the signed fields without being one of them.
fn check_derived(item: &Value, fields: &[&str], out: &mut ProofVerdict) {
    let genre = Genre::from_code(text(item, "genre_code")).map(Genre::label).unwrap_or_default();
    let validity = Validity::from_code(text(item, "validity_code")).map(Validity::label).unwrap_or_default();
    for (name, label) in [("genre", genre), ("validity", validity)] {
        if text(item, name) != label {
            out.wrong.push(format!("“{name}”与它的代码不符"));
        }
    }
    let mut files = fields.get(FIELDS.len()..).unwrap_or_default();
    for kind in ["counts_from=", "ground="] {
        if let Some((first, rest)) = files.split_first()
            && first.starts_with(kind)
        {
            files = rest;
        }
    }
    let at = |pair: &[&'_ str], at: usize| pair.get(at).map(|text| (*text).to_owned()).unwrap_or_default();
    let signed: Vec<(String, String)> = files.chunks(2).map(|pair| (at(pair, 0), at(pair, 1))).collect();
    let told: Vec<(String, String)> = item
        .get("attachments")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|file| (text(file, "name").to_owned(), text(file, "sha256").to_owned()))
        .collect();
    if told != signed {
        let names = |files: &[(String, String)]| files.iter().map(|one| one.0.clone()).collect::<Vec<_>>().join("、");
        out.wrong.push(format!("附件（{}）与签署的（{}）不符", names(&told), names(&signed)));
    }
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
    for name in KEYS.iter().filter(|name| item.get(**name).is_none()) {
        out.wrong.push(format!("缺少“{name}”：不是完整的导出"));
    }
    for name in item.as_object().into_iter().flat_map(serde_json::Map::keys) {
        if !KEYS.contains(&name.as_str()) && name != "proof" {
            out.wrong.push(format!("多出“{name}”：导出里没有这一项"));
        }
    }
    check_derived(item, &fields, &mut out);
    let mut last = 0;
    let mut roles: BTreeSet<String> = BTreeSet::new();
    let mut number = 0;
    let mut asked = String::new();
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
            // On the ordinary way every step signs before publication; on the urgent way some sign afterwards.
            "edition.submit" if said(&record, "content") == content => {
                asked =
                    if said(&record, "urgent") == "true" { String::new() } else { said(&record, "chain").to_owned() };
            }
            "edition.review"
                if said(&record, "verdict") == "passed"
                    && said(&record, "content") == content
                    && roles.insert(said(&record, "role").to_owned()) =>
            {
                out.signed.push(said(&record, "role").to_owned());
            }
            "edition.publish" | "publication.import" if said(&record, "content") == content => {
                out.subject.clone_from(&record.subject);
                let elements = [
                    ("index_no", "index"),
                    ("issuing_organ", "organ"),
                    ("published_on", "first"),
                    ("id", "publication"),
                ];
                for (name, key) in elements {
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
    for role in asked.split_whitespace().filter(|role| !roles.contains(*role)) {
        let label = Role::from_code(role).map(Role::label).unwrap_or_default();
        out.wrong.push(format!("审核链上有{label}，证明里却没有{label}签署这份内容的记录"));
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
