//! The statistical period and the day of publication: R023–R026.

use jiff::civil::{Date, date};

use crate::check::finding::{Finding, Findings};
use crate::narrative::{AgencyLevel, Subject};
use crate::report::{FormKind, Level};

patterns! {
    UNDER_DATE = r"(20\d\d)年(\d{1,2})月(\d{1,2})日";
    ENDS_EARLY = r"截(?:至|止到?)(20\d\d)年(\d{1,2})月(\d{1,2})日";
}

pub(super) fn period(subject: &Subject<'_>, out: &mut Findings) {
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

pub(super) fn dates(subject: &Subject<'_>, out: &mut Findings) {
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
    if day <= last {
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
        // Article 49 names departments and governments from the county upwards; townships and streets follow local terms.
        let town = subject.agency.level == AgencyLevel::Town;
        if day > due && town {
            out.push(
                Finding::new("R025", format!("公布日期{}晚于部门的法定期限{}", written(day), written(due)))
                    .level(Level::Notice)
                    .found(written(day))
                    .expected("本地规定的期限")
                    .advise("第四十九条规定的是县级以上人民政府及其部门；乡镇、街道按本地要求的日期，请核对"),
            );
        } else if day > due && !(subject.agency.level == AgencyLevel::Unknown && subject.report.agency.is_none()) {
            out.push(
                Finding::new("R025", format!("公布日期{}晚于法定期限{}", written(day), written(due)))
                    .found(written(day))
                    .expected(format!("{who}应在{}前公布", written(due)))
                    .advise("条例第四十九条规定了公布期限；如果这是网站迁移后的日期，可以不改"),
            );
        }
    }
}
