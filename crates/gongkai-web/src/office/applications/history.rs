//! What has happened in a case, as its page tells it: steps and notes by day, who was asked.

use gongkai_model::application::clock::{ConsultationKind, Event};
use gongkai_model::ids::OfficerId;
use gongkai_service::platform::{ANSWERS, ApplicationView, CONSULTED, written_date, written_moment};
use jiff::civil::Date;

/// A thing on the time line.
pub(super) struct Moment {
    pub(super) day: Date,
    pub(super) title: String,
    pub(super) words: Vec<String>,
    pub(super) law: String,
    pub(super) class: &'static str,
}

/// A consultation as the page shows it.
pub(super) struct Asking {
    pub(super) number: u16,
    pub(super) label: &'static str,
    pub(super) name: String,
    pub(super) sent: Option<Date>,
    pub(super) limit: Option<Date>,
    pub(super) received: bool,
    pub(super) open: bool,
    pub(super) lapsed: bool,
    pub(super) ended: String,
    pub(super) answered: String,
    pub(super) agreed: String,
    pub(super) silence: &'static str,
    pub(super) third: bool,
}

/// The provision a step rests on.
fn law(event: &Event) -> String {
    match event {
        Event::Confirmed { .. } => "条例第三十一条",
        Event::CorrectionNotified { .. } | Event::Corrected { .. } | Event::CorrectionLapsed { .. } => "条例第三十条",
        Event::ConsultationOpened { kind: ConsultationKind::ThirdParty, .. } => {
            "条例第三十二条；征求意见的时间不计入期限（第三十三条第三款）"
        }
        Event::ConsultationOpened { kind: ConsultationKind::JointMaker, .. } => {
            "条例第三十四条；征求意见的时间不计入期限（第三十三条第三款）"
        }
        Event::ConsultationOpened { .. } | Event::ConsultationReceived { .. } | Event::ConsultationClosed { .. } => {
            "条例第三十三条第三款"
        }
        Event::Extended { .. } => "条例第三十三条第二款",
        Event::FeeNotified { .. } | Event::FeePaid { .. } | Event::FeeLapsed { .. } => "收费办法第六条",
        Event::ReasonRequested { .. } | Event::ReasonReceived { .. } | Event::Delayed { .. } => "条例第三十五条",
        Event::Replied { .. } => "条例第三十六条",
        Event::Registered { .. } => "迁入的台账",
        Event::Reopened { .. } => "复议决定、判决",
        Event::Withdrawn { .. } => "",
    }
    .to_owned()
}

/// What a step says beside its name.
fn told(event: &Event) -> String {
    match event {
        Event::CorrectionNotified { until, .. } => format!("请在{}以前补正", written_date(*until)),
        Event::Extended { days, .. } => format!("延长{days}个工作日"),
        Event::ConsultationOpened { id, kind, limit, .. } => {
            let whom = CONSULTED.iter().find(|(one, ..)| one == kind).map_or("", |(.., label)| label);
            let limit = limit.map(|day| format!("，请在{}以前答复", written_date(day))).unwrap_or_default();
            format!("第{}次，征求{whom}意见{limit}", id.0)
        }
        Event::ConsultationReceived { id, .. } => format!("第{}次", id.0),
        Event::ConsultationClosed { id, answer, .. } => {
            let how = ANSWERS.iter().find(|(one, ..)| one == answer).map_or("", |(.., label)| label);
            format!("第{}次，{how}", id.0)
        }
        Event::Delayed { until, .. } => format!("延迟到{}", written_date(*until)),
        Event::Replied { outcome, .. } | Event::Registered { outcome, .. } => outcome.label().to_owned(),
        Event::Reopened { due, .. } => format!("在{}以前重新答复", written_date(*due)),
        _ => String::new(),
    }
}

/// Steps and notes in the order of their days.
pub(super) fn moments(case: &ApplicationView) -> Vec<Moment> {
    let who = |id: &Option<OfficerId>| match id {
        Some(id) => case.names.get(id).cloned().unwrap_or_default(),
        None => "申请人".to_owned(),
    };
    let mut out = vec![Moment {
        day: case.record.arrival.on,
        title: format!("{}，申请到达", case.record.arrival.channel.label()),
        words: Vec::new(),
        law: case.record.arrival.channel.article().to_string(),
        class: "",
    }];
    for (step, note) in case.steps.iter().zip(&case.step_notes) {
        let mut words: Vec<String> = vec![told(&step.event), note.clone()];
        words.push(format!("{}登记于{}", who(&step.officer), written_moment(step.noted_at)));
        words.retain(|word| !word.is_empty());
        out.push(Moment {
            day: step.event.date(),
            title: step.event.label().to_owned(),
            words,
            law: law(&step.event),
            class: "",
        });
    }
    for note in &case.notes {
        let text = &note.text;
        let mut words: Vec<String> = text.text.lines().map(str::to_owned).collect();
        for (label, value) in
            [("检索范围", &text.systems), ("关键词", &text.keywords), ("时间段", &text.period), ("检索人", &text.by)]
        {
            if !value.is_empty() {
                words.push(format!("{label}：{value}"));
            }
        }
        words.push(format!("{}，{}", who(&note.officer), written_moment(note.at)));
        out.push(Moment {
            day: note.on,
            title: note.kind.label().to_owned(),
            words,
            law: String::new(),
            class: "note",
        });
    }
    out.sort_by_key(|one| one.day);
    out
}

/// Those who were asked, and how far each is.
pub(super) fn asking(case: &ApplicationView, today: Date) -> Vec<Asking> {
    let mut out = Vec::new();
    for party in &case.parties {
        let opened = case.steps.iter().find_map(|step| match step.event {
            Event::ConsultationOpened { id, sent, limit, .. } if id == party.clock_id() => Some((sent, limit)),
            _ => None,
        });
        let received = case
            .steps
            .iter()
            .any(|step| matches!(step.event, Event::ConsultationReceived { id, .. } if id == party.clock_id()));
        let closed = case.steps.iter().find_map(|step| match step.event {
            Event::ConsultationClosed { id, on, answer } if id == party.clock_id() => Some((on, answer)),
            _ => None,
        });
        let live = case.timeline.consultations.iter().find(|one| one.id == party.clock_id());
        let limit = live.and_then(|one| one.limit).or(opened.and_then(|(_, limit)| limit));
        let ended = closed.map(|(on, answer)| {
            let how = ANSWERS.iter().find(|(one, ..)| *one == answer).map_or("", |(.., label)| label);
            format!("{how}（{on}）")
        });
        out.push(Asking {
            number: party.number,
            label: party.label(),
            name: party.party.name.clone(),
            sent: opened.map(|(sent, _)| sent),
            limit,
            received,
            open: live.is_some_and(|one| one.closed.is_none()),
            lapsed: live.is_some_and(|one| one.closed.is_none() && one.limit.is_some_and(|day| day < today)),
            ended: ended.unwrap_or_default(),
            answered: party.party.answered.clone(),
            agreed: party.party.agreed_part.clone(),
            silence: party.silence(),
            third: party.kind == ConsultationKind::ThirdParty,
        });
    }
    out
}
