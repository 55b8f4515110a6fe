//! Title, dates, contact, other agencies: R020–R035.

use std::sync::LazyLock;

use gongkai_law::TITLE_SUFFIX;
use jiff::civil::{Date, date};
use regex::Regex;

use super::finding::{Finding, Findings};
use crate::fold::likeness;
use crate::narrative::{AgencyLevel, FactKind, Subject};
use crate::report::{FormKind, Level};

macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());)*
        #[cfg(test)]
        #[test]
        fn every_pattern_compiles() {
            $(assert!($name.is_some(), stringify!($name));)*
        }
    };
}

patterns! {
    YEAR = r"(20\d\d)年";
    UNDER_DATE = r"(20\d\d)年(\d{1,2})月(\d{1,2})日";
    ENDS_EARLY = r"截(?:至|止到?)(20\d\d)年(\d{1,2})月(\d{1,2})日";
    CONTACT = r"请?(?:与|和|同|向)(?P<org>[^,。;:()与]{3,24}?)(?:办公室|综合科|政务公开科|秘书科|信息中心|政务公开办)?联系";
    PHONE = r"(?:电话|热线|传真)(?:号码)?[:：]?(?P<t>[\d\-—转、/ ]{6,40})";
    MAIL = r"(?:电子邮箱|邮箱|电子邮件|E-?mail|e-?mail)(?:地址)?[:：](?P<t>[A-Za-z0-9._@#\-]{4,60})";
    POST = r"(?:邮编|邮政编码)[:：]?(?P<t>\d{3,9})";
    EMPTY_URL = r"(?:网址|网站|下载地址)(?:为|是)?[:：]?(?:\(\s*\)|[:：][)。,;]|\(?(?:https?://)?(?:www\.)?(?:[xX×*]{2,}|\.{3,}|…+|_{2,}))|https?://(?:www\.)?(?:[xX×*]{2,}|\.\.|[)。,;])";
    TEMPLATE = r"[xX×*]{2,}(?:局|县|市|区|镇|乡|街道|年|月|日|条|件|人民政府|委员会)|\(?具体网址\)?|本级政府\(本部门\)|本级政府\(部门\)|(?:仿宋|宋体|黑体|楷体)(?:_GB2312)?(?:加粗|小?[一二三四五]号|[,，]|\))|小?[二三四五]号字|\(含《[^》]*》第五十条第四项规定|网站\(\s*\)|请填写|此处填写|\(此处|填写单位名称|\(单位名称\)|〔?20[xX×]{2}〕?年?";
    HIGHER = r"(?:推动|推进|加强|深化|指导|提升|规范)(?P<w>全省|全国|我省)(?:政府信息公开|政务公开|信息公开)";
    SELF_WORD = r"(?:^|[,。;:、(“]|[由对为向给])(?:我)(?P<w>局|委|厅|镇|乡|街道|中心|学校|校|医院|院|办)(?:[^事员法]|$)";
    FOREIGN_APPLICATION = r"向(?P<org>[^,。;]{2,12}(?:政府|办公室))(?:及[^,。;]{2,16})?提出的?(?:政府信息公开)?申请";
    ISSUER = r"(?:现公布|现将|特向社会公布|现向社会公布)(?P<org>[^,。;0-9]{3,24}?(?:局|委员会|委|厅|人民政府|办事处|中心|院))(?:20\d\d)";
}

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    title(subject, out);
    years(subject, out);
    period(subject, out);
    dates(subject, out);
    others(subject, out);
    contact(subject, out);
    templates(subject, out);
    scope(subject, out);
}

fn title(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let expected = format!("（机关全称）（年度）年{TITLE_SUFFIX}");
    let advice = "标题写全：机关全称＋年度＋“年政府信息公开工作年度报告”";
    if subject.title.is_empty() {
        out.push(Finding::new("R020", "正文中没有标题").found("没有标题").expected(expected).advise(advice));
        return;
    }
    let mut missing = Vec::new();
    if crate::read::agency_in(&subject.title).is_none() {
        missing.push("机关名称");
    }
    if crate::read::year_in(&subject.title).is_none() {
        missing.push("年度");
    }
    if !subject.title.contains("信息公开") && !subject.title.contains("政务公开") {
        missing.push("“政府信息公开”字样");
    }
    if !missing.is_empty() {
        out.push(
            Finding::new("R020", format!("标题缺少{}", missing.join("、")))
                .found(report.title.clone().unwrap_or_default())
                .expected(&expected)
                .advise(advice),
        );
    }
    if let Some(agency) = &report.agency {
        let short =
            agency.starts_with(['市', '县', '区', '省', '州', '我', '本']) || agency == "人民政府" || agency == "局";
        if short && missing.is_empty() {
            out.push(
                Finding::new("R020", format!("标题中的机关名称“{agency}”不是全称"))
                    .level(Level::Warning)
                    .found(agency)
                    .expected("机关全称，含行政区划")
                    .advise(advice),
            );
        }
    }
    let spoken = subject.title.contains("年度政府信息公开")
        || subject.title.contains("工作报告")
        || subject.title.ends_with("年报")
        || subject.title.ends_with("情况报告")
        || subject.title.contains("政府信息公开年度报告");
    if spoken {
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        out.push(
            Finding::new("R022", "标题用语与规定格式略有不同")
                .found(report.title.clone().unwrap_or_default())
                .expected(format!("{}{year}年{TITLE_SUFFIX}", report.agency.clone().unwrap_or_default()))
                .advise("按规定格式写标题"),
        );
    }
}

