//! Letters from JSON.

use gongkai_letters::Fact;
use serde_json::json;

use super::*;

/// A form filled in with facts that fit each other.
fn filled(kind: LetterKind) -> serde_json::Value {
    let mut form = letter_form(kind);
    let request = sample_requests().into_iter().find(|request| request.kind == kind).unwrap();
    form["served"] = json!(request.served.to_string());
    for (name, value) in form["facts"].as_object_mut().unwrap() {
        *value = match request.facts.get(&Fact::parse(name).unwrap()) {
            Some(gongkai_letters::Value::Date(day)) => json!(day.to_string()),
            Some(gongkai_letters::Value::Text(text)) => json!(text),
            Some(gongkai_letters::Value::List(items)) => json!(items),
            None => json!(""),
        };
    }
    if kind == LetterKind::L14 {
        form["withheld"][0] = json!({ "what": "附表", "ground": "process_info", "reason": "理由" });
    }
    form
}

#[test]
fn a_form_filled_in_makes_its_letter() {
    let templates = letter_templates(&[]).unwrap();
    for kind in LetterKind::ALL {
        let made = letter_from_json(kind, &filled(kind).to_string(), &templates).unwrap();
        assert_eq!(made.title, kind.title());
    }
}

#[test]
fn a_form_left_blank_names_every_blank() {
    let templates = letter_templates(&[]).unwrap();
    for kind in LetterKind::ALL {
        let blank = letter_form(kind);
        let error = letter_from_json(kind, &blank.to_string(), &templates).unwrap_err();
        assert!(error.contains("缺少送达日期（served）"), "{kind:?}: {error}");
        for fact in gongkai_letters::required(kind).into_iter().filter(|fact| *fact != Fact::WithheldParts) {
            assert!(error.contains(fact.name()), "{kind:?} {}: {error}", fact.name());
            assert!(!blank["facts"][fact.name()].is_number());
        }
        // One blank is named as well as many: dates and words alike.
        for fact in gongkai_letters::required(kind).into_iter().filter(|fact| !fact.is_derived()) {
            let mut form = filled(kind);
            form["facts"][fact.name()] = json!("");
            let error = letter_from_json(kind, &form.to_string(), &templates).unwrap_err();
            assert!(error.contains(&format!("缺少{}", fact.name())), "{kind:?}: {error}");
        }
        // What may be left out is offered and marked.
        for fact in gongkai_letters::optional(kind) {
            assert_eq!(blank["facts"][fact.name()], "");
            assert!(blank["说明"][fact.name()].as_str().unwrap().starts_with("可不填"), "{kind:?}");
        }
    }
}

#[test]
fn article_37_a_part_without_content_or_reason_is_named() {
    let templates = letter_templates(&[]).unwrap();
    let mut form = filled(LetterKind::L14);
    form["withheld"] = letter_form(LetterKind::L14)["withheld"].clone();
    let error = letter_from_json(LetterKind::L14, &form.to_string(), &templates).unwrap_err();
    for part in ["第1项的内容（what）", "第1项的理由种类（ground）", "第1项的理由（reason）"] {
        assert!(error.contains(part), "{error}");
    }
    form["withheld"][0]["ground"] = json!("process_info");
    let error = letter_from_json(LetterKind::L14, &form.to_string(), &templates).unwrap_err();
    assert!(error.contains("缺少不予公开部分第1项的内容、不予公开部分第1项的理由"), "{error}");
}

#[test]
fn article_34_a_co_maker_is_told_by_yes_or_no_in_words_or_in_json() {
    let templates = letter_templates(&[]).unwrap();
    let mut form = filled(LetterKind::L06);
    for no in [json!("否"), json!(false), json!("")] {
        form["facts"]["共同制作"] = no;
        letter_from_json(LetterKind::L06, &form.to_string(), &templates).unwrap();
    }
    form["facts"]["共同制作"] = json!(true);
    let both = letter_from_json(LetterKind::L06, &form.to_string(), &templates).unwrap_err();
    assert!(both.contains("不填答复时限"), "{both}");
    form["facts"]["答复时限"] = json!("");
    letter_from_json(LetterKind::L06, &form.to_string(), &templates).unwrap();
}

#[test]
fn bad_facts_are_refused_and_named() {
    let templates = letter_templates(&[]).unwrap();
    for (text, part) in [
        ("{", "第1行第1列：文件没有写完"),
        ("[]", "应以花括号开始"),
        (r#"{"served":"2026-02-03","facts":{},}"#, "不合 JSON 的写法"),
        (r#"{"served":"2026-02-03"}"#, "缺少“facts”"),
        (r#"{"served":"2026-02-03","facts":{},"notes":1}"#, "没有“notes”这一项"),
        (r#"{"served":"2026-02-03","facts":{},"withheld":[{"why":""}]}"#, "没有“why”这一项"),
        (r#"{"served":20260203,"facts":{}}"#, "“served”应写成文字"),
        (r#"{"served":"2026-02-03","facts":{},"hidden":"某某"}"#, "“hidden”应是一列文字"),
        (r#"{"served":"2026-02-30","facts":{}}"#, "没有“2026-02-30”这一天"),
        (r#"{"served":"2026-02-03","facts":{"收到":"x"}}"#, "没有“收到”这一项"),
        (r#"{"served":"2026-02-03","facts":{"收到日期":"昨天"}}"#, "“收到日期”"),
        (r#"{"served":"2026-02-03","facts":{"理由":{}}}"#, "应写成文字"),
        (r#"{"served":"2026-02-03","service":"快递","facts":{}}"#, "送达方式"),
        (r#"{"served":"2026-02-03","facts":{}}"#, "缺少机关名称"),
    ] {
        let error = letter_from_json(LetterKind::L16, text, &templates).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
        let english = ["expected", "missing", "unknown", "EOF", "invalid"];
        assert!(!english.iter().any(|word| error.contains(word)), "{error}");
    }
}
