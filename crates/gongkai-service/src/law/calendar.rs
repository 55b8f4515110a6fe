//! The working days of a year, and calendars with plans of one's own.

use gongkai_calendar::{Calendar, Status};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{awaits_notice, weekday};

/// The official calendar, or one with further plans: name and text of each file.
///
/// # Errors
/// Which file is wrong, in which line, and why.
pub fn load_calendar(plans: &[(String, String)]) -> Result<Calendar, String> {
    let texts: Vec<&str> = plans.iter().map(|(_, text)| text.as_str()).collect();
    Calendar::with_plans(&texts).map_err(|(index, error)| {
        let name = plans.get(index).map_or("", |(name, _)| name.as_str());
        format!("{name}：{error}")
    })
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Official => "official",
        Status::Provisional => "provisional",
    }
}

/// `{ "year", "status", "sources", "workdays" }`.
///
/// # Errors
/// A year outside the calendar.
pub fn calendar_json(calendar: &Calendar, year: i16) -> Result<Value, String> {
    let days = calendar.workdays(year).map_err(|error| error.to_string())?;
    let status = status(calendar.status(year).map_err(|error| error.to_string())?);
    let days: Vec<String> = days.iter().map(Date::to_string).collect();
    Ok(json!({ "year": year, "status": status, "sources": calendar.sources(year), "workdays": days }))
}

/// The year in words: how many working days, which weekdays are off and which weekend days are worked.
///
/// # Errors
/// A year outside the calendar.
pub fn calendar_text(calendar: &Calendar, year: i16) -> Result<String, String> {
    let days = calendar.workdays(year).map_err(|error| error.to_string())?;
    let mut out = vec![format!("{year}年共{}个工作日", days.len())];
    match calendar.status(year).map_err(|error| error.to_string())? {
        Status::Official => out.extend(calendar.sources(year).iter().map(|source| format!("依据：{source}"))),
        Status::Provisional if !awaits_notice(calendar, year) => {
            out.push("没有收录这一年的放假安排：按法定节假日和周末计算，与当年实际的安排可能不同".to_owned());
        }
        Status::Provisional => {
            out.push("没有这一年的放假安排：暂按法定节假日和周末计算，安排公布后日期可能改变".to_owned());
        }
    }
    let first = jiff::civil::date(year, 1, 1);
    let mut list = |worked: bool, title: &str| -> Result<(), String> {
        let mut lines = Vec::new();
        for day in first.series(jiff::Span::new().days(1)).take_while(|day| day.year() == year) {
            let weekend = matches!(weekday(day), "周六" | "周日");
            let kind = calendar.day(day).map_err(|error| error.to_string())?;
            if kind.is_worked() == worked && weekend == worked {
                lines.push(format!("  {day} {} {}", weekday(day), kind.reason()));
            }
        }
        if !lines.is_empty() {
            out.push(title.to_owned());
            out.append(&mut lines);
        }
        Ok(())
    };
    list(false, "周一至周五放假：")?;
    list(true, "周末调休上班：")?;
    Ok(out.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_year_without_a_notice_waits_for_none() {
        let calendar = Calendar::official();
        let past = calendar_text(calendar, 2017).unwrap();
        assert!(past.contains("没有收录这一年的放假安排") && !past.contains("公布后"), "{past}");
        assert!(calendar_text(calendar, 2031).unwrap().contains("安排公布后日期可能改变"));
        // The state of the year itself stays provisional.
        assert_eq!(calendar_json(calendar, 2017).unwrap()["status"], "provisional");
    }
}
