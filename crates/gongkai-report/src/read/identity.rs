//! Title, agency, year, period and dates.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::item::Item;
use crate::fold::compact;
use crate::report::Period;

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            // The pattern is a constant, compiled in every test that reads a report.
            Regex::new($text).expect("a constant pattern")
        });
    };
}

pattern!(
    TITLE_END,
    r"(?:政府|政务)?信息(?:与政务)?(?:公开)?(?:工作)?(?:情况)?(?:的)?(?:20\d\d年度?)?(?:年度报告|年度工作报告|工作报告|年报|情况报告)(?:\([^)]{0,12}\))?$"
);
pattern!(TITLE_YEAR, r"(20\d\d)(?:-20\d\d)?(?:学年)?年?度?");
pattern!(
    PERIOD,
    r"(20\d\d)年?(\d{1,2})月(\d{1,2})日[起]?[^\d。,;]{0,4}?(?:止)?[至到—~-]+(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
);
pattern!(REPORT_YEAR, r"(20\d\d)年度?(?:全年)?(?:的)?(?:政府信息公开|政务公开|信息公开)");
pattern!(ANY_YEAR, r"(20\d\d)年");
pattern!(DATE_ALONE, r"^[(（]?(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?[)）]?$");
pattern!(PUBLISHED, r"(?:发布|发文|公开|生成|上传|更新)(?:日期|时间)[:：]?\s*(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})");

/// What the head of a report says about itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub title: Option<String>,
    /// The items the title stands in: from, to (inclusive).
    pub title_items: Option<(usize, usize)>,
    pub agency: Option<String>,
    pub year: Option<i16>,
    /// The title stands again later, with other words.
    pub other_title: Option<(usize, String)>,
}

fn looks_like_title_line(compact: &str) -> bool {
    let length = compact.chars().count();
    (1..=48).contains(&length) && !compact.contains(['。', ';', ':', '>', '|', '@', '/', ',', '!', '?'])
}

/// Whether the compact text is a whole title.
fn is_title(compact: &str) -> bool {
    looks_like_title_line(compact) && TITLE_END.is_match(compact.trim_end_matches(|c: char| c.is_ascii_punctuation()))
}

fn strip_marks(text: &str) -> &str {
    text.trim().trim_start_matches(['#', '*', '>', ' ', '|']).trim_end_matches(['*', '#', '|', ' '])
}

/// Finds the title among the items before the first section.
fn find_title(items: &[Item], until: usize) -> Option<(usize, usize, String)> {
    let head: Vec<(usize, &Item)> =
        items.iter().enumerate().take(until).filter(|(_, item)| !item.compact.is_empty()).collect();
    let clean = |item: &Item| strip_marks(&item.compact).replace(' ', "");
    let mut best: Option<(u32, usize, usize, String)> = None;
    for (at, (first, _)) in head.iter().enumerate() {
        let mut joined = String::new();
        let mut printed = String::new();
        for (taken, (last, item)) in head.iter().skip(at).take(4).enumerate() {
            let text = clean(item);
            if !looks_like_title_line(&text) {
                break;
            }
            joined.push_str(&text);
            printed.push_str(strip_marks(&item.raw));
            if !is_title(&joined) {
                continue;
            }
            let has_year = TITLE_YEAR.is_match(&joined);
            let has_agency = agency_of(&joined).is_some();
            let mut score = u32::from(has_year) * 40 + u32::from(has_agency) * 30 + u32::from(item.marked_heading) * 5;
            score += u32::from(joined.contains("年度报告")) * 20;
            score = score.saturating_sub(u32::try_from(taken * 6).unwrap_or(0));
            if best.as_ref().is_none_or(|(other, ..)| score > *other) {
                best = Some((score, *first, *last, printed.clone()));
            }
            // Lines that go on after a full title belong to something else.
            if joined.ends_with("报告") {
                break;
            }
        }
    }
    best.map(|(_, first, last, printed)| {
        let kept: String = printed.split_whitespace().collect();
        (first, last, kept)
    })
}

/// The agency a title names: what stands before the year or before the words of the form.
pub(crate) fn agency_of(title: &str) -> Option<String> {
    let text = compact(title);
    let text = text.trim_start_matches("关于");
    let cut = |text: &str, mark: &str| text.split_once(mark).map(|(head, _)| head.to_owned());
    let head = match TITLE_YEAR.find(text) {
        Some(found) if found.start() > 0 => text.get(..found.start())?.to_owned(),
        Some(found) => {
            let rest = text.get(found.end()..)?;
            ["政府信息公开", "政务信息公开", "信息公开", "政府信息"].iter().find_map(|mark| cut(rest, mark))?
        }
        None => ["政府信息公开", "政务信息公开", "信息公开", "政府信息"].iter().find_map(|mark| cut(text, mark))?,
    };
    let head = head.trim_matches(['《', '》', '"', '\'', '“', '”']).trim_end_matches('的').to_owned();
    let length = head.chars().count();
    ((2..=40).contains(&length) && !head.ends_with("年度")).then_some(head)
}

/// The year a title names.
pub(crate) fn year_of(title: &str) -> Option<i16> {
    let text = compact(title);
    TITLE_YEAR.captures(&text)?.get(1)?.as_str().parse().ok()
}

