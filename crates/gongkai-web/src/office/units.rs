//! The organisation tree.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::ids::AgencyId;
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Agency, Fault, Viewer, local_date, now};

use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) agency: Agency,
    pub(crate) kind: &'static str,
    pub(crate) parent: String,
    pub(crate) earlier: Vec<String>,
    pub(crate) closed: String,
    /// A name whose day is still to come, with the day.
    pub(crate) coming: Option<String>,
    /// Whether the person may close and open it.
    pub(crate) may_close: bool,
    /// Who may take over: identity and name.
    pub(crate) heirs: Vec<(String, String)>,
    pub(crate) successor: String,
}

#[derive(Template)]
#[template(path = "office/units.html")]
struct UnitsPage {
    frame: Frame,
    lines: Vec<Line>,
    parents: Vec<(String, String)>,
    over_all: bool,
    problems: Problems,
    typed: (String, String),
}

fn view(web: &Web, viewer: &Viewer, problems: Problems, typed: (String, String)) -> UnitsPage {
    let directory = web.services.directory();
    let own = viewer.actor.agency();
    let today = local_date(now());
    let seen = |unit: &Agency| viewer.actor.over_all || unit.id == own || unit.parent == Some(own);
    let lines = directory
        .units()
        .filter(|unit| seen(unit))
        .map(|unit| Line {
            id: unit.id.to_string(),
            kind: unit.kind.label(),
            parent: unit.parent.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
            earlier: unit
                .unit
                .names
                .iter()
                .filter(|name| name.from <= today && name.text != unit.name)
                .rev()
                .map(|name| format!("{}（{}起）", name.text, name.from))
                .collect(),
            coming: unit
                .unit
                .names
                .last()
                .filter(|name| name.from > today && unit.unit.names.len() > 1)
                .map(|name| format!("{}起改名为{}", name.from, name.text)),
            may_close: unit.id != own && (viewer.actor.over_all || unit.kind == UnitKind::Section),
            heirs: directory
                .units()
                .filter(|other| other.id != unit.id && !other.is_closed)
                .filter(|other| match unit.kind {
                    UnitKind::Section => other.kind == unit.kind && other.parent == unit.parent,
                    UnitKind::Agency | UnitKind::SupervisingOffice => other.kind != UnitKind::Section,
                })
                .map(|other| (other.id.to_string(), other.name.clone()))
                .collect(),
            closed: unit.closed_on.map(|day| day.to_string()).unwrap_or_default(),
            successor: unit.successor.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
            agency: unit.clone(),
        })
        .collect();
    let parents = directory
        .open_agencies()
        .filter(|unit| seen(unit))
        .map(|unit| (unit.id.to_string(), unit.name.clone()))
        .collect();
    UnitsPage {
        frame: Frame::new(web, viewer, "units"),
        lines,
        parents,
        over_all: viewer.actor.over_all,
        problems,
        typed,
    }
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = view(&web, &viewer, Problems::default(), (String::new(), String::new()));
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

fn after(
    web: &Web,
    viewer: &Viewer,
    outcome: Result<(), Fault>,
    done: &str,
    posted: &Posted,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(go("/office/units", done)),
        Err(fault) => {
            let status = failure::status(&fault);
            let typed = (posted.get("code").to_owned(), posted.get("name").to_owned());
            Ok((status, Html(view(web, viewer, Problems::of(fault)?, typed).render()?)).into_response())
        }
    }
}

/// Adds a unit.
pub(crate) async fn add(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let parent: Option<AgencyId> = posted.get("parent").parse().ok();
    let kind = UnitKind::from_code(posted.get("kind")).unwrap_or(UnitKind::Section);
    let outcome = if kind != UnitKind::Section && !viewer.actor.over_all {
        Err(Fault::Forbidden)
    } else {
        let parent = parent.or(Some(viewer.actor.agency()));
        web.services
            .add_unit(now(), Some(&viewer.actor), posted.get("code"), posted.get("name"), kind, parent)
            .await
            .map(|_id| ())
    };
    after(&web, &viewer, outcome, "unit", &posted)
}

fn unit_id(text: &str) -> Result<AgencyId, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

fn day(posted: &Posted, name: &str) -> Result<jiff::civil::Date, Fault> {
    posted.get(name).trim().parse().map_err(|_not_a_day| Fault::field(name, "请填写日期"))
}

/// A new name from a day on.
pub(crate) async fn rename(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = unit_id(&id)?;
    let outcome = match day(&posted, "from") {
        Ok(from) => web.services.rename_unit(now(), &viewer.actor, id, posted.get("name"), from).await,
        Err(fault) => Err(fault),
    };
    after(&web, &viewer, outcome, "renamed", &posted)
}

/// Takes back a new name whose day has not come.
pub(crate) async fn cancel_rename(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let outcome = web.services.cancel_rename(now(), &viewer.actor, unit_id(&id)?).await;
    after(&web, &viewer, outcome, "rename_cancelled", &posted)
}

/// Opens a closed unit again.
pub(crate) async fn reopen(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let outcome = web.services.reopen_unit(now(), &viewer.actor, unit_id(&id)?).await;
    after(&web, &viewer, outcome, "unit_reopened", &posted)
}

/// Closes a unit from a day on.
pub(crate) async fn close(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = unit_id(&id)?;
    let successor = posted.get("successor").parse().ok();
    let outcome = match day(&posted, "on") {
        Ok(on) => web.services.close_unit(now(), &viewer.actor, id, on, successor).await,
        Err(fault) => Err(fault),
    };
    after(&web, &viewer, outcome, "closed", &posted)
}
