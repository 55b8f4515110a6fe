//! What the text says of applications received, carried over and answered: R078–R080.

use std::collections::BTreeSet;

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef};
use rust_decimal::Decimal;

use super::{clause, differs, exact, place, sentence, total};
use crate::check::finding::{Finding, Findings, figure};
use crate::narrative::{Fact, FactKind as K, Subject};
use crate::report::Level;

/// Whether the clause or the words after it say that carried-over cases are counted in.
fn counts_carried(subject: &Subject<'_>, fact: &Fact) -> bool {
    let text = sentence(subject, fact);
    let tail: String = text.get(fact.at..).unwrap_or("").chars().take(fact.quote.chars().count() + 16).collect();
    tail.contains("含上年")
        || tail.contains("(含") && tail.contains("结转")
        || tail.contains("包括上年")
        || tail.contains("含结转")
        || clause(subject, fact).contains("办理")
}

/// A sentence about the attributes of documents (主动公开、依申请公开、不予公开), about several years or about a part
/// of the year.
pub(super) fn of_documents(text: &str) -> bool {
    let attributes = text.contains("不予公开")
        && text.contains("主动公开")
        && !text.contains("申请公开申请")
        && !text.contains("信息公开申请");
    attributes || ["公文", "累计", "专区", "季度", "指导"].iter().any(|word| text.contains(word))
}

