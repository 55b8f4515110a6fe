//! Two years of one agency: R054, R058, R059, R061, R065, R076, R099, R116, R119, R137.

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, Edition, ProactiveField as F, ProactiveItem as I,
    ProceedingColumn as P, ProceedingGroup as G,
};
use rust_decimal::Decimal;

use super::applications::total_only;
use super::finding::{Finding, Findings};
use super::likeness::percent;
use crate::narrative::Subject;
use crate::report::Level;

pub(super) fn check(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    let consecutive = match (this.report.year, last.report.year) {
        (Some(this), Some(last)) => this == last + 1,
        _ => true,
    };
    if consecutive {
        carried(this, last, out);
        stock(this, last, out);
        items(this, last, out);
        decisions(this, last, out);
        pending(this, last, out);
        super::growth::against_last_year(this, last, out);
    }
    // A report of the same year or a later one is not what this one was written after.
    if !matches!((this.report.year, last.report.year), (Some(this), Some(last)) if last >= this) {
        likeness(this, last, out);
    }
}

fn carried(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    if !this.report.has_application_row(R::CarriedIn) || !last.report.has_application_row(R::CarriedOut) {
        return;
    }
    let only_totals = total_only(this.report) || total_only(last.report);
    for column in C::ALL {
        if only_totals && column != C::Total {
            continue;
        }
        let (now, then) =
            (this.report.application(R::CarriedIn, column), last.report.application(R::CarriedOut, column));
        let (Some(now), Some(then)) = (now, then) else { continue };
        if now != then {
            let cell = CellRef::Application(R::CarriedIn, column);
            out.push(
                Finding::new(
                    "R076",
                    format!(
                        "“{}”列上年结转{}件，上年报告结转下年度{}件",
                        column.label(),
                        now.normalize(),
                        then.normalize()
                    ),
                )
                .cell(cell)
                .found(now.normalize())
                .expected(then.normalize())
                .advise("上年结转应与上年报告的结转下年度逐列相同；上年报告有误的，先更正上年报告并说明"),
            );
        }
    }
}

/// Words that explain why the stock of documents moved by more than was made and repealed.
const EXPLAINED: [&str; 7] = ["失效", "清理", "机构改革", "划转", "职能调整", "到期", "合并"];

fn stock(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    for item in [I::Regulations, I::NormativeDocuments] {
        let get = |field| this.report.proactive(item, field);
        let (Some(issued), Some(repealed), Some(in_force)) = (get(F::Issued), get(F::Repealed), get(F::InForce)) else {
            continue;
        };
        let Some(before) = last.report.proactive(item, F::InForce) else { continue };
        let label = item.label(Edition::F2021);
        let expected = before + issued - repealed;
        if in_force != expected {
            let explained = EXPLAINED.iter().any(|word| {
                this.section(1).contains(word) || this.section(6).contains(word) || this.section(2).contains(word)
            });
            let level = if explained { Level::Warning } else { Level::Error };
            out.push(
                Finding::new(
                    "R054",
                    format!(
                        "“{label}”现行有效{}件，按上年{}＋制发{}－废止{}应为{}件",
                        in_force.normalize(),
                        before.normalize(),
                        issued.normalize(),
                        repealed.normalize(),
                        expected.normalize()
                    ),
                )
                .level(level)
                .cells([
                    CellRef::Proactive(item, F::InForce),
                    CellRef::Proactive(item, F::Issued),
                    CellRef::Proactive(item, F::Repealed),
                ])
                .found(in_force.normalize())
                .expected(expected.normalize())
                .advise("核对三个数；因失效、清理口径或机构改革不一致的，在文字中说明"),
            );
        }
        if item == I::Regulations && repealed > Decimal::ZERO && in_force == before && issued.is_zero() {
            out.push(
                Finding::new("R065", format!("规章废止{}件，现行有效数与上年相同", repealed.normalize()))
                    .cell(CellRef::Proactive(item, F::InForce))
                    .found(in_force.normalize())
                    .expected((before - repealed).normalize())
                    .advise("核对现行有效件数"),
            );
        }
    }
    let fee = |subject: &Subject<'_>| subject.report.proactive(I::Fees, F::Amount10kYuan);
    if let (Some(now), Some(then)) = (fee(this), fee(last))
        && then > Decimal::ZERO
        && now >= then * Decimal::ONE_HUNDRED
    {
        out.push(
            Finding::new(
                "R059",
                format!("行政事业性收费{}万元，是上年{}万元的百倍以上", now.normalize(), then.normalize()),
            )
            .cell(CellRef::Proactive(I::Fees, F::Amount10kYuan))
            .found(now.normalize())
            .expected(format!("{}（如果是以元填写）", (now / Decimal::from(10_000)).normalize()))
            .advise("收费金额以万元填写，核对单位"),
        );
    }
}

