//! 待办, and what the supervising office sees.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};

use gongkai_model::officer::Role;
use gongkai_model::publication::freshness::site_vetoed;
use gongkai_service::platform::{Desk, Glance, Task, Urgency, Viewer, local_date, now, written_date};

use super::frame::{Done, Frame};
use crate::failure::Failure;
use crate::posted::Posted;
use crate::state::Web;

/// Tasks of one nearness: what it is called, its mark, the tasks.
pub(crate) struct Group<'a> {
    pub(crate) label: &'static str,
    pub(crate) class: &'static str,
    pub(crate) tasks: Vec<&'a Task>,
}

#[derive(Template)]
#[template(path = "office/desk.html")]
struct DeskPage<'a> {
    frame: Frame,
    today: String,
    desk: &'a Desk,
    groups: Vec<Group<'a>>,
    shows_columns: bool,
    /// What the person was told and has not read: the text and where it leads.
    notices: Vec<(String, String)>,
}

/// 待办.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let moment = now();
    let desk = web.services.desk(moment, &viewer.actor).await?;
    let groups = [
        (Urgency::Overdue, "已超期", "bad"),
        (Urgency::Today, "今天必须办", "bad"),
        (Urgency::Soon, "三个工作日内", "soon"),
        (Urgency::Later, "以后", ""),
    ]
    .into_iter()
    .map(|(urgency, label, class)| Group {
        label,
        class,
        tasks: desk.mine.iter().filter(|task| task.urgency == urgency).collect(),
    })
    .filter(|group| !group.tasks.is_empty())
    .collect();
    let view = DeskPage {
        frame: Frame::new(&web, &viewer, "desk").done(&done.done),
        today: written_date(local_date(moment)),
        shows_columns: viewer.actor.holds(Role::Drafter)
            || viewer.actor.holds(Role::SectionHead)
            || viewer.actor.holds(Role::DivisionLeader),
        notices: web
            .services
            .notices_of(&viewer.actor, 20)
            .await?
            .into_iter()
            .filter(|one| one.read_at.is_none())
            .map(|one| (one.text, one.link))
            .collect(),
        groups,
        desk: &desk,
    };
    Ok(Html(view.render()?).into_response())
}

/// Says that the notices were read.
pub(crate) async fn read(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    _posted: Posted,
) -> Result<Response, Failure> {
    web.services.read_notices(now(), &viewer.actor).await?;
    Ok(Redirect::to("/office").into_response())
}

#[derive(Template)]
#[template(path = "office/overview.html")]
struct OverviewPage {
    frame: Frame,
    rows: Vec<(String, String, Glance)>,
    /// The newest day of all agencies, and how many days that is too long ago.
    newest: Option<jiff::civil::Date>,
    silent: Option<i32>,
}

/// All agencies at a glance.
pub(crate) async fn overview(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let moment = now();
    let glances = web.services.overview(moment, &viewer.actor).await?;
    let newest = glances.iter().filter_map(|one| one.latest).max();
    let silent = site_vetoed(newest, local_date(moment));
    let rows = glances
        .into_iter()
        .filter_map(|row| directory.get(row.agency).map(|one| (one.code.clone(), one.name.clone(), row)))
        .collect();
    Ok(Html(OverviewPage { frame: Frame::new(&web, &viewer, "overview"), rows, newest, silent }.render()?)
        .into_response())
}
