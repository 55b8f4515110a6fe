//! Figures no agency ever had: nothing overflows, nothing grows without bound.

use gongkai_law::{CellRef, Edition};
use gongkai_report::check::{check, check_set};
use gongkai_report::{Cell, Report, Subject};
use gongkai_testkit::sample_report;
use proptest::prelude::*;
use rust_decimal::Decimal;

const WORDINGS: [&str; 16] = [
    "收到政府信息公开申请#件，较上年增加#件，增长#%。",
    "主动公开政府信息#条，其中网站#条，微信公众号#条，占比#%。",
    "机构职能#条，占总量的#%，其他#条。",
    "公开信息#条，包括机构信息#条，通知公告#条。",
    "同比增长#%。",
    "行政复议#件，维持#件，纠正#件，复议纠错率#%。",
    "行政诉讼#件，未经复议直接起诉#件，复议后起诉#件，均获维持。",
    "累计发布微信公众号信息#万条，微信公众号发布#条。",
    "共需办理申请#件，其中办结#件，结转下年度#件。",
    "新收申请#件，上年结转#件，合计#件。",
    "发出收费通知#件，金额#元，实际收取信息处理费#元。其中甲#元，乙#元。",
    "制发行政规范性文件#件、废止#件，现行有效#件。",
    "行政许可#件，行政处罚#件，行政强制#件。",
    "自然人申请#件，法人申请#件，予以公开#件，部分公开#件，不予公开#件，无法提供#件，不予处理#件，其他处理#件，答复#件。",
    "联系电话#，邮编#，身份证号#，银行卡号#。",
    "国办公开办函〔#〕#号，国务院令第#号。",
];

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "12",
    "999999999999999",
    "1000000000000000",
    "1000000000000001",
    "79228162514264337593543950335",
    "79228162514264337593543950336",
    "9999999999999999999999999999999999999999999999999999999999999999",
    "0.0000000000000000000000000001",
    "123456789.123456789123456789",
    "九千九百九十九万九千九百九十九",
];

fn sentence() -> impl Strategy<Value = String> {
    (prop::sample::select(&WORDINGS[..]), prop::collection::vec(prop::sample::select(&NUMBERS[..]), 10)).prop_map(
        |(wording, numbers)| {
            let mut out = String::new();
            let mut next = numbers.iter().cycle();
            for part in wording.split_inclusive('#') {
                out.push_str(part.trim_end_matches('#'));
                if part.ends_with('#') {
                    out.push_str(next.next().unwrap());
                }
            }
            out
        },
    )
}

fn report(texts: &[String], cells: &[(usize, usize)]) -> Report {
    let mut report = sample_report();
    for (section, text) in report.sections.iter_mut().zip(texts.chunks(texts.len().div_ceil(6).max(1))) {
        section.text.push_str(&text.concat());
    }
    let all = CellRef::of(Edition::F2021);
    for (cell, number) in cells {
        if let (Some(cell), Some(number)) = (all.get(cell % all.len()), NUMBERS.get(number % NUMBERS.len())) {
            report
                .cells
                .insert(*cell, Cell { value: gongkai_report::value::read_value(number).number, ..Cell::default() });
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_figure_of_text_or_table_overflows(
        texts in prop::collection::vec(sentence(), 1..24),
        before in prop::collection::vec(sentence(), 1..24),
        cells in prop::collection::vec((0_usize..1000, 0_usize..1000), 0..40),
    ) {
        let (mut this, mut last) = (report(&texts, &cells), report(&before, &cells));
        last.year = this.year.map(|year| year - 1);
        check(&Subject::new(&this), Some(&Subject::new(&last)));
        this.agency = Some("示例市人民政府".to_owned());
        last.agency = Some("示例市人民政府".to_owned());
        let subjects = [Subject::new(&this), Subject::new(&last)];
        prop_assert_eq!(check_set(&subjects).len(), 2);
    }
}

#[test]
fn figures_beyond_range_are_no_figures() {
    let cell = |text: &str| gongkai_report::value::read_value(text).number;
    assert_eq!(cell("1000000000000000"), Some(Decimal::from(1_000_000_000_000_000_u64)));
    assert_eq!(cell("1000000000000001"), None);
}

#[test]
fn a_rule_lists_no_more_than_two_hundred_findings_and_says_so() {
    let mut report = sample_report();
    if let Some(first) = report.sections.first_mut() {
        first.text.push_str(&"网站公开政策文件312条，较2022年增加52条，增长29.6%。".repeat(300));
    }
    let found = check(&Subject::new(&report), None);
    let of_growth: Vec<_> = found.iter().filter(|finding| finding.rule == "R116").collect();
    assert_eq!(of_growth.len(), 200);
    assert!(of_growth.iter().any(|finding| finding.message.contains("共300处")));
}
