//! Cells that print something in which no number can be read: R050, R073, R092.

use gongkai_law::CellRef;

use super::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Report;
use crate::value::{Shape, read_value};

/// Whether a cell prints something that is neither a number nor a sign for none.
pub(super) fn is_unreadable(report: &Report, cell: CellRef) -> bool {
    report.cells.get(&cell).is_some_and(|found| {
        found.value.is_none() && !found.raw.trim().is_empty() && read_value(&found.raw).shape == Shape::Odd
    })
}

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    for (cell, found) in report.cells.iter().filter(|(cell, _)| is_unreadable(report, **cell)) {
        let rule = match cell.table() {
            2 => "R050",
            3 => "R073",
            _ => "R092",
        };
        let shown: String = found.raw.trim().chars().take(40).collect();
        out.push(
            Finding::new(rule, format!("{}写作“{shown}”，读不出数", cell.name(report.edition())))
                .cell(*cell)
                .found(shown)
                .expected("不小于零的数，数字以外的说明写在表外")
                .advise("对照原件改为数字；没有数据的填0"),
        );
    }
}
