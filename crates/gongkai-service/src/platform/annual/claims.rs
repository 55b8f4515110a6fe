//! What a text says did not happen, held against what was measured: a sentence drafted in June is not true any more in December because it once was
//! (domain K11, K15: text and ledger agree).

use gongkai_report::draft::Measured;
use rust_decimal::Decimal;

use super::text::ReportText;

/// Words that say that something did not happen, and what was measured of it.
const DENIALS: [(&str, &str); 5] = [
    ("没有收取信息处理费", "实收信息处理费"),
    ("没有发出信息处理费的收费通知", "收费通知"),
    ("未收取信息处理费", "实收信息处理费"),
    ("没有不予公开后需要重新评估的信息", "新增不公开"),
    ("没有不予公开后需要重新评估的信息", "重新评估"),
];

/// How many characters section five has at least, without its headings.
const LEAST: usize = 16;

/// The sentences of a text that measured facts deny, and that section six says nothing of fees.
pub(super) fn denied(text: &ReportText, measured: &[Measured]) -> Vec<String> {
    let value = |name: &str| measured.iter().find(|one| one.name == name).map_or(Decimal::ZERO, |one| one.value);
    let mut out = Vec::new();
    for (_, label, words) in text.parts() {
        for (denial, name) in DENIALS {
            let many = value(name);
            if words.contains(denial) && !many.is_zero() {
                out.push(format!("{label}：写着“{denial}”，平台上量得的“{name}”是{}", many.normalize()));
            }
        }
    }
    let said: usize = text
        .problems
        .replace("存在的主要问题", "")
        .replace("改进情况", "")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .count();
    if !text.problems.trim().is_empty() && said < LEAST {
        out.push("五、存在的主要问题及改进情况：写得过于简单，写明具体的问题和改进的情况（国办公开办函〔2021〕30号：敷衍塞责的追究责任）".to_owned());
    }
    if !text.other.trim().is_empty() && !text.other.contains("信息处理费") {
        out.push("六、其他需要报告的事项：没有写明收取信息处理费的情况，没有收取的也要写明".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k15_section_six_says_of_fees_what_the_ledger_says() {
        let fact = |name, many: i64| Measured { name, value: Decimal::from(many), what: "" };
        let text = |other: &str| ReportText { other: other.to_owned(), ..ReportText::default() };
        let none = [fact("收费通知", 0), fact("实收信息处理费", 0)];
        let some = [fact("收费通知", 2), fact("实收信息处理费", 1500)];
        let drafted = "本年度没有发出信息处理费的收费通知，没有收取信息处理费。";
        assert!(denied(&text(drafted), &none).is_empty());
        assert_eq!(denied(&text(drafted), &some).len(), 2);
        assert!(denied(&text("发出收费通知2件，收取信息处理费1500元。"), &some).is_empty());
        assert_eq!(denied(&text("没有其他需要报告的事项。"), &none).len(), 1);
        let problems = |words: &str| ReportText { problems: words.to_owned(), ..ReportText::default() };
        assert_eq!(denied(&problems("存在的主要问题：略。\n改进情况：略。"), &none).len(), 1);
        let said = "存在的主要问题：补正告知不够具体。\n改进情况：统一了告知书的范本。";
        assert!(denied(&problems(said), &none).is_empty());
    }
}
