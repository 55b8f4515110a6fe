//! How officers word what they received: parts, scopes and ways are no totals.

use gongkai_report::check::check;
use gongkai_report::{Level, Subject};
use gongkai_testkit::sample_report;

use crate::cases::swap;

/// The rules that speak of the figures of the text, with their level, for other words about the applications.
fn says(words: &str) -> Vec<(&'static str, Level)> {
    let mut report = sample_report();
    swap(&mut report, 1, "全年共收到政府信息公开申请12件，上年结转2件，答复13件，结转下年度1件。", words);
    check(&Subject::new(&report), None)
        .into_iter()
        .filter(|finding| matches!(finding.rule, "R078" | "R079" | "R080" | "R113" | "R114" | "R115" | "R117"))
        .map(|finding| (finding.rule, finding.level))
        .collect()
}

#[test]
fn right_words_about_applications_are_left_in_peace() {
    let wrong: Vec<String> = [
        "2022年结转至2023年办理的申请2件。2023年收到申请12件。",
        "收到上级转办申请3件，直接收到申请9件，共计12件。",
        "全年收到信息公开申请12件，其中互联网申请8件，当面申请1件，邮寄申请3件。",
        "全年收到信息公开申请12件，其中线上申请8件，当面申请2件，邮寄申请2件。",
        "全年收到信息公开申请12件，其中局长信箱8件，当面申请1件，邮寄申请3件。",
        "全年共收到自然人申请11件，法人及其他组织申请1件。",
        "2023年收到申请12件，2023年结转至2024年办理的申请1件。",
    ]
    .into_iter()
    .map(|text| (text, says(text)))
    .filter(|(_, found)| !found.is_empty())
    .map(|(text, found)| format!("{text} → {found:?}"))
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_words_about_applications_are_found() {
    for (text, rule, level) in [
        ("我局及所属单位共收到政府信息公开申请21件，其中局机关12件，所属单位9件。", "R079", Level::Warning),
        ("2022年结转至2023年办理的申请3件。2023年收到申请12件。", "R080", Level::Error),
        ("收到上级转办申请3件，直接收到申请10件，共计13件。", "R079", Level::Error),
        ("全年收到信息公开申请12件，其中互联网申请8件，当面申请1件，邮寄申请2件。", "R114", Level::Warning),
        ("全年收到信息公开申请12件，其中互联网申请8件，当面申请2件，邮寄申请3件。", "R114", Level::Warning),
    ] {
        assert!(says(text).contains(&(rule, level)), "{text}: {:?}", says(text));
    }
}
