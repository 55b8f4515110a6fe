//! Table 4 by itself: R090–R092, R097, R098.

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, ProceedingColumn as C, ProceedingGroup as G};
use rust_decimal::Decimal;

use super::applications::Equation;
use super::finding::{Finding, Findings, figure};
use super::proactive::unread;
use super::unreadable::is_unreadable;
use crate::narrative::Subject;
use crate::report::{NoticeCode, Report};

/// The equations of table 4.
pub(crate) fn equations(report: &Report) -> Vec<Equation> {
    if !report.has_table(4) {
        return Vec::new();
    }
    G::ALL
        .iter()
        .map(|group| Equation {
            rule: "R090",
            left: C::PARTS.iter().map(|column| CellRef::Proceeding(*group, *column)).collect(),
            right: vec![CellRef::Proceeding(*group, C::Total)],
        })
        .collect()
}

pub(super) fn check(subject: &Subject<'_>, previous: Option<&Subject<'_>>, out: &mut Findings) {
    let report = subject.report;
    if !report.has_table(4) {
        return;
    }
    let unclear = report.notices.iter().find(|n| n.code == NoticeCode::RowUnclear && n.subject == "proceedings");
    if let Some(notice) = unclear {
        out.push(
            Finding::new("R092", notice.message.clone())
                .found("个数不对")
                .expected("15个数")
                .advise("对照原件补齐表四，没有的填0"),
        );
        return;
    }
    for equation in equations(report) {
        let Some(residue) = equation.residue(report) else { continue };
        if residue.is_zero() {
            continue;
        }
        let Some(CellRef::Proceeding(group, _)) = equation.right.first().copied() else { continue };
        let cell = CellRef::Proceeding(group, C::Total);
        let parts: Decimal = equation.left.iter().filter_map(|cell| report.value(*cell)).sum();
        let total = report.value(cell);
        let name = cell.name(report.edition());
        out.push(if total.unwrap_or_default().is_zero() {
            Finding::new("R091", format!("{name}没有填数，而各结果之和是{}", parts.normalize()))
                .cell(cell)
                .found(figure(total))
                .expected(parts.normalize())
                .advise("补填总计，并核对各结果")
        } else {
            Finding::new("R090", format!("{name}是{}，各结果之和是{}", figure(total), parts.normalize()))
                .cell(cell)
                .found(figure(total))
                .expected(parts.normalize())
                .advise(format!("相差{}，核对该组各结果和总计", residue.abs().normalize()))
        });
    }
    numbers(subject, out);
    plausibility(subject, previous, out);
}

fn numbers(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let mut blank: Vec<CellRef> = Vec::new();
    for group in G::ALL {
        for column in C::ALL {
            let cell = CellRef::Proceeding(group, column);
            match report.value(cell) {
                None if !unread(subject, cell) && !is_unreadable(report, cell) => blank.push(cell),
                Some(value) if value.is_sign_negative() && !value.is_zero() || !value.fract().is_zero() => out.push(
                    Finding::new("R092", format!("{}是{}", cell.name(report.edition()), value.normalize()))
                        .cell(cell)
                        .found(value.normalize())
                        .expected("不小于零的整数")
                        .advise("核对该数"),
                ),
                _ => {}
            }
        }
    }
    if let Some(first) = blank.first() {
        let count = blank.len();
        out.push(
            Finding::new(
                "R092",
                format!(
                    "{}{}没有填数",
                    first.name(report.edition()),
                    if count > 1 { format!("等{count}格") } else { String::new() }
                ),
            )
            .found(format!("{}个数", 15 - count))
            .expected("15个数")
            .advise("没有的填0")
            .cells(blank),
        );
    }
}

fn plausibility(subject: &Subject<'_>, previous: Option<&Subject<'_>>, out: &mut Findings) {
    let report = subject.report;
    let get = |group, column| report.proceeding(group, column).unwrap_or_default();
    let all: Decimal = G::ALL.iter().map(|group| get(*group, C::Total)).sum();
    let row = |row| report.application(row, ApplicantColumn::Total);
    // A dispute may follow an answer of the year before (K17).
    let answered_before = previous.is_some_and(|last| {
        [ApplicationRow::NewReceived, ApplicationRow::CarriedIn, ApplicationRow::TotalConcluded]
            .iter()
            .any(|row| last.report.application(*row, ApplicantColumn::Total).is_some_and(|value| value > Decimal::ZERO))
    });
    if let (Some(new), Some(carried), Some(concluded)) =
        (row(ApplicationRow::NewReceived), row(ApplicationRow::CarriedIn), row(ApplicationRow::TotalConcluded))
        && all > Decimal::ZERO
        && (new + carried + concluded).is_zero()
        && !answered_before
    {
        out.push(
            Finding::new(
                "R097",
                format!(
                    "表四有{}件复议、诉讼，{}",
                    all.normalize(),
                    if previous.is_some() {
                        "本年和上年表三都没有申请"
                    } else {
                        "表三全年没有申请"
                    }
                ),
            )
            .cells(G::ALL.map(|group| CellRef::Proceeding(group, C::Total)))
            .found(all.normalize())
            .expected("复议、诉讼因申请的答复而起")
            .advise("核对是否为往年申请引起；如是，在文字中说明。有上年报告的，一并给出就能核对"),
        );
    }
    let overturned: Decimal = G::ALL.iter().map(|group| get(*group, C::Overturned)).sum();
    let decided: Decimal = G::ALL.iter().map(|group| get(*group, C::Total) - get(*group, C::Pending)).sum();
    if decided >= Decimal::from(5) && overturned * Decimal::TEN > decided * Decimal::from(3) {
        out.push(
            Finding::new(
                "R098",
                format!("已结{}件复议、诉讼中{}件被纠正，超过三成", decided.normalize(), overturned.normalize()),
            )
            .cells(G::ALL.map(|group| CellRef::Proceeding(group, C::Overturned)))
            .found(overturned.normalize())
            .expected("不超过三成")
            .advise("核对数据；属实的在第五部分分析原因"),
        );
    }
}