fn years(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let Some(titled) = crate::read::year_in(&subject.title) else { return };
    if let Some(from) = report.period.from
        && from.year() != titled
    {
        out.push(
            Finding::new("R021", format!("标题是{titled}年，统计期限是{}年", from.year()))
                .found(format!("{}年", from.year()))
                .expected(format!("{titled}年"))
                .advise("核对报告年度，改正标题或统计期限"),
        );
        return;
    }
    let Some(pattern) = YEAR.as_ref() else { return };
    let mut counts: Vec<(i16, usize)> = Vec::new();
    for found in pattern.captures_iter(subject.section(1)) {
        let Some(year) = found.get(1).and_then(|m| m.as_str().parse().ok()) else { continue };
        match counts.iter_mut().find(|(other, _)| *other == year) {
            Some((_, count)) => *count += 1,
            None => counts.push((year, 1)),
        }
    }
    let own = counts.iter().find(|(year, _)| *year == titled).map_or(0, |(_, count)| *count);
    if let Some((year, count)) = counts.iter().max_by_key(|(_, count)| *count)
        && *count >= 2
        && *count > own * 2
    {
        out.push(
            Finding::new("R021", format!("标题是{titled}年，第一部分多次写{year}年"))
                .found(format!("{year}年（{count}处）"))
                .expected(format!("{titled}年"))
                .advise("核对是否沿用了往年的文字"),
        );
    }
}

fn period(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let Some(year) = report.year else { return };
    let expected = format!("{year}年1月1日至{year}年12月31日");
    let advice = "统计期限写作“自×年1月1日起至×年12月31日止”，起止齐全";
    if let (Some(from), Some(to)) = (report.period.from, report.period.to) {
        let right =
            (from.month(), from.day()) == (1, 1) && (to.month(), to.day()) == (12, 31) && from.year() == to.year();
        if !right {
            out.push(
                Finding::new("R023", format!("统计期限是{}至{}", written(from), written(to)))
                    .found(format!("{}至{}", written(from), written(to)))
                    .expected(expected)
                    .advise(advice),
            );
        }
    } else {
        let whole = format!("{}{}", subject.preamble, subject.section(1));
        let lost = crate::check::language::lost_date(&whole);
        let half = ENDS_EARLY.as_ref().and_then(|pattern| pattern.captures(&whole)).filter(|_| whole.contains("统计"));
        if let Some(found) = half {
            out.push(
                Finding::new("R023", "统计期限只写了截止日，没有起始日")
                    .found(found.get(0).map_or("", |m| m.as_str()))
                    .expected(expected)
                    .advise(advice),
            );
        } else if lost.is_none() && report.form != FormKind::Older {
            // Without any preamble the text may have been taken out of its page.
            let level = if subject.preamble.is_empty() { Level::Notice } else { Level::Warning };
            out.push(
                Finding::new("R024", "没有写明统计期限")
                    .level(level)
                    .found("没有统计期限")
                    .expected(expected)
                    .advise("在引言中写明统计期限"),
            );
        }
    }
}

fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn dates(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let Some(year) = report.year.filter(|year| (2000..2100).contains(year)) else { return };
    let under =
        UNDER_DATE.as_ref().and_then(|pattern| pattern.captures_iter(&subject.closing).last()).and_then(|found| {
            let part = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<i16>().ok());
            Date::new(part(1)?, i8::try_from(part(2)?).ok()?, i8::try_from(part(3)?).ok()?).ok()
        });
    if let Some(day) = under
        && day.year() != year + 1
        && !(report.published_on.is_some_and(|published| published.year() == year + 1) && day.year() > year + 1)
    {
        out.push(
            Finding::new("R026", format!("落款日期{}不在报告年度的次年", written(day)))
                .found(written(day))
                .expected(format!("{}年", year + 1))
                .advise("核对落款日期的年份"),
        );
    }
    let Some(day) = report.published_on.or(under) else { return };
    let last = date(year, 12, 31);
    if day <= last && day.year() == year {
        out.push(
            Finding::new("R025", format!("公布日期{}早于报告年度结束", written(day)))
                .level(Level::Error)
                .found(written(day))
                .expected(format!("{}年1月1日以后", year + 1))
                .advise("年度结束后再编制公布，数据以12月31日为准"),
        );
    } else if day.year() > year {
        let (due, who) = if subject.agency.government && subject.agency.level != AgencyLevel::Town {
            (date(year + 1, 3, 31), "政府")
        } else {
            (date(year + 1, 1, 31), "部门")
        };
        if day > due && !(subject.agency.level == AgencyLevel::Unknown && subject.report.agency.is_none()) {
            out.push(
                Finding::new("R025", format!("公布日期{}晚于法定期限{}", written(day), written(due)))
                    .found(written(day))
                    .expected(format!("{who}应在{}前公布", written(due)))
                    .advise("条例第四十九条规定了公布期限；如果这是网站迁移后的日期，可以不改"),
            );
        }
    }
}

/// The own words of an agency that fit its kind.
fn fits(word: &str, own: &str) -> bool {
    match own {
        "街道" => matches!(word, "街道" | "办" | "街"),
        "镇" => matches!(word, "镇" | "街道"),
        "乡" => matches!(word, "乡" | "镇"),
        "委" => matches!(word, "委" | "办" | "局"),
        "办公室" => matches!(word, "办" | "局" | "委"),
        "学校" | "学院" => matches!(word, "校" | "学校" | "院"),
        "医院" | "院" => matches!(word, "院" | "医院"),
        "局" => matches!(word, "局" | "办" | "委"),
        "厅" => matches!(word, "厅" | "办"),
        "中心" => matches!(word, "中心" | "局" | "办"),
        _ => true,
    }
}

fn others(subject: &Subject<'_>, out: &mut Findings) {
    let agency = subject.report.agency.clone().unwrap_or_default();
    let below_province = matches!(subject.agency.level, AgencyLevel::City | AgencyLevel::County | AgencyLevel::Town);
    let mut wrong_self: Vec<String> = Vec::new();
    for (_, text) in subject.texts() {
        if below_province && let Some(found) = HIGHER.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R029", format!("“{}”像是上级机关报告的文字", found.as_str()))
                    .found(found.as_str())
                    .expected(format!("{agency}的工作"))
                    .advise("核对是否沿用了上级或其他机关的文字"),
            );
        }
        if subject.agency.level == AgencyLevel::Town
            && let Some(found) = FOREIGN_APPLICATION.as_ref().and_then(|pattern| pattern.captures(text))
            && found.name("org").is_some_and(|org| {
                ["市政府", "县政府", "区政府", "省政府"].iter().any(|gov| org.as_str().contains(gov))
            })
        {
            let quote = found.get(0).map_or("", |m| m.as_str());
            out.push(
                Finding::new("R029", format!("“{quote}”说的是别的机关收到的申请"))
                    .found(quote)
                    .expected(format!("向{agency}提出的申请"))
                    .advise("核对是否沿用了其他机关的文字"),
            );
        }
        if let Some(pattern) = SELF_WORD.as_ref() {
            for found in pattern.captures_iter(text) {
                let word = found.name("w").map_or("", |m| m.as_str());
                if subject.agency.government && subject.agency.level != AgencyLevel::Town {
                    continue;
                }
                if !fits(word, subject.agency.word) && !wrong_self.iter().any(|other| other == word) {
                    wrong_self.push(word.to_owned());
                }
            }
        }
    }
    if let Some(word) = wrong_self.first() {
        out.push(
            Finding::new("R030", format!("{agency}自称“我{word}”，与机关性质不符"))
                .found(format!("我{word}"))
                .expected(if subject.agency.word.is_empty() {
                    "与机关名称一致的自称".to_owned()
                } else {
                    format!("我{}", subject.agency.word)
                })
                .advise("核对是否沿用了其他机关的文字，统一自称"),
        );
    }
    if agency.chars().count() < 4 {
        return;
    }
    let named = |pattern: &LazyLock<Option<Regex>>| -> Option<String> {
        let found = pattern.as_ref()?.captures(&subject.preamble)?;
        found.name("org").map(|org| org.as_str().trim_start_matches(['请', '与', '向', '我', '本']).to_owned())
    };
    for org in [named(&CONTACT), named(&ISSUER)].into_iter().flatten() {
        let generic =
            ["政府", "办公室", "本", "我", "电话", "机关", "单位", "以下", "下列", "科", "窗口", "公开办", "领导小组"]
                .iter()
                .any(|word| org.contains(word));
        let same_region =
            org.chars().zip(agency.chars()).take_while(|(a, b)| a == b).count() >= 3 && subject.agency.government;
        if !generic
            && !same_region
            && org.chars().count() >= 4
            && likeness(&org, &agency) < 500
            && !agency.contains(&org)
        {
            out.push(
                Finding::new("R029", format!("引言中的“{org}”不是本报告的机关"))
                    .found(&org)
                    .expected(&agency)
                    .advise("核对是否沿用了其他机关的文字"),
            );
        }
    }
}

