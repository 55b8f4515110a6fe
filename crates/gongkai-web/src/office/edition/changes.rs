//! How an edition differs from the one before, or from what was last submitted.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Difference, Fault, Viewer, now};
use serde::Deserialize;

use crate::failure::Failure;
use crate::office::draft::edition_id;
use crate::office::frame::Frame;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/changes.html")]
struct ChangesPage {
    frame: Frame,
    id: String,
    title: String,
    base: String,
    differences: Vec<Difference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Since {
    since: String,
}

/// What changed against the edition before, or against what was last submitted.
pub(crate) async fn changes(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(asked): Query<Since>,
) -> Result<Response, Failure> {
    let edition = edition_id(&id)?;
    let view = web.services.view(now(), &viewer.actor, edition).await?;
    let (base, differences) = if asked.since == "last" {
        let found = web.services.against_last(&viewer.actor, edition).await?;
        ("上次提交的稿子".to_owned(), found.ok_or(Failure::Fault(Fault::NotFound))?)
    } else {
        let found = web.services.against_public(&viewer.actor, edition).await?;
        let (number, differences) = found.ok_or(Failure::Fault(Fault::NotFound))?;
        (format!("第{number}版"), differences)
    };
    let page = ChangesPage {
        frame: Frame::new(&web, &viewer, "items"),
        id,
        title: view.record.metadata.title,
        base,
        differences,
    };
    Ok(Html(page.render()?).into_response())
}
