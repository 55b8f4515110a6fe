//! The text against the tables: R063, R064, R078–R082, R093–R096, R120, R121, R122.

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, Edition, ProactiveField as F, ProactiveItem as I,
    ProceedingColumn as P, ProceedingGroup as G, RowGroup,
};
use rust_decimal::Decimal;

use super::applications::{speaks_of_fee, total_only};
use super::finding::{Finding, Findings, figure};
use crate::narrative::{Fact, FactKind as K, Subject};
use crate::report::{FormKind, Level};

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    if subject.report.has_table(2) {
        documents(subject, out);
    }
    if subject.report.has_table(3) {
        received(subject, out);
        carried(subject, out);
        results(subject, out);
        applicants(subject, out);
    }
    if subject.report.has_table(4) {
        proceedings(subject, out);
    }
    if subject.report.form != FormKind::Older {
        fee(subject, out);
        some_number(subject, out);
    }
}

fn total(subject: &Subject<'_>, row: R) -> Option<Decimal> {
    subject.report.application(row, C::Total)
}

/// Facts with an exact number.
fn exact<'s>(subject: &'s Subject<'_>, kind: K) -> impl Iterator<Item = (&'s Fact, Decimal)> {
    subject.facts_of(kind).filter(|fact| !fact.approximate).filter_map(|fact| Some((fact, fact.value?)))
}

fn sentence<'s>(subject: &'s Subject<'_>, fact: &Fact) -> &'s str {
    subject.sentences.get(fact.sentence).map_or("", |sentence| sentence.text.as_str())
}

/// The clause a fact stands in: up to the commas around it.
fn clause<'s>(subject: &'s Subject<'_>, fact: &Fact) -> &'s str {
    let text = sentence(subject, fact);
    let from = text.get(..fact.at).and_then(|head| head.rfind([',', '。'])).map_or(0, |at| at + 1);
    let to = text.get(fact.at..).and_then(|tail| tail.find(',')).map_or(text.len(), |at| fact.at + at);
    text.get(from..to).unwrap_or(text)
}

fn place(fact: &Fact) -> String {
    match fact.section {
        0 => "引言".to_owned(),
        n => format!("第{}部分", gongkai_law::Section::from_number(n).map_or('？', gongkai_law::Section::numeral)),
    }
}

fn differs(
    rule: &'static str,
    fact: &Fact,
    value: Decimal,
    cells: Vec<CellRef>,
    expected: Option<Decimal>,
    what: &str,
    edition: Edition,
) -> Finding {
    let named = match cells.as_slice() {
        [one] => one.name(edition),
        _ => "表四“行政诉讼”两组“总计”之和".to_owned(),
    };
    Finding::new(
        rule,
        format!(
            "{}“{}”与表格不符：{what}{}，{named}是{}",
            place(fact),
            fact.quote,
            value.normalize(),
            figure(expected)
        ),
    )
    .cells(cells)
    .found(value.normalize())
    .expected(figure(expected))
    .advise("核对文字和表格，改正有误的一处")
}

// ---- table 2 ----

