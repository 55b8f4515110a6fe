//! The worked examples X1–X15 of the reply period.

use gongkai_calendar::Calendar;
use gongkai_law::Term;
use gongkai_law::clock::{
    Answer, Approval, Arrival, Channel, ConsultationId, ConsultationKind, Event, History, Timeline,
};
use jiff::civil::{Date, date};

fn calendar() -> &'static Calendar {
    Calendar::official()
}

/// An application in person with further events.
fn received(on: Date, events: &[Event]) -> Timeline {
    through(Channel::InPerson, on, on, events)
}

fn through(channel: Channel, arrived: Date, confirmed: Date, events: &[Event]) -> Timeline {
    let mut history = History::new(Arrival { channel, on: arrived });
    for event in [Event::Confirmed { on: confirmed }].iter().chain(events) {
        history = history.with(*event, calendar()).unwrap();
    }
    Timeline::replay(&history, calendar()).unwrap()
}

fn due(timeline: &Timeline) -> Date {
    timeline.due(date(2025, 1, 1), calendar()).unwrap().unwrap().on
}

fn extended(days: u32, notified: Date) -> Event {
    Event::Extended { days, approval: Approval::DisclosureOfficeHead, notified }
}

fn opened(id: u16, kind: ConsultationKind, sent: Date) -> Event {
    Event::ConsultationOpened { id: ConsultationId(id), kind, sent, limit: None }
}

fn closed(id: u16, on: Date, answer: Answer) -> Event {
    Event::ConsultationClosed { id: ConsultationId(id), on, answer }
}

#[test]
fn x1_no_holiday_inside() {
    let start = date(2025, 3, 3);
    assert_eq!(Term::CorrectionNotice.due(start, calendar()), Ok(date(2025, 3, 12)));
    assert_eq!(due(&received(start, &[])), date(2025, 3, 31));
}

#[test]
fn x2_signed_mail_over_the_spring_festival_of_2024() {
    let start = date(2024, 1, 25);
    assert_eq!(Term::CorrectionNotice.due(start, calendar()), Ok(date(2024, 2, 4)));
    assert_eq!(due(&through(Channel::MailSigned, start, start, &[])), date(2024, 2, 27));
}

#[test]
fn x3_online_over_national_day_with_the_full_extension() {
    let start = date(2024, 9, 26);
    assert_eq!(due(&through(Channel::Online, start, start, &[])), date(2024, 10, 29));
    let extension = extended(20, date(2024, 10, 20));
    assert_eq!(due(&through(Channel::Online, start, start, &[extension])), date(2024, 11, 26));
}

#[test]
fn x4_filed_on_a_saturday_confirmed_that_day_or_on_the_worked_sunday() {
    let filed = date(2025, 1, 25);
    assert_eq!(due(&through(Channel::Online, filed, filed, &[])), date(2025, 2, 27));
    assert_eq!(due(&through(Channel::Online, filed, date(2025, 1, 26), &[])), date(2025, 2, 28));
}

#[test]
fn x5_a_correction_starts_the_full_period_anew() {
    let start = date(2025, 4, 21);
    assert_eq!(Term::CorrectionNotice.due(start, calendar()), Ok(date(2025, 4, 29)));
    let until = calendar().add_workdays(date(2025, 4, 25), 10, &gongkai_calendar::Pauses::none()).unwrap();
    assert_eq!(until, date(2025, 5, 13));
    let timeline = received(
        start,
        &[
            Event::CorrectionNotified { sent: date(2025, 4, 25), until },
            Event::Corrected { on: date(2025, 5, 12), justified_delay: false },
        ],
    );
    assert_eq!(due(&timeline), date(2025, 6, 10));
    assert_eq!(timeline.original_due, Some(date(2025, 5, 21)));
    assert_eq!(timeline.irregularities, []);
}

fn x6(end: Event) -> Date {
    due(&received(
        date(2026, 2, 2),
        &[
            opened(1, ConsultationKind::ThirdParty, date(2026, 2, 9)),
            Event::ConsultationReceived { id: ConsultationId(1), on: date(2026, 2, 11) },
            end,
        ],
    ))
}

