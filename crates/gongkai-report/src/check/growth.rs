//! Growth the text states: against last year's figures and within one sentence (R116).

use std::sync::LazyLock;

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R};
use regex::Regex;
use rust_decimal::Decimal;

use super::finding::{Finding, Findings};
use super::share::{Stated, percent_of};
use crate::narrative::{FactKind, Subject};
use crate::value::digits;

static GROWTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:同比|较(?:去年|上年|上一年|20\d\d年)|比上年)[^。;\d]{0,6}(?P<d>增长|增加|上升|上涨|下降|减少|回落)[^。;\d]{0,4}(?P<n>\d+(?:\.\d+)?)(?P<p>%|条|件|篇)").ok()
});

/// 同比: the figure of this year, of last year, and what the text says of both.
pub(super) fn against_last_year(this: &Subject<'_>, last: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = GROWTH.as_ref() else { return };
    for kind in [FactKind::Published, FactKind::Received, FactKind::WeChat, FactKind::Weibo, FactKind::Website] {
        let old: Vec<Decimal> =
            last.facts_of(kind).filter(|fact| !fact.approximate).filter_map(|fact| fact.value).collect();
        let fallback =
            if kind == FactKind::Received { last.report.application(R::NewReceived, C::Total) } else { None };
        let Some(before) = old.first().copied().or(fallback).filter(|value| *value > Decimal::ZERO) else { continue };
        for fact in this.facts_of(kind).filter(|fact| !fact.approximate) {
            let Some(now) = fact.value else { continue };
            let text = this.sentences.get(fact.sentence).map_or("", |sentence| sentence.text.as_str());
            let tail = text.get(fact.at..).unwrap_or("");
            let Some(found) = pattern.captures(tail) else { continue };
            // Another count between the two is what is compared.
            let between = found.get(0).map_or(0, |m| m.start()).saturating_sub(fact.quote.len());
            if between > 12 {
                continue;
            }
            let get = |name: &str| found.name(name).map_or("", |m| m.as_str());
            let Some(stated) = digits(get("n")) else { continue };
            let fell = matches!(get("d"), "下降" | "减少" | "回落");
            let moved = if fell { before - now } else { now - before };
            let (right, fits, unit) = if get("p") == "%" {
                let right = percent_of(moved, before);
                (Stated(stated).rounded(right), Stated(stated).fits(right), "%")
            } else {
                (moved, moved == stated, get("p"))
            };
            if !fits {
                out.push(
                    Finding::new(
                        "R116",
                        format!(
                            "“{}”与上年报告不符：上年{}，本年{}",
                            found.get(0).map_or("", |m| m.as_str()),
                            before.normalize(),
                            now.normalize()
                        ),
                    )
                    .found(format!("{stated}{unit}"))
                    .expected(format!(
                        "{}{}{unit}",
                        if right.is_sign_negative() == fell { "下降" } else { "增长" },
                        right.abs().normalize()
                    ))
                    .advise("按上年报告的数重新计算"),
                );
                return;
            }
        }
    }
}

static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<now>\d+)(?P<a>余|多)?(?P<u>件|条|份|篇|宗|起|期|次|个|项)[,(]?(?:同比|较(?:去年|上年|上一年|20\d\d年)度?|比(?:去年|上年|上一年|20\d\d年)度?)(?:同期)?(?P<d>增长|增加|上升|多|下降|减少|少)了?(?P<by>\d+)(?P<v>件|条|份|篇|宗|起|期|次|个|项)[,、]?(?:同比)?(?:增长|增幅|上升|下降|减少|降幅|幅度)[^。;,\d]{0,4}(?P<p>\d+(?:\.\d+)?)%").ok()
});

/// `312条，较2022年增加52条，增长20%`: the three figures of one sentence must agree.
pub(super) fn stated(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = STATED.as_ref() else { return };
    for sentence in subject.sentences.iter().filter(|sentence| sentence.text.contains('%')) {
        for found in pattern.captures_iter(&sentence.text) {
            let text = |name: &str| found.name(name).map_or("", |m| m.as_str());
            let number = |name: &str| digits(text(name));
            if found.name("a").is_some() || text("u") != text("v") {
                continue;
            }
            let (Some(now), Some(by), Some(percent)) = (number("now"), number("by"), number("p")) else { continue };
            let fell = matches!(text("d"), "下降" | "减少" | "少");
            let before = if fell { now + by } else { now - by };
            if before <= Decimal::ZERO {
                continue;
            }
            let (right, told) = (percent_of(by, before), Stated(percent));
            if !told.fits(right) {
                let right = told.rounded(right);
                out.push(
                    Finding::new(
                        "R116",
                        format!(
                            "“{}”：上年{before}{}，变动{by}，应为{right}%",
                            found.get(0).map_or("", |m| m.as_str()),
                            text("u")
                        ),
                    )
                    .found(format!("{percent}%"))
                    .expected(format!("{right}%"))
                    .advise("重新计算增减百分比，或核对增减的数"),
                );
            }
        }
    }
}
