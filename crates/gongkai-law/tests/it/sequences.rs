//! Any sequence of events, possible or not: what is let through keeps the invariants of the clock.

use gongkai_calendar::{Calendar, Pauses};
use gongkai_law::Outcome;
use gongkai_law::clock::{
    Answer, Approval, Arrival, Channel, ConsultationId, ConsultationKind, Event, History, REPLY_DAYS, State, Timeline,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn day() -> impl Strategy<Value = Date> {
    (0_i64..150).prop_map(|n| date(2025, 8, 1).checked_add(jiff::Span::new().days(n)).unwrap())
}

fn event() -> impl Strategy<Value = Event> {
    let id = (1_u16..4).prop_map(ConsultationId);
    let kind = prop::sample::select(vec![
        ConsultationKind::ThirdParty,
        ConsultationKind::JointMaker,
        ConsultationKind::OtherOrgan,
    ]);
    let answer = prop::sample::select(vec![Answer::Agreed, Answer::Objected, Answer::Silent, Answer::Cancelled]);
    prop_oneof![
        2 => day().prop_map(|on| Event::Confirmed { on }),
        2 => (day(), day()).prop_map(|(sent, until)| Event::CorrectionNotified { sent, until }),
        2 => (day(), any::<bool>()).prop_map(|(on, justified_delay)| Event::Corrected { on, justified_delay }),
        1 => day().prop_map(|on| Event::CorrectionLapsed { on }),
        4 => (id.clone(), kind, day(), prop::option::of(day()))
            .prop_map(|(id, kind, sent, limit)| Event::ConsultationOpened { id, kind, sent, limit }),
        3 => (id.clone(), day()).prop_map(|(id, on)| Event::ConsultationReceived { id, on }),
        4 => (id, day(), answer).prop_map(|(id, on, answer)| Event::ConsultationClosed { id, on, answer }),
        3 => (0_u32..25, any::<bool>(), day()).prop_map(|(days, head, notified)| Event::Extended {
            days,
            approval: if head { Approval::DisclosureOfficeHead } else { Approval::Other },
            notified,
        }),
        1 => day().prop_map(|received| Event::FeeNotified { received }),
        1 => day().prop_map(|on| Event::FeePaid { on }),
        1 => day().prop_map(|on| Event::FeeLapsed { on }),
        1 => day().prop_map(|on| Event::ReasonRequested { on }),
        1 => day().prop_map(|on| Event::ReasonReceived { on }),
        1 => (day(), day()).prop_map(|(notified, until)| Event::Delayed { notified, until }),
        1 => day().prop_map(|on| Event::Withdrawn { on }),
        2 => (prop::sample::select(Outcome::ALL.to_vec()), day())
            .prop_map(|(outcome, served)| Event::Replied { outcome, served }),
        1 => (day(), day()).prop_map(|(on, due)| Event::Reopened { on, due }),
    ]
}

fn arrival() -> impl Strategy<Value = Arrival> {
    (prop::sample::select(Channel::ALL.to_vec()), day()).prop_map(|(channel, on)| Arrival { channel, on })
}

fn count(history: &History, is: impl Fn(&Event) -> bool) -> usize {
    history.events().iter().filter(|event| is(event)).count()
}

/// A reply, reached from wherever the application stands without the applicant withdrawing it.
fn way_out(history: &History, today: Date) -> Result<History, gongkai_law::clock::Refusal> {
    let calendar = Calendar::official();
    let mut history = history.clone();
    let timeline = Timeline::replay(&history, calendar)?;
    for open in timeline.consultations.iter().filter(|consultation| consultation.closed.is_none()) {
        let (on, answer) = open.limit.map_or((today, Answer::Cancelled), |limit| (limit, Answer::Silent));
        history = history.with(Event::ConsultationClosed { id: open.id, on, answer }, calendar)?;
    }
    let step = match timeline.state {
        State::Arrived => Some(Event::Confirmed { on: history.arrival.on }),
        State::AwaitingCorrection { .. } => Some(Event::Corrected { on: today, justified_delay: true }),
        State::AwaitingFee { until } => Some(Event::FeePaid { on: until }),
        State::Running | State::Delayed { .. } | State::Reopened { .. } | State::Concluded { .. } => None,
    };
    if let Some(step) = step {
        history = history.with(step, calendar)?;
    }
    history.with(Event::Replied { outcome: Outcome::NotExist, served: today }, calendar)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_events_breaks_an_invariant(
        arrival in arrival(),
        confirmed in any::<bool>(),
        events in prop::collection::vec(event(), 1..24),
        today in day(),
    ) {
        let calendar = Calendar::official();
        let mut history = History::new(arrival);
        if confirmed {
            history = history.with(Event::Confirmed { on: arrival.on }, calendar).unwrap();
        }
        for event in events {
            // What is refused changes nothing; what is let through is in its place.
            if let Ok(next) = history.with(event, calendar) {
                prop_assert_eq!(next.events().len(), history.events().len() + 1);
                history = next;
            }
        }
        prop_assert!(history.events().is_sorted_by_key(|event| event.date()));
        let timeline = Timeline::replay(&history, calendar).unwrap();
        let correctionnotified = count(&history, |e| matches!(e, Event::CorrectionNotified { .. }));
        prop_assert!(correctionnotified <= 1);
        let confirmed = count(&history, |e| matches!(e, Event::Confirmed { .. }));
        prop_assert!(confirmed <= 1);
        prop_assert!(timeline.extension.is_none_or(|days| (1..=20).contains(&days)));
        prop_assert!(history.events().iter().all(|event| event.date() >= arrival.on));
        // Each clock has one extension at most: as many as clocks were started.
        let clocks = count(&history, |e| matches!(e, Event::Confirmed { .. } | Event::Corrected { .. } | Event::FeePaid { .. }));
        let extended = count(&history, |e| matches!(e, Event::Extended { .. }));
        prop_assert!(extended <= clocks);

        let due = timeline.due(today, calendar).unwrap();
        if let (State::Running, Some(start), Some(due)) = (timeline.state, timeline.clock_start, due) {
            prop_assert!(calendar.is_workday(due.on).unwrap());
            let days = REPLY_DAYS + timeline.extension.unwrap_or(0);
            let bare = calendar.add_workdays(start, days, &Pauses::none()).unwrap();
            prop_assert!(due.on >= bare, "a consultation never brings the day nearer");
            prop_assert_eq!(calendar.count_workdays(start, due.on, &timeline.pauses(today)).unwrap(), days);
            // The union is never more than the sum.
            let left_out = calendar.count_workdays(start, due.on, &Pauses::none()).unwrap() - days;
            let sum: u32 = timeline
                .consultations
                .iter()
                .map(|c| calendar.count_workdays(c.sent, c.end(today), &Pauses::none()).unwrap())
                .sum();
            prop_assert!(left_out <= sum);
            let listed = timeline.explain(today, calendar).unwrap();
            prop_assert_eq!(listed.iter().filter(|day| day.counts).count(), usize::try_from(days).unwrap());
        } else {
            prop_assert_eq!(due.is_some(), matches!(timeline.state, State::Delayed { .. } | State::Reopened { .. }));
        }
        // No application is stuck: whatever was let through, a reply can still be reached.
        if !matches!(timeline.state, State::Concluded { .. }) {
            let replied = way_out(&history, date(2026, 6, 1));
            prop_assert!(replied.is_ok(), "{:?} after {:?}: {:?}", replied, timeline.state, history.events());
        }
        if let State::Concluded { outcome, .. } = timeline.state {
            let replied = count(&history, |e| matches!(e, Event::Replied { .. })) > 0;
            prop_assert!(replied || matches!(outcome, Outcome::CorrectionAbandoned | Outcome::FeeUnpaid | Outcome::Withdrawn));
        }
    }
}