#[test]
fn x6_the_days_of_a_third_partys_answer_do_not_count() {
    assert_eq!(due(&received(date(2026, 2, 2), &[])), date(2026, 3, 6));
    assert_eq!(Term::ThirdPartyAnswer.due(date(2026, 2, 11), calendar()), Ok(date(2026, 3, 10)));
    assert_eq!(x6(closed(1, date(2026, 3, 5), Answer::Objected)), date(2026, 3, 26));
}

#[test]
fn x6b_a_silent_third_party_ends_it_on_the_last_day() {
    assert_eq!(x6(closed(1, date(2026, 3, 10), Answer::Silent)), date(2026, 3, 31));
}

#[test]
fn x6b_waiting_longer_than_the_limit_moves_nothing() {
    let open = received(
        date(2026, 2, 2),
        &[
            opened(1, ConsultationKind::ThirdParty, date(2026, 2, 9)),
            Event::ConsultationReceived { id: ConsultationId(1), on: date(2026, 2, 11) },
        ],
    );
    // Nobody has registered the silence; the due day is the one of X6b all the same.
    let seen = |today| open.due(today, calendar()).unwrap().unwrap();
    for (today, projected) in [(date(2026, 3, 9), true), (date(2026, 3, 10), false), (date(2026, 4, 10), false)] {
        assert_eq!(seen(today).projected, projected, "{today}");
    }
    assert_eq!([date(2026, 3, 10), date(2026, 4, 10)].map(|today| seen(today).on), [date(2026, 3, 31); 2]);
    let days = open.explain(date(2026, 4, 10), calendar()).unwrap();
    assert_eq!(days.last().map(|day| (day.date, day.number)), Some((date(2026, 3, 31), Some(20))));
    assert!(days.iter().any(|day| day.why.contains("2026-03-10期满，尚未登记结束")));
}

#[test]
fn x7_due_on_a_saturday_that_is_worked_and_extended() {
    let start = date(2025, 9, 8);
    assert_eq!(due(&received(start, &[])), date(2025, 10, 11));
    assert_eq!(due(&received(start, &[extended(10, date(2025, 10, 11))])), date(2025, 10, 24));
    assert_eq!(due(&received(start, &[extended(20, date(2025, 10, 11))])), date(2025, 11, 7));
}

#[test]
fn x8_a_fee_notice_stops_the_clock_and_payment_starts_it_anew() {
    let notice = Event::FeeNotified { received: date(2025, 9, 22) };
    assert_eq!(Term::FeePayment.due(date(2025, 9, 22), calendar()), Ok(date(2025, 10, 24)));
    let timeline = received(date(2025, 9, 8), &[notice, Event::FeePaid { on: date(2025, 10, 14) }]);
    assert_eq!(due(&timeline), date(2025, 11, 11));
}

#[test]
fn x9_overlapping_consultations_are_joined_not_added() {
    let timeline = received(
        date(2025, 5, 20),
        &[
            opened(1, ConsultationKind::ThirdParty, date(2025, 5, 26)),
            opened(2, ConsultationKind::ThirdParty, date(2025, 5, 28)),
            closed(1, date(2025, 6, 9), Answer::Agreed),
            closed(2, date(2025, 6, 13), Answer::Objected),
            opened(3, ConsultationKind::OtherOrgan, date(2025, 6, 17)),
            closed(3, date(2025, 6, 20), Answer::Agreed),
        ],
    );
    assert_eq!(due(&timeline), date(2025, 7, 10));
    assert_eq!(timeline.pauses(date(2025, 7, 1)).iter().count(), 2);
}

#[test]
fn x11_unanswered_at_the_end_of_the_year() {
    assert_eq!(due(&received(date(2025, 12, 15), &[])), date(2026, 1, 13));
}

#[test]
fn x15_ordinary_mail_confirmed_the_same_day() {
    let day = date(2026, 6, 18);
    let timeline = through(Channel::MailOrdinary, day, day, &[]);
    assert_eq!(due(&timeline), date(2026, 7, 17));
    assert_eq!(timeline.irregularities, []);
}
