//! Every step E1–E16: what it changes, and when it is refused with the article.

mod consultation;

use gongkai_calendar::Calendar;
use gongkai_law::Outcome;
use gongkai_law::clock::{
    Answer, Approval, Arrival, Channel, ConsultationId, ConsultationKind, Event, History, Irregularity, Refusal, State,
    Timeline,
};
use jiff::civil::{Date, date};

const START: Date = date(2025, 3, 3);
/// The base due day of an application received on [`START`].
const DUE: Date = date(2025, 3, 31);

fn calendar() -> &'static Calendar {
    Calendar::official()
}

fn try_all(events: &[Event]) -> Result<Timeline, Refusal> {
    let mut history = History::new(Arrival { channel: Channel::InPerson, on: START });
    for event in [Event::Confirmed { on: START }].iter().chain(events) {
        history = history.with(*event, calendar())?;
    }
    Timeline::replay(&history, calendar())
}

fn all(events: &[Event]) -> Timeline {
    try_all(events).unwrap()
}

/// The last of the events is refused, for this article.
fn refused(events: &[Event], article: &str) {
    let (last, before) = events.split_last().unwrap();
    let before = try_all(before).unwrap();
    let error = try_all(events).unwrap_err();
    assert!(error.to_string().contains(article), "{last:?} after {:?}: {error}", before.state);
    assert!(!error.way_out.is_empty() && !error.message.is_empty());
}

fn due(timeline: &Timeline, today: Date) -> Option<Date> {
    timeline.due(today, calendar()).unwrap().map(|due| due.on)
}

const ONE: ConsultationId = ConsultationId(1);

fn asked(kind: ConsultationKind, sent: Date) -> Event {
    Event::ConsultationOpened { id: ONE, kind, sent, limit: None }
}

fn ended(on: Date, answer: Answer) -> Event {
    Event::ConsultationClosed { id: ONE, on, answer }
}

fn extend(days: u32, approval: Approval, notified: Date) -> Event {
    Event::Extended { days, approval, notified }
}

fn replied(outcome: Outcome, served: Date) -> Event {
    Event::Replied { outcome, served }
}

const HEAD: Approval = Approval::DisclosureOfficeHead;
const CORRECTION: Event = Event::CorrectionNotified { sent: date(2025, 3, 6), until: date(2025, 3, 20) };

#[test]
fn article_31_the_day_of_receipt_follows_the_channel() {
    let receipt = |channel, confirmed| Arrival { channel, on: START }.receipt_date(confirmed);
    for channel in Channel::ALL {
        assert_eq!(receipt(channel, START), Ok(START));
        assert!(receipt(channel, date(2025, 3, 2)).is_err(), "before it came in");
        let later = receipt(channel, date(2025, 3, 5));
        assert_eq!(later.is_ok(), channel.needs_confirmation(), "{channel:?}");
        assert_eq!(Channel::parse(channel.code()), Some(channel));
    }
    let error = receipt(Channel::MailSigned, date(2025, 3, 5)).unwrap_err();
    assert!(error.to_string().contains("《政府信息公开条例》第三十一条第二项"), "{error}");
}

#[test]
fn e1_a_late_confirmation_is_recorded() {
    let day = date(2025, 3, 7);
    for (channel, limit) in [(Channel::MailOrdinary, START), (Channel::Online, date(2025, 3, 4))] {
        let history = History::new(Arrival { channel, on: START });
        let history = history.with(Event::Confirmed { on: day }, calendar()).unwrap();
        let timeline = Timeline::replay(&history, calendar()).unwrap();
        assert_eq!(timeline.irregularities, [Irregularity::LateConfirmation { limit }]);
        assert_eq!(timeline.receipt, Some(day));
    }
    refused(&[Event::Confirmed { on: START }], "第三十一条");
}

#[test]
fn e2_article_30_one_notice_within_seven_working_days_voids_the_clock() {
    let timeline = all(&[CORRECTION]);
    assert_eq!(timeline.state, State::AwaitingCorrection { until: date(2025, 3, 20) });
    assert_eq!(due(&timeline, DUE), None);
    let late = all(&[Event::CorrectionNotified { sent: date(2025, 3, 13), until: date(2025, 3, 27) }]);
    assert_eq!(late.irregularities, [Irregularity::LateCorrectionNotice { limit: date(2025, 3, 12) }]);
    assert_eq!(late.original_due, Some(DUE));
    let corrected = Event::Corrected { on: date(2025, 3, 18), justified_delay: false };
    let again = Event::CorrectionNotified { sent: date(2025, 3, 19), until: date(2025, 3, 28) };
    refused(&[CORRECTION, corrected, again], "第三十条");
    refused(&[Event::CorrectionNotified { sent: date(2025, 3, 6), until: date(2025, 3, 6) }], "第三十条");
}

