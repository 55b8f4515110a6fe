//! Days and moments at the edge of a row.

use chrono::{Datelike, NaiveDate};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Error;

/// A moment as a number of microseconds.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The moment of a number of microseconds.
pub(crate) fn moment(micros: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(micros).map_err(|error| Error::Broken(error.to_string()))
}

pub(crate) fn maybe_moment(micros: Option<i64>) -> Result<Option<Timestamp>, Error> {
    micros.map(moment).transpose()
}

/// A day for a row.
pub(crate) fn row_day(day: Date) -> Result<NaiveDate, Error> {
    let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    NaiveDate::from_ymd_opt(i32::from(day.year()), u32::from(month), u32::from(of_month))
        .ok_or_else(|| Error::Broken(day.to_string()))
}

pub(crate) fn maybe_row_day(day: Option<Date>) -> Result<Option<NaiveDate>, Error> {
    day.map(row_day).transpose()
}

/// The day of a row.
pub(crate) fn day(row: NaiveDate) -> Result<Date, Error> {
    let fault = || Error::Broken(row.to_string());
    let year = i16::try_from(row.year()).map_err(|_wide| fault())?;
    let month = i8::try_from(row.month()).map_err(|_wide| fault())?;
    let of_month = i8::try_from(row.day()).map_err(|_wide| fault())?;
    Date::new(year, month, of_month).map_err(|_not_a_day| fault())
}

pub(crate) fn maybe_day(row: Option<NaiveDate>) -> Result<Option<Date>, Error> {
    row.map(day).transpose()
}
