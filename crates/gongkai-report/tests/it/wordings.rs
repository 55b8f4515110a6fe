//! How officers word a figure: the rules of the text find the wrong one and leave the right one in peace.

use gongkai_law::{CellRef, ProactiveField as F, ProactiveItem as I, ProceedingColumn as P, ProceedingGroup as G};
use gongkai_report::check::check;
use gongkai_report::{Cell, Report, Subject};
use gongkai_testkit::sample_report;
use rust_decimal::Decimal;

/// The sample with figures in table 4 and table 2, and one more line in section one.
fn with(more: &str) -> Report {
    let mut report = sample_report();
    let mut set = |cell: CellRef, value: i64| {
        report.cells.insert(cell, Cell::of(Decimal::from(value)));
    };
    for (group, parts) in [
        (G::Reconsideration, [3, 1, 0, 1, 5]),
        (G::DirectSuit, [7, 0, 2, 3, 12]),
        (G::SuitAfterReconsideration, [2, 0, 0, 0, 2]),
    ] {
        for (column, value) in P::PARTS.into_iter().chain([P::Total]).zip(parts) {
            set(CellRef::Proceeding(group, column), value);
        }
    }
    set(CellRef::Proactive(I::Regulations, F::InForce), 0);
    report.agency = Some("示例市人民政府".into());
    report.title = Some("示例市人民政府2023年政府信息公开工作年度报告".into());
    report.preamble = report.preamble.replace("示例市示例局", "示例市人民政府");
    report.cells.insert(CellRef::Proactive(I::Regulations, F::InForce), Cell::of(Decimal::from(53)));
    if let Some(section) = report.sections.first_mut() {
        section.text.push('\n');
        section.text.push_str(more);
    }
    report
}

fn rules(report: &Report) -> Vec<&'static str> {
    let mut found: Vec<&str> = check(&Subject::new(report), None).iter().map(|finding| finding.rule).collect();
    found.sort_unstable();
    found
}

/// What one more line in section one makes the checker say, beyond what it says of the report without it.
fn says(more: &str) -> Vec<&'static str> {
    let before = rules(&with(""));
    let mut after = rules(&with(more));
    for rule in before {
        if let Some(at) = after.iter().position(|other| *other == rule) {
            after.remove(at);
        }
    }
    after
}

