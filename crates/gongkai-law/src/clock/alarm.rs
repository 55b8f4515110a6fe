//! When an officer is reminded: T-10, T-5, T-3, T-1 working days, the day itself, overdue.

use gongkai_calendar::{Calendar, OutOfRange, Pauses};
use jiff::civil::Date;

/// How near a due day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// More than ten working days away.
    Calm,
    /// Within ten working days.
    Ten,
    /// Within five.
    Five,
    /// Within three.
    Three,
    /// On the next working day.
    One,
    /// Today.
    Today,
    /// Past.
    Overdue,
}

impl Alarm {
    /// How near `due` is on `today`.
    ///
    /// # Errors
    /// A date outside the calendar.
    pub fn of(due: Date, today: Date, calendar: &Calendar) -> Result<Self, OutOfRange> {
        if today > due {
            return Ok(Self::Overdue);
        }
        if today == due {
            return Ok(Self::Today);
        }
        Ok(match calendar.count_workdays(today, due, &Pauses::none())? {
            0 | 1 => Self::One,
            2 | 3 => Self::Three,
            4 | 5 => Self::Five,
            6..=10 => Self::Ten,
            _ => Self::Calm,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_ladder_counts_working_days() {
        let due = date(2025, 10, 11);
        let of = |today| Alarm::of(due, today, Calendar::official()).unwrap();
        assert_eq!(of(date(2025, 9, 8)), Alarm::Calm);
        assert_eq!(of(date(2025, 9, 22)), Alarm::Ten);
        // The whole of National Day lies between.
        assert_eq!(of(date(2025, 9, 29)), Alarm::Five);
        assert_eq!(of(date(2025, 9, 30)), Alarm::Three);
        assert_eq!(of(date(2025, 10, 10)), Alarm::One);
        assert_eq!(of(due), Alarm::Today);
        assert_eq!(of(date(2025, 10, 12)), Alarm::Overdue);
    }
}
