use super::*;
use crate::fold::fold;

fn read(text: &str) -> Vec<(FactKind, Option<String>)> {
    let sentence = Sentence { section: 1, paragraph: 0, text: fold(text) };
    facts(&[sentence]).into_iter().map(|fact| (fact.kind, fact.value.map(|v| v.to_string()))).collect()
}

fn states(text: &str, kind: FactKind, value: &str) {
    let found = read(text);
    assert!(found.contains(&(kind, Some(value.to_owned()))), "{text}: {found:?}");
}

#[test]
fn every_pattern_is_a_valid_expression() {
    assert_eq!(PATTERNS.list.len(), 59);
}

#[test]
fn applications_are_read_in_the_wordings_of_real_reports() {
    for (text, number) in [
        ("2023年,共收到依申请公开政府信息24件", "24"),
        ("全年共收到依申请公开信息12条", "12"),
        ("受理政府信息公开申请3119件", "3119"),
        ("2021年共受理政府信息公开申请29宗", "29"),
        ("收到政府信息公开申请一条", "1"),
        ("接收到申请书55份", "55"),
        ("共收到27份信息公开申请", "27"),
        ("共受理36件政府信息公开申请", "36"),
        ("共收到7起依申请公开案件", "7"),
        ("我局收到依申请公开0件", "0"),
    ] {
        states(text, FactKind::Received, number);
    }
    for text in
        ["2023年度未收到公民、法人或其他组织的信息公开申请", "本年度没有收到政府信息公开申请", "本年无政府信息公开申请"]
    {
        assert!(read(text).iter().any(|(kind, _)| *kind == FactKind::NoneReceived), "{text}");
    }
}

#[test]
fn carry_over_is_read_in_the_wordings_of_real_reports() {
    for (text, number) in
        [("含上年度结转申请34件", "34"), ("结转上年2件", "2"), ("含2021年度结转5宗", "5"), ("含上年度转结申请8件", "8")]
    {
        states(text, FactKind::CarriedIn, number);
    }
    for (text, number) in [
        ("另有103件顺延到下年度答复", "103"),
        ("转下年度办理125件", "125"),
        ("其中结转2024年度7件", "7"),
        ("1件结转2024年办理", "1"),
        ("下年度继续办理81件", "81"),
    ] {
        states(text, FactKind::CarriedOut, number);
    }
}

#[test]
fn results_and_proceedings_are_read() {
    states("予以公开和部分公开42件", FactKind::GrantedAndPartial, "42");
    states("无法提供10件", FactKind::Unable, "10");
    states("作其他处理(含申请人主动撤回申请)469件", FactKind::OtherResult, "469");
    states("自然人申请89件", FactKind::NaturalPersons, "89");
    states("网络申请21件", FactKind::ByChannel, "21");
    states("行政复议案件134件", FactKind::Reconsideration, "134");
    states("行政诉讼案件57件", FactKind::Litigation, "57");
    states("结果维持72件", FactKind::Upheld, "72");
    states("尚未审结37件", FactKind::Pending, "37");
    states("制发行政规范性文件17件", FactKind::NormativeIssued, "17");
    states("全年收取政府信息公开信息处理费3940元", FactKind::Fee, "3940");
}

#[test]
fn counts_of_other_things_are_not_taken() {
    for text in ["未收到申请", "根据第二十条", "办理人大代表建议13件", "行政处罚14条"] {
        assert!(!read(text).iter().any(|(kind, _)| matches!(kind, FactKind::Received | FactKind::Penalties)), "{text}");
    }
}
