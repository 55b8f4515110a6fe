//! Several reports together: R140–R143, and each against the year before.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, ProactiveField as F, ProactiveItem as I, ProceedingColumn as P,
    ProceedingGroup as G,
};
use rust_decimal::Decimal;

use super::check;
use super::finding::{Finding, Findings};
use super::likeness::percent;
use crate::fold::key;
use crate::narrative::{AgencyLevel, Subject};

/// The name under which reports of one agency are put together.
fn agency_key(subject: &Subject<'_>) -> String {
    key(subject.report.agency.as_deref().unwrap_or_default())
}

/// Checks each report, across years where several years of one agency are given, and all of them as a set.
///
/// The answer holds the findings of each report, in the order given.
pub fn check_set(subjects: &[Subject<'_>]) -> Vec<Vec<Finding>> {
    let mut by_agency: BTreeMap<String, Vec<(i16, usize)>> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        let agency = agency_key(subject);
        if let Some(year) = subject.report.year.filter(|_| !agency.is_empty()) {
            by_agency.entry(agency).or_default().push((year, index));
        }
    }
    let previous = |subject: &Subject<'_>| -> Option<usize> {
        let year = subject.report.year?;
        let years = by_agency.get(&agency_key(subject))?;
        years.iter().find(|(other, _)| *other == year - 1).map(|(_, at)| *at)
    };
    let mut all: Vec<Vec<Finding>> =
        subjects.iter().map(|subject| check(subject, previous(subject).and_then(|at| subjects.get(at)))).collect();
    let mut extra: Vec<Findings> = subjects.iter().map(|_| Findings::default()).collect();
    repeated(subjects, &mut extra);
    gaps(subjects, &by_agency, &mut extra);
    late(subjects, &by_agency, &mut extra);
    area(subjects, &mut extra);
    outliers(subjects, &mut extra);
    for ((findings, more), subject) in all.iter_mut().zip(extra).zip(subjects) {
        findings.extend(more.sorted(subject.report.form));
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    }
    all
}

fn add(extra: &mut [Findings], at: usize, finding: Finding) {
    if let Some(findings) = extra.get_mut(at) {
        findings.push(finding);
    }
}

fn named(subject: &Subject<'_>) -> String {
    let agency = subject.report.agency.clone().unwrap_or_else(|| "（未写机关）".to_owned());
    subject.report.year.map_or(agency.clone(), |year| format!("{agency}{year}年"))
}