#[test]
fn e3_a_late_correction_needs_a_justified_reason() {
    let late = |justified_delay| Event::Corrected { on: date(2025, 3, 24), justified_delay };
    refused(&[CORRECTION, late(false)], "视为放弃");
    let timeline = all(&[CORRECTION, late(true)]);
    assert_eq!((timeline.state, timeline.extension), (State::Running, None));
    assert_eq!(due(&timeline, START), Some(date(2025, 4, 22)));
    refused(&[late(true)], "第三十条");
}

#[test]
fn e4_a_correction_lapses_only_after_its_last_day() {
    refused(&[CORRECTION, Event::CorrectionLapsed { on: date(2025, 3, 20) }], "尚未届满");
    let day = date(2025, 3, 21);
    let timeline = all(&[CORRECTION, Event::CorrectionLapsed { on: day }]);
    assert_eq!(timeline.state, State::Concluded { outcome: Outcome::CorrectionAbandoned, on: day });
}

#[test]
fn e5_still_unclear_needs_a_correction_before_it() {
    refused(&[replied(Outcome::UnclearAfterCorrection, date(2025, 3, 10))], "第三十条");
    let corrected = Event::Corrected { on: date(2025, 3, 18), justified_delay: false };
    all(&[CORRECTION, corrected, replied(Outcome::UnclearAfterCorrection, date(2025, 3, 25))]);
}

#[test]
fn e9_article_33_one_extension_of_at_most_twenty_days_approved_and_told_in_time() {
    assert_eq!(due(&all(&[extend(20, HEAD, DUE)]), DUE), Some(date(2025, 4, 28)));
    refused(&[extend(21, HEAD, DUE)], "第三十三条第二款");
    refused(&[extend(0, HEAD, DUE)], "第三十三条第二款");
    refused(&[extend(5, Approval::Other, DUE)], "负责人");
    refused(&[extend(5, HEAD, date(2025, 4, 1))], "晚于答复期限2025-03-31");
    refused(&[extend(5, HEAD, DUE), extend(5, HEAD, DUE)], "已经延期5个工作日");
    refused(&[CORRECTION, extend(5, HEAD, date(2025, 3, 10))], "等待补正");
}

#[test]
fn e10_to_e12_the_fee_is_paid_within_twenty_working_days_or_the_application_lapses() {
    let notice = Event::FeeNotified { received: date(2025, 3, 10) };
    let until = date(2025, 4, 8);
    assert_eq!(all(&[notice]).state, State::AwaitingFee { until });
    assert_eq!(due(&all(&[notice, Event::FeePaid { on: until }]), until), Some(date(2025, 5, 8)));
    refused(&[notice, Event::FeePaid { on: date(2025, 4, 9) }], "视为放弃");
    refused(&[notice, Event::FeeLapsed { on: until }], "尚未届满");
    refused(&[Event::FeeNotified { received: date(2025, 4, 1) }], "晚于答复期限");
    refused(&[Event::FeePaid { on: until }], "第六条");
    let lapsed = all(&[notice, Event::FeeLapsed { on: date(2025, 4, 9) }]);
    assert_eq!(lapsed.state, State::Concluded { outcome: Outcome::FeeUnpaid, on: date(2025, 4, 9) });
}

#[test]
fn e13_article_35_a_reason_is_asked_for_before_refusing_or_putting_off() {
    let (asked, came) =
        (Event::ReasonRequested { on: date(2025, 3, 5) }, Event::ReasonReceived { on: date(2025, 3, 12) });
    // The clock goes on.
    assert_eq!(due(&all(&[asked, came]), DUE), Some(DUE));
    refused(&[replied(Outcome::Excessive, date(2025, 3, 10))], "第三十五条");
    all(&[asked, replied(Outcome::Excessive, date(2025, 3, 20))]);
    let delay = |until| Event::Delayed { notified: date(2025, 3, 20), until };
    refused(&[asked, delay(date(2025, 6, 30))], "第三十五条");
    refused(&[asked, came, delay(DUE)], "不晚于");
    let timeline = all(&[asked, came, delay(date(2025, 6, 30))]);
    assert_eq!(due(&timeline, DUE), Some(date(2025, 6, 30)));
    refused(&[came], "第三十五条");
    refused(&[asked, asked], "第三十五条");
}

