//! Sums within the text: R110–R119.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::finding::{Finding, Findings};
use super::text::next_year;
use crate::narrative::{Breakdown, FactKind as K, Subject};
use crate::value::digits;

static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\d+)(?:件|条|份|宗|例|起|次)").ok());
static CUMULATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:累计|截至[^,。;]{0,14}共)[^,。;\d]{0,14}?(?P<n>\d+)(?P<w>万)?余?(?P<u>条|件|篇|期)").ok()
});
static TOGETHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"新收[^。;\d]{0,20}(\d+)(?:件|条|份|宗)[,、](?:另有|另)?(?:上年度?|上一年度?|20\d\d年度?)结转[^。;\d]{0,10}(\d+)(?:件|条|份|宗)[,、](?:两项|二者)?(?:合计|总计|共计)[^。;,\d]{0,6}(\d+)(?:件|条|份|宗)").ok()
});
static LONELY_UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:其中|公开|发布|收到|办理|答复|受理|共计|合计|线上|线|热线|结转)(?P<u>件|条|篇|宗|件次)(?:[,。;、]|$)",
    )
    .ok()
});
static LONELY_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:收到(?:政府信息公开|依申请公开)?申请|主动公开(?:政府)?信息|发布(?:政府)?信息)(?:共|共计)?(?P<n>\d+)(?:[,。;、]|$)").ok()
});

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    for breakdown in &subject.breakdowns {
        parts(breakdown, out);
    }
    balance(subject, out);
    applications(subject, out);
    super::percent::check(subject, out);
    twice(subject, out);
    units(subject, out);
    cumulative(subject, out);
    super::growth::stated(subject, out);
}

fn parts(breakdown: &Breakdown, out: &mut Findings) {
    if breakdown.approximate {
        return;
    }
    let sum: Decimal = breakdown.parts.iter().map(|(_, value)| *value).sum();
    let listed: Vec<String> = breakdown.parts.iter().map(|(_, value)| value.normalize().to_string()).collect();
    let listed = listed.join("＋");
    let finding = |rule, message: String, advice: &str| {
        Finding::new(rule, message).found(sum.normalize()).expected(breakdown.total.normalize()).advise(advice)
    };
    if breakdown.channels {
        if sum != breakdown.total && (breakdown.closed || sum > breakdown.total) {
            out.push(finding(
                "R112",
                format!("“{}”各渠道之和是{}，总数是{}", breakdown.quote, sum.normalize(), breakdown.total.normalize()),
                "同一条信息在几个渠道发布的，说明按信息计还是按发布次数计",
            ));
        }
    } else if sum > breakdown.total {
        out.push(finding(
            "R110",
            format!("“{}”分项{listed}＝{}，多于总数{}", breakdown.quote, sum.normalize(), breakdown.total.normalize()),
            "核对总数和各分项",
        ));
    } else if sum < breakdown.total && breakdown.closed {
        out.push(finding(
            "R111",
            format!("“{}”分项{listed}＝{}，少于总数{}", breakdown.quote, sum.normalize(), breakdown.total.normalize()),
            "核对总数和各分项，或用“其中”表明没有列全",
        ));
    }
}

