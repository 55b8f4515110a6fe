//! Counting: the examples of the law, and properties over any date, term and pauses.

use gongkai_calendar::{Calendar, OutOfRange, Pauses};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn due(start: Date, days: u32) -> Date {
    Calendar::official().add_workdays(start, days, &Pauses::none()).unwrap()
}

#[test]
fn the_day_a_term_begins_does_not_count() {
    assert_eq!(due(date(2025, 3, 3), 1), date(2025, 3, 4));
    assert_eq!(due(date(2025, 3, 3), 20), date(2025, 3, 31));
    assert_eq!(due(date(2025, 9, 8), 20), date(2025, 10, 11));
    assert_eq!(due(date(2024, 1, 25), 20), date(2024, 2, 27));
}

#[test]
fn pauses_are_joined_not_added() {
    let pauses = Pauses::union([
        (date(2025, 5, 26), date(2025, 6, 9)),
        (date(2025, 5, 28), date(2025, 6, 13)),
        (date(2025, 6, 17), date(2025, 6, 20)),
    ])
    .unwrap();
    assert_eq!(pauses.iter().count(), 2);
    let calendar = Calendar::official();
    assert_eq!(calendar.add_workdays(date(2025, 5, 20), 20, &pauses).unwrap(), date(2025, 7, 10));
}

#[test]
fn natural_terms_roll_to_the_next_working_day() {
    let calendar = Calendar::official();
    assert_eq!(calendar.roll_forward(date(2026, 1, 31)).unwrap(), date(2026, 2, 2));
    assert_eq!(calendar.roll_forward(date(2025, 10, 11)).unwrap(), date(2025, 10, 11), "a Saturday that is worked");
}

#[test]
fn years_without_a_notice_are_provisional() {
    let calendar = Calendar::official();
    assert!(!calendar.is_provisional(date(2026, 11, 1), date(2026, 12, 31)));
    assert!(calendar.is_provisional(date(2026, 12, 14), date(2027, 1, 11)));
    // 1 January 2027 is a Friday and statutory.
    assert!(!calendar.is_workday(date(2027, 1, 1)).unwrap());
}

#[test]
fn dates_far_away_are_refused_and_never_panic() {
    let calendar = Calendar::official();
    for day in [Date::MIN, Date::MAX, date(2007, 12, 31), date(2100, 1, 1)] {
        assert_eq!(calendar.is_workday(day), Err(OutOfRange::Date(day)));
        assert!(calendar.add_workdays(day, 20, &Pauses::none()).is_err());
        assert!(calendar.count_workdays(day, date(2025, 1, 1), &Pauses::none()).is_err());
        assert!(calendar.explain(date(2025, 1, 1), day, &Pauses::none()).is_err());
    }
    assert!(calendar.add_workdays(date(2099, 12, 30), 20, &Pauses::none()).is_err());
    assert!(calendar.add_workdays(date(2025, 1, 1), u32::MAX, &Pauses::none()).is_err());
    assert!(calendar.workdays_before(date(2008, 1, 2), 5).is_err());
    assert!(Pauses::union([(date(2025, 2, 1), date(2025, 1, 1))]).is_err());
}

fn day() -> impl Strategy<Value = Date> {
    (0_i64..4000).prop_map(|n| date(2018, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap())
}

fn pauses() -> impl Strategy<Value = Vec<(Date, Date)>> {
    prop::collection::vec((day(), 0_i64..40), 0..5).prop_map(|list| {
        list.into_iter().map(|(from, n)| (from, from.checked_add(jiff::Span::new().days(n)).unwrap())).collect()
    })
}

/// The definition: step day by day.
fn stepped(start: Date, mut left: u32, periods: &[(Date, Date)]) -> Date {
    let mut day = start;
    while left > 0 {
        day = day.tomorrow().unwrap();
        let out = periods.iter().any(|(after, until)| *after < day && day <= *until);
        left -= u32::from(Calendar::official().is_workday(day).unwrap() && !out);
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_term_is_what_stepping_through_it_gives(start in day(), days in 0_u32..70, periods in pauses()) {
        let pauses = Pauses::union(periods.clone()).unwrap();
        let due = Calendar::official().add_workdays(start, days, &pauses).unwrap();
        prop_assert_eq!(due, stepped(start, days, &periods));
        prop_assert_eq!(Calendar::official().count_workdays(start, due, &pauses).unwrap(), days);
    }

    #[test]
    fn a_due_day_is_never_a_rest_day_nor_left_out(start in day(), days in 1_u32..70, periods in pauses()) {
        let pauses = Pauses::union(periods).unwrap();
        let due = Calendar::official().add_workdays(start, days, &pauses).unwrap();
        prop_assert!(Calendar::official().is_workday(due).unwrap());
        prop_assert!(!pauses.holds(due));
    }

    #[test]
    fn counting_forward_and_back_meet(start in day(), days in 0_u32..400) {
        let calendar = Calendar::official();
        let start = calendar.roll_forward(start).unwrap();
        let due = calendar.add_workdays(start, days, &Pauses::none()).unwrap();
        prop_assert_eq!(calendar.workdays_before(due, days).unwrap(), start);
    }

    #[test]
    fn a_pause_never_brings_a_term_nearer(start in day(), days in 1_u32..70, periods in pauses(), more in (day(), 0_i64..40)) {
        let calendar = Calendar::official();
        let before = calendar.add_workdays(start, days, &Pauses::union(periods.clone()).unwrap()).unwrap();
        let more = (more.0, more.0.checked_add(jiff::Span::new().days(more.1)).unwrap());
        let after = calendar.add_workdays(start, days, &Pauses::union(periods.into_iter().chain([more])).unwrap()).unwrap();
        prop_assert!(after >= before);
    }

    #[test]
    fn the_explanation_counts_what_the_term_counts(start in day(), days in 0_u32..40, periods in pauses()) {
        let pauses = Pauses::union(periods).unwrap();
        let due = Calendar::official().add_workdays(start, days, &pauses).unwrap();
        let listed = Calendar::official().explain(start, due, &pauses).unwrap();
        prop_assert_eq!(listed.iter().filter(|day| day.counts).count(), usize::try_from(days).unwrap());
    }
}