#[test]
fn e14_an_applicant_may_withdraw_until_it_is_concluded() {
    let on = date(2025, 3, 10);
    for before in [vec![], vec![CORRECTION], vec![asked(ConsultationKind::ThirdParty, date(2025, 3, 5))]] {
        let timeline = all(&[before, vec![Event::Withdrawn { on }]].concat());
        assert_eq!(timeline.state, State::Concluded { outcome: Outcome::Withdrawn, on });
    }
    refused(&[replied(Outcome::NotExist, on), Event::Withdrawn { on }], "已经办结");
}

#[test]
fn e15_a_reply_is_late_only_after_the_due_day() {
    assert_eq!(all(&[replied(Outcome::NotExist, DUE)]).irregularities, []);
    let late = all(&[replied(Outcome::NotExist, date(2025, 4, 1))]);
    assert_eq!(late.irregularities, [Irregularity::LateReply { due: DUE }]);
    refused(
        &[asked(ConsultationKind::ThirdParty, date(2025, 3, 5)), replied(Outcome::Partial, DUE)],
        "第三十三条第三款",
    );
    refused(&[CORRECTION, replied(Outcome::Partial, DUE)], "等待补正");
    refused(&[Event::FeeNotified { received: date(2025, 3, 5) }, replied(Outcome::Partial, DUE)], "等待缴费");
    for outcome in [Outcome::CorrectionAbandoned, Outcome::FeeUnpaid, Outcome::Withdrawn] {
        refused(&[replied(outcome, DUE)], "不是答复");
    }
    refused(&[replied(Outcome::NotExist, DUE), replied(Outcome::NotExist, DUE)], "已经办结");
}

#[test]
fn article_32_refusing_for_a_third_party_without_asking_it_is_recorded() {
    let timeline = all(&[replied(Outcome::ThirdPartyRights, DUE)]);
    assert_eq!(timeline.irregularities, [Irregularity::ThirdPartyNotConsulted]);
    let asked = all(&[
        asked(ConsultationKind::ThirdParty, date(2025, 3, 5)),
        ended(date(2025, 3, 12), Answer::Objected),
        replied(Outcome::ThirdPartyRights, date(2025, 3, 20)),
    ]);
    assert_eq!(asked.irregularities, []);
}

#[test]
fn e16_a_new_reply_is_due_as_the_decision_says() {
    let first = replied(Outcome::NotExist, DUE);
    let ordered = Event::Reopened { on: date(2025, 8, 1), due: date(2025, 8, 30) };
    let timeline = all(&[first, ordered]);
    assert_eq!(due(&timeline, date(2025, 8, 5)), Some(date(2025, 8, 30)));
    let again = all(&[first, ordered, replied(Outcome::GrantedProvided, date(2025, 8, 29))]);
    assert_eq!(again.irregularities, []);
    refused(&[first, Event::Reopened { on: date(2025, 8, 1), due: date(2025, 7, 1) }], "早于收到文书");
}

#[test]
fn disclosure_interpretation_article_2_silence_can_be_ordered_to_end() {
    let (last, due_day) = (Event::Reopened { on: DUE, due: date(2025, 8, 30) }, date(2025, 8, 30));
    refused(&[last], "逾期没有答复");
    let ordered = Event::Reopened { on: date(2025, 8, 1), due: due_day };
    let timeline = all(&[ordered]);
    assert_eq!((due(&timeline, date(2025, 8, 5)), timeline.state), (Some(due_day), State::Reopened { due: due_day }));
    // That the reply was missed stays; the reply in time for the order is not late again.
    let answered = all(&[ordered, replied(Outcome::NotExist, date(2025, 8, 29))]);
    assert_eq!(answered.irregularities, [Irregularity::LateReply { due: DUE }]);
    refused(&[CORRECTION, ordered], "不能登记责令重新答复");
}

