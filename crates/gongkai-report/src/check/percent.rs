//! Percentages the text states of figures that stand in the text: R115.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::finding::{Finding, Findings};
use super::share::{Stated, percent_of};
use crate::narrative::{Sentence, Subject};
use crate::value::digits;

static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>\d+)(?P<w>万)?(?P<a>余|多)?(?:件|条|份|篇|宗|起|期|次|个|项)[,(]?占(?:比|总量的?|总数的?|信息公开总量的|比例)?(?:约|为|达)?(?P<p>\d+(?:\.\d+)?)%").ok()
});
static BASE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?P<n>\d+)(?P<x>万|余|多)?(?:件|条|份|篇|宗|起|期|次|个|项)[,(:]*其中").ok());
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d+").ok());
static GROWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<now>\d+)(?P<u>件|条|份|篇|宗|起|期|次|个|项)[,(]?(?:同比)?(?:较|比)(?:去年|上年|上一年|20\d\d年)度?(?:同期)?\((?P<then>\d+)(?P<v>件|条|份|篇|宗|起|期|次|个|项)\)(?P<d>增长|增加|上升|下降|减少)了?(?P<p>\d+(?:\.\d+)?)%").ok()
});

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    percentages(subject, out);
    let mut before: Option<(&Sentence, Decimal)> = None;
    for (index, sentence) in subject.sentences.iter().enumerate() {
        let listed = subject.breakdowns.iter().any(|breakdown| breakdown.sentence == index);
        let own = base(&sentence.text);
        if sentence.text.contains('%') {
            grown(&sentence.text, out);
            if let (false, Some((total, from))) = (listed, own) {
                shares(subject, sentence, total, from, "", out);
            } else if let (None, Some((first, total))) = (own, before)
                && first.paragraph == sentence.paragraph
                && first.section == sentence.section
                && opens_with_share(&sentence.text)
            {
                // `其中A45条，占75%；B15条，占25%`.
                shares(subject, sentence, total, 0, &first.text, out);
            }
        }
        before = match (own, before) {
            (Some((total, _)), _) => Some((sentence, total)),
            (None, Some(kept)) if opens_with_share(&sentence.text) => Some(kept),
            _ => None,
        };
    }
}

/// The shares of lists, each and together.
fn percentages(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = SHARE.as_ref() else { return };
    for breakdown in &subject.breakdowns {
        let Some(sentence) = subject.sentences.get(breakdown.sentence) else { continue };
        if breakdown.total.is_zero() || breakdown.approximate || !sentence.text.contains('%') {
            continue;
        }
        let mut shares = Vec::new();
        for found in pattern.captures_iter(&sentence.text) {
            if found.name("a").is_some() || found.name("w").is_some() {
                continue;
            }
            let get = |name: &str| found.name(name).and_then(|m| digits(m.as_str()));
            let (Some(part), Some(percent)) = (get("n"), get("p")) else { continue };
            if part > breakdown.total {
                continue;
            }
            shares.push(percent);
            let (right, stated) = (percent_of(part, breakdown.total), Stated(percent));
            let fits_table = bases(subject).iter().any(|base| stated.fits(percent_of(part, *base)));
            if !stated.fits(right) && !fits_table {
                let right = stated.rounded(right);
                out.push(
                    Finding::new(
                        "R115",
                        format!(
                            "“{}”：{}占{}的{right}%",
                            found.get(0).map_or("", |m| m.as_str()),
                            part.normalize(),
                            breakdown.total.normalize()
                        ),
                    )
                    .found(format!("{percent}%"))
                    .expected(format!("{right}%"))
                    .advise("重新计算百分比"),
                );
            }
        }
        let sum: Decimal = shares.iter().sum();
        let complete = shares.len() == breakdown.parts.len()
            && breakdown.parts.iter().map(|(_, n)| *n).sum::<Decimal>() == breakdown.total;
        if shares.len() >= 2 && complete && (sum - Decimal::ONE_HUNDRED).abs() > Decimal::new(2, 1) && !out.has("R115")
        {
            out.push(
                Finding::new("R115", format!("各分项百分比之和是{sum}%"))
                    .found(format!("{sum}%"))
                    .expected("100%")
                    .advise("重新计算百分比"),
            );
        }
    }
}

