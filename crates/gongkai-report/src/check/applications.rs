//! Table 3 by itself: R070–R075, R077, R083–R088.

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef};
use rust_decimal::Decimal;

use super::finding::{Finding, Findings, figure};
use super::proactive::unread;
use super::unreadable::is_unreadable;
use crate::narrative::{AgencyLevel, Fact, FactKind, Subject};
use crate::report::{NoticeCode, Report};

/// One equation of the form: the left cells add up to the right cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Equation {
    pub rule: &'static str,
    pub left: Vec<CellRef>,
    pub right: Vec<CellRef>,
}

impl Equation {
    /// Left minus right with blanks as zero; `None` where nothing is printed at all.
    pub(crate) fn residue(&self, report: &Report) -> Option<Decimal> {
        self.residue_of(&|cell| report.value(cell))
    }

    /// As [`Self::residue`], of any values.
    pub(crate) fn residue_of(&self, value: &dyn Fn(CellRef) -> Option<Decimal>) -> Option<Decimal> {
        let sum = |cells: &[CellRef]| cells.iter().filter_map(|cell| value(*cell)).sum::<Decimal>();
        let any = self.left.iter().chain(&self.right).any(|cell| value(*cell).is_some());
        any.then(|| sum(&self.left) - sum(&self.right))
    }

    /// Whether a cell stands in it.
    pub(crate) fn holds(&self, cell: CellRef) -> bool {
        self.left.contains(&cell) || self.right.contains(&cell)
    }
}

/// Whether the whole table is filled in its total column only.
pub(crate) fn total_only(report: &Report) -> bool {
    report.noticed(NoticeCode::TotalOnly)
        || report.has_table(3)
            && C::KINDS.iter().all(|column| R::ALL.iter().all(|row| report.application(*row, *column).is_none()))
            && R::ALL.iter().any(|row| report.application(*row, C::Total).is_some())
}

/// The equations of table 3 that this report prints.
pub(crate) fn equations(report: &Report) -> Vec<Equation> {
    let mut all = Vec::with_capacity(40);
    if !report.has_table(3) {
        return all;
    }
    let only_total = total_only(report);
    let cell = |row, column| CellRef::Application(row, column);
    let results = report.printed_result_rows();
    for column in C::ALL {
        if only_total && column != C::Total {
            continue;
        }
        if [R::NewReceived, R::CarriedIn, R::TotalConcluded, R::CarriedOut]
            .iter()
            .all(|row| report.has_application_row(*row))
        {
            all.push(Equation {
                rule: "R070",
                left: vec![cell(R::NewReceived, column), cell(R::CarriedIn, column)],
                right: vec![cell(R::TotalConcluded, column), cell(R::CarriedOut, column)],
            });
        }
        // A row that is missing altogether would make every column wrong: that is R006.
        if results.len() >= 19 && report.has_application_row(R::TotalConcluded) {
            all.push(Equation {
                rule: "R071",
                left: results.iter().map(|row| cell(*row, column)).collect(),
                right: vec![cell(R::TotalConcluded, column)],
            });
        }
    }
    if !only_total {
        for row in R::ALL {
            if report.has_application_row(row) {
                all.push(Equation {
                    rule: "R072",
                    left: C::KINDS.iter().map(|column| cell(row, *column)).collect(),
                    right: vec![cell(row, C::Total)],
                });
            }
        }
    }
    all
}

fn is_unread(subject: &Subject<'_>, equation: &Equation) -> bool {
    subject.report.notices.iter().any(|n| matches!(n.code, NoticeCode::RowUnclear | NoticeCode::GluedUnclear))
        && equation.left.iter().chain(&equation.right).any(|cell| unread(subject, *cell))
}

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    if !subject.report.has_table(3) {
        return;
    }
    balance(subject, out);
    numbers(subject, out);
    blanks(subject, out);
    plausibility(subject, out);
}

