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
use super::history::{Asking, Moment, asking, moments};
use crate::failure::Failure;
use crate::office::days::{Month, months};
use crate::office::frame::{Done, Frame, Problems};
use crate::portal::item::download;
use crate::posted::Posted;
use crate::state::Web;

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
    grounds: Vec<(&'static str, &'static str)>,
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

    /// What was typed in a row of a field that stands several times.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn typed_at(&self, name: &str, row: &usize) -> &str {
        self.posted.all(name).get(*row).map_or("", String::as_str)
    }

    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    fn subject_of(&self) -> String {
        self.case.form.wanted_line()
    }
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
        grounds: Outcome::ALL.into_iter().filter(|one| one.withholds()).map(|one| (one.code(), one.label())).collect(),
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
