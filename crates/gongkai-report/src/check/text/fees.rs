//! What section six says of fees, and whether section one has a figure: R120–R122.

use std::sync::LazyLock;

use gongkai_law::Edition;
use regex::Regex;
use rust_decimal::Decimal;

use crate::check::applications::speaks_of_fee;
use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Level;
use crate::value::digits;

static CASES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d(?:件|份|宗|次)").ok());
static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d万?元").ok());
static COLLECTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"收费通知[^。;元]{0,40}?(\d+(?:\.\d+)?)元[^。;元]{0,20}?(?:收取|收到|收费|到账)[^。;\d元]{0,12}(\d+(?:\.\d+)?)元").ok()
});

pub(super) fn fee(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.edition() != Edition::F2021 || report.year.is_some_and(|year| year < 2021) {
        return;
    }
    let six = subject.section(6);
    if report.section(6).is_some() && !six.is_empty() && !speaks_of_fee(six) {
        let elsewhere = [1, 2, 3, 5].into_iter().find(|number| speaks_of_handling_fee(subject.section(*number)));
        let (message, found) = match elsewhere.and_then(gongkai_law::Section::from_number) {
            Some(section) => {
                (format!("信息处理费收取情况写在第{}部分，第六部分没有说明", section.numeral()), "写在别的部分")
            }
            None => ("第六部分没有说明信息处理费收取情况".to_owned(), "没有说明"),
        };
        let finding = Finding::new("R120", message)
            .found(found)
            .expected("第六部分说明是否收取信息处理费；收取的写明件数和金额")
            .advise("补写一句，例如“本年度未收取政府信息公开信息处理费”");
        out.push(if elsewhere.is_some() { finding.level(Level::Notice) } else { finding });
    }
    amounts_stated(subject, out);
    fee_parts(subject, out);
    collected(subject, out);
}

/// Whether a text speaks of the fee for handling applications, not of the other charges of an agency.
fn speaks_of_handling_fee(text: &str) -> bool {
    text.contains("信息处理费") || text.contains("依申请") && text.contains("收取") && text.contains("费用")
}

/// Where notices were sent or money was taken, section six states how many and how much (K15).
fn amounts_stated(subject: &Subject<'_>, out: &mut Findings) {
    let (Some(cases), Some(money)) = (CASES.as_ref(), MONEY.as_ref()) else { return };
    let six = subject.section(6);
    let nothing = ["未", "没有", "无", "不收", "不存在", "免收", "免费", "零", "0件", "0元", "0.00元", "均不"];
    let collecting = subject.sentences.iter().filter(|sentence| sentence.section == 6).find(|sentence| {
        speaks_of_handling_fee(&sentence.text) && !nothing.iter().any(|word| sentence.text.contains(word))
    });
    if let Some(sentence) = collecting
        && !(cases.is_match(six) && money.is_match(six))
    {
        let quote: String = sentence.text.chars().take(30).collect();
        out.push(
            Finding::new("R120", format!("第六部分“{quote}”没有写明件数和金额"))
                .found("没有写明")
                .expected("发出收费通知的件数、总金额和实际收取的总金额；没有收取的写明没有")
                .advise("按格式文件补写三个数"),
        );
    }
}

/// No more can be collected than was notified.
fn collected(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = COLLECTED.as_ref() else { return };
    for sentence in subject.sentences.iter().filter(|sentence| sentence.text.contains("收费通知")) {
        let Some(found) = pattern.captures(&sentence.text) else { continue };
        let number = |i: usize| found.get(i).and_then(|m| digits(m.as_str()));
        if let (Some(notified), Some(taken)) = (number(1), number(2))
            && taken > notified
        {
            out.push(
                Finding::new("R121", format!("实际收取{taken}元，多于收费通知的{notified}元"))
                    .found(format!("{taken}元"))
                    .expected(format!("不多于{notified}元"))
                    .advise("核对通知的金额和实际收取的金额"),
            );
            return;
        }
    }
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
                    found.extend(crate::value::digits(&digits));
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

pub(super) fn some_number(subject: &Subject<'_>, out: &mut Findings) {
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
