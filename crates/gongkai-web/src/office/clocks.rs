//! The open applications of all agencies by the day they are due, for the supervising office: no names, no subjects.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Fault, OpenClock, Viewer, now};
use serde::Deserialize;

use crate::failure::Failure;
use crate::office::frame::Frame;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    agency: String,
}

#[derive(Template)]
#[template(path = "office/clocks.html")]
struct ClocksPage {
    frame: Frame,
    /// The agency that is looked at; empty for all.
    of: String,
    rows: Vec<(String, OpenClock)>,
    count: i64,
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let agency = match asked.agency.as_str() {
        "" => None,
        code => Some(directory.by_code(code).ok_or(Fault::NotFound)?),
    };
    let (clocks, count) = web.services.clocks(now(), &viewer.actor, agency.map(|one| one.id)).await?;
    let rows = clocks.into_iter().map(|one| (directory.name(one.agency).to_owned(), one)).collect();
    let of = agency.map(|one| one.name.clone()).unwrap_or_default();
    Ok(Html(ClocksPage { frame: Frame::new(&web, &viewer, "overview"), of, rows, count }.render()?).into_response())
}