fn items(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    for item in [I::Licences, I::OtherServices, I::Penalties, I::Coercion, I::Fees] {
        let (Some(prior), Some(before), Some(change)) = (
            this.report.proactive(item, F::PriorItems),
            last.report.proactive(item, F::PriorItems),
            last.report.proactive(item, F::Change),
        ) else {
            continue;
        };
        if prior != before + change {
            out.push(
                Finding::new(
                    "R058",
                    format!(
                        "“{}”上一年项目数量{}，按上年报告{}加增减{}应为{}",
                        item.label(Edition::F2019),
                        prior.normalize(),
                        before.normalize(),
                        change.normalize(),
                        (before + change).normalize()
                    ),
                )
                .cell(CellRef::Proactive(item, F::PriorItems))
                .found(prior.normalize())
                .expected((before + change).normalize())
                .advise("核对项目数量"),
            );
        }
    }
}

fn decisions(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    for item in [I::Licences, I::Penalties, I::Coercion] {
        let get = |subject: &Subject<'_>| subject.report.proactive(item, F::Decisions);
        let (Some(now), Some(then)) = (get(this), get(last)) else { continue };
        let ten = Decimal::TEN;
        let jumped = then >= Decimal::from(5) && now > then * ten || then >= ten && then > now * ten;
        let vanished = now.is_zero() && then >= ten;
        if jumped || vanished {
            out.push(
                Finding::new(
                    "R061",
                    format!("{}决定由上年{}件变为{}件", item.label(Edition::F2021), then.normalize(), now.normalize()),
                )
                .cell(CellRef::Proactive(item, F::Decisions))
                .found(now.normalize())
                .expected(format!("与上年{}相近", then.normalize()))
                .advise("核对数据；属实的在文字中说明原因"),
            );
        }
    }
}

fn pending(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    for group in G::ALL {
        let (Some(before), Some(now)) =
            (last.report.proceeding(group, P::Pending), this.report.proceeding(group, P::Total))
        else {
            continue;
        };
        if before > now {
            out.push(
                Finding::new(
                    "R099",
                    format!(
                        "“{}”上年尚未审结{}件，本年总计只有{}件",
                        group.label(),
                        before.normalize(),
                        now.normalize()
                    ),
                )
                .cell(CellRef::Proceeding(group, P::Total))
                .found(now.normalize())
                .expected(format!("不少于{}", before.normalize()))
                .advise("上年尚未审结的案件应在审结的年度按结果填报"),
            );
        }
    }
}

/// Above this, section five says what last year's said.
const ALIKE: u32 = 80;

fn likeness(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    let (now, then) = (this.section(5), last.section(5));
    if now.chars().count() < 30 || then.chars().count() < 30 {
        return;
    }
    let alike = percent(now, then);
    if alike > ALIKE {
        out.push(
            Finding::new("R137", format!("第五部分与上年报告有{alike}%相同"))
                .found(format!("{alike}%"))
                .expected(format!("不超过{ALIKE}%"))
                .advise("写本年的具体问题和上年问题的改进情况；格式文件把内容雷同列为追责情形"),
        );
    }
}