/// Totals of table 3 that a share may be taken of: received, received with carried-over, concluded.
fn bases(subject: &Subject<'_>) -> Vec<Decimal> {
    use gongkai_law::{ApplicantColumn, ApplicationRow};
    let total = |row| subject.report.application(row, ApplicantColumn::Total).unwrap_or_default();
    let new = total(ApplicationRow::NewReceived);
    [new, new + total(ApplicationRow::CarriedIn), total(ApplicationRow::TotalConcluded)]
        .into_iter()
        .filter(|base| *base > Decimal::ZERO)
        .collect()
}

/// The exact total before 其中, and where the parts begin.
fn base(text: &str) -> Option<(Decimal, usize)> {
    let found = BASE.as_ref()?.captures(text)?;
    if found.name("x").is_some() {
        return None;
    }
    let total = digits(found.name("n")?.as_str()).filter(|total| *total > Decimal::ZERO)?;
    Some((total, found.get(0)?.end()))
}

/// The sentence goes on with a part and its share: no other count stands before.
fn opens_with_share(text: &str) -> bool {
    let first = COUNT.as_ref().and_then(|pattern| pattern.find(text)).map(|found| found.start());
    SHARE.as_ref().and_then(|pattern| pattern.find(text)).is_some_and(|found| first == Some(found.start()))
}

/// The shares stated behind `from`, each of the total or of another count that stands near.
fn shares(subject: &Subject<'_>, sentence: &Sentence, total: Decimal, from: usize, context: &str, out: &mut Findings) {
    let (Some(share), Some(count)) = (SHARE.as_ref(), COUNT.as_ref()) else { return };
    let near: Vec<Decimal> = [context, sentence.text.as_str()]
        .into_iter()
        .flat_map(|text| count.find_iter(text))
        .filter_map(|found| digits(found.as_str()))
        .chain(bases(subject))
        .filter(|value| *value > Decimal::ZERO)
        .collect();
    for found in share.captures_iter(sentence.text.get(from..).unwrap_or("")) {
        if found.name("a").is_some() || found.name("w").is_some() {
            continue;
        }
        let get = |name: &str| found.name(name).and_then(|m| digits(m.as_str()));
        let (Some(part), Some(percent)) = (get("n"), get("p")) else { continue };
        let stated = Stated(percent);
        let fits = |whole: Decimal| stated.fits(percent_of(part, whole));
        if part > total || fits(total) || near.iter().any(|whole| *whole != part && fits(*whole)) {
            continue;
        }
        let right = stated.rounded(percent_of(part, total));
        let quote = found.get(0).map_or("", |m| m.as_str());
        out.push(
            Finding::new("R115", format!("“{quote}”：{}占{}的{right}%", part.normalize(), total.normalize()))
                .found(format!("{percent}%"))
                .expected(format!("{right}%"))
                .advise("重新计算百分比"),
        );
    }
}

/// `153件，较上年（136件）增长22.5%`.
fn grown(text: &str, out: &mut Findings) {
    for found in GROWN.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let word = |name: &str| found.name(name).map_or("", |m| m.as_str());
        let (Some(now), Some(then), Some(percent)) = (digits(word("now")), digits(word("then")), digits(word("p")))
        else {
            continue;
        };
        if word("u") != word("v") || then <= Decimal::ZERO {
            continue;
        }
        let fell = matches!(word("d"), "下降" | "减少");
        let moved = if fell { then - now } else { now - then };
        let (right, stated) = (percent_of(moved, then), Stated(percent));
        if !stated.fits(right) {
            let grew = now >= then;
            let quote = found.get(0).map_or("", |m| m.as_str());
            let right = stated.rounded(right.abs());
            let right = format!("{}{right}%", if grew { "增长" } else { "下降" });
            out.push(
                Finding::new("R115", format!("“{quote}”：由{then}到{now}，应为{right}"))
                    .found(format!("{}{percent}%", word("d")))
                    .expected(right)
                    .advise("重新计算百分比，或核对两年的数"),
            );
        }
    }
}
