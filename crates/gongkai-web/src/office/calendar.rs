//! The notices of days off: entered by the supervising office, looked at before they are adopted; and the dates that moved by them.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{CalendarView, Fault, MovedDay, PlanPreview, Viewer, now};

use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

/// How many days that moved are shown.
const SHOWN: u64 = 300;

#[derive(Template)]
#[template(path = "office/calendar.html")]
struct CalendarPage {
    frame: Frame,
    view: CalendarView,
    /// What was typed.
    text: String,
    /// What it would change, where that was asked.
    preview: Option<PlanPreview>,
    /// The notice that is looked at to be taken back; empty where one is to be adopted.
    dropping: String,
    names: Vec<String>,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "office/moved.html")]
struct MovedPage {
    frame: Frame,
    rows: Vec<(String, MovedDay)>,
    count: u64,
    /// The cases can be opened.
    opens: bool,
}

async fn render(
    web: &Web,
    viewer: &Viewer,
    (text, dropping): (String, String),
    preview: Option<PlanPreview>,
    problems: Problems,
) -> Result<CalendarPage, Failure> {
    let directory = web.services.directory();
    let names = preview.iter().flat_map(|one| &one.moved).map(|one| directory.name(one.agency).to_owned()).collect();
    Ok(CalendarPage {
        frame: Frame::new(web, viewer, "settings"),
        view: web.services.calendar_view(now(), &viewer.actor).await?,
        text,
        preview,
        dropping,
        names,
        problems,
    })
}

/// The calendar in force, and a place for a new notice.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = render(&web, &viewer, Default::default(), None, Problems::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Looks at a notice, adopts it, or takes one back.
pub(crate) async fn act(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let text = posted.get("plan").replace("\r\n", "\n");
    let (about, version) = (posted.get("about").to_owned(), posted.number("version"));
    let (services, actor) = (&web.services, &viewer.actor);
    let outcome = match posted.get("act") {
        "preview" => services.preview_plan(now(), actor, &text).await.map(Some),
        "look" => services.preview_without(now(), actor, &about).await.map(Some),
        "adopt" => services.adopt_plan(now(), actor, version, &text).await.map(|_moved| None),
        "drop" => services.drop_plan(now(), actor, version, &about).await.map(|_moved| None),
        _ => Err(Fault::NotFound),
    };
    match outcome {
        Ok(None) => Ok(go("/office/calendar", "calendar")),
        Ok(preview) => {
            let page = render(&web, &viewer, (text, about), preview, Problems::default()).await?;
            Ok(Html(page.render()?).into_response())
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let page = render(&web, &viewer, (text, String::new()), None, Problems::of(fault)?).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// The days that moved within a year.
pub(crate) async fn moved(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Result<Response, Failure> {
    let (days, count) = web.services.moved_days(now(), &viewer.actor, SHOWN).await?;
    let directory = web.services.directory();
    let rows = days.into_iter().map(|one| (directory.name(one.agency).to_owned(), one)).collect();
    let frame = Frame::new(&web, &viewer, "applications");
    let opens = frame.handler;
    Ok(Html(MovedPage { frame, rows, count, opens }.render()?).into_response())
}
