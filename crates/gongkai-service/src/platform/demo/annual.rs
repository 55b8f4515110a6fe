//! The annual report of the demonstration, in the national form (国办公开办函〔2021〕30号).

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use gongkai_manuscript::marked;
use gongkai_report::{Cell, Report};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What the year brought, by the path of the cell; everything else is zero.
const FIGURES: [(&str, i64); 20] = [
    ("proactive.normative_documents.issued", 1),
    ("proactive.normative_documents.in_force", 4),
    ("applications.new_received.natural_person", 3),
    ("applications.new_received.business", 1),
    ("applications.new_received.total", 4),
    ("applications.granted.natural_person", 2),
    ("applications.granted.total", 2),
    ("applications.partial.business", 1),
    ("applications.partial.total", 1),
    ("applications.unable.not_held.natural_person", 1),
    ("applications.unable.not_held.total", 1),
    ("applications.total_concluded.natural_person", 3),
    ("applications.total_concluded.business", 1),
    ("applications.total_concluded.total", 4),
    ("proceedings.reconsideration.upheld", 1),
    ("proceedings.reconsideration.total", 1),
    ("applications.carried_in.total", 0),
    ("applications.carried_out.total", 0),
    ("proceedings.direct_suit.total", 0),
    ("proceedings.suit_after_reconsideration.total", 0),
];

/// The report of a year as a value.
pub(super) fn report(agency: &str, year: i16) -> Report {
    let mut report = crate::report::template(Edition::F2021, year, agency);
    let figures: BTreeMap<CellRef, i64> =
        FIGURES.iter().filter_map(|(path, number)| Some((CellRef::parse(path)?, *number))).collect();
    for (cell, value) in &mut report.cells {
        *value = Cell::of(Decimal::from(figures.get(cell).copied().unwrap_or(0)));
    }
    report.preamble.push_str(&format!(
        "\n本报告的电子版可在示例区政府信息公开平台下载。如有疑问，请与{agency}办公室联系（地址：示例区示例路1号，邮编：000000，电话：000-00000000）。"
    ));
    for section in &mut report.sections {
        let text = match section.number {
            1 => format!(
                "{year}年，{agency}认真贯彻《中华人民共和国政府信息公开条例》，推进政府信息公开工作。\n（一）主动公开。通过政府信息公开平台公开机构职能、规范性文件、预算决算等信息，制发规范性文件1件。\n（二）依申请公开。全年收到申请4件，均在法定期限内答复，其中予以公开2件、部分公开1件、本机关不掌握1件，没有结转下年度的申请。\n（三）政府信息管理。公开的信息经三级审核和保密审查，全年开展定期评估1次。\n（四）平台建设。按目录编排信息，每条信息有索引号、内容概述和附件。\n（五）监督保障。明确了分管领导和工作机构，组织培训1次，没有发生责任追究情形。"
            ),
            5 => "存在的主要问题：政策解读形式还不够丰富，部分栏目更新不够及时。改进情况：增加图表和案例解读，按月核对栏目更新情况。".to_owned(),
            6 => "本年度没有收取信息处理费，没有其他需要报告的事项。".to_owned(),
            _ => continue,
        };
        section.text = text;
    }
    report
}

/// Its text as marked text, without the title.
pub(super) fn body(agency: &str, year: i16, day: Date) -> String {
    let mut report = report(agency, year);
    report.closing = String::new();
    let mut manuscript = gongkai_report::render::render(&report);
    if !manuscript.blocks.is_empty() {
        manuscript.blocks.remove(0);
    }
    format!("{}[右]{agency}\n[右]{}年{}月{}日\n", marked::write(&manuscript), day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_cell_and_the_report_balances() {
        for (path, _) in FIGURES {
            assert!(CellRef::parse(path).is_some(), "{path}");
        }
        let report = report("示例区审计局", 2025);
        let found = gongkai_report::check::check(&gongkai_report::Subject::new(&report), None);
        let wrong: Vec<_> = found.iter().filter(|one| one.level == gongkai_report::Level::Error).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
