//! The official years: their number of working days, and every day against an independent public calendar.

use std::collections::BTreeSet;

use gongkai_calendar::{Calendar, Day, Pauses, Status};
use jiff::civil::{Date, Weekday, date};

/// Days off on weekdays and worked weekend days of 2018–2026 as the package `chinesecalendar` 1.11.0 (MIT) has
/// them: one line a year, `off` or `worked`.
const INDEPENDENT: &str = include_str!("chinesecalendar-1.11.0.txt");

fn independent() -> (BTreeSet<Date>, BTreeSet<Date>) {
    let mut sets = (BTreeSet::new(), BTreeSet::new());
    for line in INDEPENDENT.lines().filter(|line| !line.starts_with('#')) {
        let (kind, days) = line.split_once(' ').unwrap();
        let days = days.split(' ').map(|day| day.parse::<Date>().unwrap());
        match kind {
            "off" => sets.0.extend(days),
            "worked" => sets.1.extend(days),
            other => assert_eq!(other, "off or worked"),
        }
    }
    sets
}

fn worked(day: Date, (off, worked): &(BTreeSet<Date>, BTreeSet<Date>)) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    worked.contains(&day) || !weekend && !off.contains(&day)
}

#[test]
fn every_day_of_2018_to_2026_agrees_with_an_independent_calendar() {
    let (calendar, sets) = (Calendar::official(), independent());
    let days: Vec<Date> =
        date(2018, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| *day <= date(2026, 12, 31)).collect();
    assert_eq!(days.len(), 3287);
    let wrong: Vec<&Date> =
        days.iter().filter(|day| calendar.is_workday(**day).unwrap() != worked(**day, &sets)).collect();
    assert_eq!(wrong, Vec::<&Date>::new());
}

#[test]
fn every_term_of_twenty_working_days_agrees_with_plain_stepping_through_it() {
    let (calendar, sets) = (Calendar::official(), independent());
    let mut compared = 0;
    for start in date(2018, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| *day <= date(2026, 11, 30)) {
        let (mut day, mut left) = (start, 20);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= i32::from(worked(day, &sets));
        }
        assert_eq!(calendar.add_workdays(start, 20, &Pauses::none()).unwrap(), day, "{start}");
        compared += 1;
    }
    assert_eq!(compared, 3256);
}

#[test]
fn the_years_have_as_many_working_days_as_the_notices_give() {
    for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
        assert_eq!(Calendar::official().workdays(year).unwrap().len(), days, "{year}");
        assert_eq!(Calendar::official().status(year), Ok(Status::Official));
        assert!(Calendar::official().sources(year)[0].contains("国办发明电"));
    }
}

#[test]
fn new_years_eve_of_2024_was_worked() {
    assert_eq!(Calendar::official().day(date(2024, 2, 9)), Ok(Day::Workday));
    assert_eq!(Calendar::official().day(date(2025, 1, 28)), Ok(Day::Holiday("春节".to_owned())));
}

#[test]
fn later_notices_of_a_year_win() {
    let calendar = Calendar::official();
    // The first notice had 1 February 2020 worked, the second prolonged the holiday.
    assert!(!calendar.is_workday(date(2020, 2, 1)).unwrap());
    assert_eq!(
        calendar.source_of(date(2020, 2, 1)),
        Some("国务院办公厅关于延长2020年春节假期的通知（国办发明电〔2020〕1号）")
    );
    assert!(calendar.is_workday(date(2019, 5, 5)).unwrap());
    // A notice reaches into the year before.
    assert!(!calendar.is_workday(date(2018, 12, 31)).unwrap());
}