fn balance(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    for equation in equations(report) {
        let Some(residue) = equation.residue(report) else { continue };
        if residue.is_zero() || is_unread(subject, &equation) {
            continue;
        }
        let (left, right) = (sum(report, &equation.left), sum(report, &equation.right));
        let Some(CellRef::Application(row, column)) = equation.right.first().copied() else { continue };
        let total_empty = equation.rule != "R070"
            && report.application(row, column).unwrap_or_default().is_zero()
            && left > Decimal::ZERO;
        let blank = equation.left.iter().chain(&equation.right).any(|cell| report.value(*cell).is_none());
        let blank = if blank { "（空白按0计）" } else { "" };
        let cell = CellRef::Application(row, column);
        let name = cell.name(report.edition());
        let finding = match equation.rule {
            _ if total_empty => {
                let already = out.list.iter().any(|finding| finding.rule == "R075" && finding.cells.contains(&cell));
                if already {
                    continue;
                }
                Finding::new("R075", format!("{name}没有填数，而各分项之和是{}", left.normalize()))
                    .cell(cell)
                    .found(figure(report.value(cell)))
                    .expected(left.normalize())
                    .advise("补填合计，并核对分项")
            }
            "R070" => Finding::new(
                "R070",
                format!(
                    "表三“{}”列：第一项加第二项是{}，第三项总计加第四项是{}{blank}",
                    column.label(),
                    left.normalize(),
                    right.normalize()
                ),
            )
            .cells(equation.left.iter().chain(&equation.right).copied())
            .found(format!("{} ≠ {}", left.normalize(), right.normalize()))
            .expected("第一项＋第二项＝第三项总计＋第四项")
            .advise(format!("相差{}，核对该列的新收、结转和总计", residue.abs().normalize())),
            "R071" => Finding::new(
                "R071",
                format!("{name}是{}，各办理结果之和是{}{blank}", figure(report.value(cell)), left.normalize()),
            )
            .cell(cell)
            .found(figure(report.value(cell)))
            .expected(left.normalize())
            .advise(format!("相差{}，核对该列的各办理结果和总计", residue.abs().normalize())),
            _ => Finding::new(
                "R072",
                format!("{name}是{}，六类申请人之和是{}{blank}", figure(report.value(cell)), left.normalize()),
            )
            .cell(cell)
            .found(figure(report.value(cell)))
            .expected(left.normalize())
            .advise(format!("相差{}，核对该行的各列和总计", residue.abs().normalize())),
        };
        out.push(finding);
    }
}

fn sum(report: &Report, cells: &[CellRef]) -> Decimal {
    cells.iter().filter_map(|cell| report.value(*cell)).sum()
}

fn numbers(subject: &Subject<'_>, out: &mut Findings) {
    for (cell, found) in &subject.report.cells {
        let Some(value) = found.value.filter(|_| cell.table() == 3) else { continue };
        if value.is_sign_negative() && !value.is_zero() || !value.fract().is_zero() {
            out.push(
                Finding::new("R073", format!("{}是{}", cell.name(subject.report.edition()), value.normalize()))
                    .cell(*cell)
                    .found(value.normalize())
                    .expected("不小于零的整数")
                    .advise("申请以件计，核对该数"),
            );
        }
    }
}

fn blanks(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if total_only(report) {
        out.push(
            Finding::new("R074", "表三只填了“总计”列，各类申请人没有填数")
                .found("只有总计")
                .expected("各列都填，没有的填0")
                .advise("按申请人类别补填各列"),
        );
        return;
    }
    let blank: Vec<CellRef> = report
        .cells
        .iter()
        .filter(|(cell, found)| {
            cell.table() == 3 && found.value.is_none() && !unread(subject, **cell) && !is_unreadable(report, **cell)
        })
        .map(|(cell, _)| *cell)
        .collect();
    let Some(first) = blank.first() else { return };
    let count = blank.len();
    let raw = blank.iter().filter_map(|cell| report.cells.get(cell)).map(|c| c.raw.trim()).find(|raw| !raw.is_empty());
    out.push(
        Finding::new(
            "R074",
            format!(
                "{}{}没有填数",
                first.name(report.edition()),
                if count > 1 { format!("等{count}格") } else { String::new() }
            ),
        )
        .found(raw.unwrap_or("空白"))
        .expected("0")
        .advise("没有数据的填0，不留空，不用“/”“—”")
        .cells(blank),
    );
}

/// “办结率100%”, “均已办结” of applications, without a word of those carried over.
fn all_done<'s>(subject: &'s Subject<'_>) -> Option<&'s Fact> {
    subject.facts_of(FactKind::AllConcluded).chain(subject.facts_of(FactKind::AllDone)).find(|fact| {
        let text = subject.sentences.get(fact.sentence).map_or("", |sentence| sentence.text.as_str());
        (fact.quote.contains("办结率") || fact.kind == FactKind::AllDone)
            && !fact.quote.contains("按")
            && text.contains("申请")
            && !["来信", "信箱", "留言", "热线", "建议", "提案", "按期", "按时", "结转", "转下", "期限", "复议", "诉讼"]
                .iter()
                .any(|word| text.contains(word))
    })
}