/// Words that make a count one of others' applications or of other things.
pub(super) fn of_others(clause: &str) -> bool {
    if ["指导", "窗口", "专区", "季度", "上半年", "下半年", "月份", "公文", "审核", "审查", "累计"]
        .iter()
        .any(|word| clause.contains(word))
    {
        return true;
    }
    [
        "人大",
        "政协",
        "建议",
        "提案",
        "信访",
        "留言",
        "信箱",
        "热线",
        "12345",
        "奖补",
        "补贴申请",
        "许可申请",
        "行政复议申请",
        "复议",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

pub(super) fn received(subject: &Subject<'_>, out: &mut Findings) {
    let (Some(new), carried_in) = (total(subject, R::NewReceived), total(subject, R::CarriedIn).unwrap_or_default())
    else {
        return;
    };
    let cell = CellRef::Application(R::NewReceived, C::Total);
    let all_zero = [R::NewReceived, R::CarriedIn, R::TotalConcluded, R::CarriedOut]
        .iter()
        .all(|row| total(subject, *row).unwrap_or_default().is_zero());
    let counts: Vec<(&Fact, Decimal)> = exact(subject, K::Received)
        .filter(|(fact, _)| {
            !of_others(clause(subject, fact)) && fact.section <= 6 && !of_documents(sentence(subject, fact))
        })
        .collect();
    let none: Vec<&Fact> = subject.facts_of(K::NoneReceived).filter(|fact| none_at_all(subject, fact)).collect();
    if let Some(fact) = none.first()
        && new > Decimal::ZERO
        && !counts.iter().any(|(_, value)| *value == new)
    {
        out.push(
            Finding::new("R078", format!("{}“{}”，而表三新收{}件", place(fact), fact.quote, new.normalize()))
                .cell(cell)
                .found("没有收到申请")
                .expected(format!("{}件", new.normalize()))
                .advise("核对文字和表格，改正有误的一处"),
        );
        return;
    }
    if all_zero {
        if let Some((fact, value)) = counts.iter().find(|(fact, value)| *value > Decimal::ZERO && !fact.scoped) {
            out.push(
                Finding::new("R078", format!("{}“{}”，而表三全为0", place(fact), fact.quote))
                    .cell(cell)
                    .found(format!("{}件", value.normalize()))
                    .expected("表三与文字一致")
                    .advise("核对文字和表格，改正有误的一处"),
            );
        }
        return;
    }
    let both = new + carried_in;
    let mut told_right: BTreeSet<usize> =
        counts.iter().filter(|(_, number)| *number == new || *number == both).map(|(fact, _)| fact.sentence).collect();
    told_right
        .extend(counts.iter().filter(|(fact, number)| sums_up(subject, fact, *number, new)).map(|(f, _)| f.sentence));
    for (fact, value) in &counts {
        let fits = *value == new
            || *value == both
                && (counts_carried(subject, fact) || carried_in.is_zero() || mentions_carried(subject, fact));
        if fits || is_part(subject, fact, *value, new) {
            continue;
        }
        // Another exact statement in the text that fits: this one speaks of something else.
        if told_right.contains(&fact.sentence) {
            continue;
        }
        let concluded = total(subject, R::TotalConcluded);
        if clause(subject, fact).contains("办理") && Some(*value) == concluded {
            continue;
        }
        let level = if fact.scoped || *value == both { Level::Warning } else { Level::Error };
        let expected = if carried_in.is_zero() {
            figure(Some(new))
        } else {
            format!("{}（新收），或{}（含上年结转）", new.normalize(), both.normalize())
        };
        out.push(
            Finding::new(
                "R079",
                format!(
                    "{}“{}”与表三不符：文字{}件，表三新收{}件",
                    place(fact),
                    fact.quote,
                    value.normalize(),
                    new.normalize()
                ),
            )
            .level(level)
            .cell(cell)
            .found(value.normalize())
            .expected(expected)
            .advise(if fact.scoped {
                "写明这个数的统计范围"
            } else {
                "核对文字和表格，改正有误的一处"
            }),
        );
        break;
    }
}

/// A part of a sentence that goes on to the right total: `收到转办申请3件，直接收到申请9件，共计12件`.
fn sums_up(subject: &Subject<'_>, fact: &Fact, value: Decimal, new: Decimal) -> bool {
    let tail = sentence(subject, fact).get(fact.at..).unwrap_or("");
    value < new
        && ["件", "条", "份", "宗"].iter().any(|unit| {
            ["共计", "合计", "总计", "共"].iter().any(|word| tail.contains(&format!("{word}{}{unit}", new.normalize())))
        })
}

/// The sentence names the carried-over cases somewhere: 上年结转.
fn mentions_carried(subject: &Subject<'_>, fact: &Fact) -> bool {
    let text = sentence(subject, fact);
    text.contains("含") && text.contains("结转")
}

/// A count that names one way or kind of applicant only, within a breakdown of the whole.
fn is_part(subject: &Subject<'_>, fact: &Fact, value: Decimal, new: Decimal) -> bool {
    let clause = clause(subject, fact);
    let partial = [
        "网络",
        "网上",
        "在线",
        "信函",
        "邮寄",
        "当面",
        "现场",
        "传真",
        "电子邮件",
        "邮件",
        "自然人",
        "法人",
        "公民",
        "企业",
        "其中",
        "其他形式",
        "平台",
        "EMS",
        "窗口",
    ]
    .iter()
    .any(|word| clause.contains(word));
    partial && value <= new
}

/// “未收到…申请” about applications in general, not about one kind of them or about overdue ones.
fn none_at_all(subject: &Subject<'_>, fact: &Fact) -> bool {
    let text = clause(subject, fact);
    let limited = [
        "逾期", "超期", "投诉", "举报", "复议", "诉讼", "重复", "收费", "费用", "法人", "企业", "当面", "信函", "传真",
        "不予", "更正", "再次",
    ]
    .iter()
    .any(|word| fact.quote.contains(word) || text.contains(word));
    !limited && fact.section <= 3
}

/// “无上年结转”, “无结转下年度” against what the table carries over.
fn none_carried(subject: &Subject<'_>, out: &mut Findings) {
    for (kind, row, what) in
        [(K::NoneCarriedIn, R::CarriedIn, "上年结转"), (K::NoneCarriedOut, R::CarriedOut, "结转下年度")]
    {
        let Some(printed) = total(subject, row).filter(|printed| *printed > Decimal::ZERO) else { continue };
        let stated = subject.facts_of(kind).find(|fact| {
            speaks_of_applications(subject, fact)
                && !of_others(clause(subject, fact))
                && !fact.scoped
                && next_year(subject, fact, if kind == K::NoneCarriedIn { K::CarriedIn } else { K::CarriedOut })
        });
        if let Some(fact) = stated {
            let cell = CellRef::Application(row, C::Total);
            out.push(
                Finding::new("R080", format!("{}“{}”，而表三{what}{}件", place(fact), fact.quote, printed.normalize()))
                    .cell(cell)
                    .found(format!("没有{what}"))
                    .expected(format!("{}件", printed.normalize()))
                    .advise("核对文字和表格，改正有误的一处"),
            );
        }
    }
}

pub(super) fn carried(subject: &Subject<'_>, out: &mut Findings) {
    none_carried(subject, out);
    let edition = subject.report.edition();
    let rows = [(K::CarriedIn, R::CarriedIn, "上年结转"), (K::CarriedOut, R::CarriedOut, "结转下年度")];
    for (kind, row, what) in rows {
        let Some(printed) = total(subject, row) else { continue };
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind)
            .filter(|(fact, _)| {
                !of_others(clause(subject, fact))
                    && speaks_of_applications(subject, fact)
                    && next_year(subject, fact, kind)
            })
            .collect();
        if stated.iter().any(|(_, value)| *value == printed) {
            continue;
        }
        if let Some((fact, value)) = stated.first() {
            let level = if fact.scoped { Level::Warning } else { Level::Error };
            out.push(
                differs("R080", fact, *value, vec![CellRef::Application(row, C::Total)], Some(printed), what, edition)
                    .level(level),
            );
        }
    }
    let Some(concluded) = total(subject, R::TotalConcluded) else { return };
    let stated: Vec<(&Fact, Decimal)> = exact(subject, K::Answered)
        .filter(|(fact, value)| {
            let clause = clause(subject, fact);
            speaks_of_applications(subject, fact)
                && !of_others(clause)
                && !["其中", "按期", "予以公开", "现场", "网上", "留言", "解答"]
                    .iter()
                    .any(|word| clause.contains(word))
                && (subject.facts_in(fact.sentence).iter().any(|other| other.kind == K::Received)
                    || clause.contains("申请"))
                && *value <= Decimal::from(1_000_000)
        })
        .collect();
    if stated.iter().any(|(_, value)| *value == concluded) {
        return;
    }
    if let Some((fact, value)) = stated.first() {
        let level = if fact.scoped { Level::Warning } else { Level::Error };
        out.push(
            differs(
                "R080",
                fact,
                *value,
                vec![CellRef::Application(R::TotalConcluded, C::Total)],
                Some(concluded),
                "答复",
                edition,
            )
            .level(level),
        );
    }
}

/// `20xx年结转` names the year before, `结转20xx年` the year after: any other year is another story.
pub(in crate::check) fn next_year(subject: &Subject<'_>, fact: &Fact, kind: K) -> bool {
    let Some(year) = subject.report.year else { return true };
    let mentioned: Option<i16> =
        fact.quote.find("20").and_then(|at| fact.quote.get(at..at + 4)).and_then(|text| text.parse().ok());
    mentioned.is_none_or(|named| if kind == K::CarriedIn { named == year - 1 } else { named == year + 1 })
}

fn speaks_of_applications(subject: &Subject<'_>, fact: &Fact) -> bool {
    let text = sentence(subject, fact);
    text.contains("申请") && !text.contains("建议提案")
        || subject.sentences.get(fact.sentence).is_some_and(|s| s.section == 3)
}