#[test]
fn a_wrong_figure_is_found_in_every_wording() {
    let mut missed = Vec::new();
    for (rule, text) in [
        ("R096", "因政府信息公开被申请行政复议5件，其中维持4件。"),
        ("R096", "行政复议案件5件，维持3件、纠正2件。"),
        ("R096", "行政复议5件，其中结果维持5件。"),
        ("R093", "本年度复议案件共6件。"),
        ("R093", "未经复议直接起诉13件。"),
        ("R093", "复议后起诉案件3件。"),
        ("R063", "现行有效规章64件。"),
        ("R063", "规章现行有效64件。"),
        ("R063", "规范性文件现行有效共12份。"),
        ("R063", "现行有效行政规范性文件12件。"),
        ("R063", "制发行政规范性文件2件、废止3件。"),
        ("R063", "制发行政规范性文件3件，废止1件，现行有效7件。"),
        ("R080", "无上年结转的政府信息公开申请，无结转下年度的申请。"),
        ("R077", "收到政府信息公开申请12件，均已办结。"),
        ("R080", "收到政府信息公开申请12件，全部办结，无结转。"),
        ("R082", "收到的8份申请，均为法人。"),
        ("R113", "本年新收政府信息公开申请12件，上年结转2件，两项合计15件。"),
        ("R113", "共需办理政府信息公开申请14件，其中办结12件，结转下年度1件。"),
        ("R116", "网站公开政策文件312条，较2022年增加52条，增长29.6%。"),
        ("R110", "办理建议提案共54件（建议23件、提案33件）。"),
        ("R110", "发布信息54条，具体包括：\n政策文件23条；\n工作动态33条。"),
        ("R111", "发布信息54条，具体包括：\n政策文件23条；\n工作动态30条。"),
        ("R115", "行政复议5件，纠正1件，复议纠错率19.6%。"),
        ("R115", "主动公开政策信息60条，其中政策文件45条，占90%；其他15条，占25%。"),
        ("R115", "主动公开政策信息60条，其中政策文件45条，占75%；其他15条，占10%。"),
        ("R115", "全年收到政府信息公开申请12件，其中予以公开5件，占比61.5%。"),
        ("R115", "办理政策咨询153件，较上年（136件）增长22.5%。"),
        ("R044", "公开了《条例》第四十九条规定的年度报告内容，按照第四十九条规定的内容编制。"),
        ("R043", "根据国办公开办函〔2021〕60号要求。"),
        ("R131", "统一编号号。"),
    ] {
        let found = says(text);
        if !found.contains(&rule) {
            missed.push(format!("{rule} {text} → {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_right_figure_is_left_in_peace_in_every_wording() {
    let mut wrong = Vec::new();
    for text in [
        "因政府信息公开被申请行政复议5件，其中维持3件。",
        "行政复议5件、行政诉讼14件，共维持12件。",
        "行政复议案件5件，维持3件、纠正1件、尚未审结1件。",
        "本年度复议案件共5件，未经复议直接起诉12件，复议后起诉2件。",
        "现行有效规章53件，现行有效行政规范性文件7件。",
        "规范性文件现行有效共7份。",
        "制发行政规范性文件2件、废止1件，现行有效7件。",
        "收到政府信息公开申请12件，办结率100%，其余1件结转下年度继续办理。",
        "共需办理政府信息公开申请14件（含上年结转2件），其中办结13件，结转下年度1件。",
        "本年新收政府信息公开申请12件，上年结转2件，两项合计14件。",
        "网站公开政策文件312条，较2022年增加52条，增长20%。",
        "办理建议提案共54件（建议23件、提案31件）。",
        "发布信息54条，具体包括：\n政策文件23条；\n工作动态31条。",
        "发布各类信息54条，其中文字信息20条，视频34个。",
        "行政复议5件，纠正1件，复议纠错率20%。",
        "主动公开政策信息60条，其中政策文件45条，占75%；其他15条，占25%。",
        "办理政策咨询153件，较上年（136件）增长12.5%。",
        "办理政策咨询136件，较上年（153件）下降11.1%。",
        "全年收到政府信息公开申请12件，其中予以公开5件，占办理总数的38.5%。",
        "开展活动20次，其中培训4次，占比20%，参加1000人次，占职工总数的85%。",
        "提升公开工作水平，号召全员参与。",
    ] {
        let found = says(text);
        if !found.is_empty() {
            wrong.push(format!("{text} → {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn slips_outside_section_one_are_found() {
    let mut report = sample_report();
    report.preamble.push_str("联系电话：268561。");
    if let Some(section) = report.sections.iter_mut().find(|section| section.number == 5) {
        section.text = "公开形式不够丰富。下一步，2023年我局将加强政策解读。".to_owned();
    }
    if let Some(section) = report.sections.iter_mut().find(|section| section.number == 6) {
        section.text = "发出收费通知2件，金额300元，实际收取信息处理费420元。".to_owned();
    }
    let found = rules(&report);
    for rule in ["R027", "R032", "R121"] {
        assert!(found.contains(&rule), "{rule}: {found:?}");
    }
}

#[test]
fn a_notice_named_by_title_and_number_is_one_finding() {
    let mut report = sample_report();
    report.preamble = report.preamble.replace(
        "国办公开办函〔2021〕30号",
        "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）",
    );
    let found = rules(&report);
    assert!(found.contains(&"R042") && !found.contains(&"R041"), "{found:?}");
}

#[test]
fn small_tables_in_section_one_are_no_table_of_the_form() {
    let plain =
        gongkai_testkit::lay_out(&gongkai_report::render::render(&sample_report()), gongkai_testkit::Layout::PipeRow);
    let with = plain.replace(
        "（三）政府信息管理",
        "渠道 | 数量 | 占比\n网站 | 45 | 75%\n微信公众号 | 15 | 25%\n总计 | 60 | 100%\n（三）政府信息管理",
    );
    assert_ne!(plain, with);
    let (plain, with) = (gongkai_testkit::lines(&plain), gongkai_testkit::lines(&with));
    let (plain, with) = (gongkai_report::read(&plain), gongkai_report::read(&with));
    assert_eq!(
        plain.cells,
        with.cells
            .clone()
            .into_iter()
            .map(|(cell, mut found)| {
                found.place.clone_from(&plain.cells[&cell].place);
                (cell, found)
            })
            .collect()
    );
    assert_eq!(rules(&plain), rules(&with));
}
