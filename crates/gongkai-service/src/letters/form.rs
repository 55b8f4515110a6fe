//! The JSON an officer fills in for a letter: every fact blank, with a note on each.

use gongkai_law::{LetterKind, Outcome};
use gongkai_letters::{Fact, optional, required};
use serde_json::{Map, Value, json};

/// The key of the notes; what stands under it is not read.
pub(super) const NOTES: &str = "说明";

const DAY: &str = "日期，写成2026-01-09的样子";

fn note(fact: Fact) -> String {
    match fact {
        Fact::CorrectionItems => "一项一条".to_owned(),
        Fact::FeeOrdinal => "按件计收的填写：是该申请人当月的第几件".to_owned(),
        Fact::FeePages => "按量计收的填写：页数".to_owned(),
        Fact::FeeAmount => "元，与 gongkai fee 算出的相同".to_owned(),
        Fact::ExtensionDays => "1至20".to_owned(),
        Fact::OnlineChannel => "通过互联网送达的必填".to_owned(),
        Fact::SuperiorDepartment => "2024年以前送达，并且有上一级主管部门的填写".to_owned(),
        Fact::ThirdParty => "不会印出；填写后，文书中出现这个名称即不能生成".to_owned(),
        Fact::JointMaking => "是或者否；填是的，不填答复时限".to_owned(),
        Fact::ResponsibleOrganContact => "写了负责机关的填写".to_owned(),
        Fact::ProhibitingProvision => "法律、行政法规的名称加书名号，写到第几条".to_owned(),
        fact if fact.is_date() => DAY.to_owned(),
        fact => fact.choices().join("、"),
    }
}

/// The JSON that a letter is made from: the facts it needs and those it may state, blank, and notes on them.
pub fn letter_form(kind: LetterKind) -> Value {
    let (mut facts, mut notes) = (Map::new(), Map::new());
    let remedy = [Fact::ReconsiderationOrgan, Fact::Court];
    let needed = required(kind).into_iter().chain(remedy.into_iter().filter(|_| kind.has_remedy()));
    let wanted = needed.map(|fact| (fact, true)).chain(optional(kind).into_iter().map(|fact| (fact, false)));
    for (fact, needed) in wanted.filter(|(fact, _)| !fact.is_derived()) {
        let blank = if fact == Fact::CorrectionItems { json!([""]) } else { json!("") };
        facts.insert(fact.name().to_owned(), blank);
        let parts = [if needed { "" } else { "可不填" }.to_owned(), note(fact)];
        let words: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !words.is_empty() {
            notes.insert(fact.name().to_owned(), json!(words.join("；")));
        }
    }
    notes.insert("served".to_owned(), json!(format!("送达日期；{DAY}")));
    notes.insert("service".to_owned(), json!("送达方式：direct（当面）、post（邮寄）、internet（互联网）"));
    notes.insert("hidden".to_owned(), json!("可不填；不应在文书中出现的词，例如第三方的名称、不予公开的内容"));
    let mut form = Map::from_iter([
        ("served".to_owned(), json!("")),
        ("service".to_owned(), json!("post")),
        ("facts".to_owned(), Value::Object(facts)),
        ("hidden".to_owned(), json!([])),
    ]);
    if kind == LetterKind::L14 {
        form.insert("withheld".to_owned(), json!([{ "what": "", "ground": "", "reason": "" }]));
        let grounds: Vec<String> = Outcome::ALL
            .into_iter()
            .filter(|o| o.withholds() || matches!(o, Outcome::StatutoryInquiry | Outcome::NotGovernmentInfo))
            .map(|outcome| format!("{}（{}）", outcome.code(), outcome.label()))
            .collect();
        let note = format!("what 是内容（不写出不予公开的内容本身），reason 是理由，ground 是{}", grounds.join("、"));
        notes.insert("withheld".to_owned(), json!(note));
    }
    form.insert(NOTES.to_owned(), Value::Object(notes));
    Value::Object(form)
}
