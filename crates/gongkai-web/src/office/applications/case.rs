//! The page of a case: what is wanted, what has happened, the clock, what the law allows now.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::clock::{ConsultationKind, Event, State as ClockState};
use gongkai_model::application::{LetterKind, NoteKind, Outcome, PaperPurpose, is_reply};
use gongkai_model::ids::{ApplicationId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_service::platform::{
    ANSWERS, ApplicationView, CONSULTED, Fault, LetterState, LetterView, Viewer, local_date, now, written_date,
    written_moment,
};
use jiff::civil::Date;

use super::application_id;
use crate::failure::Failure;
use crate::office::days::{Month, months};
use crate::office::frame::{Done, Frame, Problems};
use crate::portal::item::download;
use crate::posted::Posted;
use crate::state::Web;

/// A thing on the time line.
pub(crate) struct Moment {
    day: Date,
    title: String,
    words: Vec<String>,
    law: String,
    class: &'static str,
}

/// A consultation as the page shows it.
pub(crate) struct Asking {
    number: u16,
    label: &'static str,
    name: String,
    sent: Option<Date>,
    limit: Option<Date>,
    received: bool,
    open: bool,
    lapsed: bool,
    ended: String,
    answered: String,
    agreed: String,
    silence: &'static str,
    third: bool,
}

/// A group of outcomes: its name, and code and name of each.
type Outcomes = Vec<(&'static str, Vec<(&'static str, &'static str)>)>;

#[derive(Template)]
#[template(path = "office/application.html")]
pub(crate) struct CasePage {
    frame: Frame,
    id: ApplicationId,
    case: ApplicationView,
    today: Date,
    months: Vec<Month>,
    used: usize,
    moments: Vec<Moment>,
    asking: Vec<Asking>,
    problems: Problems,
    posted: Posted,
    handles: bool,
    head: bool,
    elsewhere: [(&'static str, &'static str); 6],
    sections: Vec<(String, String)>,
    people: Vec<(OfficerId, String)>,
    section_name: String,
    handler_name: String,
    outcomes: Outcomes,
    consulted: [(ConsultationKind, &'static str, &'static str); 3],
    answers: Vec<(&'static str, &'static str)>,
    note_kinds: Vec<(&'static str, &'static str)>,
    purposes: Vec<(&'static str, &'static str)>,
    state_class: &'static str,
}

impl CasePage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn written(day: &Date) -> String {
        written_date(*day)
    }

    fn moment(at: &jiff::Timestamp) -> String {
        written_moment(*at)
    }

    fn is_handler(&self, id: &OfficerId) -> bool {
        self.case.record.handler == Some(*id)
    }

    fn letter_class(letter: &LetterView) -> &'static str {
        match letter.record.state {
            LetterState::Draft | LetterState::Void => "",
            LetterState::InReview => "info",
            LetterState::Signed => "soon",
            LetterState::Served => "good",
        }
    }

    /// Working days that are left, where a period runs.
    fn left(&self) -> Option<usize> {
        (!self.case.days.is_empty())
            .then(|| self.case.days.iter().filter(|day| day.counts && day.date > self.today).count())
    }

    fn excluded(&self) -> usize {
        self.case.days.iter().filter(|day| !day.counts && day.why.contains("不计入")).count()
    }

    fn overdue(&self) -> bool {
        self.case.record.standing.concluded.is_none()
            && self.case.record.standing.due.is_some_and(|due| due < self.today)
    }

    fn awaits_applicant(&self) -> bool {
        matches!(self.case.timeline.state, ClockState::AwaitingCorrection { .. } | ClockState::AwaitingFee { .. })
    }

    fn is_head(&self) -> bool {
        self.head
    }

    /// Whether a fee notice went out by post and is not known to have been received.
    fn fee_posted(&self) -> bool {
        self.case.offers.fee.is_some()
            && self
                .case
                .letters
                .iter()
                .any(|one| one.record.kind == LetterKind::L08 && one.record.state == LetterState::Served)
            && !self.case.steps.iter().any(|step| matches!(step.event, Event::FeeNotified { .. }))
    }

    fn corrects(&self) -> bool {
        matches!(self.case.timeline.state, ClockState::AwaitingCorrection { .. })
    }

    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    fn subject_of(&self) -> String {
        self.case.form.wanted_line()
    }
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
fn moments(case: &ApplicationView) -> Vec<Moment> {
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

fn asking(case: &ApplicationView, today: Date) -> Vec<Asking> {
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

/// Steps whose letters may have been made elsewhere.
const ELSEWHERE: [(&str, &str); 6] = [
    ("correction_notified", "补正告知书"),
    ("extended", "延期告知书"),
    ("consultation_opened", "征求意见书（函）"),
    ("fee_notified", "收费通知书（填申请人收到的日期）"),
    ("reason_requested", "说明理由告知书"),
    ("delayed", "延迟答复告知书"),
];

/// The outcomes of a reply in the groups of table 3.
fn outcomes() -> Outcomes {
    use Outcome as O;
    let group = |label: &'static str, found: &dyn Fn(Outcome) -> bool| {
        let list = Outcome::ALL
            .into_iter()
            .filter(|one| one.letter().is_some_and(is_reply) && found(*one))
            .filter(|one| !matches!(one, Outcome::CorrectionAbandoned | Outcome::FeeUnpaid | Outcome::Withdrawn))
            .map(|one| (one.code(), one.label()))
            .collect();
        (label, list)
    };
    vec![
        group("予以公开", &|one| matches!(one, O::GrantedAlreadyPublic | O::GrantedProvided)),
        group("部分公开", &|one| one == O::Partial),
        group("不予公开", &|one| one.withholds() || one == O::StatutoryInquiry),
        group("无法提供", &|one| {
            matches!(one, O::NotExist | O::NotThisOrgan | O::NeedsCreation | O::UnclearAfterCorrection)
        }),
        group("不予处理", &|one| {
            matches!(one, O::Petition | O::Duplicate | O::PublishedWork | O::Excessive | O::ConfirmOrReissue)
        }),
        group("其他处理", &|one| matches!(one, O::NotGovernmentInfo | O::PartyAffairs | O::TransferredToArchives)),
    ]
}

/// The page, with what went wrong and what was typed.
pub(crate) async fn view(
    web: &Web,
    viewer: &Viewer,
    id: ApplicationId,
    (problems, posted): (Problems, Posted),
) -> Result<CasePage, Failure> {
    let case = web.services.application(now(), &viewer.actor, id).await?;
    let today = local_date(now());
    let handles = viewer.actor.may(Act::Handle, case.record.agency);
    let directory = web.services.directory();
    let sections = directory
        .units()
        .filter(|one| one.parent == Some(case.record.agency) && !one.is_closed)
        .filter(|one| one.kind == gongkai_model::org::UnitKind::Section)
        .map(|one| (one.id.to_string(), one.name.clone()))
        .collect();
    let people = if handles { web.services.handlers(&viewer.actor).await? } else { Vec::new() };
    let start = case.timeline.clock_start.unwrap_or(today);
    let handler_name = case.record.handler.and_then(|id| case.names.get(&id).cloned()).unwrap_or_default();
    let overdue = case.record.standing.concluded.is_none() && case.record.standing.due.is_some_and(|due| due < today);
    Ok(CasePage {
        frame: Frame::new(web, viewer, "applications"),
        id,
        months: months(start, &case.days, today),
        used: case.days.iter().filter(|day| day.counts && day.date <= today).count(),
        moments: moments(&case),
        asking: asking(&case, today),
        problems,
        posted,
        handles,
        head: viewer.actor.holds(Role::DisclosureOfficeHead),
        elsewhere: ELSEWHERE,
        sections,
        people,
        section_name: case.record.section.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
        handler_name,
        outcomes: outcomes(),
        consulted: CONSULTED,
        answers: ANSWERS.iter().map(|(_, code, label)| (*code, *label)).collect(),
        note_kinds: NoteKind::OFFICE.iter().map(|one| (one.code(), one.label())).collect(),
        purposes: PaperPurpose::ALL.iter().filter(|one| one.by_hand()).map(|one| (one.code(), one.label())).collect(),
        state_class: if overdue {
            "bad"
        } else if case.record.standing.concluded.is_some() {
            "good"
        } else {
            "info"
        },
        today,
        case,
    })
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let id = application_id(&id)?;
    let mut page = view(&web, &viewer, id, (Problems::default(), Posted::default())).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// A file of a case.
pub(crate) async fn paper(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path((file, _name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let file = file.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let (name, media, bytes) = web.services.paper(now(), &viewer.actor, file).await?;
    Ok(download(&name, &media, bytes, false))
}

/// The case in one file.
pub(crate) async fn archive(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (name, bytes) = Box::pin(web.services.archive_case(now(), &viewer.actor, application_id(&id)?)).await?;
    Ok(download(&name, "application/zip", bytes, false))
}