fn plausibility(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let total = |row| report.application(row, C::Total).unwrap_or_default();
    let (new, carried_in, concluded, carried_out) =
        (total(R::NewReceived), total(R::CarriedIn), total(R::TotalConcluded), total(R::CarriedOut));
    let received = new + carried_in;
    let cell = |row| CellRef::Application(row, C::Total);
    let share =
        |part: Decimal, whole: Decimal, percent: i64| part * Decimal::ONE_HUNDRED > whole * Decimal::from(percent);
    if received >= Decimal::TEN && share(carried_out, received, 30) {
        out.push(
            Finding::new(
                "R077",
                format!("结转下年度{}件，占应办{}件的三成以上", carried_out.normalize(), received.normalize()),
            )
            .cell(cell(R::CarriedOut))
            .found(carried_out.normalize())
            .expected("多数在法定期限内办结")
            .advise("核对结转数；确实较多的在文字中说明原因"),
        );
    } else if carried_out > Decimal::ZERO
        && let Some(fact) = all_done(subject)
    {
        out.push(
            Finding::new("R077", format!("文字说“{}”，表三结转下年度{}件", fact.quote, carried_out.normalize()))
                .cell(cell(R::CarriedOut))
                .found(carried_out.normalize())
                .expected("办结率与结转数相符")
                .advise("写明办结率的口径，例如“到期的全部按期办结”"),
        );
    }
    if subject.agency.level == AgencyLevel::Town {
        for row in [R::DeniedStateSecret, R::DeniedEndangersSecurityStability] {
            if total(row) > Decimal::ZERO {
                out.push(
                    Finding::new("R083", format!("乡镇、街道填报了“{}”{}件", row.label(), total(row).normalize()))
                        .cell(cell(row))
                        .found(total(row).normalize())
                        .expected("乡镇、街道一般为0")
                        .advise("核对是否选错了办理结果；国家秘密须有定密依据"),
                );
            }
        }
    }
    if concluded >= Decimal::TEN && share(total(R::OtherOtherReason), concluded, 20) {
        out.push(
            Finding::new(
                "R084",
                format!(
                    "“（六）其他处理3.其他”{}件，占总计{}件的两成以上",
                    total(R::OtherOtherReason).normalize(),
                    concluded.normalize()
                ),
            )
            .cell(cell(R::OtherOtherReason))
            .found(total(R::OtherOtherReason).normalize())
            .expected("不超过总计的两成")
            .advise("核对其中能否归入前面各类"),
        );
    }
    if total(R::OtherFeeUnpaid) > Decimal::ZERO && report.section(6).is_some() && !speaks_of_fee(subject.section(6)) {
        out.push(
            Finding::new(
                "R085",
                format!("有{}件逾期未缴费，第六部分没有说明收费情况", total(R::OtherFeeUnpaid).normalize()),
            )
            .cell(cell(R::OtherFeeUnpaid))
            .found("没有说明")
            .expected("说明发出收费通知的件数、金额和实际收取金额")
            .advise("在第六部分补写信息处理费收取情况"),
        );
    }
    let repeated = total(R::RefusedDuplicate) + total(R::RefusedExcessive);
    if repeated > Decimal::ZERO && received == Decimal::ONE {
        out.push(
            Finding::new("R086", "全年只有一件申请，却有重复申请或大量反复申请")
                .cells([cell(R::RefusedDuplicate), cell(R::RefusedExcessive)])
                .found(repeated.normalize())
                .expected("0")
                .advise("核对办理结果；重复申请须有同一申请人此前的申请"),
        );
    }
    if !total_only(report) {
        for column in C::KINDS {
            let get = |row| report.application(row, column).unwrap_or_default();
            if get(R::Granted) > Decimal::ZERO && (get(R::NewReceived) + get(R::CarriedIn)).is_zero() {
                out.push(
                    Finding::new(
                        "R087",
                        format!("“{}”列没有收到申请，却有予以公开{}件", column.label(), get(R::Granted).normalize()),
                    )
                    .cell(CellRef::Application(R::Granted, column))
                    .found(get(R::Granted).normalize())
                    .expected("0")
                    .advise("核对是否填错了列"),
                );
            }
        }
    }
}

/// Whether section six says anything of fees for handling information.
pub(in crate::check) fn speaks_of_fee(text: &str) -> bool {
    ["信息处理费", "收费", "收取", "费用", "缴费"].iter().any(|word| text.contains(word))
}