fn day(year: i16, month: &str, day: &str) -> Option<Date> {
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The first statistical period in a text; a text may state one without the year of its end.
pub(crate) fn period_of(text: &str) -> Period {
    let text = compact(text);
    for found in PERIOD.captures_iter(&text) {
        let get = |i: usize| found.get(i).map_or("", |m| m.as_str());
        let Ok(from_year) = get(1).parse::<i16>() else { continue };
        let to_year = get(4).parse::<i16>().unwrap_or(from_year);
        let from = day(from_year, get(2), get(3));
        let to = day(to_year, get(5), get(6));
        // A period of some days within a year is something else (a survey, a meeting).
        if let (Some(from), Some(to)) = (from, to)
            && (from.month() == 1 && from.day() == 1 || to.month() == 12 || (to - from).get_days() > 200)
        {
            return Period { from: Some(from), to: Some(to) };
        }
    }
    Period::default()
}

/// The day of publication that a page states above or under the text.
pub(crate) fn published_on(items: &[Item], first: usize, last: usize) -> Option<Date> {
    let read = |pattern: &Regex, text: &str| {
        let found = pattern.captures(text)?;
        let get = |i: usize| found.get(i).map_or("", |m| m.as_str());
        day(get(1).parse().ok()?, get(2), get(3))
    };
    items
        .iter()
        .take(first)
        .chain(items.iter().skip(last))
        .find_map(|item| read(&PUBLISHED, &item.folded))
        // A date alone in the lines under the title.
        .or_else(|| items.iter().take(last).skip(first).take(3).find_map(|item| read(&DATE_ALONE, &item.compact)))
}

/// The identity that the items before `until` (the first section) tell.
pub(crate) fn identify(items: &[Item], until: usize) -> Identity {
    let mut identity = Identity::default();
    if let Some((first, last, title)) = find_title(items, until) {
        identity.agency = agency_of(&title);
        identity.year = year_of(&title);
        identity.title_items = Some((first, last));
        let key = crate::fold::key(&title);
        identity.other_title = items
            .iter()
            .enumerate()
            .take(until)
            .skip(last + 1)
            .map(|(at, item)| (at, strip_marks(&item.raw).to_owned()))
            .find(|(_, text)| {
                let text = compact(text);
                is_title(&text) && crate::fold::key(&text) != key && !key.contains(&crate::fold::key(&text))
            });
        identity.title = Some(title);
    }
    identity
}

/// The year that an introduction speaks of: `2022年度政府信息公开…`, else the year named first.
pub(crate) fn year_in_text(text: &str) -> Option<i16> {
    let parse = |found: regex::Captures<'_>| found.get(1).and_then(|m| m.as_str().parse().ok());
    REPORT_YEAR.captures(text).and_then(parse).or_else(|| ANY_YEAR.captures(text).and_then(parse))
}

/// Whether a line under the text is the name of an agency.
pub(crate) fn is_agency(line: &str) -> bool {
    ["局", "政府", "委员会", "办公室", "办事处", "厅", "中心", "院", "委"].iter().any(|end| line.ends_with(end))
        && !line.contains(['。', ',', ':', '；'])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_agency_stands_before_or_after_the_year() {
        for (title, agency, year) in [
            ("南开区审计局2019年政府信息公开工作年度报告", Some("南开区审计局"), Some(2019)),
            ("2023年示例市示例局政府信息公开工作年度报告", Some("示例市示例局"), Some(2023)),
            ("示例镇政府信息公开工作年度报告", Some("示例镇"), None),
            ("2022年政府信息公开工作年度报告", None, Some(2022)),
            ("淮安市人民政府2024年度政府信息公开工作年度报告", Some("淮安市人民政府"), Some(2024)),
        ] {
            assert_eq!(agency_of(title).as_deref(), agency, "{title}");
            assert_eq!(year_of(title), year, "{title}");
            assert!(is_title(&compact(title)), "{title}");
        }
    }

    #[test]
    fn periods_are_read_in_every_wording() {
        for text in [
            "自2023年1月1日起至2023年12月31日止",
            "2023年1月1日至12月31日",
            "２０２３年１月１日—12 月 31 日",
            "从2023年1月1日到2023年12月31日",
        ] {
            let period = period_of(text);
            assert_eq!(period.from, Some(date(2023, 1, 1)), "{text}");
            assert_eq!(period.to, Some(date(2023, 12, 31)), "{text}");
        }
        assert_eq!(period_of("2023年1月1日至2023年12月21日").to, Some(date(2023, 12, 21)));
        let (title, rest) = ("示例县示例局2021年政府信息公开工作年度报告", "一、总体情况\n依法公开。");
        for line in ["（2022年1月18日）", "2022-01-18 09:30"] {
            let lines: Vec<String> =
                [title, line, rest].iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
            let report = crate::read(&gongkai_manuscript::Manuscript {
                blocks: lines
                    .into_iter()
                    .map(|text| {
                        let place = gongkai_manuscript::Place::None;
                        gongkai_manuscript::Block::Paragraph(gongkai_manuscript::Paragraph::new(text, place))
                    })
                    .collect(),
            });
            assert_eq!(report.published_on, Some(date(2022, 1, 18)), "{line}");
        }
        assert_eq!(period_of("征集时间2023年3月1日至2023年3月15日"), Period::default());
    }
}