/// The same text under two agencies, the same report twice. Texts are first put together by their opening, so that
/// thousands of reports stay quick.
fn repeated(subjects: &[Subject<'_>], extra: &mut [Findings]) {
    let mut seen: BTreeMap<(String, i16), usize> = BTreeMap::new();
    let mut by_sentence: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        if let Some(year) = subject.report.year
            && subject.report.agency.is_some()
        {
            match seen.get(&(agency_key(subject), year)) {
                Some(first) => {
                    let name = subjects.get(*first).map(named).unwrap_or_default();
                    add(
                        extra,
                        index,
                        Finding::new("R140", format!("{name}的报告给了两份"))
                            .found("两份")
                            .expected("一份")
                            .advise("核对哪一份是正式公布的"),
                    );
                }
                None => {
                    seen.insert((agency_key(subject), year), index);
                }
            }
        }
        for sentence in super::likeness::sentences(subject.section(5))
            .into_iter()
            .chain(super::likeness::sentences(subject.section(1)).into_iter().take(6))
        {
            if sentence.chars().count() >= 16 {
                by_sentence.entry(sentence).or_default().push(index);
            }
        }
    }
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for indices in by_sentence.values().filter(|indices| indices.len() > 1 && indices.len() <= 40) {
        for (i, a) in indices.iter().enumerate() {
            for b in indices.iter().skip(i + 1).filter(|b| *b != a) {
                *pairs.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    for ((a, b), shared) in pairs {
        let (Some(first), Some(second)) = (subjects.get(a), subjects.get(b)) else { continue };
        if agency_key(first) == agency_key(second) || shared < 2 {
            continue;
        }
        let five = percent(first.section(5), second.section(5));
        let one = percent(first.section(1), second.section(1));
        if first.section(5).chars().count() < 30 {
            continue;
        }
        if five > 80 && one > 80 {
            let name = named(first);
            add(
                extra,
                b,
                Finding::new("R140", format!("文字与{name}的报告几乎相同（第一部分{one}%，第五部分{five}%）"))
                    .found(format!("{one}%"))
                    .expected("写本机关的情况")
                    .advise("核对是否沿用了其他机关的报告"),
            );
        } else if five > 80 {
            let name = named(first);
            add(
                extra,
                b,
                Finding::new("R137", format!("第五部分与{name}的报告有{five}%相同"))
                    .found(format!("{five}%"))
                    .expected("不超过80%")
                    .advise("写本机关的具体问题和改进情况"),
            );
        }
    }
}

fn gaps(subjects: &[Subject<'_>], by_agency: &BTreeMap<String, Vec<(i16, usize)>>, extra: &mut [Findings]) {
    for years in by_agency.values() {
        let mut sorted: Vec<(i16, usize)> = years.clone();
        sorted.sort_unstable();
        for pair in sorted.windows(2) {
            let [(earlier, _), (later, at)] = pair else { continue };
            if later - earlier > 1 {
                let missing: Vec<String> = (earlier + 1..*later).map(|year| year.to_string()).collect();
                let name = subjects.get(*at).and_then(|s| s.report.agency.clone()).unwrap_or_default();
                add(
                    extra,
                    *at,
                    Finding::new("R141", format!("{name}缺{}年的报告", missing.join("、")))
                        .found(format!("缺{}份", missing.len()))
                        .expected("历年报告齐全")
                        .advise("补上缺少年度的报告"),
                );
            }
        }
    }
}

/// Agencies whose last report is older than that of most others of the set.
fn late(subjects: &[Subject<'_>], by_agency: &BTreeMap<String, Vec<(i16, usize)>>, extra: &mut [Findings]) {
    let latest: Vec<(i16, usize)> = by_agency.values().filter_map(|years| years.iter().max().copied()).collect();
    let Some(newest) = latest.iter().map(|(year, _)| *year).max() else { return };
    let there = latest.iter().filter(|(year, _)| *year == newest).count();
    if there < 3 || there * 2 < latest.len() {
        return;
    }
    for (year, at) in latest.iter().filter(|(year, _)| *year < newest) {
        let name = subjects.get(*at).and_then(|subject| subject.report.agency.clone()).unwrap_or_default();
        add(
            extra,
            *at,
            Finding::new("R141", format!("{name}没有{newest}年的报告，同一批中有{there}个机关已有"))
                .found(format!("最近一份是{year}年"))
                .expected(format!("{newest}年的报告"))
                .advise("补上缺少年度的报告，或核对是否漏给了文件"),
        );
    }
}

/// The region a name begins with: up to 省, 市, 县, 区 before 人民政府.
fn region(agency: &str) -> Option<&str> {
    agency.split_once("人民政府").map(|(region, _)| region).filter(|region| region.chars().count() >= 3)
}

/// A government's report for its whole area must not fall below the sum of its bodies.
fn area(subjects: &[Subject<'_>], extra: &mut [Findings]) {
    let cell = CellRef::Application(R::NewReceived, C::Total);
    for (index, subject) in subjects.iter().enumerate() {
        let Some(agency) = subject
            .report
            .agency
            .as_deref()
            .filter(|_| subject.agency.government && subject.agency.level != AgencyLevel::Town)
        else {
            continue;
        };
        let (Some(region), Some(own)) = (region(agency), subject.report.value(cell)) else { continue };
        let bodies: Vec<Decimal> = subjects
            .iter()
            .enumerate()
            .filter(|(other, body)| {
                *other != index
                    && body.report.year == subject.report.year
                    && !body.agency.government
                    && body.report.agency.as_deref().is_some_and(|name| name.starts_with(region))
            })
            .filter_map(|(_, body)| body.report.value(cell))
            .collect();
        let sum: Decimal = bodies.iter().sum();
        if bodies.len() >= 2 && own < sum {
            add(
                extra,
                index,
                Finding::new(
                    "R142",
                    format!(
                        "{agency}收到申请{}件，少于所给{}个所属机关之和{}件",
                        own.normalize(),
                        bodies.len(),
                        sum.normalize()
                    ),
                )
                .cell(cell)
                .found(own.normalize())
                .expected(format!("不少于{}", sum.normalize()))
                .advise("核对是否为全区域汇总；只报本机关的，在文字中写明范围"),
            );
        }
    }
}

/// The cells that are held against those of bodies of the same kind, with what they count.
const COMPARED: [(CellRef, &str, &str); 5] = [
    (CellRef::Application(R::NewReceived, C::Total), "收到申请", "件"),
    (CellRef::Application(R::CarriedOut, C::Total), "结转下年度", "件"),
    (CellRef::Application(R::OtherOtherReason, C::Total), "（六）其他处理3.其他", "件"),
    (CellRef::Proceeding(G::Reconsideration, P::Total), "行政复议", "件"),
    (CellRef::Proactive(I::NormativeDocuments, F::InForce), "现行有效行政规范性文件", "件"),
];

/// Figures far from those of bodies of the same kind in the same year, among at least eight bodies: beyond the third
/// quartile by ten times its distance to the median, or nothing where three quarters have thirty or more.
fn outliers(subjects: &[Subject<'_>], extra: &mut [Findings]) {
    for (cell, what, unit) in COMPARED {
        let mut groups: BTreeMap<(i16, &'static str), Vec<(usize, Decimal)>> = BTreeMap::new();
        for (index, subject) in subjects.iter().enumerate() {
            if let (Some(year), Some(value)) = (subject.report.year, subject.report.value(cell)) {
                groups.entry((year, subject.agency.word)).or_default().push((index, value));
            }
        }
        for ((_, word), members) in groups {
            if members.len() < 8 || word.is_empty() {
                continue;
            }
            let mut values: Vec<Decimal> = members.iter().map(|(_, value)| *value).collect();
            values.sort();
            let at = |share: usize| values.get(values.len() * share / 4).copied().unwrap_or_default();
            let (lower, median, upper) = (at(1), at(2), at(3));
            let limit = upper + (upper - median).max(Decimal::ONE) * Decimal::TEN;
            let thirty = Decimal::from(30);
            for (index, value) in &members {
                let far = match () {
                    () if *value > limit && *value >= thirty => "远多于",
                    () if value.is_zero() && lower >= thirty => "远少于",
                    () => continue,
                };
                add(
                    extra,
                    *index,
                    Finding::new(
                        "R143",
                        format!(
                            "{what}{}{unit}，{far}同类机关（中位数{}{unit}，共{}个）",
                            value.normalize(),
                            median.normalize(),
                            members.len()
                        ),
                    )
                    .cell(cell)
                    .found(value.normalize())
                    .expected(format!("多数在{}至{}之间", lower.normalize(), upper.normalize()))
                    .advise("核对数据；属实的在文字中说明原因"),
                );
            }
        }
    }
}
