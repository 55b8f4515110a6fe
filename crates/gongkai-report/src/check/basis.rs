//! Legal basis: R040–R045.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Level;

static DECREE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:国务院令|国令|国务院)第?(\d{3})号(?:令)?|第(\d{3})号(?:国务)?院?令").ok());
static NOTICE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"国办公开办?函[\[(]?(20\d\d)[\])]?(\d{1,3})号").ok());
static NOTICE_LIKE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"国办(?:公开)?(?:办)?(?:秘)?函?[\[(]?(?:20\d\d?)?[\])]?[\d]{0,6}号?").ok());
static RIGHT_NOTICE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^国办公开办函\[20\d\d\]\d{1,3}号$").ok());
static CLAUSE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"第二十条第?\(?[一二三四五六七八九十]+\)?款").ok());
static TITLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"《([^《》]{6,60}(?:《[^》]*》[^《》]*)?)》?\(?(国办[^()\d]{0,6}函\[20\d\d\]\d{1,3}号)").ok()
});

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    let Some(year) = subject.report.year else { return };
    let mut decrees: Vec<&str> = Vec::new();
    for (_, text) in subject.texts() {
        decree(text, year, &mut decrees, out);
        notices(text, year, out);
        articles(text, out);
    }
    one_number_one_title(subject, out);
}

fn decree<'t>(text: &'t str, year: i16, seen: &mut Vec<&'t str>, out: &mut Findings) {
    let Some(pattern) = DECREE.as_ref() else { return };
    for found in pattern.captures_iter(text) {
        let Some(number) = found.get(1).or(found.get(2)).map(|m| m.as_str()) else { continue };
        let at = found.get(0).map_or(0, |m| m.start());
        let before: String =
            text.get(..at).unwrap_or("").chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let of_regulation = before.contains("政府信息公开条例") || number == "711" || number == "492";
        if !of_regulation || seen.contains(&number) || before.contains("修订前") {
            continue;
        }
        let expected = if year >= 2019 { "711" } else { "492" };
        // 国务院令第492号公布，国务院令第711号修订: the history of the regulation, told right.
        let after: String = text.get(at..).unwrap_or("").chars().take(60).collect();
        let told_whole =
            year >= 2019 && number == "492" && after.split('。').next().is_some_and(|rest| rest.contains("711"));
        if number != expected && !told_whole {
            seen.push(number);
            out.push(
                Finding::new("R040", format!("{year}年度报告引用国务院令第{number}号"))
                    .found(format!("第{number}号"))
                    .expected(format!("第{expected}号"))
                    .advise("2019年5月15日起施行的修订后条例是国务院令第711号"),
            );
        }
    }
}

fn notices(text: &str, year: i16, out: &mut Findings) {
    let found: Vec<(String, &str, &str, usize)> = NOTICE.as_ref().map_or_else(Vec::new, |pattern| {
        pattern
            .captures_iter(text)
            .filter_map(|found| {
                let whole = found.get(0)?;
                Some((whole.as_str().to_owned(), found.get(1)?.as_str(), found.get(2)?.as_str(), whole.start()))
            })
            .collect()
    });
    // The number decides; a title without a number counts too.
    let old_cited = found.iter().any(|(_, of, number, _)| (*of, *number) == ("2019", "60"))
        || !found.iter().any(|(_, of, number, _)| (*of, *number) == ("2021", "30"))
            && (text.contains("关于政府信息公开工作年度报告有关事项的通知") || text.contains("年度报告格式(试行)"));
    let mixed_up =
        found.iter().find(|(_, of, number, _)| *number == "60" && *of != "2019" || *number == "30" && *of != "2021");
    if let Some((whole, ..)) = mixed_up
        && !out.has("R043")
    {
        out.push(
            Finding::new("R043", format!("文号“{whole}”的年份与序号不对应"))
                .found(whole)
                .expected("国办公开办函〔2021〕30号（2019、2020年度的报告为〔2019〕60号）")
                .advise("核对文号"),
        );
    }
    if year >= 2021 && old_cited && !out.has("R041") {
        out.push(
            Finding::new("R041", "引用的年度报告格式文件已经不用")
                .found("国办公开办函〔2019〕60号（试行格式）")
                .expected("国办公开办函〔2021〕30号")
                .advise("2021年度起的报告引用国办公开办函〔2021〕30号"),
        );
    }
    for (whole, of, number, at) in &found {
        let before: String =
            text.get(..*at).unwrap_or("").chars().rev().take(90).collect::<Vec<_>>().into_iter().rev().collect();
        // The title that stands nearest before the number.
        let nearest = before.rfind("有关事项的通知").max(before.rfind("年度报告格式"));
        let Some(nearest) = nearest else { continue };
        let tail = before.get(nearest..).unwrap_or("");
        let says_old = tail.starts_with("有关事项的通知") || tail.contains("格式(试行)");
        let wrong = says_old && (*of, *number) == ("2021", "30") || !says_old && (*of, *number) == ("2019", "60");
        if wrong && tail.matches("号").count() == 0 {
            out.push(
                Finding::new("R042", format!("文件标题与文号“{whole}”不对应"))
                    .found(format!("{}……{whole}", tail.chars().take(16).collect::<String>()))
                    .expected("“有关事项的通知”为〔2019〕60号，“年度报告格式”的印发通知为〔2021〕30号")
                    .advise("核对文件标题和文号"),
            );
        }
    }
    if let (Some(like), Some(right)) = (NOTICE_LIKE.as_ref(), RIGHT_NOTICE.as_ref()) {
        for found in like.find_iter(text) {
            let text = found.as_str();
            let about = text.contains("公开") && text.contains('函');
            if about && !right.is_match(text) && text.chars().count() > 5 && !text.ends_with('函') {
                out.push(
                    Finding::new("R043", format!("文号“{text}”写法不完整或有误"))
                        .found(text)
                        .expected("国办公开办函〔2021〕30号")
                        .advise("文号写全：发文机关代字、六角括号中的年份、序号"),
                );
                return;
            }
        }
    }
}

