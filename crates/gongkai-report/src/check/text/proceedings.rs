//! The text against table 4: R093–R096.

use gongkai_law::{CellRef, ProceedingColumn as P, ProceedingGroup as G};
use rust_decimal::Decimal;

use super::{clause, differs, exact, place, sentence};
use crate::check::finding::{Finding, Findings};
use crate::narrative::{Fact, FactKind as K, Subject};
use crate::report::Level;

/// Words that make a count of proceedings one of another kind.
fn other_proceedings(clause: &str) -> bool {
    [
        "信息公开类",
        "备案",
        "代表",
        "代理",
        "案件办理",
        "应诉",
        "审理",
        "全市",
        "全县",
        "全区",
        "受理行政复议",
        "法律援助",
        "调解",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

pub(super) fn proceedings(subject: &Subject<'_>, out: &mut Findings) {
    let edition = subject.report.edition();
    let get = |group, column| subject.report.proceeding(group, column).unwrap_or_default();
    let reviews = get(G::Reconsideration, P::Total);
    let suits = get(G::DirectSuit, P::Total) + get(G::SuitAfterReconsideration, P::Total);
    let shared_zero = |fact: &Fact| {
        clause(subject, fact).contains("行政复议")
            && clause(subject, fact).contains("诉讼")
            && fact.value == Some(Decimal::ZERO)
    };
    for (kind, printed, cells, what) in [
        (K::Reconsideration, reviews, vec![CellRef::Proceeding(G::Reconsideration, P::Total)], "行政复议"),
        (
            K::Litigation,
            suits,
            vec![
                CellRef::Proceeding(G::DirectSuit, P::Total),
                CellRef::Proceeding(G::SuitAfterReconsideration, P::Total),
            ],
            "行政诉讼",
        ),
    ] {
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind).collect();
        let fits = |value: Decimal| {
            value == printed
                || kind == K::Litigation
                    && [get(G::DirectSuit, P::Total), get(G::SuitAfterReconsideration, P::Total)].contains(&value)
        };
        if stated.iter().any(|(_, value)| fits(*value)) {
            continue;
        }
        if let Some((fact, value)) = stated.first() {
            // One zero for several things: none of them happened.
            if shared_zero(fact) && printed > Decimal::ZERO {
                out.push(differs("R095", fact, *value, cells, Some(printed), what, edition));
                continue;
            }
            let zero = value.is_zero() || printed.is_zero();
            let other = fact.scoped || other_proceedings(clause(subject, fact));
            if zero && !other {
                out.push(differs("R095", fact, *value, cells, Some(printed), what, edition));
            } else {
                let level = if other { Level::Notice } else { Level::Warning };
                out.push(differs("R093", fact, *value, cells, Some(printed), what, edition).level(level));
            }
        }
    }
    for (kind, printed, group, what) in [
        (K::NoReconsideration, reviews, G::Reconsideration, "行政复议"),
        (K::NoLitigation, suits, G::DirectSuit, "行政诉讼"),
    ] {
        let none = subject.facts_of(kind).find(|fact| none_of(fact, subject));
        if let Some(fact) = none.filter(|_| printed > Decimal::ZERO) {
            out.push(
                Finding::new("R095", format!("{}“{}”，而表四{what}{}件", place(fact), fact.quote, printed.normalize()))
                    .cell(CellRef::Proceeding(group, P::Total))
                    .found(format!("没有{what}"))
                    .expected(format!("{}件", printed.normalize()))
                    .advise("核对文字和表格，改正有误的一处"),
            );
        }
    }
    upheld(subject, out);
    outcomes(subject, out);
}

/// “没有因政府信息公开被申请行政复议” and the like; not “不存在被纠正的情形”.
fn none_of(fact: &Fact, subject: &Subject<'_>) -> bool {
    if fact.quote.starts_with("未经") {
        return false;
    }
    let limited = ["败诉", "纠正", "撤销", "超期", "被确认", "责令", "不服"]
        .iter()
        .any(|word| fact.quote.contains(word) || clause(subject, fact).contains(word));
    !limited && fact.section <= 4
}

fn upheld(subject: &Subject<'_>, out: &mut Findings) {
    for fact in subject.facts_of(K::AllUpheld) {
        let text = sentence(subject, fact);
        let groups: Vec<G> = match (text.contains("复议"), text.contains("诉讼")) {
            (true, false) => vec![G::Reconsideration],
            (false, true) => vec![G::DirectSuit, G::SuitAfterReconsideration],
            (true, true) => G::ALL.to_vec(),
            (false, false) => continue,
        };
        let other: Vec<CellRef> = groups
            .iter()
            .flat_map(|group| {
                [P::Overturned, P::OtherResult, P::Pending].map(|column| CellRef::Proceeding(*group, column))
            })
            .filter(|cell| subject.report.value(*cell).is_some_and(|value| value > Decimal::ZERO))
            .collect();
        if !other.is_empty() {
            let count: Decimal = other.iter().filter_map(|cell| subject.report.value(*cell)).sum();
            out.push(
                Finding::new(
                    "R094",
                    format!("{}“{}”，而表四有{}件不是维持", place(fact), fact.quote, count.normalize()),
                )
                .cells(other)
                .found("均获维持")
                .expected(format!("另有{}件纠正、其他结果或尚未审结", count.normalize()))
                .advise("核对文字和表格，改正有误的一处"),
            );
            return;
        }
    }
}

fn outcomes(subject: &Subject<'_>, out: &mut Findings) {
    let get = |group, column| subject.report.proceeding(group, column).unwrap_or_default();
    for (kind, column, what) in [
        (K::Upheld, P::Upheld, "维持"),
        (K::Overturned, P::Overturned, "纠正"),
        (K::OtherOutcome, P::OtherResult, "其他结果"),
        (K::Pending, P::Pending, "尚未审结"),
    ] {
        for (fact, value) in exact(subject, kind) {
            let text = sentence(subject, fact);
            let head = text.get(..fact.at).unwrap_or("");
            let (review, suit) = (head.rfind("复议"), head.rfind("诉讼"));
            if review.is_none() && suit.is_none() && !(text.contains("复议") || text.contains("诉讼")) {
                continue;
            }
            let of_suit = suit > review;
            let fitting: Vec<Decimal> = if of_suit {
                let (direct, after) = (get(G::DirectSuit, column), get(G::SuitAfterReconsideration, column));
                vec![direct + after, direct, after]
            } else {
                vec![get(G::Reconsideration, column)]
            };
            let all: Decimal = G::ALL.iter().map(|group| get(*group, column)).sum();
            if fitting.contains(&value) || value == all {
                continue;
            }
            let group = if of_suit { G::DirectSuit } else { G::Reconsideration };
            let level =
                if fact.scoped || other_proceedings(clause(subject, fact)) { Level::Notice } else { Level::Warning };
            let finding = differs(
                "R096",
                fact,
                value,
                vec![CellRef::Proceeding(group, column)],
                fitting.first().copied(),
                what,
                subject.report.edition(),
            );
            out.push(finding.level(level));
            break;
        }
    }
}