fn contact(subject: &Subject<'_>, out: &mut Findings) {
    if subject.report.form == FormKind::Older {
        return;
    }
    let whole: String = subject.texts().map(|(_, text)| text).collect();
    let phone = whole.contains("电话")
        || PHONE.as_ref().is_some_and(|pattern| pattern.is_match(&whole))
        || whole.contains("联系方式");
    let address = whole.contains("地址")
        || whole.contains("邮编")
        || (whole.contains('路') && whole.contains('号') && whole.contains("联系"));
    if !phone || !address {
        let neither = !phone && !address;
        let level = if neither && !subject.preamble.is_empty() { Level::Warning } else { Level::Notice };
        let missing = match (phone, address) {
            (false, false) => "联系地址和电话",
            (false, true) => "联系电话",
            _ => "联系地址",
        };
        out.push(
            Finding::new("R031", format!("没有写明{missing}"))
                .level(level)
                .found(format!("缺{missing}"))
                .expected("联系部门、地址、邮编、电话")
                .advise("在引言中写明联系方式，便于公众查询"),
        );
    }
    let mut wrong: Vec<(String, &str)> = Vec::new();
    if let Some(pattern) = PHONE.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str()).trim_matches(['-', '、', '/', ' ']);
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let several = text.contains('、') || text.contains('/') || text.contains('转');
            if (7..=8).contains(&digits) && !text.starts_with('0') && !text.starts_with("400") && !several {
                wrong.push((text.to_owned(), "没有区号"));
            } else if digits > 12 && !several {
                wrong.push((text.to_owned(), "像是两个号码连写"));
            } else if text.contains("--") {
                wrong.push((text.to_owned(), "连接号重复"));
            }
        }
    }
    if let Some(pattern) = MAIL.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str());
            if !text.contains('@') {
                wrong.push((text.to_owned(), "邮箱没有“@”"));
            }
        }
    }
    if let Some(pattern) = POST.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str());
            if text.len() != 6 {
                wrong.push((text.to_owned(), "邮编应为6位"));
            }
        }
    }
    for (text, why) in wrong {
        out.push(
            Finding::new("R032", format!("“{text}”{why}"))
                .found(&text)
                .expected("区号-号码；邮箱含@；邮编6位")
                .advise("改正联系方式"),
        );
    }
}

fn templates(subject: &Subject<'_>, out: &mut Findings) {
    let all = || std::iter::once((8_u8, subject.title.as_str())).chain(subject.texts());
    for (_, text) in all() {
        if let Some(found) = EMPTY_URL.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R033", format!("网址“{}”不完整或是占位文字", found.as_str()))
                    .found(found.as_str())
                    .expected("可以打开的网址")
                    .advise("填写实际网址"),
            );
            break;
        }
    }
    for (_, text) in all() {
        if let Some(found) = TEMPLATE.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R034", format!("文中有模板残留文字“{}”", found.as_str()))
                    .found(found.as_str())
                    .expected("没有模板文字")
                    .advise("改成实际内容，或删去"),
            );
            break;
        }
    }
}

/// A scope word in the text whose figure is not that of the table.
fn scope(subject: &Subject<'_>, out: &mut Findings) {
    use gongkai_law::{ApplicantColumn, ApplicationRow};
    let table = subject.report.application(ApplicationRow::NewReceived, ApplicantColumn::Total);
    let Some(table) = table else { return };
    for fact in subject.facts_of(FactKind::Received).filter(|fact| fact.scoped && !fact.approximate) {
        if fact.value.is_some_and(|value| value != table) {
            out.push(
                Finding::new("R035", format!("“{}”说的范围与表三可能不同", fact.quote))
                    .found(super::finding::figure(fact.value))
                    .expected(format!("表三收到{}件", table.normalize()))
                    .advise("写明文字和表格各自的统计范围（本机关、机关本级或全区域）"),
            );
            return;
        }
    }
}