/// Whether the article at a place is one of the Regulation: the title right before it decides, else what the text
/// has named last.
fn of_regulation(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("");
    let before: String = head.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    match before.rfind('》') {
        Some(end) => {
            let title = before.get(..end).and_then(|head| head.rsplit('《').next()).unwrap_or("");
            let between = before.get(end..).unwrap_or("");
            (title.contains("信息公开条例") || title == "条例") && !between.contains('法') && !between.contains("办法")
        }
        None => {
            !before.ends_with('法')
                && !before.ends_with("办法")
                && !before.ends_with("规定")
                && !before.ends_with("细则")
        }
    }
}

fn articles(text: &str, out: &mut Findings) {
    let clause = CLAUSE.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text));
    if let Some(found) = clause.into_iter().find(|found| of_regulation(text, found.start()))
        && !out.has("R044")
    {
        out.push(
            Finding::new("R044", format!("“{}”应写“项”", found.as_str()))
                .found(found.as_str())
                .expected("第二十条第（×）项")
                .advise("条例第二十条下分项，不分款"),
        );
    }
    let cited = |sentence: &str| {
        sentence.find("第四十九条").is_some_and(|at| of_regulation(sentence, at))
            && (sentence.contains("编制") || sentence.contains("内容"))
    };
    if !text.contains("第五十条") && text.split(['。', ';']).any(cited) && !out.has("R044") {
        out.push(
            Finding::new("R044", "编制年度报告引用了第四十九条")
                .found("第四十九条")
                .expected("第五十条")
                .advise("第四十九条规定公布期限，年度报告的内容在第五十条"),
        );
    }
}

fn one_number_one_title(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = TITLED.as_ref() else { return };
    let mut seen: Vec<(String, String)> = Vec::new();
    for (_, text) in subject.texts() {
        for found in pattern.captures_iter(text) {
            let part = |i: usize| found.get(i).map_or(String::new(), |m| m.as_str().to_owned());
            seen.push((crate::fold::key(&part(1)), part(2)));
        }
        for (title, number) in cited(text) {
            seen.push((crate::fold::key(&title), number));
        }
    }
    for (index, (title, number)) in seen.iter().enumerate() {
        let clash = seen
            .iter()
            .skip(index + 1)
            .find(|(other, same)| same == number && crate::fold::likeness(title, other) < 600);
        if clash.is_some() && !out.has("R045") {
            out.push(
                Finding::new("R045", format!("文号“{number}”对应了两个不同的文件标题"))
                    .level(Level::Warning)
                    .found(number)
                    .expected("一个文号对应一个标题")
                    .advise("核对文件标题和文号"),
            );
        }
    }
}

/// Titles in 《》 with the document number that follows in brackets.
fn cited(text: &str) -> Vec<(String, String)> {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"《([^《》]{6,60})》\(([^()]{2,14}\[20\d\d\]\d{1,4}号|[^()\d]{2,10}函\d{1,4}号)\)").ok()
    });
    PATTERN.as_ref().map_or_else(Vec::new, |pattern| {
        pattern
            .captures_iter(text)
            .filter_map(|found| Some((found.get(1)?.as_str().to_owned(), found.get(2)?.as_str().to_owned())))
            .collect()
    })
}
