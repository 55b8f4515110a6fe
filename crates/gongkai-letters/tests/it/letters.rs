//! Every letter: complete from its facts, refused without them, the right remedy for its day.

use gongkai_law::{Calendar, LetterKind, Outcome, Remedy, cite};
use gongkai_letters::{
    Composed, Fact, LetterError, LetterRequest, Service, Templates, Value, compose, required, sample_requests,
};
use jiff::civil::date;

fn templates() -> Templates {
    Templates::standard().unwrap()
}

fn request(code: &str) -> LetterRequest {
    let kind = LetterKind::parse(code).unwrap();
    sample_requests().into_iter().find(|request| request.kind == kind).unwrap()
}

fn text(composed: &Composed) -> String {
    let lines: Vec<&str> = composed.manuscript.paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
    lines.join("\n")
}

fn make(request: &LetterRequest) -> Result<Composed, LetterError> {
    compose(&templates(), request, Calendar::official())
}

fn made(request: &LetterRequest) -> String {
    text(&make(request).unwrap())
}

#[test]
fn every_letter_is_made_with_its_articles_and_without_a_gap() {
    for request in sample_requests() {
        let composed = make(&request).unwrap();
        let text = text(&composed);
        assert!(!text.contains(['{', '}', '[', ']', '|', '@']), "{:?}: {text}", request.kind);
        assert!(
            !text.contains("。。") && !text.contains("。；") && !text.contains("：。"),
            "{:?}: {text}",
            request.kind
        );
        if !composed.articles.is_empty() {
            assert!(text.contains(&cite(&composed.articles)), "{:?} {text}", request.kind);
        }
        let day = request.served.strftime("%Y年%-m月%-d日").to_string();
        assert!(text.contains("示例市示例局") && text.contains(&day), "{:?}", request.kind);
        let remedy = text.contains("行政复议法") || text.contains("提起行政诉讼。");
        assert_eq!(remedy, request.kind.has_remedy(), "{:?} {text}", request.kind);
    }
}

#[test]
fn a_letter_without_a_required_fact_is_refused_and_the_fact_named() {
    for request in sample_requests() {
        for fact in required(request.kind) {
            let mut without = request.clone();
            without.facts.remove(&fact);
            if fact == Fact::WithheldParts {
                without.withheld.clear();
            }
            let made = make(&without);
            let named = matches!(&made, Err(LetterError::Missing(_, names)) if *names == [fact.name()]);
            assert!(named, "{:?} without {}: {made:?}", request.kind, fact.name());
            // Blank is not given.
            without.facts.insert(fact, Value::Text("  ".to_owned()));
            assert!(make(&without).is_err());
        }
    }
}

#[test]
fn reconsideration_law_article_23_the_remedy_follows_the_day_of_service() {
    let mut refusal = request("L15d");
    let first = "应当先申请行政复议";
    let mut on = |served| {
        refusal.served = served;
        refusal.facts.insert(Fact::ReceivedOn, Value::Date(served));
        refusal.facts.insert(Fact::FormedOn, Value::Date(served));
        made(&refusal)
    };
    let interpretation = "（法释〔2025〕8号）第一条第二项的规定，本事项应当先申请行政复议";
    let now = on(date(2025, 6, 1));
    assert!(now.contains(interpretation) && !now.contains("6个月"), "{now}");
    let law_alone = on(date(2025, 5, 31));
    assert!(law_alone.contains("第二十三条第一款第四项的规定，本事项应当先申请行政复议"), "{law_alone}");
    assert!(!law_alone.contains("法释"), "{law_alone}");
    assert!(on(date(2024, 1, 1)).contains(first));
    let old = on(date(2023, 12, 31));
    assert!(!old.contains(first) && old.contains("示例市人民政府或者示例省示例厅") && old.contains("6个月"), "{old}");
    // A government has its superior alone: no department beside it.
    refusal.facts.remove(&Fact::SuperiorDepartment);
    let government = made(&refusal);
    assert!(government.contains("向示例市人民政府申请行政复议") && !government.contains("或者"), "{government}");
    let none = made(&request("L16"));
    assert!(!none.contains(first) && none.contains("也可以自收到本答复之日起6个月内依法向示例区人民法院"), "{none}");
}

