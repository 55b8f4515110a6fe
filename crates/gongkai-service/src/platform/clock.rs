//! The one place that reads the clock, and dates as people write them.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// By how many seconds the clock of a demonstration is moved.
static MOVED: AtomicI64 = AtomicI64::new(0);

/// The present moment. Read once at the beginning of an act and handed on.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    let real = Timestamp::now();
    match MOVED.load(Ordering::Relaxed) {
        0 => real,
        moved => real.checked_add(SignedDuration::from_secs(moved)).unwrap_or(real),
    }
}

/// Lets a demonstration take place on another day, at the present time of day: to show what a term does without waiting for it.
pub fn pretend(day: Date) {
    MOVED.store(0, Ordering::Relaxed);
    let here = local(now());
    let days = here.date().until((jiff::Unit::Day, day)).map_or(0, |span| i64::from(span.get_days()));
    MOVED.store(days * 24 * 3_600, Ordering::Relaxed);
}

/// A moment on the clocks of the country (UTC+8 throughout).
pub(super) fn local(at: Timestamp) -> DateTime {
    Offset::constant(8).to_datetime(at)
}

/// The day of a moment in the country.
pub fn local_date(at: Timestamp) -> Date {
    local(at).date()
}

/// The moment at which a local time of day begins.
pub(super) fn at_local(time: DateTime) -> Option<Timestamp> {
    Offset::constant(8).to_timestamp(time).ok()
}

/// `2026年1月9日`.
pub fn written_date(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// When something became public: `2026-01-09 14:05`; the day alone where nobody knows the time, as of what was brought in by day.
pub fn written_publication(at: Timestamp) -> String {
    let there = local(at);
    if there.time() == jiff::civil::Time::midnight() { there.date().to_string() } else { written_moment(at) }
}

/// `2026-01-09 14:05`.
pub fn written_moment(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_by_its_day_shows_no_time() {
        let at = |hour| at_local(jiff::civil::date(2026, 3, 5).at(hour, 0, 0, 0)).unwrap();
        assert_eq!(written_publication(at(0)), "2026-03-05");
        assert_eq!(written_publication(at(9)), "2026-03-05 09:00");
    }
}
