//! What lies behind a figure.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::Outcome;
use gongkai_service::platform::{Behind, BehindPage, Viewer, now};
use serde::Deserialize;

use crate::failure::Failure;
use crate::office::frame::Frame;
use crate::office::ledger::year_of;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/behind.html")]
struct Page {
    frame: Frame,
    year: i16,
    view: BehindPage,
    path: String,
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn outcome(one: &Outcome) -> &'static str {
        one.label()
    }
}

/// Which cell.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    year: String,
    cell: String,
    page: usize,
}

/// The list behind a figure.
pub(crate) async fn behind(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let year = year_of(&asked.year)?;
    let agency = viewer.actor.agency();
    let view = web.services.behind(now(), &viewer.actor, agency, year, (&asked.cell, asked.page)).await?;
    let page = Page { frame: Frame::new(&web, &viewer, "report"), year, view, path: asked.cell };
    Ok(Html(page.render()?).into_response())
}