fn documents(subject: &Subject<'_>, out: &mut Findings) {
    let edition = subject.report.edition();
    for (kind, field) in
        [(K::NormativeIssued, F::Issued), (K::NormativeRepealed, F::Repealed), (K::NormativeInForce, F::InForce)]
    {
        let cell = CellRef::Proactive(I::NormativeDocuments, field);
        let cell = if field == F::Issued && subject.report.value(cell).is_none() {
            CellRef::Proactive(I::NormativeDocuments, F::Made)
        } else {
            cell
        };
        let Some(printed) = subject.report.value(cell) else { continue };
        let wrong = exact(subject, kind).find(|(fact, value)| *value != printed && !fact.scoped && fact.section <= 2);
        let right = exact(subject, kind).any(|(_, value)| value == printed);
        if let Some((fact, value)) = wrong.filter(|_| !right) {
            out.push(differs("R063", fact, value, vec![cell], Some(printed), "文字写", edition));
        }
    }
    let cell = CellRef::Proactive(I::Regulations, F::Issued);
    if let Some(printed) = subject.report.value(cell)
        && let Some((fact, value)) =
            exact(subject, K::Regulations).find(|(fact, value)| *value != printed && !fact.scoped)
    {
        out.push(differs("R063", fact, value, vec![cell], Some(printed), "文字写", edition));
    }
    for (kind, item) in [(K::Licences, I::Licences), (K::Penalties, I::Penalties), (K::Coercion, I::Coercion)] {
        let cell = CellRef::Proactive(item, F::Decisions);
        let Some(printed) = subject.report.value(cell) else { continue };
        // Items published are no decisions.
        let wrong = exact(subject, kind).find(|(fact, value)| {
            let clause = clause(subject, fact);
            *value != printed
                && !fact.scoped
                && !["公开", "发布", "公示", "信息"].iter().any(|word| clause.contains(word))
        });
        if let Some((fact, value)) = wrong {
            out.push(differs("R064", fact, value, vec![cell], Some(printed), "文字写", edition));
        }
    }
}

// ---- table 3 ----

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
fn of_documents(text: &str) -> bool {
    let attributes = text.contains("不予公开")
        && text.contains("主动公开")
        && !text.contains("申请公开申请")
        && !text.contains("信息公开申请");
    attributes || ["公文", "累计", "专区", "季度", "指导"].iter().any(|word| text.contains(word))
}