#[test]
fn what_was_in_time_when_it_was_noted_stays_so_under_another_calendar() {
    let plan = "地区 示例\n依据 示例通知\n放假 2025-03-10..2025-03-14 示例\n";
    let later = Calendar::with_plans(&[plan]).unwrap();
    let arrival = History::new(Arrival { channel: Channel::InPerson, on: START }).arrival;
    // Silent on the fifteenth working day as it was then; by the later calendar that day comes a week after.
    let silent = Event::ConsultationClosed { id: ConsultationId(1), on: date(2025, 3, 26), answer: Answer::Silent };
    let events = vec![
        Event::Confirmed { on: START },
        asked(ConsultationKind::ThirdParty, date(2025, 3, 4)),
        Event::ConsultationReceived { id: ConsultationId(1), on: date(2025, 3, 5) },
        silent,
    ];
    let timeline = all(&events[1..]);
    let mut strict = History::new(arrival);
    let outcome = events.iter().try_for_each(|event| strict.with(*event, &later).map(|next| strict = next));
    assert!(outcome.is_err(), "noted today it would be refused");
    let noted = History::noted(arrival, events, &later).unwrap();
    let again = Timeline::replay(&noted, &later).unwrap();
    // The 5th to the 26th of March do not count: 4 March is the first day, 27 March the second, 23 April the twentieth. The days off that
    // came after lie within.
    let due =
        |timeline: &Timeline, calendar: &Calendar| timeline.due(date(2025, 3, 27), calendar).unwrap().map(|due| due.on);
    assert_eq!((due(&timeline, calendar()), due(&again, &later)), (Some(date(2025, 4, 23)), Some(date(2025, 4, 23))));
    // A step that is noted today is held to the calendar of today; and order is order under any calendar.
    let early = Event::ConsultationReceived { id: ConsultationId(1), on: date(2025, 3, 5) };
    assert!(noted.with(early, &later).is_err());
    let paid = Event::FeePaid { on: date(2025, 3, 27) };
    assert!(History::noted(arrival, vec![paid], &later).is_err());
}

#[test]
fn service_before_receipt_is_refused() {
    let history = History::new(Arrival { channel: Channel::InPerson, on: START });
    let early = Event::Replied { outcome: Outcome::NotExist, served: date(2025, 2, 28) };
    let error = history.with(early, calendar()).unwrap_err();
    assert!(error.to_string().contains("早于收到申请的日期2025-03-03"), "{error}");
    let far = History::new(Arrival { channel: Channel::InPerson, on: Date::MAX });
    let error = far.with(Event::Confirmed { on: Date::MAX }, calendar()).unwrap();
    let timeline = Timeline::replay(&error, calendar()).unwrap();
    assert!(timeline.due(Date::MAX, calendar()).unwrap_err().to_string().contains("不在日历范围"));
}

#[test]
fn an_event_entered_late_takes_its_place_by_its_day() {
    let mut history = History::new(Arrival { channel: Channel::InPerson, on: START });
    for event in
        [Event::Confirmed { on: START }, Event::Replied { outcome: Outcome::NotExist, served: date(2025, 4, 10) }]
    {
        history = history.with(event, calendar()).unwrap();
    }
    let late = Timeline::replay(&history, calendar()).unwrap();
    assert_eq!(late.irregularities, [Irregularity::LateReply { due: DUE }]);
    // The extension had been told in time and was entered after the reply.
    let history = history.with(extend(20, HEAD, date(2025, 3, 28)), calendar()).unwrap();
    assert_eq!(Timeline::replay(&history, calendar()).unwrap().irregularities, []);
    // An event that would make a later one impossible is refused, and nothing changes.
    assert!(history.with(Event::Withdrawn { on: date(2025, 3, 10) }, calendar()).is_err());
}

#[test]
fn the_explanation_says_why_each_day_counts_or_not() {
    let timeline =
        all(&[asked(ConsultationKind::ThirdParty, date(2025, 3, 10)), ended(date(2025, 3, 12), Answer::Agreed)]);
    let days = timeline.explain(date(2025, 3, 13), calendar()).unwrap();
    assert_eq!(days.last().map(|day| (day.date, day.number)), Some((date(2025, 4, 2), Some(20))));
    let of = |day: Date| days.iter().find(|found| found.date == day).unwrap();
    assert_eq!(of(date(2025, 3, 10)).number, Some(5), "the day of sending counts");
    assert_eq!(
        of(date(2025, 3, 11)).why,
        "工作日；征求第三方意见（2025-03-10发出，2025-03-12结束），不计入期限（条例第三十三条第三款）"
    );
    assert_eq!(of(date(2025, 3, 15)).why, "周末");
}

#[test]
fn a_due_day_in_a_year_not_announced_is_provisional() {
    let mut history = History::new(Arrival { channel: Channel::InPerson, on: date(2026, 12, 14) });
    history = history.with(Event::Confirmed { on: date(2026, 12, 14) }, calendar()).unwrap();
    let timeline = Timeline::replay(&history, calendar()).unwrap();
    let due = timeline.due(date(2026, 12, 14), calendar()).unwrap().unwrap();
    assert!(due.provisional);
    let days = timeline.explain(date(2026, 12, 14), calendar()).unwrap();
    assert!(days.iter().any(|day| day.why.contains("没有该年的放假安排")));
}
