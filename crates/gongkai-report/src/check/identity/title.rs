//! The title and the years the report names: R020–R022.

use gongkai_law::TITLE_SUFFIX;

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Level;

patterns! {
    YEAR = r"(20\d\d)年";
}

pub(super) fn title(subject: &Subject<'_>, out: &mut Findings) {
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

pub(super) fn years(subject: &Subject<'_>, out: &mut Findings) {
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