/// Words that make a count one of others' applications or of other things.
fn of_others(clause: &str) -> bool {
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

fn received(subject: &Subject<'_>, out: &mut Findings) {
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
    for (fact, value) in &counts {
        let fits = *value == new
            || *value == both
                && (counts_carried(subject, fact) || carried_in.is_zero() || mentions_carried(subject, fact));
        if fits || is_part(subject, fact, *value, new) {
            continue;
        }
        // Another exact statement in the text that fits: this one speaks of something else.
        let told_right =
            counts.iter().any(|(other, number)| (*number == new || *number == both) && other.sentence == fact.sentence);
        if told_right {
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

fn carried(subject: &Subject<'_>, out: &mut Findings) {
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
                && (subject.facts_of(K::Received).any(|other| other.sentence == fact.sentence)
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
fn next_year(subject: &Subject<'_>, fact: &Fact, kind: K) -> bool {
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

fn group_total(subject: &Subject<'_>, group: RowGroup) -> Option<Decimal> {
    let rows: Vec<Decimal> =
        R::ALL.iter().filter(|row| row.group() == Some(group)).filter_map(|row| total(subject, *row)).collect();
    (!rows.is_empty()).then(|| rows.iter().sum())
}

fn results(subject: &Subject<'_>, out: &mut Findings) {
    let other = total(subject, R::Other).or_else(|| group_total(subject, RowGroup::Other));
    let rows: [(K, Option<Decimal>, R, &str); 7] = [
        (K::Granted, total(subject, R::Granted), R::Granted, "予以公开"),
        (K::Partial, total(subject, R::Partial), R::Partial, "部分公开"),
        (
            K::GrantedAndPartial,
            total(subject, R::Granted).map(|granted| granted + total(subject, R::Partial).unwrap_or_default()),
            R::Granted,
            "予以公开和部分公开",
        ),
        (K::Denied, group_total(subject, RowGroup::Denied), R::DeniedStateSecret, "不予公开"),
        (K::Unable, group_total(subject, RowGroup::Unable), R::UnableNotHeld, "无法提供"),
        (K::Refused, group_total(subject, RowGroup::Refused), R::RefusedPetition, "不予处理"),
        (K::OtherResult, other, R::OtherOtherReason, "其他处理"),
    ];
    for (kind, printed, row, what) in rows {
        let Some(printed) = printed else { continue };
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind)
            .filter(|(fact, _)| !of_others(clause(subject, fact)) && !of_documents(sentence(subject, fact)))
            .collect();
        if stated.iter().any(|(_, value)| *value == printed) {
            continue;
        }
        let Some((fact, value)) = stated.first() else { continue };
        let cell = CellRef::Application(row, C::Total);
        let fits = fitting_cell(subject, *value, kind);
        let note = fits
            .map(|cell| format!("；这个数与{}相同，可能只写了一行或一列", cell.name(subject.report.edition())))
            .unwrap_or_default();
        out.push(
            Finding::new(
                "R081",
                format!(
                    "{}“{}”与表三不符：{what}{}件，表三{}件{note}",
                    place(fact),
                    fact.quote,
                    value.normalize(),
                    printed.normalize()
                ),
            )
            .cell(cell)
            .found(value.normalize())
            .expected(printed.normalize())
            .advise("核对文字和表格，改正有误的一处"),
        );
    }
}

/// A single row or column that holds the stated number: authors often quote one.
fn fitting_cell(subject: &Subject<'_>, value: Decimal, kind: K) -> Option<CellRef> {
    if value.is_zero() || total_only(subject.report) {
        return None;
    }
    let rows: Vec<R> = R::ALL
        .into_iter()
        .filter(|row| match kind {
            K::Granted | K::GrantedAndPartial => matches!(row, R::Granted | R::Partial),
            K::Partial => *row == R::Partial,
            K::Denied => row.group() == Some(RowGroup::Denied),
            K::Unable => row.group() == Some(RowGroup::Unable),
            K::Refused => row.group() == Some(RowGroup::Refused),
            _ => row.group() == Some(RowGroup::Other),
        })
        .collect();
    rows.iter()
        .flat_map(|row| C::ALL.map(|column| CellRef::Application(*row, column)))
        .find(|cell| subject.report.value(*cell) == Some(value))
}

fn applicants(subject: &Subject<'_>, out: &mut Findings) {
    if total_only(subject.report) {
        return;
    }
    let get = |row, column| subject.report.application(row, column).unwrap_or_default();
    let persons: Vec<Decimal> = [R::NewReceived, R::TotalConcluded]
        .iter()
        .map(|row| get(*row, C::NaturalPerson))
        .chain([get(R::NewReceived, C::NaturalPerson) + get(R::CarriedIn, C::NaturalPerson)])
        .collect();
    let bodies = |row| C::KINDS.iter().skip(1).map(|column| get(row, *column)).sum::<Decimal>();
    let organisations =
        vec![bodies(R::NewReceived), bodies(R::TotalConcluded), bodies(R::NewReceived) + bodies(R::CarriedIn)];
    let relates = |fact: &Fact| {
        subject.facts_of(K::Received).any(|other| other.sentence.abs_diff(fact.sentence) <= 1)
            || sentence(subject, fact).contains("申请")
    };
    for (kind, fitting, column, what) in [
        (K::NaturalPersons, &persons, C::NaturalPerson, "自然人"),
        (K::Organisations, &organisations, C::Business, "法人或其他组织"),
    ] {
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind)
            .filter(|(fact, _)| relates(fact) && !of_others(clause(subject, fact)) && !fact.scoped)
            .collect();
        if stated.iter().any(|(_, value)| fitting.contains(value)) {
            continue;
        }
        if let Some((fact, value)) = stated.first() {
            let printed = fitting.first().copied();
            out.push(differs(
                "R082",
                fact,
                *value,
                vec![CellRef::Application(R::NewReceived, column)],
                printed,
                what,
                subject.report.edition(),
            ));
        }
    }
    if let Some(fact) = subject.facts_of(K::AllNaturalPersons).find(|fact| relates(fact))
        && bodies(R::NewReceived) > Decimal::ZERO
    {
        out.push(
            Finding::new(
                "R082",
                format!(
                    "{}“{}”，而表三法人或其他组织申请{}件",
                    place(fact),
                    fact.quote,
                    bodies(R::NewReceived).normalize()
                ),
            )
            .cells(
                C::KINDS
                    .iter()
                    .skip(1)
                    .map(|column| CellRef::Application(R::NewReceived, *column))
                    .filter(|cell| subject.report.value(*cell).is_some_and(|v| !v.is_zero())),
            )
            .found("均为自然人")
            .expected(format!("法人或其他组织{}件", bodies(R::NewReceived).normalize()))
            .advise("核对文字和表格，改正有误的一处"),
        );
    }
}

// ---- table 4 ----

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

fn proceedings(subject: &Subject<'_>, out: &mut Findings) {
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

// ---- fees and figures ----

fn fee(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.edition() != Edition::F2021 || report.year.is_some_and(|year| year < 2021) {
        return;
    }
    let six = subject.section(6);
    if report.section(6).is_some() && !six.is_empty() && !speaks_of_fee(six) && !speaks_of_fee(subject.section(1)) {
        out.push(
            Finding::new("R120", "第六部分没有说明信息处理费收取情况")
                .found("没有说明")
                .expected("说明是否收取信息处理费；收取的写明件数和金额")
                .advise("补写一句，例如“本年度未收取政府信息公开信息处理费”"),
        );
    }
    fee_parts(subject, out);
}

/// `25件…2950元。其中A 420元，B 2530元`: parts must add up.
fn fee_parts(subject: &Subject<'_>, out: &mut Findings) {
    let six: Vec<&str> = subject.sentences.iter().filter(|s| s.section == 6).map(|s| s.text.as_str()).collect();
    for (index, text) in six.iter().enumerate() {
        if !text.contains("信息处理费") || !text.contains('元') {
            continue;
        }
        let mut joined = (*text).to_owned();
        if let Some(next) = six.get(index + 1).filter(|next| next.starts_with("其中")) {
            joined.push(',');
            joined.push_str(next);
        }
        let Some((head, tail)) = joined.split_once("其中") else { continue };
        let amounts = |text: &str, unit: char| -> Vec<Decimal> {
            let mut found = Vec::new();
            let mut digits = String::new();
            for c in text.chars() {
                if c.is_ascii_digit() || c == '.' {
                    digits.push(c);
                    continue;
                }
                if c == unit && !digits.is_empty() {
                    found.extend(digits.parse::<Decimal>().ok());
                }
                digits.clear();
            }
            found
        };
        for (unit, name) in [('元', "金额"), ('件', "件数")] {
            let Some(whole) = amounts(head, unit).last().copied() else { continue };
            let parts = amounts(tail, unit);
            let sum: Decimal = parts.iter().sum();
            if parts.len() >= 2 && sum != whole {
                out.push(
                    Finding::new(
                        "R121",
                        format!("信息处理费{name}分项之和是{}，总数是{}", sum.normalize(), whole.normalize()),
                    )
                    .found(sum.normalize())
                    .expected(whole.normalize())
                    .advise("核对各单位的收费金额和件数"),
                );
            }
        }
    }
}

fn some_number(subject: &Subject<'_>, out: &mut Findings) {
    let text = subject.section(1);
    if text.chars().count() < 60 {
        return;
    }
    // Years, dates, document numbers and ordinals are no figures of the work.
    let mut counted = false;
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        if "件条份篇次项期个场宗起例人".contains(*c) {
            let before = at.checked_sub(1).and_then(|i| chars.get(i));
            let numeral = before.is_some_and(|b| b.is_ascii_digit() || "余多一二两三四五六七八九十百千万".contains(*b));
            let ordinal = at >= 2 && chars.get(at - 2) == Some(&'第');
            if numeral && !ordinal {
                counted = true;
                break;
            }
        }
    }
    if !counted {
        out.push(
            Finding::new("R122", "第一部分没有一个具体数据")
                .found("没有数据")
                .expected("主动公开、依申请公开等有具体数量")
                .advise("写明公开信息的数量、渠道和申请办理情况"),
        );
    }
}
