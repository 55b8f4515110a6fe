//! E6–E8: consultations, what they leave out and how they end.

use super::*;

#[test]
fn e6_article_33_an_open_consultation_shows_the_earliest_day() {
    let timeline = all(&[asked(ConsultationKind::ThirdParty, date(2025, 3, 10))]);
    let due = timeline.due(date(2025, 3, 14), calendar()).unwrap().unwrap();
    assert!(due.projected);
    assert_eq!(due.on, date(2025, 4, 7), "four working days left out so far");
    refused(
        &[
            asked(ConsultationKind::ThirdParty, date(2025, 3, 10)),
            asked(ConsultationKind::OtherOrgan, date(2025, 3, 11)),
        ],
        "已经登记",
    );
}

#[test]
fn e6_a_consultation_after_the_due_day_moves_nothing() {
    let timeline =
        all(&[asked(ConsultationKind::ThirdParty, date(2025, 4, 1)), ended(date(2025, 4, 10), Answer::Agreed)]);
    assert_eq!(due(&timeline, date(2025, 4, 11)), Some(DUE));
    assert_eq!(timeline.irregularities, [Irregularity::LateConsultation { due: DUE }]);
}

#[test]
fn e7_articles_32_and_34_fifteen_working_days_from_receipt() {
    let received = Event::ConsultationReceived { id: ONE, on: date(2025, 3, 11) };
    for kind in [ConsultationKind::ThirdParty, ConsultationKind::JointMaker] {
        let timeline = all(&[asked(kind, date(2025, 3, 10)), received]);
        assert_eq!(timeline.consultations[0].limit, Some(date(2025, 4, 1)));
        refused(&[asked(kind, date(2025, 3, 10)), received, received], "第三十");
    }
    let organ = all(&[asked(ConsultationKind::OtherOrgan, date(2025, 3, 10)), received]);
    assert_eq!(organ.consultations[0].limit, None, "no statutory limit");
    refused(&[received], "没有第1次征求意见");
    let limited = Event::ConsultationOpened {
        id: ONE,
        kind: ConsultationKind::OtherOrgan,
        sent: date(2025, 3, 5),
        limit: Some(date(2025, 3, 10)),
    };
    refused(&[limited, received], "晚于函中的期限2025-03-10");
}

#[test]
fn e8_silence_ends_on_the_last_day_and_late_answers_move_nothing() {
    let open = [
        asked(ConsultationKind::ThirdParty, date(2025, 3, 10)),
        Event::ConsultationReceived { id: ONE, on: date(2025, 3, 11) },
    ];
    let with = |event| [open[0], open[1], event];
    refused(&with(ended(date(2025, 4, 2), Answer::Silent)), "2025-04-01");
    refused(&with(ended(date(2025, 4, 2), Answer::Objected)), "届满后收到");
    refused(&[open[0], ended(date(2025, 4, 1), Answer::Silent)], "何时收到");
    let timeline = all(&with(ended(date(2025, 4, 1), Answer::Silent)));
    assert!(!timeline.is_consulting());
    // Another organ's answer has no limit of the law.
    all(&[asked(ConsultationKind::OtherOrgan, date(2025, 3, 10)), ended(date(2025, 5, 9), Answer::Agreed)]);
}

#[test]
fn e8_a_consultation_nobody_closed_lets_no_late_step_through() {
    // Received 2025-03-11, limit 2025-04-01: sixteen working days left out, due 2025-04-23.
    let open = [
        asked(ConsultationKind::ThirdParty, date(2025, 3, 10)),
        Event::ConsultationReceived { id: ONE, on: date(2025, 3, 11) },
    ];
    let due_day = date(2025, 4, 23);
    let with = |event| [open[0], open[1], event];
    for late in [
        extend(5, HEAD, date(2025, 4, 24)),
        Event::FeeNotified { received: date(2025, 4, 24) },
        Event::ConsultationOpened {
            id: ConsultationId(2),
            kind: ConsultationKind::ThirdParty,
            sent: date(2025, 4, 24),
            limit: None,
        },
    ] {
        match try_all(&with(late)) {
            Err(error) => assert!(error.to_string().contains("晚于答复期限2025-04-23"), "{error}"),
            Ok(timeline) => {
                assert_eq!(timeline.irregularities, [Irregularity::LateConsultation { due: due_day }]);
            }
        }
    }
    // What is let through stays possible when the silence is entered afterwards.
    let timeline = all(&[open[0], open[1], extend(5, HEAD, due_day), ended(date(2025, 4, 1), Answer::Silent)]);
    // 27 April is worked.
    assert_eq!(due(&timeline, date(2025, 5, 20)), Some(date(2025, 4, 29)));
}

#[test]
fn e8_a_consultation_can_end_while_a_fee_a_correction_or_a_delay_is_awaited() {
    let open = [
        asked(ConsultationKind::ThirdParty, date(2025, 3, 10)),
        Event::ConsultationReceived { id: ONE, on: date(2025, 3, 11) },
    ];
    let fee = Event::FeeNotified { received: date(2025, 3, 20) };
    let correction = Event::CorrectionNotified { sent: date(2025, 3, 11), until: date(2025, 3, 28) };
    let corrected = Event::Corrected { on: date(2025, 4, 8), justified_delay: true };
    let reason = [Event::ReasonRequested { on: date(2025, 3, 12) }, Event::ReasonReceived { on: date(2025, 3, 13) }];
    let delay = Event::Delayed { notified: date(2025, 3, 20), until: date(2025, 6, 30) };
    let silent = ended(date(2025, 4, 1), Answer::Silent);
    let answered = ended(date(2025, 3, 25), Answer::Objected);
    let refusal = replied(Outcome::ThirdPartyRights, date(2025, 4, 10));
    for end in [silent, answered] {
        let paid = Event::FeePaid { on: date(2025, 4, 8) };
        // The end is entered after what followed it, or before.
        for steps in [
            [open[0], open[1], fee, end, paid],
            [open[0], open[1], fee, paid, end],
            [open[0], open[1], correction, end, corrected],
            [open[0], open[1], correction, corrected, end],
        ] {
            assert_eq!(due(&all(&steps), date(2025, 4, 9)), Some(date(2025, 5, 8)));
            all(&[&steps[..], &[refusal]].concat());
        }
        all(&[open[0], open[1], reason[0], reason[1], delay, end, refusal]);
    }
    // Receipt of the letter as well.
    all(&[open[0], reason[0], reason[1], delay, Event::ConsultationReceived { id: ONE, on: date(2025, 3, 21) }]);
    refused(
        &[open[0], Event::Withdrawn { on: date(2025, 3, 12) }, ended(date(2025, 3, 13), Answer::Agreed)],
        "已经办结",
    );
}
