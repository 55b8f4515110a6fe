//! The statutory days of 《全国年节及纪念日放假办法》 第二条, for years without a notice.

use icu_calendar::Date as LunarDate;
use icu_calendar::types::Month;
use jiff::civil::{Date, date};

/// The day of 清明 in the years 2000–2099: 4 or 5 April, by the mean length of the year.
fn pure_brightness(year: i16) -> Option<Date> {
    let of_century = i32::from(year) - 2000;
    let day = (of_century * 2422 + 48_100) / 10_000 - of_century / 4;
    Date::new(year, 4, i8::try_from(day).ok()?).ok()
}

/// A day of the traditional calendar in the civil one.
fn lunar(year: i16, month: u8, day: u8) -> Option<Date> {
    let found = LunarDate::try_new_chinese_traditional(i32::from(year), Month::new(month), day).ok()?;
    let iso = found.to_calendar(icu_calendar::Iso);
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    let month = i8::try_from(iso.month().ordinal).ok()?;
    Date::new(year, month, i8::try_from(iso.day_of_month().0).ok()?).ok()
}

/// The statutory days of a year with their names, in order: 11 days before 2025 (with New Year's Eve of the
/// traditional calendar from 2008 to 2013), 13 days from 2025 on.
pub(crate) fn statutory_days(year: i16) -> Vec<(Date, &'static str)> {
    let mut days: Vec<(Date, &'static str)> = vec![(date(year, 1, 1), "元旦"), (date(year, 5, 1), "劳动节")];
    if let Some(first) = lunar(year, 1, 1) {
        let (from, to) = match year {
            ..=2013 => (-1, 1),
            2014..=2024 => (0, 2),
            _ => (-1, 2),
        };
        days.extend((from..=to).filter_map(|n| Some((first.checked_add(jiff::Span::new().days(n)).ok()?, "春节"))));
    }
    days.extend(pure_brightness(year).map(|day| (day, "清明节")));
    if year >= 2025 {
        days.push((date(year, 5, 2), "劳动节"));
    }
    days.extend(lunar(year, 5, 5).map(|day| (day, "端午节")));
    days.extend(lunar(year, 8, 15).map(|day| (day, "中秋节")));
    days.extend((1..=3).map(|day| (date(year, 10, day), "国庆节")));
    days.sort_unstable();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of the notices, which name the festival's own day.
    #[test]
    fn festivals_fall_where_the_notices_have_them() {
        for (year, spring, brightness, dragon, moon) in [
            (2018, (2, 16), 5, (6, 18), (9, 24)),
            (2020, (1, 25), 4, (6, 25), (10, 1)),
            (2022, (2, 1), 5, (6, 3), (9, 10)),
            (2023, (1, 22), 5, (6, 22), (9, 29)),
            (2024, (2, 10), 4, (6, 10), (9, 17)),
            (2025, (1, 29), 4, (5, 31), (10, 6)),
            (2026, (2, 17), 5, (6, 19), (9, 25)),
            (2027, (2, 6), 5, (6, 9), (9, 15)),
            (2028, (1, 26), 4, (5, 28), (10, 3)),
        ] {
            assert_eq!(lunar(year, 1, 1), Some(date(year, spring.0, spring.1)), "{year}");
            assert_eq!(pure_brightness(year), Some(date(year, 4, brightness)), "{year}");
            assert_eq!(lunar(year, 5, 5), Some(date(year, dragon.0, dragon.1)), "{year}");
            assert_eq!(lunar(year, 8, 15), Some(date(year, moon.0, moon.1)), "{year}");
        }
    }

    #[test]
    fn article_2_of_the_holiday_rules_gives_thirteen_days_from_2025() {
        assert_eq!(statutory_days(2027).len(), 13);
        assert!(statutory_days(2027).contains(&(date(2027, 2, 5), "春节")), "New Year's Eve");
        assert_eq!(statutory_days(2017).len(), 11);
    }

    #[test]
    fn every_year_of_the_calendar_has_all_its_days() {
        for year in crate::calendar::YEARS {
            let days = statutory_days(year);
            assert_eq!(days.len(), if year >= 2025 { 13 } else { 11 }, "{year}");
            assert!(days.iter().all(|(day, _)| day.year() == year), "{year}");
        }
    }
}