#[test]
fn a_partial_disclosure_names_both_remedies_where_it_withholds_under_14_to_16() {
    let mut partial = request("L14");
    let composed = make(&partial).unwrap();
    assert_eq!(composed.remedy, Remedy::Mixed);
    let both = text(&composed);
    assert!(both.contains("如对其中不予公开的部分不服") && both.contains("如对其余部分不服"), "{both}");
    assert!(both.contains("第三十七条、第十五条、第三十二条"), "{both}");
    partial.withheld[0].ground = Outcome::NotGovernmentInfo;
    assert_eq!(make(&partial).unwrap().remedy, Remedy::Either);
    partial.withheld[0].ground = Outcome::Duplicate;
    assert!(matches!(make(&partial), Err(LetterError::Ground(_))));
}

#[test]
fn reconsideration_law_article_22_internet_service_names_an_online_way() {
    let mut letter = request("L11");
    letter.facts.remove(&Fact::OnlineChannel);
    assert!(make(&letter).unwrap_err().to_string().contains("网上渠道"));
    letter.service = Service::Post;
    assert!(!made(&letter).contains("网上渠道"));
}

#[test]
fn articles_32_and_34_third_party_and_joint_maker_are_told_what_silence_means() {
    let third = made(&request("L05"));
    assert!(third.contains("15个工作日") && third.contains("由本机关依照条例的规定决定是否公开"), "{third}");
    let mut organ = request("L06");
    assert!(made(&organ).contains("请在2026年2月27日以前（含当日）函复"));
    organ.facts.remove(&Fact::AnswerDue);
    assert!(make(&organ).unwrap_err().to_string().contains("答复时限"));
    organ.facts.insert(Fact::JointMaking, Value::Text("是".to_owned()));
    let joint = made(&organ);
    assert!(joint.contains("视为同意公开") && joint.contains("第三十四条") && !joint.contains("第三十三条"), "{joint}");
}

#[test]
fn nobody_is_told_who_the_other_is() {
    let mut third = request("L05");
    third.facts.insert(Fact::Applicant, Value::Text("张某".to_owned()));
    assert!(make(&third).is_ok(), "the name is not in the letter");
    third.facts.insert(Fact::ConsultedMatter, Value::Text("张某申请的合同".to_owned()));
    assert!(matches!(make(&third), Err(LetterError::Reveals(_))));
    let mut refusal = request("L15d");
    refusal.hidden.push("示例设备有限公司".to_owned());
    assert!(make(&refusal).is_ok());
    refusal.facts.insert(Fact::ConsultationResult, Value::Text("示例设备有限公司不同意公开".to_owned()));
    assert!(matches!(make(&refusal), Err(LetterError::Reveals(_))));
}

#[test]
fn articles_30_33_35_the_letters_say_what_the_law_wants_said() {
    for (code, part) in [
        ("L02", "答复期限自本机关收到补正的申请之日起重新计算"),
        ("L02", "视为放弃申请"),
        ("L02", "1.请写明"),
        ("L04", "经本机关政府信息公开工作机构负责人于2026年3月4日同意"),
        ("L04", "第三十三条第二款"),
        ("L07", "不计算在答复期限内"),
        ("L08", "20个工作日内缴纳"),
        ("L09", "数量、频次明显超过合理范围"),
        ("L16", "检索范围：公文管理系统"),
        ("L17", "第三十六条第五项"),
        ("L18", "不予重复处理"),
    ] {
        let text = made(&request(code));
        assert!(text.contains(part), "{code}: {text}");
    }
}
