//! A period as a calendar: each day why it counts or does not.

use std::collections::BTreeMap;

use gongkai_model::application::clock::ExplainedDay;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The day of the month; 0 for the place before the first.
    pub(crate) number: i8,
    /// How it is marked.
    pub(crate) class: &'static str,
    /// What stands below: which working day it is, or what it is.
    pub(crate) below: String,
    /// Why.
    pub(crate) why: String,
}

/// A month of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    /// Its name.
    pub(crate) name: String,
    /// Its weeks, from Monday.
    pub(crate) weeks: Vec<Vec<Cell>>,
}

fn blank() -> Cell {
    Cell { number: 0, class: "", below: String::new(), why: String::new() }
}

fn cell(day: Date, start: Date, due: Option<Date>, today: Date, explained: &BTreeMap<Date, &ExplainedDay>) -> Cell {
    let plain = |class: &'static str, below: &str, why: &str| Cell {
        number: day.day(),
        class,
        below: below.to_owned(),
        why: why.to_owned(),
    };
    if day == start {
        return plain("start", "起", "收到之日，第0天：次日起算");
    }
    let Some(one) = explained.get(&day) else { return plain("off", "", "") };
    let below = one.number.map(|number| number.to_string()).unwrap_or_default();
    let class = if Some(day) == due {
        "due"
    } else if day == today {
        "now"
    } else if one.counts {
        "in"
    } else if one.why.contains("不计入") {
        "ex"
    } else {
        "rest"
    };
    Cell { number: day.day(), class, below, why: one.why.clone() }
}

/// The months from the start of a period to its last day; none where no period runs.
pub(crate) fn months(start: Date, days: &[ExplainedDay], today: Date) -> Vec<Month> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let start = first.date.yesterday().unwrap_or(start);
    let explained: BTreeMap<Date, &ExplainedDay> = days.iter().map(|day| (day.date, day)).collect();
    let mut out = Vec::new();
    let mut month = start.first_of_month();
    while month <= last.date && out.len() < 24 {
        let mut weeks: Vec<Vec<Cell>> = Vec::new();
        let mut week: Vec<Cell> = Vec::new();
        for _ in 0..month.weekday().to_monday_zero_offset() {
            week.push(blank());
        }
        let mut day = month;
        while day.month() == month.month() {
            week.push(cell(day, start, Some(last.date), today, &explained));
            if day.weekday() == Weekday::Sunday {
                weeks.push(std::mem::take(&mut week));
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        if !week.is_empty() {
            week.resize(7, blank());
            weeks.push(week);
        }
        // Weeks of which no day says anything are left out.
        weeks.retain(|week| week.iter().any(|cell| !matches!(cell.class, "" | "off")));
        out.push(Month { name: format!("{}年{}月", month.year(), month.month()), weeks });
        let Ok(next) = month.checked_add(1.month()) else { break };
        month = next;
    }
    out
}
