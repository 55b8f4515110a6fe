//! What the reader noticed of tables and rows: R005–R009, R015.

use gongkai_law::{CellRef, Edition};

use crate::check::finding::{Finding, Findings};
use crate::fold::{key, likeness};
use crate::narrative::Subject;
use crate::report::{Level, Notice, NoticeCode};

fn table_name(subject: &str) -> &str {
    match subject {
        "table2" => "表二",
        "table3" => "表三",
        "table4" => "表四",
        other => other,
    }
}

pub(super) fn tables(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.form.edition().is_none() {
        return;
    }
    let notices = |code: NoticeCode| report.notices.iter().filter(move |notice| notice.code == code);
    for notice in notices(NoticeCode::TableMissing) {
        out.push(
            Finding::new("R005", format!("没有读到{}", table_name(&notice.subject)))
                .found("没有表格")
                .expected(format!("{}在相应标题之下", table_name(&notice.subject)))
                .advise("表格是否是图片或附件？年度报告的表格应为网页文字表格；如果有，请用含表格的文件"),
        );
    }
    let mixed = report.noticed(NoticeCode::EditionsMixed);
    let missing: Vec<&Notice> =
        notices(NoticeCode::RowMissing).filter(|notice| !(mixed && notice.subject.starts_with("proactive"))).collect();
    for table in ["proactive", "applications"] {
        let rows: Vec<&str> = missing
            .iter()
            .filter(|notice| notice.subject.starts_with(table))
            .map(|notice| notice.message.as_str())
            .collect();
        if !rows.is_empty() {
            let count = rows.len();
            out.push(
                Finding::new("R006", rows.join("；"))
                    .found(format!("缺{count}行"))
                    .expected("各行齐全")
                    .advise("按规定格式补齐，没有数据的填0"),
            );
        }
    }
    for notice in notices(NoticeCode::RowRepeated) {
        out.push(
            Finding::new("R006", notice.message.clone()).found("重复").expected("出现一次").advise("删去重复的行"),
        );
    }
    for (table, name) in [("proactive", "表二"), ("applications", "表三")] {
        let unclear: Vec<&Notice> = notices(NoticeCode::RowUnclear)
            .chain(notices(NoticeCode::GluedUnclear))
            .filter(|notice| notice.subject.starts_with(table))
            .collect();
        if let Some(first) = unclear.first() {
            let more =
                if unclear.len() > 1 { format!("；{name}共有{}行这样", unclear.len()) } else { String::new() };
            out.push(
                Finding::new("R006", format!("{}{more}", first.message))
                    .level(Level::Warning)
                    .cells(unclear.iter().flat_map(|notice| row_cells(&notice.subject)))
                    .found("读不出各列")
                    .expected("每列一个数")
                    .advise("对照原件核对；请尽量用原始的 Word 或网页文件"),
            );
        }
    }
    for notice in notices(NoticeCode::RowExtra) {
        out.push(
            Finding::new("R007", notice.message.clone())
                .found(&notice.subject)
                .expected("规定格式的行")
                .advise("规定格式以外的数据写在文字部分"),
        );
    }
    for notice in notices(NoticeCode::TableMisplaced) {
        out.push(
            Finding::new("R008", notice.message.clone())
                .found("在别的标题之下")
                .expected("在自己的标题之下")
                .advise("把表移到相应标题之下"),
        );
    }
    for notice in notices(NoticeCode::TableRepeated) {
        out.push(
            Finding::new("R009", notice.message.clone())
                .found("不止一张")
                .expected("一张")
                .advise("删去多余的表；如有两份报告请分成两个文件"),
        );
    }
    for notice in notices(NoticeCode::TitleRepeated) {
        // The same title spelt in a shorter way stands on many pages.
        let other = key(&notice.message);
        if likeness(&other, &key(&subject.title)) < 900 && crate::read::year_in(&notice.message) != report.year {
            out.push(
                Finding::new("R009", notice.message.clone())
                    .found("两个标题")
                    .expected("一份报告")
                    .advise("如有两份报告请分成两个文件"),
            );
        }
    }
    for notice in notices(NoticeCode::LabelDiffers) {
        out.push(
            Finding::new("R015", notice.message.clone())
                .cells(row_cells(&notice.subject).into_iter().take(1))
                .found(quoted(&notice.message, 0))
                .expected(quoted(&notice.message, 1))
                .advise("改为规定格式的用语"),
        );
    }
}

/// The n-th quotation of a message.
fn quoted(message: &str, n: usize) -> String {
    message.split('“').nth(n + 1).and_then(|rest| rest.split('”').next()).unwrap_or_default().to_owned()
}

/// The cells of a row named by a notice, e.g. `applications.granted`.
fn row_cells(subject: &str) -> Vec<CellRef> {
    [Edition::F2021, Edition::F2019]
        .into_iter()
        .flat_map(CellRef::of)
        .filter(|cell| cell.to_string().rsplit_once('.').is_some_and(|(row, _)| row == subject))
        .fold(Vec::new(), |mut all, cell| {
            if !all.contains(&cell) {
                all.push(cell);
            }
            all
        })
}
