//! Working days, deadlines and fees, told as values, JSON and words.

mod calendar;
mod deadline;
mod fee;

pub use self::calendar::{calendar_json, calendar_text, load_calendar};
pub use self::deadline::{Deadline, DeadlineQuestion, deadline};
pub use self::fee::{FeeQuestion, fee_json, fee_text};

use gongkai_calendar::{Calendar, Status};
use jiff::civil::{Date, Weekday};

/// A date as written on the command line.
///
/// # Errors
/// What is wrong with it, in Chinese.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return Err(format!("“{text}”不是日期，请写成2025-09-08的样子"));
    }
    text.parse::<Date>().map_err(|_| format!("没有“{text}”这一天，请核对月份和日期"))
}

/// Whether a year without a notice may still get one: none after it has its own.
fn awaits_notice(calendar: &Calendar, year: i16) -> bool {
    !(year..=2099).any(|later| calendar.status(later) == Ok(Status::Official))
}

/// `2025年10月11日`.
fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}
