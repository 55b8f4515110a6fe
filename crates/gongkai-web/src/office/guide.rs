//! Writing the 公开指南.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::officer::Role;
use gongkai_service::platform::{Guide, Viewer, now};

use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/guide.html")]
struct GuidePage {
    frame: Frame,
    guide: Guide,
    version: i32,
    problems: Problems,
    may: bool,
}

fn may(viewer: &Viewer) -> bool {
    [Role::Administrator, Role::SectionHead, Role::DivisionLeader].into_iter().any(|role| viewer.actor.holds(role))
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let (guide, version) = web.services.guide(viewer.actor.agency()).await?;
    let frame = Frame::new(&web, &viewer, "guide").done(&done.done);
    let page = GuidePage { frame, guide, version, problems: Problems::default(), may: may(&viewer) };
    Ok(Html(page.render()?).into_response())
}

/// Keeps it.
pub(crate) async fn save(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let get = |name: &str| posted.get(name).replace("\r\n", "\n").trim().to_owned();
    let guide = Guide {
        classes: get("classes"),
        arrangement: get("arrangement"),
        access: get("access"),
        office: get("office"),
        address: get("address"),
        hours: get("hours"),
        phone: get("phone"),
        fax: get("fax"),
        online: get("online"),
        apply: get("apply"),
        fees: get("fees"),
        remedy: get("remedy"),
        reviewed_on: String::new(),
    };
    match web.services.set_guide(now(), &viewer.actor, posted.number("version"), guide.clone()).await {
        Ok(()) => Ok(go("/office/guide", "guide")),
        Err(fault) => {
            let status = failure::status(&fault);
            let problems = Problems::of(fault)?;
            let version = posted.number("version");
            let page = GuidePage { frame: Frame::new(&web, &viewer, "guide"), guide, version, problems, may: true };
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