fn one(subject: &Subject<'_>, kind: K) -> Option<Decimal> {
    let mut values: Vec<Decimal> = subject
        .facts_of(kind)
        .filter(|fact| !fact.approximate && !fact.scoped && !fact.quote.contains("累计"))
        .filter(|fact| kind != K::Received || !fact.of_one_kind())
        .filter(|fact| !matches!(kind, K::CarriedIn | K::CarriedOut) || next_year(subject, fact, kind))
        .filter_map(|fact| fact.value)
        .collect();
    values.dedup();
    match values.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// `新收12件，上年结转2件，两项合计14件`.
fn both_together(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = TOGETHER.as_ref() else { return };
    for sentence in subject.sentences.iter().filter(|sentence| sentence.text.contains("结转")) {
        let Some(found) = pattern.captures(&sentence.text) else { continue };
        let number = |i: usize| found.get(i).and_then(|m| digits(m.as_str()));
        if let (Some(new), Some(carried), Some(sum)) = (number(1), number(2), number(3))
            && new + carried != sum
        {
            out.push(
                Finding::new("R113", format!("文字中新收{new}件加上年结转{carried}件，不等于合计{sum}件"))
                    .found(sum)
                    .expected(new + carried)
                    .advise("核对文字中的三个数"),
            );
            return;
        }
    }
}

/// `共需办理14件，其中办结13件，结转下年度1件`, in one sentence.
fn handled(subject: &Subject<'_>, out: &mut Findings) {
    for due in subject.facts_of(K::ToHandle).filter(|fact| !fact.approximate) {
        let within = |kind: K| {
            subject
                .facts_in(due.sentence)
                .iter()
                .find(|fact| fact.kind == kind && fact.at > due.at && !fact.approximate)
                .and_then(|fact| fact.value)
        };
        if let (Some(all), Some(answered), Some(left)) = (due.value, within(K::Answered), within(K::CarriedOut))
            && answered + left != all
        {
            out.push(
                Finding::new("R113", format!("文字中应办{all}件，不等于办结{answered}件加结转下年度{left}件"))
                    .found(format!("{all} ≠ {}", answered + left))
                    .expected("应办＝办结＋结转下年度")
                    .advise("核对文字中的三个数"),
            );
            return;
        }
    }
}

fn balance(subject: &Subject<'_>, out: &mut Findings) {
    both_together(subject, out);
    handled(subject, out);
    let (Some(received), Some(answered)) = (one(subject, K::Received), one(subject, K::Answered)) else { return };
    let carried_in = one(subject, K::CarriedIn);
    let carried_out = one(subject, K::CarriedOut);
    if carried_in.is_none() && carried_out.is_none() {
        return;
    }
    let (into, left) = (carried_in.unwrap_or_default(), carried_out.unwrap_or_default());
    // The count received may already hold what was carried over.
    let holds = received + into == answered + left || received == answered + left;
    if !holds && (carried_in.is_some() && carried_out.is_some()) {
        let within = subject.sentences.iter().any(|sentence| {
            sentence.text.contains("申请")
                && (sentence.text.contains("含上年") || sentence.text.contains("(含") && sentence.text.contains("结转"))
        });
        let (taken, names) = if within {
            (received, format!("收到（含上年结转）{received}"))
        } else {
            (received + into, format!("收到{received}加上年结转{into}"))
        };
        out.push(
            Finding::new("R113", format!("文字中{names}，不等于答复{answered}加结转下年度{left}"))
                .found(format!("{taken} ≠ {}", answered + left))
                .expected("收到＋上年结转＝答复＋结转下年度")
                .advise("核对文字中的四个数"),
        );
    }
}

/// Whether a sentence that counts ways lists a figure of its own that may be one more way, in words not known here.
fn others_listed(subject: &Subject<'_>, received: Decimal, sum: Decimal) -> bool {
    let Some(pattern) = COUNTED.as_ref() else { return false };
    let mut at: Vec<usize> = subject.facts_of(K::ByChannel).map(|fact| fact.sentence).collect();
    at.dedup();
    at.iter().any(|sentence| {
        let text = subject.sentences.get(*sentence).map_or("", |sentence| sentence.text.as_str());
        let mut left: Vec<Decimal> =
            pattern.captures_iter(text).filter_map(|found| digits(found.get(1)?.as_str())).collect();
        let told = subject.facts_in(*sentence).iter().filter(|fact| fact.kind != K::Received || !fact.of_one_kind());
        for value in told.filter_map(|fact| fact.value) {
            if let Some(at) = left.iter().position(|other| *other == value) {
                left.remove(at);
            }
        }
        left.iter().any(|value| *value > Decimal::ZERO && *value + sum <= received)
    })
}

fn applications(subject: &Subject<'_>, out: &mut Findings) {
    let Some(received) = one(subject, K::Received) else { return };
    let total_with = received + one(subject, K::CarriedIn).unwrap_or_default();
    let near = |kind: K| -> Vec<Decimal> {
        subject.facts_of(kind).filter(|fact| !fact.approximate && !fact.scoped).filter_map(|fact| fact.value).collect()
    };
    let channels = near(K::ByChannel);
    let persons: Vec<Decimal> = near(K::NaturalPersons).into_iter().chain(near(K::Organisations)).collect();
    for (parts, what) in [(channels, "按渠道"), (persons, "按申请人")] {
        let sum: Decimal = parts.iter().sum();
        let both = what == "按申请人" && (near(K::NaturalPersons).len() != 1 || near(K::Organisations).len() != 1);
        if parts.len() >= 2
            && !both
            && sum != received
            && sum != total_with
            && !(what == "按渠道" && others_listed(subject, received, sum))
        {
            out.push(
                Finding::new(
                    "R114",
                    format!("文字中{what}分计之和是{}，收到申请{}件", sum.normalize(), received.normalize()),
                )
                .found(sum.normalize())
                .expected(received.normalize())
                .advise("核对总数和分计"),
            );
        }
    }
    let results: Vec<Decimal> = [K::Granted, K::Partial, K::Denied, K::Unable, K::Refused, K::OtherResult]
        .iter()
        .flat_map(|kind| near(*kind).into_iter().take(1))
        .collect();
    let answered = one(subject, K::Answered);
    if let Some(answered) = answered
        && results.len() >= 5
    {
        let sum: Decimal = results.iter().sum();
        if sum != answered {
            out.push(
                Finding::new(
                    "R114",
                    format!("文字中各办理结果之和是{}，答复{}件", sum.normalize(), answered.normalize()),
                )
                .found(sum.normalize())
                .expected(answered.normalize())
                .advise("核对总数和各办理结果"),
            );
        }
    }
}

/// The same fact with two values: counts of one kind and one subject.
fn twice(subject: &Subject<'_>, out: &mut Findings) {
    for (kind, what) in [
        (K::Published, "主动公开信息"),
        (K::WeChat, "微信公众号发布"),
        (K::Weibo, "微博发布"),
        (K::Website, "网站发布"),
    ] {
        let mut stated: Vec<(&crate::narrative::Fact, Decimal)> = subject
            .facts_of(kind)
            .filter(|fact| !fact.approximate && !fact.scoped)
            .filter_map(|fact| Some((fact, fact.value?)))
            .filter(|(fact, _)| {
                let text = subject.sentences.get(fact.sentence).map_or("", |s| s.text.as_str());
                let head = text.get(..fact.at).unwrap_or("");
                let partial = ["累计", "每月", "每周", "平均", "季度", "去年", "上年", "月份", "上半年"];
                !partial.iter().any(|word| text.contains(word)) && !head.contains("其中") && !head.contains("包括")
            })
            .collect();
        stated.dedup_by(|a, b| a.1 == b.1);
        if let [(first, a), (second, b), ..] = stated.as_slice()
            && first.sentence != second.sentence
        {
            out.push(
                Finding::new("R117", format!("{what}的数前后不一：“{}”和“{}”", first.quote, second.quote))
                    .found(format!("{}、{}", a.normalize(), b.normalize()))
                    .expected("前后一致")
                    .advise("核对两处的数和统计口径"),
            );
        }
    }
    // Two exact counts of applications received, neither with another scope.
    let received: Vec<_> = subject
        .facts_of(K::Received)
        .filter(|fact| {
            !fact.approximate
                && !fact.scoped
                && subject.sentences.get(fact.sentence).is_some_and(|s| {
                    s.section != 5 && !["其中", "结转", "自然人", "网络", "信函"].iter().any(|w| s.text.contains(w))
                })
        })
        .filter_map(|fact| Some((fact, fact.value?)))
        .collect();
    if let [(first, a), rest @ ..] = received.as_slice()
        && let Some((second, b)) = rest.iter().find(|(fact, value)| value != a && fact.sentence != first.sentence)
        && !out.has("R079")
    {
        out.push(
            Finding::new("R117", format!("收到申请的数前后不一：“{}”和“{}”", first.quote, second.quote))
                .found(format!("{}、{}", a.normalize(), b.normalize()))
                .expected("前后一致")
                .advise("核对两处的数和统计范围"),
        );
    }
}

fn units(subject: &Subject<'_>, out: &mut Findings) {
    for sentence in &subject.sentences {
        for (pattern, why) in [(&LONELY_UNIT, "有单位没有数"), (&LONELY_NUMBER, "有数没有单位")] {
            if let Some(found) = pattern.as_ref().and_then(|pattern| pattern.find(&sentence.text)) {
                out.push(
                    Finding::new("R118", format!("“{}”{why}", found.as_str()))
                        .found(found.as_str())
                        .expected("数和单位齐全")
                        .advise("补上缺少的数或单位；也可能是网页链接文字丢失"),
                );
                return;
            }
        }
    }
}

fn cumulative(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = CUMULATIVE.as_ref() else { return };
    for (kind, words) in
        [(K::WeChat, ["公众号", "微信"]), (K::Weibo, ["微博", "微博"]), (K::Published, ["主动公开", "公开信息"])]
    {
        let Some(yearly) = one(subject, kind) else { continue };
        for sentence in &subject.sentences {
            let Some(found) = pattern.captures(&sentence.text) else { continue };
            let quote = found.get(0).map_or("", |m| m.as_str());
            let head = found.get(0).and_then(|m| sentence.text.get(..m.start())).unwrap_or("");
            let clause = head.rsplit(',').next().unwrap_or("");
            if !words.iter().any(|word| quote.contains(word) || clause.contains(word)) {
                continue;
            }
            let value = found.name("n").and_then(|n| digits(n.as_str()));
            let value = value.map(|n| if found.name("w").is_some() { n * Decimal::from(10_000) } else { n });
            if let Some(value) = value.filter(|value| *value < yearly) {
                out.push(
                    Finding::new("R119", format!("“{quote}”小于当年的{}", yearly.normalize()))
                        .found(value.normalize())
                        .expected(format!("不少于{}", yearly.normalize()))
                        .advise("核对累计数和当年数"),
                );
                return;
            }
        }
    }
}
