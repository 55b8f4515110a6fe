//! The text against table 4: R093–R096, and the rate of decisions overturned (R115).

use std::sync::LazyLock;

use gongkai_law::{CellRef, ProceedingColumn as P, ProceedingGroup as G};
use regex::Regex;
use rust_decimal::Decimal;

use super::{clause, differs, exact, place, sentence};
use crate::check::finding::{Finding, Findings};
use crate::check::share::{Stated, percent_of};
use crate::narrative::{Fact, FactKind as K, Subject};
use crate::report::Level;
use crate::value::digits;

static OVERTURNED_RATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"复议(?:案件)?纠错率[^。;,\d]{0,4}(\d+(?:\.\d+)?)%").ok());

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

/// The sentence says itself that these proceedings are not about disclosure.
fn unrelated(sentence: &str) -> bool {
    ["无关", "处罚类", "许可类", "征收类", "不涉及信息公开", "不涉及政府信息公开", "非信息公开"]
        .iter()
        .any(|word| sentence.contains(word))
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
        let stated: Vec<(&Fact, Decimal)> =
            exact(subject, kind).filter(|(fact, _)| !unrelated(sentence(subject, fact))).collect();
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
    for (kind, group, what) in [
        (K::DirectSuits, G::DirectSuit, "未经复议直接起诉"),
        (K::SuitsAfter, G::SuitAfterReconsideration, "复议后起诉"),
    ] {
        let printed = get(group, P::Total);
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind).collect();
        if let Some((fact, value)) = stated.first().filter(|_| !stated.iter().any(|(_, value)| *value == printed)) {
            let level = if fact.scoped { Level::Notice } else { Level::Warning };
            let cells = vec![CellRef::Proceeding(group, P::Total)];
            out.push(differs("R093", fact, *value, cells, Some(printed), what, edition).level(level));
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
    overturned_rate(subject, out);
}

/// 复议纠错率: overturned of all, or of those decided.
fn overturned_rate(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = OVERTURNED_RATE.as_ref() else { return };
    let get = |column| subject.report.proceeding(G::Reconsideration, column).unwrap_or_default();
    let (all, open, overturned) = (get(P::Total), get(P::Pending), get(P::Overturned));
    let bases: Vec<Decimal> = [all, all - open].into_iter().filter(|base| *base > Decimal::ZERO).collect();
    for sentence in subject.sentences.iter().filter(|sentence| sentence.text.contains("纠错率")) {
        let Some(found) = pattern.captures(&sentence.text) else { continue };
        let Some(percent) = found.get(1).and_then(|m| digits(m.as_str())) else { continue };
        let stated = Stated(percent);
        let rates: Vec<Decimal> = bases.iter().map(|base| percent_of(overturned, *base)).collect();
        let told_other =
            ["全市", "全县", "全区", "上年", "去年", "同比"].iter().any(|word| sentence.text.contains(word));
        if let Some(right) = rates.first()
            && !told_other
            && !rates.iter().any(|rate| stated.fits(*rate))
        {
            let right = stated.rounded(*right);
            out.push(
                Finding::new(
                    "R115",
                    format!(
                        "“{}”与表四不符：{overturned}件纠正，占{all}件的{right}%",
                        found.get(0).map_or("", |m| m.as_str())
                    ),
                )
                .found(format!("{percent}%"))
                .expected(format!("{right}%"))
                .advise("重新计算百分比"),
            );
            return;
        }
    }
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
            // A count of both kinds together.
            let both = review.is_some() == suit.is_some() && value == all;
            if fitting.contains(&value) || both {
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
