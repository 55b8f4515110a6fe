//! What kind of text it is and on which form: R003, R004, R014, R088.

use gongkai_law::{ApplicationRow, Edition};

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::{FormKind, NoticeCode};

/// Titles and openings of other kinds of text.
pub(super) fn kind_of_text(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let opening: String = subject.title.chars().chain(subject.preamble.chars().take(80)).collect();
    let tables = report.has_table(3) || report.has_table(2);
    let whole = report.sections.len() >= 4;
    let other = [
        (
            "解读",
            subject.title.contains("解读")
                || !whole && opening.contains("解读】")
                || !whole && opening.contains("一图读懂"),
        ),
        (
            "通知",
            !tables
                && (opening.contains("的通知") || opening.contains("工作通知"))
                && opening.contains("关于")
                && !whole,
        ),
        (
            "模板",
            subject.title.contains("模板")
                || subject.title.contains("范本")
                || opening.contains("范文")
                || subject.title.contains("样式"),
        ),
        (
            "制度",
            !tables
                && !whole
                && ["制度", "办法", "规定", "细则", "指南"].iter().any(|word| subject.title.ends_with(word)),
        ),
    ];
    if let Some((kind, _)) = other.iter().find(|(_, holds)| *holds) {
        out.push(
            Finding::new("R014", format!("这份文件像是{kind}，不是年度报告"))
                .found(subject.report.title.clone().unwrap_or_else(|| (*kind).to_owned()))
                .expected("年度报告")
                .advise("请改用年度报告原文"),
        );
    } else if report.sections.len() < 2 && report.cells.is_empty() {
        out.push(
            Finding::new("R014", "没有年度报告的章节和表格，不像年度报告")
                .found(format!("{}个部分，没有表格", report.sections.len()))
                .expected("六个部分，三张表")
                .advise("请确认文件是否正确；如果是网页，请保存完整正文"),
        );
    }
}

pub(super) fn form(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if let Some(year) = report.year {
        let printed = report.has_table(2) || report.has_table(3) || report.form == FormKind::Older;
        match (report.form, Edition::for_year(year)) {
            (FormKind::Edition(found), Some(expected)) if printed && found != expected => out.push(
                Finding::new("R003", format!("{year}年度报告用了{}年格式的表格", found.code()))
                    .found(format!("{}年格式", found.code()))
                    .expected(format!("{}年格式", expected.code()))
                    .advise(format!("按{}重新填表，不要把旧格式的数直接搬到新格式的列里", expected.notice_number())),
            ),
            (FormKind::Edition(found), None) if printed => out.push(
                Finding::new("R003", format!("{year}年度报告用了{}年格式的表格", found.code()))
                    .found(format!("{}年格式", found.code()))
                    .expected("2019年以前的格式")
                    .advise("核对报告年度"),
            ),
            (FormKind::Older, Some(expected)) => out.push(
                Finding::new("R003", format!("{year}年度报告用了2019年以前的章节格式"))
                    .found("2019年以前的格式")
                    .expected(format!("{}年格式", expected.code()))
                    .advise(format!("按{}重新编写", expected.notice_number())),
            ),
            _ => {}
        }
    }
    for notice in report.notices.iter().filter(|notice| notice.code == NoticeCode::EditionsMixed) {
        out.push(
            Finding::new("R004", notice.message.clone())
                .found("两种格式混用")
                .expected(format!("全文用{}年格式", report.edition().code()))
                .advise("换成同一格式的表格重新填写"),
        );
    }
    // A 2019 report whose （六）其他处理 has the three rows of 2021.
    let three = report.has_application_row(ApplicationRow::OtherCorrectionAbandoned);
    if report.form == FormKind::Edition(Edition::F2019) && three && report.year.is_none_or(|year| year <= 2020) {
        out.push(
            Finding::new("R088", "2019年格式的“（六）其他处理”应为一行，这里分成了三行")
                .found("三行")
                .expected("一行")
                .advise("合并为一行"),
        );
    }
}
